//! Every message that the protocol allows, with its fields in the guide's order, is decoded and becomes the same bytes
//! again, as many as announced.

#![no_main]

use bumpalo::Bump;
use ged188::{Message, RawMessage};
use ged188_fuzz::chance::Chance;
use ged188_fuzz::one_message::{self, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((version, raw)) = one_message::split(input) else { return };
    let arena = Bump::new();
    let body = Chance::new(raw.body, &arena).body(version, raw.message_type);
    assert_eq!(body.is_some(), raw.message_type.schema().is_some_and(|schema| schema.is_in(version)));
    let Some(body) = body else { return };
    let message = Message::decode(version, RawMessage { body, ..raw }).expect("the protocol allows it");
    let bytes = encode(&message, version).expect("the protocol allows it");
    assert_eq!(bytes[8..], *body);
});
