//! A client stands anything that arrives, at any time, whatever its application does: each request and each
//! monitor has one outcome, events come to an end, deadlines are exact, what is put out is sound and within the
//! limit, and after the end of the session there is nothing.

#![no_main]

use std::time::Duration;

use bumpalo::Bump;
use ged188_fuzz::chance::Chance;
use ged188_fuzz::client_end::{ClientEnd, LIMITS};
use ged188_fuzz::one_message;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let arena = Bump::new();
    let mut chance = Chance::new(input, &arena);
    let version = one_message::version(chance.byte());
    let Some(mut end) = ClientEnd::open(&mut chance, version, LIMITS, Duration::from_secs(1000)) else {
        return;
    };
    while !chance.is_over() {
        let step = chance.byte();
        match step % 16 {
            0 | 1 => {
                end.receive(chance.raw());
            }
            2..6 => {
                let bytes = end.heard_of(&mut chance);
                end.receive(&bytes);
            }
            6..11 => end.act(&mut chance),
            11 => end.transmitted(usize::from(chance.byte())),
            12 => end.transmitted(usize::MAX),
            13 => end.pass(Duration::from_millis(u64::from(chance.byte()) * 100)),
            14 => end.pass(end.until_deadline()),
            _ if end.client.is_closed() => {
                let Some(next) = end.open_again(&mut chance, LIMITS) else { return };
                end = next;
            }
            _ if chance.byte() % 4 == 0 => end.disconnect(),
            _ => {}
        }
        // Sometimes more happens before the events are taken.
        if step & 0x80 == 0 {
            end.settle();
        }
    }
    end.settle();
    end.disconnect();
    end.settle();
    assert!(end.client.is_closed());
});
