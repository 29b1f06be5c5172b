//! Encoding is strict: what the guide forbids is an error that names message and field.

use ged188::List;
use ged188::error::EncodeProblem;
use ged188::id::{CallId, InvokeId, MonitorId, TeamId, VersionNumber};
use ged188::message::*;
use ged188::named_values::{AgentFlags, ConfigMask, DeviceIdType, EnabledService, RecordType, SessionType};
use ged188::{
    Bytes, Encode, EncodeError, FloatingField, Message, NamedArray, NamedVariable, ProtocolVersion,
    RawMessage, Secret, Str, Tag,
};

fn error(message: &impl Encode, version: u32) -> String {
    let mut out = [0xEE; 8192];
    let version = ProtocolVersion::new(version).expect("a version");
    let error = message.encode(version, &mut out).expect_err("forbidden");
    assert_eq!(message.encoded_len(version), Err(error));
    let mut vec = vec![1, 2, 3];
    assert_eq!(message.encode_to(version, &mut vec), Err(error));
    assert_eq!(vec, [1, 2, 3], "nothing is appended");
    error.to_string()
}

fn len(message: &impl Encode, version: u32) -> usize {
    let version = ProtocolVersion::new(version).expect("a version");
    message.encoded_len(version).unwrap_or_else(|error| panic!("{error}"))
}

fn encoded(message: &impl Encode, version: u32) -> Vec<u8> {
    let mut out = Vec::new();
    message.encode_to(ProtocolVersion::new(version).expect("a version"), &mut out).expect("allowed");
    out
}

fn open() -> OpenReq<'static> {
    OpenReq {
        version_number: VersionNumber(14),
        client_id: Some("client".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    }
}

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).unwrap()
}

#[test]
fn required_fields_have_to_be_there() {
    assert_eq!(len(&open(), 14), 8 + 44 + 9 + 2);
    assert_eq!(error(&OpenReq { client_id: None, ..open() }, 14), "OPEN_REQ: ClientID is required");
    assert_eq!(
        error(&OpenReq { client_password: None, ..open() }, 14),
        "OPEN_REQ: ClientPassword is required"
    );
    assert_eq!(
        error(&CallDataUpdateEvent::default(), 9),
        "CALL_DATA_UPDATE_EVENT: ConnectionDeviceID is required"
    );
}

#[test]
fn strings_have_to_fit_with_their_nul() {
    let text = "x".repeat(64);
    fn stop(device: &str) -> CallClearedEvent<'_> {
        CallClearedEvent { connection_device_id: Some(Str::new(device)), ..Default::default() }
    }
    assert_eq!(len(&stop(&text[..63]), 9), 8 + 20 + 2 + 64);
    assert_eq!(
        error(&stop(&text), 9),
        "CALL_CLEARED_EVENT: ConnectionDeviceID takes 65 bytes, at most 64 are allowed"
    );
    let has_a_nul = "CALL_CLEARED_EVENT: ConnectionDeviceID has a NUL in its text";
    assert_eq!(error(&stop("50\x0001"), 9), has_a_nul);
    for length in 2..40 {
        for at in 0..length - 1 {
            let mut text = vec![b'7'; length];
            text[at] = 0;
            let text = String::from_utf8(text).unwrap();
            assert_eq!(error(&stop(&text), 9), has_a_nul, "at {at} of {length}");
        }
    }
    let password = Some(Secret::new(Bytes(&[b'x'; 65])));
    assert_eq!(
        error(&OpenReq { client_password: password, ..open() }, 14),
        "OPEN_REQ: ClientPassword takes 65 bytes, at most 64 are allowed"
    );
    let long = [0; 132];
    let event = CallDeliveredEvent { user_to_user_info: Some(Bytes(&long)), ..Default::default() };
    assert_eq!(
        error(&event, 9),
        "CALL_DELIVERED_EVENT: UserToUserInfo takes 132 bytes, at most 131 are allowed"
    );
}

#[test]
fn strings_of_any_length_end_with_one_nul() {
    let digits = "1234567890".repeat(4);
    for length in 0..40 {
        let text = &digits[..length];
        let ended = format!("{text}\0");
        for given in [text, &ended] {
            let event = CallClearedEvent { connection_device_id: Some(given.into()), ..Default::default() };
            let mut narrow = vec![25, length as u8 + 1];
            narrow.extend(ended.as_bytes());
            assert_eq!(encoded(&event, 9)[28..], narrow);
            let mut wide = vec![0, 25, 0, length as u8 + 1];
            wide.extend(ended.as_bytes());
            assert_eq!(encoded(&event, 25)[28..], wide);
        }
    }
}

#[test]
fn a_field_that_the_version_lacks_has_to_be_empty() {
    let open = OpenReq { config_msg_mask: ConfigMask::CONFIG_MSG_AGENT_MASK, ..open() };
    assert_eq!(len(&open, 14), 63);
    let open = OpenReq { version_number: VersionNumber(9), ..open };
    assert_eq!(error(&open, 14), "OPEN_REQ: ConfigMsgMask is not in version 9");

    let conf = OpenConf { session_type: SessionType::STANDBY, ..Default::default() };
    assert_eq!(error(&conf, 23), "OPEN_CONF: SessionType is not in version 23");
    assert_eq!(len(&conf, 24), 8 + 26 + 4 + 2);
    assert_eq!(len(&OpenConf::default(), 9), 8 + 26);

    let failure = FailureConf { cti_os_cil_client_id: Some("x".into()), ..Default::default() };
    assert_eq!(error(&failure, 10), "FAILURE_CONF: CTIOSCILClientID is not in version 10");
    assert_eq!(len(&failure, 11), 8 + 8 + 4);

    // A field that went away.
    let info = QueryDeviceInfoConf { supervision_service_supported: 1, ..Default::default() };
    assert_eq!(error(&info, 10), "QUERY_DEVICE_INFO_CONF: SupervisionServiceSupported is not in version 10");
    assert_eq!(len(&info, 9), len(&QueryDeviceInfoConf::default(), 10) + 4);
}

#[test]
fn a_message_that_the_version_lacks_is_refused() {
    assert_eq!(
        error(&StandbyActiveEvent::default(), 23),
        "STANDBY_ACTIVE_EVENT: the protocol has it from version 24, not in version 23"
    );
    assert_eq!(
        error(&Message::from(StandbyActiveEvent::default()), 23),
        "STANDBY_ACTIVE_EVENT: the protocol has it from version 24, not in version 23"
    );
    assert_eq!(len(&StandbyActiveEvent::default(), 24), 8);
}

#[test]
fn lists_have_the_length_that_the_guide_allows() {
    let party = ConnectedParty { connected_party_call_id: Some(CallId(1)), ..Default::default() };
    let parties = [party; 17];
    let event = CallConferencedEvent { parties: List::from(&parties[..16]), ..Default::default() };
    assert_eq!(len(&event, 9), 8 + 46 + 16 * 6);
    let event = CallConferencedEvent { parties: List::from(&parties), ..Default::default() };
    assert_eq!(error(&event, 9), "CALL_CONFERENCED_EVENT: NumParties would be 17, at most 16 are allowed");

    let teams = [TeamId(1); 65];
    let conf = ListAgentTeamConf { teams: List::from(&teams), ..Default::default() };
    assert_eq!(
        error(&conf, 9),
        "LIST_AGENT_TEAM_CONF: NumberOfAgentTeams would be 65, at most 64 are allowed"
    );
}

#[test]
fn a_count_ends_at_65535() {
    let services = vec![EnabledService(1); 65_536];
    let data = |count| SetAgentServiceDataReq {
        enabled_services: List::from(&services[..count]),
        ..Default::default()
    };
    assert_eq!(
        error(&data(65_536), 24),
        "SET_AGENT_SERVICE_DATA_REQ: NumOfEnabledServices would be 65536, at most 65535 are allowed"
    );
    assert_eq!(len(&data(65_535), 24), 8 + 20 + 6 + 65_535 * 6);
}

#[test]
fn named_variables_have_their_limits() {
    let variable =
        |name: &'static str, value: &'static str| [NamedVariable { name: name.into(), value: value.into() }];
    let register = |list: &'static [NamedVariable<'static>]| RegisterVariablesReq {
        named_variables: List::from(list),
        ..Default::default()
    };
    let long = |count: usize| "x".repeat(count).leak() as &str;
    let case = |name, value| error(&register(variable(name, value).to_vec().leak()), 9);
    let message = "REGISTER_VARIABLES_REQ: NamedVariable";
    assert_eq!(case(long(33), ""), format!("{message} takes 34 bytes, at most 33 are allowed"));
    assert_eq!(case("a", long(211)), format!("{message} takes 212 bytes, at most 211 are allowed"));
    assert_eq!(case("", ""), format!("{message} takes 2 bytes, at least 3 are needed"));
    assert_eq!(case("a\0b", ""), format!("{message} has a NUL in its text"));
    let array = |name: &'static str, value: &'static str| {
        let list = [NamedArray { index: 0, name: name.into(), value: value.into() }].to_vec().leak();
        error(&RegisterVariablesReq { named_arrays: List::from(&*list), ..Default::default() }, 9)
    };
    let message = "REGISTER_VARIABLES_REQ: NamedArray";
    assert_eq!(array(long(33), ""), format!("{message} takes 34 bytes, at most 33 are allowed"));
    assert_eq!(array("a", long(211)), format!("{message} takes 212 bytes, at most 211 are allowed"));
    // Ten of 200 bytes are as much as a message may have.
    let ten = [NamedVariable { name: "user.name".into(), value: long(189).into() }; 10];
    let array = [NamedArray { index: 0, name: "a".into(), value: Str::default() }];
    let full = RegisterVariablesReq { named_variables: List::from(&ten), ..Default::default() };
    assert_eq!(len(&full, 9), 8 + 10 + 10 * 202);
    let more = RegisterVariablesReq { named_arrays: List::from(&array), ..full };
    assert_eq!(
        error(&more, 9),
        "REGISTER_VARIABLES_REQ: NamedArray takes the named variables and arrays of the message to 2004 bytes, \
         at most 2000 are allowed"
    );
}

#[test]
fn a_count_that_the_version_lacks_is_left_out() {
    // NumPeripherals is there since version 14; this one says 0.
    let (newest, none) = (ProtocolVersion::MAX, OpenConf::default());
    let body = [&encoded(&none, newest.number())[8..], &[0, 228, 0, 2, 0, 0]].concat();
    let conf = OpenConf::decode_body(newest, &body).unwrap();
    assert_eq!(conf.peripherals.declared_count(), Some(0));
    for (version, size) in [(13, 0), (14, 4), (20, 6)] {
        assert_eq!(len(&conf, version) - len(&none, version), size, "version {version}");
    }
}

#[test]
fn a_count_that_a_peer_left_out_is_written() {
    // FltPeripheralID without NumPeripherals.
    let newest = ProtocolVersion::MAX;
    let peripheral = [0, 208, 0, 4, 0, 0, 0x13, 0x88];
    let fixed = encoded(&OpenConf::default(), newest.number())[8..].to_vec();
    let body = [&fixed[..], &peripheral].concat();
    let conf = OpenConf::decode_body(newest, &body).unwrap();
    assert_eq!(conf.peripherals.declared_count(), None);
    let expected = [&fixed[..], &[0, 228, 0, 2, 0, 1], &peripheral].concat();
    assert_eq!(encoded(&conf, newest.number())[8..], expected);
}

#[test]
fn entries_have_to_be_told_apart() {
    let call = |id| ConnectedParty { connected_party_call_id: Some(CallId(id)), ..Default::default() };
    let device = ConnectedParty { connected_party_device_id: Some("a".into()), ..Default::default() };
    let event = |parties: &[_]| {
        let event = CallTransferredEvent { parties: List::from(parties), ..Default::default() };
        event.encoded_len(ProtocolVersion::MIN)
    };
    let unclear = EncodeError::Field {
        message: "CALL_TRANSFERRED_EVENT",
        field: "ConnectedPartyCallID",
        problem: EncodeProblem::UnclearEntry,
    };
    // An entry without anything, and one that would look like the end of the first.
    assert_eq!(event(&[call(1), ConnectedParty::default()]), Err(unclear));
    assert_eq!(event(&[call(1), device]), Err(unclear));
    // These can be told apart.
    assert_eq!(event(&[device, call(1)]), Ok(8 + 46 + 4 + 6));
    assert_eq!(event(&[device, device]), Ok(8 + 46 + 4 + 4));

    // The type ends a record of CONFIG_AGENT_SERVICE_EVENT.
    let services = [EnabledService::AGENT_ANSWERS];
    let open_end = ConfigAgentServiceRecord { enabled_services: List::from(&services), ..Default::default() };
    let end = ConfigAgentServiceRecord { record_type: Some(RecordType::ADD), ..Default::default() };
    let both = ConfigAgentServiceRecord { record_type: Some(RecordType::ADD), ..open_end };
    let event = |records: &[_]| {
        let event = ConfigAgentServiceEvent { records: List::from(records), ..Default::default() };
        event.encoded_len(ProtocolVersion::MAX)
    };
    let unclear = EncodeError::Field {
        message: "CONFIG_AGENT_SERVICE_EVENT",
        field: "AgentSkillTargetID",
        problem: EncodeProblem::UnclearEntry,
    };
    assert_eq!(event(&[open_end, end]), Err(unclear));
    assert_eq!(event(&[end, both, open_end]), Ok(8 + 2 + 6 + 18 + 12));
}

#[test]
fn columns_have_to_be_complete() {
    let skills = [AgentSkill {
        flt_skill_group_number: Some(ged188::id::SkillGroupNumber::NULL),
        flt_skill_group_priority: None,
    }];
    let record = ConfigAgentRecord {
        record_type: Some(RecordType::ADD),
        skills: List::from(&skills),
        ..Default::default()
    };
    let records = [record];
    let event = ConfigAgentEvent { records: List::from(&records), ..Default::default() };
    assert_eq!(error(&event, 10), "CONFIG_AGENT_EVENT: FltSkillGroupPriority is required");
}

#[test]
fn unknown_fields_have_to_fit_the_version() {
    let data = [0; 256];
    let conf = |field: &'static FloatingField<'static>| CloseConf {
        unknown: std::slice::from_ref(field).into(),
        ..Default::default()
    };
    let wide: &FloatingField<'_> = Box::leak(Box::new(FloatingField { tag: Tag(256), data: b"x" }));
    assert_eq!(
        error(&conf(wide), 19),
        "CLOSE_CONF: an unknown field has a tag, 256, too large for version 19"
    );
    assert_eq!(len(&conf(wide), 20), 8 + 4 + 5);
    let long: &FloatingField<'_> =
        Box::leak(Box::new(FloatingField { tag: Tag(200), data: data.to_vec().leak() }));
    assert_eq!(
        error(&conf(long), 19),
        "CLOSE_CONF: an unknown field takes 256 bytes, at most 255 are allowed"
    );
    assert_eq!(len(&conf(long), 20), 8 + 4 + 4 + 256);
}

#[test]
fn the_buffer_has_to_be_large_enough() {
    let request = MonitorStopReq { invoke_id: InvokeId(1), monitor_id: MonitorId(2), ..Default::default() };
    let mut out = [0xEE; 16];
    let error = request.encode(ProtocolVersion::MIN, &mut out[..15]).unwrap_err();
    assert_eq!(error, EncodeError::NoRoom { needed: 16, room: 15 });
    assert_eq!(error.to_string(), "the message takes 16 bytes, the buffer has 15");
    assert_eq!(out[15], 0xEE, "nothing is written behind the buffer");
    assert_eq!(request.encode(ProtocolVersion::MIN, &mut out), Ok(16));
    assert_eq!(out, [0, 0, 0, 8, 0, 0, 0, 95, 0, 0, 0, 1, 0, 0, 0, 2]);
}

#[test]
fn lists_given_as_slices_are_written_entry_by_entry() {
    let team = [
        TeamAgent {
            atc_agent_id: Some("1".into()),
            agent_flags: Some(AgentFlags::SUPERVISOR),
            ..Default::default()
        },
        TeamAgent { atc_agent_id: Some("2".into()), ..Default::default() },
    ];
    let event = AgentTeamConfigEvent { team_id: TeamId(9), agents: List::from(&team), ..Default::default() };
    let mut out = Vec::new();
    event.encode_to(ProtocolVersion::MIN, &mut out).unwrap();
    assert_eq!(
        out[8..],
        [&[0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 9, 0, 2, 0, 0][..], b"\x56\x021\0\x57\x02\0\x04\x56\x022\0"]
            .concat()
    );
    // The columns of an array take turns.
    let skills = [(1, 0), (2, 0)].map(|(number, priority): (u32, u16)| AgentSkill {
        flt_skill_group_number: Some(number.into()),
        flt_skill_group_priority: Some(priority),
    });
    let record = ConfigAgentRecord {
        record_type: Some(RecordType::ADD),
        skills: List::from(&skills),
        ..Default::default()
    };
    let records = [record];
    let event = ConfigAgentEvent { records: List::from(&records), ..Default::default() };
    let mut out = Vec::new();
    event.encode_to(ProtocolVersion::new(10).unwrap(), &mut out).unwrap();
    assert_eq!(
        out[8..],
        *b"\0\x01\xB7\x02\0\0\xBF\x02\0\x02\x3E\x04\0\0\0\x01\x40\x02\0\0\x3E\x04\0\0\0\x02\x40\x02\0\0"
    );
}

#[test]
fn an_empty_list_can_have_a_count() {
    let conf = |peripherals| OpenConf { peripherals, ..Default::default() };
    // Without a list there is no NumPeripherals; with an empty one it is 0.
    assert_eq!(len(&conf(List::default()), 14), 8 + 26);
    assert_eq!(len(&conf(List::from(&[])), 14), 8 + 26 + 4);
}

#[test]
fn raw_messages_go_out_as_they_are_in_their_version() {
    let raw = RawMessage { message_type: ged188::MessageType::BEGIN_TASK_EVENT, body: b"task" };
    let mut out = Vec::new();
    raw.in_version(version(25)).encode_to(version(25), &mut out).unwrap();
    assert_eq!(out, b"\0\0\0\x04\0\0\0\xBFtask");
    // In another version nobody can say what they are.
    let error = raw.in_version(version(25)).encode_to(version(24), &mut out).unwrap_err();
    assert_eq!(
        error.to_string(),
        "BEGIN_TASK_EVENT: the body is written in version 25, and cannot be written in version 24"
    );
    assert_eq!(out.len(), 12, "nothing was appended");
}

#[test]
fn messages_that_came_in_another_version_are_written_anew() {
    let written = |message_type, body, [from, to]: [u32; 2]| {
        let mut out = Vec::new();
        let message = RawMessage { message_type, body }.in_version(version(from));
        message.encode_to(version(to), &mut out).map(|_| out)
    };
    // END_CALL_EVENT: the header of its floating field takes 2 bytes up to version 19, 4 from 20.
    let narrow = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0";
    let wide = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\0\x19\0\x055001\0";
    let end = ged188::MessageType::END_CALL_EVENT;
    let whole = |body: &[u8]| [&[0, 0, 0, body.len() as u8, 0, 0, 0, 24][..], body].concat();
    assert_eq!(written(end, narrow, [19, 20]), Ok(whole(wide)));
    assert_eq!(written(end, wide, [20, 19]), Ok(whole(narrow)));
    assert_eq!(written(end, narrow, [9, 19]), Ok(whole(narrow)));
    // One that cannot be read is passed on in its own version only.
    assert_eq!(written(end, &narrow[..20], [14, 14]), Ok(whole(&narrow[..20])));
    let error = written(end, &narrow[..20], [14, 15]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "END_CALL_EVENT: the body is written in version 14, and cannot be written in version 15"
    );
}

#[test]
fn passwords_do_not_show() {
    let open = OpenReq { client_password: Some(Secret::new(Bytes(b"hunter2"))), ..open() };
    let set = SetAgentStateReq { agent_password: Some(Secret::new("hunter2".into())), ..Default::default() };
    let mut bytes = Vec::new();
    open.encode_to(ProtocolVersion::MAX, &mut bytes).unwrap();
    let raw = RawMessage { message_type: ged188::MessageType::OPEN_REQ, body: &bytes[8..] };
    let field = FloatingField { tag: Tag::CLIENT_PASSWORD, data: b"hunter2" };
    let texts = [format!("{open:?}"), format!("{set:?}"), format!("{raw:?}"), format!("{field:?}")];
    for text in texts {
        assert!(!text.contains("hunter2"), "{text}");
        let bytes = "104, 117, 110";
        assert!(!text.contains(bytes) && !text.contains("68756e"), "{text}");
    }
    assert_eq!(open.client_password.unwrap().reveal().0, b"hunter2");
    assert_eq!(DeviceIdType::default(), DeviceIdType::DEVID_NONE);
}
