//! A connection: a thread that reads, and one that keeps the session.

use std::io::{self, Read};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use ged188::id::SessionId;
use ged188::named_values::StatusCode;
use ged188::{Input, SendError, Server};

use crate::answers::{self, Caller};
use crate::centre::{Centre, Peer};
use crate::scene::Step;
use crate::trace::Trace;
use crate::{Clock, Rules};

/// What a session waits for.
pub(crate) enum Signal {
    /// Bytes of the client; so many of the buffer.
    Bytes(Vec<u8>, usize),
    /// The client has gone.
    Gone,
    /// Something happens.
    Event(Arc<Step>),
    /// Another session of the same client has its phone.
    Replaced,
    /// The server goes off-line.
    Offline,
}

/// How many events may wait for a client that does not read.
const WAITING: usize = 4096;
/// How many buffers of bytes may wait for the session.
const BUFFERS: usize = 4;
const BUFFER: usize = 4096;
/// How long the client may take nothing at all.
const WRITE: Duration = Duration::from_secs(5);
/// How long a client may take to go when the session is over.
pub(crate) const LINGER: Duration = Duration::from_secs(1);
/// How long a client may take to close its session when the server goes off-line.
pub(crate) const CLOSE: Duration = Duration::from_secs(5);

/// A client, and its session.
struct Connection {
    socket: TcpStream,
    server: Server,
    input: Input,
    inbox: Receiver<Signal>,
    spare: SyncSender<Vec<u8>>,
    caller: Caller,
    clock: Clock,
    trace: Option<Trace>,
    /// When the session ends even if the client does not close it.
    over_at: Option<Duration>,
}

/// Keeps the session of a client that has connected, until it is over.
///
/// # Errors
///
/// If there are too many clients, or the connection fails.
pub(crate) fn serve(
    socket: TcpStream,
    number: u32,
    rules: &Arc<Rules>,
    centre: &Arc<Centre>,
    clock: Clock,
    traced: bool,
) -> io::Result<()> {
    let peer_address = socket.peer_addr()?;
    socket.set_write_timeout(Some(WRITE))?;
    socket.set_nodelay(true)?;
    // Room for the reader's buffers and its last signal besides.
    let (outside, inbox) = sync_channel(WAITING + BUFFERS + 1);
    let (spare, buffers) = sync_channel(BUFFERS);
    let address = peer_address.ip().to_string();
    let peer = Peer {
        number,
        address,
        inbox: outside.clone(),
        socket: socket.try_clone()?,
        open: None,
        cut_off: false,
    };
    if !centre.join(peer) {
        return Err(io::Error::other("there are too many clients"));
    }
    let reading = socket.try_clone()?;
    thread::Builder::new().spawn(move || read(reading, &buffers, &outside))?;
    for _ in 0..BUFFERS {
        let _ = spare.send(vec![0; BUFFER]);
    }
    let mut server = Server::new(clock.now(), rules.session.clone());
    server.set_session_id(SessionId(number));
    let trace = traced.then(|| Trace::new(&peer_address.to_string()));
    let caller = Caller::new(number, Arc::clone(centre), Arc::clone(rules));
    let input = Input::default();
    let mut connection =
        Connection { socket, server, input, inbox, spare, caller, clock, trace, over_at: None };
    let kept = connection.keep();
    centre.leave(number, connection.caller.ended());
    connection.part();
    kept
}

/// Reads until the client has gone. Buffers go around, so that a client is not read faster than it is served.
fn read(mut socket: TcpStream, buffers: &Receiver<Vec<u8>>, inbox: &SyncSender<Signal>) {
    while let Ok(mut buffer) = buffers.recv() {
        let signal = match socket.read(&mut buffer) {
            Ok(count @ 1..) => Signal::Bytes(buffer, count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Signal::Bytes(buffer, 0),
            Ok(0) | Err(_) => Signal::Gone,
        };
        let gone = matches!(signal, Signal::Gone);
        if inbox.send(signal).is_err() || gone {
            return;
        }
    }
}

impl Connection {
    fn keep(&mut self) -> io::Result<()> {
        while !self.server.is_closed() {
            let now = self.clock.now();
            answers::answer(&mut self.server, now, &mut self.input, &mut self.caller);
            if self.server.monitor_count() > 0 {
                self.caller.centre.is_watched();
            }
            self.flush()?;
            if !self.server.is_closed() {
                self.wait();
            }
        }
        Ok(())
    }

    /// Waits for the next thing to deal with.
    fn wait(&mut self) {
        let signal = match self.server.deadline().into_iter().chain(self.over_at).min() {
            Some(deadline) => self.inbox.recv_timeout(deadline.saturating_sub(self.clock.now())),
            None => self.inbox.recv().map_err(RecvTimeoutError::from),
        };
        let now = self.clock.now();
        match signal {
            Ok(Signal::Bytes(buffer, count)) => {
                let bytes = &buffer[..count];
                if let Some(trace) = &mut self.trace {
                    trace.came(now, bytes);
                }
                self.input.push(bytes);
                let _ = self.spare.send(buffer);
            }
            Ok(Signal::Event(step)) => {
                // Of other errors the loop hears.
                let told = self.caller.tell(&mut self.server, now, &step);
                if let (Err(SendError::Encode(error)), Some(trace)) = (told, &self.trace) {
                    trace.note(now, &format!("not in this version: {error}"));
                }
            }
            Ok(Signal::Replaced) => self.server.dismiss(now, StatusCode::E_CTI_NEW_SESSION_OPENED),
            Ok(Signal::Offline) if self.server.is_open() => {
                self.server.go_offline(now);
                self.over_at = Some(now + CLOSE);
            }
            Ok(Signal::Gone | Signal::Offline) | Err(RecvTimeoutError::Disconnected) => {
                self.server.disconnected(now);
            }
            Err(RecvTimeoutError::Timeout) if self.over_at.is_some_and(|over_at| over_at <= now) => {
                self.server.disconnected(now);
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Some(trace) = &mut self.trace {
            trace.went(self.clock.now(), self.server.output());
        }
        self.server.write_to(&mut self.socket)
    }

    /// Lets the client read the last bytes and go.
    fn part(&mut self) {
        let _ = self.socket.shutdown(Shutdown::Write);
        let until = self.clock.now() + LINGER;
        while let Some(left) = until.checked_sub(self.clock.now()) {
            match self.inbox.recv_timeout(left) {
                Ok(Signal::Bytes(buffer, _)) => drop(self.spare.send(buffer)),
                Ok(Signal::Event(_) | Signal::Replaced | Signal::Offline) => {}
                Ok(Signal::Gone) | Err(_) => break,
            }
        }
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}
