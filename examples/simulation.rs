//! A day of a contact centre in virtual time: many clients, one server process, and a network that delays and breaks.
//!
//! ```sh
//! cargo run --release --example simulation -- [--seed N] [--clients N] [--hours N]
//! ```
//!
//! Nothing here waits: the machines say when they want to be polled next, and the clock jumps there. All chance comes from
//! the seed, so the same seed gives the same run, down to the last byte; the last line has a sum over all of them.
//!
//! Each client watches the device of one agent. When its connection breaks it comes back after a while and restores its
//! monitor. An event goes to the sessions that a `MonitorIndex` finds for it.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;

use ged188::message::{AgentStateEvent, OpenReq};
use ged188::named_values::{AgentState, CtiServiceMask};
use ged188::server::{MonitorIndex, Policy};
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, Input, Masks, MonitorPlan, ProtocolVersion, Secret, SendError,
    Server, ServerConfig, ServerEvent, Target,
};

/// Numbers that look random: xorshift, which is enough for a simulation and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn time(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}

/// Something that will happen; at one time, in the order in which it was planned.
enum Happening {
    Connect(usize),
    /// Bytes arrive at the client or the server of a connection, unless it is broken by then.
    Arrive {
        session: u64,
        at_client: bool,
        bytes: Vec<u8>,
    },
    /// A machine wants to be polled.
    Poll(u64),
    Break(usize),
    AgentChanges,
}

/// A connection: both ends, each with what arrived.
struct Connection {
    who: usize,
    client: Client,
    server: Server,
    inputs: [Input; 2],
    /// When to poll next, if nothing arrives before.
    wake_at: Option<Duration>,
}

struct Simulation {
    now: Duration,
    chance: Chance,
    future: BTreeMap<(Duration, u64), Happening>,
    planned: u64,
    connections: BTreeMap<u64, Connection>,
    /// The connection of each client, or the monitors to restore in the next.
    clients: Vec<Result<u64, MonitorPlan>>,
    index: MonitorIndex<u64>,
    report: Report,
}

/// What happened.
#[derive(Debug, Default, PartialEq)]
struct Report {
    sessions: u64,
    broken: u64,
    restored: u64,
    delivered: u64,
    heard: u64,
    bytes: u64,
    /// A sum over all bytes in their order.
    sum: u64,
}

impl Simulation {
    fn new(seed: u64, clients: usize) -> Self {
        let mut simulation = Self {
            now: Duration::ZERO,
            chance: Chance(seed | 1 << 63),
            future: BTreeMap::new(),
            planned: 0,
            connections: BTreeMap::new(),
            clients: (0..clients).map(|who| Err(plan_for(who))).collect(),
            index: MonitorIndex::new(),
            report: Report::default(),
        };
        for who in 0..clients {
            let delay = simulation.chance.time(0, 10_000);
            simulation.plan(delay, Happening::Connect(who));
        }
        simulation.plan(Duration::from_secs(1), Happening::AgentChanges);
        simulation.plan(Duration::from_secs(60), Happening::Break(0));
        simulation
    }

    fn plan(&mut self, delay: Duration, happening: Happening) {
        self.planned += 1;
        self.future.insert((self.now + delay, self.planned), happening);
    }

    fn run(mut self, until: Duration) -> Result<Report, SendError> {
        while let Some(((now, _), happening)) = self.future.pop_first().filter(|((now, _), _)| *now <= until)
        {
            self.now = now;
            match happening {
                Happening::Connect(who) => self.connect(who)?,
                Happening::Arrive { session, at_client, bytes } => {
                    if let Some(connection) = self.connections.get_mut(&session) {
                        connection.inputs[usize::from(at_client)].push(&bytes);
                        self.poll(session)?;
                    }
                }
                Happening::Poll(session) => {
                    // Others were planned before something changed.
                    if self
                        .connections
                        .get(&session)
                        .is_some_and(|connection| connection.wake_at == Some(now))
                    {
                        self.poll(session)?;
                    }
                }
                Happening::Break(who) => self.cut(who),
                Happening::AgentChanges => self.agent_changes()?,
            }
        }
        Ok(self.report)
    }

    fn connect(&mut self, who: usize) -> Result<(), SendError> {
        let name = format!("desk {who}");
        let open = OpenReq {
            version_number: ProtocolVersion::V14.into(),
            idle_timeout: 60,
            services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
            client_id: Some((&name).into()),
            client_password: Some(Secret::new(Bytes(b""))),
            ..Default::default()
        };
        let config = ClientConfig { heartbeat_interval: Some(Duration::from_secs(15)), ..Default::default() };
        let mut client = Client::open(self.now, config, &open)?;
        self.report.sessions += 1;
        let session = self.report.sessions;
        if let Err(plan) = std::mem::replace(&mut self.clients[who], Ok(session)) {
            client.restore(plan).expect("it has not opened");
        }
        let mut server = Server::new(self.now, ServerConfig::default());
        self.index.add(session, &mut server);
        let inputs = [Input::default(), Input::default()];
        self.connections.insert(session, Connection { who, client, server, inputs, wake_at: None });
        self.poll(session)
    }

    /// Lets both ends do what there is to do now, and sends what they have to say.
    fn poll(&mut self, session: u64) -> Result<(), SendError> {
        let now = self.now;
        let Some(connection) = self.connections.get_mut(&session) else { return Ok(()) };
        let Connection { client, server, inputs: [server_input, client_input], .. } = connection;
        while let Some(event) = server.poll(now, server_input) {
            match event {
                ServerEvent::OpenRequested(open) => match Policy::default().decide(&open) {
                    Ok(conf) => server.accept(now, &conf)?,
                    Err(status) => server.refuse_open(now, status)?,
                },
                ServerEvent::MonitorRequested { responder, .. } => {
                    _ = server.start_monitor(now, responder)?;
                }
                _ => {}
            }
        }
        while let Some(event) = client.poll(now, client_input) {
            match event {
                ClientEvent::MonitorEvent { .. } => self.report.heard += 1,
                ClientEvent::Restored { started, .. } => self.report.restored += started as u64,
                _ => {}
            }
        }
        let deadline = client.deadline().into_iter().chain(server.deadline()).min();
        connection.wake_at = deadline;
        let sent = [(false, client.output().to_vec()), (true, server.output().to_vec())];
        client.consume_output(sent[0].1.len());
        server.consume_output(sent[1].1.len());
        for (at_client, bytes) in sent {
            if !bytes.is_empty() {
                self.report.bytes += bytes.len() as u64;
                let add = |sum: u64, byte: &u8| sum.wrapping_mul(31).wrapping_add(u64::from(*byte));
                self.report.sum = bytes.iter().fold(self.report.sum, add);
                // One way takes as long for all, so that nothing is overtaken.
                self.plan(Duration::from_millis(20), Happening::Arrive { session, at_client, bytes });
            }
        }
        if let Some(deadline) = deadline {
            self.plan(deadline.saturating_sub(now), Happening::Poll(session));
        }
        Ok(())
    }

    /// A connection breaks: what is on its way is lost. Its client comes back after a while.
    fn cut(&mut self, who: usize) {
        if let Ok(session) = self.clients[who] {
            if let Some(Connection { mut client, mut inputs, who, .. }) = self.connections.remove(&session) {
                client.disconnected(self.now);
                while client.poll(self.now, &mut inputs[1]).is_some() {}
                self.clients[who] = Err(client.plan());
                self.report.broken += 1;
                let delay = self.chance.time(1_000, 30_000);
                self.plan(delay, Happening::Connect(who));
            }
        }
        let (next, delay) = (self.chance.below(self.clients.len() as u64), self.chance.time(5_000, 60_000));
        self.plan(delay, Happening::Break(usize::try_from(next).unwrap_or(0)));
    }

    fn agent_changes(&mut self) -> Result<(), SendError> {
        let device = device(usize::try_from(self.chance.below(self.clients.len() as u64)).unwrap_or(0));
        let agent_state = AgentState(u16::try_from(self.chance.below(7)).unwrap_or(0));
        let event =
            AgentStateEvent { agent_state, agent_instrument: Some((&device).into()), ..Default::default() };
        for session in self.index.find(&event)? {
            if let Some(connection) = self.connections.get_mut(&session) {
                self.report.delivered += connection.server.deliver(self.now, &event)?.messages as u64;
                self.poll(session)?;
            }
        }
        let delay = self.chance.time(50, 1_000);
        self.plan(delay, Happening::AgentChanges);
        Ok(())
    }
}

/// The monitors of a client before its first session.
fn plan_for(who: usize) -> MonitorPlan {
    let mut plan = MonitorPlan::new();
    plan.add(None, Target::agent_device(&device(who)), Masks::ALL);
    plan
}

fn device(who: usize) -> String {
    format!("{}", 5000 + who)
}

fn main() -> ExitCode {
    let (mut seed, mut clients, mut hours) = (1, 100, 1);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number = arguments.next().and_then(|number| number.parse().ok());
        match (argument.as_str(), number) {
            ("--seed", Some(number)) => seed = number,
            ("--clients", Some(number @ 1..)) => clients = usize::try_from(number).unwrap_or(usize::MAX),
            ("--hours", Some(number)) => hours = number,
            _ => {
                eprintln!("usage: simulation [--seed N] [--clients N] [--hours N]");
                return ExitCode::FAILURE;
            }
        }
    }
    match Simulation::new(seed, clients).run(Duration::from_secs(3600 * hours)) {
        Ok(report) => {
            println!("{report:#?}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
