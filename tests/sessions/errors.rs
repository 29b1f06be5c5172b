//! Mistakes that users make, and what they are told.

use std::time::Duration;

use ged188::id::VersionNumber;
use ged188::message::{
    AgentStateEvent, MakeCallReq, OpenReq, RegisterVariablesReq, SetCallDataReq, UserMessageReq,
};
use ged188::named_values::{CtiServiceMask, SessionType, StatusCode};
use ged188::server::Policy;
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, Encode, Input, Masks, Message, MessageType, NamedVariable,
    ProtocolVersion, RawMessage, Secret, SendError, Server, ServerConfig, ServerEvent, Str, Target,
};

const NOW: Duration = Duration::ZERO;

fn open_req() -> OpenReq<'static> {
    OpenReq {
        version_number: ProtocolVersion::V14.into(),
        idle_timeout: 20,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR
            | CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL,
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b"secret"))),
        ..Default::default()
    }
}

/// What the client is told at the end, whose open the server's application decides about by `policy`.
fn end(open: &OpenReq<'_>, config: ServerConfig, policy: Policy<'_>) -> String {
    let (mut client, mut server) = (client(open), Server::new(NOW, config));
    let (mut to_server, mut to_client) = (Input::default(), Input::default());
    to_server.push(client.output());
    while let Some(event) = server.poll(NOW, &mut to_server) {
        if let ServerEvent::OpenRequested(open) = event {
            match policy.decide(&open) {
                Ok(conf) => server.accept(NOW, &conf).unwrap(),
                Err(status) => server.refuse_open(NOW, status).unwrap(),
            }
        }
    }
    to_client.push(server.output());
    let event = client.poll(NOW, &mut to_client).expect("an event");
    event.to_string()
}

fn client(open: &OpenReq<'_>) -> Client {
    Client::open(NOW, ClientConfig::default(), open).unwrap()
}

/// A client whose session is open, with nothing to send.
fn open_client() -> Client {
    let mut client = client(&open_req());
    let mut input = Input::default();
    input.push(&crate::common::wire::open_conf(14, 0x0120 | open_req().services_requested.bits(), 0));
    assert!(matches!(client.poll(NOW, &mut input), Some(ClientEvent::Opened(_))));
    client.consume_output(client.output().len());
    client
}

#[test]
fn an_open_that_fails_says_why() {
    let clients = [("desk", Secret::new("another"))];
    let strict = Policy { clients: Some(&clients), ..Default::default() };
    let old = ServerConfig { versions: ProtocolVersion::V9..=ProtocolVersion::V13, ..Default::default() };
    let standby = ServerConfig { session_type: SessionType::STANDBY, ..Default::default() };
    let maintenance = ServerConfig { maintenance: true, ..Default::default() };
    let impatient = OpenReq { idle_timeout: 5, ..open_req() };
    let any = ServerConfig::default;
    for (said, expected) in [
        (end(&open_req(), any(), strict), "E_CTI_INVALID_PASSWORD (client ID or password are wrong)"),
        (
            end(&open_req(), old, Policy::default()),
            "E_CTI_INVALID_VERSION (the server does not speak the version)",
        ),
        (end(&open_req(), standby, Policy::default()), "E_CTI_CTI_SERVER_OFFLINE (the client is to close)"),
        (end(&open_req(), maintenance, Policy::default()), "E_CTI_SERVER_IN_MAINTENANCE_MODE"),
        (
            end(&impatient, any(), Policy::default()),
            "E_CTI_INVALID_TIMEOUT (an IdleTimeout below 20 seconds)",
        ),
    ] {
        let start = format!("session over: the server refused to open the session with {expected}");
        assert!(said.starts_with(&start), "{said}");
    }
}

#[test]
fn an_open_that_cannot_be_asked_for_says_why() {
    let open = |open: OpenReq<'_>| Client::open(NOW, ClientConfig::default(), &open).unwrap_err().to_string();
    assert_eq!(open(OpenReq { client_id: None, ..open_req() }), "OPEN_REQ: ClientID is required");
    assert_eq!(open(OpenReq { client_password: None, ..open_req() }), "OPEN_REQ: ClientPassword is required");
    let long = "d".repeat(64);
    assert_eq!(
        open(OpenReq { client_id: Some((&long).into()), ..open_req() }),
        "OPEN_REQ: ClientID takes 65 bytes, at most 64 are allowed"
    );
    assert_eq!(
        open(OpenReq { version_number: VersionNumber(26), ..open_req() }),
        "there is no version 26, versions 9 to 25 can be spoken"
    );
}

#[test]
fn a_request_that_cannot_be_made_says_why() {
    let mut early = client(&open_req());
    let mut input = Input::default();
    assert!(early.poll(NOW, &mut input).is_none());
    let call = MakeCallReq { dialed_number: Some("5002".into()), ..Default::default() };
    assert_eq!(early.request(NOW, &call).unwrap_err().to_string(), "the session is not open");
    let mut client = open_client();
    let mut ask = |request: &dyn Encode| client.request(NOW, request).unwrap_err().to_string();
    assert_eq!(
        ask(&AgentStateEvent::default()),
        "AGENT_STATE_EVENT is not sent by this end, or not by this verb"
    );
    assert_eq!(
        ask(&ged188::message::SnapshotCallReq::default()),
        "SNAPSHOT_CALL_REQ: ConnectionDeviceID is required"
    );
    let long = "x".repeat(300);
    assert_eq!(
        ask(&UserMessageReq { text: Some((&long).into()), ..Default::default() }),
        "USER_MESSAGE_REQ: Text takes 301 bytes, at most 255 are allowed"
    );
    let nul = Str::from_bytes(b"a\0b");
    assert_eq!(
        ask(&SetCallDataReq {
            connection_device_id: Some("5001".into()),
            ani: Some(nul),
            ..Default::default()
        }),
        "SET_CALL_DATA_REQ: ANI has a NUL in its text"
    );
    let variable = NamedVariable { name: "user.a".into(), value: Str::from_bytes(&[b'v'; 210]) };
    let variables = [variable; 10];
    assert_eq!(
        ask(&RegisterVariablesReq { named_variables: (&variables).into(), ..Default::default() }),
        "REGISTER_VARIABLES_REQ: NamedVariable takes the named variables and arrays of the message to 2180 bytes, \
         at most 2000 are allowed"
    );
    assert_eq!(
        ask(&ged188::message::StartNetworkRecordingReq::default()),
        "START_NETWORK_RECORDING_REQ: the protocol has it from version 23, not in version 14"
    );
}

#[test]
fn a_monitor_that_cannot_be_asked_for_says_why() {
    let mut client = open_client();
    let long = "5".repeat(64);
    let error = client.start_monitor(NOW, None, Target::agent_device(&long), Masks::ALL).unwrap_err();
    assert_eq!(
        error.to_string(),
        "MONITOR_START_REQ: MonitoredDeviceID takes 65 bytes, at most 64 are allowed"
    );
    let monitor = client.start_monitor(NOW, None, Target::agent_device("5001"), Masks::ALL).unwrap();
    let error = client.stop_monitor(NOW, monitor).unwrap_err();
    assert_eq!(error.to_string(), "the monitor is being started, stopped or changed");
    client.close(NOW, StatusCode::E_CTI_NO_ERROR).unwrap();
    assert_eq!(client.close(NOW, StatusCode::E_CTI_NO_ERROR), Err(SendError::NotOpen));
}

#[test]
fn bytes_that_cannot_be_read_say_where_and_why() {
    let decode = |message_type, body: &[u8]| {
        Message::decode(ProtocolVersion::V14, RawMessage { message_type, body }).unwrap_err().to_string()
    };
    assert_eq!(
        decode(MessageType::END_CALL_EVENT, b"\0\0\0\x07"),
        "END_CALL_EVENT: the fixed part takes 16 bytes, 4 are there"
    );
    let fixed = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C";
    assert_eq!(
        decode(MessageType::END_CALL_EVENT, &[&fixed[..], b"\x19\x055"].concat()),
        "END_CALL_EVENT: ConnectionDeviceID (tag 25) at byte 16 says 5 bytes, 1 are left"
    );
    assert_eq!(
        decode(MessageType::END_CALL_EVENT, &[&fixed[..], b"\xC8\x055"].concat()),
        "END_CALL_EVENT: an unknown field (tag 200) at byte 16 says 5 bytes, 1 are left"
    );
    assert_eq!(
        decode(MessageType::END_CALL_EVENT, &[&fixed[..], b"\x19"].concat()),
        "END_CALL_EVENT: 1 bytes are left at byte 16, too few for a floating field"
    );
    // Another protocol at the port.
    let (mut client, mut input) = (client(&open_req()), Input::default());
    input.push(b"HTTP/1.1 400 Bad Request\r\n");
    assert_eq!(
        client.poll(NOW, &mut input).unwrap().to_string(),
        "session over: the peer's bytes are no longer messages: \
         a message announces a body of 1213486160 bytes, at most 65536 are taken"
    );
}
