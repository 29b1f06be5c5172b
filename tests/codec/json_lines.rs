//! The tools of `examples`: every message becomes JSON and bytes again.

#[path = "../../examples/decode/json_lines.rs"]
mod decode;
#[path = "../../examples/encode/json_lines.rs"]
mod encode;

use crate::common::{specimen, tables};
use std::collections::BTreeMap;

use crate::common::specimen::hex;
use decode::{Outcome, Reading, convert};
use ged188::{MessageType, ProtocolVersion, UNPUBLISHED};
use proptest::prelude::*;

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).expect("a version")
}

fn reading(number: u32) -> Reading {
    Reading { version: version(number), follow: false, limit: 65536, secrets: true }
}

/// What `decode` prints of a stream, and what it writes with `--reencode`.
fn show(reading: Reading, stream: &[u8]) -> (Outcome, String, Vec<u8>) {
    let (mut lines, mut again) = (Vec::new(), Vec::new());
    let outcome = convert(reading, stream, &mut lines, Some(&mut again)).expect("no I/O error");
    (outcome, String::from_utf8(lines).expect("JSON is UTF-8"), again)
}

/// What `encode` makes of lines.
fn encode_all(lines: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in lines.lines() {
        encode::encode(line, &mut bytes).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
    bytes
}

/// A message with this body.
fn message(number: u32, body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32).to_be_bytes(), &number.to_be_bytes()[..], body].concat()
}

#[test]
fn every_message_is_shown_and_made_again() {
    let tables: BTreeMap<_, _> = tables::value_tables().into_iter().map(|t| (t.name.clone(), t)).collect();
    for number in 9..=25 {
        for message in tables::messages() {
            let specimen = specimen::of(&message, number, &tables);
            let known = u32::from(message.since.unwrap_or(9)) <= number;
            let length = specimen.bytes.len() - 8;
            let what = match known {
                true => format!("\"fields\":[{}]", specimen.fields),
                false => format!("\"body\":{}", hex(&specimen.bytes[8..])),
            };
            let expected = format!(
                "{{\"offset\":0,\"length\":{length},\"type\":{},\"name\":\"{}\",\"version\":{number},{what}}}\n",
                message.number, message.name
            );
            let (outcome, shown, again) = show(reading(number), &specimen.bytes);
            assert_eq!(shown, expected);
            assert_eq!(outcome, Outcome::Sound, "{shown}");
            assert_eq!(again, specimen.bytes, "version {number}: {shown}");
            assert_eq!(encode_all(&shown), specimen.bytes, "version {number}: {shown}");
        }
    }
}

#[test]
fn what_has_no_table_keeps_its_body() {
    let unpublished = UNPUBLISHED.iter().map(|&(number, name)| (number.0, format!("\"name\":\"{name}\",")));
    for (number, name) in
        unpublished.chain([(0, String::new()), (290, String::new()), (70000, String::new())])
    {
        let bytes = message(number, b"\x01\x02\xFF");
        let (outcome, shown, again) = show(reading(14), &bytes);
        let expected = format!(
            "{{\"offset\":0,\"length\":3,\"type\":{number},{name}\"version\":14,\"body\":\"0102ff\"}}\n"
        );
        assert_eq!((outcome, shown.as_str(), &again), (Outcome::Sound, expected.as_str(), &bytes));
        assert_eq!(encode_all(&shown), bytes);
    }
}

#[test]
fn after_a_bad_message_the_next_is_read() {
    let bad = message(5, b"\0\0");
    let stream = [message(5, b"\0\0\0\x01"), bad.clone(), message(5, b"\0\0\0\x02")].concat();
    let (outcome, shown, again) = show(reading(9), &stream);
    assert_eq!(outcome, Outcome::SomeBad);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[1],
        "{\"offset\":12,\"length\":2,\"type\":5,\"name\":\"HEARTBEAT_REQ\",\"version\":9,\
         \"fields\":[],\"error\":\"HEARTBEAT_REQ: the fixed part takes 4 bytes, 2 are there\",\"body\":\"0000\"}"
    );
    assert!(lines[2].starts_with("{\"offset\":22,"), "{}", lines[2]);
    assert_eq!(again, stream, "what cannot be decoded is passed on");
    assert_eq!(encode_all(&shown), stream);
}

#[test]
fn of_a_bad_message_the_fields_before_the_error_are_shown() {
    // A MONITOR_STOP_REQ that ends inside its MonitorID, and a CLIENT_EVENT_REPORT_REQ whose first field is too long.
    let fixed = message(95, b"\0\0\0\x07\0\0");
    let floating = message(32, b"\0\0\0\x08\0\0\x1e\x05ab");
    let (_, shown, _) = show(reading(9), &[fixed.clone(), floating.clone()].concat());
    let lines: Vec<_> = shown.lines().collect();
    assert!(
        lines[0].ends_with(
            "\"fields\":[{\"name\":\"InvokeID\",\"value\":7}],\
             \"error\":\"MONITOR_STOP_REQ: the fixed part takes 8 bytes, 6 are there\",\"body\":\"000000070000\"}"
        ),
        "{shown}"
    );
    assert!(lines[1].contains("\"fields\":[{\"name\":\"InvokeID\",\"value\":8}"), "{shown}");
    // The body is what is encoded again.
    assert_eq!(encode_all(&shown), [fixed, floating].concat());
}

#[test]
fn what_the_guide_forbids_cannot_be_encoded_again() {
    // An OPEN_REQ needs a ClientID.
    let body: Vec<u8> = [1u32, 9, 0, 0, 0, 0, 0, 0, 0, 0].iter().flat_map(|n| n.to_be_bytes()).collect();
    let stream = message(3, &body);
    let (outcome, shown, again) = show(reading(9), &stream);
    assert_eq!(outcome, Outcome::SomeBad);
    assert!(
        shown.contains(",\"error\":\"cannot be encoded again: OPEN_REQ: ClientID is required\"}"),
        "{shown}"
    );
    assert_eq!(again, stream);
    let mut lines = Vec::new();
    assert_eq!(
        convert(reading(9), &stream[..], &mut lines, None).unwrap(),
        Outcome::Sound,
        "but it can be read"
    );
}

#[test]
fn an_input_that_ends_early_says_so() {
    let stream = [message(5, b"\0\0\0\x01"), message(5, b"\0\0\0\x02")[..9].to_vec()].concat();
    let (outcome, shown, again) = show(reading(9), &stream);
    assert_eq!(outcome, Outcome::Broken);
    assert_eq!(
        shown.lines().last().unwrap(),
        "{\"offset\":12,\"error\":\"the input ends inside a message, after 9 bytes of it\",\"bytes\":\"000000040000000500\"}"
    );
    assert_eq!(again, stream[..12]);
    assert_eq!(encode_all(&shown), stream);
}

#[test]
fn a_lost_stream_says_so() {
    let stream = [message(5, b"\0\0\0\x01"), b"HTTP/1.1 200 OK".to_vec()].concat();
    let (outcome, shown, _) = show(reading(9), &stream);
    assert_eq!(outcome, Outcome::Broken);
    assert_eq!(
        shown.lines().last().unwrap(),
        "{\"offset\":12,\"error\":\"a message announces a body of 1213486160 bytes, at most 65536 are taken\"}"
    );
    let mut out = Vec::new();
    let error = encode::encode(shown.lines().last().unwrap(), &mut out).unwrap_err();
    assert_eq!(error, "the stream was lost here, its bytes are gone");
    // A limit of one's own.
    let mut small = reading(9);
    small.limit = 3;
    assert_eq!(show(small, &stream).0, Outcome::Broken);
}

#[test]
fn an_open_req_brings_the_version_of_what_follows() {
    let open = |version: u32| {
        let mut fixed = vec![1, version, 0, 0, 0, 0, 0, 0];
        fixed.extend(vec![0; if version < 10 { 2 } else { 3 }]);
        let mut body: Vec<u8> = fixed.iter().flat_map(|n: &u32| n.to_be_bytes()).collect();
        body.extend(if version < 20 {
            &b"\x01\x02a\0\x02\x01\0"[..]
        } else {
            b"\0\x01\0\x02a\0\0\x02\0\x01\0"
        });
        message(3, &body)
    };
    // SESSION_MONITOR_START_CONF has no version of its own.
    let stream = [open(9), message(5, b"\0\0\0\x01"), open(24), message(5, b"\0\0\0\x02")].concat();
    let follow = Reading { follow: true, ..reading(9) };
    let (outcome, shown, again) = show(follow, &stream);
    assert_eq!(outcome, Outcome::Sound, "{shown}");
    let versions: Vec<_> = shown
        .lines()
        .map(|line| line.split("\"version\":").nth(1).unwrap()[..2].trim_end_matches(','))
        .collect();
    assert_eq!(versions, ["9", "9", "24", "24"]);
    assert_eq!(again, stream);
    let kept: Vec<_> = show(reading(14), &stream).1.lines().map(str::to_owned).collect();
    assert!(
        kept[1].contains("\"version\":14") && kept[3].contains("\"version\":14"),
        "a version that is given stays"
    );
}

#[test]
fn arrays_in_one_field_give_an_object_per_element() {
    // CONFIG_SERVICE_EVENT: one record, with two members in one field, and two priorities in a field each.
    let body = b"\0\x01\xB7\x02\0\x01\xBB\x08\0\0\0\x05\0\0\0\x06\xBC\x02\0\x01\xBC\x02\0\x02\xBB\0";
    let bytes = message(235, body);
    assert_eq!(MessageType(235).name(), Some("CONFIG_SERVICE_EVENT"));
    let (outcome, shown, _) = show(reading(14), &bytes);
    assert_eq!(outcome, Outcome::Sound, "{shown}");
    let array = "{\"name\":\"ServiceMember\",\"tag\":187,\"value\":5},\
                 {\"name\":\"ServiceMember\",\"tag\":187,\"element\":1,\"value\":6},\
                 {\"name\":\"ServicePriority\",\"tag\":188,\"value\":1},\
                 {\"name\":\"ServicePriority\",\"tag\":188,\"value\":2},\
                 {\"name\":\"ServiceMember\",\"tag\":187,\"value\":[]}";
    assert!(shown.contains(array), "{shown}");
    assert_eq!(encode_all(&shown), bytes);
}

#[test]
fn what_a_value_does_not_tell_is_kept() {
    // The Text of a SYSTEM_EVENT without its NUL.
    let text = message(31, &[&[0; 24][..], b"\x07\x02hi"].concat());
    let (_, shown, _) = show(reading(9), &text);
    assert!(shown.contains("\"value\":\"hi\",\"raw\":\"6869\""), "{shown}");
    assert_eq!(encode_all(&shown), text);
    // With two.
    let text = message(31, &[&[0; 24][..], b"\x07\x04hi\0\0"].concat());
    let (_, shown, _) = show(reading(9), &text);
    assert!(shown.contains("\"value\":\"hi\",\"raw\":\"68690000\""), "{shown}");
    assert_eq!(encode_all(&shown), text);
}

fn refuse(line: &str) -> String {
    let mut out = b"before".to_vec();
    let error = encode::encode(line, &mut out).expect_err(line);
    assert_eq!(out, b"before", "nothing is half-written");
    error
}

#[test]
fn bad_lines_say_what_is_wrong() {
    let heartbeat = |rest: &str| refuse(&format!("{{\"type\":5,\"version\":9,{rest}}}"));
    assert_eq!(
        heartbeat("\"fields\":[{\"name\":\"InvokeID\",\"value\":-1}]"),
        "HEARTBEAT_REQ: InvokeID: -1 is not a number from 0 to 4294967295"
    );
    assert_eq!(
        heartbeat("\"fields\":[{\"name\":\"InvokeID\",\"value\":4294967296}]"),
        "HEARTBEAT_REQ: InvokeID: 4294967296 is not a number from 0 to 4294967295"
    );
    assert_eq!(
        heartbeat("\"fields\":[{\"name\":\"InvokeID\",\"value\":\"7\"}]"),
        "HEARTBEAT_REQ: InvokeID: \"7\" is not a number from 0 to 4294967295"
    );
    assert_eq!(
        heartbeat("\"fields\":[]"),
        "HEARTBEAT_REQ: InvokeID has to be the next field of the fixed part"
    );
    assert_eq!(
        heartbeat("\"fields\":[{\"name\":\"InvokeID\",\"value\":1},{\"name\":\"X\",\"value\":1}]"),
        "HEARTBEAT_REQ: version 9 has no such field here: X"
    );
    assert_eq!(
        heartbeat("\"fields\":[{\"name\":\"InvokeID\",\"value\":1},{\"tag\":300,\"value\":\"00\"}]"),
        "HEARTBEAT_REQ: tag 300 with 1 bytes does not fit version 9"
    );
    assert_eq!(
        heartbeat("\"fields\":[{\"name\":\"InvokeID\",\"value\":1},{\"tag\":30,\"value\":\"0g\"}]"),
        "HEARTBEAT_REQ: unknown field: \"0g\" is not bytes in hexadecimal"
    );
    assert_eq!(
        heartbeat("\"fields\":[{\"name\":\"InvokeID\",\"value\":1},{\"tag\":30,\"value\":\"000\"}]"),
        "HEARTBEAT_REQ: unknown field: \"000\" is not bytes in hexadecimal"
    );
    assert_eq!(refuse("{\"type\":5,\"fields\":[]}"), "\"version\" is missing");
    assert_eq!(refuse("{\"type\":5,\"version\":26,\"fields\":[]}"), "there is no version 26");
    assert_eq!(refuse("{\"version\":9,\"fields\":[]}"), "\"type\" is missing");
    assert_eq!(refuse("{\"name\":\"PING\",\"version\":9,\"fields\":[]}"), "there is no message PING");
    assert_eq!(
        refuse("{\"type\":6,\"name\":\"HEARTBEAT_REQ\",\"version\":9,\"fields\":[]}"),
        "type 6 is not HEARTBEAT_REQ, which has type 5"
    );
    assert_eq!(
        refuse("{\"type\":151,\"version\":9,\"fields\":[]}"),
        "a message without a published table takes \"body\""
    );
    assert_eq!(refuse("{\"type\":5,"), "column 10: EOF while parsing a value");
    assert_eq!(refuse("{\"type\":5,\"version\":9,\"feilds\":[]}"), "a message takes \"fields\" or \"body\"");
    assert_eq!(
        refuse(
            "{\"type\":3,\"version\":9,\"fields\":[{\"name\":\"InvokeID\",\"value\":1},{\"name\":\"VersionNumber\",\"value\":10}]}"
        ),
        "OPEN_REQ: it asks for version 10, but the record is of version 9"
    );
}

#[test]
fn a_hand_written_line_needs_no_numbers() {
    let line = "{\"after\":0.5,\"name\":\"USER_MESSAGE_CONF\",\"version\":9,\"fields\":[{\"name\":\"InvokeID\",\"value\":7}]}";
    let mut out = Vec::new();
    encode::encode(line, &mut out).unwrap();
    assert_eq!(out, message(108, b"\0\0\0\x07"));
    let line = "{\"name\":\"SYSTEM_EVENT\",\"version\":9,\"fields\":[{\"name\":\"PGStatus\",\"value\":1},\
        {\"name\":\"ICMCentralControllerTime\",\"value\":5000},{\"name\":\"SystemEventID\",\"value\":2},{\"name\":\"SystemEventArg1\",\"value\":0},\
        {\"name\":\"SystemEventArg2\",\"value\":0},{\"name\":\"SystemEventArg3\",\"value\":0},\
        {\"name\":\"Text\",\"value\":\"\\u00e9\\u20ac\\ud83d\\ude00\\n\"}]}";
    out.clear();
    let result = encode::encode(line, &mut out);
    assert_eq!(result, Ok(()));
    assert!(out.ends_with(b"\x07\x0B\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\n\0"), "{out:02x?}");
}

#[test]
fn a_value_can_be_a_name() {
    let line = "{\"name\":\"CHANGE_MONITOR_MASK_REQ\",\"version\":14,\"fields\":[{\"name\":\"InvokeID\",\"value\":7},\
        {\"name\":\"MonitorID\",\"value\":8},{\"name\":\"CallMsgMask\",\"value\":[\"CALL_DELIVERED_MASK\",64]},\
        {\"name\":\"AgentStateMask\",\"value\":\"AGENT_TALKING_MASK\"}]}";
    let mut out = Vec::new();
    encode::encode(line, &mut out).unwrap();
    assert_eq!(out, message(97, b"\0\0\0\x07\0\0\0\x08\0\0\0\x41\0\0\0\x10"));
    let error = refuse(&line.replace("CALL_DELIVERED_MASK", "CALL_EATEN_MASK"));
    assert!(error.starts_with("CHANGE_MONITOR_MASK_REQ: CallMsgMask: the list is not a number"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    /// Whatever the messages hold, what was shown turns back into the same bytes.
    #[test]
    fn lines_lose_nothing(
        number in 9u32..=25,
        bodies in prop::collection::vec((0u32..290, prop::collection::vec(any::<u8>(), 0..200)), 0..6),
        cut in prop::option::of(0usize..300),
    ) {
        let mut stream: Vec<u8> = bodies.iter().flat_map(|(number, body)| message(*number, body)).collect();
        stream.truncate(cut.unwrap_or(usize::MAX));
        let (_, shown, again) = show(reading(number), &stream);
        prop_assert_eq!(encode_all(&shown), &stream[..]);
        prop_assert!(again.len() <= stream.len() || bodies.iter().any(|(number, _)| MessageType(*number).schema().is_some()));
    }

    /// The same with fields that the messages have, cut, doubled and out of order.
    #[test]
    fn fields_lose_nothing(
        number in 9u32..=25,
        which in 0..ged188::message::MESSAGES.len(),
        fields in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..9)), 0..20),
    ) {
        let schema = ged188::message::MESSAGES[which];
        let version = version(number);
        let mut body = vec![0xAB; schema.fixed_len(version)];
        if schema.name == "OPEN_REQ" {
            body[4..8].copy_from_slice(&number.to_be_bytes());
        }
        let known: Vec<_> = schema.floating_fields().filter_map(|field| field.tag).collect();
        for (at, data) in fields {
            let tag = if known.is_empty() { 200 } else { known[at.index(known.len())].0 };
            if number < 20 {
                body.extend([tag as u8, data.len() as u8]);
            } else {
                body.extend([(tag >> 8) as u8, tag as u8, 0, data.len() as u8]);
            }
            body.extend(data);
        }
        let stream = message(schema.message_type.0, &body);
        let (_, shown, _) = show(reading(number), &stream);
        prop_assert_eq!(encode_all(&shown), &stream[..], "{}", shown);
    }
}
