//! A CTI server that plays a scene to all clients that connect.
//!
//! ```sh
//! cargo run --example server -- [--listen HOST:PORT] [--play FILE] [--once] [--versions 9-25] [--trace]
//! ```
//!
//! It listens at 127.0.0.1:42027, or where it is told to, and says so in its first line; with port 0 the
//! system chooses the port. Everybody may open a session, in any of the versions and with all services.
//!
//! A scene is a file of JSON Lines as the example `decode` prints them, so any recording is one, with one
//! more key: `after`, the seconds to wait before the line, 0.2 if it is not there. Every event goes to the
//! monitors that it concerns, in the version of their session. The scene starts again when it is over; with
//! `--once` it starts when there is a monitor, and is played once.
//!
//! `--trace` shows every message on standard error, without passwords.

mod answers;
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
use std::thread;
use std::time::{Duration, Instant};

use ged188::ProtocolVersion;
use ged188::session::ServerConfig;

use crate::centre::Centre;

const USAGE: &str = "usage: server [--listen HOST:PORT] [--play FILE] [--once] [--versions 9-25] [--trace]";

struct Options {
    listen: String,
    play: Option<String>,
    once: bool,
    versions: RangeInclusive<ProtocolVersion>,
    trace: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        listen: "127.0.0.1:42027".into(),
        play: None,
        once: false,
        versions: ProtocolVersion::MIN..=ProtocolVersion::MAX,
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
            "--trace" => options.trace = true,
            other => return Err(format!("unknown argument {other}")),
        }
    }
    Ok(options)
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
    let centre = Arc::new(Centre::new(&steps));
    let player = Arc::clone(&centre);
    thread::spawn(move || scene::play(&steps, &player, options.once));
    let config = ServerConfig { versions: options.versions, ..ServerConfig::default() };
    for number in 1.. {
        let socket = match listener.accept() {
            Ok((socket, _)) => socket,
            Err(error) => {
                eprintln!("cannot accept: {error}");
                // There may be too many clients for now.
                thread::sleep(Duration::from_millis(100));
                continue;
            }
        };
        let (centre, config) = (Arc::clone(&centre), config.clone());
        let served = thread::Builder::new().spawn(move || {
            let served = connection::serve(socket, number, config, &centre, clock, options.trace);
            if let Err(error) = served {
                eprintln!("client {number}: {error}");
            }
        });
        if let Err(error) = served {
            eprintln!("client {number}: {error}");
        }
    }
    Ok(())
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
