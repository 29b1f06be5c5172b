//! Bytes in at the end, out at the front, at a cost in proportion to the bytes.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use alloc::vec::Vec;
use core::fmt;

/// As many bytes as are copied at once.
const NEAR: usize = 8 * 1024;

/// A queue of bytes that lie in one piece.
#[derive(Default)]
pub(crate) struct ByteQueue {
    bytes: Vec<u8>,
    /// Where in `bytes` the queue starts.
    start: usize,
}

impl ByteQueue {
    /// The bytes in the queue.
    #[inline]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// The bytes in the queue, to change them.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.start..).unwrap_or_default()
    }

    /// How many bytes there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.bytes.len().saturating_sub(self.start)
    }

    /// Takes bytes off the front, at most all.
    #[inline]
    pub(crate) fn consume(&mut self, count: usize) {
        self.start = self.start.saturating_add(count).min(self.bytes.len());
    }

    /// Appends bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.tail(bytes.len()).extend_from_slice(bytes);
    }

    /// The vector at whose end bytes can be appended; there will be about `size` of them.
    pub(crate) fn tail(&mut self, size: usize) -> &mut Vec<u8> {
        let kept = self.len();
        if kept == 0 {
            self.bytes.clear();
            self.start = 0;
        } else if self.bytes.capacity().saturating_sub(self.bytes.len()) < size && self.start >= kept {
            // No more bytes are moved than were taken since the last time, so the cost stays linear.
            self.bytes.copy_within(self.start.., 0);
            self.bytes.truncate(kept);
            self.start = 0;
        }
        &mut self.bytes
    }

    /// Appends copies of the last `size` bytes. Returns all of them, the first included.
    pub(crate) fn repeat_last(&mut self, size: usize, copies: usize) -> &mut [u8] {
        let start = self.bytes.len().saturating_sub(size);
        let end = self.bytes.len().saturating_add(size.saturating_mul(copies));
        self.bytes.reserve(end.saturating_sub(self.bytes.len()));
        // The more there are the more can be copied at once, as long as they stay in the nearest cache.
        while self.bytes.len() < end && size > 0 {
            let (have, left) = (self.bytes.len().saturating_sub(start), end.saturating_sub(self.bytes.len()));
            let whole = NEAR.saturating_sub(NEAR.checked_rem(size).unwrap_or(0)).max(size);
            let block = have.min(whole).min(left);
            self.bytes.extend_from_within(start..start.saturating_add(block));
        }
        self.bytes.get_mut(start..).unwrap_or_default()
    }

    /// Takes the last bytes back.
    pub(crate) fn withdraw(&mut self, size: usize) {
        let kept = self.bytes.len().saturating_sub(size).max(self.start);
        self.bytes.truncate(kept);
    }

    /// Bytes of memory that the queue holds.
    pub(crate) fn capacity(&self) -> usize {
        self.bytes.capacity()
    }
}

/// Shows how much there is, never what: there may be a password in it.
impl fmt::Debug for ByteQueue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ByteQueue({} bytes)", self.len())
    }
}
