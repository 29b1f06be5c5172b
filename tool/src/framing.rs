//! Bytes of one direction in order become messages. Where the framing is lost, it is searched again.
//!
//! [`ged188::Input`] gives up when a header cannot be right, as an end of a session must. Here the rest of a capture is
//! still of interest, so the next place is looked for where a header is plausible.

use ged188::frame::HEADER_LEN;
use ged188::{FrameError, MessageType, RawMessage};

/// How many places are tried to decode in one search, so that no input takes long.
const MOST_TRIED: usize = 1000;

/// So much memory is kept by each stream.
const LITTLE: usize = 2048;

/// What was found in the stream.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// A message.
    Message(RawMessage<'a>),
    /// The start of a message, of which the rest is not in the capture.
    Cut {
        /// The message with as much of its body as there is.
        message: RawMessage<'a>,
        /// Bytes of its whole body.
        length: usize,
    },
    /// So many bytes belong to no message: the end of one, or what stands between.
    Skipped(u64),
    /// A header cannot be right.
    Lost(FrameError),
    /// So many bytes are not in the capture.
    Gap(u64),
}

impl<'a> Found<'a> {
    /// What is there of the body of a message; of all else nothing.
    pub fn body(&self) -> &'a [u8] {
        match self {
            Self::Message(message) | Self::Cut { message, .. } => message.body,
            Self::Skipped(_) | Self::Lost(_) | Self::Gap(_) => &[],
        }
    }

    /// The same, with another body if it is a message.
    pub fn with_body(self, body: &[u8]) -> Found<'_> {
        match self {
            Self::Message(message) => Found::Message(RawMessage { body, ..message }),
            Self::Cut { message, length } => Found::Cut { message: RawMessage { body, ..message }, length },
            Self::Skipped(bytes) => Found::Skipped(bytes),
            Self::Lost(error) => Found::Lost(error),
            Self::Gap(bytes) => Found::Gap(bytes),
        }
    }
}

/// Receives what is found.
pub trait Reader {
    /// Whether a message can be decoded.
    fn decodes(&self, message: RawMessage<'_>) -> bool;
    /// Takes what was found at this position of the stream.
    fn found(&mut self, position: u64, found: Found<'_>);
}

/// Cuts a stream into messages.
#[derive(Debug)]
pub struct Framer {
    buffer: Vec<u8>,
    /// The position of the start of the buffer.
    position: u64,
    limit: usize,
    /// Whether the next byte begins a message.
    framed: bool,
    /// Bytes to pass over first: the end of a message that has a gap.
    rest_of_message: u64,
    /// Bytes passed over so far.
    skipped: u64,
}

impl Framer {
    /// A framer that takes bodies of up to `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { buffer: Vec::new(), position: 0, limit, framed: true, rest_of_message: 0, skipped: 0 }
    }

    /// Says that the stream began before the capture.
    pub fn search(&mut self) {
        self.framed = false;
    }

    /// Bytes of memory that wait for the rest of a message.
    pub fn buffered(&self) -> usize {
        self.buffer.capacity()
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, mut data: &[u8], reader: &mut impl Reader) {
        if self.rest_of_message > 0 {
            let count = usize::try_from(self.rest_of_message).unwrap_or(usize::MAX).min(data.len());
            self.rest_of_message -= count as u64;
            self.skipped += count as u64;
            self.position += count as u64;
            data = &data[count..];
            if self.rest_of_message == 0 && self.framed {
                self.end_of_search(reader);
            }
        }
        if self.buffer.is_empty() && self.framed {
            // Nothing is copied but the start of a message that is not all there.
            let rest = self.messages(data, reader);
            self.buffer.extend_from_slice(rest);
        } else {
            self.buffer.extend_from_slice(data);
            let buffer = std::mem::take(&mut self.buffer);
            let rest = self.messages(&buffer, reader).len();
            self.buffer = buffer;
            self.buffer.drain(..self.buffer.len() - rest);
            if self.buffer.is_empty() {
                // There may be many connections.
                self.buffer.shrink_to(LITTLE);
            }
        }
    }

    /// Goes over bytes that are not in the capture.
    pub fn gap(&mut self, count: u64, reader: &mut impl Reader) {
        let owed = self.rest_of_message.max(self.owed());
        self.finish(reader);
        reader.found(self.position, Found::Gap(count));
        self.position += count;
        // Where the message ends the next one begins, unless that is missing too.
        self.framed = owed >= count && owed > 0;
        self.rest_of_message = owed.saturating_sub(count);
    }

    /// Says that nothing more follows on what came so far.
    pub fn finish(&mut self, reader: &mut impl Reader) {
        let buffer = std::mem::take(&mut self.buffer);
        let mut rest = &buffer[..];
        while !self.framed {
            match search(rest, self.limit, reader, true) {
                Place::Message(at) => {
                    rest = self.skip(rest, at);
                    self.end_of_search(reader);
                    rest = self.messages(rest, reader);
                }
                Place::Perhaps(_) => break,
            }
        }
        if let Some((message, length)) = start_of_message(rest).filter(|_| self.framed) {
            reader.found(self.position, Found::Cut { message, length });
            self.position += rest.len() as u64;
        } else {
            self.skip(rest, rest.len());
        }
        self.end_of_search(reader);
    }

    /// Bytes that the current message lacks, as far as its header says.
    fn owed(&self) -> u64 {
        match self.buffer.first_chunk::<4>().filter(|_| self.framed) {
            Some(length) => (u64::from(u32::from_be_bytes(*length)) + HEADER_LEN as u64)
                .saturating_sub(self.buffer.len() as u64),
            None => 0,
        }
    }

    /// Hands out all messages, and returns what is left.
    fn messages<'b>(&mut self, mut bytes: &'b [u8], reader: &mut impl Reader) -> &'b [u8] {
        loop {
            if !self.framed {
                match search(bytes, self.limit, reader, false) {
                    Place::Message(at) => {
                        bytes = self.skip(bytes, at);
                        self.end_of_search(reader);
                    }
                    Place::Perhaps(at) => return self.skip(bytes, at),
                }
            }
            match RawMessage::split_off(bytes, self.limit) {
                Ok(Some((message, rest))) => {
                    reader.found(self.position, Found::Message(message));
                    self.position += (bytes.len() - rest.len()) as u64;
                    bytes = rest;
                }
                Ok(None) => return bytes,
                Err(error) => {
                    reader.found(self.position, Found::Lost(error));
                    self.framed = false;
                    // The same header is not looked at again.
                    bytes = self.skip(bytes, 1);
                }
            }
        }
    }

    /// Passes over bytes.
    fn skip<'b>(&mut self, bytes: &'b [u8], count: usize) -> &'b [u8] {
        self.position += count as u64;
        self.skipped += count as u64;
        &bytes[count..]
    }

    /// Says how many bytes were passed over.
    fn end_of_search(&mut self, reader: &mut impl Reader) {
        self.framed = true;
        if self.skipped > 0 {
            reader.found(self.position - self.skipped, Found::Skipped(self.skipped));
            self.skipped = 0;
        }
    }
}

/// A message of which the rest is not there, and the length of its body.
fn start_of_message(bytes: &[u8]) -> Option<(RawMessage<'_>, usize)> {
    let (header, body) = bytes.split_first_chunk::<HEADER_LEN>()?;
    let [length @ .., a, b, c, d] = *header;
    let message_type = MessageType(u32::from_be_bytes([a, b, c, d]));
    Some((RawMessage { message_type, body }, usize::try_from(u32::from_be_bytes(length)).ok()?))
}

/// Where a message may begin.
enum Place {
    /// Here one does.
    Message(usize),
    /// Not before here; more bytes will tell.
    Perhaps(usize),
}

/// Looks for the start of a message.
fn search(bytes: &[u8], limit: usize, reader: &impl Reader, at_end: bool) -> Place {
    let mut perhaps = None;
    let mut tried = 0;
    for at in 0..(bytes.len() + 1).saturating_sub(HEADER_LEN) {
        let here = &bytes[at..];
        if !is_plausible(here, limit) {
            continue;
        }
        let Ok(Some((message, behind))) = RawMessage::split_off(here, limit) else {
            perhaps.get_or_insert(at);
            continue;
        };
        tried += 1;
        if tried > MOST_TRIED {
            break;
        }
        if !reader.decodes(message) {
            continue;
        }
        match behind.len() {
            // Senders mostly send whole messages.
            0 => return Place::Message(at),
            HEADER_LEN.. if is_plausible(behind, limit) => return Place::Message(at),
            HEADER_LEN.. => {}
            _ if at_end => return Place::Message(at),
            _ => {
                perhaps.get_or_insert(at);
            }
        }
    }
    let nowhere = || (bytes.len() + 1).saturating_sub(HEADER_LEN);
    Place::Perhaps(perhaps.unwrap_or_else(nowhere))
}

/// Whether a header says a type that exists, and a length that may be.
fn is_plausible(bytes: &[u8], limit: usize) -> bool {
    start_of_message(bytes)
        .is_some_and(|(message, length)| length <= limit && message.message_type.schema().is_some())
}
