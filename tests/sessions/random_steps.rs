//! A client and a server against each other, with whatever can happen between them.

use crate::common::wire;
use std::collections::BTreeSet;
use std::time::Duration;

use crate::common::ends::{TestClient, TestServer};
use ged188::id::VersionNumber;
use ged188::message::*;
use ged188::named_values::{CtiServiceMask, StatusCode};
use ged188::session::Limits;
use ged188::{Bytes, Message, Secret};
use ged188::{
    ClientConfig, ClientEvent, CloseReason, RequestId, Responder, Response, SendError, ServerConfig,
    ServerEvent,
};
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// Time passes; everybody does what is due on the way.
    Pass(u32),
    /// So many of the bytes that wait arrive, at most.
    Up(usize),
    Down(usize),
    Request,
    Configure,
    Close,
    /// The server answers one of the requests that it has.
    Answer(prop::sample::Index, Answer),
    Event,
    Maintenance,
    AnswerMaintenance(bool),
    Offline,
    Dismiss,
    /// A message that cannot be read, or makes no sense, on its way to the server or to the client.
    Bad(bool, Vec<u8>),
    /// Bytes that are no message at all.
    Garbage(bool),
    Cut,
}

#[derive(Clone, Copy, Debug)]
enum Answer {
    Confirm,
    Refuse,
    /// Confirms it, and then once more.
    Twice,
}

/// How the session begins. What happens then is not restricted by anything.
#[derive(Clone, Debug)]
struct Beginning {
    version: u32,
    asked: u32,
    offered: u32,
    heartbeats: bool,
}

struct Steps;

impl ReferenceStateMachine for Steps {
    type State = Beginning;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Beginning> {
        let services = prop_oneof![Just(u32::MAX), Just(0x20), Just(0x24), any::<u32>()];
        (9u32..=25, services.clone(), services, any::<bool>())
            .prop_map(|(version, asked, offered, heartbeats)| Beginning {
                version,
                asked,
                offered,
                heartbeats,
            })
            .boxed()
    }

    fn transitions(_: &Beginning) -> BoxedStrategy<Step> {
        let answer = prop_oneof![Just(Answer::Confirm), Just(Answer::Refuse), Just(Answer::Twice)];
        let bad = prop_oneof![
            // HEARTBEAT_REQ and HEARTBEAT_CONF cut short, answers that nobody asked for, unknown messages.
            Just(wire::message(5, &[], b"\0")),
            Just(wire::message(6, &[], b"\0")),
            (0u32..5).prop_map(|id| wire::message(108, &[id + 1000], b"")),
            (0u32..300).prop_map(|number| wire::message(number, &[], b"")),
        ];
        prop_oneof![
            6 => (0u32..8000).prop_map(Step::Pass),
            8 => prop_oneof![1usize..20, Just(usize::MAX)].prop_map(Step::Up),
            8 => prop_oneof![1usize..20, Just(usize::MAX)].prop_map(Step::Down),
            6 => Just(Step::Request),
            2 => Just(Step::Configure),
            6 => (any::<prop::sample::Index>(), answer).prop_map(|(which, answer)| Step::Answer(which, answer)),
            3 => Just(Step::Event),
            1 => Just(Step::Maintenance),
            1 => any::<bool>().prop_map(Step::AnswerMaintenance),
            2 => (any::<bool>(), bad).prop_map(|(up, bytes)| Step::Bad(up, bytes)),
            1 => prop_oneof![
                3 => Just(Step::Close),
                1 => Just(Step::Offline),
                1 => Just(Step::Dismiss),
                1 => any::<bool>().prop_map(Step::Garbage),
                1 => Just(Step::Cut),
            ],
        ]
        .boxed()
    }

    fn apply(state: Beginning, _: &Step) -> Beginning {
        state
    }
}

/// Both ends, the bytes between them, and what has to be true of them.
struct Pair {
    beginning: Beginning,
    now: Duration,
    client: TestClient,
    server: TestServer,
    /// Bytes on their way.
    up: Vec<u8>,
    down: Vec<u8>,
    /// Requests of the client without an outcome, and those with one.
    waiting: BTreeSet<(Option<u32>, u32)>,
    /// Requests of the server without an outcome.
    server_waiting: BTreeSet<u32>,
    replies: Vec<Responder>,
    maintenance: Option<Responder>,
    opened: bool,
    own_monitor: bool,
    client_end: Option<CloseReason>,
    server_end: Option<CloseReason>,
}

fn key(request: RequestId) -> (Option<u32>, u32) {
    (request.invoke_id.map(|id| id.0), request.message_type.0)
}

impl Pair {
    fn begin(beginning: &Beginning) -> Self {
        let open = OpenReq {
            version_number: VersionNumber(beginning.version),
            idle_timeout: 20,
            peripheral_id: Some(ged188::id::PeripheralId(1)),
            services_requested: CtiServiceMask::from_bits_retain(beginning.asked),
            client_id: Some("desk".into()),
            client_password: Some(Secret::new(Bytes(b""))),
            agent_extension: Some("5001".into()),
            ..Default::default()
        };
        let limits = Limits { requests: 4, output: 4096, ..Default::default() };
        let config = ClientConfig {
            heartbeat_interval: beginning.heartbeats.then(|| Duration::from_secs(5)),
            limits,
            ..Default::default()
        };
        let now = Duration::from_secs(1000);
        Self {
            beginning: beginning.clone(),
            now,
            client: TestClient::open(now, config, &open).unwrap(),
            server: TestServer::start(now, ServerConfig { limits, ..Default::default() }),
            up: Vec::new(),
            down: Vec::new(),
            waiting: BTreeSet::new(),
            server_waiting: BTreeSet::new(),
            replies: Vec::new(),
            maintenance: None,
            opened: false,
            own_monitor: false,
            client_end: None,
            server_end: None,
        }
    }

    /// Takes all events, and the bytes to send.
    fn settle(&mut self) {
        while let Some(event) = self.client.poll() {
            assert_eq!(self.client_end, None, "nothing comes after the end: {event:?}");
            match event {
                ClientEvent::Opened(_) => {
                    assert!(!self.opened, "a session opens once");
                    self.opened = true;
                }
                ClientEvent::Response(Response { request, result }) => {
                    assert!(self.opened || result.is_err());
                    assert!(self.waiting.remove(&key(request)), "one outcome for {request:?}");
                }
                ClientEvent::Received(message) => {
                    assert!(self.opened || matches!(message, Message::FailureEvent(_)), "{message:?}");
                }
                ClientEvent::Requested { responder, message } => {
                    assert!(self.opened, "{message:?}");
                    self.maintenance = Some(responder);
                }
                // Where events were granted, the session has a monitor of its own.
                ClientEvent::MonitorStarted { target, result, .. } => {
                    assert_eq!((self.own_monitor, target, result.is_ok()), (false, None, true));
                    self.own_monitor = true;
                }
                ClientEvent::MonitorEnded { target, .. } => {
                    assert_eq!((self.own_monitor, target), (true, None));
                    self.own_monitor = false;
                }
                ClientEvent::Closed(end) => {
                    assert!(!self.own_monitor);
                    self.client_end = Some(end);
                }
                ClientEvent::Unexpected(_)
                | ClientEvent::Malformed { .. }
                | ClientEvent::HeartbeatMissed { .. } => {}
                other => panic!("unexpected: {other:?}"),
            }
        }
        while let Some(event) = self.server.poll() {
            assert_eq!(self.server_end, None, "nothing comes after the end: {event:?}");
            match event {
                ServerEvent::OpenRequested(_) => {
                    let services_granted = CtiServiceMask::from_bits_retain(self.beginning.offered);
                    let conf = OpenConf { services_granted, ..Default::default() };
                    self.server.accept(self.now, &conf).unwrap();
                }
                ServerEvent::Requested { responder, .. } => self.replies.push(responder),
                ServerEvent::NotAnswered(request) => {
                    self.replies.retain(|responder| responder.invoke_id() != request.invoke_id);
                }
                ServerEvent::Response(Response { request, .. }) => {
                    assert!(self.server_waiting.remove(&request.invoke_id.unwrap().0), "{request:?}");
                }
                ServerEvent::Closed(end) => self.server_end = Some(end),
                ServerEvent::Received(_)
                | ServerEvent::Unexpected(_)
                | ServerEvent::Malformed { .. }
                | ServerEvent::Rejected { .. }
                | ServerEvent::MonitorRejected { .. } => {}
                other => panic!("unexpected: {other:?}"),
            }
        }
        self.up.extend(self.client.sent());
        self.down.extend(self.server.sent());
        self.check();
    }

    /// What is true whenever all events have been taken.
    fn check(&self) {
        let (client, server) = (&self.client, &self.server);
        for granted in [client.granted(), server.granted()] {
            let mut allowed = self.beginning.asked;
            if allowed & 4 != 0 {
                allowed |= 0x2000;
            }
            assert_eq!(granted.bits() & !allowed, 0, "granted ⊆ asked");
        }
        for deadline in [client.deadline(), server.deadline()].into_iter().flatten() {
            assert!(deadline > self.now, "what is due has been done");
        }
        assert_eq!(client.is_closed(), self.client_end.is_some());
        assert_eq!(server.is_closed(), self.server_end.is_some());
        assert_eq!(client.is_open(), client.is_open() && self.opened && !client.is_closed());
        assert_eq!(client.pending_requests(), if client.is_closed() { 0 } else { self.waiting.len() });
        if client.is_closed() {
            assert!(self.waiting.is_empty(), "no request is without outcome: {:?}", self.waiting);
        }
        assert!(client.pending_requests() <= 5 && server.pending_requests() <= 4, "limits");
    }

    /// Lets bytes arrive.
    fn carry_up(&mut self, count: usize) {
        let count = count.min(self.up.len());
        for piece in self.up.drain(..count).collect::<Vec<_>>().chunks(1000) {
            self.server.receive(self.now, piece);
            self.settle();
        }
    }

    fn carry_down(&mut self, count: usize) {
        let count = count.min(self.down.len());
        for piece in self.down.drain(..count).collect::<Vec<_>>().chunks(1000) {
            self.client.receive(self.now, piece);
            self.settle();
        }
    }

    /// Lets time pass, deadline by deadline. They are exact: before one nothing happens, at one something does.
    fn pass(&mut self, until: Duration) {
        loop {
            let next = [self.client.deadline(), self.server.deadline()].into_iter().flatten().min();
            let Some(next) = next.filter(|next| *next <= until) else { break };
            let before = next - Duration::from_nanos(1);
            self.client.tick(before);
            self.server.tick(before);
            assert_eq!(self.client.poll(), None, "too early");
            assert_eq!(self.server.poll(), None, "too early");
            assert!(self.client.output().is_empty() && self.server.output().is_empty(), "too early");
            let deadlines = (self.client.deadline(), self.server.deadline());
            self.now = next;
            self.client.tick(next);
            self.server.tick(next);
            self.settle();
            assert_ne!((self.client.deadline(), self.server.deadline()), deadlines, "something was due");
        }
        self.now = until;
        self.client.tick(until);
        self.server.tick(until);
        self.settle();
    }

    fn step(&mut self, step: Step) {
        let now = self.now;
        match step {
            Step::Pass(milliseconds) => self.pass(now + Duration::from_millis(milliseconds.into())),
            Step::Up(count) => self.carry_up(count),
            Step::Down(count) => self.carry_down(count),
            Step::Request | Step::Configure => {
                let asked = match step {
                    Step::Request => {
                        let text = UserMessageReq { text: Some("hello".into()), ..Default::default() };
                        self.client.request(now, &text).map(|request| request.id())
                    }
                    _ => self
                        .client
                        .request(now, &ConfigRequestKeyEvent::default())
                        .map(|request| request.id()),
                };
                match asked {
                    Ok(request) => assert!(self.waiting.insert(key(request)), "InvokeIDs do not collide"),
                    Err(SendError::NotOpen) => assert!(!self.client.is_open()),
                    Err(SendError::TooManyRequests { .. }) => assert!(!self.waiting.is_empty()),
                    Err(SendError::Encode(_)) => assert!(self.beginning.version < 10),
                    Err(error) => panic!("{error}"),
                }
            }
            Step::Close => {
                let closed = self.client.close(now, StatusCode::E_CTI_NO_ERROR);
                assert!(closed.is_ok() || !self.client.is_open());
            }
            Step::Answer(which, answer) => {
                if !self.replies.is_empty() {
                    let responder = self.replies.swap_remove(which.index(self.replies.len()));
                    let id = responder.invoke_id();
                    let sent = match (id, answer) {
                        (Some(id), Answer::Twice) => {
                            self.settle();
                            self.down.extend(wire::message(108, &[id.0], b""));
                            self.server.confirm(now, responder, &UserMessageConf::default())
                        }
                        (Some(_), Answer::Confirm) => {
                            self.server.confirm(now, responder, &UserMessageConf::default())
                        }
                        (None, Answer::Confirm) => {
                            self.server.confirm(now, responder, &ConfigKeyEvent::default())
                        }
                        _ => self.server.refuse(now, responder, StatusCode::E_CTI_CLIENT_NOT_FOUND),
                    };
                    assert!(sent.is_ok() || !self.server.is_open());
                }
            }
            Step::Event => {
                let sent = self.server.send(now, &SystemEvent::default());
                assert!(sent.is_ok() || !self.server.is_open());
            }
            Step::Maintenance => match self.server.request(now, &ActiveMaintenanceReq::default()) {
                Ok(request) => assert!(self.server_waiting.insert(request.id().invoke_id.unwrap().0)),
                Err(SendError::Encode(_)) => assert!(self.beginning.version < 24),
                Err(SendError::TooManyRequests { pending }) => assert_eq!(pending, 4),
                Err(_) => assert!(!self.server.is_open()),
            },
            Step::AnswerMaintenance(yes) => {
                if let Some(responder) = self.maintenance.take() {
                    let answer =
                        ActiveMaintenanceResp { maintenance_mode_accepted: yes.into(), ..Default::default() };
                    match self.client.confirm(now, responder, &answer) {
                        Ok(()) | Err(SendError::TooLate) => {}
                        Err(error) => assert!(self.client.is_closed(), "{error}"),
                    }
                }
            }
            Step::Offline => self.server.go_offline(now),
            Step::Dismiss => self.server.dismiss(now, StatusCode::E_CTI_NEW_SESSION_OPENED),
            Step::Bad(true, bytes) => self.up.extend(bytes),
            Step::Bad(false, bytes) => self.down.extend(bytes),
            Step::Garbage(true) => self.up.extend([0xFF; 8]),
            Step::Garbage(false) => self.down.extend([0xFF; 8]),
            Step::Cut => {
                self.client.disconnected(now);
                self.server.disconnected(now);
            }
        }
        self.settle();
    }

    /// Lets everything arrive and hangs up where one end is over; then both ends have to agree.
    fn end(&mut self) {
        while !self.up.is_empty() || !self.down.is_empty() {
            self.carry_up(usize::MAX);
            self.carry_down(usize::MAX);
        }
        if self.client.is_closed() || self.server.is_closed() {
            self.client.disconnected(self.now);
            self.server.disconnected(self.now);
            self.settle();
            assert!(self.client.is_closed() && self.server.is_closed());
            assert!(self.waiting.is_empty() && self.server_waiting.is_empty());
        } else {
            assert_eq!(self.client.is_open(), self.server.is_open() && self.opened);
            assert_eq!(self.client.granted(), self.server.granted());
            assert_eq!(self.client.version(), self.server.version());
        }
    }
}

impl StateMachineTest for Pair {
    type SystemUnderTest = Self;
    type Reference = Steps;

    fn init_test(beginning: &Beginning) -> Self {
        let mut pair = Self::begin(beginning);
        pair.settle();
        pair
    }

    fn apply(mut pair: Self, _: &Beginning, step: Step) -> Self {
        pair.step(step);
        pair
    }

    fn teardown(mut pair: Self, _: Beginning) {
        pair.end();
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn both_ends_agree(sequential 1..120 => Pair);
}
