//! Client Control Service: controlling calls and agents.

use super::call_variables::call_variables;
use super::tag_table_lines::{agent_id_long, cti_os_cil_client_id};
use crate::codec::macros::{entries, messages};
use crate::message::client_events::{ConnectedParty, CtiClient};
use crate::types::id::{
    CallId, DepartmentId, IcmAgentId, InvokeId, LineHandle, MrdId, PeripheralId, SkillGroupId,
    SkillGroupNumber,
};
use crate::types::named_values::{
    AgentAction, AgentAvailabilityStatus, AgentInternalState, AgentMode, AgentServiceRequest, AgentState,
    AgentStateMask, AgentWorkMode, AllocationState, AnswerDetectMode, AnsweringMachine, CallControlMask,
    CallEventMask, CallMannerType, CallOption, CallPlacementType, CallType, ClassOfDevice,
    ConnectionDeviceIdType, ConsultType, ControlFailureCode, DestinationCountry, DeviceIdType,
    DispositionCode, EnabledService, FacilityType, ForcedFlag, LineType, LocalConnectionState,
    OtherFeatureMask, PeripheralType, PlayToneDirection, SilentMonitorStatus, SsoEnabled,
    TransferConferenceSetupMask, TypeOfDevice,
};
use crate::types::scalar::Bool;
use crate::types::text::{Bytes, NamedArray, NamedVariable, Secret, Str};

messages! {
($) ClientControl, "Client Control Service";

/// Refuses a client control request, in place of its confirmation.
CONTROL_FAILURE_CONF = 35 => ControlFailureConf, from Server;
fixed {
    InvokeID            UINT   => invoke_id: InvokeId;
    FailureCode         USHORT => failure_code: ControlFailureCode;
    PeripheralErrorCode UINT   => peripheral_error_code: u32;
}
floating {}
then cti_os_cil_client_id

/// Asks for the state of an agent.
QUERY_AGENT_STATE_REQ = 36 => QueryAgentStateReq, from Client, confirmed by QueryAgentStateConf;
fixed {
    InvokeID     UINT => invoke_id: InvokeId;
    PeripheralID UINT => peripheral_id: Option<PeripheralId>;
    MRDID        INT  => mrd_id: MrdId, "Has to be given";
    ICMAgentID   INT  => icm_agent_id: IcmAgentId, "This or one of extension, ID and instrument has to be given";
}
floating {
    AgentExtension  STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "This or one of ICMAgentID, ID and instrument has to be given";
    AgentID         STRING(12)  => agent_id: Str<'a> = AGENT_ID [conditional], "See the extension";
    AgentInstrument STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "See the extension";
}
then agent_id_long

/// The state of an agent, with tasks and skill groups.
QUERY_AGENT_STATE_CONF = 37 => QueryAgentStateConf, from Server;
fixed {
    InvokeID                UINT   => invoke_id: InvokeId;
    AgentState              USHORT => agent_state: AgentState;
    NumSkillGroups          USHORT counts skill_groups [max 20];
    MRDID                   INT    => mrd_id: MrdId;
    NumTasks                UINT   => num_tasks: u32;
    AgentMode               USHORT => agent_mode: AgentMode, "Versions 14 to 17 print the two numbers the other way round";
    MaxTaskLimit            UINT   => max_task_limit: u32;
    ICMAgentID              INT    => icm_agent_id: IcmAgentId;
    AgentAvailabilityStatus UINT   => agent_availability_status: AgentAvailabilityStatus;
    DepartmentID            INT    => department_id: DepartmentId [since 19];
}
floating {
    AgentID            STRING(12)  => agent_id: Str<'a> = AGENT_ID, "If an agent is logged in there";
    AgentExtension     STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION, "If an agent is logged in there";
    AgentInstrument    STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT, "If an agent is logged in there";
    AgentSkillGroup    ENTRIES     entries skill_groups: AgentSkillGroup [count NumSkillGroups];
    InternalAgentState USHORT      => internal_agent_state: AgentInternalState = INTERNAL_AGENT_STATE [since 19];
    MaxBeyondTaskLimit UINT        => max_beyond_task_limit: u32 = MAX_BEYOND_TASK_LIMIT [since 22];
}
then agent_id_long

/// Changes the state of an agent; logs in and out.
SET_AGENT_STATE_REQ = 38 => SetAgentStateReq, from Client, confirmed by SetAgentStateConf;
fixed {
    InvokeID        UINT   => invoke_id: InvokeId;
    PeripheralID    UINT   => peripheral_id: Option<PeripheralId>;
    AgentState      USHORT => agent_state: AgentState;
    AgentWorkMode   USHORT => agent_work_mode: AgentWorkMode, "To log in a remote agent: `RA_CALL_BY_CALL` or `RA_NAILED_CONNECTION`";
    NumSkillGroups  USHORT counts skill_groups [max 10];
    EventReasonCode USHORT => event_reason_code: u16, "The peripheral's own number";
    ForcedFlag      UCHAR  => forced_flag: ForcedFlag [since 10], "For login and logout; the CTI server does not use 2";
    AgentServiceReq UINT   => agent_service_req: AgentServiceRequest [since 12], "The services that the agent expects";
}
floating {
    AgentInstrument STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT [required];
    ActiveTerminal  STRING(64)  => active_terminal: Str<'a> = FLT_TERM_DEVICE_NAME [since 24], "The device that the agent chose, if any";
    AgentID         STRING(12)  => agent_id: Str<'a> = AGENT_ID [conditional], "Needed to log in and out";
    AgentPassword   STRING(64)  => agent_password: Secret<Str<'a>> = AGENT_PASSWORD [conditional], "Needed to log in and out, but not with single sign-on";
    PositionID      STRING(12)  => position_id: Str<'a> = POSITION_ID, "Some peripherals need it to log in";
    SupervisorID    STRING(12)  => supervisor_id: Str<'a> = SUPERVISOR_ID, "Some peripherals need it to log in";
    SSOEnabled      USHORT      => sso_enabled: SsoEnabled = SSO_ENABLED [since 20], "To log in; its type is not printed";
    LoginSkillGroup ENTRIES     entries skill_groups: LoginSkillGroup [count NumSkillGroups];
}
then agent_id_long

/// Confirms that a SET_AGENT_STATE_REQ arrived.
SET_AGENT_STATE_CONF = 39 => SetAgentStateConf, from Server;
fixed {
    InvokeID UINT => invoke_id: InvokeId;
}
floating {}
then agent_id_long

/// Holds the active call and takes the other one.
ALTERNATE_CALL_REQ = 40 => AlternateCallReq, from Client, confirmed by AlternateCallConf;
fixed {
    InvokeID                     UINT   => invoke_id: InvokeId;
    PeripheralID                 UINT   => peripheral_id: Option<PeripheralId>;
    ActiveConnectionCallID       UINT   => active_connection_call_id: Option<CallId>;
    OtherConnectionCallID        UINT   => other_connection_call_id: Option<CallId>;
    ActiveConnectionDeviceIDType USHORT => active_connection_device_id_type: ConnectionDeviceIdType;
    OtherConnectionDeviceIDType  USHORT => other_connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    ActiveConnectionDeviceID STRING(64) => active_connection_device_id: Str<'a> = ACTIVE_CONN_DEVID [required, call ActiveConnectionCallID];
    OtherConnectionDeviceID  STRING(64) => other_connection_device_id: Str<'a> = OTHER_CONN_DEVID [required, call OtherConnectionCallID];
    AgentInstrument          STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}
then cti_os_cil_client_id

/// Confirms that an ALTERNATE_CALL_REQ arrived.
ALTERNATE_CALL_CONF = 41 => AlternateCallConf, from Server;

/// Answers a call that rings.
ANSWER_CALL_REQ = 42 => AnswerCallReq, from Client, confirmed by AnswerCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>, "None for any call that rings";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [conditional, call ConnectionCallID], "Not where ConnectionCallID is null";
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "The instrument to answer with";
}
then cti_os_cil_client_id

/// Confirms that an ANSWER_CALL_REQ arrived.
ANSWER_CALL_CONF = 43 => AnswerCallConf, from Server;

/// Ends a call for all its devices.
CLEAR_CALL_REQ = 44 => ClearCallReq, from Client, confirmed by ClearCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}
then cti_os_cil_client_id

/// Confirms that a CLEAR_CALL_REQ arrived.
CLEAR_CALL_CONF = 45 => ClearCallConf, from Server;

/// Takes one device out of a call.
CLEAR_CONNECTION_REQ = 46 => ClearConnectionReq, from Client, confirmed by ClearConnectionConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    ConnectionDeviceID     STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    AgentInstrument        STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT, "The instrument to release";
    CTIOSCILClientID       STRING(64) => cti_os_cil_client_id: Str<'a> = CTIOS_CIL_CLIENT_ID [since 11, until 24], "Of the CTI OS client behind the session";
    RequestingDeviceID     STRING(64) => requesting_device_id: Str<'a> = REQUESTING_DEVICE_ID [since 14], "The device that asks for it";
    RequestingDeviceIDType USHORT     => requesting_device_id_type: DeviceIdType = REQUESTING_DEVICE_ID_TYPE [since 14];
}

/// Confirms that a CLEAR_CONNECTION_REQ arrived.
CLEAR_CONNECTION_CONF = 47 => ClearConnectionConf, from Server;

/// Joins a held and an active call, or calls a third party in one step.
CONFERENCE_CALL_REQ = 48 => ConferenceCallReq, from Client, confirmed by ConferenceCallConf;
fixed {
    InvokeID                     UINT   => invoke_id: InvokeId;
    PeripheralID                 UINT   => peripheral_id: Option<PeripheralId>;
    HeldConnectionCallID         UINT   => held_connection_call_id: Option<CallId>;
    ActiveConnectionCallID       UINT   => active_connection_call_id: Option<CallId>;
    HeldConnectionDeviceIDType   USHORT => held_connection_device_id_type: ConnectionDeviceIdType;
    ActiveConnectionDeviceIDType USHORT => active_connection_device_id_type: ConnectionDeviceIdType;
    CallPlacementType            USHORT => call_placement_type: CallPlacementType;
    CallMannerType               USHORT => call_manner_type: CallMannerType;
    AlertRings                   USHORT => alert_rings: u16, "0 for the peripheral's default";
    CallOption                   USHORT => call_option: CallOption;
    FacilityType                 USHORT => facility_type: FacilityType;
    AnsweringMachine             USHORT => answering_machine: AnsweringMachine;
    Priority                     BOOL   => priority: Bool;
    PostRoute                    BOOL   => post_route: Bool, "Unified CCE does not use it";
    NumNamedVariables            USHORT counts named_variables;
    NumNamedArrays               USHORT counts named_arrays;
}
floating {
    ActiveConnectionDeviceID STRING(64)      => active_connection_device_id: Str<'a> = ACTIVE_CONN_DEVID [required, call ActiveConnectionCallID];
    HeldConnectionDeviceID   STRING(64)      => held_connection_device_id: Str<'a> = HELD_CONN_DEVID [conditional, call HeldConnectionCallID], "This or a DialedNumber has to be given";
    AgentInstrument          STRING(64)      => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
    DialedNumber             STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER [conditional], "For a conference in one step; this or a HeldConnectionDeviceID has to be given";
    UserToUserInfo           UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
}
then call_variables
floating {
    CallWrapupData           STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
    NamedVariable            NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
    NamedArray               NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    FacilityCode             STRING(40)      => facility_code: Str<'a> = FACILITY_CODE;
    AuthorizationCode        STRING(40)      => authorization_code: Str<'a> = AUTHORIZATION_CODE;
    AccountCode              STRING(40)      => account_code: Str<'a> = ACCOUNT_CODE;
}

/// Confirms a conference: the new call, and its parties.
CONFERENCE_CALL_CONF = 49 => ConferenceCallConf, from Server;
fixed {
    InvokeID                  UINT   => invoke_id: InvokeId;
    NewConnectionCallID       UINT   => new_connection_call_id: Option<CallId>;
    NewConnectionDeviceIDType USHORT => new_connection_device_id_type: ConnectionDeviceIdType;
    NumParties                USHORT counts parties [max 16];
    LineHandle                USHORT => line_handle: Option<LineHandle>;
    LineType                  USHORT => line_type: LineType;
}
floating {
    NewConnectionDeviceID STRING(64) => new_connection_device_id: Str<'a> = NEW_CONNECTION_DEVID [call NewConnectionCallID];
    ConnectedParty        ENTRIES    entries parties: ConnectedParty<'a> [count NumParties];
}

/// Holds the active call and makes another.
CONSULTATION_CALL_REQ = 50 => ConsultationCallReq, from Client, confirmed by ConsultationCallConf;
fixed {
    InvokeID                     UINT   => invoke_id: InvokeId;
    PeripheralID                 UINT   => peripheral_id: Option<PeripheralId>;
    ActiveConnectionCallID       UINT   => active_connection_call_id: Option<CallId>;
    ActiveConnectionDeviceIDType USHORT => active_connection_device_id_type: ConnectionDeviceIdType;
    CallPlacementType            USHORT => call_placement_type: CallPlacementType;
    CallMannerType               USHORT => call_manner_type: CallMannerType;
    ConsultType                  USHORT => consult_type: ConsultType;
    AlertRings                   USHORT => alert_rings: u16, "0 for the peripheral's default";
    CallOption                   USHORT => call_option: CallOption;
    FacilityType                 USHORT => facility_type: FacilityType;
    AnsweringMachine             USHORT => answering_machine: AnsweringMachine;
    Priority                     BOOL   => priority: Bool;
    PostRoute                    BOOL   => post_route: Bool, "Unified CCE does not use it";
    NumNamedVariables            USHORT counts named_variables;
    NumNamedArrays               USHORT counts named_arrays;
}
floating {
    ActiveConnectionDeviceID STRING(64)      => active_connection_device_id: Str<'a> = ACTIVE_CONN_DEVID [required, call ActiveConnectionCallID];
    DialedNumber             STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER [required];
    AgentInstrument          STRING(64)      => agent_instrument: Str<'a> = AGENT_INSTRUMENT, "The instrument to call from; some peripherals need it";
    UserToUserInfo           UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI, "Takes the place of the active call's value";
    CallVariable1            STRING(41)      => call_variable1: Str<'a> = CALL_VAR_1, "Takes the place of the active call's value";
    CallVariable2            STRING(41)      => call_variable2: Str<'a> = CALL_VAR_2, "Takes the place of the active call's value";
    CallVariable3            STRING(41)      => call_variable3: Str<'a> = CALL_VAR_3, "Takes the place of the active call's value";
    CallVariable4            STRING(41)      => call_variable4: Str<'a> = CALL_VAR_4, "Takes the place of the active call's value";
    CallVariable5            STRING(41)      => call_variable5: Str<'a> = CALL_VAR_5, "Takes the place of the active call's value";
    CallVariable6            STRING(41)      => call_variable6: Str<'a> = CALL_VAR_6, "Takes the place of the active call's value";
    CallVariable7            STRING(41)      => call_variable7: Str<'a> = CALL_VAR_7, "Takes the place of the active call's value";
    CallVariable8            STRING(41)      => call_variable8: Str<'a> = CALL_VAR_8, "Takes the place of the active call's value";
    CallVariable9            STRING(41)      => call_variable9: Str<'a> = CALL_VAR_9, "Takes the place of the active call's value";
    CallVariable10           STRING(41)      => call_variable10: Str<'a> = CALL_VAR_10, "Takes the place of the active call's value";
    CallWrapupData           STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA, "Takes the place of the active call's value";
    NamedVariable            NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
    NamedArray               NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    FacilityCode             STRING(40)      => facility_code: Str<'a> = FACILITY_CODE;
    AuthorizationCode        STRING(40)      => authorization_code: Str<'a> = AUTHORIZATION_CODE;
    AccountCode              STRING(40)      => account_code: Str<'a> = ACCOUNT_CODE;
}

/// Confirms a consultation: the new call.
CONSULTATION_CALL_CONF = 51 => ConsultationCallConf, from Server;
fixed {
    InvokeID                  UINT   => invoke_id: InvokeId;
    NewConnectionCallID       UINT   => new_connection_call_id: Option<CallId>;
    NewConnectionDeviceIDType USHORT => new_connection_device_id_type: ConnectionDeviceIdType;
    LineHandle                USHORT => line_handle: Option<LineHandle>;
    LineType                  USHORT => line_type: LineType;
}
floating {
    NewConnectionDeviceID STRING(64) => new_connection_device_id: Str<'a> = NEW_CONNECTION_DEVID [call NewConnectionCallID];
}

/// Sends a call that rings to another device.
DEFLECT_CALL_REQ = 52 => DeflectCallReq, from Client, confirmed by DeflectCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
    CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    CalledDeviceID     STRING(64) => called_device_id: Str<'a> = CALLED_DEVID [required, device CalledDeviceType];
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}
then cti_os_cil_client_id

/// Confirms that a DEFLECT_CALL_REQ arrived.
DEFLECT_CALL_CONF = 53 => DeflectCallConf, from Server;

/// Puts a call on hold.
HOLD_CALL_REQ = 54 => HoldCallReq, from Client, confirmed by HoldCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
    Reservation            BOOL   => reservation: Bool, "Whether the facility stays reserved for the held call";
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}
then cti_os_cil_client_id

/// Confirms that a HOLD_CALL_REQ arrived.
HOLD_CALL_CONF = 55 => HoldCallConf, from Server;

/// Makes a call.
MAKE_CALL_REQ = 56 => MakeCallReq, from Client, confirmed by MakeCallConf;
fixed {
    InvokeID          UINT   => invoke_id: InvokeId;
    PeripheralID      UINT   => peripheral_id: Option<PeripheralId>;
    CallPlacementType USHORT => call_placement_type: CallPlacementType;
    CallMannerType    USHORT => call_manner_type: CallMannerType;
    AlertRings        USHORT => alert_rings: u16, "0 for the peripheral's default";
    CallOption        USHORT => call_option: CallOption;
    FacilityType      USHORT => facility_type: FacilityType;
    AnsweringMachine  USHORT => answering_machine: AnsweringMachine;
    Priority          BOOL   => priority: Bool;
    PostRoute         BOOL   => post_route: Bool, "Unified CCE does not use it";
    NumNamedVariables USHORT counts named_variables;
    NumNamedArrays    USHORT counts named_arrays;
    SkillGroupNumber  UINT   => skill_group_number: Option<SkillGroupNumber> [since 14], "None for the default";
}
floating {
    AgentInstrument   STRING(64)      => agent_instrument: Str<'a> = AGENT_INSTRUMENT [required];
    DialedNumber      STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER [required];
    UserToUserInfo    UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
}
then call_variables
floating {
    CallWrapupData    STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
    NamedVariable     NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
    NamedArray        NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    FacilityCode      STRING(40)      => facility_code: Str<'a> = FACILITY_CODE;
    AuthorizationCode STRING(40)      => authorization_code: Str<'a> = AUTHORIZATION_CODE;
    AccountCode       STRING(40)      => account_code: Str<'a> = ACCOUNT_CODE;
    CCT               STRING(4)       => cct: Str<'a> = CALL_CONTROL_TABLE [conditional], "The call control table, needed for `CPT_OUTBOUND`";
}

/// Confirms a MAKE_CALL_REQ: the new call.
MAKE_CALL_CONF = 57 => MakeCallConf, from Server;
fixed {
    InvokeID                  UINT   => invoke_id: InvokeId;
    NewConnectionCallID       UINT   => new_connection_call_id: Option<CallId>;
    NewConnectionDeviceIDType USHORT => new_connection_device_id_type: ConnectionDeviceIdType;
    LineHandle                USHORT => line_handle: Option<LineHandle>;
    LineType                  USHORT => line_type: LineType;
}
floating {
    NewConnectionDeviceID STRING(64) => new_connection_device_id: Str<'a> = NEW_CONNECTION_DEVID [call NewConnectionCallID];
}

/// Makes a call that is to reach an agent only if somebody answers.
MAKE_PREDICTIVE_CALL_REQ = 58 => MakePredictiveCallReq, from Client, confirmed by MakePredictiveCallConf;
fixed {
    InvokeID             UINT   => invoke_id: InvokeId;
    PeripheralID         UINT   => peripheral_id: Option<PeripheralId>;
    CallPlacementType    USHORT => call_placement_type: CallPlacementType;
    CallMannerType       USHORT => call_manner_type: CallMannerType;
    AlertRings           USHORT => alert_rings: u16, "0 for the peripheral's default";
    CallOption           USHORT => call_option: CallOption;
    FacilityType         USHORT => facility_type: FacilityType;
    AnsweringMachine     USHORT => answering_machine: AnsweringMachine;
    Priority             BOOL   => priority: Bool;
    AllocationState      USHORT => allocation_state: AllocationState;
    DestinationCountry   USHORT => destination_country: DestinationCountry;
    AnswerDetectMode     USHORT => answer_detect_mode: AnswerDetectMode;
    AnswerDetectTime     USHORT => answer_detect_time: u16, "Seconds; 0 for the peripheral's default";
    AnswerDetectControl1 UINT   => answer_detect_control1: u32, "The peripheral's own number; 0 where unused";
    AnswerDetectControl2 UINT   => answer_detect_control2: u32, "The peripheral's own number; 0 where unused";
    NumNamedVariables    USHORT counts named_variables;
    NumNamedArrays       USHORT counts named_arrays;
}
floating {
    OriginatingDeviceID STRING(64)      => originating_device_id: Str<'a> = ORIGINATING_DEVID [required];
    DialedNumber        STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER [required];
    UserToUserInfo      UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
}
then call_variables
floating {
    CallWrapupData      STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
    NamedVariable       NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
    NamedArray          NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    FacilityCode        STRING(40)      => facility_code: Str<'a> = FACILITY_CODE;
    AuthorizationCode   STRING(40)      => authorization_code: Str<'a> = AUTHORIZATION_CODE;
    AccountCode         STRING(40)      => account_code: Str<'a> = ACCOUNT_CODE;
    OriginatingLineID   STRING(40)      => originating_line_id: Str<'a> = ORIGINATING_LINE_ID, "Not every ACD and trunk supports it";
    CCT                 STRING(4)       => cct: Str<'a> = CALL_CONTROL_TABLE [conditional], "The call control table, needed for `CPT_OUTBOUND`";
}

/// Confirms a MAKE_PREDICTIVE_CALL_REQ: the new call.
MAKE_PREDICTIVE_CALL_CONF = 59 => MakePredictiveCallConf, from Server;
fixed {
    InvokeID                  UINT   => invoke_id: InvokeId;
    NewConnectionCallID       UINT   => new_connection_call_id: Option<CallId>;
    NewConnectionDeviceIDType USHORT => new_connection_device_id_type: ConnectionDeviceIdType;
    LineHandle                USHORT => line_handle: Option<LineHandle>;
    LineType                  USHORT => line_type: LineType;
}
floating {
    NewConnectionDeviceID STRING(64) => new_connection_device_id: Str<'a> = NEW_CONNECTION_DEVID [call NewConnectionCallID];
}

/// Ends the active call and takes back the held one.
RECONNECT_CALL_REQ = 60 => ReconnectCallReq, from Client, confirmed by ReconnectCallConf;
fixed {
    InvokeID                     UINT   => invoke_id: InvokeId;
    PeripheralID                 UINT   => peripheral_id: Option<PeripheralId>;
    ActiveConnectionCallID       UINT   => active_connection_call_id: Option<CallId>;
    HeldConnectionCallID         UINT   => held_connection_call_id: Option<CallId>;
    ActiveConnectionDeviceIDType USHORT => active_connection_device_id_type: ConnectionDeviceIdType;
    HeldConnectionDeviceIDType   USHORT => held_connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    ActiveConnectionDeviceID STRING(64) => active_connection_device_id: Str<'a> = ACTIVE_CONN_DEVID [required, call ActiveConnectionCallID];
    HeldConnectionDeviceID   STRING(64) => held_connection_device_id: Str<'a> = HELD_CONN_DEVID [required, call HeldConnectionCallID];
    AgentInstrument          STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}
then cti_os_cil_client_id

/// Confirms that a RECONNECT_CALL_REQ arrived.
RECONNECT_CALL_CONF = 61 => ReconnectCallConf, from Server;

/// Takes back a held call.
RETRIEVE_CALL_REQ = 62 => RetrieveCallReq, from Client, confirmed by RetrieveCallConf;
fixed {
    InvokeID                   UINT   => invoke_id: InvokeId;
    PeripheralID               UINT   => peripheral_id: Option<PeripheralId>;
    HeldConnectionCallID       UINT   => held_connection_call_id: Option<CallId>;
    HeldConnectionDeviceIDType USHORT => held_connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    HeldConnectionDeviceID STRING(64) => held_connection_device_id: Str<'a> = HELD_CONN_DEVID [required, call HeldConnectionCallID];
    AgentInstrument        STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}
then cti_os_cil_client_id

/// Confirms that a RETRIEVE_CALL_REQ arrived.
RETRIEVE_CALL_CONF = 63 => RetrieveCallConf, from Server;

/// Connects a held to the active call, or sends the active one to a number in one step.
TRANSFER_CALL_REQ = 64 => TransferCallReq, from Client, confirmed by TransferCallConf;
fixed {
    InvokeID                     UINT   => invoke_id: InvokeId;
    PeripheralID                 UINT   => peripheral_id: Option<PeripheralId>;
    ActiveConnectionCallID       UINT   => active_connection_call_id: Option<CallId>;
    HeldConnectionCallID         UINT   => held_connection_call_id: Option<CallId>, "None to transfer in one step";
    ActiveConnectionDeviceIDType USHORT => active_connection_device_id_type: ConnectionDeviceIdType;
    HeldConnectionDeviceIDType   USHORT => held_connection_device_id_type: ConnectionDeviceIdType, "`CONNECTION_ID_NONE` to transfer in one step";
    CallPlacementType            USHORT => call_placement_type: CallPlacementType;
    CallMannerType               USHORT => call_manner_type: CallMannerType;
    AlertRings                   USHORT => alert_rings: u16, "0 for the peripheral's default";
    CallOption                   USHORT => call_option: CallOption;
    FacilityType                 USHORT => facility_type: FacilityType;
    AnsweringMachine             USHORT => answering_machine: AnsweringMachine;
    Priority                     BOOL   => priority: Bool;
    PostRoute                    BOOL   => post_route: Bool, "Unified CCE does not use it";
    NumNamedVariables            USHORT counts named_variables;
    NumNamedArrays               USHORT counts named_arrays;
}
floating {
    ActiveConnectionDeviceID STRING(64)      => active_connection_device_id: Str<'a> = ACTIVE_CONN_DEVID [required, call ActiveConnectionCallID];
    HeldConnectionDeviceID   STRING(64)      => held_connection_device_id: Str<'a> = HELD_CONN_DEVID [conditional, call HeldConnectionCallID], "This or a DialedNumber has to be given; absent to transfer in one step";
    AgentInstrument          STRING(64)      => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
    DialedNumber             STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER [conditional], "To transfer in one step; this or a HeldConnectionDeviceID has to be given";
    UserToUserInfo           UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
}
then call_variables
floating {
    CallWrapupData           STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
    NamedVariable            NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
    NamedArray               NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    FacilityCode             STRING(40)      => facility_code: Str<'a> = FACILITY_CODE;
    AuthorizationCode        STRING(40)      => authorization_code: Str<'a> = AUTHORIZATION_CODE;
    AccountCode              STRING(40)      => account_code: Str<'a> = ACCOUNT_CODE;
}

/// Confirms a transfer: the new call, and its parties.
TRANSFER_CALL_CONF = 65 => TransferCallConf, from Server;
fixed {
    InvokeID                  UINT   => invoke_id: InvokeId;
    NewConnectionCallID       UINT   => new_connection_call_id: Option<CallId>;
    NewConnectionDeviceIDType USHORT => new_connection_device_id_type: ConnectionDeviceIdType;
    NumParties                USHORT counts parties [max 16];
    LineHandle                USHORT => line_handle: Option<LineHandle>;
    LineType                  USHORT => line_type: LineType;
}
floating {
    NewConnectionDeviceID STRING(64) => new_connection_device_id: Str<'a> = NEW_CONNECTION_DEVID [call NewConnectionCallID];
    ConnectedParty        ENTRIES    entries parties: ConnectedParty<'a> [count NumParties];
}

/// Asks what a device is and can do.
QUERY_DEVICE_INFO_REQ = 78 => QueryDeviceInfoReq, from Client, confirmed by QueryDeviceInfoConf;
fixed {
    InvokeID     UINT   => invoke_id: InvokeId;
    PeripheralID UINT   => peripheral_id: Option<PeripheralId>;
    Reserved     USHORT => reserved: u16, "Has to be 0";
}
floating {
    AgentInstrument STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [required];
}

/// What a device is and can do.
QUERY_DEVICE_INFO_CONF = 79 => QueryDeviceInfoConf, from Server;
fixed {
    InvokeID                    UINT   => invoke_id: InvokeId;
    PeripheralType              USHORT => peripheral_type: PeripheralType;
    TypeOfDevice                USHORT => type_of_device: TypeOfDevice;
    ClassOfDevice               USHORT => class_of_device: ClassOfDevice, "One or several classes";
    NumLines                    USHORT counts lines [max 10];
    Reserved                    USHORT => reserved: u16;
    MaxActiveCalls              USHORT => max_active_calls: u16, "`0xFFFF` if unknown";
    MaxHeldCalls                USHORT => max_held_calls: u16, "`0xFFFF` if unknown";
    MaxDevicesInConference      USHORT => max_devices_in_conference: u16, "`0xFFFF` if unknown";
    MakeCallSetup               UINT   => make_call_setup: AgentStateMask, "The agent states in which MAKE_CALL_REQ is allowed";
    TransferConferenceSetup     UINT   => transfer_conference_setup: TransferConferenceSetupMask;
    CallEventsSupported         UINT   => call_events_supported: CallEventMask;
    CallControlSupported        UINT   => call_control_supported: CallControlMask;
    OtherFeaturesSupported      UINT   => other_features_supported: OtherFeatureMask;
    SupervisionServiceSupported UINT   => supervision_service_supported: u32 [until 9];
}
floating {
    Line ENTRIES entries lines: Line [count NumLines];
}

/// Asks for all that is known of a call.
SNAPSHOT_CALL_REQ = 82 => SnapshotCallReq, from Client, confirmed by SnapshotCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
}

/// All that is known of a call: data, clients, devices.
SNAPSHOT_CALL_CONF = 83 => SnapshotCallConf, from Server;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    CallType               USHORT => call_type: CallType;
    NumCTIClients          USHORT counts cti_clients;
    NumCallDevices         USHORT counts call_devices [max 16];
    NumNamedVariables      USHORT counts named_variables;
    NumNamedArrays         USHORT counts named_arrays;
    CalledPartyDisposition USHORT => called_party_disposition: DispositionCode;
}
floating {
    ANI                           STRING(40)      => ani: Str<'a> = ANI;
    UserToUserInfo                UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
    DNIS                          STRING(32)      => dnis: Str<'a> = DNIS;
    DialedNumber                  STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER;
    CallerEnteredDigits           STRING(40)      => caller_entered_digits: Str<'a> = CED;
    RouterCallKeyDay              UINT            => router_call_key_day: u32 = ROUTER_CALL_KEY_DAY [conditional], "For calls that were post-routed or translation-routed; with RouterCallKeyCallID the 64-bit key of the call";
    RouterCallKeyCallID           UINT            => router_call_key_call_id: u32 = ROUTER_CALL_KEY_CALLID [conditional], "Goes with RouterCallKeyDay; counts from midnight";
}
then call_variables
floating {
    CallWrapupData                STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
    NamedVariable                 NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
    NamedArray                    NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    CtiClient                     ENTRIES         entries cti_clients: CtiClient<'a> [count NumCTIClients];
    CallDevice                    ENTRIES         entries call_devices: CallDevice<'a> [count NumCallDevices];
    CallReferenceID               UNSPEC(32)      => call_reference_id: Bytes<'a> = CALL_REFERENCE_ID [since 14], "A unique name of the call, where Unified CM gives one";
    COCConnectionCallID           UINT            => coc_connection_call_id: CallId = COC_CONNECTION_CALL_ID [since 14], "If there, the call was made on behalf of this consultation call";
    COCCallConnectionDeviceIDType USHORT          => coc_call_connection_device_id_type: ConnectionDeviceIdType = COC_CONNECTION_DEVICE_ID_TYPE [since 14], "Kind of the original call's device identifier";
    COCCallConnectionDeviceID     STRING(64)      => coc_call_connection_device_id: Str<'a> = COC_CONNECTION_DEVICE_ID [since 14], "The original call's device identifier";
    ProtocolReferenceGUID         STRING(40)      => protocol_reference_guid: Str<'a> = PROTOCOL_REFERENCE_GUID [since 24];
    CcaiConfigId                  STRING(40)      => ccai_config_id: Str<'a> = CCAI_CONFIG_ID [since 24];
    NumOfEnabledServices          USHORT          counts enabled_services = NUM_OF_ENABLED_SERVICES [since 24], "0 if no service is enabled";
    FltEnabledServices            USHORT_ARRAY    list enabled_services: EnabledService = FLT_ENABLED_SERVICES [since 24, count NumOfEnabledServices], "The numbers are not printed with this message";
    ANI_II                        STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Only the tag table names it";
}

/// Asks for the calls at a device.
SNAPSHOT_DEVICE_REQ = 84 => SnapshotDeviceReq, from Client, confirmed by SnapshotDeviceConf;
fixed {
    InvokeID           UINT   => invoke_id: InvokeId;
    PeripheralID       UINT   => peripheral_id: Option<PeripheralId>;
    SnapshotDeviceType USHORT => snapshot_device_type: DeviceIdType [since 10], "Kind of the device in AgentInstrument, where it is not an agent's";
}
floating {
    AgentInstrument STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [required, device SnapshotDeviceType];
}

/// The calls at a device.
SNAPSHOT_DEVICE_CONF = 85 => SnapshotDeviceConf, from Server;
fixed {
    InvokeID UINT   => invoke_id: InvokeId;
    NumCalls USHORT counts calls [max 16];
}
floating {
    DeviceCall ENTRIES entries calls: DeviceCall<'a> [count NumCalls];
}

/// Sends DTMF tones.
SEND_DTMF_SIGNAL_REQ = 91 => SendDtmfSignalReq, from Client, confirmed by SendDtmfSignalConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
    ToneDuration           USHORT => tone_duration: u16, "Milliseconds; 0 for the default";
    PauseDuration          UINT   => pause_duration: u32, "Milliseconds between digits; 0 for the default";
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    DTMFString         STRING(32) => dtmf_string: Str<'a> = DTMF_STRING [required];
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
    CTIOSCILClientID   STRING(64) => cti_os_cil_client_id: Str<'a> = CTIOS_CIL_CLIENT_ID [since 11, until 24], "Of the CTI OS client behind the session";
}

/// Confirms that a SEND_DTMF_SIGNAL_REQ arrived.
SEND_DTMF_SIGNAL_CONF = 92 => SendDtmfSignalConf, from Server;

/// Calls the supervisor of an agent for help.
SUPERVISOR_ASSIST_REQ = 118 => SupervisorAssistReq, from Client, confirmed by SupervisorAssistConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>, "None if no call is concerned";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [conditional, call ConnectionCallID], "Not where ConnectionCallID is null";
    AgentExtension     STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "Bridge clients give an extension, an ID or an instrument";
    AgentID            STRING(12) => agent_id: Str<'a> = AGENT_ID [conditional], "Bridge clients give an extension, an ID or an instrument";
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "Bridge clients give an extension, an ID or an instrument";
}

/// Confirms that a supervisor is called; names the call.
SUPERVISOR_ASSIST_CONF = 119 => SupervisorAssistConf, from Server;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>, "The call to the supervisor";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
    LineHandle             USHORT => line_handle: Option<LineHandle>, "`0xFFFF` if unknown";
    LineType               USHORT => line_type: LineType;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
}

/// Marks the line of a call as bad.
BAD_CALL_REQ = 139 => BadCallReq, from Client, confirmed by BadCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
    AgentID            STRING(12) => agent_id: Str<'a> = AGENT_ID;
}

/// Confirms a BAD_CALL_REQ.
BAD_CALL_CONF = 140 => BadCallConf, from Server;

/// Stops, disables or enables the agent greeting.
AGENT_GREETING_CONTROL_REQ = 249 => AgentGreetingControlReq, from Client, confirmed by AgentGreetingControlConf, since 15;
fixed {
    InvokeID     UINT   => invoke_id: InvokeId;
    PeripheralID UINT   => peripheral_id: Option<PeripheralId>;
    AgentAction  USHORT => agent_action: AgentAction, "To disable does not stop a greeting that plays";
}
floating {
    AgentID STRING(12) => agent_id: Str<'a> = AGENT_ID [required];
}

/// Confirms an AGENT_GREETING_CONTROL_REQ.
AGENT_GREETING_CONTROL_CONF = 250 => AgentGreetingControlConf, from Server, since 15;

/// Asks to record a call in the network.
START_NETWORK_RECORDING_REQ = 268 => StartNetworkRecordingReq, from Client, confirmed by StartNetworkRecordingConf, since 23;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    PlayToneDirection  USHORT     => play_tone_direction: PlayToneDirection = PLAY_TONE_DIRECTION, "Without it there is no tone";
    InvocationType     USHORT     => invocation_type: u16 = INVOCATION_TYPE, "Silent (not shown on the device) or user recording; the numbers are not printed; silent without it";
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}

/// Confirms that a START_NETWORK_RECORDING_REQ arrived, not that recording began.
START_NETWORK_RECORDING_CONF = 269 => StartNetworkRecordingConf, from Server, since 23;

/// Asks to end a recording in the network.
STOP_NETWORK_RECORDING_REQ = 270 => StopNetworkRecordingReq, from Client, confirmed by StopNetworkRecordingConf, since 23;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
}
floating {
    InvocationType     USHORT     => invocation_type: u16 = INVOCATION_TYPE, "The same as when the recording was started; silent without it";
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
}

/// Confirms that a STOP_NETWORK_RECORDING_REQ arrived, not that recording ended.
STOP_NETWORK_RECORDING_CONF = 271 => StopNetworkRecordingConf, from Server, since 23;
}

entries! {
    /// A skill group of an agent, and the agent's state in it.
    AgentSkillGroup;
    floating {
        SkillGroupNumber   UINT   => skill_group_number: SkillGroupNumber = SKILL_GROUP_NUMBER [nullable, count NumSkillGroups];
        SkillGroupID       UINT   => skill_group_id: SkillGroupId = SKILL_GROUP_ID [nullable, count NumSkillGroups];
        SkillGroupPriority USHORT => skill_group_priority: u16 = SKILL_GROUP_PRIORITY [count NumSkillGroups], "0 where there is none";
        SkillGroupState    USHORT => skill_group_state: AgentState = SKILL_GROUP_STATE [count NumSkillGroups];
    }

    /// A skill group to log in to or out of.
    LoginSkillGroup;
    floating {
        SkillGroupNumber   INT    => skill_group_number: SkillGroupNumber = SKILL_GROUP_NUMBER [nullable, count NumSkillGroups], "Some peripherals need them to log in and out; logging out without any means all";
        SkillGroupPriority USHORT => skill_group_priority: u16 = SKILL_GROUP_PRIORITY [count NumSkillGroups], "0 where there is none";
    }

    /// A line of a device.
    Line;
    floating {
        LineHandle USHORT => line_handle: LineHandle = LINE_HANDLE [nullable, count NumLines];
        LineType   USHORT => line_type: LineType = LINE_TYPE [count NumLines];
    }

    /// A device of a call, with its connection.
    CallDevice<'a>;
    floating {
        CallConnectionCallID       UINT       => call_connection_call_id: CallId = CALL_CONN_CALLID [count NumCallDevices];
        CallConnectionDeviceIDType USHORT     => call_connection_device_id_type: ConnectionDeviceIdType = CALL_CONN_DEVID_TYPE [count NumCallDevices];
        CallConnectionDeviceID     STRING(64) => call_connection_device_id: Str<'a> = CALL_CONN_DEVID [count NumCallDevices];
        CallDeviceType             USHORT     => call_device_type: DeviceIdType = CALL_DEVID_TYPE [count NumCallDevices], "Kind of the CallDeviceID";
        CallDeviceID               STRING(64) => call_device_id: Str<'a> = CALL_DEVID [count NumCallDevices];
        CallDeviceConnectionState  USHORT     => call_device_connection_state: LocalConnectionState = CALL_DEV_CONN_STATE [count NumCallDevices];
    }

    /// A call at a device.
    DeviceCall<'a>;
    floating {
        CallConnectionCallID       UINT       => call_connection_call_id: CallId = CALL_CONN_CALLID [count NumCalls];
        CallConnectionDeviceIDType USHORT     => call_connection_device_id_type: ConnectionDeviceIdType = CALL_CONN_DEVID_TYPE [count NumCalls];
        CallConnectionDeviceID     STRING(64) => call_connection_device_id: Str<'a> = CALL_CONN_DEVID [count NumCalls];
        CallState                  USHORT     => call_state: LocalConnectionState = CALL_STATE [count NumCalls];
        SilentMonitorStatus        USHORT     => silent_monitor_status: SilentMonitorStatus = SILENT_MONITOR_STATUS [since 11, count NumCalls];
    }
}
