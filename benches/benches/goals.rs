//! The goals as ratios. What is compared is measured in turns, many times over, and the fastest of each
//! counts: other load on the machine slows some turns down, but not the ratios.
//!
//! Prints the table of the README.

use ged188::message::{CallDeliveredEvent, Message};
use ged188::{Encode, Input, MessageBody, ProtocolVersion, RawMessage};
use ged188_benches::baseline::{Plain, frame_and_decode, walk};
use ged188_benches::session::{Client, Server};
use ged188_benches::turns::{measure, row, work};
use ged188_benches::{
    Subject, VERSIONS, agent_state_event, binrw, busy_hour, busy_hour_of_requests, call_delivered_event,
    confirmation, deku, smpp, subjects,
};
use std::hint::black_box;

fn decode(version: ProtocolVersion) {
    let subject = Subject::new(version, call_delivered_event(version).into());
    let (raw, fixed_len) = (subject.raw(), CallDeliveredEvent::SCHEMA.fixed_len(version));
    let wide = version.number() >= 20;
    let mut copy = vec![0; subject.bytes.len()];
    let pdu = smpp::submit_sm();
    let [_, bare, typed, any, binrw, deku, view, _] = measure([
        work("memcpy", || black_box(&mut copy).copy_from_slice(black_box(&subject.bytes))),
        work("bare walk", || {
            black_box(walk(black_box(wide), black_box(raw.body), fixed_len));
        }),
        work("CallDeliveredEvent::decode", || {
            black_box(&CallDeliveredEvent::decode_body(black_box(version), black_box(raw.body)));
        }),
        work("Message::decode", || {
            black_box(&Message::decode(black_box(version), black_box(raw)));
        }),
        work("binrw", || {
            if wide {
                black_box(&binrw::v25::read::<binrw::v25::CallDelivered>(black_box(raw.body)));
            } else {
                black_box(&binrw::v10::read::<binrw::v10::CallDelivered>(black_box(raw.body)));
            }
        }),
        work("deku", || {
            if wide {
                black_box(&deku::v25::read::<deku::v25::CallDelivered>(black_box(raw.body)));
            } else {
                black_box(&deku::v10::read::<deku::v10::CallDelivered>(black_box(raw.body)));
            }
        }),
        work("dynamic view, every field", || {
            ged188::view::Fields::new(black_box(version), black_box(raw)).into_iter().flatten().for_each(
                |field| {
                    black_box(&field);
                },
            );
        }),
        work("rusmpp-core, submit_sm of about the size", || {
            smpp::decode(black_box(&pdu), |command| {
                black_box(command);
            });
        }),
    ]);
    row("typed decode / bare walk", version, typed / bare, "at most 1.6", typed / bare <= 1.6);
    row("decode of any type / bare walk", version, any / bare, "at most 2.0", any / bare <= 2.0);
    let better = binrw.min(deku);
    row(
        "better of binrw and deku / typed decode",
        version,
        better / typed,
        "at least 6",
        better / typed >= 6.0,
    );
    row("dynamic view / typed decode", version, view / typed, "", true);
}

fn identifiers(version: ProtocolVersion) {
    let long = Subject::new(version, call_delivered_event(version).into());
    let short = Subject::new(version, agent_state_event(version, 1).into());
    let ended = Subject::new(version, ged188::message::EndCallEvent::default().into());
    let (long, short, ended) = (long.raw(), short.raw(), ended.raw());
    let read = |subject: &RawMessage<'_>| {
        let raw = black_box(subject);
        black_box((raw.monitor_id(), raw.connection_call_id()));
    };
    let [long, short, ended] = measure([
        work("MonitorID and ConnectionCallID, CALL_DELIVERED_EVENT", || read(&long)),
        work("MonitorID and ConnectionCallID, AGENT_STATE_EVENT", || read(&short)),
        work("MonitorID and ConnectionCallID, END_CALL_EVENT", || read(&ended)),
    ]);
    let most = long.max(short).max(ended);
    row("identifiers, ns", version, most, "at most 10", most <= 10.0);
    row("identifiers, long event / short event", version, long / ended, "about 1", long / ended < 1.3);
}

fn encode(version: ProtocolVersion) {
    let message = call_delivered_event(version);
    let subject = Subject::new(version, message.clone().into());
    let mut copy = vec![0; subject.bytes.len()];
    let mut out = vec![0; subject.bytes.len()];
    let mut any_out = out.clone();
    let plain = Plain::new(version, subject.raw());
    let mut bare_out = out.clone();
    assert_eq!(plain.write(&mut bare_out), Some(subject.bytes.len()));
    assert_eq!(bare_out, subject.bytes);
    let [_, bare, _, written, any] = measure([
        work("memcpy", || black_box(&mut copy).copy_from_slice(black_box(&subject.bytes))),
        work("bare write", || {
            black_box(black_box(&plain).write(black_box(&mut bare_out)));
        }),
        work("CallDeliveredEvent::encoded_len", || {
            let _ = black_box(black_box(&message).encoded_len(black_box(version)));
        }),
        work("CallDeliveredEvent::encode", || {
            let _ = black_box(black_box(&message).encode(black_box(version), black_box(&mut out)));
        }),
        work("Message::encode", || {
            let _ =
                black_box(black_box(&subject.message).encode(black_box(version), black_box(&mut any_out)));
        }),
    ]);
    row("encode / bare write", version, written / bare, "at most 2.0", written / bare <= 2.0);
    row("encode of any type / bare write", version, any / bare, "", true);
}

fn sessions(version: ProtocolVersion) {
    let (mix, mut sent) = (busy_hour(version), busy_hour(version));
    let mut frames = Input::default();
    let mut client = Client::open(version);
    let [bare, session] = measure([
        work("busy hour, frame + decode", || {
            frame_and_decode(&mut frames, version, black_box(&mix.stream), |message| {
                black_box(message);
            });
        }),
        work("busy hour, client session", || {
            client.take(&mut sent, |event| {
                black_box(event);
            });
        }),
    ]);
    println!(
        "    per message: {:.1} ns, {:.1} ns",
        bare / mix.messages as f64,
        session / mix.messages as f64
    );
    let share = bare / session;
    row("rate of a session / rate of frame + decode", version, share, "at least 0.65", share >= 0.65);
}

/// A server's session, which checks and answers requests, beside a loop that does no more than decode and answer them.
fn server_sessions(version: ProtocolVersion) {
    let mix = busy_hour_of_requests(version);
    let mut frames = Input::default();
    let mut server = Server::open(version);
    let mut out = Vec::new();
    let [bare, session] = measure([
        work("busy hour of requests, frame + decode + answer", || {
            out.clear();
            frame_and_decode(&mut frames, version, black_box(&mix.stream), |message| {
                let conf = confirmation(message).expect("a request of the busy hour");
                conf.encode_to(version, &mut out).expect("an allowed message");
            });
            black_box(&out);
        }),
        work("busy hour of requests, server session", || {
            server.take(black_box(&mix), |out| {
                black_box(out);
            });
        }),
    ]);
    println!(
        "    per request: {:.1} ns, {:.1} ns",
        bare / mix.messages as f64,
        session / mix.messages as f64
    );
    let share = bare / session;
    row(
        "rate of a server session / rate of frame + decode + answer",
        version,
        share,
        "at least 0.5",
        share >= 0.5,
    );
}

fn each(version: ProtocolVersion) {
    for subject in subjects(version) {
        println!("{} in version {}, {} bytes", subject.name, subject.version, subject.bytes.len());
        let raw = subject.raw();
        let mut out = vec![0; subject.bytes.len()];
        let mut copy = out.clone();
        measure([
            work("memcpy", || black_box(&mut copy).copy_from_slice(black_box(&subject.bytes))),
            work("decode", || {
                black_box(&Message::decode(black_box(subject.version), black_box(raw)));
            }),
            work("dynamic view", || {
                ged188::view::Fields::new(black_box(subject.version), black_box(raw))
                    .into_iter()
                    .flatten()
                    .for_each(|field| {
                        black_box(&field);
                    });
            }),
            work("encode", || {
                let _ = black_box(
                    black_box(&subject.message).encode(black_box(subject.version), black_box(&mut out)),
                );
            }),
        ]);
    }
}

fn main() {
    println!("| ratio | version | | goal | |\n|---|---|---|---|---|");
    for version in VERSIONS {
        decode(version);
        identifiers(version);
        encode(version);
        sessions(version);
        server_sessions(version);
    }
    for version in VERSIONS {
        each(version);
    }
}
