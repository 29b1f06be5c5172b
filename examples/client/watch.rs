//! The sessions, one after another: each restores the monitors of the one before.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind};
use std::net::{TcpStream, ToSocketAddrs};
use std::thread;
use std::time::Duration;

use ged188::client::{Failover, FailoverConfig, ServerSide};
use ged188::id::VersionNumber;
use ged188::message::OpenReq;
use ged188::named_values::{AgentStateMask, CallEventMask, CtiServiceMask, StatusCode};
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, CloseReason, Input, Masks, Message, ProtocolVersion, Secret,
};

use crate::report::{Report, json, message, text};
use crate::trace::Trace;
use crate::{Clock, Options};

/// How long a connection may take to be made, and the server to take anything.
const PATIENCE: Duration = Duration::from_secs(10);
/// The least IdleTimeout that servers take, in seconds.
const LEAST_IDLE: u64 = 20;

/// Watches until it is to stop.
///
/// # Errors
///
/// If there was no session to close; says why.
pub(crate) fn run(options: &Options, clock: Clock) -> Result<(), String> {
    let password = std::env::var_os("CTI_PASSWORD").unwrap_or_default();
    let open = open_req(options, password.as_encoded_bytes());
    let failover = FailoverConfig { both: options.side_b.is_some(), ..FailoverConfig::default() };
    let mut watch = Watch {
        options,
        clock,
        report: Report::new(clock),
        failover: Failover::new(clock.now(), failover),
        next: 0,
        counted: 0,
        closing: false,
    };
    let random = RandomState::new();
    let chance = || u32::try_from(random.hash_one(clock.now()) >> 32).unwrap_or(0);
    let mut plan = None;
    // How many times in a row the session was refused for good.
    let mut refused = 0;
    loop {
        let attempt = watch.failover.attempt().ok_or("another session has taken the place of this one")?;
        watch.sleep_until(attempt.at)?;
        let address = match (&options.side_b, attempt.side) {
            (Some(address), ServerSide::B) => address,
            _ => &options.side_a,
        };
        let end = match connect(address) {
            Ok(socket) => {
                let config = ClientConfig { heartbeat_interval: options.heartbeat, ..Default::default() };
                let client = Client::open(clock.now(), config, &open);
                let mut client = client.map_err(|error| error.to_string())?;
                if let Some(plan) = plan.take() {
                    client.restore(plan).map_err(|error| error.to_string())?;
                }
                let trace = options.trace.then(|| Trace::new(address));
                if let Some(trace) = &trace {
                    trace.note(clock.now(), "connected");
                }
                let end = watch.play(&mut client, socket, trace)?;
                plan = Some(client.plan());
                watch.failover.ended(clock.now(), end, chance());
                // The other side may be of another mind.
                refused = if end.is_final() { refused + 1 } else { 0 };
                if refused > usize::from(options.side_b.is_some()) {
                    return Err(end.to_string());
                }
                ("over", text(end))
            }
            Err(error) => {
                watch.failover.not_connected(clock.now(), chance());
                ("not_connected", json(&error.to_string()))
            }
        };
        let mut entries = vec![("server", json(address)), end];
        if let Some(next) = watch.failover.attempt() {
            let wait = next.at.saturating_sub(clock.now()).as_secs_f64();
            entries.push(("again_in", format!("{wait:.3}")));
        }
        watch.report.line(&entries);
        if watch.closing {
            return watch.report.check();
        }
    }
}

fn open_req<'a>(options: &'a Options, password: &'a [u8]) -> OpenReq<'a> {
    let mut services = CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR;
    if options.all_events {
        services |= CtiServiceMask::CTI_SERVICE_ALL_EVENTS;
    }
    // By convention four times the time between heartbeats; without heartbeats, none.
    let idle = options.heartbeat.map(|heartbeat| (heartbeat.as_secs() * 4).max(LEAST_IDLE));
    OpenReq {
        version_number: VersionNumber::from(options.version),
        idle_timeout: idle.and_then(|idle| u32::try_from(idle).ok()).unwrap_or(u32::MAX),
        services_requested: services,
        call_msg_mask: CallEventMask::known(options.version),
        agent_state_mask: AgentStateMask::known(options.version),
        client_id: Some(options.client_id.as_str().into()),
        client_password: Some(Secret::new(Bytes(password))),
        ..Default::default()
    }
}

fn connect(address: &str) -> io::Result<TcpStream> {
    let mut failed = io::Error::new(ErrorKind::NotFound, "the name has no address");
    for address in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(socket) => {
                socket.set_write_timeout(Some(PATIENCE))?;
                socket.set_nodelay(true)?;
                return Ok(socket);
            }
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// What lasts longer than a session.
struct Watch<'a> {
    options: &'a Options,
    clock: Clock,
    report: Report,
    failover: Failover,
    /// The next of the targets to start a monitor for; those before are restored.
    next: usize,
    /// Events of monitors so far.
    counted: u64,
    /// Whether the session was closed because there is no more to do.
    closing: bool,
}

impl Watch<'_> {
    fn is_late(&self) -> bool {
        self.options.time.is_some_and(|time| self.clock.now() >= time)
    }

    fn has_enough(&self) -> bool {
        self.options.events.is_some_and(|events| self.counted >= events)
    }

    fn sleep_until(&self, time: Duration) -> Result<(), String> {
        let until = self.options.time.map_or(time, |end| time.min(end));
        thread::sleep(until.saturating_sub(self.clock.now()));
        if self.is_late() { Err("the time is over, and there is no session to close".into()) } else { Ok(()) }
    }

    /// Keeps a session until it is over.
    fn play(
        &mut self,
        client: &mut Client,
        mut socket: TcpStream,
        mut trace: Option<Trace>,
    ) -> Result<CloseReason, String> {
        let mut input = Input::default();
        let mut reason = CloseReason::Disconnected;
        while !client.is_closed() {
            while let Some(event) = client.poll(self.clock.now(), &mut input) {
                if let ClientEvent::Closed(why) = event {
                    reason = why;
                }
                self.hear(client.version(), event);
            }
            self.report.check()?;
            self.act(client)?;
            if let Some(trace) = &mut trace {
                trace.went(self.clock.now(), client.output());
            }
            if client.write_to(&mut socket).is_err() {
                client.disconnected(self.clock.now());
                continue;
            }
            let now = self.clock.now();
            let end = self.options.time.filter(|_| !self.closing);
            let left = end.map(|end| end.saturating_sub(now).max(Duration::from_millis(1)));
            let patience = client.timeout(now).into_iter().chain(left).min();
            socket.set_read_timeout(patience).map_err(|error| error.to_string())?;
            let before = input.buffered();
            match input.read_from(&mut socket) {
                Ok(0) => client.disconnected(self.clock.now()),
                Ok(_) => {
                    if let Some(trace) = &mut trace {
                        trace.came(self.clock.now(), &input.unfinished()[before..]);
                    }
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                    _ => client.disconnected(self.clock.now()),
                },
            }
        }
        Ok(reason)
    }

    /// Starts the monitors, and closes the session when its time has come.
    fn act(&mut self, client: &mut Client) -> Result<(), String> {
        let now = self.clock.now();
        if client.is_closed() || self.closing {
            return Ok(());
        }
        if self.is_late() || self.has_enough() {
            return match client.close(now, StatusCode::E_CTI_NO_ERROR) {
                Ok(()) => {
                    self.closing = true;
                    Ok(())
                }
                Err(error) if self.is_late() => Err(format!("the time is over, and {error}")),
                Err(_) => Ok(()),
            };
        }
        while let Some(target) = self.options.targets.get(self.next).filter(|_| client.is_open()) {
            let target = target.target();
            let started = client.start_monitor(now, Some(self.options.peripheral), target, Masks::ALL);
            started.map_err(|error| format!("cannot watch {target}: {error}"))?;
            self.next += 1;
        }
        Ok(())
    }

    /// Writes a line about what happens.
    fn hear(&mut self, version: ProtocolVersion, event: ClientEvent<'_>) {
        match event {
            ClientEvent::MonitorEvent { monitor, target, message: event } => {
                if !self.has_enough() {
                    self.counted += 1;
                    self.report.monitor(monitor, target, &[("event", message(version, &event))]);
                }
            }
            ClientEvent::Received(event) => self.report.line(&[("event", message(version, &event))]),
            ClientEvent::Opened(conf) => {
                self.failover.opened(self.clock.now());
                let conf = message(version, &Message::OpenConf(conf));
                self.report.line(&[("opened", conf)]);
            }
            // Its line says also what comes next.
            ClientEvent::Closed(_) => {}
            ClientEvent::MonitorStarted { monitor, target, result, previous_id } => {
                let outcome = match result {
                    Ok(id) => {
                        self.report.set_id(monitor, id);
                        ("started", json(&true))
                    }
                    Err(error) => ("refused", text(error)),
                };
                let before = previous_id.map(|id| ("before", json(&id.0)));
                let entries: Vec<_> = [outcome].into_iter().chain(before).collect();
                self.report.monitor(monitor, target, &entries);
            }
            ClientEvent::MonitorEnded { monitor, target, reason, .. } => {
                self.report.monitor(monitor, target, &[("ended", text(reason))]);
            }
            ClientEvent::Restored { started, failed, gap } => self.report.line(&[
                ("restored", json(&started)),
                ("not_restored", json(&failed)),
                ("gap", format!("{:.3}", gap.as_secs_f64())),
                ("lost", json(&"the events of the gap")),
            ]),
            other => self.report.line(&[("session", json(&other.to_string()))]),
        }
    }
}
