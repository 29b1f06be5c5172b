//! What a server checks before it looks at what a client wants, and what both ends hold it to.

use core::time::Duration;

use crate::codec::table::Seen;
use crate::codec::wire::FloatingFields;
use crate::frame::RawMessage;
use crate::message::OpenReq;
use crate::schema::{FieldSchema, Need, Sender, Service, ValueTable};
use crate::types::message_type::MessageType;
use crate::types::named_values::{AgentStateMask, CallEventMask, ConfigMask, CtiServiceMask, StatusCode};
use crate::version::ProtocolVersion;

/// Whether a server refuses what it does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strictness {
    /// Unknown bits of masks, reserved fields that are not 0 and unknown tags are ignored: clients in the
    /// field ask for all bits and send fields that were never published.
    #[default]
    Liberal,
    /// They are refused, with the status code that the guide has for each.
    Strict,
}

/// No IdleTimeout.
const NEVER: u32 = u32::MAX;

/// The first version in which two servers can stand by for each other.
const STANDBY_SINCE: u32 = 24;

/// The IdleTimeout that OPEN_REQ asks for.
pub(crate) fn idle_timeout(open: &OpenReq<'_>) -> Option<Duration> {
    (open.idle_timeout != NEVER).then(|| Duration::from_secs(open.idle_timeout.into()))
}

/// What may be granted: what was asked for, or control of the agent alone where all control was.
pub(crate) fn grantable(asked: CtiServiceMask) -> CtiServiceMask {
    if asked.contains(CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL) {
        asked | CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
    } else {
        asked
    }
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
    let of_version = open.version_number.0 >= STANDBY_SINCE;
    if standby && !(of_version && asked.contains(CtiServiceMask::CTI_SERVICE_ACTIVE_STANDBY)) {
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
    if asked.contains(CtiServiceMask::CTI_SERVICE_SUPERVISOR) && !client_events {
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
    if [open.reserved1, open.reserved2, open.reserved3] != [0; 3] {
        return Err(StatusCode::E_CTI_INVALID_RESERVED_FIELD);
    }
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
    let values = table.values.iter().filter(|value| version.within(value.since, u8::MAX));
    let known = values.fold(0, |mask, value| mask | value.value);
    if bits & !known == 0 { Ok(()) } else { Err(status) }
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

/// Checks that the service to which messages of this type belong was granted.
pub(crate) fn check_service(granted: CtiServiceMask, message_type: MessageType) -> Result<(), StatusCode> {
    let agent_only = [MessageType::QUERY_AGENT_STATE_REQ, MessageType::SET_AGENT_STATE_REQ];
    let sufficient = match message_type.schema().map(|schema| schema.service) {
        Some(Service::ClientControl) if agent_only.contains(&message_type) => {
            CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL | CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
        }
        Some(Service::ClientControl) => CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL,
        Some(Service::CallDataUpdate) => CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE,
        Some(Service::PeripheralMonitor) => CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        Some(Service::ClientMonitor) => CtiServiceMask::CTI_SERVICE_CLIENT_MONITOR,
        Some(Service::Supervisor) => CtiServiceMask::CTI_SERVICE_SUPERVISOR,
        Some(Service::Server) => CtiServiceMask::CTI_SERVICE_SERVER,
        Some(_) => return Ok(()),
        None => match message_type {
            MessageType::TASK_MONITOR_START_REQ
            | MessageType::TASK_MONITOR_STOP_REQ
            | MessageType::CHANGE_TASK_MONITOR_MASK_REQ => CtiServiceMask::CTI_SERVICE_TASK_MONITOR,
            _ => return Ok(()),
        },
    };
    if granted.intersects(sufficient) { Ok(()) } else { Err(StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE) }
}

/// Checks that a message has its required fields and, if the server is strict, that all fields belong to it, appear as
/// often as they may, and have a length that their type allows. The message can be decoded, so no field is cut off.
pub(crate) fn check_fields(
    version: ProtocolVersion,
    raw: RawMessage<'_>,
    strictness: Strictness,
) -> Result<(), StatusCode> {
    let strict = strictness == Strictness::Strict;
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
