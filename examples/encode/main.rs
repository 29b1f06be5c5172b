//! Turns the JSON Lines of the example `decode` back into messages.
//!
//! ```sh
//! cargo run --example encode -- [--output OUT] [FILE]
//! ```
//!
//! Without FILE it reads standard input, without `--output` it writes standard output. Lengths are computed;
//! `offset`, `length`, `means` and `after` are not read, and `raw` goes before `value`. If a line is wrong it
//! says which and why, and writes nothing at all.

mod json_lines;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::Path;
use std::process::ExitCode;

use tempfile::NamedTempFile;

const USAGE: &str = "usage: encode [--output OUT] [FILE]";

fn run() -> Result<(), String> {
    let (mut output, mut file) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--output" => output = Some(arguments.next().ok_or("--output takes a file")?),
            "-" => file = None,
            option if option.starts_with('-') => return Err(format!("unknown option {option}\n{USAGE}")),
            _ if file.is_some() => return Err(format!("only one file at a time\n{USAGE}")),
            _ => file = Some(argument),
        }
    }
    let input: Box<dyn BufRead> = match &file {
        Some(path) => Box::new(BufReader::new(
            File::open(path).map_err(|error| format!("cannot read {path}: {error}"))?,
        )),
        None => Box::new(io::stdin().lock()),
    };
    let path = output.as_ref().map(Path::new);
    // What is no file, as a pipe or a device, is written to and not replaced.
    let special = path.filter(|path| path.exists() && !path.is_file());
    let folder = path
        .filter(|_| special.is_none())
        .map(|path| path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")));
    let cannot_write = |error: io::Error| format!("cannot write: {error}");
    let spool = folder.map_or_else(NamedTempFile::new, NamedTempFile::new_in).map_err(cannot_write)?;
    let mut spool = encode_all(input, spool)?;
    let mut copy_to = |out: &mut dyn Write| {
        spool.rewind().and_then(|()| io::copy(&mut spool, out)).map(drop).map_err(cannot_write)
    };
    match (special, path) {
        (Some(path), _) => copy_to(&mut File::options().write(true).open(path).map_err(cannot_write)?),
        (None, None) => copy_to(&mut io::stdout().lock()),
        (None, Some(path)) => spool.persist(path).map(drop).map_err(|error| cannot_write(error.error)),
    }
}

/// Encodes all lines into a file that nobody sees until they are all good.
fn encode_all(mut input: impl BufRead, spool: NamedTempFile) -> Result<NamedTempFile, String> {
    let mut spool = BufWriter::new(spool);
    let (mut line, mut out) = (String::new(), Vec::new());
    for number in 1.. {
        line.clear();
        let wrong = |error: String| format!("line {number}: {error}");
        if input.read_line(&mut line).map_err(|error| wrong(error.to_string()))? == 0 {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        out.clear();
        json_lines::encode(&line, &mut out).map_err(wrong)?;
        spool.write_all(&out).map_err(|error| format!("cannot write: {error}"))?;
    }
    spool.into_inner().map_err(|error| format!("cannot write: {error}"))
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
