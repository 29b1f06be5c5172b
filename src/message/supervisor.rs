//! Supervisor Service: agent teams and supervised calls.

use super::tag_table_lines::{agent_id_long, cti_os_cil_client_id};
use crate::codec::macros::{entries, messages};
use crate::types::id::{
    CallId, DepartmentId, InvokeId, LineHandle, MonitorId, PeripheralId, SessionId, SkillTargetId, TeamId,
};
use crate::types::named_values::{
    AgentFlags, AgentState, ConnectionDeviceIdType, LineType, More, SupervisoryAction, TeamConfigOperation,
};
use crate::types::text::Str;

messages! {
($) Supervisor, "Supervisor Service";

/// Declares a call to be an emergency.
EMERGENCY_CALL_REQ = 121 => EmergencyCallReq, from Client, confirmed by EmergencyCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>, "The ACD with the call";
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>, "None if no call is concerned";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [conditional, call ConnectionCallID];
    AgentExtension     STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "Bridge clients give an extension, an ID or an instrument";
    AgentID            STRING(12) => agent_id: Str<'a> = AGENT_ID [conditional], "Bridge clients give an extension, an ID or an instrument";
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "Bridge clients give an extension, an ID or an instrument";
}

/// Confirms an EMERGENCY_CALL_REQ; names the new call.
EMERGENCY_CALL_CONF = 122 => EmergencyCallConf, from Server;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>, "The new call";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
    LineHandle             USHORT => line_handle: Option<LineHandle>;
    LineType               USHORT => line_type: LineType;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
}

/// An agent declared a call to be an emergency (for bridge clients).
EMERGENCY_CALL_EVENT = 123 => EmergencyCallEvent, from Server;
fixed {
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>, "The ACD with the call";
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
    SessionID              UINT   => session_id: SessionId, "The session of the client that told";
}
floating {
    ConnectionDeviceID STRING(64)  => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
    ClientID           STRING(64)  => client_id: Str<'a> = CLIENT_ID, "The client that told";
    ClientAddress      STRING(64)  => client_address: Str<'a> = CLIENT_ADDRESS, "IP address of that client";
    AgentExtension     STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION;
    AgentID            STRING(12)  => agent_id: Str<'a> = AGENT_ID;
    AgentInstrument    STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
    ClientAddressIPV6  STRING(16)  => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
}
then agent_id_long

/// Supervises the call of an agent, or stops doing so.
SUPERVISE_CALL_REQ = 124 => SuperviseCallReq, from Client, confirmed by SuperviseCallConf;
fixed {
    InvokeID                         UINT   => invoke_id: InvokeId;
    PeripheralID                     UINT   => peripheral_id: Option<PeripheralId>, "The ACD with the call";
    AgentConnectionCallID            UINT   => agent_connection_call_id: Option<CallId>, "None for the agent's active call";
    SupervisorConnectionCallID       UINT   => supervisor_connection_call_id: Option<CallId>, "None if the supervisor has no call";
    AgentConnectionDeviceIDType      USHORT => agent_connection_device_id_type: ConnectionDeviceIdType, "Kind of the AgentConnectionDeviceID";
    SupervisorConnectionDeviceIDType USHORT => supervisor_connection_device_id_type: ConnectionDeviceIdType, "Kind of the SupervisorConnectionDeviceID";
    SupervisoryAction                USHORT => supervisory_action: SupervisoryAction;
}
floating {
    AgentConnectionDeviceID      STRING(64)  => agent_connection_device_id: Str<'a> = AGENT_CONNECTION_DEVID [conditional, call AgentConnectionCallID], "Either the agent's connection, or an extension, an ID or an instrument";
    SupervisorConnectionDeviceID STRING(64)  => supervisor_connection_device_id: Str<'a> = SUPERVISOR_CONNECTION_DEVID [conditional, call SupervisorConnectionCallID], "The supervisor's connection; the rule of AgentConnectionDeviceID is printed here too";
    AgentExtension               STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "Either the agent's connection, or an extension, an ID or an instrument";
    AgentID                      STRING(12)  => agent_id: Str<'a> = AGENT_ID [conditional], "Either the agent's connection, or an extension, an ID or an instrument";
    AgentInstrument              STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "Either the agent's connection, or an extension, an ID or an instrument";
    SupervisorInstrument         STRING(64)  => supervisor_instrument: Str<'a> = SUPERVISOR_INSTRUMENT [conditional], "Bridge clients have to give it";
}
then agent_id_long

/// Confirms a SUPERVISE_CALL_REQ; names the connection.
SUPERVISE_CALL_CONF = 125 => SuperviseCallConf, from Server;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID], "The connection of the agent";
}

/// The members of a supervisor's team, or a change of them.
AGENT_TEAM_CONFIG_EVENT = 128 => AgentTeamConfigEvent, from Server, masked by AGENT_TEAM_CONFIG_MASK;
fixed {
    PeripheralID    UINT   => peripheral_id: Option<PeripheralId>, "The ACD of the team";
    TeamID          UINT   => team_id: TeamId;
    NumberOfAgents  USHORT counts agents [max 64];
    ConfigOperation USHORT => config_operation: TeamConfigOperation;
    DepartmentID    INT    => department_id: DepartmentId [since 19];
}
floating {
    AgentTeamName STRING(32) => agent_team_name: Str<'a> = AGENT_TEAM_NAME [since 16];
    TeamAgent     ENTRIES    entries agents: TeamAgent<'a> [count NumberOfAgents];
}

/// Asks which teams a supervisor may monitor.
LIST_AGENT_TEAM_REQ = 133 => ListAgentTeamReq, from Client, confirmed by ListAgentTeamConf;
fixed {
    InvokeID     UINT => invoke_id: InvokeId;
    SupervisorID UINT => supervisor_id: SkillTargetId, "The skill target ID of the supervisor who asks";
}
floating {}

/// Teams that a supervisor may monitor, one segment of the list.
LIST_AGENT_TEAM_CONF = 134 => ListAgentTeamConf, from Server;
fixed {
    InvokeID           UINT   => invoke_id: InvokeId;
    NumberOfAgentTeams USHORT counts teams [max 64];
    SegmentNumber      USHORT => segment_number: u16, "Which segment this is";
    More               USHORT => more: More;
}
floating {
    TeamID UINT list teams: TeamId = LIST_TEAM_ID [count NumberOfAgentTeams];
}

/// Monitors an agent team.
MONITOR_AGENT_TEAM_START_REQ = 135 => MonitorAgentTeamStartReq, from Client, confirmed by MonitorAgentTeamStartConf;
fixed {
    InvokeID UINT => invoke_id: InvokeId;
    TeamID   UINT => team_id: TeamId;
}
floating {}
then cti_os_cil_client_id

/// Confirms a team monitor, and tells its identifier.
MONITOR_AGENT_TEAM_START_CONF = 136 => MonitorAgentTeamStartConf, from Server;
fixed {
    InvokeID  UINT => invoke_id: InvokeId;
    MonitorID UINT => monitor_id: MonitorId;
}
floating {}

/// Ends a team monitor.
MONITOR_AGENT_TEAM_STOP_REQ = 137 => MonitorAgentTeamStopReq, from Client, confirmed by MonitorAgentTeamStopConf;
fixed {
    InvokeID  UINT => invoke_id: InvokeId;
    MonitorID UINT => monitor_id: MonitorId;
}
floating {}
then cti_os_cil_client_id

/// Confirms that the team monitor is gone.
MONITOR_AGENT_TEAM_STOP_CONF = 138 => MonitorAgentTeamStopConf, from Server;
}

entries! {
    /// A member of an agent team.
    TeamAgent<'a>;
    floating {
        AtcAgentID       STRING(12) => atc_agent_id: Str<'a> = ATC_AGENT_ID [count NumberOfAgents], "A member of the team, or its supervisor";
        AgentFlags       USHORT     => agent_flags: AgentFlags = AGENT_FLAGS [count NumberOfAgents], "0 for a regular agent";
        AtcAgentState    USHORT     => atc_agent_state: AgentState = ATC_AGENT_STATE [count NumberOfAgents], "The state over all skill groups";
        AtcStateDuration UINT       => atc_state_duration: u32 = ATC_STATE_DURATION [count NumberOfAgents], "Seconds in that state";
    }
}
