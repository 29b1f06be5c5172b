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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a message announces a body of {length} bytes, at most {limit} are taken")]
pub struct FrameError {
    /// What the header announces.
    pub length: u32,
    /// The most that the receiver takes.
    pub limit: usize,
}

#[cfg(feature = "alloc")]
pub use input::Input;

#[cfg(feature = "alloc")]
mod input {
    use alloc::vec::Vec;
    use core::fmt;

    use super::{DEFAULT_BODY_LIMIT, FrameError, HEADER_LEN, RawMessage};
    use crate::byte_queue::ByteQueue;
    use crate::types::message_type::MessageType;

    /// How many bytes may wait before [`Input::wants_bytes`] says no, unless a message needs more: 256 KiB.
    const FULL: usize = 256 * 1024;

    /// How many bytes [`Input::read_from`] asks for at once.
    #[cfg(feature = "std")]
    const READ_SIZE: usize = 8 * 1024;

    /// Bytes that arrived, cut into messages.
    ///
    /// The caller owns it and puts in what arrives, in pieces of any size. A [`Client`](crate::Client) or a
    /// [`Server`](crate::Server) takes messages out by `poll`; their events borrow the input, and nothing else.
    /// [`next`](Self::next) gives the messages to whoever wants no session. All of it takes time in proportion to
    /// the bytes, whatever the pieces are.
    ///
    /// ```
    /// use ged188::{Input, MessageType};
    ///
    /// let mut input = Input::default();
    /// input.push(&[0, 0, 0, 4, 0, 0, 0, 5, 0, 0]); // HEARTBEAT_REQ, but for two bytes
    /// assert_eq!(input.next()?, None);
    /// input.push(&[0, 7]);
    /// let message = input.next()?.unwrap();
    /// assert_eq!(message.message_type, MessageType::HEARTBEAT_REQ);
    /// assert_eq!(message.body, [0, 0, 0, 7]);
    /// # Ok::<(), ged188::frame::FrameError>(())
    /// ```
    pub struct Input {
        queue: ByteQueue,
        /// Length of the current message, which is at the front of the queue, and its type; 0 if there is none.
        current: usize,
        message_type: MessageType,
        limit: usize,
        lost: Option<FrameError>,
        /// A message to give as the current one, that arrived before.
        replayed: Option<(MessageType, Vec<u8>)>,
        /// The identifier of the device that the current event is about, if it is not in the message.
        device: Vec<u8>,
    }

    /// Leaves out the bytes: there may be passwords in them.
    impl fmt::Debug for Input {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Input")
                .field("buffered", &self.buffered())
                .field("limit", &self.limit)
                .field("lost", &self.lost)
                .finish_non_exhaustive()
        }
    }

    impl Input {
        /// An input that takes bodies of up to `limit` bytes. A longer one ends the session, so it should not be less
        /// than 12,492: that is the body of the guide's longest message.
        pub fn new(limit: usize) -> Self {
            let (queue, device) = (ByteQueue::default(), Vec::new());
            Self {
                queue,
                current: 0,
                message_type: MessageType(0),
                limit,
                lost: None,
                replayed: None,
                device,
            }
        }

        /// Takes the next bytes of the stream. Once the stream is lost, they are dropped.
        pub fn push(&mut self, bytes: &[u8]) {
            self.drop_current();
            if self.lost.is_none() {
                self.queue.push(bytes);
            }
        }

        /// Reads once from `reader`, again if that was interrupted, and returns how many bytes there were; 0 is the end of the
        /// stream.
        ///
        /// # Errors
        ///
        /// Those of `reader`.
        #[cfg(feature = "std")]
        pub fn read_from(&mut self, reader: &mut impl std::io::Read) -> std::io::Result<usize> {
            self.drop_current();
            let bytes = self.queue.tail(READ_SIZE);
            let before = bytes.len();
            bytes.resize(before.saturating_add(READ_SIZE), 0);
            let read = loop {
                match reader.read(bytes.get_mut(before..).unwrap_or_default()) {
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    read => break read,
                }
            };
            bytes.truncate(before.saturating_add(*read.as_ref().unwrap_or(&0)));
            if self.lost.is_some() {
                bytes.clear();
            }
            read
        }

        /// Whether there is room for more. If not, poll first, or wait until the application has decided what the
        /// session waits for. More bytes are taken all the same.
        pub fn wants_bytes(&self) -> bool {
            self.buffered() < FULL.max(self.limit.saturating_add(HEADER_LEN))
        }

        /// The next message, if it is all there.
        ///
        /// # Errors
        ///
        /// If a header announces too long a body. The error is final: nothing after such a header can be trusted.
        #[allow(clippy::should_implement_trait, reason = "the messages borrow the input")]
        #[inline]
        pub fn next(&mut self) -> Result<Option<RawMessage<'_>>, FrameError> {
            Ok(if self.advance()? { self.current() } else { None })
        }

        /// Goes on to the next message; false if it is not all there.
        #[inline]
        pub(crate) fn advance(&mut self) -> Result<bool, FrameError> {
            self.drop_current();
            if let Some(error) = self.lost {
                return Err(error);
            }
            match RawMessage::split_off(self.queue.bytes(), self.limit) {
                Ok(Some((message, _))) => {
                    self.current = HEADER_LEN.saturating_add(message.body.len());
                    self.message_type = message.message_type;
                    Ok(true)
                }
                Ok(None) => Ok(false),
                Err(error) => {
                    self.lost = Some(error);
                    self.queue = ByteQueue::default();
                    Err(error)
                }
            }
        }

        /// Drops all that arrived, for a session that has ended.
        pub(crate) fn discard(&mut self) {
            self.drop_current();
            self.queue.consume(self.queue.len());
        }

        /// Makes a message the current one that arrived before.
        pub(crate) fn replay(&mut self, message_type: MessageType, body: Vec<u8>) {
            self.drop_current();
            self.replayed = Some((message_type, body));
        }

        /// The current message.
        #[inline]
        pub(crate) fn current(&self) -> Option<RawMessage<'_>> {
            current(&self.queue, self.current, self.message_type, self.replayed.as_ref())
        }

        /// The current message, and room for the identifier of a device.
        #[inline]
        pub(crate) fn parts(&mut self) -> (Option<RawMessage<'_>>, &mut Vec<u8>) {
            let Self { queue, current: length, message_type, replayed, device, .. } = self;
            (current(queue, *length, *message_type, replayed.as_ref()), device)
        }

        /// Bytes that were pushed, but not taken as messages.
        pub fn buffered(&self) -> usize {
            self.queue.len().saturating_sub(self.current)
        }

        /// The bytes that were pushed, but not taken as messages: the start of the next message, once
        /// [`next`](Self::next) has no more.
        pub fn unfinished(&self) -> &[u8] {
            self.queue.bytes().get(self.current..).unwrap_or_default()
        }

        /// Bytes of memory that the input holds.
        pub fn capacity(&self) -> usize {
            self.queue.capacity().saturating_add(self.device.capacity())
        }

        #[inline]
        fn drop_current(&mut self) {
            self.queue.consume(self.current);
            self.current = 0;
            self.replayed = None;
        }
    }

    #[inline]
    fn current<'a>(
        queue: &'a ByteQueue,
        length: usize,
        message_type: MessageType,
        replayed: Option<&'a (MessageType, Vec<u8>)>,
    ) -> Option<RawMessage<'a>> {
        if let Some((message_type, body)) = replayed {
            return Some(RawMessage { message_type: *message_type, body });
        }
        let body = queue.bytes().get(HEADER_LEN..length)?;
        Some(RawMessage { message_type, body })
    }

    impl Default for Input {
        fn default() -> Self {
            Self::new(DEFAULT_BODY_LIMIT)
        }
    }
}
