//! The requests of one end that wait for a response.

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use core::time::Duration;

use super::{RequestError, RequestId};
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;

/// How many heartbeats may be unconfirmed before the session counts as failed.
const MAX_UNCONFIRMED: usize = 3;

/// The most requests for recordings to remember of which more confirmations may come.
const MAX_RECORDINGS: usize = 64;

/// What is known of a request that waits.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    message_type: MessageType,
    deadline: Duration,
    /// What it means if no response comes.
    on_timeout: RequestError,
}

/// The requests that wait for an answer, by InvokeID.
#[derive(Debug)]
pub(crate) struct Requests {
    next: u32,
    limit: usize,
    waiting: BTreeMap<u32, Waiting>,
    deadlines: BTreeSet<(Duration, u32)>,
    /// Requests for recordings that were confirmed, and may be confirmed by others too; oldest first.
    recordings: VecDeque<(InvokeId, MessageType)>,
    /// Configuration requests have no InvokeID, so one can wait at a time.
    configuration: Option<Waiting>,
    pub(crate) heartbeats: Heartbeats,
}

/// The heartbeats that are not confirmed, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Heartbeats {
    ids: [InvokeId; MAX_UNCONFIRMED],
    count: usize,
    /// When the last one was sent.
    pub(crate) sent_at: Duration,
}

impl Heartbeats {
    pub(crate) fn sent(&mut self, id: InvokeId, now: Duration) {
        if let Some(free) = self.ids.get_mut(self.count) {
            *free = id;
            self.count += 1;
            self.sent_at = now;
        }
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Whether it is one of these.
    pub(crate) fn has(&self, id: InvokeId) -> bool {
        self.position(id).is_some()
    }

    /// Whether so many are not confirmed that the session counts as failed, unless the last one still is.
    pub(crate) fn are_lost(&self) -> bool {
        self.count == MAX_UNCONFIRMED
    }

    fn position(&self, id: InvokeId) -> Option<usize> {
        self.ids.iter().take(self.count).position(|&sent| sent == id)
    }

    /// A heartbeat is confirmed, and with it all before. False if it was none of these.
    pub(crate) fn confirmed(&mut self, id: InvokeId) -> bool {
        let Some(position) = self.position(id) else { return false };
        self.ids.rotate_left(position + 1);
        self.count -= position + 1;
        true
    }
}

impl Requests {
    /// Room for `limit` requests; the first gets the InvokeID `first`.
    pub(crate) fn new(first: InvokeId, limit: usize) -> Self {
        let (waiting, deadlines) = (BTreeMap::new(), BTreeSet::new());
        Self {
            next: first.0,
            limit,
            waiting,
            deadlines,
            recordings: VecDeque::new(),
            configuration: None,
            heartbeats: Heartbeats::default(),
        }
    }

    /// An InvokeID that nothing has that waits.
    pub(crate) fn next_id(&mut self) -> InvokeId {
        while self.waiting.contains_key(&self.next) || self.heartbeats.has(InvokeId(self.next)) {
            self.next = self.next.wrapping_add(1);
        }
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        InvokeId(id)
    }

    /// Whether no more requests can wait.
    pub(crate) fn is_full(&self) -> bool {
        self.waiting.len() >= self.limit
    }

    /// How many requests wait.
    pub(crate) fn len(&self) -> usize {
        self.waiting.len() + usize::from(self.configuration.is_some())
    }

    /// Notes a request.
    pub(crate) fn begin(
        &mut self,
        id: InvokeId,
        message_type: MessageType,
        deadline: Duration,
        on_timeout: RequestError,
    ) {
        self.waiting.insert(id.0, Waiting { message_type, deadline, on_timeout });
        self.deadlines.insert((deadline, id.0));
    }

    /// Ends the wait of a request that this confirms.
    pub(crate) fn confirmed(&mut self, id: InvokeId, by: MessageType) -> Option<RequestId> {
        let Some(waiting) = self.waiting.get(&id.0) else {
            // Each server application that records in parallel answers.
            let message_type =
                *self.recordings.iter().find_map(|(of, asked)| (*of == id).then_some(asked))?;
            let reply = message_type.schema()?.reply;
            return (reply == Some(by)).then_some(RequestId { invoke_id: Some(id), message_type });
        };
        if waiting.message_type.schema()?.reply != Some(by) {
            return None;
        }
        let request = self.end(id)?;
        if matches!(by, MessageType::START_RECORDING_CONF | MessageType::STOP_RECORDING_CONF) {
            if self.recordings.len() >= MAX_RECORDINGS {
                self.recordings.pop_front();
            }
            self.recordings.push_back((id, request.message_type));
        }
        Some(request)
    }

    /// Notes that a request is confirmed in part: more confirmations follow.
    pub(crate) fn confirmed_in_part(&self, id: InvokeId, by: MessageType) -> Option<RequestId> {
        let message_type = self.waiting.get(&id.0)?.message_type;
        let asked = message_type.schema()?;
        (asked.reply == Some(by)).then_some(RequestId { invoke_id: Some(id), message_type })
    }

    /// Ends the wait of a request.
    pub(crate) fn end(&mut self, id: InvokeId) -> Option<RequestId> {
        let waiting = self.waiting.remove(&id.0)?;
        self.deadlines.remove(&(waiting.deadline, id.0));
        Some(RequestId { invoke_id: Some(id), message_type: waiting.message_type })
    }

    /// Notes a configuration request, or that part of its answer arrived.
    pub(crate) fn configure(&mut self, message_type: MessageType, deadline: Duration) {
        self.configuration = Some(Waiting { message_type, deadline, on_timeout: RequestError::TimedOut });
    }

    /// The configuration request that waits.
    pub(crate) fn configuration(&self) -> Option<MessageType> {
        self.configuration.map(|waiting| waiting.message_type)
    }

    /// Ends the wait of the configuration request.
    pub(crate) fn end_configuration(&mut self) -> Option<RequestId> {
        let message_type = self.configuration.take()?.message_type;
        Some(RequestId { invoke_id: None, message_type })
    }

    /// When the next request will have waited too long.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        let next = self.deadlines.first().map(|(deadline, _)| *deadline);
        let configuration = self.configuration.map(|waiting| waiting.deadline);
        next.into_iter().chain(configuration).min()
    }

    /// Takes out a request that has waited too long.
    pub(crate) fn expired(&mut self, now: Duration) -> Option<(RequestId, RequestError)> {
        if let Some(waiting) = self.configuration.filter(|waiting| waiting.deadline <= now) {
            return self.end_configuration().map(|request| (request, waiting.on_timeout));
        }
        let &(_, id) = self.deadlines.first().filter(|(deadline, _)| *deadline <= now)?;
        let on_timeout = self.waiting.get(&id)?.on_timeout;
        self.end(InvokeId(id)).map(|request| (request, on_timeout))
    }

    /// Removes any pending request.
    pub(crate) fn pop(&mut self) -> Option<RequestId> {
        match self.waiting.keys().next() {
            Some(&id) => self.end(InvokeId(id)),
            None => self.end_configuration(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2³² requests later than the caller of a test would wait for.
    #[test]
    fn invoke_ids_never_collide() {
        let mut requests = Requests::new(InvokeId(u32::MAX - 1), 10);
        let begin = |requests: &mut Requests| {
            let id = requests.next_id();
            requests.begin(id, MessageType::USER_MESSAGE_REQ, Duration::ZERO, RequestError::TimedOut);
            id.0
        };
        assert_eq!([begin(&mut requests), begin(&mut requests)], [u32::MAX - 1, u32::MAX]);
        let heartbeat = requests.next_id();
        requests.heartbeats.sent(heartbeat, Duration::ZERO);
        assert_eq!(heartbeat, InvokeId(0));
        assert_eq!(begin(&mut requests), 1);
        // Once around: what still waits is passed over.
        requests.next = u32::MAX - 1;
        assert_eq!(begin(&mut requests), 2);
        // What no longer waits is not.
        requests.next = u32::MAX - 1;
        requests.end(InvokeId(u32::MAX));
        requests.heartbeats.confirmed(heartbeat);
        assert_eq!([begin(&mut requests), begin(&mut requests), begin(&mut requests)], [u32::MAX, 0, 3]);
    }
}
