//! The requests of the peer that the application has to answer.

use alloc::collections::BTreeMap;
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

/// The requests that the application has to answer, by number, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    next: u32,
    unanswered: BTreeMap<u32, Unanswered>,
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
        self.next = self.next.wrapping_add(1);
        self.unanswered.insert(number, Unanswered { invoke_id, message_type, deadline, answered: false });
        Reply { session, number, invoke_id, message_type }
    }

    /// Whether a request can be answered still.
    pub(crate) fn has(&self, reply: &Reply) -> bool {
        self.unanswered.contains_key(&reply.number)
    }

    /// Ends a request. False if it has ended already.
    pub(crate) fn end(&mut self, reply: &Reply) -> bool {
        self.unanswered.remove(&reply.number).is_some()
    }

    /// Notes that a request was answered, and may be answered again until its time is over.
    pub(crate) fn answered_in_part(&mut self, reply: &Reply) {
        if let Some(request) = self.unanswered.get_mut(&reply.number) {
            request.answered = true;
        }
    }

    /// When the time of a request will be over.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.unanswered.values().next().map(|request| request.deadline)
    }

    /// Removes a request whose time is over, and tells whether it was answered.
    pub(crate) fn expired(&mut self, now: Duration) -> Option<(Request, bool)> {
        let oldest = self.unanswered.first_entry().filter(|oldest| oldest.get().deadline <= now)?;
        let Unanswered { invoke_id, message_type, answered, .. } = oldest.remove();
        Some((Request { invoke_id, message_type }, answered))
    }
}
