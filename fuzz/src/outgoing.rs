//! What an end puts out: whole messages that its version has, one after another, none beyond the limit.

use ged188::schema::Sender;
use ged188::{Message, ProtocolVersion, RawMessage};

/// What is known of the bytes that wait to be sent.
#[derive(Debug)]
pub struct Outgoing {
    sender: Sender,
    limit: usize,
    /// How many of the bytes that wait have been looked at.
    seen: usize,
}

impl Outgoing {
    /// For the end of `sender`, which puts nothing out when this many bytes wait.
    pub fn new(sender: Sender, limit: usize) -> Self {
        Self { sender, limit, seen: 0 }
    }

    /// Looks at what was put out since the last time; `each` sees the messages.
    ///
    /// An event for many monitors, if `one_for_all`, may go to all of them if nothing waits before it.
    pub fn look(
        &mut self,
        version: ProtocolVersion,
        waiting: &[u8],
        one_for_all: bool,
        mut each: impl FnMut(&Message<'_>),
    ) {
        // When the transport ends, all of it is gone.
        assert!(self.seen <= waiting.len() || waiting.is_empty(), "nothing is taken back");
        self.seen = self.seen.min(waiting.len());
        let start = self.seen;
        while let Some(rest) = waiting.get(self.seen..).filter(|rest| !rest.is_empty()) {
            assert!(
                self.seen < self.limit || (one_for_all && start == 0),
                "{} bytes wait, and still more is put out",
                self.seen
            );
            let split = RawMessage::split_off(rest, rest.len());
            let (raw, rest) = split.expect("short").expect("messages are put out whole");
            let message = Message::decode(version, raw).expect("what is put out can be decoded");
            let schema = raw.message_type.schema();
            assert!(schema.is_none_or(|schema| schema.is_in(version)));
            assert!(
                schema.is_none_or(|schema| schema.sender == self.sender || schema.sender == Sender::Both),
                "{raw:?} is not for this side to send"
            );
            each(&message);
            self.seen = waiting.len() - rest.len();
        }
    }

    /// Notes that bytes have been sent.
    pub fn transmitted(&mut self, count: usize) {
        self.seen = self.seen.saturating_sub(count);
    }
}
