//! Which call an event belongs to, where an identifier alone does not tell.
//!
//! A call is known by its ConnectionCallID, but two calls may have the same one, as consultation calls have on
//! some ACDs. Then the ConnectionDeviceID decides: an event belongs to the call that has a connection with it.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use hashbrown::HashMap;

use super::observer::{Observer, SearchKey};
use crate::monitor::{CallName, is_one_place};
use crate::types::id::{CallId, PeripheralId};
use crate::types::message_type::MessageType;

/// A call, for as long as it is tracked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CallKey(u64);

/// What is known of a call.
#[derive(Debug)]
struct Call {
    id: CallId,
    peripheral: Option<PeripheralId>,
    /// The device identifiers of its connections, first the one it is known by.
    connections: Vec<Box<[u8]>>,
    /// Whether somebody was called already; a new connection belongs to a call that has nobody yet.
    has_destination: bool,
    /// Monitors that watch it; such a call is not forgotten.
    watched: usize,
}

impl Call {
    /// Adds a connection, unless it has that or too many.
    fn add(&mut self, device: &[u8]) {
        let is_known = self.connections.iter().any(|connection| **connection == *device);
        if !is_known && self.connections.len() < MAX_CONNECTIONS {
            self.connections.push(device.into());
        }
    }
}

/// The calls of a session, from their first event to END_CALL_EVENT.
#[derive(Debug)]
pub(crate) struct Calls {
    known: HashMap<CallKey, Call>,
    by_id: HashMap<CallId, Vec<CallKey>>,
    /// The calls that nobody watches, oldest first, among others that were watched since or have ended.
    order: VecDeque<CallKey>,
    next: u64,
    /// How many calls nobody watches, and how many of them may be.
    unwatched: usize,
    limit: usize,
    /// An index above the sessions, which has to know which identifiers calls have.
    observer: Option<Observer>,
}

/// The calls that an event belongs to: as a rule one, two for a conference or a transfer.
pub(crate) type Keys = Vec<CallKey>;

impl Calls {
    /// Room for this many calls that nobody watches; when there are more, the oldest is forgotten.
    pub(crate) fn new(limit: usize) -> Self {
        let (known, by_id, order) = (HashMap::new(), HashMap::new(), VecDeque::new());
        Self { known, by_id, order, next: 0, unwatched: 0, limit, observer: None }
    }

    /// The call with this name, which may be new, for a monitor to watch.
    pub(crate) fn watch(&mut self, name: CallName<'_>) -> CallKey {
        let mut keys = Keys::new();
        self.find_connection(name, &mut keys);
        // A call that may be anywhere may turn out not to be at this peripheral.
        let is_there = |key: &CallKey| {
            let call = self.known.get(key);
            name.peripheral.is_none() || call.is_some_and(|call| call.peripheral == name.peripheral)
        };
        let known = keys.into_iter().find(is_there);
        let key = known.unwrap_or_else(|| self.begin(name));
        if let Some(call) = self.known.get_mut(&key) {
            self.unwatched -= usize::from(call.watched == 0);
            call.watched += 1;
        }
        key
    }

    /// Whether a monitor watches the call with this name.
    pub(crate) fn is_watched(&self, name: CallName<'_>) -> bool {
        let mut keys = Keys::new();
        self.find_connection(name, &mut keys);
        keys.iter().any(|key| self.known.get(key).is_some_and(|call| call.watched > 0))
    }

    /// One monitor less watches the call.
    pub(crate) fn unwatch(&mut self, key: CallKey) {
        let Some(call) = self.known.get_mut(&key) else { return };
        call.watched -= 1;
        if call.watched == 0 {
            self.unwatched += 1;
            self.order.push_back(key);
            self.forget_old();
        }
    }

    /// Adds the calls to `keys` to which an event belongs that names this call.
    pub(crate) fn find(&self, name: CallName<'_>, event: MessageType, keys: &mut Keys) {
        let start = keys.len();
        self.find_connection(name, keys);
        if keys.len() > start {
            return;
        }
        match event {
            // Another connection with the same identifier begins another call.
            MessageType::BEGIN_CALL_EVENT if name.device.is_some() => {}
            MessageType::CALL_ESTABLISHED_EVENT | MessageType::CALL_DELIVERED_EVENT => {
                let mut waiting = self.named(name).filter(|(_, call)| !call.has_destination);
                match waiting.next() {
                    Some((key, _)) => keys.push(key),
                    None => keys.extend(self.named(name).map(|(key, _)| key)),
                }
            }
            _ => keys.extend(self.named(name).map(|(key, _)| key)),
        }
    }

    /// Adds the calls to `keys` that have this connection: best those that are known by it.
    fn find_connection(&self, name: CallName<'_>, keys: &mut Keys) {
        let Some(device) = name.device else { return };
        let start = keys.len();
        let known_by = |call: &Call| call.connections.first().is_some_and(|first| **first == *device);
        let known_by_it = self.named(name).filter(|(_, call)| known_by(call));
        keys.extend(known_by_it.map(|(key, _)| key));
        if keys.len() == start {
            let has = |call: &Call| call.connections.iter().any(|connection| **connection == *device);
            let having_it = self.named(name).filter(|(_, call)| has(call));
            keys.extend(having_it.map(|(key, _)| key));
        }
    }

    /// The calls with this identifier at this peripheral.
    fn named(&self, name: CallName<'_>) -> impl Iterator<Item = (CallKey, &Call)> {
        let same_id = self.by_id.get(&name.id).into_iter().flatten();
        let known = same_id.filter_map(|key| Some((*key, self.known.get(key)?)));
        known.filter(move |(_, call)| is_one_place(call.peripheral, name.peripheral))
    }

    /// Learns from an event that belongs to a call of this name, or begins one.
    pub(crate) fn learn(&mut self, name: CallName<'_>, event: MessageType, known: Option<CallKey>) {
        let key = match known {
            Some(key) => key,
            None => self.begin(name),
        };
        let Some(call) = self.known.get_mut(&key) else { return };
        if let Some(device) = name.device {
            let position = call.connections.iter().position(|connection| **connection == *device);
            match (event, position) {
                // The call is known by its first connection, even when that is gone.
                (MessageType::CALL_CONNECTION_CLEARED_EVENT, Some(position)) if position > 0 => {
                    call.connections.remove(position);
                }
                (MessageType::CALL_CONNECTION_CLEARED_EVENT, _) => {}
                (_, None) => call.add(device),
                _ => {}
            }
        }
        call.peripheral = call.peripheral.or(name.peripheral);
        call.has_destination |= event == MessageType::CALL_ESTABLISHED_EVENT;
        self.forget_old();
    }

    /// A call is known by another name from now on.
    pub(crate) fn rename(&mut self, key: CallKey, old: CallName<'_>, new: CallName<'_>) {
        let Some(call) = self.known.get_mut(&key) else { return };
        if let Some(device) = new.device {
            let same = |connection: &&mut Box<[u8]>| Some(&***connection) == old.device;
            match call.connections.iter_mut().find(same) {
                Some(connection) => *connection = device.into(),
                None => call.add(device),
            }
            // It may have had that connection too.
            let mut is_first = true;
            call.connections
                .retain(|connection| **connection != *device || core::mem::replace(&mut is_first, false));
        }
        if call.id != new.id {
            let before = core::mem::replace(&mut call.id, new.id);
            self.remove_id(before, key);
            self.add_id(new.id, key);
        }
    }

    /// The connections of the second call are also the first one's: a conference or a transfer.
    pub(crate) fn join(&mut self, first: CallKey, second: CallKey) {
        let connections = self.known.get(&second).map(|call| call.connections.clone());
        if let (Some(call), Some(connections)) = (self.known.get_mut(&first), connections) {
            for connection in &connections {
                call.add(connection);
            }
        }
    }

    /// Forgets a call.
    pub(crate) fn end(&mut self, key: CallKey) {
        let Some(call) = self.known.remove(&key) else { return };
        self.unwatched -= usize::from(call.watched == 0);
        self.remove_id(call.id, key);
        if self.order.len() > 2 * self.known.len() + 16 {
            self.order.retain(|key| self.known.contains_key(key));
        }
    }

    fn begin(&mut self, name: CallName<'_>) -> CallKey {
        let key = CallKey(self.next);
        self.next += 1;
        let connections = name.device.map(Box::from).into_iter().collect();
        let (id, peripheral) = (name.id, name.peripheral);
        self.known.insert(key, Call { id, peripheral, connections, has_destination: false, watched: 0 });
        self.add_id(id, key);
        self.order.push_back(key);
        self.unwatched += 1;
        key
    }

    /// Forgets the oldest calls that nobody watches, if there are too many.
    fn forget_old(&mut self) {
        while self.unwatched > self.limit {
            let Some(key) = self.order.pop_front() else { return };
            if self.known.get(&key).is_some_and(|call| call.watched == 0) {
                self.end(key);
            }
        }
    }

    /// The identifier of a call, and the connection that it is known by.
    pub(crate) fn name(&self, key: CallKey) -> Option<(CallId, &[u8])> {
        let call = self.known.get(&key)?;
        Some((call.id, call.connections.first()?))
    }

    /// Tells an observer of identifiers that are new or gone from now on.
    #[cfg(feature = "std")]
    pub(crate) fn set_observer(&mut self, observer: Observer) {
        self.observer = Some(observer);
    }

    fn tell(&self, id: CallId, is_there: bool) {
        if let Some(observer) = &self.observer {
            observer.tell(SearchKey::Call(id), is_there);
        }
    }

    /// The identifiers that calls have.
    pub(crate) fn ids(&self) -> impl Iterator<Item = CallId> {
        self.by_id.keys().copied()
    }

    fn add_id(&mut self, id: CallId, key: CallKey) {
        let keys = self.by_id.entry(id).or_default();
        keys.push(key);
        if keys.len() == 1 {
            self.tell(id, true);
        }
    }

    fn remove_id(&mut self, id: CallId, key: CallKey) {
        if let Some(keys) = self.by_id.get_mut(&id) {
            keys.retain(|other| *other != key);
            if keys.is_empty() {
                self.by_id.remove(&id);
                self.tell(id, false);
            }
        }
    }
}

/// The most connections that are remembered of a call: twice what the guide allows parties.
const MAX_CONNECTIONS: usize = 32;
