//! A message as it was written, with the version in which it was.

use super::{Encode, Message};
use crate::codec::write::{Failure, Writer};
use crate::error::{DecodeError, EncodeProblem};
use crate::frame::RawMessage;
use crate::schema::{MessageSchema, Role};
use crate::types::message_type::MessageType;
use crate::version::ProtocolVersion;

/// A message as it was written, with the version in which it was.
///
/// It is encoded in its own version as it is, even if the protocol does not allow what it says. In another version it is
/// encoded again, as far as it has a table and the protocol allows it.
///
/// ```
/// use ged188::{Encode, MessageType, ProtocolVersion, RawMessage};
///
/// // END_CALL_EVENT, whose floating field has a header of two bytes.
/// let body = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0";
/// let raw = RawMessage { message_type: MessageType::END_CALL_EVENT, body };
/// let [old, new] = [ProtocolVersion::V19, ProtocolVersion::V20];
/// let message = raw.in_version(old);
/// assert_eq!(message.encoded_len(old), Ok(8 + 23));
/// // From version 20 on such headers take four bytes.
/// assert_eq!(message.encoded_len(new), Ok(8 + 25));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodedMessage<'a> {
    /// The version in which it was written.
    pub version: ProtocolVersion,
    /// Its type and its body.
    pub raw: RawMessage<'a>,
}

impl<'a> RawMessage<'a> {
    /// The message as one that was written in this version. OPEN_REQ brings its own.
    pub fn in_version(self, version: ProtocolVersion) -> EncodedMessage<'a> {
        let own = self.version_number().map(|number| ProtocolVersion::nearest(number.0));
        EncodedMessage { version: own.unwrap_or(version), raw: self }
    }
}

impl<'a> EncodedMessage<'a> {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// As for [`Message::decode`].
    pub fn decode(self) -> Result<Message<'a>, DecodeError> {
        Message::decode(self.version, self.raw)
    }
}

impl Encode for EncodedMessage<'_> {
    fn schema(&self) -> Option<&'static MessageSchema> {
        None
    }

    fn message_type(&self) -> MessageType {
        self.raw.message_type
    }

    fn number(&self, role: Role) -> Option<u32> {
        match role {
            Role::InvokeId => self.raw.invoke_id().map(|id| id.0),
            Role::MonitorId => self.raw.monitor_id().map(|id| id.0),
            Role::VersionNumber => self.raw.version_number().map(|number| number.0),
            _ => None,
        }
    }

    fn write<'b>(&self, mut out: Writer<'b>) -> Result<Writer<'b>, Failure> {
        if out.version() == self.version {
            out.bytes(self.raw.body);
            return Ok(out);
        }
        match self.decode() {
            Ok(Message::Unknown(_)) | Err(_) => Err(Failure::of_body(EncodeProblem::WrittenInVersion {
                written: self.version.number(),
                version: out.version().number(),
            })),
            Ok(message) => message.write(out),
        }
    }
}
