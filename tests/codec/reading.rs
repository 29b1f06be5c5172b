//! Decoding is liberal and loses nothing.

use ged188::id::{AgentDeskSettingsId, CallId, InvokeId, MonitorId, SkillGroupNumber, VersionNumber};
use ged188::message::*;
use ged188::named_values::{
    AgentState, CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType, LocalConnectionState,
    StatusCode,
};
use ged188::{
    Bytes, DecodeError, Encode, FloatingField, Message, MessageBody, MessageType, NamedArray, NamedVariable,
    ProtocolVersion, RawMessage, Str, Tag,
};

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).expect("a version")
}

fn body_of(message: &impl Encode, version: ProtocolVersion) -> Vec<u8> {
    let mut bytes = Vec::new();
    message.encode_to(version, &mut bytes).expect("allowed");
    bytes.split_off(8)
}

/// The fixed part of CALL_HELD_EVENT.
const HELD: [u8; 22] = [
    0, 0, 0, 7, // MonitorID
    0, 0, 0x13, 0x88, // PeripheralID 5000
    0, 17, // PeripheralType
    0, 0, // ConnectionDeviceIDType: static
    0, 0, 1, 44, // ConnectionCallID 300
    0, 76, // HoldingDeviceType: agent device
    0, 4, // LocalConnectionState: hold
    0xFF, 0xFF, // EventCause: none
];

fn held(floating: &[u8]) -> Vec<u8> {
    [&HELD, floating].concat()
}

#[test]
fn floating_fields_come_in_any_order() {
    let body = held(b"\x1f\x055001\0\x19\x055001\0");
    let event = CallHeldEvent::decode_body(version(14), &body).unwrap();
    assert_eq!(event.connection_device_id.unwrap(), "5001");
    assert_eq!(event.holding_device_id.unwrap(), "5001");
    assert_eq!(event.holding_device_type, DeviceIdType::DEVID_AGENT_DEVICE);
    assert_eq!(event.local_connection_state, LocalConnectionState::LCS_HOLD);
    // The encoder writes them in the guide's order.
    assert_eq!(body_of(&event, version(14)), held(b"\x19\x055001\0\x1f\x055001\0"));
}

#[test]
fn strings_need_no_nul_and_know_no_maximum() {
    let body =
        held(b"\x19\x045001\x1f\x48aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffgggggggghhhhhhhhiiiiiiii");
    let event = CallHeldEvent::decode_body(version(14), &body).unwrap();
    assert_eq!(event.connection_device_id.unwrap(), "5001");
    assert_eq!(event.holding_device_id.unwrap().as_bytes().len(), 72);
}

#[test]
fn padded_strings_keep_their_padding() {
    let body = held(b"\x19\x085001\0\0\0\0");
    let device = CallHeldEvent::decode_body(version(14), &body).unwrap().connection_device_id.unwrap();
    assert_eq!(device, "5001");
    assert_eq!(device.as_field(), b"5001\0\0\0");
    assert_eq!(device, Str::new("5001"));
}

#[test]
fn empty_fields_are_there() {
    let body = held(b"\x19\x00");
    let event = CallHeldEvent::decode_body(version(14), &body).unwrap();
    assert_eq!(event.connection_device_id, Some(Str::default()));
    assert_eq!(event.holding_device_id, None);
}

#[test]
fn unknown_fields_survive_in_order() {
    let body = held(b"\xC8\x02hi\x19\x055001\0\xC9\x00\xC8\x01!");
    let event = CallHeldEvent::decode_body(version(14), &body).unwrap();
    let unknown: Vec<_> = event.unknown.iter().map(|field| (field.tag.0, field.data)).collect();
    assert_eq!(unknown, [(200, &b"hi"[..]), (201, b""), (200, b"!")]);
    // They are written behind the others.
    assert_eq!(body_of(&event, version(14)), held(b"\x19\x055001\0\xC8\x02hi\xC9\x00\xC8\x01!"));
    // From version 20 a tag has two bytes.
    assert_eq!(
        body_of(&event, version(20)),
        held(b"\0\x19\0\x055001\0\0\xC8\0\x02hi\0\xC9\0\0\0\xC8\0\x01!")
    );
}

#[test]
fn a_field_of_a_later_version_is_unknown_before() {
    // CTIOSCILClientID is there from version 11 on.
    let body = b"\0\0\0\x07\0\0\0\x03\xD9\x02ab";
    let old = FailureConf::decode_body(version(10), body).unwrap();
    assert_eq!(old.cti_os_cil_client_id, None);
    assert_eq!(old.unknown.iter().map(|field| field.tag).collect::<Vec<_>>(), [Tag::CTIOS_CIL_CLIENT_ID]);
    assert_eq!(body_of(&old, version(10)), body);
    let new = FailureConf::decode_body(version(11), body).unwrap();
    assert_eq!(new.cti_os_cil_client_id, Some("ab".into()));
    assert!(new.unknown.is_empty());
}

#[test]
fn the_first_of_two_counts_and_the_second_survives() {
    let body = held(b"\x19\x02a\0\x19\x02b\0");
    let event = CallHeldEvent::decode_body(version(14), &body).unwrap();
    assert_eq!(event.connection_device_id.unwrap(), "a");
    let unknown: Vec<_> = event.unknown.iter().map(|field| (field.tag, field.data)).collect();
    assert_eq!(unknown, [(Tag::CONNECTION_DEVID, &b"b\0"[..])]);
    assert_eq!(body_of(&event, version(14)), body);
}

#[test]
fn unknown_values_and_bits_survive() {
    let mut body = held(b"");
    body[18..20].copy_from_slice(&[0x12, 0x34]); // LocalConnectionState
    let event = CallHeldEvent::decode_body(version(9), &body).unwrap();
    assert_eq!(event.local_connection_state, LocalConnectionState(0x1234));
    assert_eq!(event.local_connection_state.name(), None);
    assert_eq!(body_of(&event, version(9)), body);

    let body = [
        &[0, 0, 0, 1, 0, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0x40, 0][..], // all events, an unknown state
    ]
    .concat();
    let request = ChangeMonitorMaskReq::decode_body(version(9), &body).unwrap();
    assert!(request.call_msg_mask.contains(CallEventMask::END_CALL_MASK));
    assert_eq!(request.call_msg_mask.bits(), 0xFFFF_FFFF);
    assert_eq!(request.agent_state_mask.bits(), 0x4000);
    assert_eq!(body_of(&request, version(9)), body);
}

#[test]
fn nulls_are_none() {
    let mut body = held(b"");
    body[4..8].fill(0xFF);
    body[12..16].fill(0xFF);
    let event = CallHeldEvent::decode_body(version(9), &body).unwrap();
    assert_eq!(event.peripheral_id, None);
    assert_eq!(event.connection_call_id, None);
    // Zero is a call like any other.
    body[12..16].fill(0);
    assert_eq!(CallHeldEvent::decode_body(version(9), &body).unwrap().connection_call_id, Some(CallId(0)));
}

#[test]
fn unknown_messages_keep_their_body() {
    for number in [200, 9999] {
        let raw = RawMessage { message_type: MessageType(number), body: b"anything" };
        let message = Message::decode(version(14), raw).unwrap();
        assert_eq!(message, Message::Unknown(raw.in_version(version(14))));
        assert_eq!(message.message_type().0, number);
        assert_eq!(body_of(&message, version(14)), b"anything");
    }
    // A message of version 24 is none of version 14.
    let raw = RawMessage { message_type: MessageType::STANDBY_ACTIVE_EVENT, body: b"" };
    assert_eq!(Message::decode(version(14), raw), Ok(Message::Unknown(raw.in_version(version(14)))));
    assert!(matches!(Message::decode(version(24), raw), Ok(Message::StandbyActiveEvent(_))));
}

#[test]
fn open_req_brings_its_own_version() {
    // Version 14 has ConfigMsgMask and narrow tags, whatever version it is read in.
    let mut body = Vec::new();
    for number in [1u32, 14, 60, 0xFFFF_FFFF, 0x20, 0xFFFF_FFFF, 0, 3, 0, 0, 0] {
        body.extend(number.to_be_bytes());
    }
    body.extend(b"\x01\x02c\0\x02\x01\0");
    for session in [9, 14, 25] {
        let open = OpenReq::decode_body(version(session), &body).unwrap();
        assert_eq!(open.version_number.0, 14);
        assert_eq!(open.config_msg_mask.bits(), 3);
        assert_eq!(open.services_requested, CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR);
        assert_eq!(open.client_id.unwrap(), "c");
        assert_eq!(open.client_password.unwrap().reveal().0, [0]);
        assert_eq!(body_of(&open, version(session)), body);
    }
    // A version from the future is read as the newest known.
    body[7] = 99;
    body.truncate(44);
    body.extend(b"\0\x01\0\x02c\0\0\x02\0\0");
    let open = OpenReq::decode_body(version(9), &body).unwrap();
    assert_eq!(open.version_number.0, 99);
    assert_eq!(open.client_id.unwrap(), "c");
    assert_eq!(body_of(&open, version(9)), body);
}

#[test]
fn counts_may_lie() {
    // Three parties are announced, one is there.
    let mut body = vec![0; 46];
    body[30..32].copy_from_slice(&3u16.to_be_bytes());
    body.extend(b"\x27\x04\0\0\0\x08\x28\x02\0\0\x29\x02a\0");
    let event = CallConferencedEvent::decode_body(version(14), &body).unwrap();
    assert_eq!(event.parties.declared_count(), Some(3));
    assert_eq!(event.parties.len(), 1);
    // The encoder tells the truth.
    assert_eq!(body_of(&event, version(14))[30..32], [0, 1]);
}

fn parties(floating: &[u8]) -> Vec<(Option<u32>, Option<u16>, Option<String>)> {
    let body = [&[0; 46], floating].concat();
    let event = CallConferencedEvent::decode_body(version(14), &body).unwrap();
    let parties = event.parties.iter().map(|party| {
        let device = party.connected_party_device_id.map(|device| device.to_string());
        let call = party.connected_party_call_id.map(|call| call.0);
        (call, party.connected_party_device_id_type.map(|kind| kind.0), device)
    });
    parties.collect()
}

#[test]
fn entries_are_runs_of_fields() {
    let full = |call, device: &str| (Some(call), Some(0), Some(device.to_string()));
    let two = b"\x27\x04\0\0\0\x08\x28\x02\0\0\x29\x02a\0\x27\x04\0\0\0\x09\x28\x02\0\0\x29\x02b\0";
    assert_eq!(parties(two), [full(8, "a"), full(9, "b")]);
    // Other fields may stand in between, unknown ones too.
    let mixed = b"\x27\x04\0\0\0\x08\xC8\x00\x28\x02\0\0\x25\x02x\0\x29\x02a\0";
    assert_eq!(parties(mixed), [full(8, "a")]);
    // A field may be missing, the first one too.
    let gaps = b"\x27\x04\0\0\0\x08\x29\x02a\0\x27\x04\0\0\0\x09\x28\x02\0\0\x28\x02\0\x01\x29\x02c\0";
    let expected = [
        (Some(8), None, Some("a".to_string())),
        (Some(9), Some(0), None),
        (None, Some(1), Some("c".to_string())),
    ];
    assert_eq!(parties(gaps), expected);
    assert_eq!(parties(b""), []);
}

#[test]
fn lists_can_be_read_again_and_again() {
    let body = [&[0; 46][..], b"\x27\x04\0\0\0\x08\x27\x04\0\0\0\x09"].concat();
    let event = CallConferencedEvent::decode_body(version(14), &body).unwrap();
    for _ in 0..2 {
        assert_eq!(event.parties.iter().filter_map(|party| party.connected_party_call_id).count(), 2);
    }
    assert_eq!(event.parties.iter().nth(1).unwrap().connected_party_call_id, Some(CallId(9)));
    assert!(!event.parties.is_empty());
}

#[test]
fn named_variables_are_split_at_their_nuls() {
    let read = |data: &[u8]| {
        let body = [&[0; 54][..], &[0, 82, 0, data.len() as u8], data].concat();
        let event = CallDeliveredEvent::decode_body(version(20), &body).unwrap();
        let variable = event.named_variables.iter().next().unwrap();
        (variable.name.to_string(), variable.value.to_string())
    };
    let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
    assert_eq!(read(b"user.a\x001\0"), pair("user.a", "1"));
    assert_eq!(read(b"user.a\x001"), pair("user.a", "1"));
    assert_eq!(read(b"user.a\0\0"), pair("user.a", ""));
    assert_eq!(read(b"user.a"), pair("user.a", ""));
    assert_eq!(read(b""), pair("", ""));

    let body = [&[0; 54][..], b"\0\x53\0\x05\x09a\0b\0"].concat();
    let event = CallDeliveredEvent::decode_body(version(20), &body).unwrap();
    let element = NamedArray { index: 9, name: "a".into(), value: "b".into() };
    assert_eq!(event.named_arrays.iter().collect::<Vec<_>>(), [element]);
    assert_eq!(event.named_variables.iter().collect::<Vec<NamedVariable<'_>>>(), []);
}

#[test]
fn a_field_that_comes_again_is_unknown_whatever_its_length() {
    // OPEN_CONF: NumPeripherals twice, the second time with 3 bytes.
    let body = [&[0; 26][..], b"\xE4\x02\0\0\xE4\x03\0\0\0"].concat();
    assert_eq!(Tag::NUM_PERIPHERALS.0, 0xE4);
    let conf = OpenConf::decode_body(version(14), &body).unwrap();
    let unknown: Vec<_> = conf.unknown.iter().collect();
    assert_eq!(unknown, [FloatingField { tag: Tag::NUM_PERIPHERALS, data: b"\0\0\0" }]);
}

/// Two records of CONFIG_AGENT_EVENT, the second without most of its fields, with arrays in this form.
fn agents(arrays: &[u8]) -> Vec<u8> {
    let mut body = b"\0\x02".to_vec();
    body.extend(b"\0\xB7\0\x02\0\0\0\xBE\0\x051001\0\0\xBF\0\x02\0\x02"); // RecordType, LoginID, NumSkills 2
    body.extend(arrays);
    body.extend(b"\x01\x90\0\x01?"); // a field that the record does not know
    body.extend(b"\0\xB7\0\x02\0\x01\x01\x0B\0\x04\xFF\xFF\xFF\xFF"); // RecordType, AgentDeskSettingsID
    body
}

#[test]
fn records_have_arrays_in_both_forms() {
    let skills = |body: &[u8]| -> Vec<(u32, u16)> {
        let event = ConfigAgentEvent::decode_body(version(25), body).unwrap();
        let record = event.records.iter().next().unwrap();
        assert_eq!(record.skills.declared_count(), Some(2));
        let number = |number: Option<SkillGroupNumber>| number.unwrap().0;
        let skill = |skill: AgentSkill| {
            (number(skill.flt_skill_group_number), skill.flt_skill_group_priority.unwrap())
        };
        record.skills.iter().map(skill).collect()
    };
    let expected = [(17, 1), (18, 2)];
    // Two arrays, an element a field.
    let by_array =
        agents(b"\0\x3E\0\x04\0\0\0\x11\0\x3E\0\x04\0\0\0\x12\0\x40\0\x02\0\x01\0\x40\0\x02\0\x02");
    assert_eq!(skills(&by_array), expected);
    // Two arrays, a field each.
    let in_one = agents(b"\0\x3E\0\x08\0\0\0\x11\0\0\0\x12\0\x40\0\x04\0\x01\0\x02");
    assert_eq!(skills(&in_one), expected);
    // Entry by entry.
    let by_entry =
        agents(b"\0\x3E\0\x04\0\0\0\x11\0\x40\0\x02\0\x01\0\x3E\0\x04\0\0\0\x12\0\x40\0\x02\0\x02");
    assert_eq!(skills(&by_entry), expected);

    // What came an element a field goes back in the same order; an array in one field is taken apart.
    for body in [&by_array, &by_entry] {
        let event = ConfigAgentEvent::decode_body(version(25), body).unwrap();
        assert_eq!(&body_of(&event, version(25)), body);
    }
    let event = ConfigAgentEvent::decode_body(version(25), &in_one).unwrap();
    assert_eq!(body_of(&event, version(25)), by_array);

    // Where one array is longer, an element of the other is missing.
    let longer = agents(b"\0\x3E\0\x08\0\0\0\x11\0\0\0\x12\0\x40\0\x02\0\x01");
    let event = ConfigAgentEvent::decode_body(version(25), &longer).unwrap();
    let skills: Vec<_> = event.records.iter().next().unwrap().skills.iter().collect();
    let number = |number: u32| Some(SkillGroupNumber(number));
    let expected = [
        AgentSkill { flt_skill_group_number: number(17), flt_skill_group_priority: Some(1) },
        AgentSkill { flt_skill_group_number: number(18), flt_skill_group_priority: None },
    ];
    assert_eq!(skills, expected);
}

#[test]
fn records_leave_out_fields_and_keep_unknown_ones() {
    let body = agents(b"");
    let event = ConfigAgentEvent::decode_body(version(25), &body).unwrap();
    let records: Vec<_> = event.records.iter().collect();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].login_id.unwrap(), "1001");
    assert_eq!(records[0].agent_desk_settings_id, None);
    let unknown: Vec<_> = records[0].unknown.iter().map(|field| (field.tag.0, field.data)).collect();
    assert_eq!(unknown, [(400, &b"?"[..])], "an unknown field belongs to its record");
    assert_eq!(records[1].login_id, None);
    assert_eq!(records[1].agent_desk_settings_id, Some(AgentDeskSettingsId(0xFFFF_FFFF)));
    assert!(records[1].unknown.is_empty());
    assert!(event.unknown.is_empty());
    // Only the count that lied is put right: two skill groups were announced, none was there.
    let mut expected = body.clone();
    expected[22] = 0;
    assert_eq!(body_of(&event, version(25)), expected);
}

#[test]
fn records_of_agent_services_end_with_their_type() {
    let record = |agent: u8, services: &[u8], kind: u8| {
        let mut bytes =
            [&b"\0\x8D\0\x04\0\0\0"[..], &[agent], b"\x01\x36\0\x02\0", &[services.len() as u8]].concat();
        services.iter().for_each(|service| bytes.extend([&b"\x01\x35\0\x02\0"[..], &[*service]].concat()));
        bytes.extend([&b"\0\xB7\0\x02\0"[..], &[kind]].concat());
        bytes
    };
    // The second record lacks the field that begins the others.
    let second = record(8, &[2], 1);
    let body = [&b"\0\x03"[..], &record(7, &[1, 2], 0), &second[8..], &record(9, &[], 2)].concat();
    let event = ConfigAgentServiceEvent::decode_body(version(24), &body).unwrap();
    let records: Vec<_> = event
        .records
        .iter()
        .map(|record| {
            let services: Vec<_> = record.enabled_services.iter().map(|service| service.0).collect();
            (record.agent_skill_target_id.map(|agent| agent.0), services, record.record_type.unwrap().0)
        })
        .collect();
    assert_eq!(records, [(Some(7), vec![1, 2], 0), (None, vec![2], 1), (Some(9), vec![], 2)]);
    assert_eq!(body_of(&event, version(24)), body);
    // The guide's tag table has the number 185 for AgentSkillTargetID too.
    let other: Vec<u8> = body.iter().map(|&byte| if byte == 0x8D { 0xB9 } else { byte }).collect();
    assert_eq!(ConfigAgentServiceEvent::decode_body(version(24), &other).unwrap(), event);
    let raw = RawMessage { message_type: MessageType::CONFIG_AGENT_SERVICE_EVENT, body: &other };
    let names: Vec<_> =
        ged188::view::Fields::new(version(24), raw).unwrap().map(|field| field.unwrap().name()).collect();
    assert_eq!(names[1], Some("AgentSkillTargetID"));
}

#[test]
fn auto_work_takes_two_or_four_bytes() {
    // CONFIG_SKILL_GROUP_EVENT with a record of RecordType (tag 183) and AutoWork (tag 185).
    for (auto_work, value) in
        [(&b"\xB9\x02\0\x01"[..], 1), (b"\xB9\x04\0\0\0\x01", 1), (b"\xB9\x04\0\0\0\0", 0)]
    {
        let body = [b"\0\x01\xB7\x02\0\0", auto_work].concat();
        let event = ConfigSkillGroupEvent::decode_body(version(15), &body).unwrap();
        let record = event.records.iter().next().unwrap();
        assert_eq!(record.auto_work.unwrap().0, value);
        assert!(record.unknown.is_empty() && event.unknown.is_empty());
    }
    let body = b"\0\x01\xB7\x02\0\0\xB9\x03\0\0\x01";
    let event = ConfigSkillGroupEvent::decode_body(version(15), body).unwrap();
    let record = event.records.iter().next().unwrap();
    assert_eq!((record.auto_work, record.unknown.iter().count()), (None, 1));
}

#[test]
fn errors_name_message_field_and_place() {
    let error = |message_type, version_number, body: &[u8]| -> (DecodeError, String) {
        let error = Message::decode(version(version_number), RawMessage { message_type, body }).unwrap_err();
        (error, error.to_string())
    };
    // AlertingDeviceID says 80 bytes, 12 are left.
    let mut body = vec![0; 54];
    body.extend(b"\x19\x0d206555121234\0\x1a\x50");
    body.extend([b'x'; 12]);
    let (problem, text) = error(MessageType::CALL_DELIVERED_EVENT, 14, &body);
    assert_eq!(text, "CALL_DELIVERED_EVENT: AlertingDeviceID (tag 26) at byte 69 says 80 bytes, 12 are left");
    assert_eq!(problem.status(), StatusCode::E_CTI_INVALID_FIELD_LENGTH);

    let (problem, text) = error(MessageType::MONITOR_START_CONF, 9, &[0, 0, 0, 1, 0]);
    assert_eq!(text, "MONITOR_START_CONF: the fixed part takes 8 bytes, 5 are there");
    assert_eq!(problem.status(), StatusCode::E_CTI_BAD_MESSAGE_FORMAT);

    let (problem, text) = error(MessageType::CALL_HELD_EVENT, 20, &held(b"\0\x19\0"));
    assert_eq!(text, "CALL_HELD_EVENT: 3 bytes are left at byte 22, too few for a floating field");
    assert_eq!(problem.status(), StatusCode::E_CTI_INVALID_MESSAGE_LENGTH);

    let (_, text) = error(MessageType::HEARTBEAT_REQ, 9, b"\0\0\0\x01\xC8\x09abc");
    assert_eq!(text, "HEARTBEAT_REQ: an unknown field (tag 200) at byte 4 says 9 bytes, 3 are left");
}

/// A number of another length than its type costs nothing but itself.
#[test]
fn a_field_of_the_wrong_length_is_kept_as_unknown() {
    // OPEN_CONF of version 14 with NumPeripherals (tag 228, USHORT) of one byte, between two fields that are sound.
    let body = [[0; 26].as_slice(), b"\x05\x03ab\0", b"\xE4\x01\x07", b"\x04\x05\x35001\0"].concat();
    let conf = OpenConf::decode_body(version(14), &body).unwrap();
    assert_eq!((conf.agent_id, conf.agent_extension), (Some("ab".into()), Some("5001".into())));
    let unknown: Vec<_> = conf.unknown.iter().collect();
    assert_eq!(unknown, [FloatingField { tag: Tag(228), data: &[7] }]);
    // Encoding writes it behind the others.
    let again = body_of(&conf, version(14));
    assert_eq!(again[26..], b"\x04\x05\x35001\0\x05\x03ab\0\xE4\x01\x07"[..]);
    // The bytes as they came are there too.
    assert_eq!(conf.unknown.original(), Some((version(14), &body[..])));
    // The view shows it by its name.
    let raw = RawMessage { message_type: MessageType::OPEN_CONF, body: &body };
    let fields = ged188::view::Fields::new(version(14), raw).unwrap().map(Result::unwrap);
    let odd: Vec<_> = fields.filter(|field| field.has_wrong_length()).collect();
    assert_eq!((odd.len(), odd[0].name(), odd[0].data()), (1, Some("NumPeripherals"), &[7][..]));
    // A sound one behind it counts.
    let body = [[0; 26].as_slice(), b"\xE4\x01\x07", b"\xE4\x02\0\0"].concat();
    assert_eq!(OpenConf::decode_body(version(14), &body).unwrap().unknown.iter().count(), 1);
}

#[test]
fn a_member_of_a_list_of_the_wrong_length_is_kept_as_unknown() {
    // CALL_CONFERENCED_EVENT with a ConnectedPartyCallID (tag 39, UINT) of two bytes, before one that is sound.
    let body = [[0; 46].as_slice(), b"\x27\x02\0\x01", b"\x27\x04\0\0\x01\x2C"].concat();
    let event = CallConferencedEvent::decode_body(version(9), &body).unwrap();
    let parties: Vec<_> = event.parties.iter().map(|party| party.connected_party_call_id).collect();
    assert_eq!(parties, [Some(CallId(300))]);
    let unknown: Vec<_> = event.unknown.iter().collect();
    assert_eq!(unknown, [FloatingField { tag: Tag(39), data: &[0, 1] }]);
}

/// What stands before the damage can be had.
#[test]
fn a_message_that_is_cut_short_keeps_what_can_be_read() {
    let mut body = held(b"\x19\x055001\0");
    body.extend(b"\x1F\x09ab");
    let raw = RawMessage { message_type: MessageType::CALL_HELD_EVENT, body: &body };
    let (message, error) = Message::decode_readable(version(14), raw);
    let Message::CallHeldEvent(event) = message else { panic!("{message:?}") };
    assert_eq!((event.monitor_id, event.connection_device_id), (MonitorId(7), Some("5001".into())));
    let error = error.unwrap();
    assert_eq!(error, Message::decode(version(14), raw).unwrap_err());
    assert_eq!(error.offset, 22 + 7);
    // Without a whole fixed part there is no typed message.
    let raw = RawMessage { body: &body[..10], ..raw };
    let (message, error) = Message::decode_readable(version(14), raw);
    assert_eq!((message, error.unwrap().offset), (Message::Unknown(raw.in_version(version(14))), 10));
    let raw = RawMessage { body: &held(b"")[..], ..raw };
    assert!(Message::decode_readable(version(14), raw).1.is_none());
}

/// The guides of versions 24 and 25 print FailureCode USHORT and PeripheralErrorCode UINT in place of Status UINT.
#[test]
fn failures_have_their_status_in_either_layout() {
    for number in [9, 15, 19, 20, 24, 25] {
        let conf = |body| FailureConf::decode_body(version(number), body).unwrap();
        let usual = conf(b"\0\0\0\x07\0\0\0\x12");
        let short = conf(b"\0\0\0\x07\0\x12\0\0\0\x63");
        for conf in [usual, short] {
            assert_eq!((conf.invoke_id, conf.status), (InvokeId(7), StatusCode(18)));
        }
        let event = |body| FailureEvent::decode_body(version(number), body).unwrap();
        assert_eq!(event(b"\0\0\0\x04").status, StatusCode(4));
        let body = b"\0\x04\0\0\0\0";
        assert_eq!(event(body).status, StatusCode(4));
        assert_eq!(event(body).unknown.original(), Some((version(number), &body[..])));
    }
}

#[test]
fn some_numbers_are_read_without_decoding() {
    let body = held(b"");
    let raw = RawMessage { message_type: MessageType::CALL_HELD_EVENT, body: &body };
    assert_eq!(raw.monitor_id(), Some(MonitorId(7)));
    assert_eq!(raw.connection_call_id(), Some(CallId(300)));
    assert_eq!(raw.invoke_id(), None);
    let conference = RawMessage { message_type: MessageType::CALL_CONFERENCED_EVENT, body: &[1; 46] };
    assert_eq!(conference.connection_call_id(), Some(CallId(0x0101_0101)));
    let confirmation =
        RawMessage { message_type: MessageType::MONITOR_START_CONF, body: &[0, 0, 0, 1, 0, 0, 0, 2] };
    assert_eq!(
        (confirmation.invoke_id(), confirmation.monitor_id()),
        (Some(InvokeId(1)), Some(MonitorId(2)))
    );
    assert_eq!(raw.version_number(), None);
    let open = RawMessage { message_type: MessageType::OPEN_REQ, body: &[0, 0, 0, 1, 0, 0, 0, 14] };
    assert_eq!(open.version_number().map(|number| number.0), Some(14));
    assert_eq!(version(14).to_string(), "14");
    assert_eq!(Bytes::from(&b"7"[..]).0, b"7");
    // What is cut off is not there.
    let cut = RawMessage { body: &body[..15], ..raw };
    assert_eq!((cut.monitor_id(), cut.connection_call_id()), (Some(MonitorId(7)), None));
    assert_eq!(RawMessage { message_type: MessageType(9999), ..raw }.monitor_id(), None);
}

#[test]
fn a_view_tells_where_each_field_is() {
    let body = [&[0; 8][..], b"\x05\x03abc\xFA\0"].concat();
    let raw = RawMessage { message_type: MessageType::MONITOR_START_CONF, body: &body };
    let fields = ged188::view::Fields::new(version(14), raw).unwrap();
    let offsets: Vec<_> = fields.map(|field| field.unwrap().offset).collect();
    assert_eq!(offsets, [0, 4, 8, 13]);
}

#[test]
fn defaults_mean_nothing() {
    let request = MonitorStartReq::default();
    assert_eq!(request.monitored_device_type, DeviceIdType::DEVID_NONE);
    assert_eq!(request.connection_device_id_type, ConnectionDeviceIdType::CONNECTION_ID_NONE);
    assert_eq!(request.connection_call_id, None);
    assert_eq!(request.call_msg_mask, CallEventMask::empty());
    assert_eq!(AgentState::default(), AgentState::AGENT_STATE_UNKNOWN);
}

#[test]
fn a_named_array_has_an_index() {
    // InvokeID 1, CallVariableMask 0, NumNamedVariables 0, NumNamedArrays 1.
    let body = |array: &[u8]| [&[0, 0, 0, 1, 0, 0, 0, 0, 0, 1], array].concat();
    for (number, header) in [(9, &[83, 0][..]), (25, &[0, 83, 0, 0])] {
        let body = body(header);
        let request = RegisterVariablesReq::decode_body(version(number), &body).unwrap();
        assert!(request.named_arrays.is_empty());
        assert_eq!(
            request.unknown.iter().map(|field| (field.tag.0, field.data.len())).collect::<Vec<_>>(),
            [(83, 0)]
        );
    }
    let bytes = body(&[83, 1, 7]);
    let request = RegisterVariablesReq::decode_body(version(9), &bytes).unwrap();
    assert_eq!(request.named_arrays.iter().next().unwrap(), NamedArray { index: 7, ..Default::default() });
}

#[test]
fn a_version_is_asked_for_by_its_number() {
    assert_eq!(VersionNumber::from(version(14)), VersionNumber(14));
}

#[test]
fn lists_are_equal_and_shown_by_their_entries() {
    let parties =
        [1, 2].map(|id| ConnectedParty { connected_party_call_id: Some(CallId(id)), ..Default::default() });
    let event = CallConferencedEvent { parties: (&parties).into(), ..Default::default() };
    let body = body_of(&event, version(9));
    let decoded = CallConferencedEvent::decode_body(version(9), &body).unwrap();
    assert_eq!(decoded.parties, event.parties);
    for other in [&parties[..1], &[parties[0]; 2], &[parties[0], parties[1], parties[1]], &[]] {
        assert_ne!(decoded.parties, other.into());
    }
    let shown = format!("{:?}", decoded.parties);
    assert_eq!(shown, format!("{parties:?}"));
    assert!(shown.contains("CallId(2)"), "{shown}");
}

#[test]
fn a_raw_message_tells_its_identifiers_like_any_other() {
    fn ids(message: &impl Encode) -> (Option<InvokeId>, Option<MonitorId>) {
        (message.invoke_id(), message.monitor_id())
    }
    let raw = |message_type, body| RawMessage { message_type, body }.in_version(version(14));
    let conf = raw(MessageType::MONITOR_START_CONF, &[0, 0, 0, 9, 0, 0, 0, 71]);
    assert_eq!(ids(&conf), (Some(InvokeId(9)), Some(MonitorId(71))));
    assert_eq!(ids(&raw(MessageType::CALL_HELD_EVENT, &HELD)), (None, Some(MonitorId(7))));
    assert_eq!(ids(&raw(MessageType::HEARTBEAT_REQ, &[0, 0, 0, 9])), (Some(InvokeId(9)), None));
    assert_eq!(ids(&raw(MessageType(9999), &HELD)), (None, None));
}

#[test]
fn a_message_can_be_written_again_as_it_came_whatever_is_in_it() {
    // A ConnectionDeviceID of 70 bytes, where 64 are allowed, twice, and a PeripheralID field of 3 bytes.
    let long = [&[25, 70][..], &[b'5'; 70], &[25, 2, b'5', 0, 194, 3, 1, 2, 3]].concat();
    let body = held(&long);
    let raw = RawMessage { message_type: MessageType::CALL_HELD_EVENT, body: &body };
    let message = Message::decode(version(14), raw).unwrap();
    let mut out = Vec::new();
    assert!(message.encode_to(version(14), &mut out).is_err());
    let original = message.original().unwrap();
    assert_eq!((original.version, original.raw), (version(14), raw));
    original.encode_to(version(14), &mut out).unwrap();
    assert_eq!(out[8..], body);
    // One that was made has none.
    assert_eq!(Message::from(CallHeldEvent::default()).original(), None);
}
