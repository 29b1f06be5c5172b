//! What happens at a client, for the application.

use core::fmt;
use core::time::Duration;

use super::plan::MonitorKey;
use crate::error::DecodeError;
use crate::frame::RawMessage;
use crate::message::{Message, OpenConf};
use crate::monitor::{Masks, Target};
use crate::session::{CloseReason, Level, RequestError, Responder, Response, SendError};
use crate::types::id::MonitorId;

/// What happens at a [`Client`](super::Client).
///
/// An event borrows the input, not the client: whoever holds one can act on the client. To keep a message, make an
/// [`OwnedMessage`](crate::OwnedMessage) of it.
///
/// Events about monitors tell what the monitor watches; `None` is the session's own monitor, which OPEN_REQ made.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub enum ClientEvent<'a> {
    /// The session is open. What was granted may be less than what was asked for.
    Opened(OpenConf<'a>),
    /// The outcome of a request. It comes once for each request; configuration requests and LIST_AGENT_TEAM_REQ may be
    /// confirmed by several messages.
    Response(Response<'a>),
    /// Whether a monitor was started: one that was asked for, or the session's own. If not, there is no
    /// such monitor any more; one of a plan is asked for again if the next session restores [`Client::plan`](super::Client::plan).
    MonitorStarted {
        /// The monitor.
        monitor: MonitorKey,
        /// What it watches.
        target: Option<Target<'a>>,
        /// Its identifier in this session, or why there is none.
        result: Result<MonitorId, MonitorError>,
        /// Its identifier in the session before, if it was restored.
        previous_id: Option<MonitorId>,
    },
    /// Whether a monitor has other masks. If not, it has those that it had.
    MonitorChanged {
        /// The monitor.
        monitor: MonitorKey,
        /// What it watches.
        target: Option<Target<'a>>,
        /// Its masks from now on, or why they stay.
        result: Result<Masks, MonitorError>,
    },
    /// Whether a monitor was stopped as it was asked for. If so, it gets no more events; if not, it goes on.
    MonitorStopped {
        /// The monitor.
        monitor: MonitorKey,
        /// What it watches, or watched.
        target: Option<Target<'a>>,
        /// The identifier that it had, or why it goes on.
        result: Result<MonitorId, MonitorError>,
    },
    /// A monitor has ended by itself. It gets no more events, and nothing that was asked of it is answered any more.
    MonitorEnded {
        /// The monitor.
        monitor: MonitorKey,
        /// What it watched.
        target: Option<Target<'a>>,
        /// The identifier that it had.
        id: MonitorId,
        /// Why it ended.
        reason: MonitorEndReason,
    },
    /// An event for a monitor.
    MonitorEvent {
        /// The monitor.
        monitor: MonitorKey,
        /// What it watches.
        target: Option<Target<'a>>,
        /// The event.
        message: Message<'a>,
    },
    /// An event for a monitor that does not exist.
    UnknownMonitor {
        /// The identifier.
        id: MonitorId,
        /// The event.
        message: Message<'a>,
    },
    /// All monitors of a [`MonitorPlan`](super::MonitorPlan) have been tried.
    Restored {
        /// How many were started.
        started: usize,
        /// How many could not be started; each was reported.
        failed: usize,
        /// How long there was no session. Events of that time are lost.
        gap: Duration,
    },
    /// The server asks for something; the application answers by [`Client::confirm`](super::Client::confirm), at
    /// once or later.
    Requested {
        /// The handle to answer with.
        responder: Responder,
        /// What the server asks for.
        message: Message<'a>,
    },
    /// Any other message: it is no response and wants none.
    Received(Message<'a>),
    /// A message that is unexpected in this state: a response that nobody waits for, a message of the wrong direction,
    /// an event outside an open session. It has no effect.
    Unexpected(Message<'a>),
    /// A message that cannot be read. The session goes on.
    Malformed {
        /// The message.
        message: RawMessage<'a>,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// The next heartbeat was due before the last was confirmed. After three that are not the session ends.
    HeartbeatMissed {
        /// How many are not confirmed, 1 or 2, besides the one that was sent now.
        unconfirmed: usize,
    },
    /// The session is over. There are no more events; what is left of the output should be sent before the transport is
    /// closed.
    Closed(CloseReason),
}

impl ClientEvent<'_> {
    /// How much an operator should mind it.
    pub fn level(&self) -> Level {
        match self {
            Self::Closed(CloseReason::Closed(_))
            | Self::Opened(_)
            | Self::Requested { .. }
            | Self::Restored { failed: 0, .. }
            | Self::Received(Message::SystemEvent(_)) => Level::Info,
            Self::Closed(_) => Level::Error,
            Self::Response(response) => Level::of(&response.result, Level::Debug),
            Self::MonitorStarted { result, .. } | Self::MonitorStopped { result, .. } => {
                Level::of(result, Level::Info)
            }
            Self::MonitorChanged { result, .. } => Level::of(result, Level::Info),
            Self::MonitorEnded { reason, .. } if *reason != MonitorEndReason::UnknownToServer => Level::Info,
            Self::MonitorEnded { .. }
            | Self::Received(Message::FailureEvent(_))
            | Self::Restored { .. }
            | Self::UnknownMonitor { .. }
            | Self::HeartbeatMissed { .. }
            | Self::Unexpected(_)
            | Self::Malformed { .. } => Level::Warn,
            Self::MonitorEvent { .. } | Self::Received(_) => Level::Debug,
        }
    }
}

/// In one line, for a log. Passwords are not shown.
impl fmt::Display for ClientEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened(conf) => write!(f, "session open: {conf}"),
            Self::Response(Response { result: Ok(message), .. }) => write!(f, "confirmed: {message}"),
            Self::Response(Response { request, result: Err(error) }) => {
                write!(f, "{request} not confirmed: {error}")
            }
            Self::MonitorStarted { target, result, previous_id, .. } => match (result, previous_id) {
                (Ok(id), None) => write!(f, "monitor {id} of {} started", Watched(target)),
                (Ok(id), Some(previous)) => {
                    write!(f, "monitor {id} of {} started again, which was {previous}", Watched(target))
                }
                (Err(error), _) => write!(f, "monitor of {} not started: {error}", Watched(target)),
            },
            Self::MonitorChanged { target, result: Ok(_), .. } => {
                write!(f, "monitor of {} changed", Watched(target))
            }
            Self::MonitorChanged { target, result: Err(error), .. } => {
                write!(f, "monitor of {} not changed: {error}", Watched(target))
            }
            Self::MonitorStopped { target, result: Ok(id), .. } => {
                write!(f, "monitor {id} of {} stopped", Watched(target))
            }
            Self::MonitorStopped { target, result: Err(error), .. } => {
                write!(f, "monitor of {} not stopped: {error}", Watched(target))
            }
            Self::MonitorEnded { target, id, reason, .. } => {
                write!(f, "monitor {id} of {} ended: {reason}", Watched(target))
            }
            Self::MonitorEvent { target, message, .. } => write!(f, "{}: {message}", Watched(target)),
            Self::UnknownMonitor { id, message } => {
                write!(f, "event for monitor {id}, which does not exist: {message}")
            }
            Self::Restored { started, failed, gap } => {
                write!(f, "{started} monitors restored, {failed} not")?;
                if gap.is_zero() { Ok(()) } else { write!(f, "; events of {gap:.1?} are lost") }
            }
            Self::Requested { message, .. } => write!(f, "the server asks: {message}"),
            Self::Received(message) => message.fmt(f),
            Self::Unexpected(message) => write!(f, "unexpected: {message}"),
            Self::Malformed { error, .. } => write!(f, "cannot be read: {error}"),
            Self::HeartbeatMissed { unconfirmed: 1 } => f.write_str("a heartbeat is not confirmed"),
            Self::HeartbeatMissed { unconfirmed } => write!(f, "{unconfirmed} heartbeats are not confirmed"),
            Self::Closed(reason) => write!(f, "session over: {reason}"),
        }
    }
}

/// What a monitor watches, in words.
struct Watched<'e>(&'e Option<Target<'e>>);

impl fmt::Display for Watched<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(target) => target.fmt(f),
            None => f.write_str("the session"),
        }
    }
}

/// Why what was asked of a monitor was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MonitorError {
    /// The server refused, or did not answer.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The request could not be made, when the monitor was to be started from a queue or a plan.
    #[error("the monitor cannot be asked for: {0}")]
    NotSent(SendError),
    /// The server gave an identifier that cannot be used: 0, or that of another monitor.
    #[error("the server gave a MonitorID that cannot be used")]
    BadMonitorId,
}

/// Why a monitor ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MonitorEndReason {
    /// Its call ended.
    #[error("the call ended")]
    CallEnded,
    /// The server did not know it any more when it was to be stopped or changed.
    #[error("the server does not know the monitor any more")]
    UnknownToServer,
    /// The session ended.
    #[error("the session ended")]
    SessionClosed,
    /// The session of the other client, which it watched, ended.
    #[error("the session that it watched ended")]
    WatchedSessionClosed,
}
