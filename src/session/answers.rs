//! The requests of the peer that the application has to answer.

use alloc::collections::VecDeque;
use core::time::Duration;

use super::{Reply, Request};
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;

/// A request that the application has not answered.
#[derive(Clone, Copy, Debug)]
struct Unanswered {
    invoke_id: Option<InvokeId>,
    message_type: MessageType,
    deadline: Duration,
    /// Whether it was answered, and may be answered again.
    answered: bool,
}

/// The requests that the application has to answer, with their numbers, oldest first. There are few at a time, and most are
/// answered in their order.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    next: u64,
    unanswered: VecDeque<(u64, Unanswered)>,
}

impl Answers {
    /// How many requests there are.
    pub(crate) fn len(&self) -> usize {
        self.unanswered.len()
    }

    /// Notes a request, which is to be answered by this time.
    pub(crate) fn begin(
        &mut self,
        session: u32,
        invoke_id: Option<InvokeId>,
        message_type: MessageType,
        deadline: Duration,
    ) -> Reply {
        let number = self.next;
        self.next += 1;
        self.unanswered
            .push_back((number, Unanswered { invoke_id, message_type, deadline, answered: false }));
        Reply { session, number, invoke_id, message_type }
    }

    fn position(&self, number: u64) -> Option<usize> {
        self.unanswered.binary_search_by_key(&number, |(number, _)| *number).ok()
    }

    /// Whether the request with this number can be answered still.
    pub(crate) fn has(&self, number: u64) -> bool {
        self.position(number).is_some()
    }

    /// Ends a request, if it has not ended already.
    pub(crate) fn end(&mut self, reply: &Reply) {
        if let Some(at) = self.position(reply.number) {
            self.unanswered.remove(at);
        }
    }

    /// Notes that a request was answered, and may be answered again until its time is over.
    pub(crate) fn answered_in_part(&mut self, reply: &Reply) {
        let at = self.position(reply.number);
        if let Some((_, request)) = at.and_then(|at| self.unanswered.get_mut(at)) {
            request.answered = true;
        }
    }

    /// When the time of a request will be over that was not answered.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        let mut requests = self.unanswered.iter().map(|(_, request)| request);
        requests.find(|request| !request.answered).map(|request| request.deadline)
    }

    /// Removes a request that was not answered, and whose time is over.
    pub(crate) fn expired(&mut self, now: Duration) -> Option<Request> {
        while self.unanswered.front().is_some_and(|(_, oldest)| oldest.deadline <= now) {
            let (_, Unanswered { invoke_id, message_type, answered, .. }) = self.unanswered.pop_front()?;
            if !answered {
                return Some(Request { invoke_id, message_type });
            }
        }
        None
    }
}
