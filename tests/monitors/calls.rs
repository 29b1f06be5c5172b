//! Calls as a server knows them, and monitors of calls.

use crate::common::event;
use crate::common::event::V::{N, S};
use crate::common::wire::Open;
use ged188::id::MonitorId;
use ged188::session::Limits;
use ged188::{CloseReason, SendError, ServerConfig, ServerEvent as Event};

use crate::server_end::*;

#[test]
fn a_call_is_concerned_by_all_its_events() {
    let mut server = open();
    let id = call(&mut server, 301, "5001");
    // Devices that the monitor never heard of do not matter.
    for (name, device) in [
        ("BEGIN_CALL_EVENT", "5001"),
        ("CALL_DELIVERED_EVENT", "5001"),
        ("CALL_ESTABLISHED_EVENT", "5009"),
        ("CALL_HELD_EVENT", "5009"),
        ("CALL_CLEARED_EVENT", "5001"),
    ] {
        assert_eq!(of_call(&mut server, name, 301, device), [id], "{name}");
        assert_eq!(of_call(&mut server, name, 302, device), [], "{name}");
    }
    for field in ["PrimaryCallID", "SecondaryCallID"] {
        assert_eq!(deliver(&mut server, "CALL_CONFERENCED_EVENT", &[(field, N(301))]), [id]);
        assert_eq!(deliver(&mut server, "CALL_TRANSFERRED_EVENT", &[(field, N(301))]), [id]);
    }
}

#[test]
fn a_call_monitor_ends_when_the_end_of_its_call_was_delivered() {
    let mut server = open();
    let (of_this, of_other) = (call(&mut server, 301, "5001"), call(&mut server, 302, "5001"));
    let phone = device(&mut server, AGENT, "5001");
    let bytes = event::bytes(
        14,
        "END_CALL_EVENT",
        &[("ConnectionCallID", N(301)), ("ConnectionDeviceID", S("5001"))],
    );
    let delivery = server.deliver(NOW, &event::typed(14, &bytes)).unwrap();
    assert_eq!((delivery.messages, delivery.ended), (2, &[MonitorId(of_this)][..]));
    let expected = [event::for_monitor(of_this, &bytes), event::for_monitor(phone, &bytes)].concat();
    assert_eq!(server.sent(), expected);
    assert_eq!(server.monitor_count(), 2);
    // From now on it is unknown.
    assert_eq!(refused(&stop(&mut server, of_this)), code("E_CTI_INVALID_MONITORID"));
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5009"), [0; 0]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 302, "5009"), [of_other]);
}

#[test]
fn a_call_monitor_ends_with_its_call_although_its_mask_hides_the_end() {
    let mut server = open();
    let mut values = vec![("CallMsgMask", N(0x1))];
    values.extend(call_request(301, "5001"));
    let id = started(&ask(&mut server, &values));
    assert_eq!(of_call(&mut server, "END_CALL_EVENT", 301, "5001"), [0; 0]);
    assert_eq!(refused(&stop(&mut server, id)), code("E_CTI_INVALID_MONITORID"));
}

#[test]
fn two_calls_with_one_identifier_are_told_apart_by_their_connections() {
    let mut server = open();
    let phone = device_with(&mut server, "5009", 0, ALL);
    let (first, second) = (call(&mut server, 301, "5001"), call(&mut server, 301, "5002"));
    assert_ne!(phone, first);
    for name in ["BEGIN_CALL_EVENT", "CALL_DELIVERED_EVENT", "CALL_HELD_EVENT", "CALL_CLEARED_EVENT"] {
        assert_eq!(of_call(&mut server, name, 301, "5001"), [first], "{name}");
        assert_eq!(of_call(&mut server, name, 301, "5002"), [second], "{name}");
    }
    assert_eq!(of_call(&mut server, "END_CALL_EVENT", 301, "5002"), [second]);
    assert_eq!(of_call(&mut server, "CALL_RETRIEVED_EVENT", 301, "5001"), [first]);
    assert_eq!(of_call(&mut server, "END_CALL_EVENT", 301, "5001"), [first]);
}

#[test]
fn a_new_connection_belongs_to_the_call_that_has_no_destination_yet() {
    let mut server = open();
    let (first, second) = (call(&mut server, 301, "5001"), call(&mut server, 301, "5002"));
    // 6001 answers the first call: only one of both is known to have no destination after that.
    assert_eq!(of_call(&mut server, "CALL_ESTABLISHED_EVENT", 301, "5001"), [first]);
    assert_eq!(of_call(&mut server, "CALL_ESTABLISHED_EVENT", 301, "6002"), [second]);
    // The new connection is the second call's from now on.
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "6002"), [second]);
    assert_eq!(of_call(&mut server, "CALL_CONNECTION_CLEARED_EVENT", 301, "6002"), [second]);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [first]);
}

#[test]
fn a_call_is_known_by_its_first_connection_even_when_that_is_gone() {
    let mut server = open();
    let (first, second) = (call(&mut server, 301, "5001"), call(&mut server, 301, "5002"));
    assert_eq!(of_call(&mut server, "CALL_ESTABLISHED_EVENT", 301, "6001"), [first]);
    for device in ["5001", "5002"] {
        of_call(&mut server, "CALL_CONNECTION_CLEARED_EVENT", 301, device);
    }
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [first]);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5002"), [second]);
    // Others are gone when they are gone: whose event this is nobody can tell.
    assert_eq!(of_call(&mut server, "CALL_CONNECTION_CLEARED_EVENT", 301, "6001"), [first]);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "6001"), [first, second]);
}

#[test]
fn calls_that_have_ended_make_room_for_others() {
    let (mut server, index) = indexed_with_two_calls();
    for id in 0..10 {
        of_call(&mut server, "BEGIN_CALL_EVENT", id, "5001");
        of_call(&mut server, "END_CALL_EVENT", id, "5001");
    }
    for id in 301..304 {
        of_call(&mut server, "BEGIN_CALL_EVENT", id, "5001");
    }
    let known = |id| found(&index, "END_CALL_EVENT", &[("ConnectionCallID", N(id))]) == [1];
    // The oldest of three is forgotten.
    assert_eq!([301, 302, 303].map(known), [false, true, true]);
}

#[test]
fn calls_that_are_watched_take_no_room() {
    let (mut server, index) = indexed_with_two_calls();
    let ids: Vec<_> = (301..306).map(|id| call(&mut server, id, "5002")).collect();
    let known =
        |ids: [u32; 3]| ids.map(|id| found(&index, "END_CALL_EVENT", &[("ConnectionCallID", N(id))]) == [1]);
    for id in [401, 402] {
        of_call(&mut server, "BEGIN_CALL_EVENT", id, "5001");
    }
    assert_eq!(known([301, 401, 402]), [true; 3]);
    // When its monitor is stopped, it is one of those that may be forgotten, and the oldest.
    stop(&mut server, ids[0]);
    assert_eq!(known([301, 401, 402]), [false, true, true]);
}

#[test]
fn a_call_can_get_another_name() {
    let mut server = open();
    let id = call(&mut server, 301, "5001");
    let rename = [
        ("ConnectionCallID", N(301)),
        ("NewConnectionDeviceIDType", N(0)),
        ("NewConnectionCallID", N(401)),
        ("ConnectionDeviceID", S("5001")),
        ("NewConnectionDeviceID", S("5011")),
    ];
    assert_eq!(deliver(&mut server, "CALL_DATA_UPDATE_EVENT", &rename), [id]);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [0; 0]);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 401, "5011"), [id]);
    // A second call with the new identifier is another one.
    assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", 401, "5012"), [0; 0]);
    assert_eq!(of_call(&mut server, "END_CALL_EVENT", 401, "5011"), [id]);
    assert_eq!(server.monitor_count(), 0);
}

#[test]
fn a_call_data_update_without_new_names_renames_nothing() {
    let mut server = open();
    let id = call(&mut server, 301, "5001");
    let update = [
        ("ConnectionCallID", N(301)),
        ("NewConnectionCallID", N(u32::MAX)),
        ("ConnectionDeviceID", S("5001")),
        ("NewConnectionDeviceID", S("")),
    ];
    assert_eq!(deliver(&mut server, "CALL_DATA_UPDATE_EVENT", &update), [id]);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [id]);
}

#[test]
fn a_transfer_gives_the_connections_of_the_second_call_to_the_first() {
    for name in ["CALL_TRANSFERRED_EVENT", "CALL_CONFERENCED_EVENT"] {
        let mut server = open();
        // The primary call, the secondary call, and another one with the primary's identifier.
        let (primary, secondary) = (call(&mut server, 301, "5001"), call(&mut server, 302, "5002"));
        let other = call(&mut server, 301, "5009");
        let merge = [
            ("PrimaryCallID", N(301)),
            ("SecondaryCallID", N(302)),
            ("PrimaryDeviceID", S("5001")),
            ("SecondaryDeviceID", S("5002")),
        ];
        assert_eq!(deliver(&mut server, name, &merge), [primary, secondary]);
        assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5002"), [primary]);
        assert_eq!(of_call(&mut server, "END_CALL_EVENT", 302, "5002"), [secondary]);
        assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5009"), [other]);
        assert_eq!(of_call(&mut server, "END_CALL_EVENT", 301, "5001"), [primary]);
        assert_eq!(server.monitor_count(), 1);
    }
}

#[test]
fn calls_that_never_end_are_forgotten_but_for_those_that_are_watched() {
    let limits = Limits { calls: 100, ..Default::default() };
    let mut server = open_with(
        ServerConfig { limits, ..Default::default() },
        Open { services: 0x1160, ..Open::default() },
    );
    let watched = call(&mut server, 301, "5001");
    // Two calls have one identifier, of which one is watched.
    of_call(&mut server, "BEGIN_CALL_EVENT", 301, "5002");
    let phone = device(&mut server, AGENT, "5002");
    for id in 1000..3000 {
        assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", id, "5002"), [phone]);
    }
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [watched]);
    assert_eq!(of_call(&mut server, "END_CALL_EVENT", 301, "5001"), [watched]);
}

#[test]
fn a_client_that_does_not_read_its_events_is_given_up() {
    let limits = ged188::session::Limits { output: 100, ..Default::default() };
    let config = ServerConfig { limits, ..Default::default() };
    let mut server = open_with(config, Open { services: ALL, ..Open::default() });
    for _ in 0..10 {
        device(&mut server, AGENT, "5001");
    }
    let bytes = event::bytes(14, "CALL_CLEARED_EVENT", &[("ConnectionDeviceID", S("5001"))]);
    let event = event::typed(14, &bytes);
    // However many monitors there are, an event may go to all of them if nothing else waits.
    assert_eq!(server.deliver(NOW, &event).unwrap().messages, 10);
    let waiting = 10 * bytes.len();
    assert_eq!(server.deliver(NOW, &event).unwrap_err(), SendError::OutputFull { pending: waiting });
    assert_eq!(server.output().len(), waiting);
    assert_eq!(server.poll(), Some(Event::Closed(CloseReason::NotReading)));
}

#[test]
fn events_may_fill_what_may_wait_to_the_last_byte() {
    let bytes = event::bytes(14, "CALL_CLEARED_EVENT", &[("ConnectionDeviceID", S("5001"))]);
    let limits = ged188::session::Limits { output: 3 * bytes.len(), ..Default::default() };
    let config = ServerConfig { limits, ..Default::default() };
    let mut server = open_with(config, Open { services: ALL, ..Open::default() });
    device(&mut server, AGENT, "5001");
    let event = event::typed(14, &bytes);
    for _ in 0..3 {
        assert_eq!(server.deliver(NOW, &event).unwrap().messages, 1);
    }
    assert!(server.deliver(NOW, &event).is_err());
}
