//! Decoding and encoding allocate nothing.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

use ged188::message::MESSAGES;
use ged188::schema::{MessageSchema, WireType};
use ged188::view::Fields;
use ged188::{Encode, Message, ProtocolVersion, RawMessage};

/// Allocations while `work` is done.
fn allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

#[test]
fn the_count_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1)))), 1);
}

/// A body with every field of the message, twice for members of lists.
fn full_body(schema: &MessageSchema, version: ProtocolVersion) -> Vec<u8> {
    let mut body = vec![1; schema.fixed_len(version)];
    if schema.name == "OPEN_REQ" {
        body[4..8].copy_from_slice(&version.number().to_be_bytes());
    }
    for round in 0..2 {
        for field in schema.floating_fields().filter(|field| field.is_in(version)) {
            let Some(tag) = field.tag else { continue };
            if round == 1 && field.count.is_none() {
                continue;
            }
            let data = match field.wire {
                WireType::STRING | WireType::UNSPEC => vec![1, 0],
                WireType::NAMEDVAR | WireType::NAMEDARRAY => vec![1, 1, 0],
                number => vec![1; number.size()],
            };
            if version.number() < 20 {
                body.extend([tag.0 as u8, data.len() as u8]);
            } else {
                body.extend(tag.0.to_be_bytes());
                body.extend((data.len() as u16).to_be_bytes());
            }
            body.extend(data);
        }
    }
    body
}

#[test]
fn the_codec_does_without() {
    let mut out = vec![0; 4096];
    for version in ProtocolVersion::all() {
        for schema in MESSAGES.iter().filter(|schema| schema.is_in(version)) {
            let body = full_body(schema, version);
            let raw = RawMessage { message_type: schema.message_type, body: &body };
            let mut len = 0;
            let count = allocations(|| {
                let message = Message::decode(version, raw).expect("a sound body");
                // Lists are read when they are encoded.
                len = message.encode(version, &mut out).expect("an allowed message");
                let fields = Fields::new(version, raw).expect("a published message");
                assert!(fields.filter(Result::is_err).count() == 0);
            });
            assert_eq!(count, 0, "{} in version {version}", schema.name);
            assert!(len >= 8 + schema.fixed_len(version));
        }
    }
}
