//! What happens, as JSON Lines on standard output.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write};

use ged188::frame::DEFAULT_BODY_LIMIT;
use ged188::id::MonitorId;
use ged188::{Encode, Message, MonitorKey, ProtocolVersion, Target};
use serde::Serialize;

use crate::Clock;
use crate::decode::{Reading, convert};

/// Writes the lines, and numbers the monitors.
pub(crate) struct Report {
    clock: Clock,
    names: BTreeMap<MonitorKey, Name>,
    /// The first line that could not be written.
    failed: Option<io::Error>,
}

struct Name {
    number: usize,
    id: MonitorId,
}

/// A key of a line, and its value in JSON.
type Entry = (&'static str, String);

impl Report {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, names: BTreeMap::new(), failed: None }
    }

    /// Fails if lines could not be written.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.failed.as_ref().map_or(Ok(()), |error| Err(format!("cannot write: {error}")))
    }

    /// Notes the MonitorID that a monitor has in this session, and gives it a number if it is new.
    pub(crate) fn set_id(&mut self, monitor: MonitorKey, id: MonitorId) {
        let number = self.names.len() + 1;
        self.names.entry(monitor).or_insert(Name { number, id }).id = id;
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, entries: &[Entry]) {
        let time = format!("{:.3}", self.clock.now().as_secs_f64());
        let entries = [&[("time", time)], entries].concat();
        let entries: Vec<_> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        let line = format!("{{{}}}\n", entries.join(","));
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(line.as_bytes()).and_then(|()| out.flush()) {
            self.failed.get_or_insert(error);
        }
    }

    /// Writes a line about a monitor; the session's own monitor has no number.
    pub(crate) fn monitor(&mut self, monitor: MonitorKey, target: Option<Target<'_>>, entries: &[Entry]) {
        let watches = target.map_or("own session".into(), |target| target.to_string());
        let name = self.names.get(&monitor).filter(|_| target.is_some());
        let number = name.map(|name| [("monitor", json(&name.number)), ("id", json(&name.id.0))]);
        let about: Vec<_> = number.into_iter().flatten().chain([("watches", json(&watches))]).collect();
        self.line(&[&about, entries].concat());
    }
}

/// A value in JSON.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("\"{error}\""))
}

/// A value as text, in JSON.
pub(crate) fn text(value: impl Display) -> String {
    json(&value.to_string())
}

/// A message, as the example `decode` prints it, but without passwords.
pub(crate) fn message(version: ProtocolVersion, message: &Message<'_>) -> String {
    let (mut bytes, mut line) = (Vec::new(), Vec::new());
    let reading = Reading { version, follow: false, limit: DEFAULT_BODY_LIMIT, secrets: false };
    // As it came: encoding would refuse what the protocol forbids.
    let encoded = match message.original() {
        Some(original) => original.encode_to(version, &mut bytes),
        None => message.encode_to(version, &mut bytes),
    };
    let shown = encoded
        .map_err(|error| error.to_string())
        .and_then(|_| convert(reading, &bytes[..], &mut line, None).map_err(|error| error.to_string()));
    match shown {
        // There is no stream in which it would have an offset.
        Ok(_) => String::from_utf8_lossy(&line).trim_end().replacen("\"offset\":0,", "", 1),
        Err(error) => {
            format!(
                "{{\"type\":{},\"name\":{},\"error\":{}}}",
                message.message_type().0,
                json(&message.name()),
                json(&error)
            )
        }
    }
}
