//! The client's end of a session, without its monitors: open, heartbeats, requests, close.

use core::time::Duration;

use super::config::ClientConfig;
use crate::frame::{Input, RawMessage};
use crate::message::{ActiveMaintenanceResp, CloseReq, Encode, HeartbeatReq, Message, OpenConf, OpenReq};
use crate::schema::{Sender, Service};
use crate::session::{CloseReason, Link, Refusal, RequestError, RequestId, Responder, SendError, grantable};
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;
use crate::types::named_values::{ConfigEndStatus, CtiServiceMask, SessionType, StatusCode};
use crate::types::scalar::Bool;
use crate::version::ProtocolVersion;

/// The least time between heartbeats, whatever the configuration says.
const MIN_HEARTBEAT_INTERVAL: Duration = Duration::from_millis(100);

/// The client's end of a session.
#[derive(Debug)]
pub(super) struct Session {
    config: ClientConfig,
    pub(super) link: Link,
    state: State,
    asked: CtiServiceMask,
    pub(super) granted: CtiServiceMask,
    /// Whether the server is active or stands by.
    pub(super) server: SessionType,
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

/// What a message means to the session.
pub(super) enum Received<'a> {
    /// The session is open.
    Opened(OpenConf<'a>),
    /// A request was confirmed.
    Confirmed(RequestId, Message<'a>),
    /// A request was refused.
    Refused(RequestId, Refusal),
    /// The server asks for something.
    Requested(Responder, Message<'a>),
    /// Something that is no response and wants none.
    Message(Message<'a>),
    /// Something unexpected in this state.
    Unexpected(Message<'a>),
    /// The session is over.
    Closed,
}

impl Session {
    /// Begins a session: sends OPEN_REQ, in the version that it asks for.
    pub(super) fn open(config: ClientConfig, now: Duration, open: &OpenReq<'_>) -> Result<Self, SendError> {
        let version = ProtocolVersion::new(open.version_number.0);
        let version = version.ok_or(SendError::UnknownVersion(open.version_number))?;
        let id = config.first_invoke_id;
        let mut link = Link::new(version, InvokeId(id.0.wrapping_add(1)), &config.limits, now);
        link.send(open, Some(id))?;
        Ok(Self {
            link,
            state: State::Opening { id, deadline: now.saturating_add(config.open_timeout) },
            asked: open.services_requested,
            granted: CtiServiceMask::empty(),
            server: SessionType::UNKNOWN,
            stopped: false,
            maintenance: None,
            config,
        })
    }

    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open && !self.link.has_ended()
    }

    /// How long to wait for the response to a request.
    pub(super) fn request_timeout(&self) -> Duration {
        self.config.request_timeout
    }

    /// Makes a request that has to be answered within this time.
    pub(super) fn request(
        &mut self,
        request: &(impl Encode + ?Sized),
        timeout: Duration,
    ) -> Result<RequestId, SendError> {
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
        if self.stopped || self.server == SessionType::STANDBY {
            return Err(SendError::NotServing);
        }
        if configures {
            if self.link.requests.configuration().is_some() {
                return Err(SendError::TooManyRequests { pending: self.link.requests.len() });
            }
            self.link.send(request, None)?;
            self.link.requests.configure(message_type, self.link.now.saturating_add(timeout));
            return Ok(RequestId { invoke_id: None, message_type });
        }
        // What asks for data is confirmed as ever.
        let is_query = schema.reply.and_then(MessageType::schema).is_some_and(|conf| conf.fixed.len() > 1);
        let unconfirmed = self.granted.contains(CtiServiceMask::CTI_SERVICE_IGNORE_CONF)
            && schema.service == Service::ClientControl
            && !is_query;
        let on_timeout = if unconfirmed { RequestError::NotConfirmed } else { RequestError::TimedOut };
        self.link.request(request, timeout, on_timeout)
    }

    /// Answers a request of the server.
    pub(super) fn confirm(
        &mut self,
        responder: &Responder,
        answer: &(impl Encode + ?Sized),
    ) -> Result<(), SendError> {
        if responder.session != self.link.number {
            return Err(SendError::OtherSession);
        }
        if !responder.is_confirmed_by(answer.message_type()) {
            return Err(SendError::NotAllowed(answer.message_type()));
        }
        if self.link.has_ended() {
            return Err(SendError::NotOpen);
        }
        let of_maintenance = responder.message_type == MessageType::ACTIVE_MAINTENANCE_REQ;
        if of_maintenance && self.maintenance.map(|(id, _)| id) != responder.invoke_id {
            return Err(SendError::TooLate);
        }
        self.link.send(answer, responder.invoke_id)?;
        if of_maintenance {
            self.maintenance = None;
        }
        Ok(())
    }

    /// Sends a message that is no request and no response.
    pub(super) fn send(&mut self, message: &(impl Encode + ?Sized)) -> Result<(), SendError> {
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
        self.link.send(message, None)?;
        self.stopped |= message_type == MessageType::STOPPING_REQUESTS_TO_THIS_SIDE_IND;
        Ok(())
    }

    /// Sends CLOSE_REQ.
    pub(super) fn close(&mut self, status: StatusCode) -> Result<(), SendError> {
        if !self.is_open() {
            return Err(SendError::NotOpen);
        }
        let id = self.link.requests.next_id();
        self.link.send(&CloseReq { status, ..Default::default() }, Some(id))?;
        let deadline = self.link.now.saturating_add(self.config.close_timeout);
        self.state = State::Closing { id, deadline, status };
        Ok(())
    }

    /// Goes on to the next message that is not a confirmation of a heartbeat; false if there is none.
    #[inline]
    pub(super) fn receive(&mut self, input: &mut Input) -> bool {
        let on_disconnect = match self.state {
            State::Closing { status, .. } => CloseReason::CloseUnconfirmed(status),
            State::Opening { .. } | State::Open => CloseReason::Disconnected,
        };
        while self.link.receive(input, on_disconnect) {
            let is_heartbeat = |raw: RawMessage<'_>| {
                raw.message_type == MessageType::HEARTBEAT_CONF
                    && raw.invoke_id().is_some_and(|id| self.link.requests.heartbeats.confirmed(id))
            };
            if !input.current().is_some_and(is_heartbeat) {
                return true;
            }
        }
        false
    }

    /// Whether messages of this type are events of calls and agents, which mean nothing to the session.
    #[inline]
    pub(super) fn passes_on(&self, message_type: MessageType) -> bool {
        self.state == State::Open
            && message_type.schema().is_some_and(|schema| schema.service == Service::ClientEvents)
    }

    /// Deals with a message.
    pub(super) fn take<'a>(&mut self, message: Message<'a>) -> Received<'a> {
        match message {
            Message::OpenConf(conf) if matches!(self.state, State::Opening { id, .. } if id == conf.invoke_id) =>
            {
                self.state = State::Open;
                self.granted = conf.services_granted & grantable(self.link.version, self.asked);
                self.server = conf.session_type;
                Received::Opened(conf)
            }
            Message::FailureConf(ref failure) => {
                self.refused(failure.invoke_id, Refusal::Failure(failure.status), message)
            }
            Message::ControlFailureConf(ref failure) => {
                let (code, peripheral_error_code) = (failure.failure_code, failure.peripheral_error_code);
                let refusal = Refusal::ControlFailure { code, peripheral_error_code };
                self.refused(failure.invoke_id, refusal, message)
            }
            Message::FailureEvent(ref failure) => match failure.status {
                // Another session has taken the place of this one.
                status @ StatusCode::E_CTI_NEW_SESSION_OPENED => self.ended(CloseReason::Dismissed(status)),
                status @ StatusCode::E_CTI_CTI_SERVER_OFFLINE => {
                    // The guide asks the client to close. If it cannot, it is closing already.
                    let _ = self.close(status);
                    Received::Message(message)
                }
                _ => Received::Message(message),
            },
            Message::CloseConf(ref conf) => match self.state {
                State::Closing { id, status, .. } if conf.invoke_id == id => {
                    self.ended(CloseReason::Closed(status))
                }
                _ => self.unexpected(message),
            },
            _ => match self.state {
                State::Opening { .. } => self.unexpected(message),
                State::Open | State::Closing { .. } => self.take_open(message),
            },
        }
    }

    /// Does what is due. Returns how many heartbeats are not confirmed if that is worth a warning.
    pub(super) fn on_time(&mut self) -> Option<usize> {
        let link = &mut self.link;
        match self.state {
            State::Opening { deadline, .. } if deadline <= link.now => link.close(CloseReason::OpenTimedOut),
            State::Closing { deadline, status, .. } if deadline <= link.now => {
                link.close(CloseReason::CloseUnconfirmed(status));
            }
            _ => {}
        }
        if let Some((id, _)) = self.maintenance.take_if(|(_, deadline)| *deadline <= link.now) {
            let refusal =
                ActiveMaintenanceResp { maintenance_mode_accepted: Bool::FALSE, ..Default::default() };
            link.send_own(&refusal, Some(id));
        }
        self.heartbeat_at().filter(|due| *due <= self.link.now)?;
        let link = &mut self.link;
        if link.requests.heartbeats.are_lost() {
            link.close(CloseReason::HeartbeatsLost);
            return None;
        }
        let missed = link.requests.heartbeats.len();
        let id = link.requests.next_id();
        link.send_own(&HeartbeatReq::default(), Some(id));
        link.requests.heartbeats.sent(id, link.now);
        (missed > 0).then_some(missed)
    }

    /// When something will be due next.
    pub(super) fn deadline(&self) -> Option<Duration> {
        let state = match self.state {
            State::Opening { deadline, .. } | State::Closing { deadline, .. } => Some(deadline),
            State::Open => self.heartbeat_at(),
        };
        let maintenance = self.maintenance.map(|(_, deadline)| deadline);
        self.link.deadline(state.into_iter().chain(maintenance))
    }

    /// Counts a message that is unexpected in this state.
    pub(super) fn unexpected<'a>(&mut self, message: Message<'a>) -> Received<'a> {
        self.link.counters.unexpected += 1;
        Received::Unexpected(message)
    }

    fn ended<'a>(&mut self, reason: CloseReason) -> Received<'a> {
        self.link.close(reason);
        Received::Closed
    }

    /// Whether the server has not answered OPEN_REQ.
    pub(super) fn is_opening(&self) -> bool {
        matches!(self.state, State::Opening { .. })
    }

    /// When the next heartbeat is due, or the last one has to be confirmed.
    fn heartbeat_at(&self) -> Option<Duration> {
        let interval = self.config.heartbeat_interval.filter(|_| self.is_open())?;
        // Whatever else is sent cannot put off the end of a session whose heartbeats are lost.
        let heartbeats = &self.link.requests.heartbeats;
        let since = if heartbeats.are_lost() { heartbeats.sent_at } else { self.link.sent_at };
        Some(since.saturating_add(interval.max(MIN_HEARTBEAT_INTERVAL)))
    }

    /// Deals with a message of an open session.
    fn take_open<'a>(&mut self, message: Message<'a>) -> Received<'a> {
        let link = &mut self.link;
        let message_type = message.message_type();
        // What the version does not have is neither a request nor a response in it.
        let schema = message_type.schema().filter(|schema| schema.is_in(link.version));
        let Some(schema) = schema else { return Received::Message(message) };
        if schema.sender == Sender::Client {
            return self.unexpected(message);
        }
        if let Some(id) = message.invoke_id() {
            if schema.reply.is_some() {
                if message_type == MessageType::ACTIVE_MAINTENANCE_REQ {
                    let deadline = link.now.saturating_add(self.config.maintenance_timeout);
                    self.maintenance = Some((id, deadline));
                }
                let (session, number, invoke_id) = (link.number, 0, Some(id));
                return Received::Requested(Responder { session, number, invoke_id, message_type }, message);
            }
            return match link.confirmed(id, &message) {
                Some(request) => Received::Confirmed(request, message),
                None => self.unexpected(message),
            };
        }
        if message_type == MessageType::STANDBY_ACTIVE_EVENT {
            self.server = SessionType::ACTIVE;
        }
        if schema.service == Service::Configuration {
            if let Some(request) = self.configured(&message) {
                return Received::Confirmed(request, message);
            }
        }
        Received::Message(message)
    }

    /// The configuration request that a message completes. If it does not, more will come.
    fn configured(&mut self, message: &Message<'_>) -> Option<RequestId> {
        let requests = &mut self.link.requests;
        let asked = requests.configuration()?;
        let complete = match message {
            Message::ConfigEndEvent(end) => {
                asked == MessageType::CONFIG_REQUEST_EVENT
                    && end.config_end_status != ConfigEndStatus::CONFIGEND_PARTIAL
            }
            message => asked.schema().is_some_and(|asked| asked.reply == Some(message.message_type())),
        };
        if complete {
            return requests.end_configuration();
        }
        requests.configure(asked, self.link.now.saturating_add(self.config.request_timeout));
        None
    }

    /// Deals with a refusal.
    fn refused<'a>(&mut self, id: InvokeId, refusal: Refusal, message: Message<'a>) -> Received<'a> {
        match (self.state, refusal) {
            (State::Opening { id: open, .. }, Refusal::Failure(status)) if open == id => {
                return self.ended(CloseReason::OpenRefused(status));
            }
            (State::Closing { id: close, status, .. }, _) if close == id => {
                return self.ended(CloseReason::Closed(status));
            }
            (_, Refusal::Failure(status)) if self.link.requests.heartbeats.has(id) => {
                return self.ended(CloseReason::HeartbeatRefused(status));
            }
            _ => {}
        }
        match self.link.requests.end(id) {
            Some(request) => Received::Refused(request, refusal),
            None => self.unexpected(message),
        }
    }
}
