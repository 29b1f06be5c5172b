//! The server's end of a session, against bytes that a client would send.

use std::time::Duration;

use crate::common::ends::TestServer;
use crate::common::wire::{Open, failure_conf, failure_event, fields, message};
use ged188::id::InvokeId;
use ged188::message::*;
use ged188::named_values::{
    AgentStateMask, CallEventMask, ConfigMask, ControlFailureCode, CtiServiceMask, More, SessionType,
    StatusCode,
};
use ged188::schema::Sender;
use ged188::server::{Policy, Strictness};
use ged188::session::Limits;
use ged188::{Bool, Message, MessageType, ProtocolVersion, RawMessage, Secret};
use ged188::{
    CloseReason, RequestError, RequestId, Responder, Response, SendError, ServerConfig, ServerEvent as Event,
};

const ZERO: Duration = Duration::ZERO;
const ALL: u32 = u32::MAX;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn before(time: Duration) -> Duration {
    time - Duration::from_nanos(1)
}

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).unwrap()
}

fn strict() -> ServerConfig {
    ServerConfig { strictness: Strictness::Strict, ..Default::default() }
}

/// A session that is open since time 0, with all services that the client asks for.
fn open_with(config: ServerConfig, open: Open<'_>) -> TestServer {
    let mut session = TestServer::start(ZERO, config);
    session.receive(ZERO, &open.bytes());
    let Some(Event::OpenRequested(open)) = session.poll() else { panic!("the client asks") };
    let conf = Policy::default().decide(&open).unwrap();
    session.accept(ZERO, &conf).unwrap();
    assert!(session.is_open());
    session.sent();
    session
}

fn open(number: u32) -> TestServer {
    open_with(ServerConfig::default(), Open { version: number, services: ALL, ..Default::default() })
}

/// What a server answers to an OPEN_REQ: the status of its refusal.
#[track_caller]
fn refusal(config: ServerConfig, open: Open<'_>) -> u32 {
    let mut session = TestServer::start(ZERO, config);
    session.receive(ZERO, &open.bytes());
    let Some(Event::Rejected { status, .. }) = session.poll() else { panic!("it is refused") };
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::OpenRefused(status))));
    assert_eq!(session.sent(), failure_conf(1, status.0));
    assert!(session.is_closed());
    assert_eq!(session.counters().rejected, 1);
    status.0
}

#[track_caller]
fn accepted(config: ServerConfig, open: Open<'_>) {
    let mut session = TestServer::start(ZERO, config);
    session.receive(ZERO, &open.bytes());
    assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
}

/// What a server answers to a message in an open session.
#[track_caller]
fn answer(session: &mut TestServer, bytes: &[u8]) -> Vec<u8> {
    session.receive(ZERO, bytes);
    let event = session.poll();
    assert!(matches!(event, Some(Event::Rejected { .. } | Event::Malformed { .. })), "{event:?}");
    assert_eq!(session.poll(), None);
    assert!(session.is_open());
    session.sent()
}

fn user_message_req(invoke_id: u32) -> Vec<u8> {
    message(107, &[invoke_id, ALL], b"\0\0\x07\x03hi\0")
}

/// Takes a request, and with it the right to answer it.
#[track_caller]
fn requested(session: &mut TestServer, bytes: &[u8]) -> Responder {
    session.receive(ZERO, bytes);
    match session.poll() {
        Some(Event::Requested { responder, .. }) => responder,
        other => panic!("{other:?}"),
    }
}

#[test]
fn opens_in_the_version_that_the_client_asks_for() {
    for number in [9, 14, 20, 24] {
        let mut session = TestServer::start(ZERO, ServerConfig::default());
        session.receive(ZERO, &Open { version: number, ..Default::default() }.bytes());
        let Some(Event::OpenRequested(open)) = session.poll() else { panic!("the client asks") };
        assert_eq!((open.version_number.0, open.client_id.unwrap().as_bytes()), (number, &b"desk"[..]));
        let conf = Policy::default().decide(&open).unwrap();
        assert!(!session.is_open());
        session.accept(ZERO, &conf).unwrap();
        // PeripheralOnline, PeripheralType none, AgentState, and what came with versions 19 and 24.
        let mut rest = b"\0\x01\xFF\xFF\0\x09".to_vec();
        rest.extend(if number >= 19 { &[0; 4][..] } else { &[] });
        rest.extend(if number >= 24 { &[0; 2][..] } else { &[] });
        assert_eq!(session.sent(), message(4, &[1, 0x20, 0, 0, 0], &rest));
        assert_eq!((session.is_open(), session.version()), (true, version(number)));
    }
}

#[test]
fn a_version_that_the_server_does_not_speak_is_refused() {
    for number in [0, 8, 26, ALL] {
        assert_eq!(refusal(ServerConfig::default(), Open { version: number, ..Default::default() }), 1);
    }
    let some = || ServerConfig { versions: version(13)..=version(19), ..Default::default() };
    for number in [12, 20] {
        assert_eq!(refusal(some(), Open { version: number, ..Default::default() }), 1);
    }
    accepted(some(), Open { version: 13, ..Default::default() });
    accepted(some(), Open { version: 19, ..Default::default() });
}

#[test]
fn a_client_needs_a_name_and_a_password() {
    let default = ServerConfig::default;
    assert_eq!(refusal(default(), Open { fields: &[(2, b"\0")], ..Default::default() }), 6);
    assert_eq!(refusal(default(), Open { fields: &[(1, b"desk\0")], ..Default::default() }), 6);
    accepted(default(), Open { fields: &[(1, b"desk\0"), (2, b"")], ..Default::default() });
}

#[test]
fn passwords_are_the_applications() {
    let clients = [("desk", Secret::new("secret")), ("bridge", Secret::new(""))];
    let policy = Policy { clients: Some(&clients), ..Default::default() };
    let decide = |fields: &[(u8, &[u8])]| {
        let mut session = TestServer::start(ZERO, ServerConfig::default());
        session.receive(ZERO, &Open { fields, ..Default::default() }.bytes());
        let Some(Event::OpenRequested(open)) = session.poll() else { panic!("the client asks") };
        match policy.decide(&open) {
            Ok(conf) => {
                session.accept(ZERO, &conf).unwrap();
                0
            }
            Err(status) => {
                session.refuse_open(ZERO, status).unwrap();
                assert_eq!(session.sent(), failure_conf(1, status.0));
                assert_eq!(session.poll(), Some(Event::Closed(CloseReason::OpenRefused(status))));
                status.0
            }
        }
    };
    assert_eq!(decide(&[(1, b"desk\0"), (2, b"secret")]), 0);
    assert_eq!(decide(&[(1, b"desk\0"), (2, b"secret\0")]), 0);
    assert_eq!(decide(&[(1, b"desk\0"), (2, b"Secret")]), 36);
    assert_eq!(decide(&[(1, b"desk\0"), (2, b"")]), 36);
    assert_eq!(decide(&[(1, b"nobody\0"), (2, b"secret")]), 36);
    // A client in the field sends its empty password as a single NUL.
    assert_eq!(decide(&[(1, b"bridge\0"), (2, b"\0")]), 0);
    assert_eq!(decide(&[(1, b"bridge\0"), (2, b"")]), 0);
}

#[test]
fn unknown_bits_are_refused_only_by_a_strict_server() {
    let cases = [
        (Open { services: 0x4000_0000, ..Default::default() }, 19),
        (Open { call_mask: 0x4000, version: 9, ..Default::default() }, 0),
        (Open { call_mask: 0x0800_0000, ..Default::default() }, 20),
        (Open { agent_mask: 0x4000, ..Default::default() }, 21),
        (Open { config_mask: 0x400, ..Default::default() }, 95),
        (Open { reserved: 1, ..Default::default() }, 22),
        // Known, but not in this version.
        (Open { services: 0x0020_0000, version: 13, ..Default::default() }, 19),
        (Open { services: 0x0020_0000, version: 14, ..Default::default() }, 0),
        (Open { call_mask: 0x1000_0000, version: 22, ..Default::default() }, 20),
        (Open { call_mask: 0x1000_0000, version: 23, ..Default::default() }, 0),
        (Open { config_mask: 0x20, version: 19, ..Default::default() }, 95),
        (Open { config_mask: 0x20, version: 20, ..Default::default() }, 0),
    ];
    for (open, status) in cases {
        accepted(ServerConfig::default(), open);
        match status {
            0 => accepted(strict(), open),
            status => assert_eq!(refusal(strict(), open), status),
        }
    }
    let all = Open { services: ALL, call_mask: ALL, agent_mask: ALL, config_mask: ALL, ..Default::default() };
    accepted(ServerConfig::default(), all);
    // Cisco's CTI OS, as recorded: a strict server has to live with it, by a setting.
    let cti_os = Open { services: 0x290, call_mask: 0x0FFF_FFFF, agent_mask: 0x3FF, ..Default::default() };
    let but_masks = || ServerConfig { strictness: Strictness::StrictButMasks, ..Default::default() };
    assert_eq!(refusal(strict(), cti_os), 19);
    accepted(but_masks(), cti_os);
    assert_eq!(refusal(but_masks(), Open { reserved: 1, ..cti_os }), 22);
}

#[test]
fn a_strict_server_takes_the_bits_that_its_version_knows() {
    for number in 9..=25 {
        let version = version(number);
        let open = Open {
            version: number,
            services: CtiServiceMask::known(version).bits(),
            call_mask: CallEventMask::known(version).bits(),
            agent_mask: AgentStateMask::known(version).bits(),
            config_mask: ConfigMask::known(version).bits(),
            peripheral_id: 5000,
            fields: &[(1, b"desk\0"), (2, b"\0"), (4, b"5001\0")],
            ..Default::default()
        };
        accepted(strict(), open);
    }
}

#[test]
fn an_idle_timeout_has_to_make_sense() {
    for idle_timeout in [0, 1, 19] {
        assert_eq!(refusal(ServerConfig::default(), Open { idle_timeout, ..Default::default() }), 18);
    }
    accepted(ServerConfig::default(), Open { idle_timeout: 20, ..Default::default() });
    let lax = || ServerConfig { least_idle_timeout: ZERO, ..Default::default() };
    assert_eq!(refusal(lax(), Open { idle_timeout: 0, ..Default::default() }), 18);
    accepted(lax(), Open { idle_timeout: 1, ..Default::default() });
}

#[test]
fn client_events_need_an_agent() {
    let default = ServerConfig::default;
    let base = Open { services: 1, peripheral_id: 5000, ..Default::default() };
    let with = |tag| [(1, &b"desk\0"[..]), (2, b""), (tag, b"5001\0")];
    assert_eq!(refusal(default(), base), 6);
    assert_eq!(refusal(default(), Open { peripheral_id: ALL, fields: &with(4), ..base }), 7);
    for agent in [4, 5, 6, 194] {
        accepted(default(), Open { fields: &with(agent), ..base });
    }
    // Supervisors are agents too.
    assert_eq!(refusal(default(), Open { services: 0x80, ..base }), 12);
    accepted(default(), Open { services: 0x81, fields: &with(4), ..base });
    // But not those of a bridge: Cisco's CTI OS and others ask for it with All Events.
    let bridge = open_with(default(), Open { services: 0x90, ..Default::default() });
    assert_eq!(bridge.granted().bits(), 0x90);
    // Who asks for everything is no desktop.
    accepted(default(), Open { services: ALL, peripheral_id: ALL, ..base });
}

#[test]
fn nothing_is_granted_that_was_not_asked_for() {
    let granted = |asked: u32, offered: u32| {
        let mut session = TestServer::start(ZERO, ServerConfig::default());
        session.receive(ZERO, &Open { services: asked, ..Default::default() }.bytes());
        assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
        let services_granted = CtiServiceMask::from_bits_retain(offered);
        session.accept(ZERO, &OpenConf { services_granted, ..Default::default() }).unwrap();
        let bytes = session.sent();
        assert_eq!(bytes[12..16], session.granted().bits().to_be_bytes());
        session.granted().bits()
    };
    assert_eq!(granted(0x30, 0x20), 0x20);
    assert_eq!(granted(0x30, ALL), 0x30);
    // CTI_AGENT_STATE_CONTROL_ONLY may stand in for CTI_SERVICE_CLIENT_CONTROL.
    assert_eq!(granted(0x24, 0x2020), 0x2020);
    assert_eq!(granted(0x20, 0x2020), 0x20);
    // Nor what the version does not know: 0x200 has no name, CTI_SERVICE_IGNORE_CONF came with version 14.
    assert_eq!(granted(ALL, ALL) & 0x4000_0200, 0);
    let in_version = |version| {
        let open = Open { version, services: ALL, ..Default::default() };
        open_with(ServerConfig::default(), open).granted().bits() & 0x0020_0000
    };
    assert_eq!([in_version(13), in_version(14)], [0, 0x0020_0000]);
}

#[test]
fn messages_wait_until_the_application_has_decided() {
    let mut session = TestServer::start(ZERO, ServerConfig::default());
    let stream =
        [Open { services: ALL, ..Default::default() }.bytes(), message(5, &[2], b""), user_message_req(3)]
            .concat();
    session.receive(ZERO, &stream);
    assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
    assert_eq!(session.poll(), None);
    assert_eq!(session.sent(), b"");
    session
        .accept(seconds(1), &OpenConf { services_granted: CtiServiceMask::all(), ..Default::default() })
        .unwrap();
    assert!(matches!(session.poll(), Some(Event::Requested { .. })));
    let bytes = session.sent();
    assert!(bytes.ends_with(&message(6, &[2], b"")), "the heartbeat was answered after OPEN_CONF");
    let mut again = TestServer::start(ZERO, ServerConfig::default());
    assert_eq!(again.accept(ZERO, &OpenConf::default()), Err(SendError::NotOpen));
    assert_eq!(again.refuse_open(ZERO, StatusCode::E_CTI_TIMEOUT), Err(SendError::NotOpen));
}

#[test]
fn a_session_has_to_be_opened_in_time() {
    let mut session = TestServer::start(ZERO, ServerConfig::default());
    assert_eq!(session.deadline(), Some(seconds(60)));
    session.tick(before(seconds(60)));
    assert_eq!(session.poll(), None);
    session.tick(seconds(60));
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::OpenTimedOut)));
    // And decided about.
    let mut session = TestServer::start(ZERO, ServerConfig::default());
    session.receive(seconds(50), &Open::default().bytes());
    assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
    assert_eq!(session.deadline(), Some(seconds(110)));
    session.tick(seconds(110));
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::OpenTimedOut)));
    assert_eq!(session.accept(seconds(110), &OpenConf::default()), Err(SendError::NotOpen));
    // Or waited for as long as it takes.
    let patient = ServerConfig { open_timeout: None, ..Default::default() };
    assert_eq!(TestServer::start(ZERO, patient).deadline(), None);
}

#[test]
fn before_the_session_is_open_nothing_else_is_taken() {
    let mut session = TestServer::start(ZERO, ServerConfig::default());
    let early =
        [user_message_req(9), message(5, &[8], b""), message(7, &[7, 0], b""), message(230, &[ALL], b"")];
    let refusals = [failure_conf(9, 4), failure_conf(8, 4), failure_conf(7, 4), failure_event(4)];
    for (early, refusal) in early.iter().zip(refusals) {
        session.receive(ZERO, early);
        let status = StatusCode::E_CTI_SESSION_NOT_OPEN;
        assert!(
            matches!(session.poll(), Some(Event::Rejected { status: declined, .. }) if declined == status)
        );
        assert_eq!(session.sent(), refusal);
    }
    session.receive(ZERO, &Open::default().bytes());
    assert!(matches!(session.poll(), Some(Event::OpenRequested(_))), "it can still be opened");
}

#[test]
fn a_session_opens_once() {
    let mut session = open(14);
    assert_eq!(answer(&mut session, &Open::default().bytes()), failure_conf(1, 5));
}

/// For each service a request of it, and the bit that it takes.
#[test]
fn services_have_to_be_granted() {
    let cases = [
        (0x04, MessageType::ANSWER_CALL_REQ),
        (0x04, MessageType::SET_AGENT_STATE_REQ),
        (0x2000, MessageType::QUERY_AGENT_STATE_REQ),
        (0x02, MessageType::SET_CALL_DATA_REQ),
        (0x20, MessageType::MONITOR_START_REQ),
        (0x40, MessageType::SESSION_MONITOR_START_REQ),
        (0x80, MessageType::SUPERVISE_CALL_REQ),
        (0x100, MessageType::REGISTER_SERVICE_REQ),
        (0x1000, MessageType::TASK_MONITOR_START_REQ),
    ];
    for (service, message_type) in cases {
        let len = message_type.schema().map_or(4, |schema| schema.fixed_len(version(14)));
        let bytes = message(message_type.0, &[], &vec![0; len]);
        let without = ALL
            & !service
            & !(if message_type == MessageType::SET_AGENT_STATE_REQ { 0x2000 } else { 0 })
            & !(if service == 0x2000 { 4 } else { 0 });
        let grant = |granted: u32| {
            let mut session = TestServer::start(ZERO, ServerConfig::default());
            session.receive(ZERO, &Open { services: ALL, ..Default::default() }.bytes());
            assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
            let services_granted = CtiServiceMask::from_bits_retain(granted);
            session.accept(ZERO, &OpenConf { services_granted, ..Default::default() }).unwrap();
            session.sent();
            session
        };
        let mut session = grant(without);
        let id = if message_type.schema().is_some() { failure_conf(0, 12) } else { failure_event(12) };
        assert_eq!(answer(&mut session, &bytes), id, "{message_type:?}");
        let mut session = grant(service);
        session.receive(ZERO, &bytes);
        let event = session.poll();
        let fine = match &event {
            Some(Event::Requested { .. } | Event::Received(_)) => true,
            // Its required fields are missing, or there is no such monitor, which is another matter.
            Some(Event::MonitorRequested { .. } | Event::MonitorRejected { .. }) => true,
            Some(Event::Rejected { status, .. }) => *status == StatusCode::E_CTI_REQUIRED_DATA_MISSING,
            _ => false,
        };
        assert!(fine, "{message_type:?}: {event:?}");
    }
    // The Miscellaneous Service is for every session.
    let mut session = open_with(ServerConfig::default(), Open { services: 0, ..Default::default() });
    let _reply = requested(&mut session, &user_message_req(1));
}

#[test]
fn a_client_sends_what_clients_send_in_this_version() {
    let mut session = open(9);
    // CONFIG_REQUEST_KEY_EVENT came with version 10, AGENT_GREETING_CONTROL_REQ with 15.
    assert_eq!(answer(&mut session, &message(230, &[ALL], b"")), failure_event(48));
    let greeting = MessageType::AGENT_GREETING_CONTROL_REQ;
    assert!(greeting.schema().unwrap().since > 9);
    assert_eq!(answer(&mut session, &message(greeting.0, &[7, 0, 0, 0], b"")), failure_conf(7, 48));
    // Messages of a server: SYSTEM_EVENT, CALL_DELIVERED_EVENT, HEARTBEAT_CONF, MONITOR_START_CONF.
    assert_eq!(answer(&mut session, &message(31, &[0; 6], b"")), failure_event(48));
    assert_eq!(answer(&mut session, &message(9, &[0; 20], b"")), failure_event(48));
    assert_eq!(answer(&mut session, &message(6, &[7], b"")), failure_conf(7, 48));
    assert_eq!(answer(&mut session, &message(94, &[7, 1], b"")), failure_conf(7, 48));
    // Numbers that nobody knows.
    for number in [0, 290, 70_000, ALL] {
        assert_eq!(answer(&mut session, &message(number, &[7], b"")), failure_event(48));
    }
    // What is known by name alone is the application's.
    session.receive(ZERO, &message(153, &[], b"?"));
    assert!(matches!(session.poll(), Some(Event::Received(Message::Unknown(_)))));
    assert_eq!(session.counters().rejected, 10);
}

#[test]
fn unknown_tags_are_refused_only_by_a_strict_server() {
    let cases: [(u32, u8, u32); 4] = [
        // No tag at all; a tag that came with version 10; a tag of other messages.
        (14, 54, 3),
        (9, 194, 49),
        (14, 8, 26),
        (14, 7, 0),
    ];
    for (number, tag, status) in cases {
        let bytes =
            message(107, &[7, ALL], &[b"\0\0", &fields(number, &[(7, b"hi\0"), (tag, b"x\0")])[..]].concat());
        let all = Open { version: number, services: 0, ..Default::default() };
        let _reply = requested(&mut open_with(ServerConfig::default(), all), &bytes);
        let mut session = open_with(strict(), all);
        match status {
            // Twice the same field is no unknown tag, but one too many.
            0 => assert_eq!(answer(&mut session, &bytes), failure_conf(7, 26)),
            status => assert_eq!(answer(&mut session, &bytes), failure_conf(7, status)),
        }
    }
}

#[test]
fn lengths_have_to_fit() {
    let mut session = open(14);
    // A fixed part that is not all there: the InvokeID is, or is not.
    assert_eq!(answer(&mut session, &message(107, &[7], b"\0")), failure_conf(7, 25));
    assert_eq!(answer(&mut session, &message(107, &[], b"\0\0\0")), failure_event(25));
    // A field that is longer than the message, stray bytes behind.
    assert_eq!(answer(&mut session, &message(107, &[7, ALL], b"\0\0\x07\x05hi\0")), failure_conf(7, 23));
    assert_eq!(answer(&mut session, &message(107, &[7, ALL], b"\0\0\x07\x03hi\0\x08")), failure_conf(7, 2));
    assert_eq!(session.counters().malformed, 4);
    // SET_APP_DATA_REQ with an ApplicationPathID of three bytes: refused only by a strict server.
    let odd = message(129, &[7], b"\x61\x03\0\0\0");
    let _reply = requested(&mut session, &odd);
    let known = Open { services: 2, ..Default::default() };
    assert_eq!(answer(&mut open_with(strict(), known), &odd), failure_conf(7, 23));
    let _reply = requested(&mut session, &user_message_req(8));
}

#[test]
fn required_fields_have_to_be_there() {
    let mut session = open(14);
    // SET_DEVICE_ATTRIBUTES_REQ needs a CallingDeviceID.
    let fixed = [&[ALL; 4][..], &[ALL]].concat();
    let request =
        |floating: &[u8]| message(141, &[&[7][..], &fixed].concat(), &[&[0; 6][..], floating].concat());
    assert_eq!(answer(&mut session, &request(b"")), failure_conf(7, 6));
    // An empty one will do.
    let _reply = requested(&mut session, &request(b"\x1B\0"));
    // AGENT_GREETING_CONTROL_REQ needs an AgentID.
    assert_eq!(answer(&mut open(15), &message(249, &[8, ALL], b"\0\0")), failure_conf(8, 6));
}

#[test]
fn heartbeats_are_answered_at_once() {
    let mut session = open(14);
    session.receive(ZERO, &[message(5, &[7], b""), message(5, &[8], b"")].concat());
    assert_eq!(session.poll(), None, "a heartbeat is no event");
    assert_eq!(session.sent(), [message(6, &[7], b""), message(6, &[8], b"")].concat());
}

#[test]
fn a_server_that_is_offline_says_so() {
    let mut session = open(14);
    session.go_offline(ZERO);
    assert_eq!(session.sent(), failure_event(15));
    session.receive(ZERO, &message(5, &[7], b""));
    assert_eq!(session.poll(), None);
    assert_eq!(session.sent(), failure_conf(7, 15));
    assert_eq!(answer(&mut session, &user_message_req(8)), failure_conf(8, 15));
    session.go_offline(ZERO);
    assert_eq!(session.sent(), b"", "once is enough");
    session.receive(ZERO, &message(7, &[9, 15], b""));
    assert_eq!(
        session.poll(),
        Some(Event::Closed(CloseReason::Closed(StatusCode::E_CTI_CTI_SERVER_OFFLINE)))
    );
    assert_eq!(session.sent(), message(8, &[9], b""));
}

#[test]
fn a_silent_client_is_given_up_after_its_idle_timeout() {
    let mut session =
        open_with(ServerConfig::default(), Open { idle_timeout: 20, services: ALL, ..Default::default() });
    assert_eq!(session.deadline(), Some(seconds(20)));
    // A message is a sign of life, when it is all there.
    let (start, rest) = (&message(5, &[7], b"")[..11], &[7]);
    session.receive(seconds(10), start);
    assert_eq!(session.poll(), None);
    assert_eq!(session.deadline(), Some(seconds(20)));
    session.receive(seconds(15), rest);
    assert_eq!(session.poll(), None);
    assert_eq!(session.deadline(), Some(seconds(35)));
    session.tick(before(seconds(35)));
    assert_eq!(session.poll(), None);
    session.tick(seconds(35));
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::Idle)));
    assert!(session.is_closed());
    assert_eq!(open(14).deadline(), None, "without an IdleTimeout it waits");
}

#[test]
fn what_arrived_in_time_is_no_silence_although_polled_late() {
    let mut session = open_with(ServerConfig::default(), Open { idle_timeout: 20, ..Default::default() });
    session.receive(seconds(19), &message(5, &[7], b""));
    session.tick(seconds(30));
    assert_eq!(session.poll(), None);
    assert_eq!(session.deadline(), Some(seconds(50)), "the client lives when its message is read");
}

#[test]
fn close_is_confirmed() {
    let mut session = open(14);
    session.receive(ZERO, &[message(7, &[7, 16], b""), user_message_req(8)].concat());
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::Closed(StatusCode::E_CTI_TIMEOUT))));
    assert_eq!(session.sent(), message(8, &[7], b""));
    assert!(session.is_closed() && !session.is_open());
    assert_eq!(session.poll(), None, "nothing counts after that");
}

#[test]
fn requests_are_answered_in_any_order() {
    let mut session = open(14);
    let first = requested(&mut session, &user_message_req(7));
    let second = requested(&mut session, &user_message_req(8));
    assert_eq!(second.invoke_id(), Some(InvokeId(8)));
    session.confirm(ZERO, second, &UserMessageConf::default()).unwrap();
    assert_eq!(session.sent(), message(108, &[8], b""));
    session.refuse(ZERO, first, StatusCode::E_CTI_CLIENT_NOT_FOUND).unwrap();
    assert_eq!(session.sent(), failure_conf(7, 63));
    // Only with what belongs to it.
    let third = requested(&mut session, &user_message_req(9));
    assert_eq!(
        session.confirm(ZERO, third, &CloseConf::default()),
        Err(SendError::NotAllowed(MessageType::CLOSE_CONF))
    );
    assert_eq!(session.sent(), b"");
}

#[test]
fn control_requests_are_refused_by_control_failures() {
    let mut session = open(14);
    let len = MessageType::SET_AGENT_STATE_REQ.schema().unwrap().fixed_len(version(14));
    let body = [&[0, 0, 0, 7][..], &vec![0; len - 4], b"\x06\x055001\0"].concat();
    let responder = requested(&mut session, &message(38, &[], &body));
    session.refuse_control(ZERO, responder, ControlFailureCode::CF_NO_ACTIVE_CALL, 12345).unwrap();
    assert_eq!(session.sent(), message(35, &[7], b"\0\x18\0\0\x30\x39"));
    let responder = requested(&mut session, &user_message_req(8));
    let refused = session.refuse_control(ZERO, responder, ControlFailureCode::CF_NO_ACTIVE_CALL, 0);
    assert_eq!(refused, Err(SendError::NotAllowed(MessageType::CONTROL_FAILURE_CONF)));
}

#[test]
fn a_client_that_ignores_confirmations_gets_those_that_say_something() {
    // CTI_SERVICE_IGNORE_CONF and CTI_SERVICE_CLIENT_CONTROL are granted.
    let mut session = open_with(ServerConfig::default(), Open { services: 0x0020_0004, ..Open::default() });
    let zeros = |message_type: MessageType| {
        let len = message_type.schema().unwrap().fixed_len(version(14));
        message(message_type.0, &[7], &[&vec![0; len - 4][..], b"\x06\x055001\0"].concat())
    };
    let responder = requested(&mut session, &zeros(MessageType::SET_AGENT_STATE_REQ));
    session.confirm(ZERO, responder, &SetAgentStateConf::default()).unwrap();
    assert!(session.sent().is_empty());
    let responder = requested(&mut session, &zeros(MessageType::QUERY_AGENT_STATE_REQ));
    session.confirm(ZERO, responder, &QueryAgentStateConf::default()).unwrap();
    assert!(!session.sent().is_empty());
    let responder = requested(&mut session, &zeros(MessageType::SET_AGENT_STATE_REQ));
    session.refuse(ZERO, responder, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE).unwrap();
    assert_eq!(session.sent(), failure_conf(7, 12));
}

#[test]
fn configuration_requests_have_no_invoke_id() {
    let mut session = open(14);
    let responder = requested(&mut session, &message(230, &[ALL], b""));
    assert_eq!(responder.invoke_id(), None);
    session.confirm(ZERO, responder, &ConfigKeyEvent::default()).unwrap();
    assert_eq!(session.sent(), message(231, &[0], b""));
    let responder = requested(&mut session, &message(230, &[ALL], b""));
    session.refuse(ZERO, responder, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE).unwrap();
    assert_eq!(session.sent(), failure_event(12));
    // CONFIG_REQUEST_EVENT is answered by events as they come.
    session.receive(ZERO, &message(232, &[0, ALL], b""));
    assert!(matches!(session.poll(), Some(Event::Received(Message::ConfigRequestEvent(_)))));
    session.send(ZERO, &ConfigEndEvent::default()).unwrap();
    assert_eq!(session.sent(), message(234, &[0], b""));
}

#[test]
fn a_client_that_opens_another_session_is_dismissed() {
    let mut session = open(14);
    session.dismiss(ZERO, StatusCode::E_CTI_NEW_SESSION_OPENED);
    assert_eq!(session.sent(), failure_event(11));
    assert_eq!(
        session.poll(),
        Some(Event::Closed(CloseReason::Dismissed(StatusCode::E_CTI_NEW_SESSION_OPENED)))
    );
    assert_eq!(session.send(ZERO, &SystemEvent::default()), Err(SendError::NotOpen));
}

#[test]
fn a_server_that_stands_by_takes_only_clients_that_know_of_it() {
    let standby = || ServerConfig { session_type: SessionType::STANDBY, ..Default::default() };
    assert_eq!(refusal(standby(), Open { version: 23, services: ALL, ..Default::default() }), 15);
    assert_eq!(refusal(standby(), Open { version: 24, services: 0x20, ..Default::default() }), 107);
    let mut session = open_with(standby(), Open { version: 24, services: 0x0200_0020, ..Default::default() });
    assert_eq!(answer(&mut session, &user_message_req(7)), failure_conf(7, 92));
    assert_eq!(
        answer(&mut session, &message(93, &[8, 0, 0, 0, 0], b"\xFF\xFF\xFF\xFF")),
        failure_conf(8, 92)
    );
    session.receive(ZERO, &message(5, &[9], b""));
    assert_eq!(session.poll(), None);
    assert_eq!(session.sent(), message(6, &[9], b""));
    // It becomes active.
    session.become_active(ZERO);
    assert_eq!(session.sent(), message(277, &[], b""));
    let _reply = requested(&mut session, &message(107, &[7, ALL], b"\0\0\0\x07\0\x03hi\0"));
    session.become_active(ZERO);
    assert_eq!(session.sent(), b"");
}

#[test]
fn a_server_in_maintenance_takes_no_sessions() {
    let maintenance = ServerConfig { maintenance: true, ..Default::default() };
    assert_eq!(refusal(maintenance, Open { version: 24, ..Default::default() }), 110);
    // Sessions that are open when the active server stops.
    let mut session = open(24);
    session.dismiss(ZERO, StatusCode::E_CTI_SERVER_IN_MAINTENANCE_MODE);
    assert_eq!(session.sent(), failure_event(110));
}

#[test]
fn an_instance_of_a_client_is_for_the_application_to_judge() {
    for (status, number) in [
        (StatusCode::E_CTI_INVALID_UNIQUE_INSTANCE_ID, 108),
        (StatusCode::E_CTI_DUPLICATE_UNIQUE_INSTANCE_ID, 109),
    ] {
        let mut session = TestServer::start(ZERO, ServerConfig::default());
        session.receive(ZERO, &Open { version: 24, ..Default::default() }.bytes());
        assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
        session.refuse_open(ZERO, status).unwrap();
        assert_eq!(session.sent(), failure_conf(1, number));
        assert_eq!(session.poll(), Some(Event::Closed(CloseReason::OpenRefused(status))));
    }
}

#[test]
fn a_server_that_stands_by_says_so_and_can_be_left() {
    let standby = ServerConfig { session_type: SessionType::STANDBY, ..Default::default() };
    let mut session = TestServer::start(ZERO, standby);
    session.receive(ZERO, &Open { version: 24, services: 0x0200_0000, ..Default::default() }.bytes());
    assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
    session
        .accept(ZERO, &OpenConf { services_granted: CtiServiceMask::all(), ..Default::default() })
        .unwrap();
    let conf = session.sent();
    assert_eq!(conf[conf.len() - 2..], [0, 2], "the SessionType is the session's");
    session.receive(ZERO, &message(7, &[2, 0], b""));
    assert!(matches!(session.poll(), Some(Event::Closed(CloseReason::Closed(_)))));
}

#[test]
fn a_server_asks_before_it_goes_into_maintenance() {
    let mut session = open(24);
    let request = session.request(ZERO, &ActiveMaintenanceReq::default()).unwrap().id();
    let id = request.invoke_id.unwrap().0;
    assert_eq!(session.sent(), message(278, &[id], b""));
    session.receive(seconds(1), &message(279, &[id], b"\0\x01"));
    match session.poll() {
        Some(Event::Response(Response {
            request: confirmed,
            result: Ok(Message::ActiveMaintenanceResp(answer)),
        })) => {
            assert_eq!((confirmed, answer.maintenance_mode_accepted), (request, Bool::TRUE));
        }
        other => panic!("{other:?}"),
    }
    session
        .send(
            seconds(1),
            &ActiveMaintenanceEvent { maintenance_mode_status: Bool::TRUE, ..Default::default() },
        )
        .unwrap();
    assert_eq!(session.sent(), message(280, &[], b"\0\x01"));
    session.receive(seconds(2), &message(281, &[], b""));
    assert!(matches!(session.poll(), Some(Event::Received(Message::StoppingRequestsToThisSideInd(_)))));
    // A client that does not answer has 5 s.
    let request = session.request(seconds(10), &ActiveMaintenanceReq::default()).unwrap().id();
    assert_eq!(session.deadline(), Some(seconds(15)));
    session.tick(seconds(15));
    assert_eq!(
        session.poll(),
        Some(Event::Response(Response { request, result: Err(RequestError::TimedOut) }))
    );
    // And a session of an older version knows nothing of it.
    assert!(matches!(open(23).request(ZERO, &ActiveMaintenanceReq::default()), Err(SendError::Encode(_))));
}

#[test]
fn an_answer_that_nobody_asked_for_is_reported() {
    let mut session = open(24);
    session.receive(ZERO, &message(279, &[99], b"\0\x01"));
    assert!(matches!(session.poll(), Some(Event::Unexpected(Message::ActiveMaintenanceResp(_)))));
    assert_eq!((session.counters().unexpected, session.sent()), (1, vec![]));
}

#[test]
fn what_a_server_may_not_send_it_does_not() {
    let mut session = open(14);
    let raw = |message_type| RawMessage { message_type, body: &[0; 40] }.in_version(version(14));
    for message_type in
        [MessageType::USER_MESSAGE_REQ, MessageType::USER_MESSAGE_CONF, MessageType::OPEN_CONF]
    {
        assert_eq!(session.send(ZERO, &raw(message_type)), Err(SendError::NotAllowed(message_type)));
        assert_eq!(session.request(ZERO, &raw(message_type)), Err(SendError::NotAllowed(message_type)));
    }
    let before_it_is_open =
        TestServer::start(ZERO, ServerConfig::default()).send(ZERO, &SystemEvent::default());
    assert_eq!(before_it_is_open, Err(SendError::NotOpen));
    assert_eq!(session.sent(), b"");
    // What has no published layout is the application's to know, in an open session.
    let unpublished = raw(MessageType(151));
    session.send(ZERO, &unpublished).unwrap();
    assert_eq!(session.sent(), message(151, &[], &[0; 40]));
    let closed = TestServer::start(ZERO, ServerConfig::default()).send(ZERO, &unpublished);
    assert_eq!(closed, Err(SendError::NotOpen));
}

#[test]
fn malformed_messages_do_not_end_a_session() {
    let mut session = open(14);
    let stream = [message(107, &[7], b""), message(5, &[], b"\0"), user_message_req(8)].concat();
    session.receive(ZERO, &stream);
    assert!(matches!(session.poll(), Some(Event::Malformed { .. })));
    assert!(matches!(session.poll(), Some(Event::Malformed { .. })));
    assert!(matches!(session.poll(), Some(Event::Requested { .. })));
    assert_eq!(session.sent(), [failure_conf(7, 25), failure_event(25)].concat());
    assert_eq!(session.counters().malformed, 2);
}

#[test]
fn a_malformed_open_req_can_be_sent_again() {
    let mut session = TestServer::start(ZERO, ServerConfig::default());
    session.receive(ZERO, &message(3, &[5, 14], b""));
    assert!(matches!(session.poll(), Some(Event::Malformed { .. })));
    assert_eq!(session.sent(), failure_conf(5, 25));
    session.receive(ZERO, &Open::default().bytes());
    assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
}

#[test]
fn lost_framing_is_the_end() {
    let mut session = open(14);
    session.receive(ZERO, b"GET / HTTP/1.1\r\n\r\n");
    assert!(matches!(session.poll(), Some(Event::Closed(CloseReason::FramingLost(_)))));
    assert_eq!(session.sent(), b"");
}

#[test]
fn a_client_that_does_not_read_is_given_up() {
    let limits = Limits { output: 1000, ..Default::default() };
    let config = || ServerConfig { limits, ..Default::default() };
    let mut session = open_with(config(), Open::default());
    let sent_before_the_end =
        (0..).take_while(|_| session.send(ZERO, &SystemEvent::default()).is_ok()).count();
    assert_eq!(sent_before_the_end, 30, "34 bytes each");
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::NotReading)));
    // The same with answers that the session owes.
    let mut session = open_with(config(), Open::default());
    session.receive(ZERO, &message(5, &[7], b"").repeat(200));
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::NotReading)));
    assert!(session.output().len() < 1012);
}

#[test]
fn requests_that_are_not_answered_have_a_limit() {
    let limits = Limits { requests: 2, ..Default::default() };
    let mut session = open_with(ServerConfig { limits, ..Default::default() }, Open::default());
    let first = requested(&mut session, &user_message_req(7));
    let _second = requested(&mut session, &user_message_req(8));
    assert_eq!(answer(&mut session, &user_message_req(9)), failure_conf(9, 17));
    session.confirm(ZERO, first, &UserMessageConf::default()).unwrap();
    let _third = requested(&mut session, &user_message_req(9));
}

/// LIST_AGENT_TEAM_CONF for InvokeID 7, without teams.
fn agent_teams(more: u8) -> Vec<u8> {
    message(134, &[7], &[0, 0, 0, 0, 0, more])
}

/// SET_AGENT_STATE_REQ of version 14 with InvokeID 8, for 5001.
fn set_agent_state_req() -> Vec<u8> {
    message(38, &[8, ALL], &[&[0; 13][..], b"\x06\x055001\0"].concat())
}

#[test]
fn a_list_of_teams_may_come_in_several_answers() {
    let mut session = open(14);
    let responder = requested(&mut session, &message(133, &[7, ALL], b""));
    let part = |more| ListAgentTeamConf { more, ..Default::default() };
    for _ in 0..2 {
        session.confirm(ZERO, &responder, &part(More::MORE_FOLLOW)).unwrap();
        assert_eq!(session.sent(), agent_teams(1));
    }
    session.confirm(ZERO, &responder, &part(More::LAST)).unwrap();
    assert_eq!(session.sent(), agent_teams(0));
    assert_eq!(session.confirm(ZERO, &responder, &part(More::LAST)), Err(SendError::TooLate));
    // What was answered in part is not refused when its time is over; what was not is, at the same time.
    let in_part = requested(&mut session, &message(133, &[7, ALL], b""));
    session.confirm(ZERO, &in_part, &part(More::MORE_FOLLOW)).unwrap();
    assert_eq!(session.deadline(), None);
    let _never = requested(&mut session, &user_message_req(8));
    assert_eq!((session.sent(), session.deadline()), (agent_teams(1), Some(seconds(30))));
    session.tick(seconds(30));
    assert!(matches!(session.poll(), Some(Event::NotAnswered(_))));
    assert_eq!(session.poll(), None);
    assert_eq!((session.sent(), session.deadline()), (failure_conf(8, 16), None));
    assert_eq!(session.confirm(seconds(30), &in_part, &part(More::LAST)), Err(SendError::TooLate));
}

#[test]
fn an_answer_that_cannot_be_sent_does_not_use_up_the_right_to_answer() {
    let mut session = open(14);
    let responder = requested(&mut session, &message(36, &[7, ALL, 0, 0], b"\x06\x055001\0"));
    let long = "1".repeat(64);
    let conf = QueryAgentStateConf { agent_id: Some(long.as_str().into()), ..Default::default() };
    assert!(matches!(session.confirm(ZERO, &responder, &conf), Err(SendError::Encode(_))));
    let other = session.confirm(ZERO, &responder, &SetAgentStateConf::default());
    assert_eq!(other, Err(SendError::NotAllowed(MessageType::SET_AGENT_STATE_CONF)));
    assert_eq!(session.sent(), b"");
    session.refuse(ZERO, &responder, StatusCode::E_CTI_UNSPECIFIED_FAILURE).unwrap();
    assert_eq!(session.sent(), failure_conf(7, 17));
    // It went out; there is no second one.
    assert_eq!(session.refuse(ZERO, &responder, StatusCode::E_CTI_TIMEOUT), Err(SendError::TooLate));
    assert_eq!(session.sent(), b"");
}

#[test]
fn a_request_that_is_not_answered_is_refused_after_30_seconds() {
    let mut session = open(14);
    let late = requested(&mut session, &user_message_req(7));
    drop(requested(&mut session, &set_agent_state_req()));
    drop(requested(&mut session, &message(230, &[ALL], b"")));
    assert_eq!(session.deadline(), Some(seconds(30)));
    session.tick(before(seconds(30)));
    assert_eq!(session.poll(), None);
    session.tick(seconds(30));
    let not_answered = |invoke_id: Option<u32>, message_type| {
        Some(Event::NotAnswered(RequestId { invoke_id: invoke_id.map(InvokeId), message_type }))
    };
    assert_eq!(session.poll(), not_answered(Some(7), MessageType::USER_MESSAGE_REQ));
    assert_eq!(session.sent(), failure_conf(7, 16));
    assert_eq!(session.poll(), not_answered(Some(8), MessageType::SET_AGENT_STATE_REQ));
    // CF_REQUEST_TIMEOUT_REJECTION.
    assert_eq!(session.sent(), message(35, &[8], b"\0\x4E\0\0\0\0"));
    assert_eq!(session.poll(), not_answered(None, MessageType::CONFIG_REQUEST_KEY_EVENT));
    assert_eq!(session.sent(), failure_event(16));
    assert_eq!(session.poll(), None);
    assert_eq!(session.deadline(), None);
    let answer = session.confirm(seconds(30), late, &UserMessageConf::default());
    assert_eq!(answer, Err(SendError::TooLate));
}

#[test]
fn a_request_can_be_left_without_an_answer() {
    let limits = Limits { requests: 1, ..Default::default() };
    let mut session = open_with(ServerConfig { limits, ..Default::default() }, Open::default());
    for invoke_id in 0..3 {
        let responder = requested(&mut session, &user_message_req(invoke_id));
        session.ignore(responder);
    }
    assert_eq!((session.sent(), session.deadline()), (vec![], None));
}

#[test]
fn a_responder_belongs_to_its_session() {
    let (mut one, mut other) = (open(14), open(14));
    let of_one = requested(&mut one, &user_message_req(7));
    let of_other = requested(&mut other, &user_message_req(7));
    let conf = UserMessageConf::default();
    assert_eq!(other.confirm(ZERO, &of_one, &conf), Err(SendError::OtherSession));
    assert_eq!(other.refuse(ZERO, &of_one, StatusCode::E_CTI_CLIENT_NOT_FOUND), Err(SendError::OtherSession));
    other.ignore(&of_one);
    assert_eq!(other.sent(), b"");
    other.confirm(ZERO, of_other, &conf).unwrap();
    one.confirm(ZERO, of_one, &conf).unwrap();
    assert_eq!(one.sent(), message(108, &[7], b""));
}

#[test]
fn a_control_request_may_be_refused_by_either_failure() {
    let mut session = open(14);
    let responder = requested(&mut session, &set_agent_state_req());
    session.refuse(ZERO, responder, StatusCode::E_CTI_INVALID_PERIPHERAL_ID).unwrap();
    assert_eq!(session.sent(), failure_conf(8, StatusCode::E_CTI_INVALID_PERIPHERAL_ID.0));
}

#[test]
fn variables_to_register_are_counted() {
    // NumNamedVariables and NumNamedArrays; CallVariableMask.
    let register = |variables: u8, arrays: u8, floating: &[u8]| {
        message(110, &[7], &[&[0, 0, 0, variables, 0, arrays][..], floating].concat())
    };
    let mut session = open(14);
    let variable = b"\x52\x08user.a\0\0";
    let array = b"\x53\x09\0user.b\0\0";
    let both = [&variable[..], array].concat();
    assert_eq!(answer(&mut session, &register(2, 1, &both)), failure_conf(7, 77));
    assert_eq!(answer(&mut session, &register(1, 0, &both)), failure_conf(7, 78));
    assert_eq!(answer(&mut session, &register(0, 1, &both)), failure_conf(7, 77));
    let responder = requested(&mut session, &register(1, 1, &both));
    session.ignore(responder);
    // More than 2,000 bytes of both.
    let long = [&[0x52, 243][..], &[b'v'; 32], &[0], &[b'x'; 209], &[0]].concat();
    let responder = requested(&mut session, &register(8, 0, &long.repeat(8)));
    session.ignore(responder);
    assert_eq!(answer(&mut session, &register(9, 0, &long.repeat(9))), failure_conf(7, 73));
    // 8 times 243 and 56 are 2,000 to the byte.
    let rest = [&[0x52, 56][..], &[b'v'; 32], &[0], &[b'x'; 22], &[0]].concat();
    let responder = requested(&mut session, &register(9, 0, &[long.repeat(8), rest].concat()));
    session.ignore(responder);
}

#[test]
fn a_deadline_is_now_when_the_end_waits() {
    let mut session = open(14);
    session.disconnected(seconds(3));
    assert_eq!(session.deadline(), Some(seconds(3)));
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::Disconnected)));
    assert_eq!(session.deadline(), None);
}

#[test]
fn services_are_closed_unless_opened() {
    let mut session =
        open_with(ServerConfig::default(), Open { version: 24, services: 0, ..Default::default() });
    let mut refused = 0;
    for number in 0..400 {
        let message_type = MessageType(number);
        let Some(name) = message_type.name() else { continue };
        let Some(schema) = message_type.schema() else {
            // Without a published layout.
            session.sent();
            let answer = answer(&mut session, &message(number, &[7], b""));
            assert_eq!(answer, failure_event(12), "{name}");
            continue;
        };
        if schema.sender == Sender::Server
            || [MessageType::OPEN_REQ, MessageType::CLOSE_REQ].contains(&message_type)
        {
            continue;
        }
        // Sessions, statistics and configuration are for everybody; what answers the server is matched with its request.
        let free = ["Session Management", "Miscellaneous Service", "Configuration Acquisition Messages"];
        let is_answer =
            schema.reply.is_none() && schema.fixed.first().is_some_and(|field| field.name == "InvokeID");
        let is_free = free.contains(&schema.service.title()) || is_answer;
        let len = schema.fixed_len(version(24));
        session.receive(ZERO, &message(number, &[], &vec![0; len]));
        let event = session.poll();
        let status = StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE;
        let is_refused = matches!(event, Some(Event::Rejected { status: why, .. }) if why == status);
        assert_eq!(is_refused, !is_free, "{name}: {event:?}");
        refused += usize::from(is_refused);
    }
    assert_eq!(refused, 40);
}

#[test]
fn messages_wait_for_the_decision_and_the_input_says_so() {
    let mut session = TestServer::start(ZERO, ServerConfig::default());
    session.receive(ZERO, &Open::default().bytes());
    assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
    let heartbeats = message(5, &[7], b"").repeat(30_000);
    session.receive(ZERO, &heartbeats);
    assert_eq!(session.poll(), None);
    assert!(!session.input.wants_bytes());
    session.accept(ZERO, &OpenConf::default()).unwrap();
    session.sent();
    assert_eq!(session.poll(), None);
    assert!(session.input.wants_bytes());
    assert_eq!(session.sent(), message(6, &[7], b"").repeat(30_000));
}
