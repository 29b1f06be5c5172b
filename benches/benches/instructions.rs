//! Instruction counts, which do not wobble: `cargo bench --features instructions --bench instructions`.

use std::hint::black_box;

use ged188::message::{CallDeliveredEvent, Message};
use ged188::view::Fields;
use ged188::{Encode, Input, MessageBody, ProtocolVersion};
use ged188_benches::baseline::{frame_and_decode, walk};
use ged188_benches::session::Client;
use ged188_benches::{Mix, Subject, binrw, busy_hour, call_delivered_event, deku, subjects};
use gungraun::{library_benchmark, library_benchmark_group, main};

fn version(number: u32) -> ProtocolVersion {
    ProtocolVersion::new(number).expect("a known version")
}

/// The full CALL_DELIVERED_EVENT; by reference, or moving it in and out would be counted.
fn delivered(number: u32) -> &'static Subject {
    Box::leak(Box::new(Subject::new(version(number), call_delivered_event(version(number)).into())))
}

/// The message, and room to encode it into.
fn with_room(number: u32) -> (&'static Subject, &'static mut [u8]) {
    let subject = delivered(number);
    (subject, vec![0; subject.bytes.len()].leak())
}

/// A body to walk over, whether its fields have wide headers, and where they begin.
fn floating(number: u32) -> (&'static [u8], bool, usize) {
    let fixed_len = CallDeliveredEvent::SCHEMA.fixed_len(version(number));
    (delivered(number).raw().body, number >= 20, fixed_len)
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = floating)]
fn bare_walk((body, wide, fixed_len): (&'static [u8], bool, usize)) {
    black_box(walk(wide, body, fixed_len));
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = delivered)]
fn typed_decode(subject: &'static Subject) {
    black_box(&CallDeliveredEvent::decode_body(subject.version, subject.raw().body));
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = delivered)]
fn decode_any(subject: &'static Subject) {
    black_box(&Message::decode(subject.version, subject.raw()));
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = delivered)]
fn view(subject: &'static Subject) {
    for field in Fields::new(subject.version, subject.raw()).into_iter().flatten() {
        black_box(&field);
    }
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = delivered)]
fn identifiers(subject: &'static Subject) {
    let raw = subject.raw();
    black_box((raw.monitor_id(), raw.connection_call_id()));
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = delivered)]
fn encoded_len(subject: &'static Subject) {
    let _ = black_box(subject.message.encoded_len(subject.version));
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = with_room)]
fn encode((subject, room): (&'static Subject, &'static mut [u8])) {
    let _ = black_box(subject.message.encode(subject.version, room));
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = delivered)]
fn with_binrw(subject: &'static Subject) {
    match subject.version.number() {
        10 => black_box(binrw::v10::read::<binrw::v10::CallDelivered>(subject.raw().body).fields.len()),
        _ => black_box(binrw::v25::read::<binrw::v25::CallDelivered>(subject.raw().body).fields.len()),
    };
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = delivered)]
fn with_deku(subject: &'static Subject) {
    match subject.version.number() {
        10 => black_box(deku::v10::read::<deku::v10::CallDelivered>(subject.raw().body).fields.len()),
        _ => black_box(deku::v25::read::<deku::v25::CallDelivered>(subject.raw().body).fields.len()),
    };
}

fn nth(number: u32, at: usize) -> &'static Subject {
    &subjects(version(number)).leak()[at]
}

#[library_benchmark]
#[benches::in_version_10(args = [(10, 0), (10, 1), (10, 2), (10, 3), (10, 4), (10, 5), (10, 6)], setup = nth)]
#[benches::in_version_25(args = [(25, 0), (25, 1), (25, 2), (25, 3), (25, 4), (25, 5), (25, 6)], setup = nth)]
fn decode_each(subject: &'static Subject) {
    black_box(&Message::decode(subject.version, subject.raw()));
}

/// The busy hour, taken once before, so that all buffers are there.
fn warm_frames(number: u32) -> (Input, Mix, ProtocolVersion) {
    let (mut frames, mix) = (Input::default(), busy_hour(version(number)));
    frame_and_decode(&mut frames, version(number), &mix.stream, |_| {});
    (frames, mix, version(number))
}

fn warm_session(number: u32) -> (Client, Mix) {
    let (mut client, mut mix) = (Client::open(version(number)), busy_hour(version(number)));
    client.take(&mut mix, |_| {});
    (client, mix)
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = warm_frames)]
fn busy_hour_decoded((mut frames, mix, version): (Input, Mix, ProtocolVersion)) -> (Input, Mix) {
    frame_and_decode(&mut frames, version, &mix.stream, |message| {
        black_box(message);
    });
    (frames, mix)
}

#[library_benchmark]
#[benches::versions(args = [10, 25], setup = warm_session)]
fn busy_hour_session((mut client, mut mix): (Client, Mix)) -> (Client, Mix) {
    client.take(&mut mix, |event| {
        black_box(event);
    });
    (client, mix)
}

library_benchmark_group!(
    name = delivered_event,
    benchmarks =
        [bare_walk, typed_decode, decode_any, view, identifiers, encoded_len, encode, with_binrw, with_deku]
);
library_benchmark_group!(name = others, benchmarks = [decode_each, busy_hour_decoded, busy_hour_session]);

main!(library_benchmark_groups = [delivered_event, others]);
