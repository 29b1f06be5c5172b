//! What was decoded and can be encoded is the same after decoding again, and encodes to the same bytes; a buffer that is
//! too small by a byte is an error.

#![no_main]

use ged188::{Encode, Message};
use ged188_fuzz::one_message::{self, decode, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((version, raw)) = one_message::split(input) else { return };
    let Ok(message) = Message::decode(version, raw) else { return };
    let Some(bytes) = encode(&message, version) else { return };
    let again = decode(&bytes, version);
    assert_eq!(again, message);
    assert_eq!(encode(&again, version).expect("encoded before"), bytes);
    let mut short = vec![0xEE; bytes.len() - 1];
    assert!(again.encode(version, &mut short).is_err());
});
