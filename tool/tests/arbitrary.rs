//! Whatever is in a file, nothing panics, and everything ends.

#![allow(clippy::pedantic, missing_docs, unreachable_pub, reason = "tests")]

mod common;

use common::network::{Format, Link, PCAP, client, connection, file, server};
use common::scene::play;
use common::{lines, summary};
use ged188::ProtocolVersion;
use ged188_tool::anonymise::anonymise_capture;
use ged188_tool::capture::Capture;
use ged188_tool::connection::Options;
use ged188_tool::follow::Progress;
use ged188_tool::pseudonym::Pseudonyms;
use proptest::prelude::*;

fn read_in_all_ways(bytes: &[u8]) {
    let (lines, result) = lines(bytes);
    if result.is_ok() {
        let (mut summary, counts) = summary(bytes);
        summary.write("x", &counts, &mut std::io::sink()).unwrap();
    }
    let mut out = Vec::new();
    let (names, mut progress) = (Pseudonyms::with_key("x"), Progress::new(None));
    let (_, copied) =
        anonymise_capture(&mut Capture::new(bytes), Options::default(), names, &mut out, &mut progress)
            .unwrap();
    assert_eq!(copied.is_ok(), result.is_ok());
    if copied.is_ok() && !lines.is_empty() {
        common::lines(&out).1.unwrap();
    }
}

fn formats() -> impl Strategy<Value = Format> {
    let links = proptest::sample::select(Link::ALL.to_vec());
    let snap_lens = prop_oneof![4 => Just(65_535usize), 1 => 10..200usize];
    (any::<bool>(), any::<bool>(), links, snap_lens).prop_map(|(ng, big_endian, link, snap_len)| Format {
        ng,
        big_endian,
        link,
        snap_len,
    })
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000), format in formats()) {
        read_in_all_ways(&bytes);
        // Behind the header of a capture.
        read_in_all_ways(&[file(&[], format), bytes].concat());
    }

    #[test]
    fn any_payloads(
        payloads in proptest::collection::vec((any::<bool>(), any::<u8>(), proptest::collection::vec(prop_oneof![Just(0u8), any::<u8>()], 0..60)), 0..40),
    ) {
        let mut segments = connection(client(0), server(), &[], 100);
        let like = segments[2].clone();
        for (from_client, jump, payload) in payloads {
            let mut segment = like.clone();
            if !from_client {
                (segment.from, segment.to) = (segment.to, segment.from);
            }
            segment.sequence = segment.sequence.wrapping_add(u32::from(jump));
            segment.payload = payload;
            segments.insert(segments.len() - 3, segment);
        }
        read_in_all_ways(&file(&segments, PCAP));
    }

    #[test]
    fn any_damage(
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        format in formats(),
    ) {
        let mut bytes = file(&connection(client(0), server(), &play(ProtocolVersion::V14, 3), 100), format);
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_in_all_ways(&bytes);
    }
}
