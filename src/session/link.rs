//! What both ends of a session have: messages in, bytes out, requests that wait, and the time.

use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use super::requests::Requests;
use super::{Backlog, Counters, End, Event, Limits, Request, SendError, Silence};
use crate::byte_queue::ByteQueue;
use crate::frame::{FrameDecoder, FrameError, RawMessage};
use crate::message::{Encode, Message, set_invoke_id, set_monitor_ids};
use crate::types::id::{InvokeId, MonitorId};
use crate::types::named_values::More;
use crate::version::ProtocolVersion;

/// The way in: bytes that the peer sent, as messages.
#[derive(Debug)]
pub(crate) struct Inbox {
    frames: FrameDecoder,
    limit: usize,
    /// Whether all whole messages have been taken.
    drained: bool,
}

impl Inbox {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { frames: FrameDecoder::new(limits.body), limit: limits.incoming, drained: true }
    }

    /// Takes bytes, unless too many wait already. Returns whether they complete a message.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<bool, Backlog> {
        if !self.drained && self.frames.buffered().saturating_add(bytes.len()) > self.limit {
            return Err(Backlog { buffered: self.frames.buffered() });
        }
        self.drained &= bytes.is_empty();
        // That the stream is lost shows when the messages before that point have been taken.
        let before = self.frames.completed();
        let _ = self.frames.push(bytes);
        Ok(self.frames.completed() != before)
    }

    /// Goes on to the next message; false if it is not all there.
    #[inline]
    pub(crate) fn advance(&mut self) -> Result<bool, FrameError> {
        let advanced = self.frames.advance()?;
        self.drained |= !advanced;
        Ok(advanced)
    }

    /// The current message.
    #[inline]
    pub(crate) fn current(&self) -> Option<RawMessage<'_>> {
        self.frames.current()
    }
}

/// Bytes to make room for before the length of a message is known.
const TYPICAL: usize = 512;

/// The way out, the requests that wait for an answer, the time, and the end.
#[derive(Debug)]
pub(crate) struct Link {
    /// What tells this session from others, so that a reply is not taken for another's.
    pub(crate) number: u32,
    out: ByteQueue,
    limit: usize,
    pub(crate) version: ProtocolVersion,
    pub(crate) requests: Requests,
    pub(crate) counters: Counters,
    pub(crate) now: Duration,
    /// When something was last put out.
    pub(crate) sent_at: Duration,
    /// When something last arrived.
    pub(crate) received_at: Duration,
    /// Whether the transport has ended.
    pub(crate) cut: bool,
    end: Option<End>,
    /// Whether the application knows of the end.
    told: bool,
}

impl Link {
    pub(crate) fn new(version: ProtocolVersion, first: InvokeId, limits: &Limits, now: Duration) -> Self {
        static SESSIONS: AtomicU32 = AtomicU32::new(0);
        Self {
            number: SESSIONS.fetch_add(1, Ordering::Relaxed),
            out: ByteQueue::default(),
            limit: limits.outgoing,
            version,
            requests: Requests::new(first, limits.requests),
            counters: Counters::default(),
            now,
            sent_at: now,
            received_at: now,
            cut: false,
            end: None,
            told: false,
        }
    }

    /// Lets time pass; it never goes back.
    pub(crate) fn pass(&mut self, now: Duration) {
        self.now = self.now.max(now);
    }

    /// Puts a message out, with this InvokeID if one is given.
    pub(crate) fn put(&mut self, message: &impl Encode, id: Option<InvokeId>) -> Result<(), SendError> {
        let start = self.out.len();
        if start >= self.limit {
            return Err(SendError::Full { waiting: start });
        }
        message.encode_to(self.version, self.out.tail(TYPICAL))?;
        if let Some(id) = id {
            let bytes = self.out.bytes_mut().get_mut(start..).unwrap_or_default();
            set_invoke_id(bytes, message.message_type(), id);
        }
        self.sent_at = self.now;
        self.counters.sent += 1;
        Ok(())
    }

    /// Puts an event out, once for each of the monitors that `choose` finds for it. Returns how many there are. If
    /// too much waits for a peer that takes nothing, that is the end.
    pub(crate) fn put_for_monitors<'i>(
        &mut self,
        event: &impl Encode,
        choose: impl FnOnce(ProtocolVersion, RawMessage<'_>) -> &'i [MonitorId],
    ) -> Result<usize, SendError> {
        let start = self.out.len();
        let message_type = event.message_type();
        let size = event.encode_known_to(self.version, self.out.tail(TYPICAL))?;
        let encoded = self.out.bytes().get(start..).unwrap_or_default();
        let Some((body, _)) = RawMessage::split_off(encoded, size).ok().flatten() else { return Ok(0) };
        let ids = choose(self.version, body);
        if ids.is_empty() {
            self.out.withdraw(size);
            return Ok(0);
        }
        // However many monitors there are, an event may go to all of them if nothing else waits.
        if start > 0 && start.saturating_add(size.saturating_mul(ids.len())) > self.limit {
            self.out.withdraw(size);
            self.end(End::NotReading);
            return Err(SendError::Full { waiting: start });
        }
        let copies = self.out.repeat_last(size, ids.len() - 1);
        set_monitor_ids(copies.chunks_exact_mut(size), message_type, ids);
        self.sent_at = self.now;
        self.counters.sent += ids.len() as u64;
        Ok(ids.len())
    }

    /// Puts a message out. If too much waits for a peer that takes nothing, that is the end.
    pub(crate) fn put_or_end(
        &mut self,
        message: &impl Encode,
        id: Option<InvokeId>,
    ) -> Result<(), SendError> {
        let put = self.put(message, id);
        if let Err(SendError::Full { .. }) = put {
            self.end(End::NotReading);
        }
        put
    }

    /// Puts out what the session itself owes the peer, which the protocol always allows.
    pub(crate) fn owe(&mut self, message: &impl Encode, id: Option<InvokeId>) {
        let _ = self.put_or_end(message, id);
    }

    /// Puts out a request, and waits for its answer.
    pub(crate) fn ask(
        &mut self,
        request: &impl Encode,
        timeout: Duration,
        silence: Silence,
    ) -> Result<Request, SendError> {
        if self.requests.is_full() {
            return Err(SendError::TooManyRequests { waiting: self.requests.len() });
        }
        let message_type = request.message_type();
        let id = self.requests.next_id();
        self.put(request, Some(id))?;
        self.requests.begin(id, message_type, self.now.saturating_add(timeout), silence);
        Ok(Request { invoke_id: Some(id), message_type })
    }

    /// Deals with an answer: of a request that waits for it, or of none.
    pub(crate) fn confirmed<'a>(&mut self, id: InvokeId, message: Message<'a>) -> Event<'a> {
        let more = matches!(&message, Message::ListAgentTeamConf(conf) if conf.more != More::LAST);
        let request = if more {
            self.requests.confirmed_in_part(id, message.message_type())
        } else {
            self.requests.confirmed(id, message.message_type())
        };
        match request {
            Some(request) => Event::Confirmed { request, message },
            None => self.stray(message),
        }
    }

    /// Counts a message that is unexpected in this state.
    pub(crate) fn stray<'a>(&mut self, message: Message<'a>) -> Event<'a> {
        self.counters.stray += 1;
        Event::Stray(message)
    }

    /// A request that has waited too long.
    pub(crate) fn expired(&mut self) -> Option<Event<'static>> {
        let (request, silence) = self.requests.expired(self.now)?;
        Some(Event::Unanswered { request, silence })
    }

    /// Bytes to send.
    pub(crate) fn transmit(&self) -> &[u8] {
        self.out.bytes()
    }

    /// Notes that bytes have been sent.
    pub(crate) fn transmitted(&mut self, count: usize) {
        self.out.consume(count);
    }

    /// Ends the session, unless it has ended.
    pub(crate) fn end(&mut self, end: End) {
        self.end.get_or_insert(end);
    }

    /// Ends the session, and gives the first event of that.
    pub(crate) fn end_now(&mut self, end: End) -> Event<'static> {
        self.end(end);
        self.ending().unwrap_or(Event::Ended(end))
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.told
    }

    /// The events of a session that has ended: the outcome of its requests, then its end.
    pub(crate) fn ending(&mut self) -> Option<Event<'static>> {
        let end = self.end.filter(|_| !self.told)?;
        if let Some(request) = self.requests.pop() {
            return Some(Event::Unanswered { request, silence: Silence::SessionEnded });
        }
        self.told = true;
        Some(Event::Ended(end))
    }
}
