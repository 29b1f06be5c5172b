//! The contact centre: its calls, agents and teams, and the sessions that hear of them.

use std::collections::BTreeSet;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ged188::id::{CallId, PeripheralId, SessionId};
use ged188::message::{
    ClientSessionClosedEvent, ClientSessionOpenedEvent, OpenReq, SystemEvent, UserMessageEvent,
};
use ged188::named_values::{CtiServiceMask, StatusCode, SystemEventId};
use ged188::view::{Fields, Value};
use ged188::{Encode, Message, Str};

use crate::agents::{Agent, named, owned};
use crate::answers::time;
use crate::calls::{Call, Calls};
use crate::connection::Signal;
use crate::scene::Step;

/// What all sessions share.
pub(crate) struct Centre {
    peripherals: Vec<PeripheralId>,
    /// How many clients may be connected.
    limit: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    calls: Calls,
    agents: Vec<Agent>,
    /// The last AGENT_TEAM_CONFIG_EVENT of each team.
    teams: Vec<Arc<Step>>,
    peers: Vec<Peer>,
    /// Whether there was a monitor.
    watched: bool,
    offline: bool,
}

/// A session, as seen from outside.
pub(crate) struct Peer {
    pub(crate) number: u32,
    pub(crate) address: String,
    pub(crate) inbox: SyncSender<Signal>,
    pub(crate) socket: TcpStream,
    /// What it is, once it is open.
    pub(crate) open: Option<Open>,
    /// Whether it did not read, and was cut off.
    pub(crate) cut_off: bool,
}

/// A session that is open.
pub(crate) struct Open {
    client_id: Box<[u8]>,
    /// The names of the agent's phone, with the Client Events service.
    phone: Vec<Box<[u8]>>,
    /// What clients are told that monitor clients.
    event: Arc<Step>,
}

impl Centre {
    pub(crate) fn new(scene: &[Arc<Step>], limit: usize) -> Self {
        let peripherals: BTreeSet<_> = scene.iter().filter_map(|step| peripheral_of(step)).collect();
        Self {
            peripherals: peripherals.into_iter().collect(),
            limit,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Nothing in it is left half done, so it is good even if a thread panicked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a client that has connected; false if there are too many.
    pub(crate) fn join(&self, peer: Peer) -> bool {
        let mut state = self.state();
        let may_join = state.peers.len() < self.limit && !state.offline;
        if may_join {
            state.peers.push(peer);
        }
        may_join
    }

    /// Takes out a client, and tells the others why its session is over.
    pub(crate) fn leave(&self, number: u32, status: StatusCode) {
        let mut state = self.state();
        let at = state.peers.iter().position(|peer| peer.number == number);
        let peer = at.map(|at| state.peers.remove(at));
        if let Some(open) = peer.as_ref().and_then(|peer| peer.open.as_ref()) {
            let closed = ClientSessionClosedEvent {
                session_id: SessionId(number),
                status,
                client_id: named(&open.client_id),
                client_address: peer.as_ref().map(|peer| Str::new(&peer.address)),
                ..Default::default()
            };
            state.happen(&closed);
        }
        self.changed.notify_all();
    }

    /// Opens the session of a client: what it is told first.
    ///
    /// # Errors
    ///
    /// If the session cannot be opened, the status of the refusal.
    pub(crate) fn open(
        &self,
        number: u32,
        open: &OpenReq<'_>,
        granted: CtiServiceMask,
    ) -> Result<Vec<Arc<Step>>, StatusCode> {
        let mut state = self.state();
        let client_id = owned(open.client_id);
        let has = |service| granted.contains(service);
        let phone: Vec<Box<[u8]>> = if has(CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS) {
            let names = [open.agent_instrument, open.agent_extension, open.agent_id];
            names.into_iter().flatten().map(|name| name.as_bytes().into()).collect()
        } else {
            Vec::new()
        };
        // A phone has one session. The same client takes it over.
        let holds_it = |open: &&Open| open.phone.iter().any(|name| phone.contains(name));
        let holders =
            state.peers.iter().filter_map(|peer| Some((peer, peer.open.as_ref().filter(holds_it)?)));
        let holders: Vec<_> =
            holders.map(|(peer, open)| (peer.number, open.client_id == client_id)).collect();
        if holders.iter().any(|(_, is_same)| !is_same) {
            return Err(StatusCode::E_CTI_DEVICE_IN_USE);
        }
        for (holder, _) in holders {
            state.send(|peer| peer.number == holder, || Signal::Replaced);
        }
        let Some(peer) = state.peers.iter().position(|peer| peer.number == number) else {
            return Err(StatusCode::E_CTI_CTI_SERVER_OFFLINE);
        };
        let opened = ClientSessionOpenedEvent {
            session_id: SessionId(number),
            peripheral_id: open.peripheral_id,
            services_granted: granted,
            call_msg_mask: open.call_msg_mask,
            agent_state_mask: open.agent_state_mask,
            client_id: named(&client_id),
            client_address: Some(Str::new(&state.peers[peer].address)),
            ..Default::default()
        };
        let Some(event) = Step::new(&opened).map(Arc::new) else {
            return Err(StatusCode::E_CTI_UNSPECIFIED_FAILURE);
        };
        let mut first = Vec::new();
        if has(CtiServiceMask::CTI_SERVICE_ALL_EVENTS) {
            first.extend(self.peripherals.iter().filter_map(|peripheral| online(*peripheral)));
        } else if has(CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS) {
            let begins = state.calls.iter().flat_map(Call::begins);
            first.extend(begins.filter_map(|begin| Step::new(&begin)).map(Arc::new));
        }
        if has(CtiServiceMask::CTI_SERVICE_SUPERVISOR) {
            first.extend(state.teams.iter().cloned());
        }
        if has(CtiServiceMask::CTI_SERVICE_CLIENT_MONITOR) {
            first.extend(state.peers.iter().filter_map(|peer| Some(Arc::clone(&peer.open.as_ref()?.event))));
        }
        state.send(|peer| peer.open.is_some(), || Signal::Event(Arc::clone(&event)));
        state.peers[peer].open = Some(Open { client_id, phone, event });
        Ok(first)
    }

    /// Notes that somebody has a monitor.
    pub(crate) fn is_watched(&self) {
        self.state().watched = true;
        self.changed.notify_all();
    }

    pub(crate) fn wait_for_monitor(&self) {
        let unwatched = |state: &mut State| !state.watched;
        drop(self.changed.wait_while(self.state(), unwatched));
    }

    /// The server goes off-line: everybody is told, and has this long to go.
    pub(crate) fn go_offline(&self, time: Duration) {
        let mut state = self.state();
        state.offline = true;
        state.send(|_| true, || Signal::Offline);
        let some_are_left = |state: &mut State| !state.peers.is_empty();
        drop(self.changed.wait_timeout_while(state, time, some_are_left));
    }

    /// A scene begins: no call goes on.
    pub(crate) fn begin(&self) {
        self.state().calls.clear();
    }

    /// The call of this identifier, best the one with a connection of this device.
    pub(crate) fn call(&self, call: CallId, device: &[u8]) -> Option<Call> {
        self.state().calls.find(call, device).cloned()
    }

    /// The calls at a device.
    pub(crate) fn calls_at(&self, device: &[u8]) -> crate::calls::CallsAt {
        self.state().calls.at(device)
    }

    /// Something of the scene happens, and everybody hears of it.
    pub(crate) fn happens(&self, step: &Arc<Step>) {
        let mut state = self.state();
        state.note(step);
        state.send(|_| true, || Signal::Event(Arc::clone(step)));
    }

    /// The agent with one of these names: instrument, extension, identifier.
    pub(crate) fn agent(&self, names: [Option<Str<'_>>; 3]) -> Option<Agent> {
        self.state().agents.iter().find(|agent| agent.is(names)).cloned()
    }

    /// An agent changes state, and everybody hears of it. False if its names are too long.
    pub(crate) fn set_agent(&self, agent: Agent) -> bool {
        let mut state = self.state();
        let told = agent.event(|event| state.happen(event));
        if told {
            state.keep(agent);
        }
        told
    }

    /// Sends a text on, to the sessions of one client or to all but the sender's. Returns how many there are.
    pub(crate) fn text(&self, from: u32, event: &UserMessageEvent<'_>, to: Option<Str<'_>>) -> usize {
        let mut state = self.state();
        let sender = state.peers.iter().find(|peer| peer.number == from);
        let client_id =
            sender.and_then(|peer| Some(peer.open.as_ref()?.client_id.clone())).unwrap_or_default();
        let event = UserMessageEvent { client_id: named(&client_id), ..event.clone() };
        let Some(step) = Step::new(&event).map(Arc::new) else { return 0 };
        let is_meant = |peer: &Peer| match (to, &peer.open) {
            (Some(to), Some(open)) => to == Str::from_bytes(&open.client_id),
            (None, Some(_)) => peer.number != from,
            (_, None) => false,
        };
        state.send(is_meant, || Signal::Event(Arc::clone(&step)))
    }
}

impl State {
    /// Notes what an event says of calls, agents and teams.
    fn note(&mut self, step: &Arc<Step>) {
        match step.message() {
            Message::AgentStateEvent(event) => self.keep(Agent::from(&event)),
            Message::AgentTeamConfigEvent(event) => {
                let is_it = |step: &Arc<Step>| matches!(step.message(), Message::AgentTeamConfigEvent(team) if team.team_id == event.team_id);
                self.teams.retain(|team| !is_it(team));
                self.teams.push(Arc::clone(step));
            }
            _ => self.calls.note(step),
        }
    }

    /// Remembers an agent, in place of the one that was at its instrument.
    fn keep(&mut self, agent: Agent) {
        self.agents.retain(|known| known.instrument != agent.instrument);
        self.agents.push(agent);
    }

    /// Tells everybody of an event of the server's own; false if it is none that the protocol allows.
    fn happen(&mut self, event: &impl Encode) -> bool {
        let step = Step::new(event).map(Arc::new);
        if let Some(step) = &step {
            self.send(|_| true, || Signal::Event(Arc::clone(step)));
        }
        step.is_some()
    }

    /// Gives something to sessions; returns how many took it. Who has not taken so much before is cut off.
    fn send(&mut self, whom: impl Fn(&Peer) -> bool, what: impl Fn() -> Signal) -> usize {
        let mut told = 0;
        for peer in self.peers.iter_mut().filter(|peer| !peer.cut_off && whom(peer)) {
            let sent = peer.inbox.try_send(what());
            if let Err(TrySendError::Full(_)) = sent {
                eprintln!("client {}: it does not read, and is cut off", peer.number);
                let _ = peer.socket.shutdown(Shutdown::Both);
                peer.cut_off = true;
            }
            told += usize::from(sent.is_ok());
        }
        told
    }
}

/// Says that an ACD is on-line.
fn online(peripheral: PeripheralId) -> Option<Arc<Step>> {
    Step::new(&SystemEvent {
        icm_central_controller_time: time(),
        system_event_id: SystemEventId::SYS_PERIPHERAL_ONLINE,
        system_event_arg1: peripheral.0,
        ..Default::default()
    })
    .map(Arc::new)
}

/// The ACD of an event.
fn peripheral_of(step: &Step) -> Option<PeripheralId> {
    let mut fields = Fields::new(step.version(), step.raw())?.filter_map(Result::ok);
    match fields.find(|field| field.name() == Some("PeripheralID"))?.value {
        // The null value is none.
        Value::Unsigned(number) if number != u32::MAX => Some(PeripheralId(number)),
        _ => None,
    }
}
