//! Events made from the protocol's tables: what a test names, and nothing else.

use std::sync::LazyLock;

use ged188::{Message, ProtocolVersion, RawMessage};

use super::tables::{self, Field};

pub(crate) static MESSAGES: LazyLock<Vec<tables::Message>> = LazyLock::new(tables::messages);

/// The tables of values.
pub(crate) static VALUES: LazyLock<Vec<tables::Table>> = LazyLock::new(tables::value_tables);

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum V<'a> {
    /// A number.
    N(u32),
    /// A string, to which a NUL is added.
    S(&'a str),
}

/// A message with these fields, header included; the others are null or 0 in the fixed part, and left out of
/// the floating part.
pub(crate) fn bytes(version: u32, name: &str, values: &[(&str, V<'_>)]) -> Vec<u8> {
    let message = MESSAGES.iter().find(|message| message.name == name).expect(name);
    for (field, _) in values {
        let mut all = message.fixed.iter().chain(&message.floating);
        assert!(all.any(|known| known.name == *field), "{name} has no {field}");
    }
    let mut body = Vec::new();
    for field in message.fixed.iter().filter(|field| field.is_in(message, version)) {
        let given = values.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
        let null = field.null.is_some()
            || field.values.as_deref().is_some_and(|values| values.contains("DeviceIDType"));
        let number = match given {
            Some(V::N(number)) => *number,
            Some(V::S(_)) => panic!("{} is a number", field.name),
            None if null => u32::MAX,
            None => 0,
        };
        body.extend(data(field, number));
    }
    // In the order of the test, which fields of lists need.
    for (name, value) in values {
        let Some(field) = message.floating.iter().find(|field| field.name == *name) else { continue };
        let data = match value {
            V::N(number) => data(field, *number),
            V::S(text) => [text.as_bytes(), b"\0"].concat(),
        };
        let tag = field.tag.expect("a tag");
        if version < 20 {
            body.extend([tag as u8, data.len() as u8]);
        } else {
            body.extend(tag.to_be_bytes());
            body.extend((data.len() as u16).to_be_bytes());
        }
        body.extend(data);
    }
    let header = [(body.len() as u32).to_be_bytes(), message.number.to_be_bytes()].concat();
    [header, body].concat()
}

fn data(field: &Field, number: u32) -> Vec<u8> {
    match field.wire.as_str() {
        "UCHAR" => vec![number as u8],
        "USHORT" | "SHORT" | "BOOL" => (number as u16).to_be_bytes().to_vec(),
        "UINT" | "INT" | "TIME" => number.to_be_bytes().to_vec(),
        other => panic!("{} is {other}", field.name),
    }
}

/// The message in these bytes.
pub(crate) fn typed(version: u32, bytes: &[u8]) -> Message<'_> {
    let (raw, rest) = RawMessage::split_off(bytes, usize::MAX).expect("a length").expect("a message");
    assert!(rest.is_empty());
    Message::decode(ProtocolVersion::new(version).expect("a version"), raw).expect("a sound message")
}

/// The bytes with another MonitorID, with which the body of every event begins.
pub(crate) fn for_monitor(id: u32, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[8..12].copy_from_slice(&id.to_be_bytes());
    bytes
}
