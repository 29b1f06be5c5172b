//! The client: watches what it is told to, prints what it hears, and comes back when it is cut off.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use ged188::id::{CallId, VersionNumber};
use ged188::message::{Message, OpenReq};
use ged188::monitor::{ClientEvent, Ended, Masks, MonitorClient, MonitorKey, Target};
use ged188::named_values::{
    AgentStateMask, CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType, StatusCode,
};
use ged188::session::{ClientConfig, End, Event, SendError};
use ged188::{Bytes, Secret, Str};

use crate::scene::{ALICE, BOB, PERIPHERAL};
use crate::{Clock, Options, print};

/// Two sessions: the second begins when the first is cut off, and restores its monitors.
pub(crate) fn run(address: SocketAddr, clock: Clock, options: Options) -> io::Result<()> {
    let mut plan = None;
    let mut names = BTreeMap::new();
    loop {
        let mut client = MonitorClient::open(ClientConfig::default(), clock.now(), &open_req(options))
            .map_err(io::Error::other)?;
        let restores = plan.is_some();
        if let Some(plan) = plan.take() {
            client.restore(plan);
        }
        let mut stage = Stage { clock, options, restores, names, second: None, watches_call: false };
        let end = stage.play(&mut client, TcpStream::connect(address)?)?;
        names = stage.names;
        if let Some(End::Closed(_)) = end {
            return Ok(());
        }
        plan = Some(client.plan(false));
        thread::sleep(Duration::from_millis(100));
    }
}

fn open_req(options: Options) -> OpenReq<'static> {
    OpenReq {
        version_number: VersionNumber::from(options.version),
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
    /// What each monitor watches, with its MonitorID.
    names: BTreeMap<MonitorKey, String>,
    /// The second monitor of Alice's device, until it is stopped.
    second: Option<MonitorKey>,
    watches_call: bool,
}

/// What the client wants to do about an event, when it has let go of it.
enum Wish {
    Nothing,
    WatchDevices,
    WatchCall { call_id: CallId, device: String },
    Stop(MonitorKey),
    Close,
}

impl Stage {
    fn play(&mut self, client: &mut MonitorClient, mut socket: TcpStream) -> io::Result<Option<End>> {
        let mut buffer = [0; 4096];
        let mut end = None;
        while !client.is_over() {
            client.tick(self.clock.now());
            while let Some(event) = client.poll() {
                if let ClientEvent::Session(Event::Ended(why)) = event {
                    end = Some(why);
                }
                let wish = self.hear(event);
                self.act(client, wish).map_err(io::Error::other)?;
            }
            self.hex("sends", client.transmit());
            socket.write_all(client.transmit())?;
            client.transmitted(client.transmit().len());
            let patience = client.deadline().map(|deadline| deadline.saturating_sub(self.clock.now()));
            socket.set_read_timeout(patience.map(|patience| patience.max(Duration::from_millis(1))))?;
            match socket.read(&mut buffer) {
                Ok(0) => client.disconnected(self.clock.now()),
                Ok(count) => {
                    self.hex("hears", &buffer[..count]);
                    client.receive(self.clock.now(), &buffer[..count]).map_err(io::Error::other)?;
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => {}
                    ErrorKind::ConnectionReset => client.disconnected(self.clock.now()),
                    _ => return Err(error),
                },
            }
        }
        Ok(end)
    }

    /// Prints an event, and says what to do about it.
    fn hear(&mut self, event: ClientEvent<'_>) -> Wish {
        match event {
            ClientEvent::Session(Event::Opened(conf)) => {
                self.say(&format!("session open, granted {:?}", conf.services_granted));
                if !self.restores {
                    return Wish::WatchDevices;
                }
            }
            ClientEvent::Session(Event::Ended(why)) => self.say(&format!("session over: {why:?}")),
            ClientEvent::Session(other) => self.say(&format!("{other:?}")),
            ClientEvent::MonitorStarted { monitor, id, before } => {
                let name = self.names.entry(monitor).or_default();
                *name = format!("monitor {id}  {}", name.rsplit("  ").next().unwrap_or_default());
                let again = before.map_or(String::new(), |before| format!(" again (it was monitor {before})"));
                self.tell(monitor, &format!("started{again}"));
            }
            ClientEvent::MonitorEnded { monitor, why, .. } => {
                self.tell(monitor, &format!("ended: {why:?}"));
                if self.restores && why == Ended::CallEnded {
                    return Wish::Close;
                }
            }
            ClientEvent::MonitorEvent { monitor, message } => {
                self.tell(monitor, &describe(&message));
                match message {
                    Message::CallDeliveredEvent(event) if !self.watches_call => {
                        let device = event.connection_device_id.unwrap_or_default().to_string();
                        let call_id = event.connection_call_id.unwrap_or_default();
                        return Wish::WatchCall { call_id, device };
                    }
                    Message::CallRetrievedEvent(_) if self.second == Some(monitor) => {
                        return Wish::Stop(monitor);
                    }
                    _ => {}
                }
            }
            ClientEvent::Restored { started, failed, gap } => self.say(&format!(
                "{started} monitors restored, {failed} not; what happened in {:.3} s without a session is lost",
                gap.as_secs_f64()
            )),
            other => self.say(&format!("{other:?}")),
        }
        Wish::Nothing
    }

    fn act(&mut self, client: &mut MonitorClient, wish: Wish) -> Result<(), SendError> {
        let now = self.clock.now();
        let mut watch = |names: &mut BTreeMap<_, _>, target: Target<'_>, masks| {
            let monitor = client.start_monitor(now, Some(PERIPHERAL), target, masks)?;
            names.insert(monitor, target.to_string());
            Ok::<_, SendError>(monitor)
        };
        match wish {
            Wish::Nothing => {}
            Wish::WatchDevices => {
                watch(&mut self.names, agent_device(ALICE), Masks::ALL)?;
                watch(&mut self.names, agent_device(BOB), Masks::ALL)?;
                let calls = CallEventMask::CALL_HELD_MASK | CallEventMask::CALL_RETRIEVED_MASK;
                let held = Masks { calls, agents: AgentStateMask::empty() };
                self.second = Some(watch(&mut self.names, agent_device(ALICE), held)?);
            }
            Wish::WatchCall { call_id, device } => {
                let device_id_type = ConnectionDeviceIdType::CONNECTION_ID_STATIC;
                let target = Target::Call { call_id, device_id_type, device_id: Str::new(&device) };
                watch(&mut self.names, target, Masks::ALL)?;
                self.watches_call = true;
            }
            Wish::Stop(monitor) => {
                client.stop_monitor(now, monitor)?;
                self.second = None;
            }
            Wish::Close => client.close(now, StatusCode::E_CTI_NO_ERROR)?,
        }
        Ok(())
    }

    fn say(&self, line: &str) {
        print(self.clock, "client", line);
    }

    /// Prints something about a monitor.
    fn tell(&self, monitor: MonitorKey, what: &str) {
        let name = self.names.get(&monitor).map_or("a monitor", String::as_str);
        self.say(&format!("{name:32} {what}"));
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

fn agent_device(device: &'static str) -> Target<'static> {
    Target::Device { device_type: DeviceIdType::DEVID_AGENT_DEVICE, device_id: Str::new(device) }
}

/// An event in a line: what, which call, which devices, which state.
fn describe(message: &Message<'_>) -> String {
    let name = message.message_type();
    let call = |call: Option<CallId>, at: Option<Str<'_>>| {
        format!("call {} at {}", call.unwrap_or_default(), at.unwrap_or_default())
    };
    let details = match message {
        Message::BeginCallEvent(e) => {
            let ani = e.ani.unwrap_or_default();
            format!("{}, from {ani}, {:?}", call(e.connection_call_id, e.connection_device_id), e.call_type)
        }
        Message::CallDeliveredEvent(e) => format!(
            "{}, {} calls {}, {:?}",
            call(e.connection_call_id, e.connection_device_id),
            e.calling_device_id.unwrap_or_default(),
            e.alerting_device_id.unwrap_or_default(),
            e.local_connection_state
        ),
        Message::CallEstablishedEvent(e) => format!(
            "{}, answered by {}, {:?}",
            call(e.connection_call_id, e.connection_device_id),
            e.answering_device_id.unwrap_or_default(),
            e.local_connection_state
        ),
        Message::CallHeldEvent(e) => format!(
            "{}, held by {}, {:?}",
            call(e.connection_call_id, e.connection_device_id),
            e.holding_device_id.unwrap_or_default(),
            e.local_connection_state
        ),
        Message::CallRetrievedEvent(e) => format!(
            "{}, retrieved by {}, {:?}",
            call(e.connection_call_id, e.connection_device_id),
            e.retrieving_device_id.unwrap_or_default(),
            e.local_connection_state
        ),
        Message::CallTransferredEvent(e) => {
            let parties: Vec<_> = e
                .parties
                .iter()
                .filter_map(|party| party.connected_party_device_id)
                .map(|id| id.to_string())
                .collect();
            format!(
                "{}, from {} to {}, parties {}",
                call(e.primary_call_id, e.primary_device_id),
                e.transferring_device_id.unwrap_or_default(),
                e.transferred_device_id.unwrap_or_default(),
                parties.join(" and ")
            )
        }
        Message::CallClearedEvent(e) => {
            format!("{}, {:?}", call(e.connection_call_id, e.connection_device_id), e.local_connection_state)
        }
        Message::EndCallEvent(e) => call(e.connection_call_id, e.connection_device_id),
        Message::AgentStateEvent(e) => format!(
            "agent {} at {}, {:?}",
            e.agent_id.unwrap_or_default(),
            e.agent_instrument.unwrap_or_default(),
            e.agent_state
        ),
        _ => String::new(),
    };
    format!("{name:?}: {details}")
}
