//! Captures made of real sessions.
#![allow(dead_code, reason = "each test program uses a part")]

pub mod network;
pub mod scene;

use ged188_tool::capture::{Capture, CaptureError};
use ged188_tool::connection::Options;
use ged188_tool::decode::Lines;
use ged188_tool::follow::{Counts, Progress, follow};
use ged188_tool::summary::Summary;
use serde_json::Value;

/// The JSON lines of a capture.
pub fn lines(capture: &[u8]) -> (Vec<Value>, Result<(), CaptureError>) {
    lines_with(capture, Options::default())
}

pub fn lines_with(capture: &[u8], options: Options) -> (Vec<Value>, Result<(), CaptureError>) {
    let mut out = Vec::new();
    let mut sink = Lines::new(&mut out, options.limit, true);
    let mut progress = Progress::new(None);
    let (_, result) = follow(&mut Capture::new(capture), options, &mut sink, &mut progress, |_| true);
    sink.finish().unwrap();
    let text = String::from_utf8(out).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), result)
}

/// What `summary` collects of a capture.
pub fn summary(capture: &[u8]) -> (Summary, Counts) {
    let mut summary = Summary::default();
    let mut progress = Progress::new(None);
    let (counts, result) =
        follow(&mut Capture::new(capture), Options::default(), &mut summary, &mut progress, |_| true);
    result.unwrap();
    (summary, counts)
}

/// Direction, name and fields of a line; gaps and the like by their keys.
pub fn what(line: &Value) -> (String, String, Value) {
    let from = line["from"].as_str().unwrap_or_default().to_owned();
    let name = line["name"].as_str().map(str::to_owned).unwrap_or_else(|| {
        let key = ["gap", "skipped", "error"].into_iter().find(|key| line.get(key).is_some());
        format!("{} {}", key.unwrap_or("?"), key.map_or(Value::Null, |key| line[key].clone()))
    });
    (from, name, line["fields"].clone())
}

/// The value of a field of a line.
pub fn field<'v>(line: &'v Value, name: &str) -> &'v Value {
    let fields = line["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
    fields.iter().find(|field| field["name"] == name).map_or(&Value::Null, |field| &field["value"])
}
