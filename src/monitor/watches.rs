//! The bookkeeping of a client's monitors: what each watches, what was asked of it, and what came of that.

use alloc::collections::{BTreeSet, VecDeque};
use alloc::vec::Vec;
use core::time::Duration;
use hashbrown::HashMap;

use super::client::{ClientEvent, Ended, MonitorKey, MonitorState, NotDone};
use super::concerns::{Shape, is_one_place};
use super::early::Early;
use super::target::{Masks, OwnedTarget, Target};
use crate::frame::RawMessage;
use crate::message::{
    CallDataUpdateEvent, Message, MonitorAgentTeamStartReq, MonitorAgentTeamStopReq, MonitorStartReq,
    MonitorStopReq, OpenConf, SessionMonitorStartReq, SessionMonitorStopReq,
};
use crate::session::{ClientSession, End, Event, Link, Refusal, Request, SendError, Silence};
use crate::types::id::{CallId, InvokeId, MonitorId, PeripheralId, SessionId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{
    CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType, StatusCode,
};
use crate::types::text::Str;

/// What is known of a monitor.
#[derive(Debug)]
pub(super) struct Watch {
    pub(super) target: OwnedTarget,
    pub(super) peripheral_id: Option<PeripheralId>,
    pub(super) masks: Masks,
    pub(super) state: MonitorState,
    pub(super) id: Option<MonitorId>,
    pub(super) before: Option<MonitorId>,
    pub(super) events: u64,
    /// The request that waits for an answer.
    pub(super) request: Option<InvokeId>,
    /// Whether it is part of what is being restored.
    pub(super) restored: bool,
}

/// What a request about a monitor wants.
#[derive(Clone, Copy, Debug)]
pub(super) enum Want {
    Start,
    Stop,
    Change(Masks),
}

/// A monitor to restore.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) key: MonitorKey,
    pub(super) target: OwnedTarget,
    pub(super) peripheral_id: Option<PeripheralId>,
    pub(super) masks: Masks,
    pub(super) before: Option<MonitorId>,
}

/// All but what events borrow.
#[derive(Debug, Default)]
pub(super) struct Monitors {
    pub(super) next_key: u32,
    pub(super) watches: HashMap<MonitorKey, Watch>,
    pub(super) by_id: HashMap<MonitorId, MonitorKey>,
    /// The monitors of a call, by its ConnectionCallID.
    pub(super) by_call: HashMap<CallId, Vec<MonitorKey>>,
    /// The monitors of other clients' sessions.
    pub(super) by_session: BTreeSet<(SessionId, MonitorKey)>,
    pub(super) requests: HashMap<InvokeId, (MonitorKey, Want)>,
    /// Requests that were not answered in time, oldest first, and may be yet.
    pub(super) late: VecDeque<(InvokeId, MonitorKey, Want)>,
    /// Requests of monitors that have ended, whose answers mean nothing any more.
    pub(super) orphans: VecDeque<InvokeId>,
    pub(super) starting: usize,
    /// The masks of the monitor that the open makes.
    pub(super) open_masks: Masks,
    /// What the application has to be told before anything else.
    pub(super) news: VecDeque<News>,
    /// The end of the session, which the application hears of when it knows that all monitors have ended.
    pub(super) farewell: Option<(End, Vec<MonitorKey>)>,
    pub(super) restore: Option<Restore>,
    /// Monitors to ask for when other requests have been answered, oldest first.
    pub(super) queued: VecDeque<Planned>,
    /// What the session had when it ended.
    pub(super) lost: Vec<Planned>,
    pub(super) ended_at: Option<Duration>,
}

/// Something to tell that is not a message.
#[derive(Clone, Copy, Debug)]
pub(super) enum News {
    Started(MonitorKey, MonitorId),
    Ended(MonitorKey, Option<MonitorId>, Ended),
    NotStarted(MonitorKey, NotDone),
    Restored { started: usize, failed: usize, gap: Duration },
}

impl From<News> for ClientEvent<'static> {
    fn from(news: News) -> Self {
        match news {
            News::Started(monitor, id) => Self::MonitorStarted { monitor, id, before: None },
            News::Ended(monitor, id, why) => Self::MonitorEnded { monitor, id, why },
            News::NotStarted(monitor, why) => Self::MonitorNotStarted { monitor, why },
            News::Restored { started, failed, gap } => Self::Restored { started, failed, gap },
        }
    }
}

/// What is left to restore.
#[derive(Debug)]
pub(super) struct Restore {
    pub(super) left: VecDeque<Planned>,
    pub(super) waiting: usize,
    pub(super) started: usize,
    pub(super) failed: usize,
    /// When the session before ended, and how long it was until this one was open, once it is.
    pub(super) ended_at: Duration,
    pub(super) gap: Option<Duration>,
}

/// The most requests to remember of which an answer means nothing any more, or comes late.
const MAX_REMEMBERED: usize = 1024;

impl Watch {
    /// The monitor as something to restore, unless it is on its way out or belongs to its session alone.
    pub(super) fn planned(&self, key: MonitorKey) -> Option<Planned> {
        let lasting =
            matches!(self.target, OwnedTarget::Device(..) | OwnedTarget::Call(..) | OwnedTarget::Team(_));
        (lasting && self.state != MonitorState::Stopping).then(|| Planned {
            key,
            target: self.target.clone(),
            peripheral_id: self.peripheral_id,
            masks: self.masks,
            before: self.id.or(self.before),
        })
    }
}

impl Monitors {
    /// Asks for a monitor.
    pub(super) fn start(
        &mut self,
        session: &mut ClientSession,
        now: Duration,
        planned: Planned,
        restored: bool,
    ) -> Result<(), SendError> {
        let Planned { key, target, peripheral_id, masks: asked, before } = planned;
        let masks = asked.in_version(session.version());
        let request = match target.as_target() {
            Target::Device { device_type, device_id } => session.request(
                now,
                &MonitorStartReq {
                    peripheral_id,
                    connection_call_id: Some(CallId(0)),
                    call_msg_mask: masks.calls,
                    agent_state_mask: masks.agents,
                    connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
                    monitored_device_type: device_type,
                    monitored_device_id: Some(device_id),
                    ..Default::default()
                },
            ),
            Target::Call { call_id, device_id_type, device_id } => session.request(
                now,
                &MonitorStartReq {
                    peripheral_id,
                    connection_call_id: Some(call_id),
                    call_msg_mask: masks.calls,
                    agent_state_mask: masks.agents,
                    connection_device_id_type: device_id_type,
                    connection_device_id: Some(device_id),
                    monitored_device_type: DeviceIdType::DEVID_NONE,
                    ..Default::default()
                },
            ),
            Target::Session(session_id) => {
                session.request(now, &SessionMonitorStartReq { session_id, ..Default::default() })
            }
            Target::Team(team_id) => {
                session.request(now, &MonitorAgentTeamStartReq { team_id, ..Default::default() })
            }
            Target::Open | Target::Task => Err(SendError::NotAllowed(MessageType::MONITOR_START_REQ)),
        }?;
        self.requests.extend(request.invoke_id.map(|id| (id, (key, Want::Start))));
        match target {
            OwnedTarget::Call(call_id, ..) => self.by_call.entry(call_id).or_default().push(key),
            OwnedTarget::Session(session) => _ = self.by_session.insert((session, key)),
            _ => {}
        }
        self.starting += 1;
        let state = MonitorState::Starting;
        let request = request.invoke_id;
        let watch =
            Watch { target, peripheral_id, masks, state, id: None, before, events: 0, request, restored };
        self.watches.insert(key, watch);
        Ok(())
    }

    /// A monitor that can be stopped or changed, and its identifier.
    pub(super) fn live(
        &mut self,
        session: &ClientSession,
        monitor: MonitorKey,
    ) -> Result<(&mut Watch, MonitorId), SendError> {
        if !session.is_open() {
            return Err(SendError::NotOpen);
        }
        let watch = self.watches.get_mut(&monitor).ok_or(SendError::UnknownMonitor)?;
        let id = watch.id.filter(|_| watch.state == MonitorState::Live).ok_or(SendError::MonitorBusy)?;
        Ok((watch, id))
    }

    /// Keeps a monitor to ask for later.
    pub(super) fn queue(&mut self, planned: Planned) {
        let Planned { key, target, peripheral_id, masks, before } = planned.clone();
        let (state, id, request) = (MonitorState::Starting, None, None);
        let watch =
            Watch { target, peripheral_id, masks, state, id, before, events: 0, request, restored: false };
        self.watches.insert(key, watch);
        self.queued.push_back(planned);
    }

    /// Asks for as many of the monitors that wait for it as can be asked for now.
    pub(super) fn start_queued(&mut self, session: &mut ClientSession) {
        while session.is_open() {
            let Some(planned) = self.queued.pop_front() else { return };
            match self.start(session, session.now(), planned.clone(), false) {
                Ok(()) => {}
                Err(error) if error.may_pass() => {
                    self.queued.push_front(planned);
                    return;
                }
                Err(_) => {
                    self.watches.remove(&planned.key);
                    self.news.push_back(News::NotStarted(planned.key, NotDone::NotSent));
                }
            }
        }
    }

    /// Asks for as many of the monitors that are to be restored as can be asked for now.
    pub(super) fn restore_more(&mut self, session: &mut ClientSession) {
        while session.is_open() {
            let Some(restore) = &mut self.restore else { return };
            let gap = *restore.gap.get_or_insert(session.now().saturating_sub(restore.ended_at));
            let Some(planned) = restore.left.pop_front() else {
                if restore.waiting == 0 {
                    let Restore { started, failed, .. } = *restore;
                    self.restore = None;
                    self.news.push_back(News::Restored { started, failed, gap });
                }
                return;
            };
            restore.waiting += 1;
            match self.start(session, session.now(), planned.clone(), true) {
                Ok(()) => {}
                // More can be asked for when some of these have been answered.
                Err(error) if error.may_pass() => {
                    if let Some(restore) = &mut self.restore {
                        restore.waiting -= 1;
                        restore.left.push_front(planned);
                    }
                    return;
                }
                Err(_) => {
                    self.restored(false);
                    self.news.push_back(News::NotStarted(planned.key, NotDone::NotSent));
                }
            }
        }
    }

    /// Since when there are no events: since a session before, if this one never opened.
    pub(super) fn gap_began(&self, now: Duration) -> Duration {
        let before = self.restore.as_ref().filter(|restore| restore.gap.is_none());
        before.map(|restore| restore.ended_at).or(self.ended_at).unwrap_or(now)
    }

    /// Counts a monitor that was to be restored.
    fn restored(&mut self, started: bool) {
        if let Some(restore) = &mut self.restore {
            restore.waiting -= 1;
            *(if started { &mut restore.started } else { &mut restore.failed }) += 1;
        }
    }

    /// Looks at a message before the session does; true if that is all there is to it.
    pub(super) fn absorb(&mut self, early: &mut Early, raw: RawMessage<'_>) -> bool {
        match raw.message_type {
            MessageType::FAILURE_CONF
            | MessageType::MONITOR_STOP_CONF
            | MessageType::CHANGE_MONITOR_MASK_CONF
            | MessageType::SESSION_MONITOR_STOP_CONF
            | MessageType::MONITOR_AGENT_TEAM_STOP_CONF => {
                // Perhaps the answer to a request of a monitor that has ended.
                let Some(id) = raw.invoke_id() else { return false };
                let orphan = self.orphans.iter().position(|orphan| *orphan == id);
                orphan.is_some_and(|at| self.orphans.remove(at).is_some())
            }
            _ => {
                let Some(id) = raw.monitor_id().filter(|_| self.starting > 0) else { return false };
                let unknown = id.0 != 0 && !self.by_id.contains_key(&id);
                unknown && Shape::of(raw.message_type).is_some() && early.keep(id, raw)
            }
        }
    }

    /// Deals with an event of the session.
    pub(super) fn take<'a>(
        &mut self,
        early: &mut Early,
        event: Event<'a>,
        link: &mut Link,
    ) -> ClientEvent<'a> {
        let event = match event {
            Event::Confirmed { request, message } => match self.wanted(request) {
                Some((key, want)) => self.confirmed(key, want, &message),
                None => ClientEvent::Session(Event::Confirmed { request, message }),
            },
            Event::Refused { request, refusal } => match self.wanted(request) {
                Some((key, want)) => self.not_done(key, want, NotDone::Refused(refusal), link),
                None => ClientEvent::Session(Event::Refused { request, refusal }),
            },
            Event::Unanswered { request, silence } => match self.wanted(request) {
                Some((key, want)) => {
                    if let (Silence::TimedOut, Some(id)) = (silence, request.invoke_id) {
                        remember(&mut self.late, (id, key, want));
                    }
                    self.not_done(key, want, NotDone::Unanswered(silence), link)
                }
                None => ClientEvent::Session(Event::Unanswered { request, silence }),
            },
            Event::Received(message) => return self.take_event(message, link),
            Event::Stray(message) => {
                let late = self.take_late(&message, link);
                return late.unwrap_or(ClientEvent::Session(Event::Stray(message)));
            }
            Event::Opened(conf) => {
                // Others send a MonitorID although there is no such monitor.
                let events =
                    CtiServiceMask::CTI_SERVICE_ALL_EVENTS | CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS;
                if conf.services_granted.intersects(events) {
                    self.add_open(&conf);
                }
                return ClientEvent::Session(Event::Opened(conf));
            }
            Event::Ended(end) => {
                self.ended_at = Some(link.now);
                let mut keys: Vec<_> = self.watches.keys().copied().collect();
                keys.sort_unstable_by(|a, b| b.cmp(a));
                self.farewell = Some((end, keys));
                return self.say_farewell().unwrap_or(ClientEvent::Session(Event::Ended(end)));
            }
            event => return ClientEvent::Session(event),
        };
        early.settle(|id| self.starting == 0 || self.by_id.contains_key(&id));
        event
    }

    /// Deals with a message that makes no sense to the session, if it is an answer that comes too late.
    fn take_late(&mut self, message: &Message<'_>, link: &mut Link) -> Option<ClientEvent<'static>> {
        let invoke_id = message.invoke_id()?;
        let at = self.late.iter().position(|(late, ..)| *late == invoke_id)?;
        let &(_, monitor, want) = self.late.get(at)?;
        let news = match (want, message) {
            (
                Want::Start,
                Message::MonitorStartConf(_)
                | Message::SessionMonitorStartConf(_)
                | Message::MonitorAgentTeamStartConf(_),
            ) => {
                self.stop_late(message, link);
                None
            }
            (
                Want::Stop,
                Message::MonitorStopConf(_)
                | Message::SessionMonitorStopConf(_)
                | Message::MonitorAgentTeamStopConf(_),
            ) => self.end(monitor, Ended::Stopped, link),
            (Want::Change(masks), Message::ChangeMonitorMaskConf(_)) => {
                self.late.remove(at);
                self.watches.get_mut(&monitor)?.masks = masks;
                return Some(ClientEvent::MonitorChanged { monitor });
            }
            (Want::Stop | Want::Change(_), Message::FailureConf(failure))
                if failure.status == StatusCode::E_CTI_INVALID_MONITORID =>
            {
                self.end(monitor, Ended::Gone, link)
            }
            _ => return None,
        };
        self.late.remove(at);
        news.map(ClientEvent::from)
    }

    /// Stops a monitor that was confirmed when nobody waited for it any more.
    fn stop_late(&mut self, confirmation: &Message<'_>, link: &mut Link) {
        let unknown = |id: &MonitorId| id.0 != 0 && !self.by_id.contains_key(id);
        let Some(monitor_id) = confirmation.monitor_id().filter(unknown) else { return };
        let id = link.requests.next_id();
        let put = match confirmation {
            Message::SessionMonitorStartConf(_) => {
                link.put(&SessionMonitorStopReq { monitor_id, ..Default::default() }, Some(id))
            }
            Message::MonitorAgentTeamStartConf(_) => {
                link.put(&MonitorAgentTeamStopReq { monitor_id, ..Default::default() }, Some(id))
            }
            _ => link.put(&MonitorStopReq { monitor_id, ..Default::default() }, Some(id)),
        };
        if put.is_ok() {
            self.orphan(id);
        }
    }

    /// What a request about a monitor wants, if it is one.
    fn wanted(&mut self, request: Request) -> Option<(MonitorKey, Want)> {
        self.requests.remove(&request.invoke_id?)
    }

    /// The monitor that the open made.
    fn add_open(&mut self, conf: &OpenConf<'_>) {
        let id = conf.monitor_id;
        let key = MonitorKey(self.next_key);
        self.next_key += 1;
        let watch = Watch {
            target: OwnedTarget::Open,
            peripheral_id: None,
            masks: self.open_masks,
            state: MonitorState::Live,
            id: Some(id),
            before: None,
            events: 0,
            request: None,
            restored: false,
        };
        self.watches.insert(key, watch);
        self.by_id.insert(id, key);
        if conf.services_granted.contains(CtiServiceMask::CTI_SERVICE_ALL_EVENTS) {
            // Its events carry MonitorID 0.
            self.by_id.insert(MonitorId(0), key);
        }
        self.news.push_back(News::Started(key, id));
    }

    /// What was asked of a monitor was done.
    fn confirmed<'a>(&mut self, monitor: MonitorKey, want: Want, message: &Message<'_>) -> ClientEvent<'a> {
        if let Some(watch) = self.watches.get_mut(&monitor) {
            watch.state = MonitorState::Live;
            watch.request = None;
        }
        match want {
            Want::Start => {
                self.starting -= 1;
                let id = message.monitor_id().filter(|id| id.0 != 0 && !self.by_id.contains_key(id));
                match (id, self.watches.get_mut(&monitor)) {
                    (Some(id), Some(watch)) => {
                        watch.id = Some(id);
                        let (before, restored) = (watch.before, watch.restored);
                        self.by_id.insert(id, monitor);
                        if restored {
                            self.restored(true);
                        }
                        ClientEvent::MonitorStarted { monitor, id, before }
                    }
                    _ => self.not_started(monitor, NotDone::BadIdentifier),
                }
            }
            Want::Stop => {
                let id = self.remove(monitor).and_then(|watch| watch.id);
                ClientEvent::MonitorEnded { monitor, id, why: Ended::Stopped }
            }
            Want::Change(masks) => {
                if let Some(watch) = self.watches.get_mut(&monitor) {
                    watch.masks = masks;
                }
                ClientEvent::MonitorChanged { monitor }
            }
        }
    }

    /// What was asked of a monitor was not done.
    fn not_done<'a>(
        &mut self,
        monitor: MonitorKey,
        want: Want,
        why: NotDone,
        link: &mut Link,
    ) -> ClientEvent<'a> {
        if let Want::Start = want {
            self.starting -= 1;
            if why == NotDone::Unanswered(Silence::SessionEnded) {
                self.lost.extend(self.watches.get(&monitor).and_then(|watch| watch.planned(monitor)));
            }
            return self.not_started(monitor, why);
        }
        let gone = NotDone::Refused(Refusal::Failure(StatusCode::E_CTI_INVALID_MONITORID));
        if why == gone {
            let id = self.remove(monitor).and_then(|watch| watch.id);
            return ClientEvent::MonitorEnded { monitor, id, why: Ended::Gone };
        }
        if let Some(watch) = self.watches.get_mut(&monitor) {
            watch.request = None;
            // A monitor that was to be stopped when the session ended is not one to restore.
            if !link.has_ended() {
                watch.state = MonitorState::Live;
            }
        }
        match want {
            Want::Stop => ClientEvent::MonitorNotStopped { monitor, why },
            _ => ClientEvent::MonitorNotChanged { monitor, why },
        }
    }

    fn not_started<'a>(&mut self, monitor: MonitorKey, why: NotDone) -> ClientEvent<'a> {
        if self.remove(monitor).is_some_and(|watch| watch.restored) {
            self.restored(false);
        }
        ClientEvent::MonitorNotStarted { monitor, why }
    }

    /// Deals with a message that may be for a monitor.
    pub(super) fn take_event<'a>(&mut self, message: Message<'a>, link: &mut Link) -> ClientEvent<'a> {
        if let Message::ClientSessionClosedEvent(closed) = &message {
            self.end_watchers_of(closed.session_id, link);
        }
        let Some(id) = message.monitor_id() else {
            return ClientEvent::Session(Event::Received(message));
        };
        let Some(&monitor) = self.by_id.get(&id) else {
            if id.0 == 0 {
                return ClientEvent::Session(Event::Received(message));
            }
            link.counters.stray += 1;
            return ClientEvent::UnknownMonitor { id, message };
        };
        if let Some(watch) = self.watches.get_mut(&monitor) {
            watch.events += 1;
        }
        match &message {
            Message::CallDataUpdateEvent(update) => self.rename(update),
            Message::EndCallEvent(end) => {
                let of_call = |watch: &Watch| matches!(watch.target, OwnedTarget::Call(..));
                if self.watches.get(&monitor).is_some_and(of_call) {
                    let news = self.end(monitor, Ended::CallEnded, link);
                    self.news.extend(news);
                }
                // Monitors of the call that do not let its end through have ended all the same.
                // One that is being started waits for its answer.
                let deaf = |watch: &Watch| {
                    watch.id.is_some() && !watch.masks.calls.contains(CallEventMask::END_CALL_MASK)
                };
                for other in
                    self.monitors_of(end.peripheral_id, end.connection_call_id, end.connection_device_id)
                {
                    if self.watches.get(&other).is_some_and(deaf) {
                        let news = self.end(other, Ended::CallEnded, link);
                        self.news.extend(news);
                    }
                }
            }
            _ => {}
        }
        ClientEvent::MonitorEvent { monitor, message }
    }

    /// The monitors of a call, as it is known by now.
    fn monitors_of(
        &self,
        peripheral_id: Option<PeripheralId>,
        call_id: Option<CallId>,
        device_id: Option<Str<'_>>,
    ) -> Vec<MonitorKey> {
        let keys = call_id.and_then(|call_id| self.by_call.get(&call_id));
        let is_it = |key: &&MonitorKey| match self.watches.get(*key) {
            Some(Watch { target: OwnedTarget::Call(_, _, own), peripheral_id: at, .. }) => {
                is_one_place(*at, peripheral_id) && device_id.is_some_and(|id| *id.as_bytes() == **own)
            }
            _ => false,
        };
        keys.into_iter().flatten().filter(is_it).copied().collect()
    }

    /// A call may get another name.
    fn rename(&mut self, update: &CallDataUpdateEvent<'_>) {
        let (Some(new_id), Some(new_device)) =
            (update.new_connection_call_id, update.new_connection_device_id)
        else {
            return;
        };
        let (call_id, device_id) = (update.connection_call_id, update.connection_device_id);
        for key in self.monitors_of(update.peripheral_id, call_id, device_id) {
            let Some(watch) = self.watches.get_mut(&key) else { continue };
            if let OwnedTarget::Call(id, device_id_type, device_id) = &mut watch.target {
                *device_id = new_device.as_bytes().into();
                *device_id_type = update.new_connection_device_id_type;
                let old_id = core::mem::replace(id, new_id);
                self.forget_call(old_id, key);
                self.by_call.entry(new_id).or_default().push(key);
            }
        }
    }

    /// Ends the monitors of another client's session.
    fn end_watchers_of(&mut self, session: SessionId, link: &mut Link) {
        let watchers = self.by_session.range((session, MonitorKey(0))..=(session, MonitorKey(u32::MAX)));
        for (_, key) in watchers.copied().collect::<Vec<_>>() {
            if self.watches.get(&key).is_some_and(|watch| watch.id.is_some()) {
                let news = self.end(key, Ended::WatchedSessionEnded, link);
                self.news.extend(news);
            }
        }
    }

    /// Ends a monitor before its time. What was asked of it is not answered any more.
    fn end(&mut self, monitor: MonitorKey, why: Ended, link: &mut Link) -> Option<News> {
        let watch = self.remove(monitor)?;
        if let Some(request) = watch.request {
            self.requests.remove(&request);
            link.requests.end(request);
            self.orphan(request);
        }
        Some(News::Ended(monitor, watch.id, why))
    }

    /// Remembers a request whose answer means nothing any more.
    fn orphan(&mut self, request: InvokeId) {
        remember(&mut self.orphans, request);
    }

    /// Takes a monitor out.
    fn remove(&mut self, monitor: MonitorKey) -> Option<Watch> {
        let watch = self.watches.remove(&monitor)?;
        if let Some(id) = watch.id {
            self.by_id.remove(&id);
        }
        match watch.target {
            OwnedTarget::Call(call_id, ..) => self.forget_call(call_id, monitor),
            OwnedTarget::Session(session) => _ = self.by_session.remove(&(session, monitor)),
            // It may have been that of all events.
            OwnedTarget::Open => _ = self.by_id.remove(&MonitorId(0)),
            _ => {}
        }
        Some(watch)
    }

    fn forget_call(&mut self, call_id: CallId, monitor: MonitorKey) {
        if let Some(keys) = self.by_call.get_mut(&call_id) {
            keys.retain(|key| *key != monitor);
            if keys.is_empty() {
                self.by_call.remove(&call_id);
            }
        }
    }

    /// Tells that the monitors have ended, one after another, and then the session.
    pub(super) fn say_farewell<'a>(&mut self) -> Option<ClientEvent<'a>> {
        let (end, keys) = self.farewell.as_mut()?;
        let end = *end;
        while let Some(monitor) = keys.pop() {
            let planned = self.watches.get(&monitor).and_then(|watch| watch.planned(monitor));
            self.lost.extend(planned);
            if let Some(watch) = self.watches.remove(&monitor) {
                if watch.state == MonitorState::Starting && watch.request.is_none() {
                    // It was not asked for yet.
                    let why = NotDone::Unanswered(Silence::SessionEnded);
                    return Some(ClientEvent::MonitorNotStarted { monitor, why });
                }
                return Some(ClientEvent::MonitorEnded { monitor, id: watch.id, why: Ended::SessionEnded });
            }
        }
        self.farewell = None;
        self.by_id.clear();
        self.by_call.clear();
        self.by_session.clear();
        Some(ClientEvent::Session(Event::Ended(end)))
    }
}

/// Remembers something, and forgets the oldest in return if that is too much.
fn remember<T>(memory: &mut VecDeque<T>, item: T) {
    if memory.len() >= MAX_REMEMBERED {
        memory.pop_front();
    }
    memory.push_back(item);
}
