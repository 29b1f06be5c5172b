//! Five seconds of a busy hour, as a client sees them.

use ged188::id::*;
use ged188::message::*;
use ged188::named_values::*;
use ged188::{Encode, ProtocolVersion};

use crate::messages::{agent_state_event, delivered};

/// Calls in the mix: four a second, 14,400 an hour.
pub const CALLS: u32 = 20;

/// A stream of messages.
pub struct Mix {
    /// The messages, one after another.
    pub stream: Vec<u8>,
    /// How many they are.
    pub messages: usize,
    /// Where the InvokeID of the HEARTBEAT_CONF is, with which the stream ends.
    pub heartbeat: usize,
}

/// Five seconds of a busy hour.
///
/// Each call brings BEGIN_CALL, CALL_DELIVERED, CALL_ESTABLISHED, two CALL_DATA_UPDATE, in every fourth call
/// CALL_HELD and CALL_RETRIEVED, then CALL_CONNECTION_CLEARED, CALL_CLEARED, END_CALL, and four AGENT_STATE
/// events among them. At the end there are a SYSTEM_EVENT and the HEARTBEAT_CONF.
pub fn busy_hour(version: ProtocolVersion) -> Mix {
    let mut mix = Mix { stream: Vec::new(), messages: 0, heartbeat: 0 };
    for call in 0..CALLS {
        for message in messages_of_call(version, call) {
            mix.put(version, &message);
        }
    }
    let system = SystemEvent {
        icm_central_controller_time: Time(1_700_000_000),
        system_event_id: SystemEventId::SYS_PERIPHERAL_ONLINE,
        system_event_arg1: 5000,
        text: Some("peripheral 5000 is on-line".into()),
        ..Default::default()
    };
    mix.put(version, &system);
    mix.put(version, &HeartbeatConf::default());
    mix.heartbeat = mix.stream.len() - 4;
    mix
}

/// What clients ask for in five seconds of a busy hour: of each call ANSWER_CALL, SET_CALL_DATA, two SET_AGENT_STATE and
/// QUERY_AGENT_STATE, in every fourth HOLD_CALL and RETRIEVE_CALL. At the end there is a HEARTBEAT_REQ.
pub fn busy_hour_of_requests(version: ProtocolVersion) -> Mix {
    let mut mix = Mix { stream: Vec::new(), messages: 0, heartbeat: 0 };
    for call in 0..CALLS {
        for message in requests_of_call(call) {
            mix.put(version, &message);
        }
    }
    mix.put(version, &HeartbeatReq::default());
    mix.heartbeat = mix.stream.len() - 4;
    mix
}

/// What confirms a request of the busy hour.
pub fn confirmation(request: &Message<'_>) -> Option<Message<'static>> {
    let invoke_id = request.invoke_id()?;
    Some(match request {
        Message::AnswerCallReq(_) => AnswerCallConf { invoke_id, ..Default::default() }.into(),
        Message::HoldCallReq(_) => HoldCallConf { invoke_id, ..Default::default() }.into(),
        Message::RetrieveCallReq(_) => RetrieveCallConf { invoke_id, ..Default::default() }.into(),
        Message::SetCallDataReq(_) => SetCallDataConf { invoke_id, ..Default::default() }.into(),
        Message::SetAgentStateReq(_) => SetAgentStateConf { invoke_id, ..Default::default() }.into(),
        Message::QueryAgentStateReq(_) => QueryAgentStateConf {
            invoke_id,
            agent_state: AgentState::AGENT_STATE_AVAILABLE,
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            agent_instrument: Some("5001".into()),
            ..Default::default()
        }
        .into(),
        Message::HeartbeatReq(_) => HeartbeatConf { invoke_id, ..Default::default() }.into(),
        _ => return None,
    })
}

fn requests_of_call(number: u32) -> Vec<Message<'static>> {
    let connection_call_id = Some(CallId(300 + number));
    let device: &'static str = format!("L0 {}:{}", 5000 + number, 300 + number).leak();
    let connection_device_id = Some(device.into());
    let peripheral_id = Some(PeripheralId(5000));
    let invoke_id = InvokeId(1000 + number);
    let agent_instrument = Some("5001".into());
    let state = |agent_state| {
        SetAgentStateReq { invoke_id, peripheral_id, agent_state, agent_instrument, ..Default::default() }
            .into()
    };
    let mut messages = vec![
        AnswerCallReq {
            invoke_id,
            peripheral_id,
            connection_call_id,
            connection_device_id,
            ..Default::default()
        }
        .into(),
        SetCallDataReq {
            invoke_id,
            peripheral_id,
            connection_call_id,
            connection_device_id,
            call_variable1: Some("customer 20134, order 998122".into()),
            call_variable2: Some("gold".into()),
            ..Default::default()
        }
        .into(),
        state(AgentState::AGENT_STATE_WORK_READY),
        state(AgentState::AGENT_STATE_AVAILABLE),
        QueryAgentStateReq { invoke_id, peripheral_id, agent_instrument, ..Default::default() }.into(),
    ];
    if number.is_multiple_of(4) {
        messages.push(
            HoldCallReq {
                invoke_id,
                peripheral_id,
                connection_call_id,
                connection_device_id,
                ..Default::default()
            }
            .into(),
        );
        messages.push(
            RetrieveCallReq {
                invoke_id,
                peripheral_id,
                held_connection_call_id: connection_call_id,
                held_connection_device_id: connection_device_id,
                ..Default::default()
            }
            .into(),
        );
    }
    messages
}

impl Mix {
    fn put(&mut self, version: ProtocolVersion, message: &impl Encode) {
        message.encode_to(version, &mut self.stream).expect("an allowed message");
        self.messages += 1;
    }
}

fn messages_of_call(version: ProtocolVersion, number: u32) -> Vec<Message<'static>> {
    let call = Some(CallId(300 + number));
    let device: &'static str = format!("L0 {}:{}", 5000 + number, 300 + number).leak();
    let connection = Some(device.into());
    let (monitor_id, peripheral_id) = (MonitorId(7), Some(PeripheralId(5000)));
    let peripheral_type = PeripheralType::PT_ENTERPRISE_AGENT;
    let dynamic = ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC;
    let phone = DeviceIdType::DEVID_DEVICE_IDENTIFIER;
    let state =
        |state| Message::from(AgentStateEvent { agent_state: state, ..agent_state_event(version, number) });
    let data = |variable1: &'static str| {
        Message::from(CallDataUpdateEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            call_type: CallType::CALLTYPE_ACD_IN,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            new_connection_device_id_type: dynamic,
            new_connection_call_id: call,
            connection_device_id: connection,
            new_connection_device_id: connection,
            call_variable1: Some(variable1.into()),
            call_variable2: Some("gold".into()),
            ..Default::default()
        })
    };
    let mut messages = vec![
        state(AgentState::AGENT_STATE_RESERVED),
        Message::from(BeginCallEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            call_type: CallType::CALLTYPE_ACD_IN,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            connection_device_id: connection,
            ani: Some("0301234567".into()),
            dnis: Some("8000".into()),
            dialed_number: Some("8000".into()),
            router_call_key_day: Some(151_000),
            router_call_key_call_id: Some(20_000 + number),
            call_variable1: Some("customer 20134".into()),
            call_variable2: Some("gold".into()),
            call_variable3: Some("en".into()),
            ..Default::default()
        }),
        Message::from(CallDeliveredEvent { connection_device_id: connection, ..delivered(300 + number) }),
        Message::from(CallEstablishedEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            line_handle: Some(LineHandle(1)),
            skill_group_number: Some(SkillGroupNumber(88)),
            answering_device_type: phone,
            calling_device_type: phone,
            called_device_type: phone,
            local_connection_state: LocalConnectionState::LCS_CONNECT,
            connection_device_id: connection,
            answering_device_id: Some("5001".into()),
            calling_device_id: Some("0301234567".into()),
            called_device_id: Some("8000".into()),
            ..Default::default()
        }),
        state(AgentState::AGENT_STATE_TALKING),
        data("customer 20134, order 998122"),
    ];
    if number.is_multiple_of(4) {
        messages.push(Message::from(CallHeldEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            holding_device_type: phone,
            local_connection_state: LocalConnectionState::LCS_HOLD,
            connection_device_id: connection,
            holding_device_id: Some("5001".into()),
            ..Default::default()
        }));
        messages.push(Message::from(CallRetrievedEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            retrieving_device_type: phone,
            local_connection_state: LocalConnectionState::LCS_CONNECT,
            connection_device_id: connection,
            retrieving_device_id: Some("5001".into()),
            ..Default::default()
        }));
    }
    messages.extend([
        data("customer 20134, sold"),
        Message::from(CallConnectionClearedEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            releasing_device_type: phone,
            connection_device_id: connection,
            releasing_device_id: Some("0301234567".into()),
            ..Default::default()
        }),
        Message::from(CallClearedEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            connection_device_id: connection,
            ..Default::default()
        }),
        Message::from(EndCallEvent {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_id_type: dynamic,
            connection_call_id: call,
            connection_device_id: connection,
            ..Default::default()
        }),
        state(AgentState::AGENT_STATE_WORK_READY),
        state(AgentState::AGENT_STATE_AVAILABLE),
    ]);
    messages
}
