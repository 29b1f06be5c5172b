//! What it costs to deliver an event, by how many monitors there are and how many of them get it.

use std::hint::black_box;
use std::time::Duration;

use ged188::Server;
use ged188::id::CallId;
use ged188::message::{AgentStateEvent, CallDeliveredEvent};
use ged188::named_values::{AgentState, DeviceIdType};
use ged188::server::MonitorIndex;
use ged188::{Encode, ProtocolVersion, Str};
use ged188_benches::monitors::{device, open, watch};
use ged188_benches::turns::{measure, row, work};

const NOW: Duration = Duration::ZERO;

/// A call rings at a device.
fn rings(device: &str) -> CallDeliveredEvent<'_> {
    let agent = DeviceIdType::DEVID_AGENT_DEVICE;
    CallDeliveredEvent {
        connection_call_id: Some(CallId(301)),
        connection_device_id: Some(Str::new(device)),
        alerting_device_type: agent,
        alerting_device_id: Some(Str::new(device)),
        calling_device_type: DeviceIdType::DEVID_EXTERNAL,
        calling_device_id: Some("2065550123".into()),
        called_device_type: agent,
        called_device_id: Some(Str::new(device)),
        ani: Some("2065550123".into()),
        dnis: Some("4711".into()),
        call_variable1: Some("gold customer".into()),
        call_variable2: Some("0123456789".into()),
        ..Default::default()
    }
}

/// The state of the agent at a device.
fn talks(device: &str) -> AgentStateEvent<'_> {
    AgentStateEvent {
        agent_state: AgentState::AGENT_STATE_TALKING,
        agent_extension: Some(Str::new(device)),
        agent_instrument: Some(Str::new(device)),
        ..Default::default()
    }
}

fn deliver(server: &mut Server, event: &impl Encode, messages: usize) {
    let delivery = server.deliver(NOW, black_box(event)).expect("an open session");
    assert_eq!(delivery.messages, messages);
    server.consume_output(server.output().len());
}

/// One monitor of so many gets the event.
fn one_of(version: ProtocolVersion, counts: [u32; 4]) {
    let mut servers = counts.map(|count| {
        let mut server = open(version);
        (0..count).for_each(|number| watch(&mut server, &device(number)));
        server
    });
    let hot = device(7);
    let event = rings(&hot);
    let [a, b, c, d] = &mut servers;
    let hot = measure([
        work("rings at one device, 10 monitors", || deliver(a, &event, 1)),
        work("rings at one device, 1,000 monitors", || deliver(b, &event, 1)),
        work("rings at one device, 100,000 monitors", || deliver(c, &event, 1)),
        work("rings at one device, 1,000,000 monitors", || deliver(d, &event, 1)),
    ]);
    row("1 of 1,000 / 1 of 10", version, hot[1] / hot[0], "", true);
    row("1 of 100,000 / 1 of 10", version, hot[2] / hot[0], "at most 1.3", hot[2] / hot[0] <= 1.3);
    row("1 of 1,000,000 / 1 of 10", version, hot[3] / hot[0], "", true);

    // 997 devices in turn, so that most of the table is not in the nearest cache.
    let devices = counts.map(|count| (0..997).map(|at| device(at * 1_037_441 % count)).collect::<Vec<_>>());
    let [a, b, c, d] = &mut servers;
    let mut next = [0; 4];
    let mut turn = |server: &mut Server, which: usize| {
        next[which] = (next[which] + 1) % 997;
        deliver(server, &talks(&devices[which][next[which]]), 1);
    };
    let turn = std::cell::RefCell::new(&mut turn);
    let cold = measure([
        work("agents in turn, 10 monitors", || (turn.borrow_mut())(a, 0)),
        work("agents in turn, 1,000 monitors", || (turn.borrow_mut())(b, 1)),
        work("agents in turn, 100,000 monitors", || (turn.borrow_mut())(c, 2)),
        work("agents in turn, 1,000,000 monitors", || (turn.borrow_mut())(d, 3)),
    ]);
    row("in turn, 1 of 1,000 / 1 of 10", version, cold[1] / cold[0], "", true);
    row(
        "in turn, 1 of 100,000 / 1 of 10",
        version,
        cold[2] / cold[0],
        "at most 1.3",
        cold[2] / cold[0] <= 1.3,
    );
    row("in turn, 1 of 1,000,000 / 1 of 10", version, cold[3] / cold[0], "", true);
}

/// A thousand monitors of one device get the event.
fn all_of_a_thousand(version: ProtocolVersion) {
    let mut server = open(version);
    let watched = device(7);
    (0..1000).for_each(|_| watch(&mut server, &watched));
    let event = rings(&watched);
    let mut message = Vec::new();
    let size = event.encode_to(version, &mut message).expect("an allowed event");
    let messages = message.repeat(1000);
    let mut out = Vec::new();
    let [copy, delivered] = measure([
        work("copy of 1,000 encoded messages", || {
            out.clear();
            for message in black_box(&messages).chunks_exact(size) {
                out.extend_from_slice(message);
            }
            black_box(&out);
        }),
        work("rings at a device with 1,000 monitors", || deliver(&mut server, &event, 1000)),
    ]);
    let ratio = delivered / copy;
    row("1,000 of 1,000 / copy of the messages", version, ratio, "at most 1.5", ratio <= 1.5);
}

/// An event finds its session among 10,000, with 100 monitors each.
fn many_sessions(version: ProtocolVersion) {
    let index = MonitorIndex::new();
    let mut sessions: Vec<_> = (0..10_000).map(|_| open(version)).collect();
    for (key, session) in (0..).zip(&mut sessions) {
        index.add(key, session);
        (0..100).for_each(|number| watch(session, &device(key * 100 + number)));
    }
    let watched = device(123_456);
    let event = rings(&watched);
    let mut alone = open(version);
    watch(&mut alone, &watched);
    let [one, found] = measure([
        work("delivered to the only session", || deliver(&mut alone, &event, 1)),
        work("found among 10,000 sessions, and delivered", || {
            let found = index.find(black_box(&event)).expect("an allowed event");
            assert_eq!(found.len(), 1);
            let key = found[0];
            deliver(&mut sessions[key as usize], &event, 1);
        }),
    ]);
    row("found among 10,000 sessions / the only one", version, found / one, "", true);
    let start = std::time::Instant::now();
    let mut messages = 0;
    for session in &mut sessions {
        messages += session.deliver(NOW, &event).expect("an open session").messages;
    }
    assert_eq!(messages, 1);
    println!(
        "    {:<58} {:>9.1} ns",
        "asking each of 10,000 sessions, once",
        start.elapsed().as_secs_f64() * 1e9
    );
}

fn main() {
    let version = ProtocolVersion::new(14).expect("a version");
    one_of(version, [10, 1_000, 100_000, 1_000_000]);
    all_of_a_thousand(version);
    many_sessions(version);
}
