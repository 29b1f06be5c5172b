//! Sessions: the state machines of both ends, without I/O and without a clock.
//!
//! A [`ClientSession`] opens a session and keeps it, a [`ServerSession`] answers. Both have the same verbs:
//!
//! | verb | |
//! |---|---|
//! | `receive(now, bytes)` | takes bytes that arrived |
//! | `poll()` | gives the next [`Event`]; it borrows the bytes that arrived |
//! | `transmit()`, `transmitted(n)` | the bytes to send, and that `n` of them were sent |
//! | `deadline()`, `tick(now)` | when to call although nothing arrived, and that call |
//! | `disconnected(now)` | the transport has ended |
//!
//! and those by which the application speaks: `request`, `confirm`, `refuse`, `send`, `close`. Time is a
//! [`Duration`] since a moment of the caller's choice. To call late, early or for no reason is harmless.
//! [`Failover`] says where and when to connect when a session has ended.
//! This is the whole loop, with a blocking socket:
//!
//! ```no_run
//! use std::io::{ErrorKind, Read, Write};
//! # use ged188::session::ClientSession;
//!
//! # fn run(mut session: ClientSession, mut socket: std::net::TcpStream) -> std::io::Result<()> {
//! # let (clock, mut buffer) = (std::time::Instant::now(), [0; 4096]);
//! # let tick = std::time::Duration::from_millis(1);
//! while !session.is_over() {
//!     session.tick(clock.elapsed());
//!     while let Some(event) = session.poll() { println!("{event:?}"); }
//!     let count = socket.write(session.transmit())?;
//!     session.transmitted(count);
//!     let patience = session.deadline().map(|deadline| deadline.saturating_sub(clock.elapsed()).max(tick));
//!     socket.set_read_timeout(patience)?;
//!     match socket.read(&mut buffer) {
//!         Ok(0) => session.disconnected(clock.elapsed()),
//!         Ok(count) => session.receive(clock.elapsed(), &buffer[..count]).expect("polled until empty"),
//!         Err(error) if error.kind() == ErrorKind::WouldBlock => {}
//!         Err(error) => return Err(error),
//!     }
//! }
//! # Ok(())
//! # }
//! ```

use core::ops::ControlFlow;
use core::time::Duration;

use crate::error::{DecodeError, EncodeError};
use crate::frame::{DEFAULT_BODY_LIMIT, FrameError, RawMessage};
use crate::message::{Message, OpenConf, OpenReq};
use crate::schema::Service;
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;
use crate::types::named_values::{ControlFailureCode, StatusCode};
use crate::version::ProtocolVersion;

mod answers;
mod checks;
mod client;
mod failover;
mod link;
mod policy;
mod requests;
mod server;

pub use checks::Strictness;
pub use client::{Client, ClientConfig};
pub use failover::{Attempt, Failover, FailoverConfig, ServerSide};
pub use policy::Policy;
pub use server::{Server, ServerConfig};

use link::Inbox;
pub(crate) use link::Link;

/// The client's end of a session.
pub type ClientSession = Session<Client>;

/// The server's end of a session.
pub type ServerSession = Session<Server>;

/// One end of a session: what both have in common.
///
/// A session begins and ends once, whatever happens. A new connection takes a new value.
#[derive(Debug)]
pub struct Session<S> {
    inbox: Inbox,
    link: Link,
    side: S,
}

/// What makes an end the client's or the server's.
pub(crate) trait Side {
    /// Whether messages have to wait, because the application has to decide something first.
    fn is_paused(&self) -> bool;
    /// Looks at a message without taking it apart; true if that is all there is to it.
    fn absorb(&mut self, link: &mut Link, raw: RawMessage<'_>) -> bool;
    /// Deals with a message.
    fn take<'a>(&mut self, link: &mut Link, raw: RawMessage<'a>) -> Event<'a>;
    /// Does what is due.
    fn due(&mut self, link: &mut Link) -> Option<Event<'static>>;
    /// When something will be due next.
    fn deadline(&self, link: &Link) -> Option<Duration>;
    /// What it means that the transport has ended.
    fn cut(&self) -> End;
}

#[allow(private_bounds, reason = "there are two sides")]
impl<S: Side> Session<S> {
    /// Takes bytes that arrived.
    ///
    /// # Errors
    ///
    /// If too many bytes wait to be polled; then none is taken. Not after [`poll`](Self::poll) gave `None`,
    /// unless a server has to decide whether to open the session: until then, messages wait.
    pub fn receive(&mut self, now: Duration, bytes: &[u8]) -> Result<(), Backlog> {
        self.link.pass(now);
        if bytes.is_empty() || self.link.cut || self.link.has_ended() {
            return Ok(());
        }
        // Only a whole message is a sign of life.
        if self.inbox.push(bytes)? {
            self.link.received_at = self.link.now;
        }
        Ok(())
    }

    /// Lets time pass. What is due happens in the next [`poll`](Self::poll), after all that has arrived.
    pub fn tick(&mut self, now: Duration) {
        self.link.pass(now);
    }

    /// Says that the transport has ended. What arrived before comes first, as far as messages are whole.
    pub fn disconnected(&mut self, now: Duration) {
        self.link.pass(now);
        self.link.cut = true;
    }

    /// The next event, or `None` if there is none now.
    pub fn poll(&mut self) -> Option<Event<'_>> {
        // Not by way of `poll_with_link`: an event is large, and would be moved once more.
        match self.advance(|_, _| false) {
            ControlFlow::Continue(()) => Some(self.side.take(&mut self.link, self.inbox.current()?)),
            ControlFlow::Break(event) => event,
        }
    }

    /// The next event, without those messages that `absorb` takes, and with what it takes to answer before the
    /// event is given on.
    pub(crate) fn poll_with_link(
        &mut self,
        absorb: impl FnMut(&mut Link, RawMessage<'_>) -> bool,
    ) -> Option<(Event<'_>, &mut Link, &mut S)> {
        let event = match self.advance(absorb) {
            ControlFlow::Continue(()) => self.side.take(&mut self.link, self.inbox.current()?),
            ControlFlow::Break(event) => event?,
        };
        Some((event, &mut self.link, &mut self.side))
    }

    /// Goes on to the next message that has to be taken apart. If there is none, gives what happens instead.
    fn advance(
        &mut self,
        mut absorb: impl FnMut(&mut Link, RawMessage<'_>) -> bool,
    ) -> ControlFlow<Option<Event<'static>>> {
        loop {
            if self.link.has_ended() {
                return ControlFlow::Break(self.link.ending());
            }
            // What is due comes after what has arrived, which may be an answer that was waited for.
            match if self.side.is_paused() { Ok(false) } else { self.inbox.advance() } {
                Ok(true) => {}
                Ok(false) if self.link.cut => {
                    self.link.end(self.side.cut());
                    continue;
                }
                Ok(false) => return ControlFlow::Break(self.side.due(&mut self.link)),
                Err(error) => {
                    self.link.end(End::FramingLost(error));
                    continue;
                }
            }
            let Some(raw) = self.inbox.current() else { return ControlFlow::Break(None) };
            self.link.counters.received += 1;
            if !self.side.absorb(&mut self.link, raw) && !absorb(&mut self.link, raw) {
                return ControlFlow::Continue(());
            }
        }
    }

    /// The bytes to send.
    pub fn transmit(&self) -> &[u8] {
        self.link.transmit()
    }

    /// Says that the first `count` of the bytes to send have been sent.
    pub fn transmitted(&mut self, count: usize) {
        self.link.transmitted(count);
    }

    /// When to call [`tick`](Self::tick) and [`poll`](Self::poll) at the latest, if nothing arrives before.
    ///
    /// It is exact after `poll` gave `None`: a `poll` before it has nothing to do, and one at that time has. If events
    /// may wait already, it is the time of the last call; when the session is over, there is none.
    pub fn deadline(&self) -> Option<Duration> {
        let waits = self.link.has_ended() || self.link.cut;
        match self.is_over() {
            true => None,
            false if waits => Some(self.link.now),
            false => self.side.deadline(&self.link),
        }
    }

    /// Whether the session has ended, and [`Event::Ended`] has been given.
    pub fn is_over(&self) -> bool {
        self.link.is_over()
    }

    /// The version of the session; of a server's end, the newest until the client has asked for one.
    pub fn version(&self) -> ProtocolVersion {
        self.link.version
    }

    /// How many requests of this side wait for an answer.
    pub fn waiting(&self) -> usize {
        self.link.requests.len()
    }

    /// What the session has counted.
    pub fn counters(&self) -> Counters {
        self.link.counters
    }
}

/// What happens in a session, for the application.
///
/// The lifetime is that of the bytes that arrived: an event has to be dealt with before the next call.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Server: the client wants to open the session. Nothing else is looked at until the application answers,
    /// by [`ServerSession::accept`] or [`ServerSession::refuse_open`].
    OpenRequested(OpenReq<'a>),
    /// Client: the session is open. What was granted may be less than what was asked for.
    Opened(OpenConf<'a>),
    /// The peer asks for something; the application answers, at once or later.
    Requested {
        /// The handle to answer with.
        reply: Reply,
        /// What the peer asks for.
        message: Message<'a>,
    },
    /// A request of this side was confirmed.
    Confirmed {
        /// The request.
        request: Request,
        /// The confirmation.
        message: Message<'a>,
    },
    /// A request of this side was refused.
    Refused {
        /// The request.
        request: Request,
        /// Why.
        refusal: Refusal,
    },
    /// A request of this side will not be answered.
    Unanswered {
        /// The request.
        request: Request,
        /// Why.
        silence: Silence,
    },
    /// Server: the application has not answered a request in time. The session has refused it, with E_CTI_TIMEOUT or, a
    /// request of the Client Control service, with CF_REQUEST_TIMEOUT_REJECTION.
    NotAnswered(Request),
    /// The peer sends something that is no answer and wants none.
    Received(Message<'a>),
    /// The peer sent something that is unexpected in this state: an answer that nobody asked for, a message of the
    /// wrong direction, an event outside an open session. It has no effect.
    Stray(Message<'a>),
    /// The peer sent something that cannot be read. The session goes on; a server has answered with
    /// [`DecodeError::status`].
    Malformed {
        /// What cannot be read.
        message: RawMessage<'a>,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// Server: a message of the client was refused by the session itself, with this status.
    Declined {
        /// The message.
        message: RawMessage<'a>,
        /// Why.
        status: StatusCode,
    },
    /// The session is over. There are no more events; bytes that are left to send should be sent before the
    /// transport is closed.
    Ended(End),
}

/// A request of this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// Its InvokeID; configuration requests have none.
    pub invoke_id: Option<InvokeId>,
    /// Its type.
    pub message_type: MessageType,
}

/// A handle to answer a request of the peer with.
#[derive(Debug, PartialEq, Eq, Hash)]
#[must_use = "the peer waits for an answer"]
pub struct Reply {
    /// The session that it belongs to.
    pub(crate) session: u32,
    /// The number of the request in the session.
    pub(crate) number: u64,
    pub(crate) invoke_id: Option<InvokeId>,
    pub(crate) message_type: MessageType,
}

impl Reply {
    /// The InvokeID of the request; configuration requests have none.
    pub fn invoke_id(&self) -> Option<InvokeId> {
        self.invoke_id
    }

    /// The type of the request.
    pub fn message_type(&self) -> MessageType {
        self.message_type
    }

    /// Whether it is a request of the Client Control service.
    fn is_control(&self) -> bool {
        is_control(self.message_type)
    }

    /// Whether messages of this type confirm the request.
    fn is_answered_by(&self, answer: MessageType) -> bool {
        self.message_type.schema().is_some_and(|schema| schema.reply == Some(answer))
    }
}

impl Request {
    /// Whether it is a request of the Client Control service.
    fn is_control(&self) -> bool {
        is_control(self.message_type)
    }
}

fn is_control(message_type: MessageType) -> bool {
    message_type.schema().is_some_and(|schema| schema.service == Service::ClientControl)
}

/// Why a request was refused.
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

/// Why a request will not be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Silence {
    /// No answer came in time.
    TimedOut,
    /// No refusal came in time, and with CTI_SERVICE_IGNORE_CONF granted no confirmation was to come.
    NotConfirmed,
    /// The session ended first.
    SessionEnded,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// The server refused to open the session.
    OpenRefused(StatusCode),
    /// The session was not opened in time.
    OpenTimedOut,
    /// CLOSE_REQ was confirmed; this is the reason that it gave.
    Closed(StatusCode),
    /// CLOSE_REQ was not confirmed in time, or before the transport ended; this is the reason that it gave.
    CloseUnconfirmed(StatusCode),
    /// Client: three heartbeats were not confirmed.
    HeartbeatsLost,
    /// Client: the server refused a heartbeat, which means that it is off-line.
    HeartbeatRefused(StatusCode),
    /// Server: nothing arrived for longer than the client's IdleTimeout.
    Idle,
    /// The server ended the session, with this status in a FAILURE_EVENT. A client knows so of
    /// E_CTI_NEW_SESSION_OPENED; after other failures it must wait for the outcome.
    Dismissed(StatusCode),
    /// The transport ended first.
    Disconnected,
    /// The stream of the peer is no longer one of messages.
    FramingLost(FrameError),
    /// The peer takes no bytes, and too many wait for it.
    NotReading,
}

/// How much a session may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the longest body that is taken; by default 64 KiB. A longer one ends the session, so it should not be less
    /// than 12,492: that is the body of the guide's longest message.
    pub body: usize,
    /// Bytes that arrived and wait for `poll`; by default 256 KiB. With more, `receive` refuses: poll first.
    pub incoming: usize,
    /// Bytes that wait to be sent; by default 1 MiB. With more, requests are refused, and a peer that is owed
    /// an answer or an event is given up.
    pub outgoing: usize,
    /// Requests that wait for an answer, of each side; by default 1,024. With more, a request is refused.
    pub requests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: DEFAULT_BODY_LIMIT, incoming: 256 * 1024, outgoing: 1024 * 1024, requests: 1024 }
    }
}

/// What a session has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages that arrived.
    pub received: u64,
    /// Messages that were put out.
    pub sent: u64,
    /// Messages that could not be read.
    pub malformed: u64,
    /// Messages that made no sense when they arrived.
    pub stray: u64,
    /// Messages that the server refused by itself.
    pub declined: u64,
}

/// Bytes were not taken, because too many wait already: poll until there are no events, and call again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{buffered} bytes wait to be polled")]
pub struct Backlog {
    /// How many wait.
    pub buffered: usize,
}

/// A message was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The session is not open, or no longer.
    #[error("the session is not open")]
    NotOpen,
    /// Messages of this type are not sent by this side, or not in this way.
    #[error("{0:?} is not for this side to send so")]
    NotAllowed(MessageType),
    /// The server stands by, or goes into maintenance: it takes no requests.
    #[error("the server takes no requests now")]
    NotServing,
    /// Too many requests wait for an answer; more can be made when some are answered.
    #[error("{waiting} requests wait for an answer")]
    TooManyRequests {
        /// How many wait.
        waiting: usize,
    },
    /// The request was answered already, by the application, or by the session because the time for it was over.
    #[error("the request was answered already, or the time to answer is over")]
    TooLate,
    /// The reply is to a request of another session.
    #[error("the reply belongs to another session")]
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
    #[error("{waiting} bytes wait to be sent")]
    Full {
        /// How many wait.
        waiting: usize,
    },
    /// The protocol does not allow the message.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl SendError {
    /// Whether the same can be sent when the peer has answered or read more.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Self::TooManyRequests { .. } | Self::Full { .. })
    }
}
