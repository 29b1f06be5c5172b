//! A server in a test of monitors: what a client asks of it, and what it delivers.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::common::ends::TestServer;
use crate::common::event;
use crate::common::event::V::{self, N, S};
use crate::common::wire::Open;
use ged188::message::OpenConf;
use ged188::named_values::CtiServiceMask;
use ged188::server::{MonitorIndex, Policy};
use ged188::session::Limits;
use ged188::{Responder, ServerConfig, ServerEvent as Event};

pub(crate) const NOW: Duration = Duration::ZERO;
pub(crate) const ALL: u32 = u32::MAX;
pub(crate) const ANYWHERE: u32 = u32::MAX;
/// DeviceIDType of the tables.
pub(crate) const AGENT: u32 = 76;
pub(crate) const TRUNK: u32 = 70;
pub(crate) const TRUNK_GROUP: u32 = 71;
pub(crate) const QUEUE: u32 = 77;
pub(crate) const NONE: u32 = 0xFFFF;

/// The services for monitors, but those by which the open itself makes one.
pub(crate) const SERVICES: CtiServiceMask = CtiServiceMask::from_bits_retain(0x11E0);

/// A session with monitors in version 14. Clients in the field ask for all services.
pub(crate) fn open() -> TestServer {
    open_with(ServerConfig::default(), Open { services: ALL, ..Open::default() })
}

pub(crate) fn open_with(config: ServerConfig, open: Open<'_>) -> TestServer {
    let mut server = TestServer::start(NOW, config);
    server.receive(NOW, &open.bytes());
    let Some(Event::OpenRequested(asked)) = server.poll() else { panic!() };
    let conf = Policy { services: SERVICES, ..Default::default() }.decide(&asked).unwrap();
    server.accept(NOW, &conf).unwrap();
    server.sent();
    server
}

/// What the server sends when these bytes arrive; monitors that are asked for are started.
pub(crate) fn answer(server: &mut TestServer, bytes: &[u8]) -> Vec<u8> {
    server.receive(NOW, bytes);
    while let Some(event) = server.poll() {
        if let Event::MonitorRequested { responder, .. } = event {
            server.start_monitor(NOW, responder).unwrap();
        }
    }
    server.sent()
}

/// MONITOR_START_REQ with InvokeID 9, and its answer.
pub(crate) fn ask(server: &mut TestServer, values: &[(&str, V<'_>)]) -> Vec<u8> {
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
pub(crate) fn started(answer: &[u8]) -> u32 {
    assert_eq!((answer.len(), &answer[..12]), (16, &b"\0\0\0\x08\0\0\0\x5E\0\0\0\x09"[..]), "{answer:?}");
    u32::from_be_bytes(answer[12..].try_into().unwrap())
}

pub(crate) fn device(server: &mut TestServer, kind: u32, id: &str) -> u32 {
    started(&ask(server, &[("MonitoredDeviceType", N(kind)), ("MonitoredDeviceID", S(id))]))
}

pub(crate) fn device_with(server: &mut TestServer, id: &str, calls: u32, agents: u32) -> u32 {
    let masks = [("CallMsgMask", N(calls)), ("AgentStateMask", N(agents))];
    let target = [("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S(id))];
    started(&ask(server, &[masks, target].concat()))
}

pub(crate) fn call_request<'a>(id: u32, device: &'a str) -> [(&'static str, V<'a>); 3] {
    [("ConnectionCallID", N(id)), ("ConnectionDeviceIDType", N(0)), ("ConnectionDeviceID", S(device))]
}

pub(crate) fn call(server: &mut TestServer, id: u32, device: &str) -> u32 {
    started(&ask(server, &call_request(id, device)))
}

pub(crate) fn stop(server: &mut TestServer, id: u32) -> Vec<u8> {
    answer(server, &event::bytes(14, "MONITOR_STOP_REQ", &[("InvokeID", N(9)), ("MonitorID", N(id))]))
}

/// Delivers an event; the monitors whose messages go out, each of which has to be the event but for MonitorID.
pub(crate) fn deliver(server: &mut TestServer, name: &str, values: &[(&str, V<'_>)]) -> Vec<u32> {
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
pub(crate) fn of_call(server: &mut TestServer, name: &str, id: u32, device: &str) -> Vec<u32> {
    deliver(server, name, &[("ConnectionCallID", N(id)), ("ConnectionDeviceID", S(device))])
}

pub(crate) fn refused(answer: &[u8]) -> u32 {
    assert_eq!(&answer[..12], b"\0\0\0\x08\0\0\0\x01\0\0\0\x09", "{answer:?}");
    u32::from_be_bytes(answer[12..16].try_into().unwrap())
}

/// A status code of the tables.
pub(crate) fn code(name: &str) -> u32 {
    let statuses = event::VALUES.iter().find(|table| table.name == "StatusCode").unwrap();
    statuses.values.iter().find(|value| value.name == name).expect(name).value
}

pub(crate) fn table_mask(name: &str) -> BTreeMap<String, u32> {
    let table = event::VALUES.iter().find(|table| table.name == name).expect(name);
    table.values.iter().map(|value| (value.name.clone(), value.value)).collect()
}

/// A session that remembers two calls, with a monitor of 5001, and an index that has it as 1.
pub(crate) fn indexed_with_two_calls() -> (TestServer, MonitorIndex<usize>) {
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

/// The sessions that an index finds for an event.
pub(crate) fn found(index: &MonitorIndex<usize>, name: &str, values: &[(&str, V<'_>)]) -> Vec<usize> {
    let bytes = event::bytes(14, name, values);
    index.find(&event::typed(14, &bytes)).unwrap().to_vec()
}

/// The request for a monitor of a device.
pub(crate) fn device_request(invoke_id: u32, id: &str) -> Vec<u8> {
    let masks = [("CallMsgMask", N(ALL)), ("AgentStateMask", N(ALL))];
    let target = [("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S(id))];
    let ids = [("InvokeID", N(invoke_id)), ("ConnectionCallID", N(0))];
    event::bytes(14, "MONITOR_START_REQ", &[ids, masks, target].concat())
}

pub(crate) fn requested(server: &mut TestServer, bytes: &[u8]) -> Responder {
    server.receive(NOW, bytes);
    match server.poll() {
        Some(Event::MonitorRequested { responder, .. }) => responder,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn held() -> u32 {
    table_mask("CallEventMask")["CALL_HELD_MASK"]
}

/// The MonitorID in the OPEN_CONF that a server sends for this OPEN_REQ.
pub(crate) fn open_monitor(services: u32, granted: u32, call_mask: u32) -> (TestServer, u32) {
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
