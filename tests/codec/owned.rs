//! Messages that own their bytes.

use crate::common::wire;
use std::collections::{BTreeSet, HashSet};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::common::wire::Open;
use ged188::id::MonitorId;
use ged188::message::CallHeldEvent;
use ged188::server::Policy;
use ged188::{
    Encode, Input, Message, MessageType, OwnedMessage, ProtocolVersion, RawMessage, Server, ServerConfig,
    ServerEvent,
};

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).unwrap()
}

/// END_CALL_EVENT for monitor 7 of call 300 at 5001.
const END: &[u8] = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0";

fn decode(message_type: MessageType, body: &[u8]) -> Message<'_> {
    Message::decode(version(14), RawMessage { message_type, body }).unwrap()
}

#[test]
fn a_kept_message_outlives_its_bytes_and_goes_to_other_threads() {
    let (sender, receiver) = channel();
    let reader = thread::spawn(move || {
        let kept: OwnedMessage = receiver.recv().unwrap();
        let Ok(Message::EndCallEvent(event)) = kept.message() else { panic!("{kept:?}") };
        (event.monitor_id, event.connection_device_id.unwrap().to_string())
    });
    {
        let bytes = END.to_vec();
        let event = decode(MessageType::END_CALL_EVENT, &bytes);
        sender.send(OwnedMessage::new(version(14), &event).unwrap()).unwrap();
    }
    assert_eq!(reader.join().unwrap(), (MonitorId(7), "5001".into()));
}

#[test]
fn what_encoding_would_refuse_is_kept_as_it_came() {
    // A ConnectionDeviceID of 70 bytes, where 64 are allowed, and a tag that nobody knows.
    let body = [END, &[25, 70], &[b'5'; 70], &[250, 1, 9]].concat();
    let event = decode(MessageType::END_CALL_EVENT, &body);
    let kept = OwnedMessage::new(version(14), &event).unwrap();
    assert_eq!(
        (kept.version(), kept.message_type(), kept.body()),
        (version(14), MessageType::END_CALL_EVENT, &body[..])
    );
    assert_eq!(kept.message(), Ok(event));
    let mut out = Vec::new();
    kept.encode_to(version(14), &mut out).unwrap();
    assert_eq!(out[8..], body);
    // And what has no published layout.
    let unknown = decode(MessageType(9999), b"anything");
    assert_eq!(OwnedMessage::new(version(14), &unknown).unwrap().body(), b"anything");
}

#[test]
fn what_was_changed_since_is_encoded() {
    let mut event = decode(MessageType::END_CALL_EVENT, END);
    if let Message::EndCallEvent(event) = &mut event {
        event.monitor_id = MonitorId(8);
    }
    let kept = OwnedMessage::new(version(14), &event).unwrap();
    assert_eq!(kept.body(), [b"\0\0\0\x08", &END[4..]].concat());
    // In another version too: from version 20 on tag and length take two bytes each.
    let wide = OwnedMessage::new(version(20), &decode(MessageType::END_CALL_EVENT, END)).unwrap();
    assert_eq!(wide.body(), [&END[..16], b"\0\x19\0\x05", &END[18..]].concat());
    // What the protocol forbids is refused.
    let long = "5".repeat(64);
    let held = CallHeldEvent { connection_device_id: Some(long.as_str().into()), ..Default::default() };
    assert!(OwnedMessage::new(version(14), &held.clone().into()).is_err());
    assert!(OwnedMessage::encode(version(14), &held).is_err());
}

#[test]
fn kept_messages_are_ordered_and_hashed_by_what_they_are() {
    let keep = |number, body: &[u8]| {
        let raw = RawMessage { message_type: MessageType::END_CALL_EVENT, body };
        OwnedMessage::from(raw.in_version(version(number)))
    };
    let all = [keep(14, END), keep(14, END), keep(14, &END[..16]), keep(15, END)];
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 3);
    let in_order: Vec<_> =
        all.iter().collect::<BTreeSet<_>>().into_iter().map(|one| one.body().len()).collect();
    assert_eq!(in_order, [16, END.len(), END.len()]);
    assert_eq!(format!("{:?}", all[0]), "OwnedMessage(END_CALL_EVENT, version 14, 23 bytes)");
}

#[test]
fn a_kept_message_goes_out_in_the_version_of_a_session() {
    let mut session = Server::new(Duration::ZERO, ServerConfig::default());
    let mut input = Input::default();
    input.push(&Open { version: 20, ..Open::default() }.bytes());
    let Some(ServerEvent::OpenRequested(open)) = session.poll(Duration::ZERO, &mut input) else { panic!() };
    session.accept(Duration::ZERO, &Policy::default().decide(&open).unwrap()).unwrap();
    session.consume_output(session.output().len());
    let kept = OwnedMessage::new(version(14), &decode(MessageType::END_CALL_EVENT, END)).unwrap();
    session.send(Duration::ZERO, &kept).unwrap();
    let wide = [&END[..16], b"\0\x19\0\x05", &END[18..]].concat();
    assert_eq!(session.output(), wire::message(24, &[], &wide));
}
