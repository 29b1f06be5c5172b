//! Writes a large capture, to measure with: 50 sessions at once, each with a great many calls.
//!
//! ```sh
//! cargo run --release --example large_capture -- /tmp/large.pcap 500
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
    let usage = "usage: large_capture OUT MEGABYTES";
    let path = arguments.next().expect(usage);
    let megabytes: usize = arguments.next().and_then(|number| number.parse().ok()).expect(usage);
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
