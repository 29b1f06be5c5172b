//! A session of a real client with a real server, in virtual time.

use std::time::Duration;

use ged188::message::*;
use ged188::named_values::*;
use ged188::server::Policy;
use ged188::*;

/// Bytes that one end sent at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub time: Duration,
    pub from_client: bool,
    pub bytes: Vec<u8>,
}

/// Texts that no anonymised capture may have.
pub const SECRETS: [&str; 8] =
    ["swordfish", "recorder", "5001", "5002", "+4930123456", "Ada Lovelace", "user.account", "4711-0815"];

/// A scene: three monitors, one of them refused; calls; three requests, of which one is refused and one never answered;
/// heartbeats; and a close in good order.
pub fn play(version: ProtocolVersion, calls: u32) -> Vec<Said> {
    let mut now = Duration::ZERO;
    let open = OpenReq {
        version_number: version.into(),
        idle_timeout: 60,
        peripheral_id: Some(id::PeripheralId(5000)),
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR
            | CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL,
        client_id: Some("recorder".into()),
        client_password: Some(Secret::new(Bytes(b"swordfish"))),
        agent_instrument: Some("5001".into()),
        ..Default::default()
    };
    let mut client = Client::open(now, ClientConfig::default(), &open).unwrap();
    let mut server = Server::new(now, ServerConfig::default());
    let mut inputs = [Input::default(), Input::default()];
    let mut said = Vec::new();
    exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    let mut monitors = Vec::new();
    for device in ["5001", "5002", "666"] {
        now += Duration::from_millis(100);
        monitors.push(client.start_monitor(now, None, Target::agent_device(device), Masks::ALL).unwrap());
        exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    }
    let instrument = Some("5001".into());
    let make = MakeCallReq {
        agent_instrument: instrument,
        dialed_number: Some("+4930123456".into()),
        peripheral_id: Some(id::PeripheralId(5000)),
        ..Default::default()
    };
    client.request(now, &make).unwrap();
    exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    let query = QueryAgentStateReq {
        peripheral_id: Some(id::PeripheralId(5000)),
        agent_instrument: instrument,
        ..Default::default()
    };
    client.request(now, &query).unwrap();
    exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    let set = SetAgentStateReq {
        peripheral_id: Some(id::PeripheralId(5000)),
        agent_state: AgentState::AGENT_STATE_NOT_READY,
        agent_instrument: instrument,
        ..Default::default()
    };
    client.request(now, &set).unwrap();
    exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    for call in 0..calls {
        now += Duration::from_millis(500);
        deliver(now, &mut server, call);
        exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    }
    // Nothing happens, so there are heartbeats.
    for _ in 0..3 {
        now += Duration::from_secs(5);
        exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    }
    client.stop_monitor(now, monitors[1]).unwrap();
    exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    client.close(now, StatusCode::E_CTI_NO_ERROR).unwrap();
    exchange(now, &mut client, &mut server, &mut inputs, &mut said);
    assert!(client.is_closed());
    said
}

fn deliver(now: Duration, server: &mut Server, call: u32) {
    let variables = [NamedVariable { name: "user.account".into(), value: "4711-0815".into() }];
    let event = CallDeliveredEvent {
        connection_call_id: Some(id::CallId(300 + call)),
        connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_STATIC,
        alerting_device_type: DeviceIdType::DEVID_AGENT_DEVICE,
        connection_device_id: Some("5001".into()),
        alerting_device_id: Some("5001".into()),
        ani: Some("+4930123456".into()),
        call_variable1: Some("Ada Lovelace".into()),
        user_to_user_info: Some(Bytes(b"4711-0815")),
        named_variables: (&variables).into(),
        ..Default::default()
    };
    assert_eq!(server.deliver(now, &event).unwrap().messages, 1);
}

/// Lets both ends say what they have to say, until they have no more.
fn exchange(
    now: Duration,
    client: &mut Client,
    server: &mut Server,
    [to_server, to_client]: &mut [Input; 2],
    said: &mut Vec<Said>,
) {
    loop {
        while client.poll(now, to_client).is_some() {}
        let mut quiet = true;
        let bytes = client.output().to_vec();
        if !bytes.is_empty() {
            client.consume_output(bytes.len());
            to_server.push(&bytes);
            said.push(Said { time: now, from_client: true, bytes });
            quiet = false;
        }
        while let Some(event) = server.poll(now, to_server) {
            match event {
                ServerEvent::OpenRequested(open) => {
                    server.accept(now, &Policy::default().decide(&open).unwrap()).unwrap();
                }
                ServerEvent::MonitorRequested { responder, target, .. } => {
                    if target == Target::agent_device("666") {
                        server.refuse(now, responder, StatusCode::E_CTI_INVALID_DEVICE).unwrap();
                    } else {
                        server.start_monitor(now, responder).unwrap();
                    }
                }
                ServerEvent::Requested { responder, message } => match message {
                    Message::MakeCallReq(_) => {
                        let conf = MakeCallConf {
                            new_connection_call_id: Some(id::CallId(300)),
                            new_connection_device_id: Some("5001".into()),
                            ..Default::default()
                        };
                        server.confirm(now, responder, &conf).unwrap();
                    }
                    Message::QueryAgentStateReq(_) => {
                        server.refuse_control(now, responder, ControlFailureCode(1), 13).unwrap()
                    }
                    _ => server.ignore(responder),
                },
                _ => {}
            }
        }
        let bytes = server.output().to_vec();
        if !bytes.is_empty() {
            server.consume_output(bytes.len());
            to_client.push(&bytes);
            said.push(Said { time: now, from_client: false, bytes });
            quiet = false;
        }
        if quiet {
            return;
        }
    }
}

/// The messages of one direction, as they were sent.
pub fn stream(said: &[Said], from_client: bool) -> Vec<u8> {
    said.iter().filter(|one| one.from_client == from_client).flat_map(|one| one.bytes.clone()).collect()
}
