//! The monitors of a session against a model of them that is plain, slow, and as close to the rules as words are.

use crate::common::event;
use std::collections::BTreeMap;
use std::time::Duration;

use crate::common::ends::{TestClient, TestServer};
use crate::common::event::V::{self, N, S};
use ged188::id::{CallId, PeripheralId, VersionNumber};
use ged188::message::OpenReq;
use ged188::named_values::{
    AgentStateMask, CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType,
};
use ged188::server::{MonitorIndex, Policy};
use ged188::{Bytes, Secret, Str};
use ged188::{ClientConfig, ClientEvent, Masks, MonitorKey, ServerConfig, ServerEvent, Target};
use proptest::prelude::*;

const NOW: Duration = Duration::ZERO;
const AGENT: u32 = 76;
const QUEUE: u32 = 77;
const TRUNK: u32 = 70;

type Device = &'static str;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    WatchDevice(u32, Device, Masks, Option<u32>),
    WatchCall(u32, Device, Masks, Option<u32>),
    Stop(prop::sample::Index),
    Change(prop::sample::Index, Masks),
    Happens(Happening),
    /// The session fails, and another begins.
    Fail,
}

/// An event.
#[derive(Clone, Debug)]
struct Happening {
    kind: Kind,
    peripheral: Option<u32>,
    call: u32,
    connection: Option<Device>,
    /// A device with its type; the second call; the new name: what the kind needs.
    device: (u32, Device),
    other: (u32, Device),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Begin,
    Delivered,
    Established,
    Held,
    ConnectionCleared,
    Transferred,
    Conferenced,
    Renamed,
    End,
    Agent,
    Trunk,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Begin => "BEGIN_CALL_EVENT",
            Self::Delivered | Self::Trunk => "CALL_DELIVERED_EVENT",
            Self::Established => "CALL_ESTABLISHED_EVENT",
            Self::Held => "CALL_HELD_EVENT",
            Self::ConnectionCleared => "CALL_CONNECTION_CLEARED_EVENT",
            Self::Transferred => "CALL_TRANSFERRED_EVENT",
            Self::Conferenced => "CALL_CONFERENCED_EVENT",
            Self::Renamed => "CALL_DATA_UPDATE_EVENT",
            Self::End => "END_CALL_EVENT",
            Self::Agent => "AGENT_STATE_EVENT",
        }
    }
}

impl Happening {
    fn bytes(&self) -> Vec<u8> {
        let mut values: Vec<(&str, V<'_>)> = vec![("PeripheralID", N(self.peripheral.unwrap_or(u32::MAX)))];
        let connection = self.connection.map(|connection| ("ConnectionDeviceID", S(connection)));
        let two_calls = matches!(self.kind, Kind::Transferred | Kind::Conferenced);
        if two_calls {
            values.extend([("PrimaryCallID", N(self.call)), ("SecondaryCallID", N(self.other.0))]);
            values.extend(self.connection.map(|connection| ("PrimaryDeviceID", S(connection))));
            values.push(("SecondaryDeviceID", S(self.other.1)));
        } else if self.kind == Kind::Agent {
            values.extend([("AgentState", N(self.device.0 % 4)), ("AgentInstrument", S(self.device.1))]);
        } else {
            values.push(("ConnectionCallID", N(self.call)));
            values.extend(connection);
        }
        let device = match self.kind {
            Kind::Delivered => Some(("AlertingDeviceType", "AlertingDeviceID")),
            Kind::Established => Some(("AnsweringDeviceType", "AnsweringDeviceID")),
            Kind::Held => Some(("HoldingDeviceType", "HoldingDeviceID")),
            _ => None,
        };
        if let Some((device_type, device_id)) = device {
            values.extend([(device_type, N(self.device.0)), (device_id, S(self.device.1))]);
        }
        match self.kind {
            Kind::Renamed => values.extend([
                ("NewConnectionCallID", N(self.other.0)),
                ("NewConnectionDeviceID", S(self.other.1)),
            ]),
            Kind::Trunk => values.push(("TrunkNumber", N(self.device.1.parse().unwrap()))),
            _ => {}
        }
        event::bytes(14, self.kind.name(), &values)
    }
}

// The model.

#[derive(Clone, Copy, Debug, PartialEq)]
enum Watched {
    Device(u32, Device),
    /// The number of a call of the model.
    Call(usize),
}

#[derive(Clone, Debug)]
struct Monitor {
    watched: Watched,
    masks: Masks,
    peripheral: Option<u32>,
}

#[derive(Clone, Debug)]
struct Call {
    number: usize,
    id: u32,
    peripheral: Option<u32>,
    connections: Vec<Device>,
    has_destination: bool,
}

#[derive(Debug, Default)]
struct Model {
    monitors: BTreeMap<u32, Monitor>,
    /// In the order in which they got their identifier.
    calls: Vec<Call>,
    numbers: usize,
}

fn one_place(a: Option<u32>, b: Option<u32>) -> bool {
    a == b || a.is_none() || b.is_none()
}

/// The bit that lets an event through: of calls, of agents.
fn bits(happening: &Happening) -> (u32, u32) {
    let bit = |mask: CallEventMask| (mask.bits(), 0);
    match happening.kind {
        Kind::Begin => bit(CallEventMask::BEGIN_CALL_MASK),
        Kind::Delivered | Kind::Trunk => bit(CallEventMask::CALL_DELIVERED_MASK),
        Kind::Established => bit(CallEventMask::CALL_ESTABLISHED_MASK),
        Kind::Held => bit(CallEventMask::CALL_HELD_MASK),
        Kind::ConnectionCleared => bit(CallEventMask::CALL_CONNECTION_CLEARED_MASK),
        Kind::Transferred => bit(CallEventMask::CALL_TRANSFERRED_MASK),
        Kind::Conferenced => bit(CallEventMask::CALL_CONFERENCED_MASK),
        Kind::Renamed => bit(CallEventMask::CALL_DATA_UPDATE_MASK),
        Kind::End => bit(CallEventMask::END_CALL_MASK),
        // The bits of the agent states are in the order of the states, of which the test has the first four.
        Kind::Agent => (0, 1 << (happening.device.0 % 4)),
    }
}

impl Model {
    fn begin(&mut self, id: u32, connection: Option<Device>, peripheral: Option<u32>) -> usize {
        let number = self.numbers;
        self.numbers += 1;
        let connections = connection.into_iter().collect();
        self.calls.push(Call { number, id, peripheral, connections, has_destination: false });
        number
    }

    /// The calls with this connection: those known by it, else those that have it.
    fn connected(&self, id: u32, connection: Option<Device>, peripheral: Option<u32>) -> Vec<usize> {
        let Some(connection) = connection else { return Vec::new() };
        let named =
            || self.calls.iter().filter(|call| call.id == id && one_place(call.peripheral, peripheral));
        let known: Vec<_> = named().filter(|call| call.connections.first() == Some(&connection)).collect();
        let having: Vec<_> = named().filter(|call| call.connections.contains(&connection)).collect();
        let calls = if known.is_empty() { having } else { known };
        calls.into_iter().map(|call| call.number).collect()
    }

    /// The calls that an event is about which names this one.
    fn about(&self, kind: Kind, id: u32, connection: Option<Device>, peripheral: Option<u32>) -> Vec<usize> {
        let connected = self.connected(id, connection, peripheral);
        if !connected.is_empty() {
            return connected;
        }
        let named: Vec<_> = self
            .calls
            .iter()
            .filter(|call| call.id == id && one_place(call.peripheral, peripheral))
            .collect();
        let waiting = named.iter().find(|call| !call.has_destination);
        match (kind, waiting) {
            (Kind::Begin, _) if connection.is_some() => Vec::new(),
            (Kind::Established | Kind::Delivered | Kind::Trunk, Some(waiting)) => vec![waiting.number],
            _ => named.iter().map(|call| call.number).collect(),
        }
    }

    fn call(&mut self, number: usize) -> &mut Call {
        self.calls.iter_mut().find(|call| call.number == number).unwrap()
    }

    fn watch_call(&mut self, id: u32, connection: Device, peripheral: Option<u32>) -> Watched {
        let mut known = self.connected(id, Some(connection), peripheral).into_iter();
        let known = known.find(|number| peripheral.is_none() || self.call(*number).peripheral == peripheral);
        Watched::Call(known.unwrap_or_else(|| self.begin(id, Some(connection), peripheral)))
    }

    /// The monitors that get an event, and those that end with it.
    fn happens(&mut self, happening: &Happening) -> (Vec<u32>, Vec<u32>) {
        let (kind, place) = (happening.kind, happening.peripheral);
        let two = matches!(kind, Kind::Transferred | Kind::Conferenced);
        let mut names = Vec::new();
        if kind != Kind::Agent {
            names.push((happening.call, happening.connection));
        }
        if two {
            names.push((happening.other.0, Some(happening.other.1)));
        }
        let about: Vec<_> =
            names.iter().map(|(id, connection)| self.about(kind, *id, *connection, place)).collect();

        // Devices with their type, and devices of any type but trunks.
        let mut typed = Vec::new();
        let mut any: Vec<_> = names.iter().filter_map(|(_, connection)| *connection).collect();
        match kind {
            Kind::Delivered | Kind::Established | Kind::Held => typed.push(happening.device),
            Kind::Trunk => typed.push((TRUNK, happening.device.1)),
            Kind::Agent => any.push(happening.device.1),
            _ => {}
        }
        let (call_bit, agent_bit) = bits(happening);
        let gets = |monitor: &Monitor| {
            let passes =
                monitor.masks.calls.bits() & call_bit != 0 || monitor.masks.agents.bits() & agent_bit != 0;
            let concerned = match monitor.watched {
                Watched::Device(device_type, id) => {
                    typed.contains(&(device_type, id)) || (device_type != TRUNK && any.contains(&id))
                }
                Watched::Call(call) => about.iter().any(|calls| calls.contains(&call)),
            };
            passes && concerned && one_place(monitor.peripheral, place)
        };
        let got: Vec<_> =
            self.monitors.iter().filter(|(_, monitor)| gets(monitor)).map(|(id, _)| *id).collect();
        let mut ended = Vec::new();
        if !got.is_empty() || about.iter().any(|calls| !calls.is_empty()) {
            ended = self.learn(happening, &names, &about);
        }
        (got, ended)
    }

    fn learn(
        &mut self,
        happening: &Happening,
        names: &[(u32, Option<Device>)],
        about: &[Vec<usize>],
    ) -> Vec<u32> {
        let kind = happening.kind;
        if kind == Kind::End {
            let of_call = |monitor: &Monitor| match monitor.watched {
                Watched::Call(call) => about[0].contains(&call),
                Watched::Device(..) => false,
            };
            let ended: Vec<_> =
                self.monitors.iter().filter(|(_, monitor)| of_call(monitor)).map(|(id, _)| *id).collect();
            self.monitors.retain(|_, monitor| !of_call(monitor));
            self.calls.retain(|call| !about[0].contains(&call.number));
            return ended;
        }
        for ((id, connection), about) in names.iter().zip(about) {
            let number =
                about.first().copied().unwrap_or_else(|| self.begin(*id, *connection, happening.peripheral));
            let call = self.call(number);
            if let Some(connection) = connection {
                let at = call.connections.iter().position(|known| known == connection);
                match (kind, at) {
                    (Kind::ConnectionCleared, Some(at)) if at > 0 => _ = call.connections.remove(at),
                    (Kind::ConnectionCleared, _) => {}
                    (_, None) => call.connections.push(connection),
                    _ => {}
                }
            }
            call.peripheral = call.peripheral.or(happening.peripheral);
            call.has_destination |= kind == Kind::Established;
        }
        match (
            kind,
            about.first().and_then(|calls| calls.first()),
            about.get(1).and_then(|calls| calls.first()),
        ) {
            (Kind::Transferred | Kind::Conferenced, Some(&first), Some(&second)) => {
                for connection in self.call(second).connections.clone() {
                    let call = self.call(first);
                    if !call.connections.contains(&connection) {
                        call.connections.push(connection);
                    }
                }
            }
            (Kind::Renamed, Some(&number), _) => {
                let (id, new) = happening.other;
                let call = self.call(number);
                let old = happening.connection;
                match call.connections.iter_mut().find(|connection| Some(**connection) == old) {
                    Some(connection) => *connection = new,
                    None => call.connections.push(new),
                }
                let first = call.connections.iter().position(|connection| *connection == new).unwrap();
                let mut at = 0;
                call.connections.retain(|connection| {
                    at += 1;
                    *connection != new || at == first + 1
                });
                if call.id != id {
                    call.id = id;
                    let at = self.calls.iter().position(|call| call.number == number).unwrap();
                    let call = self.calls.remove(at);
                    self.calls.push(call);
                }
            }
            _ => {}
        }
        Vec::new()
    }
}

// The real thing, both ends of it.

struct Pair {
    client: TestClient,
    server: TestServer,
    index: MonitorIndex<u8>,
    /// Keys of the client's monitors by their identifiers.
    keys: BTreeMap<u32, MonitorKey>,
    /// What the client got: the identifiers of monitors.
    got: Vec<u32>,
    /// Whether monitors may hide the end of their call.
    deaf: bool,
}

impl Pair {
    fn new(deaf: bool) -> Self {
        let open = OpenReq {
            version_number: VersionNumber(14),
            idle_timeout: u32::MAX,
            services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
            client_id: Some("desk".into()),
            client_password: Some(Secret::new(Bytes(b""))),
            ..Default::default()
        };
        let client = TestClient::open(NOW, ClientConfig::default(), &open).unwrap();
        let mut server = TestServer::start(NOW, ServerConfig::default());
        let index = MonitorIndex::new();
        index.add(1, &mut server);
        let mut pair = Self { client, server, index, keys: BTreeMap::new(), got: Vec::new(), deaf };
        pair.settle();
        assert!(pair.client.is_open());
        pair
    }

    fn settle(&mut self) {
        loop {
            let (up, down) = (self.client.sent(), self.server.sent());
            if up.is_empty() && down.is_empty() {
                break;
            }
            self.server.receive(NOW, &up);
            self.client.receive(NOW, &down);
            while let Some(event) = self.server.poll() {
                match event {
                    ServerEvent::MonitorRequested { responder, .. } => {
                        self.server.start_monitor(NOW, responder).unwrap();
                    }
                    ServerEvent::OpenRequested(open) => {
                        let conf = Policy::default().decide(&open).unwrap();
                        self.server.accept(NOW, &conf).unwrap();
                    }
                    _ => {}
                }
            }
            while let Some(event) = self.client.poll() {
                match event {
                    ClientEvent::MonitorStarted { monitor, result, .. } => {
                        _ = self.keys.insert(result.unwrap().0, monitor);
                    }
                    ClientEvent::MonitorEvent { monitor, .. } => {
                        self.got.extend(self.keys.iter().find(|(_, key)| **key == monitor).map(|(id, _)| id));
                    }
                    ClientEvent::MonitorEnded { id, .. }
                    | ClientEvent::MonitorStopped { result: Ok(id), .. } => {
                        _ = self.keys.remove(&id.0);
                    }
                    ClientEvent::Opened(_) | ClientEvent::MonitorChanged { result: Ok(_), .. } => {}
                    // The client may take a monitor for ended that does not hear of the end of its call.
                    ClientEvent::UnknownMonitor { id, .. } if self.deaf => self.got.push(id.0),
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    /// Starts a monitor; its identifier.
    fn watch(&mut self, target: Target<'_>, masks: Masks, peripheral: Option<u32>) -> u32 {
        let key = self.client.start_monitor(NOW, peripheral.map(PeripheralId), target, masks).unwrap();
        self.settle();
        self.client.monitor(key).unwrap().id().unwrap().0
    }
}

fn run(steps: Vec<Step>, deaf: bool) -> Result<(), TestCaseError> {
    let (mut pair, mut model) = (Pair::new(deaf), Model::default());
    for step in steps {
        match step {
            Step::WatchDevice(device_type, id, masks, peripheral) => {
                let device_id = Str::new(id);
                let target = Target::Device { device_type: DeviceIdType(device_type as u16), device_id };
                let monitor = pair.watch(target, masks, peripheral);
                let watched = Watched::Device(device_type, id);
                model.monitors.insert(monitor, Monitor { watched, masks, peripheral });
            }
            Step::WatchCall(id, connection, masks, peripheral) => {
                let device_id_type = ConnectionDeviceIdType::CONNECTION_ID_STATIC;
                let device_id = Str::new(connection);
                let target = Target::Call { call_id: CallId(id), device_id_type, device_id };
                let monitor = pair.watch(target, masks, peripheral);
                let watched = model.watch_call(id, connection, peripheral);
                model.monitors.insert(monitor, Monitor { watched, masks, peripheral });
            }
            Step::Stop(which) if !pair.keys.is_empty() => {
                let (id, key) = pair.keys.iter().nth(which.index(pair.keys.len())).unwrap();
                let (id, key) = (*id, *key);
                pair.client.stop_monitor(NOW, key).unwrap();
                pair.settle();
                model.monitors.remove(&id);
                prop_assert!(!pair.keys.contains_key(&id));
            }
            Step::Change(which, masks) if !pair.keys.is_empty() => {
                let (id, key) = pair.keys.iter().nth(which.index(pair.keys.len())).unwrap();
                let (id, key) = (*id, *key);
                pair.client.change_monitor(NOW, key, masks).unwrap();
                pair.settle();
                if let Some(monitor) = model.monitors.get_mut(&id) {
                    monitor.masks = masks;
                }
            }
            Step::Happens(happening) => {
                let bytes = happening.bytes();
                let message = event::typed(14, &bytes);
                let found = !pair.index.find(&message).unwrap().is_empty();
                let (expected, ends) = model.happens(&happening);
                let delivery = pair.server.deliver(NOW, &message).unwrap();
                let mut ended: Vec<_> = delivery.ended.iter().map(|id| id.0).collect();
                ended.sort();
                prop_assert_eq!(delivery.messages, expected.len(), "{:?}", happening);
                prop_assert_eq!(ended, ends, "{:?}", happening);
                prop_assert!(found || expected.is_empty(), "not in the index: {:?}", happening);
                pair.settle();
                let mut got = std::mem::take(&mut pair.got);
                got.sort();
                prop_assert_eq!(got, expected, "{:?}", happening);
            }
            Step::Fail => {
                pair = Pair::new(deaf);
                model = Model::default();
            }
            Step::Stop(_) | Step::Change(..) => {}
        }
        prop_assert_eq!(pair.server.monitor_count(), model.monitors.len());
        // A client does not learn of the end of a call whose monitors do not let that through.
        if !deaf {
            let keys: Vec<_> = pair.keys.keys().collect();
            prop_assert_eq!(keys, model.monitors.keys().collect::<Vec<_>>());
        }
    }
    Ok(())
}

fn masks(deaf: bool) -> impl Strategy<Value = Masks> {
    let always = if deaf { CallEventMask::empty() } else { CallEventMask::END_CALL_MASK };
    prop_oneof![
        2 => Just(Masks::ALL),
        1 => any::<(u32, u32)>().prop_map(move |(calls, agents)| Masks {
            calls: CallEventMask::from_bits_retain(calls) | always,
            agents: AgentStateMask::from_bits_retain(agents),
        }),
    ]
}

fn device() -> impl Strategy<Value = Device> {
    prop::sample::select(vec!["1", "2", "3", "4"])
}

fn kind() -> impl Strategy<Value = u32> {
    prop::sample::select(vec![AGENT, AGENT, QUEUE, TRUNK])
}

fn call() -> impl Strategy<Value = u32> {
    prop::sample::select(vec![301, 301, 302])
}

fn peripheral() -> impl Strategy<Value = Option<u32>> {
    prop::sample::select(vec![None, Some(1), Some(1), Some(2)])
}

fn happening() -> impl Strategy<Value = Happening> {
    let kinds = vec![
        Kind::Begin,
        Kind::Delivered,
        Kind::Established,
        Kind::Held,
        Kind::ConnectionCleared,
        Kind::Transferred,
        Kind::Conferenced,
        Kind::Renamed,
        Kind::End,
        Kind::Agent,
        Kind::Trunk,
    ];
    let connection = prop::option::weighted(0.9, device());
    (prop::sample::select(kinds), peripheral(), call(), connection, (kind(), device()), (call(), device()))
        .prop_map(|(kind, peripheral, call, connection, device, other)| {
            // A call that gets another name has one.
            let connection = if kind == Kind::Renamed { connection.or(Some("1")) } else { connection };
            Happening { kind, peripheral, call, connection, device, other }
        })
}

fn step(deaf: bool) -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (kind(), device(), masks(deaf), peripheral())
            .prop_map(|(kind, device, masks, place)| Step::WatchDevice(kind, device, masks, place)),
        4 => (call(), device(), masks(deaf), peripheral())
            .prop_map(|(call, device, masks, place)| Step::WatchCall(call, device, masks, place)),
        2 => any::<prop::sample::Index>().prop_map(Step::Stop),
        1 => (any::<prop::sample::Index>(), masks(deaf)).prop_map(|(which, masks)| Step::Change(which, masks)),
        16 => happening().prop_map(Step::Happens),
        1 => Just(Step::Fail),
    ]
}

fn steps() -> impl Strategy<Value = (Vec<Step>, bool)> {
    any::<bool>().prop_flat_map(|deaf| (prop::collection::vec(step(deaf), 1..80), Just(deaf)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_table_does_as_the_model((steps, deaf) in steps()) {
        run(steps, deaf)?;
    }
}
