//! What both ends of a session have in common: requests, outcomes, limits and errors.
//!
//! [`Client`](crate::Client) and [`Server`](crate::Server) are state machines without I/O and without a clock. Both
//! have the same verbs:
//!
//! | verb | |
//! |---|---|
//! | `poll(now, &mut input)` | the next event; it borrows the [`Input`](crate::Input), never the machine |
//! | `output()`, `consume_output(n)` | the bytes to send, and that `n` of them were sent |
//! | `deadline()` | when to poll at the latest, if nothing arrives before |
//! | `disconnected(now)` | the transport has ended |
//!
//! and those by which the application speaks: `request`, `confirm`, `send`, `close` and more. Time is a
//! [`Duration`](core::time::Duration) since a moment of the caller's choice, and the first argument of every verb that needs it; it never
//! goes back. To call late, early or for no reason is harmless.
//!
//! The contract: after anything that may have changed the machine (bytes, time, a verb), poll until `None`, send the
//! output, and wait for bytes or the deadline. This is the whole loop, with a blocking socket:
//!
//! ```no_run
//! # use std::{io, net::TcpStream, time::{Duration, Instant}};
//! # use ged188::{Client, Input};
//! # fn run(mut client: Client, mut socket: TcpStream) -> io::Result<()> {
//! let (clock, mut input) = (Instant::now(), Input::default());
//! while !client.is_closed() {
//!     while let Some(event) = client.poll(clock.elapsed(), &mut input) {
//!         println!("{event}");
//!     }
//!     socket.set_read_timeout(client.timeout(clock.elapsed()))?;
//!     match client.write_to(&mut socket).and_then(|()| input.read_from(&mut socket)) {
//!         Ok(1..) => {}
//!         Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
//!         _ => client.disconnected(clock.elapsed()), // ended, or broken
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What other threads want of the session has to end this wait: with an async runtime by `select!` (example `tokio_client`),
//! with mio by its `Waker`, with blocking sockets by a second thread that does nothing but read, and hands the bytes over in
//! the channel that the commands come through.

use core::fmt;

use crate::error::EncodeError;
use crate::frame::FrameError;
use crate::schema::Service;
use crate::types::id::VersionNumber;
use crate::types::message_type::MessageType;
use crate::types::named_values::{ControlFailureCode, CtiServiceMask, StatusCode};
use crate::version::ProtocolVersion;

mod level;
mod link;
mod pending;
mod request;

pub use level::Level;
pub use request::{Pending, RequestId, Responder, Response};

pub(crate) use link::Link;

/// The verbs that both ends have. Each has a `session` with a [`Link`].
macro_rules! verbs {
    ($End:ident) => {
        impl $End {
            /// Says that the transport has ended. What arrived before comes first, as far as messages are whole. Output that
            /// was not sent is gone.
            pub fn disconnected(&mut self, now: Duration) {
                self.session.link.advance_time(now);
                self.session.link.disconnected = true;
            }

            /// The bytes to send.
            pub fn output(&self) -> &[u8] {
                self.session.link.output()
            }

            /// Says that the first `count` bytes of the output have been sent.
            pub fn consume_output(&mut self, count: usize) {
                self.session.link.consume_output(count);
            }

            /// Writes output to `writer` until all is written.
            ///
            /// # Errors
            ///
            /// Those of `writer`; what it took is not written again.
            #[cfg(feature = "std")]
            pub fn write_to(&mut self, writer: &mut impl std::io::Write) -> std::io::Result<()> {
                while !self.output().is_empty() {
                    match writer.write(self.output()) {
                        Ok(0) => return Err(std::io::ErrorKind::WriteZero.into()),
                        Ok(count) => self.consume_output(count),
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
                writer.flush()
            }

            /// How long to wait for bytes before the next [`poll`](Self::poll); `None` for as long as nothing arrives.
            /// At least 1 ms, as sockets take no less; that long too when the session is closed, so that a loop ends.
            pub fn timeout(&self, now: Duration) -> Option<Duration> {
                const LEAST: Duration = Duration::from_millis(1);
                if self.is_closed() {
                    return Some(LEAST);
                }
                Some(self.deadline()?.saturating_sub(now).max(LEAST))
            }

            /// Whether the session is over, and the application has been told all of it.
            pub fn is_closed(&self) -> bool {
                self.session.link.is_closed()
            }

            /// Whether the session is open.
            pub fn is_open(&self) -> bool {
                self.session.is_open()
            }

            /// The version of the session; of a server's end, the newest until the client has asked for one.
            pub fn version(&self) -> ProtocolVersion {
                self.session.link.version
            }

            /// The services that the server granted: none that were not asked for, but perhaps
            /// CTI_AGENT_STATE_CONTROL_ONLY in place of CTI_SERVICE_CLIENT_CONTROL.
            pub fn granted(&self) -> CtiServiceMask {
                self.session.granted
            }

            /// How many requests of this end wait for a response.
            pub fn pending_requests(&self) -> usize {
                self.session.link.requests.len()
            }

            /// What the session has counted.
            pub fn counters(&self) -> Counters {
                self.session.link.counters
            }
        }
    };
}
pub(crate) use verbs;

/// Why a peer refused something.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// FAILURE_CONF.
    Failure(StatusCode),
    /// CONTROL_FAILURE_CONF, for requests of the Client Control service.
    ControlFailure {
        /// Why.
        code: ControlFailureCode,
        /// The peripheral's own code.
        peripheral_error_code: u32,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(status) => write!(f, "refused with {status}"),
            Self::ControlFailure { code, peripheral_error_code: 0 } => write!(f, "refused with {code}"),
            Self::ControlFailure { code, peripheral_error_code } => {
                write!(f, "refused with {code}, error {peripheral_error_code} of the peripheral")
            }
        }
    }
}

impl core::error::Error for Refusal {}

/// Why a request was not confirmed.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RequestError {
    /// The peer refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No response came in time.
    #[error("no response came in time")]
    TimedOut,
    /// No refusal came in time, and with CTI_SERVICE_IGNORE_CONF granted no confirmation was to come.
    #[error("no refusal came, and confirmations are turned off")]
    NotConfirmed,
    /// The session ended first.
    #[error("the session ended before the response came")]
    SessionClosed,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum CloseReason {
    /// The server refused to open the session.
    #[error("the server refused to open the session with {0}")]
    OpenRefused(StatusCode),
    /// The session was not opened in time.
    #[error("the session was not opened in time")]
    OpenTimedOut,
    /// CLOSE_REQ was confirmed; this is the reason that it gave.
    #[error("closed by the client with {0}")]
    Closed(StatusCode),
    /// CLOSE_REQ was not confirmed in time, or before the transport ended; this is the reason that it gave.
    #[error("closed by the client with {0}, which the server did not confirm")]
    CloseUnconfirmed(StatusCode),
    /// Client: three heartbeats were not confirmed.
    #[error("three heartbeats were not confirmed")]
    HeartbeatsLost,
    /// Client: the server refused a heartbeat, which means that it is off-line.
    #[error("the server refused a heartbeat with {0}")]
    HeartbeatRefused(StatusCode),
    /// Server: nothing arrived for longer than the client's IdleTimeout.
    #[error("nothing arrived for longer than the idle timeout")]
    Idle,
    /// The server ended the session, with this status in a FAILURE_EVENT. A client knows so of
    /// E_CTI_NEW_SESSION_OPENED; after other failures it must wait for the outcome.
    #[error("ended by the server with {0}")]
    Dismissed(StatusCode),
    /// The transport ended first.
    #[error("the connection was lost")]
    Disconnected,
    /// The stream of the peer is no longer one of messages.
    #[error("the peer's bytes are no longer messages: {0}")]
    FramingLost(FrameError),
    /// The peer reads nothing, and too many bytes wait for it.
    #[error("the peer does not read")]
    NotReading,
}

/// Whether the verbs for monitors send such a request, and no other.
pub(crate) fn is_about_monitors(message_type: MessageType) -> bool {
    matches!(
        message_type,
        MessageType::MONITOR_START_REQ
            | MessageType::MONITOR_STOP_REQ
            | MessageType::CHANGE_MONITOR_MASK_REQ
            | MessageType::SESSION_MONITOR_START_REQ
            | MessageType::SESSION_MONITOR_STOP_REQ
            | MessageType::MONITOR_AGENT_TEAM_START_REQ
            | MessageType::MONITOR_AGENT_TEAM_STOP_REQ
    )
}

/// Why a message is not sent.
fn not_allowed(message_type: MessageType) -> &'static str {
    if is_about_monitors(message_type) {
        "is sent by a client alone, by start_monitor, stop_monitor or change_monitor"
    } else {
        "is not sent by this end, or not by this verb"
    }
}

/// How much one end of a session may hold. The longest message that is taken is a matter of its [`Input`](crate::Input::new).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that wait to be sent; by default 1 MiB. With more, requests are refused, and the session ends if the peer
    /// is due a response or an event.
    pub output: usize,
    /// Requests that wait for a response, of each end; by default 1,024. With more, a request is refused.
    pub requests: usize,
    /// Client: bytes of events that are kept because they came before the confirmation of their monitor; by default
    /// 256 KiB.
    pub early_events: usize,
    /// Server: monitors; by default 100,000. With more, a request for one is refused with E_CTI_UNSPECIFIED_FAILURE.
    pub monitors: usize,
    /// Server: calls that no monitor watches, but of which the client gets events; by default 10,000. When there are
    /// more, the oldest is forgotten.
    pub calls: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            output: 1024 * 1024,
            requests: 1024,
            early_events: 256 * 1024,
            monitors: 100_000,
            calls: 10_000,
        }
    }
}

/// What a session has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages that arrived.
    pub received: u64,
    /// Messages that were sent, or wait to be.
    pub sent: u64,
    /// Messages that could not be read.
    pub malformed: u64,
    /// Messages that were unexpected when they arrived.
    pub unexpected: u64,
    /// Messages that the server refused by itself.
    pub rejected: u64,
}

/// A message was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The session is not open, or no longer.
    #[error("the session is not open")]
    NotOpen,
    /// Messages of this type are not sent by this end, or not by this verb.
    #[error("{0:?} {why}", why = not_allowed(*_0))]
    NotAllowed(MessageType),
    /// It has to be done before the session opens, and once.
    #[error("the session has opened, or has a plan, already")]
    AlreadyOpen,
    /// OPEN_REQ asks for a version that is not known here.
    #[error("there is no version {0}, versions 9 to 25 can be spoken")]
    UnknownVersion(VersionNumber),
    /// The server stands by, or goes into maintenance: it takes no requests.
    #[error("the server takes no requests now")]
    NotServing,
    /// Too many requests wait for a response; more can be made when some have one.
    #[error("{pending} requests wait for a response")]
    TooManyRequests {
        /// How many wait.
        pending: usize,
    },
    /// The request was answered already, by the application, or by the session because the time for it was over.
    #[error("the request was answered already, or the time to answer is over")]
    TooLate,
    /// The responder is for a request of another session.
    #[error("the responder belongs to another session")]
    OtherSession,
    /// There is no such monitor.
    #[error("there is no such monitor")]
    UnknownMonitor,
    /// The monitor is being started, stopped or changed, and the server has not answered yet.
    #[error("the monitor is being started, stopped or changed")]
    MonitorBusy,
    /// The session can have no more monitors.
    #[error("the session can have no more monitors")]
    NoMoreMonitors,
    /// Too many bytes wait to be sent; more can be sent when the peer has taken some.
    #[error("{pending} bytes wait to be sent")]
    OutputFull {
        /// How many wait.
        pending: usize,
    },
    /// The protocol does not allow the message.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl SendError {
    /// Whether the same can be sent when the peer has answered or read more.
    pub(crate) fn is_temporary(&self) -> bool {
        matches!(self, Self::TooManyRequests { .. } | Self::OutputFull { .. })
    }
}

/// Whether messages of this type belong to the Client Control service.
pub(crate) fn is_control(message_type: MessageType) -> bool {
    message_type.schema().is_some_and(|schema| schema.service == Service::ClientControl)
}

/// What may be granted in this version: what was asked for, or control of the agent alone where all control was.
pub(crate) fn grantable(version: ProtocolVersion, asked: CtiServiceMask) -> CtiServiceMask {
    let asked = asked & CtiServiceMask::known(version);
    if asked.contains(CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL) {
        asked | CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY
    } else {
        asked
    }
}
