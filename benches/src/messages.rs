//! The messages, one function each.

use ged188::id::*;
use ged188::message::*;
use ged188::named_values::*;
use ged188::{Bytes, List, MessageBody, NamedArray, NamedVariable, ProtocolVersion};

/// A list for a message that lives as long as the program.
fn list<T: ged188::ListItem<'static>>(items: impl IntoIterator<Item = T>) -> List<'static, T> {
    let items: &'static [T] = items.into_iter().collect::<Vec<_>>().leak();
    items.into()
}

/// Text for a message that lives as long as the program.
fn text(text: String) -> ged188::Str<'static> {
    let text: &'static str = text.leak();
    text.into()
}

/// HEARTBEAT_REQ: the shortest message.
pub fn heartbeat_req() -> HeartbeatReq<'static> {
    HeartbeatReq { invoke_id: InvokeId(4711), ..Default::default() }
}

/// MONITOR_START_REQ for a device.
pub fn monitor_start_req() -> MonitorStartReq<'static> {
    MonitorStartReq {
        invoke_id: InvokeId(4712),
        peripheral_id: Some(PeripheralId(5000)),
        connection_call_id: Some(CallId(0)),
        call_msg_mask: CallEventMask::from_bits_retain(0x3FFFFF),
        agent_state_mask: AgentStateMask::from_bits_retain(0x3FFF),
        connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
        monitored_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
        monitored_device_id: Some("5001".into()),
        ..Default::default()
    }
}

/// AGENT_STATE_EVENT as it comes for a voice agent of one skill group.
pub fn agent_state_event(version: ProtocolVersion, agent: u32) -> AgentStateEvent<'static> {
    AgentStateEvent {
        monitor_id: MonitorId(7),
        peripheral_id: Some(PeripheralId(5000)),
        session_id: SessionId(agent),
        peripheral_type: PeripheralType::PT_ENTERPRISE_AGENT,
        skill_group_state: AgentState::AGENT_STATE_TALKING,
        skill_group_number: Some(SkillGroupNumber(88)),
        skill_group_id: Some(SkillGroupId(5088)),
        agent_state: AgentState::AGENT_STATE_TALKING,
        mrd_id: MrdId(1),
        num_tasks: 1,
        max_task_limit: 1,
        icm_agent_id: IcmAgentId(5000 + agent as i32),
        agent_id: Some(text(format!("{}", 1000 + agent))),
        agent_extension: Some(text(format!("{}", 5000 + agent))),
        agent_instrument: Some(text(format!("{}", 5000 + agent))),
        direction: (version.number() >= 16).then_some(CallDirection(1)),
        ..Default::default()
    }
}

/// CALL_DELIVERED_EVENT with 27 floating fields: from version 11 on one of each kind; before, the 25 kinds
/// that there are, and a second named variable and named array.
pub fn call_delivered_event(version: ProtocolVersion) -> CallDeliveredEvent<'static> {
    let all = version.number() >= 11;
    let several = if all { 1 } else { 2 };
    CallDeliveredEvent {
        secondary_connection_call_id: all.then_some(CallId(301)),
        ani_ii: all.then(|| "6".into()),
        named_variables: list(
            (0..several)
                .map(|at| NamedVariable { name: text(format!("user.skill{at}")), value: "sales".into() }),
        ),
        named_arrays: list((0..several).map(|index| NamedArray {
            index,
            name: "user.path".into(),
            value: text(format!("menu {index}")),
        })),
        last_redirect_device_id: Some("8001".into()),
        trunk_number: Some(TrunkNumber(17)),
        trunk_group_number: Some(TrunkGroupNumber(2)),
        user_to_user_info: Some(Bytes(b"\x04user to user")),
        call_wrapup_data: Some("sold".into()),
        ..delivered(300)
    }
}

/// CALL_DELIVERED_EVENT with what most calls have.
pub fn delivered(call: u32) -> CallDeliveredEvent<'static> {
    CallDeliveredEvent {
        monitor_id: MonitorId(7),
        peripheral_id: Some(PeripheralId(5000)),
        peripheral_type: PeripheralType::PT_ENTERPRISE_AGENT,
        connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
        connection_call_id: Some(CallId(call)),
        line_handle: Some(LineHandle(1)),
        line_type: LineType(0),
        service_number: Some(ServiceNumber(5101)),
        service_id: Some(ServiceId(5102)),
        skill_group_number: Some(SkillGroupNumber(88)),
        skill_group_id: Some(SkillGroupId(5088)),
        alerting_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
        calling_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
        called_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
        last_redirect_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
        local_connection_state: LocalConnectionState::LCS_ALERTING,
        event_cause: EventCause::CEC_NONE,
        connection_device_id: Some("L0 5001:300".into()),
        alerting_device_id: Some("5001".into()),
        calling_device_id: Some("0301234567".into()),
        called_device_id: Some("8000".into()),
        ani: Some("0301234567".into()),
        dnis: Some("8000".into()),
        dialed_number: Some("8000".into()),
        caller_entered_digits: Some("4711".into()),
        call_variable1: Some("customer 20134".into()),
        call_variable2: Some("gold".into()),
        call_variable3: Some("en".into()),
        call_variable4: Some("order 998122".into()),
        call_variable5: Some("".into()),
        call_variable6: Some("".into()),
        call_variable7: Some("queue 17".into()),
        call_variable8: Some("".into()),
        call_variable9: Some("".into()),
        call_variable10: Some("9f1c22ab".into()),
        ..Default::default()
    }
}

/// SNAPSHOT_CALL_CONF with 16 devices, the most that there may be.
pub fn snapshot_call_conf() -> SnapshotCallConf<'static> {
    SnapshotCallConf {
        invoke_id: InvokeId(4713),
        call_type: CallType::CALLTYPE_ACD_IN,
        ani: Some("0301234567".into()),
        dnis: Some("8000".into()),
        dialed_number: Some("8000".into()),
        call_variable1: Some("customer 20134".into()),
        call_variable2: Some("gold".into()),
        cti_clients: list([CtiClient {
            cti_client_signature: Some("desk".into()),
            cti_client_timestamp: Some(Time(1_700_000_000)),
        }]),
        call_devices: list((0..16).map(|at| CallDevice {
            call_connection_call_id: Some(CallId(300)),
            call_connection_device_id_type: Some(ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC),
            call_connection_device_id: Some(text(format!("L0 {}:300", 5001 + at))),
            call_device_type: Some(DeviceIdType::DEVID_DEVICE_IDENTIFIER),
            call_device_id: Some(text(format!("{}", 5001 + at))),
            call_device_connection_state: Some(LocalConnectionState::LCS_CONNECT),
        })),
        ..Default::default()
    }
}

/// QUERY_SKILL_GROUP_STATISTICS_CONF: a fixed part of 149 numbers, each with a value of its own.
pub fn query_skill_group_statistics_conf(version: ProtocolVersion) -> QuerySkillGroupStatisticsConf<'static> {
    let numbers = QuerySkillGroupStatisticsConf::SCHEMA.fixed_len(version) / 4;
    let body: Vec<u8> = (1..=numbers as u32).flat_map(u32::to_be_bytes).collect();
    QuerySkillGroupStatisticsConf::decode_body(version, body.leak()).expect("a whole fixed part")
}

/// CONFIG_AGENT_EVENT with 10 records, the most that there may be, of agents with three skill groups each.
pub fn config_agent_event(version: ProtocolVersion) -> ConfigAgentEvent<'static> {
    let number = version.number();
    ConfigAgentEvent {
        records: list((0..10).map(|at| ConfigAgentRecord {
            record_type: Some(RecordType(0)),
            flt_peripheral_id: (number >= 11).then_some(PeripheralId(5000)),
            agent_type: Some(AgentType::AGENT),
            login_id: Some(text(format!("{}", 1000 + at))),
            login_name: (number >= 11).then(|| text(format!("agent{at}"))),
            last_name: Some("Mustermann".into()),
            first_name: Some("Erika".into()),
            extension: Some(text(format!("{}", 5000 + at))),
            description: Some("second floor".into()),
            agent_skill_target_id: Some(SkillTargetId(6000 + at)),
            skills: list((0..3).map(|skill| AgentSkill {
                flt_skill_group_number: Some(SkillGroupNumber(88 + skill)),
                flt_skill_group_priority: Some(0),
            })),
            ..Default::default()
        })),
        ..Default::default()
    }
}
