//! What happens at a server's session, for the application.

use core::fmt;

use crate::error::DecodeError;
use crate::frame::RawMessage;
use crate::message::{Message, OpenReq};
use crate::monitor::{Masks, Target};
use crate::session::{CloseReason, Level, RequestId, Responder, Response};
use crate::types::id::{MonitorId, PeripheralId};
use crate::types::message_type::MessageType;
use crate::types::named_values::StatusCode;

/// What happens at a [`Server`](super::Server).
///
/// An event borrows the input, not the server: whoever holds one can answer it, and the answer may borrow from it. To
/// keep a message, make an [`OwnedMessage`](crate::OwnedMessage) of it.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub enum ServerEvent<'a> {
    /// The client wants to open the session. Nothing else is looked at until the application answers, by
    /// [`Server::accept`](super::Server::accept) or [`Server::refuse_open`](super::Server::refuse_open).
    OpenRequested(OpenReq<'a>),
    /// The client asks for something; the application answers by [`Server::confirm`](super::Server::confirm),
    /// [`Server::refuse`](super::Server::refuse) or [`Server::refuse_control`](super::Server::refuse_control), at once
    /// or later.
    Requested {
        /// The handle to answer with.
        responder: Responder,
        /// What the client asks for.
        message: Message<'a>,
    },
    /// The client wants to monitor something. The request is sound as far as the session can tell; the
    /// application answers by [`Server::start_monitor`](super::Server::start_monitor) or
    /// [`Server::refuse`](super::Server::refuse), at once or later.
    MonitorRequested {
        /// The handle to answer with.
        responder: Responder,
        /// Where it is to be monitored; `None` for anywhere.
        peripheral_id: Option<PeripheralId>,
        /// What is to be monitored.
        target: Target<'a>,
        /// Which events are wanted.
        masks: Masks,
    },
    /// The client has stopped a monitor, and was told so.
    MonitorStopped {
        /// The monitor.
        id: MonitorId,
        /// What it watched.
        target: Target<'a>,
    },
    /// The client has given a monitor other masks, and was told so.
    MonitorChanged {
        /// The monitor.
        id: MonitorId,
        /// What it watches.
        target: Target<'a>,
        /// Its masks from now on.
        masks: Masks,
    },
    /// The client asked for something about monitors that cannot be, and was told so.
    MonitorRejected {
        /// The type of the request.
        message_type: MessageType,
        /// What is wrong with it.
        status: StatusCode,
    },
    /// The application has not answered a request in time. The session has refused it, with E_CTI_TIMEOUT or, a
    /// request of the Client Control service, with CF_REQUEST_TIMEOUT_REJECTION.
    NotAnswered(RequestId),
    /// The outcome of a request of the server.
    Response(Response<'a>),
    /// Any other message: it is no response and wants none.
    Received(Message<'a>),
    /// A response that nobody waits for. It has no effect.
    Unexpected(Message<'a>),
    /// A message that cannot be read. The session goes on; it has answered with [`DecodeError::status`].
    Malformed {
        /// The message.
        message: RawMessage<'a>,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// A message that was refused by the session itself, with this status.
    Rejected {
        /// The message.
        message: RawMessage<'a>,
        /// Why.
        status: StatusCode,
    },
    /// The session is over. There are no more events; what is left of the output should be sent before the transport is
    /// closed.
    Closed(CloseReason),
}

impl ServerEvent<'_> {
    /// How much an operator should mind it.
    pub fn level(&self) -> Level {
        match self {
            Self::Closed(CloseReason::Closed(_))
            | Self::OpenRequested(_)
            | Self::MonitorRequested { .. }
            | Self::MonitorStopped { .. }
            | Self::MonitorChanged { .. } => Level::Info,
            Self::Closed(_) => Level::Error,
            Self::Response(response) => Level::of(&response.result, Level::Debug),
            Self::Requested { .. } | Self::Received(_) => Level::Debug,
            Self::MonitorRejected { .. }
            | Self::NotAnswered(_)
            | Self::Unexpected(_)
            | Self::Malformed { .. }
            | Self::Rejected { .. } => Level::Warn,
        }
    }
}

/// In one line, for a log. Passwords are not shown.
impl fmt::Display for ServerEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenRequested(open) => write!(f, "the client opens: {open}"),
            Self::Requested { message, .. } => write!(f, "the client asks: {message}"),
            Self::MonitorRequested { target, .. } => write!(f, "monitor of {target} requested"),
            Self::MonitorStopped { id, target } => write!(f, "monitor {id} of {target} stopped"),
            Self::MonitorChanged { id, target, .. } => write!(f, "monitor {id} of {target} changed"),
            Self::MonitorRejected { message_type, status } => {
                write!(f, "{message_type:?} refused with {status}")
            }
            Self::NotAnswered(request) => write!(f, "{request} not answered in time"),
            Self::Response(Response { result: Ok(message), .. }) => write!(f, "confirmed: {message}"),
            Self::Response(Response { request, result: Err(error) }) => {
                write!(f, "{request} not confirmed: {error}")
            }
            Self::Received(message) => message.fmt(f),
            Self::Unexpected(message) => write!(f, "unexpected: {message}"),
            Self::Malformed { error, .. } => write!(f, "cannot be read: {error}"),
            Self::Rejected { message, status } => {
                write!(f, "{:?} refused with {status}", message.message_type)
            }
            Self::Closed(reason) => write!(f, "session over: {reason}"),
        }
    }
}
