//! The sessions that an event concerns.

use crate::common::ends::TestServer;
use crate::common::event::V::{N, S};
use crate::common::wire::Open;
use ged188::ServerConfig;
use ged188::message::OpenConf;
use ged188::named_values::CtiServiceMask;
use ged188::server::MonitorIndex;

use crate::server_end::*;

#[test]
fn an_index_finds_the_sessions_that_an_event_concerns() {
    let index = MonitorIndex::new();
    let mut sessions: Vec<_> = (0..6).map(|_| open()).collect();
    // This one was there before it was indexed.
    let indexed = device(&mut sessions[0], AGENT, "5001");
    for (key, session) in sessions.iter_mut().enumerate() {
        index.add(key, session);
    }
    let phone = device(&mut sessions[1], AGENT, "5001");
    device(&mut sessions[2], AGENT, "5002");
    device(&mut sessions[3], TRUNK, "17");
    call(&mut sessions[4], 301, "5001");
    let held = |device| [("HoldingDeviceType", N(AGENT)), ("HoldingDeviceID", S(device))];
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5001")), [0, 1]);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5002")), [2]);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5003")), [0; 0]);
    assert_eq!(found(&index, "CALL_DELIVERED_EVENT", &[("TrunkNumber", N(17))]), [3]);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &[("ConnectionCallID", N(301))]), [4]);
    let both = [held("5002").to_vec(), vec![("ConnectionCallID", N(301))]].concat();
    assert_eq!(found(&index, "CALL_HELD_EVENT", &both), [2, 4]);

    // A session that got events of a call gets its end, which names nobody.
    of_call(&mut sessions[1], "BEGIN_CALL_EVENT", 777, "5001");
    assert_eq!(found(&index, "END_CALL_EVENT", &[("ConnectionCallID", N(777))]), [1]);
    of_call(&mut sessions[1], "END_CALL_EVENT", 777, "5001");
    of_call(&mut sessions[4], "END_CALL_EVENT", 301, "5001");
    stop(&mut sessions[1], phone);
    assert_eq!(found(&index, "END_CALL_EVENT", &[("ConnectionCallID", N(777))]), [0; 0]);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &[("ConnectionCallID", N(301))]), [0; 0]);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5001")), [0]);

    stop(&mut sessions[0], indexed);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5001")), [0; 0]);

    // A session that is dropped is taken out, whatever it had, and so is one that gets another index.
    device(&mut sessions[2], AGENT, "5003");
    sessions[2] = open();
    device(&mut sessions[5], AGENT, "5003");
    MonitorIndex::new().add(5, &mut sessions[5]);
    for device in ["5002", "5003"] {
        assert_eq!(found(&index, "CALL_HELD_EVENT", &held(device)), [0; 0]);
    }
    // All of these may have translation routes.
    assert_eq!(found(&index, "CALL_TRANSLATION_ROUTE_EVENT", &[]), [0, 1, 3, 4]);
}

#[test]
fn an_index_keeps_a_call_as_long_as_one_of_its_number_goes_on() {
    let mut server = open();
    device(&mut server, AGENT, "5001");
    let of_peripheral = |peripheral| {
        [("PeripheralID", N(peripheral)), ("ConnectionCallID", N(301)), ("ConnectionDeviceID", S("5001"))]
    };
    for peripheral in [1, 2] {
        deliver(&mut server, "BEGIN_CALL_EVENT", &of_peripheral(peripheral));
    }
    let index = MonitorIndex::new();
    index.add(0, &mut server);
    let mut concerned = Vec::new();
    for peripheral in [1, 2] {
        concerned.push(found(&index, "CALL_HELD_EVENT", &[("ConnectionCallID", N(301))]));
        deliver(&mut server, "END_CALL_EVENT", &of_peripheral(peripheral));
    }
    concerned.push(found(&index, "CALL_HELD_EVENT", &[("ConnectionCallID", N(301))]));
    assert_eq!(concerned, [vec![0], vec![0], vec![]]);
}

#[test]
fn an_index_keeps_a_device_that_the_open_watches_too() {
    let (mut server, _) = open_monitor(0x21, 0x21, held());
    let monitor = device(&mut server, AGENT, "5001");
    let index = MonitorIndex::new();
    index.add(0, &mut server);
    stop(&mut server, monitor);
    let held = [("HoldingDeviceType", N(AGENT)), ("HoldingDeviceID", S("5001"))];
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held), [0]);
}

#[test]
fn an_index_knows_what_the_open_watches() {
    let index = MonitorIndex::new();
    let mut servers = Vec::new();
    for (key, services) in [0x1, 0x10, 0x40].into_iter().enumerate() {
        let mut server = TestServer::start(NOW, ServerConfig::default());
        index.add(key, &mut server);
        let fields: &[(u8, &[u8])] = &[(1, b"desk\0"), (2, b"\0"), (4, b"5001\0")];
        let open = Open { services, peripheral_id: 5000, fields, ..Open::default() };
        server.receive(NOW, &open.bytes());
        assert!(server.poll().is_some());
        let services_granted = CtiServiceMask::from_bits_retain(services);
        server.accept(NOW, &OpenConf { services_granted, ..Default::default() }).unwrap();
        servers.push(server);
    }
    let held = |device| [("HoldingDeviceType", N(AGENT)), ("HoldingDeviceID", S(device))];
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5001")), [0, 1]);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5002")), [1]);
    assert_eq!(found(&index, "CALL_TRANSLATION_ROUTE_EVENT", &[]), [1]);
    // What is no event concerns nobody.
    assert_eq!(found(&index, "MONITOR_STOP_CONF", &[]), [0; 0]);
}
