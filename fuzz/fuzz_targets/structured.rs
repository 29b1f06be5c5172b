//! Every message that the protocol allows can be encoded, to as many bytes as announced, and is the same after
//! decoding.

#![no_main]

use bumpalo::Bump;
use ged188_fuzz::chance::Chance;
use ged188_fuzz::one_message::{self, decode, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((version, raw)) = one_message::split(input) else { return };
    let arena = Bump::new();
    let message = Chance::new(raw.body, &arena).message(version, raw.message_type);
    assert_eq!(message.is_some(), raw.message_type.schema().is_some_and(|schema| schema.is_in(version)));
    let Some(message) = message else { return };
    let bytes = encode(&message, version).expect("the protocol allows it");
    let decoded = decode(&bytes, version);
    assert_eq!(decoded, message);
    // The same bytes come of a message that was decoded, with its lists still on the wire.
    assert_eq!(encode(&decoded, version).expect("encoded before"), bytes);
});
