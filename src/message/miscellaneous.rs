//! Miscellaneous Service: what every session may use.

use super::call_variables::call_variables;
use super::tag_table_lines::agent_id_long;
use crate::codec::macros::messages;
use crate::types::id::{
    ApplicationPathId, CallId, CallTypeId, InvokeId, PeripheralId, SessionId, SkillGroupId, SkillGroupNumber,
    SkillTargetId, Time,
};
use crate::types::named_values::{
    AcdSharedLineUsage, CallVariableMask, ClientEventState, ConnectionDeviceIdType, DeskSettingsMask,
    DeviceIdType, EnabledService, MediaDirection, MessageDistribution, PgStatusCode, PlayZipTone, RtpType,
    StatusCode, SystemEventId, WrapupDataMode,
};
use crate::types::text::{NamedArray, NamedVariable, Str};

messages! {
    ($) Miscellaneous, "Miscellaneous Service";

    /// The state of the peripheral gateway, and an event of the system.
    SYSTEM_EVENT = 31 => SystemEvent, from Server;
    fixed {
        PGStatus                 UINT   => pg_status: PgStatusCode, "0 if all is well; else a failure keeps CTI from working normally";
        ICMCentralControllerTime TIME   => icm_central_controller_time: Time, "The clock of the Central Controller";
        SystemEventID            UINT   => system_event_id: SystemEventId;
        SystemEventArg1          UINT   => system_event_arg1: u32, "What it means depends on the event";
        SystemEventArg2          UINT   => system_event_arg2: u32, "What it means depends on the event";
        SystemEventArg3          UINT   => system_event_arg3: u32, "What it means depends on the event";
        EventDeviceType          USHORT => event_device_type: DeviceIdType [since 10], "`DEVID_NONE` without an EventDeviceID";
    }
    floating {
        Text          STRING(255) => text: Str<'a> = TEXT, "Goes with the event";
        EventDeviceID STRING(64)  => event_device_id: Str<'a> = EVENT_DEVICE_ID [since 10, device EventDeviceType], "So far only with Unified CCX, for devices that go in or out of service";
    }

    /// Raises an alarm, or sets the state of an object in the alarm system.
    CLIENT_EVENT_REPORT_REQ = 32 => ClientEventReportReq, from Client, confirmed by ClientEventReportConf;
    fixed {
        InvokeID UINT   => invoke_id: InvokeId;
        State    USHORT => state: ClientEventState, "How serious the event is, and the state of the object if one is named";
    }
    floating {
        ObjectName STRING(128) => object_name: Str<'a> = OBJECT_NAME, "An object of the alarm system, which is made if it is new";
        Text       STRING(255) => text: Str<'a> = TEXT [required];
    }

    /// Confirms a CLIENT_EVENT_REPORT_REQ.
    CLIENT_EVENT_REPORT_CONF = 33 => ClientEventReportConf, from Server;

    /// Sends a text to a client, a supervisor, a team or all.
    USER_MESSAGE_REQ = 107 => UserMessageReq, from Client, confirmed by UserMessageConf;
    fixed {
        InvokeID     UINT   => invoke_id: InvokeId;
        PeripheralID UINT   => peripheral_id: Option<PeripheralId>, "The ACD of the agent; bridge clients give it to reach a supervisor or a team";
        Distribution USHORT => distribution: MessageDistribution;
    }
    floating {
        ClientID         STRING(64)  => client_id: Str<'a> = CLIENT_ID [conditional], "Who gets the text; needed with `DISTRIBUTE_TO_CLIENT`";
        AgentExtension   STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "Bridge clients give an extension, an ID or an instrument to reach a supervisor or a team";
        AgentID          STRING(12)  => agent_id: Str<'a> = AGENT_ID [conditional], "Bridge clients give an extension, an ID or an instrument to reach a supervisor or a team";
        AgentInstrument  STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "Bridge clients give an extension, an ID or an instrument to reach a supervisor or a team";
        Text             STRING(255) => text: Str<'a> = TEXT [required];
        CTIOSCILClientID STRING(64)  => cti_os_cil_client_id: Str<'a> = CTIOS_CIL_CLIENT_ID [since 11, until 24], "Of the CTI OS client behind the session";
    }
    then agent_id_long

    /// Confirms a USER_MESSAGE_REQ.
    USER_MESSAGE_CONF = 108 => UserMessageConf, from Server;

    /// A text from another client.
    USER_MESSAGE_EVENT = 109 => UserMessageEvent, from Server;
    fixed {
        ICMCentralControllerTime TIME   => icm_central_controller_time: Time, "The clock of the Central Controller";
        Distribution             USHORT => distribution: MessageDistribution;
    }
    floating {
        ClientID STRING(64)  => client_id: Str<'a> = CLIENT_ID, "Who sent it";
        Text     STRING(255) => text: Str<'a> = TEXT;
    }

    /// Says which call variables the client wants to get.
    REGISTER_VARIABLES_REQ = 110 => RegisterVariablesReq, from Client, confirmed by RegisterVariablesConf;
    fixed {
        InvokeID          UINT   => invoke_id: InvokeId;
        CallVariableMask  USHORT => call_variable_mask: CallVariableMask;
        NumNamedVariables USHORT counts named_variables;
        NumNamedArrays    USHORT counts named_arrays;
    }
    floating {
        NamedVariable NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "The value says nothing; all named variables and arrays together: at most 2,000 bytes";
        NamedArray    NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "Index and value say nothing; all named variables and arrays together: at most 2,000 bytes";
    }

    /// Confirms a REGISTER_VARIABLES_REQ.
    REGISTER_VARIABLES_CONF = 111 => RegisterVariablesConf, from Server;

    /// Asks for the statistics of an agent.
    QUERY_AGENT_STATISTICS_REQ = 112 => QueryAgentStatisticsReq, from Client, confirmed by QueryAgentStatisticsConf;
    fixed {
        InvokeID     UINT => invoke_id: InvokeId;
        PeripheralID UINT => peripheral_id: Option<PeripheralId>, "The ACD of the agent";
    }
    floating {
        AgentExtension  STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "Bridge clients give an extension, an ID or an instrument";
        AgentID         STRING(12) => agent_id: Str<'a> = AGENT_ID [conditional], "Bridge clients give an extension, an ID or an instrument";
        AgentInstrument STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "Bridge clients give an extension, an ID or an instrument";
    }

    /// The statistics of an agent since login (Session) and since midnight (Today); times in seconds.
    QUERY_AGENT_STATISTICS_CONF = 113 => QueryAgentStatisticsConf, from Server;
    fixed {
        InvokeID                         UINT => invoke_id: InvokeId;
        PeripheralID                     UINT => peripheral_id: Option<PeripheralId>, "The ACD of the agent";
        AvailTimeSession                 UINT => avail_time_session: u32;
        LoggedOnTimeSession              UINT => logged_on_time_session: u32;
        NotReadyTimeSession              UINT => not_ready_time_session: u32;
        ICMAvailableTimeSession          UINT => icm_available_time_session: u32;
        RoutableTimeSession              UINT => routable_time_session: u32;
        AgentOutCallsSession             UINT => agent_out_calls_session: u32;
        AgentOutCallsTalkTimeSession     UINT => agent_out_calls_talk_time_session: u32;
        AgentOutCallsTimeSession         UINT => agent_out_calls_time_session: u32;
        AgentOutCallsHeldSession         UINT => agent_out_calls_held_session: u32;
        AgentOutCallsHeldTimeSession     UINT => agent_out_calls_held_time_session: u32;
        HandledCallsSession              UINT => handled_calls_session: u32;
        HandledCallsTalkTimeSession      UINT => handled_calls_talk_time_session: u32;
        HandledCallsAfterCallTimeSession UINT => handled_calls_after_call_time_session: u32;
        HandledCallsTimeSession          UINT => handled_calls_time_session: u32;
        IncomingCallsHeldSession         UINT => incoming_calls_held_session: u32;
        IncomingCallsHeldTimeSession     UINT => incoming_calls_held_time_session: u32;
        InternalCallsSession             UINT => internal_calls_session: u32;
        InternalCallsTimeSession         UINT => internal_calls_time_session: u32;
        InternalCallsRcvdSession         UINT => internal_calls_rcvd_session: u32;
        InternalCallsRcvdTimeSession     UINT => internal_calls_rcvd_time_session: u32;
        InternalCallsHeldSession         UINT => internal_calls_held_session: u32;
        InternalCallsHeldTimeSession     UINT => internal_calls_held_time_session: u32;
        AutoOutCallsSession              UINT => auto_out_calls_session: u32;
        AutoOutCallsTalkTimeSession      UINT => auto_out_calls_talk_time_session: u32;
        AutoOutCallsTimeSession          UINT => auto_out_calls_time_session: u32;
        AutoOutCallsHeldSession          UINT => auto_out_calls_held_session: u32;
        AutoOutCallsHeldTimeSession      UINT => auto_out_calls_held_time_session: u32;
        PreviewCallsSession              UINT => preview_calls_session: u32;
        PreviewCallsTalkTimeSession      UINT => preview_calls_talk_time_session: u32;
        PreviewCallsTimeSession          UINT => preview_calls_time_session: u32;
        PreviewCallsHeldSession          UINT => preview_calls_held_session: u32;
        PreviewCallsHeldTimeSession      UINT => preview_calls_held_time_session: u32;
        ReservationCallsSession          UINT => reservation_calls_session: u32;
        ReservationCallsTalkTimeSession  UINT => reservation_calls_talk_time_session: u32;
        ReservationCallsTimeSession      UINT => reservation_calls_time_session: u32;
        ReservationCallsHeldSession      UINT => reservation_calls_held_session: u32;
        ReservationCallsHeldTimeSession  UINT => reservation_calls_held_time_session: u32;
        BargeInCallsSession              UINT => barge_in_calls_session: u32;
        InterceptCallsSession            UINT => intercept_calls_session: u32;
        MonitorCallsSession              UINT => monitor_calls_session: u32;
        WhisperCallsSession              UINT => whisper_calls_session: u32;
        EmergencyCallsSession            UINT => emergency_calls_session: u32;
        AvailTimeToday                   UINT => avail_time_today: u32;
        LoggedOnTimeToday                UINT => logged_on_time_today: u32;
        NotReadyTimeToday                UINT => not_ready_time_today: u32;
        ICMAvailableTimeToday            UINT => icm_available_time_today: u32;
        RoutableTimeToday                UINT => routable_time_today: u32;
        AgentOutCallsToday               UINT => agent_out_calls_today: u32;
        AgentOutCallsTalkTimeToday       UINT => agent_out_calls_talk_time_today: u32;
        AgentOutCallsTimeToday           UINT => agent_out_calls_time_today: u32;
        AgentOutCallsHeldToday           UINT => agent_out_calls_held_today: u32;
        AgentOutCallsHeldTimeToday       UINT => agent_out_calls_held_time_today: u32;
        HandledCallsToday                UINT => handled_calls_today: u32;
        HandledCallsTalkTimeToday        UINT => handled_calls_talk_time_today: u32;
        HandledCallsAfterCallTimeToday   UINT => handled_calls_after_call_time_today: u32;
        HandledCallsTimeToday            UINT => handled_calls_time_today: u32;
        IncomingCallsHeldToday           UINT => incoming_calls_held_today: u32;
        IncomingCallsHeldTimeToday       UINT => incoming_calls_held_time_today: u32;
        InternalCallsToday               UINT => internal_calls_today: u32;
        InternalCallsTimeToday           UINT => internal_calls_time_today: u32;
        InternalCallsRcvdToday           UINT => internal_calls_rcvd_today: u32;
        InternalCallsRcvdTimeToday       UINT => internal_calls_rcvd_time_today: u32;
        InternalCallsHeldToday           UINT => internal_calls_held_today: u32;
        InternalCallsHeldTimeToday       UINT => internal_calls_held_time_today: u32;
        AutoOutCallsToday                UINT => auto_out_calls_today: u32;
        AutoOutCallsTalkTimeToday        UINT => auto_out_calls_talk_time_today: u32;
        AutoOutCallsTimeToday            UINT => auto_out_calls_time_today: u32;
        AutoOutCallsHeldToday            UINT => auto_out_calls_held_today: u32;
        AutoOutCallsHeldTimeToday        UINT => auto_out_calls_held_time_today: u32;
        PreviewCallsToday                UINT => preview_calls_today: u32;
        PreviewCallsTalkTimeToday        UINT => preview_calls_talk_time_today: u32;
        PreviewCallsTimeToday            UINT => preview_calls_time_today: u32;
        PreviewCallsHeldToday            UINT => preview_calls_held_today: u32;
        PreviewCallsHeldTimeToday        UINT => preview_calls_held_time_today: u32;
        ReservationCallsToday            UINT => reservation_calls_today: u32;
        ReservationCallsTalkTimeToday    UINT => reservation_calls_talk_time_today: u32;
        ReservationCallsTimeToday        UINT => reservation_calls_time_today: u32;
        ReservationCallsHeldToday        UINT => reservation_calls_held_today: u32;
        ReservationCallsHeldTimeToday    UINT => reservation_calls_held_time_today: u32;
        BargeInCallsToday                UINT => barge_in_calls_today: u32;
        InterceptCallsToday              UINT => intercept_calls_today: u32;
        MonitorCallsToday                UINT => monitor_calls_today: u32;
        WhisperCallsToday                UINT => whisper_calls_today: u32;
        EmergencyCallsToday              UINT => emergency_calls_today: u32;
    }
    floating {
        AgentExtension  STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION;
        AgentID         STRING(12) => agent_id: Str<'a> = AGENT_ID;
        AgentInstrument STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
    }

    /// Asks for the statistics of a skill group.
    QUERY_SKILL_GROUP_STATISTICS_REQ = 114 => QuerySkillGroupStatisticsReq, from Client, confirmed by QuerySkillGroupStatisticsConf;
    fixed {
        InvokeID         UINT => invoke_id: InvokeId;
        PeripheralID     UINT => peripheral_id: Option<PeripheralId>, "The ACD of the skill group";
        SkillGroupNumber UINT => skill_group_number: Option<SkillGroupNumber>, "The peripheral's number; may be none beside a SkillGroupID";
        SkillGroupID     UINT => skill_group_id: Option<SkillGroupId>, "May be none beside a SkillGroupNumber";
    }
    floating {}

    /// The statistics of a skill group: now, in these five minutes (To5), this half hour (ToHalf), since midnight (Today); times in seconds.
    QUERY_SKILL_GROUP_STATISTICS_CONF = 115 => QuerySkillGroupStatisticsConf, from Server;
    fixed {
        InvokeID                        UINT => invoke_id: InvokeId;
        PeripheralID                    UINT => peripheral_id: Option<PeripheralId>, "The ACD of the skill group";
        SkillGroupNumber                UINT => skill_group_number: Option<SkillGroupNumber>, "The peripheral's number; may be none beside a SkillGroupID";
        SkillGroupID                    UINT => skill_group_id: Option<SkillGroupId>;
        AgentsLoggedOn                  UINT => agents_logged_on: u32;
        AgentsAvail                     UINT => agents_avail: u32;
        AgentsNotReady                  UINT => agents_not_ready: u32;
        AgentsReady                     UINT => agents_ready: u32;
        AgentsTalkingIn                 UINT => agents_talking_in: u32;
        AgentsTalkingOut                UINT => agents_talking_out: u32;
        AgentsTalkingOther              UINT => agents_talking_other: u32;
        AgentsWorkNotReady              UINT => agents_work_not_ready: u32;
        AgentsWorkReady                 UINT => agents_work_ready: u32;
        AgentsBusyOther                 UINT => agents_busy_other: u32;
        AgentsReserved                  UINT => agents_reserved: u32;
        AgentsHold                      UINT => agents_hold: u32;
        AgentsICMAvailable              UINT => agents_icm_available: u32;
        AgentsApplicationAvailable      UINT => agents_application_available: u32;
        AgentsTalkingAutoOut            UINT => agents_talking_auto_out: u32;
        AgentsTalkingPreview            UINT => agents_talking_preview: u32;
        AgentsTalkingReservation        UINT => agents_talking_reservation: u32;
        RouterCallsQNow                 UINT => router_calls_q_now: u32, "`0xFFFFFFFF` if unknown";
        LongestRouterCallQNow           UINT => longest_router_call_q_now: u32, "`0xFFFFFFFF` if unknown";
        CallsQNow                       UINT => calls_q_now: u32, "`0xFFFFFFFF` if unknown";
        CallsQTimeNow                   UINT => calls_q_time_now: u32, "`0xFFFFFFFF` if unknown";
        LongestCallQNow                 UINT => longest_call_q_now: u32, "`0xFFFFFFFF` if unknown";
        AvailTimeTo5                    UINT => avail_time_to5: u32;
        LoggedOnTimeTo5                 UINT => logged_on_time_to5: u32;
        NotReadyTimeTo5                 UINT => not_ready_time_to5: u32;
        AgentOutCallsTo5                UINT => agent_out_calls_to5: u32;
        AgentOutCallsTalkTimeTo5        UINT => agent_out_calls_talk_time_to5: u32;
        AgentOutCallsTimeTo5            UINT => agent_out_calls_time_to5: u32;
        AgentOutCallsHeldTo5            UINT => agent_out_calls_held_to5: u32;
        AgentOutCallsHeldTimeTo5        UINT => agent_out_calls_held_time_to5: u32;
        HandledCallsTo5                 UINT => handled_calls_to5: u32;
        HandledCallsTalkTimeTo5         UINT => handled_calls_talk_time_to5: u32;
        HandledCallsAfterCallTimeTo5    UINT => handled_calls_after_call_time_to5: u32;
        HandledCallsTimeTo5             UINT => handled_calls_time_to5: u32;
        IncomingCallsHeldTo5            UINT => incoming_calls_held_to5: u32;
        IncomingCallsHeldTimeTo5        UINT => incoming_calls_held_time_to5: u32;
        InternalCallsRcvdTo5            UINT => internal_calls_rcvd_to5: u32;
        InternalCallsRcvdTimeTo5        UINT => internal_calls_rcvd_time_to5: u32;
        InternalCallsHeldTo5            UINT => internal_calls_held_to5: u32;
        InternalCallsHeldTimeTo5        UINT => internal_calls_held_time_to5: u32;
        AutoOutCallsTo5                 UINT => auto_out_calls_to5: u32;
        AutoOutCallsTalkTimeTo5         UINT => auto_out_calls_talk_time_to5: u32;
        AutoOutCallsTimeTo5             UINT => auto_out_calls_time_to5: u32;
        AutoOutCallsHeldTo5             UINT => auto_out_calls_held_to5: u32;
        AutoOutCallsHeldTimeTo5         UINT => auto_out_calls_held_time_to5: u32;
        PreviewCallsTo5                 UINT => preview_calls_to5: u32;
        PreviewCallsTalkTimeTo5         UINT => preview_calls_talk_time_to5: u32;
        PreviewCallsTimeTo5             UINT => preview_calls_time_to5: u32;
        PreviewCallsHeldTo5             UINT => preview_calls_held_to5: u32;
        PreviewCallsHeldTimeTo5         UINT => preview_calls_held_time_to5: u32;
        ReservationCallsTo5             UINT => reservation_calls_to5: u32;
        ReservationCallsTalkTimeTo5     UINT => reservation_calls_talk_time_to5: u32;
        ReservationCallsTimeTo5         UINT => reservation_calls_time_to5: u32;
        ReservationCallsHeldTo5         UINT => reservation_calls_held_to5: u32;
        ReservationCallsHeldTimeTo5     UINT => reservation_calls_held_time_to5: u32;
        BargeInCallsTo5                 UINT => barge_in_calls_to5: u32;
        InterceptCallsTo5               UINT => intercept_calls_to5: u32;
        MonitorCallsTo5                 UINT => monitor_calls_to5: u32;
        WhisperCallsTo5                 UINT => whisper_calls_to5: u32;
        EmergencyCallsTo5               UINT => emergency_calls_to5: u32;
        CallsQ5                         UINT => calls_q5: u32, "`0xFFFFFFFF` if unknown";
        CallsQTime5                     UINT => calls_q_time5: u32, "`0xFFFFFFFF` if unknown";
        LongestCallQ5                   UINT => longest_call_q5: u32, "`0xFFFFFFFF` if unknown";
        AvailTimeToHalf                 UINT => avail_time_to_half: u32;
        LoggedOnTimeToHalf              UINT => logged_on_time_to_half: u32;
        NotReadyTimeToHalf              UINT => not_ready_time_to_half: u32;
        AgentOutCallsToHalf             UINT => agent_out_calls_to_half: u32;
        AgentOutCallsTalkTimeToHalf     UINT => agent_out_calls_talk_time_to_half: u32;
        AgentOutCallsTimeToHalf         UINT => agent_out_calls_time_to_half: u32;
        AgentOutCallsHeldToHalf         UINT => agent_out_calls_held_to_half: u32;
        AgentOutCallsHeldTimeToHalf     UINT => agent_out_calls_held_time_to_half: u32;
        HandledCallsToHalf              UINT => handled_calls_to_half: u32;
        HandledCallsTalkTimeToHalf      UINT => handled_calls_talk_time_to_half: u32;
        HandledCallsAfterCallTimeToHalf UINT => handled_calls_after_call_time_to_half: u32;
        HandledCallsTimeToHalf          UINT => handled_calls_time_to_half: u32;
        IncomingCallsHeldToHalf         UINT => incoming_calls_held_to_half: u32;
        IncomingCallsHeldTimeToHalf     UINT => incoming_calls_held_time_to_half: u32;
        InternalCallsRcvdToHalf         UINT => internal_calls_rcvd_to_half: u32;
        InternalCallsRcvdTimeToHalf     UINT => internal_calls_rcvd_time_to_half: u32;
        InternalCallsHeldToHalf         UINT => internal_calls_held_to_half: u32;
        InternalCallsHeldTimeToHalf     UINT => internal_calls_held_time_to_half: u32;
        AutoOutCallsToHalf              UINT => auto_out_calls_to_half: u32;
        AutoOutCallsTalkTimeToHalf      UINT => auto_out_calls_talk_time_to_half: u32;
        AutoOutCallsTimeToHalf          UINT => auto_out_calls_time_to_half: u32;
        AutoOutCallsHeldToHalf          UINT => auto_out_calls_held_to_half: u32;
        AutoOutCallsHeldTimeToHalf      UINT => auto_out_calls_held_time_to_half: u32;
        PreviewCallsToHalf              UINT => preview_calls_to_half: u32;
        PreviewCallsTalkTimeToHalf      UINT => preview_calls_talk_time_to_half: u32;
        PreviewCallsTimeToHalf          UINT => preview_calls_time_to_half: u32;
        PreviewCallsHeldToHalf          UINT => preview_calls_held_to_half: u32;
        PreviewCallsHeldTimeToHalf      UINT => preview_calls_held_time_to_half: u32;
        ReservationCallsToHalf          UINT => reservation_calls_to_half: u32;
        ReservationCallsTalkTimeToHalf  UINT => reservation_calls_talk_time_to_half: u32;
        ReservationCallsTimeToHalf      UINT => reservation_calls_time_to_half: u32;
        ReservationCallsHeldToHalf      UINT => reservation_calls_held_to_half: u32;
        ReservationCallsHeldTimeToHalf  UINT => reservation_calls_held_time_to_half: u32;
        BargeInCallsToHalf              UINT => barge_in_calls_to_half: u32;
        InterceptCallsToHalf            UINT => intercept_calls_to_half: u32;
        MonitorCallsToHalf              UINT => monitor_calls_to_half: u32;
        WhisperCallsToHalf              UINT => whisper_calls_to_half: u32;
        EmergencyCallsToHalf            UINT => emergency_calls_to_half: u32;
        CallsQHalf                      UINT => calls_q_half: u32, "`0xFFFFFFFF` if unknown";
        CallsQTimeHalf                  UINT => calls_q_time_half: u32, "`0xFFFFFFFF` if unknown";
        LongestCallQHalf                UINT => longest_call_q_half: u32, "`0xFFFFFFFF` if unknown";
        AvailTimeToday                  UINT => avail_time_today: u32;
        LoggedOnTimeToday               UINT => logged_on_time_today: u32;
        NotReadyTimeToday               UINT => not_ready_time_today: u32;
        AgentOutCallsToday              UINT => agent_out_calls_today: u32;
        AgentOutCallsTalkTimeToday      UINT => agent_out_calls_talk_time_today: u32;
        AgentOutCallsTimeToday          UINT => agent_out_calls_time_today: u32;
        AgentOutCallsHeldToday          UINT => agent_out_calls_held_today: u32;
        AgentOutCallsHeldTimeToday      UINT => agent_out_calls_held_time_today: u32;
        HandledCallsToday               UINT => handled_calls_today: u32;
        HandledCallsTalkTimeToday       UINT => handled_calls_talk_time_today: u32;
        HandledCallsAfterCallTimeToday  UINT => handled_calls_after_call_time_today: u32;
        HandledCallsTimeToday           UINT => handled_calls_time_today: u32;
        IncomingCallsHeldToday          UINT => incoming_calls_held_today: u32;
        IncomingCallsHeldTimeToday      UINT => incoming_calls_held_time_today: u32;
        InternalCallsRcvdToday          UINT => internal_calls_rcvd_today: u32;
        InternalCallsRcvdTimeToday      UINT => internal_calls_rcvd_time_today: u32;
        InternalCallsHeldToday          UINT => internal_calls_held_today: u32;
        InternalCallsHeldTimeToday      UINT => internal_calls_held_time_today: u32;
        AutoOutCallsToday               UINT => auto_out_calls_today: u32;
        AutoOutCallsTalkTimeToday       UINT => auto_out_calls_talk_time_today: u32;
        AutoOutCallsTimeToday           UINT => auto_out_calls_time_today: u32;
        AutoOutCallsHeldToday           UINT => auto_out_calls_held_today: u32;
        AutoOutCallsHeldTimeToday       UINT => auto_out_calls_held_time_today: u32;
        PreviewCallsToday               UINT => preview_calls_today: u32;
        PreviewCallsTalkTimeToday       UINT => preview_calls_talk_time_today: u32;
        PreviewCallsTimeToday           UINT => preview_calls_time_today: u32;
        PreviewCallsHeldToday           UINT => preview_calls_held_today: u32;
        PreviewCallsHeldTimeToday       UINT => preview_calls_held_time_today: u32;
        ReservationCallsToday           UINT => reservation_calls_today: u32;
        ReservationCallsTalkTimeToday   UINT => reservation_calls_talk_time_today: u32;
        ReservationCallsTimeToday       UINT => reservation_calls_time_today: u32;
        ReservationCallsHeldToday       UINT => reservation_calls_held_today: u32;
        ReservationCallsHeldTimeToday   UINT => reservation_calls_held_time_today: u32;
        BargeInCallsToday               UINT => barge_in_calls_today: u32;
        InterceptCallsToday             UINT => intercept_calls_today: u32;
        MonitorCallsToday               UINT => monitor_calls_today: u32;
        WhisperCallsToday               UINT => whisper_calls_today: u32;
        EmergencyCallsToday             UINT => emergency_calls_today: u32;
        CallsQToday                     UINT => calls_q_today: u32, "`0xFFFFFFFF` if unknown";
        CallsQTimeToday                 UINT => calls_q_time_today: u32, "`0xFFFFFFFF` if unknown";
        LongestCallQToday               UINT => longest_call_q_today: u32, "`0xFFFFFFFF` if unknown";
    }
    floating {}

    /// Sets variables of an application path.
    SET_APP_DATA_REQ = 129 => SetAppDataReq, from Client, confirmed by SetAppDataConf;
    fixed {
        InvokeID UINT => invoke_id: InvokeId;
    }
    floating {
        ApplicationPathID INT        => application_path_id: ApplicationPathId = APP_PATH_ID;
    }
    then call_variables
    floating {
        FltCallTypeID     UINT       => flt_call_type_id: CallTypeId = CALL_TYPE_ID [since 14];
        PreCallInvokeID   UINT       => pre_call_invoke_id: InvokeId = PRE_CALL_INVOKE_ID [since 14], "The InvokeID of the pre-call that it belongs to";
    }

    /// Confirms that the variables are set for good.
    SET_APP_DATA_CONF = 130 => SetAppDataConf, from Server;

    /// Asks for the desk settings of an agent.
    AGENT_DESK_SETTINGS_REQ = 131 => AgentDeskSettingsReq, from Client, confirmed by AgentDeskSettingsConf;
    fixed {
        InvokeID     UINT => invoke_id: InvokeId;
        PeripheralID UINT => peripheral_id: Option<PeripheralId>;
    }
    floating {
        AgentID STRING(12) => agent_id: Str<'a> = AGENT_ID;
    }

    /// The desk settings of an agent.
    AGENT_DESK_SETTINGS_CONF = 132 => AgentDeskSettingsConf, from Server;
    fixed {
        InvokeID                       UINT => invoke_id: InvokeId;
        PeripheralID                   UINT => peripheral_id: Option<PeripheralId>;
        DeskSettingsMask               UINT => desk_settings_mask: DeskSettingsMask;
        WrapupDataIncomingMode         UINT => wrapup_data_incoming_mode: WrapupDataMode;
        WrapupDataOutgoingMode         UINT => wrapup_data_outgoing_mode: WrapupDataMode;
        LogoutNonActivityTime          UINT => logout_non_activity_time: u32, "Seconds without activity until the agent is logged out";
        QualityRecordingRate           UINT => quality_recording_rate: u32, "How often calls are recorded";
        RingNoAnswerTime               UINT => ring_no_answer_time: u32, "Seconds of ringing until the call moves on";
        SilentMonitorWarningMessage    UINT => silent_monitor_warning_message: u32, "Whether a box warns when silent monitoring begins";
        SilentMonitorAudibleIndication UINT => silent_monitor_audible_indication: u32, "Whether a click warns when silent monitoring begins";
        SupervisorAssistCallMethod     UINT => supervisor_assist_call_method: u32, "Assist calls are blind conferences if set, consultations if not";
        EmergencyCallMethod            UINT => emergency_call_method: u32, "Emergency calls are blind conferences if set, consultations if not";
        AutoRecordOnEmergency          UINT => auto_record_on_emergency: u32, "Whether emergency calls are recorded";
        RecordingMode                  UINT => recording_mode: u32, "Whether recording requests go by Unified CM";
        WorkModeTimer                  UINT => work_mode_timer: u32, "When wrap-up ends by itself";
        RingNoAnswerDN                 UINT => ring_no_answer_dn: u32, "The dialed number for calls that nobody answers, by its ID";
    }
    floating {
        DefaultDevicePortAddress STRING(32) => default_device_port_address: Str<'a> = DEFAULT_DEVICE_PORT_ADDRESS, "Takes the place of the phone's default port address";
        PlayZipTone              UINT       => play_zip_tone: PlayZipTone = PLAY_ZIP_TONE [since 24];
        ACDSharedLineUsage       UINT       => acd_shared_line_usage: AcdSharedLineUsage = ACD_SHARED_LINE_USAGE [since 24];
    }

    /// Asks to record a call; the server passes it on to a recorder.
    START_RECORDING_REQ = 147 => StartRecordingReq, from Both, confirmed by StartRecordingConf;
    fixed {
        InvokeID               UINT   => invoke_id: InvokeId;
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ClientPort             UINT   => client_port: u32, "TCP port of the media stream";
        BitRate                UINT   => bit_rate: u32, "For G.723 only";
        PacketSize             UINT   => packet_size: u32, "Milliseconds";
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
        Direction              USHORT => direction: MediaDirection;
        RTPType                USHORT => rtp_type: RtpType;
        EchoCancellation       USHORT => echo_cancellation: u16, "On or off; the numbers are not printed";
        PayloadType            USHORT => payload_type: u16, "The codec; the numbers are not printed";
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        ClientID           STRING(64) => client_id: Str<'a> = CLIENT_ID [conditional], "The client that asks, on the way to a server application";
        ClientAddress      STRING(64) => client_address: Str<'a> = CLIENT_ADDRESS [conditional], "IP address of the client that asks, on the way to a server application";
        AgentExtension     STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "Bridge clients give an extension, an ID or an instrument";
        AgentID            STRING(12) => agent_id: Str<'a> = AGENT_ID [conditional], "See the extension";
        AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "See the extension";
        ClientAddressIPV6  STRING(16) => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
    }

    /// Confirms that a call is recorded; the server passes it on to the client.
    START_RECORDING_CONF = 148 => StartRecordingConf, from Both;
    fixed {
        InvokeID   UINT => invoke_id: InvokeId;
        SessionID  UINT => session_id: SessionId, "Of a server application: `0xFFFFFFFF` if only it can stop, 0 if any can; goes back in STOP_RECORDING_REQ";
        ServerData UINT => server_data: u32, "The server's own; goes back in STOP_RECORDING_REQ";
    }
    floating {
        ClientID      STRING(64) => client_id: Str<'a> = CLIENT_ID [conditional], "The server application that records, on the way to a client";
        ClientAddress STRING(64) => client_address: Str<'a> = CLIENT_ADDRESS [conditional], "IP address of that application, on the way to a client";
        ClientAddressIPV6 STRING(16) => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
    }

    /// Asks to end a recording; the server passes it on to the recorder.
    STOP_RECORDING_REQ = 149 => StopRecordingReq, from Both, confirmed by StopRecordingConf;
    fixed {
        InvokeID               UINT   => invoke_id: InvokeId;
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ClientPort             UINT   => client_port: u32, "TCP port of the media stream";
        SessionID              UINT   => session_id: SessionId, "As START_RECORDING_CONF said; 0 for any server";
        ServerData             UINT   => server_data: u32, "As START_RECORDING_CONF said";
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
        Direction              USHORT => direction: MediaDirection;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        ClientID           STRING(64) => client_id: Str<'a> = CLIENT_ID [conditional], "The client that asks, on the way to a server application";
        ClientAddress      STRING(64) => client_address: Str<'a> = CLIENT_ADDRESS [conditional], "IP address of the client that asks, on the way to a server application";
        AgentExtension     STRING(16) => agent_extension: Str<'a> = AGENT_EXTENSION [conditional], "Bridge clients give an extension, an ID or an instrument";
        AgentID            STRING(12) => agent_id: Str<'a> = AGENT_ID [conditional], "See the extension";
        AgentInstrument    STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT [conditional], "See the extension";
        ClientAddressIPV6  STRING(16) => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
    }

    /// Confirms that a recording ended; the server passes it on to the client.
    STOP_RECORDING_CONF = 150 => StopRecordingConf, from Both;
    fixed {
        InvokeID UINT => invoke_id: InvokeId;
    }
    floating {
        ClientID      STRING(64) => client_id: Str<'a> = CLIENT_ID [conditional], "The server application that recorded, on the way to a client";
        ClientAddress STRING(64) => client_address: Str<'a> = CLIENT_ADDRESS [conditional], "IP address of that application, on the way to a client";
        ClientAddressIPV6 STRING(16) => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
    }

    /// Tells which services an agent has enabled, and how useful their answers were.
    SET_AGENT_SERVICE_DATA_REQ = 283 => SetAgentServiceDataReq, from Client, confirmed by SetAgentServiceDataConf, since 24;
    fixed {
        InvokeID                    UINT => invoke_id: InvokeId;
        RouterCallKeyDay            UINT => router_call_key_day: u32;
        RouterCallKeyCallID         UINT => router_call_key_call_id: u32;
        RouterCallKeySequenceNumber UINT => router_call_key_sequence_number: u32;
        AgentSkillTargetID          UINT => agent_skill_target_id: SkillTargetId;
    }
    floating {
        NumOfEnabledServices          USHORT       counts enabled_services = NUM_OF_ENABLED_SERVICES, "0 if all services are disabled";
        FltEnabledServices            USHORT_ARRAY list enabled_services: EnabledService = FLT_ENABLED_SERVICES [count NumOfEnabledServices], "The numbers are not printed with this message";
        TotalAnswersSuggestion        USHORT;
        NumPositiveAnswersSuggestions USHORT => num_positive_answers_suggestions: u16 = MEDIA_TYPE [until 24], "In version 25 the number of the tag belongs to another message";
        NumNegativeAnswersSuggestions USHORT => num_negative_answers_suggestions: u16 = MEDIA_PROVIDER [until 24], "In version 25 the number of the tag belongs to another message";
    }

    /// Answers a SET_AGENT_SERVICE_DATA_REQ.
    SET_AGENT_SERVICE_DATA_CONF = 284 => SetAgentServiceDataConf, from Server, since 24;
    fixed {
        InvokeID UINT => invoke_id: InvokeId;
        Status   UINT => status: StatusCode;
    }
    floating {}
}
