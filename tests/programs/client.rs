//! The example `client`, as a program, against servers that write their bytes by hand.

use crate::common::example;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use crate::common::wire::{failure_conf, message, open_conf};
use ged188::{Input, MessageType, RawMessage};

/// A server that answers each message of its clients, one after another; its address.
fn server(
    clients: usize,
    mut answer: impl FnMut(RawMessage<'_>) -> Vec<u8> + Send + 'static,
) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let serve = move |mut socket: TcpStream| {
        let mut frames = Input::default();
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = socket.read(&mut buffer) {
            frames.push(&buffer[..count]);
            while let Some(raw) = frames.next().unwrap() {
                let _ = socket.write_all(&answer(raw));
            }
        }
    };
    (address, thread::spawn(move || listener.incoming().take(clients).flatten().for_each(serve)))
}

/// What a client prints that runs with these arguments, on both outputs, and whether it was content.
fn run(arguments: &[&str]) -> (String, bool) {
    let output =
        example::command("client").args(arguments).env("CTI_PASSWORD", "swordfish").output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (String::from_utf8(printed).unwrap(), output.status.success())
}

/// CLOSE_CONF, MONITOR_START_CONF and HEARTBEAT_CONF, as they are asked for.
fn usual(raw: RawMessage<'_>) -> Vec<u8> {
    let invoke_id = u32::from_be_bytes(raw.body[..4].try_into().unwrap());
    match raw.message_type {
        MessageType::OPEN_REQ => open_conf(14, 0x20, 0),
        MessageType::CLOSE_REQ => message(8, &[invoke_id], b""),
        MessageType::MONITOR_START_REQ => message(94, &[invoke_id, 70 + invoke_id], b""),
        _ => Vec::new(),
    }
}

#[test]
fn a_password_that_a_server_sends_back_is_not_shown() {
    let (address, served) = server(1, |raw| {
        let mut answer = usual(raw);
        if raw.message_type == MessageType::OPEN_REQ {
            let echo = message(3, &[], raw.body);
            // Before the session is open and after, whole and cut short; and where no password belongs.
            let cut = message(3, &[], &raw.body[..raw.body.len() - 1]);
            let event = message(31, &[1, 0, 1, 0, 0, 0], b"\0\0\x02\x09swordfish\x31\x09swordfish");
            let state = message(38, &[9, 5000], b"\0\x03\0\0\0\0\0\0\0\0\0\0\0\x31\x09swordfish");
            answer = [&echo[..], &cut, &answer, &echo, &cut, &event, &state].concat();
        }
        answer
    });
    let (printed, _) = run(&["--connect", &address, "--for", "1", "--trace"]);
    served.join().unwrap();
    assert!(printed.contains("OPEN_REQ") && printed.contains("SYSTEM_EVENT"), "{printed}");
    for secret in ["swordfish", "73776f726466697368", "115, 119, 111"] {
        assert!(!printed.to_lowercase().contains(secret), "{printed}");
    }
}

#[test]
fn the_other_side_is_tried_although_one_refuses_the_version() {
    // E_CTI_INVALID_VERSION.
    let (side_a, _) = server(9, |_| failure_conf(1, 1));
    let (side_b, served) = server(1, usual);
    let (printed, content) = run(&["--connect", &side_a, "--connect-b", &side_b, "--for", "2"]);
    served.join().unwrap();
    assert!(content && printed.contains("\"opened\"") && printed.contains("\"started\":true"), "{printed}");
}

#[test]
fn a_client_that_both_sides_refuse_says_so() {
    let (side_a, _) = server(9, |_| failure_conf(1, 1));
    let (side_b, _) = server(9, |_| failure_conf(1, 36));
    let (printed, content) = run(&["--connect", &side_a, "--connect-b", &side_b, "--for", "9"]);
    let says = "the server refused to open the session with E_CTI_INVALID_PASSWORD (client ID or password are wrong)";
    assert!(!content && printed.contains(says), "{printed}");
    let (printed, content) = run(&["--connect", &side_a, "--for", "9"]);
    let says = "the server refused to open the session with E_CTI_INVALID_VERSION";
    assert!(!content && printed.contains(says), "{printed}");
}
