//! The messages of the protocol, by service as in the guide.
//!
//! [`Message`] is any of them, and its docs have a table of all by their names in the guide; the search of these pages
//! finds a message by that name too. Each module below is a service. A message is a struct with the guide's fields: those of
//! the fixed part with a default, the floating ones as `Option` or [`List`](crate::List), and what its table does not
//! know as `unknown`. To make one, set what is needed and leave the rest to `..Default::default()`.
//!
//! ```
//! use ged188::message::{AgentStateEvent, Message};
//! use ged188::named_values::AgentState;
//! use ged188::{Encode, ProtocolVersion, RawMessage};
//!
//! let event = AgentStateEvent {
//!     monitor_id: 5.into(),
//!     agent_state: AgentState::AGENT_STATE_TALKING,
//!     agent_extension: Some("5001".into()),
//!     ..Default::default()
//! };
//! let version = ProtocolVersion::V14;
//! let mut bytes = Vec::new();
//! event.encode_to(version, &mut bytes)?;
//!
//! let (raw, _) = RawMessage::split_off(&bytes, 65536)?.expect("a whole message");
//! assert_eq!(Message::decode(version, raw)?, event.into());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use crate::codec::body::{Encode, MessageBody, Request};
use crate::codec::body::{number_at, version_of};
use crate::codec::wire::Number;
use crate::codec::write::{Failure, Writer};
use crate::error::DecodeError;
#[cfg(feature = "alloc")]
use crate::frame::HEADER_LEN;
use crate::frame::RawMessage;
use crate::schema::{MessageSchema, Role, Sender};
use crate::types::id::{CallId, InvokeId, MonitorId, VersionNumber};
use crate::types::message_type::MessageType;
use crate::version::ProtocolVersion;

pub mod all_events;
pub mod call_data_update;
mod call_variables;
pub mod client_control;
pub mod client_events;
pub mod client_monitor;
pub mod configuration;
mod encoded;
pub mod failure_indication;
pub mod graceful_shutdown;
pub mod miscellaneous;
mod numbers;
#[cfg(feature = "alloc")]
mod owned;
pub mod peripheral_monitor;
pub mod server_service;
pub mod session_management;
pub mod supervisor;
mod tag_table_lines;

pub use all_events::*;
pub use call_data_update::*;
pub use client_control::*;
pub use client_events::*;
pub use client_monitor::*;
pub use configuration::*;
pub use encoded::EncodedMessage;
pub(crate) use failure_indication::has_short_status;
pub use failure_indication::*;
pub use graceful_shutdown::*;
pub use miscellaneous::*;
#[cfg(feature = "alloc")]
pub(crate) use numbers::NUMBERS;
pub use numbers::UNPUBLISHED;
#[cfg(feature = "alloc")]
pub use owned::OwnedMessage;
pub use peripheral_monitor::*;
pub use server_service::*;
pub use session_management::*;
pub use supervisor::*;

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

macro_rules! message_enum {
    ($(($Message:ident $NAME:ident $number:literal))*) => {
        /// Any message.
        ///
        /// # All messages
        ///
        /// | guide's name | MessageType | type |
        /// |---|---|---|
        $(#[doc = concat!(
            "| `", stringify!($NAME), "` | ", $number, " | [`", stringify!($Message), "`] |"
        )])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Message<'a> {
            $(
                #[doc = concat!("`", stringify!($NAME), "`.")]
                $Message($Message<'a>),
            )*
            /// A message whose type has no published table, or not in this version.
            Unknown(EncodedMessage<'a>),
        }

        impl<'a> Message<'a> {
            /// Reads a message of any type.
            ///
            /// # Errors
            ///
            /// As for [`MessageBody::decode_body`]. Unknown types are no error.
            pub fn decode(version: ProtocolVersion, message: RawMessage<'a>) -> Result<Self, DecodeError> {
                let RawMessage { message_type, body } = message;
                match message_type {
                    $(MessageType::$NAME if $Message::SCHEMA.is_in(version_of($Message::SCHEMA, version, body)) => {
                        // In place, as there.
                        let mut result = Ok(Self::$Message($Message::default()));
                        if let Ok(Self::$Message(message)) = &mut result {
                            if let Err(error) = message.read(version, body) {
                                result = Err(error);
                            }
                        }
                        result
                    })*
                    _ => Ok(Self::Unknown(message.in_version(version))),
                }
            }

            /// The message as it was written, if it was decoded and not made. Nothing is missing there, not even what
            /// encoding would refuse. The fields may have been changed since.
            pub fn original(&self) -> Option<EncodedMessage<'a>> {
                let (message_type, original) = match self {
                    $(Self::$Message(message) => (MessageType::$NAME, message.unknown.original()),)*
                    Self::Unknown(message) => return Some(*message),
                };
                original.map(|(version, body)| RawMessage { message_type, body }.in_version(version))
            }

            fn as_encode(&self) -> &dyn Encode {
                match self {
                    $(Self::$Message(message) => message,)*
                    Self::Unknown(message) => message,
                }
            }
        }

        /// In one line: the guide's name, and the fields that are there and not null. Passwords are not shown.
        impl core::fmt::Display for Message<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $(Self::$Message(message) => message.fmt(f),)*
                    Self::Unknown(message) => {
                        write!(f, "{:?} {} bytes", message.raw.message_type, message.raw.body.len())
                    }
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
                        serializer.serialize_newtype_variant("Message", number, "Unknown", &message.raw)
                    }
                }
            }
        }

        $(
            impl<'a> From<$Message<'a>> for Message<'a> {
                fn from(message: $Message<'a>) -> Self {
                    Self::$Message(message)
                }
            }

            /// The message, if it is of this type.
            impl<'a> TryFrom<Message<'a>> for $Message<'a> {
                type Error = Message<'a>;

                fn try_from(message: Message<'a>) -> Result<Self, Message<'a>> {
                    match message {
                        Message::$Message(message) => Ok(message),
                        other => Err(other),
                    }
                }
            }
        )*

        /// The tables of all messages that have one, by service as in the guide.
        pub static MESSAGES: &[&MessageSchema] = &[$($Message::SCHEMA),*];
    };
}

/// Hands the messages of all services to a macro.
macro_rules! services {
    ($then:ident) => {
        $crate::message::session_management::collect! {
            services [
                failure_indication client_events all_events client_control call_data_update miscellaneous
                peripheral_monitor client_monitor supervisor server_service configuration graceful_shutdown
                $then
            ]
        }
    };
    ([$last:ident] $($messages:tt)*) => { $last! { $($messages)* } };
    ([$service:ident $($more:ident)*] $($messages:tt)*) => {
        $crate::message::$service::collect! { services [$($more)*] $($messages)* }
    };
}
pub(crate) use services;

services! { message_enum }

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

    fn write<'b>(&self, out: Writer<'b>) -> Result<Writer<'b>, Failure> {
        self.as_encode().write(out)
    }
}

/// What is known of a message by its type alone; nothing where it has no published table.
impl Message<'_> {
    /// Its number.
    pub fn message_type(&self) -> MessageType {
        Encode::message_type(self)
    }

    /// The InvokeID, if the message has one.
    pub fn invoke_id(&self) -> Option<InvokeId> {
        Encode::invoke_id(self)
    }

    /// The MonitorID, if the message has one.
    pub fn monitor_id(&self) -> Option<MonitorId> {
        Encode::monitor_id(self)
    }

    /// The ConnectionCallID (of conferences and transfers the PrimaryCallID), if messages of this type have one and it
    /// is not null.
    pub fn connection_call_id(&self) -> Option<CallId> {
        self.number(Role::CallId).filter(|number| *number != u32::MAX).map(CallId)
    }

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

impl<'a> Message<'a> {
    /// Reads a message as far as it is sound: what stands before the place where a floating field is cut off, and what is
    /// wrong there. If already the fixed part is cut short, the message comes as it is, as [`Message::Unknown`].
    ///
    /// ```
    /// use ged188::message::Message;
    /// use ged188::{MessageType, ProtocolVersion, RawMessage};
    ///
    /// // END_CALL_EVENT, whose ConnectionDeviceID says 9 bytes, of which 4 are there.
    /// let body = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x095001";
    /// let raw = RawMessage { message_type: MessageType::END_CALL_EVENT, body };
    /// let (message, error) = Message::decode_readable(ProtocolVersion::V14, raw);
    /// let Message::EndCallEvent(event) = message else { panic!() };
    /// assert_eq!(event.connection_call_id.unwrap().0, 300);
    /// assert_eq!(event.connection_device_id, None);
    /// assert_eq!(error.unwrap().offset, 16);
    /// ```
    pub fn decode_readable(version: ProtocolVersion, message: RawMessage<'a>) -> (Self, Option<DecodeError>) {
        let error = match Self::decode(version, message) {
            Ok(message) => return (message, None),
            Err(error) => error,
        };
        let body = message.body.get(..error.offset).unwrap_or_default();
        let readable = Self::decode(version, RawMessage { body, ..message });
        (readable.unwrap_or(Self::Unknown(message.in_version(version))), Some(error))
    }
}
