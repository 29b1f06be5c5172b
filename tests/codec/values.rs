//! What the values in messages do: strings, bytes, passwords, numbers with names.

use std::cmp::Ordering;
use std::collections::HashSet;

use ged188::UnknownFields;
use ged188::id::{InvokeId, TeamId};
use ged188::message::*;
use ged188::named_values::{AgentState, CallEventMask, CtiServiceMask};
use ged188::schema::FieldSchema;
use ged188::view::{Fields, Value};
use ged188::{
    Bool, Bytes, FloatingField, List, MessageBody, MessageType, ProtocolVersion, RawMessage, Secret, Str, Tag,
};

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).expect("a version")
}

#[test]
fn a_string_is_its_text_up_to_the_first_nul() {
    for (data, text, all) in [
        (&b"5001\0"[..], "5001", &b"5001"[..]),
        (b"5001", "5001", b"5001"),
        (b"5001\0\0", "5001", b"5001\0"),
        (b"50\x0001\0", "50", b"50\x0001"),
        (b"\0", "", b""),
        (b"", "", b""),
    ] {
        let string = Str::from_field(data);
        assert_eq!((string.as_bytes(), string.as_field()), (text.as_bytes(), all));
        assert_eq!(string.to_str(), Ok(text));
        assert_eq!(string.is_empty(), text.is_empty());
        assert_eq!(string.to_string(), text);
    }
    assert!(Str::from_field(b"\xFFm\0").to_str().is_err());
    assert_eq!(Str::from_field(b"\xFFm\0").to_string(), "\u{FFFD}m");
    assert_eq!(format!("{:?}", Str::from_field(b"a\"\xFF\0")), r#""a\"\xff""#);
}

#[test]
fn strings_compare_by_their_text() {
    let (padded, plain, other) = (Str::from_field(b"5001\0\0"), Str::new("5001"), Str::new("5002"));
    assert_eq!(padded, plain);
    assert_eq!(Str::from(&b"5001"[..]), plain);
    assert_ne!(plain, other);
    assert!(plain == "5001" && plain != "5002" && plain == *"5001" && plain != *"5002");
    assert_eq!(plain.partial_cmp(&other), Some(Ordering::Less));
    assert_eq!(padded.partial_cmp(&plain), Some(Ordering::Equal));
    assert_eq!([other, plain].iter().max(), Some(&other));
    let set: HashSet<_> = [padded, plain, other].into();
    assert_eq!(set.len(), 2);
    // Many that differ do not all have one hash.
    let hash = |text: &str| {
        use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
        BuildHasherDefault::<DefaultHasher>::default().hash_one(Str::new(text))
    };
    assert_ne!(hash("5001"), hash("5002"));
}

#[test]
fn bytes_are_shown_as_digits_and_passwords_as_dots() {
    assert_eq!(Bytes::from(&[1, 0xAB]), Bytes(&[1, 0xAB]));
    assert_eq!(Bytes::from(&[1, 0xAB][..]), Bytes(&[1, 0xAB]));
    assert_eq!(format!("{:?}", Bytes(&[1, 0xAB])), "01ab");
    assert_eq!(format!("{:?}", Secret::new(Str::new("x"))), "\"…\"");
}

#[test]
fn a_bool_is_true_unless_it_is_0() {
    assert!(!Bool::FALSE.get() && Bool::TRUE.get() && Bool(7).get());
    assert_eq!((Bool::from(false), Bool::from(true)), (Bool(0), Bool(1)));
    let shown = [0, 1, 7].map(|number| format!("{:?}", Bool(number)));
    assert_eq!(shown, ["false", "true", "Bool(7)"]);
}

#[test]
fn numbers_with_names_show_them() {
    assert_eq!(format!("{:?} {}", Tag(25), Tag(25)), "CONNECTION_DEVID 25");
    assert_eq!(format!("{:?}", Tag(9999)), "Tag(9999)");
    assert_eq!(format!("{:?} {}", version(14), version(14)), "ProtocolVersion(14) 14");
    assert_eq!(
        format!("{:?} {:?}", MessageType(95), MessageType(9999)),
        "MONITOR_STOP_REQ MessageType(9999)"
    );
}

#[test]
fn unknown_fields_are_equal_by_tag_and_data_and_do_not_show_the_data() {
    let fields =
        [(9999, &b"one"[..]), (9999, b"two")].map(|(tag, data)| FloatingField { tag: Tag(tag), data });
    let [one, two] = &fields;
    let all = UnknownFields::from(&fields);
    assert_eq!(all, UnknownFields::from(&fields[..]));
    for other in [&[*one][..], &[*one, *one], &[*two, *one], &[]] {
        assert_ne!(all, other.into());
    }
    assert_eq!(format!("{all:?}"), "[FloatingField(Tag(9999), 3 bytes), FloatingField(Tag(9999), 3 bytes)]");
    assert_eq!(all.iter().count(), 2);
}

#[test]
fn a_device_identifier_has_a_field_with_its_type() {
    for schema in MESSAGES {
        let devices = schema.floating_fields().filter_map(FieldSchema::device);
        for device in devices {
            let kind = schema.fixed.iter().chain(schema.floating_fields()).find(|field| field.name == device);
            let kind = kind.expect(device);
            assert!(kind.values.is_some_and(|table| table.name.contains("DeviceIDType")), "{device}");
        }
    }
    let held = CallHeldEvent::SCHEMA.floating_fields().find(|field| field.name == "HoldingDeviceID").unwrap();
    assert_eq!(held.device(), Some("HoldingDeviceType"));
}

#[test]
fn a_view_shows_the_elements_of_an_array_and_no_data() {
    // The first message with many numbers in one field.
    let array = MESSAGES
        .iter()
        .find_map(|schema| {
            let line = schema.floating_fields().find(|field| field.wire.is_array() && field.tag.is_some())?;
            Some((schema, line))
        })
        .expect("arrays");
    let (schema, line) = array;
    let newest = version(25);
    let (size, tag) = (line.wire.size(), line.tag.unwrap());
    let mut body = vec![0; schema.fixed_len(newest)];
    let fixed = schema.fixed_fields(newest).count();
    body.extend([tag.0.to_be_bytes(), (3 * size as u16).to_be_bytes()].concat());
    body.extend((1..=3 * size as u8).collect::<Vec<_>>());
    let raw = RawMessage { message_type: schema.message_type, body: &body };
    let fields: Vec<_> =
        Fields::new(newest, raw).unwrap().collect::<Result<Vec<_>, _>>().unwrap().split_off(fixed);
    for (at, field) in fields.iter().enumerate() {
        assert_eq!((field.element, field.name(), field.tag), (at, Some(line.name), Some(tag)));
        assert_eq!(field.data()[0] as usize, at * size + 1);
        assert!(matches!(field.value, Value::Unsigned(_) | Value::Signed(_)), "{field:?}");
    }
    assert_eq!(fields.len(), 3);
    let shown = format!("{:?}", fields[1]);
    assert!(shown.contains(line.name) && shown.contains("element: 1"), "{shown}");
    // An array with a part of an element has the wrong length: it comes as bytes.
    body.pop();
    body[schema.fixed_len(newest) + 3] -= 1;
    let raw = RawMessage { message_type: schema.message_type, body: &body };
    let odd: Vec<_> =
        Fields::new(newest, raw).unwrap().collect::<Result<Vec<_>, _>>().unwrap().split_off(fixed);
    assert_eq!((odd.len(), odd[0].name(), odd[0].has_wrong_length()), (1, Some(line.name), true));
    assert_eq!(odd[0].value, Value::Bytes(Bytes(odd[0].data())));
}

#[test]
fn strings_are_made_of_what_holds_text() {
    let (owned, shared, bytes) = (String::from("5001"), std::borrow::Cow::Borrowed("5001"), b"5001".to_vec());
    let all = [Str::from("5001"), Str::from(&owned), Str::from(&shared), Str::from(&bytes)];
    assert!(all.iter().all(|text| *text == "5001"));
}

#[test]
fn versions_have_names() {
    let named = [ProtocolVersion::V9, ProtocolVersion::V19, ProtocolVersion::V20, ProtocolVersion::V25];
    assert_eq!(named.map(ProtocolVersion::number), [9, 19, 20, 25]);
    assert_eq!([ProtocolVersion::MIN, ProtocolVersion::MAX], [named[0], named[3]]);
}

#[test]
fn a_message_shows_what_is_there() {
    let teams = [TeamId(5), TeamId(6)];
    let conf = ListAgentTeamConf { invoke_id: InvokeId(7), teams: List::from(&teams), ..Default::default() };
    assert_eq!(
        format!("{conf:?}"),
        "ListAgentTeamConf { invoke_id: InvokeId(7), segment_number: 0, more: last message, teams: [TeamId(5), TeamId(6)] }"
    );
    let event = EndCallEvent { connection_device_id: Some("5001".into()), ..Default::default() };
    assert_eq!(
        format!("{event:?}"),
        "EndCallEvent { monitor_id: MonitorId(0), peripheral_type: PT_NONE, \
         connection_device_id_type: CONNECTION_ID_NONE, connection_device_id: \"5001\" }"
    );
    // In one line for a log, as text of the message's own type and of any.
    let line = "END_CALL_EVENT connection_device_id=\"5001\"";
    assert_eq!(event.to_string(), line);
    assert_eq!(ged188::Message::from(event).to_string(), line);
    assert_eq!(
        conf.to_string(),
        "LIST_AGENT_TEAM_CONF invoke_id=7 more=last message teams=[TeamId(5), TeamId(6)]"
    );
    // A named 0 says something.
    let agent_state = AgentState::AGENT_STATE_LOGIN;
    let state = AgentStateEvent {
        monitor_id: 5.into(),
        agent_state,
        agent_id: Some("300".into()),
        ..Default::default()
    };
    assert_eq!(
        state.to_string(),
        "AGENT_STATE_EVENT monitor_id=5 agent_state=AGENT_STATE_LOGIN agent_mode=not routable agent_availability_status=not available agent_id=\"300\""
    );
}

#[test]
fn masks_are_shown_by_their_names() {
    let shown = |bits: u32| CallEventMask::from_bits_retain(bits).to_string();
    assert_eq!(shown(0), "none");
    assert_eq!(shown(0x0808), "CALL_HELD_MASK | CALL_SERVICE_INITIATED_MASK");
    assert_eq!(shown(u32::MAX), "all");
    assert_eq!(shown(!8), "all except CALL_HELD_MASK");
    // Bits without a name are not lost: 0x200 and 0x1000000 are no services.
    let services = |bits: u32| CtiServiceMask::from_bits_retain(bits).to_string();
    assert_eq!(services(0x204), "CTI_SERVICE_CLIENT_CONTROL | 0x200");
    assert_eq!(services(0x0100_0000), "0x1000000");
    let most = CtiServiceMask::known(version(25)) - CtiServiceMask::CTI_SERVICE_DEBUG;
    assert_eq!(most.to_string(), "all except CTI_SERVICE_DEBUG");
    assert!(services(most.bits() | 0x200).ends_with(" | CTI_SERVICE_ACTIVE_STANDBY | 0x200"));
}

#[test]
fn a_bool_is_shown_as_one() {
    let online = |value| OpenConf { peripheral_online: Bool(value), ..Default::default() }.to_string();
    assert_eq!(online(1), "OPEN_CONF peripheral_online=true");
    assert_eq!(online(0), "OPEN_CONF");
    assert_eq!(online(2), "OPEN_CONF peripheral_online=2");
}

#[test]
fn a_mask_of_all_bits_is_shown() {
    let open = |bits: u32| {
        OpenReq { call_msg_mask: CallEventMask::from_bits_retain(bits), ..Default::default() }.to_string()
    };
    assert_eq!(open(u32::MAX), "OPEN_REQ call_msg_mask=all");
    assert_eq!(open(0), "OPEN_REQ");
}
