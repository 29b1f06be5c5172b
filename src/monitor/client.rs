//! The client's end of a session, with its monitors.

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::time::Duration;

use super::early::Early;
use super::target::{Masks, OwnedTarget, Target};
use super::watches::{Monitors, Planned, Restore, Want};
use crate::message::{
    ChangeMonitorMaskReq, Encode, Message, MonitorAgentTeamStopReq, MonitorStopReq, OpenReq,
    SessionMonitorStopReq,
};
use crate::session::{
    Backlog, ClientConfig, ClientSession, Event, Refusal, Reply, Request, SendError, Silence,
};
use crate::types::id::{MonitorId, PeripheralId};
use crate::types::message_type::MessageType;
use crate::types::named_values::StatusCode;

/// The application's name of a monitor. A monitor that is restored in a new session keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonitorKey(pub(super) u32);

/// What happens in a session with monitors, for the application.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub enum ClientEvent<'a> {
    /// A monitor is live: one that was asked for, or the one that the open made.
    MonitorStarted {
        /// The monitor.
        monitor: MonitorKey,
        /// Its identifier in this session.
        id: MonitorId,
        /// Its identifier in the session before, if it was restored.
        before: Option<MonitorId>,
    },
    /// A monitor could not be started, and is gone.
    MonitorNotStarted {
        /// The monitor.
        monitor: MonitorKey,
        /// Why not.
        why: NotDone,
    },
    /// A monitor has the masks that were asked for.
    MonitorChanged {
        /// The monitor.
        monitor: MonitorKey,
    },
    /// A monitor has the masks that it had.
    MonitorNotChanged {
        /// The monitor.
        monitor: MonitorKey,
        /// Why.
        why: NotDone,
    },
    /// A monitor was not stopped, and lives on.
    MonitorNotStopped {
        /// The monitor.
        monitor: MonitorKey,
        /// Why not.
        why: NotDone,
    },
    /// A monitor has ended. It gets no more events, and nothing that was asked of it is answered any more.
    MonitorEnded {
        /// The monitor.
        monitor: MonitorKey,
        /// The identifier that it had; none if it ended with the session before it was live.
        id: Option<MonitorId>,
        /// Why it ended.
        why: Ended,
    },
    /// An event for a monitor.
    MonitorEvent {
        /// The monitor.
        monitor: MonitorKey,
        /// The event.
        message: Message<'a>,
    },
    /// An event for a monitor that does not exist.
    UnknownMonitor {
        /// The identifier.
        id: MonitorId,
        /// The event.
        message: Message<'a>,
    },
    /// All monitors of a [`Plan`] have been tried.
    Restored {
        /// How many are live.
        started: usize,
        /// How many could not be started; each was reported.
        failed: usize,
        /// How long there was no session. Events of that time are lost.
        gap: Duration,
    },
    /// Anything else.
    Session(Event<'a>),
}

/// Why what was asked of a monitor was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotDone {
    /// The server refused.
    Refused(Refusal),
    /// The server did not answer.
    Unanswered(Silence),
    /// The request could not be made, when the monitor was to be restored.
    NotSent,
    /// The server gave an identifier that is no good: 0, or that of another monitor.
    BadIdentifier,
}

/// Why a monitor ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ended {
    /// It was stopped.
    Stopped,
    /// Its call ended.
    CallEnded,
    /// The server did not know it any more when it was to be stopped or changed.
    Gone,
    /// The session ended.
    SessionEnded,
    /// The session of the other client, which it watched, ended.
    WatchedSessionEnded,
}

/// The state of a monitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MonitorState {
    /// MONITOR_START_REQ was sent.
    Starting,
    /// It gets events.
    Live,
    /// It gets events, and CHANGE_MONITOR_MASK_REQ was sent.
    Changing,
    /// It gets events, and MONITOR_STOP_REQ was sent.
    Stopping,
}

/// The monitors that a session had, to be restored in the next one.
///
/// Nothing of a session survives its end: in the next one the monitors have to be created again, get other
/// identifiers, and the events in between are lost.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    monitors: Vec<Planned>,
    next_key: u32,
    ended_at: Duration,
}

impl Plan {
    /// How many monitors there are to restore.
    pub fn len(&self) -> usize {
        self.monitors.len()
    }

    /// Whether there is nothing to restore.
    pub fn is_empty(&self) -> bool {
        self.monitors.is_empty()
    }
}

/// The client's end of a session, with its monitors.
///
/// It has the verbs of a [`ClientSession`], and those for monitors. A monitor is named by its [`MonitorKey`],
/// from the moment it is asked for; every event comes with that key. Events that overtake the confirmation of
/// their monitor are kept until it arrives.
#[derive(Debug)]
pub struct MonitorClient {
    session: ClientSession,
    early: Early,
    monitors: Monitors,
}

impl MonitorClient {
    /// Begins a session. See [`ClientSession::open`].
    ///
    /// # Errors
    ///
    /// As for a [`ClientSession`].
    pub fn open(config: ClientConfig, now: Duration, open: &OpenReq<'_>) -> Result<Self, SendError> {
        let open_masks = Masks { calls: open.call_msg_mask, agents: open.agent_state_mask };
        let monitors = Monitors { open_masks, ..Monitors::default() };
        let early = Early::new(config.limits.incoming);
        Ok(Self { session: ClientSession::open(config, now, open)?, early, monitors })
    }

    /// The session itself.
    pub fn session(&self) -> &ClientSession {
        &self.session
    }

    /// Takes bytes that arrived.
    ///
    /// # Errors
    ///
    /// As for a [`ClientSession`].
    pub fn receive(&mut self, now: Duration, bytes: &[u8]) -> Result<(), Backlog> {
        self.session.receive(now, bytes)
    }

    /// Lets time pass.
    pub fn tick(&mut self, now: Duration) {
        self.session.tick(now);
    }

    /// Says that the transport has ended.
    pub fn disconnected(&mut self, now: Duration) {
        self.session.disconnected(now);
    }

    /// The bytes to send.
    pub fn transmit(&self) -> &[u8] {
        self.session.transmit()
    }

    /// Says that the first `count` of the bytes to send have been sent.
    pub fn transmitted(&mut self, count: usize) {
        self.session.transmitted(count);
    }

    /// When to call [`tick`](Self::tick) and [`poll`](Self::poll) at the latest, if nothing arrives before.
    pub fn deadline(&self) -> Option<Duration> {
        self.session.deadline()
    }

    /// Whether the session has ended, and the application was told all of it.
    pub fn is_over(&self) -> bool {
        self.session.is_over() && self.monitors.farewell.is_none()
    }

    /// The next event, or `None` if there is none now.
    pub fn poll(&mut self) -> Option<ClientEvent<'_>> {
        let Self { session, early, monitors } = self;
        monitors.start_queued(session);
        monitors.restore_more(session);
        if let Some(news) = monitors.news.pop_front() {
            return Some(news.into());
        }
        if early.advance() {
            let raw = early.current()?;
            return Some(match Message::decode(session.version(), raw) {
                Ok(message) => monitors.take_event(message, session.link_mut()),
                Err(error) => ClientEvent::Session(Event::Malformed { message: raw, error }),
            });
        }
        if monitors.farewell.is_some() {
            return monitors.say_farewell();
        }
        let (event, link, _) = session.poll_with_link(|_, raw| monitors.absorb(early, raw))?;
        Some(monitors.take(early, event, link))
    }

    /// Starts a monitor. [`ClientEvent::MonitorStarted`] or [`ClientEvent::MonitorNotStarted`] follows.
    ///
    /// Any number can be started at once: those for which there is no room among the requests that wait for an answer are
    /// asked for when others have been answered.
    ///
    /// # Errors
    ///
    /// If the request cannot be made at all, which [`SendError`] explains; then there is no monitor.
    pub fn start_monitor(
        &mut self,
        now: Duration,
        peripheral_id: Option<PeripheralId>,
        target: Target<'_>,
        masks: Masks,
    ) -> Result<MonitorKey, SendError> {
        let key = MonitorKey(self.monitors.next_key);
        let planned = Planned { key, target: target.into(), peripheral_id, masks, before: None };
        match self.monitors.start(&mut self.session, now, planned.clone(), false) {
            // It is asked for when others have been answered.
            Err(error) if error.may_pass() => self.monitors.queue(planned),
            started => started?,
        }
        self.monitors.next_key += 1;
        Ok(key)
    }

    /// Stops a monitor. [`ClientEvent::MonitorEnded`] or [`ClientEvent::MonitorNotStopped`] follows; events for
    /// it may come until then.
    ///
    /// # Errors
    ///
    /// [`SendError::UnknownMonitor`] if it has ended, [`SendError::MonitorBusy`] if it is being started, stopped or changed.
    /// Otherwise if the request cannot be made, which [`SendError`] explains.
    pub fn stop_monitor(&mut self, now: Duration, monitor: MonitorKey) -> Result<(), SendError> {
        let (watch, monitor_id) = self.monitors.live(&self.session, monitor)?;
        let request = match watch.target {
            OwnedTarget::Session(_) => {
                self.session.request(now, &SessionMonitorStopReq { monitor_id, ..Default::default() })
            }
            OwnedTarget::Team(_) => {
                self.session.request(now, &MonitorAgentTeamStopReq { monitor_id, ..Default::default() })
            }
            _ => self.session.request(now, &MonitorStopReq { monitor_id, ..Default::default() }),
        }?;
        watch.state = MonitorState::Stopping;
        watch.request = request.invoke_id;
        self.monitors.requests.extend(request.invoke_id.map(|id| (id, (monitor, Want::Stop))));
        Ok(())
    }

    /// Gives a monitor of a device or a call other masks. [`ClientEvent::MonitorChanged`] or
    /// [`ClientEvent::MonitorNotChanged`] follows.
    ///
    /// # Errors
    ///
    /// As for [`stop_monitor`](Self::stop_monitor).
    pub fn change_monitor(
        &mut self,
        now: Duration,
        monitor: MonitorKey,
        masks: Masks,
    ) -> Result<(), SendError> {
        let (watch, monitor_id) = self.monitors.live(&self.session, monitor)?;
        let request = self.session.request(
            now,
            &ChangeMonitorMaskReq {
                monitor_id,
                call_msg_mask: masks.calls,
                agent_state_mask: masks.agents,
                ..Default::default()
            },
        )?;
        watch.state = MonitorState::Changing;
        watch.request = request.invoke_id;
        self.monitors.requests.extend(request.invoke_id.map(|id| (id, (monitor, Want::Change(masks)))));
        Ok(())
    }

    /// The monitors, in no order.
    pub fn monitors(&self) -> impl Iterator<Item = MonitorKey> {
        self.monitors.watches.keys().copied()
    }

    /// What a monitor watches. A call that gets another name is followed.
    pub fn target(&self, monitor: MonitorKey) -> Option<Target<'_>> {
        self.monitors.watches.get(&monitor).map(|watch| watch.target.as_target())
    }

    /// The state of a monitor; `None` if it has ended.
    pub fn state(&self, monitor: MonitorKey) -> Option<MonitorState> {
        self.monitors.watches.get(&monitor).map(|watch| watch.state)
    }

    /// The identifier of a monitor in this session, once it is live.
    pub fn id(&self, monitor: MonitorKey) -> Option<MonitorId> {
        self.monitors.watches.get(&monitor)?.id
    }

    /// The masks of a monitor.
    pub fn masks(&self, monitor: MonitorKey) -> Option<Masks> {
        self.monitors.watches.get(&monitor).map(|watch| watch.masks)
    }

    /// How many events a monitor got in this session.
    pub fn events(&self, monitor: MonitorKey) -> Option<u64> {
        self.monitors.watches.get(&monitor).map(|watch| watch.events)
    }

    /// The monitors that the session has, or had when it ended, to be restored in another: those of devices and
    /// teams, and those of calls if wanted. Monitors that are being stopped do not belong to it.
    pub fn plan(&self, calls: bool) -> Plan {
        let current = self.monitors.watches.iter().filter_map(|(key, watch)| watch.planned(*key));
        let mut monitors: Vec<_> = current.chain(self.monitors.lost.iter().cloned()).collect();
        if let Some(restore) = &self.monitors.restore {
            monitors.extend(restore.left.iter().cloned());
        }
        monitors.retain(|planned| calls || !matches!(planned.target, OwnedTarget::Call(..)));
        monitors.sort_unstable_by_key(|planned| planned.key);
        Plan {
            monitors,
            next_key: self.monitors.next_key,
            ended_at: self.monitors.gap_began(self.session.now()),
        }
    }

    /// Starts the monitors of a session before, as soon as this one is open: call it before that. Each is reported as one that was
    /// asked for, then [`ClientEvent::Restored`] follows. They keep their keys.
    pub fn restore(&mut self, plan: Plan) {
        self.monitors.next_key = self.monitors.next_key.max(plan.next_key);
        let (left, gap) = (plan.monitors.into(), None);
        let (ended_at, waiting, started, failed) = (plan.ended_at, 0, 0, 0);
        self.monitors.restore = Some(Restore { left, waiting, started, failed, ended_at, gap });
    }

    /// Makes a request. See [`ClientSession::request`].
    ///
    /// # Errors
    ///
    /// As for a [`ClientSession`]. Requests for monitors are [`SendError::NotAllowed`] here.
    pub fn request(&mut self, now: Duration, request: &impl Encode) -> Result<Request, SendError> {
        match request.message_type() {
            message_type @ (MessageType::MONITOR_START_REQ
            | MessageType::MONITOR_STOP_REQ
            | MessageType::CHANGE_MONITOR_MASK_REQ
            | MessageType::SESSION_MONITOR_START_REQ
            | MessageType::SESSION_MONITOR_STOP_REQ
            | MessageType::MONITOR_AGENT_TEAM_START_REQ
            | MessageType::MONITOR_AGENT_TEAM_STOP_REQ) => Err(SendError::NotAllowed(message_type)),
            _ => self.session.request(now, request),
        }
    }

    /// Answers a request of the server. See [`ClientSession::confirm`].
    ///
    /// # Errors
    ///
    /// As for a [`ClientSession`].
    pub fn confirm(
        &mut self,
        now: Duration,
        reply: impl Borrow<Reply>,
        answer: &impl Encode,
    ) -> Result<(), SendError> {
        self.session.confirm(now, reply, answer)
    }

    /// Sends a message. See [`ClientSession::send`].
    ///
    /// # Errors
    ///
    /// As for a [`ClientSession`].
    pub fn send(&mut self, now: Duration, message: &impl Encode) -> Result<(), SendError> {
        self.session.send(now, message)
    }

    /// Ends the session in good order. See [`ClientSession::close`].
    ///
    /// # Errors
    ///
    /// As for a [`ClientSession`].
    pub fn close(&mut self, now: Duration, status: StatusCode) -> Result<(), SendError> {
        self.session.close(now, status)
    }
}
