//! The requests of a client that the application has to answer.

use alloc::collections::VecDeque;
use core::time::Duration;

use crate::session::{RequestId, Responder};
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
pub(crate) struct UnansweredRequests {
    next: u64,
    unanswered: VecDeque<(u64, Unanswered)>,
}

impl UnansweredRequests {
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
    ) -> Responder {
        let number = self.next;
        self.next += 1;
        self.unanswered
            .push_back((number, Unanswered { invoke_id, message_type, deadline, answered: false }));
        Responder { session, number, invoke_id, message_type }
    }

    fn position(&self, number: u64) -> Option<usize> {
        self.unanswered.binary_search_by_key(&number, |(number, _)| *number).ok()
    }

    /// Whether the request with this number can be answered still.
    pub(crate) fn has(&self, number: u64) -> bool {
        self.position(number).is_some()
    }

    /// Ends a request, if it has not ended already.
    pub(crate) fn end(&mut self, responder: &Responder) {
        if let Some(at) = self.position(responder.number) {
            self.unanswered.remove(at);
        }
    }

    /// Notes that a request was answered, and may be answered again until its time is over.
    pub(crate) fn answered_in_part(&mut self, responder: &Responder) {
        let at = self.position(responder.number);
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
    pub(crate) fn expired(&mut self, now: Duration) -> Option<RequestId> {
        while self.unanswered.front().is_some_and(|(_, oldest)| oldest.deadline <= now) {
            let (_, Unanswered { invoke_id, message_type, answered, .. }) = self.unanswered.pop_front()?;
            if !answered {
                return Some(RequestId { invoke_id, message_type });
            }
        }
        None
    }
}
