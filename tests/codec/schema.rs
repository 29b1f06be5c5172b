//! The schema is what the protocol's tables say: all of it, and no more.

use crate::common::tables;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;

use ged188::id::{InvokeId, MonitorId};
use ged188::message::MESSAGES;
use ged188::named_values::VALUE_TABLES;
use ged188::schema::{FieldSchema, MessageSchema, Need, Sender, ValueKind};
use ged188::tag::TAGS;
use ged188::{Message, MessageType, ProtocolVersion, RawMessage, UNPUBLISHED};

fn schema(number: u32) -> &'static MessageSchema {
    MessageType(number).schema().unwrap_or_else(|| panic!("message {number} has a table"))
}

#[test]
fn messages_are_those_of_the_tables() {
    let expected: BTreeSet<_> = tables::messages().into_iter().map(|m| (m.number, m.name)).collect();
    let found: BTreeSet<_> = MESSAGES.iter().map(|m| (m.message_type.0, m.name.to_string())).collect();
    assert_eq!(found, expected);
    assert_eq!(MESSAGES.len(), 166, "none is there twice");
}

#[test]
fn message_numbers_have_their_names() {
    let types = tables::message_types();
    assert_eq!(types.len(), 244, "166 published, 78 not");
    for number in &types {
        let message_type = MessageType(number.number);
        assert_eq!(message_type.name(), Some(number.name.as_str()));
        assert_eq!(message_type.schema().is_some(), number.published, "{}", number.name);
    }
    assert_eq!(UNPUBLISHED.len(), types.iter().filter(|number| !number.published).count());
    let known: BTreeSet<_> = types.iter().map(|number| number.number).collect();
    for number in (0..1000).filter(|number| !known.contains(number)) {
        assert_eq!(MessageType(number).name(), None, "{number} is not a message");
    }
}

#[test]
fn messages_have_sender_service_reply_and_version() {
    let numbers: BTreeMap<_, _> = tables::messages().into_iter().map(|m| (m.name, m.number)).collect();
    for message in tables::messages() {
        let schema = schema(message.number);
        let name = &message.name;
        let sender = match schema.sender {
            Sender::Client => "client",
            Sender::Server => "server",
            Sender::Both => "both",
        };
        assert_eq!(sender, message.sender, "{name}");
        assert_eq!(schema.service.to_string(), message.service, "{name}");
        assert_eq!(schema.reply.map(|reply| reply.0), message.reply.map(|reply| numbers[&reply]), "{name}");
        assert_eq!(schema.since, message.since.unwrap_or(9), "{name}");
    }
}

/// What generic code can ask of any message.
#[test]
fn messages_tell_what_they_are() {
    let version = ProtocolVersion::MAX;
    for message in tables::messages() {
        let schema = schema(message.number);
        let mut body = vec![0; schema.fixed_len(version)];
        // In version 25 every message has its identifiers where the table says.
        let mut offset = 0;
        let (mut invoke_id, mut monitor_id) = (None, None);
        for (at, field) in message.fixed.iter().filter(|field| field.is_in(&message, 25)).enumerate() {
            let size = schema.fixed_fields(version).nth(at).unwrap().wire.size();
            let id = match field.name.as_str() {
                "InvokeID" => invoke_id.insert(InvokeId(70_001)).0,
                "MonitorID" => monitor_id.insert(MonitorId(70_002)).0,
                "VersionNumber" => 25,
                _ => 0,
            };
            if size == 4 {
                body[offset..offset + 4].copy_from_slice(&id.to_be_bytes());
            }
            offset += size;
        }
        let raw = RawMessage { message_type: MessageType(message.number), body: &body };
        let decoded = Message::decode(version, raw).unwrap();
        assert_eq!(decoded.name(), Some(message.name.as_str()));
        assert_eq!(decoded.message_type().0, message.number);
        assert_eq!(decoded.invoke_id(), invoke_id, "{}", message.name);
        assert_eq!(decoded.monitor_id(), monitor_id, "{}", message.name);
        assert_eq!(decoded.is_request(), message.reply.is_some(), "{}", message.name);
        assert_eq!(decoded.reply().and_then(MessageType::name), message.reply.as_deref());
        assert_eq!(decoded.sender(), Some(schema.sender));
        assert_eq!(decoded.since(), Some(message.since.unwrap_or(9)));
        assert_eq!(MessageType::named(&message.name), Some(MessageType(message.number)));
    }
    let raw = RawMessage { message_type: MessageType::MEDIA_LOGIN_REQ, body: b"?" };
    let unknown = Message::decode(version, raw).unwrap();
    assert_eq!((unknown.name(), unknown.sender(), unknown.reply()), (Some("MEDIA_LOGIN_REQ"), None, None));
    assert_eq!(MessageType::named("MEDIA_LOGIN_REQ"), Some(MessageType(151)));
    assert_eq!(MessageType::named("PING"), None);
}

#[test]
fn fields_are_those_of_the_tables() {
    for message in tables::messages() {
        let schema = schema(message.number);
        let floating: Vec<_> = schema.floating_fields().collect();
        assert_eq!(schema.fixed.len(), message.fixed.len(), "{}: fixed part", message.name);
        assert_eq!(floating.len(), message.floating.len(), "{}: floating part", message.name);
        for (found, expected) in schema.fixed.iter().zip(&message.fixed) {
            check_field(&message, found, expected);
            assert_eq!(found.tag, None);
        }
        for (found, expected) in floating.into_iter().zip(&message.floating) {
            check_field(&message, found, expected);
            let Some(tag) = found.tag else { continue };
            for number in [9, found.since, found.until.min(25), 25] {
                let version = ProtocolVersion::new(number.into()).expect("a version");
                let known = schema.floating_field(version, tag);
                assert_eq!(known.is_some_and(|known| known.name == found.name), found.is_in(version));
            }
        }
    }
}

fn check_field(message: &tables::Message, found: &FieldSchema, expected: &tables::Field) {
    let at = format!("{}: {}", message.name, expected.name);
    assert_eq!(found.name, expected.name, "{at}");
    assert_eq!(found.wire.to_string(), expected.wire, "{at}");
    assert_eq!(found.tag.map(|tag| tag.0), expected.tag, "{at}");
    assert_eq!(found.max.map(NonZeroU16::get), expected.max, "{at}");
    assert_eq!(found.since, expected.since(message), "{at}");
    assert_eq!(found.until, expected.until(), "{at}");
    assert_eq!(found.count(), expected.count.as_deref(), "{at}");
    assert_eq!(found.nullable, expected.null.is_some(), "{at}");
    let need = match found.need {
        Need::Required => "required",
        Need::Conditional => "conditional",
        Need::Optional => "optional",
    };
    assert_eq!(need, expected.need.as_deref().unwrap_or("optional"), "{at}");
    assert_eq!(found.secret, ["ClientPassword", "AgentPassword"].contains(&found.name), "{at}");
    check_values(found, expected, &at);
    check_limit(found, expected, &at);
}

/// A field has the values that its table names, or those printed with it.
fn check_values(found: &FieldSchema, expected: &tables::Field, at: &str) {
    let inline: Option<BTreeSet<u32>> = expected.inline.as_ref().map(|values| {
        let number = |text: &str| match text.strip_prefix("0x") {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => text.parse(),
        };
        values.keys().map(|text| number(text).expect("a number")).collect()
    });
    match (&expected.values, inline) {
        (Some(name), None) => assert_eq!(found.values.map(|table| table.name), Some(name.as_str()), "{at}"),
        (None, Some(inline)) => {
            let table = found.values.unwrap_or_else(|| panic!("{at} has values"));
            let known: BTreeSet<u32> = table.values.iter().map(|named| named.value).collect();
            assert!(known.is_superset(&inline), "{at}: {known:?}, {inline:?}");
        }
        // The guide names a table, and prints other values with the field: one of the two.
        (Some(name), Some(inline)) => {
            let table = found.values.unwrap_or_else(|| panic!("{at} has values"));
            let known: BTreeSet<u32> = table.values.iter().map(|named| named.value).collect();
            assert!(table.name == name || known == inline, "{at}");
        }
        (None, None) => {
            let inline = |kind| matches!(kind, ValueKind::InlineEnum | ValueKind::InlineMask);
            assert!(found.values.is_none_or(|table| inline(table.kind)), "{at} has a table of values");
        }
    }
}

/// A count has the limit that the tables' remark tells.
fn check_limit(found: &FieldSchema, expected: &tables::Field, at: &str) {
    let after = |words: &str| {
        let (_, rest) = expected.note.split_once(words)?;
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        number.parse::<u16>().ok()
    };
    let limit = match expected.name.starts_with("Num") {
        true => after("at most ").or_else(|| after("1 to ")).or_else(|| after("up to ")),
        false => None,
    };
    assert_eq!(found.limit.map(NonZeroU16::get), limit, "{at}");
}

#[test]
fn tags_are_those_of_the_tables() {
    let expected: BTreeSet<_> = tables::tags()
        .into_iter()
        .map(|tag| (tag.number, tag.name, tag.since.unwrap_or(9), tag.until.unwrap_or(u8::MAX)))
        .collect();
    let found: BTreeSet<_> =
        TAGS.iter().map(|tag| (tag.tag.0, tag.name.to_string(), tag.since, tag.until)).collect();
    assert_eq!(found, expected);
    assert_eq!(TAGS.len(), 244);
    assert!(TAGS.is_sorted_by_key(|named| named.tag));
    for tag in TAGS {
        assert_eq!(tag.tag.name(), Some(tag.name));
    }
}

#[test]
fn value_tables_are_those_of_the_tables() {
    let expected = tables::value_tables();
    assert_eq!(expected.len(), 46);
    let found: BTreeMap<_, _> = VALUE_TABLES
        .iter()
        .filter(|table| matches!(table.kind, ValueKind::Enum | ValueKind::Mask))
        .map(|table| (table.name, table))
        .collect();
    assert_eq!(found.len(), expected.len(), "no table is missing, none is more");
    for table in &expected {
        let found = found[table.name.as_str()];
        let kind = match found.kind {
            ValueKind::Mask => "mask",
            _ => "enum",
        };
        assert_eq!(kind, table.kind, "{}", table.name);
        let values: Vec<_> = found.values.iter().map(|v| (v.name, v.value, v.since)).collect();
        let named = |v: &'_ tables::Value| (v.name.clone(), v.value, v.since.unwrap_or(9));
        let wanted: Vec<_> = table.values.iter().map(named).collect();
        let wanted: Vec<_> =
            wanted.iter().map(|(name, value, since)| (name.as_str(), *value, *since)).collect();
        assert_eq!(values, wanted, "{}", table.name);
        for (name, value, _) in wanted {
            assert_eq!(found.value_of(name), Some(value), "{}", table.name);
        }
    }
}

#[test]
fn values_have_names() {
    use ged188::named_values::{CallEventMask, DispositionCode, EventCause, StatusCode};

    assert_eq!(StatusCode::E_CTI_INVALID_MONITORID.0, 55);
    assert_eq!(StatusCode(55).name(), Some("E_CTI_INVALID_MONITORID"));
    assert_eq!(StatusCode(9999).name(), None);
    // The second table of event causes goes on where the first ends.
    assert_eq!(EventCause::CECX_ABAND_RING.0, 1003);
    assert_eq!(EventCause(1003).name(), Some("CECX_ABAND_RING"));
    assert_eq!(DispositionCode::CANT_OBTAIN_TASK_ID.name(), Some("Can't Obtain Task ID"));
    let mask = CallEventMask::CALL_DELIVERED_MASK | CallEventMask::NETWORK_RECORDING_TARGET_INFO_MASK;
    assert_eq!(mask.bits(), 0x8000_0001);
}

#[test]
fn events_pass_by_a_bit_of_their_own() {
    let masked: Vec<_> = MESSAGES.iter().filter_map(|schema| Some((schema, schema.mask?.bits()))).collect();
    let bits: BTreeSet<_> = masked.iter().map(|(_, bit)| *bit).collect();
    assert_eq!((masked.len(), bits.len()), (30, 30), "no bit is for two events");
    let of_events = |schema: &MessageSchema| schema.sender == Sender::Server && schema.reply.is_none();
    assert!(masked.iter().all(|(schema, bit)| bit.is_power_of_two() && of_events(schema)));
}
