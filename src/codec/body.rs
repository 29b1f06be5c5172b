//! What reads and writes a message: its body, with the header before it.

use super::wire::Number;
use super::write::{Failure, Writer};
use crate::error::{DecodeError, EncodeError};
use crate::frame::HEADER_LEN;
use crate::schema::{MessageSchema, Role};
use crate::types::id::{InvokeId, MonitorId};
use crate::types::message_type::MessageType;
use crate::version::ProtocolVersion;

/// A message with a published table, which can be decoded.
pub trait MessageBody<'a>: Encode + Default {
    /// The table of the message.
    const SCHEMA: &'static MessageSchema;

    /// Reads the message from its body, that is, without the header, whatever message the body is of; `TryFrom<Message>`
    /// takes none of another type. The message borrows the body.
    ///
    /// Fields may come in any order; those that the version does not know, and numbers of another length than their
    /// type has, are kept as unknown. A STRING needs no NUL and may exceed its maximum; a count may lie.
    ///
    /// # Errors
    ///
    /// If the fixed part is incomplete, or a floating field is cut off. What stands before that place can still be read:
    /// see [`Message::decode_readable`](crate::Message::decode_readable).
    fn decode_body(version: ProtocolVersion, body: &'a [u8]) -> Result<Self, DecodeError>;

    /// Reads a body into a message in which nothing is set.
    #[doc(hidden)]
    fn read(&mut self, version: ProtocolVersion, body: &'a [u8]) -> Result<(), DecodeError>;
}

/// A message that asks for something, with the message that confirms it.
pub trait Request: Encode {
    /// The message that confirms it.
    type Confirmation<'a>: MessageBody<'a>;
}

/// A message that can be encoded. Only the types of this crate are.
///
/// Counts are derived from the lists, floating fields are written in the guide's order and unknown fields
/// behind them. OPEN_REQ is written in the version that it asks for, whatever the session's.
pub trait Encode {
    /// The table that the message is checked against when it is encoded. What is encoded already has none, and is not
    /// checked; the table of its type is [`MessageType::schema`].
    fn schema(&self) -> Option<&'static MessageSchema>;

    /// The number of the message.
    fn message_type(&self) -> MessageType {
        self.schema().map_or(MessageType(0), |schema| schema.message_type)
    }

    /// The first number with this role in the fixed part.
    #[doc(hidden)]
    fn number(&self, role: Role) -> Option<u32>;

    /// Checks whether the protocol allows the message, and writes the body.
    #[doc(hidden)]
    fn write<'b>(&self, out: Writer<'b>) -> Result<Writer<'b>, Failure>;

    /// The InvokeID, if the message has one.
    fn invoke_id(&self) -> Option<InvokeId> {
        self.number(Role::InvokeId).map(InvokeId)
    }

    /// The MonitorID, if the message has one.
    fn monitor_id(&self) -> Option<MonitorId> {
        self.number(Role::MonitorId).map(MonitorId)
    }

    /// Bytes of the whole message in this version, header included.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow the message.
    fn encoded_len(&self, version: ProtocolVersion) -> Result<usize, EncodeError> {
        write_message(self, version, false, &mut [])
    }

    /// Writes the whole message, header included, to the start of `out`; returns its length.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow the message, or it does not fit. What `out` then holds is not defined.
    fn encode(&self, version: ProtocolVersion, out: &mut [u8]) -> Result<usize, EncodeError> {
        let needed = write_message(self, version, false, out)?;
        if needed > out.len() { Err(EncodeError::NoRoom { needed, room: out.len() }) } else { Ok(needed) }
    }

    /// Appends the whole message, header included, to `out`; returns its length.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow the message. Then nothing is appended.
    #[cfg(feature = "alloc")]
    fn encode_to(
        &self,
        version: ProtocolVersion,
        out: &mut alloc::vec::Vec<u8>,
    ) -> Result<usize, EncodeError> {
        append_message(self, version, false, out)
    }

    /// Appends the whole message without the fields that the version does not have.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    fn encode_known_to(
        &self,
        version: ProtocolVersion,
        out: &mut alloc::vec::Vec<u8>,
    ) -> Result<usize, EncodeError> {
        append_message(self, version, true, out)
    }
}

/// Checks and writes a message as far as there is room; returns the bytes that it takes.
fn write_message<E: Encode + ?Sized>(
    message: &E,
    session: ProtocolVersion,
    lenient: bool,
    out: &mut [u8],
) -> Result<usize, EncodeError> {
    // OPEN_REQ is written in its own version.
    let version = message.number(Role::VersionNumber).map_or(session, ProtocolVersion::nearest);
    let name = match message.schema() {
        Some(schema) if !schema.is_in(version) => {
            let (message, since) = (schema.name, schema.since);
            return Err(EncodeError::MessageNotInVersion { message, since, version: version.number() });
        }
        Some(schema) => schema.name,
        None => message.message_type().name().unwrap_or("an unknown message"),
    };
    let (header, room) = match out.split_first_chunk_mut::<HEADER_LEN>() {
        Some((header, room)) => (Some(header), room),
        None => (None, &mut [][..]),
    };
    let written = message.write(Writer::new(version, lenient, room));
    let len = written.map_err(|failure| failure.of_message(name))?.len();
    let needed = HEADER_LEN + len;
    let Ok(body_len) = u32::try_from(len) else {
        return Err(EncodeError::NoRoom { needed, room: u32::MAX as usize });
    };
    if let Some(header) = header {
        let (length, number) = header.split_at_mut(u32::SIZE);
        body_len.write(length);
        message.message_type().0.write(number);
    }
    Ok(needed)
}

/// Room to make for a message of unknown length.
#[cfg(feature = "alloc")]
const TYPICAL: usize = 512;

/// Appends a message. One that is longer than most is written a second time, with room enough.
#[cfg(feature = "alloc")]
fn append_message<E: Encode + ?Sized>(
    message: &E,
    session: ProtocolVersion,
    lenient: bool,
    out: &mut alloc::vec::Vec<u8>,
) -> Result<usize, EncodeError> {
    let start = out.len();
    let mut room = TYPICAL;
    loop {
        out.resize(start + room, 0);
        let written = write_message(message, session, lenient, out.get_mut(start..).unwrap_or_default());
        match written {
            Ok(needed) if needed > room => room = needed,
            _ => {
                out.truncate(start + written.unwrap_or(0));
                return written;
            }
        }
    }
}

/// The version in which a body is read: that of the session, but OPEN_REQ brings its own.
pub(crate) fn version_of(schema: &MessageSchema, session: ProtocolVersion, body: &[u8]) -> ProtocolVersion {
    match schema.offsets.version_number {
        Some(offset) => ProtocolVersion::nearest(number_at(body, Some(offset)).unwrap_or(0)),
        None => session,
    }
}

/// The UINT at this offset.
#[inline]
pub(crate) fn number_at(body: &[u8], offset: Option<u16>) -> Option<u32> {
    let number = body.get(usize::from(offset?)..)?.get(..u32::SIZE)?;
    u32::read(number)
}
