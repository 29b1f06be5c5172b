//! The bookkeeping of a client's monitors: what each watches, what was asked of it, and the outcome.

use alloc::collections::{BTreeSet, VecDeque};
use alloc::vec::Vec;
use core::time::Duration;
use hashbrown::HashMap;

use super::early::EarlyEvents;
use super::event::{ClientEvent, MonitorEndReason, MonitorError};
use super::plan::{MonitorKey, MonitorPlan, Planned, Restore};
use super::session::Session;
use crate::frame::RawMessage;
use crate::message::{
    CallDataUpdateEvent, ChangeMonitorMaskReq, Encode, EndCallEvent, Message, MonitorAgentTeamStartReq,
    MonitorAgentTeamStopReq, MonitorStartReq, MonitorStopReq, OpenConf, OpenReq, SessionMonitorStartReq,
    SessionMonitorStopReq,
};
use crate::monitor::{EventLayout, Masks, OwnedTarget, Target, is_one_place};
use crate::session::{Link, Refusal, RequestError, RequestId, SendError};
use crate::types::id::{CallId, InvokeId, MonitorId, PeripheralId, SessionId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{
    CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType, StatusCode,
};
use crate::types::text::Str;

/// A monitor of a client, from the moment it is asked for to its end.
#[derive(Debug)]
pub struct Monitor {
    target: Option<OwnedTarget>,
    peripheral_id: Option<PeripheralId>,
    masks: Masks,
    state: MonitorState,
    id: Option<MonitorId>,
    previous_id: Option<MonitorId>,
    events: u64,
    /// The request that waits for a response.
    request: Option<InvokeId>,
    /// Whether it is part of a plan that is being carried out.
    restored: bool,
}

impl Monitor {
    /// What it watches; `None` for the session's own monitor, which OPEN_REQ made. A call that gets another name is
    /// followed.
    pub fn target(&self) -> Option<Target<'_>> {
        self.target.as_ref().map(OwnedTarget::as_target)
    }

    /// Where it watches; `None` for anywhere.
    pub fn peripheral_id(&self) -> Option<PeripheralId> {
        self.peripheral_id
    }

    /// Which events it lets through.
    pub fn masks(&self) -> Masks {
        self.masks
    }

    /// Its state.
    pub fn state(&self) -> MonitorState {
        self.state
    }

    /// Its identifier in this session, once it is live.
    pub fn id(&self) -> Option<MonitorId> {
        self.id
    }

    /// How many events it got in this session.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Whether it has ended if the server says, when this was asked for, that it does not know it. Servers say so too of monitors
    /// that they do not let be stopped or changed, and go on to send their events: of the session's own monitor, and, where
    /// other masks were asked for, of those of sessions and teams, which have none.
    fn may_be_unknown(&self, asked: &Asked) -> bool {
        match self.target {
            None => false,
            Some(OwnedTarget::Session(_) | OwnedTarget::Team(_)) => matches!(asked, Asked::Stop),
            Some(OwnedTarget::Device(..) | OwnedTarget::Call(..)) => true,
        }
    }

    /// The monitor as one to restore, unless it is being stopped or belongs to its session alone.
    fn planned(&self, key: MonitorKey) -> Option<Planned> {
        let target = self.target.clone().filter(|target| !matches!(target, OwnedTarget::Session(_)));
        target.filter(|_| self.state != MonitorState::Stopping).map(|target| Planned {
            key,
            target,
            peripheral_id: self.peripheral_id,
            masks: self.masks,
            previous_id: self.id.or(self.previous_id),
            restored: true,
        })
    }

    fn is_of_call(&self) -> bool {
        matches!(self.target, Some(OwnedTarget::Call(..)))
    }
}

/// The state of a monitor.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MonitorState {
    /// It was asked for: MONITOR_START_REQ was sent, or waits for room among the requests.
    Starting,
    /// It gets events.
    Live,
    /// It gets events, and CHANGE_MONITOR_MASK_REQ was sent.
    Changing,
    /// It gets events, and MONITOR_STOP_REQ was sent.
    Stopping,
}

/// What a request about a monitor asks for.
#[derive(Clone, Copy, Debug)]
enum Asked {
    Start,
    Stop,
    Change(Masks),
}

/// The monitors of a client.
#[derive(Debug, Default)]
pub(super) struct Monitors {
    next_key: u32,
    pub(super) by_key: HashMap<MonitorKey, Monitor>,
    by_id: HashMap<MonitorId, MonitorKey>,
    /// The monitors of a call, by its ConnectionCallID.
    by_call: HashMap<CallId, Vec<MonitorKey>>,
    /// The monitors of other clients' sessions.
    by_session: BTreeSet<(SessionId, MonitorKey)>,
    requests: HashMap<InvokeId, (MonitorKey, Asked)>,
    /// Requests that were not answered in time, oldest first, and may be yet.
    late: VecDeque<(InvokeId, MonitorKey, Asked)>,
    /// Requests of monitors that have ended, whose responses mean nothing any more.
    orphans: VecDeque<InvokeId>,
    /// How many monitors wait for their confirmation.
    starting: usize,
    pub(super) early: EarlyEvents,
    /// The masks of the monitor that the open makes.
    open_masks: Masks,
    /// What the application has to be told before anything else.
    notices: VecDeque<Notice>,
    /// Monitors to ask for when other requests have been answered, oldest first.
    queue: VecDeque<Planned>,
    restore: Option<Restore>,
    /// The monitors that have to end since the session did, greatest key first.
    ending: Option<Vec<MonitorKey>>,
    /// What is to be restored besides the monitors that there are: what the session had when it ended, and what of the plan
    /// was refused.
    lost: Vec<Planned>,
    ended_at: Option<Duration>,
}

/// Something to tell about monitors that is not a message.
#[derive(Debug)]
pub(super) enum Notice {
    /// The outcome of a request about a monitor, or its end.
    Monitor(MonitorKey, Option<OwnedTarget>, Outcome),
    /// A plan was carried out.
    Restored { started: usize, failed: usize, gap: Duration },
}

/// The outcome of a monitor.
#[derive(Debug)]
pub(super) enum Outcome {
    Started { result: Result<MonitorId, MonitorError>, previous_id: Option<MonitorId> },
    Changed(Result<Masks, MonitorError>),
    Stopped(Result<MonitorId, MonitorError>),
    Ended(MonitorId, MonitorEndReason),
}

impl Notice {
    /// The event that tells of it, with the identifier of the device in `buffer`.
    pub(super) fn event(self, buffer: &mut Vec<u8>) -> ClientEvent<'_> {
        let (monitor, target, outcome) = match self {
            Self::Monitor(monitor, target, outcome) => (monitor, target, outcome),
            Self::Restored { started, failed, gap } => return ClientEvent::Restored { started, failed, gap },
        };
        let target = target.as_ref().map(|target| target.as_target().copy_to(buffer));
        match outcome {
            Outcome::Started { result, previous_id } => {
                ClientEvent::MonitorStarted { monitor, target, result, previous_id }
            }
            Outcome::Changed(result) => ClientEvent::MonitorChanged { monitor, target, result },
            Outcome::Stopped(result) => ClientEvent::MonitorStopped { monitor, target, result },
            Outcome::Ended(id, reason) => ClientEvent::MonitorEnded { monitor, target, id, reason },
        }
    }
}

/// The most requests to remember whose response means nothing any more, or comes late.
const MAX_REMEMBERED: usize = 1024;

impl Monitors {
    pub(super) fn new(open: &OpenReq<'_>, early_limit: usize) -> Self {
        let open_masks = Masks { calls: open.call_msg_mask, agents: open.agent_state_mask };
        Self { open_masks, early: EarlyEvents::new(early_limit), ..Self::default() }
    }

    /// Asks for a monitor, or keeps it to ask for it later if there is no room among the requests.
    pub(super) fn start_or_queue(
        &mut self,
        session: &mut Session,
        peripheral_id: Option<PeripheralId>,
        target: Target<'_>,
        masks: Masks,
    ) -> Result<MonitorKey, SendError> {
        let key = MonitorKey(self.next_key);
        let (target, previous_id) = (target.into(), None);
        let planned = Planned { key, target, peripheral_id, masks, previous_id, restored: false };
        match request_start(session, &planned) {
            Ok(request) => self.add_starting(planned, Some(request), session),
            Err(error) if error.is_temporary() => {
                self.add_starting(planned.clone(), None, session);
                self.queue.push_back(planned);
            }
            Err(error) => return Err(error),
        }
        self.next_key += 1;
        Ok(key)
    }

    /// Adds a monitor that was asked for by this request, or will be.
    fn add_starting(&mut self, planned: Planned, request: Option<RequestId>, session: &Session) {
        let Planned { key, target, peripheral_id, masks, previous_id, restored } = planned;
        let request = request.and_then(|request| request.invoke_id);
        if let Some(id) = request {
            self.requests.insert(id, (key, Asked::Start));
            self.starting += 1;
            match target {
                OwnedTarget::Call(call_id, ..) => self.by_call.entry(call_id).or_default().push(key),
                OwnedTarget::Session(session) => _ = self.by_session.insert((session, key)),
                OwnedTarget::Device(..) | OwnedTarget::Team(_) => {}
            }
        }
        if !restored {
            // What was refused of a plan may be asked for anew.
            self.lost.retain(|lost| lost.target != target || lost.peripheral_id != peripheral_id);
        }
        let masks = masks.in_version(session.link.version);
        let (target, state, id, events) = (Some(target), MonitorState::Starting, None, 0);
        let monitor =
            Monitor { target, peripheral_id, masks, state, id, previous_id, events, request, restored };
        self.by_key.insert(key, monitor);
    }

    /// Asks for as many of the monitors of the queue and of the plan as there is room for.
    pub(super) fn start_waiting(&mut self, session: &mut Session) {
        while session.is_open() {
            let from_queue = self.queue.pop_front();
            let Some(planned) = from_queue.or_else(|| self.next_to_restore(session)) else { return };
            match request_start(session, &planned) {
                Ok(request) => self.add_starting(planned, Some(request), session),
                // More can be asked for when some of these have been answered.
                Err(error) if error.is_temporary() => {
                    match &mut self.restore {
                        Some(restore) if planned.restored => {
                            restore.pending -= 1;
                            restore.left.push_front(planned);
                        }
                        _ => self.queue.push_front(planned),
                    }
                    return;
                }
                Err(error) => {
                    let key = planned.key;
                    // One of the plan is not among the others yet.
                    self.add_starting(planned, None, session);
                    let notice = self.not_started(key, MonitorError::NotSent(error));
                    self.notices.push_back(notice);
                }
            }
        }
    }

    /// The next monitor of the plan. If there is none left, and all have been answered, the plan is done.
    fn next_to_restore(&mut self, session: &Session) -> Option<Planned> {
        let restore = self.restore.as_mut()?;
        let now = session.link.now;
        let gap_since = restore.gap_since.unwrap_or(now);
        let gap = *restore.gap.get_or_insert(now.saturating_sub(gap_since));
        let next = restore.left.pop_front();
        restore.pending += usize::from(next.is_some());
        if restore.pending == 0 {
            let Restore { started, failed, .. } = *restore;
            self.restore = None;
            self.notices.push_back(Notice::Restored { started, failed, gap });
        }
        next
    }

    /// Counts a monitor of the plan.
    fn count_restored(&mut self, restored: bool, started: bool) {
        if let Some(restore) = self.restore.as_mut().filter(|_| restored) {
            restore.pending -= 1;
            *(if started { &mut restore.started } else { &mut restore.failed }) += 1;
        }
    }

    /// Asks for the end of a monitor.
    pub(super) fn stop(&mut self, session: &mut Session, key: MonitorKey) -> Result<(), SendError> {
        let (monitor, monitor_id) = self.live(session, key)?;
        let request = match monitor.target {
            Some(OwnedTarget::Session(_)) => {
                ask(session, &SessionMonitorStopReq { monitor_id, ..Default::default() })
            }
            Some(OwnedTarget::Team(_)) => {
                ask(session, &MonitorAgentTeamStopReq { monitor_id, ..Default::default() })
            }
            _ => ask(session, &MonitorStopReq { monitor_id, ..Default::default() }),
        }?;
        monitor.state = MonitorState::Stopping;
        monitor.request = request.invoke_id;
        self.requests.extend(request.invoke_id.map(|id| (id, (key, Asked::Stop))));
        Ok(())
    }

    /// Asks for other masks.
    pub(super) fn change(
        &mut self,
        session: &mut Session,
        key: MonitorKey,
        masks: Masks,
    ) -> Result<(), SendError> {
        let masks = masks.in_version(session.link.version);
        let (monitor, monitor_id) = self.live(session, key)?;
        let (call_msg_mask, agent_state_mask) = (masks.calls, masks.agents);
        let request = ask(
            session,
            &ChangeMonitorMaskReq { monitor_id, call_msg_mask, agent_state_mask, ..Default::default() },
        )?;
        monitor.state = MonitorState::Changing;
        monitor.request = request.invoke_id;
        self.requests.extend(request.invoke_id.map(|id| (id, (key, Asked::Change(masks)))));
        Ok(())
    }

    /// A monitor that can be stopped or changed, and its identifier.
    fn live(
        &mut self,
        session: &Session,
        monitor: MonitorKey,
    ) -> Result<(&mut Monitor, MonitorId), SendError> {
        if !session.is_open() {
            return Err(SendError::NotOpen);
        }
        let monitor = self.by_key.get_mut(&monitor).ok_or(SendError::UnknownMonitor)?;
        let id = monitor.id.filter(|_| monitor.state == MonitorState::Live).ok_or(SendError::MonitorBusy)?;
        Ok((monitor, id))
    }

    /// The monitors that the session has, or had when it ended.
    pub(super) fn plan(&self, now: Duration) -> MonitorPlan {
        let current = self.by_key.iter().filter_map(|(key, monitor)| monitor.planned(*key));
        let mut monitors: Vec<_> = current.chain(self.lost.iter().cloned()).collect();
        if let Some(restore) = &self.restore {
            monitors.extend(restore.left.iter().cloned());
        }
        monitors.sort_unstable_by_key(|planned| planned.key);
        // If this session never opened, the gap began with the end of the one before.
        let before = self.restore.as_ref().filter(|restore| restore.gap.is_none());
        let gap_since = before.and_then(|restore| restore.gap_since).or(self.ended_at).or(Some(now));
        MonitorPlan { monitors, next_key: self.next_key, gap_since }
    }

    /// Whether there is a plan to carry out.
    pub(super) fn has_plan(&self) -> bool {
        self.restore.is_some()
    }

    /// Begins to carry out a plan.
    pub(super) fn restore(&mut self, plan: MonitorPlan) {
        self.next_key = self.next_key.max(plan.next_key);
        self.restore = Some(plan.into());
    }

    /// The next thing to tell that is not a message.
    pub(super) fn next_notice(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }

    /// Whether there is something to tell.
    pub(super) fn has_news(&self) -> bool {
        !self.notices.is_empty() || self.early.is_ready()
    }

    /// Looks at a message before the session does; true if that is all there is to it.
    #[inline]
    pub(super) fn takes(&mut self, raw: RawMessage<'_>) -> bool {
        if self.starting == 0 && self.orphans.is_empty() {
            return false;
        }
        match raw.message_type {
            MessageType::FAILURE_CONF
            | MessageType::MONITOR_STOP_CONF
            | MessageType::CHANGE_MONITOR_MASK_CONF
            | MessageType::SESSION_MONITOR_STOP_CONF
            | MessageType::MONITOR_AGENT_TEAM_STOP_CONF => {
                // Perhaps the response to a request of a monitor that has ended.
                let Some(id) = raw.invoke_id() else { return false };
                let orphan = self.orphans.iter().position(|orphan| *orphan == id);
                orphan.is_some_and(|at| self.orphans.remove(at).is_some())
            }
            _ => {
                let Some(id) = raw.monitor_id().filter(|_| self.starting > 0) else { return false };
                let unknown = id.0 != 0 && !self.by_id.contains_key(&id);
                unknown && EventLayout::of(raw.message_type).is_some() && self.early.keep(id, raw)
            }
        }
    }

    /// The monitor with this identifier, and what it watches. Counts its event.
    #[inline]
    pub(super) fn count_event(&mut self, id: MonitorId) -> Option<(MonitorKey, Option<Target<'_>>)> {
        let &key = self.by_id.get(&id)?;
        let monitor = self.by_key.get_mut(&key)?;
        monitor.events += 1;
        Some((key, monitor.target()))
    }

    /// The session is open.
    pub(super) fn opened(&mut self, conf: &OpenConf<'_>) {
        // Others send a MonitorID although there is no such monitor.
        let events = CtiServiceMask::CTI_SERVICE_ALL_EVENTS | CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS;
        if !conf.services_granted.intersects(events) {
            return;
        }
        let id = conf.monitor_id;
        let key = MonitorKey(self.next_key);
        self.next_key += 1;
        let monitor = Monitor {
            target: None,
            peripheral_id: None,
            masks: self.open_masks,
            state: MonitorState::Live,
            id: Some(id),
            previous_id: None,
            events: 0,
            request: None,
            restored: false,
        };
        self.by_key.insert(key, monitor);
        self.by_id.insert(id, key);
        if conf.services_granted.contains(CtiServiceMask::CTI_SERVICE_ALL_EVENTS) {
            // Its events carry MonitorID 0.
            self.by_id.insert(MonitorId(0), key);
        }
        let outcome = Outcome::Started { result: Ok(id), previous_id: None };
        self.notices.push_back(Notice::Monitor(key, None, outcome));
    }

    /// A request was confirmed, perhaps one about a monitor.
    pub(super) fn confirmed(&mut self, request: RequestId, message: &Message<'_>) -> Option<Notice> {
        let (key, asked) = self.requests.remove(&request.invoke_id?)?;
        let monitor = self.by_key.get_mut(&key)?;
        monitor.request = None;
        monitor.state = MonitorState::Live;
        let notice = match asked {
            Asked::Start => {
                self.starting -= 1;
                let id = message.monitor_id().filter(|id| id.0 != 0 && !self.by_id.contains_key(id));
                if let Some(id) = id {
                    monitor.id = Some(id);
                    let (target, previous_id) = (monitor.target.clone(), monitor.previous_id);
                    let restored = monitor.restored;
                    self.by_id.insert(id, key);
                    self.count_restored(restored, true);
                    Notice::Monitor(key, target, Outcome::Started { result: Ok(id), previous_id })
                } else {
                    self.not_started(key, MonitorError::BadMonitorId)
                }
            }
            Asked::Stop => self.stopped(key),
            Asked::Change(masks) => {
                monitor.masks = masks;
                Notice::Monitor(key, monitor.target.clone(), Outcome::Changed(Ok(masks)))
            }
        };
        self.settle_early();
        Some(notice)
    }

    /// A request was not confirmed, perhaps one about a monitor.
    pub(super) fn failed(&mut self, request: RequestId, error: RequestError, link: &Link) -> Option<Notice> {
        let invoke_id = request.invoke_id?;
        let (key, asked) = self.requests.remove(&invoke_id)?;
        if error == RequestError::TimedOut {
            remember(&mut self.late, (invoke_id, key, asked));
        }
        let monitor = self.by_key.get_mut(&key)?;
        let notice = match asked {
            Asked::Start => {
                self.starting -= 1;
                self.not_started(key, error.into())
            }
            _ if error == Refusal::Failure(StatusCode::E_CTI_INVALID_MONITORID).into()
                && monitor.may_be_unknown(&asked) =>
            {
                ended(key, self.remove(key)?, MonitorEndReason::UnknownToServer)
            }
            Asked::Stop | Asked::Change(_) => {
                monitor.request = None;
                // A monitor that was to be stopped when the session ended is not one to restore.
                if !link.has_ended() {
                    monitor.state = MonitorState::Live;
                }
                let outcome = match asked {
                    Asked::Stop => Outcome::Stopped(Err(error.into())),
                    _ => Outcome::Changed(Err(error.into())),
                };
                Notice::Monitor(key, monitor.target.clone(), outcome)
            }
        };
        self.settle_early();
        Some(notice)
    }

    /// A response that the session does not wait for, perhaps one that comes too late.
    pub(super) fn late_response(&mut self, message: &Message<'_>, link: &mut Link) -> Option<Notice> {
        let invoke_id = message.invoke_id()?;
        let at = self.late.iter().position(|(late, ..)| *late == invoke_id)?;
        let &(_, key, asked) = self.late.get(at)?;
        let notice = match (asked, message) {
            (
                Asked::Start,
                Message::MonitorStartConf(_)
                | Message::SessionMonitorStartConf(_)
                | Message::MonitorAgentTeamStartConf(_),
            ) => {
                self.stop_late(message, link);
                None
            }
            (
                Asked::Stop,
                Message::MonitorStopConf(_)
                | Message::SessionMonitorStopConf(_)
                | Message::MonitorAgentTeamStopConf(_),
            ) => {
                self.abandon_request(key, link);
                self.by_key.contains_key(&key).then(|| self.stopped(key))
            }
            (Asked::Change(masks), Message::ChangeMonitorMaskConf(_)) => {
                let monitor = self.by_key.get_mut(&key)?;
                monitor.masks = masks;
                Some(Notice::Monitor(key, monitor.target.clone(), Outcome::Changed(Ok(masks))))
            }
            (Asked::Stop | Asked::Change(_), Message::FailureConf(failure))
                if failure.status == StatusCode::E_CTI_INVALID_MONITORID
                    && self.by_key.get(&key).is_some_and(|monitor| monitor.may_be_unknown(&asked)) =>
            {
                self.end(key, MonitorEndReason::UnknownToServer, link)
            }
            _ => return None,
        };
        self.late.remove(at);
        notice
    }

    /// Stops a monitor that was confirmed when nobody waited for it any more.
    fn stop_late(&mut self, confirmation: &Message<'_>, link: &mut Link) {
        let unknown = |id: &MonitorId| id.0 != 0 && !self.by_id.contains_key(id);
        let Some(monitor_id) = confirmation.monitor_id().filter(unknown) else { return };
        let id = link.requests.next_id();
        let stop: &dyn Encode = match confirmation {
            Message::SessionMonitorStartConf(_) => {
                &SessionMonitorStopReq { monitor_id, ..Default::default() }
            }
            Message::MonitorAgentTeamStartConf(_) => {
                &MonitorAgentTeamStopReq { monitor_id, ..Default::default() }
            }
            _ => &MonitorStopReq { monitor_id, ..Default::default() },
        };
        if link.send(stop, Some(id)).is_ok() {
            remember(&mut self.orphans, id);
        }
    }

    fn not_started(&mut self, key: MonitorKey, error: MonitorError) -> Notice {
        let Some(monitor) = self.remove(key) else {
            let outcome = Outcome::Started { result: Err(error), previous_id: None };
            return Notice::Monitor(key, None, outcome);
        };
        // A device may be there again the next time. A call that is over is not.
        let is_kept = monitor.restored && !monitor.is_of_call()
            || error == MonitorError::Request(RequestError::SessionClosed);
        self.lost.extend(monitor.planned(key).filter(|_| is_kept));
        self.count_restored(monitor.restored, false);
        let outcome = Outcome::Started { result: Err(error), previous_id: monitor.previous_id };
        Notice::Monitor(key, monitor.target, outcome)
    }

    fn stopped(&mut self, key: MonitorKey) -> Notice {
        let monitor = self.remove(key);
        let (target, id) = monitor.map_or((None, None), |monitor| (monitor.target, monitor.id));
        Notice::Monitor(key, target, Outcome::Stopped(Ok(id.unwrap_or_default())))
    }

    fn settle_early(&mut self) {
        let Self { early, starting, by_id, .. } = self;
        early.settle(|id| *starting == 0 || by_id.contains_key(&id));
    }

    /// Learns from an event what it means for other monitors. It is for this one, if any.
    pub(super) fn learn(&mut self, message: &Message<'_>, monitor: Option<MonitorKey>, link: &mut Link) {
        match message {
            Message::ClientSessionClosedEvent(closed) => self.end_watchers_of(closed.session_id, link),
            Message::CallDataUpdateEvent(update) if monitor.is_some() => self.rename(update),
            Message::EndCallEvent(end) => {
                if let Some(monitor) = monitor {
                    self.end_call(end, monitor, link);
                }
            }
            _ => {}
        }
    }

    /// Ends the monitors of a call. This one got the event.
    fn end_call(&mut self, end: &EndCallEvent<'_>, monitor: MonitorKey, link: &mut Link) {
        let mut over = Vec::new();
        if self.by_key.get(&monitor).is_some_and(Monitor::is_of_call) {
            over.push(monitor);
        }
        // Monitors of the call that do not let its end through have ended all the same. One that is being started waits
        // for its response.
        let is_silent = |key: &MonitorKey| {
            self.by_key.get(key).is_some_and(|monitor| {
                monitor.id.is_some() && !monitor.masks.calls.contains(CallEventMask::END_CALL_MASK)
            })
        };
        let others = self.monitors_of(end.peripheral_id, end.connection_call_id, end.connection_device_id);
        over.extend(others.into_iter().filter(is_silent));
        for key in over {
            let notice = self.end(key, MonitorEndReason::CallEnded, link);
            self.notices.extend(notice);
        }
    }

    /// The monitors of a call, as it is known by now.
    fn monitors_of(
        &self,
        peripheral_id: Option<PeripheralId>,
        call_id: Option<CallId>,
        device_id: Option<Str<'_>>,
    ) -> Vec<MonitorKey> {
        let keys = call_id.and_then(|call_id| self.by_call.get(&call_id));
        let is_it = |key: &&MonitorKey| match self.by_key.get(*key) {
            Some(Monitor { target: Some(OwnedTarget::Call(_, _, own)), peripheral_id: at, .. }) => {
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
            let Some(monitor) = self.by_key.get_mut(&key) else { continue };
            if let Some(OwnedTarget::Call(id, device_id_type, device_id)) = &mut monitor.target {
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
            if self.by_key.get(&key).is_some_and(|monitor| monitor.id.is_some()) {
                let notice = self.end(key, MonitorEndReason::WatchedSessionClosed, link);
                self.notices.extend(notice);
            }
        }
    }

    /// Ends a monitor before its time. What was asked of it is not answered any more.
    fn end(&mut self, key: MonitorKey, reason: MonitorEndReason, link: &mut Link) -> Option<Notice> {
        self.abandon_request(key, link);
        Some(ended(key, self.remove(key)?, reason))
    }

    /// Stops waiting for the response to what was asked of a monitor.
    fn abandon_request(&mut self, key: MonitorKey, link: &mut Link) {
        let monitor = self.by_key.get_mut(&key);
        if let Some(request) = monitor.and_then(|monitor| monitor.request.take()) {
            self.requests.remove(&request);
            link.requests.end(request);
            remember(&mut self.orphans, request);
        }
    }

    /// Removes a monitor.
    fn remove(&mut self, key: MonitorKey) -> Option<Monitor> {
        let monitor = self.by_key.remove(&key)?;
        if let Some(id) = monitor.id {
            self.by_id.remove(&id);
        }
        match monitor.target {
            Some(OwnedTarget::Call(call_id, ..)) => self.forget_call(call_id, key),
            Some(OwnedTarget::Session(session)) => _ = self.by_session.remove(&(session, key)),
            Some(_) => {}
            // It may have been that of all events.
            None => _ = self.by_id.remove(&MonitorId(0)),
        }
        Some(monitor)
    }

    fn forget_call(&mut self, call_id: CallId, monitor: MonitorKey) {
        if let Some(keys) = self.by_call.get_mut(&call_id) {
            keys.retain(|key| *key != monitor);
            if keys.is_empty() {
                self.by_call.remove(&call_id);
            }
        }
    }

    /// Ends one more monitor, since the session has ended.
    pub(super) fn end_next(&mut self, now: Duration) -> Option<Notice> {
        let Self { ending, by_key, ended_at, .. } = self;
        let keys = ending.get_or_insert_with(|| {
            *ended_at = Some(now);
            let mut keys: Vec<_> = by_key.keys().copied().collect();
            keys.sort_unstable_by(|a, b| b.cmp(a));
            keys
        });
        while let Some(key) = keys.pop() {
            let Some(monitor) = by_key.remove(&key) else { continue };
            self.lost.extend(monitor.planned(key));
            if monitor.state == MonitorState::Starting {
                // It was not asked for yet.
                let (result, previous_id) = (Err(RequestError::SessionClosed.into()), monitor.previous_id);
                let outcome = Outcome::Started { result, previous_id };
                return Some(Notice::Monitor(key, monitor.target, outcome));
            }
            return Some(ended(key, monitor, MonitorEndReason::SessionClosed));
        }
        self.by_id.clear();
        self.by_call.clear();
        self.by_session.clear();
        None
    }
}

fn ended(key: MonitorKey, monitor: Monitor, reason: MonitorEndReason) -> Notice {
    let outcome = Outcome::Ended(monitor.id.unwrap_or_default(), reason);
    Notice::Monitor(key, monitor.target, outcome)
}

/// Makes a request.
fn ask(session: &mut Session, request: &impl Encode) -> Result<RequestId, SendError> {
    session.request(request, session.request_timeout())
}

/// Asks for a monitor.
fn request_start(session: &mut Session, planned: &Planned) -> Result<RequestId, SendError> {
    let masks = planned.masks.in_version(session.link.version);
    let common = MonitorStartReq {
        peripheral_id: planned.peripheral_id,
        call_msg_mask: masks.calls,
        agent_state_mask: masks.agents,
        ..Default::default()
    };
    match planned.target.as_target() {
        Target::Device { device_type, device_id } => ask(
            session,
            &MonitorStartReq {
                connection_call_id: Some(CallId(0)),
                connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
                monitored_device_type: device_type,
                monitored_device_id: Some(device_id),
                ..common
            },
        ),
        Target::Call { call_id, device_id_type, device_id } => ask(
            session,
            &MonitorStartReq {
                connection_call_id: Some(call_id),
                connection_device_id_type: device_id_type,
                connection_device_id: Some(device_id),
                monitored_device_type: DeviceIdType::DEVID_NONE,
                ..common
            },
        ),
        Target::Session(session_id) => {
            ask(session, &SessionMonitorStartReq { session_id, ..Default::default() })
        }
        Target::Team(team_id) => ask(session, &MonitorAgentTeamStartReq { team_id, ..Default::default() }),
    }
}

/// Remembers something, and forgets the oldest in return if that is too much.
fn remember<T>(memory: &mut VecDeque<T>, item: T) {
    if memory.len() >= MAX_REMEMBERED {
        memory.pop_front();
    }
    memory.push_back(item);
}
