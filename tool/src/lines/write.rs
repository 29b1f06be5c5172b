//! Messages become JSON Lines.

use std::io::{self, Read, Write};

use ged188::frame::HEADER_LEN;
use ged188::schema::{ValueKind, WireType};
use ged188::view::{Field, Fields, Value};
use ged188::{Encode, Input, Message, ProtocolVersion, RawMessage, Str, Tag};

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
    let fields = Fields::new(reading.version, raw);
    let version = fields.as_ref().map_or(reading.version, Fields::version);
    number(out, "\"offset\":", offset);
    number(out, ",\"length\":", raw.body.len() as u64);
    number(out, ",\"type\":", raw.message_type.0);
    if let Some(name) = raw.message_type.name() {
        key(out, ",\"name\":\"", name);
    }
    number(out, ",\"version\":", version.number());
    let start = out.len();
    let mut error = None;
    match fields {
        Some(fields) => {
            out.extend_from_slice(b",\"fields\":[");
            for field in fields {
                match field {
                    Ok(field) if !reading.secrets && is_secret(&field) => {}
                    Ok(field) => write_field(out, version, &field),
                    Err(bad) => error = Some(bad),
                }
            }
            if out.last() == Some(&b',') {
                out.pop();
            }
            out.push(b']');
        }
        None => body(out, ",\"body\":\"", raw.body),
    }
    if let Some(error) = error {
        out.truncate(start);
        write_error(out, &error.to_string());
        if reading.secrets {
            body(out, ",\"body\":\"", raw.body);
        }
    }
    if let Some(refusal) = refusal {
        write_error(out, refusal);
    }
    out.extend_from_slice(b"}\n");
    error.is_none() && refusal.is_none()
}

/// Writes a line for the place where the stream broke.
fn last_line(out: &mut Vec<u8>, offset: u64, error: &str, left: Option<&[u8]>) {
    number(out, "{\"offset\":", offset);
    write_error(out, error);
    if let Some(left) = left {
        body(out, ",\"bytes\":\"", left);
    }
    out.extend_from_slice(b"}\n");
}

fn write_field(out: &mut Vec<u8>, version: ProtocolVersion, field: &Field<'_>) {
    let mut before = "{";
    if let Some(name) = field.name() {
        key(out, "{\"name\":\"", name);
        before = ",";
    }
    if let Some(tag) = field.tag {
        out.extend_from_slice(before.as_bytes());
        number(out, "\"tag\":", tag.0);
        before = ",";
    }
    if let (Some(line), true) = (field.schema, field.has_wrong_length()) {
        body(out, ",\"raw\":\"", field.data());
        let note = format!("{} bytes, {} takes {}", field.data().len(), line.wire, line.wire.size().max(1));
        string(out, ",\"note\":", note.as_bytes());
        out.extend_from_slice(b"},");
        return;
    }
    if before == "{" {
        // Bytes of a fixed part that no line is for.
        body(out, "{\"raw\":\"", field.data());
        out.extend_from_slice(b"},");
        return;
    }
    if field.element > 0 {
        number(out, ",\"element\":", field.element as u64);
    }
    let array = field.schema.is_some_and(|schema| schema.wire.is_array());
    let data = field.data();
    // What the value alone does not tell comes as bytes besides.
    let mut raw = false;
    match field.value {
        Value::Unsigned(value) => number(out, ",\"value\":", value),
        Value::Signed(value) => number(out, ",\"value\":", value),
        Value::Bool(value) => {
            out.extend_from_slice(if value.get() { b",\"value\":true" } else { b",\"value\":false" });
            raw = value.0 > 1 || data.len() != 2;
        }
        Value::Text(text) => {
            string(out, ",\"value\":", text.as_field());
            raw = !is_text(data, text);
        }
        Value::Secret(_) if field.schema.is_some_and(|schema| schema.wire == WireType::STRING) => {
            let text = Str::from_field(data);
            string(out, ",\"value\":", text.as_field());
            raw = !is_text(data, text);
        }
        Value::Secret(_) => body(out, ",\"value\":\"", data),
        Value::Variable(variable) => {
            string(out, ",\"value\":{\"name\":", variable.name.as_field());
            string(out, ",\"value\":", variable.value.as_field());
            out.push(b'}');
            raw =
                !is_text(data.get(variable.name.as_field().len() + 1..).unwrap_or_default(), variable.value);
        }
        Value::Array(array) => {
            string(out, ",\"value\":{\"name\":", array.name.as_field());
            number(out, ",\"index\":", array.index);
            string(out, ",\"value\":", array.value.as_field());
            out.push(b'}');
            raw = !is_text(data.get(array.name.as_field().len() + 2..).unwrap_or_default(), array.value);
        }
        Value::Bytes(_) if array => out.extend_from_slice(b",\"value\":[]"),
        Value::Bytes(bytes) => body(out, ",\"value\":\"", bytes.0),
    }
    if raw {
        body(out, ",\"raw\":\"", data);
    }
    write_means(out, version, field);
    out.extend_from_slice(b"},");
}

/// Whether a field is a password, wherever it stands.
fn is_secret(field: &Field<'_>) -> bool {
    matches!(field.value, Value::Secret(_))
        || matches!(field.tag, Some(Tag::CLIENT_PASSWORD | Tag::AGENT_PASSWORD))
}

/// Whether a field is its text and one NUL.
fn is_text(data: &[u8], text: Str<'_>) -> bool {
    data.len() == text.as_field().len() + 1
}

/// Writes the names of a value.
fn write_means(out: &mut Vec<u8>, version: ProtocolVersion, field: &Field<'_>) {
    let Some(table) = field.schema.and_then(|schema| schema.values) else { return };
    let Value::Unsigned(value) = field.value else { return };
    match table.kind {
        ValueKind::Enum | ValueKind::InlineEnum => {
            // Before its name came, a number may have meant something else.
            if let Some(named) = table.named(value).filter(|named| u32::from(named.since) <= version.number())
            {
                key(out, ",\"means\":\"", named.name);
            }
        }
        ValueKind::Mask | ValueKind::InlineMask => {
            let start = out.len();
            out.extend_from_slice(b",\"means\":[");
            let list = out.len();
            for named in table.bits_of(value) {
                key(out, if out.len() == list { "\"" } else { ",\"" }, named.name);
            }
            if out.len() == list {
                out.truncate(start);
            } else {
                out.push(b']');
            }
        }
    }
}

/// Writes what is wrong.
pub fn write_error(out: &mut Vec<u8>, error: &str) {
    string(out, ",\"error\":", error.as_bytes());
}

/// Writes a name after what begins its string.
fn key(out: &mut Vec<u8>, before: &str, name: &str) {
    out.extend_from_slice(before.as_bytes());
    out.extend_from_slice(name.as_bytes());
    out.push(b'"');
}

/// Writes a number behind what comes before it.
pub fn number(out: &mut Vec<u8>, before: &str, number: impl itoa::Integer) {
    out.extend_from_slice(before.as_bytes());
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Writes bytes in hexadecimal after what begins their string.
fn body(out: &mut Vec<u8>, before: &str, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.extend_from_slice(before.as_bytes());
    out.extend(
        bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]),
    );
    out.push(b'"');
}

/// Writes text. A byte that is not UTF-8 becomes `\u00XX`, so does a control character; all other
/// characters stand for themselves.
fn string(out: &mut Vec<u8>, before: &str, text: &[u8]) {
    out.extend_from_slice(before.as_bytes());
    out.push(b'"');
    if text.iter().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')) {
        out.extend_from_slice(text);
    } else {
        for chunk in text.utf8_chunks() {
            for &byte in chunk.valid().as_bytes() {
                match byte {
                    b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
                    0..0x20 | 0x7F => escape(out, byte),
                    _ => out.push(byte),
                }
            }
            chunk.invalid().iter().for_each(|&byte| escape(out, byte));
        }
    }
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
}
