//! Limits of monitors, late answers, and the end of monitors, at a server.

use std::time::Duration;

use crate::common::ends::TestServer;
use crate::common::event::V::{N, S};
use crate::common::wire::Open;
use crate::common::{event, wire};
use ged188::id::{CallId, MonitorId, PeripheralId};
use ged188::message::MonitorStartConf;
use ged188::named_values::{ConnectionDeviceIdType, DeviceIdType, StatusCode};
use ged188::session::Limits;
use ged188::{MessageType, Str};
use ged188::{SendError, ServerConfig, ServerEvent as Event, Target};

use crate::server_end::*;

#[test]
fn monitors_have_a_limit() {
    let limits = Limits { monitors: 2, ..Default::default() };
    let mut server = open_with(
        ServerConfig { limits, ..Default::default() },
        Open { services: 0x1160, ..Open::default() },
    );
    let first = device(&mut server, AGENT, "5001");
    device(&mut server, AGENT, "5002");
    let target = [("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S("5003"))];
    assert_eq!(refused(&ask(&mut server, &target)), code("E_CTI_UNSPECIFIED_FAILURE"));
    stop(&mut server, first);
    device(&mut server, AGENT, "5003");

    // Those that the application has not decided on count.
    let mut server = open_with(
        ServerConfig { limits, ..Default::default() },
        Open { services: 0x1160, ..Open::default() },
    );
    let values =
        [[("InvokeID", N(9)), ("ConnectionCallID", N(0)), ("CallMsgMask", N(ALL))].as_slice(), &target];
    let request = event::bytes(14, "MONITOR_START_REQ", &values.concat());
    server.receive(NOW, &request.repeat(3));
    for _ in 0..2 {
        assert!(matches!(server.poll(), Some(Event::MonitorRequested { .. })));
    }
    assert!(matches!(server.poll(), Some(Event::MonitorRejected { .. })));
}

#[test]
fn monitors_are_granted_in_any_order() {
    let mut server = open();
    server.receive(NOW, &[device_request(8, "5001"), device_request(9, "5002")].concat());
    let [first, second] = [(); 2].map(|()| match server.poll() {
        Some(Event::MonitorRequested { responder, .. }) => responder,
        other => panic!("{other:?}"),
    });
    let id = server.start_monitor(NOW, second).unwrap().0;
    assert_eq!(started(&server.sent()), id);
    let held = |device| [("HoldingDeviceType", N(AGENT)), ("HoldingDeviceID", S(device))];
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &held("5002")), [id]);
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &held("5001")), [0; 0]);
    let other = server.start_monitor(NOW, first).unwrap().0;
    server.sent();
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &held("5001")), [other]);
}

#[test]
fn a_request_for_a_monitor_is_answered_by_a_monitor_or_not_at_all() {
    let mut server = open();
    let responder = requested(&mut server, &device_request(9, "5001"));
    // A confirmation without a monitor would be a lie.
    let conf = MonitorStartConf { monitor_id: MonitorId(71), ..Default::default() };
    let not_allowed = Err(SendError::NotAllowed(MessageType::MONITOR_START_CONF));
    assert_eq!(server.confirm(NOW, &responder, &conf), not_allowed);
    assert_eq!((server.sent(), server.monitor_count()), (vec![], 0));
    let id = server.start_monitor(NOW, &responder).unwrap();
    assert_eq!(started(&server.sent()), id.0);
    // Once.
    assert_eq!(server.start_monitor(NOW, &responder), Err(SendError::TooLate));
    assert_eq!((server.sent(), server.monitor_count()), (vec![], 1));
}

#[test]
fn a_request_for_a_monitor_that_is_ignored_or_late_leaves_nothing_behind() {
    let mut server = open();
    let responder = requested(&mut server, &device_request(8, "5001"));
    server.ignore(&responder);
    assert_eq!(server.start_monitor(NOW, &responder), Err(SendError::TooLate));
    let late = requested(&mut server, &device_request(9, "5002"));
    let after = Duration::from_secs(30);
    server.tick(after);
    assert!(matches!(server.poll(), Some(Event::NotAnswered(_))));
    // E_CTI_TIMEOUT.
    assert_eq!(server.sent(), wire::failure_conf(9, 16));
    assert_eq!(server.start_monitor(after, &late), Err(SendError::TooLate));
    assert_eq!((server.sent(), server.monitor_count()), (vec![], 0));
}

#[test]
fn a_request_with_the_same_invoke_id_is_another_request() {
    let mut server = open();
    let old = requested(&mut server, &device_request(9, "5001"));
    let later = Duration::from_secs(20);
    server.receive(later, &device_request(9, "5002"));
    let Some(Event::MonitorRequested { responder: new, .. }) = server.poll() else { panic!() };
    server.tick(Duration::from_secs(30));
    assert!(matches!(server.poll(), Some(Event::NotAnswered(_))));
    assert!(server.start_monitor(Duration::from_secs(30), &old).is_err());
    server.sent();
    let id = server.start_monitor(Duration::from_secs(30), &new).unwrap();
    assert_eq!(started(&server.sent()), id.0);
    let held = [("HoldingDeviceType", N(AGENT)), ("HoldingDeviceID", S("5002"))];
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &held), [id.0]);
}

#[test]
fn a_reply_to_another_session_answers_nothing_here() {
    let (mut one, mut other) = (open(), open());
    let of_one = requested(&mut one, &device_request(9, "5001"));
    let of_other = requested(&mut other, &device_request(9, "5001"));
    assert_eq!(other.start_monitor(NOW, &of_one), Err(SendError::OtherSession));
    other.ignore(&of_one);
    assert_eq!(other.refuse(NOW, &of_one, StatusCode::E_CTI_TIMEOUT), Err(SendError::OtherSession));
    assert_eq!((other.sent(), other.monitor_count()), (vec![], 0));
    other.start_monitor(NOW, of_other).unwrap();
    one.start_monitor(NOW, of_one).unwrap();
    assert_eq!((one.monitor_count(), other.monitor_count()), (1, 1));
}

#[test]
fn an_application_may_refuse_a_second_monitor_of_a_target() {
    let mut server = open();
    let phone = |device_type, id| Target::Device { device_type, device_id: Str::new(id) };
    let agent = |id| phone(DeviceIdType::DEVID_AGENT_DEVICE, id);
    assert!(!server.has_monitor(None, agent("5001")));
    device(&mut server, AGENT, "5001");
    assert!(server.has_monitor(None, agent("5001")));
    let responder = requested(&mut server, &device_request(9, "5001"));
    server.refuse(NOW, responder, StatusCode::E_CTI_MONITOR_ALREADY_EXISTS).unwrap();
    assert_eq!(server.sent(), wire::failure_conf(9, code("E_CTI_MONITOR_ALREADY_EXISTS")));
    assert!(!server.has_monitor(None, agent("5002")));
    assert!(!server.has_monitor(None, phone(DeviceIdType::DEVID_TRUNK_IDENTIFIER, "5001")));
    // The same number at another ACD is another device.
    let values =
        [("PeripheralID", N(5000)), ("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S("5003"))];
    started(&ask(&mut server, &values));
    let at = |id| Some(PeripheralId(id));
    let found = [at(5000), at(6000), None].map(|place| server.has_monitor(place, agent("5003")));
    assert_eq!(found, [true, false, true]);
    // And calls.
    let call_301 = |device| Target::Call {
        call_id: CallId(301),
        device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
        device_id: Str::new(device),
    };
    of_call(&mut server, "BEGIN_CALL_EVENT", 301, "5001");
    assert!(!server.has_monitor(None, call_301("5001")));
    let id = call(&mut server, 301, "5001");
    assert!(server.has_monitor(None, call_301("5001")));
    assert!(!server.has_monitor(None, call_301("5002")));
    stop(&mut server, id);
    assert!(!server.has_monitor(None, call_301("5001")));
}

#[test]
fn calls_in_progress_are_told_to_a_client_right_after_its_open() {
    let (mut server, id) = open_monitor(0x1, 0x1, u32::MAX);
    for call in [301, 302] {
        assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", call, "5001"), [id]);
    }
    assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", 303, "5009"), [0; 0]);
}

#[test]
fn sessions_are_told_to_a_client_that_monitors_clients() {
    let mut server = open();
    let bytes = event::bytes(
        14,
        "CLIENT_SESSION_OPENED_EVENT",
        &[("SessionID", N(3)), ("ClientAddress", S("10.0.0.1")), ("ClientID", S("other"))],
    );
    server.send(NOW, &event::typed(14, &bytes)).unwrap();
    assert_eq!(server.sent(), bytes);
}

#[test]
fn a_server_may_end_a_monitor() {
    let mut server = open();
    let id = device(&mut server, AGENT, "5001");
    assert!(server.terminate_monitor(NOW, MonitorId(id)));
    let status = code("E_CTI_MONITOR_TERMINATED");
    assert_eq!(server.sent(), event::bytes(14, "FAILURE_EVENT", &[("Status", N(status))]));
    assert!(!server.terminate_monitor(NOW, MonitorId(id)));
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [0; 0]);
    assert_eq!(refused(&stop(&mut server, id)), code("E_CTI_INVALID_MONITORID"));
}

#[test]
fn all_monitors_end_with_the_session_however_it_ends() {
    let bytes = event::bytes(14, "AGENT_STATE_EVENT", &[("AgentInstrument", S("5001"))]);
    let ends: [fn(&mut TestServer); 4] = [
        |server| {
            let close = event::bytes(14, "CLOSE_REQ", &[("InvokeID", N(9))]);
            server.receive(NOW, &close);
        },
        |server| server.disconnected(NOW),
        |server| server.dismiss(NOW, StatusCode::E_CTI_NEW_SESSION_OPENED),
        |server| server.tick(Duration::from_secs(60)),
    ];
    for end in ends {
        let open = Open { services: 0x1160, idle_timeout: 60, ..Open::default() };
        let mut server = open_with(ServerConfig::default(), open);
        device(&mut server, AGENT, "5001");
        assert!(!server.is_closed());
        end(&mut server);
        while server.poll().is_some() {}
        assert!(server.is_closed());
        server.sent();
        let event = event::typed(14, &bytes);
        assert_eq!(server.deliver(NOW, &event).unwrap_err(), SendError::NotOpen);
        assert_eq!(server.sent(), [0; 0]);
    }
}

#[test]
fn a_new_session_has_no_monitors_until_it_is_asked_for_them() {
    let mut before = open();
    device(&mut before, AGENT, "5001");
    before.disconnected(NOW);
    let mut after = open();
    assert_eq!(after.monitor_count(), 0);
    assert_eq!(of_call(&mut after, "CALL_HELD_EVENT", 301, "5001"), [0; 0]);
    let id = device(&mut after, AGENT, "5001");
    // What happened in between never comes.
    assert_eq!(after.sent(), [0; 0]);
    assert_eq!(of_call(&mut after, "CALL_RETRIEVED_EVENT", 301, "5001"), [id]);
}
