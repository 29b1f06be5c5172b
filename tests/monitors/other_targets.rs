//! Monitors of sessions, teams and tasks, and those that an open makes.

use crate::common::ends::TestServer;
use crate::common::event;
use crate::common::event::V::{N, S};
use crate::common::wire::Open;
use ged188::id::{MonitorId, SessionId, TeamId};
use ged188::message::{Encode, OpenConf};
use ged188::named_values::{CtiServiceMask, StatusCode};
use ged188::server::Policy;
use ged188::{Masks, ServerConfig, ServerEvent as Event, Target};
use ged188::{ProtocolVersion, RawMessage};

use crate::server_end::*;

#[test]
fn the_session_of_another_client_is_monitored_once() {
    let mut server = open();
    server.set_session_id(SessionId(7));
    let start = |session| {
        let values = [("InvokeID", N(9)), ("SessionID", N(session))];
        event::bytes(14, "SESSION_MONITOR_START_REQ", &values)
    };
    let own = answer(&mut server, &start(7));
    assert_eq!(refused(&own), code("E_CTI_SESSION_MONITOR_IS_CLIENTS"));
    let conf = answer(&mut server, &start(8));
    assert_eq!(&conf[..12], b"\0\0\0\x08\0\0\0\x66\0\0\0\x09");
    let id = u32::from_be_bytes(conf[12..].try_into().unwrap());
    let again = answer(&mut server, &start(8));
    assert_eq!(refused(&again), code("E_CTI_SESSION_MONITOR_ALREADY_EXISTS"));

    // It gets what the application says that the session got.
    let bytes = event::bytes(14, "CALL_HELD_EVENT", &[("ConnectionCallID", N(301))]);
    let target = Target::Session(SessionId(8));
    assert_eq!(server.deliver_to(NOW, target, &event::typed(14, &bytes)).unwrap().messages, 1);
    assert_eq!(server.sent(), event::for_monitor(id, &bytes));

    // MONITOR_STOP_REQ is not for it.
    assert_eq!(refused(&stop(&mut server, id)), code("E_CTI_INVALID_MONITORID"));
    let stop = event::bytes(14, "SESSION_MONITOR_STOP_REQ", &[("InvokeID", N(9)), ("MonitorID", N(id))]);
    let conf = answer(&mut server, &stop);
    assert_eq!(conf, event::bytes(14, "SESSION_MONITOR_STOP_CONF", &[("InvokeID", N(9))]));
    assert_eq!(server.deliver_to(NOW, target, &event::typed(14, &bytes)).unwrap().messages, 0);

    // It ends with the other session.
    answer(&mut server, &start(8));
    assert_eq!(server.monitor_count(), 1);
    server.session_ended(SessionId(8));
    assert_eq!(server.monitor_count(), 0);
    answer(&mut server, &start(8));
    assert_eq!(server.monitor_count(), 1);
}

#[test]
fn an_agent_team_is_monitored_once() {
    let mut server = open();
    let start = |team| {
        let values = [("InvokeID", N(9)), ("TeamID", N(team))];
        event::bytes(14, "MONITOR_AGENT_TEAM_START_REQ", &values)
    };
    // Two requests before the application has decided: only one can be granted.
    server.receive(NOW, &[start(3), start(3)].concat());
    let Some(Event::MonitorRequested { responder, target, .. }) = server.poll() else { panic!() };
    assert_eq!(target, Target::Team(TeamId(3)));
    assert_eq!(
        server.poll(),
        Some(Event::MonitorRejected {
            message_type: responder.message_type(),
            status: StatusCode(code("E_CTI_AGENT_TEAM_MONITOR_ALREADY_EXISTS"))
        })
    );
    server.sent();
    let id = server.start_monitor(NOW, responder).unwrap().0;
    let values = [("InvokeID", N(9)), ("MonitorID", N(id))];
    assert_eq!(server.sent(), event::bytes(14, "MONITOR_AGENT_TEAM_START_CONF", &values));

    let bytes =
        event::bytes(14, "AGENT_STATE_EVENT", &[("AgentState", N(3)), ("AgentInstrument", S("5001"))]);
    let target = Target::Team(TeamId(3));
    assert_eq!(server.deliver_to(NOW, target, &event::typed(14, &bytes)).unwrap().messages, 1);
    assert_eq!(server.sent(), event::for_monitor(id, &bytes));
    let values = [("InvokeID", N(9)), ("MonitorID", N(id))];
    let conf = answer(&mut server, &event::bytes(14, "MONITOR_AGENT_TEAM_STOP_REQ", &values));
    assert_eq!(conf, event::bytes(14, "MONITOR_AGENT_TEAM_STOP_CONF", &[("InvokeID", N(9))]));
    assert_eq!(server.monitor_count(), 0);
}

#[test]
fn an_open_for_client_events_makes_a_monitor_of_the_agents_devices() {
    let (mut server, id) = open_monitor(0x1, 0x1, held());
    assert_ne!(id, 0);
    for device in ["5001", "5002"] {
        assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, device), [id]);
        // The masks of OPEN_REQ.
        assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, device), [0; 0]);
    }
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 302, "5003"), [0; 0]);
}

#[test]
fn an_open_for_all_events_gets_them_without_an_identifier() {
    let (mut server, id) = open_monitor(0x10, 0x10, held());
    assert_eq!((id, server.monitor_count()), (0, 0));
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "6789"), [0]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "6789"), [0; 0]);
}

#[test]
fn an_open_without_these_services_makes_no_monitor() {
    for (services, granted) in [(0x20, 0x20), (0x11, 0x20), (0x31, 0x20)] {
        let (server, id) = open_monitor(services, granted, held());
        assert_eq!((id, server.monitor_count()), (0, 0));
    }
}

#[test]
fn task_monitors_have_identifiers_of_the_same_session() {
    let mut server = open();
    let phone = device(&mut server, AGENT, "5001");
    let task = server.start_task_monitor().unwrap();
    assert_ne!(task.0, phone);
    assert_eq!(server.monitor_count(), 2);
    assert_eq!(refused(&stop(&mut server, task.0)), code("E_CTI_INVALID_MONITORID"));
    assert!(!server.stop_task_monitor(MonitorId(phone)));
    assert!(server.stop_task_monitor(task));
    assert!(!server.stop_task_monitor(task));
    // Its messages go through as they are.
    let raw =
        RawMessage { message_type: ged188::MessageType::TASK_MONITOR_START_REQ, body: b"\0\0\0\x09task" };
    let mut bytes = Vec::new();
    let version = ProtocolVersion::new(14).unwrap();
    raw.in_version(version).encode_to(version, &mut bytes).unwrap();
    server.receive(NOW, &bytes);
    let Some(Event::Received(message)) = server.poll() else { panic!() };
    assert_eq!(message.message_type(), raw.message_type);
}

#[test]
fn what_happens_to_a_monitor_is_reported_with_its_target() {
    let mut server = open();
    let (id, other) = (call(&mut server, 301, "5001"), device(&mut server, AGENT, "5001"));
    let stop = event::bytes(14, "MONITOR_STOP_REQ", &[("InvokeID", N(9)), ("MonitorID", N(id))]);
    server.receive(NOW, &stop);
    let monitor = server.monitor(MonitorId(id)).unwrap();
    let target = Target::call(301, "5001");
    assert_eq!((monitor.target, monitor.peripheral_id, monitor.id.0), (Some(target), None, id));
    assert_eq!(server.monitors().count(), 2);
    assert_eq!(server.poll(), Some(Event::MonitorStopped { id: MonitorId(id), target }));
    assert_eq!(server.monitor(MonitorId(id)), None);
    let change = event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &[("InvokeID", N(9)), ("MonitorID", N(other))]);
    server.receive(NOW, &change);
    let Some(Event::MonitorChanged { id: changed, target, masks }) = server.poll() else { panic!() };
    assert_eq!((changed.0, target, masks.calls.bits()), (other, Target::agent_device("5001"), 0));
    assert_eq!(server.monitor(changed).unwrap().masks, masks);
    assert_ne!(masks, Masks::ALL);
}

#[test]
fn the_monitor_of_an_open_hears_of_its_peripheral_alone() {
    // Extension 5001 at peripheral 5000, and an agent who is named by ID alone.
    for (fields, extension) in [
        (&[(1, &b"desk"[..]), (2, b""), (4, b"5001\0")][..], None),
        (&[(1, &b"desk"[..]), (2, b""), (5, b"1001\0")][..], Some("5001")),
    ] {
        let open = Open {
            services: 1,
            peripheral_id: 5000,
            call_mask: ALL,
            agent_mask: ALL,
            fields,
            ..Open::default()
        };
        let mut server = TestServer::start(NOW, ServerConfig::default());
        server.receive(NOW, &open.bytes());
        let Some(Event::OpenRequested(asked)) = server.poll() else { panic!() };
        let policy = Policy { services: CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS, ..Default::default() };
        // Who knows where the agent is logged in says so.
        let conf = policy.decide(&asked).unwrap();
        let conf = OpenConf { agent_extension: extension.map(Into::into), ..conf };
        server.accept(NOW, &conf).unwrap();
        server.sent();
        for (peripheral, heard) in [(5000, 1), (5001, 0), (ANYWHERE, 1)] {
            let values =
                [("PeripheralID", N(peripheral)), ("AgentState", N(3)), ("AgentExtension", S("5001"))];
            assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &values).len(), heard, "{peripheral}");
        }
    }
}
