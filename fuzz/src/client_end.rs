//! A client with an application that does anything, and what has to be true of it at any time.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::time::Duration;

use ged188::client::{MonitorError, MonitorState};
use ged188::id::InvokeId;
use ged188::message::MESSAGES;
use ged188::named_values::{CallEventMask, More, StatusCode};
use ged188::schema::Sender;
use ged188::session::Limits;
use ged188::{
    Client, ClientConfig, ClientEvent, Input, Masks, Message, MessageType, MonitorKey, ProtocolVersion,
    RequestError, RequestId, Responder, Response, SendError,
};

use crate::chance::Chance;
use crate::events;
use crate::outgoing::Outgoing;
use crate::peer;

/// Small limits, so that they are met.
pub const LIMITS: Limits = Limits { output: 2048, requests: 6, early_events: 4096, monitors: 12, calls: 2 };

/// The longest body that is taken.
pub const BODY: usize = 2048;

/// What an answer that may still come leaves behind.
const TIMED_OUT: MonitorError = MonitorError::Request(RequestError::TimedOut);

/// A client with its application.
#[derive(Debug)]
pub struct ClientEnd {
    pub client: Client,
    input: Input,
    now: Duration,
    outgoing: Outgoing,
    /// Requests on the wire, for a server that is made up.
    pub asked: VecDeque<(InvokeId, MessageType)>,
    /// Requests without an outcome.
    waiting: HashSet<RequestId>,
    monitors: BTreeMap<MonitorKey, MonitorState>,
    /// Monitors that have not let the end of their call through at some time.
    deaf: BTreeSet<MonitorKey>,
    responders: Vec<Responder>,
    opened: bool,
    ended: bool,
    /// What there was to restore, and how much of it has an outcome.
    planned: usize,
    restored: Option<usize>,
    /// The most events that there can be so far.
    credit: usize,
    /// Events that came, by MonitorID.
    pub heard: BTreeMap<u32, u64>,
    /// Events for monitors that do not exist.
    pub unknown: u64,
    /// Whether an answer was given up that may still come.
    pub impatient: bool,
}

impl ClientEnd {
    /// A client that has connected; `None` if its OPEN_REQ is not allowed.
    pub fn open(
        chance: &mut Chance<'_>,
        version: ProtocolVersion,
        limits: Limits,
        now: Duration,
    ) -> Option<Self> {
        let options = chance.byte();
        let config = ClientConfig {
            heartbeat_interval: (options & 3 != 0).then(|| Duration::from_secs(u64::from(options & 7))),
            first_invoke_id: InvokeId(if options & 8 == 0 { 1 } else { u32::MAX - 2 }),
            limits,
            ..Default::default()
        };
        let open = events::open_req(chance, version.number());
        let client = Client::open(now, config, &open).ok()?;
        let mut end = Self {
            client,
            input: Input::new(BODY),
            now,
            outgoing: Outgoing::new(Sender::Client, limits.output),
            asked: VecDeque::new(),
            waiting: HashSet::new(),
            monitors: BTreeMap::new(),
            deaf: BTreeSet::new(),
            responders: Vec::new(),
            opened: false,
            ended: false,
            planned: 0,
            restored: None,
            credit: 8,
            heard: BTreeMap::new(),
            unknown: 0,
            impatient: false,
        };
        end.look();
        Some(end)
    }

    /// The client connects again, with the monitors that it had.
    pub fn open_again(&self, chance: &mut Chance<'_>, limits: Limits) -> Option<Self> {
        let mut plan = self.client.plan();
        let calls = chance.byte() & 1 == 0;
        plan.retain(|monitor| calls || !matches!(monitor.target, ged188::Target::Call { .. }));
        let mut next = Self::open(chance, self.client.version(), limits, self.now)?;
        (next.planned, next.restored) = (plan.len(), Some(0));
        next.credit += 4 * plan.len() + 4;
        next.client.restore(plan).unwrap();
        Some(next)
    }

    /// Bytes arrive.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.input.push(bytes);
        self.credit += bytes.len() / 8 + 1;
    }

    /// The transport ends.
    pub fn disconnect(&mut self) {
        self.client.disconnected(self.now);
    }

    /// Time passes. Before the deadline there is nothing to do, from then on there is.
    pub fn pass(&mut self, time: Duration) {
        self.settle();
        self.now += time;
        // A heartbeat may have been missed.
        self.credit += 1;
        let deadline = self.client.deadline();
        let waiting = self.client.output().len();
        let told = self.settle();
        let done = told > 0 || self.client.output().len() > waiting;
        assert_eq!(done, deadline.is_some_and(|deadline| deadline <= self.now), "the deadline is exact");
    }

    /// How long there is nothing to do.
    pub fn until_deadline(&self) -> Duration {
        self.client.deadline().map_or(Duration::from_secs(1), |deadline| deadline.saturating_sub(self.now))
    }

    /// Bytes have been sent.
    pub fn transmitted(&mut self, count: usize) {
        let count = count.min(self.client.output().len());
        self.client.consume_output(count);
        self.outgoing.transmitted(count);
    }

    /// The application does something.
    pub fn act(&mut self, chance: &mut Chance<'_>) {
        let now = self.now;
        self.credit += 4;
        match chance.below(16) {
            0..5 => {
                let (target, masks) = (events::target(chance), events::masks(chance));
                if let Ok(key) = self.client.start_monitor(now, None, target, masks) {
                    assert_eq!(self.monitors.insert(key, MonitorState::Starting), None, "keys are unique");
                    self.note_deafness(key, masks);
                }
            }
            5 | 6 => {
                let Some(key) = self.any_monitor(chance) else { return };
                match self.client.stop_monitor(now, key) {
                    Ok(()) => self.go(key, MonitorState::Live, MonitorState::Stopping),
                    Err(error) => self.check_refusal(key, error),
                }
            }
            7 | 8 => {
                let Some(key) = self.any_monitor(chance) else { return };
                let masks = events::masks(chance);
                match self.client.change_monitor(now, key, masks) {
                    Ok(()) => {
                        self.go(key, MonitorState::Live, MonitorState::Changing);
                        self.note_deafness(key, masks);
                    }
                    Err(error) => self.check_refusal(key, error),
                }
            }
            9..13 => {
                let Some(message) = chance.any_message(self.client.version()) else { return };
                match self.client.request(now, &message) {
                    Ok(request) => assert!(self.waiting.insert(request.id()), "InvokeIDs do not collide"),
                    Err(SendError::TooManyRequests { .. }) => assert_ne!(self.client.pending_requests(), 0),
                    Err(SendError::OutputFull { pending }) => {
                        let waiting = self.client.output().len();
                        assert!(pending == waiting || waiting == 0);
                    }
                    Err(_) => {}
                }
            }
            13 => {
                let Some(responder) = self.responders.pop() else { return };
                let Some(answer) = peer::reply_to(responder.message_type()) else { return };
                let Some(answer) = chance.message(self.client.version(), answer) else { return };
                let _ = self.client.confirm(now, responder, &answer);
            }
            14 => {
                let Some(message) = chance.any_message(self.client.version()) else { return };
                let _ = self.client.send(now, &message);
            }
            _ if chance.byte() % 4 == 0 => {
                let closed = self.client.close(now, StatusCode::E_CTI_NO_ERROR);
                assert!(closed.is_ok() || !self.client.is_open() || !self.has_room());
            }
            _ => {}
        }
        self.look();
    }

    fn state(&self, key: MonitorKey) -> Option<MonitorState> {
        self.client.monitor(key).map(|monitor| monitor.state())
    }

    fn has_room(&self) -> bool {
        self.client.output().len() < LIMITS.output
    }

    fn any_monitor(&mut self, chance: &mut Chance<'_>) -> Option<MonitorKey> {
        let at = chance.below(self.monitors.len());
        self.monitors.keys().nth(at).copied()
    }

    fn note_deafness(&mut self, key: MonitorKey, masks: Masks) {
        if !masks.calls.contains(CallEventMask::END_CALL_MASK) {
            self.deaf.insert(key);
        }
    }

    /// What is asked of a live monitor of an open session is asked, if there is room.
    fn check_refusal(&self, key: MonitorKey, error: SendError) {
        if error == SendError::NotOpen {
            assert!(!self.client.is_open() || self.state(key) != Some(MonitorState::Live));
        }
    }

    fn go(&mut self, key: MonitorKey, from: MonitorState, to: MonitorState) {
        assert_eq!(self.monitors.insert(key, to), Some(from), "{key:?} to {to:?}");
    }

    fn look(&mut self) {
        let asked = &mut self.asked;
        let client = &self.client;
        self.outgoing.look(client.version(), client.output(), false, |message| {
            asked.extend(message.invoke_id().map(|id| (id, message.message_type())));
        });
        while asked.len() > 64 {
            asked.pop_front();
        }
    }

    /// Takes all events; returns how many.
    pub fn settle(&mut self) -> usize {
        let mut told = 0;
        while let Some(event) = self.client.poll(self.now, &mut self.input) {
            told += 1;
            self.credit = self.credit.checked_sub(1).expect("events come to an end");
            assert!(!self.ended, "nothing comes after the end: {event:?}");
            match event {
                ClientEvent::MonitorStarted { monitor, target, result: Ok(_), previous_id } => {
                    let first = self.monitors.insert(monitor, MonitorState::Live);
                    if target.is_none() {
                        assert_eq!(first, None);
                    } else if first.is_none() {
                        // Those that are restored are started by the session itself.
                        assert!(self.planned > 0);
                        self.restored = self.restored.map(|count| count + 1);
                    } else {
                        assert_eq!((first, previous_id), (Some(MonitorState::Starting), None));
                    }
                }
                ClientEvent::MonitorStarted { monitor, result: Err(error), .. } => {
                    let first = self.monitors.remove(&monitor);
                    assert!(first == Some(MonitorState::Starting) || (first.is_none() && self.planned > 0));
                    if first.is_none() {
                        self.restored = self.restored.map(|count| count + 1);
                    }
                    self.impatient |= error == TIMED_OUT;
                }
                ClientEvent::MonitorChanged { monitor, result: Ok(_), .. } => {
                    let now = self.client.monitor(monitor).map(|monitor| monitor.state());
                    let state = self.monitors.get_mut(&monitor).expect("it is there");
                    if *state == MonitorState::Changing && now != Some(MonitorState::Changing) {
                        *state = MonitorState::Live;
                    } else {
                        assert!(self.impatient, "only what comes too late changes it otherwise");
                    }
                }
                ClientEvent::MonitorChanged { monitor, result: Err(error), .. } => {
                    let before = self.monitors.insert(monitor, MonitorState::Live);
                    assert_eq!(before, Some(MonitorState::Changing));
                    self.impatient |= error == TIMED_OUT;
                }
                ClientEvent::MonitorStopped { monitor, result: Err(error), .. } => {
                    let before = self.monitors.insert(monitor, MonitorState::Live);
                    assert_eq!(before, Some(MonitorState::Stopping));
                    self.impatient |= error == TIMED_OUT;
                }
                ClientEvent::MonitorStopped { monitor, result: Ok(_), .. } => {
                    let state = self.monitors.remove(&monitor);
                    assert!(state == Some(MonitorState::Stopping) || (state.is_some() && self.impatient));
                }
                ClientEvent::MonitorEnded { monitor, .. } => {
                    assert!(self.monitors.remove(&monitor).is_some(), "a monitor ends once");
                }
                ClientEvent::MonitorEvent { monitor, message, .. } => {
                    let state = self.monitors.get(&monitor);
                    assert!(state.is_some_and(|state| *state != MonitorState::Starting), "{state:?}");
                    let id = message.monitor_id().expect("an event for a monitor");
                    // Those of the All Events service have none.
                    if id.0 != 0 {
                        *self.heard.entry(id.0).or_default() += 1;
                    }
                }
                ClientEvent::UnknownMonitor { id, .. } => {
                    *self.heard.entry(id.0).or_default() += 1;
                    self.unknown += 1;
                }
                ClientEvent::Restored { started, failed, .. } => {
                    assert_eq!(started + failed, self.planned);
                    assert_eq!(self.restored.take(), Some(self.planned), "each was reported");
                }
                ClientEvent::Opened(_) => {
                    assert!(!std::mem::replace(&mut self.opened, true), "a session opens once");
                }
                ClientEvent::Response(Response { request, result }) => match result {
                    // More of the list follows.
                    Ok(Message::ListAgentTeamConf(conf)) if conf.more != More::LAST => {
                        assert!(self.waiting.contains(&request), "it waits: {request:?}");
                    }
                    result => {
                        let is_first = self.waiting.remove(&request);
                        // Each server that records confirms.
                        let may_repeat = matches!(
                            result,
                            Ok(Message::StartRecordingConf(_) | Message::StopRecordingConf(_))
                        );
                        assert!(is_first || may_repeat, "one outcome for {request:?}");
                    }
                },
                ClientEvent::Requested { responder, .. } => self.responders.push(responder),
                ClientEvent::HeartbeatMissed { unconfirmed } => {
                    assert!((1..=2).contains(&unconfirmed) && self.client.is_open());
                }
                ClientEvent::Closed(_) => self.ended = true,
                ClientEvent::Received(_) | ClientEvent::Unexpected(_) | ClientEvent::Malformed { .. } => {}
                other => panic!("unknown to this test: {other:?}"),
            }
        }
        self.look();
        self.check();
        told
    }

    /// What is true whenever all events have been taken.
    fn check(&self) {
        let session = &self.client;
        if let Some(deadline) = self.client.deadline() {
            assert!(deadline > self.now, "what is due has been done");
        }
        assert_eq!(self.client.is_closed(), self.ended);
        assert!(session.pending_requests() <= LIMITS.requests + 1);
        assert!(session.is_open() <= self.opened);
        let mut starting = 0;
        for (key, monitor) in self.client.monitors() {
            let state = monitor.state();
            starting += usize::from(state == MonitorState::Starting);
            let known = self.monitors.get(&key);
            let restoring = state == MonitorState::Starting && self.restored.is_some();
            assert!(known == Some(&state) || (known.is_none() && restoring), "{state:?}, not {known:?}");
        }
        let known = self.monitors.keys().filter(|key| self.state(**key).is_some()).count();
        assert_eq!(known, self.monitors.len(), "a monitor is not forgotten");
        if self.ended {
            assert!(self.waiting.is_empty() && self.monitors.is_empty());
            assert_eq!(self.client.deadline(), None);
        }
        // Nothing is in the way of what is left to restore.
        let idle = session.pending_requests() == 0 && self.client.output().is_empty() && starting == 0;
        assert!(!(session.is_open() && idle && self.restored.is_some()), "the restoring comes to an end");
    }

    /// The MonitorIDs of live monitors, and those of them that may not have heard of the end of their call.
    pub fn live(&self) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let ids = |deaf: bool| {
            let keys = self.monitors.keys().filter(|key| !deaf || self.deaf.contains(key));
            keys.filter_map(|key| self.client.monitor(*key)?.id()).map(|id| id.0).collect()
        };
        (ids(false), ids(true))
    }

    /// Whether a monitor ever let the end of its call not through.
    pub fn was_deaf(&self) -> bool {
        !self.deaf.is_empty()
    }

    /// A message as a server might send it now: an answer to one of the requests, or anything.
    pub fn heard_of(&mut self, chance: &mut Chance<'_>) -> Vec<u8> {
        let version = self.client.version();
        let (kind, monitor_id) = (chance.byte(), u32::from(chance.byte() % 8));
        let asked = self.asked.remove(chance.below(self.asked.len()));
        let answer = asked.and_then(|(id, asked)| {
            let refused =
                if kind & 8 == 0 { MessageType::FAILURE_CONF } else { MessageType::CONTROL_FAILURE_CONF };
            let confirmed =
                peer::reply_to(asked).unwrap_or(MESSAGES[chance.below(MESSAGES.len())].message_type);
            Some((id, chance.message(version, if kind & 7 == 1 { refused } else { confirmed })?))
        });
        match (kind & 7, answer) {
            (0..5, Some((id, mut message))) => {
                if let Message::OpenConf(conf) = &mut message {
                    conf.services_granted = events::services(chance);
                }
                peer::bytes_of(&message, version, Some(id.0), Some(monitor_id))
            }
            (5, _) => {
                let event = events::call_event(chance);
                peer::bytes_of(&event, version, None, Some(monitor_id))
            }
            _ => match chance.any_message(version) {
                Some(message) => {
                    let id = u32::from(chance.byte() % 16);
                    peer::bytes_of(&message, version, Some(id), Some(monitor_id))
                }
                None => Vec::new(),
            },
        }
    }
}
