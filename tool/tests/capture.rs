//! Corners of the file formats.

#![allow(clippy::pedantic, missing_docs, reason = "tests")]

use ged188_tool::capture::{Capture, Item, LinkType};

fn block(block_type: u32, body: &[u8]) -> Vec<u8> {
    let length = (body.len() as u32 + 12).to_le_bytes();
    [&block_type.to_le_bytes()[..], &length, body, &length].concat()
}

fn section() -> Vec<u8> {
    block(0x0A0D_0D0A, &[&0x1A2B_3C4Du32.to_le_bytes()[..], &[1, 0, 0, 0], &[0xFF; 8]].concat())
}

/// An interface with options.
fn interface(link: u8, snap_len: u32, options: &[u8]) -> Vec<u8> {
    block(1, &[&[link, 0, 0, 0][..], &snap_len.to_le_bytes(), options].concat())
}

fn enhanced(interface: u32, units: u64, data: &[u8]) -> Vec<u8> {
    let time = [((units >> 32) as u32).to_le_bytes(), (units as u32).to_le_bytes()].concat();
    let length = (data.len() as u32).to_le_bytes();
    block(6, &[&interface.to_le_bytes()[..], &time, &length, &length, data].concat())
}

/// Time, link and data of all packets.
fn packets(file: &[u8]) -> Vec<(u64, u16, Vec<u8>)> {
    let mut capture = Capture::new(file);
    let mut all = Vec::new();
    while let Some(item) = capture.next().unwrap() {
        if let Item::Packet(packet) = item {
            let LinkType(link) = packet.link;
            all.push((packet.time, link, packet.data.to_vec()));
        }
    }
    all
}

#[test]
fn times_count_in_the_units_of_their_interface() {
    let micros = interface(1, 0, &[]);
    let nanos = interface(101, 0, &[9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]);
    let halves = interface(0, 0, &[9, 0, 1, 0, 0x81, 0, 0, 0]);
    let offset = interface(1, 0, &[&[14, 0, 8, 0][..], &100i64.to_le_bytes()].concat());
    let file = [
        section(),
        [micros, nanos, halves, offset].concat(),
        enhanced(0, 1_500_000, b"abcd"),
        enhanced(1, 1_500_000, b"efgh"),
        // A block of another kind.
        block(5, b"statistics__"),
        enhanced(2, 3, b""),
        enhanced(3, 0, b""),
    ]
    .concat();
    assert_eq!(
        packets(&file),
        [
            (1_500_000_000, 1, b"abcd".to_vec()),
            (1_500_000, 101, b"efgh".to_vec()),
            (1_500_000_000, 0, vec![]),
            (100_000_000_000, 1, vec![]),
        ]
    );
}

#[test]
fn old_and_simple_packets_are_read() {
    let obsolete = [&[0, 0, 7, 0][..], &[0; 4], &[5, 0, 0, 0], &[4, 0, 0, 0, 4, 0, 0, 0], b"abcd"].concat();
    let simple = [&9u32.to_le_bytes()[..], b"efgh"].concat();
    let file = [section(), interface(1, 4, &[]), block(2, &obsolete), block(3, &simple)].concat();
    assert_eq!(packets(&file), [(5000, 1, b"abcd".to_vec()), (0, 1, b"efgh".to_vec())]);
}

#[test]
fn each_section_has_its_own_interfaces() {
    let file = [section(), interface(1, 0, &[]), section(), interface(101, 0, &[]), enhanced(0, 0, b"abcd")]
        .concat();
    assert_eq!(packets(&file), [(0, 101, b"abcd".to_vec())]);
    let file = [section(), interface(1, 0, &[]), section(), enhanced(0, 0, b"abcd")].concat();
    let mut capture = Capture::new(&file[..]);
    let error = loop {
        match capture.next() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("no error"),
            Err(error) => break error.to_string(),
        }
    };
    assert!(error.contains("a packet is of an interface that is not described"), "{error}");
    // It stays so.
    assert!(capture.next().unwrap().is_none());
}

#[test]
fn nanoseconds_of_a_pcap_are_kept() {
    let mut file = [0x4D, 0x3C, 0xB2, 0xA1, 2, 0, 4, 0].to_vec();
    file.extend([0; 8]);
    // The length of a frame check sequence stands beside the link type.
    file.extend([0xFF, 0xFF, 0, 0, 1, 0, 0, 0x14]);
    file.extend([2, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 60, 0, 0, 0, 0xAA]);
    assert_eq!(packets(&file), [(2_000_000_007, 1, vec![0xAA])]);
}

#[test]
fn a_copy_of_each_item_is_the_same_capture() {
    let file =
        [section(), interface(1, 0, &[9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]), enhanced(0, 7, b"abc_")].concat();
    let mut copy = Vec::new();
    let mut capture = Capture::new(&file[..]);
    while let Some(item) = capture.next().unwrap() {
        match item {
            Item::Head(head) => copy.extend(head),
            Item::Packet(packet) => packet.record.write(packet.data, &mut copy),
        }
    }
    assert_eq!(copy, file);
}
