//! The answers to what clients ask for. What is not simulated is refused.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ged188::id::{PeripheralId, Time};
use ged188::message::{
    ConfigEndEvent, ConfigKeyEvent, ControlFailureConf, FailureEvent, OpenConf, QueryAgentStateConf,
    QueryAgentStateReq, RegisterVariablesConf, SetAgentStateConf, SetAgentStateReq, SystemEvent,
    UserMessageConf, UserMessageEvent, UserMessageReq,
};
use ged188::monitor::{MonitorServer, ServerEvent, Target};
use ged188::named_values::{
    ConfigEndStatus, ConfigKeyStatus, ControlFailureCode, CtiServiceMask, MessageDistribution, StatusCode,
    SystemEventId,
};
use ged188::session::{Event, Policy, Reply, SendError};
use ged188::{Message, MessageBody};

use crate::centre::{Agent, Centre, named};

/// Who asks, and whom.
pub(crate) struct Caller<'a> {
    pub(crate) number: u32,
    pub(crate) centre: &'a Centre,
}

/// What to do about an event, when it has been let go of.
type Deed = Box<dyn FnOnce(&mut MonitorServer, Duration) -> Result<(), SendError>>;

/// Gives the client what it asks for.
pub(crate) fn answer(server: &mut MonitorServer, now: Duration, caller: &Caller<'_>) {
    while let Some(event) = server.poll() {
        if let Some(deed) = deed(event, caller) {
            // If an answer cannot be sent, the session is over, which the loop finds out.
            let _ = deed(server, now);
        }
    }
}

fn deed(event: ServerEvent<'_>, caller: &Caller<'_>) -> Option<Deed> {
    Some(match event {
        ServerEvent::Session(Event::OpenRequested(open)) => match Policy::default().decide(&open) {
            Ok(conf) => {
                caller.centre.opened(caller.number, open.client_id);
                let peripherals = caller.centre.peripherals().to_vec();
                let conf = OpenConf { icm_central_controller_time: time(), ..conf };
                Box::new(move |server, now| accept(server, now, &conf, &peripherals))
            }
            Err(status) => Box::new(move |server, now| server.refuse_open(now, status)),
        },
        ServerEvent::MonitorRequested { reply, target: Target::Call { call_id, .. }, .. }
            if !caller.centre.goes_on(call_id) =>
        {
            refuse(reply, StatusCode::E_CTI_INVALID_CALLID)
        }
        ServerEvent::MonitorRequested { reply, .. } => {
            Box::new(move |server, now| server.start_monitor(now, reply).map(|_| ()))
        }
        ServerEvent::Session(Event::Requested { reply, message }) => requested(reply, &message, caller),
        ServerEvent::Session(Event::Received(message)) => received(&message)?,
        _ => return None,
    })
}

/// Opens the session, and tells a client of all events which ACDs there are.
fn accept(
    server: &mut MonitorServer,
    now: Duration,
    conf: &OpenConf<'_>,
    peripherals: &[PeripheralId],
) -> Result<(), SendError> {
    server.accept(now, conf)?;
    if server.session().granted().contains(CtiServiceMask::CTI_SERVICE_ALL_EVENTS) {
        for peripheral in peripherals {
            let online = SystemEvent {
                icm_central_controller_time: time(),
                system_event_id: SystemEventId::SYS_PERIPHERAL_ONLINE,
                system_event_arg1: peripheral.0,
                ..Default::default()
            };
            server.send(now, &online)?;
        }
    }
    Ok(())
}

/// The clock of the Central Controller.
fn time() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u32::try_from(since.as_secs()).unwrap_or(u32::MAX))
}

fn refuse(reply: Reply, status: StatusCode) -> Deed {
    Box::new(move |server, now| server.refuse(now, reply, status))
}

fn refuse_control(reply: Reply, code: ControlFailureCode) -> Deed {
    Box::new(move |server, now| server.refuse_control(now, reply, code, 0))
}

fn requested(reply: Reply, message: &Message<'_>, caller: &Caller<'_>) -> Deed {
    match message {
        Message::SetAgentStateReq(request) => set_agent_state(reply, request, caller),
        Message::QueryAgentStateReq(request) => query_agent_state(reply, request, caller),
        Message::UserMessageReq(request) => user_message(reply, request, caller),
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
fn received(message: &Message<'_>) -> Option<Deed> {
    match message {
        Message::ConfigRequestEvent(_) => Some(Box::new(|server, now| {
            let config_end_status = ConfigEndStatus::CONFIGEND_EMPTY;
            server.send(now, &ConfigEndEvent { config_end_status, ..Default::default() })
        })),
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
fn set_agent_state(reply: Reply, request: &SetAgentStateReq<'_>, caller: &Caller<'_>) -> Deed {
    let Some(instrument) = request.agent_instrument.filter(|instrument| !instrument.is_empty()) else {
        return refuse_control(reply, ControlFailureCode::CF_INVALID_LOGON_DEVICE_SPECIFIED);
    };
    if request.agent_state.name().is_none() {
        return refuse_control(reply, ControlFailureCode::CF_VALUE_OUT_OF_RANGE);
    }
    let known = caller.centre.agent([Some(instrument), None, None]).unwrap_or_else(|| Agent {
        extension: instrument.as_bytes().into(),
        instrument: instrument.as_bytes().into(),
        ..Agent::default()
    });
    let agent = Agent {
        peripheral_id: request.peripheral_id.or(known.peripheral_id),
        id: request.agent_id.map_or(known.id, |id| id.as_bytes().into()),
        state: request.agent_state,
        reason: request.event_reason_code,
        ..known
    };
    if !caller.centre.set_agent(agent) {
        return refuse_control(reply, ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED);
    }
    Box::new(move |server, now| server.confirm(now, reply, &SetAgentStateConf::default()))
}

fn query_agent_state(reply: Reply, request: &QueryAgentStateReq<'_>, caller: &Caller<'_>) -> Deed {
    let names = [request.agent_instrument, request.agent_extension, request.agent_id];
    let Some(agent) = caller.centre.agent(names) else {
        return refuse_control(reply, ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED);
    };
    let mrd_id = request.mrd_id;
    Box::new(move |server, now| {
        let conf = QueryAgentStateConf {
            agent_state: agent.state,
            mrd_id,
            agent_id: named(&agent.id),
            agent_extension: named(&agent.extension),
            agent_instrument: named(&agent.instrument),
            ..Default::default()
        };
        server.confirm(now, reply, &conf)
    })
}

/// Sends a text on. There are no teams and no supervisors.
fn user_message(reply: Reply, request: &UserMessageReq<'_>, caller: &Caller<'_>) -> Deed {
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
