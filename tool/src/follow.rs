//! A whole capture from file to messages.

use std::fmt;
use std::io::{self, IsTerminal, Read, Write};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::capture::{Capture, CaptureError, Item, LinkType};
use crate::connection::{Connections, Options, Sink};
use crate::packet::{NoSegment, Segment, segment};

/// What there was in a capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All packets.
    pub packets: u64,
    /// Those of connections that were followed.
    pub followed: u64,
    /// The times of the first and the last of these.
    pub times: Option<(u64, u64)>,
    /// Of these, packets of which not all was captured.
    pub snapped: u64,
    /// Packets that are earlier than one before them.
    pub disordered: u64,
    /// Fragments of IP packets, which are not put together.
    pub fragments: u64,
    /// Packets of which not even the TCP header was captured.
    pub cut: u64,
    /// Packets with something unknown before the IP header.
    pub unknown_link: u64,
    /// One such kind.
    pub link: Option<LinkType>,
    /// Connections that are encrypted; counted by `anonymise` alone.
    pub encrypted: u64,
    /// Places where messages are missing or cannot be read; counted by `anonymise` alone.
    pub unread: u64,
    /// The latest time of a packet so far.
    latest: u64,
}

impl Counts {
    /// Counts a packet of this time.
    pub fn packet(&mut self, time: u64) {
        self.packets += 1;
        self.disordered += u64::from(time < self.latest);
        self.latest = time.max(self.latest);
    }

    /// Counts a packet of a connection that is followed.
    pub fn follow(&mut self, &Segment { time, missing, .. }: &Segment<'_>) {
        self.followed += 1;
        self.snapped += u64::from(missing > 0);
        let (first, last) = self.times.unwrap_or((time, time));
        self.times = Some((first.min(time), last.max(time)));
    }

    /// Counts a packet that is no segment.
    pub fn add(&mut self, no_segment: NoSegment) {
        match no_segment {
            NoSegment::Other => {}
            NoSegment::Fragment => self.fragments += 1,
            NoSegment::Cut => self.cut += 1,
            NoSegment::Link(link) => {
                self.unknown_link += 1;
                self.link = Some(link);
            }
        }
    }

    /// Whether all packets could be looked into.
    pub fn outcome(&self) -> Outcome {
        let Self { fragments, cut, unknown_link, encrypted, unread, followed, .. } = self;
        let bad = fragments + cut + unknown_link + encrypted + unread > 0 || *followed == 0;
        if bad { Outcome::SomeBad } else { Outcome::Sound }
    }
}

/// What a user should know, a line each; nothing if all is well.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { packets, followed, fragments, cut, unknown_link, link, disordered, .. } = self;
        let Self { encrypted, unread, snapped, .. } = self;
        if *packets == 0 {
            return writeln!(f, "there are no packets in it");
        }
        if let Some(LinkType(number)) = link {
            writeln!(f, "{unknown_link} packets have a link type that is not known here, such as {number}")?;
        }
        if *fragments > 0 {
            writeln!(f, "{fragments} packets are IP fragments and were passed over")?;
        }
        if *cut > 0 {
            writeln!(f, "of {cut} packets too little was captured to look into them")?;
        }
        if *snapped > 0 {
            writeln!(
                f,
                "{snapped} packets were cut when they were captured: with `tcpdump -s 0` they would be whole"
            )?;
        }
        if *encrypted > 0 {
            writeln!(f, "{encrypted} connections are encrypted (TLS), so nothing of them is left but zeros")?;
        }
        if *unread > 0 {
            writeln!(f, "at {unread} places messages are missing or cannot be read; zeros stand there")?;
        }
        if *disordered > 0 {
            writeln!(
                f,
                "{disordered} packets are earlier than one before them; if that confuses the report, `reordercap` sorts them"
            )?;
        }
        if *followed == 0 && packets > &(cut + unknown_link) {
            writeln!(
                f,
                "none of {packets} packets is of a connection with a CTI server; name its port with --port"
            )?;
        }
        Ok(())
    }
}

/// Hands everything in a capture to a sink, then what is left on its connections.
///
/// # Errors
///
/// If the capture cannot be read to its end. What comes before that has been handed on.
pub fn follow<S: Sink>(
    capture: &mut Capture<impl Read>,
    options: Options,
    sink: &mut S,
    progress: &mut Progress,
    mut go_on: impl FnMut(&S) -> bool,
) -> (Counts, Result<(), CaptureError>) {
    let mut connections = Connections::new(options);
    let mut counts = Counts::default();
    let result = loop {
        match capture.next() {
            Ok(Some(Item::Packet(packet))) => {
                counts.packet(packet.time);
                match segment(&packet) {
                    Ok(segment) => {
                        if connections.segment(&segment, sink).is_some() {
                            counts.follow(&segment);
                        }
                    }
                    Err(no_segment) => counts.add(no_segment),
                }
            }
            Ok(Some(Item::Drained)) => sink.pause(),
            Ok(Some(Item::Head(_) | Item::Other)) => {}
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
        if counts.packets % 1024 == 0 {
            progress.show(capture.offset());
            if !go_on(sink) {
                break Ok(());
            }
        }
    };
    connections.finish(sink);
    progress.clear();
    (counts, result)
}

/// Tells how far a long run is, if somebody is looking.
#[derive(Debug)]
pub struct Progress {
    size: Option<u64>,
    last: Instant,
    shown: bool,
}

impl Progress {
    /// Files that are larger take long.
    const LARGE: u64 = 50_000_000;

    /// For a file of this size, if it is known.
    pub fn new(size: Option<u64>) -> Self {
        let size = size.filter(|size| *size > Self::LARGE && io::stderr().is_terminal());
        Self { size, last: Instant::now(), shown: false }
    }

    /// Says that so many bytes have been read.
    pub fn show(&mut self, offset: u64) {
        let Some(size) = self.size else { return };
        if self.last.elapsed() > Duration::from_millis(200) {
            self.last = Instant::now();
            self.shown = true;
            let _ = write!(io::stderr(), "\r{:3} % of {} MB", offset * 100 / size, size / 1_000_000);
        }
    }

    /// Takes the line away again.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr(), "\r{:30}\r", "");
        }
    }
}
