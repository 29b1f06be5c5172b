//! The monitors of a server's session.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hash::BuildHasher;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::calls::{CallKey, Calls, Keys};
use super::observer::{Observer, SearchKey};
use crate::monitor::{CallName, Masks, Name, Routing, Target, is_one_place};
use crate::types::id::{MonitorId, PeripheralId, SessionId, TeamId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{AgentStateMask, CallEventMask, ConnectionDeviceIdType, DeviceIdType};
use crate::types::text::Str;

/// A monitor, where its events look for it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    id: MonitorId,
    /// The kind of device, for monitors of devices.
    device_type: DeviceIdType,
    /// How the connection is named, for monitors of calls.
    connection_type: ConnectionDeviceIdType,
    peripheral: Option<PeripheralId>,
    calls: CallEventMask,
    agents: AgentStateMask,
}

impl Entry {
    fn masks(&self) -> Masks {
        Masks { calls: self.calls, agents: self.agents }
    }
}

/// The monitors of one target, by MonitorID. Most targets have one, which needs no memory of its own.
#[derive(Debug)]
enum Entries {
    One(Entry),
    Many(Vec<Entry>),
}

impl Entries {
    fn as_slice(&self) -> &[Entry] {
        match self {
            Self::One(entry) => core::slice::from_ref(entry),
            Self::Many(entries) => entries,
        }
    }

    fn get(&self, id: MonitorId) -> Option<&Entry> {
        let at = self.as_slice().binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.as_slice().get(at)
    }

    fn get_mut(&mut self, id: MonitorId) -> Option<&mut Entry> {
        let entries = match self {
            Self::One(entry) => core::slice::from_mut(entry),
            Self::Many(entries) => entries,
        };
        let at = entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        entries.get_mut(at)
    }

    /// Adds a monitor, whose MonitorID is greater than all before.
    fn push(&mut self, entry: Entry) {
        match self {
            Self::One(first) => *self = Self::Many(alloc::vec![*first, entry]),
            Self::Many(entries) => entries.push(entry),
        }
    }

    fn remove(&mut self, id: MonitorId) {
        if let Self::Many(entries) = self {
            if let Ok(at) = entries.binary_search_by_key(&id, |entry| entry.id) {
                entries.remove(at);
            }
        }
    }
}

/// What is watched. Of devices, those with one identifier stand together, whatever their kind.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    Device(Box<[u8]>),
    Call(CallKey),
    Session(SessionId),
    Team(TeamId),
    Open,
    Task,
}

/// A target and its monitors.
#[derive(Debug)]
struct Subscription {
    subject: Subject,
    entries: Entries,
}

/// The place of a subscription.
type Slot = u32;

/// A monitor of a [`Server`](super::Server).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerMonitor<'a> {
    /// Its identifier.
    pub id: MonitorId,
    /// What it watches. `None` for the monitor that OPEN_REQ made, and for one of a task.
    pub target: Option<Target<'a>>,
    /// Where it watches; `None` for anywhere.
    pub peripheral_id: Option<PeripheralId>,
    /// Which events it lets through.
    pub masks: Masks,
}

/// The monitors of a session.
///
/// What an event costs depends on the monitors that it concerns, not on those that there are.
#[derive(Debug)]
pub(crate) struct Registry {
    next: u32,
    slots: HashMap<MonitorId, Slot>,
    subscriptions: Vec<Option<Subscription>>,
    free: Vec<Slot>,
    devices: HashTable<Slot>,
    hasher: DefaultHashBuilder,
    watched_calls: HashMap<CallKey, Slot>,
    sessions: HashMap<SessionId, Slot>,
    teams: HashMap<TeamId, Slot>,
    calls: Calls,
    /// Reused for each event.
    matches: Vec<Match>,
    keys: Keys,
    /// An index above the sessions, which has to know what events look for here.
    observer: Option<Observer>,
}

/// A subscription that an event concerns.
#[derive(Clone, Copy, Debug)]
struct Match {
    slot: Slot,
    matched_as: MatchedAs,
}

/// How an event names a device.
#[derive(Clone, Copy, Debug)]
enum MatchedAs {
    Type(DeviceIdType),
    /// Any device but trunks.
    AnyDevice,
    /// No device.
    Target,
}

impl MatchedAs {
    fn fits(self, device_type: DeviceIdType) -> bool {
        match self {
            Self::Type(named) => named == device_type,
            Self::AnyDevice => !matches!(
                device_type,
                DeviceIdType::DEVID_TRUNK_IDENTIFIER | DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER
            ),
            Self::Target => true,
        }
    }
}

impl Registry {
    /// An empty table, which tracks about this many calls that no monitor watches.
    pub(crate) fn new(call_limit: usize) -> Self {
        Self {
            next: 1,
            slots: HashMap::new(),
            subscriptions: Vec::new(),
            free: Vec::new(),
            devices: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            watched_calls: HashMap::new(),
            sessions: HashMap::new(),
            teams: HashMap::new(),
            calls: Calls::new(call_limit),
            matches: Vec::new(),
            keys: Keys::new(),
            observer: None,
        }
    }

    /// How many monitors there are.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is a monitor of this device, call, session or team.
    pub(crate) fn watches(&self, peripheral: Option<PeripheralId>, target: Target<'_>) -> bool {
        match target {
            Target::Device { device_type, device_id } => {
                let subscription =
                    self.find_device(device_id.as_bytes()).and_then(|slot| self.subscription(slot));
                let mut entries =
                    subscription.into_iter().flat_map(|subscription| subscription.entries.as_slice());
                entries.any(|entry| {
                    entry.device_type == device_type && is_one_place(entry.peripheral, peripheral)
                })
            }
            Target::Call { call_id, device_id, .. } => {
                let device = Some(device_id.as_bytes());
                self.calls.is_watched(CallName { id: call_id, device, peripheral })
            }
            _ => self.find_own(target).is_some(),
        }
    }

    /// A monitor.
    pub(crate) fn monitor(&self, id: MonitorId) -> Option<ServerMonitor<'_>> {
        let subscription = self.subscription(*self.slots.get(&id)?)?;
        let entry = subscription.entries.get(id)?;
        let target = match &subscription.subject {
            Subject::Device(device) => {
                let (device_type, device_id) = (entry.device_type, Str::from_bytes(device));
                Some(Target::Device { device_type, device_id })
            }
            Subject::Call(key) => {
                let (call_id, device) = self.calls.name(*key)?;
                let (device_id_type, device_id) = (entry.connection_type, Str::from_bytes(device));
                Some(Target::Call { call_id, device_id_type, device_id })
            }
            Subject::Session(session) => Some(Target::Session(*session)),
            Subject::Team(team) => Some(Target::Team(*team)),
            Subject::Open | Subject::Task => None,
        };
        Some(ServerMonitor { id, target, peripheral_id: entry.peripheral, masks: entry.masks() })
    }

    /// All monitors, in no order.
    pub(crate) fn monitors(&self) -> impl Iterator<Item = ServerMonitor<'_>> {
        self.slots.keys().filter_map(|id| self.monitor(*id))
    }

    /// Whether this is a monitor of a task.
    pub(crate) fn is_task(&self, id: MonitorId) -> bool {
        let subscription = self.slots.get(&id).and_then(|slot| self.subscription(*slot));
        subscription.is_some_and(|subscription| subscription.subject == Subject::Task)
    }

    /// Adds a monitor of something at this peripheral, or anywhere; `None` when all MonitorIDs have been used.
    pub(crate) fn start(
        &mut self,
        peripheral: Option<PeripheralId>,
        target: Target<'_>,
        masks: Masks,
    ) -> Option<MonitorId> {
        let mut entry = self.new_entry(peripheral, masks)?;
        let (found, subject) = match target {
            Target::Device { device_type, device_id } => {
                entry.device_type = device_type;
                let device_id = device_id.as_bytes();
                (self.find_device(device_id), Subject::Device(device_id.into()))
            }
            Target::Call { call_id, device_id_type, device_id } => {
                entry.connection_type = device_id_type;
                let device = Some(device_id.as_bytes());
                let key = self.calls.watch(CallName { id: call_id, device, peripheral });
                (self.watched_calls.get(&key).copied(), Subject::Call(key))
            }
            Target::Session(session) => (self.find_own(target), Subject::Session(session)),
            Target::Team(team) => (self.find_own(target), Subject::Team(team)),
        };
        let slot = match found {
            Some(slot) => {
                if let Some(Some(subscription)) = self.subscriptions.get_mut(slot as usize) {
                    subscription.entries.push(entry);
                }
                slot
            }
            None => self.add(Subscription { subject, entries: Entries::One(entry) }),
        };
        self.slots.insert(entry.id, slot);
        Some(entry.id)
    }

    /// Adds the monitor that OPEN_REQ makes.
    pub(crate) fn start_own(&mut self, masks: Masks) -> Option<MonitorId> {
        self.start_alone(Subject::Open, masks)
    }

    /// Adds a monitor of a task.
    pub(crate) fn start_task(&mut self) -> Option<MonitorId> {
        self.start_alone(Subject::Task, Masks::ALL)
    }

    fn start_alone(&mut self, subject: Subject, masks: Masks) -> Option<MonitorId> {
        let entry = self.new_entry(None, masks)?;
        let slot = self.add(Subscription { subject, entries: Entries::One(entry) });
        self.slots.insert(entry.id, slot);
        Some(entry.id)
    }

    fn new_entry(&mut self, peripheral: Option<PeripheralId>, masks: Masks) -> Option<Entry> {
        let id = MonitorId(self.next);
        self.next = self.next.checked_add(1)?;
        let (device_type, connection_type) =
            (DeviceIdType::DEVID_NONE, ConnectionDeviceIdType::CONNECTION_ID_NONE);
        let Masks { calls, agents } = masks;
        Some(Entry { id, device_type, connection_type, peripheral, calls, agents })
    }

    /// Gives a monitor other masks. False if there is no such monitor.
    pub(crate) fn change(&mut self, id: MonitorId, masks: Masks) -> bool {
        let Some(&slot) = self.slots.get(&id) else { return false };
        let subscription = self.subscriptions.get_mut(slot as usize).and_then(Option::as_mut);
        match subscription.and_then(|subscription| subscription.entries.get_mut(id)) {
            Some(entry) => {
                (entry.calls, entry.agents) = (masks.calls, masks.agents);
                true
            }
            None => false,
        }
    }

    /// Takes a monitor out. False if there is no such monitor.
    pub(crate) fn stop(&mut self, id: MonitorId) -> bool {
        let Some(slot) = self.slots.remove(&id) else { return false };
        if let Some(Some(subscription)) = self.subscriptions.get_mut(slot as usize) {
            if let Subject::Call(key) = subscription.subject {
                self.calls.unwatch(key);
            }
            if subscription.entries.as_slice().len() > 1 {
                subscription.entries.remove(id);
            } else {
                self.remove(slot);
            }
        }
        true
    }

    /// The monitors of a target that has an entry of its own, with their masks.
    pub(crate) fn watchers_of(&self, target: Target<'_>) -> impl Iterator<Item = (MonitorId, Masks)> {
        let entries = self
            .find_own(target)
            .and_then(|slot| self.subscription(slot))
            .map(|subscription| subscription.entries.as_slice());
        entries.unwrap_or_default().iter().map(|entry| (entry.id, entry.masks()))
    }

    /// Adds the monitors to `ids` that get an event, and updates the calls by it.
    ///
    /// Monitors of a call that ends with the event are taken out afterwards, and added to `ended`.
    pub(crate) fn take(&mut self, event: &Routing<'_>, ids: &mut Vec<MonitorId>, ended: &mut Vec<MonitorId>) {
        let start = ids.len();
        let message_type = event.message_type();
        let mut matches = core::mem::take(&mut self.matches);
        let mut keys = core::mem::take(&mut self.keys);
        // The calls by name, so that what is learned of one is not mistaken for the other's.
        let mut named: [Option<(CallName<'_>, Option<CallKey>)>; 2] = [None; 2];
        event.visit(|name| match name {
            Name::Device(device_type, id) => {
                matches.extend(
                    self.find_device(id).map(|slot| Match { slot, matched_as: MatchedAs::Type(device_type) }),
                );
            }
            Name::AnyDevice(id) => {
                matches.extend(
                    self.find_device(id).map(|slot| Match { slot, matched_as: MatchedAs::AnyDevice }),
                );
            }
            Name::Trunk(number) => {
                let matched_as = MatchedAs::Type(DeviceIdType::DEVID_TRUNK_IDENTIFIER);
                matches.extend(self.find_number(number).map(|slot| Match { slot, matched_as }));
            }
            Name::TrunkGroup(number) => {
                let matched_as = MatchedAs::Type(DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER);
                matches.extend(self.find_number(number).map(|slot| Match { slot, matched_as }));
            }
            Name::Call(call) => {
                let before = keys.len();
                self.calls.find(call, message_type, &mut keys);
                let found = keys.get(before..).unwrap_or_default();
                let subject = found.iter().filter_map(|key| self.watched_calls.get(key));
                matches.extend(subject.map(|&slot| Match { slot, matched_as: MatchedAs::Target }));
                if let Some(free) = named.iter_mut().find(|free| free.is_none()) {
                    *free = Some((call, found.first().copied()));
                }
            }
        });
        self.collect(&mut matches, event, ids);
        // Calls are tracked if the client gets to know of them, or watches one with their identifier.
        if ids.len() > start || !keys.is_empty() {
            if message_type == MessageType::END_CALL_EVENT {
                // All calls that it may be the end of: their monitors have got it.
                for key in &keys {
                    self.end_call(*key, ended);
                }
            } else {
                self.learn(event, named);
            }
        }
        matches.clear();
        keys.clear();
        (self.matches, self.keys) = (matches, keys);
    }

    /// Adds the monitors at these subscriptions that let the event through, each once.
    fn collect(&self, matches: &mut [Match], event: &Routing<'_>, ids: &mut Vec<MonitorId>) {
        let (filter, peripheral) = (event.mask_filter(), event.peripheral());
        matches.sort_unstable_by_key(|found| found.slot);
        for matches in matches.chunk_by(|a, b| a.slot == b.slot) {
            let Some(subscription) = matches.first().and_then(|found| self.subscription(found.slot)) else {
                continue;
            };
            let passing = subscription.entries.as_slice().iter().filter(|entry| {
                filter.admits(entry.masks())
                    && is_one_place(entry.peripheral, peripheral)
                    && matches.iter().any(|found| found.matched_as.fits(entry.device_type))
            });
            ids.extend(passing.map(|entry| entry.id));
        }
    }

    /// Updates the calls that an event names.
    fn learn(&mut self, event: &Routing<'_>, named: [Option<(CallName<'_>, Option<CallKey>)>; 2]) {
        let message_type = event.message_type();
        for (name, known) in named.into_iter().flatten() {
            self.calls.learn(name, message_type, known);
        }
        match (message_type, named) {
            (
                MessageType::CALL_CONFERENCED_EVENT | MessageType::CALL_TRANSFERRED_EVENT,
                [Some((_, Some(first))), Some((_, Some(second)))],
            ) => self.calls.join(first, second),
            (MessageType::CALL_DATA_UPDATE_EVENT, [Some((old, Some(key))), _]) => {
                if let Some(new) = event.new_name() {
                    self.calls.rename(key, old, new);
                }
            }
            _ => {}
        }
    }

    /// Ends a call, and with it its monitors.
    fn end_call(&mut self, key: CallKey, ended: &mut Vec<MonitorId>) {
        if let Some(subscription) = self.watched_calls.get(&key).and_then(|slot| self.subscription(*slot)) {
            let ids: Vec<_> = subscription.entries.as_slice().iter().map(|entry| entry.id).collect();
            for &id in &ids {
                self.stop(id);
            }
            ended.extend(ids);
        }
        self.calls.end(key);
    }

    fn subscription(&self, slot: Slot) -> Option<&Subscription> {
        self.subscriptions.get(slot as usize)?.as_ref()
    }

    /// The subscription of a target that has an entry of its own: a session or a team.
    fn find_own(&self, target: Target<'_>) -> Option<Slot> {
        match target {
            Target::Session(session) => self.sessions.get(&session).copied(),
            Target::Team(team) => self.teams.get(&team).copied(),
            _ => None,
        }
    }

    fn find_device(&self, id: &[u8]) -> Option<Slot> {
        let is_it = |slot: &Slot| {
            let subject = self.subscription(*slot).map(|subscription| &subscription.subject);
            matches!(subject, Some(Subject::Device(device)) if **device == *id)
        };
        self.devices.find(self.hasher.hash_one(id), is_it).copied()
    }

    fn find_number(&self, number: u32) -> Option<Slot> {
        self.find_device(Digits::of(number).as_bytes())
    }

    /// Tells an observer what events look for here, and from now on what changes.
    #[cfg(feature = "std")]
    pub(crate) fn set_observer(&mut self, observer: Observer) {
        self.calls.set_observer(observer.clone());
        self.observer = Some(observer);
        self.tell_all(true);
    }

    /// The observer, if there is one.
    pub(crate) fn observer(&self) -> Option<&Observer> {
        self.observer.as_ref()
    }

    /// Tells the observer of all that events look for here: that it is there, or that it is gone.
    pub(crate) fn tell_all(&self, is_there: bool) {
        let Some(observer) = &self.observer else { return };
        for subscription in self.subscriptions.iter().flatten() {
            if let Subject::Device(id) = &subscription.subject {
                observer.tell(observer.device(id), is_there);
            }
        }
        self.calls.ids().for_each(|id| observer.tell(SearchKey::Call(id), is_there));
    }

    fn add(&mut self, subscription: Subscription) -> Slot {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.subscriptions.push(None);
            // There are no more subscriptions than MonitorIDs.
            Slot::try_from(self.subscriptions.len() - 1).unwrap_or(Slot::MAX)
        });
        match &subscription.subject {
            Subject::Device(id) => {
                if let Some(observer) = &self.observer {
                    observer.tell(observer.device(id), true);
                }
                let hash = self.hasher.hash_one(&**id);
                let (subscriptions, hasher) = (&self.subscriptions, &self.hasher);
                self.devices.insert_unique(hash, slot, |&slot| {
                    match subscriptions
                        .get(slot as usize)
                        .and_then(Option::as_ref)
                        .map(|subscription| &subscription.subject)
                    {
                        Some(Subject::Device(id)) => hasher.hash_one(&**id),
                        _ => 0,
                    }
                });
            }
            Subject::Call(key) => {
                self.watched_calls.insert(*key, slot);
            }
            Subject::Session(session) => {
                self.sessions.insert(*session, slot);
            }
            Subject::Team(team) => {
                self.teams.insert(*team, slot);
            }
            Subject::Open | Subject::Task => {}
        }
        if let Some(free) = self.subscriptions.get_mut(slot as usize) {
            *free = Some(subscription);
        }
        slot
    }

    fn remove(&mut self, slot: Slot) {
        let Some(subscription) = self.subscriptions.get_mut(slot as usize).and_then(Option::take) else {
            return;
        };
        match &subscription.subject {
            Subject::Device(id) => {
                if let Some(observer) = &self.observer {
                    observer.tell(observer.device(id), false);
                }
                let found = self.devices.find_entry(self.hasher.hash_one(&**id), |&other| other == slot);
                if let Ok(entry) = found {
                    entry.remove();
                }
            }
            Subject::Call(key) => {
                self.watched_calls.remove(key);
            }
            Subject::Session(session) => {
                self.sessions.remove(session);
            }
            Subject::Team(team) => {
                self.teams.remove(team);
            }
            Subject::Open | Subject::Task => {}
        }
        self.free.push(slot);
    }
}

/// A number in decimal, as trunks and trunk groups are named.
pub(crate) struct Digits {
    digits: [u8; 10],
    start: usize,
}

impl Digits {
    pub(crate) fn of(number: u32) -> Self {
        let mut digits = [0; 10];
        let mut start = digits.len();
        let mut rest = number;
        while rest > 0 || start == digits.len() {
            start -= 1;
            digits[start] = b"0123456789"[(rest % 10) as usize];
            rest /= 10;
        }
        Self { digits, start }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.digits.get(self.start..).unwrap_or_default()
    }
}
