//! What monitors cost in memory.

use crate::common::{event, wire};
use std::time::Duration;

use crate::common::ends::{TestClient, TestServer};
use crate::common::event::V::{N, S};
use crate::common::wire::Open;
use ged188::id::{CallId, SessionId, VersionNumber};
use ged188::message::OpenReq;
use ged188::named_values::{ConnectionDeviceIdType, CtiServiceMask};
use ged188::server::{MonitorIndex, Policy};
use ged188::session::Limits;
use ged188::{Bytes, Secret, Str};
use ged188::{ClientConfig, ClientEvent, Masks, ServerConfig, ServerEvent, Target};

const NOW: Duration = Duration::ZERO;

fn open(limits: Limits) -> TestServer {
    let mut server = TestServer::start(NOW, ServerConfig { limits, ..Default::default() });
    server.receive(NOW, &Open::default().bytes());
    let Some(ServerEvent::OpenRequested(asked)) = server.poll() else { panic!() };
    let conf = Policy::default().decide(&asked).unwrap();
    server.accept(NOW, &conf).unwrap();
    server.drop_output();
    server
}

/// Starts a monitor of a device with this identifier of seven bytes, which is put into the request.
fn watch(server: &mut TestServer, request: &mut [u8], device: u32) {
    let at = request.len() - 8;
    request[at..at + 7].copy_from_slice(format!("{device:07}").as_bytes());
    server.receive(NOW, request);
    let Some(ServerEvent::MonitorRequested { responder, .. }) = server.poll() else { panic!() };
    server.start_monitor(NOW, responder).unwrap();
    server.drop_output();
}

fn request() -> Vec<u8> {
    let values = [
        ("InvokeID", N(9)),
        ("CallMsgMask", N(u32::MAX)),
        ("MonitoredDeviceType", N(76)),
        ("MonitoredDeviceID", S("0000000")),
    ];
    event::bytes(14, "MONITOR_START_REQ", &values)
}

#[test]
fn a_monitor_takes_at_most_200_bytes_beyond_its_identifier() {
    let limits = Limits { monitors: 200_000, ..Default::default() };
    let (mut server, mut request) = (open(limits), request());
    let (mut monitors, mut bytes) = (0, 0);
    // Right before and right after tables have grown, too.
    for upto in [1_000, 57_344, 57_345, 65_536, 65_537, 100_000, 114_688, 114_689, 131_073] {
        let more = allocation_counter::measure(|| {
            (monitors..upto).for_each(|device| watch(&mut server, &mut request, device));
        });
        monitors = upto;
        bytes += more.bytes_current;
        let each = bytes / i64::from(upto) - 7;
        assert!(each <= 200, "{each} bytes for each of {upto}");
    }
    assert_eq!(server.monitor_count(), 131_073);
}

#[test]
fn a_monitor_of_a_watched_device_takes_at_most_200_bytes() {
    let (mut server, mut request) = (open(Limits::default()), request());
    let bytes = allocation_counter::measure(|| {
        (0..50_000).for_each(|_| watch(&mut server, &mut request, 5001));
    });
    assert!(bytes.bytes_current / 50_000 <= 200, "{bytes:?}");
}

#[test]
fn delivering_an_event_allocates_nothing() {
    let (mut server, mut request) = (open(Limits::default()), request());
    let index = MonitorIndex::new();
    index.add(1, &mut server);
    for device in 0..1000 {
        watch(&mut server, &mut request, device);
        watch(&mut server, &mut request, 17);
    }
    let values = [
        ("ConnectionCallID", N(301)),
        ("HoldingDeviceType", N(76)),
        ("ConnectionDeviceID", S("0000017")),
        ("HoldingDeviceID", S("0000018")),
    ];
    let bytes = event::bytes(14, "CALL_HELD_EVENT", &values);
    let held = event::typed(14, &bytes);
    assert_eq!(index.find(&held).unwrap(), [1]);
    let mut deliver = || {
        assert_eq!(server.deliver(NOW, &held).unwrap().messages, 1002);
        server.drop_output();
    };
    deliver();
    deliver();
    let allocations = allocation_counter::measure(|| (0..100).for_each(|_| deliver()));
    assert_eq!(allocations.count_total, 0, "{allocations:?}");
}

#[test]
fn monitors_that_end_give_their_memory_back() {
    let (mut server, mut request) = (open(Limits::default()), request());
    let mut id = 0;
    let mut round = |server: &mut TestServer| {
        for device in 0..1000 {
            watch(server, &mut request, device);
            id += 1;
            let stop = event::bytes(14, "MONITOR_STOP_REQ", &[("InvokeID", N(9)), ("MonitorID", N(id))]);
            server.receive(NOW, &stop);
            assert!(matches!(server.poll(), Some(ServerEvent::MonitorStopped { .. })));
            server.drop_output();
        }
    };
    round(&mut server);
    let more = allocation_counter::measure(|| (0..20).for_each(|_| round(&mut server)));
    assert!(more.bytes_current < 1024, "{more:?}");
    assert_eq!(server.monitor_count(), 0);
}

#[test]
fn monitors_that_end_give_their_memory_back_to_the_client_too() {
    let open = OpenReq {
        version_number: VersionNumber(14),
        services_requested: CtiServiceMask::from_bits_retain(0x11E0),
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    let config = ClientConfig { heartbeat_interval: None, ..Default::default() };
    let mut client = TestClient::open(NOW, config, &open).unwrap();
    client.receive(NOW, &wire::open_conf(14, 0x11E0, 0));
    while client.poll().is_some() {}
    client.drop_output();
    let invoke_id = |client: &mut TestClient| {
        let id = u32::from_be_bytes(client.output()[8..12].try_into().unwrap());
        client.drop_output();
        ("InvokeID", N(id))
    };
    let device = (ConnectionDeviceIdType::CONNECTION_ID_STATIC, Str::new("5001"));
    let mut next = 0;
    let mut round = |client: &mut TestClient| {
        for _ in 0..500 {
            next += 1;
            let of_call =
                Target::Call { call_id: CallId(next), device_id_type: device.0, device_id: device.1 };
            for (target, name) in
                [(of_call, "MONITOR"), (Target::Session(SessionId(next)), "SESSION_MONITOR")]
            {
                let monitor = client.start_monitor(NOW, None, target, Masks::ALL).unwrap();
                let values = [invoke_id(client), ("MonitorID", N(next))];
                client.receive(NOW, &event::bytes(14, &format!("{name}_START_CONF"), &values));
                assert!(matches!(client.poll(), Some(ClientEvent::MonitorStarted { .. })));
                client.stop_monitor(NOW, monitor).unwrap();
                let values = [invoke_id(client)];
                client.receive(NOW, &event::bytes(14, &format!("{name}_STOP_CONF"), &values));
                assert!(matches!(client.poll(), Some(ClientEvent::MonitorStopped { result: Ok(_), .. })));
            }
        }
    };
    round(&mut client);
    let more = allocation_counter::measure(|| (0..10).for_each(|_| round(&mut client)));
    assert!(more.bytes_current < 1024, "{more:?}");
    assert_eq!(client.monitors().len(), 0);
}
