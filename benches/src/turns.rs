//! Measuring in turns: what is compared takes turns, many times over, and the fastest turn of each counts. Other
//! load on the machine slows some turns down, but not the ratios.

use std::time::Instant;

use ged188::ProtocolVersion;

/// Something to measure, as often as it is told.
pub struct Work<'w> {
    name: &'static str,
    run: Box<dyn FnMut(u32) + 'w>,
}

/// Something to measure.
pub fn work<'w>(name: &'static str, mut once: impl FnMut() + 'w) -> Work<'w> {
    Work { name, run: Box::new(move |times| (0..times).for_each(|_| once())) }
}

/// Nanoseconds of each, in the order given.
pub fn measure<const N: usize>(mut works: [Work<'_>; N]) -> [f64; N] {
    const TURNS: u32 = 400;
    // A turn takes about 50 us: short enough to fall between interruptions.
    let times: Vec<u32> = works
        .iter_mut()
        .map(|work| {
            let start = Instant::now();
            (work.run)(64);
            let each = start.elapsed().as_nanos().max(64) / 64;
            u32::try_from((50_000 / each).max(1)).unwrap_or(1)
        })
        .collect();
    let mut best = [f64::INFINITY; N];
    for _ in 0..TURNS {
        for ((work, &times), best) in works.iter_mut().zip(&times).zip(&mut best) {
            let start = Instant::now();
            (work.run)(times);
            *best = best.min(start.elapsed().as_secs_f64() * 1e9 / f64::from(times));
        }
    }
    for (work, best) in works.iter().zip(best) {
        println!("    {:<58} {best:>9.1} ns", work.name);
    }
    best
}

/// A line of the table.
pub fn row(what: &str, version: ProtocolVersion, ratio: f64, goal: &str, met: bool) {
    let verdict = match (goal, met) {
        ("", _) => "",
        (_, true) => "met",
        (_, false) => "missed",
    };
    println!("| {what} | {version} | {ratio:.2} | {goal} | {verdict} |");
}
