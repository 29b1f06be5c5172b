//! What both ends of a session have: bytes out, requests that wait for a response, the time, and the end.

use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use super::pending::Requests;
use super::{CloseReason, Counters, Limits, RequestError, RequestId, SendError};
use crate::byte_queue::ByteQueue;
use crate::frame::{Input, RawMessage};
use crate::message::{Encode, Message, set_invoke_id, set_monitor_ids};
use crate::types::id::{InvokeId, MonitorId};
use crate::types::named_values::More;
use crate::version::ProtocolVersion;

/// Bytes to make room for before the length of a message is known.
const TYPICAL: usize = 512;

/// The way out, the requests that wait for a response, the time, and the end.
#[derive(Debug)]
pub(crate) struct Link {
    /// What tells this session from others, so that a responder is not taken for another's.
    pub(crate) number: u32,
    out: ByteQueue,
    limit: usize,
    pub(crate) version: ProtocolVersion,
    pub(crate) requests: Requests,
    pub(crate) counters: Counters,
    pub(crate) now: Duration,
    /// When something was last sent.
    pub(crate) sent_at: Duration,
    /// When a message last arrived.
    pub(crate) received_at: Duration,
    /// Whether the transport has ended.
    pub(crate) disconnected: bool,
    reason: Option<CloseReason>,
    /// Whether the application knows of the end.
    closed: bool,
}

impl Link {
    pub(crate) fn new(version: ProtocolVersion, first: InvokeId, limits: &Limits, now: Duration) -> Self {
        static SESSIONS: AtomicU32 = AtomicU32::new(0);
        Self {
            number: SESSIONS.fetch_add(1, Ordering::Relaxed),
            out: ByteQueue::default(),
            limit: limits.output,
            version,
            requests: Requests::new(first, limits.requests),
            counters: Counters::default(),
            now,
            sent_at: now,
            received_at: now,
            disconnected: false,
            reason: None,
            closed: false,
        }
    }

    /// Lets time pass; it never goes back.
    pub(crate) fn advance_time(&mut self, now: Duration) {
        self.now = self.now.max(now);
    }

    /// Goes on to the next message. False if there is none, which may be the end.
    #[inline]
    pub(crate) fn receive(&mut self, input: &mut Input, on_disconnect: CloseReason) -> bool {
        match input.advance() {
            Ok(true) => {
                self.counters.received += 1;
                self.received_at = self.now;
                return true;
            }
            Ok(false) if self.disconnected => self.close(on_disconnect),
            Ok(false) => {}
            Err(error) => self.close(CloseReason::FramingLost(error)),
        }
        false
    }

    /// Sends a message, with this InvokeID if one is given.
    pub(crate) fn send(
        &mut self,
        message: &(impl Encode + ?Sized),
        id: Option<InvokeId>,
    ) -> Result<(), SendError> {
        let start = self.out.len();
        if start >= self.limit {
            return Err(SendError::OutputFull { pending: start });
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

    /// Sends an event, once for each of the monitors that `choose` finds for it. Returns how many there are. If the peer
    /// does not read, that is the end.
    pub(crate) fn send_to_monitors<'i>(
        &mut self,
        event: &(impl Encode + ?Sized),
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
            self.close(CloseReason::NotReading);
            return Err(SendError::OutputFull { pending: start });
        }
        let copies = self.out.repeat_last(size, ids.len() - 1);
        set_monitor_ids(copies.chunks_exact_mut(size), message_type, ids);
        self.sent_at = self.now;
        self.counters.sent += ids.len() as u64;
        Ok(ids.len())
    }

    /// Sends a message that the peer is due. If the peer does not read, that is the end.
    pub(crate) fn send_or_close(
        &mut self,
        message: &(impl Encode + ?Sized),
        id: Option<InvokeId>,
    ) -> Result<(), SendError> {
        let sent = self.send(message, id);
        if let Err(SendError::OutputFull { .. }) = sent {
            self.close(CloseReason::NotReading);
        }
        sent
    }

    /// Sends a message of the session itself, which the protocol always allows.
    pub(crate) fn send_own(&mut self, message: &impl Encode, id: Option<InvokeId>) {
        let _ = self.send_or_close(message, id);
    }

    /// Sends a request, and waits for its response.
    pub(crate) fn request(
        &mut self,
        request: &(impl Encode + ?Sized),
        timeout: Duration,
        on_timeout: RequestError,
    ) -> Result<RequestId, SendError> {
        if self.requests.is_full() {
            return Err(SendError::TooManyRequests { pending: self.requests.len() });
        }
        let message_type = request.message_type();
        let id = self.requests.next_id();
        self.send(request, Some(id))?;
        self.requests.begin(id, message_type, self.now.saturating_add(timeout), on_timeout);
        Ok(RequestId { invoke_id: Some(id), message_type })
    }

    /// The request that a message confirms, if it is a confirmation that was waited for.
    pub(crate) fn confirmed(&mut self, id: InvokeId, message: &Message<'_>) -> Option<RequestId> {
        let more = matches!(message, Message::ListAgentTeamConf(conf) if conf.more != More::LAST);
        if more {
            self.requests.confirmed_in_part(id, message.message_type())
        } else {
            self.requests.confirmed(id, message.message_type())
        }
    }

    /// A request that will not be confirmed: it has waited too long, or the session has ended.
    pub(crate) fn failed_request(&mut self) -> Option<(RequestId, RequestError)> {
        if self.has_ended() {
            return self.requests.pop().map(|request| (request, RequestError::SessionClosed));
        }
        self.requests.expired(self.now)
    }

    /// When there is something to do next: any of these, a response that has to come, or right now what is left of the end.
    pub(crate) fn deadline(&self, own: impl IntoIterator<Item = Duration>) -> Option<Duration> {
        if self.closed {
            None
        } else if self.has_ended() || self.disconnected {
            Some(self.now)
        } else {
            own.into_iter().chain(self.requests.deadline()).min()
        }
    }

    /// Bytes to send.
    pub(crate) fn output(&self) -> &[u8] {
        // There is nowhere to send it to.
        if self.disconnected { &[] } else { self.out.bytes() }
    }

    /// Notes that bytes have been sent.
    pub(crate) fn consume_output(&mut self, count: usize) {
        self.out.consume(count);
    }

    /// Ends the session, unless it has ended.
    pub(crate) fn close(&mut self, reason: CloseReason) {
        self.reason.get_or_insert(reason);
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.reason.is_some()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Why the session is over, once: nothing else comes after that.
    pub(crate) fn report_close(&mut self) -> Option<CloseReason> {
        let reason = self.reason.filter(|_| !self.closed)?;
        self.closed = true;
        Some(reason)
    }
}
