//! The monitors of a client's session, against a server written by hand.

use crate::common::{event, wire};
use std::time::Duration;

use crate::common::ends::TestClient;
use crate::common::event::V::{self, N, S};
use ged188::client::{Monitor, MonitorEndReason, MonitorError, MonitorState};
use ged188::id::{CallId, MonitorId, PeripheralId, SessionId, TeamId, VersionNumber};
use ged188::message::{ActiveMaintenanceResp, OpenReq, StoppingRequestsToThisSideInd};
use ged188::named_values::{
    AgentStateMask, CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType, StatusCode,
};
use ged188::session::{Limits, Refusal};
use ged188::{Bool, Bytes, Message, MessageType, Secret, Str};
use ged188::{
    ClientConfig, ClientEvent as Event, CloseReason, Masks, MonitorKey, MonitorPlan, RequestError, SendError,
    Target,
};

const NOW: Duration = Duration::ZERO;
const PERIPHERAL: Option<PeripheralId> = Some(PeripheralId(5000));
/// E_CTI_INVALID_MONITORID and E_CTI_INVALID_CALLID of the tables.
const INVALID_MONITORID: u32 = 55;
const INVALID_CALLID: u32 = 13;

fn open_req() -> OpenReq<'static> {
    OpenReq {
        version_number: VersionNumber(14),
        idle_timeout: u32::MAX,
        services_requested: CtiServiceMask::from_bits_retain(0x11E0),
        call_msg_mask: CallEventMask::from_bits_retain(0x55),
        agent_state_mask: AgentStateMask::from_bits_retain(0xAA),
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    }
}

fn config() -> ClientConfig {
    ClientConfig { heartbeat_interval: None, ..Default::default() }
}

/// A client whose session opens at this time.
fn connect(config: ClientConfig, at: Duration) -> TestClient {
    let mut client = TestClient::open(at, config, &open_req()).unwrap();
    client.sent();
    client.receive(at, &wire::open_conf(14, 0x11E0, 0));
    client
}

fn open() -> TestClient {
    let mut client = connect(config(), NOW);
    assert!(matches!(client.poll(), Some(Event::Opened(_))));
    client
}

/// The InvokeID of the one message that the client sends.
fn invoke_id(client: &mut TestClient) -> u32 {
    let bytes = client.sent();
    let length = u32::from_be_bytes(bytes[..4].try_into().unwrap());
    assert_eq!(bytes.len(), length as usize + 8, "{bytes:?}");
    u32::from_be_bytes(bytes[8..12].try_into().unwrap())
}

fn agent(id: &str) -> Target<'_> {
    Target::Device { device_type: DeviceIdType::DEVID_AGENT_DEVICE, device_id: Str::new(id) }
}

fn call(id: u32, device: &str) -> Target<'_> {
    Target::Call {
        call_id: CallId(id),
        device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
        device_id: Str::new(device),
    }
}

fn ask(client: &mut TestClient, target: Target<'_>) -> (MonitorKey, u32) {
    let key = client.start_monitor(NOW, PERIPHERAL, target, Masks::ALL).unwrap();
    assert_eq!(client.monitor(key).map(Monitor::state), Some(MonitorState::Starting));
    (key, invoke_id(client))
}

fn start_conf(invoke_id: u32, id: u32) -> Vec<u8> {
    event::bytes(14, "MONITOR_START_CONF", &[("InvokeID", N(invoke_id)), ("MonitorID", N(id))])
}

fn conf(name: &str, invoke_id: u32) -> Vec<u8> {
    event::bytes(14, name, &[("InvokeID", N(invoke_id))])
}

/// A monitor with this identifier.
fn live(client: &mut TestClient, target: Target<'_>, id: u32) -> MonitorKey {
    let (monitor, invoke_id) = ask(client, target);
    client.receive(NOW, &start_conf(invoke_id, id));
    assert_eq!(told(client), Told::Started(monitor, Ok(id), None));
    assert_eq!(
        (client.monitor(monitor).map(Monitor::state), client.monitor(monitor).and_then(Monitor::id)),
        (Some(MonitorState::Live), Some(MonitorId(id)))
    );
    assert_eq!(client.poll(), None);
    monitor
}

/// An event for a monitor.
fn of_call(name: &str, monitor: u32, id: u32, device: &str) -> Vec<u8> {
    let values = [("MonitorID", N(monitor)), ("ConnectionCallID", N(id)), ("ConnectionDeviceID", S(device))];
    event::bytes(14, name, &values)
}

/// The monitor that the next event is for, and its type.
fn monitor_event(client: &mut TestClient) -> (MonitorKey, MessageType) {
    match client.poll() {
        Some(Event::MonitorEvent { monitor, message, .. }) => (monitor, message.message_type()),
        other => panic!("{other:?}"),
    }
}

/// What an event tells of monitors, without what they watch.
#[derive(Debug, PartialEq)]
enum Told {
    Started(MonitorKey, Result<u32, MonitorError>, Option<MonitorId>),
    Changed(MonitorKey, Result<Masks, MonitorError>),
    Stopped(MonitorKey, Result<u32, MonitorError>),
    Ended(MonitorKey, u32, MonitorEndReason),
}

fn told(client: &mut TestClient) -> Told {
    match client.poll() {
        Some(Event::MonitorStarted { monitor, result, previous_id, .. }) => {
            Told::Started(monitor, result.map(|id| id.0), previous_id)
        }
        Some(Event::MonitorChanged { monitor, result, .. }) => Told::Changed(monitor, result),
        Some(Event::MonitorStopped { monitor, result, .. }) => Told::Stopped(monitor, result.map(|id| id.0)),
        Some(Event::MonitorEnded { monitor, id, reason, .. }) => Told::Ended(monitor, id.0, reason),
        other => panic!("{other:?}"),
    }
}

fn refused(status: u32) -> MonitorError {
    MonitorError::Request(Refusal::Failure(StatusCode(status)).into())
}

#[test]
fn a_device_is_asked_for_by_its_type_and_identifier() {
    let mut client = open();
    let masks = Masks {
        calls: CallEventMask::from_bits_retain(0x102),
        agents: AgentStateMask::from_bits_retain(0x304),
    };
    client.start_monitor(NOW, PERIPHERAL, agent("5001"), masks).unwrap();
    let values: [(&str, V<'_>); 8] = [
        ("InvokeID", N(2)),
        ("PeripheralID", N(5000)),
        ("ConnectionCallID", N(0)),
        ("CallMsgMask", N(0x102)),
        ("AgentStateMask", N(0x304)),
        ("ConnectionDeviceIDType", N(0xFFFF)),
        ("MonitoredDeviceType", N(76)),
        ("MonitoredDeviceID", S("5001")),
    ];
    assert_eq!(client.sent(), event::bytes(14, "MONITOR_START_REQ", &values));
}

#[test]
fn a_call_is_asked_for_by_its_connection() {
    let mut client = open();
    client.start_monitor(NOW, None, call(301, "5001"), Masks::ALL).unwrap();
    let values: [(&str, V<'_>); 8] = [
        ("InvokeID", N(2)),
        ("PeripheralID", N(u32::MAX)),
        ("ConnectionCallID", N(301)),
        ("CallMsgMask", N(0x07FF_FFFF)),
        ("AgentStateMask", N(0x3FFF)),
        ("ConnectionDeviceIDType", N(0)),
        ("MonitoredDeviceType", N(0xFFFF)),
        ("ConnectionDeviceID", S("5001")),
    ];
    assert_eq!(client.sent(), event::bytes(14, "MONITOR_START_REQ", &values));
}

#[test]
fn events_come_with_their_monitor() {
    let mut client = open();
    let first = live(&mut client, agent("5001"), 71);
    let second = live(&mut client, agent("5001"), 72);
    let bytes = [of_call("CALL_HELD_EVENT", 72, 301, "5001"), of_call("CALL_HELD_EVENT", 71, 301, "5001")];
    client.receive(NOW, &bytes.concat());
    assert_eq!(monitor_event(&mut client), (second, MessageType::CALL_HELD_EVENT));
    assert_eq!(monitor_event(&mut client), (first, MessageType::CALL_HELD_EVENT));
    assert_eq!(
        (client.monitor(first).map(Monitor::events), client.monitor(second).map(Monitor::events)),
        (Some(1), Some(1))
    );
    assert_eq!(client.monitor(first).and_then(Monitor::target).unwrap().to_string(), "agent device 5001");
}

#[test]
fn an_event_may_come_before_the_confirmation_of_its_monitor() {
    let mut client = open();
    let (monitor, invoke_id) = ask(&mut client, agent("5001"));
    let early = of_call("CALL_HELD_EVENT", 71, 301, "5001");
    client.receive(NOW, &early);
    assert_eq!(client.poll(), None);
    client.receive(NOW, &of_call("CALL_RETRIEVED_EVENT", 71, 301, "5001"));
    client.receive(NOW, &start_conf(invoke_id, 71));
    client.receive(NOW, &of_call("CALL_CLEARED_EVENT", 71, 301, "5001"));
    assert!(matches!(client.poll(), Some(Event::MonitorStarted { .. })));
    let held = event::typed(14, &early);
    let target = Some(agent("5001"));
    assert_eq!(client.poll(), Some(Event::MonitorEvent { monitor, target, message: held }));
    assert_eq!(monitor_event(&mut client), (monitor, MessageType::CALL_RETRIEVED_EVENT));
    assert_eq!(monitor_event(&mut client), (monitor, MessageType::CALL_CLEARED_EVENT));
    assert_eq!(client.monitor(monitor).map(Monitor::events), Some(3));
}

#[test]
fn an_early_event_whose_monitor_never_comes_is_reported() {
    let mut client = open();
    let (monitor, invoke_id) = ask(&mut client, agent("5001"));
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 71, 301, "5001"));
    assert_eq!(client.poll(), None);
    client.receive(NOW, &wire::failure_conf(invoke_id, INVALID_CALLID));
    let why = refused(INVALID_CALLID);
    assert_eq!(told(&mut client), Told::Started(monitor, Err(why), None));
    let Some(Event::UnknownMonitor { id, message }) = client.poll() else { panic!() };
    assert_eq!((id, message.message_type()), (MonitorId(71), MessageType::CALL_HELD_EVENT));
    assert_eq!(client.monitor(monitor).map(Monitor::state), None);
}

#[test]
fn early_events_that_are_too_many_are_reported_at_once() {
    let event = of_call("CALL_HELD_EVENT", 71, 301, "5001");
    let limits = Limits { early_events: 4 * event.len(), ..Default::default() };
    let mut client = connect(ClientConfig { limits, ..config() }, NOW);
    client.poll();
    let (monitor, invoke_id) = ask(&mut client, agent("5001"));
    let mut unknown = 0;
    for _ in 0..10 {
        client.receive(NOW, &event);
        unknown += usize::from(matches!(client.poll(), Some(Event::UnknownMonitor { .. })));
    }
    assert!((6..10).contains(&unknown), "{unknown}");
    client.receive(NOW, &start_conf(invoke_id, 71));
    assert!(matches!(client.poll(), Some(Event::MonitorStarted { .. })));
    for _ in unknown..10 {
        assert_eq!(monitor_event(&mut client).0, monitor);
    }
    assert_eq!(client.poll(), None);

    // Those that were given make room for others.
    ask(&mut client, agent("5002"));
    let of_next = of_call("CALL_HELD_EVENT", 72, 301, "5002");
    for kept in 0..10 {
        client.receive(NOW, &of_next);
        assert_eq!(client.poll().is_none(), kept < 10 - unknown, "event {kept}");
    }
}

#[test]
fn events_are_good_until_the_stop_is_confirmed() {
    let mut client = open();
    let monitor = live(&mut client, agent("5001"), 71);
    client.stop_monitor(NOW, monitor).unwrap();
    assert_eq!(client.monitor(monitor).map(Monitor::state), Some(MonitorState::Stopping));
    let values = [("InvokeID", N(3)), ("MonitorID", N(71))];
    assert_eq!(client.sent(), event::bytes(14, "MONITOR_STOP_REQ", &values));
    let event = of_call("CALL_HELD_EVENT", 71, 301, "5001");
    client.receive(NOW, &[event.clone(), conf("MONITOR_STOP_CONF", 3), event].concat());
    assert_eq!(monitor_event(&mut client), (monitor, MessageType::CALL_HELD_EVENT));
    assert_eq!(told(&mut client), Told::Stopped(monitor, Ok(71)));
    assert!(matches!(client.poll(), Some(Event::UnknownMonitor { id: MonitorId(71), .. })));
    assert_eq!(client.monitors().len(), 0);
}

#[test]
fn a_monitor_is_stopped_or_changed_once_at_a_time() {
    let mut client = open();
    let (starting, _) = ask(&mut client, agent("5002"));
    assert_eq!(client.stop_monitor(NOW, starting), Err(SendError::MonitorBusy));
    let monitor = live(&mut client, agent("5001"), 71);
    client.change_monitor(NOW, monitor, Masks::ALL).unwrap();
    assert_eq!(client.monitor(monitor).map(Monitor::state), Some(MonitorState::Changing));
    assert_eq!(client.stop_monitor(NOW, monitor), Err(SendError::MonitorBusy));
    assert_eq!(client.change_monitor(NOW, monitor, Masks::ALL), Err(SendError::MonitorBusy));
}

#[test]
fn masks_count_when_their_change_is_confirmed() {
    let mut client = open();
    let monitor = live(&mut client, agent("5001"), 71);
    let masks = Masks { calls: CallEventMask::CALL_HELD_MASK, agents: AgentStateMask::empty() };
    client.change_monitor(NOW, monitor, masks).unwrap();
    let values = [("InvokeID", N(3)), ("MonitorID", N(71)), ("CallMsgMask", N(masks.calls.bits()))];
    assert_eq!(client.sent(), event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &values));
    // All that version 14 knows.
    assert_eq!(
        client.monitor(monitor).map(Monitor::masks),
        Some(Masks::known(ged188::ProtocolVersion::new(14).unwrap()))
    );
    client.receive(NOW, &conf("CHANGE_MONITOR_MASK_CONF", 3));
    assert_eq!(told(&mut client), Told::Changed(monitor, Ok(masks)));
    assert_eq!(
        (client.monitor(monitor).map(Monitor::masks), client.monitor(monitor).map(Monitor::state)),
        (Some(masks), Some(MonitorState::Live))
    );

    client.change_monitor(NOW, monitor, Masks::ALL).unwrap();
    client.receive(NOW, &wire::failure_conf(4, 20));
    let why = refused(20);
    assert_eq!(told(&mut client), Told::Changed(monitor, Err(why)));
    assert_eq!(
        (client.monitor(monitor).map(Monitor::masks), client.monitor(monitor).map(Monitor::state)),
        (Some(masks), Some(MonitorState::Live))
    );
}

#[test]
fn a_call_monitor_ends_after_the_end_of_its_call() {
    let mut client = open();
    let monitor = live(&mut client, call(301, "5001"), 71);
    let phone = live(&mut client, agent("5001"), 72);
    let ends = [of_call("END_CALL_EVENT", 71, 301, "5001"), of_call("END_CALL_EVENT", 72, 301, "5001")];
    client.receive(NOW, &ends.concat());
    assert_eq!(monitor_event(&mut client), (monitor, MessageType::END_CALL_EVENT));
    assert_eq!(told(&mut client), Told::Ended(monitor, 71, MonitorEndReason::CallEnded));
    // The device goes on.
    assert_eq!(monitor_event(&mut client), (phone, MessageType::END_CALL_EVENT));
    assert_eq!(client.poll(), None);
    assert_eq!(client.monitor(phone).map(Monitor::state), Some(MonitorState::Live));
    assert_eq!(client.stop_monitor(NOW, monitor), Err(SendError::UnknownMonitor));
}

#[test]
fn a_call_may_end_while_its_monitor_is_stopped_or_changed() {
    for stop in [true, false] {
        // The server sends the end of the call first, and does not know the monitor when it gets the request.
        let mut client = open();
        let monitor = live(&mut client, call(301, "5001"), 71);
        if stop {
            client.stop_monitor(NOW, monitor).unwrap();
        } else {
            client.change_monitor(NOW, monitor, Masks::ALL).unwrap();
        }
        let id = invoke_id(&mut client);
        client.receive(NOW, &of_call("END_CALL_EVENT", 71, 301, "5001"));
        assert_eq!(monitor_event(&mut client).1, MessageType::END_CALL_EVENT);
        assert_eq!(told(&mut client), Told::Ended(monitor, 71, MonitorEndReason::CallEnded));
        assert_eq!(client.pending_requests(), 0);
        client.receive(NOW, &wire::failure_conf(id, INVALID_MONITORID));
        assert_eq!(client.poll(), None);

        // Or it confirms the request first, and the call ends after that.
        let monitor = live(&mut client, call(302, "5001"), 72);
        if stop {
            client.stop_monitor(NOW, monitor).unwrap();
        } else {
            client.change_monitor(NOW, monitor, Masks::ALL).unwrap();
        }
        let id = invoke_id(&mut client);
        let name = if stop { "MONITOR_STOP_CONF" } else { "CHANGE_MONITOR_MASK_CONF" };
        client.receive(NOW, &of_call("END_CALL_EVENT", 72, 302, "5001"));
        client.receive(NOW, &conf(name, id));
        assert_eq!(monitor_event(&mut client).1, MessageType::END_CALL_EVENT);
        assert_eq!(told(&mut client), Told::Ended(monitor, 72, MonitorEndReason::CallEnded));
        assert_eq!(client.poll(), None);
    }
}

#[test]
fn a_monitor_that_the_server_no_longer_knows_has_ended() {
    let mut client = open();
    for stop in [true, false] {
        let monitor = live(&mut client, call(301, "5001"), 71);
        if stop {
            client.stop_monitor(NOW, monitor).unwrap();
        } else {
            client.change_monitor(NOW, monitor, Masks::ALL).unwrap();
        }
        let id = invoke_id(&mut client);
        client.receive(NOW, &wire::failure_conf(id, INVALID_MONITORID));
        assert_eq!(told(&mut client), Told::Ended(monitor, 71, MonitorEndReason::UnknownToServer));
    }
}

#[test]
fn a_monitor_that_does_not_hear_the_end_of_its_call_ends_when_another_does() {
    let mut client = open();
    let phone = live(&mut client, agent("5001"), 71);
    let masks = Masks { calls: CallEventMask::CALL_HELD_MASK, ..Masks::ALL };
    let deaf = client.start_monitor(NOW, PERIPHERAL, call(301, "5001"), masks).unwrap();
    let id = invoke_id(&mut client);
    client.receive(NOW, &start_conf(id, 72));
    client.poll();
    // The call of that number at another peripheral is another one.
    let end = |peripheral| {
        event::bytes(
            14,
            "END_CALL_EVENT",
            &[
                ("MonitorID", N(71)),
                ("PeripheralID", N(peripheral)),
                ("ConnectionCallID", N(301)),
                ("ConnectionDeviceID", S("5001")),
            ],
        )
    };
    client.receive(NOW, &end(5001));
    assert_eq!(monitor_event(&mut client).0, phone);
    assert_eq!(client.poll(), None);
    client.receive(NOW, &end(5000));
    assert_eq!(monitor_event(&mut client).0, phone);
    assert_eq!(told(&mut client), Told::Ended(deaf, 72, MonitorEndReason::CallEnded));
}

#[test]
fn a_monitor_that_is_stopped_leaves_the_others_of_its_call() {
    let mut client = open();
    let phone = live(&mut client, agent("5001"), 71);
    let masks = Masks { calls: CallEventMask::CALL_HELD_MASK, ..Masks::ALL };
    let [first, second] = [72, 73].map(|id| {
        let monitor = client.start_monitor(NOW, PERIPHERAL, call(301, "5001"), masks).unwrap();
        let invoke_id = invoke_id(&mut client);
        client.receive(NOW, &start_conf(invoke_id, id));
        assert!(matches!(client.poll(), Some(Event::MonitorStarted { .. })));
        monitor
    });
    client.stop_monitor(NOW, first).unwrap();
    let stop = invoke_id(&mut client);
    client.receive(NOW, &conf("MONITOR_STOP_CONF", stop));
    assert_eq!(told(&mut client), Told::Stopped(first, Ok(72)));
    let mut ended = of_call("END_CALL_EVENT", 71, 301, "5001");
    ended[12..16].copy_from_slice(&5000u32.to_be_bytes());
    client.receive(NOW, &ended);
    assert_eq!(monitor_event(&mut client).0, phone);
    assert_eq!(told(&mut client), Told::Ended(second, 73, MonitorEndReason::CallEnded));
}

#[test]
fn an_unknown_monitor_is_reported_and_the_session_goes_on() {
    let mut client = open();
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 99, 301, "5001"));
    let Some(Event::UnknownMonitor { id, message }) = client.poll() else { panic!() };
    assert_eq!((id, message.message_type()), (MonitorId(99), MessageType::CALL_HELD_EVENT));
    assert_eq!(client.counters().unexpected, 1);
    // Events without a monitor are not for one.
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 0, 301, "5001"));
    assert!(matches!(client.poll(), Some(Event::Received(_))));
    assert!(client.is_open());
}

#[test]
fn an_identifier_that_is_no_good_starts_no_monitor() {
    let mut client = open();
    let first = live(&mut client, agent("5001"), 71);
    for id in [0, 71] {
        let (monitor, invoke_id) = ask(&mut client, agent("5002"));
        client.receive(NOW, &start_conf(invoke_id, id));
        let why = MonitorError::BadMonitorId;
        assert_eq!(told(&mut client), Told::Started(monitor, Err(why), None));
    }
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 71, 301, "5001"));
    assert_eq!(monitor_event(&mut client).0, first);
}

#[test]
fn a_confirmation_that_nobody_asked_for_changes_nothing() {
    let mut client = open();
    let monitor = live(&mut client, agent("5001"), 71);
    for bytes in [
        start_conf(2, 71),
        start_conf(77, 71),
        start_conf(77, 78),
        conf("MONITOR_STOP_CONF", 77),
        conf("CHANGE_MONITOR_MASK_CONF", 77),
        wire::failure_conf(77, INVALID_MONITORID),
    ] {
        client.receive(NOW, &bytes);
        assert!(matches!(client.poll(), Some(Event::Unexpected(_))));
        assert_eq!(client.poll(), None);
        assert_eq!(client.sent(), [0; 0]);
    }
    assert_eq!(client.monitor(monitor).map(Monitor::state), Some(MonitorState::Live));
}

/// Lets the request of a monitor go unanswered.
fn time_out(client: &mut TestClient) -> Duration {
    let now = client.deadline().unwrap();
    client.tick(now);
    now
}

#[test]
fn a_start_that_is_confirmed_too_late_is_stopped() {
    let mut client = open();
    let (monitor, invoke_id) = ask(&mut client, agent("5001"));
    let now = time_out(&mut client);
    let why = MonitorError::Request(RequestError::TimedOut);
    assert_eq!(told(&mut client), Told::Started(monitor, Err(why), None));
    client.receive(now, &start_conf(invoke_id, 71));
    assert!(matches!(client.poll(), Some(Event::Unexpected(Message::MonitorStartConf(_)))));
    let values = [("InvokeID", N(invoke_id + 1)), ("MonitorID", N(71))];
    assert_eq!(client.sent(), event::bytes(14, "MONITOR_STOP_REQ", &values));
    client.receive(now, &conf("MONITOR_STOP_CONF", invoke_id + 1));
    assert_eq!(client.poll(), None);
    // The same confirmation once more is not for us.
    client.receive(now, &start_conf(invoke_id, 71));
    assert!(matches!(client.poll(), Some(Event::Unexpected(_))));
    assert_eq!(client.sent(), [0; 0]);
}

#[test]
fn starts_that_are_confirmed_too_late_are_stopped_each() {
    let mut client = open();
    let [(_, first), (_, second)] = ["5001", "5002"].map(|id| ask(&mut client, agent(id)));
    let now = time_out(&mut client);
    for _ in 0..2 {
        assert!(matches!(client.poll(), Some(Event::MonitorStarted { result: Err(_), .. })));
    }
    for (invoke_id, id) in [(second, 72), (first, 71)] {
        client.receive(now, &start_conf(invoke_id, id));
        assert!(matches!(client.poll(), Some(Event::Unexpected(_))));
        let stop = client.sent();
        assert_eq!((stop[7], &stop[12..]), (95, &id.to_be_bytes()[..]), "MONITOR_STOP_REQ");
    }
}

#[test]
fn a_late_confirmation_does_not_stop_a_monitor_that_is_live() {
    let mut client = open();
    let (_, late) = ask(&mut client, agent("5001"));
    let now = time_out(&mut client);
    assert!(matches!(client.poll(), Some(Event::MonitorStarted { result: Err(_), .. })));
    let monitor = live(&mut client, agent("5002"), 71);
    for id in [71, 0] {
        client.receive(now, &start_conf(late, id));
        assert!(matches!(client.poll(), Some(Event::Unexpected(_))));
        assert_eq!(client.sent(), [], "MonitorID {id}");
    }
    assert_eq!(client.monitor(monitor).map(Monitor::state), Some(MonitorState::Live));
}

#[test]
fn a_stop_that_is_confirmed_too_late_ends_the_monitor_all_the_same() {
    for answer in ["MONITOR_STOP_CONF", "FAILURE_CONF"] {
        let mut client = open();
        let monitor = live(&mut client, agent("5001"), 71);
        client.stop_monitor(NOW, monitor).unwrap();
        let id = invoke_id(&mut client);
        let now = time_out(&mut client);
        let error = MonitorError::Request(RequestError::TimedOut);
        assert_eq!(told(&mut client), Told::Stopped(monitor, Err(error)));
        assert_eq!(client.monitor(monitor).map(Monitor::state), Some(MonitorState::Live));
        // It is tried again when the first answer comes.
        client.stop_monitor(now, monitor).unwrap();
        let again = invoke_id(&mut client);
        let mut values = vec![("InvokeID", N(id))];
        values.extend((answer == "FAILURE_CONF").then_some(("Status", N(INVALID_MONITORID))));
        client.receive(now, &event::bytes(14, answer, &values));
        let expected = match answer {
            "FAILURE_CONF" => Told::Ended(monitor, 71, MonitorEndReason::UnknownToServer),
            _ => Told::Stopped(monitor, Ok(71)),
        };
        assert_eq!(told(&mut client), expected);
        client.receive(now, &wire::failure_conf(again, INVALID_MONITORID));
        assert_eq!(client.poll(), None);
        assert_eq!(client.pending_requests(), 0);
    }
}

#[test]
fn a_stop_that_is_refused_too_late_changes_nothing() {
    let mut client = open();
    let monitor = live(&mut client, agent("5001"), 71);
    client.stop_monitor(NOW, monitor).unwrap();
    let id = invoke_id(&mut client);
    let now = time_out(&mut client);
    assert!(matches!(client.poll(), Some(Event::MonitorStopped { result: Err(_), .. })));
    client.receive(now, &wire::failure_conf(id, 11));
    assert!(matches!(client.poll(), Some(Event::Unexpected(Message::FailureConf(_)))));
    assert_eq!(client.monitor(monitor).map(Monitor::state), Some(MonitorState::Live));
}

#[test]
fn masks_that_are_confirmed_too_late_count_all_the_same() {
    let mut client = open();
    let monitor = live(&mut client, agent("5001"), 71);
    let masks = Masks { calls: CallEventMask::CALL_HELD_MASK, ..Masks::ALL };
    client.change_monitor(NOW, monitor, masks).unwrap();
    let id = invoke_id(&mut client);
    let now = time_out(&mut client);
    let why = MonitorError::Request(RequestError::TimedOut);
    assert_eq!(told(&mut client), Told::Changed(monitor, Err(why)));
    client.receive(now, &conf("CHANGE_MONITOR_MASK_CONF", id));
    assert_eq!(told(&mut client), Told::Changed(monitor, Ok(masks)));
    assert_eq!(client.monitor(monitor).map(Monitor::masks), Some(masks));
}

#[test]
fn requests_for_monitors_go_through_their_own_verbs() {
    let mut client = open();
    for name in [
        "MONITOR_START_REQ",
        "MONITOR_STOP_REQ",
        "CHANGE_MONITOR_MASK_REQ",
        "SESSION_MONITOR_START_REQ",
        "SESSION_MONITOR_STOP_REQ",
        "MONITOR_AGENT_TEAM_START_REQ",
        "MONITOR_AGENT_TEAM_STOP_REQ",
    ] {
        let bytes = event::bytes(14, name, &[]);
        let request = event::typed(14, &bytes);
        let refused = SendError::NotAllowed(request.message_type());
        assert_eq!(client.request(NOW, &request), Err(refused));
    }
}

#[test]
fn a_client_with_monitors_answers_and_sends_and_closes() {
    let open = OpenReq { version_number: VersionNumber(24), ..open_req() };
    let mut client = TestClient::open(NOW, config(), &open).unwrap();
    client.sent();
    client.receive(NOW, &wire::open_conf(24, 0x11E0, 0));
    client.poll();
    client.receive(NOW, &event::bytes(24, "ACTIVE_MAINTENANCE_REQ", &[("InvokeID", N(9))]));
    let Some(Event::Requested { responder, .. }) = client.poll() else { panic!() };
    let answer = ActiveMaintenanceResp { maintenance_mode_accepted: Bool::TRUE, ..Default::default() };
    client.confirm(NOW, responder, &answer).unwrap();
    let values = [("InvokeID", N(9)), ("MaintenanceModeAccepted", N(1))];
    assert_eq!(client.sent(), event::bytes(24, "ACTIVE_MAINTENANCE_RESP", &values));
    client.send(NOW, &StoppingRequestsToThisSideInd::default()).unwrap();
    assert_eq!(client.sent(), event::bytes(24, "STOPPING_REQUESTS_TO_THIS_SIDE_IND", &[]));
    client.close(NOW, StatusCode::E_CTI_TIMEOUT).unwrap();
    let values = [("InvokeID", N(2)), ("Status", N(16))];
    assert_eq!(client.sent(), event::bytes(24, "CLOSE_REQ", &values));
}

#[test]
fn the_open_itself_makes_a_monitor() {
    let mut client = TestClient::open(NOW, config(), &open_req()).unwrap();
    let mut opened = wire::open_conf(14, 0x11E1, 0);
    opened[16..20].copy_from_slice(&71u32.to_be_bytes());
    client.receive(NOW, &opened);
    client.poll();
    let Some(Event::MonitorStarted { monitor, target: None, result: Ok(MonitorId(71)), .. }) = client.poll()
    else {
        panic!()
    };
    assert_eq!(client.monitor(monitor).map(Monitor::target), Some(None));
    let masks = client.monitor(monitor).map(Monitor::masks).unwrap();
    assert_eq!((masks.calls.bits(), masks.agents.bits()), (0x55, 0xAA));
    client.sent();
    assert_ne!(live(&mut client, agent("5001"), 72), monitor);
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 71, 301, "5001"));
    assert_eq!(monitor_event(&mut client).0, monitor);
    // If the server does not let it be stopped, it goes on.
    client.sent();
    client.stop_monitor(NOW, monitor).unwrap();
    let invoke_id = u32::from_be_bytes(client.sent()[8..12].try_into().unwrap());
    client.receive(NOW, &wire::failure_conf(invoke_id, INVALID_MONITORID));
    let Some(Event::MonitorStopped { target: None, result: Err(_), .. }) = client.poll() else { panic!() };
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 71, 301, "5001"));
    assert_eq!(monitor_event(&mut client).0, monitor);
    // It cannot be created again but by another open.
    client.disconnected(NOW);
    drain(&mut client);
    assert_eq!(client.plan().len(), 1);
}

#[test]
fn events_without_an_identifier_are_for_the_monitor_of_all_events() {
    let all = CtiServiceMask::CTI_SERVICE_ALL_EVENTS;
    let open = OpenReq { services_requested: all, ..open_req() };
    // A real server sends MonitorID 0; others send a number.
    for id in [0, 71u32] {
        let mut client = TestClient::open(NOW, config(), &open).unwrap();
        let mut opened = wire::open_conf(14, all.bits(), 0);
        opened[16..20].copy_from_slice(&id.to_be_bytes());
        client.receive(NOW, &opened);
        client.poll();
        let Some(Event::MonitorStarted { monitor, result: Ok(started), .. }) = client.poll() else {
            panic!()
        };
        assert_eq!((started.0, client.monitor(monitor).map(Monitor::target)), (id, Some(None)));
        client.receive(NOW, &of_call("CALL_HELD_EVENT", 0, 301, "5001"));
        assert_eq!(monitor_event(&mut client), (monitor, MessageType::CALL_HELD_EVENT));
    }
}

#[test]
fn an_identifier_of_an_open_that_grants_no_events_makes_no_monitor() {
    let mut client = TestClient::open(NOW, config(), &open_req()).unwrap();
    let mut opened = wire::open_conf(14, 0x20, 0);
    opened[16..20].copy_from_slice(&1u32.to_be_bytes());
    client.receive(NOW, &opened);
    assert!(matches!(client.poll(), Some(Event::Opened(_))));
    assert_eq!(client.poll(), None);
    client.sent();
    // Servers of others use the number again.
    let monitor = live(&mut client, agent("5001"), 1);
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 1, 301, "5001"));
    assert_eq!(monitor_event(&mut client).0, monitor);
}

#[test]
fn monitors_beyond_the_requests_that_may_wait_are_started_later() {
    let mut client = open();
    let limit = Limits::default().requests;
    let devices: Vec<_> = (0..limit + 76).map(|number| number.to_string()).collect();
    let start = |device: &String| client.start_monitor(NOW, PERIPHERAL, agent(device), Masks::ALL).unwrap();
    let keys: Vec<_> = devices.iter().map(start).collect();
    let mut started = Vec::new();
    let mut next = 100;
    // The server confirms all that it is asked, until it is asked for no more.
    loop {
        while let Some(event) = client.poll() {
            let Event::MonitorStarted { monitor, .. } = event else { panic!("{event:?}") };
            started.push(monitor);
        }
        let requests = client.sent();
        assert!(client.pending_requests() <= limit);
        let mut rest = &requests[..];
        if rest.is_empty() {
            break;
        }
        while let Some((length, _)) = rest.split_first_chunk::<4>() {
            let (request, after) = rest.split_at(u32::from_be_bytes(*length) as usize + 8);
            let invoke_id = u32::from_be_bytes(request[8..12].try_into().unwrap());
            client.receive(NOW, &start_conf(invoke_id, next));
            next += 1;
            rest = after;
        }
    }
    started.sort();
    assert_eq!(started, keys);
}

#[test]
fn what_cannot_be_done_with_a_monitor_has_its_reason() {
    let mut client = open();
    let (starting, _) = ask(&mut client, agent("5001"));
    assert_eq!(client.stop_monitor(NOW, starting), Err(SendError::MonitorBusy));
    assert_eq!(client.change_monitor(NOW, starting, Masks::ALL), Err(SendError::MonitorBusy));
    let monitor = live(&mut client, agent("5002"), 72);
    client.stop_monitor(NOW, monitor).unwrap();
    assert_eq!(client.stop_monitor(NOW, monitor), Err(SendError::MonitorBusy));
    let stop = invoke_id(&mut client);
    client.receive(NOW, &conf("MONITOR_STOP_CONF", stop));
    assert_eq!(told(&mut client), Told::Stopped(monitor, Ok(72)));
    assert_eq!(client.stop_monitor(NOW, monitor), Err(SendError::UnknownMonitor));
    client.disconnected(NOW);
    drain(&mut client);
    assert_eq!(client.stop_monitor(NOW, starting), Err(SendError::NotOpen));
}

#[test]
fn sessions_and_teams_are_monitored_with_messages_of_their_own() {
    for (target, start, stop, number) in [
        (Target::Session(SessionId(8)), "SESSION_MONITOR_START", "SESSION_MONITOR_STOP", ("SessionID", 8)),
        (Target::Team(TeamId(3)), "MONITOR_AGENT_TEAM_START", "MONITOR_AGENT_TEAM_STOP", ("TeamID", 3)),
    ] {
        let mut client = open();
        let monitor = client.start_monitor(NOW, None, target, Masks::ALL).unwrap();
        let values = [("InvokeID", N(2)), (number.0, N(number.1))];
        assert_eq!(client.sent(), event::bytes(14, &format!("{start}_REQ"), &values));
        let values = [("InvokeID", N(2)), ("MonitorID", N(71))];
        client.receive(NOW, &event::bytes(14, &format!("{start}_CONF"), &values));
        assert!(matches!(client.poll(), Some(Event::MonitorStarted { .. })));
        client.receive(NOW, &of_call("CALL_HELD_EVENT", 71, 301, "5001"));
        assert_eq!(monitor_event(&mut client).0, monitor);
        client.stop_monitor(NOW, monitor).unwrap();
        let values = [("InvokeID", N(3)), ("MonitorID", N(71))];
        assert_eq!(client.sent(), event::bytes(14, &format!("{stop}_REQ"), &values));
        client.receive(NOW, &conf(&format!("{stop}_CONF"), 3));
        assert_eq!(told(&mut client), Told::Stopped(monitor, Ok(71)));

        // One that is confirmed too late is stopped by its own message.
        client.start_monitor(NOW, None, target, Masks::ALL).unwrap();
        let id = invoke_id(&mut client);
        let now = time_out(&mut client);
        client.poll();
        let values = [("InvokeID", N(id)), ("MonitorID", N(72))];
        client.receive(now, &event::bytes(14, &format!("{start}_CONF"), &values));
        client.poll();
        let values = [("InvokeID", N(id + 1)), ("MonitorID", N(72))];
        assert_eq!(client.sent(), event::bytes(14, &format!("{stop}_REQ"), &values));
    }
}

#[test]
fn a_monitor_that_has_no_masks_goes_on_when_others_are_refused() {
    let mut client = open();
    let monitor = client.start_monitor(NOW, None, Target::Team(TeamId(3)), Masks::ALL).unwrap();
    let values = [("InvokeID", N(2)), ("MonitorID", N(71))];
    client.receive(NOW, &event::bytes(14, "MONITOR_AGENT_TEAM_START_CONF", &values));
    client.poll();
    client.sent();
    client.change_monitor(NOW, monitor, Masks::ALL).unwrap();
    let id = invoke_id(&mut client);
    client.receive(NOW, &wire::failure_conf(id, INVALID_MONITORID));
    assert!(matches!(client.poll(), Some(Event::MonitorChanged { result: Err(_), .. })));
    client.receive(NOW, &of_call("CALL_HELD_EVENT", 71, 301, "5001"));
    assert_eq!(monitor_event(&mut client).0, monitor);
}

#[test]
fn the_monitor_of_a_session_ends_with_that_session() {
    let mut client = open();
    let monitor = client.start_monitor(NOW, None, Target::Session(SessionId(8)), Masks::ALL).unwrap();
    let values = [("InvokeID", N(2)), ("MonitorID", N(71))];
    client.receive(NOW, &event::bytes(14, "SESSION_MONITOR_START_CONF", &values));
    client.poll();
    let closed = |session| event::bytes(14, "CLIENT_SESSION_CLOSED_EVENT", &[("SessionID", N(session))]);
    client.receive(NOW, &[closed(7), closed(8)].concat());
    assert!(matches!(client.poll(), Some(Event::Received(_))));
    assert!(matches!(client.poll(), Some(Event::Received(_))));
    assert_eq!(told(&mut client), Told::Ended(monitor, 71, MonitorEndReason::WatchedSessionClosed));
    assert_eq!(client.poll(), None);
}

#[test]
fn a_call_that_gets_another_name_is_followed() {
    let mut client = open();
    let monitor = live(&mut client, call(301, "5001"), 71);
    let rename = [
        ("MonitorID", N(71)),
        ("ConnectionCallID", N(301)),
        ("NewConnectionDeviceIDType", N(1)),
        ("NewConnectionCallID", N(401)),
        ("ConnectionDeviceID", S("5001")),
        ("NewConnectionDeviceID", S("5011")),
    ];
    client.receive(NOW, &event::bytes(14, "CALL_DATA_UPDATE_EVENT", &rename));
    client.poll();
    let target = Target::Call {
        call_id: CallId(401),
        device_id_type: ConnectionDeviceIdType(1),
        device_id: Str::new("5011"),
    };
    assert_eq!(client.monitor(monitor).and_then(Monitor::target), Some(target));
}

// After a failure

/// Everything that happens until there is nothing more.
fn drain(client: &mut TestClient) -> Vec<String> {
    let mut events = Vec::new();
    while let Some(event) = client.poll() {
        events.push(format!("{event:?}"));
    }
    events
}

#[test]
fn nothing_survives_the_session() {
    let mut client = open();
    let phone = live(&mut client, agent("5001"), 71);
    let watched = live(&mut client, call(301, "5001"), 72);
    let (starting, _) = ask(&mut client, agent("5002"));
    client.disconnected(NOW);
    let why = MonitorError::Request(RequestError::SessionClosed);
    assert_eq!(told(&mut client), Told::Started(starting, Err(why), None));
    assert_eq!(told(&mut client), Told::Ended(phone, 71, MonitorEndReason::SessionClosed));
    assert!(!client.is_closed());
    assert_eq!(told(&mut client), Told::Ended(watched, 72, MonitorEndReason::SessionClosed));
    assert_eq!(client.poll(), Some(Event::Closed(CloseReason::Disconnected)));
    assert!(client.is_closed());
    assert_eq!(client.poll(), None);
    assert_eq!(client.monitors().len(), 0);
    assert_eq!(client.start_monitor(NOW, PERIPHERAL, agent("5001"), Masks::ALL), Err(SendError::NotOpen));
}

/// A plan of a session that was cut at 100 s with two devices, a call, and a device that was being stopped.
fn cut_off(calls: bool) -> (MonitorPlan, [MonitorKey; 3]) {
    let mut client = open();
    let first = live(&mut client, agent("5001"), 71);
    let second = live(&mut client, call(301, "5001"), 72);
    let third = live(&mut client, agent("5002"), 73);
    let stopping = live(&mut client, agent("5003"), 74);
    client.stop_monitor(NOW, stopping).unwrap();
    client.disconnected(Duration::from_secs(100));
    drain(&mut client);
    let mut plan = client.plan();
    plan.retain(|monitor| calls || !matches!(monitor.target, Target::Call { .. }));
    (plan, [first, second, third])
}

#[test]
fn monitors_are_created_again_after_a_new_open() {
    for calls in [false, true] {
        let (plan, keys) = cut_off(calls);
        assert_eq!(plan.len(), if calls { 3 } else { 2 });
        let at = Duration::from_secs(107);
        let mut client = connect(config(), at);
        client.restore(plan).unwrap();
        // Nothing is asked for before the session is open.
        assert_eq!(client.sent(), [0; 0]);
        assert!(matches!(client.poll(), Some(Event::Opened(_))));
        assert_eq!(client.poll(), None);
        let requests = client.sent();
        let devices = if calls { vec!["5001", "301", "5002"] } else { vec!["5001", "5002"] };
        let expected: Vec<_> = (2..)
            .zip(&devices)
            .map(|(id, device)| {
                let mut values = vec![
                    ("InvokeID", N(id)),
                    ("PeripheralID", N(5000)),
                    ("ConnectionCallID", N(if *device == "301" { 301 } else { 0 })),
                    ("CallMsgMask", N(0x07FF_FFFF)),
                    ("AgentStateMask", N(0x3FFF)),
                ];
                values.extend(if *device == "301" {
                    [("ConnectionDeviceIDType", N(0)), ("ConnectionDeviceID", S("5001"))]
                } else {
                    [("MonitoredDeviceType", N(76)), ("MonitoredDeviceID", S(device))]
                });
                event::bytes(14, "MONITOR_START_REQ", &values)
            })
            .collect();
        assert_eq!(requests, expected.concat());

        // The first gets another identifier, the last cannot be.
        let last = 1 + devices.len() as u32;
        client.receive(at, &start_conf(2, 1));
        let (monitor, before) = (keys[0], Some(MonitorId(71)));
        assert_eq!(told(&mut client), Told::Started(monitor, Ok(1), before));
        if calls {
            client.receive(at, &start_conf(3, 2));
            let (monitor, before) = (keys[1], Some(MonitorId(72)));
            assert_eq!(told(&mut client), Told::Started(monitor, Ok(2), before));
        }
        assert_eq!(client.poll(), None);
        client.receive(at, &wire::failure_conf(last, INVALID_CALLID));
        let why = refused(INVALID_CALLID);
        assert_eq!(told(&mut client), Told::Started(keys[2], Err(why), Some(MonitorId(73))));
        let (started, gap) = (devices.len() - 1, Duration::from_secs(7));
        assert_eq!(client.poll(), Some(Event::Restored { started, failed: 1, gap }));
        assert_eq!(client.poll(), None);
        // A new monitor has a name that none had before.
        let (new, _) = ask(&mut client, agent("5009"));
        assert!(!keys.contains(&new));
    }
}

#[test]
fn a_restore_goes_on_as_requests_are_answered() {
    let (plan, _) = cut_off(true);
    assert!(!plan.is_empty());
    let limits = Limits { requests: 1, ..Default::default() };
    let mut client = connect(ClientConfig { limits, ..config() }, Duration::from_secs(107));
    client.restore(plan).unwrap();
    client.poll();
    for id in 1..=3 {
        assert_eq!(client.poll(), None);
        let request = invoke_id(&mut client);
        client.receive(NOW, &start_conf(request, id));
        assert!(matches!(client.poll(), Some(Event::MonitorStarted { .. })), "{id}");
    }
    let gap = Duration::from_secs(7);
    assert_eq!(client.poll(), Some(Event::Restored { started: 3, failed: 0, gap }));
}

#[test]
fn a_second_failure_in_the_middle_of_a_restore_loses_nothing() {
    let (plan, keys) = cut_off(true);
    let limits = Limits { requests: 2, ..Default::default() };
    let mut client = connect(ClientConfig { limits, ..config() }, Duration::from_secs(107));
    client.restore(plan).unwrap();
    drain(&mut client);
    // Only two requests can wait at a time; one is answered.
    assert_eq!(client.pending_requests(), 2);
    client.receive(Duration::from_secs(107), &start_conf(2, 1));
    drain(&mut client);
    assert_eq!(client.pending_requests(), 2);
    client.disconnected(Duration::from_secs(108));
    drain(&mut client);
    let plan = client.plan();
    assert_eq!(plan.len(), 3);
    let mut client = connect(config(), Duration::from_secs(110));
    client.restore(plan).unwrap();
    drain(&mut client);
    let confirmations = [start_conf(2, 11), start_conf(3, 12), start_conf(4, 13)].concat();
    client.receive(Duration::from_secs(110), &confirmations);
    for (monitor, (id, before)) in keys.into_iter().zip([(11, 1), (12, 72), (13, 73)]) {
        assert_eq!(told(&mut client), Told::Started(monitor, Ok(id), Some(MonitorId(before))));
    }
    let gap = Duration::from_secs(2);
    assert_eq!(client.poll(), Some(Event::Restored { started: 3, failed: 0, gap }));
}

#[test]
fn a_failure_before_the_open_loses_no_plan() {
    let (plan, _) = cut_off(true);
    let mut client = TestClient::open(Duration::from_secs(107), config(), &open_req()).unwrap();
    client.restore(plan).unwrap();
    client.disconnected(Duration::from_secs(108));
    drain(&mut client);
    let plan = client.plan();
    assert_eq!(plan.len(), 3);

    // Events were lost since the session before that, until the next is open.
    let mut client = TestClient::open(Duration::from_secs(110), config(), &open_req()).unwrap();
    client.restore(plan).unwrap();
    client.receive(Duration::from_secs(112), &wire::open_conf(14, 0x11E0, 0));
    drain(&mut client);
    let confirmations = [start_conf(2, 11), start_conf(3, 12), start_conf(4, 13)].concat();
    client.receive(Duration::from_secs(119), &confirmations);
    let events = drain(&mut client);
    assert_eq!(events.last().unwrap(), "Restored { started: 3, failed: 0, gap: 12s }");
}

#[test]
fn a_device_that_was_refused_once_is_asked_for_again_by_the_next_session() {
    let (plan, keys) = cut_off(true);
    let mut client = connect(config(), Duration::from_secs(107));
    client.restore(plan).unwrap();
    drain(&mut client);
    let refusals: Vec<u8> = (2..5).flat_map(|id| wire::failure_conf(id, INVALID_CALLID)).collect();
    client.receive(Duration::from_secs(107), &refusals);
    let events = drain(&mut client);
    assert_eq!(events.last().unwrap(), "Restored { started: 0, failed: 3, gap: 7s }");
    // The call may be over. One of the devices was asked for anew meanwhile, and has another key.
    client.sent();
    let anew = live(&mut client, agent("5002"), 75);
    let kept = |client: &TestClient| -> Vec<_> {
        let plan = client.plan();
        plan.iter().map(|monitor| (monitor.key, monitor.previous_id)).collect()
    };
    let expected = [(keys[0], Some(MonitorId(71))), (anew, Some(MonitorId(75)))];
    assert_eq!(kept(&client), expected);
    client.disconnected(Duration::from_secs(108));
    drain(&mut client);
    assert_eq!(kept(&client), expected);
}

#[test]
fn a_plan_comes_once_and_before_the_open() {
    let (plan, _) = cut_off(true);
    let mut client = TestClient::open(NOW, config(), &open_req()).unwrap();
    client.restore(plan.clone()).unwrap();
    assert_eq!(client.restore(plan.clone()), Err(SendError::AlreadyOpen));
    client.receive(NOW, &wire::open_conf(14, 0x11E0, 0));
    assert_eq!(client.restore(plan.clone()), Err(SendError::AlreadyOpen));
    drain(&mut client);
    assert_eq!(client.restore(plan.clone()), Err(SendError::AlreadyOpen));
    assert_eq!(client.plan().len(), plan.len());

    let mut without = open();
    let first = live(&mut without, agent("5001"), 71);
    assert_eq!(without.restore(plan), Err(SendError::AlreadyOpen));
    assert_eq!(without.monitor(first).unwrap().target(), Some(agent("5001")));
}

#[test]
fn masks_ask_for_what_the_version_has() {
    let mut client = open();
    let mut all = Masks::ALL;
    all.calls -= CallEventMask::CALL_HELD_MASK;
    client.start_monitor(NOW, PERIPHERAL, agent("5001"), all).unwrap();
    // CallMsgMask, behind InvokeID, PeripheralID and ConnectionCallID: the bits of version 14 without 8.
    assert_eq!(client.sent()[20..24], [0x07, 0xFF, 0xFF, 0xF7]);
}
