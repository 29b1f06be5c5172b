//! Messages from JSON Lines.

use ged188::{Encode, OwnedMessage};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What `decode` writes besides the records of messages.
#[derive(Deserialize)]
struct Line {
    /// The last bytes of the stream.
    bytes: Option<String>,
    error: Option<IgnoredAny>,
    fields: Option<IgnoredAny>,
    body: Option<IgnoredAny>,
}

/// Appends the message that a line describes.
///
/// # Errors
///
/// If it describes none. Then nothing is appended.
pub fn encode(line: &str, out: &mut Vec<u8>) -> Result<(), String> {
    let Line { bytes, error, fields, body } = serde_json::from_str(line).map_err(|error| reason(&error))?;
    match bytes {
        Some(digits) => out.extend(hex(&digits)?),
        None if error.is_some() && fields.is_none() && body.is_none() => {
            return Err("the stream was lost here, its bytes are gone".into());
        }
        None => {
            let message: OwnedMessage = serde_json::from_str(line).map_err(|error| reason(&error))?;
            message.encode_to(message.version(), out).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// What is wrong with a line. It is one of many, so only the column is of use, and that of its end is not.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text);
    if error.is_syntax() || error.is_eof() {
        format!("column {}: {reason}", error.column())
    } else {
        reason.into()
    }
}

fn hex(digits: &str) -> Result<Vec<u8>, String> {
    let byte = |at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<_> = (0..digits.len()).step_by(2).map(byte).collect();
    bytes.ok_or_else(|| format!("{digits:?} is not bytes in hexadecimal"))
}
