//! Messages become JSON Lines.

use std::io::{self, Read, Write};

use ged188::frame::HEADER_LEN;
use ged188::record::Revealed;
use ged188::view::Fields;
use ged188::{Encode, EncodedMessage, Input, Message, ProtocolVersion, RawMessage};
use serde::Serialize;

use crate::Outcome;

/// How to read the stream.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The version of the messages. An OPEN_REQ brings its own.
    pub version: ProtocolVersion,
    /// Whether the version of an OPEN_REQ is also that of the messages behind it.
    pub follow: bool,
    /// The longest body, in bytes.
    pub limit: usize,
    /// Whether passwords are shown.
    pub secrets: bool,
}

/// Bytes that are read at once, and about how many are written at once.
const CHUNK: usize = 256 * 1024;

/// Writes a line for each message of a stream of one direction; with `reencode`, also the messages again, after decoding and
/// encoding them.
pub fn convert(
    mut reading: Reading,
    mut input: impl Read,
    lines: &mut impl Write,
    mut reencode: Option<&mut dyn Write>,
) -> io::Result<Outcome> {
    let mut outcome = Outcome::Sound;
    let mut frames = Input::new(reading.limit);
    let mut chunk = vec![0; CHUNK];
    let (mut out, mut again) = (Vec::with_capacity(2 * CHUNK), Vec::new());
    let mut offset = 0;
    loop {
        let count = match input.read(&mut chunk) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        frames.push(&chunk[..count]);
        let lost = loop {
            let message = match frames.next() {
                Ok(Some(message)) => message,
                Ok(None) => break None,
                Err(error) => break Some(error.to_string()),
            };
            if reading.follow {
                reading.version = asked_version(message).unwrap_or(reading.version);
            }
            let refusal = reencode.is_some().then(|| again_into(&mut again, reading.version, message));
            let sound = line(&mut out, offset, reading, message, refusal.flatten().as_deref());
            outcome = outcome.max(if sound { Outcome::Sound } else { Outcome::SomeBad });
            offset += (HEADER_LEN + message.body.len()) as u64;
            if out.len() >= CHUNK {
                lines.write_all(&out)?;
                out.clear();
            }
        };
        let left = frames.unfinished();
        let end = match lost {
            Some(error) => {
                last_line(&mut out, offset, &error, None);
                Some(Outcome::Broken)
            }
            None if count > 0 => None,
            None if left.is_empty() => Some(Outcome::Sound),
            None => {
                let error = format!("the input ends inside a message, after {} bytes of it", left.len());
                last_line(&mut out, offset, &error, Some(left));
                Some(Outcome::Broken)
            }
        };
        if let Some(writer) = &mut reencode {
            writer.write_all(&again)?;
            again.clear();
        }
        lines.write_all(&out)?;
        out.clear();
        if let Some(end) = end {
            lines.flush()?;
            reencode.map_or(Ok(()), Write::flush)?;
            return Ok(outcome.max(end));
        }
    }
}

/// The version that an OPEN_REQ asks for.
pub fn asked_version(message: RawMessage<'_>) -> Option<ProtocolVersion> {
    let number = message.version_number()?;
    Some(ProtocolVersion::nearest(number.0))
}

/// Decodes a message and encodes it again. What cannot take that way is passed on as it came; returns why.
fn again_into(out: &mut Vec<u8>, version: ProtocolVersion, raw: RawMessage<'_>) -> Option<String> {
    let encoded = match Message::decode(version, raw) {
        Ok(message) => message.encode_to(version, out).err(),
        // The line will say what is wrong.
        Err(_) => {
            return raw.in_version(version).encode_to(version, out).err().map(|error| error.to_string());
        }
    };
    encoded.map(|error| {
        // A raw message is never refused.
        let _ = raw.in_version(version).encode_to(version, out);
        format!("cannot be encoded again: {error}")
    })
}

/// A line: where a message stands, and its record.
#[derive(Serialize)]
struct Line<'a> {
    offset: u64,
    length: usize,
    #[serde(flatten)]
    record: Record<'a>,
    /// Why it cannot be encoded again.
    #[serde(rename = "error", skip_serializing_if = "Option::is_none")]
    refusal: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Record<'a> {
    Revealed(Revealed<'a>),
    Hidden(EncodedMessage<'a>),
}

/// A line for the place where the stream broke.
#[derive(Serialize)]
struct LastLine<'a> {
    offset: u64,
    error: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<String>,
}

/// Writes the line of a message; false if it has an error.
fn line(
    out: &mut Vec<u8>,
    offset: u64,
    reading: Reading,
    raw: RawMessage<'_>,
    refusal: Option<&str>,
) -> bool {
    out.push(b'{');
    rest_of_line(out, offset, reading, raw, refusal)
}

/// Writes the line of a message behind the brace or the comma that it begins with; false if it has an error.
pub fn rest_of_line(
    out: &mut Vec<u8>,
    offset: u64,
    reading: Reading,
    raw: RawMessage<'_>,
    refusal: Option<&str>,
) -> bool {
    let message = raw.in_version(reading.version);
    let record = if reading.secrets { Record::Revealed(Revealed(message)) } else { Record::Hidden(message) };
    let start = out.len();
    write(out, &Line { offset, length: raw.body.len(), record, refusal });
    // The brace that is there already.
    out.remove(start);
    let decodes = |fields: Fields<'_>| fields.into_iter().all(|field| field.is_ok());
    Fields::new(reading.version, raw).is_none_or(decodes) && refusal.is_none()
}

/// Writes a line for the place where the stream broke.
fn last_line(out: &mut Vec<u8>, offset: u64, error: &str, left: Option<&[u8]>) {
    let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    write(out, &LastLine { offset, error, bytes: left.map(hex) });
}

/// Writes a line. What is written to memory and has texts as keys is always written.
fn write(out: &mut Vec<u8>, line: &impl Serialize) {
    if serde_json::to_writer(&mut *out, line).is_ok() {
        out.push(b'\n');
    }
}

/// Writes an error as the last key of an object.
pub fn write_error(out: &mut Vec<u8>, error: &str) {
    out.extend_from_slice(b",\"error\":");
    let _ = serde_json::to_writer(out, error);
}

/// Writes a number behind its key.
pub fn number(out: &mut Vec<u8>, before: &str, number: impl itoa::Integer) {
    out.extend_from_slice(before.as_bytes());
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}
