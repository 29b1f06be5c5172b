//! Peripheral Monitor Service: watching devices and calls.

use super::tag_table_lines::cti_os_cil_client_id;
use crate::codec::macros::messages;
use crate::types::id::{CallId, InvokeId, MonitorId, PeripheralId};
use crate::types::named_values::{AgentStateMask, CallEventMask, ConnectionDeviceIdType, DeviceIdType};
use crate::types::text::Str;

messages! {
($) PeripheralMonitor, "Peripheral Monitor Service";

/// Creates a monitor for one call or one device.
MONITOR_START_REQ = 93 => MonitorStartReq, from Client, confirmed by MonitorStartConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>, "The ACD with the call or device";
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>, "The call; 0 (not none) for a device monitor";
    CallMsgMask            UINT   => call_msg_mask: CallEventMask, "The call events that the monitor lets through";
    AgentStateMask         UINT   => agent_state_mask: AgentStateMask, "The agent states that the monitor lets through";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "`CONNECTION_ID_NONE` for a device monitor";
    MonitoredDeviceType    USHORT => monitored_device_type: DeviceIdType, "`DEVID_NONE` for a call monitor";
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [conditional, call ConnectionCallID], "Needed for a call monitor";
    MonitoredDeviceID  STRING(64) => monitored_device_id: Str<'a> = MONITORED_DEVID [conditional, device MonitoredDeviceType], "Needed for a device monitor";
}

/// Confirms a monitor, and tells its identifier.
MONITOR_START_CONF = 94 => MonitorStartConf, from Server;
fixed {
    InvokeID  UINT => invoke_id: InvokeId;
    MonitorID UINT => monitor_id: MonitorId, "The new monitor";
}
floating {}

/// Ends a monitor.
MONITOR_STOP_REQ = 95 => MonitorStopReq, from Client, confirmed by MonitorStopConf;
fixed {
    InvokeID  UINT => invoke_id: InvokeId;
    MonitorID UINT => monitor_id: MonitorId, "The monitor to end";
}
floating {}

/// Confirms that the monitor is gone.
MONITOR_STOP_CONF = 96 => MonitorStopConf, from Server;

/// Gives a monitor new masks.
CHANGE_MONITOR_MASK_REQ = 97 => ChangeMonitorMaskReq, from Client, confirmed by ChangeMonitorMaskConf;
fixed {
    InvokeID       UINT => invoke_id: InvokeId;
    MonitorID      UINT => monitor_id: MonitorId, "The monitor to change";
    CallMsgMask    UINT => call_msg_mask: CallEventMask;
    AgentStateMask UINT => agent_state_mask: AgentStateMask;
}
floating {}
then cti_os_cil_client_id

/// Confirms the new masks.
CHANGE_MONITOR_MASK_CONF = 98 => ChangeMonitorMaskConf, from Server;
}
