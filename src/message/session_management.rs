//! Session Management: opening, keeping and closing a session.

use super::tag_table_lines::agent_id_long;
use crate::codec::macros::{entries, messages};
use crate::types::id::{
    ApplicationPathId, DepartmentId, InvokeId, MonitorId, PeripheralId, Time, VersionNumber,
};
use crate::types::named_values::{
    AgentState, AgentStateMask, CallEventMask, ConfigMask, CtiServiceMask, MultilineAgentControl,
    PeripheralType, PgStatusCode, SessionType, StatusCode,
};
use crate::types::scalar::Bool;
use crate::types::text::{Bytes, Secret, Str};

messages! {
($) SessionManagement, "Session Management";

/// Opens a session: its version, its services, its event masks.
OPEN_REQ = 3 => OpenReq, from Client, confirmed by OpenConf;
fixed {
    InvokeID          UINT => invoke_id: InvokeId;
    VersionNumber     UINT => version_number: VersionNumber;
    IdleTimeout       UINT => idle_timeout: u32, "Seconds, four times the heartbeat interval, at least 20; `0xFFFFFFFF` for never";
    PeripheralID      UINT => peripheral_id: Option<PeripheralId>, "Needed for the Client Events service";
    ServicesRequested UINT => services_requested: CtiServiceMask;
    CallMsgMask       UINT => call_msg_mask: CallEventMask, "The call events that Client Events and All Events let through";
    AgentStateMask    UINT => agent_state_mask: AgentStateMask, "The agent states that Client Events and All Events let through";
    ConfigMsgMask     UINT => config_msg_mask: ConfigMask [since 10];
    Reserved1         UINT => reserved1: u32, "Has to be 0";
    Reserved2         UINT => reserved2: u32, "Has to be 0";
    Reserved3         UINT => reserved3: u32, "Has to be 0";
}
floating {
    ClientID          STRING(64)  => client_id: Str<'a> = CLIENT_ID [required];
    ClientPassword    UNSPEC(64)  => client_password: Secret<Bytes<'a>> = CLIENT_PASSWORD [required], "May be empty";
    ClientSignature   STRING(64)  => client_signature: Str<'a> = CLIENT_SIGNATURE, "Without it the ClientID serves as signature";
    AgentExtension    STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "The Client Events service needs an extension, an ID or an instrument";
    AgentID           STRING(12)  => agent_id: Str<'a> = AGENT_ID [conditional], "The Client Events service needs an extension, an ID or an instrument";
    AgentInstrument   STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "The Client Events service needs an extension, an ID or an instrument";
    ApplicationPathID INT         => application_path_id: ApplicationPathId = APP_PATH_ID;
    UniqueInstanceID  STRING(64)  [since 24];
}
then agent_id_long

/// Confirms that the session is open, and what the client may do in it.
OPEN_CONF = 4 => OpenConf, from Server;
fixed {
    InvokeID                 UINT   => invoke_id: InvokeId;
    ServicesGranted          UINT   => services_granted: CtiServiceMask;
    MonitorID                UINT   => monitor_id: MonitorId, "The monitor that the open made; 0 for none";
    PGStatus                 UINT   => pg_status: PgStatusCode, "0 if all is well";
    ICMCentralControllerTime TIME   => icm_central_controller_time: Time;
    PeripheralOnline         BOOL   => peripheral_online: Bool;
    PeripheralType           USHORT => peripheral_type: PeripheralType;
    AgentState               USHORT => agent_state: AgentState, "For Client Events sessions";
    DepartmentID             INT    => department_id: DepartmentId [since 19];
    SessionType              USHORT => session_type: SessionType [since 24];
}
floating {
    AgentExtension  STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "For Client Events sessions with an agent logged in";
    AgentID         STRING(12)  => agent_id: Str<'a> = AGENT_ID [conditional], "For Client Events sessions with an agent logged in";
    AgentInstrument STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "For Client Events sessions with an agent logged in";
    NumPeripherals  USHORT      counts peripherals = NUM_PERIPHERALS [since 14], "0 if OPEN_REQ named a peripheral";
    AgentPeripheral ENTRIES     entries peripherals: AgentPeripheral [count NumPeripherals];
}
then agent_id_long

/// Asks whether the server is still there.
HEARTBEAT_REQ = 5 => HeartbeatReq, from Client, confirmed by HeartbeatConf;

/// Says that the server is still there.
HEARTBEAT_CONF = 6 => HeartbeatConf, from Server;

/// Ends the session in good order.
CLOSE_REQ = 7 => CloseReq, from Client, confirmed by CloseConf;
fixed {
    InvokeID UINT => invoke_id: InvokeId;
    Status   UINT => status: StatusCode;
}
floating {}

/// Confirms that the session has ended.
CLOSE_CONF = 8 => CloseConf, from Server;
}

entries! {
    /// A peripheral, and whether its agents control several lines.
    AgentPeripheral;
    floating {
        FltPeripheralID       UINT   => flt_peripheral_id: PeripheralId = PERIPHERAL_ID [since 14, count NumPeripherals];
        MultilineAgentControl USHORT => multiline_agent_control: MultilineAgentControl = MULTI_LINE_AGENT_CONTROL [since 14, count NumPeripherals];
    }
}
