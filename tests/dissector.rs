//! The Wireshark dissector that `examples/dissector` prints, in Wireshark: `tshark` reads captures that are made here, and
//! has to find the fields that the crate's own view finds.
//!
//! A machine without `tshark` leaves these tests out and says so, unless `GED188_TSHARK` is set, as CI does: then they fail.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

#[path = "../examples/dissector/command.rs"]
mod command;
#[path = "common/mod.rs"]
mod common;
#[path = "../examples/dissector/lua.rs"]
mod lua;
// The tool guesses in the same way.
#[allow(dead_code, unreachable_pub, clippy::pedantic, reason = "it belongs to the tool")]
#[path = "../tool/src/version.rs"]
mod version_guess;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use common::{specimen, tables};
use ged188::frame::HEADER_LEN;
use ged188::message::MESSAGES;
use ged188::schema::{MessageSchema, WireType};
use ged188::view::{Field, Fields, Value};
use ged188::{ProtocolVersion, RawMessage, Str};
use version_guess::Guess;

// Captures ---------------------------------------------------------------------------------------------------

const SERVER_PORT: u16 = 42027;

/// A capture in the making, in the format of libpcap.
struct Capture {
    bytes: Vec<u8>,
    /// The time of the next frame, in milliseconds.
    now: u32,
    /// How many bytes of a frame are captured.
    snap_length: usize,
}

impl Capture {
    fn new() -> Self {
        let mut bytes = 0xA1B2_C3D4u32.to_le_bytes().to_vec();
        bytes.extend([2, 0, 4, 0]);
        // No time zone, no accuracy, whole frames, Ethernet.
        [0u32, 0, 262_144, 1].iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        Self { bytes, now: 0, snap_length: usize::MAX }
    }

    /// Adds a frame, a millisecond after the last one.
    fn frame(&mut self, frame: &[u8]) {
        let captured = &frame[..frame.len().min(self.snap_length)];
        let (seconds, microseconds) = (1_000_000 + self.now / 1000, self.now % 1000 * 1000);
        [seconds, microseconds, captured.len() as u32, frame.len() as u32]
            .iter()
            .for_each(|number| self.bytes.extend(number.to_le_bytes()));
        self.bytes.extend(captured);
        self.now += 1;
    }
}

/// Bytes of a frame before those that TCP carries: Ethernet, IPv4, TCP.
const BEFORE_DATA: usize = 14 + 20 + 20;

/// A TCP connection to a CTI server.
struct Connection {
    port: u16,
    /// The next sequence number of the client and of the server.
    next: [u32; 2],
}

impl Connection {
    fn new(port: u16) -> Self {
        Self { port, next: [1, 1] }
    }

    /// Sends bytes in one segment, from the client or from the server.
    fn send(&mut self, capture: &mut Capture, from_client: bool, data: &[u8]) {
        let (from, to) = if from_client { (0, 1) } else { (1, 0) };
        let ports = [self.port, SERVER_PORT];
        let mut tcp = [ports[from].to_be_bytes(), ports[to].to_be_bytes()].concat();
        tcp.extend(self.next[from].to_be_bytes());
        tcp.extend(self.next[to].to_be_bytes());
        // Five words of header; push and acknowledgement; window, checksum (none), urgent pointer.
        tcp.extend([0x50, 0x18, 0xFF, 0xFF, 0, 0, 0, 0]);
        tcp.extend(data);
        self.next[from] += data.len() as u32;
        let mut frame = vec![2, 0, 0, 0, 0, to as u8, 2, 0, 0, 0, 0, from as u8, 8, 0];
        frame.extend([0x45, 0]);
        frame.extend(u16::try_from(20 + tcp.len()).expect("a short segment").to_be_bytes());
        frame.extend([0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, from as u8, 10, 0, 0, to as u8]);
        frame.extend(tcp);
        capture.frame(&frame);
    }
}

// tshark -----------------------------------------------------------------------------------------------------

/// What `tshark` prints of a capture with the dissector; `None` if it is not there.
fn tshark(capture: &Capture, arguments: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let (script, file) = (folder.path().join("ged188.lua"), folder.path().join("capture.pcap"));
    fs::write(&script, lua::dissector()).unwrap();
    fs::write(&file, &capture.bytes).unwrap();
    let mut command = Command::new("tshark");
    // No preferences and plugins of whoever runs the tests.
    command.env("WIRESHARK_CONFIG_DIR", folder.path()).env("HOME", folder.path());
    command.arg("-X").arg(format!("lua_script:{}", script.display())).arg("-r").arg(&file).args(arguments);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if std::env::var_os("GED188_TSHARK").is_none() => {
            eprintln!("left out, since tshark cannot be run: {error}");
            return None;
        }
        Err(error) => panic!("tshark cannot be run: {error}"),
    };
    let (printed, errors) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{errors}");
    assert!(!errors.to_lowercase().contains("lua"), "{errors}");
    let failed = printed.lines().find(|line| line.contains("Lua Error"));
    assert_eq!(failed, None);
    Some(printed.into_owned())
}

/// A field as `tshark -T pdml` prints it, or the item of a whole message.
#[derive(Debug, Default)]
struct Item {
    name: String,
    /// The value as filters take it.
    show: String,
    /// The line in the tree.
    text: String,
    /// The bytes, in hexadecimal.
    data: String,
    children: Vec<Item>,
}

impl Item {
    fn child(&self, name: &str) -> Option<&Item> {
        self.children.iter().find(|child| child.name == name)
    }

    fn shown(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.show.as_str())
    }

    /// The warning, note or error at this item.
    fn expert(&self) -> Option<&str> {
        self.child("_ws.expert")?.shown("_ws.expert.message")
    }
}

fn attribute(line: &str, name: &str) -> String {
    let start = format!(" {name}=\"");
    let Some(at) = line.find(&start) else { return String::new() };
    let rest = &line[at + start.len()..];
    let value = &rest[..rest.find('"').expect("the attribute ends")];
    let value =
        value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    value.replace("&amp;", "&")
}

/// The messages of a capture. PDML has an element on each line.
fn messages(pdml: &str) -> Vec<Item> {
    let mut open: Vec<Item> = Vec::new();
    let mut messages = Vec::new();
    for line in pdml.lines().map(str::trim_start) {
        let begins = line.starts_with("<field ") || line.starts_with("<proto ");
        if line.starts_with("<proto name=\"ged188\"") || (!open.is_empty() && begins) {
            open.push(Item {
                name: attribute(line, "name"),
                show: attribute(line, "show"),
                text: attribute(line, "showname"),
                data: attribute(line, "value"),
                children: Vec::new(),
            });
        }
        let ends = line.ends_with("/>") || line.starts_with("</field>") || line.starts_with("</proto>");
        let Some(item) = ends.then(|| open.pop()).flatten() else { continue };
        match open.last_mut() {
            Some(parent) => parent.children.push(item),
            None => messages.push(item),
        }
    }
    messages
}

/// The messages that `tshark` finds.
fn read(capture: &Capture) -> Option<Vec<Item>> {
    tshark(capture, &["-2", "-T", "pdml", "-J", "ged188"]).map(|pdml| messages(&pdml))
}

// What the view says ------------------------------------------------------------------------------------------

/// What the engine adds to a message besides its fields.
const ADDED: [&str; 6] =
    ["message_length", "message_type", "version", "response_in", "response_to", "response_time"];

/// The fields whose name has the type behind it in filters, because another type is more frequent under this name.
const RARE: [(&str, WireType, &str); 7] = [
    ("SkillGroupNumber", WireType::INT, "skill_group_number_int"),
    ("Direction", WireType::UINT, "direction_uint"),
    ("FltSkillGroupNumber", WireType::UINT_ARRAY, "flt_skill_group_number_uint"),
    ("SupervisorID", WireType::UINT, "supervisor_id_uint"),
    ("Reserved", WireType::UNSPEC, "reserved_unspec"),
    ("Reserved", WireType::UNSPEC_8, "reserved_unspec"),
    ("ConfigParam", WireType::USHORT, "config_param_ushort"),
];

fn filter(name: &str, wire: WireType) -> String {
    let rare = RARE.iter().find(|(rare, of, _)| (*rare, *of) == (name, wire));
    let plain = || lua::snake_case(name);
    format!("ged188.{}", rare.map_or_else(plain, |(_, _, filter)| (*filter).to_owned()))
}

fn hex(data: &[u8]) -> String {
    data.iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").unwrap();
        out
    })
}

/// Text as the dissector has it: UTF-8, or else ISO 8859-1. PDML has an escape for DEL, which XML does not allow.
fn text(text: Str<'_>) -> String {
    let bytes = text.as_bytes();
    let text = std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect(), str::to_owned);
    text.replace('\x7F', "\\x7f")
}

/// Compares a message with what the view says of its bytes: the same fields, in the same order, with the same values.
fn compare(version: ProtocolVersion, bytes: &[u8], item: &Item) {
    let (raw, rest) = RawMessage::split_off(bytes, usize::MAX).unwrap().expect("a whole message");
    assert!(rest.is_empty());
    let name = raw.message_type.name().unwrap_or("an unknown message");
    let context = format!("version {version}, {name}");
    assert_eq!(item.shown("ged188.message_length"), Some(raw.body.len().to_string().as_str()), "{context}");
    assert_eq!(item.shown("ged188.message_type"), Some(raw.message_type.0.to_string().as_str()), "{context}");
    let added = |item: &&Item| {
        item.name.strip_prefix("ged188.").is_some_and(|name| ADDED.contains(&name))
            || !item.name.starts_with("ged188.")
    };
    let mut found = item.children.iter().filter(|child| !added(child));
    let Some(fields) = Fields::new(version, raw) else {
        let body = found.next();
        assert_eq!(body.map(|body| body.data.as_str()).unwrap_or_default(), hex(raw.body), "{context}");
        assert!(found.next().is_none(), "{context}");
        return;
    };
    assert_eq!(item.shown("ged188.version"), Some(fields.version().to_string().as_str()), "{context}");
    let version = fields.version();
    for field in fields {
        let Ok(field) = field else {
            let cut = found.next();
            let cut = cut.unwrap_or_else(|| panic!("{context}: nothing is cut off"));
            assert!(cut.name == "ged188.cut" && cut.expert().is_some(), "{context}: {cut:?}");
            break;
        };
        let found = found.next().unwrap_or_else(|| panic!("{context}: {field:?} is missing"));
        compare_field(version, &field, found, &format!("{context}: {field:?}, found {found:?}"));
    }
    if let Some(more) = found.next() {
        panic!("{context}: {more:?} should not be there");
    }
}

fn compare_field(version: ProtocolVersion, field: &Field<'_>, found: &Item, context: &str) {
    if let (Some(tag), 0) = (field.tag, field.element) {
        assert_eq!(found.shown("ged188.field.tag"), Some(tag.0.to_string().as_str()), "{context}");
    }
    if let Value::Secret(secret) = field.value {
        let name =
            field.schema.map_or("ged188.unknown_secret".to_owned(), |line| filter(line.name, line.wire));
        assert_eq!((&found.name, found.show.as_str()), (&name, "<hidden>"), "{context}");
        let length = secret.reveal().0.len();
        assert!(found.text.ends_with(&format!(": <hidden> ({length} bytes)")), "{context}");
        let header = if version.number() < 20 { 2 } else { 4 };
        assert_eq!(found.data.len(), 2 * header, "the item covers tag and length alone: {context}");
        return;
    }
    if !matches!(field.value, Value::Variable(_) | Value::Array(_)) {
        assert_eq!(found.data, hex(field.data()), "{context}");
    }
    let Some(line) = field.schema else {
        // The PeripheralErrorCode of a failure with a short status is in no table.
        let name = if field.tag.is_none() { "ged188.peripheral_error_code" } else { "ged188.unknown_field" };
        assert_eq!(found.name, name, "{context}");
        assert_eq!(found.expert().is_some(), field.tag.is_some(), "{context}");
        return;
    };
    if field.has_wrong_length() {
        assert_eq!(found.name, "ged188.wrong_length", "{context}");
        assert!(found.text.starts_with(line.name) && found.expert().is_some(), "{context}");
        return;
    }
    if line.wire.is_array() && field.data().is_empty() {
        let expected = format!("{}: no elements", line.name);
        assert_eq!((found.name.as_str(), &found.text), ("ged188.empty_array", &expected), "{context}");
        return;
    }
    let name = filter(line.name, line.wire);
    assert_eq!(found.name, name, "{context}");
    let null = line.nullable && !field.data().is_empty() && field.data().iter().all(|&byte| byte == 0xFF);
    if null {
        assert_eq!(found.text, format!("{}: none", line.name), "{context}");
    }
    match field.value {
        Value::Unsigned(number) if line.wire == WireType::TIME => {
            assert_eq!(found.show, date(number), "{context}");
        }
        Value::Unsigned(number) => {
            let table = line.values;
            let mask = table.is_some_and(|table| table.is_mask());
            if mask {
                let shown = found.show.trim_start_matches("0x");
                assert_eq!(u32::from_str_radix(shown, 16), Ok(number), "{context}");
                let table = table.unwrap();
                let bits = found.children.iter().filter(|child| child.name.starts_with(&name));
                let bits: Vec<_> = bits.map(|bit| (bit.name.clone(), is_true(&bit.show))).collect();
                let expected: Vec<_> = table
                    .values
                    .iter()
                    .filter(|bit| bit.value != 0)
                    .map(|bit| {
                        let set = table.bits_of(number).any(|set| set.name == bit.name);
                        (format!("{name}.{}", lua::bit_name(bit.name)), set)
                    })
                    .collect();
                assert_eq!(bits, expected, "{context}");
                return;
            }
            assert_eq!(found.show, number.to_string(), "{context}");
            if null {
                return;
            }
            let expected = match table.map(|table| table.named(number)) {
                Some(Some(named)) if u32::from(named.since) <= version.number() => {
                    format!("{}: {} ({number})", line.name, named.name)
                }
                Some(None) => format!("{}: Unknown ({number})", line.name),
                _ => format!("{}: {number}", line.name),
            };
            assert_eq!(found.text, expected, "{context}");
        }
        Value::Signed(number) => assert_eq!(found.show, number.to_string(), "{context}"),
        Value::Bool(value) => assert_eq!(is_true(&found.show), value.get(), "{context}"),
        Value::Text(value) => assert_eq!(found.show, text(value), "{context}"),
        Value::Bytes(_) | Value::Secret(_) => {}
        Value::Variable(variable) => compare_variable(&name, variable.name, variable.value, found, context),
        Value::Array(array) => {
            let index = found.shown(&format!("{name}.index"));
            assert_eq!(index, Some(array.index.to_string().as_str()), "{context}");
            compare_variable(&name, array.name, array.value, found, context);
        }
    }
}

fn compare_variable(filter: &str, name: Str<'_>, value: Str<'_>, found: &Item, context: &str) {
    assert_eq!(found.shown(&format!("{filter}.name")), Some(text(name).as_str()), "{context}");
    assert_eq!(found.shown(&format!("{filter}.value")), Some(text(value).as_str()), "{context}");
}

/// A boolean, as Wireshark up to 4.2 and later ones print it.
fn is_true(shown: &str) -> bool {
    matches!(shown, "1" | "True")
}

/// Seconds since 1970 as Wireshark prints them.
fn date(seconds: u32) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (mut days, second) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    let leap = |year: u32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while days >= 365 + u32::from(leap(year)) {
        days -= 365 + u32::from(leap(year));
        year += 1;
    }
    let mut month = 0;
    loop {
        let length = match month {
            1 => 28 + u32::from(leap(year)),
            3 | 5 | 8 | 10 => 30,
            _ => 31,
        };
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{} {:>2}, {year} {hour:02}:{minute:02}:{second:02}.000000000 UTC", months[month], days + 1)
}

// Tests ------------------------------------------------------------------------------------------------------

/// The specimens of a version: of all messages, or of those whose layout is new in it. The OPEN_REQ comes first.
fn specimens(number: u32, all: bool) -> Vec<(bool, Vec<u8>)> {
    let tables: BTreeMap<_, _> = tables::value_tables().into_iter().map(|t| (t.name.clone(), t)).collect();
    let mut messages = tables::messages();
    messages.sort_by_key(|message| message.name != "OPEN_REQ");
    let has = |message: &tables::Message| {
        let versions = specimen::versions(message);
        message.name == "OPEN_REQ" || versions.contains(&number) || (all && versions[0] <= number)
    };
    let made = messages.iter().filter(|message| has(message));
    made.map(|message| (message.sender != "server", specimen::of(message, number, &tables).bytes)).collect()
}

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).expect("a version")
}

#[test]
fn every_layout_has_the_fields_of_the_view() {
    let mut capture = Capture::new();
    let mut sent = Vec::new();
    for number in 9..=25 {
        let mut connection = Connection::new(50_000 + number as u16);
        for (from_client, bytes) in specimens(number, false) {
            connection.send(&mut capture, from_client, &bytes);
            sent.push((version(number), bytes));
        }
    }
    assert!(sent.len() > 380, "{} messages", sent.len());
    let Some(found) = read(&capture) else { return };
    assert_eq!(found.len(), sent.len());
    for ((version, bytes), found) in sent.iter().zip(&found) {
        compare(*version, bytes, found);
    }
}

/// Each connection has its own version, in each pass of Wireshark.
#[test]
fn connections_may_have_different_versions() {
    let mut capture = Capture::new();
    let mut streams: Vec<_> = [14, 9, 25, 14, 20]
        .into_iter()
        .enumerate()
        .map(|(at, number)| {
            (number, Connection::new(50_000 + at as u16), specimens(number, false).into_iter())
        })
        .collect();
    let mut sent = Vec::new();
    // The first messages of all connections, then the second ones, and so on.
    for _ in 0..20 {
        for (number, connection, messages) in &mut streams {
            let Some((from_client, bytes)) = messages.next() else { continue };
            connection.send(&mut capture, from_client, &bytes);
            sent.push((*number, bytes));
        }
    }
    let Some(found) = read(&capture) else { return };
    assert_eq!(found.len(), sent.len());
    for ((number, bytes), found) in sent.iter().zip(&found) {
        compare(version(*number), bytes, found);
    }
}

/// A stream of messages cut at any places, and put together from as many segments as a message takes.
#[test]
fn segments_are_put_together() {
    let mut capture = Capture::new();
    let mut sent = Vec::new();
    for number in [9, 14, 19, 20, 25] {
        let mut connection = Connection::new(50_000 + number as u16);
        let messages: Vec<_> = specimens(number, true).into_iter().map(|(_, bytes)| bytes).collect();
        let stream = messages.concat();
        let (mut rest, mut random) = (&stream[..], Random(number));
        while !rest.is_empty() {
            // Some hold many messages, some a few bytes.
            let most = [3, 30, 300, 3000][random.below(4) as usize];
            let (segment, behind) = rest.split_at(rest.len().min(1 + random.below(most) as usize));
            connection.send(&mut capture, true, segment);
            rest = behind;
        }
        sent.extend(messages.into_iter().map(|bytes| (version(number), bytes)));
    }
    assert!(sent.len() > 700, "{} messages", sent.len());
    let Some(found) = read(&capture) else { return };
    assert_eq!(found.len(), sent.len());
    for ((version, bytes), found) in sent.iter().zip(&found) {
        compare(*version, bytes, found);
    }
}

/// Fields that are unknown, doubled, out of order, of a wrong length, cut off.
#[test]
fn what_is_odd_is_shown_as_the_view_has_it() {
    let mut capture = Capture::new();
    let mut sent = Vec::new();
    for number in [9, 14, 20, 25] {
        let mut connection = Connection::new(50_000 + number as u16);
        let mut random = Random(number);
        let mut send = |bytes: Vec<u8>| {
            connection.send(&mut capture, true, &bytes);
            sent.push((version(number), bytes));
        };
        send(open_req(number, b""));
        for schema in MESSAGES {
            for _ in 0..2 {
                send(odd_message(schema, number, &mut random));
            }
            send(message_with_latest_names(schema, number));
        }
        // The layout of the guides of versions 24 and 25, and what resembles it.
        send(message(1, b"\0\0\0\x07\0\x05\0\0\x27\x11"));
        send(message(1, b"\0\0\0\x07\0\0\0\x05\x71\0"));
        send(message(2, b"\0\x05\0\0\x27\x11"));
        // Fixed parts that are cut: between two fields, and inside one.
        for cut in [8, 6] {
            send(message(24, &b"\0\0\0\x07\0\0\x13\x88"[..cut]));
        }
        // Messages that are not known, or only by name.
        for unknown in [0, 151, 290, 70_000] {
            send(message(unknown, b"\x01\x02\xFF"));
            send(message(unknown, b""));
        }
    }
    let Some(found) = read(&capture) else { return };
    assert_eq!(found.len(), sent.len());
    for ((version, bytes), found) in sent.iter().zip(&found) {
        compare(*version, bytes, found);
    }
}

/// A session of version 14: OPEN_REQ, its refusal, two requests at once, one of them confirmed, the other refused.
fn session() -> Capture {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    let query = |invoke_id: u8| message(36, &[0, 0, 0, invoke_id, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]);
    connection.send(&mut capture, true, &open_req(14, b"swordfish\0")); // frame 1
    connection.send(&mut capture, false, &message(1, b"\0\0\0\x01\0\0\0\x05"));
    connection.send(&mut capture, true, &[message(5, &[0, 0, 0, 7]), message(107, &USER_MESSAGE)].concat());
    connection.send(&mut capture, false, &message(108, &[0, 0, 0, 8])); // USER_MESSAGE_CONF
    connection.send(&mut capture, false, &message(6, &[0, 0, 0, 8])); // answers no HEARTBEAT_REQ
    connection.send(&mut capture, false, &message(6, &[0, 0, 0, 7]));
    connection.send(&mut capture, true, &query(10)); // frame 7
    connection.send(&mut capture, false, &message(35, b"\0\0\0\x0A\0\x0D\0\0\0\x02"));
    connection.send(&mut capture, false, &end_call_event());
    capture
}

/// InvokeID 8, to all clients.
const USER_MESSAGE: [u8; 10] = [0, 0, 0, 8, 0, 0, 0, 0, 0, 0];

/// A call 300 at device 5001, in version 14.
fn end_call_event() -> Vec<u8> {
    message(24, b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0")
}

/// A message is in the frame in which it ends, and those before it stay in theirs.
#[test]
fn a_frame_has_the_messages_that_end_in_it() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    let stream = [message(5, &[0, 0, 0, 1]), message(6, &[0, 0, 0, 1]), end_call_event()].concat();
    // Two messages and the start of a third, not even its header; three bytes more; the rest, and another message.
    connection.send(&mut capture, true, &stream[..27]);
    connection.send(&mut capture, true, &stream[27..30]);
    connection.send(&mut capture, true, &[&stream[30..], &message(5, &[0, 0, 0, 2])].concat());
    let Some(printed) = tshark(&capture, &["-T", "fields", "-e", "ged188.message_type"]) else { return };
    assert_eq!(printed, "5,6\n\n24,5\n");
}

/// What cannot be read is said so, and does no harm to the messages before it.
#[test]
fn a_lost_stream_is_an_error() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    let heartbeat = message(5, &[0, 0, 0, 1]);
    connection.send(&mut capture, true, &[&heartbeat, &b"HTTP/1.1 200 OK"[..]].concat());
    connection.send(&mut capture, false, &end_call_event()[..20]);
    let arguments = ["-T", "fields", "-e", "ged188.message_type", "-e", "_ws.expert.message"];
    let apart = ["-o", "tcp.desegment_tcp_streams:FALSE"];
    let Some(printed) = tshark(&capture, &[&apart[..], &arguments].concat()) else { return };
    let expected = "5\tA message announces a body of 1213486160 bytes\n\
        24\tThe message is cut before ConnectionCallID: it goes on in segments that are not there or not reassembled\n";
    assert_eq!(printed, expected);
}

/// Compares a message, of which only the first bytes were captured, with what the view says of all of it.
fn compare_cut(version: ProtocolVersion, bytes: &[u8], captured: usize, item: &Item) {
    let (raw, _) = RawMessage::split_off(bytes, usize::MAX).unwrap().unwrap();
    let context = format!("version {version}, {captured} bytes of {:?}", raw.message_type.name());
    let hidden = ["ged188.message_length", "ged188.message_type", "ged188.version"];
    let mut found = item
        .children
        .iter()
        .filter(|child| child.name.starts_with("ged188.") && !hidden.contains(&child.name.as_str()))
        .filter(|child| !child.name.starts_with("ged188.response"));
    for field in Fields::new(version, raw).expect("a known message") {
        let field = field.expect("a good message");
        let stop = HEADER_LEN + field.data_range().end;
        if stop > captured || (field.data().is_empty() && field.tag.is_none()) {
            break;
        }
        let found = found.next().unwrap_or_else(|| panic!("{context}: {field:?} is missing"));
        compare_field(version, &field, found, &format!("{context}: {field:?}, found {found:?}"));
    }
    let cut = found.next().unwrap_or_else(|| panic!("{context}: nothing is cut off"));
    assert_eq!(cut.name, "ged188.cut", "{context}: {cut:?}");
    let expert = cut.expert().unwrap();
    assert!(
        expert.starts_with("The ") && expert.ends_with(": not all of it was captured"),
        "{context}: {expert}"
    );
    assert!(found.next().is_none(), "{context}");
}

/// What a snap length leaves of messages is shown, and OPEN_REQ still tells the version.
#[test]
fn cut_messages_are_shown_as_far_as_they_go() {
    let (mut capture, mut sent) = (Capture::new(), Vec::new());
    for number in [9, 14, 20, 25] {
        let mut connection = Connection::new(50_000 + number as u16);
        let mut random = Random(number);
        for (from_client, bytes) in specimens(number, true) {
            let captured = match bytes.len() as u32 - 8 {
                0 => bytes.len(),
                // VersionNumber is behind the header and InvokeID.
                _ if bytes[7] == 3 => 8 + 8 + random.below(8) as usize,
                body => 8 + random.below(body) as usize,
            };
            capture.snap_length = BEFORE_DATA + captured;
            connection.send(&mut capture, from_client, &bytes);
            sent.push((version(number), bytes, captured));
        }
    }
    let Some(found) = read(&capture) else { return };
    assert_eq!(found.len(), sent.len());
    for ((version, bytes, captured), found) in sent.iter().zip(&found) {
        assert_eq!(found.shown("ged188.version"), Some(version.to_string().as_str()));
        if *captured == bytes.len() {
            compare(*version, bytes, found);
        } else {
            let text = format!(" [cut: {captured} of {} bytes]", bytes.len());
            assert!(found.text.ends_with(&text), "{}", found.text);
            compare_cut(*version, bytes, *captured, found);
        }
    }
}

/// The messages behind a cut one are found again, even if the cut one has more segments.
#[test]
fn messages_behind_a_cut_one_are_found() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    let open = open_req(14, b"swordfish\0");
    capture.snap_length = BEFORE_DATA + 50;
    // All of a heartbeat, the start of OPEN_REQ; more of it; its rest and a heartbeat; a segment of which no header is there.
    connection.send(&mut capture, true, &[&message(5, &[0, 0, 0, 1]), &open[..45]].concat());
    connection.send(&mut capture, true, &open[45..47]);
    connection.send(&mut capture, true, &[&open[47..], &message(5, &[0, 0, 0, 2])].concat());
    capture.snap_length = BEFORE_DATA + 5;
    connection.send(&mut capture, true, &message(5, &[0, 0, 0, 3]));
    let arguments = ["-T", "fields", "-e", "ged188.version", "-e", "_ws.col.Info"];
    let Some(printed) = tshark(&capture, &arguments) else { return };
    let rest = "[rest of a message that began in an earlier segment]";
    let expected = format!(
        "25,14\tHEARTBEAT_REQ InvokeID=1, OPEN_REQ InvokeID=1 VersionNumber=14 [cut]\n\
         \t{rest}\n14\t{rest}, HEARTBEAT_REQ InvokeID=2\n\ta message [cut]\n"
    );
    assert_eq!(printed, expected);
}

/// The part of a password that was captured is hidden as well, and so is what follows in another segment.
#[test]
fn a_cut_password_is_hidden() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    let open = open_req(14, b"swordfish\0");
    let half = open.len() - 5;
    capture.snap_length = BEFORE_DATA + half - 1;
    connection.send(&mut capture, true, &open[..half]);
    connection.send(&mut capture, true, &open[half..]);
    for format in ["pdml", "json", "ek"] {
        let Some(printed) = tshark(&capture, &["-T", format, "-J", "ged188"]) else { return };
        assert!(printed.contains("cut"), "{format}");
        for part in ["swor", &hex(b"swor"), "73:77:6f:72", "fish", &hex(b"ish"), "69:73:68"] {
            assert!(!printed.contains(part), "{format} {part}");
        }
    }
}

/// Whoever waits long for a confirmation is told.
#[test]
fn slow_confirmations_have_a_note() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    for (invoke_id, wait) in [(1, 1999), (2, 2099)] {
        connection.send(&mut capture, true, &message(5, &[0, 0, 0, invoke_id]));
        capture.now += wait;
        connection.send(&mut capture, false, &message(6, &[0, 0, 0, invoke_id]));
    }
    let arguments = ["-T", "fields", "-e", "frame.number", "-e", "_ws.expert.message", "-Y", "_ws.expert"];
    let Some(printed) = tshark(&capture, &arguments) else { return };
    assert_eq!(printed, "4\tThe confirmation took 2.1 s\n");
}

#[test]
fn requests_and_answers_are_linked() {
    let Some(found) = read(&session()) else { return };
    let links: Vec<_> = found
        .iter()
        .map(|item| {
            let link = |name| item.shown(name).map(|frame| frame.parse::<u32>().unwrap());
            (link("ged188.response_in"), link("ged188.response_to"), item.shown("ged188.response_time"))
        })
        .collect();
    let millisecond = Some("0.001000000");
    let expected = [
        (Some(2), None, None),
        (None, Some(1), millisecond),
        (Some(6), None, None),
        (Some(4), None, None),
        (None, Some(3), millisecond),
        (None, None, None),
        (None, Some(3), Some("0.003000000")),
        (Some(8), None, None),
        (None, Some(7), millisecond),
        (None, None, None),
    ];
    assert_eq!(links, expected);
}

#[test]
fn failures_are_warnings_with_the_name_of_the_status() {
    let arguments =
        ["-Y", "ged188.failure", "-T", "fields", "-e", "frame.number", "-e", "_ws.expert.message"];
    let Some(printed) = tshark(&session(), &arguments) else { return };
    let expected = "2\tFAILURE_CONF: E_CTI_SESSION_ALREADY_OPEN\n8\tCONTROL_FAILURE_CONF: CF_INVALID_CSTA_CONNECTION_IDENTIFIER\n";
    assert_eq!(printed, expected);
}

#[test]
fn the_info_column_tells_what_messages_are_about() {
    let Some(printed) = tshark(&session(), &["-T", "fields", "-e", "_ws.col.Protocol", "-e", "_ws.col.Info"])
    else {
        return;
    };
    let names: Vec<_> = printed.lines().map(|line| line.strip_prefix("GED-188\t").unwrap()).collect();
    let expected = [
        "OPEN_REQ InvokeID=1 VersionNumber=14 ClientID=test",
        "FAILURE_CONF InvokeID=1 Status=E_CTI_SESSION_ALREADY_OPEN",
        "HEARTBEAT_REQ InvokeID=7, USER_MESSAGE_REQ InvokeID=8",
        "USER_MESSAGE_CONF InvokeID=8",
        "HEARTBEAT_CONF InvokeID=8",
        "HEARTBEAT_CONF InvokeID=7",
        "QUERY_AGENT_STATE_REQ InvokeID=10",
        "CONTROL_FAILURE_CONF InvokeID=10 FailureCode=CF_INVALID_CSTA_CONNECTION_IDENTIFIER",
        "END_CALL_EVENT MonitorID=7 ConnectionCallID=300 ConnectionDeviceID=5001",
    ];
    assert_eq!(names, expected);
}

/// The texts of the floating part that stand in the column of infos are in the schema, and no passwords.
#[test]
fn the_info_column_names_fields_of_the_schema() {
    for name in lua::INFO_TEXTS {
        let lines: Vec<_> = MESSAGES.iter().flat_map(|schema| schema.floating_fields()).collect();
        let mut named = lines.iter().filter(|line| line.name == name).peekable();
        assert!(named.peek().is_some(), "{name}");
        assert!(named.all(|line| line.wire == WireType::STRING && !line.secret), "{name}");
    }
}

#[test]
fn the_info_column_has_the_texts_that_matter() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    let mut expected = String::new();
    connection.send(&mut capture, true, &open_req(14, b"swordfish\0"));
    expected += "OPEN_REQ InvokeID=1 VersionNumber=14 ClientID=test\n";
    // Numbers that are 3, but for those that are said.
    let mut send = |name: &str, numbers: &[(&str, u32)], texts: &[(&str, &str)], shown: &str| {
        let schema = MESSAGES.iter().find(|schema| schema.name == name).unwrap();
        let mut body = Vec::new();
        for line in schema.fixed_fields(version(14)) {
            let number = numbers.iter().find(|(name, _)| *name == line.name).map_or(3, |(_, number)| *number);
            body.extend(&number.to_be_bytes()[4 - line.wire.size()..]);
        }
        for (name, text) in texts {
            let line = schema.floating_fields().find(|line| line.name == *name).unwrap();
            body.extend(field(14, line.tag.unwrap().0, text.as_bytes()));
        }
        connection.send(&mut capture, true, &message(schema.message_type.0, &body));
        writeln!(expected, "{name} {shown}").unwrap();
    };
    let talking = ("AgentState", 4);
    send("OPEN_CONF", &[("MonitorID", 0)], &[], "InvokeID=3");
    send(
        "MONITOR_START_REQ",
        &[("ConnectionCallID", 0)],
        &[("MonitoredDeviceID", "5001\0")],
        "InvokeID=3 MonitoredDeviceID=5001",
    );
    send(
        "MAKE_CALL_REQ",
        &[],
        &[("AgentInstrument", "5001\0"), ("DialedNumber", "918005551212\0"), ("CallVariable1", "x\0")],
        "InvokeID=3 DialedNumber=918005551212 AgentInstrument=5001",
    );
    send("QUERY_AGENT_STATE_REQ", &[], &[("AgentInstrument", "5001\0")], "InvokeID=3 AgentInstrument=5001");
    send(
        "SET_AGENT_STATE_REQ",
        &[talking],
        &[("AgentInstrument", "5001\0"), ("AgentID", "1001\0"), ("AgentPassword", "swordfish\0")],
        "InvokeID=3 AgentState=AGENT_STATE_TALKING AgentID=1001 AgentInstrument=5001",
    );
    send(
        "AGENT_STATE_EVENT",
        &[talking, ("SkillGroupState", 4)],
        &[("AgentInstrument", "5001\0"), ("AgentExtension", "77\0"), ("AgentID", "1001\0")],
        "MonitorID=3 AgentState=AGENT_STATE_TALKING AgentID=1001 AgentExtension=77",
    );
    send(
        "CALL_DELIVERED_EVENT",
        &[("MonitorID", 0)],
        &[
            ("ConnectionDeviceID", "5001\0"),
            ("AlertingDeviceID", "5001\0"),
            ("ANI", "555\0"),
            ("DNIS", "8\0"),
        ],
        "ConnectionCallID=3 ConnectionDeviceID=5001 ANI=555",
    );
    // Empty texts say nothing; long ones are shortened, between characters.
    send(
        "USER_MESSAGE_REQ",
        &[],
        &[("ClientID", "\0"), ("AgentID", ""), ("Text", &format!("two\nlines{}", "\u{E9}".repeat(30)))],
        &format!("InvokeID=3 Text=two.lines{}...", "\u{E9}".repeat(15)),
    );
    let Some(printed) = tshark(&capture, &["-T", "fields", "-e", "_ws.col.Info"]) else { return };
    assert_eq!(printed, expected);
}

#[test]
fn fields_can_be_filtered() {
    let frames = |filter: &str| {
        let printed = tshark(&session(), &["-Y", filter, "-T", "fields", "-e", "frame.number"])?;
        Some(printed.lines().map(|line| line.parse::<u32>().unwrap()).collect::<Vec<_>>())
    };
    let Some(found) = frames("ged188.connection_call_id == 300") else { return };
    assert_eq!(found, [9]);
    for (filter, expected) in [
        ("ged188.connection_device_id == \"5001\"", &[9][..]),
        ("ged188.message_type == \"END_CALL_EVENT\"", &[9]),
        ("ged188.peripheral_type == \"PT_ENTERPRISE_AGENT\"", &[9]),
        ("ged188.call_msg_mask.call_established == 1", &[1]),
        ("ged188.call_msg_mask.call_held == 1", &[]),
        ("ged188.services_requested.cti_service_peripheral_monitor == 1", &[1]),
        ("ged188.client_password.length == 10", &[1]),
        ("ged188.response_time > 0.002", &[6]),
        ("ged188.field.tag == 25", &[9]),
        ("ged188.invoke_id == 7", &[3, 6]),
    ] {
        assert_eq!(frames(filter).unwrap(), expected, "{filter}");
    }
}

#[test]
fn passwords_are_hidden() {
    // The pane of bytes and `tcp.payload` have them, the tree of the protocol does not.
    for format in ["pdml", "json", "ek"] {
        let Some(printed) = tshark(&session(), &["-T", format, "-J", "ged188"]) else { return };
        assert!(printed.contains("hidden"), "{format}");
        for password in ["swordfish", &hex(b"swordfish"), "73:77:6f:72:64"] {
            assert!(!printed.contains(password), "{format} {password}");
        }
    }
}

/// Of a connection whose OPEN_REQ is not there all messages are read in the version that reads them best, as the tool has it.
#[test]
fn without_open_req_the_version_is_guessed() {
    let (mut capture, mut sent) = (Capture::new(), Vec::new());
    for number in 9..=25 {
        let mut connection = Connection::new(50_000 + number as u16);
        let mut random = Random(number);
        let messages: Vec<_> = match number {
            // Only messages that say little.
            9 => vec![message(5, &[0, 0, 0, 1])],
            10 => vec![message(5, &[0, 0, 0, 1]), message(1, b"\0\0\0\x07\0\x05\0\0\x27\x11")],
            // Some that no version reads well.
            13 | 22 => MESSAGES[1..].iter().map(|schema| odd_message(schema, number, &mut random)).collect(),
            _ => specimens(number, true).into_iter().skip(1).map(|(_, bytes)| bytes).collect(),
        };
        let mut guess = Guess::default();
        messages
            .iter()
            .for_each(|bytes| guess.observe(RawMessage::split_off(bytes, usize::MAX).unwrap().unwrap().0));
        let guess = guess.version();
        assert!(number < 11 || guess.has_wide_fields() == (number >= 20), "{number} {guess}");
        messages.iter().for_each(|bytes| connection.send(&mut capture, true, bytes));
        sent.extend(messages.into_iter().map(|bytes| (guess, bytes)));
    }
    let Some(found) = read(&capture) else { return };
    assert_eq!(found.len(), sent.len());
    for ((version, bytes), found) in sent.iter().zip(&found) {
        assert!(found.child("ged188.version").unwrap().text.contains(" (guessed"));
        compare(*version, bytes, found);
    }
}

/// In one pass a guess is as good as what was there before it.
#[test]
fn a_guess_becomes_better_and_tells_how_many_versions_fit() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    connection.send(&mut capture, true, &message(5, &[0, 0, 0, 7]));
    connection.send(&mut capture, false, &end_call_event());
    connection.send(&mut capture, true, &message(5, &[0, 0, 0, 8]));
    connection.send(&mut capture, true, &open_req(14, b""));
    connection.send(&mut capture, false, &end_call_event());
    let shown = |arguments: &[&str]| {
        let pdml = tshark(&capture, &[arguments, &["-T", "pdml", "-J", "ged188"]].concat())?;
        let text = |item: &Item| item.child("ged188.version").unwrap().text.replace("Version: ", "");
        Some(messages(&pdml).iter().map(text).collect::<Vec<_>>())
    };
    let Some(once) = shown(&[]) else { return };
    let guess = "19 (guessed, one of 11 that fit)";
    assert_eq!(once, ["25 (guessed, one of 17 that fit)", guess, guess, "14", "14"]);
    assert_eq!(shown(&["-2"]).unwrap(), [guess, guess, guess, "14", "14"]);
    let preferred = "9 (by preference)";
    assert_eq!(shown(&["-o", "ged188.version:9"]).unwrap(), [preferred, preferred, preferred, "14", "14"]);
    // What is no version is a guess.
    for other in ["0", "guess", "8", "26", "99"] {
        assert_eq!(shown(&["-o", &format!("ged188.version:{other}")]).unwrap(), once, "{other}");
    }
}

#[test]
fn the_ports_are_a_preference() {
    let mut capture = Capture::new();
    Connection::new(50_014).send(&mut capture, true, &open_req(14, b""));
    let shown = |ports: &str| {
        let preference = format!("ged188.ports:{ports}");
        tshark(&capture, &["-o", &preference, "-T", "fields", "-e", "ged188.version"])
    };
    let Some(printed) = shown("42027,43027") else { return };
    assert_eq!(printed, "14\n");
    assert_eq!(tshark(&capture, &["-T", "fields", "-e", "ged188.version"]).unwrap(), "14\n");
    assert_eq!(shown("43027").unwrap(), "\n");
    assert_eq!(shown("40000-45000").unwrap(), "14\n");
}

/// What is TLS on a port of this protocol is left to Wireshark's dissector of TLS.
#[test]
fn tls_is_not_a_message() {
    let (mut capture, mut connection) = (Capture::new(), Connection::new(50_014));
    // An alert: internal error.
    connection.send(&mut capture, true, &[0x15, 3, 3, 0, 2, 2, 80]);
    connection.send(&mut capture, true, &message(5, &[0, 0, 0, 1]));
    let Some(printed) = tshark(&capture, &["-T", "fields", "-e", "_ws.col.Protocol"]) else { return };
    assert_eq!(printed, "TLSv1.2\nGED-188\n");
}

#[test]
fn the_command_line_has_a_usage() {
    let text = |arguments: &[&str]| command::text(&arguments.iter().map(Into::into).collect::<Vec<_>>());
    assert_eq!(text(&[]), Ok(lua::dissector()));
    assert!(text(&["--help"]).unwrap().contains("Usage: dissector > ged188.lua"));
    assert_eq!(text(&["-h"]), text(&["--help"]));
    assert_eq!(text(&["ged188.lua"]).unwrap_err(), "unexpected argument ged188.lua; --help tells the usage");
}

/// `dissector | head` is no error; a full disk is.
#[test]
fn a_closed_pipe_is_no_error() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert!(command::print(Closed, "text").is_ok());
    assert!(command::print(&mut [0; 3][..], "text").is_err());
}

/// Numbers that are always the same (a linear congruential generator).
struct Random(u32);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % end
    }
}

fn message(number: u32, body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32).to_be_bytes(), &number.to_be_bytes()[..], body].concat()
}

fn field(number: u32, tag: u16, data: &[u8]) -> Vec<u8> {
    let header =
        if number < 20 { vec![tag as u8, data.len() as u8] } else { vec![0, tag as u8, 0, data.len() as u8] };
    [&header, data].concat()
}

fn open_req(number: u32, password: &[u8]) -> Vec<u8> {
    let mut fixed = vec![1, number, 30, u32::MAX, 0x24, 5, 0, 0, 0, 0];
    fixed.extend((number >= 10).then_some(0));
    let fixed: Vec<_> = fixed.iter().flat_map(|number| number.to_be_bytes()).collect();
    message(3, &[fixed, field(number, 1, b"test\0"), field(number, 2, password)].concat())
}

/// A message whose values have the names that came last, even with later versions.
fn message_with_latest_names(schema: &MessageSchema, number: u32) -> Vec<u8> {
    let mut body = Vec::new();
    for line in schema.fixed_fields(version(number)) {
        let named = line.values.and_then(|table| table.values.iter().max_by_key(|named| named.since));
        let value = if line.name == "VersionNumber" { number } else { named.map_or(0, |named| named.value) };
        let bytes = u64::from(value).to_be_bytes();
        body.extend(&bytes[8 - line.wire.size()..]);
    }
    message(schema.message_type.0, &body)
}

fn odd_message(schema: &MessageSchema, number: u32, random: &mut Random) -> Vec<u8> {
    let ones = random.below(4) == 0;
    let mut body = Vec::new();
    for line in schema.fixed_fields(version(number)) {
        let mut data = vec![0xFF; line.wire.size()];
        match line.values {
            _ if ones => {}
            // Also values that came with later versions.
            Some(table) if random.below(2) == 0 => {
                let value = table.values[random.below(table.values.len() as u32) as usize].value;
                let size = data.len();
                data.copy_from_slice(&value.to_be_bytes()[4 - size..]);
            }
            _ => data.iter_mut().for_each(|byte| *byte = random.below(256) as u8),
        }
        body.extend(data);
    }
    if schema.name == "OPEN_REQ" {
        body[4..8].copy_from_slice(&number.to_be_bytes());
    }
    let tags: Vec<_> = schema.floating_fields().filter_map(|line| line.tag).collect();
    for _ in 0..random.below(12) {
        let tag = match tags.len() as u32 {
            0 => random.below(256) as u16,
            count if random.below(8) > 0 => tags[random.below(count) as usize].0,
            _ => random.below(256) as u16,
        };
        let data: Vec<u8> = match random.below(6) {
            0 => vec![0xFF; random.below(9) as usize],
            1 => Vec::new(),
            _ => (0..random.below(9)).map(|_| b"\0 a7\xE4"[random.below(5) as usize]).collect(),
        };
        body.extend(field(number, tag, &data));
    }
    if random.below(4) == 0 {
        body.truncate(random.below(1 + body.len() as u32) as usize);
    }
    message(schema.message_type.0, &body)
}
