//! The answers to what clients ask for. What is not simulated is refused.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ged188::id::Time;
use ged188::message::{
    ConfigEndEvent, ConfigKeyEvent, ControlFailureConf, FailureEvent, OpenConf, OpenReq, QueryAgentStateReq,
    RegisterVariablesConf, SetAgentStateConf, SetAgentStateReq, SnapshotCallReq, SnapshotDeviceReq,
    TeamConfigConf, UserMessageConf, UserMessageEvent, UserMessageReq,
};
use ged188::monitor::{MonitorServer, ServerEvent, Target};
use ged188::named_values::{
    ConfigEndStatus, ConfigKeyStatus, ControlFailureCode, MessageDistribution, StatusCode,
};
use ged188::session::{End, Event, Policy, Reply, SendError};
use ged188::{Message, MessageBody, Secret};

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
    end: Option<End>,
}

/// What to do about an event, when it has been let go of.
type Deed = Box<dyn FnOnce(&mut MonitorServer, Duration) -> Result<(), SendError>>;

/// Gives the client what it asks for.
pub(crate) fn answer(server: &mut MonitorServer, now: Duration, caller: &mut Caller) {
    while let Some(event) = server.poll() {
        if let ServerEvent::Session(Event::Ended(end)) = event {
            caller.end = Some(end);
        }
        if let ServerEvent::Session(Event::OpenRequested(open)) = event {
            let opened = caller.open(&open);
            // If it cannot be sent, the session is over, which the loop finds out.
            let _ = match opened {
                Ok((conf, first)) => caller.accept(server, now, &conf, &first),
                Err(status) => server.refuse_open(now, status),
            };
        } else if let Some(deed) = deed(event, caller) {
            let _ = deed(server, now);
        }
    }
}

impl Caller {
    pub(crate) fn new(number: u32, centre: Arc<Centre>, rules: Arc<Rules>) -> Self {
        Self { number, centre, rules, configured: false, end: None }
    }

    /// Why the session is over, as other clients are told.
    pub(crate) fn ended(&self) -> StatusCode {
        match self.end {
            Some(End::Closed(status)) => status,
            Some(End::Idle) => StatusCode::E_CTI_TIMEOUT,
            _ => StatusCode::E_CTI_CLIENT_DISCONNECTED,
        }
    }

    /// Whether the session may be opened: OPEN_CONF, and the events that come right after it.
    fn open(&self, open: &OpenReq<'_>) -> Result<(OpenConf<'static>, Vec<Arc<Step>>), StatusCode> {
        let id = std::str::from_utf8(open.client_id.unwrap_or_default().as_bytes()).unwrap_or_default();
        let client = self.rules.password.as_deref().map(|password| [(id, Secret::new(password))]);
        let clients = client.as_ref().map(|client| &client[..]);
        let conf = Policy { services: self.rules.services, clients }.decide(open)?;
        let first = self.centre.open(self.number, open, conf.services_granted)?;
        Ok((OpenConf { icm_central_controller_time: time(), ..conf }, first))
    }

    fn accept(
        &self,
        server: &mut MonitorServer,
        now: Duration,
        conf: &OpenConf<'_>,
        first: &[Arc<Step>],
    ) -> Result<(), SendError> {
        server.accept(now, conf)?;
        first.iter().try_for_each(|step| self.tell(server, now, step))
    }

    /// Tells the client of an event, if it is for it.
    ///
    /// # Errors
    ///
    /// If it cannot be sent, because the version lacks it or the session has ended.
    pub(crate) fn tell(
        &self,
        server: &mut MonitorServer,
        now: Duration,
        step: &Step,
    ) -> Result<(), SendError> {
        let is_meant = match step.audience() {
            Audience::Granted(services) => server.session().granted().intersects(services),
            Audience::Configured => self.configured,
            Audience::Monitors | Audience::Everybody => true,
        };
        match step.audience() {
            _ if !is_meant || !server.session().is_open() => Ok(()),
            Audience::Monitors => server.deliver(now, step.event()).map(|_| ()),
            _ => server.send(now, step.event()),
        }
    }
}

fn deed(event: ServerEvent<'_>, caller: &mut Caller) -> Option<Deed> {
    Some(match event {
        ServerEvent::MonitorRequested { reply, target: Target::Call { call_id, device_id, .. }, .. }
            if caller.centre.call(call_id, device_id.as_bytes()).is_none() =>
        {
            refuse(reply, StatusCode::E_CTI_INVALID_CALLID)
        }
        // Their events are not played.
        ServerEvent::MonitorRequested { reply, target: Target::Session(_) | Target::Team(_), .. } => {
            refuse(reply, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE)
        }
        ServerEvent::MonitorRequested { reply, .. } => {
            Box::new(move |server, now| server.start_monitor(now, reply).map(|_| ()))
        }
        ServerEvent::Session(Event::Requested { reply, message }) => requested(reply, &message, caller),
        ServerEvent::Session(Event::Received(message)) => received(&message, caller)?,
        _ => return None,
    })
}

/// The clock of the Central Controller.
pub(crate) fn time() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u32::try_from(since.as_secs()).unwrap_or(u32::MAX))
}

fn refuse(reply: Reply, status: StatusCode) -> Deed {
    Box::new(move |server, now| server.refuse(now, reply, status))
}

fn refuse_control(reply: Reply, code: ControlFailureCode) -> Deed {
    Box::new(move |server, now| server.refuse_control(now, reply, code, 0))
}

fn requested(reply: Reply, message: &Message<'_>, caller: &mut Caller) -> Deed {
    match message {
        Message::SetAgentStateReq(request) => set_agent_state(reply, request, caller),
        Message::QueryAgentStateReq(request) => query_agent_state(reply, request, caller),
        Message::SnapshotCallReq(request) => snapshot_call(reply, request, caller),
        Message::SnapshotDeviceReq(request) => snapshot_device(reply, request, caller),
        Message::UserMessageReq(request) => user_message(reply, request, caller),
        // What there is comes when the scene says so.
        Message::TeamConfigReq(_) => {
            caller.configured = true;
            Box::new(move |server, now| server.confirm(now, reply, &TeamConfigConf::default()))
        }
        // There are no more variables than the scene has; the client gets them all.
        Message::RegisterVariablesReq(_) => {
            Box::new(move |server, now| server.confirm(now, reply, &RegisterVariablesConf::default()))
        }
        Message::ConfigRequestKeyEvent(_) => Box::new(move |server, now| {
            let config_key_status = ConfigKeyStatus::CONFIG_NO_KEY_SUPPORT;
            server.confirm(now, reply, &ConfigKeyEvent { config_key_status, ..Default::default() })
        }),
        _ => {
            let service = reply.message_type().schema().map(|schema| schema.service);
            if service == Some(ControlFailureConf::SCHEMA.service) {
                refuse_control(reply, ControlFailureCode::CF_GENERIC_OPERATION)
            } else {
                refuse(reply, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE)
            }
        }
    }
}

/// What wants an answer, but has no InvokeID.
fn received(message: &Message<'_>, caller: &mut Caller) -> Option<Deed> {
    match message {
        // From now on it hears of changes, as the scene has them.
        Message::ConfigRequestEvent(_) => {
            caller.configured = true;
            Some(Box::new(|server, now| {
                let config_end_status = ConfigEndStatus::CONFIGEND_EMPTY;
                server.send(now, &ConfigEndEvent { config_end_status, ..Default::default() })
            }))
        }
        // A request whose layout was never published.
        Message::Unknown(unknown)
            if unknown.raw.message_type.name().is_some_and(|name| name.ends_with("_REQ")) =>
        {
            Some(Box::new(|server, now| {
                let status = StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE;
                server.send(now, &FailureEvent { status, ..Default::default() })
            }))
        }
        _ => None,
    }
}

/// The agent has the new state at once, and everybody hears of it.
fn set_agent_state(reply: Reply, request: &SetAgentStateReq<'_>, caller: &Caller) -> Deed {
    let Some(instrument) = request.agent_instrument.filter(|instrument| !instrument.is_empty()) else {
        return refuse_control(reply, ControlFailureCode::CF_INVALID_LOGON_DEVICE_SPECIFIED);
    };
    if request.agent_state.name().is_none() {
        return refuse_control(reply, ControlFailureCode::CF_VALUE_OUT_OF_RANGE);
    }
    let known = caller.centre.agent([Some(instrument), None, None]);
    let mut agent = known.unwrap_or_else(|| Agent::at(instrument));
    agent.peripheral_id = request.peripheral_id.or(agent.peripheral_id);
    agent.reason = request.event_reason_code;
    if let Some(id) = request.agent_id {
        agent.id = id.as_bytes().into();
    }
    agent.enter(request.agent_state);
    if !caller.centre.set_agent(agent) {
        return refuse_control(reply, ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED);
    }
    Box::new(move |server, now| server.confirm(now, reply, &SetAgentStateConf::default()))
}

fn query_agent_state(reply: Reply, request: &QueryAgentStateReq<'_>, caller: &Caller) -> Deed {
    let names = [request.agent_instrument, request.agent_extension, request.agent_id];
    let Some(agent) = caller.centre.agent(names) else {
        return refuse_control(reply, ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED);
    };
    let mrd_id = request.mrd_id;
    Box::new(move |server, now| agent.conf(mrd_id, |conf| server.confirm(now, reply, conf)))
}

fn snapshot_call(reply: Reply, request: &SnapshotCallReq<'_>, caller: &Caller) -> Deed {
    let device = request.connection_device_id.unwrap_or_default();
    let call = request.connection_call_id.and_then(|id| caller.centre.call(id, device.as_bytes()));
    match call {
        Some(call) => Box::new(move |server, now| call.snapshot(|conf| server.confirm(now, reply, conf))),
        None => refuse_control(reply, ControlFailureCode::CF_INVALID_CSTA_CALL_IDENTIFIER),
    }
}

fn snapshot_device(reply: Reply, request: &SnapshotDeviceReq<'_>, caller: &Caller) -> Deed {
    let device = owned(request.agent_instrument);
    let calls = caller.centre.calls_at(&device);
    Box::new(move |server, now| snapshot_of_device(&calls, &device, |conf| server.confirm(now, reply, conf)))
}

/// Sends a text on. There are no teams and no supervisors.
fn user_message(reply: Reply, request: &UserMessageReq<'_>, caller: &Caller) -> Deed {
    let event = UserMessageEvent {
        icm_central_controller_time: time(),
        distribution: request.distribution,
        text: request.text,
        ..Default::default()
    };
    match request.distribution {
        MessageDistribution::DISTRIBUTE_TO_CLIENT => {
            let to = Some(request.client_id.unwrap_or_default());
            if caller.centre.text(caller.number, &event, to) == 0 {
                return refuse(reply, StatusCode::E_CTI_CLIENT_NOT_FOUND);
            }
        }
        MessageDistribution::DISTRIBUTE_TO_ALL => {
            caller.centre.text(caller.number, &event, None);
        }
        _ => return refuse(reply, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE),
    }
    Box::new(move |server, now| server.confirm(now, reply, &UserMessageConf::default()))
}
