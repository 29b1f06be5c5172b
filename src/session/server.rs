//! The server's end of a session.

use core::borrow::Borrow;
use core::ops::RangeInclusive;
use core::time::Duration;

use super::answers::Answers;
use super::checks::{self, Strictness};
use super::link::{Inbox, Link};
use super::{End, Event, Limits, Reply, Request, SendError, Session, Side, Silence};
use crate::error::{DecodeError, EncodeError};
use crate::frame::RawMessage;
use crate::message::{
    CloseConf, ControlFailureConf, Encode, FailureConf, FailureEvent, HeartbeatConf, Message, OpenConf,
    StandbyActiveEvent,
};
use crate::schema::Sender;
use crate::types::id::{InvokeId, MonitorId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{
    AgentStateMask, CallEventMask, ControlFailureCode, CtiServiceMask, More, SessionType, StatusCode,
};
use crate::version::ProtocolVersion;

/// How a server behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConfig {
    /// The versions that it speaks; by default all. A client that asks for another is refused with
    /// E_CTI_INVALID_VERSION.
    pub versions: RangeInclusive<ProtocolVersion>,
    /// Whether it refuses what it does not know; by default it does not.
    pub strictness: Strictness,
    /// The least IdleTimeout; by default 20 s. A client that asks for less is refused.
    pub least_idle_timeout: Duration,
    /// How long a client may take to send OPEN_REQ, and the application to decide about it; by default 60 s.
    /// `None` waits forever.
    pub open_timeout: Option<Duration>,
    /// How long the application may take to answer a request; by default 30 s. Then the session refuses it, and
    /// [`Event::NotAnswered`] follows.
    pub answer_timeout: Duration,
    /// How long to wait for answers of the client; by default 5 s, as for ACTIVE_MAINTENANCE_REQ.
    pub request_timeout: Duration,
    /// Whether this is the active server of two, or the other one; by default unknown, as before version 24.
    pub session_type: SessionType,
    /// Whether the server goes into maintenance; by default it does not. Then OPEN_REQ is refused with
    /// E_CTI_SERVER_IN_MAINTENANCE_MODE.
    pub maintenance: bool,
    /// How much the session may hold.
    pub limits: Limits,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            versions: ProtocolVersion::MIN..=ProtocolVersion::MAX,
            strictness: Strictness::Liberal,
            least_idle_timeout: Duration::from_secs(20),
            open_timeout: Some(Duration::from_secs(60)),
            answer_timeout: Duration::from_secs(30),
            request_timeout: Duration::from_secs(5),
            session_type: SessionType::UNKNOWN,
            maintenance: false,
            limits: Limits::default(),
        }
    }
}

/// What makes an end the server's.
#[derive(Debug)]
pub struct Server {
    config: ServerConfig,
    state: State,
    session_type: SessionType,
    granted: CtiServiceMask,
    /// Requests of the client that the application has not answered.
    answers: Answers,
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

impl Session<Server> {
    /// Begins a session with a client that has connected.
    pub fn new(config: ServerConfig, now: Duration) -> Self {
        let link = Link::new(ProtocolVersion::MAX, InvokeId(1), &config.limits, now);
        let inbox = Inbox::new(&config.limits);
        let deadline = config.open_timeout.map(|timeout| now.saturating_add(timeout));
        let side = Server {
            state: State::Connected { deadline },
            session_type: config.session_type,
            granted: CtiServiceMask::empty(),
            answers: Answers::default(),
            offline: false,
            config,
        };
        Self { inbox, link, side }
    }

    /// Whether the session is open.
    pub fn is_open(&self) -> bool {
        self.side.is_open(&self.link)
    }

    /// The services that were granted.
    pub fn granted(&self) -> CtiServiceMask {
        self.side.granted
    }

    /// Opens the session, after [`Event::OpenRequested`].
    ///
    /// The session sets the InvokeID and, from version 24, the SessionType, and grants nothing that was not
    /// asked for. Fields that the session's version does not have must be left at their defaults.
    ///
    /// # Errors
    ///
    /// If the client does not wait for it, or the protocol does not allow the message.
    pub fn accept(&mut self, now: Duration, conf: &OpenConf<'_>) -> Result<(), SendError> {
        self.link.pass(now);
        let State::Deciding { id, asked, idle_timeout, .. } = self.deciding()? else {
            return Err(SendError::NotOpen);
        };
        let mut conf = conf.clone();
        conf.services_granted &= checks::grantable(self.link.version, asked);
        if self.link.version.number() >= SESSION_TYPE_SINCE {
            conf.session_type = self.side.session_type;
        }
        self.link.put(&conf, Some(id))?;
        self.side.granted = conf.services_granted;
        self.side.state = State::Open { idle_timeout };
        Ok(())
    }

    /// Refuses to open the session, after [`Event::OpenRequested`], which ends it.
    ///
    /// # Errors
    ///
    /// If the client does not wait for it.
    pub fn refuse_open(&mut self, now: Duration, status: StatusCode) -> Result<(), SendError> {
        self.link.pass(now);
        let State::Deciding { id, .. } = self.deciding()? else { return Err(SendError::NotOpen) };
        refuse_open(&mut self.link, id, status);
        Ok(())
    }

    /// The state, if the session has not ended while the application decided.
    fn deciding(&self) -> Result<State, SendError> {
        if self.link.has_ended() { Err(SendError::NotOpen) } else { Ok(self.side.state) }
    }

    /// Answers a request of the client. The session sets the InvokeID. With CTI_SERVICE_IGNORE_CONF granted, a
    /// client gets no confirmations of requests of the Client Control service, unless they have something to
    /// say.
    ///
    /// A request is answered once, but LIST_AGENT_TEAM_REQ as long as More says that more follows, and requests for
    /// recordings once for each server application that answers.
    ///
    /// # Errors
    ///
    /// If the answer cannot be sent, which [`SendError`] explains. A reply that was lent can then be used again. If the
    /// client takes no bytes, that is the end of the session.
    pub fn confirm(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        answer: &impl Encode,
    ) -> Result<(), SendError> {
        self.link.pass(now);
        self.side.confirm(&mut self.link, reply.borrow(), answer)
    }

    /// Refuses a request of the client, by FAILURE_CONF, or by FAILURE_EVENT if it has no InvokeID.
    ///
    /// # Errors
    ///
    /// As for [`confirm`](Self::confirm).
    pub fn refuse(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        status: StatusCode,
    ) -> Result<(), SendError> {
        self.link.pass(now);
        self.side.refuse(&mut self.link, reply.borrow(), status)
    }

    /// Refuses a request of the Client Control service, by CONTROL_FAILURE_CONF.
    ///
    /// # Errors
    ///
    /// As for [`confirm`](Self::confirm), and if the request is not of that service.
    pub fn refuse_control(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        failure_code: ControlFailureCode,
        peripheral_error_code: u32,
    ) -> Result<(), SendError> {
        self.link.pass(now);
        let reply = reply.borrow();
        if !reply.is_control() {
            return Err(SendError::NotAllowed(MessageType::CONTROL_FAILURE_CONF));
        }
        let refusal = ControlFailureConf { failure_code, peripheral_error_code, ..Default::default() };
        self.side.answer(&mut self.link, reply, &refusal, false)
    }

    /// Whether a request can be answered.
    pub(crate) fn check_reply(&self, reply: &Reply) -> Result<(), SendError> {
        self.side.check_reply(&self.link, reply)
    }

    /// Leaves a request of the client without an answer.
    pub fn ignore(&mut self, reply: impl Borrow<Reply>) {
        let reply = reply.borrow();
        if reply.session == self.link.number {
            self.side.answers.end(reply);
        }
    }

    /// Makes a request of the client: ACTIVE_MAINTENANCE_REQ, or START_RECORDING_REQ and STOP_RECORDING_REQ
    /// of a client that is a server application. The session chooses the InvokeID.
    ///
    /// # Errors
    ///
    /// If the request cannot be made, which [`SendError`] explains.
    pub fn request(&mut self, now: Duration, request: &impl Encode) -> Result<Request, SendError> {
        self.link.pass(now);
        let message_type = request.message_type();
        let allowed =
            |schema: &crate::schema::MessageSchema| schema.sender != Sender::Client && schema.reply.is_some();
        if !message_type.schema().is_some_and(allowed) {
            return Err(SendError::NotAllowed(message_type));
        }
        if !self.is_open() {
            return Err(SendError::NotOpen);
        }
        self.link.ask(request, self.side.config.request_timeout, Silence::TimedOut)
    }

    /// Sends a message that is no request and no answer.
    ///
    /// # Errors
    ///
    /// If the message cannot be sent, which [`SendError`] explains. If the client takes no bytes, that is the
    /// end of the session.
    pub fn send(&mut self, now: Duration, message: &impl Encode) -> Result<(), SendError> {
        self.link.pass(now);
        let message_type = message.message_type();
        let allowed = message_type
            .schema()
            .is_none_or(|schema| schema.sender == Sender::Server && schema.offsets.invoke_id.is_none());
        if !allowed {
            return Err(SendError::NotAllowed(message_type));
        }
        if !self.is_open() {
            return Err(SendError::NotOpen);
        }
        self.link.put_or_end(message, None)
    }

    /// Sends an event for each of the monitors that `choose` finds for it. If the client takes no bytes, that
    /// is the end of the session.
    pub(crate) fn put_for_monitors<'i>(
        &mut self,
        now: Duration,
        event: &impl Encode,
        choose: impl FnOnce(ProtocolVersion, RawMessage<'_>) -> &'i [MonitorId],
    ) -> Result<usize, SendError> {
        self.link.pass(now);
        match self.link.put_for_monitors(event, choose) {
            // The client's version does not know of such events.
            Err(SendError::Encode(EncodeError::MessageNotInVersion { .. })) => Ok(0),
            put => put,
        }
    }

    /// Ends the session, with this status in a FAILURE_EVENT: E_CTI_NEW_SESSION_OPENED if the same client has
    /// opened another, for example.
    pub fn dismiss(&mut self, now: Duration, status: StatusCode) {
        self.link.pass(now);
        if !self.link.has_ended() {
            self.link.owe(&FailureEvent { status, ..Default::default() }, None);
            self.link.end(End::Dismissed(status));
        }
    }

    /// Says that the server is off-line: tells the client, and refuses what it asks for from now on,
    /// heartbeats included.
    pub fn go_offline(&mut self, now: Duration) {
        self.link.pass(now);
        if self.is_open() && !self.side.offline {
            self.side.offline = true;
            let status = StatusCode::E_CTI_CTI_SERVER_OFFLINE;
            self.link.owe(&FailureEvent { status, ..Default::default() }, None);
        }
    }

    /// Says that this server, which stood by, is the active one from now on, and tells the client.
    pub fn become_active(&mut self, now: Duration) {
        self.link.pass(now);
        if self.side.session_type == SessionType::STANDBY && self.is_open() {
            self.link.owe(&StandbyActiveEvent::default(), None);
        }
        self.side.session_type = SessionType::ACTIVE;
    }
}

/// The length of a confirmation that has nothing but its InvokeID, header included.
const EMPTY_CONF: usize = 12;

/// The first version whose OPEN_CONF has a SessionType.
const SESSION_TYPE_SINCE: u32 = 24;

impl Side for Server {
    fn is_paused(&self) -> bool {
        matches!(self.state, State::Deciding { .. })
    }

    fn absorb(&mut self, link: &mut Link, raw: RawMessage<'_>) -> bool {
        let open = matches!(self.state, State::Open { .. });
        let (true, MessageType::HEARTBEAT_REQ, Some(id)) = (open, raw.message_type, raw.invoke_id()) else {
            return false;
        };
        if self.offline {
            let status = StatusCode::E_CTI_CTI_SERVER_OFFLINE;
            link.owe(&FailureConf { status, ..Default::default() }, Some(id));
        } else {
            link.owe(&HeartbeatConf::default(), Some(id));
        }
        true
    }

    fn take<'a>(&mut self, link: &mut Link, raw: RawMessage<'a>) -> Event<'a> {
        match self.state {
            State::Connected { .. } if raw.message_type == MessageType::OPEN_REQ => self.open(link, raw),
            State::Open { .. } => self.take_open(link, raw),
            State::Connected { .. } | State::Deciding { .. } => {
                decline(link, raw, StatusCode::E_CTI_SESSION_NOT_OPEN)
            }
        }
    }

    fn due(&mut self, link: &mut Link) -> Option<Event<'static>> {
        let over = |deadline: Option<Duration>| deadline.is_some_and(|deadline| deadline <= link.now);
        match self.state {
            State::Connected { deadline } | State::Deciding { deadline, .. } if over(deadline) => {
                Some(link.end_now(End::OpenTimedOut))
            }
            State::Open { idle_timeout } if over(idle_at(idle_timeout, link)) => {
                Some(link.end_now(End::Idle))
            }
            _ => self.refuse_late(link).or_else(|| link.expired()),
        }
    }

    fn cut(&self) -> End {
        End::Disconnected
    }

    fn deadline(&self, link: &Link) -> Option<Duration> {
        let state = match self.state {
            State::Connected { deadline } | State::Deciding { deadline, .. } => deadline,
            State::Open { idle_timeout } => idle_at(idle_timeout, link),
        };
        state.into_iter().chain(self.answers.deadline()).chain(link.requests.deadline()).min()
    }
}

/// When the client will have been silent for too long.
fn idle_at(idle_timeout: Option<Duration>, link: &Link) -> Option<Duration> {
    Some(link.received_at.saturating_add(idle_timeout?))
}

impl Server {
    fn is_open(&self, link: &Link) -> bool {
        matches!(self.state, State::Open { .. }) && !link.has_ended()
    }

    /// Checks the masks of a monitor, if the server is strict.
    pub(crate) fn check_masks(
        &self,
        version: ProtocolVersion,
        calls: CallEventMask,
        agents: AgentStateMask,
    ) -> Result<(), StatusCode> {
        match self.config.strictness {
            Strictness::Liberal | Strictness::StrictButMasks => Ok(()),
            Strictness::Strict => checks::check_event_masks(version, calls, agents),
        }
    }

    pub(crate) fn confirm(
        &mut self,
        link: &mut Link,
        reply: &Reply,
        answer: &impl Encode,
    ) -> Result<(), SendError> {
        let answer_type = answer.message_type();
        if !reply.is_answered_by(answer_type) {
            return Err(SendError::NotAllowed(answer_type));
        }
        let ignored = self.granted.contains(CtiServiceMask::CTI_SERVICE_IGNORE_CONF) && reply.is_control();
        if ignored && answer.encoded_len(link.version) == Ok(EMPTY_CONF) {
            // The client wants no confirmations that say no more than that.
            self.check_reply(link, reply)?;
            self.answers.end(reply);
            return Ok(());
        }
        let in_part = match answer_type {
            MessageType::START_RECORDING_CONF | MessageType::STOP_RECORDING_CONF => true,
            MessageType::LIST_AGENT_TEAM_CONF => more_follows(answer, link.version),
            _ => false,
        };
        self.answer(link, reply, answer, in_part)
    }

    pub(crate) fn refuse(
        &mut self,
        link: &mut Link,
        reply: &Reply,
        status: StatusCode,
    ) -> Result<(), SendError> {
        match reply.invoke_id {
            Some(_) => self.answer(link, reply, &FailureConf { status, ..Default::default() }, false),
            None => self.answer(link, reply, &FailureEvent { status, ..Default::default() }, false),
        }
    }

    /// Whether the request with this number waits for an answer of the application.
    pub(crate) fn is_unanswered(&self, number: u64) -> bool {
        self.answers.has(number)
    }

    /// Whether a request can be answered.
    fn check_reply(&self, link: &Link, reply: &Reply) -> Result<(), SendError> {
        if reply.session != link.number {
            Err(SendError::OtherSession)
        } else if !self.is_open(link) {
            Err(SendError::NotOpen)
        } else if !self.answers.has(reply.number) {
            Err(SendError::TooLate)
        } else {
            Ok(())
        }
    }

    /// Sends an answer, after which others may follow if it is one `in_part`.
    fn answer(
        &mut self,
        link: &mut Link,
        reply: &Reply,
        answer: &impl Encode,
        in_part: bool,
    ) -> Result<(), SendError> {
        self.check_reply(link, reply)?;
        link.put_or_end(answer, reply.invoke_id)?;
        if in_part {
            self.answers.answered_in_part(reply);
        } else {
            self.answers.end(reply);
        }
        Ok(())
    }

    /// Refuses a request that the application has not answered in time.
    fn refuse_late(&mut self, link: &mut Link) -> Option<Event<'static>> {
        let request = self.answers.expired(link.now)?;
        if request.is_control() {
            let failure_code = ControlFailureCode::CF_REQUEST_TIMEOUT_REJECTION;
            link.owe(&ControlFailureConf { failure_code, ..Default::default() }, request.invoke_id);
        } else {
            fail(link, request.invoke_id, StatusCode::E_CTI_TIMEOUT);
        }
        Some(Event::NotAnswered(request))
    }

    /// Looks at OPEN_REQ.
    fn open<'a>(&mut self, link: &mut Link, raw: RawMessage<'a>) -> Event<'a> {
        let open = match Message::decode(link.version, raw) {
            Ok(Message::OpenReq(open)) => open,
            Ok(_) => return decline(link, raw, StatusCode::E_CTI_BAD_MESSAGE_FORMAT),
            Err(error) => return malformed(link, raw, error),
        };
        let version = ProtocolVersion::new(open.version_number.0);
        let version = version.filter(|version| self.config.versions.contains(version));
        let Some(version) = version else {
            let status = StatusCode::E_CTI_INVALID_VERSION;
            refuse_open(link, open.invoke_id, status);
            return Event::Declined { message: raw, status };
        };
        link.version = version;
        let standby = self.session_type == SessionType::STANDBY;
        let checked = if self.config.maintenance {
            Err(StatusCode::E_CTI_SERVER_IN_MAINTENANCE_MODE)
        } else {
            checks::check_open(&open, self.config.strictness, self.config.least_idle_timeout, standby)
        };
        if let Err(status) = checked {
            refuse_open(link, open.invoke_id, status);
            return Event::Declined { message: raw, status };
        }
        self.state = State::Deciding {
            id: open.invoke_id,
            asked: open.services_requested,
            idle_timeout: checks::idle_timeout(&open),
            deadline: self.config.open_timeout.map(|timeout| link.now.saturating_add(timeout)),
        };
        Event::OpenRequested(open)
    }

    /// Deals with a message of an open session.
    fn take_open<'a>(&mut self, link: &mut Link, raw: RawMessage<'a>) -> Event<'a> {
        if let Err(status) = self.check_type(link.version, raw.message_type) {
            return decline(link, raw, status);
        }
        let message = match Message::decode(link.version, raw) {
            Ok(message) => message,
            Err(error) => return malformed(link, raw, error),
        };
        if let Err(status) = checks::check_fields(link.version, raw, self.config.strictness) {
            return decline(link, raw, status);
        }
        if let Message::RegisterVariablesReq(request) = &message {
            if let Err(status) = checks::check_variables(request) {
                return decline(link, raw, status);
            }
        }
        if let Message::CloseReq(close) = &message {
            link.owe(&CloseConf::default(), Some(close.invoke_id));
            return link.end_now(End::Closed(close.status));
        }
        let message_type = raw.message_type;
        let Some(schema) = message_type.schema() else { return Event::Received(message) };
        let invoke_id = message.invoke_id();
        if schema.reply.is_some() {
            if self.answers.len() >= self.config.limits.requests {
                return decline(link, raw, StatusCode::E_CTI_UNSPECIFIED_FAILURE);
            }
            let deadline = link.now.saturating_add(self.config.answer_timeout);
            let reply = self.answers.begin(link.number, invoke_id, message_type, deadline);
            return Event::Requested { reply, message };
        }
        match invoke_id {
            Some(id) => link.confirmed(id, message),
            None => Event::Received(message),
        }
    }

    /// Whether the client may send messages of this type now.
    fn check_type(&self, version: ProtocolVersion, message_type: MessageType) -> Result<(), StatusCode> {
        if message_type == MessageType::OPEN_REQ {
            return Err(StatusCode::E_CTI_SESSION_ALREADY_OPEN);
        }
        checks::check_type(version, message_type)?;
        if message_type == MessageType::CLOSE_REQ {
            return Ok(());
        }
        if self.offline {
            return Err(StatusCode::E_CTI_CTI_SERVER_OFFLINE);
        }
        if self.session_type == SessionType::STANDBY {
            return Err(StatusCode::E_CTI_SERVER_NOT_MASTER);
        }
        checks::check_service(self.granted, message_type)
    }
}

/// Whether LIST_AGENT_TEAM_CONF says that more of it follows.
fn more_follows(conf: &impl Encode, version: ProtocolVersion) -> bool {
    let mut bytes = alloc::vec::Vec::new();
    let length = conf.encode_to(version, &mut bytes).unwrap_or(0);
    let raw = RawMessage::split_off(&bytes, length).ok().flatten().map(|(raw, _)| raw);
    match raw.map(|raw| Message::decode(version, raw)) {
        Some(Ok(Message::ListAgentTeamConf(conf))) => conf.more != More::LAST,
        _ => false,
    }
}

/// Refuses to open the session, which ends it.
fn refuse_open(link: &mut Link, id: InvokeId, status: StatusCode) {
    link.counters.declined += 1;
    link.owe(&FailureConf { status, ..Default::default() }, Some(id));
    link.end(End::OpenRefused(status));
}

/// Refuses a message: by FAILURE_CONF if it has an InvokeID, else by FAILURE_EVENT.
fn decline<'a>(link: &mut Link, raw: RawMessage<'a>, status: StatusCode) -> Event<'a> {
    link.counters.declined += 1;
    fail(link, raw.invoke_id(), status);
    Event::Declined { message: raw, status }
}

fn malformed<'a>(link: &mut Link, raw: RawMessage<'a>, error: DecodeError) -> Event<'a> {
    link.counters.malformed += 1;
    fail(link, raw.invoke_id(), error.status());
    Event::Malformed { message: raw, error }
}

fn fail(link: &mut Link, invoke_id: Option<InvokeId>, status: StatusCode) {
    match invoke_id {
        Some(id) => link.owe(&FailureConf { status, ..Default::default() }, Some(id)),
        None => link.owe(&FailureEvent { status, ..Default::default() }, None),
    }
}
