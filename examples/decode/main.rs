//! Shows the messages of one direction of a session as JSON Lines, one object for each message.
//!
//! ```sh
//! cargo run --example decode -- [--version N] [--limit BYTES] [--reencode OUT] [FILE]
//! ```
//!
//! Without FILE it reads standard input. Without `--version` it takes the version from an OPEN_REQ in the
//! input. With `--reencode` it also decodes every message into its type, encodes it again, and writes the
//! result to OUT. It prints passwords, since it shows every byte.
//!
//! Exit status: 0 all well, 1 some message could not be decoded or encoded again, 2 the input ends inside a
//! message or its framing is lost, or there was nothing to begin with.

mod json_lines;

use std::fs::File;
use std::io::{self, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::process::ExitCode;

use ged188::frame::DEFAULT_BODY_LIMIT;
use ged188::{Input, ProtocolVersion};
use json_lines::{Outcome, Reading, asked_version, convert};

const USAGE: &str = "usage: decode [--version N] [--limit BYTES] [--reencode OUT] [FILE]";

const NO_VERSION: &str = "there is no OPEN_REQ in the input, so the protocol version is not known; \
    say it with --version N (9 to 25)";

/// How much of standard input is kept in the search for an OPEN_REQ.
const SEARCHED: u64 = 16 * 1024 * 1024;

#[derive(Default)]
struct Options {
    version: Option<ProtocolVersion>,
    limit: Option<usize>,
    reencode: Option<String>,
    file: Option<String>,
}

fn options() -> Result<Options, String> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().ok_or(format!("{argument} takes a value"));
        match argument.as_str() {
            "--version" => {
                let version = next()?.parse().ok().and_then(ProtocolVersion::new);
                options.version = Some(version.ok_or("--version takes a number from 9 to 25")?);
            }
            "--limit" => {
                options.limit = Some(next()?.parse().map_err(|_| "--limit takes a number of bytes")?);
            }
            "--reencode" => options.reencode = Some(next()?),
            "-" => options.file = None,
            option if option.starts_with('-') => return Err(format!("unknown option {option}")),
            _ if options.file.is_some() => return Err("only one file at a time".into()),
            _ => options.file = Some(argument),
        }
    }
    Ok(options)
}

/// Finds the version that the first OPEN_REQ asks for; returns it with the bytes that were read.
fn find_version(
    input: &mut impl Read,
    limit: usize,
    keep: bool,
) -> io::Result<(Option<ProtocolVersion>, Vec<u8>)> {
    let mut frames = Input::new(limit);
    let (mut kept, mut chunk) = (Vec::new(), vec![0; 64 * 1024]);
    loop {
        let count = input.read(&mut chunk)?;
        if keep {
            kept.extend_from_slice(&chunk[..count]);
        }
        frames.push(&chunk[..count]);
        let lost = loop {
            match frames.next() {
                Ok(Some(message)) => {
                    if let Some(version) = asked_version(message) {
                        return Ok((Some(version), kept));
                    }
                }
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
        if count == 0 || lost || kept.len() as u64 >= SEARCHED {
            return Ok((None, kept));
        }
    }
}

fn run(options: &Options) -> Result<Outcome, String> {
    let reading =
        |error| format!("cannot read {}: {error}", options.file.as_deref().unwrap_or("standard input"));
    let limit = options.limit.unwrap_or(DEFAULT_BODY_LIMIT);
    let mut file = match &options.file {
        Some(path) => Some(File::open(path).map_err(reading)?),
        None => None,
    };
    let (version, kept) = match (options.version, &mut file) {
        (Some(version), _) => (Some(version), Vec::new()),
        // A file is read again from the start, if it is one that can be.
        (None, Some(file)) if file.metadata().is_ok_and(|data| data.is_file()) => {
            let (version, _) = find_version(file, limit, false).map_err(reading)?;
            file.seek(SeekFrom::Start(0)).map_err(reading)?;
            (version, Vec::new())
        }
        (None, Some(pipe)) => find_version(pipe, limit, true).map_err(reading)?,
        (None, None) => find_version(&mut io::stdin().lock(), limit, true).map_err(reading)?,
    };
    let version = version.ok_or(NO_VERSION)?;
    let rest: Box<dyn Read> = match file {
        Some(file) => Box::new(file),
        None => Box::new(io::stdin().lock()),
    };
    let input = Cursor::new(kept).chain(rest);
    let mut reencode = match &options.reencode {
        Some(path) => {
            Some(BufWriter::new(File::create(path).map_err(|error| format!("cannot write {path}: {error}"))?))
        }
        None => None,
    };
    let reading = Reading { version, follow: options.version.is_none(), limit, secrets: true };
    let again = reencode.as_mut().map(|writer| writer as &mut dyn Write);
    convert(reading, input, &mut io::stdout().lock(), again).map_err(|error| error.to_string())
}

fn main() -> ExitCode {
    match options().map_err(|error| format!("{error}\n{USAGE}")).and_then(|options| run(&options)) {
        Ok(Outcome::Sound) => ExitCode::SUCCESS,
        Ok(Outcome::SomeBad) => ExitCode::from(1),
        Ok(Outcome::Broken) => ExitCode::from(2),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
