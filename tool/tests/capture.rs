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
fn simple_packets_are_as_long_as_the_interface_allows() {
    let simple = |length: u32, data: &[u8]| block(3, &[&length.to_le_bytes(), data].concat());
    let file = [section(), interface(1, 6, &[]), simple(9, b"abcdef__"), simple(3, b"ghi_")].concat();
    assert_eq!(packets(&file), [(0, 1, b"abcdef".to_vec()), (0, 1, b"ghi".to_vec())]);
}

fn error(file: &[u8]) -> String {
    let mut capture = Capture::new(file);
    let error = loop {
        match capture.next() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("no error"),
            Err(error) => break error.to_string(),
        }
    };
    // It stays so.
    assert!(capture.next().unwrap().is_none());
    error
}

#[test]
fn what_cannot_be_read_is_named() {
    let start = [section(), interface(1, 0, &[])].concat();
    let packet = enhanced(0, 0, b"abcd");
    let mut longer = packet.clone();
    longer[20] = 8;
    for (rest, expected) in [
        (&packet[..packet.len() - 1], "the record at byte 48 takes at least 36 bytes, 35 are there"),
        (&longer, "damaged at byte 48: a packet cannot be read"),
        (
            &block(2, &[0; 20]),
            "damaged at byte 48: its packets are of an obsolete kind, convert it with `editcap`",
        ),
        (&enhanced(1, 0, b""), "damaged at byte 48: a packet is of an interface that is not described"),
        (&[6, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0], "damaged at byte 48: a block is shorter than a block can be"),
        (&[6, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0], "a record says that it has at least 2147483644 bytes"),
        (&interface(1, 0, &[9, 0, 1, 0, 20, 0, 0, 0]), "have a unit that is too small"),
    ] {
        let error = error(&[&start, rest].concat());
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(error(&[]), "the file is empty");
    assert!(error(&[0xD4, 0xC3]).contains("the record at byte 0 takes at least 4 bytes, 2 are there"));
}

#[test]
fn each_section_has_its_own_interfaces() {
    let file = [section(), interface(1, 0, &[]), section(), interface(101, 0, &[]), enhanced(0, 0, b"abcd")]
        .concat();
    assert_eq!(packets(&file), [(0, 101, b"abcd".to_vec())]);
    let file = [section(), interface(1, 0, &[]), section(), enhanced(0, 0, b"abcd")].concat();
    assert!(error(&file).contains("a packet is of an interface that is not described"));
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

/// A copy of a file, packet by packet.
fn copy(file: &[u8]) -> Vec<u8> {
    let mut copy = Vec::new();
    let mut capture = Capture::new(file);
    while let Some(item) = capture.next().unwrap() {
        match item {
            Item::Head(head) => copy.extend(head),
            Item::Packet(packet) => {
                let data = packet.data;
                let copied = packet.copy().unwrap();
                assert!(copied.bytes[copied.data..].starts_with(data));
                copy.extend(copied.bytes);
            }
            Item::Other | Item::Drained => {}
        }
    }
    copy
}

#[test]
fn a_copy_has_the_same_packets_and_no_comments() {
    let nanos = [9, 0, 1, 0, 9, 0, 0, 0];
    let named = [&[2, 0, 4, 0][..], b"eth0", &nanos, &[14, 0, 8, 0], &7i64.to_le_bytes()].concat();
    let commented = |body: &[u8]| [body, &[1, 0, 6, 0], b"secret__", &[0; 4]].concat();
    let packet = [&[0; 8][..], &[5, 0, 0, 0], &[3, 0, 0, 0], &[9, 0, 0, 0], b"abc_"].concat();
    let file = [
        block(
            0x0A0D_0D0A,
            &commented(&[&0x1A2B_3C4Du32.to_le_bytes()[..], &[1, 0, 0, 0], &[0xFF; 8]].concat()),
        ),
        interface(101, 9, &named),
        block(4, b"names___"),
        block(6, &commented(&packet)),
        block(3, &[&3u32.to_le_bytes()[..], b"def_"].concat()),
    ]
    .concat();
    let copy = copy(&file);
    let expected = [
        section(),
        interface(101, 9, &[&nanos[..], &[14, 0, 8, 0], &7i64.to_le_bytes(), &[0; 4]].concat()),
        block(6, &[&packet[..23], &[0]].concat()),
        block(3, &[&3u32.to_le_bytes()[..], b"def\0"].concat()),
    ];
    assert_eq!(copy, expected.concat());
    assert_eq!(packets(&copy), packets(&file));
}

#[test]
fn a_copy_of_a_pcap_has_the_byte_order_of_most() {
    let header = |magic: [u8; 4], numbers: [[u8; 2]; 2]| [&magic[..], &numbers.concat(), &[0; 8]].concat();
    let big = [
        header([0xA1, 0xB2, 0x3C, 0x4D], [[0, 2], [0, 4]]),
        [[0, 0, 0xFF, 0xFF], [0, 0, 0, 101], [0, 0, 0, 2], [0, 0, 0, 7], [0, 0, 0, 1], [0, 0, 0, 60]]
            .concat(),
        vec![0xAA],
    ]
    .concat();
    let little = [
        header([0x4D, 0x3C, 0xB2, 0xA1], [[2, 0], [4, 0]]),
        [[0xFF, 0xFF, 0, 0], [101, 0, 0, 0], [2, 0, 0, 0], [7, 0, 0, 0], [1, 0, 0, 0], [60, 0, 0, 0]]
            .concat(),
        vec![0xAA],
    ]
    .concat();
    assert_eq!(packets(&big), [(2_000_000_007, 101, vec![0xAA])]);
    assert_eq!(copy(&big), little);
    assert_eq!(copy(&little), little);
}

#[test]
fn times_of_big_end_first_have_offsets_too() {
    let section = [
        &[0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 28, 0x1A, 0x2B, 0x3C, 0x4D, 0, 1, 0, 0][..],
        &[0xFF; 8],
        &[0, 0, 0, 28],
    ];
    let interface = [
        &[0, 0, 0, 1, 0, 0, 0, 32, 0, 101, 0, 0, 0, 0, 0, 0, 0, 14, 0, 8][..],
        &100i64.to_be_bytes(),
        &[0, 0, 0, 32],
    ];
    let packet = [&[0, 0, 0, 6, 0, 0, 0, 32][..], &[0; 20], &[0, 0, 0, 32]];
    let file = [section.concat(), interface.concat(), packet.concat()].concat();
    assert_eq!(packets(&file), [(100_000_000_000, 101, vec![])]);
    assert_eq!(packets(&copy(&file)), packets(&file));
}
