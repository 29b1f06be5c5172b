//! One direction of a TCP connection: segments in any order become bytes in order.
//!
//! Segments may come twice, overlap, come late, or never. What never came is a gap. A hole is given up when too many bytes
//! wait behind it, or when the other end has acknowledged its bytes for a while: then only the capture lacks them.

use std::collections::BTreeMap;

/// The most bytes that wait behind a hole.
pub const MOST_WAITING: usize = 256 * 1024;
/// The most segments that wait behind a hole.
const MOST_SEGMENTS: usize = 4096;
/// How long a hole stays open that the other end has acknowledged. Captures of several queues are a little out of order.
const ACKNOWLEDGED_FOR: u64 = 1_000_000_000;
/// Sequence numbers further off than that are of another connection.
const FAR: u32 = 64 << 20;

/// What comes next in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Bytes.
    Data(&'a [u8]),
    /// So many bytes are not in the capture.
    Gap(u64),
}

/// Puts segments in order.
#[derive(Debug, Default)]
pub struct Assembler {
    /// The number of the next byte, once there was a segment.
    next: Option<u32>,
    /// The position of the next byte in the stream, from 0.
    position: u64,
    waiting: BTreeMap<u64, Waiting>,
    waiting_bytes: usize,
    /// When the first hole opened.
    hole_since: u64,
    /// Up to where the other end has acknowledged the stream.
    acknowledged: u64,
    /// Where the stream ends, if that was said.
    end: Option<u64>,
}

#[derive(Debug)]
enum Waiting {
    Data(Vec<u8>),
    /// Bytes of a segment that were not captured.
    Missing(u64),
}

impl Assembler {
    /// Whether there has been a segment.
    pub fn has_begun(&self) -> bool {
        self.next.is_some()
    }

    /// Whether a sequence number is so far off that it is of another connection.
    pub fn is_far(&self, sequence: u32) -> bool {
        self.next.is_some_and(|next| {
            let ahead = sequence.wrapping_sub(next);
            ahead > FAR && ahead < FAR.wrapping_neg()
        })
    }

    /// Begins the stream, with the number of its first byte.
    pub fn begin(&mut self, sequence: u32) {
        self.next.get_or_insert(sequence);
    }

    /// The position of the next byte in the stream.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The position of a sequence number; negative before the first byte.
    pub fn position_of(&self, sequence: u32) -> i64 {
        let ahead = sequence.wrapping_sub(self.next.unwrap_or(sequence)).cast_signed();
        self.position.cast_signed() + i64::from(ahead)
    }

    /// Bytes that wait behind holes.
    pub fn buffered(&self) -> usize {
        self.waiting_bytes
    }

    /// Whether the stream was closed.
    pub fn is_closed(&self) -> bool {
        self.end.is_some()
    }

    /// Whether all of the stream has come, up to its end.
    pub fn is_complete(&self) -> bool {
        self.end.is_some_and(|end| self.position >= end)
    }

    /// Takes a segment: what was captured of its payload, and how many more bytes it had.
    pub fn segment(
        &mut self,
        time: u64,
        sequence: u32,
        payload: &[u8],
        missing: u32,
        fin: bool,
        out: &mut dyn FnMut(u64, Piece<'_>),
    ) {
        self.begin(sequence);
        let start = self.position_of(sequence);
        let end = start + payload.len().cast_signed() as i64;
        if fin {
            self.end.get_or_insert(u64::try_from(end + i64::from(missing)).unwrap_or(0));
        }
        // What came before is not taken again.
        let old = usize::try_from(self.position.cast_signed() - start).unwrap_or(0);
        if let Some(fresh @ [_, ..]) = payload.get(old..) {
            if old > 0 || start == self.position.cast_signed() {
                self.emit(Piece::Data(fresh), out);
                self.release(out);
            } else if let Ok(start) = u64::try_from(start) {
                self.keep(time, start, Waiting::Data(fresh.to_vec()));
            }
        }
        if missing > 0
            && let Ok(end) = u64::try_from(end)
        {
            self.keep(time, end, Waiting::Missing(missing.into()));
            self.release(out);
        }
        while self.waiting_bytes > MOST_WAITING || self.waiting.len() > MOST_SEGMENTS {
            self.give_up(time, out);
        }
        self.give_up_acknowledged(time, out);
    }

    /// Takes the number of the byte that the other end expects next.
    pub fn acknowledge(&mut self, time: u64, sequence: u32, out: &mut dyn FnMut(u64, Piece<'_>)) {
        if self.next.is_some() && !self.waiting.is_empty() {
            let position = u64::try_from(self.position_of(sequence)).unwrap_or(0);
            self.acknowledged = self.acknowledged.max(position);
            self.give_up_acknowledged(time, out);
        }
    }

    /// Gives up all holes: nothing more will come.
    pub fn finish(&mut self, out: &mut dyn FnMut(u64, Piece<'_>)) {
        while !self.waiting.is_empty() {
            self.give_up(0, out);
        }
        if let Some(end) = self.end.filter(|end| *end > self.position) {
            self.emit(Piece::Gap(end - self.position), out);
        }
    }

    /// Gives up holes that only the capture has.
    fn give_up_acknowledged(&mut self, time: u64, out: &mut dyn FnMut(u64, Piece<'_>)) {
        while let Some((&start, _)) = self.waiting.first_key_value() {
            if self.acknowledged < start || time < self.hole_since.saturating_add(ACKNOWLEDGED_FOR) {
                break;
            }
            self.give_up(time, out);
        }
    }

    fn keep(&mut self, time: u64, start: u64, new: Waiting) {
        if self.waiting.is_empty() {
            self.hole_since = time;
        }
        let longer = self.waiting.get(&start).is_none_or(|old| old.len() < new.len());
        if longer {
            self.waiting_bytes += new.held();
            if let Some(old) = self.waiting.insert(start, new) {
                self.waiting_bytes -= old.held();
            }
        }
    }

    /// Takes the first hole for lost.
    fn give_up(&mut self, time: u64, out: &mut dyn FnMut(u64, Piece<'_>)) {
        if let Some((&start, _)) = self.waiting.first_key_value()
            && start > self.position
        {
            self.emit(Piece::Gap(start - self.position), out);
        }
        self.release(out);
        self.hole_since = time;
    }

    /// Lets go what waits for no hole any more.
    fn release(&mut self, out: &mut dyn FnMut(u64, Piece<'_>)) {
        while let Some(entry) = self.waiting.first_entry().filter(|entry| *entry.key() <= self.position) {
            let (start, waiting) = entry.remove_entry();
            self.waiting_bytes -= waiting.held();
            let old = self.position - start;
            match waiting {
                Waiting::Data(data) => {
                    if let Some(fresh @ [_, ..]) = usize::try_from(old).ok().and_then(|old| data.get(old..)) {
                        self.emit(Piece::Data(fresh), out);
                    }
                }
                Waiting::Missing(count) if count > old => self.emit(Piece::Gap(count - old), out),
                Waiting::Missing(_) => {}
            }
        }
    }

    fn emit(&mut self, piece: Piece<'_>, out: &mut dyn FnMut(u64, Piece<'_>)) {
        let count = match piece {
            Piece::Data(data) => data.len() as u64,
            Piece::Gap(count) => count,
        };
        out(self.position, piece);
        self.position += count;
        // Sequence numbers wrap.
        #[allow(clippy::cast_possible_truncation, reason = "sequence numbers wrap")]
        let count = count as u32;
        self.next = self.next.map(|next| next.wrapping_add(count));
    }
}

impl Waiting {
    fn len(&self) -> u64 {
        match self {
            Self::Data(data) => data.len() as u64,
            Self::Missing(count) => *count,
        }
    }

    /// Bytes of memory.
    fn held(&self) -> usize {
        match self {
            Self::Data(data) => data.len(),
            Self::Missing(_) => 0,
        }
    }
}
