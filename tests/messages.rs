//! Messages as bytes, written from the protocol's tables, against messages as values.
//!
//! Of each message there are the bytes of the fixed part, field by field, and the floating fields with their
//! tags. How wide tags and lengths are follows from the version.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

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
        assert_eq!(M::decode(version, body).as_ref(), Ok(message), "version {version}");

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
        let decoded = M::decode(version, body).expect("decoded before");
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
        &[(217, b"\x04\0\x80CTI")],
        &FailureConf {
            invoke_id: InvokeId(300),
            status: StatusCode::E_CTI_INVALID_FIELD_TAG,
            cti_os_cil_client_id: Some(Bytes(b"\x04\0\x80CTI")),
            ..Default::default()
        },
    );
}

#[test]
fn failure_event() {
    check(
        &[9, 10, 19, 20, 25],
        2,
        "
            0000001a Status
        ",
        &[],
        &FailureEvent { status: StatusCode::E_CTI_INVALID_TAG_FOR_MSG_TYPE, ..Default::default() },
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
fn heartbeat_conf() {
    check(
        &[9, 10, 19, 20, 25],
        6,
        "
            0000012c InvokeID
        ",
        &[],
        &HeartbeatConf { invoke_id: InvokeId(300), ..Default::default() },
    );
}

#[test]
fn close_req() {
    check(
        &[9, 10, 19, 20, 25],
        7,
        "
            fffffffa InvokeID
            00000011 Status
        ",
        &[],
        &CloseReq {
            invoke_id: InvokeId(4294967290),
            status: StatusCode::E_CTI_UNSPECIFIED_FAILURE,
            ..Default::default()
        },
    );
}

#[test]
fn close_conf() {
    check(
        &[9, 10, 19, 20, 25],
        8,
        "
            01000001 InvokeID
        ",
        &[],
        &CloseConf { invoke_id: InvokeId(16777217), ..Default::default() },
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
fn call_established_event() {
    check(
        &[9, 10, 19, 20, 25],
        10,
        "
            01000001 MonitorID
            ffffffff PeripheralID
            000c     PeripheralType
            0001     ConnectionDeviceIDType
            ffffffff ConnectionCallID
            ffff     LineHandle
            0009     LineType
            ffffffff ServiceNumber
            0000004d ServiceID
            00001388 SkillGroupNumber
            00001388 SkillGroupID
            9c40     SkillGroupPriority
            0049     AnsweringDeviceType
            0000     CallingDeviceType
            004d     CalledDeviceType
            004d     LastRedirectDeviceType
            0005     LocalConnectionState
            0026     EventCause
        ",
        &[
            (25, b"5001\0"),
            (30, b"answering-1\0"),
            (27, b"2065551212\0"),
            (28, b"8005550100\0"),
            (29, b"last-1\0"),
            (121, b"\0\0\x01,"),
            (122, b"\xff\xff\xff\xfa"),
        ],
        &CallEstablishedEvent {
            monitor_id: MonitorId(16777217),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_SIEMENS_9005,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: None,
            line_handle: None,
            line_type: LineType::LINETYPE_SILENT_MONITOR,
            service_number: None,
            service_id: Some(ServiceId(77)),
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: Some(SkillGroupId(5000)),
            skill_group_priority: 40000,
            answering_device_type: DeviceIdType::DEVID_CTI_PORT,
            calling_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
            called_device_type: DeviceIdType::DEVID_QUEUE,
            last_redirect_device_type: DeviceIdType::DEVID_QUEUE,
            local_connection_state: LocalConnectionState::LCS_QUEUED,
            event_cause: EventCause::CEC_SIMULATION_RESET_REQUEST,
            connection_device_id: Some("5001".into()),
            answering_device_id: Some("answering-1".into()),
            calling_device_id: Some("2065551212".into()),
            called_device_id: Some("8005550100".into()),
            last_redirect_device_id: Some("last-1".into()),
            trunk_number: Some(TrunkNumber(300)),
            trunk_group_number: Some(TrunkGroupNumber(4294967290)),
            ..Default::default()
        },
    );
}

#[test]
fn call_held_event() {
    check(
        &[9, 10, 19, 20, 25],
        11,
        "
            fffffffa MonitorID
            fffffffa PeripheralID
            0019     PeripheralType
            ffff     ConnectionDeviceIDType
            01000001 ConnectionCallID
            004e     HoldingDeviceType
            0003     LocalConnectionState
            000f     EventCause
        ",
        &[(25, b"5001\0"), (31, b"holding-1\0")],
        &CallHeldEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: Some(PeripheralId(4294967290)),
            peripheral_type: PeripheralType::PT_ACMI_ERS,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            connection_call_id: Some(CallId(16777217)),
            holding_device_type: DeviceIdType::DEVID_NON_ACD_DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_CONNECT,
            event_cause: EventCause::CEC_INCOMPATIBLE_DESTINATION,
            connection_device_id: Some("5001".into()),
            holding_device_id: Some("holding-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_retrieved_event() {
    check(
        &[9, 10, 19, 20, 25],
        12,
        "
            0000004d MonitorID
            fffffffa PeripheralID
            000a     PeripheralType
            0000     ConnectionDeviceIDType
            0000012c ConnectionCallID
            004b     RetrievingDeviceType
            0006     LocalConnectionState
            0004     EventCause
        ",
        &[(25, b"5001\0"), (32, b"retrieving-1\0")],
        &CallRetrievedEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(4294967290)),
            peripheral_type: PeripheralType::PT_DMS100,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(300)),
            retrieving_device_type: DeviceIdType::DEVID_EXTERNAL,
            local_connection_state: LocalConnectionState::LCS_FAIL,
            event_cause: EventCause::CEC_CALL_BACK,
            connection_device_id: Some("5001".into()),
            retrieving_device_id: Some("retrieving-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_cleared_event() {
    check(
        &[9, 10, 19, 20, 25],
        13,
        "
            00001388 MonitorID
            0000004d PeripheralID
            0005     PeripheralType
            0001     ConnectionDeviceIDType
            00001388 ConnectionCallID
            0006     LocalConnectionState
            0011     EventCause
        ",
        &[(25, b"5001\0")],
        &CallClearedEvent {
            monitor_id: MonitorId(5000),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_DEFINITY_ECS_EAS,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: Some(CallId(5000)),
            local_connection_state: LocalConnectionState::LCS_FAIL,
            event_cause: EventCause::CEC_KEY_CONFERENCE,
            connection_device_id: Some("5001".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_connection_cleared_event() {
    check(
        &[9, 10, 19, 20, 25],
        14,
        "
            01000001 MonitorID
            00001388 PeripheralID
            0013     PeripheralType
            0000     ConnectionDeviceIDType
            01000001 ConnectionCallID
            004f     ReleasingDeviceType
            0006     LocalConnectionState
            000d     EventCause
        ",
        &[(25, b"5001\0"), (33, b"releasing-1\0")],
        &CallConnectionClearedEvent {
            monitor_id: MonitorId(16777217),
            peripheral_id: Some(PeripheralId(5000)),
            peripheral_type: PeripheralType::PT_MEDIA_ROUTING,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(16777217)),
            releasing_device_type: DeviceIdType::DEVID_SHARED_DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_FAIL,
            event_cause: EventCause::CEC_DEST_NOT_OBTAINABLE,
            connection_device_id: Some("5001".into()),
            releasing_device_id: Some("releasing-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_originated_event() {
    check(
        &[9, 10, 19, 20, 25],
        15,
        "
            fffffffa MonitorID
            01000001 PeripheralID
            0001     PeripheralType
            0000     ConnectionDeviceIDType
            0000012c ConnectionCallID
            9c40     LineHandle
            0006     LineType
            fffffffa ServiceNumber
            0000004d ServiceID
            ffffffff SkillGroupNumber
            00001388 SkillGroupID
            0201     SkillGroupPriority
            0000     CallingDeviceType
            0046     CalledDeviceType
            0004     LocalConnectionState
            002e     EventCause
        ",
        &[(25, b"5001\0"), (27, b"2065551212\0"), (28, b"8005550100\0")],
        &CallOriginatedEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: Some(PeripheralId(16777217)),
            peripheral_type: PeripheralType::PT_ASPECT,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(300)),
            line_handle: Some(LineHandle(40000)),
            line_type: LineType::LINETYPE_HELP,
            service_number: Some(ServiceNumber(4294967290)),
            service_id: Some(ServiceId(77)),
            skill_group_number: None,
            skill_group_id: Some(SkillGroupId(5000)),
            skill_group_priority: 513,
            calling_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
            called_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_HOLD,
            event_cause: EventCause::CEC_SUPERVISOR_MONITOR,
            connection_device_id: Some("5001".into()),
            calling_device_id: Some("2065551212".into()),
            called_device_id: Some("8005550100".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_failed_event() {
    check(
        &[9, 10, 19, 20, 25],
        16,
        "
            fffffffa MonitorID
            0000004d PeripheralID
            0007     PeripheralType
            0001     ConnectionDeviceIDType
            ffffffff ConnectionCallID
            004b     FailingDeviceType
            0000     CalledDeviceType
            0006     LocalConnectionState
            0007     EventCause
        ",
        &[(25, b"5001\0"), (34, b"failing-1\0"), (28, b"8005550100\0")],
        &CallFailedEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_SPECTRUM,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: None,
            failing_device_type: DeviceIdType::DEVID_EXTERNAL,
            called_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_FAIL,
            event_cause: EventCause::CEC_CALL_FORWARD_BUSY,
            connection_device_id: Some("5001".into()),
            failing_device_id: Some("failing-1".into()),
            called_device_id: Some("8005550100".into()),
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
fn call_transferred_event() {
    check(
        &[9, 10, 19, 20, 25],
        18,
        "
            0000012c MonitorID
            ffffffff PeripheralID
            000f     PeripheralType
            0001     PrimaryDeviceIDType
            ffffffff PrimaryCallID
            ffff     LineHandle
            000b     LineType
            00001388 SkillGroupNumber
            fffffffa SkillGroupID
            0001     SkillGroupPriority
            0002     NumParties
            0000     SecondaryDeviceIDType
            0000004d SecondaryCallID
            0046     TransferringDeviceType
            0000     TransferredDeviceType
            ffff     LocalConnectionState
            0013     EventCause
        ",
        &[
            (35, b"primary-1\0"),
            (36, b"secondary-1\0"),
            (42, b"transferring-1\0"),
            (43, b"transferred-1\0"),
            (39, b"\0\0\0M"),
            (40, b"\0\x01"),
            (41, b"connected-1\0"),
            (39, b"\0\0\x13\x88"),
            (40, b"\xff\xff"),
            (41, b"connected-2\0"),
        ],
        &CallTransferredEvent {
            monitor_id: MonitorId(300),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_ACP_1000,
            primary_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            primary_call_id: None,
            line_handle: None,
            line_type: LineType::LINETYPE_NON_ACD_OUT,
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: Some(SkillGroupId(4294967290)),
            skill_group_priority: 1,
            secondary_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            secondary_call_id: Some(CallId(77)),
            transferring_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            transferred_device_type: DeviceIdType::DEVID_DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_NONE,
            event_cause: EventCause::CEC_MAINTENANCE,
            primary_device_id: Some("primary-1".into()),
            secondary_device_id: Some("secondary-1".into()),
            transferring_device_id: Some("transferring-1".into()),
            transferred_device_id: Some("transferred-1".into()),
            parties: List::from(&[
                ConnectedParty {
                    connected_party_call_id: Some(CallId(77)),
                    connected_party_device_id_type: Some(ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC),
                    connected_party_device_id: Some("connected-1".into()),
                },
                ConnectedParty {
                    connected_party_call_id: Some(CallId(5000)),
                    connected_party_device_id_type: Some(ConnectionDeviceIdType::CONNECTION_ID_NONE),
                    connected_party_device_id: Some("connected-2".into()),
                },
            ]),
            ..Default::default()
        },
    );
}

#[test]
fn call_diverted_event() {
    check(
        &[9, 10, 19, 20, 25],
        19,
        "
            0000012c MonitorID
            01000001 PeripheralID
            0005     PeripheralType
            0001     ConnectionDeviceIDType
            fffffffa ConnectionCallID
            ffffffff ServiceNumber
            ffffffff ServiceID
            0047     DivertingDeviceType
            0047     CalledDeviceType
            0001     LocalConnectionState
            0004     EventCause
        ",
        &[(25, b"5001\0"), (44, b"diverting-1\0"), (28, b"8005550100\0")],
        &CallDivertedEvent {
            monitor_id: MonitorId(300),
            peripheral_id: Some(PeripheralId(16777217)),
            peripheral_type: PeripheralType::PT_DEFINITY_ECS_EAS,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: Some(CallId(4294967290)),
            service_number: None,
            service_id: None,
            diverting_device_type: DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER,
            called_device_type: DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_INITIATE,
            event_cause: EventCause::CEC_CALL_BACK,
            connection_device_id: Some("5001".into()),
            diverting_device_id: Some("diverting-1".into()),
            called_device_id: Some("8005550100".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_service_initiated_event() {
    check(
        &[9, 10],
        20,
        "
            0000004d MonitorID
            0000004d PeripheralID
            000a     PeripheralType
            0000     ConnectionDeviceIDType
            00001388 ConnectionCallID
            0007     LineHandle
            0007     LineType
            0000004d ServiceNumber
            ffffffff ServiceID
            00001388 SkillGroupNumber
            ffffffff SkillGroupID
            0001     SkillGroupPriority
            004f     CallingDeviceType
            0002     LocalConnectionState
            000a     EventCause
        ",
        &[(25, b"5001\0"), (27, b"2065551212\0")],
        &CallServiceInitiatedEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_DMS100,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(5000)),
            line_handle: Some(LineHandle(7)),
            line_type: LineType::LINETYPE_OUTBOUND,
            service_number: Some(ServiceNumber(77)),
            service_id: None,
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: None,
            skill_group_priority: 1,
            calling_device_type: DeviceIdType::DEVID_SHARED_DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_ALERTING,
            event_cause: EventCause::CEC_CALL_NOT_ANSWERED,
            connection_device_id: Some("5001".into()),
            calling_device_id: Some("2065551212".into()),
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        20,
        "
            0000004d MonitorID
            0000004d PeripheralID
            000a     PeripheralType
            0000     ConnectionDeviceIDType
            00001388 ConnectionCallID
            0007     LineHandle
            0007     LineType
            0000004d ServiceNumber
            ffffffff ServiceID
            00001388 SkillGroupNumber
            ffffffff SkillGroupID
            0001     SkillGroupPriority
            004f     CallingDeviceType
            0002     LocalConnectionState
            000a     EventCause
        ",
        &[
            (25, b"5001\0"),
            (27, b"2065551212\0"),
            (223, b"\x04\0\x80Cal"),
            (229, b"\0\0\0M"),
            (230, b"\0\x01"),
            (231, b"coccall-1\0"),
        ],
        &CallServiceInitiatedEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_DMS100,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(5000)),
            line_handle: Some(LineHandle(7)),
            line_type: LineType::LINETYPE_OUTBOUND,
            service_number: Some(ServiceNumber(77)),
            service_id: None,
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: None,
            skill_group_priority: 1,
            calling_device_type: DeviceIdType::DEVID_SHARED_DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_ALERTING,
            event_cause: EventCause::CEC_CALL_NOT_ANSWERED,
            connection_device_id: Some("5001".into()),
            calling_device_id: Some("2065551212".into()),
            call_reference_id: Some(Bytes(b"\x04\0\x80Cal")),
            coc_connection_call_id: Some(CallId(77)),
            coc_call_connection_device_id_type: Some(ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC),
            coc_call_connection_device_id: Some("coccall-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_queued_event() {
    check(
        &[9],
        21,
        "
            fffffffa MonitorID
            ffffffff PeripheralID
            000e     PeripheralType
            0000     ConnectionDeviceIDType
            01000001 ConnectionCallID
            00001388 ServiceNumber
            01000001 ServiceID
            0047     QueueDeviceType
            004c     CallingDeviceType
            004b     CalledDeviceType
            0046     LastRedirectDeviceType
            9c40     NumQueued
            0002     NumSkillGroups
            0004     LocalConnectionState
            001e     EventCause
        ",
        &[
            (25, b"5001\0"),
            (45, b"queue-1\0"),
            (27, b"2065551212\0"),
            (28, b"8005550100\0"),
            (29, b"last-1\0"),
            (62, b"\0\x01\x11p"),
            (63, b"\0\0\x13\x88"),
            (64, b"\x9c@"),
            (62, b"\0\0\0\x01"),
            (63, b"\xff\xff\xff\xff"),
            (64, b"\0\x07"),
        ],
        &CallQueuedEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(16777217)),
            service_number: Some(ServiceNumber(5000)),
            service_id: Some(ServiceId(16777217)),
            queue_device_type: DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER,
            calling_device_type: DeviceIdType::DEVID_AGENT_DEVICE,
            called_device_type: DeviceIdType::DEVID_EXTERNAL,
            last_redirect_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            num_queued: 40000,
            local_connection_state: LocalConnectionState::LCS_HOLD,
            event_cause: EventCause::CEC_RESOURCES_NOT_AVAILABLE,
            connection_device_id: Some("5001".into()),
            queue_device_id: Some("queue-1".into()),
            calling_device_id: Some("2065551212".into()),
            called_device_id: Some("8005550100".into()),
            last_redirect_device_id: Some("last-1".into()),
            skill_groups: List::from(&[
                QueueSkillGroup {
                    skill_group_number: Some(Some(SkillGroupNumber(70000))),
                    skill_group_id: Some(Some(SkillGroupId(5000))),
                    skill_group_priority: Some(40000),
                },
                QueueSkillGroup {
                    skill_group_number: Some(Some(SkillGroupNumber(1))),
                    skill_group_id: Some(None),
                    skill_group_priority: Some(7),
                },
            ]),
            ..Default::default()
        },
    );
    check(
        &[10, 19, 20, 25],
        21,
        "
            fffffffa MonitorID
            ffffffff PeripheralID
            000e     PeripheralType
            0000     ConnectionDeviceIDType
            01000001 ConnectionCallID
            00001388 ServiceNumber
            01000001 ServiceID
            0047     QueueDeviceType
            004c     CallingDeviceType
            004b     CalledDeviceType
            0046     LastRedirectDeviceType
            9c40     NumQueued
            0002     NumSkillGroups
            0004     LocalConnectionState
            001e     EventCause
        ",
        &[
            (25, b"5001\0"),
            (45, b"queue-1\0"),
            (27, b"2065551212\0"),
            (28, b"8005550100\0"),
            (29, b"last-1\0"),
            (62, b"\0\x01\x11p"),
            (63, b"\0\0\x13\x88"),
            (64, b"\x9c@"),
            (62, b"\0\0\0\x01"),
            (63, b"\xff\xff\xff\xff"),
            (64, b"\0\x07"),
            (203, b"\x01\0\xff\0"),
        ],
        &CallQueuedEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(16777217)),
            service_number: Some(ServiceNumber(5000)),
            service_id: Some(ServiceId(16777217)),
            queue_device_type: DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER,
            calling_device_type: DeviceIdType::DEVID_AGENT_DEVICE,
            called_device_type: DeviceIdType::DEVID_EXTERNAL,
            last_redirect_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            num_queued: 40000,
            local_connection_state: LocalConnectionState::LCS_HOLD,
            event_cause: EventCause::CEC_RESOURCES_NOT_AVAILABLE,
            connection_device_id: Some("5001".into()),
            queue_device_id: Some("queue-1".into()),
            calling_device_id: Some("2065551212".into()),
            called_device_id: Some("8005550100".into()),
            last_redirect_device_id: Some("last-1".into()),
            skill_groups: List::from(&[
                QueueSkillGroup {
                    skill_group_number: Some(Some(SkillGroupNumber(70000))),
                    skill_group_id: Some(Some(SkillGroupId(5000))),
                    skill_group_priority: Some(40000),
                },
                QueueSkillGroup {
                    skill_group_number: Some(Some(SkillGroupNumber(1))),
                    skill_group_id: Some(None),
                    skill_group_priority: Some(7),
                },
            ]),
            priority_queue_number: Some(Bytes(b"\x01\0\xff\0")),
            ..Default::default()
        },
    );
}

#[test]
fn call_translation_route_event() {
    check(
        &[9, 10],
        22,
        "
            0001 NumNamedVariables
            0001 NumNamedArrays
        ",
        &[
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (72, b"\0\0\x01,"),
            (73, b"\xff\xff\xff\xfa"),
            (110, b"\xff\xff\xff\xfa"),
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
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
        ],
        &CallTranslationRouteEvent {
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            router_call_key_day: Some(300),
            router_call_key_call_id: Some(4294967290),
            router_call_key_sequence_number: Some(4294967290),
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
        22,
        "
            0001 NumNamedVariables
            0001 NumNamedArrays
        ",
        &[
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (72, b"\0\0\x01,"),
            (73, b"\xff\xff\xff\xfa"),
            (110, b"\xff\xff\xff\xfa"),
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
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
            (215, b"6\0"),
        ],
        &CallTranslationRouteEvent {
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            router_call_key_day: Some(300),
            router_call_key_call_id: Some(4294967290),
            router_call_key_sequence_number: Some(4294967290),
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
            named_variables: List::from(&[NamedVariable {
                name: "user.account".into(),
                value: "gold0".into(),
            }]),
            named_arrays: List::from(&[NamedArray {
                index: 3,
                name: "user.orders".into(),
                value: "n0".into(),
            }]),
            ani_ii: Some("6".into()),
            ..Default::default()
        },
    );
}

#[test]
fn begin_call_event() {
    check(
        &[9, 10],
        23,
        "
            0000004d MonitorID
            0000004d PeripheralID
            0008     PeripheralType
            0002     NumCTIClients
            0001     NumNamedVariables
            0001     NumNamedArrays
            0012     CallType
            0000     ConnectionDeviceIDType
            0000004d ConnectionCallID
            0033     CalledPartyDisposition
        ",
        &[
            (25, b"5001\0"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (72, b"\xff\xff\xff\xfa"),
            (73, b"\0\0\x01,"),
            (110, b"\0\0\0M"),
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
            (23, b"signature-1\0"),
            (24, b"\0\0\x01,"),
            (23, b"signature-2\0"),
            (24, b"\xff\xff\xff\xfa"),
        ],
        &BeginCallEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_VRU,
            call_type: CallType::CALLTYPE_RESERVATION,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(77)),
            called_party_disposition: DispositionCode::TASK_ENDED_DURING_APPLICATION_INIT,
            connection_device_id: Some("5001".into()),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            router_call_key_day: Some(4294967290),
            router_call_key_call_id: Some(300),
            router_call_key_sequence_number: Some(77),
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
            cti_clients: List::from(&[
                CtiClient {
                    cti_client_signature: Some("signature-1".into()),
                    cti_client_timestamp: Some(Time(300)),
                },
                CtiClient {
                    cti_client_signature: Some("signature-2".into()),
                    cti_client_timestamp: Some(Time(4294967290)),
                },
            ]),
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        23,
        "
            0000004d MonitorID
            0000004d PeripheralID
            0008     PeripheralType
            0002     NumCTIClients
            0001     NumNamedVariables
            0001     NumNamedArrays
            0012     CallType
            0000     ConnectionDeviceIDType
            0000004d ConnectionCallID
            0033     CalledPartyDisposition
        ",
        &[
            (25, b"5001\0"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (72, b"\xff\xff\xff\xfa"),
            (73, b"\0\0\x01,"),
            (110, b"\0\0\0M"),
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
            (23, b"signature-1\0"),
            (24, b"\0\0\x01,"),
            (23, b"signature-2\0"),
            (24, b"\xff\xff\xff\xfa"),
            (223, b"\x04\0\x80Cal"),
            (215, b"6\0"),
        ],
        &BeginCallEvent {
            monitor_id: MonitorId(77),
            peripheral_id: Some(PeripheralId(77)),
            peripheral_type: PeripheralType::PT_VRU,
            call_type: CallType::CALLTYPE_RESERVATION,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(77)),
            called_party_disposition: DispositionCode::TASK_ENDED_DURING_APPLICATION_INIT,
            connection_device_id: Some("5001".into()),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            router_call_key_day: Some(4294967290),
            router_call_key_call_id: Some(300),
            router_call_key_sequence_number: Some(77),
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
            cti_clients: List::from(&[
                CtiClient {
                    cti_client_signature: Some("signature-1".into()),
                    cti_client_timestamp: Some(Time(300)),
                },
                CtiClient {
                    cti_client_signature: Some("signature-2".into()),
                    cti_client_timestamp: Some(Time(4294967290)),
                },
            ]),
            call_reference_id: Some(Bytes(b"\x04\0\x80Cal")),
            ani_ii: Some("6".into()),
            ..Default::default()
        },
    );
}

#[test]
fn end_call_event() {
    check(
        &[9, 10, 19, 20, 25],
        24,
        "
            fffffffa MonitorID
            fffffffa PeripheralID
            0014     PeripheralType
            ffff     ConnectionDeviceIDType
            0000012c ConnectionCallID
        ",
        &[(25, b"5001\0")],
        &EndCallEvent {
            monitor_id: MonitorId(4294967290),
            peripheral_id: Some(PeripheralId(4294967290)),
            peripheral_type: PeripheralType::PT_GENERIC,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            connection_call_id: Some(CallId(300)),
            connection_device_id: Some("5001".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_data_update_event() {
    check(
        &[9, 10],
        25,
        "
            01000001 MonitorID
            0000012c PeripheralID
            000e     PeripheralType
            0002     NumCTIClients
            0001     NumNamedVariables
            0001     NumNamedArrays
            0022     CallType
            0000     ConnectionDeviceIDType
            0000004d ConnectionCallID
            ffff     NewConnectionDeviceIDType
            0000012c NewConnectionCallID
            0003     CalledPartyDisposition
            01000001 CampaignID
            01000001 QueryRuleID
        ",
        &[
            (25, b"5001\0"),
            (47, b"new-1\0"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (72, b"\0\0\x13\x88"),
            (73, b"\x01\0\0\x01"),
            (110, b"\xff\xff\xff\xfa"),
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
            (95, b"number-1\0"),
            (96, b"number-1\0"),
            (23, b"signature-1\0"),
            (24, b"\0\0\x01,"),
            (23, b"signature-2\0"),
            (24, b"\xff\xff\xff\xfa"),
        ],
        &CallDataUpdateEvent {
            monitor_id: MonitorId(16777217),
            peripheral_id: Some(PeripheralId(300)),
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            call_type: CallType::CUSTOMER_PREDICTIVE,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(77)),
            new_connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            new_connection_call_id: Some(CallId(300)),
            called_party_disposition: DispositionCode::ABANDONED_RING,
            campaign_id: CampaignId(16777217),
            query_rule_id: QueryRuleId(16777217),
            connection_device_id: Some("5001".into()),
            new_connection_device_id: Some("new-1".into()),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            router_call_key_day: Some(5000),
            router_call_key_call_id: Some(16777217),
            router_call_key_sequence_number: Some(4294967290),
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
            customer_phone_number: Some("number-1".into()),
            customer_account_number: Some("number-1".into()),
            cti_clients: List::from(&[
                CtiClient {
                    cti_client_signature: Some("signature-1".into()),
                    cti_client_timestamp: Some(Time(300)),
                },
                CtiClient {
                    cti_client_signature: Some("signature-2".into()),
                    cti_client_timestamp: Some(Time(4294967290)),
                },
            ]),
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        25,
        "
            01000001 MonitorID
            0000012c PeripheralID
            000e     PeripheralType
            0002     NumCTIClients
            0001     NumNamedVariables
            0001     NumNamedArrays
            0022     CallType
            0000     ConnectionDeviceIDType
            0000004d ConnectionCallID
            ffff     NewConnectionDeviceIDType
            0000012c NewConnectionCallID
            0003     CalledPartyDisposition
            01000001 CampaignID
            01000001 QueryRuleID
        ",
        &[
            (25, b"5001\0"),
            (47, b"new-1\0"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (10, b"5550100\0"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (72, b"\0\0\x13\x88"),
            (73, b"\x01\0\0\x01"),
            (110, b"\xff\xff\xff\xfa"),
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
            (95, b"number-1\0"),
            (96, b"number-1\0"),
            (23, b"signature-1\0"),
            (24, b"\0\0\x01,"),
            (23, b"signature-2\0"),
            (24, b"\xff\xff\xff\xfa"),
            (223, b"\x04\0\x80Cal"),
            (215, b"6\0"),
        ],
        &CallDataUpdateEvent {
            monitor_id: MonitorId(16777217),
            peripheral_id: Some(PeripheralId(300)),
            peripheral_type: PeripheralType::PT_NEC_NEAX_2x00,
            call_type: CallType::CUSTOMER_PREDICTIVE,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(77)),
            new_connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            new_connection_call_id: Some(CallId(300)),
            called_party_disposition: DispositionCode::ABANDONED_RING,
            campaign_id: CampaignId(16777217),
            query_rule_id: QueryRuleId(16777217),
            connection_device_id: Some("5001".into()),
            new_connection_device_id: Some("new-1".into()),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dnis: Some("5550100".into()),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            router_call_key_day: Some(5000),
            router_call_key_call_id: Some(16777217),
            router_call_key_sequence_number: Some(4294967290),
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
            customer_phone_number: Some("number-1".into()),
            customer_account_number: Some("number-1".into()),
            cti_clients: List::from(&[
                CtiClient {
                    cti_client_signature: Some("signature-1".into()),
                    cti_client_timestamp: Some(Time(300)),
                },
                CtiClient {
                    cti_client_signature: Some("signature-2".into()),
                    cti_client_timestamp: Some(Time(4294967290)),
                },
            ]),
            call_reference_id: Some(Bytes(b"\x04\0\x80Cal")),
            ani_ii: Some("6".into()),
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
        &[
            (3, b"signature-1\0"),
            (5, b"1001\0"),
            (4, b"5001\0"),
            (6, b"5001\0"),
            (62, b"\0\x01\x11p"),
            (63, b"\x01\0\0\x01"),
            (64, b"\x02\x01"),
            (65, b"\0\x0d"),
            (62, b"\0\0\0\x01"),
            (63, b"\0\0\x01,"),
            (64, b"\x9c@"),
            (65, b"\0\x0e"),
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
            skill_groups: List::from(&[
                StateSkillGroup {
                    flt_skill_group_number: Some(Some(SkillGroupNumber(70000))),
                    flt_skill_group_id: Some(Some(SkillGroupId(16777217))),
                    flt_skill_group_priority: Some(513),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_INTERRUPTED),
                },
                StateSkillGroup {
                    flt_skill_group_number: Some(Some(SkillGroupNumber(1))),
                    flt_skill_group_id: Some(Some(SkillGroupId(300))),
                    flt_skill_group_priority: Some(40000),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_NOT_ACTIVE),
                },
            ]),
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
                    flt_skill_group_number: Some(Some(SkillGroupNumber(70000))),
                    flt_skill_group_id: Some(Some(SkillGroupId(16777217))),
                    flt_skill_group_priority: Some(513),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_INTERRUPTED),
                },
                StateSkillGroup {
                    flt_skill_group_number: Some(Some(SkillGroupNumber(1))),
                    flt_skill_group_id: Some(Some(SkillGroupId(300))),
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
                    flt_skill_group_number: Some(Some(SkillGroupNumber(70000))),
                    flt_skill_group_id: Some(Some(SkillGroupId(16777217))),
                    flt_skill_group_priority: Some(513),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_INTERRUPTED),
                },
                StateSkillGroup {
                    flt_skill_group_number: Some(Some(SkillGroupNumber(1))),
                    flt_skill_group_id: Some(Some(SkillGroupId(300))),
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
                    flt_skill_group_number: Some(Some(SkillGroupNumber(70000))),
                    flt_skill_group_id: Some(Some(SkillGroupId(16777217))),
                    flt_skill_group_priority: Some(513),
                    flt_skill_group_state: Some(AgentState::AGENT_STATE_INTERRUPTED),
                },
                StateSkillGroup {
                    flt_skill_group_number: Some(Some(SkillGroupNumber(1))),
                    flt_skill_group_id: Some(Some(SkillGroupId(300))),
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
fn system_event() {
    check(
        &[9],
        31,
        "
            00000006 PGStatus
            0000012c ICMCentralControllerTime
            0000000b SystemEventID
            0000004d SystemEventArg1
            00001388 SystemEventArg2
            fffffffa SystemEventArg3
        ",
        &[(7, b"Maintenance at ten\0")],
        &SystemEvent {
            pg_status: PgStatusCode::PGS_PERIPHERAL_OFFLINE | PgStatusCode::PGS_CC_DOWN,
            icm_central_controller_time: Time(300),
            system_event_id: SystemEventId::SYS_INSTRUMENT_BACK_IN_SERVICE,
            system_event_arg1: 77,
            system_event_arg2: 5000,
            system_event_arg3: 4294967290,
            text: Some("Maintenance at ten".into()),
            ..Default::default()
        },
    );
    check(
        &[10, 19, 20, 25],
        31,
        "
            00000006 PGStatus
            0000012c ICMCentralControllerTime
            0000000b SystemEventID
            0000004d SystemEventArg1
            00001388 SystemEventArg2
            fffffffa SystemEventArg3
            004b     EventDeviceType
        ",
        &[(7, b"Maintenance at ten\0"), (206, b"event-1\0")],
        &SystemEvent {
            pg_status: PgStatusCode::PGS_PERIPHERAL_OFFLINE | PgStatusCode::PGS_CC_DOWN,
            icm_central_controller_time: Time(300),
            system_event_id: SystemEventId::SYS_INSTRUMENT_BACK_IN_SERVICE,
            system_event_arg1: 77,
            system_event_arg2: 5000,
            system_event_arg3: 4294967290,
            event_device_type: DeviceIdType::DEVID_EXTERNAL,
            text: Some("Maintenance at ten".into()),
            event_device_id: Some("event-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_reached_network_event() {
    check(
        &[9, 10, 19, 20, 25],
        34,
        "
            00001388 MonitorID
            00001388 PeripheralID
            0015     PeripheralType
            0001     ConnectionDeviceIDType
            01000001 ConnectionCallID
            9c40     LineHandle
            000b     LineType
            0047     TrunkUsedDeviceType
            0047     CalledDeviceType
            0005     LocalConnectionState
            ffff     EventCause
        ",
        &[
            (25, b"5001\0"),
            (48, b"trunk-1\0"),
            (28, b"8005550100\0"),
            (121, b"\0\0\x13\x88"),
            (122, b"\0\0\x01,"),
        ],
        &CallReachedNetworkEvent {
            monitor_id: MonitorId(5000),
            peripheral_id: Some(PeripheralId(5000)),
            peripheral_type: PeripheralType::PT_ACMI_CRS,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            connection_call_id: Some(CallId(16777217)),
            line_handle: Some(LineHandle(40000)),
            line_type: LineType::LINETYPE_NON_ACD_OUT,
            trunk_used_device_type: DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER,
            called_device_type: DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER,
            local_connection_state: LocalConnectionState::LCS_QUEUED,
            event_cause: EventCause::CEC_NONE,
            connection_device_id: Some("5001".into()),
            trunk_used_device_id: Some("trunk-1".into()),
            called_device_id: Some("8005550100".into()),
            trunk_number: Some(TrunkNumber(5000)),
            trunk_group_number: Some(TrunkGroupNumber(300)),
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
                    skill_group_number: Some(None),
                    skill_group_id: Some(Some(SkillGroupId(5000))),
                    skill_group_priority: Some(7),
                },
                DequeueSkillGroup {
                    skill_group_number: Some(Some(SkillGroupNumber(77))),
                    skill_group_id: Some(Some(SkillGroupId(16777217))),
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
                    skill_group_number: Some(None),
                    skill_group_id: Some(Some(SkillGroupId(5000))),
                    skill_group_priority: Some(7),
                },
                DequeueSkillGroup {
                    skill_group_number: Some(Some(SkillGroupNumber(77))),
                    skill_group_id: Some(Some(SkillGroupId(16777217))),
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
fn monitor_start_conf() {
    check(
        &[9, 10, 19, 20, 25],
        94,
        "
            01000001 InvokeID
            fffffffa MonitorID
        ",
        &[],
        &MonitorStartConf {
            invoke_id: InvokeId(16777217),
            monitor_id: MonitorId(4294967290),
            ..Default::default()
        },
    );
}

#[test]
fn monitor_stop_req() {
    check(
        &[9, 10, 19, 20, 25],
        95,
        "
            01000001 InvokeID
            fffffffa MonitorID
        ",
        &[],
        &MonitorStopReq {
            invoke_id: InvokeId(16777217),
            monitor_id: MonitorId(4294967290),
            ..Default::default()
        },
    );
}

#[test]
fn monitor_stop_conf() {
    check(
        &[9, 10, 19, 20, 25],
        96,
        "
            00001388 InvokeID
        ",
        &[],
        &MonitorStopConf { invoke_id: InvokeId(5000), ..Default::default() },
    );
}

#[test]
fn change_monitor_mask_req() {
    check(
        &[9, 10],
        97,
        "
            0000012c InvokeID
            01000001 MonitorID
            00001400 CallMsgMask
            00000006 AgentStateMask
        ",
        &[],
        &ChangeMonitorMaskReq {
            invoke_id: InvokeId(300),
            monitor_id: MonitorId(16777217),
            call_msg_mask: CallEventMask::CALL_TRANSLATION_ROUTE_MASK | CallEventMask::CALL_DIVERTED_MASK,
            agent_state_mask: AgentStateMask::AGENT_LOGOUT_MASK | AgentStateMask::AGENT_NOT_READY_MASK,
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        97,
        "
            0000012c InvokeID
            01000001 MonitorID
            00001400 CallMsgMask
            00000006 AgentStateMask
        ",
        &[(217, b"\x04\0\x80CTI")],
        &ChangeMonitorMaskReq {
            invoke_id: InvokeId(300),
            monitor_id: MonitorId(16777217),
            call_msg_mask: CallEventMask::CALL_TRANSLATION_ROUTE_MASK | CallEventMask::CALL_DIVERTED_MASK,
            agent_state_mask: AgentStateMask::AGENT_LOGOUT_MASK | AgentStateMask::AGENT_NOT_READY_MASK,
            cti_os_cil_client_id: Some(Bytes(b"\x04\0\x80CTI")),
            ..Default::default()
        },
    );
}

#[test]
fn change_monitor_mask_conf() {
    check(
        &[9, 10, 19, 20, 25],
        98,
        "
            0000004d InvokeID
        ",
        &[],
        &ChangeMonitorMaskConf { invoke_id: InvokeId(77), ..Default::default() },
    );
}

#[test]
fn client_session_opened_event() {
    check(
        &[9, 10, 19, 20, 25],
        99,
        "
            00001388 SessionID
            0000012c PeripheralID
            00000088 ServicesGranted
            02001000 CallMsgMask
            00000104 AgentStateMask
            01000001 ClientPort
        ",
        &[
            (81, b"192.0.2.7\0"),
            (1, b"CTIClient\0"),
            (3, b"signature-1\0"),
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
        ],
        &ClientSessionOpenedEvent {
            session_id: SessionId(5000),
            peripheral_id: Some(PeripheralId(300)),
            services_granted: CtiServiceMask::CTI_SERVICE_SUPERVISOR
                | CtiServiceMask::CTI_SERVICE_CONNECTION_MONITOR,
            call_msg_mask: CallEventMask::CALL_ATTRIBUTE_CHANGE_MASK
                | CallEventMask::CALL_TRANSLATION_ROUTE_MASK,
            agent_state_mask: AgentStateMask::AGENT_NOT_READY_MASK | AgentStateMask::AGENT_RESERVED_MASK,
            client_port: 16777217,
            client_address: Some("192.0.2.7".into()),
            client_id: Some("CTIClient".into()),
            client_signature: Some("signature-1".into()),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            ..Default::default()
        },
    );
}

#[test]
fn client_session_closed_event() {
    check(
        &[9, 10, 19, 20, 25],
        100,
        "
            fffffffa SessionID
            01000001 PeripheralID
            00000023 Status
            fffffffa ClientPort
        ",
        &[
            (81, b"192.0.2.7\0"),
            (1, b"CTIClient\0"),
            (3, b"signature-1\0"),
            (4, b"5001\0"),
            (5, b"1001\0"),
            (6, b"5001\0"),
        ],
        &ClientSessionClosedEvent {
            session_id: SessionId(4294967290),
            peripheral_id: Some(PeripheralId(16777217)),
            status: StatusCode::E_CTI_NOT_CALL_PARTY,
            client_port: 4294967290,
            client_address: Some("192.0.2.7".into()),
            client_id: Some("CTIClient".into()),
            client_signature: Some("signature-1".into()),
            agent_extension: Some("5001".into()),
            agent_id: Some("1001".into()),
            agent_instrument: Some("5001".into()),
            ..Default::default()
        },
    );
}

#[test]
fn session_monitor_start_req() {
    check(
        &[9, 10],
        101,
        "
            0000004d InvokeID
            fffffffa SessionID
        ",
        &[],
        &SessionMonitorStartReq {
            invoke_id: InvokeId(77),
            session_id: SessionId(4294967290),
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        101,
        "
            0000004d InvokeID
            fffffffa SessionID
        ",
        &[(217, b"\x04\0\x80CTI")],
        &SessionMonitorStartReq {
            invoke_id: InvokeId(77),
            session_id: SessionId(4294967290),
            cti_os_cil_client_id: Some(Bytes(b"\x04\0\x80CTI")),
            ..Default::default()
        },
    );
}

#[test]
fn session_monitor_start_conf() {
    check(
        &[9, 10, 19, 20, 25],
        102,
        "
            01000001 InvokeID
            fffffffa MonitorID
        ",
        &[],
        &SessionMonitorStartConf {
            invoke_id: InvokeId(16777217),
            monitor_id: MonitorId(4294967290),
            ..Default::default()
        },
    );
}

#[test]
fn session_monitor_stop_req() {
    check(
        &[9, 10],
        103,
        "
            00001388 InvokeID
            00001388 MonitorID
        ",
        &[],
        &SessionMonitorStopReq {
            invoke_id: InvokeId(5000),
            monitor_id: MonitorId(5000),
            ..Default::default()
        },
    );
    check(
        &[19, 20, 25],
        103,
        "
            00001388 InvokeID
            00001388 MonitorID
        ",
        &[(217, b"\x04\0\x80CTI")],
        &SessionMonitorStopReq {
            invoke_id: InvokeId(5000),
            monitor_id: MonitorId(5000),
            cti_os_cil_client_id: Some(Bytes(b"\x04\0\x80CTI")),
            ..Default::default()
        },
    );
}

#[test]
fn session_monitor_stop_conf() {
    check(
        &[9, 10, 19, 20, 25],
        104,
        "
            0000012c InvokeID
        ",
        &[],
        &SessionMonitorStopConf { invoke_id: InvokeId(300), ..Default::default() },
    );
}

#[test]
fn agent_pre_call_event() {
    check(
        &[9, 10],
        105,
        "
            01000001 MonitorID
            0001     NumNamedVariables
            0001     NumNamedArrays
            fffffffa ServiceNumber
            01000001 ServiceID
            00001388 SkillGroupNumber
            00001388 SkillGroupID
            0001     SkillGroupPriority
            00011170 MRDID
        ",
        &[
            (6, b"5001\0"),
            (72, b"\xff\xff\xff\xfa"),
            (73, b"\x01\0\0\x01"),
            (110, b"\0\0\0M"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
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
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
            (5, b"1001\0"),
        ],
        &AgentPreCallEvent {
            monitor_id: MonitorId(16777217),
            service_number: Some(ServiceNumber(4294967290)),
            service_id: Some(ServiceId(16777217)),
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: Some(SkillGroupId(5000)),
            skill_group_priority: 1,
            mrd_id: MrdId(70000),
            agent_instrument: Some("5001".into()),
            router_call_key_day: Some(4294967290),
            router_call_key_call_id: Some(16777217),
            router_call_key_sequence_number: Some(77),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
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
            named_variables: List::from(&[NamedVariable {
                name: "user.account".into(),
                value: "gold0".into(),
            }]),
            named_arrays: List::from(&[NamedArray {
                index: 3,
                name: "user.orders".into(),
                value: "n0".into(),
            }]),
            agent_id: Some("1001".into()),
            ..Default::default()
        },
    );
    check(
        &[19],
        105,
        "
            01000001 MonitorID
            0001     NumNamedVariables
            0001     NumNamedArrays
            fffffffa ServiceNumber
            01000001 ServiceID
            00001388 SkillGroupNumber
            00001388 SkillGroupID
            0001     SkillGroupPriority
            00011170 MRDID
        ",
        &[
            (6, b"5001\0"),
            (72, b"\xff\xff\xff\xfa"),
            (73, b"\x01\0\0\x01"),
            (110, b"\0\0\0M"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (210, b"\0\0\0M"),
            (221, b"\0\0\0M"),
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
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
            (5, b"1001\0"),
            (215, b"6\0"),
        ],
        &AgentPreCallEvent {
            monitor_id: MonitorId(16777217),
            service_number: Some(ServiceNumber(4294967290)),
            service_id: Some(ServiceId(16777217)),
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: Some(SkillGroupId(5000)),
            skill_group_priority: 1,
            mrd_id: MrdId(70000),
            agent_instrument: Some("5001".into()),
            router_call_key_day: Some(4294967290),
            router_call_key_call_id: Some(16777217),
            router_call_key_sequence_number: Some(77),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            flt_call_type_id: Some(CallTypeId(77)),
            pre_call_invoke_id: Some(InvokeId(77)),
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
            named_variables: List::from(&[NamedVariable {
                name: "user.account".into(),
                value: "gold0".into(),
            }]),
            named_arrays: List::from(&[NamedArray {
                index: 3,
                name: "user.orders".into(),
                value: "n0".into(),
            }]),
            agent_id: Some("1001".into()),
            ani_ii: Some("6".into()),
            ..Default::default()
        },
    );
    check(
        &[20],
        105,
        "
            01000001 MonitorID
            0001     NumNamedVariables
            0001     NumNamedArrays
            fffffffa ServiceNumber
            01000001 ServiceID
            00001388 SkillGroupNumber
            00001388 SkillGroupID
            0001     SkillGroupPriority
            00011170 MRDID
            fffffffa AgentSkillTargetID
        ",
        &[
            (6, b"5001\0"),
            (72, b"\xff\xff\xff\xfa"),
            (73, b"\x01\0\0\x01"),
            (110, b"\0\0\0M"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (210, b"\0\0\0M"),
            (221, b"\0\0\0M"),
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
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
            (5, b"1001\0"),
            (215, b"6\0"),
        ],
        &AgentPreCallEvent {
            monitor_id: MonitorId(16777217),
            service_number: Some(ServiceNumber(4294967290)),
            service_id: Some(ServiceId(16777217)),
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: Some(SkillGroupId(5000)),
            skill_group_priority: 1,
            mrd_id: MrdId(70000),
            agent_skill_target_id: SkillTargetId(4294967290),
            agent_instrument: Some("5001".into()),
            router_call_key_day: Some(4294967290),
            router_call_key_call_id: Some(16777217),
            router_call_key_sequence_number: Some(77),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            flt_call_type_id: Some(CallTypeId(77)),
            pre_call_invoke_id: Some(InvokeId(77)),
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
            named_variables: List::from(&[NamedVariable {
                name: "user.account".into(),
                value: "gold0".into(),
            }]),
            named_arrays: List::from(&[NamedArray {
                index: 3,
                name: "user.orders".into(),
                value: "n0".into(),
            }]),
            agent_id: Some("1001".into()),
            ani_ii: Some("6".into()),
            ..Default::default()
        },
    );
    check(
        &[25],
        105,
        "
            01000001 MonitorID
            0001     NumNamedVariables
            0001     NumNamedArrays
            fffffffa ServiceNumber
            01000001 ServiceID
            00001388 SkillGroupNumber
            00001388 SkillGroupID
            0001     SkillGroupPriority
            00011170 MRDID
            fffffffa AgentSkillTargetID
        ",
        &[
            (6, b"5001\0"),
            (72, b"\xff\xff\xff\xfa"),
            (73, b"\x01\0\0\x01"),
            (110, b"\0\0\0M"),
            (8, b"2065551212\0"),
            (9, b"\x04\0\x80Use"),
            (11, b"8005550100\0"),
            (12, b"4711\0"),
            (210, b"\0\0\0M"),
            (221, b"\0\0\0M"),
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
            (82, b"user.account\0gold0\0"),
            (83, b"\x03user.orders\0n0\0"),
            (5, b"1001\0"),
            (294, b"protocol-1\0"),
            (310, b"\0\x02"),
            (309, b"\0\x02"),
            (309, b"\0\x02"),
            (311, b"id-1\0"),
            (215, b"6\0"),
        ],
        &AgentPreCallEvent {
            monitor_id: MonitorId(16777217),
            service_number: Some(ServiceNumber(4294967290)),
            service_id: Some(ServiceId(16777217)),
            skill_group_number: Some(SkillGroupNumber(5000)),
            skill_group_id: Some(SkillGroupId(5000)),
            skill_group_priority: 1,
            mrd_id: MrdId(70000),
            agent_skill_target_id: SkillTargetId(4294967290),
            agent_instrument: Some("5001".into()),
            router_call_key_day: Some(4294967290),
            router_call_key_call_id: Some(16777217),
            router_call_key_sequence_number: Some(77),
            ani: Some("2065551212".into()),
            user_to_user_info: Some(Bytes(b"\x04\0\x80Use")),
            dialed_number: Some("8005550100".into()),
            caller_entered_digits: Some("4711".into()),
            flt_call_type_id: Some(CallTypeId(77)),
            pre_call_invoke_id: Some(InvokeId(77)),
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
            named_variables: List::from(&[NamedVariable {
                name: "user.account".into(),
                value: "gold0".into(),
            }]),
            named_arrays: List::from(&[NamedArray {
                index: 3,
                name: "user.orders".into(),
                value: "n0".into(),
            }]),
            agent_id: Some("1001".into()),
            protocol_reference_guid: Some("protocol-1".into()),
            enabled_services: List::from(&[
                EnabledService::AGENT_CALL_TRANSCRIPTION,
                EnabledService::AGENT_CALL_TRANSCRIPTION,
            ]),
            ccai_config_id: Some("id-1".into()),
            ani_ii: Some("6".into()),
            ..Default::default()
        },
    );
}

#[test]
fn agent_pre_call_abort_event() {
    check(
        &[9, 10, 19, 20, 25],
        106,
        "
            0000004d MonitorID
            0000012c MRDID
        ",
        &[(6, b"5001\0"), (72, b"\0\0\x13\x88"), (73, b"\xff\xff\xff\xfa"), (110, b"\0\0\x13\x88")],
        &AgentPreCallAbortEvent {
            monitor_id: MonitorId(77),
            mrd_id: MrdId(300),
            agent_instrument: Some("5001".into()),
            router_call_key_day: Some(5000),
            router_call_key_call_id: Some(4294967290),
            router_call_key_sequence_number: Some(5000),
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

#[test]
fn rtp_stopped_event() {
    check(
        &[9],
        117,
        "
            0000012c MonitorID
            00001388 PeripheralID
            01000001 ClientPort
            0001     Direction
            0000     ConnectionDeviceIDType
            0000004d ConnectionCallID
        ",
        &[(25, b"5001\0"), (81, b"192.0.2.7\0"), (5, b"1001\0"), (4, b"5001\0"), (6, b"5001\0")],
        &RtpStoppedEvent {
            monitor_id: MonitorId(300),
            peripheral_id: Some(PeripheralId(5000)),
            client_port: 16777217,
            direction: MediaDirection::OUTPUT,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(77)),
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
        117,
        "
            0000012c MonitorID
            00001388 PeripheralID
            01000001 ClientPort
            0001     Direction
            0000     ConnectionDeviceIDType
            0000004d ConnectionCallID
        ",
        &[
            (25, b"5001\0"),
            (81, b"192.0.2.7\0"),
            (5, b"1001\0"),
            (4, b"5001\0"),
            (6, b"5001\0"),
            (125, b"198.51.100.9\0"),
            (126, b"\0\0\x13\x88"),
            (194, b"idlong-1\0"),
        ],
        &RtpStoppedEvent {
            monitor_id: MonitorId(300),
            peripheral_id: Some(PeripheralId(5000)),
            client_port: 16777217,
            direction: MediaDirection::OUTPUT,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            connection_call_id: Some(CallId(77)),
            connection_device_id: Some("5001".into()),
            client_address: Some("192.0.2.7".into()),
            agent_id: Some("1001".into()),
            agent_extension: Some("5001".into()),
            agent_instrument: Some("5001".into()),
            sending_address: Some("198.51.100.9".into()),
            sending_port: Some(5000),
            agent_id_long: Some("idlong-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_attribute_change_event() {
    check(
        &[10, 19, 20, 25],
        240,
        "
            0000012c MonitorID
            ffffffff PeripheralID
            0003     PeripheralType
            0001     ConnectionDeviceIDType
            0000004d CallTypeID
            01000001 ServiceNumber
        ",
        &[(25, b"5001\0")],
        &CallAttributeChangeEvent {
            monitor_id: MonitorId(300),
            peripheral_id: None,
            peripheral_type: PeripheralType::PT_G2,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            call_type_id: CallTypeId(77),
            service_number: Some(ServiceNumber(16777217)),
            connection_device_id: Some("5001".into()),
            ..Default::default()
        },
    );
}

#[test]
fn call_agent_greeting_event() {
    check(
        &[19, 20, 25],
        248,
        "
            01000001 MonitorID
            ffffffff PeripheralID
            ffff     ConnectionDeviceIDType
            ffffffff ConnectionCallID
            0001     EventCode
            01000001 PeripheralErrorCode
        ",
        &[(25, b"5001\0"), (5, b"1001\0")],
        &CallAgentGreetingEvent {
            monitor_id: MonitorId(16777217),
            peripheral_id: None,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            connection_call_id: None,
            event_code: GreetingEventCode::ENDED,
            peripheral_error_code: 16777217,
            connection_device_id: Some("5001".into()),
            agent_id: Some("1001".into()),
            ..Default::default()
        },
    );
}

#[test]
fn network_recording_started_event() {
    check(
        &[25],
        272,
        "
            01000001 MonitorID
            0000012c PeripheralID
            ffffffff ConnectionCallID
            0000     ConnectionDeviceIDType
            0048     RecordingDeviceType
        ",
        &[(25, b"5001\0"), (300, b"recording-1\0")],
        &NetworkRecordingStartedEvent {
            monitor_id: MonitorId(16777217),
            peripheral_id: Some(PeripheralId(300)),
            connection_call_id: None,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
            recording_device_type: DeviceIdType::DEVID_IP_PHONE_MAC_IDENTIFIER,
            connection_device_id: Some("5001".into()),
            recording_device_id: Some("recording-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn network_recording_ended_event() {
    check(
        &[25],
        273,
        "
            00001388 MonitorID
            0000012c PeripheralID
            0000004d ConnectionCallID
            0001     ConnectionDeviceIDType
            ffff     RecordingDeviceType
        ",
        &[(25, b"5001\0"), (300, b"recording-1\0")],
        &NetworkRecordingEndedEvent {
            monitor_id: MonitorId(5000),
            peripheral_id: Some(PeripheralId(300)),
            connection_call_id: Some(CallId(77)),
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            recording_device_type: DeviceIdType::DEVID_NONE,
            connection_device_id: Some("5001".into()),
            recording_device_id: Some("recording-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn network_recording_failed_event() {
    check(
        &[25],
        274,
        "
            01000001 MonitorID
            ffffffff PeripheralID
            ffffffff ConnectionCallID
            0001     ConnectionDeviceIDType
            0046     RecordingDeviceType
            9c40     RecordFailureCause
        ",
        &[(25, b"5001\0"), (300, b"recording-1\0")],
        &NetworkRecordingFailedEvent {
            monitor_id: MonitorId(16777217),
            peripheral_id: None,
            connection_call_id: None,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_DYNAMIC,
            recording_device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER,
            record_failure_cause: 40000,
            connection_device_id: Some("5001".into()),
            recording_device_id: Some("recording-1".into()),
            ..Default::default()
        },
    );
}

#[test]
fn network_recording_target_info_event() {
    check(
        &[25],
        275,
        "
            0000004d MonitorID
            ffffffff PeripheralID
            ffffffff ConnectionCallID
            ffff     ConnectionDeviceIDType
            ffff     RecordingDeviceType
            0003     RecordingType
            0001     MediaForkingDeviceType
        ",
        &[
            (25, b"5001\0"),
            (300, b"recording-1\0"),
            (291, b"address-1\0"),
            (292, b"name-1\0"),
            (293, b"name-1\0"),
            (294, b"protocol-1\0"),
            (295, b"media-1\0"),
            (296, b"uri-1\0"),
            (297, b"msg-1\0"),
            (298, b"\0\x01"),
            (299, b"\0\x02"),
        ],
        &NetworkRecordingTargetInfoEvent {
            monitor_id: MonitorId(77),
            peripheral_id: None,
            connection_call_id: None,
            connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
            recording_device_type: DeviceIdType::DEVID_NONE,
            recording_type: RecordingType::CALL_RECORDING_TYPE_USER_INITIATED_FROM_DEVICE,
            media_forking_device_type: MediaForkingDeviceType::CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_PHONE,
            connection_device_id: Some("5001".into()),
            recording_device_id: Some("recording-1".into()),
            recorder_address: Some("address-1".into()),
            terminal_name: Some("name-1".into()),
            media_forking_device_name: Some("name-1".into()),
            protocol_reference_guid: Some("protocol-1".into()),
            media_forking_cluster_id: Some("media-1".into()),
            recorder_uri: Some("uri-1".into()),
            recorder_error_msg: Some("msg-1".into()),
            recorder_type: Some(RecorderType::CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_OPTIONAL_RECORDER),
            recorder_status: Some(RecorderStatus::CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_FAILURE),
            ..Default::default()
        },
    );
}
