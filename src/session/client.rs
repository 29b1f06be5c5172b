//! The client's end of a session.

use core::borrow::Borrow;
use core::time::Duration;

use super::checks;
use super::link::{Inbox, Link};
use super::{End, Event, Limits, Refusal, Reply, Request, SendError, Session, Side, Silence};
use crate::frame::RawMessage;
use crate::message::{ActiveMaintenanceResp, CloseReq, Encode, HeartbeatReq, Message, OpenReq};
use crate::schema::{Sender, Service};
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;
use crate::types::named_values::{ConfigEndStatus, CtiServiceMask, SessionType, StatusCode};
use crate::types::scalar::Bool;
use crate::version::ProtocolVersion;

/// The least time between heartbeats, whatever the configuration says.
const LEAST_INTERVAL: Duration = Duration::from_millis(100);

/// How a client behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientConfig {
    /// How long to wait for the answer to OPEN_REQ; by default 30 s, the least that the guide asks for. It
    /// asks for 60 s where there are over 500 clients.
    pub open_timeout: Duration,
    /// After how long without sending anything to send a heartbeat; by default 5 s, as for a bridge. Desktops
    /// should take 90 s or more. `None` sends none.
    pub heartbeat_interval: Option<Duration>,
    /// How long to wait for the answer to a request; by default 15 s.
    pub request_timeout: Duration,
    /// How long to wait for the answer to CLOSE_REQ; by default 5 s.
    pub close_timeout: Duration,
    /// How long the application may take to answer ACTIVE_MAINTENANCE_REQ; by default 4 s, since the server
    /// waits 5 s. After that the session refuses for it.
    pub maintenance_timeout: Duration,
    /// The first InvokeID; the session counts on from it.
    pub first_invoke_id: InvokeId,
    /// How much the session may hold.
    pub limits: Limits,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            open_timeout: Duration::from_secs(30),
            heartbeat_interval: Some(Duration::from_secs(5)),
            request_timeout: Duration::from_secs(15),
            close_timeout: Duration::from_secs(5),
            maintenance_timeout: Duration::from_secs(4),
            first_invoke_id: InvokeId(1),
            limits: Limits::default(),
        }
    }
}

/// What makes an end the client's.
#[derive(Debug)]
pub struct Client {
    config: ClientConfig,
    state: State,
    asked: CtiServiceMask,
    granted: CtiServiceMask,
    server: SessionType,
    /// Whether the server was told that no more requests come.
    stopped: bool,
    /// ACTIVE_MAINTENANCE_REQ, and until when it has to be answered.
    maintenance: Option<(InvokeId, Duration)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Opening { id: InvokeId, deadline: Duration },
    Open,
    Closing { id: InvokeId, deadline: Duration, status: StatusCode },
}

impl Session<Client> {
    /// Begins a session: puts out OPEN_REQ, in the version that it asks for.
    ///
    /// The session chooses the InvokeID. The request has to name a client and a password, which may be empty.
    ///
    /// # Errors
    ///
    /// [`SendError::NotAllowed`] if the crate does not know the version, [`SendError::Encode`] if the protocol
    /// does not allow the request.
    pub fn open(config: ClientConfig, now: Duration, open: &OpenReq<'_>) -> Result<Self, SendError> {
        let version = ProtocolVersion::new(open.version_number.0);
        let version = version.ok_or(SendError::NotAllowed(MessageType::OPEN_REQ))?;
        let mut link =
            Link::new(version, InvokeId(config.first_invoke_id.0.wrapping_add(1)), &config.limits, now);
        let id = config.first_invoke_id;
        link.put(open, Some(id))?;
        let inbox = Inbox::new(&config.limits);
        let side = Client {
            state: State::Opening { id, deadline: now.saturating_add(config.open_timeout) },
            asked: open.services_requested,
            granted: CtiServiceMask::empty(),
            server: SessionType::UNKNOWN,
            stopped: false,
            maintenance: None,
            config,
        };
        Ok(Self { inbox, link, side })
    }

    /// What the session shares with its monitors.
    pub(crate) fn link_mut(&mut self) -> &mut Link {
        &mut self.link
    }

    /// The time that the session knows of.
    pub(crate) fn now(&self) -> Duration {
        self.link.now
    }

    /// Whether the session is open.
    pub fn is_open(&self) -> bool {
        self.side.state == State::Open && !self.link.has_ended()
    }

    /// The services that the server granted: none that were not asked for, but perhaps
    /// CTI_AGENT_STATE_CONTROL_ONLY in place of CTI_SERVICE_CLIENT_CONTROL.
    pub fn granted(&self) -> CtiServiceMask {
        self.side.granted
    }

    /// Whether the server is active or stands by; unknown before version 24.
    pub fn server(&self) -> SessionType {
        self.side.server
    }

    /// Makes a request. Its outcome comes as [`Event::Confirmed`], [`Event::Refused`] or
    /// [`Event::Unanswered`], exactly once. The session chooses the InvokeID.
    ///
    /// Requests for configuration have no InvokeID, so one of them can wait at a time. It is confirmed by
    /// CONFIG_KEY_EVENT or the last CONFIG_END_EVENT; the records before that are [`Event::Received`].
    ///
    /// # Errors
    ///
    /// If the request cannot be made, which [`SendError`] explains; then nothing happens.
    pub fn request(&mut self, now: Duration, request: &impl Encode) -> Result<Request, SendError> {
        self.request_within(self.side.config.request_timeout, now, request)
    }

    /// Makes a request that has to be answered within this time.
    ///
    /// # Errors
    ///
    /// As for [`request`](Self::request).
    pub fn request_within(
        &mut self,
        timeout: Duration,
        now: Duration,
        request: &impl Encode,
    ) -> Result<Request, SendError> {
        self.link.pass(now);
        let message_type = request.message_type();
        let schema = message_type.schema().filter(|schema| schema.sender != Sender::Server);
        let schema = schema.ok_or(SendError::NotAllowed(message_type))?;
        let of_session = schema.service == Service::SessionManagement;
        let configures = schema.offsets.invoke_id.is_none() && schema.service == Service::Configuration;
        if of_session || (schema.reply.is_none() && !configures) {
            return Err(SendError::NotAllowed(message_type));
        }
        if !self.is_open() {
            return Err(SendError::NotOpen);
        }
        if self.side.stopped || self.side.server == SessionType::STANDBY {
            return Err(SendError::NotServing);
        }
        if configures {
            if self.link.requests.configuration().is_some() {
                return Err(SendError::TooManyRequests { waiting: self.link.requests.len() });
            }
            self.link.put(request, None)?;
            self.link.requests.configure(message_type, self.link.now.saturating_add(timeout));
            return Ok(Request { invoke_id: None, message_type });
        }
        // What asks for data is confirmed as ever.
        let is_query = schema.reply.and_then(MessageType::schema).is_some_and(|conf| conf.fixed.len() > 1);
        let unconfirmed = self.side.granted.contains(CtiServiceMask::CTI_SERVICE_IGNORE_CONF)
            && schema.service == Service::ClientControl
            && !is_query;
        let silence = if unconfirmed { Silence::NotConfirmed } else { Silence::TimedOut };
        self.link.ask(request, timeout, silence)
    }

    /// Answers a request of the server: ACTIVE_MAINTENANCE_REQ, or START_RECORDING_REQ and
    /// STOP_RECORDING_REQ where the client is a server application. The session sets the InvokeID.
    ///
    /// # Errors
    ///
    /// If the answer cannot be sent, which [`SendError`] explains.
    pub fn confirm(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        answer: &impl Encode,
    ) -> Result<(), SendError> {
        let reply = reply.borrow();
        self.link.pass(now);
        if reply.session != self.link.number {
            return Err(SendError::OtherSession);
        }
        if !reply.is_answered_by(answer.message_type()) {
            return Err(SendError::NotAllowed(answer.message_type()));
        }
        if self.link.has_ended() {
            return Err(SendError::NotOpen);
        }
        let of_maintenance = reply.message_type == MessageType::ACTIVE_MAINTENANCE_REQ;
        if of_maintenance && self.side.maintenance.map(|(id, _)| id) != reply.invoke_id {
            return Err(SendError::TooLate);
        }
        self.link.put(answer, reply.invoke_id)?;
        if of_maintenance {
            self.side.maintenance = None;
        }
        Ok(())
    }

    /// Sends a message that is no request and no answer, as STOPPING_REQUESTS_TO_THIS_SIDE_IND, after which
    /// the session makes no more requests, or a message whose layout was never published.
    ///
    /// # Errors
    ///
    /// If the message cannot be sent, which [`SendError`] explains.
    pub fn send(&mut self, now: Duration, message: &impl Encode) -> Result<(), SendError> {
        self.link.pass(now);
        let message_type = message.message_type();
        let allowed = message_type.schema().is_none_or(|schema| {
            schema.sender == Sender::Client
                && schema.offsets.invoke_id.is_none()
                && schema.service != Service::Configuration
        });
        if !allowed {
            return Err(SendError::NotAllowed(message_type));
        }
        if !self.is_open() {
            return Err(SendError::NotOpen);
        }
        self.link.put(message, None)?;
        self.side.stopped |= message_type == MessageType::STOPPING_REQUESTS_TO_THIS_SIDE_IND;
        Ok(())
    }

    /// Ends the session in good order, and says why: E_CTI_NO_ERROR if it is wanted, E_CTI_TIMEOUT if a
    /// request went unanswered. [`Event::Ended`] follows when the server has confirmed, or after 5 s.
    ///
    /// # Errors
    ///
    /// If the session is not open, or too many bytes wait to be sent.
    pub fn close(&mut self, now: Duration, status: StatusCode) -> Result<(), SendError> {
        self.link.pass(now);
        self.side.close(&mut self.link, status)
    }
}

impl Side for Client {
    fn is_paused(&self) -> bool {
        false
    }

    fn absorb(&mut self, link: &mut Link, raw: RawMessage<'_>) -> bool {
        raw.message_type == MessageType::HEARTBEAT_CONF
            && raw.invoke_id().is_some_and(|id| link.requests.heartbeats.confirmed(id))
    }

    fn take<'a>(&mut self, link: &mut Link, raw: RawMessage<'a>) -> Event<'a> {
        let message = match Message::decode(link.version, raw) {
            // Most messages by far: what happens to calls and agents is for the application alone. A message
            // is large, so these are spared the moves through what follows, which would say the same.
            Ok(message) if self.state == State::Open && is_of_client_events(raw) => {
                return Event::Received(message);
            }
            Ok(message) => message,
            Err(error) => {
                link.counters.malformed += 1;
                return Event::Malformed { message: raw, error };
            }
        };
        match message {
            Message::OpenConf(conf) if self.is_opening(conf.invoke_id) => {
                self.state = State::Open;
                self.granted = conf.services_granted & checks::grantable(link.version, self.asked);
                self.server = conf.session_type;
                Event::Opened(conf)
            }
            Message::FailureConf(ref failure) => {
                self.refused(link, failure.invoke_id, Refusal::Failure(failure.status), message)
            }
            Message::ControlFailureConf(ref failure) => {
                let (code, peripheral_error_code) = (failure.failure_code, failure.peripheral_error_code);
                let refusal = Refusal::ControlFailure { code, peripheral_error_code };
                self.refused(link, failure.invoke_id, refusal, message)
            }
            Message::FailureEvent(ref failure) => match failure.status {
                // Another session has taken the place of this one.
                status @ StatusCode::E_CTI_NEW_SESSION_OPENED => link.end_now(End::Dismissed(status)),
                status @ StatusCode::E_CTI_CTI_SERVER_OFFLINE => {
                    // The guide asks the client to close. If it cannot, it is closing already.
                    let _ = self.close(link, status);
                    Event::Received(message)
                }
                _ => Event::Received(message),
            },
            Message::CloseConf(ref conf) => match self.state {
                State::Closing { id, status, .. } if conf.invoke_id == id => {
                    link.end_now(End::Closed(status))
                }
                _ => link.stray(message),
            },
            _ => match self.state {
                State::Opening { .. } => link.stray(message),
                State::Open | State::Closing { .. } => self.take_open(link, message),
            },
        }
    }

    fn due(&mut self, link: &mut Link) -> Option<Event<'static>> {
        match self.state {
            State::Opening { deadline, .. } if deadline <= link.now => {
                return Some(link.end_now(End::OpenTimedOut));
            }
            State::Closing { deadline, status, .. } if deadline <= link.now => {
                return Some(link.end_now(End::CloseUnconfirmed(status)));
            }
            _ => {}
        }
        if let Some(expired) = link.expired() {
            return Some(expired);
        }
        if let Some((id, _)) = self.maintenance.take_if(|(_, deadline)| *deadline <= link.now) {
            let refusal =
                ActiveMaintenanceResp { maintenance_mode_accepted: Bool::FALSE, ..Default::default() };
            link.owe(&refusal, Some(id));
        }
        if self.heartbeat_at(link).is_some_and(|due| due <= link.now) {
            if link.requests.heartbeats.are_lost() {
                return Some(link.end_now(End::HeartbeatsLost));
            }
            let id = link.requests.next_id();
            link.owe(&HeartbeatReq::default(), Some(id));
            link.requests.heartbeats.sent(id, link.now);
        }
        link.ending()
    }

    fn cut(&self) -> End {
        match self.state {
            State::Closing { status, .. } => End::CloseUnconfirmed(status),
            State::Opening { .. } | State::Open => End::Disconnected,
        }
    }

    fn deadline(&self, link: &Link) -> Option<Duration> {
        let state = match self.state {
            State::Opening { deadline, .. } | State::Closing { deadline, .. } => Some(deadline),
            State::Open => self.heartbeat_at(link),
        };
        let maintenance = self.maintenance.map(|(_, deadline)| deadline);
        state.into_iter().chain(link.requests.deadline()).chain(maintenance).min()
    }
}

/// Whether a message tells what happens to calls and agents.
fn is_of_client_events(raw: RawMessage<'_>) -> bool {
    raw.message_type.schema().is_some_and(|schema| schema.service == Service::ClientEvents)
}

impl Client {
    fn is_opening(&self, with: InvokeId) -> bool {
        matches!(self.state, State::Opening { id, .. } if id == with)
    }

    /// When the next heartbeat is due, or the last one has to be confirmed.
    fn heartbeat_at(&self, link: &Link) -> Option<Duration> {
        let interval = self.config.heartbeat_interval.filter(|_| self.state == State::Open)?;
        // Whatever else is sent cannot put off the end of a session whose heartbeats are lost.
        let heartbeats = &link.requests.heartbeats;
        let since = if heartbeats.are_lost() { heartbeats.sent_at } else { link.sent_at };
        Some(since.saturating_add(interval.max(LEAST_INTERVAL)))
    }

    /// Deals with a message of an open session.
    fn take_open<'a>(&mut self, link: &mut Link, message: Message<'a>) -> Event<'a> {
        let message_type = message.message_type();
        // What the version does not have is neither a request nor an answer in it.
        let schema = message_type.schema().filter(|schema| schema.is_in(link.version));
        let Some(schema) = schema else { return Event::Received(message) };
        if schema.sender == Sender::Client {
            return link.stray(message);
        }
        if let Some(id) = message.invoke_id() {
            if schema.reply.is_some() {
                if message_type == MessageType::ACTIVE_MAINTENANCE_REQ {
                    let deadline = link.now.saturating_add(self.config.maintenance_timeout);
                    self.maintenance = Some((id, deadline));
                }
                let (session, number, invoke_id) = (link.number, 0, Some(id));
                return Event::Requested {
                    reply: Reply { session, number, invoke_id, message_type },
                    message,
                };
            }
            return link.confirmed(id, message);
        }
        if message_type == MessageType::STANDBY_ACTIVE_EVENT {
            self.server = SessionType::ACTIVE;
        }
        if schema.service == Service::Configuration {
            if let Some(request) = self.configured(link, &message) {
                return Event::Confirmed { request, message };
            }
        }
        Event::Received(message)
    }

    /// The configuration request that a message completes. If it does not, more will come.
    fn configured(&mut self, link: &mut Link, message: &Message<'_>) -> Option<Request> {
        let asked = link.requests.configuration()?;
        let complete = match message {
            Message::ConfigEndEvent(end) => {
                asked == MessageType::CONFIG_REQUEST_EVENT
                    && end.config_end_status != ConfigEndStatus::CONFIGEND_PARTIAL
            }
            message => asked.schema().is_some_and(|asked| asked.reply == Some(message.message_type())),
        };
        if complete {
            return link.requests.end_configuration();
        }
        link.requests.configure(asked, link.now.saturating_add(self.config.request_timeout));
        None
    }

    /// Deals with a refusal.
    fn refused<'a>(
        &mut self,
        link: &mut Link,
        id: InvokeId,
        refusal: Refusal,
        message: Message<'a>,
    ) -> Event<'a> {
        match (self.state, refusal) {
            (State::Opening { id: open, .. }, Refusal::Failure(status)) if open == id => {
                return link.end_now(End::OpenRefused(status));
            }
            (State::Closing { id: close, status, .. }, _) if close == id => {
                return link.end_now(End::Closed(status));
            }
            (_, Refusal::Failure(status)) if link.requests.heartbeats.has(id) => {
                return link.end_now(End::HeartbeatRefused(status));
            }
            _ => {}
        }
        match link.requests.end(id) {
            Some(request) => Event::Refused { request, refusal },
            None => link.stray(message),
        }
    }

    fn close(&mut self, link: &mut Link, status: StatusCode) -> Result<(), SendError> {
        if self.state != State::Open || link.has_ended() {
            return Err(SendError::NotOpen);
        }
        let id = link.requests.next_id();
        link.put(&CloseReq { status, ..Default::default() }, Some(id))?;
        self.state =
            State::Closing { id, deadline: link.now.saturating_add(self.config.close_timeout), status };
        Ok(())
    }
}
