//! The busy hour, decoded and through a client session.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ged188::Input;
use ged188_benches::baseline::frame_and_decode;
use ged188_benches::session::Client;
use ged188_benches::{VERSIONS, busy_hour};

fn sessions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("busy hour");
    for version in VERSIONS {
        let mut mix = busy_hour(version);
        group.throughput(Throughput::Elements(mix.messages as u64));
        let mut frames = Input::default();
        group.bench_function(BenchmarkId::new("frame + decode", version), |bencher| {
            bencher.iter(|| {
                frame_and_decode(&mut frames, version, black_box(&mix.stream), |message| {
                    black_box(message);
                });
            });
        });
        let mut client = Client::open(version);
        group.bench_function(BenchmarkId::new("client session", version), |bencher| {
            bencher.iter(|| {
                client.take(&mut mix, |event| {
                    black_box(event);
                });
            });
        });
    }
}

/// A second for each is enough: `goals` has the ratios.
fn short() -> Criterion {
    Criterion::default().warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1))
}

criterion_group! { name = benches; config = short(); targets = sessions }
criterion_main!(benches);
