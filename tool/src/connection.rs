//! Connections: both directions of each, their protocol version, and all of a capture at once.

use std::net::SocketAddr;

use ged188::frame::DEFAULT_BODY_LIMIT;
use ged188::{FrameError, MessageType, ProtocolVersion, RawMessage};
use hashbrown::HashMap;

use crate::framing::{Found, Framer, Reader};
use crate::packet::Segment;
use crate::stream::{Assembler, Piece};
use crate::version::{self, Guess};

/// The ports of CTI servers: side A and side B, and the same for secured connections, which may have been decrypted.
pub const PORTS: [u16; 4] = [42027, 43027, 42030, 43030];
/// How many connections are followed at once, and bytes that wait on all of them.
const MOST_CONNECTIONS: usize = 20_000;
const MOST_BUFFERED: usize = 256 << 20;
/// How much is kept of a connection until its version is guessed: messages, bytes, nanoseconds.
const MOST_HELD: (usize, usize, u64) = (64, 64 * 1024, 5_000_000_000);

/// How to follow connections.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ports of servers. If none are named, [`PORTS`], and any connection that begins with an OPEN_REQ.
    pub ports: Vec<u16>,
    /// The version of all connections, whatever they say.
    pub version: Option<ProtocolVersion>,
    /// The longest body, in bytes.
    pub limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { ports: Vec::new(), version: None, limit: DEFAULT_BODY_LIMIT }
    }
}

/// What is known of a connection.
#[derive(Clone, Debug)]
pub struct Info {
    /// Its number, from 1, in the order of the capture.
    pub number: u64,
    /// The client's address.
    pub client: SocketAddr,
    /// The server's address.
    pub server: SocketAddr,
    /// Whether its beginning is in the capture.
    pub whole: bool,
    /// The version of its messages.
    pub version: ProtocolVersion,
    /// If the version was guessed, the oldest and the newest that fit as well.
    pub guessed: Option<(ProtocolVersion, ProtocolVersion)>,
    /// Whether it is encrypted. Then nothing else is known of it.
    pub encrypted: bool,
    /// Which end closed it first, with a FIN, and when.
    pub closed_first: Option<(bool, u64)>,
}

impl Info {
    /// Who sent what goes in this direction, and to whom.
    pub fn from_to(&self, from_client: bool) -> (SocketAddr, SocketAddr) {
        if from_client { (self.client, self.server) } else { (self.server, self.client) }
    }
}

/// Where something happened.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The connection.
    pub connection: &'a Info,
    /// The direction.
    pub from_client: bool,
    /// Nanoseconds since 1970-01-01 UTC. Of a message, when its last byte came.
    pub time: u64,
    /// The position in the stream of this direction, in bytes.
    pub position: u64,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Both ends closed it.
    Closed,
    /// One end reset it.
    Reset {
        /// Which.
        from_client: bool,
    },
    /// Its addresses were used by another connection.
    Replaced,
    /// There were too many connections, and this one was idle the longest.
    Forgotten,
    /// The capture ended.
    CaptureEnded,
}

/// Receives what happens on connections.
pub trait Sink {
    /// A connection is new.
    fn opened(&mut self, _connection: &Info, _time: u64) {}
    /// A message came.
    fn message(&mut self, at: At<'_>, message: RawMessage<'_>);
    /// A message came of which the rest is not in the capture; its whole body has `length` bytes.
    fn cut(&mut self, _at: At<'_>, _message: RawMessage<'_>, _length: usize) {}
    /// Bytes are not in the capture.
    fn gap(&mut self, _at: At<'_>, _bytes: u64) {}
    /// Bytes belong to no message.
    fn skipped(&mut self, _at: At<'_>, _bytes: u64) {}
    /// A header cannot be right; the framing is searched again behind it.
    fn lost(&mut self, _at: At<'_>, _error: FrameError) {}
    /// A connection turns out to be encrypted.
    fn encrypted(&mut self, _at: At<'_>) {}
    /// Nothing more is there for now: the input is waited for.
    fn pause(&mut self) {}
    /// A connection ended.
    fn closed(&mut self, _connection: &Info, _time: u64, _end: End) {}
}

/// Where a segment belongs.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// The number of its connection.
    pub connection: u64,
    /// Its direction.
    pub from_client: bool,
    /// The position of its payload in the stream; negative before the first byte.
    pub start: i64,
}

/// All connections of a capture.
#[derive(Debug)]
pub struct Connections {
    options: Options,
    /// By both addresses, the lower one first.
    open: HashMap<(SocketAddr, SocketAddr), Connection>,
    count: u64,
    time: u64,
    /// Bytes that wait on all connections.
    buffered: usize,
}

#[derive(Debug)]
struct Connection {
    session: Session,
    directions: [Direction; 2],
    last: u64,
    /// What would follow on a segment that is not of this connection.
    stray: Option<u32>,
}

/// One direction.
#[derive(Debug)]
struct Direction {
    assembler: Assembler,
    framer: Framer,
}

/// What both directions share.
#[derive(Debug)]
struct Session {
    info: Info,
    fixed_version: bool,
    /// Until the version is guessed.
    held: Option<Held>,
    guess: Option<Guess>,
}

/// What waits for the version, in its order.
#[derive(Debug, Default)]
struct Held {
    events: Vec<HeldEvent>,
    bytes: usize,
}

#[derive(Debug)]
struct HeldEvent {
    from_client: bool,
    time: u64,
    position: u64,
    /// What was found; of a message, with nothing in its body.
    found: Found<'static>,
    body: Vec<u8>,
}

impl Connections {
    /// No connections so far.
    pub fn new(options: Options) -> Self {
        Self { options, open: HashMap::new(), count: 0, time: 0, buffered: 0 }
    }

    /// Takes a segment; `None` if it is of no connection that is followed.
    pub fn segment(&mut self, segment: &Segment<'_>, sink: &mut impl Sink) -> Option<Placed> {
        let Segment { time, from, to, .. } = *segment;
        let limit = self.options.limit;
        self.time = self.time.max(time);
        let key = (from.min(to), from.max(to));
        if self.open.get_mut(&key).is_some_and(|connection| connection.is_over_with(segment, limit)) {
            self.close(key, time, End::Replaced, sink);
        }
        if !self.open.contains_key(&key) {
            let from_client = self.is_from_client(segment)?;
            if self.open.len() >= MOST_CONNECTIONS {
                self.make_room(sink);
            }
            self.count += 1;
            let (client, server) = if from_client { (from, to) } else { (to, from) };
            // Of a connection at another port, the first message is the first that is known of it.
            let whole = segment.syn || is_open_request(segment.payload, limit);
            let connection = Connection::new(self.count, client, server, whole, &self.options, time);
            sink.opened(&connection.session.info, time);
            self.open.insert(key, connection);
        }
        let connection = self.open.get_mut(&key)?;
        let before = connection.buffered();
        let (placed, end) = connection.segment(segment, sink);
        self.buffered = self.buffered + connection.buffered() - before;
        if let Some(end) = end {
            self.close(key, time, end, sink);
        }
        if self.buffered > MOST_BUFFERED {
            self.make_room(sink);
        }
        Some(placed)
    }

    /// Ends all connections: the capture has ended.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        let mut left: Vec<_> = self.open.drain().map(|(_, connection)| connection).collect();
        left.sort_by_key(|connection| connection.session.info.number);
        for connection in left {
            connection.close(self.time, End::CaptureEnded, sink);
        }
    }

    /// Whether the client sent a segment that begins a connection; `None` if it does not begin one that is followed.
    fn is_from_client(&self, segment: &Segment<'_>) -> Option<bool> {
        // A last acknowledgement, or a stray reset.
        if segment.rst || (segment.payload.is_empty() && segment.missing == 0 && !segment.syn) {
            return None;
        }
        let named = !self.options.ports.is_empty();
        let ports = if named { &self.options.ports[..] } else { &PORTS[..] };
        let [from, to] = [segment.from, segment.to].map(|address| ports.contains(&address.port()));
        match (from, to) {
            (false, true) => Some(true),
            (true, false) => Some(false),
            // Both ends have such a port.
            (true, true) if segment.syn => Some(segment.acknowledged.is_none()),
            (true, true) => Some(is_open_request(segment.payload, self.options.limit)),
            (false, false) => {
                (!named && is_open_request(segment.payload, self.options.limit)).then_some(true)
            }
        }
    }

    fn close(&mut self, key: (SocketAddr, SocketAddr), time: u64, end: End, sink: &mut impl Sink) {
        if let Some(connection) = self.open.remove(&key) {
            self.buffered -= connection.buffered();
            connection.close(time, end, sink);
        }
    }

    /// Forgets the connections that were idle the longest: a sixteenth of them.
    fn make_room(&mut self, sink: &mut impl Sink) {
        let mut idle: Vec<_> = self.open.iter().map(|(key, connection)| (connection.last, *key)).collect();
        idle.sort_unstable();
        for (_, key) in idle.into_iter().take(self.open.len().div_ceil(16)) {
            self.close(key, self.time, End::Forgotten, sink);
        }
    }
}

/// Whether bytes begin with a record of TLS. A message would have to have 300 MB for that.
fn is_tls(bytes: &[u8]) -> bool {
    matches!(bytes, [0x14..=0x17, 3, 0..=4, _, _, ..])
}

/// Whether bytes begin with an OPEN_REQ.
fn is_open_request(bytes: &[u8], limit: usize) -> bool {
    // Most payloads are told from one by these four bytes.
    bytes.get(4..8) == Some(&MessageType::OPEN_REQ.0.to_be_bytes())
        && matches!(RawMessage::split_off(bytes, limit), Ok(Some((message, _)))
            if message.version_number().is_some_and(|number| (1..100).contains(&number.0))
                && version::decodes(ProtocolVersion::MAX, message))
}

impl Connection {
    fn new(
        number: u64,
        client: SocketAddr,
        server: SocketAddr,
        whole: bool,
        options: &Options,
        time: u64,
    ) -> Self {
        let version = options.version.unwrap_or(ProtocolVersion::MAX);
        let info = Info {
            number,
            client,
            server,
            whole,
            version,
            guessed: None,
            encrypted: false,
            closed_first: None,
        };
        let held = options.version.is_none().then(Held::default);
        let session = Session {
            info,
            fixed_version: options.version.is_some(),
            guess: held.is_some().then(Guess::default),
            held,
        };
        let direction = || Direction { assembler: Assembler::default(), framer: Framer::new(options.limit) };
        Self { session, directions: [direction(), direction()], last: time, stray: None }
    }

    /// Whether a segment with the same addresses is of another connection.
    fn is_over_with(&mut self, segment: &Segment<'_>, limit: usize) -> bool {
        let assembler = &self.directions[self.index(segment)].assembler;
        if segment.syn {
            // The same SYN may come twice.
            let first = segment.sequence.wrapping_add(1);
            return assembler.has_begun() && (assembler.is_far(first) || assembler.position_of(first) != 0);
        }
        if segment.payload.is_empty() || !assembler.is_far(segment.sequence) {
            return false;
        }
        // One alone may be damaged; two in a row are not.
        let length = u32::try_from(segment.payload.len()).unwrap_or(0).wrapping_add(segment.missing);
        let next = segment.sequence.wrapping_add(length);
        is_open_request(segment.payload, limit) || self.stray.replace(next) == Some(segment.sequence)
    }

    /// Bytes that wait.
    fn buffered(&self) -> usize {
        let waiting = self
            .directions
            .iter()
            .map(|direction| direction.assembler.buffered() + direction.framer.buffered());
        waiting.sum::<usize>() + self.session.held.as_ref().map_or(0, |held| held.bytes)
    }

    fn index(&self, segment: &Segment<'_>) -> usize {
        usize::from(segment.from != self.session.info.client)
    }

    fn segment(&mut self, segment: &Segment<'_>, sink: &mut impl Sink) -> (Placed, Option<End>) {
        let index = self.index(segment);
        let from_client = index == 0;
        let time = segment.time;
        self.last = time;
        let Self { session, directions, .. } = self;
        if let Some(acknowledged) = segment.acknowledged {
            let direction = &mut directions[1 - index];
            direction.with(session, sink, !from_client, time, |assembler, out| {
                assembler.acknowledge(time, acknowledged, out);
            });
        }
        let direction = &mut directions[index];
        let sequence = segment.sequence.wrapping_add(u32::from(segment.syn));
        if !direction.assembler.has_begun() && !segment.syn {
            direction.framer.search();
        }
        direction.assembler.begin(sequence);
        let start = direction.assembler.position_of(sequence);
        if start == 0 && is_tls(segment.payload) && !session.info.encrypted {
            session.info.encrypted = true;
            sink.encrypted(At { connection: &session.info, from_client, time, position: 0 });
        }
        if direction.assembler.is_far(sequence) {
            if !segment.payload.is_empty() && !session.info.encrypted {
                let mut reader = SessionReader { session, sink, from_client, time };
                reader.found(direction.assembler.position(), Found::Skipped(segment.payload.len() as u64));
            }
        } else if !segment.payload.is_empty() || segment.missing > 0 || segment.fin {
            direction.with(session, sink, from_client, time, |assembler, out| {
                assembler.segment(time, sequence, segment.payload, segment.missing, segment.fin, out);
            });
        }
        if segment.fin {
            session.info.closed_first.get_or_insert((from_client, time));
        }
        let end = if segment.rst {
            Some(End::Reset { from_client })
        } else if directions.iter().all(|direction| direction.assembler.is_complete()) {
            Some(End::Closed)
        } else {
            None
        };
        (Placed { connection: session.info.number, from_client, start }, end)
    }

    fn close(mut self, time: u64, end: End, sink: &mut impl Sink) {
        let time = if end == End::CaptureEnded || end == End::Forgotten { self.last } else { time };
        // Something before it may be missing.
        let closed = self.directions.iter().all(|direction| direction.assembler.is_closed());
        let end = if closed { End::Closed } else { end };
        for (direction, from_client) in self.directions.iter_mut().zip([true, false]) {
            direction.with(&mut self.session, sink, from_client, time, Assembler::finish);
            let mut reader = SessionReader { session: &mut self.session, sink, from_client, time };
            direction.framer.finish(&mut reader);
        }
        self.session.decide(sink);
        sink.closed(&self.session.info, time, end);
    }
}

impl Direction {
    /// Lets the assembler do something, and hands on what comes of it.
    fn with<S: Sink>(
        &mut self,
        session: &mut Session,
        sink: &mut S,
        from_client: bool,
        time: u64,
        act: impl FnOnce(&mut Assembler, &mut dyn FnMut(u64, Piece<'_>)),
    ) {
        let Self { assembler, framer } = self;
        if session.info.encrypted {
            act(assembler, &mut |_, _| {});
            return;
        }
        let mut reader = SessionReader { session, sink, from_client, time };
        act(assembler, &mut |_, piece| match piece {
            Piece::Data(data) => framer.push(data, &mut reader),
            Piece::Gap(count) => framer.gap(count, &mut reader),
        });
    }
}

/// Takes what one direction says.
struct SessionReader<'a, S> {
    session: &'a mut Session,
    sink: &'a mut S,
    from_client: bool,
    time: u64,
}

impl<S: Sink> Reader for SessionReader<'_, S> {
    fn decodes(&self, message: RawMessage<'_>) -> bool {
        if self.session.held.is_some() || self.session.info.guessed.is_some() {
            version::any_decodes(message)
        } else {
            version::decodes(self.session.info.version, message)
        }
    }

    fn found(&mut self, position: u64, found: Found<'_>) {
        let Self { session, sink, from_client, time } = self;
        let (from_client, time) = (*from_client, *time);
        match found {
            Found::Message(message) => session.learn(message, *sink),
            Found::Cut { message, .. } if message.version_number().is_some() => session.learn(message, *sink),
            _ => {}
        }
        if let Some(held) = &mut session.held {
            held.add(from_client, time, position, found);
            let is_enough = held.events.len() >= MOST_HELD.0
                || held.bytes >= MOST_HELD.1
                || time.saturating_sub(held.events[0].time) >= MOST_HELD.2;
            if is_enough || session.guess.as_ref().is_some_and(Guess::is_decided) {
                session.decide(*sink);
            }
            return;
        }
        dispatch(At { connection: &session.info, from_client, time, position }, found, *sink);
    }
}

/// Hands on what was found.
fn dispatch(at: At<'_>, found: Found<'_>, sink: &mut impl Sink) {
    match found {
        Found::Message(message) => sink.message(at, message),
        Found::Cut { message, length } => sink.cut(at, message, length),
        Found::Skipped(bytes) => sink.skipped(at, bytes),
        Found::Lost(error) => sink.lost(at, error),
        Found::Gap(bytes) => sink.gap(at, bytes),
    }
}

impl Held {
    fn add(&mut self, from_client: bool, time: u64, position: u64, found: Found<'_>) {
        let (found, body) = (found.with_body(&[]), found.body().to_vec());
        self.bytes += body.len();
        self.events.push(HeldEvent { from_client, time, position, found, body });
    }
}

impl Session {
    /// Takes the version from an OPEN_REQ, or lets the guess take the message into account.
    fn learn(&mut self, message: RawMessage<'_>, sink: &mut impl Sink) {
        if self.fixed_version {
            return;
        }
        if let Some(number) = message.version_number() {
            // What came before is of another session, if there was anything.
            self.decide(sink);
            self.info.version = ProtocolVersion::nearest(number.0);
            self.info.guessed = None;
            self.guess = None;
        } else if let Some(guess) = &mut self.guess {
            if self.held.is_some() {
                guess.observe(message);
            } else if version::penalty(self.info.version, message) > 0 {
                guess.observe(message);
                self.info.version = guess.version();
                self.info.guessed = Some(guess.fits());
            }
        }
    }

    /// Takes the version as known that is most likely, and hands on what waited for it.
    fn decide(&mut self, sink: &mut impl Sink) {
        let Some(held) = self.held.take() else { return };
        if let Some(guess) = self.guess.as_ref().filter(|_| !held.events.is_empty()) {
            self.info.version = guess.version();
            self.info.guessed = Some(guess.fits());
        }
        for HeldEvent { from_client, time, position, found, body } in &held.events {
            let (from_client, time, position) = (*from_client, *time, *position);
            let at = At { connection: &self.info, from_client, time, position };
            dispatch(at, found.with_body(body), sink);
        }
    }
}
