//! An index above the sessions of a server: which of them an event may concern.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use hashbrown::DefaultHashBuilder;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::Server;
use super::observer::{Observer, SearchKey, search_key_of_device};
use super::registry::Digits;
use crate::error::EncodeError;
use crate::frame::RawMessage;
use crate::message::Encode;
use crate::monitor::{Name, Routing};
use crate::types::message_type::MessageType;
use crate::version::ProtocolVersion;

/// Finds the sessions that an event may concern, among those of a server, without asking each.
///
/// `K` is how the application names its sessions. A session that was added tells the index of each change by itself, until
/// it is dropped. Clones share one index, so sessions can live in threads and tasks of their own; they wait for each
/// other only while monitors or calls change.
///
/// It finds what [`deliver`](crate::Server::deliver) serves. Monitors of teams and of sessions, which
/// [`deliver_to`](crate::Server::deliver_to) serves, are asked of each session. A session whose client has just closed it
/// refuses the event with [`NotOpen`](crate::session::SendError::NotOpen), which is no fault.
///
/// ```
/// use core::time::Duration;
/// use ged188::message::AgentStateEvent;
/// use ged188::server::MonitorIndex;
/// use ged188::{Server, ServerConfig};
///
/// let now = Duration::ZERO;
/// let index = MonitorIndex::new();
/// let mut sessions = [0, 1].map(|key| {
///     let mut session = Server::new(now, ServerConfig::default());
///     index.add(key, &mut session);
///     session
/// });
/// // …
/// let event = AgentStateEvent { agent_extension: Some("5001".into()), ..Default::default() };
/// for key in index.find(&event)? {
///     sessions[key].deliver(now, &event).ok();
/// }
/// # Ok::<(), ged188::EncodeError>(())
/// ```
pub struct MonitorIndex<K> {
    hasher: DefaultHashBuilder,
    /// How often a session has a key: more than once only if hashes are the same by chance.
    sessions: Arc<RwLock<Sessions<K>>>,
}

type Sessions<K> = BTreeMap<(SearchKey, Option<K>), u32>;

impl<K> Clone for MonitorIndex<K> {
    fn clone(&self) -> Self {
        Self { hasher: self.hasher.clone(), sessions: Arc::clone(&self.sessions) }
    }
}

impl<K> fmt::Debug for MonitorIndex<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MonitorIndex({} entries)", read(&self.sessions).len())
    }
}

impl<K: Copy + Ord + Send + Sync + 'static> Default for MonitorIndex<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Copy + Ord + Send + Sync + 'static> MonitorIndex<K> {
    /// An index of no sessions.
    pub fn new() -> Self {
        Self { hasher: DefaultHashBuilder::default(), sessions: Arc::default() }
    }

    /// Adds a session, until it is dropped. A session is in one index at a time: the last that it was added to.
    pub fn add(&self, key: K, session: &mut Server) {
        let sessions = Arc::clone(&self.sessions);
        let tell = move |search, is_there| change(&mut write(&sessions), (search, Some(key)), is_there);
        session.set_observer(Observer::new(self.hasher.clone(), tell));
    }

    /// The sessions that an event may concern: all in which [`Server::deliver`] would find a monitor for it, and those
    /// that know its calls, in the order of their keys.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow the event in its newest version.
    pub fn find(&self, event: &(impl Encode + ?Sized)) -> Result<Vec<K>, EncodeError> {
        let version = ProtocolVersion::MAX;
        let (mut bytes, mut found) = (Vec::new(), Vec::new());
        let size = event.encode_known_to(version, &mut bytes)?;
        let Ok(Some((raw, _))) = RawMessage::split_off(&bytes, size) else { return Ok(found) };
        let sessions = read(&self.sessions);
        let mut look = |key| {
            let from_here = sessions.range((key, None)..).map(|(entry, _)| *entry);
            found.extend(from_here.take_while(|(other, _)| *other == key).filter_map(|(_, session)| session));
        };
        let device = |id: &[u8]| search_key_of_device(&self.hasher, id);
        if raw.message_type == MessageType::CALL_TRANSLATION_ROUTE_EVENT {
            look(SearchKey::TranslationRoutes);
        } else if let Some(routing) = Routing::of(version, raw) {
            look(SearchKey::AllEvents);
            routing.visit(|name| match name {
                Name::Device(_, id) | Name::AnyDevice(id) => look(device(id)),
                Name::Trunk(number) | Name::TrunkGroup(number) => {
                    look(device(Digits::of(number).as_bytes()));
                }
                Name::Call(call) => look(SearchKey::Call(call.id)),
            });
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

fn change<K: Copy + Ord>(sessions: &mut Sessions<K>, entry: (SearchKey, Option<K>), is_there: bool) {
    let count = sessions.entry(entry).or_default();
    *count = if is_there { count.saturating_add(1) } else { count.saturating_sub(1) };
    if *count == 0 {
        sessions.remove(&entry);
    }
}

/// A change is one step, so the index is good even if a thread panicked.
fn read<K>(sessions: &RwLock<Sessions<K>>) -> RwLockReadGuard<'_, Sessions<K>> {
    sessions.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<K>(sessions: &RwLock<Sessions<K>>) -> RwLockWriteGuard<'_, Sessions<K>> {
    sessions.write().unwrap_or_else(PoisonError::into_inner)
}
