//! A client and a server stand whatever is between them, which splits, delays, corrupts and cuts: all that holds
//! of each alone. If nothing is corrupted or cut, they agree on their monitors once it is quiet, and each event
//! has arrived as often as it was sent, which is once for each monitor that it concerns.

#![no_main]

use std::time::Duration;

use bumpalo::Bump;
use ged188::named_values::CtiServiceMask;
use ged188_fuzz::chance::Chance;
use ged188_fuzz::client_end::{ClientEnd, LIMITS};
use ged188_fuzz::one_message;
use ged188_fuzz::server_end::ServerEnd;
use libfuzzer_sys::fuzz_target;

/// Both ends, and the bytes between them.
struct Pair {
    client: ClientEnd,
    server: ServerEnd,
    up: Vec<u8>,
    down: Vec<u8>,
    /// Whether nothing has been corrupted or cut.
    clean: bool,
}

impl Pair {
    /// So many bytes leave the ends.
    fn collect(&mut self, count: usize) {
        let waiting = self.client.client.output();
        self.up.extend(&waiting[..count.min(waiting.len())]);
        self.client.transmitted(count);
        let waiting = self.server.server.output();
        self.down.extend(&waiting[..count.min(waiting.len())]);
        self.server.transmitted(count);
    }

    /// So many bytes arrive at the server.
    fn carry_up(&mut self, count: usize) {
        let count = count.min(self.up.len());
        self.server.receive(&self.up[..count]);
        self.up.drain(..count);
    }

    /// So many bytes arrive at the client.
    fn carry_down(&mut self, count: usize) {
        let count = count.min(self.down.len());
        self.client.receive(&self.down[..count]);
        self.down.drain(..count);
    }

    fn settle(&mut self) {
        self.client.settle();
        self.server.settle();
    }

    /// Time passes for both.
    fn pass(&mut self, time: Duration) {
        self.client.pass(time);
        self.server.pass(time);
    }

    /// The adversary at work, if there is one.
    fn harm(&mut self, chance: &mut Chance<'_>, malicious: bool) {
        if !malicious {
            return;
        }
        let kind = chance.byte();
        if kind % 8 == 0 {
            self.client.disconnect();
            self.server.disconnect();
            self.clean = false;
            return;
        }
        let bytes = if kind & 0x10 == 0 { &mut self.up } else { &mut self.down };
        let at = chance.below(bytes.len());
        let bits = chance.byte();
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= bits;
            self.clean = false;
        }
    }

    /// Lets everything arrive and be answered.
    fn quiet(&mut self, chance: &mut Chance<'_>) {
        for _ in 0..10_000 {
            self.settle();
            self.collect(usize::MAX);
            let busy = !self.up.is_empty() || !self.down.is_empty() || self.server.owes();
            if !busy {
                return;
            }
            self.carry_up(1000);
            self.carry_down(1000);
            self.settle();
            self.server.accept(CtiServiceMask::all());
            self.server.answer(chance);
        }
        panic!("never quiet");
    }

    fn check(&self) {
        if !self.clean || self.server.secretive {
            return;
        }
        let (heard, sent) = (&self.client.heard, &self.server.delivered);
        for (id, count) in heard {
            assert!(*count <= sent.get(id).copied().unwrap_or(0), "{count} events for {id}, of {sent:?}");
        }
        let open = self.client.client.is_open() && self.server.server.is_open();
        if !open || self.client.impatient {
            return;
        }
        let mut sent = sent.clone();
        // Those of the All Events service are not for a monitor.
        sent.remove(&0);
        assert_eq!(*heard, sent, "each event arrives as often as it was sent");
        let (mut client, deaf) = self.client.live();
        client.retain(|id| !deaf.contains(id) && Some(*id) != self.server.open_id());
        let mut server = self.server.live();
        server.retain(|id| !deaf.contains(id));
        if self.client.was_deaf() {
            // What ended without the client's hearing of it is still there, and the other way round.
            return;
        }
        assert_eq!(client, server, "both ends have the same monitors");
        assert_eq!(self.client.unknown, 0, "no event is for a monitor that is not there");
    }
}

fuzz_target!(|input: &[u8]| {
    let arena = Bump::new();
    let mut chance = Chance::new(input, &arena);
    let version = one_message::version(chance.byte());
    let malicious = chance.byte() & 1 == 1;
    let now = Duration::from_secs(1000);
    let Some(client) = ClientEnd::open(&mut chance, version, LIMITS, now) else { return };
    let server = ServerEnd::new(&mut chance, LIMITS, now);
    let mut pair = Pair { client, server, up: Vec::new(), down: Vec::new(), clean: true };
    while !chance.is_over() {
        let step = chance.byte();
        match step % 16 {
            0..4 => pair.client.act(&mut chance),
            4..8 => pair.server.act(&mut chance),
            8 => pair.collect(usize::from(chance.byte())),
            9 => {
                pair.collect(usize::MAX);
                pair.carry_up(usize::MAX);
                pair.carry_down(usize::MAX);
            }
            10 => {
                pair.collect(usize::MAX);
                pair.carry_up(usize::from(chance.byte()));
            }
            11 => {
                pair.collect(usize::MAX);
                pair.carry_down(usize::from(chance.byte()));
            }
            12 => pair.carry_up(usize::from(chance.byte())),
            13 => pair.carry_down(usize::from(chance.byte())),
            14 => pair.pass(Duration::from_millis(u64::from(chance.byte()) * 50)),
            _ => pair.harm(&mut chance, malicious),
        }
        if step & 0x80 == 0 {
            pair.settle();
        }
    }
    pair.quiet(&mut chance);
    pair.check();
});
