//! Events of a small world: few calls, few devices, so that they often concern a monitor and each other.

use ged188::id::{CallId, InvokeId, PeripheralId, VersionNumber};
use ged188::message::*;
use ged188::named_values::{
    AgentState, AgentStateMask, CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType,
};
use ged188::{Bytes, Masks, Message, Secret, Str, Target};

use crate::chance::Chance;

fn call_id(chance: &mut Chance<'_>) -> CallId {
    CallId(1 + chance.below(3) as u32)
}

fn device(chance: &mut Chance<'_>) -> Str<'static> {
    Str::from_bytes(chance.device())
}

/// The kind of a device; of trunks there are few.
pub fn device_type(chance: &mut Chance<'_>) -> DeviceIdType {
    match chance.below(8) {
        0 => DeviceIdType::DEVID_TRUNK_IDENTIFIER,
        1 => DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER,
        _ => DeviceIdType::DEVID_AGENT_DEVICE,
    }
}

/// An event of a call.
pub fn call_event(chance: &mut Chance<'_>) -> Message<'static> {
    let kind = chance.below(9);
    let (id, own) = (call_id(chance), device(chance));
    match kind {
        0 => BeginCallEvent {
            connection_call_id: Some(id),
            connection_device_id: Some(own),
            ..Default::default()
        }
        .into(),
        1 | 2 => CallDeliveredEvent {
            connection_call_id: Some(id),
            connection_device_id: Some(own),
            alerting_device_type: device_type(chance),
            alerting_device_id: Some(device(chance)),
            ..Default::default()
        }
        .into(),
        3 => CallEstablishedEvent {
            connection_call_id: Some(id),
            connection_device_id: Some(own),
            answering_device_type: DeviceIdType::DEVID_AGENT_DEVICE,
            answering_device_id: Some(device(chance)),
            ..Default::default()
        }
        .into(),
        4 => CallDataUpdateEvent {
            connection_call_id: Some(id),
            connection_device_id: Some(own),
            new_connection_call_id: Some(call_id(chance)),
            new_connection_device_id: Some(device(chance)),
            ..Default::default()
        }
        .into(),
        5 => CallConferencedEvent {
            primary_call_id: Some(id),
            primary_device_id: Some(own),
            secondary_call_id: Some(call_id(chance)),
            secondary_device_id: Some(device(chance)),
            ..Default::default()
        }
        .into(),
        6 => CallTransferredEvent {
            primary_call_id: Some(id),
            primary_device_id: Some(own),
            secondary_call_id: Some(call_id(chance)),
            secondary_device_id: Some(device(chance)),
            ..Default::default()
        }
        .into(),
        _ => EndCallEvent {
            connection_call_id: Some(id),
            connection_device_id: Some(own),
            ..Default::default()
        }
        .into(),
    }
}

/// An event of an agent who becomes available, at this extension.
pub fn agent_event(extension: &'static [u8]) -> AgentStateEvent<'static> {
    AgentStateEvent {
        agent_state: AgentState::AGENT_STATE_AVAILABLE,
        agent_extension: Some(Str::from_bytes(extension)),
        ..Default::default()
    }
}

/// Whether masks let the event of an agent who becomes available through.
pub fn agent_event_passes(masks: Masks) -> bool {
    masks.agents.contains(AgentStateMask::AGENT_AVAILABLE_MASK)
}

/// What to watch.
pub fn target(chance: &mut Chance<'_>) -> Target<'static> {
    match chance.below(8) {
        0..4 => Target::Device { device_type: device_type(chance), device_id: device(chance) },
        4..6 => Target::Call {
            call_id: call_id(chance),
            device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            device_id: device(chance),
        },
        6 => Target::Session(ged188::id::SessionId(u32::from(chance.byte() % 4))),
        _ => Target::Team(ged188::id::TeamId(u32::from(chance.byte() % 4))),
    }
}

/// Which events to watch; mostly all.
pub fn masks(chance: &mut Chance<'_>) -> Masks {
    match chance.byte() {
        0..192 => Masks::ALL,
        byte => Masks {
            calls: CallEventMask::from_bits_retain(if byte & 1 == 0 { 0 } else { 0x0FFF_F00F }),
            agents: AgentStateMask::from_bits_retain(u32::from(byte) << 2),
        },
    }
}

/// The services to ask for, or to grant.
pub fn services(chance: &mut Chance<'_>) -> CtiServiceMask {
    CtiServiceMask::from_bits_retain(match chance.byte() {
        0..64 => 0x20,
        64..128 => u32::MAX,
        128..192 => u32::MAX & !0x11,
        byte => 1 << (byte % 32) | 0x24,
    })
}

/// OPEN_REQ. The client is one that no server refuses, as a rule.
pub fn open_req(chance: &mut Chance<'_>, version: u32) -> OpenReq<'static> {
    let options = chance.byte();
    let masks = masks(chance);
    OpenReq {
        invoke_id: InvokeId(1),
        version_number: VersionNumber(version),
        idle_timeout: if options & 1 == 0 { u32::MAX } else { u32::from(options) },
        peripheral_id: Some(PeripheralId(1)),
        services_requested: services(chance),
        call_msg_mask: masks.calls,
        agent_state_mask: masks.agents,
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        agent_extension: Some(device(chance)),
        ..Default::default()
    }
}
