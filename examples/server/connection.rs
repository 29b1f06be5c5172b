//! A connection: a thread that reads, and one that keeps the session.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use ged188::id::SessionId;
use ged188::monitor::{MonitorLimits, MonitorServer};
use ged188::session::{SendError, ServerConfig};

use crate::Clock;
use crate::answers::{self, Caller};
use crate::centre::{Centre, Peer};
use crate::scene::Step;
use crate::trace::Trace;

/// What a session waits for.
pub(crate) enum Input {
    /// Bytes of the client; so many of the buffer.
    Bytes(Vec<u8>, usize),
    /// The client has gone.
    Gone,
    /// Something happens.
    Event(Arc<Step>),
}

/// How many events may wait for a client that does not read.
const WAITING: usize = 4096;
/// How many buffers of bytes may wait for the session.
const BUFFERS: usize = 4;
const BUFFER: usize = 4096;
/// How long the client may take nothing at all.
const WRITE: Duration = Duration::from_secs(5);
/// How long a client may take to go when the session is over.
const LINGER: Duration = Duration::from_secs(1);

/// A client, and its session.
struct Connection {
    number: u32,
    socket: TcpStream,
    server: MonitorServer,
    inbox: Receiver<Input>,
    spare: SyncSender<Vec<u8>>,
    centre: Arc<Centre>,
    clock: Clock,
    trace: Option<Trace>,
}

/// Keeps the session of a client that has connected, until it is over.
///
/// # Errors
///
/// If the connection fails.
pub(crate) fn serve(
    socket: TcpStream,
    number: u32,
    config: ServerConfig,
    centre: &Arc<Centre>,
    clock: Clock,
    traced: bool,
) -> io::Result<()> {
    let name = socket.peer_addr()?.to_string();
    socket.set_write_timeout(Some(WRITE))?;
    socket.set_nodelay(true)?;
    // Room for the reader's buffers and its farewell besides.
    let (outside, inbox) = sync_channel(WAITING + BUFFERS + 1);
    let (spare, buffers) = sync_channel(BUFFERS);
    let peer = Peer { number, client_id: None, inbox: outside.clone(), socket: socket.try_clone()? };
    let reading = socket.try_clone()?;
    thread::Builder::new().spawn(move || read(reading, &buffers, &outside))?;
    for _ in 0..BUFFERS {
        let _ = spare.send(vec![0; BUFFER]);
    }
    let mut server = MonitorServer::new(config, MonitorLimits::default(), clock.now());
    server.set_session_id(SessionId(number));
    centre.join(peer);
    let trace = traced.then(|| Trace::new(&name));
    let mut connection =
        Connection { number, socket, server, inbox, spare, centre: Arc::clone(centre), clock, trace };
    let kept = connection.keep();
    centre.leave(number);
    connection.part();
    kept
}

/// Reads until the client has gone. Buffers go around, so that a client is not read faster than it is served.
fn read(mut socket: TcpStream, buffers: &Receiver<Vec<u8>>, inbox: &SyncSender<Input>) {
    while let Ok(mut buffer) = buffers.recv() {
        let input = match socket.read(&mut buffer) {
            Ok(count @ 1..) => Input::Bytes(buffer, count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Input::Bytes(buffer, 0),
            Ok(0) | Err(_) => Input::Gone,
        };
        let gone = matches!(input, Input::Gone);
        if inbox.send(input).is_err() || gone {
            return;
        }
    }
}

impl Connection {
    fn keep(&mut self) -> io::Result<()> {
        while !self.server.is_over() {
            let now = self.clock.now();
            self.server.tick(now);
            answers::answer(&mut self.server, now, &Caller { number: self.number, centre: &self.centre });
            if self.server.monitors() > 0 {
                self.centre.is_watched();
            }
            self.flush()?;
            if !self.server.is_over() {
                self.wait()?;
            }
        }
        Ok(())
    }

    /// Waits for the next thing to deal with.
    fn wait(&mut self) -> io::Result<()> {
        let input = match self.server.deadline() {
            Some(deadline) => self.inbox.recv_timeout(deadline.saturating_sub(self.clock.now())),
            None => self.inbox.recv().map_err(RecvTimeoutError::from),
        };
        let now = self.clock.now();
        match input {
            Ok(Input::Bytes(buffer, count)) => {
                let bytes = &buffer[..count];
                if let Some(trace) = &mut self.trace {
                    trace.came(now, bytes);
                }
                self.server.receive(now, bytes).map_err(io::Error::other)?;
                let _ = self.spare.send(buffer);
            }
            Ok(Input::Event(step)) => self.report(now, &step),
            Err(RecvTimeoutError::Timeout) => {}
            Ok(Input::Gone) | Err(RecvTimeoutError::Disconnected) => self.server.disconnected(now),
        }
        Ok(())
    }

    /// Tells the client of an event, if it concerns it.
    fn report(&mut self, now: Duration, step: &Step) {
        if !self.server.session().is_open() {
            return;
        }
        let event = step.message();
        let sent = if step.is_for_monitors() {
            self.server.deliver(now, &event).map(|_| ())
        } else {
            self.server.send(now, &event)
        };
        // Of other errors the loop hears.
        if let (Err(SendError::Encode(error)), Some(trace)) = (sent, &self.trace) {
            trace.note(now, &format!("not in this version: {error}"));
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        let bytes = self.server.transmit();
        self.socket.write_all(bytes)?;
        if let Some(trace) = &mut self.trace {
            trace.went(self.clock.now(), bytes);
        }
        self.server.transmitted(bytes.len());
        Ok(())
    }

    /// Lets the client read the last bytes and go.
    fn part(&mut self) {
        let _ = self.socket.shutdown(Shutdown::Write);
        let until = self.clock.now() + LINGER;
        while let Some(left) = until.checked_sub(self.clock.now()) {
            match self.inbox.recv_timeout(left) {
                Ok(Input::Bytes(buffer, _)) => drop(self.spare.send(buffer)),
                Ok(Input::Event(_)) => {}
                Ok(Input::Gone) | Err(_) => break,
            }
        }
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}
