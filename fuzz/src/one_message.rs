//! Inputs of the targets that look at one message: a byte for the version, two for the type, then the body.

use ged188::{Encode, Message, MessageType, ProtocolVersion, RawMessage};

/// The version that a byte stands for: its number, and any other byte one of them.
pub fn version(byte: u8) -> ProtocolVersion {
    let number = u32::from(byte);
    ProtocolVersion::new(number).unwrap_or(ProtocolVersion::nearest(9 + number % 17))
}

/// The type that two bytes stand for: its number, and any other one of them, or one that nobody knows.
pub fn message_type(bytes: [u8; 2]) -> MessageType {
    MessageType(u32::from(u16::from_be_bytes(bytes)) % 290)
}

/// The version, the type, and the rest of an input.
pub fn split(input: &[u8]) -> Option<(ProtocolVersion, RawMessage<'_>)> {
    let (&[first, high, low], body) = input.split_first_chunk()?;
    Some((version(first), RawMessage { message_type: message_type([high, low]), body }))
}

/// The message, encoded; `None` if the protocol forbids it. The length is the one that was announced.
pub fn encode(message: &Message<'_>, version: ProtocolVersion) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let announced = message.encoded_len(version);
    let written = message.encode_to(version, &mut bytes);
    assert_eq!(announced, written);
    assert_eq!(bytes.len(), written.as_ref().map_or(0, |len| *len));
    written.is_ok().then_some(bytes)
}

/// What was encoded, decoded: all of it is one message.
pub fn decode(bytes: &[u8], version: ProtocolVersion) -> Message<'_> {
    let (raw, rest) = RawMessage::split_off(bytes, bytes.len()).expect("short").expect("whole");
    assert!(rest.is_empty());
    Message::decode(version, raw).expect("what the encoder makes can be decoded")
}
