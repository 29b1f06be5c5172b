//! Passwords do not show: not in what is printed of messages, sessions and errors, whatever is done to them.

use crate::common::event;
use std::fmt::Debug;
use std::time::Duration;

use crate::common::ends::{TestClient, TestServer};
use crate::common::event::V::{N, S};
use ged188::id::VersionNumber;
use ged188::message::{OpenReq, SetAgentStateReq};
use ged188::server::{Policy, Strictness};
use ged188::view::Fields;
use ged188::{Bytes, Encode, Input, Message, ProtocolVersion, RawMessage, Secret};
use ged188::{ClientConfig, ServerConfig, ServerEvent};

const SECRET: &str = "hunter2";
const ZERO: Duration = Duration::ZERO;

/// Fails if the password is in a text: as it is, in hexadecimal, or as a list of numbers.
fn look(text: &str) {
    let lower = text.to_lowercase();
    for sign in ["hunt", "68756e", "68, 75, 6e", "104, 117, 110", "68 75 6e"] {
        assert!(!lower.contains(sign), "{text}");
    }
}

fn show(value: &impl Debug) {
    look(&format!("{value:?}"));
    look(&format!("{value:#?}"));
}

/// Messages with a password, by the tables: header included, and of which version.
fn messages() -> Vec<(ProtocolVersion, Vec<u8>)> {
    let mut messages = Vec::new();
    for message in event::MESSAGES.iter() {
        for field in message.floating.iter().filter(|field| field.name.contains("Password")) {
            for version in [9, 14, 19, 20, 25].into_iter().filter(|version| field.is_in(message, *version)) {
                let mut values = vec![(&*field.name, S(SECRET))];
                if message.name == "OPEN_REQ" {
                    values.extend([
                        ("VersionNumber", N(version)),
                        ("IdleTimeout", N(u32::MAX)),
                        ("ClientID", S("desk")),
                    ]);
                }
                // The second one is a field of its own.
                values.push((&*field.name, S(SECRET)));
                let bytes = event::bytes(version, &message.name, &values);
                messages.push((ProtocolVersion::new(version).unwrap(), bytes));
            }
        }
    }
    assert!(messages.len() >= 2 * 5, "{}", messages.len());
    messages
}

#[test]
fn messages_do_not_show_them() {
    for (version, bytes) in messages() {
        let (raw, _) = RawMessage::split_off(&bytes, usize::MAX).unwrap().unwrap();
        show(&raw);
        show(&Message::decode(version, raw).unwrap());
        for field in Fields::new(version, raw).unwrap() {
            show(&field);
        }
        // Whatever is cut off, the error says what is wrong and not what is there.
        for end in 8..bytes.len() {
            let raw = RawMessage { message_type: raw.message_type, body: &bytes[8..end] };
            show(&Message::decode(version, raw));
            if let Err(error) = Message::decode(version, raw) {
                look(&error.to_string());
            }
            Fields::new(version, raw).unwrap().for_each(|field| show(&field));
        }
        // A message of another type that has such a field.
        for message_type in [ged188::MessageType::USER_MESSAGE_REQ, ged188::MessageType::AGENT_STATE_EVENT] {
            let fixed = message_type.schema().unwrap().fixed_len(version);
            let floating = &raw.body[raw.message_type.schema().unwrap().fixed_len(version)..];
            let body = [&vec![0; fixed][..], floating].concat();
            let raw = RawMessage { message_type, body: &body };
            show(&Message::decode(version, raw));
            Fields::new(version, raw).unwrap().for_each(|field| show(&field));
        }
    }
}

#[test]
fn errors_do_not_show_them() {
    let long = SECRET.repeat(40);
    let nul = format!("{SECRET}\0{SECRET}");
    for password in [&long, &nul] {
        let open = OpenReq {
            version_number: VersionNumber(14),
            client_id: Some("desk".into()),
            client_password: Some(Secret::new(Bytes(password.as_bytes()))),
            ..Default::default()
        };
        let set = SetAgentStateReq {
            agent_instrument: Some("5001".into()),
            agent_password: Some(Secret::new(password.as_str().into())),
            ..Default::default()
        };
        let version = ProtocolVersion::new(14).unwrap();
        for error in [open.encoded_len(version).err(), set.encoded_len(version).err()].into_iter().flatten() {
            show(&error);
            look(&error.to_string());
        }
        assert!(set.encoded_len(version).is_err());
        if let Err(error) = TestClient::open(ZERO, ClientConfig::default(), &open) {
            show(&error);
            look(&error.to_string());
        }
    }
}

#[test]
fn sessions_do_not_show_them() {
    let open = OpenReq {
        version_number: VersionNumber(14),
        idle_timeout: u32::MAX,
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(SECRET.as_bytes()))),
        ..Default::default()
    };
    let client = TestClient::open(ZERO, ClientConfig::default(), &open).unwrap();
    let bytes = client.output().to_vec();
    assert!(bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
    show(&client);

    let config = ServerConfig { strictness: Strictness::Strict, ..Default::default() };
    for end in 0..=bytes.len() {
        let mut server = TestServer::start(ZERO, config.clone());
        server.receive(ZERO, &bytes[..end]);
        show(&server);
        while let Some(event) = server.poll() {
            show(&event);
        }
        show(&server);
        let mut frames = Input::default();
        frames.push(&bytes[..end]);
        show(&frames);
        while let Some(raw) = frames.next().unwrap() {
            show(&raw);
        }
        show(&frames);
    }
    // Malformed, out of place, and to a server that wants another.
    let mut session = TestServer::start(ZERO, config);
    let mut broken = bytes.clone();
    broken[7] = 5;
    session.receive(ZERO, &[broken, bytes.clone(), bytes].concat());
    while let Some(event) = session.poll() {
        show(&event);
        if let ServerEvent::OpenRequested(open) = &event {
            let clients = [("desk", Secret::new("hunter3"))];
            let policy = Policy { clients: Some(&clients), ..Policy::default() };
            show(&policy);
            show(&policy.decide(open));
        }
    }
}
