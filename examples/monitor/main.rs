//! A CTI server and a CTI client, two TCP peers on loopback, play a small contact-centre scene.
//!
//! ```sh
//! cargo run --example monitor -- [--version N] [--hex]
//! ```
//!
//! The client watches two agent devices, one of them with two monitors, and a call; it prints every event with
//! the monitor that it is for. In between the connection is cut, and the client creates its monitors again.

mod client;
mod scene;
mod server;

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use ged188::ProtocolVersion;

/// What the command line asks for.
#[derive(Clone, Copy)]
struct Options {
    version: ProtocolVersion,
    hex: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options { version: ProtocolVersion::V14, hex: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--hex" => options.hex = true,
            "--version" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                options.version =
                    number.and_then(ProtocolVersion::new).ok_or("--version takes a number from 9 to 25")?;
            }
            other => return Err(format!("unknown argument {other}")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\nusage: monitor [--version N] [--hex]");
            return ExitCode::FAILURE;
        }
    };
    let clock = Clock(Instant::now());
    let played = TcpListener::bind("127.0.0.1:0").and_then(|listener| {
        let address = listener.local_addr()?;
        thread::scope(|threads| {
            let server = threads.spawn(|| server::run(&listener, clock));
            let client = client::run(address, clock, options);
            server.join().expect("the server does not panic").and(client)
        })
    });
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The time since the scene began, for both sessions and for the printed lines.
#[derive(Clone, Copy)]
struct Clock(Instant);

impl Clock {
    fn now(self) -> Duration {
        self.0.elapsed()
    }
}

/// Prints lines of both sides without mixing them up.
fn print(clock: Clock, who: &str, line: &str) {
    static LINES: Mutex<()> = Mutex::new(());
    let _lines = LINES.lock().expect("no thread panics while it prints");
    println!("{:7.3} s  {who:6}  {line}", clock.now().as_secs_f64());
}
