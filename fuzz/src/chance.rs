//! Chance from the bytes of the fuzzer: for messages made at random, and for what happens next.

use arbitrary::Unstructured;
use bumpalo::Bump;
use ged188::message::MESSAGES;
use ged188::{Message, MessageType, ProtocolVersion, RawMessage};

use crate::random;

/// Identifiers of devices, so few that events often meet a monitor.
pub const DEVICES: [&[u8]; 4] = [b"5001", b"5002", b"7", b"5001 "];

/// The bytes of the fuzzer, from the front. When there are no more, all is 0.
#[derive(Debug)]
pub struct Chance<'a> {
    input: Unstructured<'a>,
    /// Where that is kept which is not in the input.
    arena: &'a Bump,
}

impl<'a> Chance<'a> {
    pub fn new(input: &'a [u8], arena: &'a Bump) -> Self {
        Self { input: Unstructured::new(input), arena }
    }

    /// Whether all bytes have been used.
    pub fn is_over(&self) -> bool {
        self.input.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        self.input.arbitrary().unwrap_or(0)
    }

    /// One of so many.
    pub fn below(&mut self, count: usize) -> usize {
        if count == 0 { 0 } else { usize::from(self.byte()) % count }
    }

    /// Some bytes of the input as they are: a byte for their number, then they.
    pub fn raw(&mut self) -> &'a [u8] {
        let len = usize::from(self.byte()).min(self.input.len());
        self.input.bytes(len).unwrap_or_default()
    }

    /// The identifier of a device.
    pub fn device(&mut self) -> &'static [u8] {
        DEVICES[self.below(DEVICES.len())]
    }

    /// The body of a message of this type that the protocol allows; `None` if the version does not have it.
    pub fn body(&mut self, version: ProtocolVersion, message_type: MessageType) -> Option<&'a [u8]> {
        let body = random::body(self, version, message_type)?;
        Some(self.arena.alloc_slice_copy(&body))
    }

    /// A message of this type.
    pub fn message(&mut self, version: ProtocolVersion, message_type: MessageType) -> Option<Message<'a>> {
        let body = self.body(version, message_type)?;
        Some(Message::decode(version, RawMessage { message_type, body }).expect("the protocol allows it"))
    }

    /// A message of any type.
    pub fn any_message(&mut self, version: ProtocolVersion) -> Option<Message<'a>> {
        let at = self.below(MESSAGES.len());
        self.message(version, MESSAGES[at].message_type)
    }
}

impl random::Chance for Chance<'_> {
    fn byte(&mut self) -> u8 {
        Chance::byte(self)
    }

    fn text(&mut self, max: usize) -> Vec<u8> {
        // Mostly short, sometimes a device, sometimes as long as can be.
        let len = match self.byte() {
            255 => max,
            240.. if max >= 5 => return self.device().to_vec(),
            len => usize::from(len % 16).min(max),
        };
        (0..len).map(|_| self.byte().max(1)).collect()
    }
}
