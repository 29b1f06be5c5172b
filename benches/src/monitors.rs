//! A server's session with monitors, and the requests that make them.

use std::time::Duration;

use ged188::id::{CallId, InvokeId, VersionNumber};
use ged188::message::{MonitorStartReq, OpenReq};
use ged188::named_values::{
    AgentStateMask, CallEventMask, ConnectionDeviceIdType, CtiServiceMask, DeviceIdType,
};
use ged188::server::Policy;
use ged188::session::Limits;
use ged188::{Bytes, Encode, Input, ProtocolVersion, Secret, Server, ServerConfig, ServerEvent, Str};

const NOW: Duration = Duration::ZERO;

/// A session that is open.
pub fn open(version: ProtocolVersion) -> Server {
    let limits = Limits { monitors: 2_000_000, ..Default::default() };
    let mut server = Server::new(NOW, ServerConfig { limits, ..Default::default() });
    let open = OpenReq {
        version_number: VersionNumber::from(version),
        idle_timeout: u32::MAX,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        client_id: Some("desk".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    let mut bytes = Vec::new();
    open.encode_to(version, &mut bytes).expect("an allowed request");
    let mut input = Input::default();
    input.push(&bytes);
    let Some(ServerEvent::OpenRequested(open)) = server.poll(NOW, &mut input) else {
        panic!("a client opens")
    };
    let conf = Policy::default().decide(&open).expect("anybody may");
    server.accept(NOW, &conf).expect("an allowed message");
    server.consume_output(server.output().len());
    server
}

/// The identifier of a device, seven bytes long.
pub fn device(number: u32) -> String {
    format!("{number:07}")
}

/// Starts a monitor of an agent device.
pub fn watch(server: &mut Server, device: &str) {
    let request = MonitorStartReq {
        invoke_id: InvokeId(9),
        connection_call_id: Some(CallId(0)),
        connection_device_id_type: ConnectionDeviceIdType::CONNECTION_ID_NONE,
        call_msg_mask: CallEventMask::all(),
        agent_state_mask: AgentStateMask::all(),
        monitored_device_type: DeviceIdType::DEVID_AGENT_DEVICE,
        monitored_device_id: Some(Str::new(device)),
        ..Default::default()
    };
    let mut bytes = Vec::with_capacity(128);
    request.encode_to(server.version(), &mut bytes).expect("an allowed request");
    let mut input = Input::default();
    input.push(&bytes);
    let Some(ServerEvent::MonitorRequested { responder, .. }) = server.poll(NOW, &mut input) else {
        panic!("a monitor")
    };
    server.start_monitor(NOW, responder).expect("room");
    server.consume_output(server.output().len());
}
