//! `anonymise`: a copy of a capture with all text in it replaced.
//!
//! A message may lie in several packets, and a packet may come again, so packets wait until all messages in them have
//! been read; then their payloads are taken from the rewritten streams. Only rewritten messages get into the copy:
//! what was not read as a message is zeros.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::net::SocketAddr;

use ged188::frame::HEADER_LEN;
use ged188::view::{Fields, Value};
use ged188::{FrameError, ProtocolVersion, RawMessage};
use hashbrown::{HashMap, HashSet};
use serde_json::value::RawValue;

use crate::Outcome;
use crate::capture::{Capture, CaptureError, Copied, Item, Packet};
use crate::connection::{At, Connections, End, Info, Options, Placed, Sink};
use crate::follow::{Counts, Progress};
use crate::lines;
use crate::packet::{Segment, segment};
use crate::pseudonym::Pseudonyms;

/// Bytes of packets that wait until their messages have been read.
const MOST_QUEUED: usize = 64 << 20;
/// Bytes of each stream that are kept for packets that come again.
const KEPT: usize = 128 * 1024;
/// Pairs of addresses that are remembered, for the last packets of a connection.
const MOST_PAIRS: usize = 100_000;

/// Copies a capture with all text replaced.
///
/// # Errors
///
/// If the copy cannot be written; inside, if the capture cannot be read to its end.
pub fn anonymise_capture(
    capture: &mut Capture<impl Read>,
    options: Options,
    names: Pseudonyms,
    out: impl Write,
    progress: &mut Progress,
) -> io::Result<(Counts, Result<(), CaptureError>)> {
    let mut connections = Connections::new(options);
    let mut copy = Copy {
        streams: Streams { names, directions: HashMap::new(), closed: Vec::new(), encrypted: 0, unread: 0 },
        queue: VecDeque::new(),
        first: 0,
        queued: 0,
        out: BufWriter::with_capacity(1 << 20, out),
    };
    let mut pairs = HashSet::new();
    let mut counts = Counts::default();
    let result = loop {
        let packet = match capture.next() {
            Ok(Some(Item::Packet(packet))) => packet,
            Ok(Some(Item::Head(head))) => {
                copy.push(head, None)?;
                continue;
            }
            Ok(Some(Item::Other | Item::Drained)) => continue,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        };
        counts.packet(packet.time);
        let segment = match segment(&packet) {
            Ok(segment) => segment,
            Err(no_segment) => {
                counts.add(no_segment);
                continue;
            }
        };
        let pair = (segment.from.min(segment.to), segment.from.max(segment.to));
        let placed = connections.segment(&segment, &mut copy.streams);
        if placed.is_some() && pairs.len() < MOST_PAIRS {
            pairs.insert(pair);
        }
        // The last acknowledgement comes when the connection has been forgotten.
        if placed.is_some() || is_empty_of(&pairs, pair, &segment) {
            counts.follow(&segment);
            copy.packet(packet, &segment, placed)?;
        }
        copy.resolve(placed.map(|placed| placed.connection))?;
        if counts.packets % 1024 == 0 {
            progress.show(capture.offset());
        }
    };
    connections.finish(&mut copy.streams);
    copy.resolve(None)?;
    copy.out.flush()?;
    (counts.encrypted, counts.unread) = (copy.streams.encrypted, copy.streams.unread);
    progress.clear();
    Ok((counts, result))
}

fn is_empty_of(
    pairs: &HashSet<(SocketAddr, SocketAddr)>,
    pair: (SocketAddr, SocketAddr),
    segment: &Segment<'_>,
) -> bool {
    segment.payload.is_empty() && pairs.contains(&pair)
}

/// The copy that is being written.
struct Copy<W: Write> {
    streams: Streams,
    queue: VecDeque<Queued>,
    /// How many have left the queue.
    first: u64,
    queued: usize,
    out: BufWriter<W>,
}

/// What waits to be written.
struct Queued {
    bytes: Vec<u8>,
    /// What has to be done before.
    payload: Option<Payload>,
}

/// A payload that has to be rewritten.
#[derive(Clone, Copy)]
struct Payload {
    direction: (u64, bool),
    /// Its position in the stream.
    start: i64,
    /// Where it stands in what is written, and the checksum.
    at: usize,
    len: usize,
    checksum: usize,
}

impl Payload {
    fn end(&self) -> i64 {
        self.start + self.len.cast_signed() as i64
    }
}

impl<W: Write> Copy<W> {
    fn packet(
        &mut self,
        packet: Packet<'_>,
        segment: &Segment<'_>,
        placed: Option<Placed>,
    ) -> io::Result<()> {
        let captured = packet.data.len();
        let Copied { mut bytes, data: before } =
            packet.copy().ok_or_else(|| io::Error::other("a packet is too long"))?;
        // Behind the TCP segment there may be anything; mostly it is padding.
        bytes[before..][segment.offset + segment.payload.len()..captured].fill(0);
        let payload = placed.filter(|_| !segment.payload.is_empty()).map(|placed| Payload {
            direction: (placed.connection, placed.from_client),
            start: placed.start,
            at: before + segment.offset,
            len: segment.payload.len(),
            checksum: before + segment.checksum,
        });
        self.push(bytes, payload)
    }

    fn push(&mut self, bytes: Vec<u8>, payload: Option<Payload>) -> io::Result<()> {
        if let Some(payload) = payload {
            let number = self.first + self.queue.len() as u64;
            self.streams.directions.entry(payload.direction).or_default().waiting.push(number);
        }
        self.queued += bytes.len();
        self.queue.push_back(Queued { bytes, payload });
        while self.queued > MOST_QUEUED {
            self.rewrite(self.first);
            self.write()?;
        }
        Ok(())
    }

    /// Rewrites all packets that can be, of this connection and of those that have ended, and writes what is done.
    fn resolve(&mut self, connection: Option<u64>) -> io::Result<()> {
        let ended = std::mem::take(&mut self.streams.closed);
        for direction in connection
            .into_iter()
            .chain(ended.iter().copied())
            .flat_map(|number| [(number, true), (number, false)])
        {
            let is_over = ended.contains(&direction.0);
            let Some(stream) = self.streams.directions.get_mut(&direction) else { continue };
            let mut waiting = std::mem::take(&mut stream.waiting);
            let end = stream.end();
            waiting.retain(|number| {
                let payload = self.place(*number).and_then(|queued| queued.payload);
                let is_done = payload.is_none_or(|payload| payload.end() <= end);
                if is_done || is_over {
                    self.rewrite(*number);
                }
                !is_done && !is_over
            });
            if is_over {
                self.streams.directions.remove(&direction);
            } else if let Some(stream) = self.streams.directions.get_mut(&direction) {
                let starts = waiting.iter().filter_map(|number| {
                    let index = usize::try_from(number.checked_sub(self.first)?).ok()?;
                    Some(self.queue.get(index)?.payload?.start)
                });
                stream.trim(starts.min());
                stream.waiting = waiting;
            }
        }
        self.write()
    }

    fn place(&mut self, number: u64) -> Option<&mut Queued> {
        self.queue.get_mut(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    fn rewrite(&mut self, number: u64) {
        let Some(index) = number.checked_sub(self.first).and_then(|index| usize::try_from(index).ok()) else {
            return;
        };
        let Some(queued) = self.queue.get_mut(index) else { return };
        let Some(payload) = queued.payload.take() else { return };
        let bytes = &mut queued.bytes[payload.at..payload.at + payload.len];
        let before = sum(bytes);
        match self.streams.directions.get(&payload.direction) {
            Some(stream) => stream.read(payload.start, bytes),
            None => bytes.fill(0),
        }
        let after = sum(bytes);
        // https://www.rfc-editor.org/rfc/rfc1624: what was right stays right.
        if let Some(checksum) = queued.bytes.get_mut(payload.checksum..payload.checksum + 2) {
            let old = u16::from_be_bytes([checksum[0], checksum[1]]);
            let new = !fold(u64::from(!old) + u64::from(!before) + u64::from(after));
            checksum.copy_from_slice(&new.to_be_bytes());
        }
    }

    /// Writes what nothing has to be done about.
    fn write(&mut self) -> io::Result<()> {
        while self.queue.front().is_some_and(|queued| queued.payload.is_none()) {
            let Some(queued) = self.queue.pop_front() else { break };
            self.out.write_all(&queued.bytes)?;
            self.queued -= queued.bytes.len();
            self.first += 1;
        }
        Ok(())
    }
}

/// The sum of a TCP checksum.
fn sum(bytes: &[u8]) -> u16 {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let last = rest.first().map_or(0, |byte| u64::from(*byte) << 8);
    fold(pairs.iter().map(|pair| u64::from(u16::from_be_bytes(*pair))).sum::<u64>() + last)
}

fn fold(mut sum: u64) -> u16 {
    while sum > u64::from(u16::MAX) {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    u16::try_from(sum).unwrap_or(0)
}

/// The rewritten streams.
struct Streams {
    names: Pseudonyms,
    directions: HashMap<(u64, bool), Rewritten>,
    closed: Vec<u64>,
    encrypted: u64,
    /// Places where messages are missing or cannot be read.
    unread: u64,
}

/// The end of a rewritten stream.
#[derive(Default)]
struct Rewritten {
    /// The position of the first byte that is kept.
    base: u64,
    bytes: Vec<u8>,
    /// The numbers of packets that wait.
    waiting: Vec<u64>,
}

impl Rewritten {
    fn end(&self) -> i64 {
        (self.base + self.bytes.len() as u64).cast_signed()
    }

    /// Reads a part of the stream; zeros where there is nothing.
    fn read(&self, start: i64, out: &mut [u8]) {
        for (position, byte) in (start..).zip(out) {
            let index =
                position.checked_sub_unsigned(self.base).and_then(|index| usize::try_from(index).ok());
            *byte = index.and_then(|index| self.bytes.get(index)).copied().unwrap_or(0);
        }
    }

    /// Forgets what no packet needs any more.
    fn trim(&mut self, needed: Option<i64>) {
        if self.bytes.len() < 2 * KEPT {
            return;
        }
        let end = self.end();
        let from = needed.unwrap_or(end).min(end - KEPT.cast_signed() as i64);
        let count = usize::try_from(from - self.base.cast_signed()).unwrap_or(0).min(self.bytes.len());
        self.bytes.drain(..count);
        self.base += count as u64;
    }

    /// Makes room for a message, with zeros for everything before it that is not there.
    fn extend(&mut self, position: u64, len: usize) -> &mut [u8] {
        const FAR: u64 = 1 << 20;
        let end = self.base + self.bytes.len() as u64;
        if position.saturating_sub(end) > FAR {
            // Nothing that far behind is needed, all zeros.
            self.base = position;
            self.bytes.clear();
        }
        let index = usize::try_from(position.saturating_sub(self.base)).unwrap_or(0);
        self.bytes.resize(self.bytes.len().max(index + len), 0);
        &mut self.bytes[index..index + len]
    }
}

impl Streams {
    /// Adds a message of which the whole body has `length` bytes.
    fn add(&mut self, at: At<'_>, message: RawMessage<'_>, length: usize) {
        let stream = self.directions.entry((at.connection.number, at.from_client)).or_default();
        let room = stream.extend(at.position, HEADER_LEN + message.body.len());
        let (header, body) = room.split_at_mut(HEADER_LEN);
        let (lengths, message_type) = header.split_at_mut(4);
        lengths.copy_from_slice(&u32::try_from(length).unwrap_or(0).to_be_bytes());
        message_type.copy_from_slice(&message.message_type.0.to_be_bytes());
        rewrite(at.connection.version, message, &mut self.names, body);
    }
}

impl Sink for Streams {
    fn message(&mut self, at: At<'_>, message: RawMessage<'_>) {
        self.add(at, message, message.body.len());
    }

    fn cut(&mut self, at: At<'_>, message: RawMessage<'_>, length: usize) {
        self.add(at, message, length);
    }

    fn gap(&mut self, _: At<'_>, _: u64) {
        self.unread += 1;
    }

    fn skipped(&mut self, _: At<'_>, _: u64) {
        self.unread += 1;
    }

    fn lost(&mut self, _: At<'_>, _: FrameError) {
        self.unread += 1;
    }

    fn encrypted(&mut self, _: At<'_>) {
        self.encrypted += 1;
    }

    fn closed(&mut self, connection: &Info, _: u64, _: End) {
        self.closed.push(connection.number);
    }
}

/// Writes the body of a message with other text into `out`, which has its length.
fn rewrite(version: ProtocolVersion, message: RawMessage<'_>, names: &mut Pseudonyms, out: &mut [u8]) {
    out.copy_from_slice(message.body);
    let mut end = 0;
    for field in Fields::new(version, message).into_iter().flatten().map_while(Result::ok) {
        let range = field.data_range();
        end = range.end;
        let data = &mut out[range];
        if field.schema.is_none() || field.has_wrong_length() {
            data.fill(0);
            continue;
        }
        match field.value {
            Value::Unsigned(_) | Value::Signed(_) | Value::Bool(_) => {}
            Value::Text(_) | Value::Variable(_) | Value::Bytes(_) => replace(names, data),
            Value::Array(_) => replace(names, data.get_mut(1..).unwrap_or_default()),
            Value::Secret(_) => names.replace_secret(data),
        }
    }
    // What was not read.
    out[end..].fill(0);
}

/// Replaces each text up to its NUL.
fn replace(names: &mut Pseudonyms, data: &mut [u8]) {
    data.split_mut(|byte| *byte == 0).for_each(|text| names.replace(text));
}

/// Copies JSON Lines with all text replaced.
///
/// # Errors
///
/// If a line cannot be read, or nothing can be written.
pub fn anonymise_lines(
    mut input: impl BufRead,
    out: impl Write,
    mut names: Pseudonyms,
) -> Result<Outcome, String> {
    let mut out = BufWriter::new(out);
    let (mut line, mut bytes, mut text) = (String::new(), Vec::new(), Vec::new());
    let mut outcome = Outcome::Sound;
    for number in 1.. {
        line.clear();
        let wrong = |error: String| format!("line {number}: {error}");
        if input.read_line(&mut line).map_err(|error| wrong(error.to_string()))? == 0 {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        bytes.clear();
        text.clear();
        outcome = outcome.max(anonymise_line(&line, &mut names, &mut bytes, &mut text).map_err(wrong)?);
        out.write_all(&text).map_err(|error| format!("cannot write: {error}"))?;
    }
    out.flush().map_err(|error| format!("cannot write: {error}"))?;
    Ok(outcome)
}

fn anonymise_line(
    line: &str,
    names: &mut Pseudonyms,
    bytes: &mut Vec<u8>,
    text: &mut Vec<u8>,
) -> Result<Outcome, String> {
    let keys: BTreeMap<String, &RawValue> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let number = |key: &str| keys.get(key).and_then(|value| value.get().parse::<u32>().ok());
    let kept = |kept: &[&str], text: &mut Vec<u8>| {
        for key in kept {
            if let Some(value) = keys.get(*key) {
                text.extend_from_slice(format!("\"{key}\":{},", value.get()).as_bytes());
            }
        }
    };
    text.push(b'{');
    if !["type", "name"].iter().any(|key| keys.contains_key(*key)) {
        // It says where something is missing.
        kept(&["time", "connection", "from", "to", "offset", "gap", "skipped", "error"], text);
        text.pop_if(|last| *last == b',');
        text.extend_from_slice(b"}\n");
        return Ok(Outcome::SomeBad);
    }
    kept(&["time", "connection", "from", "to", "version_guessed", "cut_from", "after"], text);
    lines::read::encode(line, bytes)?;
    let message = RawMessage::split_off(bytes, usize::MAX).map_err(|error| error.to_string())?;
    let (message, _) = message.ok_or("the message is not whole")?;
    let version = number("version").and_then(ProtocolVersion::new).unwrap_or(ProtocolVersion::MAX);
    let mut body = vec![0; message.body.len()];
    rewrite(version, message, names, &mut body);
    let reading = lines::write::Reading { version, follow: false, limit: usize::MAX, secrets: true };
    let offset = keys.get("offset").and_then(|value| value.get().parse().ok()).unwrap_or(0);
    let message = RawMessage { body: &body, ..message };
    let is_sound = lines::write::rest_of_line(text, offset, reading, message, None);
    Ok(if is_sound { Outcome::Sound } else { Outcome::SomeBad })
}
