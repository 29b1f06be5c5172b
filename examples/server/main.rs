//! A CTI server that plays a scene to all clients that connect.
//!
//! ```sh
//! cargo run --example server -- [--listen HOST:PORT] [--play FILE] [--once] [--versions 9-25]
//!     [--services NAME,...] [--password] [--least-idle SECONDS] [--clients N] [--trace]
//! ```
//!
//! It listens at 127.0.0.1:42027, or where it is told to, and says so in its first line; with port 0 the
//! system chooses the port. Everybody may open a session, in any of the versions; with `--password` only who gives
//! the password that is in the environment variable `CTI_PASSWORD`. It grants the services that it plays, or those of
//! them that `--services` names as the guide does, with or without `CTI_SERVICE_`. An IdleTimeout is at least 20 s, or as
//! `--least-idle` says. At most 1,000 clients may be connected, or as many as `--clients` says.
//!
//! A scene is a file of JSON Lines as the example `decode` prints them, so any recording is one, with one
//! more key: `after`, the seconds to wait before the line, 0.2 if it is not there. Every event goes to the
//! monitors that it concerns, or to the sessions with the service that it belongs to, in their version. The scene
//! starts again when it is over; with `--once` it starts when there is a monitor, and is played once. Clients can ask
//! for the state of agents, devices and calls, as the scene has told it so far.
//!
//! `--trace` shows every message on standard error, without passwords.
//!
//! On SIGTERM and SIGINT it tells all clients that it goes off-line, and gives them 5 s to close their sessions.

mod agents;
mod answers;
mod calls;
mod centre;
mod connection;
#[path = "../encode/json_lines.rs"]
mod encode;
mod scene;
mod trace;

use std::fs;
use std::io::{self, Write};
use std::net::TcpListener;
use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use ged188::ProtocolVersion;
use ged188::ServerConfig;
use ged188::named_values::CtiServiceMask;

use crate::centre::Centre;
use crate::connection::{CLOSE, LINGER};

const USAGE: &str = "usage: server [--listen HOST:PORT] [--play FILE] [--once] [--versions 9-25] \
    [--services NAME,...] [--password] [--least-idle SECONDS] [--clients N] [--trace]";

/// The services that it plays.
const PLAYED: CtiServiceMask = CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS
    .union(CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL)
    .union(CtiServiceMask::CTI_SERVICE_ALL_EVENTS)
    .union(CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR)
    .union(CtiServiceMask::CTI_SERVICE_CLIENT_MONITOR)
    .union(CtiServiceMask::CTI_SERVICE_SUPERVISOR)
    .union(CtiServiceMask::CTI_SERVICE_CONFIG_EVENTS)
    .union(CtiServiceMask::CTI_SERVICE_IGNORE_CONF)
    .union(CtiServiceMask::CTI_SERVICE_ACTIVE_STANDBY);

struct Options {
    listen: String,
    play: Option<String>,
    once: bool,
    versions: RangeInclusive<ProtocolVersion>,
    services: CtiServiceMask,
    password: Option<String>,
    least_idle: Duration,
    clients: usize,
    trace: bool,
}

/// Who may open a session, and what it may do.
struct Rules {
    session: ServerConfig,
    services: CtiServiceMask,
    /// `None` if any will do.
    password: Option<String>,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        listen: "127.0.0.1:42027".into(),
        play: None,
        once: false,
        versions: ProtocolVersion::MIN..=ProtocolVersion::MAX,
        services: PLAYED,
        password: None,
        least_idle: ServerConfig::default().least_idle_timeout,
        clients: 1000,
        trace: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().ok_or(format!("{argument} takes a value"));
        match argument.as_str() {
            "--listen" => options.listen = next()?,
            "--play" => options.play = Some(next()?),
            "--once" => options.once = true,
            "--versions" => {
                options.versions = versions(&next()?).ok_or("--versions takes two numbers, as 9-25")?;
            }
            "--services" => options.services = services(&next()?)?,
            "--password" => {
                let password = std::env::var("CTI_PASSWORD");
                options.password =
                    Some(password.map_err(|_| "--password takes CTI_PASSWORD of the environment")?);
            }
            "--least-idle" => {
                let seconds = next()?.parse().map_err(|_| "--least-idle takes a number of seconds")?;
                options.least_idle = Duration::from_secs(seconds);
            }
            "--clients" => options.clients = next()?.parse().map_err(|_| "--clients takes a number")?,
            "--trace" => options.trace = true,
            other => return Err(format!("unknown argument {other}")),
        }
    }
    Ok(options)
}

/// The services of these names, all of which have to be played.
fn services(text: &str) -> Result<CtiServiceMask, String> {
    let mut services = CtiServiceMask::empty();
    for name in text.split(',').filter(|name| !name.is_empty()) {
        let service =
            CtiServiceMask::from_name(&format!("CTI_SERVICE_{}", name.trim_start_matches("CTI_SERVICE_")));
        let played = service.filter(|service| PLAYED.contains(*service));
        services |= played.ok_or_else(|| {
            let names: Vec<_> =
                PLAYED.iter_names().map(|(name, _)| name.trim_start_matches("CTI_SERVICE_")).collect();
            format!("--services takes names of {}, not {name}", names.join(","))
        })?;
    }
    Ok(services)
}

fn versions(text: &str) -> Option<RangeInclusive<ProtocolVersion>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let version = |number: &str| number.parse().ok().and_then(ProtocolVersion::new);
    Some(version(first)?..=version(last)?).filter(|versions| !versions.is_empty())
}

fn run(options: Options) -> Result<(), String> {
    let (name, text) = match &options.play {
        Some(path) => {
            (path.as_str(), fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?)
        }
        None => ("the scene", scene::BUILT_IN.into()),
    };
    let steps = scene::read(&text).map_err(|error| format!("{name}: {error}"))?;
    let cannot_listen = |error| format!("cannot listen at {}: {error}", options.listen);
    let listener = TcpListener::bind(&options.listen).map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    let mut out = io::stdout().lock();
    // If nobody wants to know, all the same.
    let _ = writeln!(out, "listening on {address}").and_then(|()| out.flush());
    drop(out);

    let clock = Clock(Instant::now());
    let (signal, signalled) = channel();
    ctrlc::set_handler(move || {
        let _ = signal.send(());
    })
    .map_err(|error| format!("cannot take signals: {error}"))?;
    let centre = Arc::new(Centre::new(&steps, options.clients));
    let player = Arc::clone(&centre);
    thread::spawn(move || scene::play(&steps, &player, options.once));
    let session = ServerConfig {
        versions: options.versions,
        least_idle_timeout: options.least_idle,
        ..ServerConfig::default()
    };
    let rules = Arc::new(Rules { session, services: options.services, password: options.password });
    let served = Arc::clone(&centre);
    thread::spawn(move || accept(&listener, &rules, &served, clock, options.trace));
    // It is never dropped, so a signal is what ends the wait.
    let _ = signalled.recv();
    centre.go_offline(CLOSE + LINGER);
    Ok(())
}

/// Serves all who connect, each in a thread.
fn accept(listener: &TcpListener, rules: &Arc<Rules>, centre: &Arc<Centre>, clock: Clock, trace: bool) {
    for number in 1.. {
        let socket = match listener.accept() {
            Ok((socket, _)) => socket,
            Err(error) => {
                eprintln!("cannot accept: {error}");
                // There may be too many connections for now.
                thread::sleep(Duration::from_millis(100));
                continue;
            }
        };
        let (rules, centre) = (Arc::clone(rules), Arc::clone(centre));
        let served = thread::Builder::new().spawn(move || {
            if let Err(error) = connection::serve(socket, number, &rules, &centre, clock, trace) {
                eprintln!("client {number}: {error}");
            }
        });
        if let Err(error) = served {
            eprintln!("client {number}: {error}");
        }
    }
}

fn main() -> ExitCode {
    match options().map_err(|error| format!("{error}\n{USAGE}")).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The time since the server began, for all sessions and the trace.
#[derive(Clone, Copy)]
struct Clock(Instant);

impl Clock {
    fn now(self) -> Duration {
        self.0.elapsed()
    }
}
