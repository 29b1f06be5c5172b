//! A server stands anything that arrives, at any time, whatever its application does: each request has one
//! outcome, each monitor is there until it ends, each event goes to those that it concerns, once; events come to
//! an end, deadlines are exact, what is put out is sound and within the limit, and after the end there is nothing.

#![no_main]

use std::time::Duration;

use bumpalo::Bump;
use ged188_fuzz::chance::Chance;
use ged188_fuzz::client_end::LIMITS;
use ged188_fuzz::one_message;
use ged188_fuzz::server_end::ServerEnd;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let arena = Bump::new();
    let mut chance = Chance::new(input, &arena);
    let version = one_message::version(chance.byte());
    let mut end = ServerEnd::new(&mut chance, LIMITS, Duration::from_secs(1000));
    while !chance.is_over() {
        let step = chance.byte();
        match step % 16 {
            0 | 1 => {
                end.receive(chance.raw());
            }
            2..6 => {
                let bytes = end.heard_of(&mut chance, version);
                end.receive(&bytes);
            }
            6..11 => end.act(&mut chance),
            11 => end.transmitted(usize::from(chance.byte())),
            12 => end.transmitted(usize::MAX),
            13 => end.pass(Duration::from_millis(u64::from(chance.byte()) * 100)),
            14 => end.pass(end.until_deadline()),
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
    // Until the application has decided, messages and the end of the transport wait.
    end.accept(ged188::named_values::CtiServiceMask::empty());
    end.settle();
});
