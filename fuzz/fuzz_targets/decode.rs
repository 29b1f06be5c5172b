//! Any bytes decode as any message of any version, or are refused with an error that can be shown: no panic, no
//! endless loop. What decodes can be shown too.

#![no_main]

use std::fmt::Write;

use ged188::Message;
use ged188_fuzz::one_message;
use libfuzzer_sys::fuzz_target;

/// Takes text, and keeps nothing of it.
struct Nowhere;

impl Write for Nowhere {
    fn write_str(&mut self, _: &str) -> std::fmt::Result {
        Ok(())
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((version, raw)) = one_message::split(input) else { return };
    match Message::decode(version, raw) {
        // To show a message costs more than to decode it, so few are.
        Ok(message) if input.len() % 8 == 0 => write!(Nowhere, "{message:?}").expect("can be shown"),
        Ok(_) => {}
        Err(error) => {
            write!(Nowhere, "{error} {error:?}").expect("can be shown");
            let _ = error.status();
        }
    }
});
