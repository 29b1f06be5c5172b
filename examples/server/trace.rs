//! Every message of a connection, a line each on standard error.

use std::io::{self, Write};
use std::time::Duration;

use ged188::{Input, Message, ProtocolVersion};

/// Shows the messages of both directions. Passwords show themselves as dots.
pub(crate) struct Trace {
    peer: String,
    /// The version that OPEN_REQ asked for; until then the newest.
    version: ProtocolVersion,
    came: Way,
    went: Way,
}

/// One of the two directions.
struct Way {
    arrow: &'static str,
    frames: Input,
    lost: bool,
}

impl Way {
    fn new(arrow: &'static str) -> Self {
        Self { arrow, frames: Input::default(), lost: false }
    }

    fn show(&mut self, peer: &str, version: &mut ProtocolVersion, now: Duration, bytes: &[u8]) {
        if self.lost {
            return;
        }
        self.frames.push(bytes);
        loop {
            let line = match self.frames.next() {
                Ok(None) => return,
                Ok(Some(raw)) => {
                    if let Some(number) = raw.version_number() {
                        *version = ProtocolVersion::nearest(number.0);
                    }
                    match Message::decode(*version, raw) {
                        Ok(message) => message.to_string(),
                        Err(error) => format!("{raw:?}: {error}"),
                    }
                }
                Err(error) => {
                    self.lost = true;
                    error.to_string()
                }
            };
            write(now, peer, self.arrow, &line);
            if self.lost {
                return;
            }
        }
    }
}

impl Trace {
    pub(crate) fn new(peer: &str) -> Self {
        Self { peer: peer.into(), version: ProtocolVersion::MAX, came: Way::new("<-"), went: Way::new("->") }
    }

    /// Shows bytes that came from the peer.
    pub(crate) fn came(&mut self, now: Duration, bytes: &[u8]) {
        self.came.show(&self.peer, &mut self.version, now, bytes);
    }

    /// Shows bytes that went to the peer.
    pub(crate) fn went(&mut self, now: Duration, bytes: &[u8]) {
        self.went.show(&self.peer, &mut self.version, now, bytes);
    }

    /// Shows something else that happens.
    pub(crate) fn note(&self, now: Duration, what: &str) {
        write(now, &self.peer, "--", what);
    }
}

/// If nobody takes the lines, they are lost.
fn write(now: Duration, peer: &str, arrow: &str, line: &str) {
    let line = format!("{:8.3} {peer} {arrow} {line}\n", now.as_secs_f64());
    let _ = io::stderr().lock().write_all(line.as_bytes());
}
