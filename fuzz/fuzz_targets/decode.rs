//! Any bytes decode as any message of any version, or are refused: no panic, no endless loop. What decodes can
//! be shown, and what can be encoded again is the same after another round.

#![no_main]

use ged188::{Encode, Message, MessageType, ProtocolVersion, RawMessage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (version, message_type, body) = input;
    let version = ProtocolVersion::nearest(9 + u32::from(version) % 17);
    let message_type = MessageType(u32::from(message_type) % 290);
    let Ok(message) = Message::decode(version, RawMessage { message_type, body }) else { return };
    let _ = format!("{message:?}");
    let mut bytes = Vec::new();
    if message.encode_to(version, &mut bytes).is_ok() {
        let (raw, rest) = RawMessage::split_off(&bytes, bytes.len()).expect("short").expect("whole");
        assert!(rest.is_empty());
        let again = Message::decode(version, raw).expect("what the encoder makes can be decoded");
        assert_eq!(again, message);
        let mut same = Vec::new();
        again.encode_to(version, &mut same).expect("encoded before");
        assert_eq!(same, bytes);
    }
});
