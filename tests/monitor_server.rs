//! The monitors of a server's session: who gets which event, by the rules of the Peripheral Monitor Service.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

mod ends;
mod event;
mod tables;
mod wire;

use std::collections::BTreeMap;
use std::time::Duration;

use ends::TestServer;
use event::V::{self, N, S};
use ged188::id::{CallId, MonitorId, PeripheralId, SessionId, TeamId};
use ged188::message::{Encode, MonitorStartConf, OpenConf, UserMessageConf};
use ged188::named_values::{
    ConnectionDeviceIdType, ControlFailureCode, CtiServiceMask, DeviceIdType, SessionType, StatusCode,
};
use ged188::server::{MonitorIndex, Policy, Strictness};
use ged188::session::Limits;
use ged188::{CloseReason, Masks, Responder, SendError, ServerConfig, ServerEvent as Event, Target};
use ged188::{MessageType, ProtocolVersion, RawMessage, Str};
use wire::Open;

const NOW: Duration = Duration::ZERO;
const ALL: u32 = u32::MAX;
const ANYWHERE: u32 = u32::MAX;
/// DeviceIDType of the tables.
const AGENT: u32 = 76;
const TRUNK: u32 = 70;
const TRUNK_GROUP: u32 = 71;
const QUEUE: u32 = 77;
const NONE: u32 = 0xFFFF;

/// The services for monitors, but those by which the open itself makes one.
const SERVICES: CtiServiceMask = CtiServiceMask::from_bits_retain(0x11E0);

/// A session with monitors in version 14. Clients in the field ask for all services.
fn open() -> TestServer {
    open_with(ServerConfig::default(), Open { services: ALL, ..Open::default() })
}

fn open_with(config: ServerConfig, open: Open<'_>) -> TestServer {
    let mut server = TestServer::start(NOW, config);
    server.receive(NOW, &open.bytes());
    let Some(Event::OpenRequested(asked)) = server.poll() else { panic!() };
    let conf = Policy { services: SERVICES, ..Default::default() }.decide(&asked).unwrap();
    server.accept(NOW, &conf).unwrap();
    server.sent();
    server
}

/// What the server sends when these bytes arrive; monitors that are asked for are started.
fn answer(server: &mut TestServer, bytes: &[u8]) -> Vec<u8> {
    server.receive(NOW, bytes);
    while let Some(event) = server.poll() {
        if let Event::MonitorRequested { responder, .. } = event {
            server.start_monitor(NOW, responder).unwrap();
        }
    }
    server.sent()
}

/// MONITOR_START_REQ with InvokeID 9, and its answer.
fn ask(server: &mut TestServer, values: &[(&str, V<'_>)]) -> Vec<u8> {
    let mut all = vec![
        ("InvokeID", N(9)),
        ("ConnectionCallID", N(0)),
        ("CallMsgMask", N(ALL)),
        ("AgentStateMask", N(ALL)),
    ];
    all.retain(|(name, _)| values.iter().all(|(given, _)| given != name));
    all.extend(values);
    answer(server, &event::bytes(14, "MONITOR_START_REQ", &all))
}

/// The identifier in a confirmation.
fn started(answer: &[u8]) -> u32 {
    assert_eq!((answer.len(), &answer[..12]), (16, &b"\0\0\0\x08\0\0\0\x5E\0\0\0\x09"[..]), "{answer:?}");
    u32::from_be_bytes(answer[12..].try_into().unwrap())
}

fn device(server: &mut TestServer, kind: u32, id: &str) -> u32 {
    started(&ask(server, &[("MonitoredDeviceType", N(kind)), ("MonitoredDeviceID", S(id))]))
}

fn device_with(server: &mut TestServer, id: &str, calls: u32, agents: u32) -> u32 {
    let masks = [("CallMsgMask", N(calls)), ("AgentStateMask", N(agents))];
    let target = [("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S(id))];
    started(&ask(server, &[masks, target].concat()))
}

fn call_request<'a>(id: u32, device: &'a str) -> [(&'static str, V<'a>); 3] {
    [("ConnectionCallID", N(id)), ("ConnectionDeviceIDType", N(0)), ("ConnectionDeviceID", S(device))]
}

fn call(server: &mut TestServer, id: u32, device: &str) -> u32 {
    started(&ask(server, &call_request(id, device)))
}

fn stop(server: &mut TestServer, id: u32) -> Vec<u8> {
    answer(server, &event::bytes(14, "MONITOR_STOP_REQ", &[("InvokeID", N(9)), ("MonitorID", N(id))]))
}

/// Delivers an event; the monitors whose messages go out, each of which has to be the event but for MonitorID.
fn deliver(server: &mut TestServer, name: &str, values: &[(&str, V<'_>)]) -> Vec<u32> {
    let bytes = event::bytes(14, name, values);
    let delivery = server.deliver(NOW, &event::typed(14, &bytes)).unwrap();
    let messages = delivery.messages;
    let sent = server.sent();
    let ids: Vec<_> = sent
        .chunks(bytes.len())
        .map(|message| {
            let id = u32::from_be_bytes(message[8..12].try_into().unwrap());
            assert_eq!(message, event::for_monitor(id, &bytes));
            id
        })
        .collect();
    assert_eq!(ids.len(), messages);
    ids
}

/// An event of a call with nobody but its connection.
fn of_call(server: &mut TestServer, name: &str, id: u32, device: &str) -> Vec<u32> {
    deliver(server, name, &[("ConnectionCallID", N(id)), ("ConnectionDeviceID", S(device))])
}

fn refused(answer: &[u8]) -> u32 {
    assert_eq!(&answer[..12], b"\0\0\0\x08\0\0\0\x01\0\0\0\x09", "{answer:?}");
    u32::from_be_bytes(answer[12..16].try_into().unwrap())
}

/// A status code of the tables.
fn code(name: &str) -> u32 {
    let statuses = event::VALUES.iter().find(|table| table.name == "StatusCode").unwrap();
    statuses.values.iter().find(|value| value.name == name).expect(name).value
}

// Adding and removing

#[test]
fn a_monitor_gets_an_identifier_that_no_other_has_had() {
    let mut server = open();
    let mut ids = vec![device(&mut server, AGENT, "5001"), call(&mut server, 301, "5001")];
    assert_eq!(stop(&mut server, ids[0]), event::bytes(14, "MONITOR_STOP_CONF", &[("InvokeID", N(9))]));
    ids.push(device(&mut server, AGENT, "5001"));
    ids.push(device(&mut server, TRUNK, "17"));
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    assert!(!ids.contains(&0));
    assert_eq!(server.monitor_count(), 3);
}

#[test]
fn a_second_monitor_of_a_target_gets_each_event_too() {
    let mut server = open();
    let ids = [device(&mut server, AGENT, "5001"), device(&mut server, AGENT, "5001")];
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), ids);
    let ids = [call(&mut server, 301, "5002"), call(&mut server, 301, "5002")];
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5002"), ids);
}

#[test]
fn monitors_come_and_go_without_effect_on_others() {
    let mut server = open();
    let (first, second) = (device(&mut server, AGENT, "5001"), device(&mut server, AGENT, "5002"));
    let third = device(&mut server, AGENT, "5001");
    stop(&mut server, first);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), [third]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5002"), [second]);
    stop(&mut server, third);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), []);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5002"), [second]);
    assert!(server.is_open());
}

#[test]
fn a_wrong_request_for_a_monitor_has_its_status() {
    let both_masks_strict = ServerConfig { strictness: Strictness::Strict, ..Default::default() };
    let of_device = |kind, id| vec![("MonitoredDeviceType", N(kind)), ("MonitoredDeviceID", S(id))];
    let of_call = |id, device| call_request(id, device).to_vec();
    for (values, status) in [
        // Both a device and a call.
        ([of_device(AGENT, "5001"), of_call(301, "5001")].concat(), "E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES"),
        (
            vec![("MonitoredDeviceType", N(AGENT)), ("ConnectionCallID", N(301))],
            "E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES",
        ),
        (
            [of_call(301, "5001"), vec![("MonitoredDeviceID", S("5001"))]].concat(),
            "E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES",
        ),
        // Neither, or only half of one.
        (vec![], "E_CTI_REQUIRED_DATA_MISSING"),
        (vec![("MonitoredDeviceType", N(AGENT))], "E_CTI_REQUIRED_DATA_MISSING"),
        (of_device(AGENT, ""), "E_CTI_REQUIRED_DATA_MISSING"),
        (vec![("MonitoredDeviceID", S("5001"))], "E_CTI_REQUIRED_DATA_MISSING"),
        (of_call(301, ""), "E_CTI_REQUIRED_DATA_MISSING"),
        (of_call(0, "5001"), "E_CTI_REQUIRED_DATA_MISSING"),
        (of_call(u32::MAX, "5001"), "E_CTI_REQUIRED_DATA_MISSING"),
        // Types that are none.
        (of_device(4711, "5001"), "E_CTI_INVALID_DEVICE_ID_TYPE"),
        (
            vec![
                ("ConnectionCallID", N(301)),
                ("ConnectionDeviceIDType", N(NONE)),
                ("ConnectionDeviceID", S("5001")),
            ],
            "E_CTI_INVALID_CONNECTION_ID_TYPE",
        ),
        // Bits that no mask has.
        (
            [of_device(AGENT, "5001"), vec![("CallMsgMask", N(0x8000_0000)), ("AgentStateMask", N(1))]]
                .concat(),
            "E_CTI_INVALID_CALL_MSG_MASK",
        ),
        (
            [of_device(AGENT, "5001"), vec![("CallMsgMask", N(1)), ("AgentStateMask", N(0x8000_0000))]]
                .concat(),
            "E_CTI_INVALID_AGENT_STATE_MASK",
        ),
    ] {
        let open = Open { services: 0x1160, ..Open::default() };
        let mut server = open_with(both_masks_strict.clone(), open);
        let mut all = values.clone();
        if !values.iter().any(|(name, _)| *name == "CallMsgMask") {
            all.extend([("CallMsgMask", N(1)), ("AgentStateMask", N(1))]);
        }
        let answer = ask(&mut server, &all);
        assert_eq!(refused(&answer), code(status), "{values:?}");
        assert_eq!(server.monitor_count(), 0);
    }
}

#[test]
fn a_call_or_device_that_does_not_exist_is_for_the_application_to_refuse() {
    for status in ["E_CTI_INVALID_CALLID", "E_CTI_INVALID_DEVICE"] {
        let mut server = open();
        let mut values = vec![("InvokeID", N(9)), ("PeripheralID", N(5000))];
        values.extend(call_request(301, "5001"));
        server.receive(NOW, &event::bytes(14, "MONITOR_START_REQ", &values));
        let Some(Event::MonitorRequested { responder, peripheral_id, target, masks }) = server.poll() else {
            panic!()
        };
        assert_eq!(target.to_string(), "call 301 at 5001");
        assert_eq!(peripheral_id.unwrap().0, 5000);
        assert_eq!((masks.calls.bits(), masks.agents.bits()), (0, 0));
        server.refuse(NOW, responder, StatusCode(code(status))).unwrap();
        assert_eq!(refused(&server.sent()), code(status));
        assert_eq!(server.monitor_count(), 0);
    }
}

#[test]
fn a_monitor_that_is_not_there_cannot_be_stopped_or_changed() {
    let (mut server, mut other) = (open(), open());
    let own = device(&mut server, AGENT, "5001");
    // That is another session's.
    for _ in 0..5 {
        device(&mut other, AGENT, "5001");
    }
    for id in [0, own + 1, own + 4, u32::MAX] {
        assert_eq!(refused(&stop(&mut server, id)), code("E_CTI_INVALID_MONITORID"));
        let change = [("InvokeID", N(9)), ("MonitorID", N(id))];
        let answer = answer(&mut server, &event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &change));
        assert_eq!(refused(&answer), code("E_CTI_INVALID_MONITORID"));
    }
    assert_eq!(server.monitor_count(), 1);
}

#[test]
fn new_masks_take_the_place_of_both_old_ones() {
    let mut server = open();
    let masks = table_mask("CallEventMask");
    let id = device_with(&mut server, "5001", masks["CALL_CLEARED_MASK"], 0);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), []);
    let change = [
        ("InvokeID", N(9)),
        ("MonitorID", N(id)),
        ("CallMsgMask", N(masks["CALL_HELD_MASK"])),
        ("AgentStateMask", N(table_mask("AgentStateMask")["AGENT_AVAILABLE_MASK"])),
    ];
    let answer = answer(&mut server, &event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &change));
    assert_eq!(answer, event::bytes(14, "CHANGE_MONITOR_MASK_CONF", &[("InvokeID", N(9))]));
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [id]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), []);
    let agent = |state| [("AgentState", N(state)), ("AgentInstrument", S("5001"))];
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(3)), [id]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(4)), []);
}

#[test]
fn a_strict_server_wants_masks_that_it_knows() {
    let config = ServerConfig { strictness: Strictness::Strict, ..Default::default() };
    let mut server = open_with(config, Open { services: 0x1160, ..Open::default() });
    let id = device_with(&mut server, "5001", 1, 1);
    let change = |calls, agents| {
        [("InvokeID", N(9)), ("MonitorID", N(id)), ("CallMsgMask", N(calls)), ("AgentStateMask", N(agents))]
    };
    for (calls, agents, status) in
        [(ALL, 1, "E_CTI_INVALID_CALL_MSG_MASK"), (1, ALL, "E_CTI_INVALID_AGENT_STATE_MASK")]
    {
        let request = event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &change(calls, agents));
        assert_eq!(refused(&answer(&mut server, &request)), code(status));
    }
}

// Which monitors get an event

fn table_mask(name: &str) -> BTreeMap<String, u32> {
    let table = event::VALUES.iter().find(|table| table.name == name).expect(name);
    table.values.iter().map(|value| (value.name.clone(), value.value)).collect()
}

#[test]
fn call_events_pass_by_their_own_bit() {
    let masks = table_mask("CallEventMask");
    let mut tested = 0;
    for (mask, bit) in &masks {
        let name = mask.replace("_MASK", "_EVENT");
        let Some(message) = event::MESSAGES.iter().find(|message| message.name == name) else { continue };
        let monitored = message.fixed[0].name == "MonitorID";
        // One is for no monitor, one comes without the identifier of any.
        if !monitored || ["CALL_TRANSLATION_ROUTE_EVENT", "CALL_ATTRIBUTE_CHANGE_EVENT"].contains(&&*name) {
            continue;
        }
        let mut server = open();
        let only = device_with(&mut server, "5001", *bit, 0);
        device_with(&mut server, "5001", !bit, ALL);
        device_with(&mut server, "5001", 0, ALL);
        let own = ["ConnectionDeviceID", "PrimaryDeviceID", "AgentInstrument"];
        let field = message.floating.iter().find(|field| own.contains(&&*field.name)).expect(&name);
        // Messages that came after version 14 go out to nobody in it.
        let expected = if message.since.unwrap_or(9) <= 14 { vec![only] } else { vec![] };
        let mut values = vec![(&*field.name, S("5001"))];
        if name == "CALL_DATA_UPDATE_EVENT" {
            values.push(("NewConnectionDeviceID", S("")));
        }
        let bytes = event::bytes(25, &name, &values);
        let messages = server.deliver(NOW, &event::typed(25, &bytes)).unwrap().messages;
        assert_eq!(messages, expected.len(), "{name}");
        let ids: Vec<_> = server.sent().get(8..12).map(|id| id.to_vec()).into_iter().collect();
        assert_eq!(ids, expected.iter().map(|id| id.to_be_bytes().to_vec()).collect::<Vec<_>>(), "{name}");
        tested += 1;
    }
    assert!(tested >= 20, "{tested} events of {}", masks.len());
}

#[test]
fn a_change_of_call_attributes_comes_once_without_an_identifier() {
    let mut server = open();
    for calls in [ALL, table_mask("CallEventMask")["CALL_ATTRIBUTE_CHANGE_MASK"], 0] {
        device_with(&mut server, "5001", calls, 0);
    }
    let attributes = |device| [("ConnectionDeviceID", S(device))];
    assert_eq!(deliver(&mut server, "CALL_ATTRIBUTE_CHANGE_EVENT", &attributes("5001")), [0]);
    assert_eq!(deliver(&mut server, "CALL_ATTRIBUTE_CHANGE_EVENT", &attributes("5002")), []);
}

#[test]
fn agent_states_pass_by_the_bit_of_the_new_state() {
    let states = event::VALUES.iter().find(|table| table.name == "AgentState").unwrap();
    let masks = table_mask("AgentStateMask");
    let mut tested = 0;
    for state in &states.values {
        let Some(bit) = masks.get(&(state.name.replace("AGENT_STATE_", "AGENT_") + "_MASK")) else {
            continue;
        };
        let mut server = open();
        let only = device_with(&mut server, "5001", 0, *bit);
        device_with(&mut server, "5001", ALL, !bit);
        let values = [("AgentState", N(state.value)), ("AgentInstrument", S("5001"))];
        assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &values), [only], "{}", state.name);
        tested += 1;
    }
    assert!(tested >= 10, "{tested} states");
}

#[test]
fn a_device_is_concerned_when_an_event_names_it_with_its_type() {
    let mut tested = 0;
    for message in event::MESSAGES.iter().filter(|message| message.since.unwrap_or(9) <= 14) {
        if message.fixed[0].name != "MonitorID" {
            continue;
        }
        for field in message.fixed.iter().filter(|field| field.values.as_deref() == Some("DeviceIDType")) {
            let device = field.note.trim_start_matches("type of floating ");
            if !message.floating.iter().any(|field| field.name == device) {
                continue;
            }
            let mut server = open();
            let agent = self::device(&mut server, AGENT, "5001");
            let queue = self::device(&mut server, QUEUE, "5001");
            self::device(&mut server, AGENT, "5002");
            for (kind, expected) in [(AGENT, agent), (QUEUE, queue)] {
                let values = [(&*field.name, N(kind)), (device, S("5001"))];
                assert_eq!(deliver(&mut server, &message.name, &values), [expected], "{}", message.name);
            }
            let values = [(&*field.name, N(TRUNK)), (device, S("5001"))];
            assert_eq!(deliver(&mut server, &message.name, &values), [], "{} {device}", message.name);
            tested += 1;
        }
    }
    assert!(tested >= 25, "{tested} devices");
}

#[test]
fn parties_and_connections_are_devices_of_any_type() {
    let mut server = open();
    let phone = device(&mut server, AGENT, "5001");
    let parties = [
        ("NumParties", N(2)),
        ("ConnectedPartyCallID", N(301)),
        ("ConnectedPartyDeviceIDType", N(0)),
        ("ConnectedPartyDeviceID", S("2065550123")),
        ("ConnectedPartyCallID", N(301)),
        ("ConnectedPartyDeviceIDType", N(0)),
        ("ConnectedPartyDeviceID", S("5001")),
    ];
    for name in ["CALL_CONFERENCED_EVENT", "CALL_TRANSFERRED_EVENT"] {
        assert_eq!(deliver(&mut server, name, &parties), [phone]);
        assert_eq!(deliver(&mut server, name, &[("PrimaryDeviceID", S("5001"))]), [phone]);
        assert_eq!(deliver(&mut server, name, &[("SecondaryDeviceID", S("5001"))]), [phone]);
    }
    assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", 301, "5001"), [phone]);
}

#[test]
fn trunks_and_trunk_groups_are_watched_by_their_number() {
    let mut server = open();
    let (trunk, group) = (device(&mut server, TRUNK, "17"), device(&mut server, TRUNK_GROUP, "17"));
    for name in ["CALL_DELIVERED_EVENT", "CALL_ESTABLISHED_EVENT", "CALL_REACHED_NETWORK_EVENT"] {
        assert_eq!(deliver(&mut server, name, &[("TrunkNumber", N(17))]), [trunk]);
        assert_eq!(deliver(&mut server, name, &[("TrunkGroupNumber", N(17))]), [group]);
        assert_eq!(
            deliver(&mut server, name, &[("TrunkNumber", N(17)), ("TrunkGroupNumber", N(17))]),
            [trunk, group]
        );
        assert_eq!(deliver(&mut server, name, &[("TrunkNumber", N(7)), ("TrunkGroupNumber", N(117))]), []);
        // A phone with that number is no trunk.
        assert_eq!(deliver(&mut server, name, &[("ConnectionDeviceID", S("17"))]), []);
    }
    let zero = device(&mut server, TRUNK, "0");
    assert_eq!(deliver(&mut server, "CALL_DELIVERED_EVENT", &[("TrunkNumber", N(0))]), [zero]);
    let last = device(&mut server, TRUNK, "4294967295");
    assert_eq!(deliver(&mut server, "CALL_DELIVERED_EVENT", &[("TrunkNumber", N(u32::MAX))]), [last]);
}

#[test]
fn an_agent_is_at_its_instrument_and_its_extension() {
    let mut server = open();
    let phone = device(&mut server, AGENT, "5001");
    for field in ["AgentInstrument", "AgentExtension"] {
        assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &[(field, S("5001"))]), [phone]);
    }
    let both = [("AgentExtension", S("5001")), ("AgentInstrument", S("5001"))];
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &both), [phone]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &[("AgentID", S("5001"))]), []);
}

#[test]
fn an_event_comes_once_for_each_monitor_however_often_it_names_what_that_watches() {
    let mut server = open();
    let ids = [
        device(&mut server, AGENT, "5001"),
        call(&mut server, 301, "5001"),
        device(&mut server, AGENT, "5002"),
        device(&mut server, AGENT, "5001"),
    ];
    let values = [
        ("ConnectionCallID", N(301)),
        ("AlertingDeviceType", N(AGENT)),
        ("CallingDeviceType", N(AGENT)),
        ("CalledDeviceType", N(AGENT)),
        ("ConnectionDeviceID", S("5001")),
        ("AlertingDeviceID", S("5001")),
        ("CallingDeviceID", S("5002")),
        ("CalledDeviceID", S("5001")),
    ];
    let mut got = deliver(&mut server, "CALL_DELIVERED_EVENT", &values);
    got.sort();
    assert_eq!(got, ids);
}

#[test]
fn another_peripheral_has_devices_and_calls_of_its_own() {
    let mut server = open();
    let target = [("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S("5001"))];
    let at = |peripheral| {
        let place = [("PeripheralID", N(peripheral))];
        [&place[..], &target].map(<[_]>::to_vec).concat()
    };
    let (here, there, anywhere) = (at(5000), at(5001), at(ANYWHERE));
    let ids = [here, there, anywhere].map(|values| started(&ask(&mut server, &values)));
    let agent = |peripheral| [("PeripheralID", N(peripheral)), ("AgentInstrument", S("5001"))];
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(5000)), [ids[0], ids[2]]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(5001)), [ids[1], ids[2]]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(5002)), [ids[2]]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(ANYWHERE)), ids);

    let watch = |server: &mut TestServer, peripheral| {
        let mut values = vec![("PeripheralID", N(peripheral))];
        values.extend(call_request(301, "7001"));
        started(&ask(server, &values))
    };
    let (here, there) = (watch(&mut server, 5000), watch(&mut server, 5001));
    let event = |peripheral| {
        [("PeripheralID", N(peripheral)), ("ConnectionCallID", N(301)), ("ConnectionDeviceID", S("7001"))]
    };
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &event(5001)), [there]);
    assert_eq!(deliver(&mut server, "END_CALL_EVENT", &event(5000)), [here]);
    assert_eq!(deliver(&mut server, "END_CALL_EVENT", &event(5001)), [there]);
}

#[test]
fn translation_routes_are_for_clients_that_may_monitor() {
    let route = event::bytes(14, "CALL_TRANSLATION_ROUTE_EVENT", &[("ANI", S("2065550123"))]);
    for (services, expected) in [(0x20, 1), (0x10, 1), (0x40, 0)] {
        let (mut server, _) = open_monitor(services, services, held());
        let typed = event::typed(14, &route);
        assert_eq!(server.deliver(NOW, &typed).unwrap().messages, expected);
        assert_eq!(server.sent(), if expected == 1 { route.clone() } else { vec![] });
    }
}

#[test]
fn only_events_are_delivered_and_only_in_an_open_session() {
    let mut server = open();
    let bytes = event::bytes(14, "MONITOR_STOP_CONF", &[]);
    let conf = event::typed(14, &bytes);
    assert_eq!(server.deliver(NOW, &conf).unwrap_err(), SendError::NotAllowed(conf.message_type()));
    let bytes = event::bytes(14, "END_CALL_EVENT", &[]);
    let mut closed = TestServer::start(NOW, ServerConfig::default());
    assert_eq!(closed.deliver(NOW, &event::typed(14, &bytes)).unwrap_err(), SendError::NotOpen);
}

// Calls

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
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5009"), []);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 302, "5009"), [of_other]);
}

#[test]
fn a_call_monitor_ends_with_its_call_although_its_mask_hides_the_end() {
    let mut server = open();
    let mut values = vec![("CallMsgMask", N(0x1))];
    values.extend(call_request(301, "5001"));
    let id = started(&ask(&mut server, &values));
    assert_eq!(of_call(&mut server, "END_CALL_EVENT", 301, "5001"), []);
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

/// A session that remembers two calls, with a monitor of 5001, and an index that has it as 1.
fn indexed_with_two_calls() -> (TestServer, MonitorIndex<usize>) {
    let limits = Limits { calls: 2, ..Default::default() };
    let mut server = open_with(
        ServerConfig { limits, ..Default::default() },
        Open { services: 0x1160, ..Open::default() },
    );
    let index = MonitorIndex::new();
    index.add(1, &mut server);
    device(&mut server, AGENT, "5001");
    (server, index)
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
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), []);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 401, "5011"), [id]);
    // A second call with the new identifier is another one.
    assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", 401, "5012"), []);
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

// What a server does beside its monitors

#[test]
fn a_server_with_monitors_answers_requests_and_sends_messages() {
    let mut server = open();
    let user_message = event::bytes(14, "USER_MESSAGE_REQ", &[("InvokeID", N(9)), ("Text", S("hello"))]);
    let requested = |server: &mut TestServer, bytes: &[u8]| {
        server.receive(NOW, bytes);
        match server.poll() {
            Some(Event::Requested { responder, .. }) => responder,
            other => panic!("{other:?}"),
        }
    };
    let responder = requested(&mut server, &user_message);
    server.confirm(NOW, responder, &UserMessageConf::default()).unwrap();
    assert_eq!(server.sent(), event::bytes(14, "USER_MESSAGE_CONF", &[("InvokeID", N(9))]));

    let system = event::bytes(14, "SYSTEM_EVENT", &[]);
    server.send(NOW, &event::typed(14, &system)).unwrap();
    assert_eq!(server.sent(), system);

    server.go_offline(NOW);
    assert_eq!(server.sent(), wire::failure_event(code("E_CTI_CTI_SERVER_OFFLINE")));
    assert_eq!(refused(&ask(&mut server, &[("ConnectionCallID", N(301))])), code("E_CTI_CTI_SERVER_OFFLINE"));
}

#[test]
fn a_server_with_monitors_refuses_control_requests_with_their_own_message() {
    let control = CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL;
    let mut server = TestServer::start(NOW, ServerConfig::default());
    server.receive(NOW, &Open { services: control.bits(), ..Open::default() }.bytes());
    let Some(Event::OpenRequested(asked)) = server.poll() else { panic!() };
    let conf = Policy { services: control, ..Default::default() }.decide(&asked).unwrap();
    server.accept(NOW, &conf).unwrap();
    server.sent();
    let answer_call = [("InvokeID", N(9)), ("ConnectionDeviceID", S("5001")), ("AgentInstrument", S("5001"))];
    server.receive(NOW, &event::bytes(14, "ANSWER_CALL_REQ", &answer_call));
    let Some(Event::Requested { responder, .. }) = server.poll() else { panic!() };
    server.refuse_control(NOW, responder, ControlFailureCode(2), 77).unwrap();
    let values = [("InvokeID", N(9)), ("FailureCode", N(2)), ("PeripheralErrorCode", N(77))];
    assert_eq!(server.sent(), event::bytes(14, "CONTROL_FAILURE_CONF", &values));
}

#[test]
fn a_server_with_monitors_may_refuse_to_open() {
    let mut server = TestServer::start(NOW, ServerConfig::default());
    server.receive(NOW, &Open::default().bytes());
    assert!(matches!(server.poll(), Some(Event::OpenRequested(_))));
    let status = StatusCode(code("E_CTI_UNSPECIFIED_FAILURE"));
    server.refuse_open(NOW, status).unwrap();
    assert_eq!(server.sent(), wire::failure_conf(1, status.0));
    assert_eq!(server.poll(), Some(Event::Closed(CloseReason::OpenRefused(status))));
}

#[test]
fn a_server_with_monitors_may_stand_by_and_become_active() {
    let config = ServerConfig { session_type: SessionType::STANDBY, ..Default::default() };
    let mut server = TestServer::start(NOW, config);
    let services = CtiServiceMask::from_bits_retain(0x0200_0020);
    server.receive(NOW, &Open { version: 24, services: services.bits(), ..Open::default() }.bytes());
    let Some(Event::OpenRequested(asked)) = server.poll() else { panic!() };
    let conf = Policy { services, ..Default::default() }.decide(&asked).unwrap();
    server.accept(NOW, &conf).unwrap();
    server.sent();
    server.become_active(NOW);
    assert_eq!(server.sent(), event::bytes(24, "STANDBY_ACTIVE_EVENT", &[]));
}

#[test]
fn a_server_with_monitors_gives_up_a_client_that_does_not_open() {
    let mut server = TestServer::start(NOW, ServerConfig::default());
    let deadline = server.deadline().expect("an open has to come");
    assert!(deadline > NOW);
    server.tick(deadline);
    assert!(matches!(server.poll(), Some(Event::Closed(_))));
    assert_eq!(server.deadline(), None);
}

// The end of monitors

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
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &held("5001")), []);
    let other = server.start_monitor(NOW, first).unwrap().0;
    server.sent();
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &held("5001")), [other]);
}

/// The request for a monitor of a device.
fn device_request(invoke_id: u32, id: &str) -> Vec<u8> {
    let masks = [("CallMsgMask", N(ALL)), ("AgentStateMask", N(ALL))];
    let target = [("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S(id))];
    let ids = [("InvokeID", N(invoke_id)), ("ConnectionCallID", N(0))];
    event::bytes(14, "MONITOR_START_REQ", &[ids, masks, target].concat())
}

fn requested(server: &mut TestServer, bytes: &[u8]) -> Responder {
    server.receive(NOW, bytes);
    match server.poll() {
        Some(Event::MonitorRequested { responder, .. }) => responder,
        other => panic!("{other:?}"),
    }
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
    assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", 303, "5009"), []);
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
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), []);
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
        assert_eq!(server.sent(), []);
    }
}

#[test]
fn a_new_session_has_no_monitors_until_it_is_asked_for_them() {
    let mut before = open();
    device(&mut before, AGENT, "5001");
    before.disconnected(NOW);
    let mut after = open();
    assert_eq!(after.monitor_count(), 0);
    assert_eq!(of_call(&mut after, "CALL_HELD_EVENT", 301, "5001"), []);
    let id = device(&mut after, AGENT, "5001");
    // What happened in between never comes.
    assert_eq!(after.sent(), []);
    assert_eq!(of_call(&mut after, "CALL_RETRIEVED_EVENT", 301, "5001"), [id]);
}

// Other monitors

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

fn held() -> u32 {
    table_mask("CallEventMask")["CALL_HELD_MASK"]
}

/// The MonitorID in the OPEN_CONF that a server sends for this OPEN_REQ.
fn open_monitor(services: u32, granted: u32, call_mask: u32) -> (TestServer, u32) {
    let mut server = TestServer::start(NOW, ServerConfig::default());
    let open = Open {
        services,
        peripheral_id: 5000,
        call_mask,
        agent_mask: 0,
        // AgentExtension 5001, AgentInstrument 5002.
        fields: &[(1, b"desk\0"), (2, b"\0"), (4, b"5001\0"), (6, b"5002\0")],
        ..Open::default()
    };
    server.receive(NOW, &open.bytes());
    let Some(Event::OpenRequested(_)) = server.poll() else { panic!() };
    let conf = OpenConf { services_granted: CtiServiceMask::from_bits_retain(granted), ..Default::default() };
    server.accept(NOW, &conf).unwrap();
    let conf = server.sent();
    // Header, InvokeID, ServicesGranted, MonitorID.
    let id = u32::from_be_bytes(conf[16..20].try_into().unwrap());
    (server, id)
}

#[test]
fn an_open_for_client_events_makes_a_monitor_of_the_agents_devices() {
    let (mut server, id) = open_monitor(0x1, 0x1, held());
    assert_ne!(id, 0);
    for device in ["5001", "5002"] {
        assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, device), [id]);
        // The masks of OPEN_REQ.
        assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, device), []);
    }
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 302, "5003"), []);
}

#[test]
fn an_open_for_all_events_gets_them_without_an_identifier() {
    let (mut server, id) = open_monitor(0x10, 0x10, held());
    assert_eq!((id, server.monitor_count()), (0, 0));
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "6789"), [0]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "6789"), []);
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

// Many sessions

/// The sessions that an index finds for an event.
fn found(index: &MonitorIndex<usize>, name: &str, values: &[(&str, V<'_>)]) -> Vec<usize> {
    let bytes = event::bytes(14, name, values);
    index.find(&event::typed(14, &bytes)).unwrap().to_vec()
}

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
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5003")), []);
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
    assert_eq!(found(&index, "END_CALL_EVENT", &[("ConnectionCallID", N(777))]), []);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &[("ConnectionCallID", N(301))]), []);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5001")), [0]);

    stop(&mut sessions[0], indexed);
    assert_eq!(found(&index, "CALL_HELD_EVENT", &held("5001")), []);

    // A session that is dropped is taken out, whatever it had, and so is one that gets another index.
    device(&mut sessions[2], AGENT, "5003");
    sessions[2] = open();
    device(&mut sessions[5], AGENT, "5003");
    MonitorIndex::new().add(5, &mut sessions[5]);
    for device in ["5002", "5003"] {
        assert_eq!(found(&index, "CALL_HELD_EVENT", &held(device)), []);
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
    assert_eq!(found(&index, "MONITOR_STOP_CONF", &[]), []);
}
