//! Writes the seeds: inputs for each target, from the tables and transcripts in `tests`.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --example seeds` makes `fuzz/seeds`.

#[path = "../../tests/common/specimen.rs"]
#[allow(dead_code, reason = "the JSON is for other tests")]
mod specimen;
#[path = "../../tests/common/tables.rs"]
mod tables;

use std::fs;
use std::path::Path;

use ged188::RawMessage;

/// The longest seed.
const LONGEST: usize = 2000;

/// A message of a transcript: whether the client sent it, and its bytes.
type Line = (bool, Vec<u8>);

const TRANSCRIPTS: [(u8, &str); 3] = [
    (9, include_str!("../../tests/transcripts/version-9.txt")),
    (14, include_str!("../../tests/transcripts/version-14.txt")),
    (24, include_str!("../../tests/transcripts/version-24.txt")),
];

fn lines(transcript: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for line in transcript.lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        if let [_, "s", who, ..] = words[..] {
            lines.push((who == "client", Vec::new()));
        } else if let (Some((_, bytes)), Some(data)) = (lines.last_mut(), hexadecimal(&words)) {
            bytes.extend(data);
        }
    }
    lines
}

fn hexadecimal(words: &[&str]) -> Option<Vec<u8>> {
    let digits = words.concat();
    if digits.is_empty() || digits.len() % 2 == 1 {
        return None;
    }
    digits
        .as_bytes()
        .chunks(2)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).ok()?, 16).ok())
        .collect()
}

struct Seeds {
    target: &'static str,
    count: usize,
}

impl Seeds {
    fn of(target: &'static str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder).expect("a folder can be made");
        Self { target, count: 0 }
    }

    fn write(&mut self, name: &str, bytes: &[u8]) {
        if bytes.len() > LONGEST {
            return;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(self.target);
        self.count += 1;
        assert!(self.count <= 30, "seeds are few");
        fs::write(folder.join(name), bytes).expect("a file can be written");
    }
}

/// One message, for the targets that look at one: its version and its type, then its body.
fn one_message(version: u8, bytes: &[u8]) -> Vec<u8> {
    let (raw, _) = RawMessage::split_off(bytes, bytes.len()).expect("short").expect("whole");
    let number = u16::try_from(raw.message_type.0).expect("a small number");
    [&[version], &number.to_be_bytes()[..], raw.body].concat()
}

/// Bytes that arrive, as steps of the targets for one end.
fn arrives(bytes: &[u8]) -> Vec<u8> {
    let step = |piece: &[u8]| [&[0, u8::try_from(piece.len()).expect("short")], piece].concat();
    bytes.chunks(250).flat_map(step).collect()
}

fn main() {
    let messages = tables::messages();
    let values = tables::value_tables().into_iter().map(|table| (table.name.clone(), table)).collect();
    for target in ["decode", "round_trip", "view"] {
        let mut seeds = Seeds::of(target);
        // Every sixth message, so that each service is there, with all its fields.
        for (at, message) in messages.iter().enumerate().step_by(6) {
            let since = u32::from(message.since.unwrap_or(9));
            let version = [14, 20, 25, 9][at / 6 % 4].max(since);
            let bytes = specimen::of(message, version, &values).bytes;
            let name = format!("{}-{version}", message.name.to_lowercase());
            seeds.write(&name, &one_message(version as u8, &bytes));
        }
    }

    let mut seeds = Seeds::of("structured");
    for (at, message) in messages.iter().enumerate().step_by(6) {
        let version = [14, 20, 25, 9][at / 6 % 4].max(message.since.unwrap_or(9));
        // Chance that says yes to all fields, and makes lists.
        let chance: Vec<u8> = (0..600u32).map(|byte| (byte * 7 % 64) as u8 * 2 + 1).collect();
        let number = u16::try_from(message.number).expect("a small number").to_be_bytes();
        seeds.write(&message.name.to_lowercase(), &[&[version], &number[..], &chance].concat());
    }

    let mut frames = Seeds::of("frames");
    let mut client = Seeds::of("client");
    let mut server = Seeds::of("server");
    for (version, transcript) in TRANSCRIPTS {
        let lines = lines(transcript);
        let name = format!("version-{version}");
        for (from_client, who) in [(true, "client"), (false, "server")] {
            let stream = lines.iter().filter(|line| line.0 == from_client).flat_map(|line| line.1.clone());
            let stream: Vec<u8> = stream.take(1800).collect();
            frames.write(&format!("{name}-{who}"), &[&[127, 5, 1, 7, 8, 20, 255][..], &stream].concat());
        }
        // The application of the other end does something sensible in place of what the transcript has.
        let (mut to_client, mut to_server) = (vec![version, 1, 0, 0, 0, 0], vec![version, 0]);
        for (from_client, bytes) in &lines {
            match (*from_client, bytes[7]) {
                // MONITOR_START_REQ, MONITOR_STOP_REQ, HEARTBEAT_REQ, CLOSE_REQ, and other requests.
                (true, 93) => to_client.extend([6, 0, 0, 3, 0, 0]),
                (true, 95) => to_client.extend([6, 5, 0]),
                (true, 5) => to_client.push(14),
                (true, 7) => to_client.extend([6, 15, 0]),
                (true, number) => to_client.extend([6, 9, number]),
                (false, _) => to_client.extend(arrives(bytes)),
            }
            match (*from_client, bytes[7]) {
                // OPEN_CONF, events, and other answers.
                (false, 4) => to_server.extend([6, 0, 0]),
                (false, 9) => to_server.extend([6, 12, 1, 0, 0, 3, 0]),
                (false, _) => to_server.extend([6, 4, 0, 0]),
                (true, _) => to_server.extend(arrives(bytes)),
            }
        }
        client.write(&name, &to_client);
        server.write(&name, &to_server);
    }

    let mut pair = Seeds::of("pair");
    for (version, malicious) in [(9, 0), (14, 0), (24, 0), (25, 1)] {
        // The session opens; devices and calls are watched; there are events, and time passes.
        let mut steps = vec![version, malicious, 1, 0, 0, 0, 0, 0, 9, 4, 0, 0, 9];
        for device in 0..4 {
            steps.extend([0, 0, device * 2, 3, device, 0, 9, 4, 4, 0, 0, 9]);
        }
        for kind in 0..9 {
            steps.extend([4, 12, kind, kind % 3, 0, 3, 1, 9, 4, 17, kind, 9]);
        }
        steps.extend([0, 7, 0, 0, 9, 0, 5, 0, 9, 14, 100, 9, 15, 8, 0, 9]);
        pair.write(&format!("version-{version}"), &steps);
    }
}
