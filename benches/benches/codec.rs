//! Frame, decode, dynamic view and encode, message by message, and the baselines of the full
//! CALL_DELIVERED_EVENT.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ged188::message::{CallDeliveredEvent, Message};
use ged188::view::Fields;
use ged188::{Encode, Input, MessageBody, RawMessage};
use ged188_benches::baseline::walk;
use ged188_benches::{Subject, VERSIONS, binrw, busy_hour, call_delivered_event, deku, smpp, subjects};

fn messages(criterion: &mut Criterion) {
    for version in VERSIONS {
        for subject in subjects(version) {
            let mut group = criterion.benchmark_group(subject.name);
            group.throughput(Throughput::Bytes(subject.bytes.len() as u64));
            let (version, raw) = (subject.version, subject.raw());
            let mut out = vec![0; subject.bytes.len()];
            group.bench_function(BenchmarkId::new("memcpy", version), |bencher| {
                bencher.iter(|| black_box(&mut out).copy_from_slice(black_box(&subject.bytes)));
            });
            group.bench_function(BenchmarkId::new("frame", version), |bencher| {
                bencher.iter(|| {
                    black_box(&RawMessage::split_off(black_box(&subject.bytes), 65536));
                });
            });
            group.bench_function(BenchmarkId::new("decode", version), |bencher| {
                bencher.iter(|| {
                    black_box(&Message::decode(black_box(version), black_box(raw)));
                });
            });
            group.bench_function(BenchmarkId::new("view", version), |bencher| {
                bencher.iter(|| {
                    for field in Fields::new(black_box(version), black_box(raw)).into_iter().flatten() {
                        black_box(&field);
                    }
                });
            });
            group.bench_function(BenchmarkId::new("encoded_len", version), |bencher| {
                bencher.iter(|| black_box(&subject.message).encoded_len(black_box(version)).is_ok());
            });
            group.bench_function(BenchmarkId::new("encode", version), |bencher| {
                bencher.iter(|| {
                    black_box(&subject.message).encode(black_box(version), black_box(&mut out)).is_ok()
                });
            });
        }
    }
}

fn baselines(criterion: &mut Criterion) {
    for version in VERSIONS {
        let subject = Subject::new(version, call_delivered_event(version).into());
        let (body, wide) = (subject.raw().body, version.number() >= 20);
        let fixed_len = CallDeliveredEvent::SCHEMA.fixed_len(version);
        let mut group = criterion.benchmark_group("CALL_DELIVERED_EVENT, baselines");
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(BenchmarkId::new("bare walk", version), |bencher| {
            bencher.iter(|| walk(black_box(wide), black_box(body), fixed_len));
        });
        group.bench_function(BenchmarkId::new("typed decode", version), |bencher| {
            bencher.iter(|| {
                black_box(&CallDeliveredEvent::decode_body(black_box(version), black_box(body)));
            });
        });
        group.bench_function(BenchmarkId::new("binrw", version), |bencher| {
            bencher.iter(|| {
                if wide {
                    black_box(&binrw::v25::read::<binrw::v25::CallDelivered>(black_box(body)));
                } else {
                    black_box(&binrw::v10::read::<binrw::v10::CallDelivered>(black_box(body)));
                }
            });
        });
        group.bench_function(BenchmarkId::new("deku", version), |bencher| {
            bencher.iter(|| {
                if wide {
                    black_box(&deku::v25::read::<deku::v25::CallDelivered>(black_box(body)));
                } else {
                    black_box(&deku::v10::read::<deku::v10::CallDelivered>(black_box(body)));
                }
            });
        });
    }
    let pdu = smpp::submit_sm();
    let mut group = criterion.benchmark_group("rusmpp-core");
    group.throughput(Throughput::Bytes(pdu.len() as u64));
    group.bench_function("submit_sm", |bencher| {
        bencher.iter(|| {
            smpp::decode(black_box(&pdu), |command| {
                black_box(command);
            });
        });
    });
}

fn frames(criterion: &mut Criterion) {
    for version in VERSIONS {
        let mix = busy_hour(version);
        let mut frames = Input::default();
        let mut group = criterion.benchmark_group("busy hour, frames");
        group.throughput(Throughput::Elements(mix.messages as u64));
        for piece in [1, 100, 1460, usize::MAX] {
            let name =
                if piece == usize::MAX { "in one piece".into() } else { format!("in pieces of {piece}") };
            group.bench_function(BenchmarkId::new(name, version), |bencher| {
                bencher.iter(|| {
                    for piece in black_box(&mix.stream).chunks(piece) {
                        frames.push(piece);
                        while let Some(raw) = frames.next().expect("short messages") {
                            black_box(&raw);
                        }
                    }
                });
            });
        }
    }
}

/// A second for each is enough: `goals` has the ratios.
fn short() -> Criterion {
    Criterion::default().warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1))
}

criterion_group! { name = benches; config = short(); targets = messages, baselines, frames }
criterion_main!(benches);
