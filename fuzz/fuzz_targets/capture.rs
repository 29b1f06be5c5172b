//! Whatever is in a capture, the tool reads it to its end or says why not: lines, summary and anonymised copy; and what it
//! has anonymised it can read again.

#![no_main]

use ged188_tool::anonymise::anonymise_capture;
use ged188_tool::capture::Capture;
use ged188_tool::connection::Options;
use ged188_tool::decode::Lines;
use ged188_tool::follow::{Progress, follow};
use ged188_tool::pseudonym::Pseudonyms;
use ged188_tool::summary::Summary;
use libfuzzer_sys::fuzz_target;

/// Whether a capture can be read to its end.
fn read(bytes: &[u8]) -> bool {
    let (options, mut progress) = (Options::default(), Progress::new(None));
    let mut lines = Lines::new(Vec::new(), options.limit, true);
    let (_, result) = follow(&mut Capture::new(bytes), options, &mut lines, &mut progress, |_| true);
    lines.finish().expect("a Vec takes everything");
    result.is_ok()
}

fuzz_target!(|bytes: &[u8]| {
    let is_whole = read(bytes);
    let (mut summary, mut progress) = (Summary::default(), Progress::new(None));
    let options = Options::default();
    let (counts, result) = follow(&mut Capture::new(bytes), options, &mut summary, &mut progress, |_| true);
    assert_eq!(result.is_ok(), is_whole);
    summary.write("capture", &counts, &mut std::io::sink()).expect("a sink takes everything");
    let (mut out, names) = (Vec::new(), Pseudonyms::with_key("key"));
    let copied = anonymise_capture(
        &mut Capture::new(bytes),
        Options::default(),
        names,
        &mut out,
        &mut Progress::new(None),
    );
    let (_, result) = copied.expect("a Vec takes everything");
    assert_eq!(result.is_ok(), is_whole);
    assert!(!is_whole || read(&out));
});
