//! The server's end of a session, without its monitors: open, checks, requests and answers, idle timeout, close.

use core::time::Duration;

use super::config::{ServerConfig, Strictness};
use super::unanswered::UnansweredRequests;
use super::validate;
use crate::error::DecodeError;
use crate::frame::{Input, RawMessage};
use crate::message::{
    CloseConf, ControlFailureConf, Encode, FailureConf, FailureEvent, HeartbeatConf, Message, OpenConf,
    OpenReq, StandbyActiveEvent,
};
use crate::schema::{MessageSchema, Sender};
use crate::session::{CloseReason, Link, RequestError, RequestId, Responder, SendError, grantable};
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;
use crate::types::named_values::{
    AgentStateMask, CallEventMask, ControlFailureCode, CtiServiceMask, More, SessionType, StatusCode,
};
use crate::version::ProtocolVersion;

/// The server's end of a session.
#[derive(Debug)]
pub(super) struct Session {
    config: ServerConfig,
    pub(super) link: Link,
    state: State,
    /// Whether this is the active server of two, or the other one.
    own_type: SessionType,
    pub(super) granted: CtiServiceMask,
    /// Requests of the client that the application has not answered.
    unanswered: UnansweredRequests,
    /// Whether the client was told that the server is off-line.
    offline: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Waits for OPEN_REQ.
    Connected {
        deadline: Option<Duration>,
    },
    /// Waits for the application, to decide about OPEN_REQ.
    Deciding {
        id: InvokeId,
        asked: CtiServiceMask,
        idle_timeout: Option<Duration>,
        deadline: Option<Duration>,
    },
    Open {
        idle_timeout: Option<Duration>,
    },
}

/// What a message means to the session.
pub(super) enum Received<'a> {
    /// The client wants to open the session.
    OpenRequested(OpenReq<'a>),
    /// The client asks for something.
    Requested(Responder, Message<'a>),
    /// A request of the server was confirmed.
    Confirmed(RequestId, Message<'a>),
    /// Something that is no response and wants none.
    Message(Message<'a>),
    /// A response that nobody waits for.
    Unexpected(Message<'a>),
    /// A message that cannot be read.
    Malformed(DecodeError),
    /// A message that was refused.
    Rejected(StatusCode),
    /// The session is over.
    Closed,
}

/// The length of a confirmation that has nothing but its InvokeID, header included.
const EMPTY_CONF: usize = 12;

/// The first version whose OPEN_CONF has a SessionType.
const SESSION_TYPE_SINCE: u32 = 24;

impl Session {
    /// Begins a session with a client that has connected.
    pub(super) fn new(config: ServerConfig, now: Duration) -> Self {
        Self {
            link: Link::new(ProtocolVersion::MAX, InvokeId(1), &config.limits, now),
            state: State::Connected {
                deadline: config.open_timeout.map(|timeout| now.saturating_add(timeout)),
            },
            own_type: config.session_type,
            granted: CtiServiceMask::empty(),
            unanswered: UnansweredRequests::default(),
            offline: false,
            config,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. }) && !self.link.has_ended()
    }

    /// The most monitors that the session may have.
    pub(super) fn monitor_limit(&self) -> usize {
        self.config.limits.monitors
    }

    /// Opens the session, with what is granted of what was asked for.
    pub(super) fn accept(&mut self, conf: &OpenConf<'_>) -> Result<(), SendError> {
        let State::Deciding { id, asked, idle_timeout, .. } = self.deciding()? else {
            return Err(SendError::NotOpen);
        };
        let mut conf = conf.clone();
        conf.services_granted &= grantable(self.link.version, asked);
        if self.link.version.number() >= SESSION_TYPE_SINCE {
            conf.session_type = self.own_type;
        }
        self.link.send(&conf, Some(id))?;
        self.granted = conf.services_granted;
        self.state = State::Open { idle_timeout };
        Ok(())
    }

    /// Refuses to open the session, which ends it.
    pub(super) fn refuse_open(&mut self, status: StatusCode) -> Result<(), SendError> {
        let State::Deciding { id, .. } = self.deciding()? else { return Err(SendError::NotOpen) };
        self.reject_open(id, status);
        Ok(())
    }

    /// The state, if the session has not ended while the application decided.
    fn deciding(&self) -> Result<State, SendError> {
        if self.link.has_ended() { Err(SendError::NotOpen) } else { Ok(self.state) }
    }

    /// Confirms a request of the client.
    pub(super) fn confirm(
        &mut self,
        responder: &Responder,
        answer: &(impl Encode + ?Sized),
    ) -> Result<(), SendError> {
        let answer_type = answer.message_type();
        if !responder.is_confirmed_by(answer_type) {
            return Err(SendError::NotAllowed(answer_type));
        }
        let ignored =
            self.granted.contains(CtiServiceMask::CTI_SERVICE_IGNORE_CONF) && responder.is_control();
        if ignored && answer.encoded_len(self.link.version) == Ok(EMPTY_CONF) {
            // The client wants no confirmations that say no more than that.
            self.check_responder(responder)?;
            self.unanswered.end(responder);
            return Ok(());
        }
        self.answer(responder, answer)
    }

    /// Refuses a request of the client.
    pub(super) fn refuse(&mut self, responder: &Responder, status: StatusCode) -> Result<(), SendError> {
        match responder.invoke_id {
            Some(_) => self.answer(responder, &FailureConf { status, ..Default::default() }),
            None => self.answer(responder, &FailureEvent { status, ..Default::default() }),
        }
    }

    /// Refuses a request of the Client Control service.
    pub(super) fn refuse_control(
        &mut self,
        responder: &Responder,
        failure_code: ControlFailureCode,
        peripheral_error_code: u32,
    ) -> Result<(), SendError> {
        if !responder.is_control() {
            return Err(SendError::NotAllowed(MessageType::CONTROL_FAILURE_CONF));
        }
        let refusal = ControlFailureConf { failure_code, peripheral_error_code, ..Default::default() };
        self.answer(responder, &refusal)
    }

    /// Leaves a request of the client without an answer.
    pub(super) fn ignore(&mut self, responder: &Responder) {
        if responder.session == self.link.number {
            self.unanswered.end(responder);
        }
    }

    /// Whether the request with this number waits for an answer of the application.
    pub(super) fn is_unanswered(&self, number: u64) -> bool {
        self.unanswered.has(number)
    }

    /// Whether a request can be answered.
    pub(super) fn check_responder(&self, responder: &Responder) -> Result<(), SendError> {
        if responder.session != self.link.number {
            Err(SendError::OtherSession)
        } else if !self.is_open() {
            Err(SendError::NotOpen)
        } else if !self.unanswered.has(responder.number) {
            Err(SendError::TooLate)
        } else {
            Ok(())
        }
    }

    /// Sends an answer.
    fn answer(&mut self, responder: &Responder, answer: &(impl Encode + ?Sized)) -> Result<(), SendError> {
        self.check_responder(responder)?;
        let before = self.link.output().len();
        self.link.send_or_close(answer, responder.invoke_id)?;
        let sent = self.link.output().get(before..).unwrap_or_default();
        if may_be_answered_again(self.link.version, sent) {
            self.unanswered.answered_in_part(responder);
        } else {
            self.unanswered.end(responder);
        }
        Ok(())
    }

    /// Makes a request of the client.
    pub(super) fn request(&mut self, request: &(impl Encode + ?Sized)) -> Result<RequestId, SendError> {
        let allowed = |schema: &MessageSchema| schema.sender != Sender::Client && schema.reply.is_some();
        self.check_send(request.message_type(), allowed)?;
        self.link.request(request, self.config.request_timeout, RequestError::TimedOut)
    }

    /// Sends a message that is no request and no answer.
    pub(super) fn send(&mut self, message: &(impl Encode + ?Sized)) -> Result<(), SendError> {
        let allowed =
            |schema: &MessageSchema| schema.sender == Sender::Server && schema.offsets.invoke_id.is_none();
        let message_type = message.message_type();
        if message_type.schema().is_some() {
            self.check_send(message_type, allowed)?;
        } else if !self.is_open() {
            return Err(SendError::NotOpen);
        }
        self.link.send_or_close(message, None)
    }

    fn check_send(
        &self,
        message_type: MessageType,
        allowed: impl FnOnce(&MessageSchema) -> bool,
    ) -> Result<(), SendError> {
        if !message_type.schema().is_some_and(allowed) {
            Err(SendError::NotAllowed(message_type))
        } else if !self.is_open() {
            Err(SendError::NotOpen)
        } else {
            Ok(())
        }
    }

    /// Ends the session, with this status in a FAILURE_EVENT.
    pub(super) fn dismiss(&mut self, status: StatusCode) {
        if !self.link.has_ended() {
            self.link.send_own(&FailureEvent { status, ..Default::default() }, None);
            self.link.close(CloseReason::Dismissed(status));
        }
    }

    /// Tells the client that the server is off-line, and refuses what it asks for from now on.
    pub(super) fn go_offline(&mut self) {
        if self.is_open() && !self.offline {
            self.offline = true;
            let status = StatusCode::E_CTI_CTI_SERVER_OFFLINE;
            self.link.send_own(&FailureEvent { status, ..Default::default() }, None);
        }
    }

    /// Tells the client that this server is the active one from now on.
    pub(super) fn become_active(&mut self) {
        if self.own_type == SessionType::STANDBY && self.is_open() {
            self.link.send_own(&StandbyActiveEvent::default(), None);
        }
        self.own_type = SessionType::ACTIVE;
    }

    /// Checks the masks of a monitor, if the server is strict.
    pub(super) fn check_masks(&self, calls: CallEventMask, agents: AgentStateMask) -> Result<(), StatusCode> {
        match self.config.strictness {
            Strictness::Liberal | Strictness::StrictButMasks => Ok(()),
            Strictness::Strict => validate::check_event_masks(self.link.version, calls, agents),
        }
    }

    /// Goes on to the next message that is not a heartbeat; false if there is none, or the application has to decide
    /// about OPEN_REQ first.
    #[inline]
    pub(super) fn receive(&mut self, input: &mut Input) -> bool {
        if matches!(self.state, State::Deciding { .. }) {
            // There is nobody to tell the decision.
            if self.link.disconnected {
                self.link.close(CloseReason::Disconnected);
            }
            return false;
        }
        while self.link.receive(input, CloseReason::Disconnected) {
            if !input.current().is_some_and(|raw| self.confirms_heartbeat(raw)) {
                return true;
            }
        }
        false
    }

    fn confirms_heartbeat(&mut self, raw: RawMessage<'_>) -> bool {
        let open = matches!(self.state, State::Open { .. });
        let (true, MessageType::HEARTBEAT_REQ, Some(id)) = (open, raw.message_type, raw.invoke_id()) else {
            return false;
        };
        if self.offline {
            let status = StatusCode::E_CTI_CTI_SERVER_OFFLINE;
            self.link.send_own(&FailureConf { status, ..Default::default() }, Some(id));
        } else {
            self.link.send_own(&HeartbeatConf::default(), Some(id));
        }
        true
    }

    /// Deals with a message.
    pub(super) fn take<'a>(&mut self, raw: RawMessage<'a>) -> Received<'a> {
        match self.state {
            State::Connected { .. } if raw.message_type == MessageType::OPEN_REQ => self.take_open_req(raw),
            State::Open { .. } => self.take_open(raw),
            State::Connected { .. } | State::Deciding { .. } => {
                self.reject(raw, StatusCode::E_CTI_SESSION_NOT_OPEN)
            }
        }
    }

    /// Does what is due. A request is returned that the application has not answered in time, and was refused for it.
    pub(super) fn on_time(&mut self) -> Option<RequestId> {
        let now = self.link.now;
        let is_over = |deadline: Option<Duration>| deadline.is_some_and(|deadline| deadline <= now);
        match self.state {
            State::Connected { deadline } | State::Deciding { deadline, .. } if is_over(deadline) => {
                self.link.close(CloseReason::OpenTimedOut);
                None
            }
            State::Open { idle_timeout } if is_over(self.idle_at(idle_timeout)) => {
                self.link.close(CloseReason::Idle);
                None
            }
            _ => self.refuse_late(),
        }
    }

    /// When something will be due next.
    pub(super) fn deadline(&self) -> Option<Duration> {
        let state = match self.state {
            State::Connected { deadline } | State::Deciding { deadline, .. } => deadline,
            State::Open { idle_timeout } => self.idle_at(idle_timeout),
        };
        self.link.deadline(state.into_iter().chain(self.unanswered.deadline()))
    }

    /// When the client will have been silent for too long.
    fn idle_at(&self, idle_timeout: Option<Duration>) -> Option<Duration> {
        Some(self.link.received_at.saturating_add(idle_timeout?))
    }

    /// Refuses a request that the application has not answered in time.
    fn refuse_late(&mut self) -> Option<RequestId> {
        let request = self.unanswered.expired(self.link.now)?;
        if request.is_control() {
            let failure_code = ControlFailureCode::CF_REQUEST_TIMEOUT_REJECTION;
            let refusal = ControlFailureConf { failure_code, ..Default::default() };
            self.link.send_own(&refusal, request.invoke_id);
        } else {
            self.send_failure(request.invoke_id, StatusCode::E_CTI_TIMEOUT);
        }
        Some(request)
    }

    /// Looks at OPEN_REQ.
    fn take_open_req<'a>(&mut self, raw: RawMessage<'a>) -> Received<'a> {
        let open = match Message::decode(self.link.version, raw) {
            Ok(Message::OpenReq(open)) => open,
            Ok(_) => return self.reject(raw, StatusCode::E_CTI_BAD_MESSAGE_FORMAT),
            Err(error) => return self.malformed(raw, error),
        };
        let version = ProtocolVersion::new(open.version_number.0);
        let version = version.filter(|version| self.config.versions.contains(version));
        let Some(version) = version else {
            return self.reject_open(open.invoke_id, StatusCode::E_CTI_INVALID_VERSION);
        };
        self.link.version = version;
        let standby = self.own_type == SessionType::STANDBY;
        let checked = if self.config.maintenance {
            Err(StatusCode::E_CTI_SERVER_IN_MAINTENANCE_MODE)
        } else {
            let ServerConfig { strictness, least_idle_timeout, .. } = self.config;
            validate::check_open(&open, strictness, least_idle_timeout, standby)
        };
        if let Err(status) = checked {
            return self.reject_open(open.invoke_id, status);
        }
        self.state = State::Deciding {
            id: open.invoke_id,
            asked: open.services_requested,
            idle_timeout: validate::idle_timeout(&open),
            deadline: self.config.open_timeout.map(|timeout| self.link.now.saturating_add(timeout)),
        };
        Received::OpenRequested(open)
    }

    /// Deals with a message of an open session.
    fn take_open<'a>(&mut self, raw: RawMessage<'a>) -> Received<'a> {
        let version = self.link.version;
        if let Err(status) = self.check_type(raw.message_type) {
            return self.reject(raw, status);
        }
        let message = match Message::decode(version, raw) {
            Ok(message) => message,
            Err(error) => return self.malformed(raw, error),
        };
        if let Err(status) = validate::check_fields(version, raw, self.config.strictness) {
            return self.reject(raw, status);
        }
        let invoke_id = message.invoke_id();
        match &message {
            Message::RegisterVariablesReq(request) => {
                if let Err(status) = validate::check_variables(request) {
                    return self.reject(raw, status);
                }
            }
            Message::CloseReq(close) => {
                self.link.send_own(&CloseConf::default(), Some(close.invoke_id));
                self.link.close(CloseReason::Closed(close.status));
                return Received::Closed;
            }
            _ => {}
        }
        let message_type = raw.message_type;
        let Some(schema) = message_type.schema() else { return Received::Message(message) };
        if schema.reply.is_some() {
            if self.unanswered.len() >= self.config.limits.requests {
                return self.reject(raw, StatusCode::E_CTI_UNSPECIFIED_FAILURE);
            }
            let deadline = self.link.now.saturating_add(self.config.answer_timeout);
            let responder = self.unanswered.begin(self.link.number, invoke_id, message_type, deadline);
            return Received::Requested(responder, message);
        }
        let Some(id) = invoke_id else { return Received::Message(message) };
        if let Some(request) = self.link.confirmed(id, &message) {
            return Received::Confirmed(request, message);
        }
        self.link.counters.unexpected += 1;
        Received::Unexpected(message)
    }

    /// Whether the client may send messages of this type now.
    fn check_type(&self, message_type: MessageType) -> Result<(), StatusCode> {
        if message_type == MessageType::OPEN_REQ {
            return Err(StatusCode::E_CTI_SESSION_ALREADY_OPEN);
        }
        validate::check_type(self.link.version, message_type)?;
        if message_type == MessageType::CLOSE_REQ {
            return Ok(());
        }
        if self.offline {
            return Err(StatusCode::E_CTI_CTI_SERVER_OFFLINE);
        }
        if self.own_type == SessionType::STANDBY {
            return Err(StatusCode::E_CTI_SERVER_NOT_MASTER);
        }
        validate::check_service(self.granted, message_type)
    }

    /// Refuses to open the session, which ends it.
    fn reject_open<'a>(&mut self, id: InvokeId, status: StatusCode) -> Received<'a> {
        self.link.counters.rejected += 1;
        self.link.send_own(&FailureConf { status, ..Default::default() }, Some(id));
        self.link.close(CloseReason::OpenRefused(status));
        Received::Rejected(status)
    }

    /// Refuses a message: by FAILURE_CONF if it has an InvokeID, else by FAILURE_EVENT.
    fn reject<'a>(&mut self, raw: RawMessage<'a>, status: StatusCode) -> Received<'a> {
        self.link.counters.rejected += 1;
        self.send_failure(raw.invoke_id(), status);
        Received::Rejected(status)
    }

    fn malformed<'a>(&mut self, raw: RawMessage<'a>, error: DecodeError) -> Received<'a> {
        self.link.counters.malformed += 1;
        self.send_failure(raw.invoke_id(), error.status());
        Received::Malformed(error)
    }

    fn send_failure(&mut self, invoke_id: Option<InvokeId>, status: StatusCode) {
        match invoke_id {
            Some(id) => self.link.send_own(&FailureConf { status, ..Default::default() }, Some(id)),
            None => self.link.send_own(&FailureEvent { status, ..Default::default() }, None),
        }
    }
}

/// Whether other answers to the same request may follow this one.
fn may_be_answered_again(version: ProtocolVersion, answer: &[u8]) -> bool {
    let Ok(Some((raw, _))) = RawMessage::split_off(answer, answer.len()) else { return false };
    match raw.message_type {
        // Each server application that records in parallel answers.
        MessageType::START_RECORDING_CONF | MessageType::STOP_RECORDING_CONF => true,
        MessageType::LIST_AGENT_TEAM_CONF => {
            let conf = Message::decode(version, raw);
            matches!(conf, Ok(Message::ListAgentTeamConf(conf)) if conf.more != More::LAST)
        }
        _ => false,
    }
}
