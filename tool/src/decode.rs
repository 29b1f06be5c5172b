//! `decode --pcap`: a JSON line for each message of a capture.

use std::io::{self, Write};

use ged188::{FrameError, RawMessage};

use crate::Outcome;
use crate::connection::{At, Sink};
use crate::lines::write::{Reading, number, rest_of_line, write_error};
use crate::time::Seconds;

/// About how many bytes are written at once.
const CHUNK: usize = 256 * 1024;

/// Writes the lines.
#[derive(Debug)]
pub struct Lines<W> {
    writer: W,
    out: Vec<u8>,
    limit: usize,
    secrets: bool,
    outcome: Outcome,
    error: Option<io::Error>,
}

impl<W: Write> Lines<W> {
    /// Lines for this writer; with or without passwords.
    pub fn new(writer: W, limit: usize, secrets: bool) -> Self {
        let out = Vec::with_capacity(2 * CHUNK);
        Self { writer, out, limit, secrets, outcome: Outcome::Sound, error: None }
    }

    /// Whether nobody takes the lines any more.
    pub fn has_failed(&self) -> bool {
        self.error.is_some()
    }

    /// Writes what is left, and tells how it went.
    ///
    /// # Errors
    ///
    /// If the lines cannot be written.
    pub fn finish(mut self) -> io::Result<Outcome> {
        self.write();
        match self.error {
            Some(error) => Err(error),
            None => self.writer.flush().map(|()| self.outcome),
        }
    }

    fn write(&mut self) {
        if self.error.is_none() {
            self.error = self.writer.write_all(&self.out).err();
        }
        self.out.clear();
    }

    /// Writes what all lines begin with.
    fn begin(&mut self, at: At<'_>) {
        if self.out.len() >= CHUNK {
            self.write();
        }
        let (from, to) = at.connection.from_to(at.from_client);
        let (time, connection) = (Seconds(at.time), at.connection.number);
        // A Vec takes everything.
        let _ = write!(self.out, r#"{{"time":{time},"connection":{connection},"from":"{from}","to":"{to}","#);
    }

    fn lost_bytes(&mut self, at: At<'_>, what: &str, bytes: u64) {
        self.begin(at);
        number(&mut self.out, "\"offset\":", at.position);
        number(&mut self.out, what, bytes);
        self.out.extend_from_slice(b"}\n");
        self.outcome = self.outcome.max(Outcome::SomeBad);
    }

    fn line(&mut self, at: At<'_>, message: RawMessage<'_>, cut_from: Option<usize>) {
        self.begin(at);
        if at.connection.guessed.is_some() {
            self.out.extend_from_slice(b"\"version_guessed\":true,");
        }
        if let Some(length) = cut_from {
            number(&mut self.out, "\"cut_from\":", length);
            self.out.push(b',');
        }
        let reading = Reading {
            version: at.connection.version,
            follow: false,
            limit: self.limit,
            secrets: self.secrets,
        };
        if !rest_of_line(&mut self.out, at.position, reading, message, None) || cut_from.is_some() {
            self.outcome = self.outcome.max(Outcome::SomeBad);
        }
    }
}

impl<W: Write> Sink for Lines<W> {
    fn message(&mut self, at: At<'_>, message: RawMessage<'_>) {
        self.line(at, message, None);
    }

    fn cut(&mut self, at: At<'_>, message: RawMessage<'_>, length: usize) {
        self.line(at, message, Some(length));
    }

    fn gap(&mut self, at: At<'_>, bytes: u64) {
        self.lost_bytes(at, ",\"gap\":", bytes);
    }

    fn skipped(&mut self, at: At<'_>, bytes: u64) {
        self.lost_bytes(at, ",\"skipped\":", bytes);
    }

    fn encrypted(&mut self, at: At<'_>) {
        self.begin(at);
        number(&mut self.out, "\"offset\":", at.position);
        write_error(&mut self.out, "the connection is encrypted (TLS)");
        self.out.extend_from_slice(b"}\n");
        self.outcome = self.outcome.max(Outcome::SomeBad);
    }

    fn pause(&mut self) {
        self.write();
        if self.error.is_none() {
            self.error = self.writer.flush().err();
        }
    }

    fn lost(&mut self, at: At<'_>, error: FrameError) {
        self.begin(at);
        number(&mut self.out, "\"offset\":", at.position);
        write_error(&mut self.out, &error.to_string());
        self.out.extend_from_slice(b"}\n");
        self.outcome = self.outcome.max(Outcome::SomeBad);
    }
}
