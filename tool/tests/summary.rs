//! `summary`: counts and stories that a user relies on.

#![allow(clippy::pedantic, missing_docs, unreachable_pub, reason = "tests")]

mod common;

use common::network::{PCAP, START, client, connection, file, server};
use std::time::Duration;

use common::scene::{Said, play};
use common::summary;
use ged188::id::CallId;
use ged188::message::{EndCallEvent, FailureConf, MonitorStartConf, MonitorStartReq};
use ged188::named_values::StatusCode;
use ged188::{Encode, MessageType, ProtocolVersion};
use ged188_tool::capture::Capture;
use ged188_tool::connection::{End, Options};
use ged188_tool::follow::{Counts, Progress, follow};
use ged188_tool::report::Heartbeats;
use ged188_tool::story::{Story, Subject};
use ged188_tool::summary::Summary;

fn capture(calls: u32) -> Vec<u8> {
    file(&connection(client(0), server(), &play(ProtocolVersion::V14, calls), 1460), PCAP)
}

#[test]
fn a_whole_session_is_counted() {
    let (summary, counts) = summary(&capture(10));
    // All but the acknowledgement behind the end.
    assert_eq!(counts.packets, counts.followed + 1);
    let [report] = summary.reports() else { panic!("one connection") };
    assert_eq!(report.client_id.as_deref(), Some("recorder"));
    assert_eq!(report.info.version, ProtocolVersion::V14);
    assert!(report.info.whole && report.info.guessed.is_none());
    assert_eq!(report.end, Some(End::Closed));
    assert_eq!(report.session_end.as_deref(), Some("the client sent CLOSE_REQ with E_CTI_NO_ERROR"));
    assert_eq!(report.requested, report.granted);
    assert_eq!(report.messages[&MessageType::CALL_DELIVERED_EVENT], [0, 10]);
    assert_eq!(report.messages[&MessageType::MONITOR_START_REQ], [3, 0]);
    assert_eq!((report.monitors.started, report.monitors.refused, report.monitors.stopped), (2, 1, 1));
    let running: Vec<_> = report.monitors.running.values().map(ToString::to_string).collect();
    assert_eq!(running, ["device 5001 (DEVID_AGENT_DEVICE)"]);
    let refused: Vec<_> =
        report.refused.iter().map(|((name, why), count)| (*name, &why[..], *count)).collect();
    assert_eq!(refused[0].0, "MONITOR_START_REQ");
    assert!(refused[0].1.starts_with("E_CTI_INVALID_DEVICE"));
    assert_eq!(refused[1].0, "QUERY_AGENT_STATE_REQ");
    assert!(refused[1].1.ends_with("peripheral error 13"));
    assert_eq!(refused.len(), 2);
    assert_eq!(report.unanswered.iter().collect::<Vec<_>>(), [(&"SET_AGENT_STATE_REQ", &1)]);
    let Heartbeats { sent, late, unanswered, silences, .. } = report.heartbeats;
    assert_eq!((sent, late, unanswered, silences), (4, 0, 0, 0));
    assert_eq!(report.gaps, (0, 0));
    assert!(report.undecodable.is_empty() && report.odd_fields.is_empty());
    assert_eq!(report.began, START);
}

#[test]
fn late_and_unanswered_heartbeats_are_told() {
    let mut segments = connection(client(0), server(), &play(ProtocolVersion::V14, 1), 1460);
    let is_conf = |payload: &[u8]| payload.get(4..8) == Some(&[0, 0, 0, 6]);
    let confs: Vec<usize> = (0..segments.len()).filter(|at| is_conf(&segments[*at].payload)).collect();
    segments[confs[0]].time += 3_000_000_000;
    // Some server that leaves out a confirmation: its InvokeID is that of nobody.
    segments[confs[1]].payload[8] ^= 0x80;
    let (summary, _) = summary(&file(&segments, PCAP));
    let Heartbeats { late, unanswered, slowest, .. } = summary.reports()[0].heartbeats;
    assert_eq!((late, unanswered), (1, 1));
    assert!(slowest > 3_000_000_000);
}

#[test]
fn slow_answers_are_told() {
    let mut segments = connection(client(0), server(), &play(ProtocolVersion::V14, 1), 1460);
    let conf = segments.iter_mut().find(|one| one.payload.get(4..8) == Some(&[0, 0, 0, 4])).unwrap();
    conf.time += 2_500_000_000;
    let (mut summary, counts) = summary(&file(&segments, PCAP));
    let text = report(&mut summary, &counts);
    assert!(text.contains("1  OPEN_REQ, the slowest after 2.5 s\n"), "{text}");
}

#[test]
fn what_does_not_decode_is_counted() {
    let mut said = play(ProtocolVersion::V14, 5);
    let calls: Vec<usize> =
        (0..said.len()).filter(|at| said[*at].bytes.get(4..8) == Some(&[0, 0, 0, 9])).collect();
    // The last field says more bytes than are left; an unknown tag; a number of an odd length.
    let length = said[calls[0]].bytes[3] as usize;
    said[calls[0]].bytes[8 + length - 24] = 0xFF;
    let mut add = |at: usize, field: &[u8]| {
        let bytes = &mut said[calls[at]].bytes;
        bytes[3] += field.len() as u8;
        let end = 8 + bytes[3] as usize - field.len();
        bytes.splice(end..end, field.iter().copied());
    };
    add(1, &[0xFD, 2, 1, 2]);
    // TrunkNumber.
    add(2, &[ged188::Tag::TRUNK_NUMBER.0 as u8, 3, 1, 2, 3]);
    let (mut summary, counts) = summary(&file(&connection(client(0), server(), &said, 1460), PCAP));
    let report = &summary.reports()[0];
    let (count, error) = &report.undecodable[&MessageType::CALL_DELIVERED_EVENT];
    assert_eq!(*count, 1);
    assert!(error.starts_with("CALL_DELIVERED_EVENT: "), "{error}");
    assert_eq!(report.odd_fields.len(), 2);
    let mut out = Vec::new();
    let outcome = summary.write("x.pcap", &counts, &mut out).unwrap();
    assert_eq!(outcome, ged188_tool::Outcome::SomeBad);
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("1  CALL_DELIVERED_EVENT: tag 253 is unknown"), "{text}");
    assert!(text.contains("1  CALL_DELIVERED_EVENT: TrunkNumber has an odd length"), "{text}");
    assert!(!text.contains("swordfish"));
}

fn story(subject: Subject) -> Story {
    let mut story = Story::new(subject, None);
    let capture = capture(3);
    let mut progress = Progress::new(None);
    follow(&mut Capture::new(&capture[..]), Options::default(), &mut story, &mut progress, |_| true)
        .1
        .unwrap();
    story
}

#[test]
fn the_story_of_a_call_has_what_names_it() {
    let story = story(Subject::Call(300));
    let names: Vec<_> =
        story.steps().iter().filter_map(|step| step.message).map(|name| format!("{name:?}")).collect();
    assert_eq!(names, ["MAKE_CALL_CONF", "CALL_DELIVERED_EVENT"]);
}

#[test]
fn the_story_of_an_agent_has_its_requests_with_their_answers() {
    let mut story = story(Subject::Agent("5001".into()));
    let names: Vec<_> =
        story.steps().iter().filter_map(|step| step.message).map(|name| format!("{name:?}")).collect();
    assert_eq!(
        names,
        [
            "OPEN_REQ",
            "OPEN_CONF",
            "MONITOR_START_REQ",
            "MONITOR_START_CONF",
            "MAKE_CALL_REQ",
            "MAKE_CALL_CONF",
            "QUERY_AGENT_STATE_REQ",
            "CONTROL_FAILURE_CONF",
            "SET_AGENT_STATE_REQ",
            "CALL_DELIVERED_EVENT",
            "CALL_DELIVERED_EVENT",
            "CALL_DELIVERED_EVENT",
        ]
    );
    let mut out = Vec::new();
    story.write(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("│─ MAKE_CALL_REQ ───"), "{text}");
    assert!(text.contains("── MAKE_CALL_CONF ─│"), "{text}");
    assert!(!text.contains("swordfish"));
}

fn said(from_client: bool, message: &dyn Encode) -> Said {
    let mut bytes = Vec::new();
    message.encode_to(ProtocolVersion::V14, &mut bytes).unwrap();
    Said { time: Duration::ZERO, from_client, bytes }
}

/// The report of a capture as text.
fn report(summary: &mut Summary, counts: &Counts) -> String {
    let mut out = Vec::new();
    summary.write("x", counts, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn report_of(said: &[Said]) -> String {
    let (mut summary, counts) = summary(&file(&connection(client(0), server(), said, 1460), PCAP));
    report(&mut summary, &counts)
}

#[test]
fn a_monitor_of_a_call_ends_with_the_call() {
    let mut all = play(ProtocolVersion::V14, 1);
    let start = MonitorStartReq {
        invoke_id: 90.into(),
        connection_call_id: Some(CallId(301)),
        connection_device_id: Some("5001".into()),
        ..Default::default()
    };
    let end =
        EndCallEvent { monitor_id: 9.into(), connection_call_id: Some(CallId(301)), ..Default::default() };
    let more = [
        said(true, &start),
        said(false, &MonitorStartConf { invoke_id: 90.into(), monitor_id: 9.into(), ..Default::default() }),
        said(false, &end),
        // A device's monitor hears of the end of a call, and goes on.
        said(false, &EndCallEvent { monitor_id: 1.into(), ..end }),
    ];
    let at = all.len() - 2;
    all.splice(at..at, more);
    let text = report_of(&all);
    let expected = "monitors: 3 started, 1 stopped, 1 ended with their calls, 1 never stopped, ";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn answers_count_although_their_requests_are_missing() {
    let refusal =
        FailureConf { invoke_id: 1.into(), status: StatusCode::E_CTI_INVALID_PASSWORD, ..Default::default() };
    let started = MonitorStartConf { invoke_id: 2.into(), monitor_id: 7.into(), ..Default::default() };
    let text = report_of(&[said(false, &refusal), said(false, &started)]);
    let expected = "1  a request that is not in the capture: E_CTI_INVALID_PASSWORD (client ID";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("monitors: 1 started, 0 stopped, 1 never stopped\n"), "{text}");
    // Either version would do.
    assert!(text.contains("version 25 (guessed; 9 to 25 fit)"), "{text}");
}

#[test]
fn what_was_not_granted_and_who_closed_first_is_told() {
    let mut all = play(ProtocolVersion::V14, 1);
    let text = report_of(&all);
    assert!(
        text.contains("ended: the client sent CLOSE_REQ with E_CTI_NO_ERROR; closed, by the client first\n")
    );
    assert!(!text.contains("not granted"), "{text}");
    // ServicesGranted of OPEN_CONF, behind the header and the InvokeID.
    let conf = all.iter_mut().find(|said| said.bytes[4..8] == [0, 0, 0, 4]).unwrap();
    conf.bytes[12..16].copy_from_slice(&[0, 0, 0, 0x20]);
    all.truncate(all.len() - 2);
    let text = report_of(&all);
    assert!(text.contains("not granted:        CTI_SERVICE_CLIENT_CONTROL"), "{text}");
    assert!(text.contains("closed, by the client first, without CLOSE_REQ"), "{text}");
}

#[test]
fn many_connections_are_a_table() {
    let said = play(ProtocolVersion::V14, 1);
    let segments: Vec<_> = (0..30).flat_map(|n| connection(client(n), server(), &said, 1460)).collect();
    let capture = file(&segments, PCAP);
    let (mut all, counts) = summary(&capture);
    let text = report(&mut all, &counts);
    let lines = text.lines().filter(|line| line.contains("version 14  2025-06-01 08:00:00.000")).count();
    assert_eq!(lines, 30, "{text}");
    // The connections follow each other in the file, each from the same time on.
    assert!(counts.disordered > 0 && counts.to_string().contains("`reordercap` sorts them"), "{counts}");

    let mut one = Summary::of(Some(7));
    let mut progress = Progress::new(None);
    let (counts, _) =
        follow(&mut Capture::new(&capture[..]), Options::default(), &mut one, &mut progress, |_| true);
    let text = report(&mut one, &counts);
    assert!(text.contains("Connection 7  10.0.0.1:50006 -> 10.0.0.2:42027"), "{text}");
    assert_eq!(text.matches("Connection ").count(), 1);
}
