//! `decode --pcap`: every message once and in order, whatever the network did, and what is lost is said.

#![allow(clippy::pedantic, missing_docs, unreachable_pub, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::net::SocketAddr;

use common::network::{Format, Link, PCAP, PCAPNG, Tcp, client, connection, file, server};
use common::scene::{Said, play, stream};
use common::{field, lines, lines_with, what};
use ged188::{ProtocolVersion, RawMessage};
use ged188_tool::capture::CaptureError;
use ged188_tool::connection::{End, Options};
use serde_json::Value;

const V14: ProtocolVersion = ProtocolVersion::V14;

/// What each end said, as names of messages.
fn names(said: &[Said], from_client: bool) -> Vec<String> {
    let stream = stream(said, from_client);
    let mut rest = &stream[..];
    let mut names = Vec::new();
    while let Some((message, behind)) = RawMessage::split_off(rest, 65_536).unwrap() {
        names.push(format!("{:?}", message.message_type));
        rest = behind;
    }
    names
}

fn names_of(lines: &[Value], from: SocketAddr) -> Vec<String> {
    let from = from.to_string();
    lines.iter().map(what).filter(|(sender, ..)| *sender == from).map(|(_, name, _)| name).collect()
}

fn assert_whole(lines: &[Value], said: &[Said]) {
    assert_eq!(names_of(lines, client(0)), names(said, true));
    assert_eq!(names_of(lines, server()), names(said, false));
}

#[test]
fn a_line_has_what_a_user_looks_for() {
    let said = play(V14, 1);
    let (lines, result) = lines(&file(&connection(client(0), server(), &said, 1460), PCAP));
    result.unwrap();
    let line = lines.iter().find(|line| line["name"] == "CALL_DELIVERED_EVENT").unwrap();
    assert_eq!(line["from"], "10.0.0.2:42027");
    assert_eq!(line["to"], "10.0.0.1:50000");
    assert_eq!(line["connection"], 1);
    assert_eq!(line["version"], 14);
    assert_eq!(line.get("version_guessed"), None);
    assert_eq!(field(line, "ANI"), "+4930123456");
    assert_eq!(field(line, "ConnectionCallID"), 300);
    assert_eq!(field(line, "NamedVariable")["value"], "4711-0815");
    let open = &lines[0];
    assert_eq!((&open["name"], &open["offset"]), (&"OPEN_REQ".into(), &0.into()));
    assert_eq!(open["time"].to_string(), "1748764800.001");
}

#[test]
fn all_kinds_of_files_and_links_are_read() {
    let said = play(V14, 3);
    for link in Link::ALL {
        for (ng, big_endian) in [(false, false), (false, true), (true, false), (true, true)] {
            let format = Format { ng, big_endian, link, ..PCAP };
            let (lines, result) = lines(&file(&connection(client(0), server(), &said, 100), format));
            result.unwrap();
            assert_whole(&lines, &said);
            assert_eq!(lines[0]["time"].to_string(), "1748764800.001", "{format:?}");
        }
    }
}

#[test]
fn ipv6_is_read() {
    let said = play(V14, 3);
    let [client, server] = ["[2001:db8::1]:50000", "[2001:db8::2]:43027"].map(|text| text.parse().unwrap());
    let (lines, _) = lines(&file(&connection(client, server, &said, 100), PCAPNG));
    assert_eq!(names_of(&lines, client), names(&said, true));
    assert_eq!(names_of(&lines, server), names(&said, false));
}

/// Numbers that look random.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Sends some segments again, in other pieces, and out of order; none is lost.
fn shake(segments: &[Tcp], chance: &mut Chance) -> Vec<Tcp> {
    let mut all: Vec<(usize, Tcp)> = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        let late = if segment.payload.is_empty() { 0 } else { chance.below(5) as usize };
        all.push((2 * at + late, segment.clone()));
        if !segment.payload.is_empty() && chance.below(3) == 0 {
            all.push((2 * at + chance.below(20) as usize, segment.clone()));
        }
        // Together with what comes before or behind it.
        if let Some(next) = segments.get(at + 1) {
            let end = segment.sequence.wrapping_add(segment.payload.len() as u32);
            if !segment.payload.is_empty()
                && segment.from == next.from
                && next.sequence == end
                && !next.payload.is_empty()
                && chance.below(2) == 0
            {
                let from = chance.below(segment.payload.len() as u64) as usize;
                let to = chance.below(next.payload.len() as u64) as usize;
                let payload = [&segment.payload[from..], &next.payload[..to]].concat();
                let sequence = segment.sequence.wrapping_add(from as u32);
                all.push((
                    2 * at + 1 + chance.below(6) as usize,
                    Tcp { sequence, payload, ..segment.clone() },
                ));
            }
        }
    }
    // The handshake, and the last segments, stay where they are: what comes behind them is of no connection.
    let last = 2 * segments.len() - 6;
    for (place, segment) in &mut all {
        if !segment.fin {
            *place = (*place).clamp(
                usize::from(!segment.payload.is_empty()) * 6,
                last + 100 * usize::from(segment.payload.is_empty()),
            );
        } else {
            *place += 20;
        }
    }
    all.sort_by_key(|(place, _)| *place);
    let times: Vec<u64> = segments.iter().map(|segment| segment.time).collect();
    let mut shaken: Vec<Tcp> = all.into_iter().map(|(_, segment)| segment).collect();
    for (at, segment) in shaken.iter_mut().enumerate() {
        segment.time = times[(at * times.len() / (3 * times.len())).min(times.len() - 1)] + at as u64 * 1000;
    }
    shaken
}

#[test]
fn every_message_comes_out_once_and_in_order() {
    let said = play(V14, 40);
    let (plain, _) = lines(&file(&connection(client(0), server(), &said, 60), PCAP));
    let fields = |lines: &[Value], from: SocketAddr| -> Vec<(String, String, Value)> {
        lines.iter().map(what).filter(|(sender, ..)| *sender == from.to_string()).collect()
    };
    for seed in 1..60 {
        let mut chance = Chance(seed << 20 | 1);
        let segments = shake(&connection(client(0), server(), &said, 60), &mut chance);
        let (lines, result) = lines(&file(&segments, PCAP));
        result.unwrap();
        for end in [client(0), server()] {
            assert_eq!(fields(&lines, end), fields(&plain, end), "seed {seed}");
        }
    }
}

#[test]
fn a_lost_segment_is_said_and_the_framing_is_found_again() {
    let said = play(V14, 40);
    // Segments of 60 bytes begin and end inside messages.
    let mut segments = connection(client(0), server(), &said, 60);
    let lost: Vec<usize> = (0..segments.len())
        .filter(|at| segments[*at].from == server() && segments[*at].payload.len() == 60)
        .collect();
    let lost = lost[lost.len() / 2];
    segments.remove(lost);
    let (lines, result) = lines(&file(&segments, PCAP));
    result.unwrap();
    assert_eq!(names_of(&lines, client(0)), names(&said, true));
    let all = names(&said, false);
    let found = names_of(&lines, server());
    let gap = found.iter().position(|name| name == "gap 60").expect("the gap is said");
    // One message is lost, or two if the segment had the end of one and the start of the next.
    let behind = found.iter().skip(gap + 1).position(|name| !name.starts_with("skipped")).unwrap() + gap + 1;
    let before = found[..gap].iter().filter(|name| !name.starts_with("skipped")).count();
    assert_eq!(found[..before], all[..before]);
    let rest = found.len() - behind;
    assert_eq!(found[behind..], all[all.len() - rest..]);
    let missing = all.len() - before - rest;
    assert!((1..=2).contains(&missing), "{missing} messages are missing");
    // All bytes are accounted for.
    let sum: u64 = lines
        .iter()
        .filter(|line| line["from"] == server().to_string())
        .map(|line| match line.get("length") {
            Some(length) => length.as_u64().unwrap() + 8,
            None => ["gap", "skipped"].iter().filter_map(|key| line[key].as_u64()).sum(),
        })
        .sum();
    assert_eq!(sum, stream(&said, false).len() as u64);
}

#[test]
fn a_hole_that_was_acknowledged_does_not_hold_the_rest_up() {
    let said = play(V14, 40);
    let mut segments = connection(client(0), server(), &said, 1460);
    let calls: Vec<usize> = (0..segments.len())
        .filter(|at| segments[*at].from == server() && segments[*at].payload.len() > 100)
        .collect();
    segments.remove(calls[5]);
    let (lines, _) = lines(&file(&segments, PCAP));
    let times: Vec<f64> = lines.iter().map(|line| line["time"].as_f64().unwrap()).collect();
    let calls: Vec<&Value> = lines.iter().filter(|line| line["name"] == "CALL_DELIVERED_EVENT").collect();
    assert_eq!(calls.len(), 39);
    // A call comes every half second; those behind the hole are late by little more than a second.
    assert!(times.is_sorted());
    let late = calls[5]["time"].as_f64().unwrap() - calls[4]["time"].as_f64().unwrap();
    assert!(late < 2.6, "{late}");
}

#[test]
fn a_hole_ends_when_too_much_waits_behind_it() {
    let said = play(V14, 3000);
    let mut segments = connection(client(0), server(), &said, 1460);
    let calls: Vec<usize> = (0..segments.len())
        .filter(|at| segments[*at].payload.len() > 100 && segments[*at].from == server())
        .collect();
    // Only one direction was captured, so nothing is acknowledged.
    segments.remove(calls[5]);
    segments.retain(|segment| segment.from == server());
    let (lines, _) = lines(&file(&segments, PCAP));
    let gap = lines.iter().position(|line| line.get("gap").is_some()).unwrap();
    let times: Vec<f64> = lines.iter().map(|line| line["time"].as_f64().unwrap()).collect();
    // 3000 calls of some 200 bytes take longer than 256 KiB.
    assert!(times[gap] < times[lines.len() - 1] - 100.0);
    assert_eq!(lines.iter().filter(|line| line["name"] == "CALL_DELIVERED_EVENT").count(), 2999);
}

#[test]
fn a_reset_ends_a_connection() {
    let said = play(V14, 3);
    let mut segments = connection(client(0), server(), &said, 1460);
    segments.truncate(20);
    let last = segments.last().unwrap().clone();
    segments.push(Tcp { rst: true, payload: Vec::new(), ..last.clone() });
    // What comes behind is of no connection, until one begins.
    segments.push(Tcp { payload: Vec::new(), ..last });
    segments.extend(connection(client(0), server(), &said, 1460));
    let (lines, _) = lines(&file(&segments, PCAP));
    let numbers: Vec<_> = lines.iter().filter_map(|line| line["connection"].as_u64()).collect();
    assert!(numbers.is_sorted());
    assert_eq!(numbers.last(), Some(&2));
    assert_eq!(names_of(&lines[numbers.partition_point(|n| *n == 1)..], client(0)), names(&said, true));
}

#[test]
fn a_connection_that_began_before_the_capture_gets_its_version() {
    for version in ProtocolVersion::all() {
        let said = play(version, 8);
        let segments = connection(client(0), server(), &said, 1460);
        // Neither the handshake nor OPEN_REQ and OPEN_CONF are there.
        let (lines, result) = lines(&file(&segments[9..], PCAP));
        result.unwrap();
        assert!(lines.iter().all(|line| line["version_guessed"] == true), "version {version}");
        assert!(lines.iter().all(|line| line.get("error").is_none()), "version {version}");
        // What it is read as says the same: versions that have the same fields cannot be told apart.
        let (right, _) = lines_with_version(&segments[9..], version);
        let fields = |lines: &[Value]| lines.iter().map(|line| line["fields"].clone()).collect::<Vec<_>>();
        assert_eq!(fields(&lines), fields(&right), "version {version}");
        let wide = lines[0]["version"].as_u64().unwrap() >= 20;
        assert_eq!(wide, version >= ProtocolVersion::V20);
    }
}

fn lines_with_version(segments: &[Tcp], version: ProtocolVersion) -> (Vec<Value>, Result<(), CaptureError>) {
    lines_with(&file(segments, PCAP), Options { version: Some(version), ..Options::default() })
}

#[test]
fn a_capture_may_begin_inside_a_message() {
    let said = play(V14, 20);
    let segments = connection(client(0), server(), &said, 50);
    let calls: Vec<usize> = (0..segments.len())
        .filter(|at| segments[*at].from == server() && segments[*at].payload.len() == 50)
        .collect();
    let (lines, _) = lines(&file(&segments[calls[13]..], PCAP));
    let found = names_of(&lines, server());
    assert!(found[0].starts_with("skipped"), "{found:?}");
    let all = names(&said, false);
    assert_eq!(found[1..], all[all.len() - (found.len() - 1)..]);
    assert!(found.len() > 10);
}

#[test]
fn connections_at_once_are_kept_apart() {
    let versions = [V14, ProtocolVersion::V25, ProtocolVersion::V9];
    let said: Vec<_> = versions.iter().map(|version| play(*version, 5)).collect();
    let mut segments: Vec<Tcp> =
        (0..3).flat_map(|n| connection(client(n as u16), server(), &said[n], 100)).collect();
    segments.sort_by_key(|segment| segment.time);
    let (lines, _) = lines(&file(&segments, PCAP));
    for (n, version) in versions.iter().enumerate() {
        assert_eq!(names_of(&lines, client(n as u16)), names(&said[n], true));
        let mut numbers = BTreeMap::new();
        for line in lines.iter().filter(|line| line["from"] == client(n as u16).to_string()) {
            assert_eq!(line["version"], version.number());
            *numbers.entry(line["connection"].as_u64().unwrap()).or_insert(0) += 1;
        }
        assert_eq!(numbers.len(), 1);
    }
}

#[test]
fn addresses_that_are_used_again_are_another_connection() {
    let said = play(V14, 2);
    let mut segments = connection(client(0), server(), &said, 100);
    segments.truncate(segments.len() - 3);
    let mut again = connection(client(0), server(), &said, 100);
    for segment in &mut again {
        segment.sequence = segment.sequence.wrapping_add(77_777);
        segment.time += 60_000_000_000;
    }
    segments.extend(again);
    let (lines, _) = lines(&file(&segments, PCAP));
    assert_eq!(names_of(&lines, client(0)), [names(&said, true), names(&said, true)].concat());
    assert_eq!(lines.last().unwrap()["connection"], 2);
}

#[test]
fn one_stray_segment_is_passed_over_and_two_are_another_connection() {
    let said = play(V14, 10);
    let whole = connection(client(0), server(), &said, 1460);
    let at =
        whole.iter().position(|segment| segment.payload.len() > 100 && segment.from == server()).unwrap() + 4;
    let mut stray = whole[at - 1].clone();
    (stray.from, stray.to, stray.payload) = (server(), client(0), vec![7; 50]);
    stray.sequence = stray.sequence.wrapping_add(1 << 30);
    let mut segments = whole.clone();
    segments.insert(at, stray);
    let (lines, _) = lines(&file(&segments, PCAP));
    let found = names_of(&lines, server());
    assert_eq!(found.iter().filter(|name| *name == "skipped 50").count(), 1);
    let messages: Vec<_> = found.into_iter().filter(|name| name != "skipped 50").collect();
    assert_eq!(messages, names(&said, false));
    // Neither the end of the first connection nor the beginning of the second is there.
    let mut segments = whole[..30].to_vec();
    segments.extend(whole[14..].iter().cloned().map(|segment| Tcp {
        sequence: segment.sequence.wrapping_add(1 << 30),
        acknowledged: segment.acknowledged.map(|number| number.wrapping_add(1 << 30)),
        ..segment
    }));
    let (lines, _) = common::lines(&file(&segments, PCAP));
    assert_eq!(lines.last().unwrap()["connection"], 2);
    assert_eq!(lines.last().unwrap()["name"], "CLOSE_CONF");
}

#[test]
fn an_open_request_makes_any_port_one_of_a_server() {
    let said = play(V14, 2);
    let other = SocketAddr::from(([10, 0, 0, 2], 7777));
    let capture = file(&connection(client(0), other, &said, 1460), PCAP);
    assert_eq!(names_of(&lines(&capture).0, client(0)), names(&said, true));
    // But not if ports are named.
    let (lines, _) = lines_with(&capture, Options { ports: vec![42027], ..Options::default() });
    assert!(lines.is_empty());
}

#[test]
fn messages_that_the_snap_length_cuts_are_shown_as_far_as_they_go() {
    let said = play(V14, 10);
    let format = Format { snap_len: 150, ..PCAP };
    let capture = file(&connection(client(0), server(), &said, 1460), format);
    let (lines, result) = lines(&capture);
    result.unwrap();
    let cut = lines.iter().find(|line| line["name"] == "CALL_DELIVERED_EVENT").unwrap();
    // Of 150 bytes the headers of Ethernet, IP, TCP and the message take 14, 20, 20 and 8.
    assert_eq!(cut["length"], 88);
    assert!(cut["cut_from"].as_u64().unwrap() > 88, "{cut}");
    assert_eq!(common::field(cut, "ConnectionCallID"), &serde_json::json!(300));
    assert!(cut["error"].as_str().unwrap().starts_with("CALL_DELIVERED_EVENT: "), "{cut}");
    let (mut summary, counts) = common::summary(&capture);
    let mut report = Vec::new();
    summary.write("x", &counts, &mut report).unwrap();
    let report = String::from_utf8(report).unwrap();
    assert!(report.contains("messages of which the capture has only the start"), "{report}");
    let found = names_of(&lines, server());
    assert!(found.iter().any(|name| name.starts_with("gap ")));
    // Short messages are whole, but for one in the same segment as a long one.
    let all = names(&said, false);
    assert_eq!(found[found.len() - 5..], all[all.len() - 5..]);
}

#[test]
fn nothing_before_the_cut_of_a_file_is_lost() {
    let said = play(V14, 5);
    for format in [PCAP, PCAPNG] {
        let whole = file(&connection(client(0), server(), &said, 1460), format);
        let (all, _) = lines(&whole);
        let (some, result) = lines(&whole[..whole.len() - 300]);
        assert!(matches!(result, Err(CaptureError::Cut { .. })), "{result:?}");
        assert!(result.unwrap_err().to_string().starts_with("the file is cut off: the record at byte "));
        let messages = some.iter().take_while(|line| line.get("type").is_some()).count();
        assert!(messages > all.len() / 2);
        assert_eq!(some[..messages], all[..messages]);
    }
}

#[test]
fn what_is_no_capture_is_told() {
    let error = |bytes: &[u8]| lines(bytes).1.unwrap_err().to_string();
    assert_eq!(error(b""), "the file is empty");
    assert_eq!(error(b"\x1f\x8b\x08\0\0"), "this is neither pcap nor pcapng, but gzip: unpack it first");
    assert_eq!(error(b"\0\0\0\x44\0\0\0\x03"), "this is neither pcap nor pcapng: it starts with 00 00 00 44");
    let mut absurd = file(&[], PCAP);
    absurd.extend([0xFF; 16]);
    assert_eq!(
        error(&absurd),
        "the file is damaged at byte 24: a record says that it has at least 4294967311 bytes (everything before it has \
         been read)"
    );
    let mut absurd = file(&[], PCAPNG);
    absurd.extend([6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]);
    assert!(error(&absurd).contains(": a block is shorter than a block can be"));
}

#[test]
fn encrypted_connections_are_told() {
    let hello = Said {
        time: std::time::Duration::ZERO,
        from_client: true,
        bytes: [&[0x16, 3, 1, 0, 200, 1][..], &[7; 199]].concat(),
    };
    let answer = Said { from_client: false, ..hello.clone() };
    let segments = connection(client(0), server(), &[hello, answer], 1460);
    let (lines, _) = lines(&file(&segments, PCAP));
    let [line] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(line["error"], "the connection is encrypted (TLS)");
    let (summary, _) = common::summary(&file(&segments, PCAP));
    assert!(summary.reports()[0].info.encrypted);
}

#[test]
fn too_many_connections_are_forgotten() {
    // A SYN from each of many ports.
    let syn = connection(client(0), server(), &[], 100)[0].clone();
    let said = play(V14, 1);
    let mut segments: Vec<Tcp> = (0..25_000u16)
        .map(|n| Tcp { from: SocketAddr::from(([10, 1, (n >> 8) as u8, n as u8], 50_000)), ..syn.clone() })
        .collect();
    segments.extend(connection(client(0), server(), &said, 1460));
    let (summary, counts) = common::summary(&file(&segments, PCAP));
    let forgotten = summary.reports().iter().filter(|report| report.end == Some(End::Forgotten)).count();
    assert!((5000..7000).contains(&forgotten), "{forgotten}");
    assert_eq!(counts.packets, counts.followed + 1);
}

#[test]
fn a_header_that_cannot_be_right_is_told() {
    let mut said = play(V14, 5);
    let at = said.iter().position(|one| !one.from_client && one.bytes.len() > 100).unwrap();
    said[at].bytes[..4].copy_from_slice(&[0xFF; 4]);
    let (lines, _) = lines(&file(&connection(client(0), server(), &said, 1460), PCAP));
    let found = names_of(&lines, server());
    let error = "error \"a message announces a body of 4294967295 bytes, at most 65536 are taken\"";
    let place = found.iter().position(|name| name == error).unwrap();
    assert!(found[place + 1].starts_with("skipped"));
    assert_eq!(found.last().unwrap(), "CLOSE_CONF");
}
