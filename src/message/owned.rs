//! A message that owns its bytes.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::{Encode, EncodedMessage, Message};
use crate::codec::write::{Failure, Writer};
use crate::error::{DecodeError, EncodeError};
use crate::frame::{HEADER_LEN, RawMessage};
use crate::schema::{MessageSchema, Role};
use crate::types::message_type::MessageType;
use crate::version::ProtocolVersion;

/// A message that owns its bytes, for channels, recorders and whatever else keeps messages.
///
/// To make one takes one copy of the body; clones share it. [`message`](Self::message) gives the typed message again, for
/// nothing but the time to decode it. What a peer sent is kept as it came, even if encoding would refuse it.
///
/// ```
/// use ged188::message::{EndCallEvent, Message};
/// use ged188::{OwnedMessage, ProtocolVersion, RawMessage};
///
/// fn keep(message: &Message<'_>, version: ProtocolVersion) -> OwnedMessage {
///     OwnedMessage::new(version, message).expect("it came from a peer")
/// }
///
/// # let body = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0";
/// # let version = ProtocolVersion::V14;
/// # let raw = RawMessage { message_type: ged188::MessageType::END_CALL_EVENT, body };
/// let kept = {
///     let message = Message::decode(version, raw)?;
///     keep(&message, version)
/// };
/// let Message::EndCallEvent(event) = kept.message()? else { panic!() };
/// assert_eq!(event.connection_device_id.unwrap(), "5001");
/// # Ok::<(), ged188::DecodeError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnedMessage {
    version: ProtocolVersion,
    message_type: MessageType,
    body: Arc<[u8]>,
}

impl OwnedMessage {
    /// Keeps a message. One that was decoded in this version, and not changed since, is kept as it came; others are encoded.
    ///
    /// # Errors
    ///
    /// If it has to be encoded, and the protocol does not allow it.
    pub fn new(version: ProtocolVersion, message: &Message<'_>) -> Result<Self, EncodeError> {
        let original = message.original().filter(|original| original.decode().as_ref() == Ok(message));
        match original {
            Some(original) if original.version == version => Ok(original.into()),
            _ => Self::encode(version, message),
        }
    }

    /// Encodes a message, and keeps it.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow it.
    pub fn encode(version: ProtocolVersion, message: &impl Encode) -> Result<Self, EncodeError> {
        let mut bytes = Vec::new();
        message.encode_to(version, &mut bytes)?;
        let (message_type, body) = (message.message_type(), bytes.get(HEADER_LEN..).unwrap_or_default());
        Ok(RawMessage { message_type, body }.in_version(version).into())
    }

    /// The version in which it is written.
    pub fn version(&self) -> ProtocolVersion {
        self.version
    }

    /// Its type.
    pub fn message_type(&self) -> MessageType {
        self.message_type
    }

    /// Its body, without the header.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The message as it was written.
    pub fn encoded(&self) -> EncodedMessage<'_> {
        let Self { version, message_type, body } = self;
        EncodedMessage { version: *version, raw: RawMessage { message_type: *message_type, body } }
    }

    /// The typed message.
    ///
    /// # Errors
    ///
    /// As for [`Message::decode`]. A message that was decoded before can be decoded again.
    pub fn message(&self) -> Result<Message<'_>, DecodeError> {
        self.encoded().decode()
    }
}

impl From<EncodedMessage<'_>> for OwnedMessage {
    fn from(message: EncodedMessage<'_>) -> Self {
        let EncodedMessage { version, raw } = message;
        Self { version, message_type: raw.message_type, body: raw.body.into() }
    }
}

/// Shows type and size, never the body: there may be a password in it.
impl fmt::Debug for OwnedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, size) = (self.version.number(), self.body.len());
        write!(f, "OwnedMessage({:?}, version {number}, {size} bytes)", self.message_type)
    }
}

/// As an [`EncodedMessage`]: as it is in its own version, encoded again in others.
impl Encode for OwnedMessage {
    fn schema(&self) -> Option<&'static MessageSchema> {
        self.encoded().schema()
    }

    fn message_type(&self) -> MessageType {
        self.message_type
    }

    fn number(&self, role: Role) -> Option<u32> {
        self.encoded().number(role)
    }

    fn write<'b>(&self, out: Writer<'b>) -> Result<Writer<'b>, Failure> {
        self.encoded().write(out)
    }
}
