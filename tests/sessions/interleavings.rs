//! All orders in which the things of one monitor can happen, up to seven of them: at the client, at the server,
//! and with both ends connected.

use crate::common::{event, wire};
use std::time::Duration;

use crate::common::ends::{TestClient, TestServer};
use crate::common::event::V::{N, S};
use crate::common::wire::Open;
use Action::*;
use ged188::client::{MonitorEndReason, MonitorError, MonitorState};
use ged188::id::{CallId, MonitorId, VersionNumber};
use ged188::message::{CallHeldEvent, EndCallEvent, OpenReq};
use ged188::named_values::{ConnectionDeviceIdType, CtiServiceMask, DeviceIdType};
use ged188::server::Policy;
use ged188::{Bytes, Secret, Str};
use ged188::{
    ClientConfig, ClientEvent, Masks, MonitorKey, RequestError, Responder, SendError, ServerConfig,
    ServerEvent, Target,
};

const NOW: Duration = Duration::ZERO;
const MOST: usize = 7;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    StartSent,
    StartConfirmed,
    EventComes,
    StopSent,
    StopConfirmed,
    CallEnds,
    Cut,
}

const ACTIONS: [Action; 7] = [StartSent, StartConfirmed, EventComes, StopSent, StopConfirmed, CallEnds, Cut];

/// What is tested: it does what it is told and checks the outcome.
trait Subject {
    fn new(of_call: bool) -> Self;
    fn does(&mut self, action: Action);
    /// Checks what has to be in the end.
    fn ends(self);
}

/// Runs all sequences. After a cut, one more of each is enough: nothing changes any more.
fn run<T: Subject>() {
    for of_call in [true, false] {
        let mut sequences = 0;
        let mut sequence = Vec::new();
        descend::<T>(of_call, &mut sequence, &mut sequences);
        assert!(sequences > 100_000, "{sequences}");
    }
}

fn descend<T: Subject>(of_call: bool, sequence: &mut Vec<Action>, sequences: &mut usize) {
    let cut = sequence.iter().position(|action| *action == Cut);
    if sequence.len() == MOST || cut.is_some_and(|cut| sequence.len() > cut + 1) {
        *sequences += 1;
        let mut subject = T::new(of_call);
        for action in &*sequence {
            subject.does(*action);
        }
        subject.ends();
        return;
    }
    for action in ACTIONS {
        // One monitor is started, once.
        if action != StartSent || !sequence.contains(&StartSent) {
            sequence.push(action);
            descend::<T>(of_call, sequence, sequences);
            sequence.pop();
        }
    }
}

fn target(of_call: bool) -> Target<'static> {
    let device_id = Str::new("5001");
    if of_call {
        let device_id_type = ConnectionDeviceIdType::CONNECTION_ID_STATIC;
        Target::Call { call_id: CallId(301), device_id_type, device_id }
    } else {
        Target::Device { device_type: DeviceIdType::DEVID_AGENT_DEVICE, device_id }
    }
}

fn open_req() -> OpenReq<'static> {
    OpenReq {
        version_number: VersionNumber(14),
        idle_timeout: u32::MAX,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    }
}

fn client() -> TestClient {
    let config = ClientConfig { heartbeat_interval: None, ..Default::default() };
    TestClient::open(NOW, config, &open_req()).unwrap()
}

fn server() -> TestServer {
    TestServer::start(NOW, ServerConfig::default())
}

// The client, against a server written by hand.

const OPENED: u32 = 1;
const ID: u32 = 71;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Model {
    NotYet,
    Starting,
    Live,
    Stopping,
    Ended,
}

/// What the client tells.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    Started,
    NotStarted,
    Event,
    Unknown,
    NotStopped,
    Stopped,
    Ended(MonitorEndReason),
    Unexpected,
    Closed,
}

struct OneClient {
    client: TestClient,
    of_call: bool,
    monitor: Option<MonitorKey>,
    model: Model,
    /// Events that came before the confirmation; true for the end of the call.
    early: Vec<bool>,
    /// Whether a stop was sent whose answer means nothing any more.
    orphan: bool,
    stop_sent: bool,
    cut: bool,
}

impl OneClient {
    fn event(&mut self, ends: bool, told: &mut Vec<Told>) {
        match self.model {
            Model::Live | Model::Stopping => {
                told.push(Told::Event);
                if ends && self.of_call {
                    told.push(Told::Ended(MonitorEndReason::CallEnded));
                    self.orphan = self.model == Model::Stopping;
                    self.model = Model::Ended;
                }
            }
            Model::Starting => self.early.push(ends),
            Model::NotYet | Model::Ended => told.push(Told::Unknown),
        }
    }

    /// What has to come of it when bytes arrive.
    fn expect(&mut self, action: Action) -> Vec<Told> {
        let mut told = Vec::new();
        match action {
            StartConfirmed if self.model == Model::Starting => {
                told.push(Told::Started);
                self.model = Model::Live;
                for ends in std::mem::take(&mut self.early) {
                    self.event(ends, &mut told);
                }
            }
            StartConfirmed => told.push(Told::Unexpected),
            EventComes => self.event(false, &mut told),
            CallEnds => self.event(true, &mut told),
            StopConfirmed if self.model == Model::Stopping => {
                told.push(Told::Stopped);
                self.model = Model::Ended;
            }
            StopConfirmed if self.orphan => self.orphan = false,
            StopConfirmed => told.push(Told::Unexpected),
            Cut => {
                match self.model {
                    Model::Starting => {
                        told.push(Told::NotStarted);
                        told.extend(self.early.drain(..).map(|_| Told::Unknown));
                    }
                    Model::Live => told.push(Told::Ended(MonitorEndReason::SessionClosed)),
                    Model::Stopping => {
                        told.extend([Told::NotStopped, Told::Ended(MonitorEndReason::SessionClosed)]);
                    }
                    Model::NotYet | Model::Ended => {}
                }
                told.push(Told::Closed);
                self.model = Model::Ended;
            }
            StartSent | StopSent => {}
        }
        told
    }

    fn told(&mut self) -> Vec<Told> {
        let mut told = Vec::new();
        while let Some(event) = self.client.poll() {
            told.push(match event {
                ClientEvent::MonitorStarted { monitor, target: watched, result, .. } => {
                    assert_eq!((Some(monitor), watched), (self.monitor, Some(target(self.of_call))));
                    match result {
                        Ok(id) => {
                            assert_eq!(id, MonitorId(ID));
                            Told::Started
                        }
                        Err(error) => {
                            assert_eq!(error, MonitorError::Request(RequestError::SessionClosed));
                            Told::NotStarted
                        }
                    }
                }
                ClientEvent::MonitorStopped { result: Ok(id), .. } => {
                    assert_eq!(id, MonitorId(ID));
                    Told::Stopped
                }
                ClientEvent::MonitorStopped { result: Err(error), .. } => {
                    assert_eq!(error, MonitorError::Request(RequestError::SessionClosed));
                    Told::NotStopped
                }
                ClientEvent::MonitorEvent { monitor, .. } => {
                    assert_eq!(Some(monitor), self.monitor);
                    Told::Event
                }
                ClientEvent::UnknownMonitor { id, .. } => {
                    assert_eq!(id, MonitorId(ID));
                    Told::Unknown
                }
                ClientEvent::MonitorEnded { reason, .. } => Told::Ended(reason),
                ClientEvent::Unexpected(_) => Told::Unexpected,
                ClientEvent::Closed(_) => Told::Closed,
                other => panic!("{other:?}"),
            });
        }
        told
    }
}

/// The bytes of a server, made once.
struct Script {
    opened: Vec<u8>,
    started: Vec<u8>,
    held: Vec<u8>,
    ended: Vec<u8>,
}

fn script() -> &'static Script {
    static SCRIPT: std::sync::LazyLock<Script> = std::sync::LazyLock::new(|| {
        let event = |name| {
            let values =
                [("MonitorID", N(ID)), ("ConnectionCallID", N(301)), ("ConnectionDeviceID", S("5001"))];
            event::bytes(14, name, &values)
        };
        Script {
            opened: wire::open_conf(14, 0x20, 0),
            started: wire::message(94, &[OPENED + 1, ID], b""),
            held: event("CALL_HELD_EVENT"),
            ended: event("END_CALL_EVENT"),
        }
    });
    &SCRIPT
}

impl Subject for OneClient {
    fn new(of_call: bool) -> Self {
        let mut client = client();
        client.receive(NOW, &script().opened);
        assert!(matches!(client.poll(), Some(ClientEvent::Opened(_))));
        Self {
            client,
            of_call,
            monitor: None,
            model: Model::NotYet,
            early: Vec::new(),
            orphan: false,
            stop_sent: false,
            cut: false,
        }
    }

    fn does(&mut self, action: Action) {
        let expected = if self.cut { Vec::new() } else { self.expect(action) };
        match action {
            StartSent => match self.client.start_monitor(NOW, None, target(self.of_call), Masks::ALL) {
                Ok(monitor) => {
                    assert!(!self.cut);
                    self.monitor = Some(monitor);
                    self.model = Model::Starting;
                }
                Err(error) => assert_eq!((error, self.cut), (SendError::NotOpen, true)),
            },
            StopSent => {
                let Some(monitor) = self.monitor else { return };
                let stopped = self.client.stop_monitor(NOW, monitor);
                if self.model == Model::Live {
                    assert_eq!(stopped, Ok(()));
                    self.model = Model::Stopping;
                    self.stop_sent = true;
                } else {
                    let error = match self.model {
                        _ if self.cut => SendError::NotOpen,
                        Model::Starting | Model::Stopping => SendError::MonitorBusy,
                        _ => SendError::UnknownMonitor,
                    };
                    assert_eq!(stopped, Err(error));
                }
            }
            StartConfirmed => self.client.receive(NOW, &script().started),
            EventComes => self.client.receive(NOW, &script().held),
            CallEnds => self.client.receive(NOW, &script().ended),
            StopConfirmed => {
                let id = if self.stop_sent { OPENED + 2 } else { 99 };
                self.client.receive(NOW, &wire::message(96, &[id], b""));
            }
            Cut => {
                self.client.disconnected(NOW);
                self.cut = true;
            }
        }
        assert_eq!(self.told(), expected);
        let state =
            self.monitor.and_then(|monitor| self.client.monitor(monitor).map(|monitor| monitor.state()));
        let expected = match self.model {
            Model::NotYet | Model::Ended => None,
            Model::Starting => Some(MonitorState::Starting),
            Model::Live => Some(MonitorState::Live),
            Model::Stopping => Some(MonitorState::Stopping),
        };
        assert_eq!(state, expected);
    }

    fn ends(self) {
        assert_eq!(self.client.is_closed(), self.cut);
    }
}

#[test]
fn a_client_knows_what_to_do_in_every_order() {
    run::<OneClient>();
}

// The server, against a client written by hand.

struct OneServer {
    server: TestServer,
    of_call: bool,
    wanted: Option<Responder>,
    live: Option<u32>,
    cut: bool,
}

impl Subject for OneServer {
    fn new(of_call: bool) -> Self {
        let mut server = server();
        server.receive(NOW, &Open::default().bytes());
        let Some(ServerEvent::OpenRequested(open)) = server.poll() else { panic!() };
        let conf = Policy::default().decide(&open).unwrap();
        server.accept(NOW, &conf).unwrap();
        let mut this = Self { server, of_call, wanted: None, live: None, cut: false };
        this.server.sent();
        this
    }

    fn does(&mut self, action: Action) {
        let mut expected = Vec::new();
        match action {
            StartSent => {
                let (call, kinds) =
                    if self.of_call { (301, b"\0\0\xFF\xFF") } else { (0, b"\xFF\xFF\0\x4C") };
                let field: &[u8] = if self.of_call {
                    b"\x19\x055001\0"
                } else {
                    &[monitored_tag(), 5, b'5', b'0', b'0', b'1', 0]
                };
                let rest = [&kinds[..], field].concat();
                let request = wire::message(93, &[9, u32::MAX, call, u32::MAX, u32::MAX], &rest);
                self.server.receive(NOW, &request);
                match self.server.poll() {
                    Some(ServerEvent::MonitorRequested { responder, .. }) => self.wanted = Some(responder),
                    other => assert!(self.cut && other.is_none(), "{other:?}"),
                }
            }
            StartConfirmed => {
                let Some(responder) = self.wanted.take() else { return };
                let started = self.server.start_monitor(NOW, responder);
                assert_eq!(started.is_err(), self.cut);
                if let Ok(id) = started {
                    expected = wire::message(94, &[9, id.0], b"");
                    self.live = Some(id.0);
                }
            }
            EventComes | CallEnds => {
                let bytes = if action == EventComes { &script().held } else { &script().ended };
                let typed = event::typed(14, bytes);
                match self.server.deliver(NOW, &typed) {
                    Ok(delivery) => {
                        assert_eq!(delivery.messages, usize::from(self.live.is_some()));
                        let ends = action == CallEnds && self.of_call && self.live.is_some();
                        assert_eq!(delivery.ended.len(), usize::from(ends));
                        if let Some(id) = self.live {
                            expected = event::for_monitor(id, bytes);
                        }
                        if ends {
                            self.live = None;
                        }
                    }
                    Err(error) => assert_eq!((error, self.cut), (SendError::NotOpen, true)),
                }
            }
            StopSent => {
                let id = self.live.take();
                self.server.receive(NOW, &wire::message(95, &[9, id.unwrap_or(1)], b""));
                let event = self.server.poll();
                if self.cut {
                    assert_eq!(event, None);
                } else if let Some(id) = id {
                    assert!(
                        matches!(event, Some(ServerEvent::MonitorStopped { id: stopped, .. }) if stopped.0 == id)
                    );
                    expected = wire::message(96, &[9], b"");
                } else {
                    assert!(matches!(event, Some(ServerEvent::MonitorRejected { .. })));
                    expected = wire::failure_conf(9, 55);
                }
            }
            // The server has confirmed it already.
            StopConfirmed => {}
            Cut => {
                self.server.disconnected(NOW);
                while self.server.poll().is_some() {}
                self.cut = true;
                self.live = None;
            }
        }
        assert_eq!(self.server.poll(), None);
        assert_eq!(self.server.sent(), expected);
        if !self.cut {
            assert_eq!(self.server.monitor_count(), usize::from(self.live.is_some()));
        }
    }

    fn ends(self) {
        assert_eq!(self.server.is_closed(), self.cut);
    }
}

/// The tag of MonitoredDeviceID.
fn monitored_tag() -> u8 {
    static TAG: std::sync::LazyLock<u8> = std::sync::LazyLock::new(|| {
        let start = event::MESSAGES.iter().find(|message| message.name == "MONITOR_START_REQ").unwrap();
        start.floating.iter().find(|field| field.name == "MonitoredDeviceID").unwrap().tag.unwrap() as u8
    });
    *TAG
}

#[test]
fn a_server_knows_what_to_do_in_every_order() {
    run::<OneServer>();
}

// Both, with bytes on their way in between.

struct Both {
    client: TestClient,
    server: TestServer,
    of_call: bool,
    monitor: Option<MonitorKey>,
    cut: bool,
    /// Messages that the server sent for the monitor, and events that the client got for it.
    delivered: usize,
    received: usize,
}

impl Both {
    /// What the client has sent arrives.
    fn up(&mut self) {
        let bytes = self.client.sent();
        self.server.receive(NOW, &bytes);
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
    }

    /// What the server has sent arrives.
    fn down(&mut self) {
        let bytes = self.server.sent();
        self.client.receive(NOW, &bytes);
        while let Some(event) = self.client.poll() {
            match event {
                ClientEvent::MonitorEvent { monitor, .. } => {
                    assert_eq!(Some(monitor), self.monitor);
                    self.received += 1;
                }
                ClientEvent::UnknownMonitor { .. } | ClientEvent::Unexpected(_) => {
                    panic!("{event:?}")
                }
                _ => {}
            }
        }
    }
}

impl Subject for Both {
    fn new(of_call: bool) -> Self {
        let mut both = Self {
            client: client(),
            server: server(),
            of_call,
            monitor: None,
            cut: false,
            delivered: 0,
            received: 0,
        };
        both.up();
        both.down();
        assert!(both.client.is_open() && both.server.is_open());
        both
    }

    fn does(&mut self, action: Action) {
        let call_id = Some(CallId(301));
        let device = Some(Str::new("5001"));
        match action {
            StartSent => {
                self.monitor = self.client.start_monitor(NOW, None, target(self.of_call), Masks::ALL).ok();
            }
            StartConfirmed => self.up(),
            StopConfirmed => self.down(),
            StopSent => {
                // Only what is live can be stopped.
                let _ = self.monitor.map(|monitor| self.client.stop_monitor(NOW, monitor));
            }
            EventComes => {
                let event = CallHeldEvent {
                    connection_call_id: call_id,
                    connection_device_id: device,
                    ..Default::default()
                };
                self.delivered += self.server.deliver(NOW, &event).map_or(0, |delivery| delivery.messages);
            }
            CallEnds => {
                let event = EndCallEvent {
                    connection_call_id: call_id,
                    connection_device_id: device,
                    ..Default::default()
                };
                self.delivered += self.server.deliver(NOW, &event).map_or(0, |delivery| delivery.messages);
            }
            Cut => {
                self.cut = true;
                self.client.disconnected(NOW);
                self.server.disconnected(NOW);
                while self.client.poll().is_some() {}
                while self.server.poll().is_some() {}
            }
        }
    }

    fn ends(mut self) {
        if self.cut {
            assert!(self.received <= self.delivered);
            assert_eq!(self.client.monitors().len(), 0);
            return;
        }
        for _ in 0..3 {
            self.up();
            self.down();
        }
        assert_eq!(self.received, self.delivered);
        assert_eq!(self.client.pending_requests(), 0);
        let live =
            self.monitor.and_then(|monitor| self.client.monitor(monitor).map(|monitor| monitor.state()));
        assert!(matches!(live, None | Some(MonitorState::Live)));
        assert_eq!(self.server.monitor_count(), usize::from(live.is_some()));
    }
}

#[test]
fn both_ends_agree_in_every_order() {
    run::<Both>();
}
