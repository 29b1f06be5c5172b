//! What the encoder makes, the decoder reads; what the decoder reads, the encoder makes again.

use crate::common::random;
use ged188::message::MESSAGES;
use ged188::{Encode, Message, MessageType, ProtocolVersion, RawMessage};
use proptest::prelude::*;

fn any_version() -> impl Strategy<Value = ProtocolVersion> {
    (9u32..=25).prop_map(|number| ProtocolVersion::new(number).expect("a version"))
}

fn any_type() -> impl Strategy<Value = MessageType> {
    (0..MESSAGES.len()).prop_map(|at| MESSAGES[at].message_type)
}

fn encode(message: &Message<'_>, version: ProtocolVersion) -> Vec<u8> {
    let mut bytes = Vec::new();
    let len = message.encode_to(version, &mut bytes).unwrap_or_else(|error| panic!("{error}: {message:?}"));
    assert_eq!(len, bytes.len());
    bytes
}

fn decode(bytes: &[u8], version: ProtocolVersion) -> Message<'_> {
    let (raw, rest) = RawMessage::split_off(bytes, bytes.len()).expect("short").expect("whole");
    assert!(rest.is_empty());
    Message::decode(version, raw).unwrap_or_else(|error| panic!("{error}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8192))]

    /// A message that the protocol allows, in the guide's order, becomes the same bytes again.
    #[test]
    fn messages_survive(
        version in any_version(),
        message_type in any_type(),
        chance in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let body = random::body(&mut chance.into_iter(), version, message_type);
        prop_assert_eq!(body.is_some(), message_type.schema().is_some_and(|schema| schema.is_in(version)));
        if let Some(body) = body {
            let raw = RawMessage { message_type, body: &body };
            let message = Message::decode(version, raw).unwrap_or_else(|error| panic!("{error}"));
            prop_assert_eq!(message.encoded_len(version), Ok(8 + body.len()));
            prop_assert_eq!(&encode(&message, version)[8..], &body);
        }
    }

    /// Any bytes decode or are refused; what decodes and encodes is the same afterwards.
    #[test]
    fn bytes_survive(
        version in any_version(),
        message_type in any_type(),
        body in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        check_body(version, message_type, &body)?;
    }

    /// The same for bodies that look like messages: a fixed part, then fields with tags of the message.
    #[test]
    fn fields_survive(
        version in any_version(),
        message_type in any_type(),
        fixed in prop::collection::vec(any::<u8>(), 600),
        fields in prop::collection::vec(
            (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..12), any::<bool>()),
            0..40,
        ),
    ) {
        let schema = message_type.schema().expect("a published message");
        let mut body = fixed[..schema.fixed_len(version)].to_vec();
        let tags: Vec<_> = schema.floating_fields().filter_map(|field| Some((field.tag?.0, field.wire.size()))).collect();
        for (which, data, fits) in fields {
            let (tag, size) = if tags.is_empty() { (200, 0) } else { tags[which.index(tags.len())] };
            let len = if fits && size > 0 { size.min(data.len()) } else { data.len() };
            if version.number() < 20 {
                body.extend([tag.to_be_bytes()[1], len as u8]);
            } else {
                body.extend(tag.to_be_bytes());
                body.extend((len as u16).to_be_bytes());
            }
            body.extend(&data[..len]);
        }
        check_body(version, message_type, &body)?;
    }
}

fn check_body(version: ProtocolVersion, message_type: MessageType, body: &[u8]) -> Result<(), TestCaseError> {
    let Ok(message) = Message::decode(version, RawMessage { message_type, body }) else { return Ok(()) };
    let _ = format!("{message:?}");
    let mut bytes = Vec::new();
    if message.encode_to(version, &mut bytes).is_ok() {
        prop_assert_eq!(&decode(&bytes, version), &message);
        prop_assert_eq!(encode(&decode(&bytes, version), version), bytes);
    }
    Ok(())
}
