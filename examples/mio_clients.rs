//! A thousand sessions in one thread, driven by mio: a load for a server, or the skeleton of a gateway.
//!
//! ```sh
//! cargo run --release --example mio_clients -- [--connect HOST:PORT] [--sessions N] [--events N] [--for SECONDS]
//! ```
//!
//! Each session watches the device of one agent: the first 5001, the second 5002 and so on. Once all are open and all have
//! heard so many events (1), or after so many seconds (60), all are closed, and a line of figures is printed.
//!
//! What to copy from here: [`Sessions::run`], which knows about sockets and time, and [`Session::drive`], which knows about one
//! session. `mio` tells of a socket once, so that one reads and writes until it would block.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ged188::message::OpenReq;
use ged188::named_values::{CtiServiceMask, StatusCode};
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, CloseReason, Input, Masks, MonitorPlan, ProtocolVersion,
    Secret, Target,
};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

/// One session and its socket.
struct Session {
    device: String,
    socket: TcpStream,
    client: Client,
    input: Input,
    /// When it is to be driven next, if nothing happens before.
    deadline: Option<Duration>,
    events: u64,
    ended: Option<CloseReason>,
}

impl Session {
    fn connect(now: Duration, address: SocketAddr, number: usize) -> io::Result<Self> {
        let client_id = format!("mio {number}");
        let open = OpenReq {
            version_number: ProtocolVersion::V20.into(),
            idle_timeout: 60,
            services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
            client_id: Some((&client_id).into()),
            client_password: Some(Secret::new(Bytes(b""))),
            ..Default::default()
        };
        let config = ClientConfig { heartbeat_interval: Some(Duration::from_secs(15)), ..Default::default() };
        let mut client = Client::open(now, config, &open).map_err(io::Error::other)?;
        let device = (5001 + number).to_string();
        let mut plan = MonitorPlan::new();
        plan.add(None, Target::agent_device(&device), Masks::ALL);
        client.restore(plan).map_err(io::Error::other)?;
        let (socket, input) = (TcpStream::connect(address)?, Input::default());
        Ok(Self { device, socket, client, input, deadline: None, events: 0, ended: None })
    }

    /// Does all that can be done now: reads, handles what happened, writes.
    fn drive(&mut self, now: Duration) {
        loop {
            let read = self.input.read_from(&mut self.socket);
            while let Some(event) = self.client.poll(now, &mut self.input) {
                match event {
                    ClientEvent::MonitorEvent { .. } => self.events += 1,
                    ClientEvent::MonitorStarted { result: Err(error), .. } => {
                        eprintln!("{}: {error}", self.device);
                    }
                    ClientEvent::Closed(reason) => self.ended = Some(reason),
                    _ => {}
                }
            }
            match read {
                Ok(1..) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if is_not_yet(&error) => break,
                Ok(0) | Err(_) if self.client.is_closed() => return,
                Ok(0) => self.client.disconnected(now),
                Err(error) => {
                    eprintln!("{}: {error}", self.device);
                    self.client.disconnected(now);
                }
            }
        }
        match self.client.write_to(&mut self.socket) {
            Err(error) if !is_not_yet(&error) => self.client.disconnected(now),
            _ => {}
        }
    }
}

/// Whether a socket has nothing to read, has no room, or is not connected yet.
fn is_not_yet(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::NotConnected)
}

/// All sessions, by their tokens.
struct Sessions {
    start: Instant,
    poll: Poll,
    all: Vec<Session>,
    /// Which session is to be driven when.
    timers: BTreeSet<(Duration, usize)>,
}

impl Sessions {
    fn connect(address: SocketAddr, count: usize) -> io::Result<Self> {
        let mut sessions =
            Self { start: Instant::now(), poll: Poll::new()?, all: Vec::new(), timers: BTreeSet::new() };
        for number in 0..count {
            let mut session = Session::connect(sessions.start.elapsed(), address, number)?;
            let interest = Interest::READABLE | Interest::WRITABLE;
            sessions.poll.registry().register(&mut session.socket, Token(number), interest)?;
            sessions.all.push(session);
        }
        Ok(sessions)
    }

    /// Waits until something happens, at most this long, and drives the sessions that it happens to.
    fn run(&mut self, wakeups: &mut Events, longest: Duration) -> io::Result<()> {
        let now = self.start.elapsed();
        let next =
            self.timers.first().map_or(longest, |(deadline, _)| deadline.saturating_sub(now).min(longest));
        match self.poll.poll(wakeups, Some(next)) {
            Err(error) if error.kind() != ErrorKind::Interrupted => return Err(error),
            _ => {}
        }
        for wakeup in &*wakeups {
            self.drive(wakeup.token().0);
        }
        let now = self.start.elapsed();
        while let Some(&(_, number)) = self.timers.first().filter(|(deadline, _)| *deadline <= now) {
            self.drive(number);
        }
        Ok(())
    }

    /// Drives one session, and notes when to do so again.
    fn drive(&mut self, number: usize) {
        let Some(session) = self.all.get_mut(number) else { return };
        session.drive(self.start.elapsed());
        let deadline = session.client.deadline();
        if let Some(before) = std::mem::replace(&mut session.deadline, deadline) {
            self.timers.remove(&(before, number));
        }
        self.timers.extend(deadline.map(|deadline| (deadline, number)));
    }

    /// Closes all sessions.
    fn close(&mut self) {
        for number in 0..self.all.len() {
            let now = self.start.elapsed();
            // One that is closed already stays so.
            let _ = self.all[number].client.close(now, StatusCode::E_CTI_NO_ERROR);
            self.drive(number);
        }
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let (mut address, mut count, mut wanted, mut seconds) = ("127.0.0.1:42027".to_owned(), 1000, 1, 60);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(format!("{argument} takes a value"))?;
        let number = value.parse::<u64>().map_err(|_| format!("{argument} takes a number"));
        match argument.as_str() {
            "--connect" => address = value,
            "--sessions" => count = usize::try_from(number?).unwrap_or(usize::MAX),
            "--events" => wanted = number?,
            "--for" => seconds = number?,
            other => return Err(format!("unknown argument {other}")),
        }
    }
    let address = address.parse().map_err(|_| format!("{address}: an IP address with a port is wanted"))?;
    let mut sessions = Sessions::connect(address, count).map_err(|error| format!("{address}: {error}"))?;
    let (mut wakeups, mut closing) = (Events::with_capacity(1024), false);
    loop {
        sessions.run(&mut wakeups, Duration::from_millis(100)).map_err(|error| error.to_string())?;
        let late = sessions.start.elapsed() >= Duration::from_secs(seconds);
        if !closing && (late || sessions.all.iter().all(|session| session.events >= wanted)) {
            closing = true;
            sessions.close();
        }
        let ended = || sessions.all.iter().filter_map(|session| Some((&session.device, session.ended?)));
        if let Some((device, reason)) = ended().next().filter(|_| !closing) {
            return Err(format!("{device}: {reason}"));
        }
        if ended().count() == count {
            break;
        }
    }
    let in_order = |session: &&Session| matches!(session.ended, Some(CloseReason::Closed(_)));
    let closed = sessions.all.iter().filter(in_order).count();
    let events: u64 = sessions.all.iter().map(|session| session.events).sum();
    let elapsed = sessions.start.elapsed().as_secs_f32();
    Ok(format!("{count} sessions, {closed} closed in order, {events} events in {elapsed:.1} s"))
}
