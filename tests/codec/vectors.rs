//! The vectors for other implementations, in `vectors/`.

#[path = "../../examples/vectors/lines.rs"]
mod lines;

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;

use crate::common::{specimen, tables};
use ged188::message::MESSAGES;
use ged188::view::Fields;
use ged188::{Encode, Message, MessageType, ProtocolVersion, RawMessage};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    version: u32,
    #[serde(rename = "type")]
    number: u32,
    bytes: String,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    name: String,
    tag: Option<u16>,
    value: serde_json::Value,
    raw: Option<String>,
    #[serde(rename = "means")]
    _means: Option<serde_json::Value>,
}

fn bytes_of(hex: &str) -> Vec<u8> {
    assert_eq!(hex.len() % 2, 0, "{hex}");
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn the_files_are_what_the_command_writes() {
    let (folder, files) = (lines::folder(), lines::files());
    let names: Vec<_> = files.keys().cloned().collect();
    let advice = "cargo run --example vectors";
    assert_eq!(lines::there(&folder).unwrap(), names, "{advice}");
    for (name, text) in files {
        assert!(fs::read_to_string(folder.join(&name)).unwrap() == text, "{name} is out of date: {advice}");
    }
}

#[test]
fn vectors_are_read_and_written_again() {
    let (mut names, mut size) = (BTreeSet::new(), 0);
    let folder = lines::folder();
    for name in lines::there(&folder).unwrap() {
        let text = fs::read_to_string(folder.join(&name)).unwrap();
        size += text.len();
        for line in text.lines() {
            let vector: Vector = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            check(&vector);
            #[cfg(feature = "serde")]
            {
                let message: ged188::OwnedMessage = serde_json::from_str(line).unwrap();
                assert_eq!(message.body(), &bytes_of(&vector.bytes)[8..], "{line}");
            }
            names.insert(vector.name);
        }
    }
    assert_eq!(names.len(), MESSAGES.len(), "there is one of each message");
    assert!(size < 2_000_000, "{size} bytes are too many to keep in a repository");
}

fn check(vector: &Vector) {
    let context = format!("{}, version {}", vector.name, vector.version);
    let version = ProtocolVersion::new(vector.version).unwrap();
    let bytes = bytes_of(&vector.bytes);
    let (raw, rest) = RawMessage::split_off(&bytes, usize::MAX).unwrap().expect("a whole message");
    assert!(rest.is_empty(), "{context}");
    assert_eq!(raw.message_type, MessageType(vector.number), "{context}");
    assert_eq!(raw.message_type.name(), Some(vector.name.as_str()), "{context}");

    let message = Message::decode(version, raw).unwrap_or_else(|error| panic!("{context}: {error}"));
    assert!(!matches!(message, Message::Unknown(_)), "{context}");
    let mut again = Vec::new();
    message.encode_to(version, &mut again).unwrap_or_else(|error| panic!("{context}: {error}"));
    assert_eq!(again, bytes, "{context}");

    let found: Vec<_> = Fields::new(version, raw).unwrap().map(Result::unwrap).collect();
    assert_eq!(found.len(), vector.fields.len(), "{context}");
    for (found, field) in found.iter().zip(&vector.fields) {
        let context = format!("{context}: {}", field.name);
        assert_eq!(found.name(), Some(field.name.as_str()), "{context}");
        assert_eq!(found.tag.map(|tag| tag.0), field.tag, "{context}");
        if let Some(raw) = &field.raw {
            assert_eq!(found.data(), bytes_of(raw), "{context}");
        } else if let Some(text) = field.value.as_str().filter(|_| found.data().ends_with(b"\0")) {
            // Without `raw` the value tells all bytes.
            assert_eq!(found.data(), [text.as_bytes(), b"\0"].concat(), "{context}");
        }
    }
}
