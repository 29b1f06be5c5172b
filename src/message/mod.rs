//! The messages of the protocol, by service as in the guide.

use crate::error::{DecodeError, EncodeError};
use crate::field::Measure;
use crate::frame::{HEADER_LEN, RawMessage};
use crate::id::{CallId, InvokeId, MonitorId, VersionNumber};
use crate::message_type::{MessageType, UNPUBLISHED};
use crate::schema::{MessageSchema, Role, Sender};
use crate::version::ProtocolVersion;
use crate::wire::{Number, Writer};

pub mod all_events;
pub mod call_data_update;
pub mod client_control;
pub mod client_events;
pub mod client_monitor;
pub mod configuration;
pub mod failure_indication;
pub mod graceful_shutdown;
pub mod miscellaneous;
pub mod peripheral_monitor;
pub mod server_service;
pub mod session_management;
pub mod supervisor;

pub use all_events::*;
pub use call_data_update::*;
pub use client_control::*;
pub use client_events::*;
pub use client_monitor::*;
pub use configuration::*;
pub use failure_indication::*;
pub use graceful_shutdown::*;
pub use miscellaneous::*;
pub use peripheral_monitor::*;
pub use server_service::*;
pub use session_management::*;
pub use supervisor::*;

/// A message with a published table, which can be decoded.
pub trait MessageBody<'a>: Encode + Sized {
    /// The table of the message.
    const SCHEMA: &'static MessageSchema;

    /// Reads the message from its body, that is, without the header. The message borrows the body.
    ///
    /// Fields may come in any order; those that the version does not know are kept as unknown. A STRING
    /// needs no NUL and may exceed its maximum; a count may lie.
    ///
    /// # Errors
    ///
    /// If the fixed part is incomplete, a floating field is cut off, or a number has the wrong size.
    fn decode(version: ProtocolVersion, body: &'a [u8]) -> Result<Self, DecodeError>;
}

/// A message that can be encoded.
///
/// Counts are derived from the lists, floating fields are written in the guide's order and unknown fields
/// behind them. OPEN_REQ is written in the version that it asks for, whatever the session's.
pub trait Encode {
    /// The table of the message, if it has one.
    fn schema(&self) -> Option<&'static MessageSchema>;

    /// The number of the message.
    fn message_type(&self) -> MessageType {
        self.schema().map_or(MessageType(0), |schema| schema.message_type)
    }

    /// The first number with this role in the fixed part.
    #[doc(hidden)]
    fn number(&self, role: Role) -> Option<u32>;

    /// Adds the body to a measure, after checking that the protocol allows it.
    #[doc(hidden)]
    fn measure(&self, measure: &mut Measure) -> Result<(), EncodeError>;

    /// Writes the body, which has been measured.
    #[doc(hidden)]
    fn write(&self, out: &mut Writer<'_>);

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
        measured_len(self, Measure::strict, version)
    }

    /// Writes the whole message, header included, to the start of `out`; returns its length.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow the message, or it does not fit. Then nothing is written.
    fn encode(&self, version: ProtocolVersion, out: &mut [u8]) -> Result<usize, EncodeError> {
        let needed = self.encoded_len(version)?;
        write_measured(self, version, needed, out)
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
        let needed = self.encoded_len(version)?;
        append_measured(self, version, needed, out)
    }

    /// Appends the whole message without the fields that the version does not have.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    fn encode_known_to(
        &self,
        version: ProtocolVersion,
        out: &mut alloc::vec::Vec<u8>,
    ) -> Result<usize, EncodeError> {
        let needed = measured_len(self, Measure::lenient, version)?;
        append_measured(self, version, needed, out)
    }
}

/// The version in which a message is written: that of the session, but OPEN_REQ brings its own.
fn written_version<E: Encode + ?Sized>(message: &E, session: ProtocolVersion) -> ProtocolVersion {
    message.number(Role::VersionNumber).map_or(session, ProtocolVersion::nearest)
}

fn measured_len<E: Encode + ?Sized>(
    message: &E,
    measure: fn(ProtocolVersion, &'static str) -> Measure,
    session: ProtocolVersion,
) -> Result<usize, EncodeError> {
    let version = written_version(message, session);
    let name = match message.schema() {
        Some(schema) if !schema.is_in(version) => {
            let (message, since) = (schema.name, schema.since);
            return Err(EncodeError::MessageNotInVersion { message, since, version: version.number() });
        }
        Some(schema) => schema.name,
        None => "a raw message",
    };
    let mut measure = measure(version, name);
    message.measure(&mut measure)?;
    Ok(HEADER_LEN + measure.len())
}

/// Writes a message that takes this many bytes to the start of `out`.
fn write_measured<E: Encode + ?Sized>(
    message: &E,
    session: ProtocolVersion,
    needed: usize,
    out: &mut [u8],
) -> Result<usize, EncodeError> {
    let room = out.len();
    let body_len = u32::try_from(needed - HEADER_LEN);
    let (Some(out), Ok(body_len)) = (out.get_mut(..needed), body_len) else {
        return Err(EncodeError::NoRoom { needed, room });
    };
    let mut writer = Writer::new(written_version(message, session), out);
    body_len.write(&mut writer);
    message.message_type().0.write(&mut writer);
    message.write(&mut writer);
    debug_assert!(writer.is_full(), "measured as many bytes as written");
    Ok(needed)
}

/// Appends a message that takes this many bytes.
#[cfg(feature = "alloc")]
fn append_measured<E: Encode + ?Sized>(
    message: &E,
    session: ProtocolVersion,
    needed: usize,
    out: &mut alloc::vec::Vec<u8>,
) -> Result<usize, EncodeError> {
    let start = out.len();
    out.resize(start + needed, 0);
    write_measured(message, session, needed, out.get_mut(start..).unwrap_or_default())
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
fn number_at(body: &[u8], offset: Option<u16>) -> Option<u32> {
    let number = body.get(usize::from(offset?)..)?.get(..u32::SIZE)?;
    u32::read(number)
}

/// Sets the InvokeID of a message that has been encoded.
#[cfg(feature = "alloc")]
pub(crate) fn set_invoke_id(message: &mut [u8], message_type: MessageType, id: InvokeId) {
    let offset = message_type.schema().and_then(|schema| schema.offsets.invoke_id);
    set_number(message, offset, id.0);
}

/// Sets the MonitorIDs of messages of one type that have been encoded.
#[cfg(feature = "alloc")]
pub(crate) fn set_monitor_ids<'m>(
    messages: impl Iterator<Item = &'m mut [u8]>,
    message_type: MessageType,
    ids: &[MonitorId],
) {
    let offset = message_type.schema().and_then(|schema| schema.offsets.monitor_id);
    messages.zip(ids).for_each(|(message, id)| set_number(message, offset, id.0));
}

/// Sets the UINT at this offset in the body of a message.
#[cfg(feature = "alloc")]
fn set_number(message: &mut [u8], offset: Option<u16>, number: u32) {
    let at = offset.map(|offset| HEADER_LEN + usize::from(offset));
    if let Some(place) = at.and_then(|at| message.get_mut(at..at + u32::SIZE)) {
        place.copy_from_slice(&number.to_be_bytes());
    }
}

/// What can be read without taking the message apart, in a few nanoseconds whatever its length.
impl RawMessage<'_> {
    /// The InvokeID, if messages of this type have one and it is there.
    #[inline]
    pub fn invoke_id(&self) -> Option<InvokeId> {
        number_at(self.body, self.message_type.schema()?.offsets.invoke_id).map(InvokeId)
    }

    /// The MonitorID, if messages of this type have one and it is there.
    #[inline]
    pub fn monitor_id(&self) -> Option<MonitorId> {
        number_at(self.body, self.message_type.schema()?.offsets.monitor_id).map(MonitorId)
    }

    /// The VersionNumber of OPEN_REQ, if it is one.
    #[inline]
    pub fn version_number(&self) -> Option<VersionNumber> {
        number_at(self.body, self.message_type.schema()?.offsets.version_number).map(VersionNumber)
    }

    /// The ConnectionCallID (of conferences and transfers the PrimaryCallID), if messages of this type have
    /// one and it is there. The null value is none.
    #[inline]
    pub fn connection_call_id(&self) -> Option<CallId> {
        let number = number_at(self.body, self.message_type.schema()?.offsets.call_id)?;
        (number != u32::ALL_ONES).then_some(CallId(number))
    }
}

impl Encode for RawMessage<'_> {
    fn schema(&self) -> Option<&'static MessageSchema> {
        None
    }

    fn message_type(&self) -> MessageType {
        self.message_type
    }

    fn number(&self, role: Role) -> Option<u32> {
        match role {
            Role::InvokeId => self.invoke_id().map(|id| id.0),
            Role::MonitorId => self.monitor_id().map(|id| id.0),
            _ => None,
        }
    }

    fn measure(&self, measure: &mut Measure) -> Result<(), EncodeError> {
        measure.fixed_part(self.body.len());
        Ok(())
    }

    fn write(&self, out: &mut Writer<'_>) {
        out.bytes(self.body);
    }
}

macro_rules! message_enum {
    ($(($Message:ident $NAME:ident))*) => {
        /// Any message.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Message<'a> {
            $(
                #[doc = concat!("`", stringify!($NAME), "`.")]
                $Message($Message<'a>),
            )*
            /// A message whose type has no published table, or not in this version.
            Unknown(RawMessage<'a>),
        }

        impl<'a> Message<'a> {
            /// Reads a message of any type.
            ///
            /// # Errors
            ///
            /// As for [`MessageBody::decode`]. Unknown types are no error.
            pub fn decode(version: ProtocolVersion, message: RawMessage<'a>) -> Result<Self, DecodeError> {
                let RawMessage { message_type, body } = message;
                match message_type {
                    $(MessageType::$NAME if $Message::SCHEMA.is_in(version_of($Message::SCHEMA, version, body)) => {
                        $Message::decode(version, body).map(Self::$Message)
                    })*
                    _ => Ok(Self::Unknown(message)),
                }
            }

            fn as_encode(&self) -> &dyn Encode {
                match self {
                    $(Self::$Message(message) => message,)*
                    Self::Unknown(message) => message,
                }
            }
        }

        #[cfg(feature = "generate")]
        impl<'a> Message<'a> {
            /// A message of this type, made at random; `None` if the version does not have it.
            pub fn generate<S: crate::generate::Source<'a>>(
                source: &mut S,
                version: ProtocolVersion,
                message_type: MessageType,
            ) -> Option<Self> {
                use crate::generate::Generate;
                match message_type {
                    $(MessageType::$NAME if $Message::SCHEMA.is_in(version) => {
                        $Message::generate(source, version).map(Self::$Message)
                    })*
                    _ => None,
                }
            }
        }

        /// The message under the guide's name for its type.
        #[cfg(feature = "serde")]
        impl serde::Serialize for Message<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let number = self.message_type().0;
                match self {
                    $(Self::$Message(message) => {
                        serializer.serialize_newtype_variant("Message", number, stringify!($NAME), message)
                    })*
                    Self::Unknown(message) => {
                        serializer.serialize_newtype_variant("Message", number, "Unknown", message)
                    }
                }
            }
        }

        $(impl<'a> From<$Message<'a>> for Message<'a> {
            fn from(message: $Message<'a>) -> Self {
                Self::$Message(message)
            }
        })*

        /// The tables of all messages that have one, by service as in the guide.
        pub static MESSAGES: &[&MessageSchema] = ALL;
        pub(crate) const ALL: &[&MessageSchema] = &[$($Message::SCHEMA),*];
    };
}

/// Collects the messages of all services.
macro_rules! services {
    ([] $($messages:tt)*) => { message_enum! { $($messages)* } };
    ([$service:ident $($more:ident)*] $($messages:tt)*) => {
        $service::collect! { services [$($more)*] $($messages)* }
    };
}

services! {
    [session_management failure_indication client_events all_events client_control call_data_update
     miscellaneous peripheral_monitor client_monitor supervisor server_service configuration graceful_shutdown]
}

impl Encode for Message<'_> {
    fn schema(&self) -> Option<&'static MessageSchema> {
        self.as_encode().schema()
    }

    fn message_type(&self) -> MessageType {
        self.as_encode().message_type()
    }

    fn number(&self, role: Role) -> Option<u32> {
        self.as_encode().number(role)
    }

    fn measure(&self, measure: &mut Measure) -> Result<(), EncodeError> {
        self.as_encode().measure(measure)
    }

    fn write(&self, out: &mut Writer<'_>) {
        self.as_encode().write(out);
    }
}

/// What is known of a message by its type alone; nothing where it has no published table.
impl Message<'_> {
    /// The guide's name; unpublished messages have one too.
    pub fn name(&self) -> Option<&'static str> {
        self.message_type().name()
    }

    /// Who may send it.
    pub fn sender(&self) -> Option<Sender> {
        self.message_type().schema().map(|schema| schema.sender)
    }

    /// First version that has it; 9 also stands for all versions before.
    pub fn since(&self) -> Option<u8> {
        self.message_type().schema().map(|schema| schema.since)
    }

    /// Whether it is a request: a message that another one confirms.
    pub fn is_request(&self) -> bool {
        self.reply().is_some()
    }

    /// The message that confirms it, if it is a request.
    pub fn reply(&self) -> Option<MessageType> {
        self.message_type().schema()?.reply
    }
}

/// The numbers of messages with a published table are below this.
pub(crate) const TYPES: usize = 285;

/// The published tables, by number.
static BY_TYPE: [Option<&MessageSchema>; TYPES] = {
    let mut by_type = [None; TYPES];
    let mut i = 0;
    while i < ALL.len() {
        by_type[ALL[i].message_type.0 as usize] = Some(ALL[i]);
        i += 1;
    }
    by_type
};

impl MessageType {
    /// The table of the message, if it was published.
    #[inline]
    pub fn schema(self) -> Option<&'static MessageSchema> {
        BY_TYPE.get(usize::try_from(self.0).ok()?).copied()?
    }

    /// The message with this name of the guide.
    pub fn named(name: &str) -> Option<Self> {
        let published = || ALL.iter().find(|schema| schema.name == name).map(|schema| schema.message_type);
        let unpublished = || UNPUBLISHED.iter().find(|(_, other)| *other == name).map(|(number, _)| *number);
        published().or_else(unpublished)
    }

    /// The guide's name, if it has one.
    pub fn name(self) -> Option<&'static str> {
        let unpublished = || UNPUBLISHED.iter().find(|(number, _)| *number == self).map(|(_, name)| *name);
        self.schema().map(|schema| schema.name).or_else(unpublished)
    }
}

impl core::fmt::Debug for MessageType {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "MessageType({})", self.0),
        }
    }
}
