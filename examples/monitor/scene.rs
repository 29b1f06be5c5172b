//! What happens in the contact centre: calls of two agents, as the server reports them.

use std::time::Duration;

use ged188::Server;
use ged188::id::{CallId, PeripheralId, SkillGroupId, SkillGroupNumber};
use ged188::message::{
    AgentStateEvent, BeginCallEvent, CallClearedEvent, CallDeliveredEvent, CallEstablishedEvent,
    CallHeldEvent, CallRetrievedEvent, CallTransferredEvent, ConnectedParty, EndCallEvent,
};
use ged188::named_values::{
    AgentState, CallType, ConnectionDeviceIdType, DeviceIdType, EventCause, LocalConnectionState,
    PeripheralType,
};

use ged188::{List, SendError, Str};

pub(crate) const PERIPHERAL: PeripheralId = PeripheralId(5000);
pub(crate) const CUSTOMER: &str = "2065550123";
pub(crate) const ALICE: &str = "5001";
pub(crate) const BOB: &str = "5002";

const AGENT: DeviceIdType = DeviceIdType::DEVID_AGENT_DEVICE;
const OUTSIDE: DeviceIdType = DeviceIdType::DEVID_EXTERNAL;
const STATIC: ConnectionDeviceIdType = ConnectionDeviceIdType::CONNECTION_ID_STATIC;
const ACD: PeripheralType = PeripheralType::PT_ENTERPRISE_AGENT;

/// Something that happens when its time has come and as many monitors are there as the scene needs.
pub(crate) struct Step {
    pub(crate) after: Duration,
    pub(crate) monitors: usize,
    pub(crate) what: What,
}

pub(crate) enum What {
    Event(fn(&mut Server, Duration) -> Result<usize, SendError>),
    /// The connection breaks.
    Cut,
}

/// A step that waits a little and needs this many monitors.
fn step(monitors: usize, event: fn(&mut Server, Duration) -> Result<usize, SendError>) -> Step {
    Step { after: Duration::from_millis(40), monitors, what: What::Event(event) }
}

macro_rules! events {
    ($($monitors:literal: $event:expr;)*) => {
        vec![$(step($monitors, |server, now| Ok(server.deliver(now, &$event)?.messages))),*]
    };
}

/// The first act: a customer calls Alice, who transfers the call to Bob; then the connection breaks.
pub(crate) fn first_act() -> Vec<Step> {
    let mut steps = events! {
        3: agent_state(ALICE, AgentState::AGENT_STATE_AVAILABLE);
        3: begin(CallId(301), ALICE);
        3: delivered(CallId(301), ALICE);
        // By now the client watches the call too.
        4: established(CallId(301), ALICE);
        4: agent_state(ALICE, AgentState::AGENT_STATE_TALKING);
        4: held(CallId(301), ALICE);
        // The client stops one of the monitors while events flow.
        4: retrieved(CallId(301), ALICE);
        3: delivered(CallId(301), BOB);
        3: established(CallId(301), BOB);
    };
    steps.push(step(3, |server, now| {
        let parties = [party(CallId(301), CUSTOMER), party(CallId(301), BOB)];
        Ok(server.deliver(now, &transferred(CallId(301), &parties))?.messages)
    }));
    steps.extend(events! {
        3: agent_state(BOB, AgentState::AGENT_STATE_TALKING);
        3: cleared(CallId(301), BOB);
        3: end(CallId(301), BOB);
        2: agent_state(BOB, AgentState::AGENT_STATE_AVAILABLE);
    });
    steps.push(Step { after: Duration::from_millis(40), monitors: 0, what: What::Cut });
    steps
}

/// The second act: the monitors are back. Alice consults Bob, and this ACD gives both calls one identifier.
pub(crate) fn second_act() -> Vec<Step> {
    events! {
        2: begin(CallId(302), ALICE);
        2: delivered(CallId(302), ALICE);
        // By now the client watches Alice's call.
        3: established(CallId(302), ALICE);
        3: held(CallId(302), ALICE);
        3: begin(CallId(302), BOB);
        3: delivered(CallId(302), BOB);
        3: established(CallId(302), BOB);
        3: cleared(CallId(302), BOB);
        3: end(CallId(302), BOB);
        3: retrieved(CallId(302), ALICE);
        3: cleared(CallId(302), ALICE);
        3: end(CallId(302), ALICE);
    }
}

fn begin(call: CallId, device: &'static str) -> BeginCallEvent<'static> {
    BeginCallEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        call_type: CallType::CALLTYPE_ACD_IN,
        connection_device_id_type: STATIC,
        connection_call_id: Some(call),
        connection_device_id: Some(Str::new(device)),
        ani: Some(Str::new(CUSTOMER)),
        call_variable1: Some(Str::new("gold")),
        ..Default::default()
    }
}

fn delivered(call: CallId, device: &'static str) -> CallDeliveredEvent<'static> {
    CallDeliveredEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        connection_device_id_type: STATIC,
        connection_call_id: Some(call),
        alerting_device_type: AGENT,
        calling_device_type: OUTSIDE,
        called_device_type: AGENT,
        local_connection_state: LocalConnectionState::LCS_ALERTING,
        event_cause: EventCause::CEC_NEW_CALL,
        connection_device_id: Some(Str::new(device)),
        alerting_device_id: Some(Str::new(device)),
        calling_device_id: Some(Str::new(CUSTOMER)),
        called_device_id: Some(Str::new(device)),
        ..Default::default()
    }
}

fn established(call: CallId, device: &'static str) -> CallEstablishedEvent<'static> {
    CallEstablishedEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        connection_device_id_type: STATIC,
        connection_call_id: Some(call),
        answering_device_type: AGENT,
        calling_device_type: OUTSIDE,
        local_connection_state: LocalConnectionState::LCS_CONNECT,
        connection_device_id: Some(Str::new(device)),
        answering_device_id: Some(Str::new(device)),
        calling_device_id: Some(Str::new(CUSTOMER)),
        ..Default::default()
    }
}

fn held(call: CallId, device: &'static str) -> CallHeldEvent<'static> {
    CallHeldEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        connection_device_id_type: STATIC,
        connection_call_id: Some(call),
        holding_device_type: AGENT,
        local_connection_state: LocalConnectionState::LCS_HOLD,
        connection_device_id: Some(Str::new(device)),
        holding_device_id: Some(Str::new(device)),
        ..Default::default()
    }
}

fn retrieved(call: CallId, device: &'static str) -> CallRetrievedEvent<'static> {
    CallRetrievedEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        connection_device_id_type: STATIC,
        connection_call_id: Some(call),
        retrieving_device_type: AGENT,
        local_connection_state: LocalConnectionState::LCS_CONNECT,
        connection_device_id: Some(Str::new(device)),
        retrieving_device_id: Some(Str::new(device)),
        ..Default::default()
    }
}

fn party(call: CallId, device: &'static str) -> ConnectedParty<'static> {
    ConnectedParty {
        connected_party_call_id: Some(call),
        connected_party_device_id_type: Some(STATIC),
        connected_party_device_id: Some(Str::new(device)),
    }
}

fn transferred<'a>(call: CallId, parties: &'a [ConnectedParty<'a>]) -> CallTransferredEvent<'a> {
    CallTransferredEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        primary_device_id_type: STATIC,
        primary_call_id: Some(call),
        primary_device_id: Some(Str::new(ALICE)),
        transferring_device_type: AGENT,
        transferring_device_id: Some(Str::new(ALICE)),
        transferred_device_type: AGENT,
        transferred_device_id: Some(Str::new(BOB)),
        local_connection_state: LocalConnectionState::LCS_CONNECT,
        event_cause: EventCause::CEC_TRANSFER,
        parties: List::from(parties),
        ..Default::default()
    }
}

fn cleared(call: CallId, device: &'static str) -> CallClearedEvent<'static> {
    CallClearedEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        connection_device_id_type: STATIC,
        connection_call_id: Some(call),
        local_connection_state: LocalConnectionState::LCS_NULL,
        connection_device_id: Some(Str::new(device)),
        ..Default::default()
    }
}

fn end(call: CallId, device: &'static str) -> EndCallEvent<'static> {
    EndCallEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        connection_device_id_type: STATIC,
        connection_call_id: Some(call),
        connection_device_id: Some(Str::new(device)),
        ..Default::default()
    }
}

fn agent_state(device: &'static str, state: AgentState) -> AgentStateEvent<'static> {
    AgentStateEvent {
        peripheral_id: Some(PERIPHERAL),
        peripheral_type: ACD,
        skill_group_state: state,
        skill_group_number: Some(SkillGroupNumber(17)),
        skill_group_id: Some(SkillGroupId(5017)),
        agent_state: state,
        agent_id: Some(Str::new(if device == ALICE { "1001" } else { "1002" })),
        agent_extension: Some(Str::new(device)),
        agent_instrument: Some(Str::new(device)),
        ..Default::default()
    }
}
