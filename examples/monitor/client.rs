//! The client: watches what it is told to, prints what it hears, and comes back when it is cut off.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use ged188::client::MonitorEndReason;
use ged188::message::{Message, OpenReq};
use ged188::named_values::{AgentStateMask, CallEventMask, CtiServiceMask, StatusCode};
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, CloseReason, Input, Masks, MonitorKey, Secret, SendError,
    Target,
};

use crate::scene::{ALICE, BOB, PERIPHERAL};
use crate::{Clock, Options, print};

/// Two sessions: the second begins when the first is cut off, and restores its monitors.
pub(crate) fn run(address: SocketAddr, clock: Clock, options: Options) -> io::Result<()> {
    let mut plan = None;
    loop {
        let mut client = Client::open(clock.now(), ClientConfig::default(), &open_req(options))
            .map_err(io::Error::other)?;
        let restores = plan.is_some();
        if let Some(plan) = plan.take() {
            client.restore(plan).map_err(io::Error::other)?;
        }
        let mut stage = Stage { clock, options, restores, second: None, watches_call: false };
        let reason = stage.play(&mut client, TcpStream::connect(address)?)?;
        if let Some(CloseReason::Closed(_)) = reason {
            return Ok(());
        }
        let mut monitors = client.plan();
        monitors.retain(|monitor| !matches!(monitor.target, Target::Call { .. }));
        plan = Some(monitors);
        thread::sleep(Duration::from_millis(100));
    }
}

fn open_req(options: Options) -> OpenReq<'static> {
    OpenReq {
        version_number: options.version.into(),
        idle_timeout: 20,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        client_id: Some("monitor example".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    }
}

/// What the client makes of the scene.
struct Stage {
    clock: Clock,
    options: Options,
    /// Whether this session restores the monitors of another.
    restores: bool,
    /// The second monitor of Alice's device, until it is stopped.
    second: Option<MonitorKey>,
    watches_call: bool,
}

impl Stage {
    /// Keeps the session until it is over, and says why it is.
    fn play(&mut self, client: &mut Client, mut socket: TcpStream) -> io::Result<Option<CloseReason>> {
        let mut input = Input::default();
        let mut reason = None;
        while !client.is_closed() {
            while let Some(event) = client.poll(self.clock.now(), &mut input) {
                if let ClientEvent::Closed(why) = event {
                    reason = Some(why);
                }
                self.hear(client, event).map_err(io::Error::other)?;
            }
            self.hex("sends", client.output());
            client.write_to(&mut socket)?;
            socket.set_read_timeout(client.timeout(self.clock.now()))?;
            let before = input.buffered();
            match input.read_from(&mut socket) {
                Ok(0) => client.disconnected(self.clock.now()),
                Ok(_) => self.hex("hears", &input.unfinished()[before..]),
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {}
                    io::ErrorKind::ConnectionReset => client.disconnected(self.clock.now()),
                    _ => return Err(error),
                },
            }
        }
        Ok(reason)
    }

    /// Prints an event, and does what the scene needs.
    fn hear(&mut self, client: &mut Client, event: ClientEvent<'_>) -> Result<(), SendError> {
        let now = self.clock.now();
        let mut watch = |target, masks| client.start_monitor(now, Some(PERIPHERAL), target, masks);
        match event {
            ClientEvent::Opened(conf) => {
                self.say(&format!("session open, granted {}", conf.services_granted));
                if !self.restores {
                    watch(Target::agent_device(ALICE), Masks::ALL)?;
                    watch(Target::agent_device(BOB), Masks::ALL)?;
                    let calls = CallEventMask::CALL_HELD_MASK | CallEventMask::CALL_RETRIEVED_MASK;
                    let held = Masks { calls, agents: AgentStateMask::empty() };
                    self.second = Some(watch(Target::agent_device(ALICE), held)?);
                }
            }
            ClientEvent::MonitorStarted { target, result, previous_id, .. } => {
                let again = previous_id.map_or(String::new(), |id| format!(" (it was monitor {id})"));
                match result {
                    Ok(id) => self.tell(target, &format!("started as monitor {id}{again}")),
                    Err(error) => self.tell(target, &format!("not started: {error}")),
                }
            }
            ClientEvent::MonitorEvent { monitor, target, message } => {
                self.tell(target, &message.to_string());
                match message {
                    Message::CallDeliveredEvent(call) if !self.watches_call => {
                        let call_id = call.connection_call_id.unwrap_or_default();
                        watch(Target::call(call_id, call.connection_device_id.unwrap_or_default()), Masks::ALL)?;
                        self.watches_call = true;
                    }
                    Message::CallRetrievedEvent(_) if self.second == Some(monitor) => {
                        self.second = None;
                        client.stop_monitor(now, monitor)?;
                    }
                    _ => {}
                }
            }
            ClientEvent::MonitorStopped { target, result, .. } => match result {
                Ok(id) => self.tell(target, &format!("stopped, it was monitor {id}")),
                Err(error) => self.tell(target, &format!("not stopped: {error}")),
            },
            ClientEvent::MonitorEnded { target, id, reason, .. } => {
                self.tell(target, &format!("monitor {id} ended: {reason}"));
                if self.restores && reason == MonitorEndReason::CallEnded {
                    client.close(now, StatusCode::E_CTI_NO_ERROR)?;
                }
            }
            ClientEvent::Restored { started, failed, gap } => self.say(&format!(
                "{started} monitors restored, {failed} not; what happened in {:.3} s without a session is lost",
                gap.as_secs_f64()
            )),
            ClientEvent::Closed(reason) => self.say(&format!("session over: {reason}")),
            other => self.say(&other.to_string()),
        }
        Ok(())
    }

    fn say(&self, line: &str) {
        print(self.clock, "client", line);
    }

    /// Prints something about a monitor.
    fn tell(&self, target: Option<Target<'_>>, what: &str) {
        let target = target.map_or("own session".into(), |target| target.to_string());
        self.say(&format!("{target:18} {what}"));
    }

    fn hex(&self, what: &str, bytes: &[u8]) {
        if self.options.hex {
            for line in bytes.chunks(32) {
                let digits: Vec<_> = line.iter().map(|byte| format!("{byte:02x}")).collect();
                self.say(&format!("{what} {}", digits.join(" ")));
            }
        }
    }
}
