//! What differs between versions, and what a sender has to give: bodies written by hand from the protocol's tables, in a
//! version before a change and in one after it.

use ged188::message::*;
use ged188::named_values::*;
use ged188::view::Fields;
use ged188::{Encode, Message, MessageBody, MessageType, ProtocolVersion, RawMessage, Tag};

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).expect("a version")
}

/// Floating fields as they stand in a version.
fn floating(number: u32, fields: &[(u16, &[u8])]) -> Vec<u8> {
    let field = |&(tag, data): &(u16, &[u8])| match number {
        ..20 => [&[tag as u8, data.len() as u8][..], data].concat(),
        _ => [&tag.to_be_bytes(), &(data.len() as u16).to_be_bytes()[..], data].concat(),
    };
    fields.iter().flat_map(field).collect()
}

/// A fixed part of zeros, then these floating fields.
fn body(number: u32, fixed: usize, fields: &[(u16, &[u8])]) -> Vec<u8> {
    [vec![0; fixed], floating(number, fields)].concat()
}

fn raw<'a>(name: &str, body: &'a [u8]) -> RawMessage<'a> {
    RawMessage { message_type: MessageType::named(name).expect(name), body }
}

/// The name under which a version knows the field that stands last in a body.
fn last_name(name: &str, number: u32, body: &[u8]) -> Option<&'static str> {
    let message = Message::decode(version(number), raw(name, body)).unwrap_or_else(|error| panic!("{error}"));
    let last = Fields::new(version(number), raw(name, body)).unwrap().last().unwrap().unwrap();
    // What a version knows comes back in its place.
    if last.name().is_some() {
        let mut again = Vec::new();
        if message.encode_to(version(number), &mut again).is_ok() {
            assert!(again.ends_with(&body[last.offset..]), "{name} in version {number}");
        }
    }
    last.name()
}

/// A floating field is known in the versions from `since` to `until`, and not in those beside them.
fn check_versions(
    message: &str,
    fixed: [usize; 2],
    field: &str,
    tag: u16,
    data: &[u8],
    [outside, inside]: [u32; 2],
) {
    let known = |number, fixed| last_name(message, number, &body(number, fixed, &[(tag, data)]));
    assert_eq!(known(outside, fixed[0]), None, "{message}: {field} in version {outside}");
    assert_eq!(known(inside, fixed[1]), Some(field), "{message}: {field} in version {inside}");
}

const UINT: &[u8] = b"\0\0\0\x07";
const USHORT: &[u8] = b"\0\x07";
const TEXT: &[u8] = b"ab\0";

/// A message, the length of its fixed part and a field: name, tag and data, in a version without and one with it.
type FieldCase = (&'static str, [usize; 2], &'static str, u16, &'static [u8], [u32; 2]);

/// A message, the length of its fixed part, and its fields with an address.
type AddressCase = (&'static str, usize, &'static [(&'static str, u16)]);

#[test]
fn floating_fields_come_with_their_version() {
    let cases: &[FieldCase] = &[
        ("CALL_DELIVERED_EVENT", [50, 54], "NamedVariable", 82, b"user.a\0b\0", [9, 10]),
        ("CALL_DELIVERED_EVENT", [50, 54], "NamedArray", 83, b"\x01user.a\0b\0", [9, 10]),
        ("SET_CALL_DATA_REQ", [30, 30], "RouterCallKeyDay", 72, UINT, [13, 14]),
        ("SET_CALL_DATA_REQ", [30, 30], "RouterCallKeyCallID", 73, UINT, [13, 14]),
        ("SET_CALL_DATA_REQ", [30, 30], "RouterCallKeySequenceNumber", 110, UINT, [13, 14]),
        ("AGENT_STATE_EVENT", [56, 58], "FltSkillGroupNumber", 62, UINT, [9, 10]),
        ("AGENT_STATE_EVENT", [56, 58], "FltSkillGroupID", 63, UINT, [9, 10]),
        ("AGENT_STATE_EVENT", [56, 58], "FltSkillGroupPriority", 64, USHORT, [9, 10]),
        ("AGENT_STATE_EVENT", [56, 58], "FltSkillGroupState", 65, USHORT, [9, 10]),
        ("AGENT_STATE_EVENT", [62, 62], "ActiveTerminal", 303, TEXT, [23, 24]),
        ("SET_AGENT_STATE_REQ", [21, 21], "ActiveTerminal", 303, TEXT, [23, 24]),
        ("CONFIG_AGENT_EVENT", [2, 2], "ActiveTerminal", 303, TEXT, [23, 24]),
        ("SNAPSHOT_CALL_CONF", [16, 16], "ProtocolReferenceGUID", 294, TEXT, [23, 24]),
        ("AGENT_PRE_CALL_EVENT", [34, 34], "ProtocolReferenceGUID", 294, TEXT, [23, 24]),
        ("AGENT_PRE_CALL_EVENT", [30, 34], "AgentID", 5, TEXT, [19, 20]),
        ("AGENT_PRE_CALL_EVENT", [30, 30], "FltCallTypeID", 210, UINT, [13, 14]),
        ("SET_APP_DATA_REQ", [4, 4], "FltCallTypeID", 210, UINT, [13, 14]),
        ("AGENT_DESK_SETTINGS_CONF", [64, 64], "PlayZipTone", 307, UINT, [23, 24]),
        ("AGENT_DESK_SETTINGS_CONF", [64, 64], "ACDSharedLineUsage", 306, UINT, [23, 24]),
        ("CONFIG_AGENT_DESK_SETTINGS_EVENT", [2, 2], "PlayZipTone", 307, UINT, [23, 24]),
        ("CONFIG_AGENT_DESK_SETTINGS_EVENT", [2, 2], "ACDSharedLineUsage", 306, UINT, [23, 24]),
        ("CONFIG_SERVICE_EVENT", [2, 2], "OldPeripheralNumber", 213, UINT, [10, 11]),
        ("CONFIG_SKILL_GROUP_EVENT", [2, 2], "OldPeripheralNumber", 213, UINT, [10, 11]),
        ("CONFIG_AGENT_EVENT", [2, 2], "OldLoginID", 214, TEXT, [10, 11]),
        // Fields that went away.
        ("CLEAR_CONNECTION_REQ", [14, 14], "CTIOSCILClientID", 217, TEXT, [25, 24]),
        ("SEND_DTMF_SIGNAL_REQ", [20, 20], "CTIOSCILClientID", 217, TEXT, [25, 24]),
        ("USER_MESSAGE_REQ", [10, 10], "CTIOSCILClientID", 217, TEXT, [25, 24]),
        ("SET_AGENT_SERVICE_DATA_REQ", [20, 20], "NumPositiveAnswersSuggestions", 312, USHORT, [25, 24]),
        ("SET_AGENT_SERVICE_DATA_REQ", [20, 20], "NumNegativeAnswersSuggestions", 313, USHORT, [25, 24]),
    ];
    for &(message, fixed, field, tag, data, versions) in cases {
        check_versions(message, fixed, field, tag, data, versions);
    }
}

#[test]
fn addresses_of_ip_version_6_were_there_in_versions_14_to_18() {
    let cases: &[AddressCase] = &[
        ("RTP_STARTED_EVENT", 34, &[("ClientAddressIPV6", 226), ("SendingAddressIPV6", 227)]),
        ("RTP_STOPPED_EVENT", 20, &[("ClientAddressIPV6", 226), ("SendingAddressIPV6", 227)]),
        ("CLIENT_SESSION_OPENED_EVENT", 24, &[("ClientAddressIPV6", 226)]),
        ("CLIENT_SESSION_CLOSED_EVENT", 16, &[("ClientAddressIPV6", 226)]),
        ("EMERGENCY_CALL_EVENT", 14, &[("ClientAddressIPV6", 226)]),
        ("START_RECORDING_REQ", 34, &[("ClientAddressIPV6", 226)]),
        ("STOP_RECORDING_REQ", 28, &[("ClientAddressIPV6", 226)]),
        ("START_RECORDING_CONF", 12, &[("ClientAddressIPV6", 226)]),
        ("STOP_RECORDING_CONF", 4, &[("ClientAddressIPV6", 226)]),
    ];
    for &(message, fixed, fields) in cases {
        for &(field, tag) in fields {
            for [outside, inside] in [[13, 14], [19, 18]] {
                check_versions(message, [fixed; 2], field, tag, b"2001:db8::1\0", [outside, inside]);
            }
        }
    }
    // They stand last.
    let event = RtpStoppedEvent {
        agent_instrument: Some("5001".into()),
        sending_port: Some(7),
        client_address_ipv6: Some("a".into()),
        sending_address_ipv6: Some("b".into()),
        ..Default::default()
    };
    let mut bytes = Vec::new();
    event.encode_to(version(14), &mut bytes).unwrap();
    assert!(bytes.ends_with(b"\x06\x055001\0\x7E\x04\0\0\0\x07\xE2\x02a\0\xE3\x02b\0"), "{bytes:x?}");
    assert!(
        event
            .encode_to(version(19), &mut bytes)
            .unwrap_err()
            .to_string()
            .contains("ClientAddressIPV6 is not in version 19")
    );
}

#[test]
fn the_client_of_cti_os_is_text() {
    let cases = [
        ("FAILURE_CONF", 8),
        ("SET_CALL_DATA_REQ", 30),
        ("CONTROL_FAILURE_CONF", 10),
        ("ALTERNATE_CALL_REQ", 20),
        ("ANSWER_CALL_REQ", 14),
        ("CLEAR_CALL_REQ", 14),
        ("DEFLECT_CALL_REQ", 16),
        ("HOLD_CALL_REQ", 16),
        ("RECONNECT_CALL_REQ", 20),
        ("RETRIEVE_CALL_REQ", 14),
        ("CHANGE_MONITOR_MASK_REQ", 16),
        ("SESSION_MONITOR_START_REQ", 8),
        ("SESSION_MONITOR_STOP_REQ", 8),
        ("MONITOR_AGENT_TEAM_START_REQ", 8),
        ("MONITOR_AGENT_TEAM_STOP_REQ", 8),
    ];
    for (message, fixed) in cases {
        check_versions(message, [fixed; 2], "CTIOSCILClientID", 217, TEXT, [10, 11]);
        let line = MessageType::named(message)
            .unwrap()
            .schema()
            .unwrap()
            .floating_field(version(11), Tag(217))
            .unwrap();
        assert_eq!((line.wire.to_string(), line.max.unwrap().get()), ("STRING".to_string(), 64), "{message}");
    }
    // Its place is behind AgentInstrument, and behind Text.
    let clear = body(24, 14, &[(25, TEXT), (6, TEXT), (217, TEXT), (80, TEXT)]);
    let mut bytes = Vec::new();
    Message::decode(version(24), raw("CLEAR_CONNECTION_REQ", &clear))
        .unwrap()
        .encode_to(version(24), &mut bytes)
        .unwrap();
    assert_eq!(bytes[8..], clear);
    let user = body(24, 10, &[(7, TEXT), (217, TEXT), (194, TEXT)]);
    bytes.clear();
    Message::decode(version(24), raw("USER_MESSAGE_REQ", &user))
        .unwrap()
        .encode_to(version(24), &mut bytes)
        .unwrap();
    assert_eq!(bytes[8..], user);
}

#[test]
fn configuration_requests_grew() {
    let fields = |name, number, body: &[u8]| -> Vec<(&str, Vec<u8>)> {
        let fields = Fields::new(version(number), raw(name, body)).unwrap().map(Result::unwrap);
        fields.map(|field| (field.name().unwrap_or("?"), field.data().to_vec())).collect()
    };
    let (information, mask, peripheral) = (vec![0, 0, 0, 5], vec![0, 0, 0, 6], vec![0, 0, 0, 7]);
    let body = b"\0\0\0\x05\0\0\0\x06\0\0\0\x07";
    // 4 bytes in version 10, 8 up to 23, 12 from 24 on.
    let expected = [("ConfigInformation", information.clone())];
    assert_eq!(fields("CONFIG_REQUEST_EVENT", 10, &body[..4]), expected);
    for number in [11, 15, 23] {
        let expected = [("ConfigInformation", information.clone()), ("PeripheralID", mask.clone())];
        assert_eq!(fields("CONFIG_REQUEST_EVENT", number, &body[..8]), expected);
    }
    for number in [24, 25] {
        let expected = [
            ("ConfigInformation", information.clone()),
            ("ConfigMsgMask", mask.clone()),
            ("PeripheralID", peripheral.clone()),
        ];
        assert_eq!(fields("CONFIG_REQUEST_EVENT", number, body), expected);
    }
    // As recorded in version 15: with a CustomerID, 14 bytes.
    let recorded = b"\0\0\0\x05\0\0\0\x07\x83\x04\0\0\0\0";
    let event = ConfigRequestEvent::decode_body(version(15), recorded).unwrap();
    assert_eq!((event.peripheral_id.unwrap().0, event.customer_id.unwrap().0), (7, 0));
    let mut bytes = Vec::new();
    event.encode_to(version(15), &mut bytes).unwrap();
    assert_eq!(bytes[8..], recorded[..]);
    assert_eq!(
        event.encoded_len(version(10)).unwrap_err().to_string(),
        "CONFIG_REQUEST_EVENT: PeripheralID is not in version 10"
    );
    assert_eq!(fields("CONFIG_REQUEST_KEY_EVENT", 10, b""), []);
    assert_eq!(fields("CONFIG_REQUEST_KEY_EVENT", 11, &body[..4]), [("PeripheralID", information)]);
}

#[test]
fn messages_come_with_their_version() {
    for (name, before, after) in [
        ("CONFIG_TERMINAL_EVENT", 23, 24),
        ("CONFIG_CALL_TYPE_EVENT", 10, 11),
        ("TEAM_CONFIG_REQ", 9, 10),
        ("TEAM_CONFIG_EVENT", 9, 10),
        ("TEAM_CONFIG_CONF", 9, 10),
    ] {
        let body = [0; 16];
        let decode = |number| Message::decode(version(number), raw(name, &body));
        assert!(matches!(decode(before), Ok(Message::Unknown(_))), "{name}");
        assert!(!matches!(decode(after), Ok(Message::Unknown(_))), "{name}");
    }
}

#[test]
fn teams_are_configured_as_unified_ccx_prints_it() {
    // InvokeID, ConfigParam, eight bytes.
    let body = b"\0\0\0\x07\0\x01\0\0\0\0\0\0\0\0";
    let request = TeamConfigReq::decode_body(version(10), body).unwrap();
    assert_eq!((request.invoke_id.0, request.config_param), (7, TeamConfigParam::INITIAL_CONFIGURATION));
    assert_eq!(TeamConfigReq::SCHEMA.reply, Some(MessageType::TEAM_CONFIG_CONF));
    // TeamID, NumRecords, Operation, eight bytes; TeamName belongs to no record.
    let fixed = b"\0\0\0\x2A\0\x02\0\x01\0\0\0\0\0\0\0\0";
    let records: &[(u16, &[u8])] = &[
        (204, b"sales\0"),
        (194, b"smith\0"),
        (87, b"\0\x01"),
        (183, b"\0\0"),
        (205, b"\0\x01"),
        (194, b"queue 3\0"),
        (87, b"\0\0"),
        (183, b"\0\x02"),
        (205, b"\0\x02"),
    ];
    let body = [&fixed[..], &floating(18, records)].concat();
    let event = TeamConfigEvent::decode_body(version(18), &body).unwrap();
    assert_eq!(
        (event.team_id.0, event.operation, event.team_name),
        (42, TeamOperation::ADD_TEAM, Some("sales".into()))
    );
    let members: Vec<_> = event
        .records
        .iter()
        .map(|record| (record.agent_id_long.unwrap(), record.member_type.unwrap()))
        .collect();
    assert_eq!(members, [("smith".into(), TeamMemberType::AGENT), ("queue 3".into(), TeamMemberType::QUEUE)]);
    let mut bytes = Vec::new();
    event.encode_to(version(18), &mut bytes).unwrap();
    assert_eq!(bytes[8..], body);
    // InvokeID, Status, and a text.
    let body = [b"\0\0\0\x07\0\0\0\x01".as_slice(), b"\x07\x03no\0"].concat();
    let conf = TeamConfigConf::decode_body(version(18), &body).unwrap();
    assert_eq!((conf.status, conf.text), (TeamConfigStatus::INTERNAL_ERROR, Some("no".into())));
}

#[test]
fn tags_have_their_fields() {
    // CONFIG_AGENT_EVENT: AgentSkillTargetID is 141, and 185 is nothing there.
    assert_eq!(
        last_name("CONFIG_AGENT_EVENT", 15, &body(15, 2, &[(183, b"\0\0"), (141, UINT)])),
        Some("AgentSkillTargetID")
    );
    assert_eq!(last_name("CONFIG_AGENT_EVENT", 15, &body(15, 2, &[(183, b"\0\0"), (185, UINT)])), None);
    assert_eq!(
        last_name("CONFIG_SKILL_GROUP_EVENT", 15, &body(15, 2, &[(183, b"\0\0"), (185, b"\0\x01")])),
        Some("AutoWork")
    );
    assert_eq!(
        last_name("CONFIG_AGENT_SERVICE_EVENT", 24, &body(24, 2, &[(141, UINT)])),
        Some("AgentSkillTargetID")
    );
    let tag = |number| (Tag(number).name().unwrap(), Tag(number).schema().unwrap().since);
    assert_eq!([tag(141), tag(185)], [("AGENT_SKILL_TARGET_ID", 10), ("AUTO_WORK", 10)]);
    assert_eq!([tag(213).1, tag(214).1], [11, 11]);
    for number in [302, 303, 304, 305, 306, 307, 312, 313] {
        assert_eq!(tag(number).1, 24, "{number}");
    }
}

#[test]
fn requests_say_what_they_are_about() {
    let (connection, active, other, held) = (
        (25, "ConnectionDeviceID"),
        (50, "ActiveConnectionDeviceID"),
        (52, "OtherConnectionDeviceID"),
        (53, "HeldConnectionDeviceID"),
    );
    let cases: &[(&str, &[(u16, &str)])] = &[
        ("SET_CALL_DATA_REQ", &[connection]),
        ("RELEASE_CALL_REQ", &[connection]),
        ("CLEAR_CALL_REQ", &[connection]),
        ("CLEAR_CONNECTION_REQ", &[connection]),
        ("DEFLECT_CALL_REQ", &[connection, (28, "CalledDeviceID")]),
        ("HOLD_CALL_REQ", &[connection]),
        ("SNAPSHOT_CALL_REQ", &[connection]),
        ("SEND_DTMF_SIGNAL_REQ", &[connection, (67, "DTMFString")]),
        ("ALTERNATE_CALL_REQ", &[active, other]),
        ("CONFERENCE_CALL_REQ", &[active]),
        ("CONSULTATION_CALL_REQ", &[active, (11, "DialedNumber")]),
        ("RECONNECT_CALL_REQ", &[active, held]),
        ("RETRIEVE_CALL_REQ", &[held]),
        ("TRANSFER_CALL_REQ", &[active]),
        ("MAKE_CALL_REQ", &[(6, "AgentInstrument"), (11, "DialedNumber")]),
        ("MAKE_PREDICTIVE_CALL_REQ", &[(79, "OriginatingDeviceID"), (11, "DialedNumber")]),
        ("SET_AGENT_STATE_REQ", &[(6, "AgentInstrument")]),
        ("QUERY_DEVICE_INFO_REQ", &[(6, "AgentInstrument")]),
        ("SNAPSHOT_DEVICE_REQ", &[(6, "AgentInstrument")]),
        ("REGISTER_SERVICE_REQ", &[(94, "ServiceName")]),
        ("CLIENT_EVENT_REPORT_REQ", &[(7, "Text")]),
        ("USER_MESSAGE_REQ", &[(7, "Text")]),
        ("START_NETWORK_RECORDING_REQ", &[connection]),
        ("STOP_NETWORK_RECORDING_REQ", &[connection]),
    ];
    for &(name, required) in cases {
        let schema = MessageType::named(name).unwrap().schema().unwrap();
        let number = if schema.since > 14 { 25 } else { 14 };
        let fixed = schema.fixed_len(version(number));
        let given: Vec<(u16, &[u8])> = required.iter().map(|&(tag, _)| (tag, TEXT)).collect();
        let encoded = |fields: &[(u16, &[u8])]| {
            let body = body(number, fixed, fields);
            Message::decode(version(number), raw(name, &body)).unwrap().encoded_len(version(number))
        };
        assert!(encoded(&given).is_ok(), "{name}: {:?}", encoded(&given));
        for (at, (_, field)) in required.iter().enumerate() {
            let mut without = given.clone();
            without.remove(at);
            assert_eq!(encoded(&without).unwrap_err().to_string(), format!("{name}: {field} is required"));
        }
    }
    // Of these the call or the agent may be named in another way.
    for name in ["ANSWER_CALL_REQ", "SUPERVISOR_ASSIST_REQ", "EMERGENCY_CALL_REQ"] {
        let schema = MessageType::named(name).unwrap().schema().unwrap();
        let body = vec![0xFF; schema.fixed_len(version(14))];
        assert!(
            Message::decode(version(14), raw(name, &body)).unwrap().encoded_len(version(14)).is_ok(),
            "{name}"
        );
        let line = schema.floating_field(version(14), Tag(25)).unwrap();
        assert_eq!(line.need, ged188::schema::Need::Conditional, "{name}");
    }
}

#[test]
fn values_have_their_numbers() {
    assert_eq!((PeripheralType::PT_SYMPOSIUM.0, PeripheralType::PT_SIMPLIFIED_IPCC.0), (16, 23));
    assert_eq!(CtiServiceMask::CTI_SERVICE_CONFIG_EVENTS.bits(), 0x0004_0000);
    let terminal =
        ConfigMask::TABLE.values.iter().find(|value| value.name == "CONFIG_MSG_TERMINAL_MASK").unwrap();
    assert_eq!((terminal.value, terminal.since), (0x100, 24));
    assert_eq!((AgentType::AGENT.0, AgentType::SUPERVISOR.0), (1, 2));
    for name in ["CONFIG_AGENT_EVENT", "CONFIG_PERIPHERAL_EVENT", "CONFIG_AGENT_DESK_SETTINGS_EVENT"] {
        let schema = MessageType::named(name).unwrap().schema().unwrap();
        let table = schema.floating_field(version(25), Tag(183)).unwrap().values.unwrap();
        assert_eq!(table.values.iter().map(|value| value.value).collect::<Vec<_>>(), [0, 1, 2], "{name}");
    }
    let fork = NetworkRecordingTargetInfoEvent::SCHEMA
        .fixed
        .iter()
        .find(|field| field.name == "MediaForkingDeviceType")
        .unwrap();
    assert_eq!(fork.values.unwrap().values.len(), 3);
}
