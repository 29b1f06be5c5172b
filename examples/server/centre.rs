//! The contact centre: its calls, its agents, and the sessions that hear of them.

use std::collections::BTreeSet;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use ged188::id::{CallId, PeripheralId};
use ged188::message::{AgentStateEvent, UserMessageEvent};
use ged188::named_values::{AgentState, PeripheralType};
use ged188::view::{Fields, Value};
use ged188::{Message, Str};

use crate::connection::Input;
use crate::scene::Step;

/// What all sessions share.
pub(crate) struct Centre {
    peripherals: Vec<PeripheralId>,
    state: Mutex<State>,
    watched: Condvar,
}

#[derive(Default)]
struct State {
    /// The calls that go on. Two may have the same identifier.
    calls: Vec<CallId>,
    agents: Vec<Agent>,
    peers: Vec<Peer>,
    /// Whether there was a monitor.
    watched: bool,
}

/// A session, as seen from outside.
pub(crate) struct Peer {
    pub(crate) number: u32,
    /// Its ClientID, once it is open.
    pub(crate) client_id: Option<Box<[u8]>>,
    pub(crate) inbox: SyncSender<Input>,
    pub(crate) socket: TcpStream,
}

/// What is known of an agent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agent {
    pub(crate) peripheral_id: Option<PeripheralId>,
    pub(crate) id: Box<[u8]>,
    pub(crate) extension: Box<[u8]>,
    pub(crate) instrument: Box<[u8]>,
    pub(crate) state: AgentState,
    pub(crate) reason: u16,
}

impl Agent {
    fn event(&self) -> AgentStateEvent<'_> {
        AgentStateEvent {
            peripheral_id: self.peripheral_id,
            peripheral_type: PeripheralType::PT_ENTERPRISE_AGENT,
            skill_group_state: self.state,
            agent_state: self.state,
            event_reason_code: self.reason,
            agent_id: named(&self.id),
            agent_extension: named(&self.extension),
            agent_instrument: named(&self.instrument),
            ..Default::default()
        }
    }

    /// Whether it is the agent with one of these names.
    fn is(&self, names: [Option<Str<'_>>; 3]) -> bool {
        let own = [&self.instrument, &self.extension, &self.id];
        own.iter().zip(names).any(|(own, name)| !own.is_empty() && name == Some(Str::from_bytes(own)))
    }
}

/// A name, if there is one.
pub(crate) fn named(name: &[u8]) -> Option<Str<'_>> {
    (!name.is_empty()).then(|| Str::from_bytes(name))
}

fn owned(name: Option<Str<'_>>) -> Box<[u8]> {
    name.unwrap_or_default().as_bytes().into()
}

impl Centre {
    pub(crate) fn new(scene: &[Arc<Step>]) -> Self {
        let peripherals: BTreeSet<_> = scene.iter().filter_map(|step| peripheral_of(step)).collect();
        Self {
            peripherals: peripherals.into_iter().collect(),
            state: Mutex::default(),
            watched: Condvar::new(),
        }
    }

    /// Nothing in it is left half done, so it is good even if a thread panicked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The ACDs of the scene.
    pub(crate) fn peripherals(&self) -> &[PeripheralId] {
        &self.peripherals
    }

    pub(crate) fn join(&self, peer: Peer) {
        self.state().peers.push(peer);
    }

    pub(crate) fn leave(&self, number: u32) {
        self.state().peers.retain(|peer| peer.number != number);
    }

    /// Notes that the session of a client is open.
    pub(crate) fn opened(&self, number: u32, client_id: Option<Str<'_>>) {
        if let Some(peer) = self.state().peers.iter_mut().find(|peer| peer.number == number) {
            peer.client_id = Some(owned(client_id));
        }
    }

    /// Notes that somebody has a monitor.
    pub(crate) fn is_watched(&self) {
        self.state().watched = true;
        self.watched.notify_all();
    }

    pub(crate) fn wait_for_monitor(&self) {
        let unwatched = |state: &mut State| !state.watched;
        drop(self.watched.wait_while(self.state(), unwatched));
    }

    /// A scene begins: no call goes on.
    pub(crate) fn begin(&self) {
        self.state().calls.clear();
    }

    pub(crate) fn goes_on(&self, call: CallId) -> bool {
        self.state().calls.contains(&call)
    }

    /// Something of the scene happens, and everybody hears of it.
    pub(crate) fn happens(&self, step: &Arc<Step>) {
        let mut state = self.state();
        state.note(&step.message());
        state.tell(step, |_| true);
    }

    /// The agent with one of these names: instrument, extension, identifier.
    pub(crate) fn agent(&self, names: [Option<Str<'_>>; 3]) -> Option<Agent> {
        self.state().agents.iter().find(|agent| agent.is(names)).cloned()
    }

    /// An agent changes state, and everybody hears of it. False if its names are too long.
    pub(crate) fn set_agent(&self, agent: Agent) -> bool {
        let Some(step) = Step::new(&agent.event()).map(Arc::new) else { return false };
        let mut state = self.state();
        state.keep(agent);
        state.tell(&step, |_| true);
        true
    }

    /// Sends a text on, to the sessions of one client or to all but the sender's. Returns how many there are.
    pub(crate) fn text(&self, from: u32, event: &UserMessageEvent<'_>, to: Option<Str<'_>>) -> usize {
        let mut state = self.state();
        let sender = state.peers.iter().find(|peer| peer.number == from);
        let client_id = sender.and_then(|peer| peer.client_id.clone()).unwrap_or_default();
        let event = UserMessageEvent { client_id: named(&client_id), ..event.clone() };
        let Some(step) = Step::new(&event).map(Arc::new) else { return 0 };
        state.tell(&step, |peer| match (to, &peer.client_id) {
            (Some(to), Some(own)) => to == Str::from_bytes(own),
            (None, Some(_)) => peer.number != from,
            (_, None) => false,
        })
    }
}

impl State {
    /// Notes what an event says of calls and agents.
    fn note(&mut self, event: &Message<'_>) {
        match event {
            Message::BeginCallEvent(begin) => self.calls.extend(begin.connection_call_id),
            Message::CallDataUpdateEvent(update) => {
                let old = self.calls.iter_mut().find(|call| Some(**call) == update.connection_call_id);
                if let (Some(call), Some(new)) = (old, update.new_connection_call_id) {
                    *call = new;
                }
            }
            Message::EndCallEvent(end) => {
                let at = self.calls.iter().position(|call| Some(*call) == end.connection_call_id);
                at.map(|at| self.calls.remove(at));
            }
            Message::AgentStateEvent(event) => self.keep(Agent {
                peripheral_id: event.peripheral_id,
                id: owned(event.agent_id),
                extension: owned(event.agent_extension),
                instrument: owned(event.agent_instrument),
                state: event.agent_state,
                reason: event.event_reason_code,
            }),
            _ => {}
        }
    }

    /// Remembers an agent, in place of the one that was at its instrument.
    fn keep(&mut self, agent: Agent) {
        self.agents.retain(|known| known.instrument != agent.instrument);
        self.agents.push(agent);
    }

    /// Gives an event to sessions; returns how many took it. Who has not taken so many before is cut off.
    fn tell(&mut self, step: &Arc<Step>, whom: impl Fn(&Peer) -> bool) -> usize {
        let mut told = 0;
        self.peers.retain(|peer| {
            if !whom(peer) {
                return true;
            }
            let sent = peer.inbox.try_send(Input::Event(Arc::clone(step)));
            if let Err(TrySendError::Full(_)) = sent {
                eprintln!("client {}: it does not read, and is cut off", peer.number);
                let _ = peer.socket.shutdown(Shutdown::Both);
            }
            told += usize::from(sent.is_ok());
            sent.is_ok()
        });
        told
    }
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
