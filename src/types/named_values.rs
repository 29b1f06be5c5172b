//! The values that have names, as types: the guide's tables of values, and those printed with a field.
//!
//! The constants have the guide's names.

use crate::types::scalar::value_tables;

value_tables! {
    /// The state of an agent as the peripheral sees it.
    enum AgentInternalState(u16, "AgentInternalState") {
        AGENT_STATE_LOGIN = 0 "logged in, perhaps not ready";
        AGENT_STATE_LOGOUT = 1 "logged out";
        AGENT_STATE_NOT_READY = 2 "takes no calls";
        AGENT_STATE_AVAILABLE = 3 "waits for a call";
        AGENT_STATE_TALKING = 4 "on a call";
        AGENT_STATE_WORK_NOT_READY = 5 "works after a call, then will not be ready";
        AGENT_STATE_WORK_READY = 6 "works after a call, then will be ready";
        AGENT_STATE_BUSY_OTHER = 7 "busy in another skill group";
        AGENT_STATE_ACTIVE = 11 "works on a task";
    }

    /// What an agent who logs in is ready for.
    mask AgentServiceRequest(u32, "AgentServiceRequest") {
        OUTBOUND_SUPPORT = 0x00000001 "takes outbound work";
    }

    /// The state of an agent.
    enum AgentState(u16, "AgentState", none 9) {
        AGENT_STATE_LOGIN = 0 "logged in, perhaps not ready";
        AGENT_STATE_LOGOUT = 1 "logged out";
        AGENT_STATE_NOT_READY = 2 "takes no calls";
        AGENT_STATE_AVAILABLE = 3 "waits for a call";
        AGENT_STATE_TALKING = 4 "on a call";
        AGENT_STATE_WORK_NOT_READY = 5 "works after a call, then will not be ready";
        AGENT_STATE_WORK_READY = 6 "works after a call, then will be ready";
        AGENT_STATE_BUSY_OTHER = 7 "busy in another skill group";
        AGENT_STATE_RESERVED = 8 "kept for a call on its way";
        AGENT_STATE_UNKNOWN = 9 "not known";
        AGENT_STATE_HOLD = 10 "has all calls on hold";
        AGENT_STATE_ACTIVE = 11 "works on a task";
        AGENT_STATE_PAUSED = 12 "has paused a task";
        AGENT_STATE_INTERRUPTED = 13 "was interrupted in a task";
        AGENT_STATE_NOT_ACTIVE = 14 "has no task in work";
    }

    /// Which agent states a monitor lets through.
    mask AgentStateMask(u32, "AgentStateMask") {
        AGENT_LOGIN_MASK = 0x00000001;
        AGENT_LOGOUT_MASK = 0x00000002;
        AGENT_NOT_READY_MASK = 0x00000004;
        AGENT_AVAILABLE_MASK = 0x00000008;
        AGENT_TALKING_MASK = 0x00000010;
        AGENT_WORK_NOT_READY_MASK = 0x00000020;
        AGENT_WORK_READY_MASK = 0x00000040;
        AGENT_BUSY_OTHER_MASK = 0x00000080;
        AGENT_RESERVED_MASK = 0x00000100;
        AGENT_HOLD_MASK = 0x00000200;
        AGENT_ACTIVE_MASK = 0x00000400;
        AGENT_PAUSED_MASK = 0x00000800;
        AGENT_INTERRUPTED_MASK = 0x00001000;
        AGENT_NOT_ACTIVE_MASK = 0x00002000;
    }

    /// How an agent works.
    enum AgentWorkMode(u16, "AgentWorkMode") {
        AWM_UNSPECIFIED = 0 "default";
        AWM_AUTO_IN = 1 "becomes available after a call";
        AWM_MANUAL_IN = 2 "has to say so to become available after a call";
        RA_CALL_BY_CALL = 3 "remote, called for each call";
        RA_NAILED_CONNECTION = 4 "remote, connected for good";
    }

    /// When the originator of a predictive call joins.
    enum AllocationState(u16, "AllocationState") {
        ALLOC_CALL_DELIVERED = 0 "joins the originator when it rings";
        ALLOC_CALL_ESTABLISHED = 1 "joins the originator when it is answered";
    }

    /// How to tell a machine from a person.
    enum AnswerDetectMode(u16, "AnswerDetectMode") {
        ADM_UNSPECIFIED = 0 "default";
        ADM_VOICE_THRESHOLD = 1 "a first voice that lasts long is a machine";
        ADM_VOICE_END = 2 "told when the first voice ends";
        ADM_VOICE_END_DELAY = 3 "told some time after the first voice ends";
        ADM_VOICE_AND_BEEP = 4 "told when a beep follows a voice";
        ADM_BEEP = 5 "told when there is a beep";
    }

    /// What to do when a machine answers.
    enum AnsweringMachine(u16, "AnsweringMachine") {
        AM_UNSPECIFIED = 0 "default";
        AM_CONNECT = 1 "connect a machine to an agent";
        AM_DISCONNECT = 2 "disconnect a machine";
        AM_NONE = 3 "do not detect machines";
        AM_NONE_NO_MODEM = 4 "do not detect machines, disconnect a modem";
        AM_CONNECT_NO_MODEM = 5 "connect a machine, disconnect a modem";
    }

    /// Services of a session.
    mask CtiServiceMask(u32, "CTIServiceMask") {
        CTI_SERVICE_CLIENT_EVENTS = 0x00000001 "events of calls and agent at one phone";
        CTI_SERVICE_CALL_DATA_UPDATE = 0x00000002 "may change the data of calls";
        CTI_SERVICE_CLIENT_CONTROL = 0x00000004 "may control calls and agent at one phone";
        CTI_SERVICE_CONNECTION_MONITOR = 0x00000008 "alarms tell when the session begins and ends";
        CTI_SERVICE_ALL_EVENTS = 0x00000010 "events of calls and agents at all phones";
        CTI_SERVICE_PERIPHERAL_MONITOR = 0x00000020 "may monitor devices and calls";
        CTI_SERVICE_CLIENT_MONITOR = 0x00000040 "gets told of other sessions and may monitor them";
        CTI_SERVICE_SUPERVISOR = 0x00000080;
        CTI_SERVICE_SERVER = 0x00000100 "the client serves others";
        CTI_SERVICE_AGENT_REPORTING = 0x00000400;
        CTI_SERVICE_ALL_TASK_EVENTS = 0x00000800;
        CTI_SERVICE_TASK_MONITOR = 0x00001000;
        CTI_AGENT_STATE_CONTROL_ONLY = 0x00002000 "granted where CLIENT_CONTROL was asked for: may control the agent, not calls";
        CTI_DEVICE_STATE_CONTROL = 0x00008000;
        CTI_SERVICE_CONFIG_EVENTS = 0x00040000 since 10 "wants configuration messages (Unified CCX)";
        CTI_SERVICE_UPDATE_EVENTS = 0x00080000;
        CTI_SERVICE_IGNORE_DUPLICATE_AGENT_EVENTS = 0x00100000;
        CTI_SERVICE_IGNORE_CONF = 0x00200000 since 14 "wants no confirmations of third-party requests";
        CTI_SERVICE_ACD_LINE_ONLY = 0x00400000 since 14 "wants no events of lines outside the ACD";
        CTI_SERVICE_ACTIVE_STANDBY = 0x02000000 since 24 "works with an active and a standby server";
        CTI_SERVICE_DEBUG = 0x80000000 "the server is to record the session";
    }

    /// What a device lets clients do.
    mask CallControlMask(u32, "CallControlMask") {
        CONTROL_QUERY_AGENT_STATE = 0x00000001;
        CONTROL_SET_AGENT_STATE = 0x00000002;
        CONTROL_ALTERNATE_CALL = 0x00000004;
        CONTROL_ANSWER_CALL = 0x00000008;
        CONTROL_CLEAR_CALL = 0x00000010;
        CONTROL_CLEAR_CONNECTION = 0x00000020;
        CONTROL_CONFERENCE_CALL = 0x00000040;
        CONTROL_CONSULTATION_CALL = 0x00000080;
        CONTROL_DEFLECT_CALL = 0x00000100;
        CONTROL_HOLD_CALL = 0x00000200;
        CONTROL_MAKE_CALL = 0x00000400;
        CONTROL_MAKE_PREDICTIVE_CALL = 0x00000800;
        CONTROL_RECONNECT_CALL = 0x00001000;
        CONTROL_RETRIEVE_CALL = 0x00002000;
        CONTROL_TRANSFER_CALL = 0x00004000;
        CONTROL_QUERY_DEVICE_INFO = 0x00008000;
        CONTROL_SNAPSHOT_CALL = 0x00010000;
        CONTROL_SNAPSHOT_DEVICE = 0x00020000;
        CONTROL_SEND_DTMF_SIGNAL = 0x00040000;
    }

    /// Which call events a monitor lets through.
    mask CallEventMask(u32, "CallEventMask") {
        CALL_DELIVERED_MASK = 0x00000001;
        CALL_QUEUED_MASK = 0x00000002;
        CALL_ESTABLISHED_MASK = 0x00000004;
        CALL_HELD_MASK = 0x00000008;
        CALL_RETRIEVED_MASK = 0x00000010;
        CALL_CLEARED_MASK = 0x00000020;
        CALL_CONNECTION_CLEARED_MASK = 0x00000040;
        CALL_ORIGINATED_MASK = 0x00000080;
        CALL_CONFERENCED_MASK = 0x00000100;
        CALL_TRANSFERRED_MASK = 0x00000200;
        CALL_DIVERTED_MASK = 0x00000400;
        CALL_SERVICE_INITIATED_MASK = 0x00000800;
        CALL_TRANSLATION_ROUTE_MASK = 0x00001000;
        BEGIN_CALL_MASK = 0x00002000;
        END_CALL_MASK = 0x00004000;
        CALL_DATA_UPDATE_MASK = 0x00008000;
        CALL_FAILED_MASK = 0x00010000;
        CALL_REACHED_NETWORK_MASK = 0x00020000;
        CALL_DEQUEUED_MASK = 0x00040000;
        AGENT_PRE_CALL_MASK = 0x00080000;
        AGENT_PRE_CALL_ABORT_MASK = 0x00100000;
        RTP_STARTED_MASK = 0x00200000;
        RTP_STOPPED_MASK = 0x00400000;
        AGENT_TEAM_CONFIG_MASK = 0x00800000;
        AGENT_LEGACY_PRE_CALL_MASK = 0x01000000;
        CALL_ATTRIBUTE_CHANGE_MASK = 0x02000000;
        CALL_TERMINATION_MASK = 0x04000000 "reserved";
        CALL_AGENT_GREETING_MASK = 0x08000000 since 15;
        NETWORK_RECORDING_STARTED_MASK = 0x10000000 since 23;
        NETWORK_RECORDING_ENDED_MASK = 0x20000000 since 23;
        NETWORK_RECORDING_FAILED_MASK = 0x40000000 since 23;
        NETWORK_RECORDING_TARGET_INFO_MASK = 0x80000000 since 23;
    }

    /// How polite a call is.
    enum CallMannerType(u16, "CallMannerType") {
        CMT_UNSPECIFIED = 0 "default";
        CMT_POLITE = 1 "if the originator is idle";
        CMT_BELLIGERENT = 2;
        CMT_SEMI_POLITE = 3 "if the originator is idle or hears a dial tone";
        CMT_RESERVED = 4 "reserved";
    }

    /// Options of a call.
    enum CallOption(u16, "CallOption") {
        COPT_UNSPECIFIED = 0 "default";
        COPT_CALLING_AGENT_ONLINE = 1 "if the calling agent is online";
        COPT_CALLING_AGENT_RESERVED = 2 "obsolete";
        COPT_CALLING_AGENT_NOT_RESERVED = 3 "obsolete";
        COPT_CALLING_AGENT_BUZZ_BASE = 4 "obsolete";
        COPT_CALLING_AGENT_BEEP_HSET = 5 "obsolete";
        COPT_SERVICE_CIRCUIT_ON = 6 "with a call classifier";
    }

    /// Where a call goes.
    enum CallPlacementType(u16, "CallPlacementType") {
        CPT_UNSPECIFIED = 0 "default";
        CPT_LINE_CALL = 1 "inside line";
        CPT_OUTBOUND = 2;
        CPT_OUTBOUND_NO_ACCESS_CODE = 3;
        CPT_DIRECT_POSITION = 4;
        CPT_DIRECT_AGENT = 5;
        CPT_SUPERVISOR_ASSIST = 6;
    }

    /// Kinds of calls.
    enum CallType(u16, "CallType", none 0xFFFF) {
        CALLTYPE_ACD_IN = 1 "from outside to the ACD; post-routed with Unified CCE";
        CALLTYPE_PREROUTE_ACD_IN = 2 "translation-routed to the ACD";
        CALLTYPE_PREROUTE_DIRECT_AGENT = 3 "translation-routed to one agent";
        CALLTYPE_TRANSFER_IN = 4;
        CALLTYPE_OVERFLOW_IN = 5;
        CALLTYPE_OTHER_IN = 6;
        CALLTYPE_AUTO_OUT = 7;
        CALLTYPE_AGENT_OUT = 8;
        CALLTYPE_OUT = 9;
        CALLTYPE_AGENT_INSIDE = 10;
        CALLTYPE_OFFERED = 11 "blind transfer";
        CALLTYPE_CONSULT = 12;
        CALLTYPE_CONSULT_OFFERRED = 13 "announced transfer; spelt as in the guide";
        CALLTYPE_CONSULT_CONFERENCE = 14;
        CALLTYPE_CONFERENCE = 15;
        CALLTYPE_UNMONITORED = 16 "inside or outbound, with no more events";
        CALLTYPE_PREVIEW = 17 "the agent decides whether to dial";
        CALLTYPE_RESERVATION = 18 "reserves an agent";
        CALLTYPE_ASSIST = 19;
        CALLTYPE_EMERGENCY = 20;
        CALLTYPE_SUPERVISOR_MONITOR = 21 "silent monitoring";
        CALLTYPE_SUPERVISOR_WHISPER = 22 "agent hears the supervisor";
        CALLTYPE_SUPERVISOR_BARGEIN = 23;
        CALLTYPE_SUPERVISOR_INTERCEPT = 24 "the supervisor replaces the agent";
        CALLTYPE_TASK_ROUTED_BY_ICM = 25;
        CALLTYPE_TASK_ROUTED_BY_APPLICATION = 26;
        RESERVATION_PREVIEW = 27 since 19 "but `CALLTYPE_NON_ACD` in versions 14 to 18";
        RESERVATION_PREVIEW_DIRECT = 28 "reserves for a direct preview";
        RESERVATION_PREDICTIVE = 29 "reserves for predictive or progressive dialing";
        RESERVATION_CALLBACK = 30 "reserves for a callback";
        RESERVATION_PERSONAL_CALLBACK = 31 "reserves for a personal callback";
        CUSTOMER_PREVIEW = 32 "to a customer, after a preview";
        CUSTOMER_PREVIEW_DIRECT = 33 "to a customer, after a direct preview";
        CUSTOMER_PREDICTIVE = 34 "to a customer, predictive or progressive";
        CUSTOMER_CALLBACK = 35 "to a customer, calling back";
        CUSTOMER_PERSONAL = 36 "to a customer, calling back in person";
        CUSTOMER_IVR = 37 "to a customer, for a voice unit";
        CALLTYPE_NON_ACD = 38 "27 in versions 14 to 18";
        CALLTYPE_PLAY_AGENT_GREETING = 39 "routes a greeting";
        CALLTYPE_RECORD_AGENT_GREETING = 40 "made by AGENT_GREETING_CONTROL_REQ";
        CALLTYPE_VOICE_CALL_BACK = 41 "made by the Agent Request API";
    }

    /// Which call variables a client wants.
    mask CallVariableMask(u16, "CallVariableMask") {
        CALL_VAR_1_MASK = 0x0001 "CallVariable1";
        CALL_VAR_2_MASK = 0x0002 "CallVariable2";
        CALL_VAR_3_MASK = 0x0004 "CallVariable3";
        CALL_VAR_4_MASK = 0x0008 "CallVariable4";
        CALL_VAR_5_MASK = 0x0010 "CallVariable5";
        CALL_VAR_6_MASK = 0x0020 "CallVariable6";
        CALL_VAR_7_MASK = 0x0040 "CallVariable7";
        CALL_VAR_8_MASK = 0x0080 "CallVariable8";
        CALL_VAR_9_MASK = 0x0100 "CallVariable9";
        CALL_VAR_10_MASK = 0x0200 "CallVariable10";
    }

    /// What a device is for.
    mask ClassOfDevice(u16, "ClassOfDevice") {
        DEVC_OTHER = 0x0010;
        DEVC_IMAGE = 0x0020;
        DEVC_DATA = 0x0040;
        DEVC_VOICE = 0x0080;
    }

    /// How a block of configuration ended.
    enum ConfigEndStatus(u32, "ConfigEndStatus") {
        CONFIGEND_SUCCESS = 0;
        CONFIGEND_NO_SERVICE_PROVIDER = 1 "nothing is sent to customers of a service provider";
        CONFIGEND_UNKNOWN_CUSTOMER = 2;
        CONFIGEND_INVALID = 3 "what was sent is not valid";
        CONFIGEND_EMPTY = 4 "the server has none";
        CONFIGEND_PARTIAL = 5 "more blocks come";
    }

    /// The outcome of a request for keys.
    enum ConfigKeyStatus(u32, "ConfigKeyStatus") {
        CONFIG_SUCCESS = 0;
        CONFIG_SERVICE_PROVIDER = 1 "nothing is sent to customers of a service provider";
        CONFIG_NO_KEY_SUPPORT = 2 "the server has no keys";
        CONFIG_UNKNOWN_CUSTOMER = 3 "the server does not know the customer";
    }

    /// Kinds of configuration.
    mask ConfigMask(u32, "ConfigMask") {
        CONFIG_MSG_SERVICE_MASK = 0x00000001;
        CONFIG_MSG_SKILL_GROUP_MASK = 0x00000002;
        CONFIG_MSG_AGENT_MASK = 0x00000004;
        CONFIG_MSG_DEVICE_MASK = 0x00000008;
        CONFIG_MSG_CALL_TYPE_MASK = 0x00000010;
        CONFIG_MSG_MRD_MASK = 0x00000020 since 20;
        CONFIG_MSG_PERIPHERAL_MASK = 0x00000040 since 22;
        CONFIG_MSG_AGENT_DESK_SETTINGS_MASK = 0x00000080 since 22;
        CONFIG_MSG_TERMINAL_MASK = 0x00000100 since 24;
        CONFIG_MSG_AGENT_SERVICE_MASK = 0x00000200 since 24;
    }

    /// Whether the device identifier of a connection lasts.
    enum ConnectionDeviceIdType(u16, "ConnectionDeviceIDType", none 0xFFFF) {
        CONNECTION_ID_NONE = 0xFFFF "there is none";
        CONNECTION_ID_STATIC = 0 "stays the same from call to call";
        CONNECTION_ID_DYNAMIC = 1 "may change from call to call";
    }

    /// What a consultation call is for.
    enum ConsultType(u16, "ConsultType") {
        CT_UNSPECIFIED = 0 "default";
        CT_TRANSFER = 1 "to transfer";
        CT_CONFERENCE = 2 "to confer";
    }

    /// Why a control request failed.
    enum ControlFailureCode(u16, "ControlFailureCode") {
        CF_GENERIC_UNSPECIFIED = 0 "no reason is given";
        CF_GENERIC_OPERATION = 1 "the operation failed; the peripheral gives no details";
        CF_REQUEST_INCOMPATIBLE_WITH_OBJECT = 2 "the call or device does not allow the request";
        CF_VALUE_OUT_OF_RANGE = 3 "a value is out of its range";
        CF_OBJECT_NOT_KNOWN = 4 "the call or device is not known";
        CF_INVALID_CALLING_DEVICE = 5 "the calling device is not valid";
        CF_INVALID_CALLED_DEVICE = 6 "the called device is not valid";
        CF_INVALID_FORWARDING_DESTINATION = 7 "calls cannot be forwarded there";
        CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE = 8 "the device may not be controlled";
        CF_PRIVILEGE_VIOLATION_ON_CALLED_DEVICE = 9 "the called device may not be called";
        CF_PRIVILEGE_VIOLATION_ON_CALLING_DEVICE = 10 "the calling device may not do this";
        CF_INVALID_CSTA_CALL_IDENTIFIER = 11 "no such call";
        CF_INVALID_CSTA_DEVICE_IDENTIFIER = 12 "no such device";
        CF_INVALID_CSTA_CONNECTION_IDENTIFIER = 13 "no such connection of a call with a device";
        CF_INVALID_DESTINATION = 14 "no such destination";
        CF_INVALID_FEATURE = 15 "no such feature";
        CF_INVALID_ALLOCATION_STATE = 16 "no such allocation state";
        CF_INVALID_CROSS_REF_ID = 17 "the ID is not in use";
        CF_INVALID_OBJECT_TYPE = 18 "the request is not for this kind of object";
        CF_SECURITY_VIOLATION = 19 "security forbids it";
        CF_GENERIC_STATE_INCOMPATIBILITY = 21 "the state of another device forbids it";
        CF_INVALID_OBJECT_STATE = 22 "the call or device is in no state for it";
        CF_INVALID_CONNECTION_ID_FOR_ACTIVE_CALL = 23 "the active call has no such connection";
        CF_NO_ACTIVE_CALL = 24 "the device has no active call";
        CF_NO_HELD_CALL = 25 "the device has no held call";
        CF_NO_CALL_TO_CLEAR = 26 "there is no call to clear";
        CF_NO_CONNECTION_TO_CLEAR = 27 "there is no connection to clear";
        CF_NO_CALL_TO_ANSWER = 28 "there is no call to answer";
        CF_NO_CALL_TO_COMPLETE = 29 "there is no call to complete";
        CF_GENERIC_SYSTEM_RESOURCE_AVAILABILITY = 31 "the system lacks a resource";
        CF_SERVICE_BUSY = 32 "the service is busy";
        CF_RESOURCE_BUSY = 33 "a resource is busy";
        CF_RESOURCE_OUT_OF_SERVICE = 34 "a resource is out of service";
        CF_NETWORK_BUSY = 35 "the network is busy";
        CF_NETWORK_OUT_OF_SERVICE = 36 "the network is out of service";
        CF_OVERALL_MONITOR_LIMIT_EXCEEDED = 37 "there are too many monitors";
        CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED = 38 "the conference has too many members";
        CF_GENERIC_SUBSCRIBED_RESOURCE_AVAILABILITY = 41 "what was bought is used up";
        CF_OBJECT_MONITOR_LIMIT_EXCEEDED = 42 "the object has too many monitors";
        CF_EXTERNAL_TRUNK_LIMIT_EXCEEDED = 43 "too many external trunks are in use";
        CF_OUTSTANDING_REQUEST_LIMIT_EXCEEDED = 44 "too many requests wait";
        CF_GENERIC_PERFORMANCE_MANAGEMENT = 51 "the system protects itself against load";
        CF_PERFORMANCE_LIMIT_EXCEEDED = 52 "a limit of load is exceeded";
        CF_SEQUENCE_NUMBER_VIOLATED = 61 "a sequence number is wrong";
        CF_TIME_STAMP_VIOLATED = 62 "a time stamp is wrong";
        CF_PAC_VIOLATED = 63 "a privilege attribute certificate is wrong";
        CF_SEAL_VIOLATED = 64 "a seal is wrong";
        CF_GENERIC_UNSPECIFIED_REJECTION = 70 "rejected without a reason";
        CF_GENERIC_OPERATION_REJECTION = 71 "the operation was rejected";
        CF_DUPLICATE_INVOCATION_REJECTION = 72 "a request with this InvokeID waits already";
        CF_UNRECOGNIZED_OPERATION_REJECTION = 73 "the operation is not known";
        CF_MISTYPED_ARGUMENT_REJECTION = 74 "an argument has the wrong type";
        CF_RESOURCE_LIMITATION_REJECTION = 75 "a resource is used up";
        CF_ACS_HANDLE_TERMINATION_REJECTION = 76 "the connection to the switch is ending";
        CF_SERVICE_TERMINATION_REJECTION = 77 "the service is ending";
        CF_REQUEST_TIMEOUT_REJECTION = 78 "no answer came in time";
        CF_REQUESTS_ON_DEVICE_EXCEEDED_REJECTION = 79 "too many requests for one device";
    } and "ExtendedControlFailureCode" {
        CF_INVALID_AGENT_ID_SPECIFIED = 256 "no such agent ID";
        CF_INVALID_PASSWORD_SPECIFIED = 257 "the password is wrong";
        CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED = 258 "agent ID or password are wrong";
        CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON = 259 "the agent is logged in already";
        CF_INVALID_LOGON_DEVICE_SPECIFIED = 260 "the agent cannot log in at this device";
        CF_INVALID_ANSWERING_DEVICE_SPECIFIED = 261 "the answering device is not valid";
        CF_INVALID_SKILL_GROUP_SPECIFIED = 262 "no such skill group";
        CF_INVALID_CLASS_OF_SERVICE_SPECIFIED = 263 "no such class of service";
        CF_INVALID_TEAM_SPECIFIED = 264 "no such team";
        CF_INVALID_AGENT_WORKMODE = 265 "no such work mode";
        CF_INVALID_AGENT_REASON_CODE = 266 "no such reason code";
        CF_ADJUNCT_SWITCH_COMM_ERROR = 267 "between Unified CCE and the ACD";
        CF_AGENT_NOT_PARTY_ON_CALL = 268 "the agent has no part in the call";
        CF_INTERNAL_PROCESSING_ERROR = 269 "inside the ACD";
        CF_TAKE_CALL_CONTROL_REJECTION = 270 "control of the call was refused";
        CF_TAKE_DOMAIN_CONTROL_REJECTION = 271 "control of the domain was refused";
        CF_REQUESTED_SERVICE_NOT_REGISTERED = 272 "no server application has registered the service";
        CF_INVALID_CONSULT_TYPE = 273 "no such type of consultation";
        CF_ANSMAP_OR_ADPARAM_FIELD_NOT_VALID = 274 "the parameters of answer detection are not valid";
        CF_INVALID_CALL_CONTROL_TABLE_SPECIFIED = 275 "no such call control table";
        CF_INVALID_DIGITS_RNATIMEOUT_AMSDELAY_OR_COUNTRY = 276 "digits, a time-out, a delay or the country is not valid";
        CF_ANSWER_DETECT_PORT_UNAVAILABLE = 277 "no port to detect the answer is free";
        CF_VIRTUAL_AGENT_UNAVAILABLE = 278 "no virtual agent is free";
        CF_TAKEBACK_N_XFER_ROUTE_END = 279 "the call was taken back and transferred, and its route ended";
        CF_WRAPUP_DATA_REQUIRED = 280 "the agent has to enter wrap-up data first";
        CF_REASON_CODE_REQUIRED = 281 "the agent has to give a reason code";
        CF_INVALID_TRUNK_ID_SPECIFIED = 282 "no such trunk";
        CF_SPECIFIED_EXTENSION_ALREADY_IN_USE = 283 "another agent uses the extension";
        CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED = 284 "these calls cannot be joined";
        CF_NETWORK_TRANSFER_OR_CONSULT = 285 "a transfer or consultation in the network";
        CF_NETWORK_TRANSFER_OR_CONSULT_FAILED = 286 "a transfer or consultation in the network failed";
        CF_DEVICE_RESTRICTED = 287 "the device may not be controlled";
        CF_LINE_RESTRICTED = 288 "the line may not be controlled";
        CF_AGENT_ACCOUNT_LOCKED_OUT = 289 "the agent's account is locked";
        CF_DROP_ANY_PARTY_NOT_ENABLED_CTI = 290 "dropping others from a conference is turned off";
        CF_MAXIMUM_LINE_LIMIT_EXCEEDED = 291 "the device has too many lines";
        CF_SHARED_LINES_NOT_SUPPORTED = 292 "shared lines are not supported";
        CF_EXTENSION_NOT_UNIQUE = 293 "several devices have the extension";
        CF_UNKNOWN_INTERFACE_CTRLR_ID = 1001 "no such interface controller";
        CF_INVALID_INTERFACE_CTRLR_TYPE = 1002 "no such type of interface controller";
        CF_SOFTWARE_REV_NO_SUPPORTED = 1003 "the software revision is not supported";
        CF_UNKNOWN_PID = 1004 "PeripheralID unknown";
        CF_INVALID_TABLE_SPECIFIED = 1005 "no such table";
        CF_PD_SERVICE_INACTIVE = 1006 "peripheral data service";
        CF_UNKNOWN_ROUTING_CLIENT_ID = 1007 "no such routing client";
        CF_RC_SERVICE_INACTIVATE = 1008 "routing client service";
        CF_INVALID_DIALED_NUMBER = 1009 "no such dialed number";
        CF_INVALID_PARAMETER = 1010 "a parameter is not valid";
        CF_UNKNOWN_ROUTING_PROBLEM = 1011 "routing failed for no known reason";
        CF_UNSUPPORTED_PD_MESSAGE_REVISION = 1012 "the revision of peripheral data messages is not supported";
        CF_UNSUPPORTED_RC_MESSAGE_REVISION = 1013 "the revision of routing client messages is not supported";
        CF_UNSUPPORTED_IC_MESSAGE_REVISION = 1014;
        CF_RC_SERVICE_INACTIVATE_PIM = 1015 "peripheral interface inactive";
        CF_AGENT_GREETING_CONTROL_OPERATION_FAILURE = 1016 "the peripheral error code tells more";
    }

    /// Desk settings of an agent.
    mask DeskSettingsMask(u32, "DeskSettingsMask") {
        DESK_AVAIL_AFTER_INCOMING_MASK = 0x00000001 "available after an incoming call";
        DESK_AVAIL_AFTER_OUTGOING_MASK = 0x00000002 "available after an outbound call";
        DESK_AUTO_ANSWER_ENABLED_MASK = 0x00000004 "calls answered automatically";
        DESK_IDLE_REASON_REQUIRED_MASK = 0x00000008 "reason required for idle";
        DESK_LOGOUT_REASON_REQUIRED_MASK = 0x00000010 "reason required for logout";
        DESK_SUPERVISOR_CALLS_ALLOWED_MASK = 0x00000020 "supervisor assist calls allowed";
        DESK_AGENT_TO_AGENT_CALLS_ALLOWED = 0x00000040 "calls to agents allowed";
        DESK_OUTBOUND_ACCESS_INTERNATIONAL_MASK = 0x00000080 "international calls allowed";
        DESK_OUTBOUND_ACCESS_PUBLIC_NET_MASK = 0x00000100 "public network calls allowed";
        DESK_OUTBOUND_ACCESS_PRIVATE_NET_MASK = 0x00000200 "private network calls allowed";
        DESK_OUTBOUND_ACCESS_OPERATOR_ASSISTED_MASK = 0x00000400 "operator-assisted calls allowed";
        DESK_OUTBOUND_ACCESS_PBX_MASK = 0x00000800 "outbound PBX calls allowed";
        DESK_NON_ACD_CALLS_ALLOWED_MASK = 0x00001000 "non-ACD calls allowed";
        DESK_AGENT_CAN_SELECT_GROUP_MASK = 0x00002000 "the agent chooses groups at login";
    }

    /// Where a predictive call goes.
    enum DestinationCountry(u16, "DestinationCountry") {
        DEST_UNSPECIFIED = 0 "default";
        DEST_US_AND_CANADA = 1;
    }

    /// Kinds of devices.
    enum DeviceIdType(u16, "DeviceIDType", none 0xFFFF) {
        DEVID_NONE = 0xFFFF "there is none";
        DEVID_DEVICE_IDENTIFIER = 0 "teleset extension";
        DEVID_TRUNK_IDENTIFIER = 70;
        DEVID_TRUNK_GROUP_IDENTIFIER = 71;
        DEVID_IP_PHONE_MAC_IDENTIFIER = 72 "Unified CCX only";
        DEVID_CTI_PORT = 73 "Unified CCX only";
        DEVID_ROUTE_POINT = 74;
        DEVID_EXTERNAL = 75 "ANI or another outside number";
        DEVID_AGENT_DEVICE = 76 "agent phone";
        DEVID_QUEUE = 77;
        DEVID_NON_ACD_DEVICE_IDENTIFIER = 78 "non-ACD extension";
        DEVID_SHARED_DEVICE_IDENTIFIER = 79 "shared-line extension";
    }

    /// How a call ended.
    enum DispositionCode(u16, "DispositionCode") {
        ABANDONED_IN_NETWORK as "Abandoned in Network" = 1;
        ABANDONED_IN_LOCAL_QUEUE as "Abandoned in Local Queue" = 2;
        ABANDONED_RING as "Abandoned Ring" = 3;
        ABANDONED_DELAY as "Abandoned Delay" = 4;
        ABANDONED_INTERFLOW as "Abandoned Interflow" = 5;
        ABANDONED_AGENT_TERMINAL as "Abandoned Agent Terminal" = 6;
        SHORT as "Short" = 7;
        BUSY as "Busy" = 8;
        FORCED_BUSY as "Forced Busy" = 9;
        DISCONNECT_DROP_NO_ANSWER as "Disconnect/drop no answer" = 10;
        DISCONNECT_DROP_BUSY as "Disconnect/drop busy" = 11;
        DISCONNECT_DROP_REORDER as "Disconnect/drop reorder" = 12;
        DISCONNECT_DROP_HANDLED_PRIMARY_ROUTE as "Disconnect/drop handled primary route" = 13;
        DISCONNECT_DROP_HANDLED_OTHER as "Disconnect/drop handled other" = 14;
        REDIRECTED as "Redirected" = 15;
        CUT_THROUGH as "Cut Through" = 16;
        INTRAFLOW as "Intraflow" = 17;
        INTERFLOW as "Interflow" = 18;
        RING_NO_ANSWER as "Ring No Answer" = 19;
        INTERCEPT_REORDER as "Intercept reorder" = 20;
        INTERCEPT_DENIAL as "Intercept denial" = 21;
        TIME_OUT as "Time Out" = 22;
        VOICE_ENERGY as "Voice Energy" = 23;
        NON_CLASSIFIED_ENERGY_DETECTED as "Non-classified Energy Detected" = 24;
        NO_CUT_THROUGH as "No Cut Through" = 25;
        U_ABORT as "U-Abort" = 26;
        FAILED_SOFTWARE as "Failed Software" = 27;
        BLIND_TRANSFER as "Blind Transfer" = 28;
        ANNOUNCED_TRANSFER as "Announced Transfer" = 29;
        CONFERENCED as "Conferenced" = 30;
        DUPLICATE_TRANSFER as "Duplicate Transfer" = 31;
        UNMONITORED_DEVICE as "Unmonitored Device" = 32;
        ANSWERING_MACHINE as "Answering Machine" = 33;
        NETWORK_BLIND_TRANSFER as "Network Blind Transfer" = 34;
        TASK_ABANDONED_IN_ROUTER as "Task Abandoned in Router" = 35;
        TASK_ABANDONED_BEFORE_OFFERED as "Task Abandoned Before Offered" = 36;
        TASK_ABANDONED_WHILE_OFFERED as "Task Abandoned While Offered" = 37;
        NORMAL_END_TASK as "Normal End Task" = 38;
        CANT_OBTAIN_TASK_ID as "Can't Obtain Task ID" = 39;
        AGENT_LOGGED_OUT_DURING_TASK as "Agent Logged Out During Task" = 40;
        MAXIMUM_TASK_LIFETIME_EXCEEDED as "Maximum Task Lifetime Exceeded" = 41;
        APPLICATION_PATH_WENT_DOWN as "Application Path Went Down" = 42;
        UNIFIED_CCE_ROUTING_COMPLETE as "Unified CCE Routing Complete" = 43;
        UNIFIED_CCE_ROUTING_DISABLED as "Unified CCE Routing Disabled" = 44;
        APPLICATION_INVALID_MRD_ID as "Application Invalid MRD ID" = 45;
        APPLICATION_INVALID_DIALOGUE_ID as "Application Invalid Dialogue ID" = 46;
        APPLICATION_DUPLICATE_DIALOGUE_ID as "Application Duplicate Dialogue ID" = 47;
        APPLICATION_INVALID_INVOKE_ID as "Application Invalid Invoke ID" = 48;
        APPLICATION_INVALID_SCRIPT_SELECTOR as "Application Invalid Script Selector" = 49;
        APPLICATION_TERMINATE_DIALOGUE as "Application Terminate Dialogue" = 50;
        TASK_ENDED_DURING_APPLICATION_INIT as "Task Ended During Application Init" = 51;
        CALLED_PARTY_DISCONNECTED as "Called Party Disconnected" = 52;
        PARTIAL_CALL as "Partial Call" = 53;
        DROP_NETWORK_CONSULT as "Drop Network Consult" = 54;
        NETWORK_CONSULT_TRANSFER as "Network Consult Transfer" = 55;
        ABANDON_NETWORK_CONSULT as "Abandon Network Consult" = 57;
        ROUTER_REQUERY_BEFORE_ANSWER as "Router Requery Before Answer" = 58;
        ROUTER_REQUERY_AFTER_ANSWER as "Router Requery After Answer" = 59;
        NETWORK_ERROR as "Network Error" = 60;
        NETWORK_ERROR_BEFORE_ANSWER as "Network Error Before Answer" = 61;
        NETWORK_ERROR_AFTER_ANSWER as "Network Error After Answer" = 62;
        TASK_TRANSFER as "Task Transfer" = 63;
        APPLICATION_DISCONNECTED as "Application Disconnected" = 64;
        TASK_TRANSFERRED_ON_AGENT_LOGOUT as "Task Transferred on Agent Logout" = 65;
    }

    /// Why something happened to a call.
    enum EventCause(u16, "EventCause", none 0xFFFF) {
        CEC_NONE = 0xFFFF "no cause is given";
        CEC_ACTIVE_MONITOR = 1 "somebody monitors and takes part";
        CEC_ALTERNATE = 2 "the agent changed between two calls";
        CEC_BUSY = 3 "the called device is busy";
        CEC_CALL_BACK = 4 "a call back";
        CEC_CALL_CANCELLED = 5 "the caller gave up";
        CEC_CALL_FORWARD_ALWAYS = 6 "forwarded, as all calls";
        CEC_CALL_FORWARD_BUSY = 7 "forwarded, since the device is busy";
        CEC_CALL_FORWARD_NO_ANSWER = 8 "forwarded, since nobody answered";
        CEC_CALL_FORWARD = 9 "forwarded";
        CEC_CALL_NOT_ANSWERED = 10 "nobody answered";
        CEC_CALL_PICKUP = 11 "another device picked the call up";
        CEC_CAMP_ON = 12 "the call waits for a busy device";
        CEC_DEST_NOT_OBTAINABLE = 13 "the destination cannot be reached";
        CEC_DO_NOT_DISTURB = 14 "the device is not to be disturbed";
        CEC_INCOMPATIBLE_DESTINATION = 15 "the destination cannot take such calls";
        CEC_INVALID_ACCOUNT_CODE = 16 "the account code is wrong";
        CEC_KEY_CONFERENCE = 17 "several telephones share the line";
        CEC_LOCKOUT = 18 "the device was left off the hook";
        CEC_MAINTENANCE = 19 "the device is in maintenance";
        CEC_NETWORK_CONGESTION = 20 "the network is congested";
        CEC_NETWORK_NOT_OBTAINABLE = 21 "the network cannot be reached";
        CEC_NEW_CALL = 22 "an ordinary new call";
        CEC_NO_AVAILABLE_AGENTS = 23 "no agent is free";
        CEC_OVERRIDE = 24 "somebody broke in on the call";
        CEC_PARK = 25 "the call was parked";
        CEC_OVERFLOW = 26 "the call went on from a full queue";
        CEC_RECALL = 27 "the call came back";
        CEC_REDIRECTED = 28 "the call was redirected";
        CEC_REORDER_TONE = 29 "the caller hears reorder tone";
        CEC_RESOURCES_NOT_AVAILABLE = 30 "resources are lacking";
        CEC_SILENT_MONITOR = 31 "somebody monitors in silence";
        CEC_TRANSFER = 32 "the call was transferred";
        CEC_TRUNKS_BUSY = 33 "all trunks are busy";
        CEC_VOICE_UNIT_INITIATOR = 34 "a voice unit placed the call";
        CEC_TIME_OUT = 35 "it took too long";
        CEC_NEW_CALL_INTERFLOW = 36 "a new call from another ACD";
        CEC_SIMULATION_INIT_REQUEST = 37 "a simulation began";
        CEC_SIMULATION_RESET_REQUEST = 38 "a simulation was reset";
        CEC_CTI_LINK_DOWN = 39 "the link to the ACD failed";
        CEC_PERIPHERAL_RESET_REQUEST = 40 "the peripheral was reset";
        CEC_MD110_CONFERENCE_TRANSFER = 41 "a conference or transfer of the MD110";
        CEC_REMAINS_IN_Q = 42 "the call stays in its queue";
        CEC_SUPERVISOR_ASSIST = 43 "the agent asked the supervisor for help";
        CEC_EMERGENCY_CALL = 44 "an emergency call";
        CEC_SUPERVISOR_CLEAR = 45 "the supervisor cleared the call";
        CEC_SUPERVISOR_MONITOR = 46 "the supervisor listens";
        CEC_SUPERVISOR_WHISPER = 47 "the supervisor talks to the agent alone";
        CEC_SUPERVISOR_BARGE_IN = 48 "the supervisor joined the call";
        CEC_SUPERVISOR_INTERCEPT = 49 "the supervisor took the call over";
        CEC_CALL_PARTY_UPDATE_IND = 50 "a party of the call changed, or the call is told again";
        CEC_CONSULT = 51 "a consultation";
        CEC_NIC_CALL_CLEAR = 52 "the network cleared the call";
        CEC_DNP = 53 "device target routing, that is, the call was sent straight to a device";
        CEC_ROUTER_REQUERY_BEFORE_ANSWER = 54 "the router was asked again before the call was answered";
        CEC_ROUTER_REQUERY_AFTER_ANSWER = 55 "the router was asked again after the call was answered";
        CEC_NETWORK_ERROR = 56 "the network failed";
        CEC_NETWORK_ERROR_BEFORE_ANSWER = 57 "the network failed before the call was answered";
        CEC_NETWORK_ERROR_AFTER_ANSWER = 58 "the network failed after the call was answered";
        CEC_GREETING = 59 "a greeting is played";
        CEC_RECORD_AGENT_GREETING = 60 "the agent records a greeting";
        CEC_SNAPSHOT = 61 "told on request";
        CEC_MAX_QUEUE_EXCEEDED = 62 "too many calls wait";
    } and "ExtendedCallClearedEventCause" {
        CECX_ABAND_NETWORK = 1001 "abandoned in the network";
        CECX_ABAND_LOCAL_QUEUE = 1002 "abandoned in a queue of the ACD";
        CECX_ABAND_RING = 1003 "abandoned while it rang";
        CECX_ABAND_DELAY = 1004 "abandoned in a delay";
        CECX_ABAND_INTERFLOW = 1005 "abandoned on its way to another ACD";
        CECX_ABAND_AGENT_TERMINAL = 1006 "abandoned at the agent's terminal";
        CECX_SHORT = 1007 "too short to count";
        CECX_BUSY = 1008 "the caller got a busy tone";
        CECX_FORCED_BUSY = 1009 "the caller was given a busy tone";
        CECX_DROP_NO_ANSWER = 1010 "dropped, since nobody answered";
        CECX_DROP_BUSY = 1011 "dropped, since the device was busy";
        CECX_DROP_REORDER = 1012 "dropped with reorder tone";
        CECX_DROP_HANDLED_PRIMARY_ROUTE = 1013 "handled on its primary route";
        CECX_DROP_HANDLED_OTHER = 1014 "handled in another way";
        CECX_REDIRECTED = 1015 "redirected";
        CECX_CUT_THROUGH = 1016 "cut through";
        CECX_INTRAFLOW = 1017 "sent on within the ACD";
        CECX_INTERFLOW = 1018 "sent on to another ACD";
        CECX_RING_NO_ANSWER = 1019 "it rang, and nobody answered";
        CECX_INTERCEPT_REORDER = 1020 "intercepted with reorder tone";
        CECX_INTERCEPT_DENIAL = 1021 "intercepted and denied";
        CECX_TIME_OUT = 1022 "it took too long";
        CECX_VOICE_ENERGY = 1023 "a voice was detected";
        CECX_NONCLASSIFIED_ENERGY_DETECT = 1024 "a sound was detected that could not be classified";
        CECX_NO_CUT_THROUGH = 1025 "not cut through";
        CECX_UABORT = 1026 "aborted by the user";
        CECX_FAILED_SOFTWARE = 1027 "the software failed";
        CECX_BLIND_TRANSFER = 1028 "transferred without a word";
        CECX_ANNOUNCED_TRANSFER = 1029 "transferred after a consultation";
        CECX_CONFERENCED = 1030 "became part of a conference";
        CECX_DUPLICATE_TRANSFER = 1031 "transferred a second time";
        CECX_UNMONITORED_DEVICE = 1032 "went to a device that is not monitored";
        CECX_ANSWERING_MACHINE = 1033 "an answering machine took it";
        CECX_NETWORK_BLIND_TRANSFER = 1034 "transferred in the network without a word";
        CECX_TASK_ABANDONED_IN_ROUTER = 1035 "the task was abandoned in the router";
        CECX_TASK_ABANDONED_BEFORE_OFFERED = 1036 "the task was abandoned before it was offered";
        CECX_TASK_ABANDONED_WHILE_OFFERED = 1037 "the task was abandoned while it was offered";
        CECX_NORMAL_END_TASK = 1038 "the task ended as it should";
        CECX_CANT_OBTAIN_TASK_ID = 1039 "the task got no identifier";
        CECX_AGENT_LOGGED_OUT_DURING_TASK = 1040 "the agent logged out during the task";
        CECX_MAX_TASK_LIFETIME_EXCEEDED = 1041 "the task lasted too long";
        CECX_APPLICATION_PATH_WENT_DOWN = 1042 "the application path failed";
        CECX_ICM_ROUTING_COMPLETE = 1043 "routing is complete";
        CECX_ICM_ROUTING_DISABLED = 1044 "routing is disabled";
        CECX_APPL_INVALID_MRD_ID = 1045 "the application named no media routing domain that exists";
        CECX_APPL_INVALID_DIALOGUE_ID = 1046 "printed as 1056, which is another's";
        CECX_APPL_DUPLICATE_DIALOGUE_ID = 1047;
        CECX_APPL_INVALID_INVOKE_ID = 1048;
        CECX_APPL_INVALID_SCRIPT_SELECTOR = 1049;
        CECX_APPL_TERMINATE_DIALOGUE = 1050;
        CECX_TASK_ENDED_DURING_APP_INIT = 1051;
        CECX_CALLED_PARTY_DISCONNECTED = 1052;
        CECX_PARTIAL_CALL = 1053;
        CECX_DROP_NETWORK_CONSULT = 1054;
        CECX_NETWORK_CONSULT_TRANSFER = 1055;
        CECX_NETWORK_CONFERENCE = 1056;
        CECX_ABAND_NETWORK_CONSULT = 1057;
    }

    /// What FacilityCode means.
    enum FacilityType(u16, "FacilityType") {
        FT_UNSPECIFIED = 0 "default";
        FT_TRUNK_GROUP = 1;
        FT_SKILL_GROUP = 2 "skill group or split";
    }

    /// Which calls are forwarded.
    enum ForwardType(u16, "ForwardType") {
        FWT_IMMEDIATE = 0 "all calls";
        FWT_BUSY = 1;
        FWT_NO_ANS = 2;
        FWT_BUSY_INT = 3 "internal calls";
        FWT_BUSY_EXT = 4 "external calls";
        FWT_NO_ANS_INT = 5 "internal calls";
        FWT_NO_ANS_EXT = 6 "external calls";
    }

    /// Kinds of lines.
    enum LineType(u16, "LineType", none 0xFFFF) {
        LINETYPE_INBOUND_ACD = 0;
        LINETYPE_OUTBOUND_ACD = 1;
        LINETYPE_INSIDE = 2;
        LINETYPE_UNKNOWN = 3 "any purpose";
        LINETYPE_SUPERVISOR = 4;
        LINETYPE_MESSAGE = 5 "voice messages";
        LINETYPE_HELP = 6 "assistance";
        LINETYPE_OUTBOUND = 7 "outbound non-ACD";
        LINETYPE_DID = 8 "direct inward dialed";
        LINETYPE_SILENT_MONITOR = 9;
        LINETYPE_NON_ACD_IN = 10;
        LINETYPE_NON_ACD_OUT = 11;
    }

    /// The state of the connection between a device and a call.
    enum LocalConnectionState(u16, "LocalConnectionState", none 0xFFFF) {
        LCS_NONE = 0xFFFF "not applicable";
        LCS_NULL = 0 "no connection";
        LCS_INITIATE = 1 "dialing";
        LCS_ALERTING = 2 "ringing";
        LCS_CONNECT = 3 "talking";
        LCS_HOLD = 4 "on hold";
        LCS_QUEUED = 5 "waits";
        LCS_FAIL = 6 "given up";
    }

    /// Who gets a text.
    enum MessageDistribution(u16, "MessageDistribution") {
        DISTRIBUTE_TO_CLIENT = 0 "to one client";
        DISTRIBUTE_TO_SUPERVISOR = 1 "to the supervisor of the team";
        DISTRIBUTE_TO_TEAM = 2 "to the team";
        DISTRIBUTE_TO_ALL = 3 "to everybody";
    }

    /// Other features of a device.
    mask OtherFeatureMask(u32, "OtherFeatureMask") {
        FEATURE_POST_ROUTE = 0x00000001 "can post-route";
        FEATURE_UNIQUE_CONSULT_CALLID = 0x00000002 "consultation calls have call IDs of their own";
    }

    /// What ails a peripheral gateway.
    mask PgStatusCode(u32, "PGStatusCode") {
        PGS_OPC_DOWN = 0x00000001 "the gateway's controller is away: no events of calls and agents";
        PGS_CC_DOWN = 0x00000002 "the gateway lost the Central Controller; events go on";
        PGS_PERIPHERAL_OFFLINE = 0x00000004;
        PGS_CTI_SERVER_OFFLINE = 0x00000008 "the CTI server is away";
        PGS_LIMITED_FUNCTION = 0x00000010 "the CTI server is away, some call control is left";
    }

    /// Kinds of peripherals.
    enum PeripheralType(u16, "PeripheralType", none 0xFFFF) {
        PT_NONE = 0xFFFF "not applicable";
        PT_ASPECT = 1 "up to version 24";
        PT_MERIDIAN = 2;
        PT_G2 = 3;
        PT_DEFINITY_ECS_NON_EAS = 4;
        PT_DEFINITY_ECS_EAS = 5;
        PT_GALAXY = 6 "obsolete";
        PT_SPECTRUM = 7 "obsolete";
        PT_VRU = 8 "event interface";
        PT_VRU_POLLED = 9 "polled interface";
        PT_DMS100 = 10 "obsolete";
        PT_SIEMENS_9006 = 11;
        PT_SIEMENS_9005 = 12;
        PT_ALCATEL = 13;
        PT_NEC_NEAX_2x00 = 14 "obsolete";
        PT_ACP_1000 = 15;
        PT_SYMPOSIUM = 16 "up to version 24";
        PT_ENTERPRISE_AGENT = 17 "Unified CCE Manager";
        PT_MD110 = 18;
        PT_MEDIA_ROUTING = 19;
        PT_GENERIC = 20;
        PT_ACMI_CRS = 21 "gateway PG over Unified CCX";
        PT_ACMI_IPCC = 22 "gateway PG over Unified CCE or CCX";
        PT_SIMPLIFIED_IPCC = 23 "System PG; up to version 24";
        PT_ARS = 24;
        PT_ACMI_ERS = 25;
        PT_ACMI_EXPERT_ADVISOR = 26 "obsolete";
    }

    /// A call's part in silent monitoring.
    enum SilentMonitorStatus(u16, "SilentMonitorStatus") {
        SILENT_MONITOR_NONE = 0 "ordinary call";
        SILENT_MONITOR_INITIATOR = 1;
        SILENT_MONITOR_TARGET = 2;
    }

    /// Numbers with a meaning of their own; no field's values.
    enum SpecialValue(u32, "SpecialValue") {
        MAX_NUM_CTI_CLIENTS = 16 "clients in one list";
        MAX_NUM_PARTIES = 16 "parties in one list";
        MAX_NUM_DEVICES = 16 "devices in one list";
        MAX_NUM_CALLS = 16 "calls in one list";
        MAX_NUM_SKILL_GROUPS = 20 "skill groups in one list";
        MAX_NUM_LINES = 10 "lines in one list";
        NULL_CALL_ID = 0xFFFFFFFF "no call ID";
        NULL_PERIPHERAL_ID = 0xFFFFFFFF "no peripheral ID";
        NULL_SERVICE = 0xFFFFFFFF "no service";
        NULL_SKILL_GROUP = 0xFFFFFFFF "no skill group";
        NULL_CALLTYPE = 0xFFFF "no CallType";
    }

    /// Why a request failed, or a session ended.
    enum StatusCode(u32, "StatusCode") {
        E_CTI_NO_ERROR = 0;
        E_CTI_INVALID_VERSION = 1 "the server does not speak the version";
        E_CTI_INVALID_MESSAGE_LENGTH = 2 "the message has another length than its type takes";
        E_CTI_INVALID_FIELD_TAG = 3 "a tag that no message has";
        E_CTI_SESSION_NOT_OPEN = 4 "a message came before the session was open";
        E_CTI_SESSION_ALREADY_OPEN = 5 "a second OPEN_REQ in one session";
        E_CTI_REQUIRED_DATA_MISSING = 6 "a required floating field is missing";
        E_CTI_INVALID_PERIPHERAL_ID = 7 "no such peripheral";
        E_CTI_INVALID_AGENT_DATA = 8 "no such agent, or not that extension or instrument";
        E_CTI_AGENT_NOT_LOGGED_ON = 9 "the agent is not logged in";
        E_CTI_DEVICE_IN_USE = 10 "another client has the device";
        E_CTI_NEW_SESSION_OPENED = 11 "the same client opened another session";
        E_CTI_FUNCTION_NOT_AVAILABLE = 12 "the service was not granted";
        E_CTI_INVALID_CALLID = 13 "no such call";
        E_CTI_PROTECTED_VARIABLE = 14 "not for this client to change";
        E_CTI_CTI_SERVER_OFFLINE = 15 "the client is to close";
        E_CTI_TIMEOUT = 16 "no answer came in time, or nothing for longer than the IdleTimeout";
        E_CTI_UNSPECIFIED_FAILURE = 17 "no reason is given";
        E_CTI_INVALID_TIMEOUT = 18 "an IdleTimeout below 20 seconds";
        E_CTI_INVALID_SERVICE_MASK = 19 "unknown services";
        E_CTI_INVALID_CALL_MSG_MASK = 20 "unknown call events";
        E_CTI_INVALID_AGENT_STATE_MASK = 21 "unknown agent states";
        E_CTI_INVALID_RESERVED_FIELD = 22 "a reserved field is not 0";
        E_CTI_INVALID_FIELD_LENGTH = 23 "a floating field does not fit its type";
        E_CTI_INVALID_DIGITS = 24 "something else than digits";
        E_CTI_BAD_MESSAGE_FORMAT = 25 "the fixed part is not all there";
        E_CTI_INVALID_TAG_FOR_MSG_TYPE = 26 "the message does not take this field";
        E_CTI_INVALID_DEVICE_ID_TYPE = 27 "no such kind of device";
        E_CTI_INVALID_LCL_CONN_STATE = 28 "no such state of a connection";
        E_CTI_INVALID_EVENT_CAUSE = 29 "no such cause";
        E_CTI_INVALID_NUM_PARTIES = 30 "more than 16";
        E_CTI_INVALID_SYS_EVENT_ID = 31 "no such system event";
        E_CTI_INCONSISTENT_AGENT_DATA = 32 "extension, ID and instrument contradict each other";
        E_CTI_INVALID_CONNECTION_ID_TYPE = 33 "no such kind of connection identifier";
        E_CTI_INVALID_CALL_TYPE = 34 "no such type of call";
        E_CTI_NOT_CALL_PARTY = 35 "the client has no part in the call";
        E_CTI_INVALID_PASSWORD = 36 "client ID or password are wrong";
        E_CTI_CLIENT_DISCONNECTED = 37 "the client was cut off";
        E_CTI_INVALID_OBJECT_STATE = 38 "the call or device is in no state for it";
        E_CTI_INVALID_NUM_SKILL_GROUPS = 39 "too many skill groups, or another number than there are";
        E_CTI_INVALID_NUM_LINES = 40 "too many lines, or another number than there are";
        E_CTI_INVALID_LINE_TYPE = 41 "no such type of line";
        E_CTI_INVALID_ALLOCATION_STATE = 42 "no such allocation state";
        E_CTI_INVALID_ANSWERING_MACHINE = 43 "no such way to treat an answering machine";
        E_CTI_INVALID_CALL_MANNER_TYPE = 44 "no such manner of a call";
        E_CTI_INVALID_CALL_PLACEMENT_TYPE = 45 "no such way to place a call";
        E_CTI_INVALID_CONSULT_TYPE = 46 "no such type of consultation";
        E_CTI_INVALID_FACILITY_TYPE = 47 "no such type of facility";
        E_CTI_INVALID_MSG_TYPE_FOR_VERSION = 48 "the version does not have the message";
        E_CTI_INVALID_TAG_FOR_VERSION = 49 "the version does not have the tag";
        E_CTI_INVALID_AGENT_WORK_MODE = 50 "no such work mode";
        E_CTI_INVALID_CALL_OPTION = 51 "no such option of a call";
        E_CTI_INVALID_DESTINATION_COUNTRY = 52 "no such country";
        E_CTI_INVALID_ANSWER_DETECT_MODE = 53 "no such way to detect an answer";
        E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES = 54 "both a call and a device";
        E_CTI_INVALID_MONITORID = 55 "the session has no such monitor";
        E_CTI_SESSION_MONITOR_ALREADY_EXISTS = 56 "the client monitors that session already";
        E_CTI_SESSION_MONITOR_IS_CLIENTS = 57 "the session is one's own";
        E_CTI_INVALID_CALL_CONTROL_MASK = 58 "unknown bits of call control";
        E_CTI_INVALID_FEATURE_MASK = 59 "unknown features";
        E_CTI_INVALID_TRANSFER_CONFERENCE_SETUP_MASK = 60 "unknown ways to set up a transfer or conference";
        E_CTI_INVALID_ARRAY_INDEX = 61 "no such element";
        E_CTI_INVALID_CHARACTER = 62 "text has a character that it may not have";
        E_CTI_CLIENT_NOT_FOUND = 63 "no session has the client ID";
        E_CTI_SUPERVISOR_NOT_FOUND = 64 "there is none with a session";
        E_CTI_TEAM_NOT_FOUND = 65 "the agent has none";
        E_CTI_NO_CALL_ACTIVE = 66 "there is no call to do this with";
        E_CTI_NAMED_VARIABLE_NOT_CONFIGURED = 67 "no such named variable, or no longer";
        E_CTI_NAMED_ARRAY_NOT_CONFIGURED = 68 "no such named array, or no longer";
        E_CTI_INVALID_CALL_VARIABLE_MASK = 69 "unknown call variables";
        E_CTI_ELEMENT_NOT_FOUND = 70 "the server failed with a named variable or array";
        E_CTI_INVALID_DISTRIBUTION_TYPE = 71 "no such circle of recipients";
        E_CTI_INVALID_SKILL_GROUP = 72 "no such skill group";
        E_CTI_TOO_MUCH_DATA = 73 "more than 2,000 bytes of named variables and arrays";
        E_CTI_VALUE_TOO_LONG = 74 "the value is longer than the variable";
        E_CTI_SCALAR_FUNCTION_ON_ARRAY = 75 "an array where a variable belongs";
        E_CTI_ARRAY_FUNCTION_ON_SCALAR = 76 "a variable where an array belongs";
        E_CTI_INVALID_NUM_NAMED_VARIABLES = 77 "the count is not that of the fields";
        E_CTI_INVALID_NUM_NAMED_ARRAYS = 78 "the count is not that of the fields";
        E_CTI_INVALID_RTP_DIRECTION = 79 "no such direction of a media stream";
        E_CTI_INVALID_RTP_TYPE = 80 "no such type of a media stream";
        E_CTI_CALLED_PARTY_DISPOSITION = 81 "no such outcome for the called party";
        E_CTI_INVALID_SUPERVISORY_ACTION = 82 "no such action of a supervisor";
        E_CTI_AGENT_TEAM_MONITOR_ALREADY_EXISTS = 83 "the client monitors that team already";
        E_CTI_INVALID_SERVICE = 84 "no such service";
        E_CTI_SERVICE_CONFLICT = 85 "number and ID contradict each other";
        E_CTI_SKILL_GROUP_CONFLICT = 86 "number and ID contradict each other";
        E_CTI_INVALID_DEVICE = 87 "no such device";
        E_CTI_INVALID_MR_DOMAIN = 88 "no such media routing domain";
        E_CTI_MONITOR_ALREADY_EXISTS = 89 "the client monitors that already";
        E_CTI_MONITOR_TERMINATED = 90 "the server ended a monitor";
        E_CTI_INVALID_TASK_MSG_MASK = 91 "unknown task events";
        E_CTI_SERVER_NOT_MASTER = 92 "this server stands by";
        E_CTI_INVALID_CSD = 93 "Unified CCX only";
        E_CTI_JTAPI_CCM_PROBLEM = 94 "JTAPI or Communications Manager failed";
        E_INVALID_CONFIG_MSG_MASK = 95 "unknown configuration; the guide leaves CTI out of the name";
        E_CTI_AUTO_CONFIG_RESET = 96 "the configuration changed (Unified CCX only)";
        E_CTI_INVALID_MONITOR_STATUS = 97 "no such status of a monitor";
        E_CTI_INVALID_REQUEST_TYPE = 98 "no such type of request";
        E_CTI_INVALID_CLIENT_FOR_STANDBY = 107 "this server stands by, and the client does not work with that";
        E_CTI_INVALID_UNIQUE_INSTANCE_ID = 108 "the UniqueInstanceID is empty";
        E_CTI_DUPLICATE_UNIQUE_INSTANCE_ID = 109 "the UniqueInstanceID is in use";
        E_CTI_SERVER_IN_MAINTENANCE_MODE = 110 "the server goes into maintenance";
    }

    /// What a supervisor does in a call.
    enum SupervisoryAction(u16, "SupervisoryAction") {
        SUPERVISOR_CLEAR = 0 "the supervisor leaves the call";
        SUPERVISOR_MONITOR = 1 "the supervisor listens";
        SUPERVISOR_WHISPER = 2 "the supervisor talks to the agent alone";
        SUPERVISOR_BARGE_IN = 3 "the supervisor takes part";
        SUPERVISOR_INTERCEPT = 4 "the supervisor takes part, the agent no longer";
    }

    /// Kinds of system events.
    enum SystemEventId(u32, "SystemEventID") {
        SYS_CENTRAL_CONTROLLER_ONLINE = 1 "the central controller can be reached";
        SYS_CENTRAL_CONTROLLER_OFFLINE = 2 "the central controller cannot be reached";
        SYS_PERIPHERAL_ONLINE = 3 "the first argument is the PeripheralID";
        SYS_PERIPHERAL_OFFLINE = 4 "the first argument is the PeripheralID";
        SYS_TEXT_FYI = 5 "the text is for everybody";
        SYS_PERIPHERAL_GATEWAY_OFFLINE = 6 "the peripheral gateway cannot be reached";
        SYS_CTI_SERVER_OFFLINE = 7 "the server takes no requests for now";
        SYS_CTI_SERVER_ONLINE = 8 "the server takes requests";
        SYS_HALF_HOUR_CHANGE = 9 "a new half hour began";
        SYS_INSTRUMENT_OUT_OF_SERVICE = 10 "the first argument is the PeripheralID, the text the instrument";
        SYS_INSTRUMENT_BACK_IN_SERVICE = 11 "the first argument is the PeripheralID, the text the instrument";
    }

    /// The state of a task; for messages whose layout was never published.
    enum TaskState(u16, "TaskState") {
        TASK_STATE_PRE_CALL = 0 "announced";
        TASK_STATE_ACTIVE = 1 "started";
        TASK_STATE_WRAPUP = 2;
        TASK_STATE_PAUSED = 3 "paused";
        TASK_STATE_OFFERED = 4 "offered";
        ASK_STATE_INTERRUPTED = 5 "the guide leaves out the T";
        TASK_STATE_NOT_READY = 6 "not used";
        TASK_STATE_LOGGED_OUT = 7 "ended";
    }

    /// What a device can transfer or confer.
    mask TransferConferenceSetupMask(u32, "TransferConferenceSetupMask") {
        CONF_SETUP_CONSULT_SPECIFIC = 0x00000001 "an ACD call and a consultation call of the right type";
        CONF_SETUP_CONSULT_ANY = 0x00000002 "an ACD call and any consultation call";
        CONF_SETUP_CONN_HELD = 0x00000004 "a connected and a held call";
        CONF_SETUP_ANY_TWO_CALLS = 0x00000008 "any two calls";
        CONF_SETUP_SINGLE_ACD_CALL = 0x00000010 "one ACD call, blind";
        TRANS_SETUP_SINGLE_ACD_CALL = 0x00000020 "one ACD call, blind";
        CONF_SETUP_ANY_SINGLE_CALL = 0x00000040 "any one connected call, blind";
        TRANS_SETUP_ANY_SINGLE_CALL = 0x00000080 "any one connected call, blind";
    }

    /// What a device is.
    enum TypeOfDevice(u16, "TypeOfDevice") {
        DEVT_STATION = 0 "ordinary telephone";
        DEVT_LINE = 1;
        DEVT_BUTTON = 2;
        DEVT_ACD = 3;
        DEVT_TRUNK = 4;
        DEVT_OPERATOR = 5;
        DEVT_STATION_GROUP = 16;
        DEVT_LINE_GROUP = 17;
        DEVT_BUTTON_GROUP = 18;
        DEVT_ACD_GROUP = 19;
        DEVT_TRUNK_GROUP = 20;
        DEVT_OPERATOR_GROUP = 21;
        DEVT_CTI_PORT_SCCP = 22 "CTI port, Unified CM device";
        DEVT_CTI_PORT_SIP = 23 "CTI port, SIP device";
        DEVT_OTHER = 255;
    }

    /// Which of two servers this is.
    inline_enum SessionType(u16, "SessionType") {
        UNKNOWN as "Unknown" = 0;
        ACTIVE as "Active" = 1;
        STANDBY as "Standby" = 2;
    }

    /// Whether agents of a peripheral control several lines.
    inline_enum MultilineAgentControl(u16, "MultilineAgentControl") {
        SINGLE_LINE as "SingleLine" = 0;
        MULTILINE as "Multiline" = 1;
    }

    /// Whether tasks are routed to an agent.
    inline_enum AgentMode(u16, "AgentMode") {
        NOT_ROUTABLE as "not routable" = 0;
        ROUTABLE as "routable" = 1;
    }

    /// For what an agent is available.
    inline_enum AgentAvailabilityStatus(u32, "AgentAvailabilityStatus") {
        NOT_AVAILABLE as "not available" = 0;
        ICM_AVAILABLE as "ICM available" = 1;
        APPLICATION_AVAILABLE as "application available" = 2;
    }

    /// Where an agent's call comes from.
    inline_enum CallDirection(u32, "Direction") {
        NONE as "None" = 0;
        IN as "In" = 1;
        OUT as "Out" = 2;
        OTHER_IN as "Other In" = 3;
        OTHER_OUT as "Other Out" = 4;
        OUTBOUND_RESERVE as "OutboundReserve" = 5;
        OUTBOUND_PREVIEW as "OutboundPreview" = 6;
        OUTBOUND_PREDICTIVE as "OutboundPredictive" = 7;
    }

    /// How serious a reported event is.
    inline_enum ClientEventState(u16, "State") {
        NORMAL as "normal (green)" = 0;
        WARNING as "warning (yellow)" = 1;
        ERROR as "error (red)" = 2;
    }

    /// Whether a login or logout is forced.
    inline_enum ForcedFlag(u8, "ForcedFlag") {
        FALSE as "FALSE" = 0;
        TRUE as "TRUE" = 1;
        AUTHENTICATION_ONLY as "authentication only" = 2;
    }

    /// Whether an agent uses single sign-on.
    inline_enum SsoEnabled(u16, "SSOEnabled") {
        DISABLED as "SSO disabled" = 0;
        ENABLED as "SSO enabled" = 1;
    }

    /// Services that can be enabled for an agent.
    inline_enum EnabledService(u16, "FltEnabledServices") {
        AGENT_ANSWERS as "Agent_Answers" = 1;
        AGENT_CALL_TRANSCRIPTION as "Agent_Call_Transcription" = 2;
    }

    /// Where a media stream flows.
    inline_enum MediaDirection(u16, "Direction") {
        INPUT as "input" = 0;
        OUTPUT as "output" = 1;
        BIDIRECTIONAL as "bidirectional" = 2;
    }

    /// What a media stream carries.
    inline_enum RtpType(u16, "RTPType") {
        AUDIO as "audio" = 0;
        VIDEO as "video" = 1;
        DATA as "data" = 2;
    }

    /// What happens to a team.
    inline_enum TeamConfigOperation(u16, "ConfigOperation") {
        RESTORE as "restore permanent configuration" = 0;
        ADD_AGENT as "add agent" = 1;
        REMOVE_AGENT as "remove agent" = 2;
    }

    /// What a member of a team is.
    inline_mask AgentFlags(u16, "AgentFlags") {
        REGULAR_AGENT as "regular agent" = 0;
        PRIMARY_SUPERVISOR as "primary supervisor" = 1;
        TEMPORARY_AGENT as "temporary agent" = 2;
        SUPERVISOR as "supervisor" = 4;
    }

    /// Whether agents give wrap-up data; the last only for incoming calls.
    inline_enum WrapupDataMode(u32, "WrapupDataMode") {
        REQUIRED as "Required" = 0;
        OPTIONAL as "Optional" = 1;
        NOT_ALLOWED as "Not allowed" = 2;
        REQUIRED_WITH_WRAPUP_DATA as "Required With WrapupData" = 3;
    }

    /// Whether a tone tells of a call that is answered by itself.
    inline_enum PlayZipTone(u32, "PlayZipTone") {
        OFF as "Zip tone off on auto answer" = 0;
        ON as "Zip tone on on auto answer" = 1;
    }

    /// Whether lines may be shared.
    inline_enum AcdSharedLineUsage(u32, "ACDSharedLineUsage") {
        PROHIBITED as "Shared lines prohibited" = 0;
        PERMITTED as "Shared lines permitted" = 1;
    }

    /// Whether this was all.
    inline_enum More(u16, "More") {
        LAST as "last message" = 0;
        MORE_FOLLOW as "more messages follow" = 1;
    }

    /// How requests are spread over those who provide a service.
    inline_enum ServerMode(u16, "ServerMode") {
        EXCLUSIVE as "Exclusive" = 0;
        ROUND_ROBIN as "Round-Robin" = 1;
        PARALLEL as "Parallel" = 2;
    }

    /// Whether configuration was asked for.
    inline_enum ConfigType(u16, "ConfigType") {
        UNUSED as "unused" = 0;
        SOLICITED as "solicited" = 1;
        UNSOLICITED as "unsolicited (update)" = 2;
    }

    /// What happens to what a record describes.
    inline_enum RecordType(u16, "RecordType") {
        ADD as "Add" = 0;
        CHANGE as "Change" = 1;
        DELETE as "Delete" = 2;
    }

    /// Kinds of devices in the configuration.
    inline_enum ConfigDeviceType(u16, "DeviceType") {
        UNKNOWN as "Unknown" = 0;
        SERVICE as "Service" = 1;
        SKILL_GROUP as "Skill Group" = 2;
        AGENT_ID as "Agent ID" = 3;
        AGENT_DEVICE_EXTENSION as "Agent Device Extension" = 4;
        ROUTE_POINT as "Route Point" = 5;
        CTI_PORT as "CTI Port" = 6;
        CALL_CONTROL_GROUP as "Call Control Group" = 7;
    }

    /// What became of a greeting.
    inline_enum GreetingEventCode(u16, "EventCode") {
        STARTED as "greeting started" = 0;
        ENDED as "greeting ended successfully" = 1;
        FAILED as "greeting could not be played" = 2;
    }

    /// What to do with agent greetings.
    inline_enum AgentAction(u16, "AgentAction") {
        STOP as "stop current greeting" = 0;
        DISABLE as "disable for this login session" = 1;
        ENABLE as "enable for this login session" = 2;
    }

    /// Who hears that a call is recorded.
    inline_enum PlayToneDirection(u16, "PlayToneDirection") {
        LOCAL_ONLY as "local only" = 0;
        REMOTE_ONLY as "remote only" = 1;
        LOCAL_AND_REMOTE as "local and remote" = 2;
        NO_TONE as "no tone" = 3;
    }

    /// Who started a recording.
    inline_enum RecordingType(u16, "RecordingType") {
        CALL_RECORDING_TYPE_NONE = 0;
        CALL_RECORDING_TYPE_AUTOMATIC = 1;
        CALL_RECORDING_TYPE_APPLICATION_INITIATED_SILENT = 2;
        CALL_RECORDING_TYPE_USER_INITIATED_FROM_DEVICE = 3;
        CALL_RECORDING_TYPE_USER_INITIATED_FROM_APPLICATION = 4;
    }

    /// What a configured agent is (Unified CCX).
    inline_enum AgentType(u16, "AgentType") {
        AGENT as "Agent" = 1;
        SUPERVISOR as "Supervisor" = 2;
    }

    /// Which teams a client asks for (Unified CCX).
    inline_enum TeamConfigParam(u16, "ConfigParam") {
        INITIAL_CONFIGURATION as "initial configuration" = 1 "all teams, then changes";
        UPDATES_ONLY as "updates only" = 2;
    }

    /// What happened to a team (Unified CCX).
    inline_enum TeamOperation(u16, "Operation") {
        ADD_TEAM as "add team" = 1;
        REMOVE_TEAM as "remove team" = 2;
        CHANGE_TEAM as "change team" = 3;
    }

    /// What a member of a team is (Unified CCX).
    inline_enum TeamMemberType(u16, "MemberType") {
        AGENT as "agent or supervisor" = 1;
        QUEUE as "contact service queue" = 2;
    }

    /// How an upload of teams ended (Unified CCX).
    inline_enum TeamConfigStatus(u32, "Status") {
        SUCCESS as "success" = 0;
        INTERNAL_ERROR as "internal error" = 1;
    }

    /// What sends the media to the recorder.
    inline_enum MediaForkingDeviceType(u16, "MediaForkingDeviceType") {
        CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_NONE = 0;
        CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_PHONE = 1;
        CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_GW = 2;
    }

    /// Whether the call depends on a recorder.
    inline_enum RecorderType(u16, "RecorderType") {
        CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_UNKNOWN = 0;
        CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_OPTIONAL_RECORDER = 1;
        CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_MANDATORY_RECORDER = 2;
    }

    /// How a recorder fares.
    inline_enum RecorderStatus(u16, "RecorderStatus") {
        CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_UNKNOWN = 0;
        CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_SUCCESS = 1;
        CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_FAILURE = 2;
    }
}

impl AgentStateMask {
    /// The bit that lets this state through to a monitor; `None` if no bit is for it.
    pub const fn of(state: AgentState) -> Option<Self> {
        Some(match state {
            AgentState::AGENT_STATE_LOGIN => Self::AGENT_LOGIN_MASK,
            AgentState::AGENT_STATE_LOGOUT => Self::AGENT_LOGOUT_MASK,
            AgentState::AGENT_STATE_NOT_READY => Self::AGENT_NOT_READY_MASK,
            AgentState::AGENT_STATE_AVAILABLE => Self::AGENT_AVAILABLE_MASK,
            AgentState::AGENT_STATE_TALKING => Self::AGENT_TALKING_MASK,
            AgentState::AGENT_STATE_WORK_NOT_READY => Self::AGENT_WORK_NOT_READY_MASK,
            AgentState::AGENT_STATE_WORK_READY => Self::AGENT_WORK_READY_MASK,
            AgentState::AGENT_STATE_BUSY_OTHER => Self::AGENT_BUSY_OTHER_MASK,
            AgentState::AGENT_STATE_RESERVED => Self::AGENT_RESERVED_MASK,
            AgentState::AGENT_STATE_HOLD => Self::AGENT_HOLD_MASK,
            AgentState::AGENT_STATE_ACTIVE => Self::AGENT_ACTIVE_MASK,
            AgentState::AGENT_STATE_PAUSED => Self::AGENT_PAUSED_MASK,
            AgentState::AGENT_STATE_INTERRUPTED => Self::AGENT_INTERRUPTED_MASK,
            AgentState::AGENT_STATE_NOT_ACTIVE => Self::AGENT_NOT_ACTIVE_MASK,
            _ => return None,
        })
    }
}
