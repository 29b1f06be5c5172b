//! Messages given to serde: the guide's names, no passwords, and the same values as the view.

use crate::common::{agreement, random};
use ged188::id::PeripheralId;
use ged188::message::{MESSAGES, Message, OpenReq};
use ged188::named_values::{AgentState, AgentStateMask, CallEventMask, DeviceIdType};
use ged188::record::Revealed;
use ged188::{
    Bytes, Encode, Masks, MessageType, MonitorPlan, OwnedMessage, ProtocolVersion, RawMessage, Secret, Str,
    Tag, Target,
};
use proptest::prelude::*;
use serde_json::json;

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).expect("a version")
}

fn decode(number: u32, message_type: u32, body: &[u8]) -> Message<'_> {
    Message::decode(version(number), RawMessage { message_type: MessageType(message_type), body }).unwrap()
}

#[test]
fn people_get_names() {
    // MONITOR_START_REQ for a device, with a field that it does not know.
    let body =
        b"\0\0\0\x07\0\0\x13\x88\0\0\0\0\x80\0\x00\x03\0\0\0\x10\xFF\xFF\0\x4C\x4C\x055001\0\x5A\x02\x0A\xFF";
    assert_eq!(
        serde_json::to_value(decode(9, 93, body)).unwrap(),
        json!({"MONITOR_START_REQ": {
            "InvokeID": 7,
            "PeripheralID": 5000,
            "ConnectionCallID": 0,
            "CallMsgMask": ["CALL_DELIVERED_MASK", "CALL_QUEUED_MASK", "NETWORK_RECORDING_TARGET_INFO_MASK"],
            "AgentStateMask": ["AGENT_TALKING_MASK"],
            "ConnectionDeviceIDType": "CONNECTION_ID_NONE",
            "MonitoredDeviceType": "DEVID_AGENT_DEVICE",
            "MonitoredDeviceID": "5001",
            "unknown": [{"tag": "AGENT_CONNECTION_DEVID", "data": "0aff"}],
        }})
    );
}

#[test]
fn what_has_no_name_stays_a_number() {
    let body = b"\0\0\0\x01\0\0\0\x02\0\0\0\x03\x40\0\0\0\x80\0\0\0\x00\x0F\x00\x63";
    assert_eq!(
        serde_json::to_value(decode(9, 93, body)).unwrap(),
        json!({"MONITOR_START_REQ": {
            "InvokeID": 1,
            "PeripheralID": 2,
            "ConnectionCallID": 3,
            "CallMsgMask": ["NETWORK_RECORDING_FAILED_MASK"],
            "AgentStateMask": [0x8000_0000u32],
            "ConnectionDeviceIDType": 15,
            "MonitoredDeviceType": 99,
        }})
    );
}

#[test]
fn lists_are_arrays_of_objects() {
    // CONFIG_SERVICE_EVENT: two records, the second with a service's members.
    let body = b"\0\x02\xB7\x02\0\x02\xB8\x04\0\0\0\x07\xB7\x02\0\0\xB8\x04\0\0\0\x08\xBA\x02\0\x02\
        \xBB\x08\0\0\0\x05\0\0\0\x06\xBC\x02\0\x01\xBC\x02\0\x02";
    assert_eq!(
        serde_json::to_value(decode(14, 235, body)).unwrap(),
        json!({"CONFIG_SERVICE_EVENT": {"records": [
            {"RecordType": "Delete", "PeripheralNumber": 7},
            {"RecordType": "Add", "PeripheralNumber": 8, "service_members": [
                {"ServiceMember": 5, "ServicePriority": 1},
                {"ServiceMember": 6, "ServicePriority": 2},
            ]},
        ]}})
    );
}

#[test]
fn unpublished_messages_have_a_body() {
    assert_eq!(
        serde_json::to_value(decode(14, 151, b"\x01\xFE")).unwrap(),
        json!({"Unknown": {"type": "MEDIA_LOGIN_REQ", "body": "01fe"}})
    );
}

#[test]
fn passwords_are_left_out() {
    let open = OpenReq {
        version_number: version(14).into(),
        client_id: Some(Str::new("desk")),
        client_password: Some(Secret::new(Bytes(b"hunter2"))),
        ..OpenReq::default()
    };
    let mut bytes = Vec::new();
    open.encode_to(version(14), &mut bytes).unwrap();
    // The same field once more, which makes it an unknown one.
    bytes.extend(b"\x02\x08hunter2\0");
    let raw = RawMessage { message_type: MessageType::OPEN_REQ, body: &bytes[8..] };
    let message = Message::decode(version(14), raw).unwrap();
    let hex = "68756e74657232";
    for text in [
        serde_json::to_string(&open).unwrap(),
        serde_json::to_string(&message).unwrap(),
        serde_json::to_string(&raw).unwrap(),
    ] {
        assert!(!text.contains("hunter2") && !text.contains(hex), "{text}");
    }
    let mut binary = Vec::new();
    ciborium::into_writer(&message, &mut binary).unwrap();
    assert!(!binary.windows(7).any(|bytes| bytes == b"hunter2"));
}

#[test]
fn other_formats_get_numbers_and_every_field() {
    let body = b"\0\0\0\x07\0\0\x13\x88\0\0\0\0\0\0\x00\x03\0\0\0\x10\xFF\xFF\0\x4C\x4C\x055001\0";
    let value = ciborium::Value::serialized(&decode(9, 93, body)).unwrap();
    let fields = value.as_map().unwrap()[0].1.as_map().unwrap();
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| (name.as_text().unwrap(), value.clone())).collect();
    assert_eq!(fields[3], ("CallMsgMask", 3.into()));
    assert_eq!(fields[6], ("MonitoredDeviceType", 76.into()));
    assert_eq!(fields[7], ("ConnectionDeviceID", ciborium::Value::Null));
    assert_eq!(fields[8], ("MonitoredDeviceID", ciborium::Value::Bytes(b"5001".to_vec())));
    assert_eq!(fields[9], ("unknown", ciborium::Value::Array(vec![])));
    assert_eq!(fields.len(), 10);
    // A format that writes the number of fields first can be read again.
    let mut binary = Vec::new();
    ciborium::into_writer(&decode(9, 93, body), &mut binary).unwrap();
    assert_eq!(ciborium::from_reader::<ciborium::Value, _>(&binary[..]).unwrap(), value);
}

#[test]
fn types_and_tags_are_names_for_people_and_numbers_for_others() {
    let number = |value: u32| ciborium::Value::from(value);
    assert_eq!(ciborium::Value::serialized(&MessageType::MONITOR_STOP_REQ).unwrap(), number(95));
    assert_eq!(ciborium::Value::serialized(&Tag::CONNECTION_DEVID).unwrap(), number(25));
    assert_eq!(serde_json::to_string(&MessageType::MONITOR_STOP_REQ).unwrap(), "\"MONITOR_STOP_REQ\"");
    assert_eq!(serde_json::to_string(&Tag::CONNECTION_DEVID).unwrap(), "\"CONNECTION_DEVID\"");
    assert_eq!(serde_json::to_string(&[MessageType(9999)]).unwrap(), "[9999]");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    /// Typed message and view agree, on messages that the protocol allows.
    #[test]
    fn messages_agree_with_their_view(
        number in 9u32..=25,
        which in 0..MESSAGES.len(),
        chance in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let message_type = MESSAGES[which].message_type;
        if let Some(body) = random::body(&mut chance.into_iter(), version(number), message_type) {
            let raw = RawMessage { message_type, body: &body };
            let (typed, viewed) = agreement::of(version(number), raw).expect("it can be decoded");
            prop_assert_eq!(typed, viewed);
        }
    }

    /// And on any bytes.
    #[test]
    fn bytes_agree_with_their_view(
        number in 9u32..=25,
        which in 0..MESSAGES.len(),
        fields in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..9)), 0..20),
    ) {
        let schema = MESSAGES[which];
        let mut body = vec![0xAB; schema.fixed_len(version(number))];
        if schema.name == "OPEN_REQ" {
            body[4..8].copy_from_slice(&number.to_be_bytes());
        }
        let known: Vec<_> = schema.floating_fields().filter_map(|field| field.tag).collect();
        for (at, data) in fields {
            let tag = if known.is_empty() { 200 } else { known[at.index(known.len())].0 };
            match number < 20 {
                true => body.extend([tag as u8, data.len() as u8]),
                false => body.extend([(tag >> 8) as u8, tag as u8, 0, data.len() as u8]),
            }
            body.extend(data);
        }
        let raw = RawMessage { message_type: schema.message_type, body: &body };
        if let Some((typed, viewed)) = agreement::of(version(number), raw) {
            prop_assert_eq!(typed, viewed);
        }
    }
}

#[test]
fn a_plan_of_monitors_can_be_kept_in_a_file() {
    let mut plan = MonitorPlan::new();
    plan.add(None, Target::trunk("12"), Masks::ALL);
    let masks = Masks {
        calls: CallEventMask::CALL_DELIVERED_MASK,
        agents: AgentStateMask::AGENT_LOGIN_MASK | AgentStateMask::from_bits_retain(0x8000),
    };
    let device = plan.add(Some(PeripheralId(5000)), Target::agent_device("5001"), masks);
    let call = plan.add(None, Target::call(301, Str::from_bytes(b"\xFF1")), Masks::ALL);
    plan.retain(|monitor| {
        !matches!(monitor.target, Target::Device { device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER, .. })
    });
    let text = serde_json::to_string(&plan).unwrap();
    let expected = "[{\"key\":1,\"target\":{\"device\":[\"DEVID_AGENT_DEVICE\",{\"text\":\"5001\"}]},\"peripheral_id\":5000,\
        \"masks\":{\"calls\":[\"CALL_DELIVERED_MASK\"],\"agents\":[\"AGENT_LOGIN_MASK\",32768]},\"previous_id\":null}";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.contains("{\"bytes\":[255,49]}"), "{text}");
    let kept: MonitorPlan = serde_json::from_str(&text).unwrap();
    assert_eq!(kept.iter().collect::<Vec<_>>(), plan.iter().collect::<Vec<_>>());
    assert_eq!(kept.iter().map(|monitor| monitor.key).collect::<Vec<_>>(), [device, call]);
    // And in a format that is not for people.
    let mut bytes = Vec::new();
    ciborium::into_writer(&plan, &mut bytes).unwrap();
    let kept: MonitorPlan = ciborium::from_reader(&bytes[..]).unwrap();
    assert_eq!(kept.iter().collect::<Vec<_>>(), plan.iter().collect::<Vec<_>>());
    // A key stands for one monitor.
    let twice = format!("[{0},{0}]", &expected[1..]);
    let error = serde_json::from_str::<MonitorPlan>(&twice).unwrap_err();
    assert!(error.to_string().starts_with("two monitors have the same key"), "{error}");
    // And there has to be room for more.
    let last = format!("[{}]", &expected[1..]).replace("\"key\":1", "\"key\":4294967294");
    let error = serde_json::from_str::<MonitorPlan>(&last).unwrap_err();
    assert!(error.to_string().starts_with("a key is too large"), "{error}");
}

#[test]
fn values_are_read_by_name_and_by_number() {
    let state = |text: &str| serde_json::from_str::<AgentState>(text).map_err(|error| error.to_string());
    assert_eq!(state("\"AGENT_STATE_TALKING\""), Ok(AgentState(4)));
    assert_eq!(state("4"), Ok(AgentState(4)));
    assert_eq!(state("700"), Ok(AgentState(700)));
    assert!(state("70000").is_err() && state("-1").is_err());
    let error = state("\"TALKING\"").unwrap_err();
    assert!(
        error.starts_with(
            "invalid value: string \"TALKING\", expected a number, or the name of one of AgentState"
        ),
        "{error}"
    );
    let mask = |text: &str| serde_json::from_str::<CallEventMask>(text).map_err(|error| error.to_string());
    assert_eq!(
        mask("[\"CALL_DELIVERED_MASK\",\"CALL_HELD_MASK\"]"),
        Ok(CallEventMask::CALL_DELIVERED_MASK | CallEventMask::CALL_HELD_MASK)
    );
    assert_eq!(mask("1"), Ok(CallEventMask::from_bits_retain(1)));
    assert!(mask("[\"CALL_EATEN_MASK\"]").is_err());
    assert_eq!(serde_json::from_str::<ProtocolVersion>("14").unwrap(), ProtocolVersion::V14);
    assert!(serde_json::from_str::<ProtocolVersion>("26").is_err());
}

#[test]
fn a_record_of_a_message_has_no_password_unless_it_is_asked_for() {
    let open = OpenReq {
        version_number: 14.into(),
        idle_timeout: 20,
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b"swordfish"))),
        ..Default::default()
    };
    let message = OwnedMessage::encode(ProtocolVersion::V14, &open).unwrap();
    let hidden = serde_json::to_string(&message).unwrap();
    assert!(!hidden.contains("swordfish") && !hidden.contains("73776f7264"), "{hidden}");
    assert!(hidden.contains("{\"name\":\"ClientID\",\"tag\":1,\"value\":\"desk\"}"), "{hidden}");
    let revealed = serde_json::to_string(&Revealed(message.encoded())).unwrap();
    assert!(
        revealed.contains("{\"name\":\"ClientPassword\",\"tag\":2,\"value\":\"73776f726466697368\"}"),
        "{revealed}"
    );
    assert_eq!(serde_json::from_str::<OwnedMessage>(&revealed).unwrap(), message);
    // A broken one has no body either.
    let raw =
        RawMessage { message_type: MessageType::OPEN_REQ, body: &message.body()[..message.body().len() - 1] };
    let broken = serde_json::to_string(&raw.in_version(ProtocolVersion::V14)).unwrap();
    assert!(broken.contains("\"error\":\"OPEN_REQ") && !broken.contains("73776f7264"), "{broken}");
}

#[test]
fn a_record_can_be_kept_in_another_format() {
    let body = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0\xC8\x02\x01\x02";
    let raw = RawMessage { message_type: MessageType::END_CALL_EVENT, body };
    let message = OwnedMessage::from(raw.in_version(ProtocolVersion::V14));
    let mut bytes = Vec::new();
    ciborium::into_writer(&message, &mut bytes).unwrap();
    assert_eq!(ciborium::from_reader::<OwnedMessage, _>(&bytes[..]).unwrap(), message);
}
