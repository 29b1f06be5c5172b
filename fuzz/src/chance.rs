//! Chance from the bytes of the fuzzer: for messages made at random, and for what happens next.

use arbitrary::Unstructured;
use bumpalo::Bump;
use ged188::generate::Source;
use ged188::message::MESSAGES;
use ged188::{Message, MessageType, ProtocolVersion};

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

    /// A message of this type. This is not generic, so it is compiled once for all targets.
    pub fn message(&mut self, version: ProtocolVersion, message_type: MessageType) -> Option<Message<'a>> {
        Message::generate(self, version, message_type)
    }

    /// A message of any type.
    pub fn any_message(&mut self, version: ProtocolVersion) -> Option<Message<'a>> {
        let at = self.below(MESSAGES.len());
        self.message(version, MESSAGES[at].message_type)
    }
}

impl<'a> Source<'a> for Chance<'a> {
    fn number(&mut self) -> u32 {
        self.input.arbitrary().unwrap_or(0)
    }

    fn chance(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    fn bytes(&mut self, max: usize, text: bool) -> &'a [u8] {
        // Mostly short, sometimes a device, sometimes as long as can be.
        let len = match self.byte() {
            255 => max,
            240.. if max >= 5 => return self.device(),
            len => usize::from(len % 16).min(max),
        };
        let bytes = self.input.bytes(len.min(self.input.len())).unwrap_or_default();
        match bytes.iter().position(|&byte| byte == 0) {
            Some(nul) if text => &bytes[..nul],
            _ => bytes,
        }
    }

    fn slice<T: Copy>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> &'a [T] {
        let len = self.byte() % 4;
        let items: Vec<T> = (0..len).filter_map(|_| item(self)).collect();
        self.arena.alloc_slice_copy(&items)
    }
}
