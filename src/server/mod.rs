//! The server's end: a session with its monitors.
//!
//! A [`Server`] answers one client. It checks what the client asks for, keeps its monitors, and finds those that an event
//! concerns. A [`MonitorIndex`] above many of them finds the sessions; [`Policy`] is a simple answer to who may open one.

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::time::Duration;

mod calls;
mod config;
mod event;
#[cfg(feature = "std")]
mod index;
mod monitors;
mod observer;
mod policy;
mod registry;
mod session;
mod unanswered;
mod validate;

pub use config::{ServerConfig, Strictness};
pub use event::ServerEvent;
#[cfg(feature = "std")]
pub use index::MonitorIndex;
pub use policy::Policy;
pub use registry::ServerMonitor;

use crate::error::EncodeError;
use crate::frame::{Input, RawMessage};
use crate::message::{Encode, FailureEvent, OpenConf};
use crate::monitor::{EventLayout, Routing, Target};
use crate::session::{Counters, Pending, Responder, Response, SendError, verbs};
use crate::types::id::{MonitorId, PeripheralId, SessionId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{ControlFailureCode, CtiServiceMask, StatusCode};
use crate::version::ProtocolVersion;
use monitors::{Asked, Monitors, ROUTED};
use session::{Received, Session};

/// The server's end of a session, with its monitors.
///
/// A session begins and ends once, whatever happens. A new connection takes a new value. See [`session`](crate::session)
/// for the contract of the verbs that it shares with a [`Client`](crate::Client).
///
/// ```
/// use core::time::Duration;
/// use ged188::message::CallHeldEvent;
/// use ged188::server::Policy;
/// use ged188::{Input, SendError, Server, ServerConfig, ServerEvent};
///
/// /// Lets everybody in, and starts every monitor.
/// fn answer(server: &mut Server, now: Duration, input: &mut Input) -> Result<(), SendError> {
///     while let Some(event) = server.poll(now, input) {
///         match event {
///             ServerEvent::OpenRequested(open) => match Policy::default().decide(&open) {
///                 Ok(conf) => server.accept(now, &conf)?,
///                 Err(status) => server.refuse_open(now, status)?,
///             },
///             ServerEvent::MonitorRequested { responder, .. } => _ = server.start_monitor(now, responder)?,
///             other => println!("{other}"),
///         }
///     }
///     Ok(())
/// }
///
/// let now = Duration::ZERO;
/// let mut server = Server::new(now, ServerConfig::default());
/// answer(&mut server, now, &mut Input::default())?;
/// // The session is not open yet; else the event would go to all monitors that it concerns.
/// let held = CallHeldEvent { holding_device_id: Some("5001".into()), ..Default::default() };
/// assert_eq!(server.deliver(now, &held), Err(SendError::NotOpen));
/// # Ok::<(), SendError>(())
/// ```
#[derive(Debug)]
pub struct Server {
    session: Session,
    monitors: Monitors,
}

/// The outcome of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery<'a> {
    /// How many messages were sent: one for each monitor.
    pub messages: usize,
    /// The monitors that ended with the event, because their call did.
    pub ended: &'a [MonitorId],
}

verbs! { Server }

impl Server {
    /// Begins a session with a client that has connected.
    pub fn new(now: Duration, config: ServerConfig) -> Self {
        let monitors = Monitors::new(config.limits.calls);
        Self { session: Session::new(config, now), monitors }
    }

    /// Says which SessionID the session has: the client must not monitor it.
    pub fn set_session_id(&mut self, id: SessionId) {
        self.monitors.session_id = Some(id);
    }

    /// The next event, or `None` if there is none now. Does what is due, after all that has arrived.
    pub fn poll<'i>(&mut self, now: Duration, input: &'i mut Input) -> Option<ServerEvent<'i>> {
        let Self { session, .. } = self;
        session.link.advance_time(now);
        if !session.link.has_ended() && session.receive(input) {
            let (raw, buffer) = input.parts();
            return self.take(raw?, buffer);
        }
        if session.link.has_ended() {
            input.discard();
        } else if let Some(request) = session.on_time() {
            self.monitors.forget_unanswered(session);
            return Some(ServerEvent::NotAnswered(request));
        }
        self.after_messages()
    }

    /// Deals with a message.
    fn take<'i>(&mut self, raw: RawMessage<'i>, buffer: &'i mut Vec<u8>) -> Option<ServerEvent<'i>> {
        let Self { session, monitors } = self;
        Some(match session.take(raw) {
            Received::Message(message) => ServerEvent::Received(message),
            Received::Requested(responder, message) => match monitors.read_request(&message, session) {
                None => ServerEvent::Requested { responder, message },
                Some(Ok(Asked::Start(peripheral_id, target, masks))) => {
                    monitors.request(&responder, peripheral_id, target, masks);
                    ServerEvent::MonitorRequested { responder, peripheral_id, target, masks }
                }
                Some(Ok(Asked::Stop(id))) => {
                    let target = monitors.target(id, buffer)?;
                    monitors.stop(session, &responder, id);
                    ServerEvent::MonitorStopped { id, target }
                }
                Some(Ok(Asked::Change(id, masks))) => {
                    let target = monitors.target(id, buffer)?;
                    monitors.change(session, &responder, id, masks);
                    ServerEvent::MonitorChanged { id, target, masks }
                }
                Some(Err(status)) => {
                    let _ = session.refuse(&responder, status);
                    ServerEvent::MonitorRejected { message_type: raw.message_type, status }
                }
            },
            Received::Confirmed(request, message) => {
                ServerEvent::Response(Response { request, result: Ok(message) })
            }
            Received::OpenRequested(open) => {
                monitors.open_requested(&open);
                ServerEvent::OpenRequested(open)
            }
            Received::Unexpected(message) => ServerEvent::Unexpected(message),
            Received::Malformed(error) => ServerEvent::Malformed { message: raw, error },
            Received::Rejected(status) => ServerEvent::Rejected { message: raw, status },
            Received::Closed => return self.after_messages(),
        })
    }

    /// What happens when no message is left: requests that failed, then the end.
    fn after_messages<'i>(&mut self) -> Option<ServerEvent<'i>> {
        let link = &mut self.session.link;
        if let Some((request, error)) = link.failed_request() {
            return Some(ServerEvent::Response(Response { request, result: Err(error) }));
        }
        link.report_close().map(ServerEvent::Closed)
    }

    /// When to [`poll`](Self::poll) at the latest, if nothing arrives before.
    ///
    /// It is exact after `poll` gave `None`: a `poll` before it has nothing to do, and one at that time has. If events
    /// may wait already, it is the time of the last call; when the session is closed, there is none.
    pub fn deadline(&self) -> Option<Duration> {
        self.session.deadline()
    }

    /// Opens the session, after [`ServerEvent::OpenRequested`].
    ///
    /// The session sets the InvokeID and, from version 24, the SessionType, and grants nothing that was not
    /// asked for. Fields that the session's version does not have must be left at their defaults. Where the Client
    /// Events service is granted, that makes a monitor, whose identifier is put into the message; with All Events it is 0.
    ///
    /// What the client has to be told first can be sent right after: with All Events, SYSTEM_EVENT for each peripheral;
    /// with Client Events, BEGIN_CALL_EVENT for each call in progress, by [`deliver`](Self::deliver); with Supervisor,
    /// AGENT_TEAM_CONFIG_EVENT; with Client Monitor, CLIENT_SESSION_OPENED_EVENT for each session that is open.
    ///
    /// A Client Events session gets what names the agent's extension or instrument, as OPEN_REQ or `conf` has them: where
    /// the client gave an AgentID alone, `conf` has to name them. An event that names neither, such as an END_CALL_EVENT with a
    /// dynamic ConnectionDeviceID, is for the application to [`send`](Self::send), with the MonitorID of OPEN_CONF in it.
    ///
    /// # Errors
    ///
    /// [`SendError::AlreadyOpen`] if the session is open. If the client has not asked, or the protocol does not allow the
    /// message.
    pub fn accept(&mut self, now: Duration, conf: &OpenConf<'_>) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        if self.is_open() {
            return Err(SendError::AlreadyOpen);
        }
        let monitor_id = self.monitors.start_own(conf);
        if let Err(error) = self.session.accept(&OpenConf { monitor_id, ..conf.clone() }) {
            self.monitors.stop_own();
            return Err(error);
        }
        self.monitors.observe_open(self.session.granted);
        Ok(())
    }

    /// Refuses to open the session, after [`ServerEvent::OpenRequested`], which ends it.
    ///
    /// # Errors
    ///
    /// If the client does not wait for it.
    pub fn refuse_open(&mut self, now: Duration, status: StatusCode) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.session.refuse_open(status)
    }

    /// Starts the monitor that was asked for, and tells the client its MonitorID.
    ///
    /// # Errors
    ///
    /// If the answer cannot be sent, which [`SendError`] explains.
    pub fn start_monitor(
        &mut self,
        now: Duration,
        responder: impl Borrow<Responder>,
    ) -> Result<MonitorId, SendError> {
        self.session.link.advance_time(now);
        self.monitors.start(&mut self.session, responder.borrow())
    }

    /// Whether the client has a monitor of this device, call, session or team already, at this peripheral if one is
    /// given. A second one is allowed, but an application that does not want it may refuse it with
    /// E_CTI_MONITOR_ALREADY_EXISTS.
    pub fn has_monitor(&self, peripheral_id: Option<PeripheralId>, target: Target<'_>) -> bool {
        self.monitors.registry.watches(peripheral_id, target)
    }

    /// A monitor; `None` if there is none with this identifier.
    pub fn monitor(&self, id: MonitorId) -> Option<ServerMonitor<'_>> {
        self.monitors.registry.monitor(id)
    }

    /// All monitors, in no order.
    pub fn monitors(&self) -> impl Iterator<Item = ServerMonitor<'_>> {
        self.monitors.registry.monitors()
    }

    /// How many monitors there are.
    pub fn monitor_count(&self) -> usize {
        self.monitors.registry.len()
    }

    /// Makes a MonitorID for a monitor of a task: the messages for them have no published layout, so the
    /// application has to read and write them.
    pub fn start_task_monitor(&mut self) -> Option<MonitorId> {
        self.monitors.registry.start_task()
    }

    /// Ends a monitor of a task. False if there is no such monitor.
    pub fn stop_task_monitor(&mut self, id: MonitorId) -> bool {
        self.monitors.registry.is_task(id) && self.monitors.registry.stop(id)
    }

    /// Ends a monitor, and says so by FAILURE_EVENT E_CTI_MONITOR_TERMINATED, which does not name it. False if
    /// there is no such monitor.
    pub fn terminate_monitor(&mut self, now: Duration, id: MonitorId) -> bool {
        let stopped = self.monitors.registry.stop(id);
        if stopped {
            let status = StatusCode::E_CTI_MONITOR_TERMINATED;
            // If the session is over, so is the monitor.
            let _ = self.send(now, &FailureEvent { status, ..Default::default() });
        }
        stopped
    }

    /// Says that another session is over: monitors of it end.
    pub fn session_ended(&mut self, session: SessionId) {
        let watching = self.monitors.registry.watchers_of(Target::Session(session));
        let ids: Vec<_> = watching.map(|(id, _)| id).collect();
        for id in ids {
            self.monitors.registry.stop(id);
        }
    }

    /// Sends an event to all monitors that it concerns and whose masks it passes: a message for each, alike but
    /// for the MonitorID, whatever the event's says. With END_CALL_EVENT the monitors of the call end.
    ///
    /// A monitor of a device is concerned if the event names the device with its kind: one with DEVID_NONE is nobody's, except
    /// as ConnectionDeviceID (see [`monitor`](crate::monitor)). If none was concerned,
    /// [`messages`](Delivery::messages) is 0.
    ///
    /// CALL_TRANSLATION_ROUTE_EVENT, which has no MonitorID, is sent once to clients that may have it. Fields
    /// that the session's version does not have are left out, and so are whole events.
    ///
    /// # Errors
    ///
    /// If the event cannot be sent, which [`SendError`] explains. If the client does not read, that is the end
    /// of the session.
    pub fn deliver(
        &mut self,
        now: Duration,
        event: &(impl Encode + ?Sized),
    ) -> Result<Delivery<'_>, SendError> {
        if event.message_type() == MessageType::CALL_TRANSLATION_ROUTE_EVENT {
            let wanted = self.session.granted.intersects(ROUTED);
            if wanted {
                self.send(now, event)?;
            }
            return Ok(Delivery { messages: usize::from(wanted), ended: &[] });
        }
        self.send_to_monitors(now, event, Monitors::route)
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
        event: &(impl Encode + ?Sized),
    ) -> Result<Delivery<'_>, SendError> {
        self.send_to_monitors(now, event, |monitors, event| monitors.route_to(target, event))
    }

    fn send_to_monitors(
        &mut self,
        now: Duration,
        event: &(impl Encode + ?Sized),
        route: impl FnOnce(&mut Monitors, &Routing<'_>),
    ) -> Result<Delivery<'_>, SendError> {
        let Self { session, monitors } = self;
        session.link.advance_time(now);
        monitors.ids.clear();
        monitors.ended.clear();
        if EventLayout::of(event.message_type()).is_none() {
            return Err(SendError::NotAllowed(event.message_type()));
        }
        if !session.is_open() {
            return Err(SendError::NotOpen);
        }
        let sent = session.link.send_to_monitors(event, |version, raw| {
            if let Some(routing) = Routing::of(version, raw) {
                route(monitors, &routing);
            }
            &monitors.ids
        });
        let messages = match sent {
            // The client's version does not know of such events.
            Err(SendError::Encode(EncodeError::MessageNotInVersion { .. })) => 0,
            sent => sent?,
        };
        Ok(Delivery { messages, ended: &monitors.ended })
    }

    /// Confirms a request of the client. The session sets the InvokeID. With CTI_SERVICE_IGNORE_CONF granted, a
    /// client gets no confirmations of requests of the Client Control service, unless they have something to
    /// say.
    ///
    /// A request is answered once, but LIST_AGENT_TEAM_REQ as long as More says that more follows, and requests for
    /// recordings once for each server application that answers.
    ///
    /// # Errors
    ///
    /// If the answer cannot be sent, which [`SendError`] explains. A responder that was passed by reference can then be used again. If
    /// the client does not read, that is the end of the session. Requests for monitors are [`SendError::NotAllowed`]:
    /// [`start_monitor`](Self::start_monitor) confirms them.
    pub fn confirm(
        &mut self,
        now: Duration,
        responder: impl Borrow<Responder>,
        answer: &(impl Encode + ?Sized),
    ) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        let responder = responder.borrow();
        if self.monitors.is_requested(responder) {
            // Without a monitor there is nothing to confirm.
            return Err(SendError::NotAllowed(answer.message_type()));
        }
        self.session.confirm(responder, answer)
    }

    /// Refuses a request of the client, one for a monitor too: by FAILURE_CONF, or by FAILURE_EVENT if it has no
    /// InvokeID.
    ///
    /// # Errors
    ///
    /// If the answer cannot be sent, which [`SendError`] explains.
    pub fn refuse(
        &mut self,
        now: Duration,
        responder: impl Borrow<Responder>,
        status: StatusCode,
    ) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        let responder = responder.borrow();
        self.session.refuse(responder, status)?;
        self.monitors.forget_requested(responder);
        Ok(())
    }

    /// Refuses a request of the Client Control service, by CONTROL_FAILURE_CONF.
    ///
    /// # Errors
    ///
    /// As for [`refuse`](Self::refuse), and if the request is not of that service.
    pub fn refuse_control(
        &mut self,
        now: Duration,
        responder: impl Borrow<Responder>,
        failure_code: ControlFailureCode,
        peripheral_error_code: u32,
    ) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.session.refuse_control(responder.borrow(), failure_code, peripheral_error_code)
    }

    /// Leaves a request of the client without an answer.
    pub fn ignore(&mut self, responder: impl Borrow<Responder>) {
        let responder = responder.borrow();
        self.monitors.forget_requested(responder);
        self.session.ignore(responder);
    }

    /// Makes a request of the client: ACTIVE_MAINTENANCE_REQ, or START_RECORDING_REQ and STOP_RECORDING_REQ
    /// of a client that is a server application. The session chooses the InvokeID. [`ServerEvent::Response`] follows.
    ///
    /// # Errors
    ///
    /// If the request cannot be made, which [`SendError`] explains.
    pub fn request<R: Encode + ?Sized>(
        &mut self,
        now: Duration,
        request: &R,
    ) -> Result<Pending<R>, SendError> {
        self.session.link.advance_time(now);
        self.session.request(request).map(Pending::new)
    }

    /// Sends a message that is no request, no answer and for no monitor.
    ///
    /// # Errors
    ///
    /// If the message cannot be sent, which [`SendError`] explains. If the client does not read, that is the
    /// end of the session.
    pub fn send(&mut self, now: Duration, message: &(impl Encode + ?Sized)) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.session.send(message)
    }

    /// Ends the session, with this status in a FAILURE_EVENT: E_CTI_NEW_SESSION_OPENED if the same client has
    /// opened another, for example.
    pub fn dismiss(&mut self, now: Duration, status: StatusCode) {
        self.session.link.advance_time(now);
        self.session.dismiss(status);
    }

    /// Says that the server is off-line: tells the client, and refuses what it asks for from now on,
    /// heartbeats included.
    pub fn go_offline(&mut self, now: Duration) {
        self.session.link.advance_time(now);
        self.session.go_offline();
    }

    /// Says that this server, which stood by, is the active one from now on, and tells the client.
    pub fn become_active(&mut self, now: Duration) {
        self.session.link.advance_time(now);
        self.session.become_active();
    }

    /// Tells an index what events look for here, and from now on what changes.
    #[cfg(feature = "std")]
    fn set_observer(&mut self, observer: observer::Observer) {
        self.monitors.set_observer(observer, self.session.granted);
    }
}
