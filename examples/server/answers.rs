//! The answers to what clients ask for. What is not simulated is refused.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ged188::id::Time;
use ged188::message::{
    ConfigEndEvent, ConfigKeyEvent, FailureEvent, OpenConf, OpenReq, QueryAgentStateReq,
    RegisterVariablesConf, SetAgentStateConf, SetAgentStateReq, SnapshotCallReq, SnapshotDeviceReq,
    TeamConfigConf, UserMessageConf, UserMessageEvent, UserMessageReq,
};
use ged188::named_values::{
    AgentState, ConfigEndStatus, ConfigKeyStatus, ControlFailureCode, MessageDistribution, StatusCode,
};
use ged188::server::Policy;
use ged188::{
    CloseReason, Encode, Input, Message, Responder, Secret, SendError, Server, ServerEvent, Target,
};

use crate::Rules;
use crate::agents::{Agent, owned};
use crate::calls::snapshot_of_device;
use crate::centre::Centre;
use crate::scene::{Audience, Step};

/// Who asks, and whom.
pub(crate) struct Caller {
    number: u32,
    pub(crate) centre: Arc<Centre>,
    rules: Arc<Rules>,
    /// Whether it asked for the configuration.
    configured: bool,
    reason: Option<CloseReason>,
}

/// Gives the client what it asks for.
pub(crate) fn answer(server: &mut Server, now: Duration, input: &mut Input, caller: &mut Caller) {
    while let Some(event) = server.poll(now, input) {
        // If an answer cannot be sent, the session is over, which the loop finds out.
        let _ = match event {
            ServerEvent::OpenRequested(open) => caller.open(server, now, &open),
            ServerEvent::MonitorRequested { responder, target, .. } => match caller.may_watch(target) {
                Ok(()) => server.start_monitor(now, responder).map(|_| ()),
                Err(status) => server.refuse(now, responder, status),
            },
            ServerEvent::Requested { responder, message } => {
                Answer { server, now, responder, caller }.requested(&message)
            }
            ServerEvent::Received(message) => received(server, now, &message, caller),
            ServerEvent::Closed(reason) => {
                caller.reason = Some(reason);
                Ok(())
            }
            _ => Ok(()),
        };
    }
}

impl Caller {
    pub(crate) fn new(number: u32, centre: Arc<Centre>, rules: Arc<Rules>) -> Self {
        Self { number, centre, rules, configured: false, reason: None }
    }

    /// Why the session is over, as other clients are told.
    pub(crate) fn ended(&self) -> StatusCode {
        match self.reason {
            Some(CloseReason::Closed(status)) => status,
            Some(CloseReason::Idle) => StatusCode::E_CTI_TIMEOUT,
            _ => StatusCode::E_CTI_CLIENT_DISCONNECTED,
        }
    }

    /// Opens the session if it may be, and sends the events that come right after that.
    fn open(&self, server: &mut Server, now: Duration, open: &OpenReq<'_>) -> Result<(), SendError> {
        let id = std::str::from_utf8(open.client_id.unwrap_or_default().as_bytes()).unwrap_or_default();
        let client = self.rules.password.as_deref().map(|password| [(id, Secret::new(password))]);
        let clients = client.as_ref().map(|client| &client[..]);
        let conf = Policy { services: self.rules.services, clients }.decide(open);
        let first = conf.and_then(|conf| {
            let first = self.centre.open(self.number, open, conf.services_granted)?;
            Ok((OpenConf { icm_central_controller_time: time(), ..conf }, first))
        });
        match first {
            Ok((conf, first)) => {
                server.accept(now, &conf)?;
                first.iter().try_for_each(|step| self.tell(server, now, step))
            }
            Err(status) => server.refuse_open(now, status),
        }
    }

    /// Whether there is such a thing to monitor. Events of sessions and teams are not played.
    fn may_watch(&self, target: Target<'_>) -> Result<(), StatusCode> {
        match target {
            Target::Call { call_id, device_id, .. }
                if self.centre.call(call_id, device_id.as_bytes()).is_none() =>
            {
                Err(StatusCode::E_CTI_INVALID_CALLID)
            }
            Target::Session(_) | Target::Team(_) => Err(StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE),
            _ => Ok(()),
        }
    }

    /// Tells the client of an event, if it is for it.
    ///
    /// # Errors
    ///
    /// If it cannot be sent, because the version lacks it or the session has ended.
    pub(crate) fn tell(&self, server: &mut Server, now: Duration, step: &Step) -> Result<(), SendError> {
        let is_meant = match step.audience() {
            Audience::Granted(services) => server.granted().intersects(services),
            Audience::Configured => self.configured,
            Audience::Monitors | Audience::Everybody => true,
        };
        match step.audience() {
            _ if !is_meant || !server.is_open() => Ok(()),
            Audience::Monitors => server.deliver(now, step.event()).map(|_| ()),
            _ => server.send(now, step.event()),
        }
    }
}

/// The clock of the Central Controller.
pub(crate) fn time() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u32::try_from(since.as_secs()).unwrap_or(u32::MAX))
}

/// What wants an answer, but has no InvokeID.
fn received(
    server: &mut Server,
    now: Duration,
    message: &Message<'_>,
    caller: &mut Caller,
) -> Result<(), SendError> {
    match message {
        // From now on it hears of changes, as the scene has them.
        Message::ConfigRequestEvent(_) => {
            caller.configured = true;
            let config_end_status = ConfigEndStatus::CONFIGEND_EMPTY;
            server.send(now, &ConfigEndEvent { config_end_status, ..Default::default() })
        }
        // A request whose layout was never published.
        Message::Unknown(unknown)
            if unknown.raw.message_type.name().is_some_and(|name| name.ends_with("_REQ")) =>
        {
            let status = StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE;
            server.send(now, &FailureEvent { status, ..Default::default() })
        }
        _ => Ok(()),
    }
}

/// A request, and what it takes to answer it.
struct Answer<'s> {
    server: &'s mut Server,
    now: Duration,
    responder: Responder,
    caller: &'s mut Caller,
}

impl Answer<'_> {
    fn requested(self, message: &Message<'_>) -> Result<(), SendError> {
        match message {
            Message::SetAgentStateReq(request) => self.set_agent_state(request),
            Message::QueryAgentStateReq(request) => self.query_agent_state(request),
            Message::SnapshotCallReq(request) => self.snapshot_call(request),
            Message::SnapshotDeviceReq(request) => self.snapshot_device(request),
            Message::UserMessageReq(request) => self.user_message(request),
            // What there is comes when the scene says so.
            Message::TeamConfigReq(_) => {
                self.caller.configured = true;
                self.confirm(&TeamConfigConf::default())
            }
            // There are no more variables than the scene has; the client gets them all.
            Message::RegisterVariablesReq(_) => self.confirm(&RegisterVariablesConf::default()),
            Message::ConfigRequestKeyEvent(_) => {
                let config_key_status = ConfigKeyStatus::CONFIG_NO_KEY_SUPPORT;
                self.confirm(&ConfigKeyEvent { config_key_status, ..Default::default() })
            }
            // Nothing else is simulated.
            _ if self.responder.is_control() => {
                self.refuse_control(ControlFailureCode::CF_REQUEST_INCOMPATIBLE_WITH_OBJECT)
            }
            _ => self.refuse(StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE),
        }
    }

    fn confirm(self, conf: &impl Encode) -> Result<(), SendError> {
        self.server.confirm(self.now, self.responder, conf)
    }

    fn refuse(self, status: StatusCode) -> Result<(), SendError> {
        self.server.refuse(self.now, self.responder, status)
    }

    fn refuse_control(self, code: ControlFailureCode) -> Result<(), SendError> {
        self.server.refuse_control(self.now, self.responder, code, 0)
    }

    /// The agent has the new state at once, and everybody hears of it.
    fn set_agent_state(self, request: &SetAgentStateReq<'_>) -> Result<(), SendError> {
        let Some(instrument) = request.agent_instrument.filter(|instrument| !instrument.is_empty()) else {
            return self.refuse_control(ControlFailureCode::CF_INVALID_LOGON_DEVICE_SPECIFIED);
        };
        if request.agent_state.name().is_none() || request.agent_state == AgentState::AGENT_STATE_UNKNOWN {
            return self.refuse_control(ControlFailureCode::CF_VALUE_OUT_OF_RANGE);
        }
        let known = self.caller.centre.agent([Some(instrument), None, None]);
        let mut agent = match known {
            Some(agent) => agent,
            // Whoever logs in may do so anywhere.
            None if request.agent_state == AgentState::AGENT_STATE_LOGIN => Agent::at(instrument),
            None => return self.refuse_control(ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED),
        };
        agent.peripheral_id = request.peripheral_id.or(agent.peripheral_id);
        agent.reason = request.event_reason_code;
        if let Some(id) = request.agent_id {
            agent.id = id.as_bytes().into();
        }
        agent.enter(request.agent_state);
        if !self.caller.centre.set_agent(agent) {
            return self.refuse_control(ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED);
        }
        self.confirm(&SetAgentStateConf::default())
    }

    fn query_agent_state(self, request: &QueryAgentStateReq<'_>) -> Result<(), SendError> {
        let names = [request.agent_instrument, request.agent_extension, request.agent_id];
        match self.caller.centre.agent(names) {
            Some(agent) => agent.conf(request.mrd_id, |conf| self.confirm(conf)),
            None => self.refuse_control(ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED),
        }
    }

    fn snapshot_call(self, request: &SnapshotCallReq<'_>) -> Result<(), SendError> {
        let device = request.connection_device_id.unwrap_or_default();
        let centre = &self.caller.centre;
        match request.connection_call_id.and_then(|id| centre.call(id, device.as_bytes())) {
            Some(call) => call.snapshot(|conf| self.confirm(conf)),
            None => self.refuse_control(ControlFailureCode::CF_INVALID_CSTA_CALL_IDENTIFIER),
        }
    }

    fn snapshot_device(self, request: &SnapshotDeviceReq<'_>) -> Result<(), SendError> {
        let device = owned(request.agent_instrument);
        let calls = self.caller.centre.calls_at(&device);
        snapshot_of_device(&calls, &device, |conf| self.confirm(conf))
    }

    /// Sends a text on. There are no teams and no supervisors.
    fn user_message(self, request: &UserMessageReq<'_>) -> Result<(), SendError> {
        let event = UserMessageEvent {
            icm_central_controller_time: time(),
            distribution: request.distribution,
            text: request.text,
            ..Default::default()
        };
        let (centre, number) = (&self.caller.centre, self.caller.number);
        match request.distribution {
            MessageDistribution::DISTRIBUTE_TO_CLIENT => {
                let to = Some(request.client_id.unwrap_or_default());
                if centre.text(number, &event, to) == 0 {
                    return self.refuse(StatusCode::E_CTI_CLIENT_NOT_FOUND);
                }
            }
            MessageDistribution::DISTRIBUTE_TO_ALL => _ = centre.text(number, &event, None),
            _ => return self.refuse(StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE),
        }
        self.confirm(&UserMessageConf::default())
    }
}
