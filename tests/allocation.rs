//! Decoding and encoding allocate nothing, nor does a session that runs.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

mod common;

use std::time::Duration;

use ged188::id::VersionNumber;
use ged188::message::{CallDeliveredEvent, MESSAGES, OpenReq};
use ged188::named_values::CtiServiceMask;
use ged188::schema::{MessageSchema, WireType};
use ged188::server::Policy;
use ged188::view::Fields;
use ged188::{Bytes, Encode, Message, ProtocolVersion, RawMessage, Secret};
use ged188::{ClientConfig, ClientEvent, ServerConfig, ServerEvent};

use common::ends::{TestClient, TestServer};

/// Allocations while `work` is done.
fn allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

#[test]
fn the_count_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1)))), 1);
}

/// A body with every field of the message, twice for members of lists.
fn full_body(schema: &MessageSchema, version: ProtocolVersion) -> Vec<u8> {
    let mut body = vec![1; schema.fixed_len(version)];
    if schema.name == "OPEN_REQ" {
        body[4..8].copy_from_slice(&version.number().to_be_bytes());
    }
    for round in 0..2 {
        for field in schema.floating_fields().filter(|field| field.is_in(version)) {
            let Some(tag) = field.tag else { continue };
            if round == 1 && field.count().is_none() {
                continue;
            }
            let data = match field.wire {
                WireType::STRING | WireType::UNSPEC => vec![1, 0],
                WireType::NAMEDVAR | WireType::NAMEDARRAY => vec![1, 1, 0],
                number => vec![1; number.size()],
            };
            if version.number() < 20 {
                body.extend([tag.0 as u8, data.len() as u8]);
            } else {
                body.extend(tag.0.to_be_bytes());
                body.extend((data.len() as u16).to_be_bytes());
            }
            body.extend(data);
        }
    }
    body
}

#[test]
fn the_codec_does_without() {
    let mut out = vec![0; 4096];
    for version in ProtocolVersion::all() {
        for schema in MESSAGES.iter().filter(|schema| schema.is_in(version)) {
            let body = full_body(schema, version);
            let raw = RawMessage { message_type: schema.message_type, body: &body };
            let mut len = 0;
            let count = allocations(|| {
                let message = Message::decode(version, raw).expect("a sound body");
                // Lists are read when they are encoded.
                len = message.encode(version, &mut out).expect("an allowed message");
                let fields = Fields::new(version, raw).expect("a published message");
                assert!(fields.filter(Result::is_err).count() == 0);
            });
            assert_eq!(count, 0, "{} in version {version}", schema.name);
            assert!(len >= 8 + schema.fixed_len(version));
        }
    }
}

/// An open session, both ends.
fn pair(heartbeat_interval: Duration) -> (TestClient, TestServer) {
    let open = OpenReq {
        version_number: VersionNumber(14),
        idle_timeout: 60,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    let config = ClientConfig { heartbeat_interval: Some(heartbeat_interval), ..Default::default() };
    let mut client = TestClient::open(Duration::ZERO, config, &open).unwrap();
    let mut server = TestServer::start(Duration::ZERO, ServerConfig::default());
    carry(&mut client, &mut server, Duration::ZERO, usize::MAX);
    let Some(ServerEvent::OpenRequested(open)) = server.poll() else { panic!("the client asks") };
    let conf = Policy::default().decide(&open).unwrap();
    server.accept(Duration::ZERO, &conf).unwrap();
    carry(&mut client, &mut server, Duration::ZERO, usize::MAX);
    assert!(matches!(client.poll(), Some(ClientEvent::Opened(_))));
    (client, server)
}

/// Carries bytes both ways, in pieces of this size.
fn carry(client: &mut TestClient, server: &mut TestServer, now: Duration, piece: usize) {
    for piece in client.output().chunks(piece) {
        server.receive(now, piece);
    }
    client.drop_output();
    for piece in server.output().chunks(piece) {
        client.receive(now, piece);
    }
    server.drop_output();
}

#[test]
fn a_session_that_runs_does_without() {
    let event = CallDeliveredEvent {
        connection_device_id: Some("5001".into()),
        ani: Some("0301234567".into()),
        call_variable1: Some("a value that some script set".into()),
        ..Default::default()
    };
    for piece in [1, 7, 100, 1460, usize::MAX] {
        let (mut client, mut server) = pair(Duration::from_secs(5));
        let mut now = Duration::ZERO;
        let mut events = 0;
        let mut run = |rounds: u32| {
            for round in 0..rounds {
                now += Duration::from_secs(2);
                client.tick(now);
                server.tick(now);
                for _ in 0..round % 5 {
                    server.send(now, &event).unwrap();
                }
                loop {
                    let mut quiet = true;
                    while let Some(event) = client.poll() {
                        assert!(matches!(event, ClientEvent::Received(Message::CallDeliveredEvent(_))));
                        events += 1;
                    }
                    assert_eq!(server.poll(), None);
                    quiet &= client.output().is_empty() && server.output().is_empty();
                    carry(&mut client, &mut server, now, piece);
                    if quiet {
                        break;
                    }
                }
            }
        };
        run(20);
        assert_eq!(allocations(|| run(2000)), 0, "in pieces of {piece} bytes");
        assert_eq!(events, 2020 / 5 * 10);
        assert!(client.counters().sent > 600, "heartbeats among them");
        assert!(client.is_open() && server.is_open());
    }
}
