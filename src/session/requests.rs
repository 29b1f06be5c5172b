//! The requests of one side that wait for an answer.

use alloc::collections::{BTreeMap, BTreeSet};
use core::time::Duration;

use super::{Request, Silence};
use crate::id::InvokeId;
use crate::message_type::MessageType;

/// What is known of a request that waits.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    message_type: MessageType,
    deadline: Duration,
    /// What it means if no answer comes.
    silence: Silence,
}

/// The requests that wait for an answer, by InvokeID.
#[derive(Debug)]
pub(crate) struct Requests {
    next: u32,
    limit: usize,
    waiting: BTreeMap<u32, Waiting>,
    deadlines: BTreeSet<(Duration, u32)>,
    /// Configuration requests have no InvokeID, so one can wait at a time.
    configuration: Option<Waiting>,
}

impl Requests {
    /// Room for `limit` requests; the first gets the InvokeID `first`.
    pub(crate) fn new(first: InvokeId, limit: usize) -> Self {
        let (waiting, deadlines) = (BTreeMap::new(), BTreeSet::new());
        Self { next: first.0, limit, waiting, deadlines, configuration: None }
    }

    /// An InvokeID that no waiting request has.
    pub(crate) fn next_id(&mut self) -> InvokeId {
        while self.waiting.contains_key(&self.next) {
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
        silence: Silence,
    ) {
        self.waiting.insert(id.0, Waiting { message_type, deadline, silence });
        self.deadlines.insert((deadline, id.0));
    }

    /// Ends the wait of a request that this confirms.
    pub(crate) fn confirmed(&mut self, id: InvokeId, by: MessageType) -> Option<Request> {
        let asked = self.waiting.get(&id.0)?.message_type.schema()?;
        if asked.reply == Some(by) { self.end(id) } else { None }
    }

    /// Ends the wait of a request.
    pub(crate) fn end(&mut self, id: InvokeId) -> Option<Request> {
        let waiting = self.waiting.remove(&id.0)?;
        self.deadlines.remove(&(waiting.deadline, id.0));
        Some(Request { invoke_id: Some(id), message_type: waiting.message_type })
    }

    /// Notes a configuration request, or that something came of it.
    pub(crate) fn configure(&mut self, message_type: MessageType, deadline: Duration) {
        self.configuration = Some(Waiting { message_type, deadline, silence: Silence::TimedOut });
    }

    /// The configuration request that waits.
    pub(crate) fn configuration(&self) -> Option<MessageType> {
        self.configuration.map(|waiting| waiting.message_type)
    }

    /// Ends the wait of the configuration request.
    pub(crate) fn end_configuration(&mut self) -> Option<Request> {
        let message_type = self.configuration.take()?.message_type;
        Some(Request { invoke_id: None, message_type })
    }

    /// When the next request will have waited too long.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        let next = self.deadlines.first().map(|(deadline, _)| *deadline);
        let configuration = self.configuration.map(|waiting| waiting.deadline);
        next.into_iter().chain(configuration).min()
    }

    /// Takes out a request that has waited too long.
    pub(crate) fn expired(&mut self, now: Duration) -> Option<(Request, Silence)> {
        if let Some(waiting) = self.configuration.filter(|waiting| waiting.deadline <= now) {
            return self.end_configuration().map(|request| (request, waiting.silence));
        }
        let &(_, id) = self.deadlines.first().filter(|(deadline, _)| *deadline <= now)?;
        let silence = self.waiting.get(&id)?.silence;
        self.end(InvokeId(id)).map(|request| (request, silence))
    }

    /// Takes out a request, whichever.
    pub(crate) fn pop(&mut self) -> Option<Request> {
        match self.waiting.keys().next() {
            Some(&id) => self.end(InvokeId(id)),
            None => self.end_configuration(),
        }
    }
}
