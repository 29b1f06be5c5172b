//! What monitors take in memory, beyond their identifiers.

use ged188::ProtocolVersion;
use ged188::server::MonitorIndex;
use ged188_benches::monitors::{device, open, watch};

fn main() {
    let version = ProtocolVersion::new(14).expect("a version");
    println!("| monitors | bytes each | with an index above |");
    println!("|---|---|---|");
    for count in [10u32, 1_000, 100_000, 1_000_000] {
        let each = |bytes: i64| bytes / i64::from(count) - 7;
        let mut server = open(version);
        let alone =
            allocation_counter::measure(|| (0..count).for_each(|number| watch(&mut server, &device(number))));
        let (mut server, index) = (open(version), MonitorIndex::new());
        index.add(1u32, &mut server);
        let indexed = allocation_counter::measure(|| {
            (0..count).for_each(|number| watch(&mut server, &device(number)));
        });
        println!("| {count} | {} | {} |", each(alone.bytes_current), each(indexed.bytes_current));
    }
}
