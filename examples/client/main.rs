//! A CTI client that watches devices and calls, and prints what it hears as JSON Lines.
//!
//! ```sh
//! cargo run --example client -- [--connect HOST:PORT] [--connect-b HOST:PORT] [--version N] [--client-id ID]
//!     [--peripheral N] [--device ID]... [--trunk N]... [--trunk-group N]... [--call ID:DEVICE]...
//!     [--all-events] [--heartbeat SECONDS] [--for SECONDS] [--events N] [--trace]
//! ```
//!
//! It connects to 127.0.0.1:42027, or where it is told to, and to `--connect-b` when that side fails. It
//! watches the agent devices, trunks, trunk groups and calls that are named, or else the agent devices 5001
//! and 5002, and with `--all-events` the whole of it. When the session ends it comes back, and starts its
//! monitors again.
//!
//! Every line is an object that says the time in seconds, and what happened: `event` is the event as the
//! example `decode` shows it, with the number of its monitor, the MonitorID and what the monitor watches.
//!
//! The password is taken from the environment variable `CTI_PASSWORD`, and is not shown, neither by
//! `--trace`, which shows every message on standard error.
//!
//! Exit status: 0 if it closed the session as `--for` or `--events` asked, otherwise 1.

#[path = "../decode/json_lines.rs"]
mod decode;
mod report;
#[path = "../server/trace.rs"]
mod trace;
mod watch;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use ged188::id::{CallId, PeripheralId};
use ged188::named_values::DeviceIdType;
use ged188::{ProtocolVersion, Target};

const USAGE: &str = "usage: client [--connect HOST:PORT] [--connect-b HOST:PORT] [--version N] \
    [--client-id ID] [--peripheral N] [--device ID]... [--trunk N]... [--trunk-group N]... \
    [--call ID:DEVICE]... [--all-events] [--heartbeat SECONDS] [--for SECONDS] [--events N] [--trace]";

/// What the command line asks for.
struct Options {
    side_a: String,
    side_b: Option<String>,
    version: ProtocolVersion,
    client_id: String,
    peripheral: PeripheralId,
    targets: Vec<Watched>,
    all_events: bool,
    /// `None` for no heartbeats.
    heartbeat: Option<Duration>,
    time: Option<Duration>,
    events: Option<u64>,
    trace: bool,
}

/// Something to watch.
enum Watched {
    Device(DeviceIdType, String),
    Call(CallId, String),
}

impl Watched {
    fn target(&self) -> Target<'_> {
        match self {
            Self::Device(device_type, device) => {
                Target::Device { device_type: *device_type, device_id: device.into() }
            }
            Self::Call(call_id, device) => Target::call(*call_id, device),
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        side_a: "127.0.0.1:42027".into(),
        side_b: None,
        version: ProtocolVersion::V14,
        client_id: "client example".into(),
        peripheral: PeripheralId(5000),
        targets: Vec::new(),
        all_events: false,
        heartbeat: Some(Duration::from_secs(5)),
        time: None,
        events: None,
        trace: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().ok_or(format!("{argument} takes a value"));
        let device = |device_type, id| Watched::Device(device_type, id);
        match argument.as_str() {
            "--connect" => options.side_a = next()?,
            "--connect-b" => options.side_b = Some(next()?),
            "--version" => {
                let version = next()?.parse().ok().and_then(ProtocolVersion::new);
                options.version = version.ok_or("--version takes a number from 9 to 25")?;
            }
            "--client-id" => options.client_id = next()?,
            "--peripheral" => {
                let number = next()?.parse().map_err(|_| "--peripheral takes a number")?;
                options.peripheral = PeripheralId(number);
            }
            "--device" => options.targets.push(device(DeviceIdType::DEVID_AGENT_DEVICE, next()?)),
            "--trunk" => options.targets.push(device(DeviceIdType::DEVID_TRUNK_IDENTIFIER, number(next()?)?)),
            "--trunk-group" => {
                let group = number(next()?)?;
                options.targets.push(device(DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER, group));
            }
            "--call" => {
                let call = call(&next()?).ok_or("--call takes a number and a device, as 301:5001")?;
                options.targets.push(call);
            }
            "--all-events" => options.all_events = true,
            "--heartbeat" => options.heartbeat = Some(seconds(&next()?)?).filter(|time| !time.is_zero()),
            "--for" => options.time = Some(seconds(&next()?)?),
            "--events" => {
                let number = next()?.parse().ok().filter(|number| *number > 0);
                options.events = Some(number.ok_or("--events takes a number from 1")?);
            }
            "--trace" => options.trace = true,
            other => return Err(format!("unknown argument {other}")),
        }
    }
    if options.targets.is_empty() && !options.all_events {
        let devices = ["5001", "5002"].map(|id| Watched::Device(DeviceIdType::DEVID_AGENT_DEVICE, id.into()));
        options.targets.extend(devices);
    }
    Ok(options)
}

/// The number of a trunk, as it is written.
fn number(text: String) -> Result<String, String> {
    if text.parse::<u32>().is_ok() { Ok(text) } else { Err(format!("{text} is no number of a trunk")) }
}

fn call(text: &str) -> Option<Watched> {
    let (id, device) = text.split_once(':')?;
    Some(Watched::Call(CallId(id.parse().ok()?), device.into()))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| format!("{text} is no number of seconds"))
}

fn main() -> ExitCode {
    let clock = Clock(Instant::now());
    match options()
        .map_err(|error| format!("{error}\n{USAGE}"))
        .and_then(|options| watch::run(&options, clock))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The time since the client began, for its sessions, its lines and the trace.
#[derive(Clone, Copy)]
struct Clock(Instant);

impl Clock {
    fn now(self) -> Duration {
        self.0.elapsed()
    }
}
