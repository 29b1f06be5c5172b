//! Messages as they stand in the stream: a header of type and length, then the body.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use core::fmt;

use byteorder::{BigEndian, ByteOrder};

use crate::types::message_type::MessageType;

/// Bytes of the header: MessageLength, which counts the body, and MessageType, a UINT each.
pub const HEADER_LEN: usize = 8;

/// The longest body that a receiver takes by default: 64 KiB.
///
/// The guide's longest message takes 12,500 bytes, header included. Version 9 has a bound of 4,329, which a message of
/// its own breaks.
pub const DEFAULT_BODY_LIMIT: usize = 64 * 1024;

/// A message that is not taken apart: its type and its body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RawMessage<'a> {
    /// Its type.
    pub message_type: MessageType,
    /// Its body, without the header.
    pub body: &'a [u8],
}

impl<'a> RawMessage<'a> {
    /// Takes the first message off `stream`, and returns it with the rest; `None` if it is not all there.
    ///
    /// # Errors
    ///
    /// If the header announces a body of more than `limit` bytes. Then the stream is lost: nothing after
    /// such a header can be trusted.
    pub fn split_off(stream: &'a [u8], limit: usize) -> Result<Option<(Self, &'a [u8])>, FrameError> {
        let Some((header, rest)) = stream.split_first_chunk::<HEADER_LEN>() else {
            return Ok(None);
        };
        let length = body_len(*header, limit)?;
        let message_type = MessageType(BigEndian::read_u32(&header[4..]));
        Ok(rest.split_at_checked(length).map(|(body, rest)| (Self { message_type, body }, rest)))
    }
}

/// Shows type and size, never the body: there may be a password in it.
impl fmt::Debug for RawMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawMessage({:?}, {} bytes)", self.message_type, self.body.len())
    }
}

/// The length that a header announces.
fn body_len(header: [u8; HEADER_LEN], limit: usize) -> Result<usize, FrameError> {
    let length = BigEndian::read_u32(&header);
    match usize::try_from(length) {
        Ok(length) if length <= limit => Ok(length),
        _ => Err(FrameError { length, limit }),
    }
}

/// The stream is lost: a header announces a longer body than the receiver takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a message announces a body of {length} bytes, at most {limit} are taken")]
pub struct FrameError {
    /// What the header announces.
    pub length: u32,
    /// The most that the receiver takes.
    pub limit: usize,
}

#[cfg(feature = "alloc")]
pub use decoder::FrameDecoder;

#[cfg(feature = "alloc")]
mod decoder {
    use super::{DEFAULT_BODY_LIMIT, FrameError, HEADER_LEN, RawMessage, body_len};
    use crate::byte_queue::ByteQueue;

    /// Cuts a stream that arrives in pieces into messages.
    ///
    /// [`push`](Self::push) takes bytes as they come; [`next`](Self::next) gives the messages, which borrow
    /// the decoder's buffer. Both take time in proportion to the bytes, whatever the pieces are.
    ///
    /// ```
    /// use ged188::{FrameDecoder, MessageType};
    ///
    /// let mut frames = FrameDecoder::default();
    /// frames.push(&[0, 0, 0, 4, 0, 0, 0, 5, 0, 0])?; // HEARTBEAT_REQ, but for two bytes
    /// assert_eq!(frames.next()?, None);
    /// frames.push(&[0, 7])?;
    /// let message = frames.next()?.unwrap();
    /// assert_eq!(message.message_type, MessageType::HEARTBEAT_REQ);
    /// assert_eq!(message.body, [0, 0, 0, 7]);
    /// # Ok::<(), ged188::frame::FrameError>(())
    /// ```
    #[derive(Debug)]
    pub struct FrameDecoder {
        /// What was pushed, but not given as messages.
        queue: ByteQueue,
        /// Bytes at the front of the queue that were given as a message since.
        given: usize,
        /// The header at the end of what was pushed, as far as it is there.
        header: [u8; HEADER_LEN],
        header_len: usize,
        /// Bytes still to come of the body at the end of what was pushed.
        missing: usize,
        /// Whole messages that were pushed.
        completed: u64,
        limit: usize,
        lost: Option<FrameError>,
    }

    impl FrameDecoder {
        /// A decoder that takes bodies of up to `limit` bytes.
        pub fn new(limit: usize) -> Self {
            Self {
                queue: ByteQueue::default(),
                given: 0,
                header: [0; HEADER_LEN],
                header_len: 0,
                missing: 0,
                completed: 0,
                limit,
                lost: None,
            }
        }

        /// Takes the next bytes of the stream.
        ///
        /// # Errors
        ///
        /// If a header announces too long a body. Of that message and what follows, nothing is kept; the
        /// messages before it can still be taken. The error is final.
        pub fn push(&mut self, bytes: &[u8]) -> Result<(), FrameError> {
            self.drop_given();
            let sound = self.follow(bytes);
            self.queue.push(sound);
            self.lost.map_or(Ok(()), Err)
        }

        /// The next message, if it is all there.
        ///
        /// # Errors
        ///
        /// If the stream is lost, once all messages before that point have been taken.
        #[allow(clippy::should_implement_trait, reason = "the messages borrow the decoder")]
        #[inline]
        pub fn next(&mut self) -> Result<Option<RawMessage<'_>>, FrameError> {
            Ok(if self.advance()? { self.current() } else { None })
        }

        /// Goes on to the next message; false if it is not all there.
        #[inline]
        pub(crate) fn advance(&mut self) -> Result<bool, FrameError> {
            self.drop_given();
            match RawMessage::split_off(self.queue.bytes(), self.limit)? {
                Some((message, _)) => {
                    self.given = HEADER_LEN.saturating_add(message.body.len());
                    Ok(true)
                }
                None => self.lost.map_or(Ok(false), Err),
            }
        }

        /// The current message.
        #[inline]
        pub(crate) fn current(&self) -> Option<RawMessage<'_>> {
            let given = self.queue.bytes().get(..self.given)?;
            RawMessage::split_off(given, self.limit).ok().flatten().map(|(message, _)| message)
        }

        /// Bytes that were pushed, but not taken as messages.
        pub fn buffered(&self) -> usize {
            self.queue.len().saturating_sub(self.given)
        }

        /// The bytes that were pushed, but not taken as messages: the start of the next message, once
        /// [`next`](Self::next) has no more.
        pub fn unfinished(&self) -> &[u8] {
            self.queue.bytes().get(self.given..).unwrap_or_default()
        }

        /// Bytes of memory that the decoder holds for them.
        pub fn capacity(&self) -> usize {
            self.queue.capacity()
        }

        /// How many whole messages have been pushed so far.
        pub(crate) fn completed(&self) -> u64 {
            self.completed
        }

        fn drop_given(&mut self) {
            self.queue.consume(self.given);
            self.given = 0;
        }

        /// Follows the headers through new bytes; returns the bytes before the point where all is lost.
        fn follow<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
            if self.lost.is_some() {
                return &[];
            }
            let mut rest = bytes;
            while !rest.is_empty() {
                if self.missing > 0 {
                    let (body, after) = rest.split_at(self.missing.min(rest.len()));
                    self.missing = self.missing.saturating_sub(body.len());
                    self.completed = self.completed.saturating_add(u64::from(self.missing == 0));
                    rest = after;
                    continue;
                }
                let room = self.header.get_mut(self.header_len..).unwrap_or_default();
                let (part, after) = rest.split_at(room.len().min(rest.len()));
                room.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
                self.header_len = self.header_len.saturating_add(part.len());
                if self.header_len == HEADER_LEN {
                    match body_len(self.header, self.limit) {
                        Ok(length) => {
                            self.missing = length;
                            self.completed = self.completed.saturating_add(u64::from(length == 0));
                        }
                        Err(error) => {
                            self.lost = Some(error);
                            break;
                        }
                    }
                    self.header_len = 0;
                }
                rest = after;
            }
            bytes.get(..bytes.len().saturating_sub(rest.len())).unwrap_or_default()
        }
    }

    impl Default for FrameDecoder {
        fn default() -> Self {
            Self::new(DEFAULT_BODY_LIMIT)
        }
    }
}
