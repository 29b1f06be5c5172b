//! The client's end: a session with its monitors.
//!
//! A [`Client`] opens a session and keeps it, makes requests, and adds and removes monitors at any time. A monitor is
//! named by its [`MonitorKey`] from the moment it is asked for; every event comes with that key. [`Failover`] says where
//! and when to connect when a session has ended, and a [`MonitorPlan`] carries the monitors over to the next one.

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::time::Duration;

mod config;
mod early;
mod event;
mod failover;
mod monitors;
mod plan;
mod session;

pub use config::ClientConfig;
pub use event::{ClientEvent, MonitorEndReason, MonitorError};
pub use failover::{Attempt, Failover, FailoverConfig, ServerSide};
pub use monitors::{Monitor, MonitorState};
pub use plan::{MonitorKey, MonitorPlan, PlannedMonitor};

use crate::frame::{Input, RawMessage};
use crate::message::{Encode, Message, OpenReq};
use crate::monitor::{Masks, Target};
use crate::session::{
    Counters, Pending, RequestError, RequestId, Responder, Response, SendError, is_about_monitors, verbs,
};
use crate::types::id::PeripheralId;
use crate::types::named_values::{CtiServiceMask, SessionType, StatusCode};
use crate::version::ProtocolVersion;
use monitors::Monitors;
use session::{Received, Session};

/// The client's end of a session, with its monitors.
///
/// A session begins and ends once, whatever happens. A new connection takes a new value. See [`session`](crate::session)
/// for the contract of the verbs that it shares with a [`Server`](crate::Server).
///
/// ```
/// use core::time::Duration;
/// use ged188::message::OpenReq;
/// use ged188::named_values::CtiServiceMask;
/// use ged188::{Bytes, Client, ClientConfig, Input, ProtocolVersion, Secret};
///
/// let open = OpenReq {
///     version_number: ProtocolVersion::V14.into(),
///     idle_timeout: 20,
///     services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
///     client_id: Some("recorder".into()),
///     client_password: Some(Secret::new(Bytes(b""))),
///     ..Default::default()
/// };
/// let now = Duration::ZERO;
/// let mut client = Client::open(now, ClientConfig::default(), &open)?;
/// assert!(!client.output().is_empty(), "OPEN_REQ is to be sent");
/// assert_eq!(client.poll(now, &mut Input::default()), None);
/// # Ok::<(), ged188::SendError>(())
/// ```
#[derive(Debug)]
pub struct Client {
    session: Session,
    monitors: Monitors,
}

verbs! { Client }

impl Client {
    /// Begins a session: sends OPEN_REQ, in the version that it asks for.
    ///
    /// The session chooses the InvokeID. The request has to name a client and a password, which may be empty. With
    /// CTI_SERVICE_CLIENT_EVENTS or CTI_SERVICE_ALL_EVENTS only those events come that `call_msg_mask` and `agent_state_mask`
    /// let through: none by default.
    ///
    /// # Errors
    ///
    /// [`SendError::UnknownVersion`] if the crate does not know the version, [`SendError::Encode`] if the protocol
    /// does not allow the request.
    pub fn open(now: Duration, config: ClientConfig, open: &OpenReq<'_>) -> Result<Self, SendError> {
        let monitors = Monitors::new(open, config.limits.early_events);
        Ok(Self { session: Session::open(config, now, open)?, monitors })
    }

    /// The next event, or `None` if there is none now. Does what is due, after all that has arrived.
    pub fn poll<'i>(&mut self, now: Duration, input: &'i mut Input) -> Option<ClientEvent<'i>> {
        let Self { session, monitors } = self;
        session.link.advance_time(now);
        monitors.start_waiting(session);
        if let Some(notice) = monitors.next_notice() {
            return Some(notice.event(input.parts().1));
        }
        if let Some((message_type, body)) = monitors.early.pop() {
            input.replay(message_type, body);
            let (raw, buffer) = input.parts();
            return self.take(raw?, buffer);
        }
        while !session.link.has_ended() && session.receive(input) {
            if !input.current().is_some_and(|raw| monitors.takes(raw)) {
                let (raw, buffer) = input.parts();
                return self.take(raw?, buffer);
            }
        }
        if session.link.has_ended() {
            input.discard();
        } else if let Some(unconfirmed) = session.on_time() {
            return Some(ClientEvent::HeartbeatMissed { unconfirmed });
        }
        self.after_messages(input.parts().1)
    }

    /// Deals with a message.
    fn take<'i>(&mut self, raw: RawMessage<'i>, buffer: &'i mut Vec<u8>) -> Option<ClientEvent<'i>> {
        let Self { session, monitors } = self;
        // Most messages by far are events for monitors, and mean nothing to the session. A message is large, so these are
        // spared the moves through what follows, which would say the same.
        let event_id = raw.monitor_id().filter(|_| session.passes_on(raw.message_type));
        let decoded = Message::decode(session.link.version, raw);
        if let (Some(id), Ok(message)) = (event_id, &decoded) {
            if let Some((monitor, target)) = monitors.count_event(id) {
                let target = target.map(|target| target.copy_to(buffer));
                monitors.learn(message, Some(monitor), &mut session.link);
                return decoded.ok().map(|message| ClientEvent::MonitorEvent { monitor, target, message });
            }
        }
        let message = match decoded {
            Ok(message) => message,
            Err(error) => {
                session.link.counters.malformed += 1;
                return Some(ClientEvent::Malformed { message: raw, error });
            }
        };
        let message = if event_id.is_some() {
            message
        } else {
            match session.take(message) {
                Received::Message(message) => message,
                Received::Opened(conf) => {
                    monitors.opened(&conf);
                    return Some(ClientEvent::Opened(conf));
                }
                Received::Confirmed(request, message) => {
                    return Some(match monitors.confirmed(request, &message) {
                        Some(notice) => notice.event(buffer),
                        None => ClientEvent::Response(Response { request, result: Ok(message) }),
                    });
                }
                Received::Refused(request, refusal) => {
                    return Some(self.failed(request, refusal.into(), buffer));
                }
                Received::Requested(responder, message) => {
                    return Some(ClientEvent::Requested { responder, message });
                }
                Received::Unexpected(message) => {
                    return Some(match monitors.late_response(&message, &mut session.link) {
                        Some(notice) => notice.event(buffer),
                        None => ClientEvent::Unexpected(message),
                    });
                }
                Received::Closed => return self.after_messages(buffer),
            }
        };
        let Some(id) = raw.monitor_id() else {
            monitors.learn(&message, None, &mut session.link);
            return Some(ClientEvent::Received(message));
        };
        let Some((monitor, target)) = monitors.count_event(id) else {
            monitors.learn(&message, None, &mut session.link);
            if id.0 == 0 {
                return Some(ClientEvent::Received(message));
            }
            session.link.counters.unexpected += 1;
            return Some(ClientEvent::UnknownMonitor { id, message });
        };
        let target = target.map(|target| target.copy_to(buffer));
        monitors.learn(&message, Some(monitor), &mut session.link);
        Some(ClientEvent::MonitorEvent { monitor, target, message })
    }

    /// What happens when no message is left: requests that failed, then the end.
    fn after_messages<'i>(&mut self, buffer: &'i mut Vec<u8>) -> Option<ClientEvent<'i>> {
        let Self { session, monitors } = self;
        if let Some((request, error)) = session.link.failed_request() {
            return Some(self.failed(request, error, buffer));
        }
        if session.link.has_ended() && !session.link.is_closed() {
            if let Some(notice) = monitors.end_next(session.link.now) {
                return Some(notice.event(buffer));
            }
        }
        session.link.report_close().map(ClientEvent::Closed)
    }

    fn failed<'i>(
        &mut self,
        request: RequestId,
        error: RequestError,
        buffer: &'i mut Vec<u8>,
    ) -> ClientEvent<'i> {
        match self.monitors.failed(request, error, &self.session.link) {
            Some(notice) => notice.event(buffer),
            None => ClientEvent::Response(Response { request, result: Err(error) }),
        }
    }

    /// When to [`poll`](Self::poll) at the latest, if nothing arrives before.
    ///
    /// It is exact after `poll` gave `None`: a `poll` before it has nothing to do, and one at that time has. If events
    /// may wait already, it is the time of the last call; when the session is closed, there is none.
    pub fn deadline(&self) -> Option<Duration> {
        if self.monitors.has_news() { Some(self.session.link.now) } else { self.session.deadline() }
    }

    /// Whether the server is active or stands by; unknown before version 24.
    pub fn session_type(&self) -> SessionType {
        self.session.server
    }

    /// Starts a monitor at a peripheral, or anywhere. [`ClientEvent::MonitorStarted`] follows.
    ///
    /// Any number can be started at once: those for which there is no room among the requests that wait for a response
    /// are asked for when others have been answered.
    ///
    /// # Errors
    ///
    /// If the request cannot be made at all, which [`SendError`] explains; then there is no monitor.
    pub fn start_monitor(
        &mut self,
        now: Duration,
        peripheral_id: Option<PeripheralId>,
        target: Target<'_>,
        masks: Masks,
    ) -> Result<MonitorKey, SendError> {
        self.session.link.advance_time(now);
        self.monitors.start_or_queue(&mut self.session, peripheral_id, target, masks)
    }

    /// Stops a monitor. [`ClientEvent::MonitorStopped`] follows, or [`ClientEvent::MonitorEnded`] if it ends by itself
    /// before that; events for it may come until then.
    ///
    /// # Errors
    ///
    /// [`SendError::UnknownMonitor`] if it has ended, [`SendError::MonitorBusy`] if it is being started, stopped or changed.
    /// Otherwise if the request cannot be made, which [`SendError`] explains.
    pub fn stop_monitor(&mut self, now: Duration, monitor: MonitorKey) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.monitors.stop(&mut self.session, monitor)
    }

    /// Gives a monitor of a device or a call other masks. [`ClientEvent::MonitorChanged`] follows.
    ///
    /// # Errors
    ///
    /// As for [`stop_monitor`](Self::stop_monitor).
    pub fn change_monitor(
        &mut self,
        now: Duration,
        monitor: MonitorKey,
        masks: Masks,
    ) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.monitors.change(&mut self.session, monitor, masks)
    }

    /// A monitor; `None` if it has ended.
    pub fn monitor(&self, monitor: MonitorKey) -> Option<&Monitor> {
        self.monitors.by_key.get(&monitor)
    }

    /// The monitors, in no order.
    pub fn monitors(&self) -> impl ExactSizeIterator<Item = (MonitorKey, &Monitor)> {
        self.monitors.by_key.iter().map(|(key, monitor)| (*key, monitor))
    }

    /// The monitors that the session has, or had when it ended, to be restored in another: those of devices, calls and
    /// teams. Monitors that are being stopped are not among them; those of a plan that this session was to restore are, also if
    /// it never opened, or the server refused them: a device may be there the next time. (Those of calls that it refused are
    /// not.) Take out by [`MonitorPlan::remove`] or [`retain`](MonitorPlan::retain) what is not wanted any more.
    pub fn plan(&self) -> MonitorPlan {
        self.monitors.plan(self.session.link.now)
    }

    /// Starts the monitors of a plan as soon as the session is open: call it before that. Each is reported as one that
    /// was asked for, then [`ClientEvent::Restored`] follows. The gap that it tells is measured from the session of the plan, so
    /// both need the same clock; for a plan that was read from a file it is 0.
    ///
    /// # Errors
    ///
    /// [`SendError::AlreadyOpen`] if the session has opened, or has a plan already. Then nothing changes.
    pub fn restore(&mut self, plan: MonitorPlan) -> Result<(), SendError> {
        if !self.session.is_opening() || self.monitors.has_plan() {
            return Err(SendError::AlreadyOpen);
        }
        self.monitors.restore(plan);
        Ok(())
    }

    /// Makes a request. Its outcome comes as [`ClientEvent::Response`]. The session chooses the InvokeID.
    ///
    /// Requests for configuration have no InvokeID, so one of them can wait at a time. It is confirmed by
    /// CONFIG_KEY_EVENT or the last CONFIG_END_EVENT; the records before that are [`ClientEvent::Received`].
    ///
    /// # Errors
    ///
    /// If the request cannot be made, which [`SendError`] explains; then nothing happens. Requests for monitors are
    /// [`SendError::NotAllowed`]: [`start_monitor`](Self::start_monitor) and its kin make them.
    pub fn request<R: Encode + ?Sized>(
        &mut self,
        now: Duration,
        request: &R,
    ) -> Result<Pending<R>, SendError> {
        self.request_within(now, request, self.session.request_timeout())
    }

    /// Makes a request that has to be answered within this time.
    ///
    /// # Errors
    ///
    /// As for [`request`](Self::request).
    pub fn request_within<R: Encode + ?Sized>(
        &mut self,
        now: Duration,
        request: &R,
        timeout: Duration,
    ) -> Result<Pending<R>, SendError> {
        self.session.link.advance_time(now);
        let message_type = request.message_type();
        if is_about_monitors(message_type) {
            return Err(SendError::NotAllowed(message_type));
        }
        self.session.request(request, timeout).map(Pending::new)
    }

    /// Answers a request of the server: ACTIVE_MAINTENANCE_REQ, or START_RECORDING_REQ and
    /// STOP_RECORDING_REQ where the client is a server application. The session sets the InvokeID. Maintenance is declined
    /// by `maintenance_mode_accepted: Bool::FALSE`; a client refuses nothing by FAILURE_CONF.
    ///
    /// # Errors
    ///
    /// If the answer cannot be sent, which [`SendError`] explains.
    pub fn confirm(
        &mut self,
        now: Duration,
        responder: impl Borrow<Responder>,
        answer: &(impl Encode + ?Sized),
    ) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.session.confirm(responder.borrow(), answer)
    }

    /// Sends a message that is no request and no response, as STOPPING_REQUESTS_TO_THIS_SIDE_IND, after which
    /// the session makes no more requests, or a message whose layout was never published.
    ///
    /// # Errors
    ///
    /// If the message cannot be sent, which [`SendError`] explains.
    pub fn send(&mut self, now: Duration, message: &(impl Encode + ?Sized)) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.session.send(message)
    }

    /// Ends the session in good order, and says why: E_CTI_NO_ERROR if it is wanted, E_CTI_TIMEOUT if a
    /// request went unanswered. [`ClientEvent::Closed`] follows when the server has confirmed, or after
    /// [`ClientConfig::close_timeout`].
    ///
    /// # Errors
    ///
    /// If the session is not open, or too many bytes wait to be sent.
    pub fn close(&mut self, now: Duration, status: StatusCode) -> Result<(), SendError> {
        self.session.link.advance_time(now);
        self.session.close(status)
    }
}
