//! The client's end of a session, against bytes that a server would send.

use crate::common::wire;
use std::time::Duration;

use crate::common::ends::TestClient;
use crate::common::wire::{failure_conf, failure_event, message, open_conf};
use ged188::id::{InvokeId, VersionNumber};
use ged188::message::*;
use ged188::named_values::{ControlFailureCode, CtiServiceMask, SessionType, StatusCode};
use ged188::schema::Sender;
use ged188::session::{Level, Limits, Refusal};
use ged188::{Bool, Bytes, Message, MessageType, ProtocolVersion, RawMessage, Secret};
use ged188::{ClientConfig, ClientEvent as Event, CloseReason, RequestError, RequestId, Response, SendError};
use ged188::{Masks, MonitorPlan, Target};

const ZERO: Duration = Duration::ZERO;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Just before.
fn before(time: Duration) -> Duration {
    time - Duration::from_nanos(1)
}

fn open_req(version: u32, services: u32) -> OpenReq<'static> {
    OpenReq {
        version_number: VersionNumber(version),
        idle_timeout: u32::MAX,
        services_requested: CtiServiceMask::from_bits_retain(services),
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    }
}

/// All services but Client Events and All Events, with which a session has a monitor of its own.
const SERVICES: u32 = !0x11;

/// A session that is open since time 0, with all services of its version that it asked for.
fn open_with(config: ClientConfig, version: u32, granted: u32, session_type: u16) -> TestClient {
    let mut session = TestClient::open(ZERO, config, &open_req(version, granted)).unwrap();
    session.sent();
    session.receive(ZERO, &open_conf(version, granted, session_type));
    assert!(matches!(session.poll(), Some(Event::Opened(_))));
    assert_eq!(session.poll(), None);
    session
}

fn open(version: u32) -> TestClient {
    open_with(ClientConfig::default(), version, SERVICES, 1)
}

/// Without heartbeats.
fn quiet() -> ClientConfig {
    ClientConfig { heartbeat_interval: None, ..Default::default() }
}

fn user_message() -> UserMessageReq<'static> {
    UserMessageReq { text: Some("hello".into()), ..Default::default() }
}

/// Makes a request, and gives its InvokeID.
fn ask(session: &mut TestClient, now: Duration) -> u32 {
    session.request(now, &user_message()).unwrap().id().invoke_id.unwrap().0
}

fn request(invoke_id: u32) -> RequestId {
    RequestId { invoke_id: Some(InvokeId(invoke_id)), message_type: MessageType::USER_MESSAGE_REQ }
}

fn user_message_conf(invoke_id: u32) -> Vec<u8> {
    message(108, &[invoke_id], b"")
}

/// Lets the session live to these seconds, one after another, in which no heartbeat is confirmed.
#[track_caller]
fn pass<const N: usize>(session: &mut TestClient, times: [u64; N]) {
    for (missed, now) in times.into_iter().enumerate() {
        session.tick(seconds(now));
        expect_missed(session, missed);
    }
}

/// So many heartbeats were not confirmed when the last one was sent.
#[track_caller]
fn expect_missed(session: &mut TestClient, unconfirmed: usize) {
    if unconfirmed > 0 {
        assert_eq!(session.poll(), Some(Event::HeartbeatMissed { unconfirmed }));
    }
    assert_eq!(session.poll(), None);
}

#[track_caller]
fn expect_end(session: &mut TestClient, end: CloseReason) {
    assert_eq!(session.poll(), Some(Event::Closed(end)));
    assert!(session.is_closed() && !session.is_open());
    assert_eq!(session.poll(), None);
    assert_eq!(session.deadline(), None);
}

#[test]
fn open_req_goes_out_first_in_its_own_version() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(9, 0x20)).unwrap();
    assert_eq!(
        session.sent(),
        wire::Open {
            version: 9,
            peripheral_id: u32::MAX,
            fields: &[(1, b"desk\0"), (2, b"")],
            ..Default::default()
        }
        .bytes()
    );
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(24, 0x20)).unwrap();
    assert_eq!(
        session.sent(),
        wire::Open {
            version: 24,
            peripheral_id: u32::MAX,
            fields: &[(1, b"desk\0"), (2, b"")],
            ..Default::default()
        }
        .bytes()
    );
    assert_eq!(session.version().number(), 24);
    assert!(!session.is_open());
}

#[test]
fn open_req_has_to_be_one_that_the_protocol_allows() {
    let open = |request: &OpenReq<'_>| TestClient::open(ZERO, ClientConfig::default(), request).err();
    assert_eq!(open(&open_req(26, 0)), Some(SendError::UnknownVersion(VersionNumber(26))));
    assert_eq!(open(&open_req(8, 0)), Some(SendError::UnknownVersion(VersionNumber(8))));
    let nameless = OpenReq { client_id: None, ..open_req(14, 0) };
    assert!(matches!(open(&nameless), Some(SendError::Encode(_))));
}

#[test]
fn nothing_is_asked_before_the_session_is_open() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(14, 0x20)).unwrap();
    assert_eq!(session.request(ZERO, &user_message()), Err(SendError::NotOpen));
    assert_eq!(session.close(ZERO, StatusCode::E_CTI_NO_ERROR), Err(SendError::NotOpen));
}

#[test]
fn what_was_granted_may_be_less_than_asked() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(14, 0x24)).unwrap();
    session.receive(ZERO, &open_conf(14, 0x20, 0));
    let Some(Event::Opened(conf)) = session.poll() else { panic!("it opens") };
    assert_eq!(conf.services_granted.bits(), 0x20);
    assert_eq!(session.granted(), CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR);
    assert!(session.is_open());
}

#[test]
fn what_was_granted_is_never_more_than_asked() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(14, 0x20)).unwrap();
    session.receive(ZERO, &open_conf(14, 0x203F, 0));
    assert!(matches!(session.poll(), Some(Event::Opened(_))));
    assert_eq!(session.granted(), CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR);
}

#[test]
fn agent_control_may_stand_in_for_client_control() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(14, 0x24)).unwrap();
    session.receive(ZERO, &open_conf(14, 0x2020, 0));
    assert!(matches!(session.poll(), Some(Event::Opened(_))));
    assert!(session.granted().contains(CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY));
}

#[test]
fn a_refused_open_is_the_end() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(14, 0x20)).unwrap();
    session.receive(ZERO, &failure_conf(1, 36));
    expect_end(&mut session, CloseReason::OpenRefused(StatusCode::E_CTI_INVALID_PASSWORD));
}

#[test]
fn an_open_without_answer_ends_after_30_seconds() {
    let mut session = TestClient::open(seconds(7), ClientConfig::default(), &open_req(14, 0x20)).unwrap();
    assert_eq!(session.deadline(), Some(seconds(37)));
    session.tick(before(seconds(37)));
    assert_eq!(session.poll(), None);
    // An answer to something else is none.
    session.receive(seconds(36), &failure_conf(2, 36));
    assert!(matches!(session.poll(), Some(Event::Unexpected(_))));
    session.tick(seconds(37));
    expect_end(&mut session, CloseReason::OpenTimedOut);
}

#[test]
fn an_answer_that_came_in_time_counts_although_polled_late() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(14, 0x20)).unwrap();
    session.receive(seconds(29), &open_conf(14, 0x20, 0));
    session.tick(seconds(40));
    assert!(matches!(session.poll(), Some(Event::Opened(_))));
}

#[test]
fn heartbeats_go_out_when_nothing_else_does() {
    let mut session = open(14);
    assert_eq!(session.deadline(), Some(seconds(5)));
    session.tick(before(seconds(5)));
    assert_eq!(session.poll(), None);
    assert_eq!(session.sent(), b"");
    session.tick(seconds(5));
    assert_eq!(session.poll(), None, "a heartbeat is no event");
    assert_eq!(session.sent(), message(5, &[2], b""));
    session.receive(seconds(5), &message(6, &[2], b""));
    assert_eq!(session.poll(), None);
    // A request puts the next one off.
    ask(&mut session, seconds(8));
    assert_eq!(session.deadline(), Some(seconds(13)));
}

#[test]
fn heartbeats_can_be_rare_or_never() {
    let rare = ClientConfig { heartbeat_interval: Some(seconds(90)), ..Default::default() };
    assert_eq!(open_with(rare, 14, 0x20, 0).deadline(), Some(seconds(90)));
    assert_eq!(open_with(quiet(), 14, 0x20, 0).deadline(), None);
    // An interval of nothing would be a flood.
    let flood = ClientConfig { heartbeat_interval: Some(ZERO), ..Default::default() };
    assert!(open_with(flood, 14, 0x20, 0).deadline().unwrap() >= Duration::from_millis(100));
}

#[test]
fn three_lost_heartbeats_are_the_end() {
    let mut session = open(14);
    for heartbeat in 1..=3 {
        let now = session.deadline().unwrap();
        assert_eq!(now, seconds(5 * heartbeat));
        session.tick(now);
        expect_missed(&mut session, heartbeat as usize - 1);
        assert_eq!(session.sent(), message(5, &[1 + heartbeat as u32], b""));
    }
    session.tick(before(seconds(20)));
    assert_eq!(session.poll(), None);
    session.tick(seconds(20));
    expect_end(&mut session, CloseReason::HeartbeatsLost);
}

#[test]
fn requests_do_not_put_off_the_end_of_a_session_whose_heartbeats_are_lost() {
    let mut session = open(14);
    for heartbeat in 1..=3 {
        session.tick(seconds(5 * heartbeat));
        expect_missed(&mut session, heartbeat as usize - 1);
    }
    ask(&mut session, seconds(18));
    assert_eq!(session.deadline(), Some(seconds(20)));
    session.tick(seconds(20));
    assert!(matches!(
        session.poll(),
        Some(Event::Response(Response { result: Err(RequestError::SessionClosed), .. }))
    ));
    expect_end(&mut session, CloseReason::HeartbeatsLost);
}

#[test]
fn a_confirmed_heartbeat_makes_up_for_those_before() {
    let mut session = open(14);
    pass(&mut session, [5, 10, 15]);
    session.receive(seconds(19), &message(6, &[4], b""));
    pass(&mut session, [20, 25, 30]);
    // The first again, after the fact, is no sign of life of the last three.
    session.receive(seconds(31), &message(6, &[2], b""));
    assert!(matches!(session.poll(), Some(Event::Unexpected(Message::HeartbeatConf(_)))));
    session.tick(seconds(35));
    expect_end(&mut session, CloseReason::HeartbeatsLost);
}

#[test]
fn heartbeats_may_be_confirmed_one_by_one_and_late() {
    let mut session = open(14);
    pass(&mut session, [5, 10, 15]);
    for id in [2, 3, 4] {
        session.receive(seconds(16), &message(6, &[id], b""));
        assert_eq!(session.poll(), None, "InvokeID {id}");
    }
    pass(&mut session, [20, 25, 30]);
    session.tick(seconds(35));
    expect_end(&mut session, CloseReason::HeartbeatsLost);
}

#[test]
fn a_refused_heartbeat_is_the_end() {
    let mut session = open(14);
    session.tick(seconds(5));
    assert_eq!(session.poll(), None);
    session.receive(seconds(5), &failure_conf(2, 15));
    expect_end(&mut session, CloseReason::HeartbeatRefused(StatusCode::E_CTI_CTI_SERVER_OFFLINE));
}

#[test]
fn requests_are_confirmed_in_any_order() {
    let mut session = open(14);
    let ids = [1, 2, 3].map(|now| ask(&mut session, seconds(now)));
    assert_eq!(session.pending_requests(), 3);
    let mut expected = Vec::new();
    ids.iter().for_each(|&id| expected.extend(message(107, &[id, u32::MAX], b"\0\0\x07\x06hello\0")));
    assert_eq!(session.sent(), expected);
    for &id in [ids[2], ids[0], ids[1]].iter() {
        session.receive(seconds(3), &user_message_conf(id));
        match session.poll() {
            Some(Event::Response(Response {
                request: confirmed,
                result: Ok(Message::UserMessageConf(conf)),
            })) => {
                assert_eq!((confirmed, conf.invoke_id.0), (request(id), id));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(session.pending_requests(), 0);
}

/// Each request that the protocol has, with its confirmation and with a refusal.
#[test]
fn requests_of_every_type_are_matched_with_their_answers() {
    let version = ProtocolVersion::MAX;
    let (mut asked, mut monitors) = (0, 0);
    for schema in MESSAGES {
        let Some(responder) = schema.reply.filter(|_| schema.sender != Sender::Server) else { continue };
        if ["OPEN_REQ", "HEARTBEAT_REQ", "CLOSE_REQ", "CONFIG_REQUEST_KEY_EVENT"].contains(&schema.name) {
            continue;
        }
        asked += 1;
        let mut session = open(version.number());
        let body = vec![0; schema.fixed_len(version)];
        let raw = RawMessage { message_type: schema.message_type, body: &body };
        if schema.name.contains("MONITOR") {
            // Monitors have verbs of their own.
            let refused = session.request(ZERO, &raw.in_version(version)).err();
            assert_eq!(refused, Some(SendError::NotAllowed(schema.message_type)));
            monitors += 1;
            continue;
        }
        let request = session
            .request(ZERO, &raw.in_version(version))
            .unwrap_or_else(|error| panic!("{}: {error}", schema.name))
            .id();
        let id = request.invoke_id.unwrap().0;
        let mut expected = body.clone();
        expected[..4].copy_from_slice(&id.to_be_bytes());
        assert_eq!(session.sent(), message(schema.message_type.0, &[], &expected), "{}", schema.name);

        let mut answer = vec![0; responder.schema().unwrap().fixed_len(version)];
        answer[..4].copy_from_slice(&id.to_be_bytes());
        let answer = message(responder.0, &[], &answer);
        session.receive(ZERO, &answer);
        match session.poll() {
            Some(Event::Response(Response { request: confirmed, result: Ok(message) })) => {
                assert_eq!((confirmed, message.reply()), (request, None), "{}", schema.name);
            }
            other => panic!("{}: {other:?}", schema.name),
        }
        // Once more, nobody asked for it; but each of several recordings is confirmed.
        let repeated = ["START_RECORDING_REQ", "STOP_RECORDING_REQ"].contains(&schema.name);
        session.receive(ZERO, &answer);
        match session.poll() {
            Some(Event::Response(Response { request: again, result: Ok(_) })) if repeated => {
                assert_eq!(again, request)
            }
            Some(Event::Unexpected(_)) if !repeated => {}
            other => panic!("{}: {other:?}", schema.name),
        }

        let refused = session.request(ZERO, &raw.in_version(version)).unwrap().id();
        session.receive(ZERO, &failure_conf(refused.invoke_id.unwrap().0, 13));
        let refusal = Refusal::Failure(StatusCode::E_CTI_INVALID_CALLID);
        assert_eq!(
            session.poll(),
            Some(Event::Response(Response { request: refused, result: Err(refusal.into()) }))
        );
    }
    assert_eq!((asked, monitors), (50, 7), "54 requests have a confirmation, four are made otherwise");
}

#[test]
fn a_control_failure_refuses_a_request() {
    let mut session = open(14);
    let body = [0; 22];
    let answer_call = RawMessage { message_type: MessageType::ANSWER_CALL_REQ, body: &body };
    let request = session.request(ZERO, &answer_call.in_version(ProtocolVersion::V14)).unwrap().id();
    let id = request.invoke_id.unwrap().0;
    session.receive(ZERO, &message(35, &[id], b"\0\x18\0\0\x30\x39"));
    let refusal =
        Refusal::ControlFailure { code: ControlFailureCode::CF_NO_ACTIVE_CALL, peripheral_error_code: 12345 };
    assert_eq!(session.poll(), Some(Event::Response(Response { request, result: Err(refusal.into()) })));
    assert_eq!(session.pending_requests(), 0);
    // So does FAILURE_CONF.
    let request = session.request(ZERO, &answer_call.in_version(ProtocolVersion::V14)).unwrap().id();
    session.receive(ZERO, &failure_conf(request.invoke_id.unwrap().0, 12));
    let refusal = Refusal::Failure(StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE);
    assert_eq!(session.poll(), Some(Event::Response(Response { request, result: Err(refusal.into()) })));
    assert_eq!(session.pending_requests(), 0);
}

#[test]
fn a_list_of_teams_comes_in_several_answers() {
    let mut session = open(14);
    let request = session.request(ZERO, &ListAgentTeamReq::default()).unwrap().id();
    let id = request.invoke_id.unwrap().0;
    // NumberOfAgentTeams, SegmentNumber, More; tag 92 is TeamID.
    for (segment, more, team) in [(1, 1, 5001u32), (2, 1, 5002), (3, 0, 5003)] {
        let rest = [&[0, 1, 0, segment, 0, more, 92, 4][..], &team.to_be_bytes()].concat();
        session.receive(ZERO, &message(134, &[id], &rest));
        let Some(Event::Response(Response { request: of, result: Ok(Message::ListAgentTeamConf(conf)) })) =
            session.poll()
        else {
            panic!("segment {segment}")
        };
        assert_eq!((of, conf.segment_number), (request, u16::from(segment)));
        assert_eq!(conf.teams.iter().map(|team| team.0).collect::<Vec<_>>(), [team]);
        assert_eq!(session.pending_requests(), usize::from(more));
    }
    session.receive(ZERO, &message(134, &[id], &[0; 6]));
    assert!(matches!(session.poll(), Some(Event::Unexpected(_))));
}

#[test]
fn each_server_that_records_confirms_in_its_own_message() {
    let mut session = open(14);
    let request = session.request(ZERO, &StartRecordingReq::default()).unwrap().id();
    let id = request.invoke_id.unwrap().0;
    for recorder in 1..=3 {
        session.receive(ZERO, &message(148, &[id, recorder, 0], b""));
        match session.poll() {
            Some(Event::Response(Response {
                request: of,
                result: Ok(Message::StartRecordingConf(conf)),
            })) => {
                assert_eq!((of, conf.session_id.0), (request, recorder));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn answers_that_nobody_asked_for_are_reported_and_change_nothing() {
    let mut session = open(14);
    let id = ask(&mut session, ZERO);
    // Another InvokeID, another type of confirmation, a refusal of something else.
    for stray in [
        user_message_conf(id + 1),
        message(94, &[id, 5], b""),
        failure_conf(77, 13),
        message(35, &[78], &[0; 6]),
        message(8, &[id], b""),
    ] {
        session.receive(ZERO, &stray);
        assert!(matches!(session.poll(), Some(Event::Unexpected(_))));
    }
    assert_eq!((session.pending_requests(), session.counters().unexpected), (1, 5));
    session.receive(ZERO, &user_message_conf(id));
    assert!(matches!(session.poll(), Some(Event::Response(Response { result: Ok(_), .. }))));
}

#[test]
fn a_request_without_answer_is_given_up_after_15_seconds() {
    let mut session = open_with(quiet(), 14, SERVICES, 1);
    let first = ask(&mut session, seconds(1));
    let second = session.request_within(seconds(3), &user_message(), seconds(2)).unwrap().id();
    assert_eq!(session.deadline(), Some(seconds(5)));
    session.tick(before(seconds(5)));
    assert_eq!(session.poll(), None);
    session.tick(seconds(5));
    assert_eq!(
        session.poll(),
        Some(Event::Response(Response { request: second, result: Err(RequestError::TimedOut) }))
    );
    assert_eq!(session.deadline(), Some(seconds(16)));
    session.tick(seconds(16));
    assert_eq!(
        session.poll(),
        Some(Event::Response(Response { request: request(first), result: Err(RequestError::TimedOut) }))
    );
    assert_eq!(session.poll(), None);
    assert_eq!((session.pending_requests(), session.deadline()), (0, None));
    // What comes after that comes too late.
    session.receive(seconds(17), &user_message_conf(first));
    assert!(matches!(session.poll(), Some(Event::Unexpected(_))));
    assert!(session.is_open());
}

#[test]
fn an_answer_that_arrived_in_time_is_no_timeout() {
    let mut session = open_with(quiet(), 14, SERVICES, 1);
    let id = ask(&mut session, ZERO);
    session.receive(seconds(14), &user_message_conf(id));
    session.tick(seconds(60));
    assert!(matches!(session.poll(), Some(Event::Response(Response { result: Ok(_), .. }))));
    assert_eq!(session.poll(), None);
}

#[test]
fn without_confirmations_silence_is_consent() {
    // CTI_SERVICE_IGNORE_CONF and CTI_SERVICE_CLIENT_CONTROL are granted.
    let mut session = open_with(quiet(), 14, 0x0020_0004, 1);
    let body = [0; 22];
    let answer_call = RawMessage { message_type: MessageType::ANSWER_CALL_REQ, body: &body };
    let request = session.request(ZERO, &answer_call.in_version(ProtocolVersion::V14)).unwrap().id();
    session.tick(seconds(15));
    assert_eq!(
        session.poll(),
        Some(Event::Response(Response { request, result: Err(RequestError::NotConfirmed) }))
    );
    // Other requests are confirmed as ever.
    let id = ask(&mut session, seconds(15));
    session.tick(seconds(30));
    let error = RequestError::TimedOut;
    assert_eq!(
        session.poll(),
        Some(Event::Response(Response { request: self::request(id), result: Err(error) }))
    );
}

#[test]
fn one_configuration_request_at_a_time() {
    let mut session = open_with(quiet(), 14, SERVICES, 1);
    let keys = ConfigRequestKeyEvent::default();
    let request = session.request(ZERO, &keys).unwrap().id();
    assert_eq!(request.invoke_id, None);
    assert_eq!(session.sent(), message(230, &[u32::MAX], b""));
    let busy = Some(SendError::TooManyRequests { pending: 1 });
    assert_eq!(session.request(ZERO, &keys).err(), busy);
    assert_eq!(session.request(ZERO, &ConfigRequestEvent::default()).err(), busy);
    ask(&mut session, ZERO);
    // CONFIG_KEY_EVENT.
    session.receive(ZERO, &message(231, &[0], b""));
    assert!(
        matches!(session.poll(), Some(Event::Response(Response { request: confirmed, result: Ok(_) })) if confirmed == request)
    );
    assert!(session.request(ZERO, &keys).is_ok());
}

#[test]
fn configuration_comes_in_blocks_until_the_last_end() {
    let mut session = open_with(quiet(), 14, SERVICES, 1);
    let request = session.request(ZERO, &ConfigRequestEvent::default()).unwrap().id();
    let begin = message(233, &[], b"\0\x01\0\0\0\x04");
    let records = message(237, &[], b"\0\0");
    let end = |status: u32| message(234, &[status], b"");
    for (now, bytes) in [(10, &begin), (20, &records), (30, &end(5)), (40, &begin)] {
        session.receive(seconds(now), bytes);
        let event = session.poll();
        assert!(matches!(event, Some(Event::Received(_))), "{event:?}");
    }
    // Each block gives the server its time anew.
    assert_eq!(session.deadline(), Some(seconds(55)));
    session.receive(seconds(50), &end(0));
    assert!(
        matches!(session.poll(), Some(Event::Response(Response { request: confirmed, result: Ok(Message::ConfigEndEvent(_)) })) if confirmed == request)
    );
    // Updates come unasked.
    session.receive(seconds(60), &end(0));
    assert!(matches!(session.poll(), Some(Event::Received(_))));
}

#[test]
fn a_configuration_request_without_answer_is_given_up() {
    let mut session = open_with(quiet(), 14, SERVICES, 1);
    let request = session.request(ZERO, &ConfigRequestEvent::default()).unwrap().id();
    session.tick(seconds(15));
    assert_eq!(
        session.poll(),
        Some(Event::Response(Response { request, result: Err(RequestError::TimedOut) }))
    );
    assert!(session.request(seconds(15), &ConfigRequestEvent::default()).is_ok());
}

#[test]
fn requests_that_wait_at_the_end_are_reported_once() {
    for end in [
        CloseReason::Disconnected,
        CloseReason::HeartbeatsLost,
        CloseReason::Closed(StatusCode::E_CTI_TIMEOUT),
    ] {
        let mut session = open(14);
        let mut lost = vec![session.request(ZERO, &ConfigRequestEvent::default()).unwrap().id()];
        for _ in 0..3 {
            lost.push(session.request_within(ZERO, &user_message(), seconds(500)).unwrap().id());
        }
        match end {
            CloseReason::Disconnected => session.disconnected(ZERO),
            CloseReason::HeartbeatsLost => {
                pass(&mut session, [5, 10]);
                // The configuration request times out on the way.
                session.tick(seconds(15));
                assert_eq!(session.poll(), Some(Event::HeartbeatMissed { unconfirmed: 2 }));
                let error = RequestError::TimedOut;
                assert_eq!(
                    session.poll(),
                    Some(Event::Response(Response { request: lost.remove(0), result: Err(error) }))
                );
                assert_eq!(session.poll(), None);
                session.tick(seconds(20));
            }
            _ => {
                session.close(ZERO, StatusCode::E_CTI_TIMEOUT).unwrap();
                session.receive(ZERO, &message(8, &[5], b""));
            }
        }
        let mut reported = Vec::new();
        while let Some(Event::Response(Response { request, result: Err(error) })) =
            (!session.is_closed()).then(|| session.poll()).flatten()
        {
            assert_eq!(error, RequestError::SessionClosed);
            reported.push(request);
        }
        lost.sort_by_key(|request| request.invoke_id);
        reported.sort_by_key(|request| request.invoke_id);
        assert_eq!(reported, lost, "{end:?}");
        assert!(session.is_closed());
        assert_eq!(session.poll(), None);
    }
}

#[test]
fn close_says_why_and_waits_for_its_answer() {
    let mut session = open(14);
    session.close(seconds(1), StatusCode::E_CTI_TIMEOUT).unwrap();
    assert_eq!(session.sent(), message(7, &[2, 16], b""));
    assert!(!session.is_open());
    assert_eq!(session.request(seconds(1), &user_message()), Err(SendError::NotOpen));
    assert_eq!(session.close(seconds(1), StatusCode::E_CTI_NO_ERROR), Err(SendError::NotOpen));
    // What was under way still arrives.
    session.receive(seconds(2), &message(31, &[0; 6], b"\xFF\xFF"));
    assert!(matches!(session.poll(), Some(Event::Received(Message::SystemEvent(_)))));
    session.receive(seconds(2), &message(8, &[2], b""));
    expect_end(&mut session, CloseReason::Closed(StatusCode::E_CTI_TIMEOUT));
}

#[test]
fn only_the_answer_to_the_close_ends_a_session_that_closes() {
    for other in [message(8, &[9], b""), failure_conf(9, 1)] {
        let mut session = open(14);
        session.close(seconds(1), StatusCode::E_CTI_TIMEOUT).unwrap();
        session.receive(seconds(2), &other);
        assert!(matches!(session.poll(), Some(Event::Unexpected(_))));
        assert!(!session.is_closed());
        // A server that refuses the close has nothing against its end.
        session.receive(seconds(2), &failure_conf(2, 1));
        expect_end(&mut session, CloseReason::Closed(StatusCode::E_CTI_TIMEOUT));
    }
}

#[test]
fn close_waits_for_5_seconds() {
    let mut session = open(14);
    session.close(seconds(1), StatusCode::E_CTI_NO_ERROR).unwrap();
    assert_eq!(session.deadline(), Some(seconds(6)), "and no heartbeats on the way");
    session.tick(before(seconds(6)));
    assert_eq!(session.poll(), None);
    session.tick(seconds(6));
    expect_end(&mut session, CloseReason::CloseUnconfirmed(StatusCode::E_CTI_NO_ERROR));
}

#[test]
fn a_server_may_hang_up_instead_of_confirming_the_close() {
    let mut session = open(14);
    session.close(seconds(1), StatusCode::E_CTI_NO_ERROR).unwrap();
    session.disconnected(seconds(1));
    expect_end(&mut session, CloseReason::CloseUnconfirmed(StatusCode::E_CTI_NO_ERROR));
}

#[test]
fn a_server_that_goes_offline_makes_the_client_close() {
    let mut session = open(14);
    session.receive(ZERO, &failure_event(15));
    let Some(Event::Received(Message::FailureEvent(event))) = session.poll() else { panic!("it is told") };
    assert_eq!(event.status, StatusCode::E_CTI_CTI_SERVER_OFFLINE);
    assert_eq!(session.sent(), message(7, &[2, 15], b""));
    session.receive(ZERO, &message(8, &[2], b""));
    expect_end(&mut session, CloseReason::Closed(StatusCode::E_CTI_CTI_SERVER_OFFLINE));
}

#[test]
fn a_session_that_was_replaced_is_over() {
    let mut session = open(14);
    session.receive(ZERO, &failure_event(11));
    expect_end(&mut session, CloseReason::Dismissed(StatusCode::E_CTI_NEW_SESSION_OPENED));
}

#[test]
fn other_failures_are_told_and_the_session_goes_on() {
    let mut session = open(14);
    session.receive(ZERO, &failure_event(94));
    assert!(matches!(session.poll(), Some(Event::Received(Message::FailureEvent(_)))));
    assert!(session.is_open());
    assert_eq!(session.sent(), b"");
}

#[test]
fn what_arrived_before_the_transport_ended_comes_first() {
    let mut session = open(14);
    let id = ask(&mut session, ZERO);
    session.receive(ZERO, &[user_message_conf(id), message(31, &[0; 6], b"\xFF\xFF"), vec![0, 0]].concat());
    session.disconnected(seconds(1));
    // Nothing can arrive after that.
    session.receive(seconds(1), &[0, 4]);
    assert!(matches!(session.poll(), Some(Event::Response(Response { result: Ok(_), .. }))));
    assert!(matches!(session.poll(), Some(Event::Received(_))));
    expect_end(&mut session, CloseReason::Disconnected);
}

#[test]
fn maintenance_is_answered_by_the_application() {
    let mut session = open(24);
    session.receive(seconds(1), &message(278, &[9], b""));
    let Some(Event::Requested { responder, message: Message::ActiveMaintenanceReq(_) }) = session.poll()
    else {
        panic!()
    };
    assert_eq!(
        (responder.invoke_id(), responder.message_type()),
        (Some(InvokeId(9)), MessageType::ACTIVE_MAINTENANCE_REQ)
    );
    let answer = ActiveMaintenanceResp { maintenance_mode_accepted: Bool::TRUE, ..Default::default() };
    session.confirm(seconds(2), responder, &answer).unwrap();
    assert_eq!(session.sent(), message(279, &[9], b"\0\x01"));
    // The server goes on: the client makes no more requests of it.
    session.receive(seconds(2), &message(280, &[], b"\0\x01"));
    assert!(matches!(session.poll(), Some(Event::Received(Message::ActiveMaintenanceEvent(_)))));
    session.send(seconds(2), &StoppingRequestsToThisSideInd::default()).unwrap();
    assert_eq!(session.sent(), message(281, &[], b""));
    assert_eq!(session.request(seconds(2), &user_message()), Err(SendError::NotServing));
}

#[test]
fn maintenance_is_refused_if_the_application_takes_too_long() {
    let mut session = open(24);
    session.receive(seconds(1), &message(278, &[9], b""));
    let Some(Event::Requested { responder, .. }) = session.poll() else { panic!() };
    assert_eq!(session.deadline(), Some(seconds(5)), "the server waits until 6 s");
    session.tick(seconds(5));
    assert_eq!(session.poll(), None);
    assert_eq!(session.sent()[..14], message(279, &[9], b"\0\0"));
    let answer = ActiveMaintenanceResp { maintenance_mode_accepted: Bool::TRUE, ..Default::default() };
    assert_eq!(session.confirm(seconds(5), responder, &answer), Err(SendError::TooLate));
}

#[test]
fn a_request_is_answered_by_its_own_confirmation_only() {
    let mut session = open(24);
    session.receive(seconds(1), &message(278, &[9], b""));
    let Some(Event::Requested { responder, .. }) = session.poll() else { panic!() };
    let wrong = session.confirm(seconds(1), responder, &CloseReq::default());
    assert_eq!(wrong, Err(SendError::NotAllowed(MessageType::CLOSE_REQ)));
}

#[test]
fn a_server_that_stands_by_takes_no_requests_until_it_is_active() {
    let mut session = open_with(ClientConfig::default(), 24, SERVICES, 2);
    assert_eq!(session.session_type(), SessionType::STANDBY);
    assert_eq!(session.request(ZERO, &user_message()), Err(SendError::NotServing));
    session.tick(seconds(5));
    assert_eq!(session.poll(), None);
    assert_eq!(session.sent(), message(5, &[2], b""), "but heartbeats");
    session.receive(seconds(5), &message(277, &[], b""));
    assert!(matches!(session.poll(), Some(Event::Received(Message::StandbyActiveEvent(_)))));
    assert_eq!(session.session_type(), SessionType::ACTIVE);
    assert!(session.request(seconds(5), &user_message()).is_ok());
}

#[test]
fn what_a_client_may_not_send_it_does_not() {
    let mut session = open(14);
    for message_type in [
        MessageType::OPEN_REQ,
        MessageType::HEARTBEAT_REQ,
        MessageType::CLOSE_REQ,
        MessageType::SYSTEM_EVENT,
        MessageType(999),
    ] {
        let raw = RawMessage { message_type, body: &[0; 40] };
        assert_eq!(
            session.request(ZERO, &raw.in_version(ProtocolVersion::V14)),
            Err(SendError::NotAllowed(message_type))
        );
    }
    let refused = open(24).request(ZERO, &StoppingRequestsToThisSideInd::default());
    assert_eq!(refused, Err(SendError::NotAllowed(MessageType::STOPPING_REQUESTS_TO_THIS_SIDE_IND)));
    let raw = RawMessage { message_type: MessageType::SYSTEM_EVENT, body: &[0; 40] };
    assert_eq!(
        session.send(ZERO, &raw.in_version(ProtocolVersion::V14)),
        Err(SendError::NotAllowed(MessageType::SYSTEM_EVENT))
    );
    assert_eq!(
        session.send(ZERO, &user_message()),
        Err(SendError::NotAllowed(MessageType::USER_MESSAGE_REQ))
    );
    // What the guide forbids is an error, and nothing goes out.
    let long = UserMessageReq { text: Some("x".repeat(300).leak().as_bytes().into()), ..Default::default() };
    assert!(matches!(session.request(ZERO, &long), Err(SendError::Encode(_))));
    assert_eq!((session.sent(), session.pending_requests()), (vec![], 0));
    // A message whose layout was never published is the caller's.
    let raw = RawMessage { message_type: MessageType::MEDIA_LOGOUT_IND, body: b"?" };
    session.send(ZERO, &raw.in_version(ProtocolVersion::V14)).unwrap();
    assert_eq!(session.sent(), message(153, &[], b"?"));
}

#[test]
fn a_malformed_message_is_reported_and_the_next_is_read() {
    let mut session = open(14);
    let id = ask(&mut session, ZERO);
    let stream = [message(31, &[0; 3], b""), user_message_conf(id)].concat();
    session.receive(ZERO, &stream);
    let Some(Event::Malformed { message, error }) = session.poll() else { panic!("it is reported") };
    assert_eq!(message.message_type, MessageType::SYSTEM_EVENT);
    assert_eq!(error.to_string(), "SYSTEM_EVENT: the fixed part takes 26 bytes, 12 are there");
    assert!(matches!(session.poll(), Some(Event::Response(Response { result: Ok(_), .. }))));
    assert_eq!(session.counters().malformed, 1);
}

#[test]
fn lost_framing_is_the_end_after_what_came_before() {
    let mut session = open(14);
    let mut stream = message(31, &[0; 6], b"\xFF\xFF");
    stream.extend(65537u32.to_be_bytes());
    stream.extend([0; 40]);
    session.receive(ZERO, &stream);
    assert!(matches!(session.poll(), Some(Event::Received(_))));
    let Some(Event::Closed(CloseReason::FramingLost(error))) = session.poll() else { panic!("it ends") };
    assert_eq!((error.length, error.limit), (65537, 65536));
    assert!(session.is_closed());
}

#[test]
fn messages_that_make_no_sense_are_reported() {
    let mut session = open(14);
    // A request of a client, a second OPEN_CONF.
    for stray in [message(93, &[0; 5], b"\0\0\0\0"), open_conf(14, 0x20, 0), message(8, &[1], b"")] {
        session.receive(ZERO, &stray);
        assert!(matches!(session.poll(), Some(Event::Unexpected(_))));
    }
    // What nobody knows is passed on.
    session.receive(ZERO, &message(4711, &[], b"?"));
    assert!(
        matches!(session.poll(), Some(Event::Received(Message::Unknown(message))) if message.raw.body == b"?")
    );
    assert!(session.is_open());
}

#[test]
fn there_are_no_events_before_the_session_is_open() {
    let mut session = TestClient::open(ZERO, ClientConfig::default(), &open_req(14, 0x20)).unwrap();
    session.receive(ZERO, &message(31, &[0; 6], b"\xFF\xFF"));
    assert!(matches!(session.poll(), Some(Event::Unexpected(Message::SystemEvent(_)))));
    assert!(!session.is_open());
}

#[test]
fn requests_have_a_limit() {
    let limits = Limits { requests: 2, ..Default::default() };
    let mut session = open_with(ClientConfig { limits, ..Default::default() }, 14, SERVICES, 1);
    let id = ask(&mut session, ZERO);
    ask(&mut session, ZERO);
    assert_eq!(session.request(ZERO, &user_message()), Err(SendError::TooManyRequests { pending: 2 }));
    session.receive(ZERO, &user_message_conf(id));
    assert!(matches!(session.poll(), Some(Event::Response(Response { result: Ok(_), .. }))));
    ask(&mut session, ZERO);
}

#[test]
fn bytes_to_send_have_a_limit() {
    let limits = Limits { output: 100, ..Default::default() };
    let mut session = open_with(ClientConfig { limits, ..Default::default() }, 14, SERVICES, 1);
    // 26 bytes each: one more fits as long as less than the limit waits.
    for _ in 0..4 {
        ask(&mut session, ZERO);
    }
    assert_eq!(session.request(ZERO, &user_message()), Err(SendError::OutputFull { pending: 104 }));
    session.consume_output(50);
    ask(&mut session, ZERO);
    // A heartbeat that cannot be sent shows that the server takes nothing.
    ask(&mut session, seconds(1));
    session.tick(seconds(6));
    while let Some(event) = session.poll() {
        assert!(
            matches!(
                event,
                Event::Response(Response { result: Err(_), .. }) | Event::Closed(CloseReason::NotReading)
            ),
            "{event:?}"
        );
    }
    assert!(session.is_closed());
}

#[test]
fn the_input_tells_when_it_has_enough() {
    let mut session = open(14);
    let event = message(31, &[0; 6], b"\xFF\xFF");
    assert!(session.input.wants_bytes());
    let many = 256 * 1024 / event.len() + 1;
    session.receive(ZERO, &event.repeat(many));
    assert!(!session.input.wants_bytes());
    // What comes all the same is taken.
    session.receive(ZERO, &event);
    let events = std::iter::from_fn(|| session.poll().map(|_| ())).count();
    assert_eq!(events, many + 1);
    assert!(session.input.wants_bytes());
    // There is always room for a whole message.
    let mut input = ged188::Input::new(1_000_000);
    input.push(&999_000_u32.to_be_bytes());
    input.push(&31_u32.to_be_bytes());
    input.push(&[0; 900_000]);
    assert_eq!(input.next(), Ok(None));
    assert!(input.wants_bytes());
}

#[test]
fn what_arrives_after_the_end_is_not_taken() {
    let event = message(31, &[0; 6], b"\xFF\xFF");
    let mut session = open(14);
    assert_eq!(session.counters().received, 1);
    session.disconnected(ZERO);
    assert_eq!(session.poll(), Some(Event::Closed(CloseReason::Disconnected)));
    session.receive(ZERO, &event);
    assert_eq!(session.poll(), None);
    assert_eq!(session.counters().received, 1);

    // The framing is lost, but the transport has not ended.
    let mut session = open(14);
    session.receive(ZERO, b"\xFF\xFF\xFF\xFF\0\0\0\x05");
    assert!(matches!(session.poll(), Some(Event::Closed(CloseReason::FramingLost(_)))));
    session.receive(ZERO, &event.repeat(100_000));
    assert_eq!(session.poll(), None);
    assert_eq!(session.input.buffered(), 0);
}

#[test]
fn messages_are_counted_both_ways() {
    let mut session = open(14);
    let event = message(31, &[0; 6], b"\xFF\xFF");
    session.receive(ZERO, &event.repeat(3));
    while session.poll().is_some() {}
    ask(&mut session, ZERO);
    // OPEN_CONF and three events; OPEN_REQ and the request.
    assert_eq!((session.counters().received, session.counters().sent), (4, 2));
}

#[test]
fn time_may_stand_still_or_go_back() {
    let mut session = open(14);
    session.tick(seconds(5));
    assert_eq!(session.poll(), None);
    session.sent();
    session.tick(ZERO);
    assert_eq!(session.poll(), None);
    assert_eq!(session.deadline(), Some(seconds(10)));
    assert_eq!(session.sent(), b"");
    // Much too late is not three heartbeats too late.
    session.tick(seconds(1000));
    expect_missed(&mut session, 1);
    assert_eq!(session.sent(), message(5, &[3], b""));
}

#[test]
fn events_are_lines_for_a_log_with_a_level() {
    let status = StatusCode(55);
    let refused = |target| Event::MonitorStarted {
        monitor: MonitorPlan::new().add(None, target, Masks::ALL),
        target: Some(target),
        result: Err(RequestError::Refused(Refusal::Failure(status)).into()),
        previous_id: None,
    };
    let events = [
        (
            refused(Target::agent_device("5001")),
            Level::Warn,
            "monitor of agent device 5001 not started: refused with E_CTI_INVALID_MONITORID (the session has no such monitor)",
        ),
        (
            Event::Closed(CloseReason::HeartbeatsLost),
            Level::Error,
            "session over: three heartbeats were not confirmed",
        ),
        (
            Event::Restored { started: 2, failed: 0, gap: Duration::from_millis(1500) },
            Level::Info,
            "2 monitors restored, 0 not; events of 1.5s are lost",
        ),
        (
            Event::MonitorEvent {
                monitor: MonitorPlan::new().add(None, Target::trunk("7"), Masks::ALL),
                target: Some(Target::trunk("7")),
                message: ged188::message::CallHeldEvent { monitor_id: 3.into(), ..Default::default() }.into(),
            },
            Level::Debug,
            "trunk 7: CALL_HELD_EVENT monitor_id=3",
        ),
    ];
    for (event, level, line) in events {
        assert_eq!((event.level(), event.to_string().as_str()), (level, line));
    }
}

#[test]
fn output_is_gone_with_the_transport() {
    let mut session = open(14);
    ask(&mut session, ZERO);
    assert!(!session.output().is_empty());
    session.disconnected(ZERO);
    assert!(session.output().is_empty());
    while session.poll().is_some() {}
    assert!(session.is_closed() && session.output().is_empty());
}
