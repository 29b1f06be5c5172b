//! A client on tokio: one task keeps the session, and everybody else has a handle that can be cloned.
//!
//! ```sh
//! cargo run --example tokio_client -- [--connect HOST:PORT] [--connect-b HOST:PORT] [--device ID]... [--events N]
//! ```
//!
//! It watches agent devices (5001 and 5002 if none is named), prints so many events (10), asks for the state of the agent at
//! the first device, and closes the session. When the connection breaks it goes on with the other server of the pair, by the
//! guide's schedule, and restores its monitors.
//!
//! What to copy from here: [`Handle`], [`keep`] and [`Session::run`]. The futures are cancel-safe: to drop one of a request
//! means that nobody hears of its outcome, and no more.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::process::ExitCode;
use std::time::Duration;

use ged188::client::{Failover, FailoverConfig, ServerSide};
use ged188::message::{OpenReq, QueryAgentStateConf, QueryAgentStateReq};
use ged188::named_values::{CtiServiceMask, StatusCode};
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, CloseReason, Encode, Input, Masks, MonitorPlan, OwnedMessage,
    ProtocolVersion, RequestId, Response, Secret, Target,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, sleep_until};

const VERSION: ProtocolVersion = ProtocolVersion::V14;

/// What a handle asks of the task.
enum Command {
    Request(OwnedMessage, oneshot::Sender<Result<OwnedMessage, String>>),
    Watch(String),
    Close,
}

/// A handle to the session, whichever it is by now.
#[derive(Clone)]
struct Handle(mpsc::Sender<Command>);

impl Handle {
    /// Makes a request, and waits for its confirmation.
    async fn request(&self, request: &impl Encode) -> Result<OwnedMessage, String> {
        let request = OwnedMessage::encode(VERSION, request).map_err(|error| error.to_string())?;
        let (response, outcome) = oneshot::channel();
        self.send(Command::Request(request, response)).await?;
        outcome.await.map_err(|_| "the session has ended")?
    }

    /// Watches the device of an agent, now and in all sessions that follow.
    async fn watch(&self, device: &str) -> Result<(), String> {
        self.send(Command::Watch(device.into())).await
    }

    async fn close(&self) -> Result<(), String> {
        self.send(Command::Close).await
    }

    async fn send(&self, command: Command) -> Result<(), String> {
        self.0.send(command).await.map_err(|_| "the client has ended".into())
    }
}

/// An event of a monitor, kept.
struct Kept {
    target: String,
    message: OwnedMessage,
}

/// Keeps a session with one of these servers until it is closed as it was wanted.
async fn keep(
    servers: Vec<String>,
    mut commands: mpsc::Receiver<Command>,
    events: mpsc::Sender<Kept>,
) -> Result<CloseReason, String> {
    let clock = Instant::now();
    let chance = || u32::try_from(RandomState::new().hash_one(clock.elapsed()) >> 32).unwrap_or(0);
    let config = FailoverConfig { both: servers.len() > 1, ..Default::default() };
    let mut failover = Failover::new(clock.elapsed(), config);
    let mut plan = MonitorPlan::new();
    let mut last = CloseReason::Disconnected;
    while let Some(attempt) = failover.attempt() {
        sleep_until(clock + attempt.at).await;
        let server = if attempt.side == ServerSide::A { servers.first() } else { servers.last() };
        let Ok(socket) = TcpStream::connect(server.ok_or("no server")?).await else {
            failover.not_connected(clock.elapsed(), chance());
            continue;
        };
        let client = Client::open(clock.elapsed(), ClientConfig::default(), &open_req());
        let client = client.map_err(|error| error.to_string())?;
        let mut session = Session { client, clock, events: events.clone(), pending: HashMap::new() };
        session.client.restore(plan).map_err(|error| error.to_string())?;
        last = session.run(socket, &mut commands, || failover.opened(clock.elapsed())).await;
        plan = session.client.plan();
        failover.ended(clock.elapsed(), last, chance());
        eprintln!("{last}");
    }
    Ok(last)
}

fn open_req() -> OpenReq<'static> {
    OpenReq {
        version_number: VERSION.into(),
        idle_timeout: 20,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR
            | CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL,
        client_id: Some("tokio example".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    }
}

/// One session, and who waits for its responses.
struct Session {
    client: Client,
    clock: Instant,
    events: mpsc::Sender<Kept>,
    pending: HashMap<RequestId, oneshot::Sender<Result<OwnedMessage, String>>>,
}

impl Session {
    async fn run(
        &mut self,
        mut socket: TcpStream,
        commands: &mut mpsc::Receiver<Command>,
        mut opened: impl FnMut(),
    ) -> CloseReason {
        let (mut input, mut buffer) = (Input::default(), [0; 4096]);
        loop {
            while let Some(event) = self.client.poll(self.clock.elapsed(), &mut input) {
                match event {
                    ClientEvent::Opened(_) => opened(),
                    ClientEvent::MonitorEvent { target, message, .. } => {
                        let target = target.map(|target| target.to_string()).unwrap_or_default();
                        if let Ok(message) = OwnedMessage::new(VERSION, &message) {
                            // Who listens no more wants no more.
                            let _ = self.events.send(Kept { target, message }).await;
                        }
                    }
                    ClientEvent::Response(Response { request, result }) => {
                        if let Some(response) = self.pending.remove(&request) {
                            let kept = result.map_err(|error| error.to_string()).and_then(|message| {
                                OwnedMessage::new(VERSION, &message).map_err(|error| error.to_string())
                            });
                            let _ = response.send(kept);
                        }
                    }
                    ClientEvent::Closed(reason) => {
                        let _ = socket.write_all(self.client.output()).await;
                        return reason;
                    }
                    other => eprintln!("{other}"),
                }
            }
            if socket.write_all(self.client.output()).await.is_err() {
                self.client.disconnected(self.clock.elapsed());
                continue;
            }
            self.client.consume_output(self.client.output().len());
            let timeout = self.client.timeout(self.clock.elapsed()).unwrap_or(Duration::from_secs(3600));
            tokio::select! {
                read = socket.read(&mut buffer) => match read {
                    Ok(0) | Err(_) => self.client.disconnected(self.clock.elapsed()),
                    Ok(count) => input.push(&buffer[..count]),
                },
                Some(command) = commands.recv(), if self.client.is_open() => self.obey(command),
                () = sleep(timeout) => {}
            }
        }
    }

    fn obey(&mut self, command: Command) {
        let now = self.clock.elapsed();
        let done = match command {
            Command::Request(request, response) => match self.client.request(now, &request) {
                Ok(request) => {
                    self.pending.insert(request.id(), response);
                    Ok(())
                }
                Err(error) => {
                    let _ = response.send(Err(error.to_string()));
                    Ok(())
                }
            },
            Command::Watch(device) => {
                self.client.start_monitor(now, None, Target::agent_device(&device), Masks::ALL).map(|_| ())
            }
            Command::Close => self.client.close(now, StatusCode::E_CTI_NO_ERROR),
        };
        if let Err(error) = done {
            eprintln!("{error}");
        }
    }
}

#[tokio::main(flavor = "current_thread")]
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
    let (mut servers, mut devices, mut wanted) = (vec!["127.0.0.1:42027".to_owned()], Vec::new(), 10);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(format!("{argument} takes a value"))?;
        match argument.as_str() {
            "--connect" => servers[0] = value,
            "--connect-b" => servers.push(value),
            "--device" => devices.push(value),
            "--events" => wanted = value.parse().map_err(|_| "--events takes a number")?,
            other => return Err(format!("unknown argument {other}")),
        }
    }
    if devices.is_empty() {
        devices.extend(["5001", "5002"].map(String::from));
    }
    let (commands, inbox) = mpsc::channel(64);
    let (events, mut heard) = mpsc::channel(1024);
    let task = tokio::spawn(keep(servers, inbox, events));
    let handle = Handle(commands);
    for device in &devices {
        handle.watch(device).await?;
    }
    for _ in 0..wanted {
        let Some(Kept { target, message }) = heard.recv().await else { break };
        let message = message.message().map_err(|error| error.to_string())?;
        println!("{target}: {message}");
    }
    // Nobody listens to further events while this waits.
    drop(heard);
    let query = QueryAgentStateReq { agent_instrument: Some((&devices[0]).into()), ..Default::default() };
    match handle.request(&query).await {
        Ok(conf) => {
            let conf = conf.message().map_err(|error| error.to_string())?;
            let conf = QueryAgentStateConf::try_from(conf).map_err(|other| format!("unexpected: {other}"))?;
            println!("{}: {:?}", devices[0], conf.agent_state);
        }
        Err(error) => println!("{}: {error}", devices[0]),
    }
    handle.close().await?;
    task.await.map_err(|error| error.to_string())?.map(|_| ())
}
