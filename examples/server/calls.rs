//! The calls of the scene: who is in them, and what data they have, as far as its events tell.

use std::sync::Arc;

use ged188::id::CallId;
use ged188::message::{
    BeginCallEvent, CallDataUpdateEvent, CallDevice, ConnectedParty, DeviceCall, SnapshotCallConf,
    SnapshotDeviceConf,
};
use ged188::named_values::{ConnectionDeviceIdType, DeviceIdType, LocalConnectionState};
use ged188::view::{Fields, Value};
use ged188::{List, Message, Str};

use crate::scene::Step;

/// The calls that go on. Two may have the same ConnectionCallID.
#[derive(Default)]
pub(crate) struct Calls(Vec<Call>);

/// A call.
#[derive(Clone)]
pub(crate) struct Call {
    id: CallId,
    /// Its BEGIN_CALL_EVENT.
    begin: Arc<Step>,
    /// Its last CALL_DATA_UPDATE_EVENT.
    update: Option<Arc<Step>>,
    connections: Vec<Connection>,
}

/// The calls at a device, and how it is connected.
pub(crate) type CallsAt = Vec<(CallId, ConnectionDeviceIdType, LocalConnectionState)>;

/// A device in a call.
#[derive(Clone)]
struct Connection {
    id_type: ConnectionDeviceIdType,
    device: Box<[u8]>,
    state: LocalConnectionState,
}

impl Calls {
    /// A scene begins: no call goes on.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Call> {
        self.0.iter()
    }

    /// The call of this identifier, best the one that has a connection with this device.
    pub(crate) fn find(&self, id: CallId, device: &[u8]) -> Option<&Call> {
        self.position(id, device).and_then(|at| self.0.get(at))
    }

    fn position(&self, id: CallId, device: &[u8]) -> Option<usize> {
        let has_it = |call: &Call| call.connections.iter().any(|connection| *connection.device == *device);
        let with_device = self.0.iter().position(|call| call.id == id && has_it(call));
        with_device.or_else(|| self.0.iter().position(|call| call.id == id))
    }

    /// Notes what an event says of calls.
    pub(crate) fn note(&mut self, step: &Arc<Step>) {
        match step.message() {
            Message::BeginCallEvent(BeginCallEvent { connection_call_id: Some(id), .. }) => {
                self.0.push(Call { id, begin: Arc::clone(step), update: None, connections: Vec::new() });
            }
            Message::EndCallEvent(event) => {
                let device = event.connection_device_id.unwrap_or_default();
                let at = event.connection_call_id.and_then(|id| self.position(id, device.as_bytes()));
                at.map(|at| self.0.remove(at));
            }
            Message::CallDataUpdateEvent(event) => self.update(&event, step),
            Message::CallConferencedEvent(event) => self.merge(event.primary_call_id, &event.parties),
            Message::CallTransferredEvent(event) => self.merge(event.primary_call_id, &event.parties),
            _ => self.connect(step),
        }
    }

    fn update(&mut self, event: &CallDataUpdateEvent<'_>, step: &Arc<Step>) {
        let device = event.connection_device_id.unwrap_or_default().as_bytes();
        let at = event.connection_call_id.and_then(|id| self.position(id, device));
        let Some(call) = at.and_then(|at| self.0.get_mut(at)) else { return };
        call.update = Some(Arc::clone(step));
        call.id = event.new_connection_call_id.unwrap_or(call.id);
        let renamed = call.connections.iter_mut().find(|connection| *connection.device == *device);
        if let (Some(connection), Some(new)) = (renamed, event.new_connection_device_id) {
            connection.id_type = event.new_connection_device_id_type;
            connection.device = new.as_bytes().into();
        }
    }

    /// A conference or transfer made one call of two, with these parties.
    fn merge(&mut self, primary: Option<CallId>, parties: &List<'_, ConnectedParty<'_>>) {
        let Some(call) = self.0.iter_mut().find(|call| Some(call.id) == primary) else { return };
        let connection = |party: ConnectedParty<'_>| {
            Some(Connection {
                id_type: party.connected_party_device_id_type?,
                device: party.connected_party_device_id?.as_bytes().into(),
                state: LocalConnectionState::LCS_CONNECT,
            })
        };
        call.connections = parties.iter().filter_map(connection).collect();
    }

    /// Notes the state of a connection, if the event tells one.
    fn connect(&mut self, step: &Step) {
        let (mut id, mut id_type, mut state, mut device) = (None, None, None, None);
        for field in Fields::new(step.version(), step.raw()).into_iter().flatten().filter_map(Result::ok) {
            match (field.name(), field.value) {
                (Some("ConnectionCallID"), Value::Unsigned(number)) => id = Some(CallId(number)),
                (Some("ConnectionDeviceIDType"), Value::Unsigned(number)) => id_type = Some(number),
                (Some("LocalConnectionState"), Value::Unsigned(number)) => state = Some(number),
                (Some("ConnectionDeviceID"), Value::Text(text)) => device = Some(text.as_bytes()),
                _ => {}
            }
        }
        let number = |number: Option<u32>| number.and_then(|number| u16::try_from(number).ok());
        let (id_type, state) = (number(id_type), number(state));
        let (Some(id), Some(id_type), Some(state), Some(device)) = (id, id_type, state, device) else {
            return;
        };
        let state = LocalConnectionState(state);
        let Some(call) = self.position(id, device).and_then(|at| self.0.get_mut(at)) else { return };
        call.connections.retain(|connection| *connection.device != *device);
        if state != LocalConnectionState::LCS_NULL {
            let id_type = ConnectionDeviceIdType(id_type);
            call.connections.push(Connection { id_type, device: device.into(), state });
        }
    }

    /// The calls at a device.
    pub(crate) fn at(&self, device: &[u8]) -> CallsAt {
        let here = |call: &Call| {
            let connection = call.connections.iter().find(|connection| *connection.device == *device)?;
            Some((call.id, connection.id_type, connection.state))
        };
        self.0.iter().filter_map(here).collect()
    }
}

/// What a device is told of the calls at it.
pub(crate) fn snapshot_of_device<T>(
    calls: &CallsAt,
    device: &[u8],
    then: impl FnOnce(&SnapshotDeviceConf<'_>) -> T,
) -> T {
    let call = |&(id, id_type, state): &(CallId, ConnectionDeviceIdType, LocalConnectionState)| DeviceCall {
        call_connection_call_id: Some(id),
        call_connection_device_id_type: Some(id_type),
        call_connection_device_id: Some(Str::from_bytes(device)),
        call_state: Some(state),
        ..Default::default()
    };
    let calls: Vec<_> = calls.iter().take(16).map(call).collect();
    then(&SnapshotDeviceConf { calls: List::from(&calls), ..Default::default() })
}

impl Call {
    /// The BEGIN_CALL_EVENT, for each of the connections.
    pub(crate) fn begins(&self) -> Vec<BeginCallEvent<'_>> {
        let Message::BeginCallEvent(begin) = self.begin.message() else { return Vec::new() };
        let at = |connection| begin_at(&begin, self.id, connection);
        self.connections.iter().map(at).collect()
    }

    /// What a client is told that asks for the call.
    pub(crate) fn snapshot<T>(&self, then: impl FnOnce(&SnapshotCallConf<'_>) -> T) -> T {
        let device = |connection| call_device(self.id, connection);
        let devices: Vec<_> = self.connections.iter().take(16).map(device).collect();
        let begin = match self.begin.message() {
            Message::BeginCallEvent(begin) => begin,
            _ => BeginCallEvent::default(),
        };
        let update = match self.update.as_deref().map(Step::message) {
            Some(Message::CallDataUpdateEvent(update)) => update,
            _ => CallDataUpdateEvent::default(),
        };
        // An update has what changed.
        then(&SnapshotCallConf {
            call_type: begin.call_type,
            call_devices: List::from(&devices),
            ani: update.ani.or(begin.ani),
            dnis: update.dnis.or(begin.dnis),
            dialed_number: update.dialed_number.or(begin.dialed_number),
            caller_entered_digits: update.caller_entered_digits.or(begin.caller_entered_digits),
            user_to_user_info: update.user_to_user_info.or(begin.user_to_user_info),
            call_variable1: update.call_variable1.or(begin.call_variable1),
            call_variable2: update.call_variable2.or(begin.call_variable2),
            call_variable3: update.call_variable3.or(begin.call_variable3),
            call_variable4: update.call_variable4.or(begin.call_variable4),
            call_variable5: update.call_variable5.or(begin.call_variable5),
            call_variable6: update.call_variable6.or(begin.call_variable6),
            call_variable7: update.call_variable7.or(begin.call_variable7),
            call_variable8: update.call_variable8.or(begin.call_variable8),
            call_variable9: update.call_variable9.or(begin.call_variable9),
            call_variable10: update.call_variable10.or(begin.call_variable10),
            call_wrapup_data: update.call_wrapup_data.or(begin.call_wrapup_data),
            named_variables: if update.named_variables.is_empty() {
                begin.named_variables
            } else {
                update.named_variables
            },
            named_arrays: if update.named_arrays.is_empty() {
                begin.named_arrays
            } else {
                update.named_arrays
            },
            ..Default::default()
        })
    }
}

/// The BEGIN_CALL_EVENT of a call, for one of its connections.
fn begin_at<'a>(begin: &BeginCallEvent<'a>, id: CallId, connection: &'a Connection) -> BeginCallEvent<'a> {
    BeginCallEvent {
        connection_call_id: Some(id),
        connection_device_id_type: connection.id_type,
        connection_device_id: Some(Str::from_bytes(&connection.device)),
        ..begin.clone()
    }
}

/// A connection of a call, for a snapshot.
fn call_device(id: CallId, connection: &Connection) -> CallDevice<'_> {
    CallDevice {
        call_connection_call_id: Some(id),
        call_connection_device_id_type: Some(connection.id_type),
        call_connection_device_id: Some(Str::from_bytes(&connection.device)),
        call_device_type: Some(DeviceIdType::DEVID_AGENT_DEVICE),
        call_device_id: Some(Str::from_bytes(&connection.device)),
        call_device_connection_state: Some(connection.state),
    }
}
