//! Events that come before the confirmation of their monitor.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::frame::RawMessage;
use crate::types::id::MonitorId;
use crate::types::message_type::MessageType;

/// Events that came before the confirmation of their monitor.
#[derive(Debug, Default)]
pub(super) struct EarlyEvents {
    waiting: VecDeque<EarlyEvent>,
    /// Those whose monitor is known by now, or will never be.
    ready: VecDeque<EarlyEvent>,
    bytes: usize,
    limit: usize,
}

/// An event that is kept.
struct EarlyEvent {
    id: MonitorId,
    message_type: MessageType,
    body: Vec<u8>,
}

impl EarlyEvent {
    /// The memory that an event with this body takes.
    fn size(body: &[u8]) -> usize {
        size_of::<Self>() + body.len()
    }
}

/// Shows type and size, never the body.
impl core::fmt::Debug for EarlyEvent {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "EarlyEvent({:?}, {:?}, {} bytes)", self.id, self.message_type, self.body.len())
    }
}

impl EarlyEvents {
    /// Keeps events of about so many bytes in all.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Keeps an event, if there is room.
    pub(super) fn keep(&mut self, id: MonitorId, raw: RawMessage<'_>) -> bool {
        let bytes = self.bytes.saturating_add(EarlyEvent::size(raw.body));
        let room = bytes <= self.limit;
        if room {
            self.bytes = bytes;
            let (message_type, body) = (raw.message_type, raw.body.to_vec());
            self.waiting.push_back(EarlyEvent { id, message_type, body });
        }
        room
    }

    /// Picks those that need not wait any longer.
    pub(super) fn settle(&mut self, is_settled: impl Fn(MonitorId) -> bool) {
        for event in core::mem::take(&mut self.waiting) {
            if is_settled(event.id) { self.ready.push_back(event) } else { self.waiting.push_back(event) }
        }
    }

    /// Whether an event can be given.
    pub(super) fn is_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// The next event that can be given.
    pub(super) fn pop(&mut self) -> Option<(MessageType, Vec<u8>)> {
        let event = self.ready.pop_front()?;
        self.bytes -= EarlyEvent::size(&event.body);
        Some((event.message_type, event.body))
    }
}
