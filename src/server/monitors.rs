//! What clients ask about monitors, and which monitors an event is for.

use alloc::boxed::Box;
use alloc::vec::Vec;

#[cfg(feature = "std")]
use super::observer::Observer;
use super::observer::SearchKey;
use super::registry::Registry;
use super::session::Session;
use crate::message::{
    ChangeMonitorMaskConf, Encode, Message, MonitorAgentTeamStartConf, MonitorAgentTeamStopConf,
    MonitorStartConf, MonitorStartReq, MonitorStopConf, OpenConf, OpenReq, SessionMonitorStartConf,
    SessionMonitorStopConf,
};
use crate::monitor::{Masks, Name, OwnedTarget, Routing, Target, is_one_place};
use crate::session::{Responder, SendError};
use crate::types::id::{MonitorId, PeripheralId, SessionId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{ConnectionDeviceIdType, CtiServiceMask, DeviceIdType, StatusCode};
use crate::types::text::Str;

/// The services of clients that get CALL_TRANSLATION_ROUTE_EVENT.
pub(super) const ROUTED: CtiServiceMask =
    CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR.union(CtiServiceMask::CTI_SERVICE_ALL_EVENTS);

/// The monitors of a session, and those that the application has to decide about.
#[derive(Debug)]
pub(super) struct Monitors {
    pub(super) registry: Registry,
    requested: Vec<RequestedMonitor>,
    own: OwnMonitor,
    /// The session's own identifier, which it must not monitor.
    pub(super) session_id: Option<SessionId>,
    /// What events look for because of the open.
    pub(super) open_keys: Vec<SearchKey>,
    /// Reused for each event.
    pub(super) ids: Vec<MonitorId>,
    pub(super) ended: Vec<MonitorId>,
}

/// A monitor that the application has to decide about.
#[derive(Clone, Debug)]
struct RequestedMonitor {
    /// The session, and the number of the request in it.
    request: (u32, u64),
    peripheral_id: Option<PeripheralId>,
    target: OwnedTarget,
    masks: Masks,
}

/// What OPEN_REQ asked for, and the monitor that it created.
#[derive(Debug, Default)]
struct OwnMonitor {
    asked: CtiServiceMask,
    masks: Masks,
    /// Where the agent of the Client Events service is.
    peripheral_id: Option<PeripheralId>,
    /// The devices of the agent.
    devices: Vec<Box<[u8]>>,
    events: Option<OwnEvents>,
}

/// The events of the monitor that the open made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnEvents {
    /// All events, which carry MonitorID 0.
    All,
    /// The events of the agent's devices.
    OfDevices(MonitorId),
}

/// What a request about monitors asks for, if it can be.
pub(super) enum Asked<'a> {
    Start(Option<PeripheralId>, Target<'a>, Masks),
    Stop(MonitorId),
    Change(MonitorId, Masks),
}

impl Monitors {
    pub(super) fn new(call_limit: usize) -> Self {
        Self {
            registry: Registry::new(call_limit),
            requested: Vec::new(),
            own: OwnMonitor::default(),
            session_id: None,
            open_keys: Vec::new(),
            ids: Vec::new(),
            ended: Vec::new(),
        }
    }

    /// Notes what the client wants to open the session for.
    pub(super) fn open_requested(&mut self, open: &OpenReq<'_>) {
        self.own = OwnMonitor {
            asked: open.services_requested,
            masks: Masks { calls: open.call_msg_mask, agents: open.agent_state_mask },
            peripheral_id: open.peripheral_id,
            devices: Vec::new(),
            events: None,
        };
        self.own.add_devices([open.agent_extension, open.agent_instrument]);
    }

    /// Makes the monitor that the open creates if these services are granted, if any. Returns its identifier; 0 is that of
    /// all events, as real servers have it.
    pub(super) fn start_own(&mut self, conf: &OpenConf<'_>) -> MonitorId {
        // The client may have named its agent by the ID alone.
        self.own.add_devices([conf.agent_extension, conf.agent_instrument]);
        let granted = conf.services_granted & self.own.asked;
        self.own.events = if granted.contains(CtiServiceMask::CTI_SERVICE_ALL_EVENTS) {
            Some(OwnEvents::All)
        } else if granted.contains(CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS) {
            self.registry.start_own(self.own.masks).map(OwnEvents::OfDevices)
        } else {
            None
        };
        match self.own.events {
            Some(OwnEvents::OfDevices(id)) => id,
            _ => MonitorId(0),
        }
    }

    /// Takes back the monitor that the open would have created.
    pub(super) fn stop_own(&mut self) {
        if let Some(OwnEvents::OfDevices(id)) = self.own.events.take() {
            self.registry.stop(id);
        }
    }

    /// What a request wants of the monitors, if it is about them: what it asks for, or the status of the refusal.
    pub(super) fn read_request<'a>(
        &self,
        message: &Message<'a>,
        session: &Session,
    ) -> Option<Result<Asked<'a>, StatusCode>> {
        let of_devices_and_calls =
            |target: Target<'_>| matches!(target, Target::Device { .. } | Target::Call { .. });
        Some(match message {
            Message::MonitorStartReq(request) => target_of(request).and_then(|target| {
                let masks = Masks { calls: request.call_msg_mask, agents: request.agent_state_mask };
                session.check_masks(masks.calls, masks.agents)?;
                self.check_start(target, session)?;
                Ok(Asked::Start(request.peripheral_id, target, masks))
            }),
            Message::SessionMonitorStartReq(request) if self.session_id == Some(request.session_id) => {
                Err(StatusCode::E_CTI_SESSION_MONITOR_IS_CLIENTS)
            }
            Message::SessionMonitorStartReq(request) => {
                let target = Target::Session(request.session_id);
                self.check_start(target, session).map(|()| Asked::Start(None, target, Masks::ALL))
            }
            Message::MonitorAgentTeamStartReq(request) => {
                let target = Target::Team(request.team_id);
                self.check_start(target, session).map(|()| Asked::Start(None, target, Masks::ALL))
            }
            Message::MonitorStopReq(request) => {
                self.check_stop(request.monitor_id, of_devices_and_calls).map(Asked::Stop)
            }
            Message::SessionMonitorStopReq(request) => self
                .check_stop(request.monitor_id, |target| matches!(target, Target::Session(_)))
                .map(Asked::Stop),
            Message::MonitorAgentTeamStopReq(request) => self
                .check_stop(request.monitor_id, |target| matches!(target, Target::Team(_)))
                .map(Asked::Stop),
            Message::ChangeMonitorMaskReq(request) => {
                let masks = Masks { calls: request.call_msg_mask, agents: request.agent_state_mask };
                self.check_stop(request.monitor_id, of_devices_and_calls).and_then(|id| {
                    session.check_masks(masks.calls, masks.agents)?;
                    Ok(Asked::Change(id, masks))
                })
            }
            _ => return None,
        })
    }

    /// Whether a monitor of this target may be started.
    fn check_start(&self, target: Target<'_>, session: &Session) -> Result<(), StatusCode> {
        let exists = || {
            let mut requested = self.requested.iter().map(|requested| requested.target.as_target());
            self.registry.watches(None, target) || requested.any(|requested| requested == target)
        };
        match target {
            Target::Session(_) if exists() => Err(StatusCode::E_CTI_SESSION_MONITOR_ALREADY_EXISTS),
            Target::Team(_) if exists() => Err(StatusCode::E_CTI_AGENT_TEAM_MONITOR_ALREADY_EXISTS),
            _ if self.registry.len() + self.requested.len() >= session.monitor_limit() => {
                Err(StatusCode::E_CTI_UNSPECIFIED_FAILURE)
            }
            _ => Ok(()),
        }
    }

    /// Whether there is a monitor with this identifier, of such a target.
    fn check_stop(
        &self,
        id: MonitorId,
        is_meant: impl FnOnce(Target<'_>) -> bool,
    ) -> Result<MonitorId, StatusCode> {
        let target = self.registry.monitor(id).and_then(|monitor| monitor.target);
        if target.is_some_and(is_meant) { Ok(id) } else { Err(StatusCode::E_CTI_INVALID_MONITORID) }
    }

    /// Keeps a monitor until the application has decided about it.
    pub(super) fn request(
        &mut self,
        responder: &Responder,
        peripheral_id: Option<PeripheralId>,
        target: Target<'_>,
        masks: Masks,
    ) {
        let request = (responder.session, responder.number);
        self.requested.push(RequestedMonitor { request, peripheral_id, target: target.into(), masks });
    }

    /// Whether a request is for a monitor that the application has not decided about.
    pub(super) fn is_requested(&self, responder: &Responder) -> bool {
        self.requested(responder).is_some()
    }

    fn requested(&self, responder: &Responder) -> Option<&RequestedMonitor> {
        let request = (responder.session, responder.number);
        self.requested.iter().find(|requested| requested.request == request)
    }

    /// Forgets a monitor that the application has decided about.
    pub(super) fn forget_requested(&mut self, responder: &Responder) {
        let request = (responder.session, responder.number);
        self.requested.retain(|requested| requested.request != request);
    }

    /// Forgets the monitors whose requests were refused because the application did not decide in time.
    pub(super) fn forget_unanswered(&mut self, session: &Session) {
        self.requested.retain(|requested| session.is_unanswered(requested.request.1));
    }

    /// Starts a monitor that was requested, and confirms it.
    pub(super) fn start(
        &mut self,
        session: &mut Session,
        responder: &Responder,
    ) -> Result<MonitorId, SendError> {
        session.check_responder(responder)?;
        let not_allowed = SendError::NotAllowed(responder.message_type());
        let requested = self.requested(responder).cloned().ok_or(not_allowed)?;
        let target = requested.target.as_target();
        let Some(monitor_id) = self.registry.start(requested.peripheral_id, target, requested.masks) else {
            session.refuse(responder, StatusCode::E_CTI_UNSPECIFIED_FAILURE)?;
            self.forget_requested(responder);
            return Err(SendError::NoMoreMonitors);
        };
        let conf: &dyn Encode = match target {
            Target::Session(_) => &SessionMonitorStartConf { monitor_id, ..Default::default() },
            Target::Team(_) => &MonitorAgentTeamStartConf { monitor_id, ..Default::default() },
            Target::Device { .. } | Target::Call { .. } => {
                &MonitorStartConf { monitor_id, ..Default::default() }
            }
        };
        if let Err(error) = session.confirm(responder, conf) {
            self.registry.stop(monitor_id);
            return Err(error);
        }
        self.forget_requested(responder);
        Ok(monitor_id)
    }

    /// Stops a monitor, and confirms it.
    pub(super) fn stop(&mut self, session: &mut Session, responder: &Responder, id: MonitorId) {
        self.registry.stop(id);
        // If it cannot be confirmed, the session is over, as is the monitor.
        let _ = match responder.message_type() {
            MessageType::SESSION_MONITOR_STOP_REQ => {
                session.confirm(responder, &SessionMonitorStopConf::default())
            }
            MessageType::MONITOR_AGENT_TEAM_STOP_REQ => {
                session.confirm(responder, &MonitorAgentTeamStopConf::default())
            }
            _ => session.confirm(responder, &MonitorStopConf::default()),
        };
    }

    /// Gives a monitor other masks, and confirms it.
    pub(super) fn change(
        &mut self,
        session: &mut Session,
        responder: &Responder,
        id: MonitorId,
        masks: Masks,
    ) {
        self.registry.change(id, masks);
        let _ = session.confirm(responder, &ChangeMonitorMaskConf::default());
    }

    /// What a monitor watches, with its identifier in `buffer`.
    pub(super) fn target<'b>(&self, id: MonitorId, buffer: &'b mut Vec<u8>) -> Option<Target<'b>> {
        Some(self.registry.monitor(id)?.target?.copy_to(buffer))
    }

    /// Finds the monitors that an event is for, and those that end with it.
    pub(super) fn route(&mut self, event: &Routing<'_>) {
        self.registry.take(event, &mut self.ids, &mut self.ended);
        self.own.take(event, &mut self.ids);
        if event.message_type() == MessageType::CALL_ATTRIBUTE_CHANGE_EVENT && !self.ids.is_empty() {
            // Its MonitorID is always 0.
            self.ids.splice(.., [MonitorId(0)]);
        }
    }

    /// Finds the monitors of this target whose masks an event passes.
    pub(super) fn route_to(&mut self, target: Target<'_>, event: &Routing<'_>) {
        let filter = event.mask_filter();
        let watching = self.registry.watchers_of(target).filter(|(_, masks)| filter.admits(*masks));
        self.ids.extend(watching.map(|(id, _)| id));
    }

    /// Tells an observer what events look for here, and from now on what changes.
    #[cfg(feature = "std")]
    pub(super) fn set_observer(&mut self, observer: Observer, granted: CtiServiceMask) {
        self.stop_observing();
        self.registry.set_observer(observer);
        self.observe_open(granted);
    }

    /// Tells the observer what events look for because of the open.
    pub(super) fn observe_open(&mut self, granted: CtiServiceMask) {
        let Some(observer) = self.registry.observer() else { return };
        self.open_keys.extend(granted.intersects(ROUTED).then_some(SearchKey::TranslationRoutes));
        match self.own.events {
            Some(OwnEvents::All) => self.open_keys.push(SearchKey::AllEvents),
            Some(OwnEvents::OfDevices(_)) => {
                self.open_keys.extend(self.own.devices.iter().map(|id| observer.device(id)));
            }
            None => {}
        }
        self.open_keys.iter().for_each(|key| observer.tell(*key, true));
    }

    /// Tells the observer that nothing is here any more.
    pub(super) fn stop_observing(&mut self) {
        if let Some(observer) = self.registry.observer() {
            self.open_keys.drain(..).for_each(|key| observer.tell(key, false));
            self.registry.tell_all(false);
        }
    }
}

impl Drop for Monitors {
    fn drop(&mut self) {
        self.stop_observing();
    }
}

/// What MONITOR_START_REQ is to watch.
fn target_of<'a>(request: &MonitorStartReq<'a>) -> Result<Target<'a>, StatusCode> {
    let call_id = request.connection_call_id.filter(|call_id| call_id.0 != 0);
    let names_call = call_id.is_some() || request.connection_device_id.is_some();
    let device_type = request.monitored_device_type;
    if device_type != DeviceIdType::DEVID_NONE {
        if names_call {
            return Err(StatusCode::E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES);
        }
        if device_type.name().is_none() {
            return Err(StatusCode::E_CTI_INVALID_DEVICE_ID_TYPE);
        }
        let device_id = request.monitored_device_id.filter(|id| !id.is_empty());
        let device_id = device_id.ok_or(StatusCode::E_CTI_REQUIRED_DATA_MISSING)?;
        return Ok(Target::Device { device_type, device_id });
    }
    if names_call && request.monitored_device_id.is_some() {
        return Err(StatusCode::E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES);
    }
    let device_id = request.connection_device_id.filter(|id| !id.is_empty());
    let (Some(call_id), Some(device_id)) = (call_id, device_id) else {
        return Err(StatusCode::E_CTI_REQUIRED_DATA_MISSING);
    };
    let device_id_type = request.connection_device_id_type;
    if device_id_type == ConnectionDeviceIdType::CONNECTION_ID_NONE || device_id_type.name().is_none() {
        return Err(StatusCode::E_CTI_INVALID_CONNECTION_ID_TYPE);
    }
    Ok(Target::Call { call_id, device_id_type, device_id })
}

impl OwnMonitor {
    fn add_devices(&mut self, ids: [Option<Str<'_>>; 2]) {
        for id in ids.into_iter().flatten() {
            if !self.devices.iter().any(|device| **device == *id.as_bytes()) {
                self.devices.push(id.as_bytes().into());
            }
        }
    }

    /// Adds the monitor that the open made, if it gets an event.
    fn take(&self, event: &Routing<'_>, ids: &mut Vec<MonitorId>) {
        let Some(events) = self.events.filter(|_| event.mask_filter().admits(self.masks)) else { return };
        match events {
            OwnEvents::All => ids.push(MonitorId(0)),
            OwnEvents::OfDevices(_) if !is_one_place(self.peripheral_id, event.peripheral()) => {}
            OwnEvents::OfDevices(id) => {
                let mut concerned = false;
                event.visit(|name| {
                    if let Name::Device(_, device) | Name::AnyDevice(device) = name {
                        concerned |= self.devices.iter().any(|own| **own == *device);
                    }
                });
                ids.extend(concerned.then_some(id));
            }
        }
    }
}
