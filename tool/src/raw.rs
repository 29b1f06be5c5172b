//! Streams of one direction, as they are: `decode` and `encode` without a capture.

use std::fs::File;
use std::io::{self, BufRead, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;

use ged188::{Input, ProtocolVersion};

use crate::Outcome;
use crate::lines::read::encode;
use crate::lines::write::{Reading, asked_version, convert};
use crate::spool::Spool;

const NO_VERSION: &str = "there is no OPEN_REQ in the input, so the protocol version is not known; \
    say it with --version N (9 to 25), if this is a stream of messages";

/// How much of standard input is kept in the search for an OPEN_REQ.
const SEARCHED: usize = 16 * 1024 * 1024;

/// What `decode` is asked for.
#[derive(Debug)]
pub struct Decode<'a> {
    /// Standard input if there is none.
    pub file: Option<&'a Path>,
    /// Without it, that of the first OPEN_REQ.
    pub version: Option<ProtocolVersion>,
    /// The longest body, in bytes.
    pub limit: usize,
    /// Where to write the messages again, after decoding and encoding them.
    pub reencode: Option<&'a Path>,
    /// Whether passwords are shown.
    pub secrets: bool,
}

impl Decode<'_> {
    /// Writes a line for each message.
    ///
    /// # Errors
    ///
    /// If there is nothing to begin with.
    pub fn run(&self, out: &mut impl Write) -> Result<Outcome, String> {
        let name = self.file.map_or("standard input".into(), |path| path.display().to_string());
        let reading = |error| format!("cannot read {name}: {error}");
        let mut file = self.file.map(File::open).transpose().map_err(reading)?;
        let (version, kept) = match (self.version, &mut file) {
            (Some(version), _) => (Some(version), Vec::new()),
            // A file is read again from the start, if it is one that can be.
            (None, Some(file)) if file.metadata().is_ok_and(|data| data.is_file()) => {
                let (version, _) = find_version(file, self.limit, false).map_err(reading)?;
                file.seek(SeekFrom::Start(0)).map_err(reading)?;
                (version, Vec::new())
            }
            (None, Some(pipe)) => find_version(pipe, self.limit, true).map_err(reading)?,
            (None, None) => find_version(&mut io::stdin().lock(), self.limit, true).map_err(reading)?,
        };
        let version = version.ok_or_else(|| format!("{name}: {NO_VERSION}"))?;
        let rest: Box<dyn Read> = match file {
            Some(file) => Box::new(file),
            None => Box::new(io::stdin().lock()),
        };
        let create = |path: &Path| {
            File::create(path).map_err(|error| format!("cannot write {}: {error}", path.display()))
        };
        let mut reencode = self.reencode.map(create).transpose()?.map(BufWriter::new);
        let follow = self.version.is_none();
        let reading = Reading { version, follow, limit: self.limit, secrets: self.secrets };
        let again = reencode.as_mut().map(|writer| writer as &mut dyn Write);
        convert(reading, Cursor::new(kept).chain(rest), out, again).map_err(|error| error.to_string())
    }
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
        if count == 0 || lost || kept.len() >= SEARCHED {
            return Ok((None, kept));
        }
    }
}

/// Encodes all lines into a file that nobody sees until they are all good.
///
/// # Errors
///
/// If a line is wrong, or nothing can be written. Then nothing is.
pub fn encode_lines(input: impl BufRead, output: Option<&Path>) -> Result<(), String> {
    let cannot_write = |error: io::Error| format!("cannot write: {error}");
    let spool = Spool::new(output).map_err(cannot_write)?;
    encode_all(input, spool)?.finish().map_err(cannot_write)
}

fn encode_all(mut input: impl BufRead, spool: Spool) -> Result<Spool, String> {
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
        encode(&line, &mut out).map_err(wrong)?;
        spool.write_all(&out).map_err(|error| format!("cannot write: {error}"))?;
    }
    spool.into_inner().map_err(|error| format!("cannot write: {error}"))
}
