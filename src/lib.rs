//! Cisco's CTI Server protocol (GED-188), versions 9 to 25, without I/O.
//!
//! By this protocol contact-centre software watches and controls the calls and agents of a Cisco Unified
//! ICM or Contact Center Enterprise system. This crate turns bytes into typed messages and back; it has no
//! socket, clock, thread or log in it, so any program can drive it.
//!
//! ```
//! use ged188::message::{EndCallEvent, Message};
//! use ged188::{ProtocolVersion, RawMessage};
//!
//! let stream = b"\0\0\0\x17\0\0\0\x18\
//!     \0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0";
//! let (raw, rest) = RawMessage::split_off(stream, 65536)?.expect("a whole message");
//! assert!(rest.is_empty());
//!
//! let version = ProtocolVersion::V14;
//! let Message::EndCallEvent(event) = Message::decode(version, raw)? else { panic!() };
//! assert_eq!(event.monitor_id.0, 7);
//! assert_eq!(event.connection_call_id.unwrap().0, 300);
//! assert_eq!(event.connection_device_id.unwrap(), "5001");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! New to the protocol? The [`guide`] explains it in twenty minutes, and ends with a table of tasks.
//!
//! # Layers
//!
//! | layer | turns | into |
//! |---|---|---|
//! | [`frame`] | a stream of bytes ([`Input`]) | messages with type and body ([`RawMessage`]) |
//! | [`message`] | a body | a typed message ([`Message`]), and back; [`OwnedMessage`] keeps one |
//! | [`client`], [`server`] | messages and time | a session with its requests and monitors ([`Client`], [`Server`]) |
//!
//! [`session`] has what both ends have in common, their contract and a whole run loop among it; [`monitor`] says which
//! events a monitor gets. [`schema`] has the tables that all of this is made from, [`view`] shows the fields of a message
//! by name without knowing it.
//!
//! A message borrows the bytes it was decoded from; nothing is copied and nothing is allocated. Reading is
//! liberal and loses nothing: unknown messages, fields, values and bits are kept and written back. Writing
//! is strict: what the guide forbids is an error that names the message and the field.
//!
//! Facts and names are those of Cisco's *CTI Server Message Reference Guide*, which the docs of each
//! message cite by chapter.
//!
//! # Features
//!
//! - `std` (default): implies `alloc`; [`Input::read_from`] and `write_to` for `std::io`, and
//!   [`MonitorIndex`](server::MonitorIndex), which needs a lock.
//! - `alloc`: [`Input`], sessions with their monitors, and encoding into a `Vec`. Without it the codec needs no
//!   allocator.
//! - `serde`: `Serialize` for messages, with the guide's names and without passwords; `Serialize` and `Deserialize` for values
//!   and for [`MonitorPlan`]; with `alloc`, whole messages as `record`s that can be read again.
//! - `tokio-util`: `MessageCodec`, a `Decoder` and `Encoder` of messages.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "alloc")]
mod byte_queue;
#[cfg(feature = "alloc")]
pub mod client;
mod codec;
pub mod error;
pub mod frame;
#[cfg(feature = "std")]
#[doc = include_str!("guide.md")]
pub mod guide {}
pub mod message;
#[cfg(feature = "tokio-util")]
mod message_codec;
#[cfg(feature = "alloc")]
pub mod monitor;
#[cfg(all(feature = "alloc", feature = "serde"))]
pub mod record;
pub mod schema;
#[cfg(feature = "alloc")]
pub mod server;
#[cfg(feature = "alloc")]
pub mod session;
mod types;
mod version;
pub mod view;

#[cfg(feature = "alloc")]
pub use client::{Client, ClientConfig, ClientEvent, MonitorKey, MonitorPlan};
pub use codec::list::{Iter, List, ListItem};
pub use codec::unknown::UnknownFields;
pub use codec::wire::FloatingField;
pub use error::{DecodeError, EncodeError};
#[cfg(feature = "alloc")]
pub use frame::Input;
pub use frame::{FrameError, RawMessage};
#[cfg(feature = "alloc")]
pub use message::OwnedMessage;
pub use message::{Encode, EncodedMessage, Message, MessageBody, Request, UNPUBLISHED};
#[cfg(feature = "tokio-util")]
pub use message_codec::MessageCodec;
#[cfg(feature = "alloc")]
pub use monitor::{Masks, Target};
#[cfg(feature = "alloc")]
pub use server::{Server, ServerConfig, ServerEvent};
#[cfg(feature = "alloc")]
pub use session::{CloseReason, Pending, RequestError, RequestId, Responder, Response, SendError};
pub use types::message_type::MessageType;
pub use types::scalar::Bool;
pub use types::tag::Tag;
pub use types::text::{Bytes, NamedArray, NamedVariable, Secret, Str};
pub use types::{id, named_values, tag, text};
pub use version::ProtocolVersion;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
