//! What input costs, whoever made it: steps in proportion to its bytes, no allocation in the codec, and bounded
//! memory in sessions.

use crate::common::wire;
use std::fmt::{self, Write};
use std::time::{Duration, Instant};

use crate::common::ends::{TestClient, TestServer};
use crate::common::wire::{Open, message};
use ged188::id::VersionNumber;
use ged188::message::{MESSAGES, OpenReq};
use ged188::named_values::CtiServiceMask;
use ged188::schema::{MessageSchema, WireType};
use ged188::session::Limits;
use ged188::view::Fields;
use ged188::{Bytes, Encode, Message, ProtocolVersion, RawMessage, Secret, Tag};
use ged188::{ClientConfig, ServerConfig, ServerEvent, Target};

const ZERO: Duration = Duration::ZERO;

/// Takes text and keeps none.
struct Nowhere;

impl Write for Nowhere {
    fn write_str(&mut self, _: &str) -> fmt::Result {
        Ok(())
    }
}

/// Decodes a message, reads all that is in it, sees it field by field, and encodes it if that can be.
fn work_through(version: ProtocolVersion, raw: RawMessage<'_>, out: &mut [u8]) {
    if let Ok(message) = Message::decode(version, raw) {
        write!(Nowhere, "{message:?}").unwrap();
        let _ = message.encode(version, out);
    }
    for field in Fields::new(version, raw).into_iter().flatten() {
        write!(Nowhere, "{field:?}").unwrap();
    }
}

/// A floating field.
fn field(version: ProtocolVersion, tag: Tag, data: &[u8]) -> Vec<u8> {
    if version.number() < 20 {
        [&[tag.0 as u8, data.len() as u8][..], data].concat()
    } else {
        [&tag.0.to_be_bytes()[..], &(data.len() as u16).to_be_bytes(), data].concat()
    }
}

/// Bodies that are as bad as they can be, of about this size.
fn worst(schema: &MessageSchema, version: ProtocolVersion, size: usize) -> Vec<Vec<u8>> {
    let tags: Vec<_> = schema
        .floating_fields()
        .filter(|field| field.is_in(version))
        .filter_map(|field| Some((field.tag?, field.wire)))
        .collect();
    let repeat = |fields: Vec<u8>, fixed: u8| {
        let mut body = vec![fixed; schema.fixed_len(version)];
        if schema.name == "OPEN_REQ" {
            body[4..8].copy_from_slice(&version.number().to_be_bytes());
        }
        body.extend(fields.iter().copied().cycle().take(size / fields.len().max(1) * fields.len()));
        body
    };
    let unknown = field(version, Tag(251), b"");
    let one_byte = field(version, Tag(251), b"x");
    let value = |wire: WireType| match wire.size() {
        0 => b"\0abc\0def\0".to_vec(),
        // Counts say that there are many more entries than there are.
        size => vec![0xFF; size],
    };
    let mut bodies = vec![repeat(unknown, 0), repeat(one_byte, 0xFF)];
    // All fields of the message over and over again: nested lists, and fields that come once. Then each alone.
    let all = tags.iter().flat_map(|(tag, wire)| field(version, *tag, &value(*wire)));
    bodies.push(repeat(all.collect(), 0xFF));
    for (tag, wire) in tags.iter().take(2).chain(tags.iter().rev().take(2)) {
        bodies.push(repeat(field(version, *tag, &value(*wire)), 0xFF));
        bodies.push(repeat(field(version, *tag, b""), 0));
    }
    bodies
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

#[test]
fn steps_are_in_proportion_to_the_bytes() {
    const SMALL: usize = 1024;
    const TIMES: usize = 12;
    let mut out = vec![0; 128 * 1024];
    for version in [9, 25] {
        let version = ProtocolVersion::new(version).unwrap();
        for schema in MESSAGES.iter().filter(|schema| schema.is_in(version)) {
            let small = worst(schema, version, SMALL);
            let large = worst(schema, version, SMALL * TIMES);
            for (at, (small, large)) in small.iter().zip(&large).enumerate() {
                let message_type = schema.message_type;
                let raw = |body| RawMessage { message_type, body };
                // A quarter of the bytes at least is there; what is quadratic takes 12 times as long for each byte. The least
                // time of each counts, whatever else the machine does meanwhile.
                let (mut few, mut many) = (f64::MAX, f64::MAX);
                let is_linear = (0..500).any(|_| {
                    let small = || (0..TIMES).for_each(|_| work_through(version, raw(small), &mut out));
                    few = few.min(seconds(small));
                    many = many.min(seconds(|| work_through(version, raw(large), &mut out)));
                    many < 4.0 * few
                });
                assert!(is_linear, "{} with body {at} in {version:?}: {few} and {many} s", schema.name);
            }
        }
    }
}

#[test]
fn the_worst_input_makes_the_codec_allocate_nothing() {
    let mut out = vec![0; 128 * 1024];
    for version in [9, 14, 20, 25] {
        let version = ProtocolVersion::new(version).unwrap();
        for schema in MESSAGES.iter().filter(|schema| schema.is_in(version)) {
            for body in worst(schema, version, 8 * 1024) {
                let raw = RawMessage { message_type: schema.message_type, body: &body };
                let allocations = allocation_counter::measure(|| work_through(version, raw, &mut out));
                assert_eq!(allocations.count_total, 0, "{}", schema.name);
            }
        }
    }
}

const LIMITS: Limits =
    Limits { output: 32 * 1024, requests: 64, early_events: 16 * 1024, monitors: 100, calls: 100 };

/// How much arrives before the application polls.
const PIECES: usize = 16 * 1024;

/// What a session may take with these limits: its buffers, which may have to move, and its requests.
const BOUND: u64 =
    2 * (LIMITS.early_events + PIECES + LIMITS.output) as u64 + 3 * LIMITS.requests as u64 * 256 + 64 * 1024;

fn open_client() -> TestClient {
    let open = OpenReq {
        version_number: VersionNumber(14),
        idle_timeout: u32::MAX,
        services_requested: CtiServiceMask::all(),
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    let config = ClientConfig { limits: LIMITS, ..Default::default() };
    let mut client = TestClient::open(ZERO, config, &open).unwrap();
    client.receive(ZERO, &wire::open_conf(14, u32::MAX, 0));
    while client.poll().is_some() {}
    client
}

/// Streams of a peer who means no good, each endless.
fn attacks() -> Vec<Box<dyn FnMut(u32) -> Vec<u8>>> {
    vec![
        // Requests, with identifiers that are new, or always the same.
        Box::new(|round| message(93, &[round, u32::MAX, 0, 1, 1], b"\xFF\xFF\0\x4C\x4C\x055001\0")),
        Box::new(|_| message(93, &[7, u32::MAX, 0, 1, 1], b"\xFF\xFF\0\x4C\x4C\x055001\0")),
        Box::new(|round| message(107, &[round, 0, 0], b"\0\0")),
        // Answers that nobody asked for.
        Box::new(|round| message(94, &[round, round], b"")),
        Box::new(|round| wire::failure_conf(round, 55)),
        Box::new(|round| message(4, &[1, u32::MAX, round, 0, 0], b"\0\x01\0\x11\0\0")),
        // Events of calls that never end, of monitors that never were; as short as can be.
        Box::new(|round| message(23, &[round, 0], b"\0\x11\0\0\0\0\x01\x2C\x19\x055001\0")),
        Box::new(|round| message(11, &[round], b"")),
        Box::new(|round| message(24, &[round, 0], b"\0\x11\0\0\0\0\x01\x2C\x19\x055001\0")),
        // Heartbeats, closes, opens, what nobody knows, what cannot be read.
        Box::new(|round| message(5, &[round], b"")),
        Box::new(|round| message(3, &[round, 14, 0, 0], b"")),
        Box::new(|round| message(round, &[round], b"")),
        Box::new(|round| message(30, &[round], b"\x01\xFF")),
        // Half a message, and no more.
        Box::new(|round| if round == 0 { b"\0\0\x0F\xFF\0\0\0\x05".to_vec() } else { vec![0; 3] }),
    ]
}

#[test]
fn a_client_stays_within_its_bound() {
    for (number, mut attack) in attacks().into_iter().enumerate() {
        let memory = allocation_counter::measure(|| {
            let mut client = open_client();
            let target = Target::Session(ged188::id::SessionId(1));
            for round in 0..20_000 {
                // The application goes on to want something, and the peer reads nothing.
                if client.monitors().len() < 64 {
                    let _ = client.start_monitor(ZERO, None, target, Default::default());
                }
                client.receive(ZERO, &attack(round));
                if client.input.buffered() > PIECES || round % 3 == 0 {
                    while client.poll().is_some() {}
                }
            }
        });
        assert!(memory.bytes_max <= BOUND, "attack {number}: {} bytes of {BOUND}", memory.bytes_max);
    }
}

#[test]
fn a_server_stays_within_its_bound() {
    for (number, mut attack) in attacks().into_iter().enumerate() {
        let memory = allocation_counter::measure(|| {
            let config = ServerConfig { limits: LIMITS, ..Default::default() };
            let mut server = TestServer::start(ZERO, config);
            server.receive(ZERO, &Open { services: u32::MAX, ..Open::default() }.bytes());
            assert!(server.poll().is_some());
            let services_granted = CtiServiceMask::all();
            server
                .accept(ZERO, &ged188::message::OpenConf { services_granted, ..Default::default() })
                .unwrap();
            for round in 0..20_000 {
                // The application answers nothing but monitors, and those not always.
                server.receive(ZERO, &attack(round));
                if server.input.buffered() > PIECES || round % 3 == 0 {
                    loop {
                        match server.poll() {
                            Some(ServerEvent::MonitorRequested { responder, .. }) if round % 2 == 0 => {
                                let _ = server.start_monitor(ZERO, responder);
                            }
                            Some(_) => {}
                            None => break,
                        }
                    }
                }
            }
        });
        let bound = BOUND + 100 * 300 + 100 * 300;
        assert!(memory.bytes_max <= bound, "attack {number}: {} bytes of {bound}", memory.bytes_max);
    }
}

#[test]
fn a_stream_in_drips_costs_no_more_than_one_in_gulps() {
    // Whole messages, and then one that is as long as can be.
    let mut stream: Vec<u8> = (0..2000).flat_map(|round| message(11, &[0, round], &[0; 20])).collect();
    stream.extend((4096u32).to_be_bytes());
    stream.extend([0, 0, 0, 11]);
    stream.extend([0; 4095]);
    let run = |piece: usize, times: usize| {
        let mut client = open_client();
        let mut events = 0;
        for piece in stream[..stream.len() / times].chunks(piece) {
            client.receive(ZERO, piece);
            while client.poll().is_some() {
                events += 1;
            }
        }
        events
    };
    let memory = |piece| allocation_counter::measure(|| assert_eq!(run(piece, 1), 2000));
    let (gulps, drips) = (memory(4096), memory(1));
    assert!(drips.bytes_max <= gulps.bytes_max, "{drips:?}, not {gulps:?}");
    // Buffers grow a few times more on the way.
    assert!(drips.count_total <= gulps.count_total + 16, "{drips:?}, not {gulps:?}");
    // Each byte takes the same steps, however many came before.
    let enough = || seconds(|| _ = run(1, 1)) < 4.0 * 16.0 * seconds(|| _ = run(1, 16));
    assert!((0..20).any(|_| enough()));
}
