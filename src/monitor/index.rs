//! An index above the sessions of a server: which of them an event may concern.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::hash::BuildHasher;
use hashbrown::DefaultHashBuilder;

use super::concerns::{Concerns, Name};
use super::server::MonitorServer;
use super::table::Digits;
use crate::error::EncodeError;
use crate::frame::RawMessage;
use crate::message::Encode;
use crate::types::id::CallId;
use crate::types::message_type::MessageType;
use crate::version::ProtocolVersion;

/// What an event looks for in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mark {
    /// A device, by a hash of its identifier. A session that is found by chance finds nothing.
    Device(u64),
    /// A call that the session knows.
    Call(CallId),
    /// All events.
    AllEvents,
    /// CALL_TRANSLATION_ROUTE_EVENT, which no monitor gets.
    TranslationRoutes,
}

pub(crate) fn hash_of_device(hasher: &DefaultHashBuilder, id: &[u8]) -> u64 {
    hasher.hash_one(id)
}

/// Finds the sessions that an event may concern, among those of a server, without asking each.
///
/// `K` is how the application names its sessions. The index has to be told when something may have changed in a
/// session: by [`update`](Self::update), after events of it were polled or delivered. That costs nothing if
/// nothing has.
///
/// ```
/// use core::time::Duration;
/// use ged188::message::AgentStateEvent;
/// use ged188::monitor::{MonitorIndex, MonitorLimits, MonitorServer};
/// use ged188::session::ServerConfig;
///
/// let mut index = MonitorIndex::new();
/// let mut sessions = [0, 1].map(|_| {
///     MonitorServer::new(ServerConfig::default(), MonitorLimits::default(), Duration::ZERO)
/// });
/// for (key, session) in sessions.iter_mut().enumerate() {
///     index.add(key, session);
/// }
/// // …, and when something was polled from a session:
/// index.update(1, &mut sessions[1]);
///
/// let event = AgentStateEvent { agent_extension: Some("5001".into()), ..Default::default() };
/// for &key in index.find(&event)? {
///     sessions[key].deliver(Duration::ZERO, &event).ok();
/// }
/// # Ok::<(), ged188::EncodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MonitorIndex<K> {
    hasher: DefaultHashBuilder,
    /// How often a session has a mark: more than once only if hashes are the same by chance.
    marks: BTreeMap<(Mark, Option<K>), u32>,
    /// Used anew for each event.
    bytes: Vec<u8>,
    found: Vec<K>,
}

impl<K: Copy + Ord> Default for MonitorIndex<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Copy + Ord> MonitorIndex<K> {
    /// An index of no sessions.
    pub fn new() -> Self {
        let (marks, bytes, found) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { hasher: DefaultHashBuilder::default(), marks, bytes, found }
    }

    /// Follows a session from now on, best before it is open. A session can be in one index only.
    pub fn add(&mut self, key: K, session: &mut MonitorServer) {
        let marks = &mut self.marks;
        session.follow(self.hasher.clone(), |mark| *marks.entry((mark, Some(key))).or_default() += 1);
    }

    /// Notes what has changed in a session since it was added or last updated.
    pub fn update(&mut self, key: K, session: &mut MonitorServer) {
        for (mark, by) in session.changes() {
            self.count(mark, key, by);
        }
    }

    /// Forgets a session.
    pub fn remove(&mut self, key: K, session: &mut MonitorServer) {
        self.update(key, session);
        session.marks(|mark| {
            self.marks.remove(&(mark, Some(key)));
        });
    }

    /// The sessions that an event may concern: all in which [`MonitorServer::deliver`] would find a monitor for
    /// it, and those that know its calls, in the order of their keys.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow the event in its newest version.
    pub fn find(&mut self, event: &impl Encode) -> Result<&[K], EncodeError> {
        let Self { hasher, marks, bytes, found } = self;
        found.clear();
        bytes.clear();
        let version = ProtocolVersion::MAX;
        let size = event.encode_known_to(version, bytes)?;
        let Ok(Some((raw, _))) = RawMessage::split_off(bytes, size) else { return Ok(found) };
        let mut look = |mark| {
            let from_here = marks.range((mark, None)..).map(|(entry, _)| *entry);
            found.extend(from_here.take_while(|(other, _)| *other == mark).filter_map(|(_, key)| key));
        };
        if raw.message_type == MessageType::CALL_TRANSLATION_ROUTE_EVENT {
            look(Mark::TranslationRoutes);
        } else if let Some(concerns) = Concerns::of(version, raw) {
            look(Mark::AllEvents);
            concerns.visit(|name| match name {
                Name::Device(_, id) | Name::AnyDevice(id) => look(Mark::Device(hash_of_device(hasher, id))),
                Name::Trunk(number) | Name::TrunkGroup(number) => {
                    look(Mark::Device(hash_of_device(hasher, Digits::of(number).as_bytes())));
                }
                Name::Call(call) => look(Mark::Call(call.id)),
            });
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn count(&mut self, mark: Mark, key: K, by: i32) {
        let entry = (mark, Some(key));
        let count = self.marks.entry(entry).or_default();
        *count = count.saturating_add_signed(by);
        if *count == 0 {
            self.marks.remove(&entry);
        }
    }
}
