//! A server with an application that does anything, and what has to be true of it at any time.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::Duration;

use ged188::id::{InvokeId, MonitorId, PeripheralId, SessionId, TeamId};
use ged188::message::OpenConf;
use ged188::named_values::{ControlFailureCode, CtiServiceMask, DeviceIdType, SessionType, StatusCode};
use ged188::schema::Sender;
use ged188::server::Strictness;
use ged188::session::Limits;
use ged188::{
    Encode, Input, Masks, Message, MessageType, ProtocolVersion, RequestId, Responder, Response, Server,
    ServerConfig, ServerEvent, Target,
};

use crate::chance::Chance;
use crate::client_end::BODY;
use crate::events;
use crate::outgoing::Outgoing;
use crate::peer;

/// A device that is watched.
type Device = (DeviceIdType, Vec<u8>);

/// A monitor, or the wish for one; the device if it is one of a device.
#[derive(Clone, Debug)]
struct Watch {
    peripheral_id: Option<PeripheralId>,
    device: Option<Device>,
    masks: Masks,
}

/// A request that the application has to answer.
#[derive(Debug)]
struct Owed {
    responder: Responder,
    /// What is to be watched, if it is a request for a monitor.
    watch: Option<Watch>,
}

/// A server with its application.
#[derive(Debug)]
pub struct ServerEnd {
    pub server: Server,
    input: Input,
    now: Duration,
    outgoing: Outgoing,
    deciding: bool,
    owed: Vec<Owed>,
    monitors: BTreeMap<MonitorId, Watch>,
    /// Whether the open made a monitor, and the MonitorID in OPEN_CONF.
    open_monitor: bool,
    open_id: Option<u32>,
    /// Requests without an outcome.
    waiting: HashSet<RequestId>,
    opened: bool,
    disconnected: bool,
    ended: bool,
    /// The most events that there can be so far.
    credit: usize,
    /// Events that were put out, by MonitorID.
    pub delivered: BTreeMap<u32, u64>,
    /// Whether the application has done what the client cannot know.
    pub secretive: bool,
}

impl ServerEnd {
    /// A server to which a client has connected.
    pub fn new(chance: &mut Chance<'_>, limits: Limits, now: Duration) -> Self {
        let options = chance.byte();
        let config = ServerConfig {
            strictness: if options & 1 == 0 { Strictness::Liberal } else { Strictness::Strict },
            open_timeout: (options & 2 == 0).then(|| Duration::from_secs(60)),
            session_type: match options & 0x1C {
                0x04 => SessionType::ACTIVE,
                0x08 => SessionType::STANDBY,
                _ => SessionType::UNKNOWN,
            },
            limits,
            ..Default::default()
        };
        Self {
            server: Server::new(now, config),
            input: Input::new(BODY),
            now,
            outgoing: Outgoing::new(Sender::Server, limits.output),
            deciding: false,
            owed: Vec::new(),
            monitors: BTreeMap::new(),
            open_monitor: false,
            open_id: None,
            waiting: HashSet::new(),
            opened: false,
            disconnected: false,
            ended: false,
            credit: 8,
            delivered: BTreeMap::new(),
            secretive: false,
        }
    }

    /// Bytes arrive.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.input.push(bytes);
        self.credit += bytes.len() / 8 + 1;
    }

    /// The transport ends.
    pub fn disconnect(&mut self) {
        self.disconnected = true;
        self.server.disconnected(self.now);
    }

    /// How long there is nothing to do.
    pub fn until_deadline(&self) -> Duration {
        self.server.deadline().map_or(Duration::from_secs(1), |deadline| deadline.saturating_sub(self.now))
    }

    /// Time passes. Before the deadline there is nothing to do, from then on there is.
    pub fn pass(&mut self, time: Duration) {
        self.settle();
        self.now += time;
        let deadline = self.server.deadline();
        let waiting = self.server.output().len();
        let told = self.settle();
        let done = told > 0 || self.server.output().len() > waiting;
        assert_eq!(done, deadline.is_some_and(|deadline| deadline <= self.now), "the deadline is exact");
    }

    /// Bytes have been sent.
    pub fn transmitted(&mut self, count: usize) {
        let count = count.min(self.server.output().len());
        self.server.consume_output(count);
        self.outgoing.transmitted(count);
    }

    /// The application does something.
    pub fn act(&mut self, chance: &mut Chance<'_>) {
        let now = self.now;
        self.credit += 4;
        let version = self.server.version();
        match chance.below(32) {
            0..4 => self.accept(events::services(chance)),
            4..12 => self.answer(chance),
            12..17 => self.deliver(&events::call_event(chance)),
            17..20 => self.deliver_agent_event(chance.device()),
            20..22 => {
                if let Some(event) = chance.any_message(version) {
                    self.deliver(&event);
                }
            }
            22..24 => {
                let target = match chance.byte() % 8 {
                    id @ 0..4 => Target::Session(SessionId(id.into())),
                    id => Target::Team(TeamId(u32::from(id % 4))),
                };
                let event = events::call_event(chance);
                let _ = self.server.deliver_to(now, target, &event);
                self.look(true);
            }
            24 => {
                let Some(message) = chance.any_message(version) else { return };
                if let Ok(request) = self.server.request(now, &message) {
                    assert!(self.waiting.insert(request.id()), "InvokeIDs do not collide");
                }
            }
            25 => {
                let Some(message) = chance.any_message(version) else { return };
                self.secretive |= self.server.send(now, &message).is_ok();
            }
            26 => {
                let at = chance.below(self.monitors.len());
                let Some(&id) = self.monitors.keys().nth(at) else { return };
                self.secretive = true;
                assert!(self.server.terminate_monitor(now, id), "{id:?} is there");
                assert!(!self.server.terminate_monitor(now, id), "and ends once");
                self.monitors.remove(&id);
            }
            27 => {
                // Of the monitors that end, no identifier is given; so this is not followed further.
                if chance.byte() % 4 == 0 {
                    self.server.become_active(now);
                    self.secretive = true;
                } else {
                    self.server.set_session_id(SessionId(u32::from(chance.byte() % 4)));
                }
            }
            28 => {
                if let Some(id) = self.server.start_task_monitor() {
                    let watch = Watch { peripheral_id: None, device: None, masks: Masks::ALL };
                    self.monitors.insert(id, watch);
                    self.secretive = true;
                }
            }
            _ => match chance.byte() % 16 {
                0 => self.server.dismiss(now, StatusCode::E_CTI_NEW_SESSION_OPENED),
                1 => self.server.dismiss(now, StatusCode::E_CTI_UNSPECIFIED_FAILURE),
                2 => self.server.go_offline(now),
                3 => {
                    let _ = self.server.refuse_open(now, StatusCode::E_CTI_INVALID_PASSWORD);
                    self.deciding = false;
                }
                _ => {}
            },
        }
        self.look(false);
    }

    /// Opens the session, if the client waits for it.
    pub fn accept(&mut self, granted: CtiServiceMask) {
        let was_open = self.server.is_open();
        let before = self.server.monitor_count();
        let accepted =
            self.server.accept(self.now, &OpenConf { services_granted: granted, ..Default::default() });
        if accepted.is_ok() {
            assert!(std::mem::replace(&mut self.deciding, false), "the client waits for it");
            self.open_monitor = self.server.monitor_count() > before;
        } else {
            assert_eq!(self.server.is_open(), was_open);
            assert_eq!(self.server.monitor_count(), before, "nothing happens");
        }
    }

    /// Whether the client waits for something that the application has to do.
    pub fn owes(&self) -> bool {
        self.deciding || !self.owed.is_empty()
    }

    /// Answers one of the requests.
    pub fn answer(&mut self, chance: &mut Chance<'_>) {
        if self.owed.is_empty() {
            return;
        }
        let how = chance.byte();
        let at = chance.below(self.owed.len());
        let Owed { responder, watch } = self.owed.remove(at);
        let (now, version) = (self.now, self.server.version());
        match watch {
            Some(watch) => {
                if how % 4 == 3 {
                    let _ = self.server.refuse(now, responder, StatusCode::E_CTI_INVALID_DEVICE);
                } else if let Ok(id) = self.server.start_monitor(now, responder) {
                    assert!(id.0 != 0);
                    assert!(self.monitors.insert(id, watch).is_none(), "MonitorIDs are unique");
                }
            }
            None => match how % 4 {
                0 => {
                    let _ = self.server.refuse(now, responder, StatusCode::E_CTI_INVALID_DEVICE);
                }
                1 => {
                    let _ = self.server.refuse_control(now, responder, ControlFailureCode(1), 7);
                }
                _ => {
                    let answer = peer::reply_to(responder.message_type())
                        .and_then(|reply| chance.message(version, reply));
                    let _ = answer.map(|answer| self.server.confirm(now, responder, &answer));
                }
            },
        }
        self.look(false);
    }

    fn deliver(&mut self, event: &impl Encode) {
        if let Ok(delivery) = self.server.deliver(self.now, event) {
            for id in delivery.ended {
                assert!(self.monitors.remove(id).is_some(), "{id:?} ends once");
            }
        }
        self.look(true);
    }

    /// Delivers the event of an agent, which monitors of its device get, each once, and nobody else.
    fn deliver_agent_event(&mut self, extension: &'static [u8]) {
        let event = events::agent_event(extension);
        let expected: BTreeSet<u32> = self
            .monitors
            .iter()
            .filter(|(_, watch)| {
                let trunks =
                    [DeviceIdType::DEVID_TRUNK_IDENTIFIER, DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER];
                events::agent_event_passes(watch.masks)
                    && watch.peripheral_id.is_none_or(|id| event.peripheral_id.is_none_or(|at| at == id))
                    && watch
                        .device
                        .as_ref()
                        .is_some_and(|(kind, id)| !trunks.contains(kind) && id == extension)
            })
            .map(|(id, _)| id.0)
            .collect();
        self.look(false);
        let before = self.delivered.clone();
        let delivery = self.server.deliver(self.now, &event).map(|delivery| delivery.messages);
        self.look(true);
        let mut got = BTreeSet::new();
        for (id, count) in &self.delivered {
            let more = count - before.get(id).unwrap_or(&0);
            assert!(more <= 1, "each monitor gets it once");
            if more == 1 {
                got.insert(*id);
            }
        }
        let granted = self.server.granted();
        let all_events = granted.contains(CtiServiceMask::CTI_SERVICE_ALL_EVENTS);
        match delivery {
            Ok(messages) if self.disconnected => {
                assert!(messages >= expected.len());
                assert!(got.is_empty(), "output is gone with the transport");
            }
            // What the open's own monitor gets is not known here; with All Events it has no identifier.
            Ok(_) if self.open_monitor || all_events => assert!(got.is_superset(&expected)),
            Ok(messages) => assert_eq!((messages, got), (expected.len(), expected)),
            Err(_) => assert!(got.is_empty()),
        }
    }

    fn look(&mut self, one_for_all: bool) {
        let (delivered, open_id) = (&mut self.delivered, &mut self.open_id);
        let server = &self.server;
        self.outgoing.look(server.version(), server.output(), one_for_all, |message| {
            if let (Some(id), None) = (message.monitor_id(), message.invoke_id()) {
                *delivered.entry(id.0).or_default() += 1;
            }
            if let Message::OpenConf(conf) = message {
                *open_id = Some(conf.monitor_id.0);
            }
        });
    }

    /// Takes all events; returns how many.
    pub fn settle(&mut self) -> usize {
        let mut told = 0;
        while let Some(event) = self.server.poll(self.now, &mut self.input) {
            told += 1;
            self.credit = self.credit.checked_sub(1).expect("events come to an end");
            assert!(!self.ended, "nothing comes after the end: {event:?}");
            match event {
                ServerEvent::MonitorRequested { responder, peripheral_id, target, masks } => {
                    let device = match target {
                        Target::Device { device_type, device_id } => {
                            Some((device_type, device_id.as_bytes().to_vec()))
                        }
                        _ => None,
                    };
                    self.owed.push(Owed { responder, watch: Some(Watch { peripheral_id, device, masks }) });
                }
                ServerEvent::MonitorStopped { id, .. } => {
                    assert!(self.monitors.remove(&id).is_some(), "{id:?} was there");
                }
                ServerEvent::MonitorChanged { id, masks, .. } => {
                    self.monitors.get_mut(&id).expect("it was there").masks = masks;
                }
                ServerEvent::MonitorRejected { .. } => {}
                ServerEvent::OpenRequested(_) => {
                    assert!(!std::mem::replace(&mut self.opened, true), "a session opens once");
                    self.deciding = true;
                }
                ServerEvent::Requested { responder, .. } => self.owed.push(Owed { responder, watch: None }),
                ServerEvent::NotAnswered(request) => {
                    // The oldest of those that are alike.
                    let is_it = |owed: &Owed| {
                        (owed.responder.invoke_id(), owed.responder.message_type())
                            == (request.invoke_id, request.message_type)
                    };
                    // It is not there if an answer could not be sent.
                    if let Some(at) = self.owed.iter().position(is_it) {
                        self.owed.remove(at);
                    }
                }
                ServerEvent::Response(Response { request, .. }) => {
                    assert!(self.waiting.remove(&request), "one outcome for {request:?}");
                }
                ServerEvent::Closed(_) => self.ended = true,
                ServerEvent::Received(_)
                | ServerEvent::Unexpected(_)
                | ServerEvent::Malformed { .. }
                | ServerEvent::Rejected { .. } => {}
                other => panic!("unknown to this test: {other:?}"),
            }
        }
        self.look(false);
        self.check();
        told
    }

    /// What is true whenever all events have been taken.
    fn check(&mut self) {
        if let Some(deadline) = self.server.deadline() {
            assert!(deadline > self.now, "what is due has been done");
        }
        assert_eq!(self.server.is_closed(), self.ended);
        if self.server.is_open() {
            assert_eq!(self.server.monitor_count(), self.monitors.len() + usize::from(self.open_monitor));
        }
        if self.ended {
            assert!(self.waiting.is_empty());
            assert_eq!(self.server.deadline(), None);
            self.deciding = false;
            self.owed.clear();
        }
    }

    /// The MonitorID in OPEN_CONF.
    pub fn open_id(&self) -> Option<u32> {
        self.open_id
    }

    /// The MonitorIDs.
    pub fn live(&self) -> BTreeSet<u32> {
        self.monitors.keys().map(|id| id.0).collect()
    }

    /// A message as a client might send it now.
    pub fn heard_of(&mut self, chance: &mut Chance<'_>, version: ProtocolVersion) -> Vec<u8> {
        let (kind, invoke_id) = (chance.byte(), u32::from(chance.byte() % 8));
        let monitor_id = self.monitors.keys().nth(chance.below(self.monitors.len() + 1)).map_or(1, |id| id.0);
        let message = match kind % 16 {
            _ if !self.opened && kind & 0x80 == 0 => Some(events::open_req(chance, version.number()).into()),
            0..4 => return monitor_request(chance, version, invoke_id),
            4 => chance.message(version, MessageType::MONITOR_STOP_REQ),
            5 => chance.message(version, MessageType::CHANGE_MONITOR_MASK_REQ),
            6 => chance.message(version, MessageType::HEARTBEAT_REQ),
            _ => chance.any_message(version),
        };
        let Some(message) = message else { return Vec::new() };
        peer::bytes_of(&message, version, Some(invoke_id), Some(monitor_id))
    }
}

/// A request for a monitor, as a client makes it.
fn monitor_request(chance: &mut Chance<'_>, version: ProtocolVersion, invoke_id: u32) -> Vec<u8> {
    use ged188::message::{MonitorAgentTeamStartReq, MonitorStartReq, SessionMonitorStartReq};
    use ged188::named_values::ConnectionDeviceIdType;
    let (target, masks) = (events::target(chance), events::masks(chance));
    let start = MonitorStartReq {
        invoke_id: InvokeId(invoke_id),
        call_msg_mask: masks.calls,
        agent_state_mask: masks.agents,
        ..Default::default()
    };
    let message = match target {
        Target::Device { device_type, device_id } => MonitorStartReq {
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            monitored_device_type: device_type,
            monitored_device_id: Some(device_id),
            ..start
        }
        .into(),
        Target::Call { call_id, device_id_type, device_id } => MonitorStartReq {
            connection_call_id: Some(call_id),
            connection_device_id_type: device_id_type,
            connection_device_id: Some(device_id),
            monitored_device_type: DeviceIdType::DEVID_NONE,
            ..start
        }
        .into(),
        Target::Session(session_id) => SessionMonitorStartReq { session_id, ..Default::default() }.into(),
        Target::Team(team_id) => MonitorAgentTeamStartReq { team_id, ..Default::default() }.into(),
        _ => return Vec::new(),
    };
    peer::bytes_of(&message, version, Some(invoke_id), None)
}
