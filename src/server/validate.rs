//! What a server checks in the messages of a client before the application sees them.

use core::time::Duration;

use super::config::Strictness;
use crate::codec::wire::FloatingFields;
use crate::codec::write::MAX_NAMED_DATA;
use crate::frame::RawMessage;
use crate::message::{OpenReq, RegisterVariablesReq};
use crate::schema::table::Seen;
use crate::schema::{FieldSchema, Need, Sender, Service, ValueTable};
use crate::types::message_type::MessageType;
use crate::types::named_values::{AgentStateMask, CallEventMask, ConfigMask, CtiServiceMask, StatusCode};
use crate::types::text::Str;
use crate::version::ProtocolVersion;

/// No IdleTimeout.
const NEVER: u32 = u32::MAX;

/// The first version in which two servers can stand by for each other.
const STANDBY_SINCE: u32 = 24;

/// The IdleTimeout that OPEN_REQ asks for.
pub(crate) fn idle_timeout(open: &OpenReq<'_>) -> Option<Duration> {
    (open.idle_timeout != NEVER).then(|| Duration::from_secs(open.idle_timeout.into()))
}

/// Checks OPEN_REQ, as far as that takes no knowledge of clients and devices.
pub(crate) fn check_open(
    open: &OpenReq<'_>,
    strictness: Strictness,
    least_idle_timeout: Duration,
    standby: bool,
) -> Result<(), StatusCode> {
    let asked = open.services_requested;
    if open.client_id.is_none() || open.client_password.is_none() {
        return Err(StatusCode::E_CTI_REQUIRED_DATA_MISSING);
    }
    if idle_timeout(open).is_some_and(|timeout| timeout < least_idle_timeout.max(Duration::from_secs(1))) {
        return Err(StatusCode::E_CTI_INVALID_TIMEOUT);
    }
    if strictness == Strictness::Strict {
        check_masks(open)?;
    }
    if strictness != Strictness::Liberal && [open.reserved1, open.reserved2, open.reserved3] != [0; 3] {
        return Err(StatusCode::E_CTI_INVALID_RESERVED_FIELD);
    }
    if standby && open.version_number.0 < STANDBY_SINCE {
        return Err(StatusCode::E_CTI_CTI_SERVER_OFFLINE);
    }
    if standby && !asked.contains(CtiServiceMask::CTI_SERVICE_ACTIVE_STANDBY) {
        return Err(StatusCode::E_CTI_INVALID_CLIENT_FOR_STANDBY);
    }
    // Clients that ask for all bits are no desktops of one agent.
    if asked == CtiServiceMask::all() {
        return Ok(());
    }
    let client_events = asked.contains(CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS);
    if client_events && open.peripheral_id.is_none() {
        return Err(StatusCode::E_CTI_INVALID_PERIPHERAL_ID);
    }
    let agent = [open.agent_extension, open.agent_id, open.agent_instrument, open.agent_id_long];
    if client_events && agent.iter().all(Option::is_none) {
        return Err(StatusCode::E_CTI_REQUIRED_DATA_MISSING);
    }
    // Bridges ask for it with All Events, and real servers grant it.
    let for_events = client_events || asked.contains(CtiServiceMask::CTI_SERVICE_ALL_EVENTS);
    if asked.contains(CtiServiceMask::CTI_SERVICE_SUPERVISOR) && !for_events {
        return Err(StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE);
    }
    Ok(())
}

/// Checks that OPEN_REQ asks for nothing unknown.
fn check_masks(open: &OpenReq<'_>) -> Result<(), StatusCode> {
    let version = ProtocolVersion::nearest(open.version_number.0);
    let services = open.services_requested.bits();
    check_bits(version, services, CtiServiceMask::TABLE, StatusCode::E_CTI_INVALID_SERVICE_MASK)?;
    check_event_masks(version, open.call_msg_mask, open.agent_state_mask)?;
    let configuration = open.config_msg_mask.bits();
    check_bits(version, configuration, ConfigMask::TABLE, StatusCode::E_INVALID_CONFIG_MSG_MASK)?;
    Ok(())
}

/// Checks that masks for events have no unknown bits.
pub(crate) fn check_event_masks(
    version: ProtocolVersion,
    calls: CallEventMask,
    agents: AgentStateMask,
) -> Result<(), StatusCode> {
    let status = StatusCode::E_CTI_INVALID_CALL_MSG_MASK;
    check_bits(version, calls.bits(), CallEventMask::TABLE, status)?;
    let status = StatusCode::E_CTI_INVALID_AGENT_STATE_MASK;
    check_bits(version, agents.bits(), AgentStateMask::TABLE, status)
}

/// Checks that a mask has only bits that the version knows.
fn check_bits(
    version: ProtocolVersion,
    bits: u32,
    table: &ValueTable,
    status: StatusCode,
) -> Result<(), StatusCode> {
    if bits & !table.known_bits(version) == 0 { Ok(()) } else { Err(status) }
}

/// Checks that the version has messages of this type, and that a client may send them.
pub(crate) fn check_type(version: ProtocolVersion, message_type: MessageType) -> Result<(), StatusCode> {
    let sound = match message_type.schema() {
        Some(schema) => schema.is_in(version) && schema.sender != Sender::Server,
        // A message without a published layout is passed on if it is known by name.
        None => message_type.name().is_some(),
    };
    if sound { Ok(()) } else { Err(StatusCode::E_CTI_INVALID_MSG_TYPE_FOR_VERSION) }
}

/// Checks that a service was granted that messages of this type need. What is not named here is not for a client to send.
pub(crate) fn check_service(granted: CtiServiceMask, message_type: MessageType) -> Result<(), StatusCode> {
    let schema = message_type.schema();
    if schema.is_some_and(|schema| schema.reply.is_none() && schema.offsets.invoke_id.is_some()) {
        // It answers what the server asked.
        return Ok(());
    }
    let sufficient = match schema.map(|schema| schema.service) {
        // For every session.
        Some(Service::SessionManagement | Service::Miscellaneous | Service::Configuration) => return Ok(()),
        Some(Service::ClientControl) => match message_type {
            MessageType::QUERY_AGENT_STATE_REQ | MessageType::SET_AGENT_STATE_REQ => {
                CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL | CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
            }
            _ => CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL,
        },
        Some(Service::CallDataUpdate) => CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE,
        Some(Service::PeripheralMonitor) => CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        Some(Service::ClientMonitor) => CtiServiceMask::CTI_SERVICE_CLIENT_MONITOR,
        Some(Service::Supervisor) => CtiServiceMask::CTI_SERVICE_SUPERVISOR,
        Some(Service::Server) => CtiServiceMask::CTI_SERVICE_SERVER,
        Some(Service::ClientEvents) => CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS,
        Some(Service::AllEvents) => CtiServiceMask::CTI_SERVICE_ALL_EVENTS,
        Some(Service::GracefulShutdown) => CtiServiceMask::CTI_SERVICE_ACTIVE_STANDBY,
        Some(Service::FailureIndication) => CtiServiceMask::empty(),
        // Without a published layout: tasks, agent reporting, a supervisor's team.
        None => match message_type {
            MessageType::TASK_MONITOR_START_REQ
            | MessageType::TASK_MONITOR_STOP_REQ
            | MessageType::CHANGE_TASK_MONITOR_MASK_REQ => CtiServiceMask::CTI_SERVICE_TASK_MONITOR,
            MessageType::AGENT_TEAM_CONFIG_REQ => CtiServiceMask::CTI_SERVICE_SUPERVISOR,
            _ => {
                CtiServiceMask::CTI_SERVICE_AGENT_REPORTING
                    | CtiServiceMask::CTI_SERVICE_ALL_TASK_EVENTS
                    | CtiServiceMask::CTI_SERVICE_TASK_MONITOR
            }
        },
    };
    if granted.intersects(sufficient) { Ok(()) } else { Err(StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE) }
}

/// Checks that REGISTER_VARIABLES_REQ has as many variables and arrays as it says, and not too much data.
pub(crate) fn check_variables(request: &RegisterVariablesReq<'_>) -> Result<(), StatusCode> {
    let differs =
        |declared: Option<u16>, count: usize| declared.is_some_and(|declared| usize::from(declared) != count);
    let (variables, arrays) = (request.named_variables, request.named_arrays);
    if differs(variables.declared_count(), variables.len()) {
        return Err(StatusCode::E_CTI_INVALID_NUM_NAMED_VARIABLES);
    }
    if differs(arrays.declared_count(), arrays.len()) {
        return Err(StatusCode::E_CTI_INVALID_NUM_NAMED_ARRAYS);
    }
    let named = |name: Str<'_>, value: Str<'_>| name.as_bytes().len() + value.as_bytes().len() + 2;
    let bytes = variables.iter().map(|variable| named(variable.name, variable.value)).sum::<usize>()
        + arrays.iter().map(|array| 1 + named(array.name, array.value)).sum::<usize>();
    if bytes > MAX_NAMED_DATA { Err(StatusCode::E_CTI_TOO_MUCH_DATA) } else { Ok(()) }
}

/// Checks that a message has its required fields and, if the server is strict, that all fields belong to it, appear as
/// often as they may, and have a length that their type allows. The message can be decoded, so no field is cut off.
pub(crate) fn check_fields(
    version: ProtocolVersion,
    raw: RawMessage<'_>,
    strictness: Strictness,
) -> Result<(), StatusCode> {
    let strict = strictness != Strictness::Liberal;
    let Some(schema) = raw.message_type.schema() else { return Ok(()) };
    if !strict && !schema.floating.has_required() {
        return Ok(());
    }
    let floating = raw.body.get(schema.fixed_len(version)..).unwrap_or_default();
    let (mut seen, mut unreadable) = (Seen::default(), Seen::default());
    for field in FloatingFields::new(version, floating) {
        let line = schema.floating.line(version, field.tag);
        let status = match line {
            Some(line) if !line.fits(field.data.len()) => {
                unreadable.add(line);
                StatusCode::E_CTI_INVALID_FIELD_LENGTH
            }
            // A field that appears once, again.
            Some(line) if seen.is_again(line) => StatusCode::E_CTI_INVALID_TAG_FOR_MSG_TYPE,
            Some(_) => continue,
            None => match field.tag.schema() {
                None => StatusCode::E_CTI_INVALID_FIELD_TAG,
                Some(named) if !version.within(named.since, named.until) => {
                    StatusCode::E_CTI_INVALID_TAG_FOR_VERSION
                }
                Some(_) => StatusCode::E_CTI_INVALID_TAG_FOR_MSG_TYPE,
            },
        };
        if strict {
            return Err(status);
        }
    }
    let is_missing = |line: &&FieldSchema| {
        line.need == Need::Required && line.tag.is_some() && line.is_in(version) && !seen.has(line)
    };
    match schema.floating_fields().find(is_missing) {
        None => Ok(()),
        Some(line) if unreadable.has(line) => Err(StatusCode::E_CTI_INVALID_FIELD_LENGTH),
        Some(_) => Err(StatusCode::E_CTI_REQUIRED_DATA_MISSING),
    }
}
