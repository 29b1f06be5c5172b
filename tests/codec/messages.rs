//! The messages whose layouts tell most, as bytes written by hand from the protocol's tables, against messages as values.
//! `json_lines.rs` checks every message in every version against the tables.
//!
//! Of each message there are the bytes of the fixed part, field by field, and the floating fields with their
//! tags. How wide tags and lengths are follows from the version.

use std::fmt::Debug;

use ged188::id::*;
use ged188::message::*;
use ged188::named_values::*;
use ged188::text::*;
use ged188::{Bool, List, MessageType, ProtocolVersion, RawMessage};

/// The bytes of a body: the fixed part in hexadecimal with names, the floating part as tags and data.
fn body(version: u32, fixed: &str, floating: &[(u16, &[u8])]) -> &'static [u8] {
    let mut body = Vec::new();
    for line in fixed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (number, _name) = line.split_once(' ').expect("a number and a name");
        let digits = number.as_bytes().chunks(2).map(|byte| std::str::from_utf8(byte).expect("ASCII"));
        body.extend(digits.map(|byte| u8::from_str_radix(byte, 16).expect("hexadecimal")));
    }
    for (tag, data) in floating {
        if version < 20 {
            body.extend([
                u8::try_from(*tag).expect("a narrow tag"),
                u8::try_from(data.len()).expect("short"),
            ]);
        } else {
            body.extend(tag.to_be_bytes());
            body.extend(u16::try_from(data.len()).expect("short").to_be_bytes());
        }
        body.extend(*data);
    }
    body.leak()
}

/// In each of the versions the bytes decode to the message, and the message encodes to the bytes.
fn check<'m, M>(versions: &[u32], number: u32, fixed: &str, floating: &[(u16, &[u8])], message: &M)
where
    M: MessageBody<'m> + Into<Message<'m>> + Clone + PartialEq + Debug,
{
    for &number_of_version in versions {
        let version = ProtocolVersion::new(number_of_version).expect("a version");
        let body = body(number_of_version, fixed, floating);
        assert_eq!(M::decode_body(version, body).as_ref(), Ok(message), "version {version}");

        let raw = RawMessage { message_type: MessageType(number), body };
        assert_eq!(Message::decode(version, raw), Ok(message.clone().into()), "version {version}");

        let mut expected = u32::try_from(body.len()).expect("short").to_be_bytes().to_vec();
        expected.extend(number.to_be_bytes());
        expected.extend(body);
        let mut encoded = vec![0xEE; expected.len() + 1];
        assert_eq!(message.encode(version, &mut encoded), Ok(expected.len()), "version {version}");
        assert_eq!(encoded[..expected.len()], expected, "version {version}");
        assert_eq!(encoded[expected.len()], 0xEE, "nothing is written behind the message");
        // The decoded message, with its lists still on the wire, encodes to the same.
        let decoded = M::decode_body(version, body).expect("decoded before");
        assert_eq!(decoded.encode(version, &mut encoded), Ok(expected.len()), "version {version}");
        assert_eq!(encoded[..expected.len()], expected, "version {version}");
    }
}

#[test]
fn failure_conf() {
    check(
        &[9, 10],
        1,
        "
            0000012c InvokeID
            00000003 Status
        ",
        &[],
        &FailureConf {
            invoke_id: InvokeId(300),
            status: StatusCode::E_CTI_INVALID_FIELD_TAG,
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        1,
        "
            0000012c InvokeID
            00000003 Status
        ",
        &[(217, b"agent desk\0")],
        &FailureConf {
            invoke_id: InvokeId(300),
            status: StatusCode::E_CTI_INVALID_FIELD_TAG,
            cti_os_cil_client_id: Some("agent desk".into()),
            ..Default::default()
        },
    );
}

#[test]
fn open_req() {
    check(
        &[9],
        3,
        "
            00001388 InvokeID
            00000009 VersionNumber
            00000078 IdleTimeout
            0000004d PeripheralID
            0000000a ServicesRequested
            00000012 CallMsgMask
            00000900 AgentStateMask
            00000000 Reserved1
            00000000 Reserved2
            00000000 Reserved3
        ",
        &[
            (1, b"CTIClient\0"),
            (2, b"secret"),
            (3, b"signature-1\0"),
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
            (97, b"\0\0\x13\x88"),
        ],
        &OpenReq {
            invoke_id: InvokeId(5000),
            version_number: VersionNumber(9),
            idle_timeout: 120,
            peripheral_id: Some(PeripheralId(77)),
            services_requested: CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE
                | CtiServiceMask::CTI_SERVICE_CONNECTION_MONITOR,
            call_msg_mask: CallEventMask::CALL_QUEUED_MASK | CallEventMask::CALL_RETRIEVED_MASK,
            agent_state_mask: AgentStateMask::AGENT_RESERVED_MASK | AgentStateMask::AGENT_PAUSED_MASK,
            reserved1: 0,
            reserved2: 0,
            reserved3: 0,
            client_id: Some("CTIClient".into()),
            client_password: Some(Secret::new(Bytes(b"secret"))),
            client_signature: Some("signature-1".into()),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            application_path_id: Some(ApplicationPathId(5000)),
            ..Default::default()
        },
    );
    check(
        &[10],
        3,
        "
            00001388 InvokeID
            0000000a VersionNumber
            00000078 IdleTimeout
            0000004d PeripheralID
            0000000a ServicesRequested
            00000012 CallMsgMask
            00000900 AgentStateMask
            00000200 ConfigMsgMask
            00000000 Reserved1
            00000000 Reserved2
            00000000 Reserved3
        ",
        &[
            (1, b"CTIClient\0"),
            (2, b"secret"),
            (3, b"signature-1\0"),
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
            (97, b"\0\0\x13\x88"),
            (194, b"idlong-1\0"),
        ],
        &OpenReq {
            invoke_id: InvokeId(5000),
            version_number: VersionNumber(10),
            idle_timeout: 120,
            peripheral_id: Some(PeripheralId(77)),
            services_requested: CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE
                | CtiServiceMask::CTI_SERVICE_CONNECTION_MONITOR,
            call_msg_mask: CallEventMask::CALL_QUEUED_MASK | CallEventMask::CALL_RETRIEVED_MASK,
            agent_state_mask: AgentStateMask::AGENT_RESERVED_MASK | AgentStateMask::AGENT_PAUSED_MASK,
            config_msg_mask: ConfigMask::CONFIG_MSG_AGENT_SERVICE_MASK,
            reserved1: 0,
            reserved2: 0,
            reserved3: 0,
            client_id: Some("CTIClient".into()),
            client_password: Some(Secret::new(Bytes(b"secret"))),
            client_signature: Some("signature-1".into()),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            application_path_id: Some(ApplicationPathId(5000)),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
    check(
        &[19],
        3,
        "
            00001388 InvokeID
            00000013 VersionNumber
            00000078 IdleTimeout
            0000004d PeripheralID
            0000000a ServicesRequested
            00000012 CallMsgMask
            00000900 AgentStateMask
            00000200 ConfigMsgMask
            00000000 Reserved1
            00000000 Reserved2
            00000000 Reserved3
        ",
        &[
            (1, b"CTIClient\0"),
            (2, b"secret"),
            (3, b"signature-1\0"),
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
            (97, b"\0\0\x13\x88"),
            (194, b"idlong-1\0"),
        ],
        &OpenReq {
            invoke_id: InvokeId(5000),
            version_number: VersionNumber(19),
            idle_timeout: 120,
            peripheral_id: Some(PeripheralId(77)),
            services_requested: CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE
                | CtiServiceMask::CTI_SERVICE_CONNECTION_MONITOR,
            call_msg_mask: CallEventMask::CALL_QUEUED_MASK | CallEventMask::CALL_RETRIEVED_MASK,
            agent_state_mask: AgentStateMask::AGENT_RESERVED_MASK | AgentStateMask::AGENT_PAUSED_MASK,
            config_msg_mask: ConfigMask::CONFIG_MSG_AGENT_SERVICE_MASK,
            reserved1: 0,
            reserved2: 0,
            reserved3: 0,
            client_id: Some("CTIClient".into()),
            client_password: Some(Secret::new(Bytes(b"secret"))),
            client_signature: Some("signature-1".into()),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            application_path_id: Some(ApplicationPathId(5000)),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
    check(
        &[20],
        3,
        "
            00001388 InvokeID
            00000014 VersionNumber
            00000078 IdleTimeout
            0000004d PeripheralID
            0000000a ServicesRequested
            00000012 CallMsgMask
            00000900 AgentStateMask
            00000200 ConfigMsgMask
            00000000 Reserved1
            00000000 Reserved2
            00000000 Reserved3
        ",
        &[
            (1, b"CTIClient\0"),
            (2, b"secret"),
            (3, b"signature-1\0"),
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
            (97, b"\0\0\x13\x88"),
            (194, b"idlong-1\0"),
        ],
        &OpenReq {
            invoke_id: InvokeId(5000),
            version_number: VersionNumber(20),
            idle_timeout: 120,
            peripheral_id: Some(PeripheralId(77)),
            services_requested: CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE
                | CtiServiceMask::CTI_SERVICE_CONNECTION_MONITOR,
            call_msg_mask: CallEventMask::CALL_QUEUED_MASK | CallEventMask::CALL_RETRIEVED_MASK,
            agent_state_mask: AgentStateMask::AGENT_RESERVED_MASK | AgentStateMask::AGENT_PAUSED_MASK,
            config_msg_mask: ConfigMask::CONFIG_MSG_AGENT_SERVICE_MASK,
            reserved1: 0,
            reserved2: 0,
            reserved3: 0,
            client_id: Some("CTIClient".into()),
            client_password: Some(Secret::new(Bytes(b"secret"))),
            client_signature: Some("signature-1".into()),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            application_path_id: Some(ApplicationPathId(5000)),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
    check(
        &[25],
        3,
        "
            00001388 InvokeID
            00000019 VersionNumber
            00000078 IdleTimeout
            0000004d PeripheralID
            0000000a ServicesRequested
            00000012 CallMsgMask
            00000900 AgentStateMask
            00000200 ConfigMsgMask
            00000000 Reserved1
            00000000 Reserved2
            00000000 Reserved3
        ",
        &[
            (1, b"CTIClient\0"),
            (2, b"secret"),
            (3, b"signature-1\0"),
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
            (97, b"\0\0\x13\x88"),
            (194, b"idlong-1\0"),
        ],
        &OpenReq {
            invoke_id: InvokeId(5000),
            version_number: VersionNumber(25),
            idle_timeout: 120,
            peripheral_id: Some(PeripheralId(77)),
            services_requested: CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE
                | CtiServiceMask::CTI_SERVICE_CONNECTION_MONITOR,
            call_msg_mask: CallEventMask::CALL_QUEUED_MASK | CallEventMask::CALL_RETRIEVED_MASK,
            agent_state_mask: AgentStateMask::AGENT_RESERVED_MASK | AgentStateMask::AGENT_PAUSED_MASK,
            config_msg_mask: ConfigMask::CONFIG_MSG_AGENT_SERVICE_MASK,
            reserved1: 0,
            reserved2: 0,
            reserved3: 0,
            client_id: Some("CTIClient".into()),
            client_password: Some(Secret::new(Bytes(b"secret"))),
            client_signature: Some("signature-1".into()),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            application_path_id: Some(ApplicationPathId(5000)),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn open_conf() {
    check(
        &[9],
        4,
        "
            0000012c InvokeID
            00002002 ServicesGranted
            0000012c MonitorID
            0000000a PGStatus
            0000012c ICMCentralControllerTime
            0001     PeripheralOnline
            0014     PeripheralType
            0000     AgentState
        ",
        &[(4, b"5001\0"), (5, b"1001\0"), (6, b"5001\0")],
        &OpenConf {
            invoke_id: InvokeId(300),
            services_granted: CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
                | CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE,
            monitor_id: MonitorId(300),
            pg_status: PgStatusCode::PGS_CC_DOWN | PgStatusCode::PGS_CTI_SERVER_OFFLINE,
            icm_central_controller_time: Time(300),
            peripheral_online: Bool::TRUE,
            peripheral_type: PeripheralType::PT_GENERIC,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            ..Default::default()
        },
    );
    check(
        &[10],
        4,
        "
            0000012c InvokeID
            00002002 ServicesGranted
            0000012c MonitorID
            0000000a PGStatus
            0000012c ICMCentralControllerTime
            0001     PeripheralOnline
            0014     PeripheralType
            0000     AgentState
        ",
        &[(4, b"5001\0"), (5, b"1001\0"), (6, b"5001\0"), (194, b"idlong-1\0")],
        &OpenConf {
            invoke_id: InvokeId(300),
            services_granted: CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
                | CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE,
            monitor_id: MonitorId(300),
            pg_status: PgStatusCode::PGS_CC_DOWN | PgStatusCode::PGS_CTI_SERVER_OFFLINE,
            icm_central_controller_time: Time(300),
            peripheral_online: Bool::TRUE,
            peripheral_type: PeripheralType::PT_GENERIC,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
    check(
        &[19, 20],
        4,
        "
            0000012c InvokeID
            00002002 ServicesGranted
            0000012c MonitorID
            0000000a PGStatus
            0000012c ICMCentralControllerTime
            0001     PeripheralOnline
            0014     PeripheralType
            0000     AgentState
            00001388 DepartmentID
        ",
        &[
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
            (228, b"\0\x02"),
            (208, b"\xff\xff\xff\xfa"),
            (224, b"\0\x01"),
            (208, b"\0\0\0M"),
            (224, b"\0\x01"),
            (194, b"idlong-1\0"),
        ],
        &OpenConf {
            invoke_id: InvokeId(300),
            services_granted: CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
                | CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE,
            monitor_id: MonitorId(300),
            pg_status: PgStatusCode::PGS_CC_DOWN | PgStatusCode::PGS_CTI_SERVER_OFFLINE,
            icm_central_controller_time: Time(300),
            peripheral_online: Bool::TRUE,
            peripheral_type: PeripheralType::PT_GENERIC,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            department_id: DepartmentId(5000),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            peripherals: List::from(&[
                AgentPeripheral {
                    flt_peripheral_id: Some(PeripheralId(4294967290)),
                    multiline_agent_control: Some(MultilineAgentControl::MULTILINE),
                },
                AgentPeripheral {
                    flt_peripheral_id: Some(PeripheralId(77)),
                    multiline_agent_control: Some(MultilineAgentControl::MULTILINE),
                },
            ]),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
    check(
        &[25],
        4,
        "
            0000012c InvokeID
            00002002 ServicesGranted
            0000012c MonitorID
            0000000a PGStatus
            0000012c ICMCentralControllerTime
            0001     PeripheralOnline
            0014     PeripheralType
            0000     AgentState
            00001388 DepartmentID
            0002     SessionType
        ",
        &[
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
            (228, b"\0\x02"),
            (208, b"\xff\xff\xff\xfa"),
            (224, b"\0\x01"),
            (208, b"\0\0\0M"),
            (224, b"\0\x01"),
            (194, b"idlong-1\0"),
        ],
        &OpenConf {
            invoke_id: InvokeId(300),
            services_granted: CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
                | CtiServiceMask::CTI_SERVICE_CALL_DATA_UPDATE,
            monitor_id: MonitorId(300),
            pg_status: PgStatusCode::PGS_CC_DOWN | PgStatusCode::PGS_CTI_SERVER_OFFLINE,
            icm_central_controller_time: Time(300),
            peripheral_online: Bool::TRUE,
            peripheral_type: PeripheralType::PT_GENERIC,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            department_id: DepartmentId(5000),
            session_type: SessionType::STANDBY,
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            peripherals: List::from(&[
                AgentPeripheral {
                    flt_peripheral_id: Some(PeripheralId(4294967290)),
                    multiline_agent_control: Some(MultilineAgentControl::MULTILINE),
                },
                AgentPeripheral {
                    flt_peripheral_id: Some(PeripheralId(77)),
                    multiline_agent_control: Some(MultilineAgentControl::MULTILINE),
                },
            ]),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn heartbeat_req() {
    check(
        &[9, 10, 19, 20, 25],
        5,
        "
            01000001 InvokeID
        ",
        &[],
        &HeartbeatReq { invoke_id: InvokeId(16777217), ..Default::default() },
    );
}

#[test]
fn call_delivered_event() {
    check(
        &[9],
        9,
        "
            fffffffa MonitorID
            ffffffff PeripheralID
            000e     PeripheralType
            ffff     ConnectionDeviceIDType
            0000012c ConnectionCallID
            0201     LineHandle
            0004     LineType
            01000001 ServiceNumber
            0000012c ServiceID
            ffffffff SkillGroupNumber
            0000004d SkillGroupID
            9c40     SkillGroupPriority
            ffff     AlertingDeviceType
            0049     CallingDeviceType
            0046     CalledDeviceType
            004b     LastRedirectDeviceType
            ffff     LocalConnectionState
            003b     EventCause
        ",
        &[
            (25, b"5001\0"),
            (26, b"5001\0"),
            (27, b"2065551212\0"),
            (28, b"8005550100\0"),
            (29, b"last-1\0"),
            (121, b"\x01\0\0\x01"),
            (122, b"\0\0\x01,"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (13, b"variable1-1\0"),
            (14, b"variable2-1\0"),
            (15, b"variable3-1\0"),
            (16, b"variable4-1\0"),
            (17, b"variable5-1\0"),
            (18, b"variable6-1\0"),
            (19, b"variable7-1\0"),
            (20, b"variable8-1\0"),
            (21, b"variable9-1\0"),
            (22, b"variable10-1\0"),
            (46, b"data-1\0"),
        ],
        &CallDeliveredEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            connection_call_id: Some(CallId(300)),
            line_handle: Some(LineHandle(513)),
            line_type: LineType::LINETYPE_SUPERVISOR,
            service_number: Some(ServiceNumber(16777217)),
            service_id: Some(ServiceId(300)),
            skill_group_number: None,
            skill_group_id: Some(SkillGroupId(77)),
            skill_group_priority: 40000,
            alerting_device_type: DeviceIdType::DEVID_NONE,
            calling_device_type: DeviceIdType::DEVID_CTI_PORT,
            called_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            last_redirect_device_type: DeviceIdType::DEVID_EXTERNAL,
            local_connection_state: LocalConnectionState::LCS_NONE,
            event_cause: EventCause::CEC_GREETING,
            connection_device_id: Some("5001".into()),
            alerting_device_id: Some("5001".into()),
            calling_device_id: Some("2065551212".into()),
            called_device_id: Some("8005550100".into()),
            last_redirect_device_id: Some("last-1".into()),
            trunk_number: Some(TrunkNumber(16777217)),
            trunk_group_number: Some(TrunkGroupNumber(300)),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            call_variable1: Some("variable1-1".into()),
            call_variable2: Some("variable2-1".into()),
            call_variable3: Some("variable3-1".into()),
            call_variable4: Some("variable4-1".into()),
            call_variable5: Some("variable5-1".into()),
            call_variable6: Some("variable6-1".into()),
            call_variable7: Some("variable7-1".into()),
            call_variable8: Some("variable8-1".into()),
            call_variable9: Some("variable9-1".into()),
            call_variable10: Some("variable10-1".into()),
            call_wrapup_data: Some("data-1".into()),
            ..Default::default()
        },
    );
    check(
        &[10],
        9,
        "
            fffffffa MonitorID
            ffffffff PeripheralID
            000e     PeripheralType
            ffff     ConnectionDeviceIDType
            0000012c ConnectionCallID
            0201     LineHandle
            0004     LineType
            01000001 ServiceNumber
            0000012c ServiceID
            ffffffff SkillGroupNumber
            0000004d SkillGroupID
            9c40     SkillGroupPriority
            ffff     AlertingDeviceType
            0049     CallingDeviceType
            0046     CalledDeviceType
            004b     LastRedirectDeviceType
            ffff     LocalConnectionState
            003b     EventCause
            0001     NumNamedVariables
            0001     NumNamedArrays
        ",
        &[
            (25, b"5001\0"),
            (26, b"5001\0"),
            (27, b"2065551212\0"),
            (28, b"8005550100\0"),
            (29, b"last-1\0"),
            (121, b"\x01\0\0\x01"),
            (122, b"\0\0\x01,"),
            (202, b"\0\0\x13\x88"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (13, b"variable1-1\0"),
            (14, b"variable2-1\0"),
            (15, b"variable3-1\0"),
            (16, b"variable4-1\0"),
            (17, b"variable5-1\0"),
            (18, b"variable6-1\0"),
            (19, b"variable7-1\0"),
            (20, b"variable8-1\0"),
            (21, b"variable9-1\0"),
            (22, b"variable10-1\0"),
            (46, b"data-1\0"),
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
        ],
        &CallDeliveredEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            connection_call_id: Some(CallId(300)),
            line_handle: Some(LineHandle(513)),
            line_type: LineType::LINETYPE_SUPERVISOR,
            service_number: Some(ServiceNumber(16777217)),
            service_id: Some(ServiceId(300)),
            skill_group_number: None,
            skill_group_id: Some(SkillGroupId(77)),
            skill_group_priority: 40000,
            alerting_device_type: DeviceIdType::DEVID_NONE,
            calling_device_type: DeviceIdType::DEVID_CTI_PORT,
            called_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            last_redirect_device_type: DeviceIdType::DEVID_EXTERNAL,
            local_connection_state: LocalConnectionState::LCS_NONE,
            event_cause: EventCause::CEC_GREETING,
            connection_device_id: Some("5001".into()),
            alerting_device_id: Some("5001".into()),
            calling_device_id: Some("2065551212".into()),
            called_device_id: Some("8005550100".into()),
            last_redirect_device_id: Some("last-1".into()),
            trunk_number: Some(TrunkNumber(16777217)),
            trunk_group_number: Some(TrunkGroupNumber(300)),
            secondary_connection_call_id: Some(CallId(5000)),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            call_variable1: Some("variable1-1".into()),
            call_variable2: Some("variable2-1".into()),
            call_variable3: Some("variable3-1".into()),
            call_variable4: Some("variable4-1".into()),
            call_variable5: Some("variable5-1".into()),
            call_variable6: Some("variable6-1".into()),
            call_variable7: Some("variable7-1".into()),
            call_variable8: Some("variable8-1".into()),
            call_variable9: Some("variable9-1".into()),
            call_variable10: Some("variable10-1".into()),
            call_wrapup_data: Some("data-1".into()),
            named_variables: List::from(&[NamedVariable {
                name: "user.account".into(),
                value: "gold0".into(),
            }]),
            named_arrays: List::from(&[NamedArray {
                index: 3,
                name: "user.orders".into(),
                value: "n0".into(),
            }]),
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        9,
        "
            fffffffa MonitorID
            ffffffff PeripheralID
            000e     PeripheralType
            ffff     ConnectionDeviceIDType
            0000012c ConnectionCallID
            0201     LineHandle
            0004     LineType
            01000001 ServiceNumber
            0000012c ServiceID
            ffffffff SkillGroupNumber
            0000004d SkillGroupID
            9c40     SkillGroupPriority
            ffff     AlertingDeviceType
            0049     CallingDeviceType
            0046     CalledDeviceType
            004b     LastRedirectDeviceType
            ffff     LocalConnectionState
            003b     EventCause
            0001     NumNamedVariables
            0001     NumNamedArrays
        ",
        &[
            (25, b"5001\0"),
            (26, b"5001\0"),
            (27, b"2065551212\0"),
            (28, b"8005550100\0"),
            (29, b"last-1\0"),
            (121, b"\x01\0\0\x01"),
            (122, b"\0\0\x01,"),
            (202, b"\0\0\x13\x88"),
            (8, b"2065551212\0"),
            (215, b"6\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (13, b"variable1-1\0"),
            (14, b"variable2-1\0"),
            (15, b"variable3-1\0"),
            (16, b"variable4-1\0"),
            (17, b"variable5-1\0"),
            (18, b"variable6-1\0"),
            (19, b"variable7-1\0"),
            (20, b"variable8-1\0"),
            (21, b"variable9-1\0"),
            (22, b"variable10-1\0"),
            (46, b"data-1\0"),
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
        ],
        &CallDeliveredEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            connection_call_id: Some(CallId(300)),
            line_handle: Some(LineHandle(513)),
            line_type: LineType::LINETYPE_SUPERVISOR,
            service_number: Some(ServiceNumber(16777217)),
            service_id: Some(ServiceId(300)),
            skill_group_number: None,
            skill_group_id: Some(SkillGroupId(77)),
            skill_group_priority: 40000,
            alerting_device_type: DeviceIdType::DEVID_NONE,
            calling_device_type: DeviceIdType::DEVID_CTI_PORT,
            called_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            last_redirect_device_type: DeviceIdType::DEVID_EXTERNAL,
            local_connection_state: LocalConnectionState::LCS_NONE,
            event_cause: EventCause::CEC_GREETING,
            connection_device_id: Some("5001".into()),
            alerting_device_id: Some("5001".into()),
            calling_device_id: Some("2065551212".into()),
            called_device_id: Some("8005550100".into()),
            last_redirect_device_id: Some("last-1".into()),
            trunk_number: Some(TrunkNumber(16777217)),
            trunk_group_number: Some(TrunkGroupNumber(300)),
            secondary_connection_call_id: Some(CallId(5000)),
            ani: Some("2065551212".into()),
            ani_ii: Some("6".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            call_variable1: Some("variable1-1".into()),
            call_variable2: Some("variable2-1".into()),
            call_variable3: Some("variable3-1".into()),
            call_variable4: Some("variable4-1".into()),
            call_variable5: Some("variable5-1".into()),
            call_variable6: Some("variable6-1".into()),
            call_variable7: Some("variable7-1".into()),
            call_variable8: Some("variable8-1".into()),
            call_variable9: Some("variable9-1".into()),
            call_variable10: Some("variable10-1".into()),
            call_wrapup_data: Some("data-1".into()),
            named_variables: List::from(&[NamedVariable {
                name: "user.account".into(),
                value: "gold0".into(),
            }]),
            named_arrays: List::from(&[NamedArray {
                index: 3,
                name: "user.orders".into(),
                value: "n0".into(),
            }]),
            ..Default::default()
        },
    );
}

#[test]
fn call_conferenced_event() {
    check(
        &[9, 10, 19, 20, 25],
        17,
        "
            0000004d MonitorID
            ffffffff PeripheralID
            000e     PeripheralType
            ffff     PrimaryDeviceIDType
            0000004d PrimaryCallID
            ffff     LineHandle
            0008     LineType
            0000012c SkillGroupNumber
            00001388 SkillGroupID
            0001     SkillGroupPriority
            0002     NumParties
            0001     SecondaryDeviceIDType
            fffffffa SecondaryCallID
            004e     ControllerDeviceType
            004f     AddedPartyDeviceType
            0003     LocalConnectionState
            0010     EventCause
        ",
        &[
            (35, b"primary-1\0"),
            (36, b"secondary-1\0"),
            (37, b"controller-1\0"),
            (38, b"added-1\0"),
            (39, b"\xff\xff\xff\xfa"),
            (40, b"\0\0"),
            (41, b"connected-1\0"),
            (39, b"\0\0\0M"),
            (40, b"\0\x01"),
            (41, b"connected-2\0"),
        ],
        &CallConferencedEvent {
            monitor_id: MonitorId(77),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            primary_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            primary_call_id: Some(CallId(77)),
            line_handle: None,
            line_type: LineType::LINETYPE_DID,
            skill_group_number: Some(SkillGroupNumber(300)),
            skill_group_id: Some(SkillGroupId(5000)),
            skill_group_priority: 1,
            secondary_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            secondary_call_id: Some(CallId(4294967290)),
            controller_device_type: DeviceIdType::DEVID_NON_ACD_DEVICE_IDENTIFIER,
            added_party_device_type: DeviceIdType::DEVID_SHARED_DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_CONNECT,
            event_cause: EventCause::CEC_INVALID_ACCOUNT_CODE,
            primary_device_id: Some("primary-1".into()),
            secondary_device_id: Some("secondary-1".into()),
            controller_device_id: Some("controller-1".into()),
            added_party_device_id: Some("added-1".into()),
            parties: List::from(&[
                ConnectedParty {
                    connected_party_call_id: Some(CallId(4294967290)),
                    connected_party_device_id_type: Some(ConnectionDeviceIdType::CONNECTION_ID_STATIC),
                    connected_party_device_id: Some("connected-1".into()),
                },
                ConnectedParty {
                    connected_party_call_id: Some(CallId(77)),
                    connected_party_device_id_type: Some(ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC),
                    connected_party_device_id: Some("connected-2".into()),
                },
            ]),
            ..Default::default()
        },
    );
}

#[test]
fn agent_state_event() {
    check(
        &[9],
        30,
        "
            0000004d MonitorID
            0000004d PeripheralID
            01000001 SessionID
            0009     PeripheralType
            0008     SkillGroupState
            0000004d StateDuration
            fffffffa SkillGroupNumber
            ffffffff SkillGroupID
            0007     SkillGroupPriority
            0000     AgentState
            0001     EventReasonCode
            00000001 MRDID
            0000004d NumTasks
            0001     AgentMode
            0000012c MaxTaskLimit
            00000001 ICMAgentID
            00000002 AgentAvailabilityStatus
        ",
        &[(3, b"signature-1\0"), (5, b"1001\0"), (4, b"5001\0"), (6, b"5001\0")],
        &AgentStateEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            session_id: SessionId(16777217),
            peripheral_type: PeripheralType::PT_VRU_POLLED,
            skill_group_state: AgentState::AGENT_STATE_RESERVED,
            state_duration: 77,
            skill_group_number: Some(SkillGroupNumber(4294967290)),
            skill_group_id: None,
            skill_group_priority: 7,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            event_reason_code: 1,
            mrd_id: MrdId(1),
            num_tasks: 77,
            agent_mode: AgentMode::ROUTABLE,
            max_task_limit: 300,
            icm_agent_id: IcmAgentId(1),
            agent_availability_status: AgentAvailabilityStatus::APPLICATION_AVAILABLE,
            cti_client_signature: Some("signature-1".into()),
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            agent_instrument: Some("5001".into()),
            ..Default::default()
        },
    );
    check(
        &[10],
        30,
        "
            0000004d MonitorID
            0000004d PeripheralID
            01000001 SessionID
            0009     PeripheralType
            0008     SkillGroupState
            0000004d StateDuration
            fffffffa SkillGroupNumber
            ffffffff SkillGroupID
            0007     SkillGroupPriority
            0000     AgentState
            0001     EventReasonCode
            00000001 MRDID
            0000004d NumTasks
            0001     AgentMode
            0000012c MaxTaskLimit
            00000001 ICMAgentID
            00000002 AgentAvailabilityStatus
            0002     NumFltSkillGroups
        ",
        &[
            (3, b"signature-1\0"),
            (5, b"1001\0"),
            (4, b"5001\0"),
            (6, b"5001\0"),
            (150, b"\xff\xff\xff\xfa"),
            (123, b"\0\x0c"),
            (62, b"\0\x01\x11p"),
            (63, b"\x01\0\0\x01"),
            (64, b"\x02\x01"),
            (65, b"\0\x0d"),
            (62, b"\0\0\0\x01"),
            (63, b"\0\0\x01,"),
            (64, b"\x9c@"),
            (65, b"\0\x0e"),
            (194, b"idlong-1\0"),
        ],
        &AgentStateEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            session_id: SessionId(16777217),
            peripheral_type: PeripheralType::PT_VRU_POLLED,
            skill_group_state: AgentState::AGENT_STATE_RESERVED,
            state_duration: 77,
            skill_group_number: Some(SkillGroupNumber(4294967290)),
            skill_group_id: None,
            skill_group_priority: 7,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            event_reason_code: 1,
            mrd_id: MrdId(1),
            num_tasks: 77,
            agent_mode: AgentMode::ROUTABLE,
            max_task_limit: 300,
            icm_agent_id: IcmAgentId(1),
            agent_availability_status: AgentAvailabilityStatus::APPLICATION_AVAILABLE,
            cti_client_signature: Some("signature-1".into()),
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            agent_instrument: Some("5001".into()),
            duration: Some(4294967290),
            next_agent_state: Some(AgentState::AGENT_STATE_PAUSED),
            skill_groups: List::from(&[
                StateSkillGroup {
                    flt_skill_group_number: Some(SkillGroupNumber(70000)),
                    flt_skill_group_id: Some(SkillGroupId(16777217)),
                    flt_skill_group_priority: Some(513),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_INTERRUPTED),
                },
                StateSkillGroup {
                    flt_skill_group_number: Some(SkillGroupNumber(1)),
                    flt_skill_group_id: Some(SkillGroupId(300)),
                    flt_skill_group_priority: Some(40000),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_NOT_ACTIVE),
                },
            ]),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
    check(
        &[19, 20],
        30,
        "
            0000004d MonitorID
            0000004d PeripheralID
            01000001 SessionID
            0009     PeripheralType
            0008     SkillGroupState
            0000004d StateDuration
            fffffffa SkillGroupNumber
            ffffffff SkillGroupID
            0007     SkillGroupPriority
            0000     AgentState
            0001     EventReasonCode
            00000001 MRDID
            0000004d NumTasks
            0001     AgentMode
            0000012c MaxTaskLimit
            00000001 ICMAgentID
            00000002 AgentAvailabilityStatus
            0002     NumFltSkillGroups
            0000012c DepartmentID
        ",
        &[
            (3, b"signature-1\0"),
            (5, b"1001\0"),
            (4, b"5001\0"),
            (6, b"5001\0"),
            (150, b"\xff\xff\xff\xfa"),
            (123, b"\0\x0c"),
            (244, b"\0\0\0\x05"),
            (62, b"\0\x01\x11p"),
            (63, b"\x01\0\0\x01"),
            (64, b"\x02\x01"),
            (65, b"\0\x0d"),
            (62, b"\0\0\0\x01"),
            (63, b"\0\0\x01,"),
            (64, b"\x9c@"),
            (65, b"\0\x0e"),
            (194, b"idlong-1\0"),
        ],
        &AgentStateEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            session_id: SessionId(16777217),
            peripheral_type: PeripheralType::PT_VRU_POLLED,
            skill_group_state: AgentState::AGENT_STATE_RESERVED,
            state_duration: 77,
            skill_group_number: Some(SkillGroupNumber(4294967290)),
            skill_group_id: None,
            skill_group_priority: 7,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            event_reason_code: 1,
            mrd_id: MrdId(1),
            num_tasks: 77,
            agent_mode: AgentMode::ROUTABLE,
            max_task_limit: 300,
            icm_agent_id: IcmAgentId(1),
            agent_availability_status: AgentAvailabilityStatus::APPLICATION_AVAILABLE,
            department_id: DepartmentId(300),
            cti_client_signature: Some("signature-1".into()),
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            agent_instrument: Some("5001".into()),
            duration: Some(4294967290),
            next_agent_state: Some(AgentState::AGENT_STATE_PAUSED),
            direction: Some(CallDirection::OUTBOUND_RESERVE),
            skill_groups: List::from(&[
                StateSkillGroup {
                    flt_skill_group_number: Some(SkillGroupNumber(70000)),
                    flt_skill_group_id: Some(SkillGroupId(16777217)),
                    flt_skill_group_priority: Some(513),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_INTERRUPTED),
                },
                StateSkillGroup {
                    flt_skill_group_number: Some(SkillGroupNumber(1)),
                    flt_skill_group_id: Some(SkillGroupId(300)),
                    flt_skill_group_priority: Some(40000),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_NOT_ACTIVE),
                },
            ]),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
    check(
        &[25],
        30,
        "
            0000004d MonitorID
            0000004d PeripheralID
            01000001 SessionID
            0009     PeripheralType
            0008     SkillGroupState
            0000004d StateDuration
            fffffffa SkillGroupNumber
            ffffffff SkillGroupID
            0007     SkillGroupPriority
            0000     AgentState
            0001     EventReasonCode
            00000001 MRDID
            0000004d NumTasks
            0001     AgentMode
            0000012c MaxTaskLimit
            00000001 ICMAgentID
            00000002 AgentAvailabilityStatus
            0002     NumFltSkillGroups
            0000012c DepartmentID
        ",
        &[
            (3, b"signature-1\0"),
            (5, b"1001\0"),
            (4, b"5001\0"),
            (303, b"terminal-1\0"),
            (6, b"5001\0"),
            (150, b"\xff\xff\xff\xfa"),
            (123, b"\0\x0c"),
            (244, b"\0\0\0\x05"),
            (62, b"\0\x01\x11p"),
            (63, b"\x01\0\0\x01"),
            (64, b"\x02\x01"),
            (65, b"\0\x0d"),
            (62, b"\0\0\0\x01"),
            (63, b"\0\0\x01,"),
            (64, b"\x9c@"),
            (65, b"\0\x0e"),
            (266, b"\x01\0\0\x01"),
            (194, b"idlong-1\0"),
        ],
        &AgentStateEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            session_id: SessionId(16777217),
            peripheral_type: PeripheralType::PT_VRU_POLLED,
            skill_group_state: AgentState::AGENT_STATE_RESERVED,
            state_duration: 77,
            skill_group_number: Some(SkillGroupNumber(4294967290)),
            skill_group_id: None,
            skill_group_priority: 7,
            agent_state: AgentState::AGENT_STATE_LOGIN,
            event_reason_code: 1,
            mrd_id: MrdId(1),
            num_tasks: 77,
            agent_mode: AgentMode::ROUTABLE,
            max_task_limit: 300,
            icm_agent_id: IcmAgentId(1),
            agent_availability_status: AgentAvailabilityStatus::APPLICATION_AVAILABLE,
            department_id: DepartmentId(300),
            cti_client_signature: Some("signature-1".into()),
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            active_terminal: Some("terminal-1".into()),
            agent_instrument: Some("5001".into()),
            duration: Some(4294967290),
            next_agent_state: Some(AgentState::AGENT_STATE_PAUSED),
            direction: Some(CallDirection::OUTBOUND_RESERVE),
            skill_groups: List::from(&[
                StateSkillGroup {
                    flt_skill_group_number: Some(SkillGroupNumber(70000)),
                    flt_skill_group_id: Some(SkillGroupId(16777217)),
                    flt_skill_group_priority: Some(513),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_INTERRUPTED),
                },
                StateSkillGroup {
                    flt_skill_group_number: Some(SkillGroupNumber(1)),
                    flt_skill_group_id: Some(SkillGroupId(300)),
                    flt_skill_group_priority: Some(40000),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_NOT_ACTIVE),
                },
            ]),
            max_beyond_task_limit: Some(16777217),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_dequeued_event() {
    check(
        &[9],
        86,
        "
            fffffffa MonitorID
            0000004d PeripheralID
            0012     PeripheralType
            0001     ConnectionDeviceIDType
            00001388 ConnectionCallID
            0000     QueueDeviceType
            fffffffa ServiceNumber
            fffffffa ServiceID
            0001     NumQueued
            0002     NumSkillGroups
            0003     LocalConnectionState
            0028     EventCause
        ",
        &[
            (25, b"5001\0"),
            (62, b"\xff\xff\xff\xff"),
            (63, b"\0\0\x13\x88"),
            (64, b"\0\x07"),
            (62, b"\0\0\0M"),
            (63, b"\x01\0\0\x01"),
            (64, b"\0\x01"),
        ],
        &CallDequeuedEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_MD110,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: Some(CallId(5000)),
            queue_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
            service_number: Some(ServiceNumber(4294967290)),
            service_id: Some(ServiceId(4294967290)),
            num_queued: 1,
            local_connection_state: LocalConnectionState::LCS_CONNECT,
            event_cause: EventCause::CEC_PERIPHERAL_RESET_REQUEST,
            connection_device_id: Some("5001".into()),
            skill_groups: List::from(&[
                DequeueSkillGroup {
                    skill_group_number: Some(SkillGroupNumber::NULL),
                    skill_group_id: Some(SkillGroupId(5000)),
                    skill_group_priority: Some(7),
                },
                DequeueSkillGroup {
                    skill_group_number: Some(SkillGroupNumber(77)),
                    skill_group_id: Some(SkillGroupId(16777217)),
                    skill_group_priority: Some(1),
                },
            ]),
            ..Default::default()
        },
    );
    check(
        &[10, 19, 20, 25],
        86,
        "
            fffffffa MonitorID
            0000004d PeripheralID
            0012     PeripheralType
            0001     ConnectionDeviceIDType
            00001388 ConnectionCallID
            0000     QueueDeviceType
            fffffffa ServiceNumber
            fffffffa ServiceID
            0001     NumQueued
            0002     NumSkillGroups
            0003     LocalConnectionState
            0028     EventCause
        ",
        &[
            (25, b"5001\0"),
            (62, b"\xff\xff\xff\xff"),
            (63, b"\0\0\x13\x88"),
            (64, b"\0\x07"),
            (62, b"\0\0\0M"),
            (63, b"\x01\0\0\x01"),
            (64, b"\0\x01"),
            (124, b"\x01\0\xff\0"),
        ],
        &CallDequeuedEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_MD110,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: Some(CallId(5000)),
            queue_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
            service_number: Some(ServiceNumber(4294967290)),
            service_id: Some(ServiceId(4294967290)),
            num_queued: 1,
            local_connection_state: LocalConnectionState::LCS_CONNECT,
            event_cause: EventCause::CEC_PERIPHERAL_RESET_REQUEST,
            connection_device_id: Some("5001".into()),
            skill_groups: List::from(&[
                DequeueSkillGroup {
                    skill_group_number: Some(SkillGroupNumber::NULL),
                    skill_group_id: Some(SkillGroupId(5000)),
                    skill_group_priority: Some(7),
                },
                DequeueSkillGroup {
                    skill_group_number: Some(SkillGroupNumber(77)),
                    skill_group_id: Some(SkillGroupId(16777217)),
                    skill_group_priority: Some(1),
                },
            ]),
            de_queue_type: Some(Bytes(b"\x01\0\xff\0")),
            ..Default::default()
        },
    );
}

#[test]
fn monitor_start_req() {
    check(
        &[9, 10, 19, 20, 25],
        93,
        "
            00001388 InvokeID
            fffffffa PeripheralID
            00001388 ConnectionCallID
            10000200 CallMsgMask
            00002000 AgentStateMask
            0001     ConnectionDeviceIDType
            0048     MonitoredDeviceType
        ",
        &[(25, b"5001\0"), (76, b"monitored-1\0")],
        &MonitorStartReq {
            invoke_id: InvokeId(5000),
            peripheral_id: Some(PeripheralId(4294967290)),
            connection_call_id: Some(CallId(5000)),
            call_msg_mask: CallEventMask::CALL_TRANSFERRED_MASK
                | CallEventMask::NETWORK_RECORDING_STARTED_MASK,
            agent_state_mask: AgentStateMask::AGENT_NOT_ACTIVE_MASK,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            monitored_device_type: DeviceIdType::DEVID_IP_PHONE_MAC_IDENTIFIER,
            connection_device_id: Some("5001".into()),
            monitored_device_id: Some("monitored-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn rtp_started_event() {
    check(
        &[9],
        116,
        "
            0000012c MonitorID
            fffffffa PeripheralID
            fffffffa ClientPort
            0001     Direction
            0002     RTPType
            0000012c BitRate
            0001     EchoCancellation
            01000001 PacketSize
            9c40     PayloadType
            0001     ConnectionDeviceIDType
            00001388 ConnectionCallID
        ",
        &[(25, b"5001\0"), (81, b"192.0.2.7\0"), (5, b"1001\0"), (4, b"5001\0"), (6, b"5001\0")],
        &RtpStartedEvent {
            monitor_id: MonitorId(300),
            peripheral_id: Some(PeripheralId(4294967290)),
            client_port: 4294967290,
            direction: MediaDirection::OUTPUT,
            rtp_type: RtpType::DATA,
            bit_rate: 300,
            echo_cancellation: 1,
            packet_size: 16777217,
            payload_type: 40000,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: Some(CallId(5000)),
            connection_device_id: Some("5001".into()),
            client_address: Some("192.0.2.7".into()),
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            agent_instrument: Some("5001".into()),
            ..Default::default()
        },
    );
    check(
        &[10, 19, 20, 25],
        116,
        "
            0000012c MonitorID
            fffffffa PeripheralID
            fffffffa ClientPort
            0001     Direction
            0002     RTPType
            0000012c BitRate
            0001     EchoCancellation
            01000001 PacketSize
            9c40     PayloadType
            0001     ConnectionDeviceIDType
            00001388 ConnectionCallID
        ",
        &[
            (25, b"5001\0"),
            (81, b"192.0.2.7\0"),
            (5, b"1001\0"),
            (4, b"5001\0"),
            (6, b"5001\0"),
            (125, b"198.51.100.9\0"),
            (126, b"\xff\xff\xff\xfa"),
            (194, b"idlong-1\0"),
        ],
        &RtpStartedEvent {
            monitor_id: MonitorId(300),
            peripheral_id: Some(PeripheralId(4294967290)),
            client_port: 4294967290,
            direction: MediaDirection::OUTPUT,
            rtp_type: RtpType::DATA,
            bit_rate: 300,
            echo_cancellation: 1,
            packet_size: 16777217,
            payload_type: 40000,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: Some(CallId(5000)),
            connection_device_id: Some("5001".into()),
            client_address: Some("192.0.2.7".into()),
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            agent_instrument: Some("5001".into()),
            sending_address: Some("198.51.100.9".into()),
            sending_port: Some(4294967290),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
}
