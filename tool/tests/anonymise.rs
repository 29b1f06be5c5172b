//! `anonymise`: the copy decodes as the original, and none of its texts is in it.

#![allow(clippy::pedantic, missing_docs, unreachable_pub, reason = "tests")]

mod common;

use common::lines;
use common::network::{Format, Link, PCAP, PCAPNG, client, connection, file, server};
use common::scene::{SECRETS, play};
use ged188::ProtocolVersion;
use ged188_tool::anonymise::{anonymise_capture, anonymise_lines};
use ged188_tool::capture::{Capture, Item};
use ged188_tool::connection::Options;
use ged188_tool::follow::{Counts, Progress};
use ged188_tool::pseudonym::Pseudonyms;
use serde_json::Value;

fn anonymised(capture: &[u8]) -> (Vec<u8>, Counts) {
    let mut out = Vec::new();
    let names = Pseudonyms::with_key("test");
    let mut progress = Progress::new(None);
    let (counts, result) =
        anonymise_capture(&mut Capture::new(capture), Options::default(), names, &mut out, &mut progress)
            .unwrap();
    result.unwrap();
    (out, counts)
}

fn assert_clean(bytes: &[u8], secrets: &[&str]) {
    for secret in secrets {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} is still there");
    }
}

/// The TCP segments of a capture, as far as an anonymised one has to have the same; and whether their checksums are right.
fn segments(capture: &[u8]) -> Vec<(u64, u32, usize, bool)> {
    let mut capture = Capture::new(capture);
    let mut all = Vec::new();
    while let Some(item) = capture.next().unwrap() {
        let Item::Packet(packet) = item else { continue };
        let segment = ged188_tool::packet::segment(&packet).unwrap();
        let sliced = etherparse::SlicedPacket::from_ethernet(packet.data).unwrap();
        let Some(etherparse::TransportSlice::Tcp(tcp)) = sliced.transport else { panic!("no TCP") };
        let Some(etherparse::NetSlice::Ipv4(ip)) = sliced.net else { panic!("no IP") };
        let checksum = tcp.calc_checksum_ipv4(ip.header().source(), ip.header().destination()).unwrap();
        all.push((segment.time, segment.sequence, segment.payload.len(), checksum == tcp.checksum()));
    }
    all
}

/// Types, names, lengths and numbers, but no text.
fn shape(line: &Value) -> Value {
    let mut line = line.clone();
    if let Some(fields) = line["fields"].as_array_mut() {
        for field in fields {
            match &mut field["value"] {
                Value::String(text) => *text = "x".repeat(text.chars().count()),
                Value::Object(named) => named.values_mut().for_each(|value| {
                    if let Value::String(text) = value {
                        *text = "x".repeat(text.chars().count());
                    }
                }),
                _ => {}
            }
        }
    }
    line
}

#[test]
fn the_copy_says_the_same_in_other_words() {
    for version in [ProtocolVersion::V9, ProtocolVersion::V14, ProtocolVersion::V25] {
        for format in [PCAP, PCAPNG, Format { big_endian: true, ..PCAPNG }] {
            // Messages lie across segments.
            let original = file(&connection(client(0), server(), &play(version, 10), 90), format);
            let (copy, counts) = anonymised(&original);
            assert_eq!(counts.packets, counts.followed);
            assert_clean(&copy, &SECRETS);
            assert_eq!(segments(&copy), segments(&original));
            assert!(segments(&copy).iter().all(|(.., checksum)| *checksum));
            let [(before, _), (after, _)] = [lines(&original), lines(&copy)];
            let shapes = |lines: &[Value]| lines.iter().map(shape).collect::<Vec<_>>();
            assert_eq!(shapes(&after), shapes(&before));
            // The same text is the same everywhere.
            let opened = common::field(&after[0], "AgentInstrument").clone();
            let call = after.iter().find(|line| line["name"] == "CALL_DELIVERED_EVENT").unwrap();
            assert_eq!(common::field(call, "AlertingDeviceID"), &opened);
            assert_ne!(opened, "5001");
            assert!(opened.as_str().unwrap().bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}

#[test]
fn a_plain_pcap_keeps_its_length() {
    let original = file(&connection(client(0), server(), &play(ProtocolVersion::V14, 3), 1460), PCAP);
    let (copy, _) = anonymised(&original);
    assert_eq!(copy.len(), original.len());
}

#[test]
fn what_is_lost_or_sent_again_leaks_nothing() {
    let mut segments = connection(client(0), server(), &play(ProtocolVersion::V14, 20), 40);
    for at in (9..segments.len()).step_by(17) {
        let other = segments[at - 7].clone();
        segments.insert(at, other);
    }
    for at in (8..segments.len() - 40).rev().step_by(29) {
        segments.remove(at);
    }
    for at in (8..segments.len() - 10).step_by(13) {
        segments.swap(at, at + 2);
    }
    for link in [Link::Cooked, Link::Raw] {
        for snap_len in [65_535, 110] {
            let (copy, _) = anonymised(&file(&segments, Format { link, snap_len, ..PCAP }));
            // Short texts may arise by chance.
            assert_clean(&copy, &["swordfish", "+4930123456", "Ada Lovelace", "4711-0815", "30123", "lace"]);
        }
    }
}

#[test]
fn a_connection_without_its_beginning_is_copied_too() {
    for version in [ProtocolVersion::V9, ProtocolVersion::V14, ProtocolVersion::V25] {
        let segments = connection(client(0), server(), &play(version, 10), 90);
        let original = file(&segments[12..], PCAP);
        let (copy, _) = anonymised(&original);
        assert_clean(&copy, &["+4930123456", "Ada Lovelace", "4711-0815", "30123", "lace"]);
        let shapes = |capture: &[u8]| lines(capture).0.iter().map(shape).collect::<Vec<_>>();
        assert_eq!(shapes(&copy), shapes(&original));
    }
}

#[test]
fn what_cannot_be_read_becomes_zeros() {
    let mut said = play(ProtocolVersion::V14, 5);
    let calls: Vec<usize> =
        (0..said.len()).filter(|at| said[*at].bytes.get(4..8) == Some(&[0, 0, 0, 9])).collect();
    // A cut field, a type that nobody knows, an unknown field, a number of an odd length.
    let length = said[calls[0]].bytes[3] as usize;
    said[calls[0]].bytes[8 + length - 24] = 0xFF;
    said[calls[1]].bytes[7] = 0xEE;
    for (at, tag) in [(2, 0xFD), (3, ged188::Tag::TRUNK_NUMBER.0 as u8)] {
        let field = [&[tag, 12][..], b"Ada Lovelace"].concat();
        let bytes = &mut said[calls[at]].bytes;
        bytes[3] += field.len() as u8;
        let end = 8 + bytes[3] as usize - field.len();
        bytes.splice(end..end, field);
    }
    let original = file(&connection(client(0), server(), &said, 1460), PCAP);
    let (copy, _) = anonymised(&original);
    assert_clean(&copy, &SECRETS);
    let types = |capture: &[u8]| {
        lines(capture).0.iter().map(|line| (line["type"].clone(), line["length"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(types(&copy), types(&original));
}

#[test]
fn other_traffic_is_left_out() {
    let said = play(ProtocolVersion::V14, 1);
    let mut segments = connection(client(0), server(), &said, 1460);
    let mut other = segments[5].clone();
    (other.from, other.to) = ("10.0.0.9:80".parse().unwrap(), "10.0.0.8:5555".parse().unwrap());
    other.payload = b"GET /recorder HTTP/1.1".to_vec();
    segments.insert(6, other);
    let (copy, counts) = anonymised(&file(&segments, PCAP));
    assert_eq!(counts.packets - counts.followed, 1);
    assert_clean(&copy, &["recorder", "HTTP"]);
}

#[test]
fn lines_are_rewritten_in_the_same_way() {
    let original = file(&connection(client(0), server(), &play(ProtocolVersion::V14, 3), 1460), PCAP);
    let (before, _) = lines(&original);
    let text: String = before.iter().map(|line| format!("{line}\n")).collect();
    let mut out = Vec::new();
    anonymise_lines(text.as_bytes(), &mut out, Pseudonyms::with_key("test")).unwrap();
    assert_clean(&out, &SECRETS);
    let rewritten: Vec<Value> =
        std::str::from_utf8(&out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rewritten, lines(&anonymised(&original).0).0);
}
