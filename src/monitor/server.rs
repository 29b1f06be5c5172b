//! The server's end of a session, with its monitors.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::borrow::Borrow;
use core::time::Duration;
use hashbrown::DefaultHashBuilder;

use super::changes::Changes;
use super::concerns::{Concerns, Name, Shape};
use super::index::{Mark, hash_of_device};
use super::table::{Kind, MonitorTable};
use super::target::{Masks, OwnedTarget, Target};
use crate::message::{
    ChangeMonitorMaskConf, Encode, FailureEvent, Message, MonitorAgentTeamStartConf,
    MonitorAgentTeamStopConf, MonitorStartConf, MonitorStartReq, MonitorStopConf, OpenConf, OpenReq,
    SessionMonitorStartConf, SessionMonitorStopConf,
};
use crate::session::{Backlog, Event, Link, Reply, Request, SendError, Server, ServerConfig, ServerSession};
use crate::types::id::{MonitorId, PeripheralId, SessionId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{
    ConnectionDeviceIdType, ControlFailureCode, CtiServiceMask, DeviceIdType, StatusCode,
};
use crate::types::text::Str;
use crate::version::ProtocolVersion;

/// What happens in a session with monitors, for the application.
#[derive(Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "an event is made once and looked at where it is")]
#[non_exhaustive]
pub enum ServerEvent<'a> {
    /// The client wants to monitor something. The request is sound as far as the session can tell; the
    /// application answers by [`MonitorServer::start_monitor`] or [`MonitorServer::refuse`], at once or later.
    MonitorRequested {
        /// The handle to answer with.
        reply: Reply,
        /// Where it is to be monitored; `None` for anywhere.
        peripheral_id: Option<PeripheralId>,
        /// What is to be monitored.
        target: Target<'a>,
        /// Which events are wanted.
        masks: Masks,
    },
    /// The client has stopped a monitor, and was told so.
    MonitorStopped {
        /// The monitor.
        id: MonitorId,
        /// What it watched.
        kind: Kind,
    },
    /// The client has given a monitor other masks, and was told so.
    MonitorChanged {
        /// The monitor.
        id: MonitorId,
        /// Its masks from now on.
        masks: Masks,
    },
    /// The client asked for something about monitors that cannot be, and was told so.
    MonitorDeclined {
        /// The type of the request.
        message_type: MessageType,
        /// What is wrong with it.
        status: StatusCode,
    },
    /// Anything else.
    Session(Event<'a>),
}

/// The server's end of a session, with its monitors.
///
/// It has the verbs of a [`ServerSession`], and [`deliver`](Self::deliver), which sends an event to all
/// monitors that it concerns.
#[derive(Debug)]
pub struct MonitorServer {
    session: ServerSession,
    monitors: Monitors,
}

/// All but the session, which events borrow.
#[derive(Debug)]
struct Monitors {
    table: MonitorTable,
    /// Monitors that the application has to decide about.
    wanted: Vec<Wanted>,
    open: Open,
    /// The session's own identifier, which it must not monitor.
    own: Option<SessionId>,
    limit: usize,
    /// Used anew for each event.
    ids: Vec<MonitorId>,
    ended: Vec<MonitorId>,
    /// What events look for here because of the open, for an index above the sessions.
    open_changes: Changes<Mark>,
}

/// A monitor that the application has to decide about.
#[derive(Clone, Debug)]
struct Wanted {
    /// The session, and the number of the request in it.
    request: (u32, u64),
    peripheral_id: Option<PeripheralId>,
    target: OwnedTarget,
    masks: Masks,
}

/// What OPEN_REQ asked for, and the monitor that it created.
#[derive(Debug, Default)]
struct Open {
    asked: CtiServiceMask,
    masks: Masks,
    /// The devices of the agent, for the Client Events service.
    devices: [Option<Box<[u8]>>; 2],
    monitor: Option<OpenMonitor>,
}

/// The monitor that the open made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OpenMonitor {
    /// Of all events, which carry MonitorID 0.
    AllEvents,
    /// Of the events of the agent's devices.
    ClientEvents(MonitorId),
}

/// How many monitors and calls a session may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonitorLimits {
    /// Monitors; by default 100,000. With more, a request for one is refused with E_CTI_UNSPECIFIED_FAILURE.
    pub monitors: usize,
    /// Calls that no monitor watches, but of which the client gets events; by default 10,000. When there are
    /// more, the oldest is forgotten.
    pub calls: usize,
}

impl Default for MonitorLimits {
    fn default() -> Self {
        Self { monitors: 100_000, calls: 10_000 }
    }
}

impl MonitorServer {
    /// Begins a session with a client that has connected.
    pub fn new(config: ServerConfig, limits: MonitorLimits, now: Duration) -> Self {
        let monitors = Monitors {
            table: MonitorTable::new(limits.calls),
            wanted: Vec::new(),
            open: Open::default(),
            own: None,
            limit: limits.monitors,
            ids: Vec::new(),
            ended: Vec::new(),
            open_changes: Changes::default(),
        };
        Self { session: ServerSession::new(config, now), monitors }
    }

    /// Says which SessionID the session has: the client must not monitor it.
    pub fn set_session_id(&mut self, id: SessionId) {
        self.monitors.own = Some(id);
    }

    /// The session itself.
    pub fn session(&self) -> &ServerSession {
        &self.session
    }

    /// Takes bytes that arrived.
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn receive(&mut self, now: Duration, bytes: &[u8]) -> Result<(), Backlog> {
        self.session.receive(now, bytes)
    }

    /// Lets time pass.
    pub fn tick(&mut self, now: Duration) {
        self.session.tick(now);
    }

    /// Says that the transport has ended.
    pub fn disconnected(&mut self, now: Duration) {
        self.session.disconnected(now);
    }

    /// The bytes to send.
    pub fn transmit(&self) -> &[u8] {
        self.session.transmit()
    }

    /// Says that the first `count` of the bytes to send have been sent.
    pub fn transmitted(&mut self, count: usize) {
        self.session.transmitted(count);
    }

    /// When to call [`tick`](Self::tick) and [`poll`](Self::poll) at the latest, if nothing arrives before.
    pub fn deadline(&self) -> Option<Duration> {
        self.session.deadline()
    }

    /// Whether the session has ended.
    pub fn is_over(&self) -> bool {
        self.session.is_over()
    }

    /// The next event, or `None` if there is none now.
    pub fn poll(&mut self) -> Option<ServerEvent<'_>> {
        let (event, link, side) = self.session.poll_with_link(|_, _| false)?;
        Some(self.monitors.take(event, link, side))
    }

    /// Opens the session, after [`Event::OpenRequested`]. Where the Client Events service is granted, that makes a monitor,
    /// whose identifier is put into the message; with All Events it is 0.
    ///
    /// What the client has to be told first can be sent right after: with All Events, SYSTEM_EVENT for each peripheral;
    /// with Client Events, BEGIN_CALL_EVENT for each call in progress, by [`deliver`](Self::deliver); with Supervisor,
    /// AGENT_TEAM_CONFIG_EVENT; with Client Monitor, CLIENT_SESSION_OPENED_EVENT for each session that is open.
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn accept(&mut self, now: Duration, conf: &OpenConf<'_>) -> Result<(), SendError> {
        let open = &mut self.monitors.open;
        let granted = conf.services_granted & open.asked;
        let mut conf = conf.clone();
        let all = granted.contains(CtiServiceMask::CTI_SERVICE_ALL_EVENTS);
        // With All Events, events carry MonitorID 0, as real servers have it.
        let id = if !all && granted.contains(CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS) {
            self.monitors.table.start(None, Target::Open, open.masks)
        } else {
            None
        };
        conf.monitor_id = id.unwrap_or(MonitorId(0));
        if let Err(error) = self.session.accept(now, &conf) {
            id.map(|id| self.monitors.table.stop(id));
            return Err(error);
        }
        open.monitor = if all { Some(OpenMonitor::AllEvents) } else { id.map(OpenMonitor::ClientEvents) };
        let Self { session, monitors } = self;
        let (changes, open, table) = (&mut monitors.open_changes, &monitors.open, &monitors.table);
        open.marks(session.granted(), table.index(), |mark| changes.add(mark));
        Ok(())
    }

    /// Refuses to open the session, after [`Event::OpenRequested`], which ends it.
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn refuse_open(&mut self, now: Duration, status: StatusCode) -> Result<(), SendError> {
        self.session.refuse_open(now, status)
    }

    /// Starts the monitor that was asked for, and tells the client its MonitorID.
    ///
    /// # Errors
    ///
    /// If the answer cannot be sent, which [`SendError`] explains.
    pub fn start_monitor(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
    ) -> Result<MonitorId, SendError> {
        let reply = reply.borrow();
        self.session.check_reply(reply)?;
        let not_allowed = SendError::NotAllowed(reply.message_type());
        let wanted = self.monitors.wanted(reply).cloned().ok_or(not_allowed)?;
        let target = wanted.target.as_target();
        let id = self.monitors.table.start(wanted.peripheral_id, target, wanted.masks);
        let Some(monitor_id) = id else {
            self.refuse(now, reply, StatusCode::E_CTI_UNSPECIFIED_FAILURE)?;
            return Err(SendError::NoMoreMonitors);
        };
        let confirmed = match target {
            Target::Session(_) => self.session.confirm(
                now,
                reply,
                &SessionMonitorStartConf { monitor_id, ..Default::default() },
            ),
            Target::Team(_) => self.session.confirm(
                now,
                reply,
                &MonitorAgentTeamStartConf { monitor_id, ..Default::default() },
            ),
            _ => self.session.confirm(now, reply, &MonitorStartConf { monitor_id, ..Default::default() }),
        };
        match confirmed {
            Ok(()) => {
                self.monitors.take_wanted(reply);
                Ok(monitor_id)
            }
            Err(error) => {
                self.monitors.table.stop(monitor_id);
                Err(error)
            }
        }
    }

    /// Whether the client has a monitor of this device, call, session or team already, at this peripheral if one is
    /// given. A second one is allowed, but an application that does not want it may refuse it with
    /// E_CTI_MONITOR_ALREADY_EXISTS.
    pub fn has_monitor(&self, peripheral_id: Option<PeripheralId>, target: Target<'_>) -> bool {
        self.monitors.table.watches(peripheral_id, target)
    }

    /// Makes a MonitorID for a monitor of a task: the messages for them have no published layout, so the
    /// application has to read and write them.
    pub fn start_task_monitor(&mut self) -> Option<MonitorId> {
        self.monitors.table.start(None, Target::Task, Masks::ALL)
    }

    /// Ends a monitor of a task. False if there is no such monitor.
    pub fn stop_task_monitor(&mut self, id: MonitorId) -> bool {
        self.monitors.table.kind(id) == Some(Kind::Task) && self.monitors.table.stop(id)
    }

    /// Ends a monitor, and says so by FAILURE_EVENT E_CTI_MONITOR_TERMINATED, which does not name it. False if
    /// there is no such monitor.
    pub fn terminate_monitor(&mut self, now: Duration, id: MonitorId) -> bool {
        let stopped = self.monitors.table.stop(id);
        if stopped {
            let status = StatusCode::E_CTI_MONITOR_TERMINATED;
            // If the session is over, so is the monitor.
            let _ = self.session.send(now, &FailureEvent { status, ..Default::default() });
        }
        stopped
    }

    /// Says that another session is over: monitors of it end.
    pub fn session_ended(&mut self, session: SessionId) {
        let watchers = self.monitors.table.watchers_of(Target::Session(session));
        let ids: Vec<_> = watchers.map(|(id, _)| id).collect();
        for id in ids {
            self.monitors.table.stop(id);
        }
    }

    /// How many monitors there are.
    pub fn monitors(&self) -> usize {
        self.monitors.table.len()
    }

    /// Sends an event to all monitors that it concerns and whose masks it passes: a message for each, alike but
    /// for the MonitorID, whatever the event's says. With END_CALL_EVENT the monitors of the call end.
    ///
    /// CALL_TRANSLATION_ROUTE_EVENT, which has no MonitorID, is sent once to clients that may have it. Fields
    /// that the session's version does not have are left out, and so are whole events.
    ///
    /// # Errors
    ///
    /// If the event cannot be sent, which [`SendError`] explains. If the client takes no bytes, that is the end
    /// of the session.
    pub fn deliver(&mut self, now: Duration, event: &impl Encode) -> Result<Delivery<'_>, SendError> {
        let message_type = event.message_type();
        if message_type == MessageType::CALL_TRANSLATION_ROUTE_EVENT {
            let wanted = self.session.granted().intersects(ROUTED);
            if wanted {
                self.session.send(now, event)?;
            }
            return Ok(Delivery { messages: usize::from(wanted), ended: &[] });
        }
        self.put(now, event, |monitors, concerns| {
            monitors.table.take(concerns, &mut monitors.ids, &mut monitors.ended);
            monitors.open.take(concerns, &mut monitors.ids);
            if message_type == MessageType::CALL_ATTRIBUTE_CHANGE_EVENT && !monitors.ids.is_empty() {
                // Its MonitorID is always 0.
                monitors.ids.splice(.., [MonitorId(0)]);
            }
        })
    }

    /// Sends an event to the monitors of an agent team or of another client's session. What such events are
    /// is known to the application alone.
    ///
    /// # Errors
    ///
    /// As for [`deliver`](Self::deliver).
    pub fn deliver_to(
        &mut self,
        now: Duration,
        target: Target<'_>,
        event: &impl Encode,
    ) -> Result<Delivery<'_>, SendError> {
        self.put(now, event, |monitors, concerns| {
            let passes = concerns.passes();
            let watchers = monitors.table.watchers_of(target).filter(|(_, masks)| passes.through(*masks));
            monitors.ids.extend(watchers.map(|(id, _)| id));
        })
    }

    fn put(
        &mut self,
        now: Duration,
        event: &impl Encode,
        choose: impl FnOnce(&mut Monitors, &Concerns<'_>),
    ) -> Result<Delivery<'_>, SendError> {
        let Self { session, monitors } = self;
        monitors.ids.clear();
        monitors.ended.clear();
        if Shape::of(event.message_type()).is_none() {
            return Err(SendError::NotAllowed(event.message_type()));
        }
        if !session.is_open() {
            return Err(SendError::NotOpen);
        }
        let messages = session.put_for_monitors(now, event, |version, raw| {
            if let Some(concerns) = Concerns::of(version, raw) {
                choose(monitors, &concerns);
            }
            &monitors.ids
        })?;
        Ok(Delivery { messages, ended: &monitors.ended })
    }

    /// Answers a request. See [`ServerSession::confirm`].
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn confirm(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        answer: &impl Encode,
    ) -> Result<(), SendError> {
        let reply = reply.borrow();
        if self.monitors.wanted(reply).is_some() {
            // Without a monitor there is nothing to confirm.
            return Err(SendError::NotAllowed(answer.message_type()));
        }
        self.session.confirm(now, reply, answer)
    }

    /// Refuses a request, one for a monitor too. See [`ServerSession::refuse`].
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn refuse(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        status: StatusCode,
    ) -> Result<(), SendError> {
        let reply = reply.borrow();
        self.session.refuse(now, reply, status)?;
        self.monitors.take_wanted(reply);
        Ok(())
    }

    /// Leaves a request without an answer. See [`ServerSession::ignore`].
    pub fn ignore(&mut self, reply: impl Borrow<Reply>) {
        let reply = reply.borrow();
        self.monitors.take_wanted(reply);
        self.session.ignore(reply);
    }

    /// Refuses a request of the Client Control service. See [`ServerSession::refuse_control`].
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn refuse_control(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        code: ControlFailureCode,
        peripheral_error_code: u32,
    ) -> Result<(), SendError> {
        self.session.refuse_control(now, reply, code, peripheral_error_code)
    }

    /// Makes a request. See [`ServerSession::request`].
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn request(&mut self, now: Duration, request: &impl Encode) -> Result<Request, SendError> {
        self.session.request(now, request)
    }

    /// Sends a message that is for no monitor. See [`ServerSession::send`].
    ///
    /// # Errors
    ///
    /// As for a [`ServerSession`].
    pub fn send(&mut self, now: Duration, message: &impl Encode) -> Result<(), SendError> {
        self.session.send(now, message)
    }

    /// Ends the session. See [`ServerSession::dismiss`].
    pub fn dismiss(&mut self, now: Duration, status: StatusCode) {
        self.session.dismiss(now, status);
    }

    /// Says that the server is off-line. See [`ServerSession::go_offline`].
    pub fn go_offline(&mut self, now: Duration) {
        self.session.go_offline(now);
    }

    /// Says that this server is the active one from now on. See [`ServerSession::become_active`].
    pub fn become_active(&mut self, now: Duration) {
        self.session.become_active(now);
    }
}

impl MonitorServer {
    /// Tells an index what events look for here, and from now on what changes.
    pub(super) fn follow(&mut self, hasher: DefaultHashBuilder, mut tell: impl FnMut(Mark)) {
        self.monitors.open_changes.follow();
        self.monitors.table.follow(hasher);
        self.marks(&mut tell);
    }

    /// All that events look for here.
    pub(super) fn marks(&self, mut tell: impl FnMut(Mark)) {
        self.monitors.table.marks(&mut tell);
        self.monitors.open.marks(self.session.granted(), self.monitors.table.index(), tell);
    }

    /// What has changed since the index asked last.
    pub(super) fn changes(&mut self) -> impl Iterator<Item = (Mark, i32)> {
        self.monitors.table.changes().chain(self.monitors.open_changes.take())
    }
}

/// The services of clients that get CALL_TRANSLATION_ROUTE_EVENT.
const ROUTED: CtiServiceMask =
    CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR.union(CtiServiceMask::CTI_SERVICE_ALL_EVENTS);

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery<'a> {
    /// How many messages were put out: one for each monitor.
    pub messages: usize,
    /// The monitors that ended with the event, because their call did.
    pub ended: &'a [MonitorId],
}

impl Monitors {
    fn take<'a>(&mut self, event: Event<'a>, link: &mut Link, side: &mut Server) -> ServerEvent<'a> {
        let (reply, message) = match event {
            Event::OpenRequested(open) => {
                self.open = Open::new(&open);
                return ServerEvent::Session(Event::OpenRequested(open));
            }
            Event::Requested { reply, message } => (reply, message),
            Event::NotAnswered(request) => {
                self.wanted.retain(|wanted| side.is_unanswered(wanted.request.1));
                return ServerEvent::Session(Event::NotAnswered(request));
            }
            event => return ServerEvent::Session(event),
        };
        let message_type = reply.message_type();
        match self.take_request(&message, link.version, side) {
            Some(Ok(Wish::Start(peripheral_id, target, masks))) => {
                let request = (reply.session, reply.number);
                self.wanted.push(Wanted { request, peripheral_id, target: target.into(), masks });
                ServerEvent::MonitorRequested { reply, peripheral_id, target, masks }
            }
            Some(Ok(Wish::Stop(id, kind))) => {
                self.table.stop(id);
                let stopped = match kind {
                    Kind::Session => side.confirm(link, &reply, &SessionMonitorStopConf::default()),
                    Kind::Team => side.confirm(link, &reply, &MonitorAgentTeamStopConf::default()),
                    _ => side.confirm(link, &reply, &MonitorStopConf::default()),
                };
                // If that cannot be said, the session is over, as is the monitor.
                let _ = stopped;
                ServerEvent::MonitorStopped { id, kind }
            }
            Some(Ok(Wish::Change(id, masks))) => {
                self.table.change(id, masks);
                let _ = side.confirm(link, &reply, &ChangeMonitorMaskConf::default());
                ServerEvent::MonitorChanged { id, masks }
            }
            Some(Err(status)) => {
                let _ = side.refuse(link, &reply, status);
                ServerEvent::MonitorDeclined { message_type, status }
            }
            None => ServerEvent::Session(Event::Requested { reply, message }),
        }
    }

    /// What a request wants of the monitors, if it is about them.
    fn take_request<'a>(
        &self,
        message: &Message<'a>,
        version: ProtocolVersion,
        side: &Server,
    ) -> Option<Result<Wish<'a>, StatusCode>> {
        Some(match message {
            Message::MonitorStartReq(request) => target_of(request).and_then(|target| {
                let masks = Masks { calls: request.call_msg_mask, agents: request.agent_state_mask };
                side.check_masks(version, masks.calls, masks.agents)?;
                self.may_start(target).map(|target| Wish::Start(request.peripheral_id, target, masks))
            }),
            Message::SessionMonitorStartReq(request) => {
                if self.own == Some(request.session_id) {
                    return Some(Err(StatusCode::E_CTI_SESSION_MONITOR_IS_CLIENTS));
                }
                self.may_start(Target::Session(request.session_id))
                    .map(|target| Wish::Start(None, target, Masks::ALL))
            }
            Message::MonitorAgentTeamStartReq(request) => self
                .may_start(Target::Team(request.team_id))
                .map(|target| Wish::Start(None, target, Masks::ALL)),
            Message::MonitorStopReq(request) => {
                self.may_stop(request.monitor_id, &[Kind::Device, Kind::Call])
            }
            Message::SessionMonitorStopReq(request) => self.may_stop(request.monitor_id, &[Kind::Session]),
            Message::MonitorAgentTeamStopReq(request) => self.may_stop(request.monitor_id, &[Kind::Team]),
            Message::ChangeMonitorMaskReq(request) => {
                let masks = Masks { calls: request.call_msg_mask, agents: request.agent_state_mask };
                self.may_stop(request.monitor_id, &[Kind::Device, Kind::Call])
                    .and_then(|_| side.check_masks(version, masks.calls, masks.agents))
                    .map(|()| Wish::Change(request.monitor_id, masks))
            }
            _ => return None,
        })
    }

    /// Whether a monitor of this target may be started.
    fn may_start<'a>(&self, target: Target<'a>) -> Result<Target<'a>, StatusCode> {
        let exists = || {
            let mut wanted = self.wanted.iter().map(|wanted| wanted.target.as_target());
            self.table.watches(None, target) || wanted.any(|wanted| wanted == target)
        };
        match target {
            Target::Session(_) if exists() => Err(StatusCode::E_CTI_SESSION_MONITOR_ALREADY_EXISTS),
            Target::Team(_) if exists() => Err(StatusCode::E_CTI_AGENT_TEAM_MONITOR_ALREADY_EXISTS),
            _ if self.table.len() + self.wanted.len() >= self.limit => {
                Err(StatusCode::E_CTI_UNSPECIFIED_FAILURE)
            }
            target => Ok(target),
        }
    }

    /// Whether there is a monitor with this identifier, of one of these kinds.
    fn may_stop<'a>(&self, id: MonitorId, kinds: &[Kind]) -> Result<Wish<'a>, StatusCode> {
        let kind = self.table.kind(id).filter(|kind| kinds.contains(kind));
        kind.map(|kind| Wish::Stop(id, kind)).ok_or(StatusCode::E_CTI_INVALID_MONITORID)
    }

    /// The monitor that a request is for, which the application has not decided about.
    fn wanted(&self, reply: &Reply) -> Option<&Wanted> {
        self.wanted.iter().find(|wanted| wanted.request == (reply.session, reply.number))
    }

    fn take_wanted(&mut self, reply: &Reply) {
        self.wanted.retain(|wanted| wanted.request != (reply.session, reply.number));
    }
}

/// What a request wants of the monitors.
enum Wish<'a> {
    Start(Option<PeripheralId>, Target<'a>, Masks),
    Stop(MonitorId, Kind),
    Change(MonitorId, Masks),
}

/// What MONITOR_START_REQ is to watch.
fn target_of<'a>(request: &MonitorStartReq<'a>) -> Result<Target<'a>, StatusCode> {
    let call_id = request.connection_call_id.filter(|call_id| call_id.0 != 0);
    let names_call = call_id.is_some() || request.connection_device_id.is_some();
    let device_type = request.monitored_device_type;
    if device_type != DeviceIdType::DEVID_NONE {
        if names_call {
            return Err(StatusCode::E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES);
        }
        if device_type.name().is_none() {
            return Err(StatusCode::E_CTI_INVALID_DEVICE_ID_TYPE);
        }
        let device_id = request.monitored_device_id.filter(|id| !id.is_empty());
        let device_id = device_id.ok_or(StatusCode::E_CTI_REQUIRED_DATA_MISSING)?;
        return Ok(Target::Device { device_type, device_id });
    }
    if names_call && request.monitored_device_id.is_some() {
        return Err(StatusCode::E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES);
    }
    let device_id = request.connection_device_id.filter(|id| !id.is_empty());
    let (Some(call_id), Some(device_id)) = (call_id, device_id) else {
        return Err(StatusCode::E_CTI_REQUIRED_DATA_MISSING);
    };
    let device_id_type = request.connection_device_id_type;
    if device_id_type == ConnectionDeviceIdType::CONNECTION_ID_NONE || device_id_type.name().is_none() {
        return Err(StatusCode::E_CTI_INVALID_CONNECTION_ID_TYPE);
    }
    Ok(Target::Call { call_id, device_id_type, device_id })
}

impl Open {
    fn new(open: &OpenReq<'_>) -> Self {
        let device = |id: Option<Str<'_>>| id.map(|id| Box::from(id.as_bytes()));
        Self {
            asked: open.services_requested,
            masks: Masks { calls: open.call_msg_mask, agents: open.agent_state_mask },
            devices: [device(open.agent_extension), device(open.agent_instrument)],
            monitor: None,
        }
    }

    /// What events look for because of the open.
    fn marks(
        &self,
        granted: CtiServiceMask,
        hasher: Option<&DefaultHashBuilder>,
        mut tell: impl FnMut(Mark),
    ) {
        if granted.intersects(ROUTED) {
            tell(Mark::TranslationRoutes);
        }
        match self.monitor {
            Some(OpenMonitor::AllEvents) => tell(Mark::AllEvents),
            Some(OpenMonitor::ClientEvents(_)) => {
                let Some(hasher) = hasher else { return };
                let devices = self.devices.iter().flatten();
                devices.for_each(|id| tell(Mark::Device(hash_of_device(hasher, id))));
            }
            None => {}
        }
    }

    /// Adds the monitor that the open made, if it gets an event.
    fn take(&self, event: &Concerns<'_>, ids: &mut Vec<MonitorId>) {
        let Some(monitor) = self.monitor.filter(|_| event.passes().through(self.masks)) else { return };
        match monitor {
            OpenMonitor::AllEvents => ids.push(MonitorId(0)),
            OpenMonitor::ClientEvents(id) => {
                let mut concerned = false;
                event.visit(|name| {
                    if let Name::Device(_, device) | Name::AnyDevice(device) = name {
                        concerned |= self.devices.iter().flatten().any(|own| **own == *device);
                    }
                });
                ids.extend(concerned.then_some(id));
            }
        }
    }
}
