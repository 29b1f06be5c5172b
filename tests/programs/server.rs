//! The example `server`, as a program, against clients that write their bytes by hand.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::common::example::Server;
use crate::common::wire::{Open, failure_conf, message};
use ged188::named_values::{LocalConnectionState, StatusCode};
use ged188::{Input, Message, ProtocolVersion, RawMessage};

/// Longer than any of it takes.
const PATIENCE: Duration = Duration::from_secs(20);

impl Server {
    fn connect(&self) -> Client {
        let socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        Client { socket, frames: Input::default() }
    }

    /// A client whose OPEN_REQ was answered.
    fn open(&self, open: Open<'_>) -> Client {
        let mut client = self.connect();
        client.send(&open.bytes());
        client.expect(|message| matches!(message, Message::OpenConf(_)));
        client
    }
}

struct Client {
    socket: TcpStream,
    frames: Input,
}

impl Client {
    fn send(&mut self, bytes: &[u8]) {
        self.socket.write_all(bytes).unwrap();
    }

    /// The next message, as its bytes; nothing if the server has closed the connection.
    fn next(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(RawMessage { message_type, body }) = self.frames.next().unwrap() {
                return Some(message(message_type.0, &[], body));
            }
            let mut buffer = [0; 4096];
            match self.socket.read(&mut buffer).unwrap() {
                0 => return None,
                count => self.frames.push(&buffer[..count]),
            }
        }
    }

    /// Reads until there is a message of version 14 that is meant.
    fn expect(&mut self, is_meant: impl Fn(&Message<'_>) -> bool) -> Vec<u8> {
        loop {
            let bytes = self.next().expect("the server has not closed");
            if is_meant(&decode(&bytes)) {
                return bytes;
            }
        }
    }
}

/// A message of version 14.
fn decode(bytes: &[u8]) -> Message<'_> {
    let (raw, _) = RawMessage::split_off(bytes, 65536).unwrap().unwrap();
    Message::decode(ProtocolVersion::new(14).unwrap(), raw).unwrap()
}

/// What bridge clients in the field ask for: Supervisor with All Events, and to control.
const BRIDGE: Open<'static> = Open {
    version: 14,
    idle_timeout: u32::MAX,
    peripheral_id: u32::MAX,
    services: 0x94,
    call_mask: u32::MAX,
    agent_mask: u32::MAX,
    config_mask: u32::MAX,
    reserved: 0,
    fields: &[(1, b"bridge\0"), (2, b"\0")],
};

/// What a desktop asks for: the Client Events of the phone 5001.
fn desk(client_id: &'static [u8]) -> [(u8, &'static [u8]); 3] {
    [(1, client_id), (2, b"\0"), (4, b"5001\0")]
}

#[test]
fn a_bridge_learns_of_the_team_the_agents_and_the_calls() {
    let server = Server::start(&[]);
    let mut client = server.connect();
    client.send(&BRIDGE.bytes());
    let conf = client.next().unwrap();
    let Message::OpenConf(conf) = decode(&conf) else { panic!("{conf:?}") };
    assert_eq!((conf.services_granted.bits(), conf.monitor_id.0), (0x94, 0));
    // First of all that the ACD of the scene is on-line: SYS_PERIPHERAL_ONLINE.
    let online = client.next().unwrap();
    let Message::SystemEvent(online) = decode(&online) else { panic!("{online:?}") };
    assert_eq!((online.system_event_id.0, online.system_event_arg1), (3, 5000));
    let team = client.expect(|message| matches!(message, Message::AgentTeamConfigEvent(_)));
    let Message::AgentTeamConfigEvent(team) = decode(&team) else { panic!() };
    let members: Vec<_> = team.agents.iter().map(|agent| agent.atc_agent_id.unwrap().to_string()).collect();
    assert_eq!(members, ["1001", "1002"]);

    // The call 301 is established at 5001.
    client
        .expect(|message| matches!(message, Message::CallEstablishedEvent(event) if event.monitor_id.0 == 0));
    // QUERY_AGENT_STATE_REQ: the skill group of the last AGENT_STATE_EVENT.
    client.send(&message(36, &[7, 5000, 0, 0], b"\x06\x055001\0"));
    let state = client.expect(|message| matches!(message, Message::QueryAgentStateConf(_)));
    let Message::QueryAgentStateConf(state) = decode(&state) else { panic!() };
    assert_eq!((state.invoke_id.0, state.agent_id.unwrap()), (7, "1001".into()));
    let groups: Vec<_> = state.skill_groups.iter().map(|group| group.skill_group_id).collect();
    assert_eq!(groups, [Some(ged188::id::SkillGroupId(5017))]);
    // SNAPSHOT_DEVICE_REQ and SNAPSHOT_CALL_REQ.
    client.send(&message(84, &[8, 5000], b"\0\x4C\x06\x055001\0"));
    let device = client.expect(|message| matches!(message, Message::SnapshotDeviceConf(_)));
    let Message::SnapshotDeviceConf(device) = decode(&device) else { panic!() };
    let calls: Vec<_> = device.calls.iter().map(|call| call.call_connection_call_id.unwrap().0).collect();
    assert_eq!(calls, [301]);
    client.send(&message(82, &[9, 5000, 301], b"\0\0\x19\x055001\0"));
    let call = client.expect(|message| matches!(message, Message::SnapshotCallConf(_)));
    let Message::SnapshotCallConf(call) = decode(&call) else { panic!() };
    let device =
        call.call_devices.iter().find(|device| device.call_device_id == Some("5001".into())).unwrap();
    assert_ne!(device.call_device_connection_state, Some(LocalConnectionState::LCS_NULL));
    // No such call: CF_INVALID_CSTA_CALL_IDENTIFIER.
    client.send(&message(82, &[10, 5000, 999], b"\0\0\x19\x055001\0"));
    let refused = client.expect(|message| matches!(message, Message::ControlFailureConf(_)));
    assert_eq!(refused, message(35, &[10], b"\0\x0B\0\0\0\0"));
}

/// Every event that the tables have, with all of its numbers 0, is played to those it is for.
#[test]
fn every_event_of_the_tables_can_be_played() {
    let version = ProtocolVersion::new(14).unwrap();
    let mut scene = String::new();
    let mut played = Vec::new();
    for schema in ged188::message::MESSAGES {
        let is_event = schema.sender == ged188::schema::Sender::Server
            && schema.fixed.first().is_none_or(|field| field.name != "InvokeID");
        // It ends the session.
        if !is_event || !schema.is_in(version) || schema.name == "FAILURE_EVENT" {
            continue;
        }
        let body = "00".repeat(schema.fixed_len(version));
        scene +=
            &format!("{{\"after\":0.01,\"name\":\"{}\",\"version\":14,\"body\":\"{body}\"}}\n", schema.name);
        played.push(schema.message_type.0);
    }
    assert_eq!(played.len(), 40);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("scene.jsonl");
    std::fs::write(&path, scene).unwrap();
    let server = Server::start(&["--play", path.to_str().unwrap()]);
    // All Events, Client Monitor, Supervisor; and the configuration, for which CONFIG_REQUEST_EVENT asks.
    let mut client = server.open(Open { services: 0x4_00F0, ..BRIDGE });
    client.send(&message(232, &[0, 0], b""));
    let since = Instant::now();
    while !played.is_empty() && since.elapsed() < PATIENCE {
        let bytes = client.next().unwrap();
        let number = u32::from_be_bytes(bytes[4..8].try_into().unwrap());
        played.retain(|played| *played != number);
    }
    assert_eq!(played, [], "these were not played");
}

#[test]
fn a_phone_has_one_session() {
    let server = Server::start(&[]);
    let desktop = |fields| Open { services: 1, peripheral_id: 5000, fields, ..BRIDGE };
    let (own, other) = (desk(b"desk\0"), desk(b"other\0"));
    let mut first = server.open(desktop(&own));
    // E_CTI_DEVICE_IN_USE for another client, E_CTI_NEW_SESSION_OPENED for the old session of the same.
    let mut refused = server.connect();
    refused.send(&desktop(&other).bytes());
    assert_eq!(refused.next(), Some(failure_conf(1, StatusCode::E_CTI_DEVICE_IN_USE.0)));
    assert_eq!(refused.next(), None);
    let _second = server.open(desktop(&own));
    let failure = first.expect(|message| matches!(message, Message::FailureEvent(_)));
    assert_eq!(failure, message(2, &[11], b""));
    assert_eq!(first.next(), None);
}

#[test]
fn who_may_open_a_session_can_be_said() {
    let server =
        Server::start(&["--password", "--services", "ALL_EVENTS", "--least-idle", "60", "--clients", "1"]);
    let refusal = |open: Open<'_>| {
        let mut client = server.connect();
        client.send(&open.bytes());
        let answer = client.next();
        assert_eq!(client.next(), None);
        // Until the server has noticed, there is no room for another client.
        std::thread::sleep(Duration::from_millis(200));
        answer
    };
    let wrong = [(1, &b"bridge\0"[..]), (2, &b"swordfis\0"[..])];
    assert_eq!(refusal(Open { fields: &wrong, ..BRIDGE }), Some(failure_conf(1, 36)));
    let right = [(1, &b"bridge\0"[..]), (2, &b"swordfish\0"[..])];
    assert_eq!(refusal(Open { fields: &right, idle_timeout: 59, ..BRIDGE }), Some(failure_conf(1, 18)));
    let mut client = server.connect();
    client.send(&Open { fields: &right, idle_timeout: 60, ..BRIDGE }.bytes());
    let conf = client.next().unwrap();
    let Message::OpenConf(conf) = decode(&conf) else { panic!("{conf:?}") };
    assert_eq!(conf.services_granted.bits(), 0x10);
    // There is room for one client.
    let mut second = server.connect();
    let _ = second.socket.write_all(&BRIDGE.bytes());
    assert!(matches!(second.socket.read(&mut [0; 100]), Ok(0) | Err(_)));
}

#[test]
#[cfg(unix)]
fn a_server_that_is_stopped_says_so_and_lets_its_clients_close() {
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::start(&[]);
        let mut client = server.open(Open { services: 0x20, ..BRIDGE });
        // Who does not close has 5 s.
        let silent = (signal == "-TERM").then(|| server.open(Open { services: 0x20, ..BRIDGE }));
        let pid = server.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        // E_CTI_CTI_SERVER_OFFLINE.
        assert_eq!(
            client.expect(|message| matches!(message, Message::FailureEvent(_))),
            message(2, &[15], b"")
        );
        client.send(&message(7, &[2, 15], b""));
        assert_eq!(client.expect(|message| matches!(message, Message::CloseConf(_))), message(8, &[2], b""));
        assert_eq!(client.next(), None);
        let since = Instant::now();
        assert!(server.child.wait().unwrap().success());
        assert!(since.elapsed() < PATIENCE);
        drop(silent);
    }
}
