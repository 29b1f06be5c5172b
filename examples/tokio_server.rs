//! A simulator of a contact centre on tokio: thousands of sessions, a task each, and one task that makes events.
//!
//! ```sh
//! cargo run --release --example tokio_server -- [--listen HOST:PORT] [--agents N] [--rate EVENTS] [--for SECONDS]
//! ```
//!
//! There are so many agents (100) at devices 5001, 5002 and so on; so many times a second (10) one of them changes its
//! state. Sessions may be of any version. A line of figures comes every second, and the program ends after so many seconds,
//! or never. A session that ends in another way than CLOSE_REQ gets a line.
//!
//! What to copy from here: [`Centre::publish`] and [`serve`]. An event is encoded once, and goes to the sessions that a
//! `MonitorIndex` finds. Each session has a bounded queue of events and a bounded output; a client that does not read fills
//! both and loses its session, and nobody else notices. The branches of the `select!` are cancel-safe.

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ged188::message::{AgentStateEvent, QueryAgentStateConf};
use ged188::named_values::{AgentState, StatusCode};
use ged188::server::{MonitorIndex, Policy};
use ged188::session::Limits;
use ged188::{
    CloseReason, Encode, EncodeError, Input, Message, OwnedMessage, ProtocolVersion, SendError, Server,
    ServerConfig, ServerEvent,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

/// How many events may wait for the task of a session.
const QUEUE: usize = 256;

/// How many bytes may wait for a client.
const OUTPUT: usize = 256 * 1024;

/// What all sessions share.
struct Centre {
    clock: Instant,
    index: MonitorIndex<u64>,
    queues: Mutex<HashMap<u64, mpsc::Sender<Arc<OwnedMessage>>>>,
    agents: Mutex<Vec<AgentState>>,
    figures: Figures,
}

#[derive(Default)]
struct Figures {
    events: AtomicU64,
    delivered: AtomicU64,
    slow: AtomicU64,
}

impl Centre {
    fn now(&self) -> Duration {
        self.clock.elapsed()
    }

    /// Hands an event to the sessions that it may concern. A session whose queue is full loses it, and ends.
    fn publish(&self, event: &impl Encode) -> Result<(), EncodeError> {
        let event = Arc::new(OwnedMessage::encode(ProtocolVersion::MAX, event)?);
        let mut queues = lock(&self.queues);
        for key in self.index.find(&*event)? {
            if queues.get(&key).is_some_and(|queue| queue.try_send(Arc::clone(&event)).is_err()) {
                queues.remove(&key);
            }
        }
        self.figures.events.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// An agent changes its state, one after another.
    fn agent_changes(&self, count: u64) -> Result<(), EncodeError> {
        const STATES: [AgentState; 4] = [
            AgentState::AGENT_STATE_AVAILABLE,
            AgentState::AGENT_STATE_TALKING,
            AgentState::AGENT_STATE_WORK_READY,
            AgentState::AGENT_STATE_NOT_READY,
        ];
        let (device, agent_state) = {
            let mut agents = lock(&self.agents);
            let agents_len = agents.len();
            let agent = usize::try_from(count).unwrap_or(0) % agents_len;
            let round = usize::try_from(count).unwrap_or(0) / agents_len;
            agents[agent] = STATES[round % STATES.len()];
            (device(agent), agents[agent])
        };
        let instrument = Some(device.as_str().into());
        self.publish(&AgentStateEvent {
            agent_state,
            agent_extension: instrument,
            agent_instrument: instrument,
            ..Default::default()
        })
    }

    /// Answers what a client asks for.
    fn answer(&self, server: &mut Server, event: &ServerEvent<'_>) -> Result<(), SendError> {
        let now = self.now();
        match event {
            ServerEvent::OpenRequested(open) => match Policy::default().decide(open) {
                Ok(conf) => server.accept(now, &conf),
                Err(status) => server.refuse_open(now, status),
            },
            ServerEvent::MonitorRequested { responder, .. } => {
                server.start_monitor(now, responder).map(|_| ())
            }
            ServerEvent::Requested { responder, message: Message::QueryAgentStateReq(query) } => {
                let agent = query.agent_instrument.and_then(|device| agent_at(device.to_str().ok()?));
                match agent.and_then(|agent| lock(&self.agents).get(agent).copied()) {
                    Some(agent_state) => {
                        let conf = QueryAgentStateConf { agent_state, ..Default::default() };
                        server.confirm(now, responder, &conf)
                    }
                    None => server.refuse(now, responder, StatusCode::E_CTI_INVALID_AGENT_DATA),
                }
            }
            ServerEvent::Requested { responder, .. } => {
                server.refuse(now, responder, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE)
            }
            _ => Ok(()),
        }
    }
}

/// The device of an agent, by number from 0.
fn device(agent: usize) -> String {
    (5001 + agent).to_string()
}

fn agent_at(device: &str) -> Option<usize> {
    device.parse::<usize>().ok()?.checked_sub(5001)
}

/// No lock is held while something can panic half-way.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One session, from its connection to its end.
async fn serve(centre: Arc<Centre>, key: u64, mut socket: TcpStream) {
    let limits = Limits { output: OUTPUT, ..Default::default() };
    let mut server = Server::new(centre.now(), ServerConfig { limits, ..Default::default() });
    let (queue, mut events) = mpsc::channel(QUEUE);
    lock(&centre.queues).insert(key, queue);
    centre.index.add(key, &mut server);
    let (mut input, mut buffer) = (Input::default(), [0; 2048]);
    let (mut reader, mut writer) = socket.split();
    while !server.is_closed() {
        while let Some(event) = server.poll(centre.now(), &mut input) {
            match &event {
                ServerEvent::Closed(CloseReason::Closed(_)) => {}
                ServerEvent::Closed(reason) => println!("session {key}: {reason}"),
                _ => {}
            }
            // If an answer cannot be sent, the session is over, which the next poll tells.
            let _ = centre.answer(&mut server, &event);
        }
        let wait = server.timeout(centre.now()).unwrap_or(Duration::MAX);
        tokio::select! {
            written = writer.write(server.output()), if !server.output().is_empty() => match written {
                Ok(count @ 1..) => server.consume_output(count),
                _ => server.disconnected(centre.now()),
            },
            read = reader.read(&mut buffer), if input.wants_bytes() => match read {
                Ok(count @ 1..) => input.push(&buffer[..count]),
                _ => server.disconnected(centre.now()),
            },
            event = events.recv(), if server.is_open() => {
                let delivered = match event {
                    Some(event) => match server.deliver(centre.now(), &*event) {
                        Ok(delivery) => Ok(delivery.messages),
                        Err(error) => Err(error.to_string()),
                    },
                    None => Err("too many events wait".into()),
                };
                match delivered {
                    Ok(messages) => _ = centre.figures.delivered.fetch_add(messages as u64, Ordering::Relaxed),
                    Err(error) => {
                        println!("session {key}: {error}");
                        centre.figures.slow.fetch_add(1, Ordering::Relaxed);
                        server.dismiss(centre.now(), StatusCode::E_CTI_UNSPECIFIED_FAILURE);
                    }
                }
            }
            () = sleep(wait) => {}
        }
    }
    lock(&centre.queues).remove(&key);
    // Who does not read gets no more.
    let _ = timeout(Duration::from_secs(1), writer.write_all(server.output())).await;
}

async fn accept(centre: Arc<Centre>, listener: TcpListener) {
    for key in 0.. {
        match listener.accept().await {
            Ok((socket, _)) => _ = tokio::spawn(serve(Arc::clone(&centre), key, socket)),
            // Too many open files, for example: those that are open go on.
            Err(error) => {
                eprintln!("{error}");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn make_events(centre: Arc<Centre>, rate: u64) -> Result<(), EncodeError> {
    let mut ticks = interval(Duration::from_millis(10));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (start, mut made) = (Instant::now(), 0);
    loop {
        ticks.tick().await;
        let due = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX) * rate / 1000;
        while made < due {
            centre.agent_changes(made)?;
            made += 1;
            // Let the sessions send what they have.
            if made % 64 == 0 {
                tokio::task::yield_now().await;
            }
        }
    }
}

async fn report(centre: &Centre) {
    let figure = |figure: &AtomicU64| figure.swap(0, Ordering::Relaxed);
    let mut ticks = interval(Duration::from_secs(1));
    ticks.tick().await;
    loop {
        ticks.tick().await;
        let Figures { events, delivered, slow } = &centre.figures;
        println!(
            "{} sessions, {} events, {} messages, {} sessions too slow",
            lock(&centre.queues).len(),
            figure(events),
            figure(delivered),
            slow.load(Ordering::Relaxed)
        );
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let (mut listen, mut agents, mut rate, mut seconds) = ("127.0.0.1:42027".to_owned(), 100, 10, u64::MAX);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(format!("{argument} takes a value"))?;
        let number = value.parse::<u64>().map_err(|_| format!("{argument} takes a number"));
        match argument.as_str() {
            "--listen" => listen = value,
            "--agents" => agents = number?.max(1),
            "--rate" => rate = number?,
            "--for" => seconds = number?,
            other => return Err(format!("unknown argument {other}")),
        }
    }
    let centre = Arc::new(Centre {
        clock: Instant::now(),
        index: MonitorIndex::new(),
        queues: Mutex::default(),
        agents: Mutex::new(vec![AgentState::AGENT_STATE_NOT_READY; usize::try_from(agents).unwrap_or(1)]),
        figures: Figures::default(),
    });
    let listener = listen_at(&listen).map_err(|error| format!("{listen}: {error}"))?;
    println!("listening on {}", listener.local_addr().map_err(|error| error.to_string())?);
    tokio::spawn(accept(Arc::clone(&centre), listener));
    tokio::select! {
        failed = tokio::spawn(make_events(Arc::clone(&centre), rate)) => {
            failed.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
        }
        () = report(&centre) => Ok(()),
        () = sleep(Duration::from_secs(seconds)) => Ok(()),
    }
}

/// Listens with room for many who come at once, and little room in the kernel for what a client does not read.
fn listen_at(address: &str) -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_send_buffer_size(64 * 1024)?;
    socket.set_reuseaddr(true)?;
    socket.bind(address.parse().map_err(std::io::Error::other)?)?;
    socket.listen(4096)
}
