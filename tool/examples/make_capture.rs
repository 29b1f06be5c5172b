//! Writes a capture of sessions of a real client with a real server: one with two calls, to try the tool with, or 50 at
//! once with a great many calls each, to measure with.
//!
//! ```sh
//! cargo run --example make_capture -- site.pcapng
//! cargo run --release --example make_capture -- /tmp/large.pcap 500
//! time target/release/ged188 summary /tmp/large.pcap
//! ```

#![allow(
    clippy::pedantic,
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "it shares code with the tests"
)]

#[path = "../tests/common/network.rs"]
mod network;
#[path = "../tests/common/scene.rs"]
mod scene;

use std::fs::File;
use std::io::{BufWriter, Write};

use ged188::ProtocolVersion;

const SESSIONS: u16 = 50;
/// Bytes of the header of a pcap.
const HEADER: usize = 24;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = || std::io::Error::other("usage: make_capture OUT [MEGABYTES]");
    let path = arguments.next().filter(|path| !path.starts_with('-')).ok_or_else(usage)?;
    let Some(megabytes) = arguments.next() else {
        let said = scene::play(ProtocolVersion::V14, 2);
        let segments = network::connection(network::client(0), network::server(), &said, 1460);
        return std::fs::write(path, network::file(&segments, network::PCAPNG));
    };
    let megabytes: usize = megabytes.parse().map_err(|_| usage())?;
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = 0;
    let mut round = 0;
    while written < megabytes * 1_000_000 {
        // Sessions of other ports, one after the other.
        let mut segments = Vec::new();
        for n in 0..SESSIONS {
            let version = ProtocolVersion::new(9 + u32::from(n) % 17).unwrap_or(ProtocolVersion::MAX);
            let said = scene::play(version, 500);
            let client = network::client(n + round % 100 * SESSIONS);
            segments.extend(network::connection(client, network::server(), &said, 1460));
        }
        segments.sort_by_key(|segment| segment.time);
        for segment in &mut segments {
            segment.time += u64::from(round) * 1_000_000_000_000;
        }
        let bytes = network::file(&segments, network::PCAP);
        let start = if round == 0 { 0 } else { HEADER };
        file.write_all(&bytes[start..])?;
        written += bytes.len();
        round += 1;
    }
    file.flush()
}
