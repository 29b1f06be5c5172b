//! What the fuzz targets, and reading the code for them, have found: one test each, with what was wrong.

use std::time::Duration;

use crate::common::ends::{TestClient, TestServer};
use crate::common::wire::{Open, failure_conf, message, open_conf};
use ged188::client::MonitorEndReason;
use ged188::id::{CallId, MonitorId, VersionNumber};
use ged188::message::*;
use ged188::named_values::{CallEventMask, ConnectionDeviceIdType, CtiServiceMask};
use ged188::{Bytes, Message, Secret};
use ged188::{
    ClientConfig, ClientEvent, CloseReason, Masks, MonitorKey, SendError, ServerConfig, ServerEvent, Target,
};

const ZERO: Duration = Duration::ZERO;

fn connect() -> TestClient {
    let open = OpenReq {
        version_number: VersionNumber(14),
        idle_timeout: u32::MAX,
        services_requested: CtiServiceMask::all(),
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    TestClient::open(ZERO, ClientConfig::default(), &open).unwrap()
}

/// A client whose session is open; its OPEN_REQ had InvokeID 1.
fn client() -> TestClient {
    let mut client = connect();
    client.receive(ZERO, &open_conf(14, !0x11, 0));
    assert!(matches!(client.poll(), Some(ClientEvent::Opened(_))));
    client.sent();
    client
}

fn call() -> Target<'static> {
    Target::Call {
        call_id: CallId(300),
        device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
        device_id: "5001".into(),
    }
}

/// Masks that do not let END_CALL_EVENT through.
fn deaf() -> Masks {
    Masks { calls: CallEventMask::CALL_DELIVERED_MASK, ..Masks::ALL }
}

fn start(client: &mut TestClient, masks: Masks) -> MonitorKey {
    client.start_monitor(ZERO, None, call(), masks).unwrap()
}

/// END_CALL_EVENT of call 300 at 5001, for a monitor.
fn end_call(monitor_id: u32) -> Vec<u8> {
    message(24, &[monitor_id, 0], b"\0\x11\0\0\0\0\x01\x2C\x19\x055001\0")
}

/// A monitor whose call ended before it was started was taken for ended, but counted as one that is being started
/// for ever, so that events for monitors that do not exist were kept, not given.
#[test]
fn a_monitor_whose_call_ends_while_it_starts_waits_for_its_answer() {
    let mut client = client();
    let hearing = start(&mut client, Masks::ALL);
    client.receive(ZERO, &message(94, &[2, 7], b""));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorStarted { .. })));
    let starting = start(&mut client, deaf());
    client.receive(ZERO, &end_call(7));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorEvent { monitor, .. }) if monitor == hearing));
    let Some(ClientEvent::MonitorEnded { monitor, reason, .. }) = client.poll() else { panic!() };
    assert_eq!((monitor, reason), (hearing, MonitorEndReason::CallEnded));
    assert_eq!(client.poll(), None);
    client.receive(ZERO, &failure_conf(3, 13));
    assert!(
        matches!(client.poll(), Some(ClientEvent::MonitorStarted { monitor, result: Err(_), .. }) if monitor == starting)
    );
    client.receive(ZERO, &end_call(9));
    assert!(matches!(client.poll(), Some(ClientEvent::UnknownMonitor { id: MonitorId(9), .. })));
}

/// The same, where the monitor was to be restored: the application was never told that all had been tried.
#[test]
fn restoring_comes_to_an_end_although_a_call_does() {
    let mut first = client();
    start(&mut first, Masks::ALL);
    start(&mut first, deaf());
    let plan = first.plan();
    let mut client = connect();
    client.restore(plan).unwrap();
    client.receive(ZERO, &open_conf(14, !0x11, 0));
    assert!(matches!(client.poll(), Some(ClientEvent::Opened(_))));
    assert_eq!(client.poll(), None);
    // The first is started, the second is refused because their call has ended.
    client.receive(ZERO, &message(94, &[2, 7], b""));
    client.receive(ZERO, &end_call(7));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorStarted { .. })));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorEvent { .. })));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorEnded { .. })));
    client.receive(ZERO, &failure_conf(3, 13));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorStarted { result: Err(_), .. })));
    let restored = ClientEvent::Restored { started: 1, failed: 1, gap: ZERO };
    assert_eq!(client.poll(), Some(restored));
}

/// A confirmation that came twice was taken for that of a monitor for which nobody waits, and the monitor stopped.
#[test]
fn a_monitor_that_is_confirmed_twice_lives_on() {
    let mut client = client();
    start(&mut client, Masks::ALL);
    client.sent();
    client.receive(ZERO, &message(94, &[2, 7], b"").repeat(2));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorStarted { .. })));
    assert!(matches!(client.poll(), Some(ClientEvent::Unexpected(_))));
    assert_eq!(client.sent(), b"");
}

/// The monitor of all events that the open makes got events after it had ended.
#[test]
fn events_without_an_identifier_are_for_nobody_when_their_monitor_has_ended() {
    let mut client = connect();
    let mut opened = open_conf(14, u32::MAX, 0);
    opened[16..20].copy_from_slice(&7u32.to_be_bytes());
    client.receive(ZERO, &opened);
    assert!(matches!(client.poll(), Some(ClientEvent::Opened(_))));
    let Some(ClientEvent::MonitorStarted { monitor, .. }) = client.poll() else { panic!() };
    client.stop_monitor(ZERO, monitor).unwrap();
    client.receive(ZERO, &message(96, &[2], b""));
    assert!(matches!(client.poll(), Some(ClientEvent::MonitorStopped { result: Ok(_), .. })));
    client.receive(ZERO, &end_call(0));
    assert!(matches!(client.poll(), Some(ClientEvent::Received(_))));
}

/// An `accept` that fails made a monitor all the same, which took the place of that of the open.
#[test]
fn an_acceptance_that_fails_makes_no_monitor() {
    let mut server = TestServer::start(ZERO, ServerConfig::default());
    let open = Open {
        services: 0x01,
        peripheral_id: 1,
        call_mask: u32::MAX,
        fields: &[(1, b"desk\0"), (2, b"\0"), (4, b"5001\0")],
        ..Default::default()
    };
    server.receive(ZERO, &open.bytes());
    assert!(matches!(server.poll(), Some(ServerEvent::OpenRequested(_))));
    let conf = OpenConf { services_granted: CtiServiceMask::all(), ..Default::default() };
    server.accept(ZERO, &conf).unwrap();
    assert_eq!(server.monitor_count(), 1);
    assert_eq!(server.accept(ZERO, &conf), Err(SendError::AlreadyOpen));
    assert_eq!(server.monitor_count(), 1);
}

/// ACTIVE_MAINTENANCE_REQ in a session of a version that does not have it was taken for a request, though no answer
/// to it can be sent: when the time for that was over, nothing happened at the deadline.
#[test]
fn a_request_of_a_later_version_is_none() {
    let mut client = client();
    let deadline = client.deadline();
    client.receive(ZERO, &message(278, &[1], b""));
    let received = client.poll();
    assert!(matches!(received, Some(ClientEvent::Received(Message::Unknown(_)))), "{received:?}");
    assert_eq!(client.deadline(), deadline);
}

/// A client that hung up while the application decided about its OPEN_REQ left a session that never ended, with a deadline
/// that was always over.
#[test]
fn a_client_may_hang_up_while_the_application_decides() {
    let mut server = TestServer::start(ZERO, ServerConfig::default());
    server.receive(ZERO, &Open::default().bytes());
    assert!(matches!(server.poll(), Some(ServerEvent::OpenRequested(_))));
    server.disconnected(ZERO);
    assert_eq!(server.poll(), Some(ServerEvent::Closed(CloseReason::Disconnected)));
    assert_eq!(server.deadline(), None);
}
