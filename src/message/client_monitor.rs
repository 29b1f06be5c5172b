//! Client Monitor Service: watching the sessions of other clients.

use super::tag_table_lines::cti_os_cil_client_id;
use crate::codec::macros::messages;
use crate::types::id::{InvokeId, MonitorId, PeripheralId, SessionId};
use crate::types::named_values::{AgentStateMask, CallEventMask, CtiServiceMask, StatusCode};
use crate::types::text::Str;

messages! {
($) ClientMonitor, "Client Monitor Service";

/// Another client opened a session, or had one open already.
CLIENT_SESSION_OPENED_EVENT = 99 => ClientSessionOpenedEvent, from Server;
fixed {
    SessionID       UINT => session_id: SessionId, "The session that opened";
    PeripheralID    UINT => peripheral_id: Option<PeripheralId>, "What a client with the Client Events service named; otherwise none";
    ServicesGranted UINT => services_granted: CtiServiceMask;
    CallMsgMask     UINT => call_msg_mask: CallEventMask, "As the client asked for them";
    AgentStateMask  UINT => agent_state_mask: AgentStateMask, "As the client asked for them";
    ClientPort      UINT => client_port: u32, "TCP port of that client";
}
floating {
    ClientAddress   STRING(64) => client_address: Str<'a> = CLIENT_ADDRESS, "IP address of that client";
    ClientID        STRING(64) => client_id: Str<'a> = CLIENT_ID;
    ClientSignature STRING(64) => client_signature: Str<'a> = CLIENT_SIGNATURE;
    AgentExtension  STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION, "If the client gave one";
    AgentID         STRING(12) => agent_id: Str<'a> = AGENT_ID, "If the client gave one";
    AgentInstrument STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT, "If the client gave one";
    ClientAddressIPV6 STRING(16) => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
}

/// The session of another client ended.
CLIENT_SESSION_CLOSED_EVENT = 100 => ClientSessionClosedEvent, from Server;
fixed {
    SessionID    UINT => session_id: SessionId, "The session that ended";
    PeripheralID UINT => peripheral_id: Option<PeripheralId>, "What a client with the Client Events service named; otherwise none";
    Status       UINT => status: StatusCode, "Why it ended";
    ClientPort   UINT => client_port: u32, "TCP port of that client";
}
floating {
    ClientAddress   STRING(64) => client_address: Str<'a> = CLIENT_ADDRESS, "IP address of that client";
    ClientID        STRING(64) => client_id: Str<'a> = CLIENT_ID;
    ClientSignature STRING(64) => client_signature: Str<'a> = CLIENT_SIGNATURE;
    AgentExtension  STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION, "If the client gave one";
    AgentID         STRING(12) => agent_id: Str<'a> = AGENT_ID, "If the client gave one";
    AgentInstrument STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT, "If the client gave one";
    ClientAddressIPV6 STRING(16) => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
}

/// Monitors the session of another client.
SESSION_MONITOR_START_REQ = 101 => SessionMonitorStartReq, from Client, confirmed by SessionMonitorStartConf;
fixed {
    InvokeID  UINT => invoke_id: InvokeId;
    SessionID UINT => session_id: SessionId, "The session to monitor";
}
floating {}
then cti_os_cil_client_id

/// Confirms a session monitor, and tells its identifier.
SESSION_MONITOR_START_CONF = 102 => SessionMonitorStartConf, from Server;
fixed {
    InvokeID  UINT => invoke_id: InvokeId;
    MonitorID UINT => monitor_id: MonitorId, "The new monitor";
}
floating {}

/// Ends a session monitor.
SESSION_MONITOR_STOP_REQ = 103 => SessionMonitorStopReq, from Client, confirmed by SessionMonitorStopConf;
fixed {
    InvokeID  UINT => invoke_id: InvokeId;
    MonitorID UINT => monitor_id: MonitorId, "The monitor to end";
}
floating {}
then cti_os_cil_client_id

/// Confirms that the session monitor is gone.
SESSION_MONITOR_STOP_CONF = 104 => SessionMonitorStopConf, from Server;
}
