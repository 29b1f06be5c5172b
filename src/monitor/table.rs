//! The monitors of a server's session.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hash::BuildHasher;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::Masks;
use super::calls::{CallKey, Calls, Keys};
use super::changes::Changes;
use super::concerns::{CallName, Concerns, Name, is_one_place};
use super::index::{Mark, hash_of_device};
use super::target::Target;
use crate::types::id::{MonitorId, PeripheralId, SessionId, TeamId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{AgentStateMask, CallEventMask, DeviceIdType};

/// A monitor, where its events look for it.
#[derive(Clone, Copy, Debug)]
struct Watcher {
    id: MonitorId,
    /// The kind of device, for monitors of devices.
    device_type: DeviceIdType,
    peripheral: Option<PeripheralId>,
    calls: CallEventMask,
    agents: AgentStateMask,
}

impl Watcher {
    fn masks(&self) -> Masks {
        Masks { calls: self.calls, agents: self.agents }
    }
}

/// The monitors of one target, by MonitorID. Most targets have one, which needs no memory of its own.
#[derive(Debug)]
enum Watchers {
    One(Watcher),
    Many(Vec<Watcher>),
}

impl Watchers {
    fn as_slice(&self) -> &[Watcher] {
        match self {
            Self::One(watcher) => core::slice::from_ref(watcher),
            Self::Many(watchers) => watchers,
        }
    }

    fn get_mut(&mut self, id: MonitorId) -> Option<&mut Watcher> {
        let watchers = match self {
            Self::One(watcher) => core::slice::from_mut(watcher),
            Self::Many(watchers) => watchers,
        };
        let at = watchers.binary_search_by_key(&id, |watcher| watcher.id).ok()?;
        watchers.get_mut(at)
    }

    /// Adds a monitor, whose MonitorID is greater than all before.
    fn push(&mut self, watcher: Watcher) {
        match self {
            Self::One(first) => *self = Self::Many(alloc::vec![*first, watcher]),
            Self::Many(watchers) => watchers.push(watcher),
        }
    }

    fn remove(&mut self, id: MonitorId) {
        if let Self::Many(watchers) = self {
            if let Ok(at) = watchers.binary_search_by_key(&id, |watcher| watcher.id) {
                watchers.remove(at);
            }
        }
    }
}

/// What is watched. Of devices, those with one identifier stand together, whatever their kind.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Watched {
    Device(Box<[u8]>),
    Call(CallKey),
    Session(SessionId),
    Team(TeamId),
    Open,
    Task,
}

/// A target and its monitors.
#[derive(Debug)]
struct Place {
    watched: Watched,
    watchers: Watchers,
}

/// A place in the table.
type Slot = u32;

/// The kind of a monitor, for the messages that end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Of a device.
    Device,
    /// Of a call.
    Call,
    /// Of another client's session.
    Session,
    /// Of an agent team.
    Team,
    /// Made by the open.
    Open,
    /// Of a task.
    Task,
}

/// The monitors of a session.
///
/// What an event costs depends on the monitors that it concerns, not on those that there are.
#[derive(Debug)]
pub(crate) struct MonitorTable {
    next: u32,
    slots: HashMap<MonitorId, Slot>,
    places: Vec<Option<Place>>,
    free: Vec<Slot>,
    devices: HashTable<Slot>,
    hasher: DefaultHashBuilder,
    watched_calls: HashMap<CallKey, Slot>,
    sessions: HashMap<SessionId, Slot>,
    teams: HashMap<TeamId, Slot>,
    calls: Calls,
    /// Used anew for each event.
    hits: Vec<Hit>,
    keys: Keys,
    /// For an index above the sessions: how it hashes devices, and which are new or gone.
    index: Option<DefaultHashBuilder>,
    changes: Changes<u64>,
}

/// A place that an event concerns.
#[derive(Clone, Copy, Debug)]
struct Hit {
    slot: Slot,
    by: By,
}

/// How an event names a device.
#[derive(Clone, Copy, Debug)]
enum By {
    Type(DeviceIdType),
    /// Any device but trunks.
    AnyDevice,
    /// No device.
    Target,
}

impl By {
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

impl MonitorTable {
    /// An empty table, which tracks about this many calls that no monitor watches.
    pub(crate) fn new(call_limit: usize) -> Self {
        Self {
            next: 1,
            slots: HashMap::new(),
            places: Vec::new(),
            free: Vec::new(),
            devices: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            watched_calls: HashMap::new(),
            sessions: HashMap::new(),
            teams: HashMap::new(),
            calls: Calls::new(call_limit),
            hits: Vec::new(),
            keys: Keys::new(),
            index: None,
            changes: Changes::default(),
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
                let place = self.find_device(device_id.as_bytes()).and_then(|slot| self.place(slot));
                let mut watchers = place.into_iter().flat_map(|place| place.watchers.as_slice());
                watchers.any(|watcher| {
                    watcher.device_type == device_type && is_one_place(watcher.peripheral, peripheral)
                })
            }
            Target::Call { call_id, device_id, .. } => {
                let device = Some(device_id.as_bytes());
                self.calls.is_watched(CallName { id: call_id, device, peripheral })
            }
            _ => self.find_own(target).is_some(),
        }
    }

    /// The kind of a monitor.
    pub(crate) fn kind(&self, id: MonitorId) -> Option<Kind> {
        Some(match self.place(*self.slots.get(&id)?)?.watched {
            Watched::Device(_) => Kind::Device,
            Watched::Call(_) => Kind::Call,
            Watched::Session(_) => Kind::Session,
            Watched::Team(_) => Kind::Team,
            Watched::Open => Kind::Open,
            Watched::Task => Kind::Task,
        })
    }

    /// Adds a monitor of something at this peripheral, or anywhere; `None` when all MonitorIDs have been used.
    pub(crate) fn start(
        &mut self,
        peripheral: Option<PeripheralId>,
        target: Target<'_>,
        masks: Masks,
    ) -> Option<MonitorId> {
        let id = MonitorId(self.next);
        self.next = self.next.checked_add(1)?;
        let device_type = match target {
            Target::Device { device_type, .. } => device_type,
            _ => DeviceIdType::DEVID_NONE,
        };
        let Masks { calls, agents } = masks;
        let watcher = Watcher { id, device_type, peripheral, calls, agents };
        let (found, target) = match target {
            Target::Device { device_id, .. } => {
                let device_id = device_id.as_bytes();
                (self.find_device(device_id), Watched::Device(device_id.into()))
            }
            Target::Call { call_id, device_id, .. } => {
                let device = Some(device_id.as_bytes());
                let key = self.calls.watch(CallName { id: call_id, device, peripheral });
                (self.watched_calls.get(&key).copied(), Watched::Call(key))
            }
            Target::Session(session) => (self.find_own(target), Watched::Session(session)),
            Target::Team(team) => (self.find_own(target), Watched::Team(team)),
            Target::Open => (None, Watched::Open),
            Target::Task => (None, Watched::Task),
        };
        let slot = match found {
            Some(slot) => {
                if let Some(Some(place)) = self.places.get_mut(slot as usize) {
                    place.watchers.push(watcher);
                }
                slot
            }
            None => self.add(Place { watched: target, watchers: Watchers::One(watcher) }),
        };
        self.slots.insert(id, slot);
        Some(id)
    }

    /// Gives a monitor other masks. False if there is no such monitor.
    pub(crate) fn change(&mut self, id: MonitorId, masks: Masks) -> bool {
        let Some(&slot) = self.slots.get(&id) else { return false };
        let place = self.places.get_mut(slot as usize).and_then(Option::as_mut);
        match place.and_then(|place| place.watchers.get_mut(id)) {
            Some(watcher) => {
                (watcher.calls, watcher.agents) = (masks.calls, masks.agents);
                true
            }
            None => false,
        }
    }

    /// Takes a monitor out. False if there is no such monitor.
    pub(crate) fn stop(&mut self, id: MonitorId) -> bool {
        let Some(slot) = self.slots.remove(&id) else { return false };
        if let Some(Some(place)) = self.places.get_mut(slot as usize) {
            if let Watched::Call(key) = place.watched {
                self.calls.unwatch(key);
            }
            if place.watchers.as_slice().len() > 1 {
                place.watchers.remove(id);
            } else {
                self.remove(slot);
            }
        }
        true
    }

    /// The monitors of a target that has an entry of its own, with their masks.
    pub(crate) fn watchers_of(&self, target: Target<'_>) -> impl Iterator<Item = (MonitorId, Masks)> {
        let watchers =
            self.find_own(target).and_then(|slot| self.place(slot)).map(|place| place.watchers.as_slice());
        watchers.unwrap_or_default().iter().map(|watcher| (watcher.id, watcher.masks()))
    }

    /// Adds the monitors to `ids` that get an event, and updates the calls by it.
    ///
    /// Monitors of a call that ends with the event are taken out afterwards, and added to `ended`.
    pub(crate) fn take(
        &mut self,
        event: &Concerns<'_>,
        ids: &mut Vec<MonitorId>,
        ended: &mut Vec<MonitorId>,
    ) {
        let start = ids.len();
        let message_type = event.message_type();
        let mut hits = core::mem::take(&mut self.hits);
        let mut keys = core::mem::take(&mut self.keys);
        // The calls by name, so that what is learned of one is not mistaken for the other's.
        let mut named: [Option<(CallName<'_>, Option<CallKey>)>; 2] = [None; 2];
        event.visit(|name| match name {
            Name::Device(device_type, id) => {
                hits.extend(self.find_device(id).map(|slot| Hit { slot, by: By::Type(device_type) }));
            }
            Name::AnyDevice(id) => {
                hits.extend(self.find_device(id).map(|slot| Hit { slot, by: By::AnyDevice }));
            }
            Name::Trunk(number) => {
                let by = By::Type(DeviceIdType::DEVID_TRUNK_IDENTIFIER);
                hits.extend(self.find_number(number).map(|slot| Hit { slot, by }));
            }
            Name::TrunkGroup(number) => {
                let by = By::Type(DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER);
                hits.extend(self.find_number(number).map(|slot| Hit { slot, by }));
            }
            Name::Call(call) => {
                let before = keys.len();
                self.calls.find(call, message_type, &mut keys);
                let found = keys.get(before..).unwrap_or_default();
                let watched = found.iter().filter_map(|key| self.watched_calls.get(key));
                hits.extend(watched.map(|&slot| Hit { slot, by: By::Target }));
                if let Some(free) = named.iter_mut().find(|free| free.is_none()) {
                    *free = Some((call, found.first().copied()));
                }
            }
        });
        self.collect(&mut hits, event, ids);
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
        hits.clear();
        keys.clear();
        (self.hits, self.keys) = (hits, keys);
    }

    /// Adds the monitors at these places that let the event through, each once.
    fn collect(&self, hits: &mut [Hit], event: &Concerns<'_>, ids: &mut Vec<MonitorId>) {
        let (passes, peripheral) = (event.passes(), event.peripheral());
        hits.sort_unstable_by_key(|hit| hit.slot);
        for hits in hits.chunk_by(|a, b| a.slot == b.slot) {
            let Some(place) = hits.first().and_then(|hit| self.place(hit.slot)) else { continue };
            let passing = place.watchers.as_slice().iter().filter(|watcher| {
                passes.through(watcher.masks())
                    && is_one_place(watcher.peripheral, peripheral)
                    && hits.iter().any(|hit| hit.by.fits(watcher.device_type))
            });
            ids.extend(passing.map(|watcher| watcher.id));
        }
    }

    /// Learns from an event what becomes of the calls that it names.
    fn learn(&mut self, event: &Concerns<'_>, named: [Option<(CallName<'_>, Option<CallKey>)>; 2]) {
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
        if let Some(place) = self.watched_calls.get(&key).and_then(|slot| self.place(*slot)) {
            let ids: Vec<_> = place.watchers.as_slice().iter().map(|watcher| watcher.id).collect();
            for &id in &ids {
                self.stop(id);
            }
            ended.extend(ids);
        }
        self.calls.end(key);
    }

    fn place(&self, slot: Slot) -> Option<&Place> {
        self.places.get(slot as usize)?.as_ref()
    }

    /// The place of a target that has an entry of its own: a session or a team.
    fn find_own(&self, target: Target<'_>) -> Option<Slot> {
        match target {
            Target::Session(session) => self.sessions.get(&session).copied(),
            Target::Team(team) => self.teams.get(&team).copied(),
            _ => None,
        }
    }

    fn find_device(&self, id: &[u8]) -> Option<Slot> {
        let is_it = |slot: &Slot| {
            let watched = self.place(*slot).map(|place| &place.watched);
            matches!(watched, Some(Watched::Device(device)) if **device == *id)
        };
        self.devices.find(self.hasher.hash_one(id), is_it).copied()
    }

    fn find_number(&self, number: u32) -> Option<Slot> {
        self.find_device(Digits::of(number).as_bytes())
    }

    /// Notes what changes from now on, for an index that hashes devices like this.
    pub(crate) fn follow(&mut self, hasher: DefaultHashBuilder) {
        self.changes.follow();
        self.calls.changes.follow();
        self.index = Some(hasher);
    }

    /// How the index hashes devices.
    pub(crate) fn index(&self) -> Option<&DefaultHashBuilder> {
        self.index.as_ref()
    }

    /// All that events look for here.
    pub(crate) fn marks(&self, mut tell: impl FnMut(Mark)) {
        let Some(hasher) = &self.index else { return };
        for place in self.places.iter().flatten() {
            if let Watched::Device(id) = &place.watched {
                tell(Mark::Device(hash_of_device(hasher, id)));
            }
        }
        self.calls.ids().for_each(|id| tell(Mark::Call(id)));
    }

    /// What has changed since the index asked last.
    pub(crate) fn changes(&mut self) -> impl Iterator<Item = (Mark, i32)> {
        let devices = self.changes.take().map(|(hash, count)| (Mark::Device(hash), count));
        devices.chain(self.calls.changes.take().map(|(id, count)| (Mark::Call(id), count)))
    }

    fn add(&mut self, place: Place) -> Slot {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            // There are no more places than MonitorIDs.
            Slot::try_from(self.places.len() - 1).unwrap_or(Slot::MAX)
        });
        match &place.watched {
            Watched::Device(id) => {
                self.changes.add(self.index.as_ref().map_or(0, |hasher| hash_of_device(hasher, id)));
                let hash = self.hasher.hash_one(&**id);
                let (places, hasher) = (&self.places, &self.hasher);
                self.devices.insert_unique(hash, slot, |&slot| {
                    match places.get(slot as usize).and_then(Option::as_ref).map(|place| &place.watched) {
                        Some(Watched::Device(id)) => hasher.hash_one(&**id),
                        _ => 0,
                    }
                });
            }
            Watched::Call(key) => {
                self.watched_calls.insert(*key, slot);
            }
            Watched::Session(session) => {
                self.sessions.insert(*session, slot);
            }
            Watched::Team(team) => {
                self.teams.insert(*team, slot);
            }
            Watched::Open | Watched::Task => {}
        }
        if let Some(free) = self.places.get_mut(slot as usize) {
            *free = Some(place);
        }
        slot
    }

    fn remove(&mut self, slot: Slot) {
        let Some(place) = self.places.get_mut(slot as usize).and_then(Option::take) else { return };
        match &place.watched {
            Watched::Device(id) => {
                self.changes.remove(self.index.as_ref().map_or(0, |hasher| hash_of_device(hasher, id)));
                let found = self.devices.find_entry(self.hasher.hash_one(&**id), |&other| other == slot);
                if let Ok(entry) = found {
                    entry.remove();
                }
            }
            Watched::Call(key) => {
                self.watched_calls.remove(key);
            }
            Watched::Session(session) => {
                self.sessions.remove(session);
            }
            Watched::Team(team) => {
                self.teams.remove(team);
            }
            Watched::Open | Watched::Task => {}
        }
        self.free.push(slot);
    }
}

/// A number in decimal, as trunks and trunk groups are watched by.
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
