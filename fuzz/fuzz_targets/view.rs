//! The view of a message and the typed message agree: on whether it can be read, on the error, on every field.

#![no_main]

use ged188_fuzz::one_message;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/common/agreement.rs"]
mod agreement;

fuzz_target!(|input: &[u8]| {
    let Some((version, raw)) = one_message::split(input) else { return };
    if let Some((typed, viewed)) = agreement::of(version, raw) {
        assert_eq!(typed, viewed);
    }
});
