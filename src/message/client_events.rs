//! Client Events Service: what happens to calls and agents.

use super::call_variables::call_variables;
use super::tag_table_lines::agent_id_long;
use crate::codec::macros::{entries, messages};
use crate::types::id::{
    CallId, CallTypeId, CampaignId, DepartmentId, IcmAgentId, InvokeId, LineHandle, MonitorId, MrdId,
    PeripheralId, QueryRuleId, ServiceId, ServiceNumber, SessionId, SkillGroupId, SkillGroupNumber,
    SkillTargetId, Time, TrunkGroupNumber, TrunkNumber,
};
use crate::types::named_values::{
    AgentAvailabilityStatus, AgentMode, AgentState, CallDirection, CallType, ConnectionDeviceIdType,
    DeviceIdType, DispositionCode, EnabledService, EventCause, GreetingEventCode, LineType,
    LocalConnectionState, MediaDirection, MediaForkingDeviceType, PeripheralType, RecorderStatus,
    RecorderType, RecordingType, RtpType,
};
use crate::types::text::{Bytes, NamedArray, NamedVariable, Str};

messages! {
    ($) ClientEvents, "Client Events Service";

    /// A call rings at a phone, or came in on a trunk (All Events only).
    CALL_DELIVERED_EVENT = 9 => CallDeliveredEvent, from Server, masked by CALL_DELIVERED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        LineHandle             USHORT => line_handle: Option<LineHandle>, "The line that rings, where the state is `LCS_ALERTING` and the line is known";
        LineType               USHORT => line_type: LineType, "`0xFFFF` where there is no line";
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>;
        ServiceID              UINT   => service_id: Option<ServiceId>;
        SkillGroupNumber       UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID           UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority     USHORT => skill_group_priority: u16, "0 where there is none";
        AlertingDeviceType     USHORT => alerting_device_type: DeviceIdType, "Kind of the AlertingDeviceID";
        CallingDeviceType      USHORT => calling_device_type: DeviceIdType, "Kind of the CallingDeviceID";
        CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
        LastRedirectDeviceType USHORT => last_redirect_device_type: DeviceIdType, "Kind of the LastRedirectDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState, "`LCS_ALERTING` when a phone rings, `LCS_INITIATE` when an inbound trunk was seized (All Events)";
        EventCause             USHORT => event_cause: EventCause;
        NumNamedVariables      USHORT counts named_variables [since 10];
        NumNamedArrays         USHORT counts named_arrays [since 10];
    }
    floating {
        ConnectionDeviceID        STRING(64)      => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        AlertingDeviceID          STRING(64)      => alerting_device_id: Str<'a> = ALERTING_DEVID [device AlertingDeviceType];
        CallingDeviceID           STRING(64)      => calling_device_id: Str<'a> = CALLING_DEVID [device CallingDeviceType];
        CalledDeviceID            STRING(64)      => called_device_id: Str<'a> = CALLED_DEVID [device CalledDeviceType], "The device called first";
        LastRedirectDeviceID      STRING(64)      => last_redirect_device_id: Str<'a> = LAST_REDIRECT_DEVID [device LastRedirectDeviceType], "The device that rang before";
        TrunkNumber               UINT            => trunk_number: TrunkNumber = TRUNK_NUMBER;
        TrunkGroupNumber          UINT            => trunk_group_number: TrunkGroupNumber = TRUNK_GROUP_NUMBER;
        SecondaryConnectionCallID UINT            => secondary_connection_call_id: CallId = SECONDARY_CONNECTION_CALL_ID [since 10], "The consultation call from the CTI port to the agent (Unified CCX)";
        ANI                       STRING(40)      => ani: Str<'a> = ANI;
        ANI_II                    STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Not sent at present";
        UserToUserInfo            UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
        DNIS                      STRING(32)      => dnis: Str<'a> = DNIS;
        DialedNumber              STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER;
        CallerEnteredDigits       STRING(40)      => caller_entered_digits: Str<'a> = CED;
    }
    then call_variables
    floating {
        CallWrapupData            STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
        NamedVariable             NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [since 10, count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
        NamedArray                NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [since 10, count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    }

    /// A call was answered.
    CALL_ESTABLISHED_EVENT = 10 => CallEstablishedEvent, from Server, masked by CALL_ESTABLISHED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        LineHandle             USHORT => line_handle: Option<LineHandle>;
        LineType               USHORT => line_type: LineType;
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>;
        ServiceID              UINT   => service_id: Option<ServiceId>;
        SkillGroupNumber       UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID           UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority     USHORT => skill_group_priority: u16, "0 where there is none";
        AnsweringDeviceType    USHORT => answering_device_type: DeviceIdType, "Kind of the AnsweringDeviceID";
        CallingDeviceType      USHORT => calling_device_type: DeviceIdType, "Kind of the CallingDeviceID";
        CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
        LastRedirectDeviceType USHORT => last_redirect_device_type: DeviceIdType, "Kind of the LastRedirectDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID   STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        AnsweringDeviceID    STRING(64) => answering_device_id: Str<'a> = ANSWERING_DEVID [device AnsweringDeviceType];
        CallingDeviceID      STRING(64) => calling_device_id: Str<'a> = CALLING_DEVID [device CallingDeviceType];
        CalledDeviceID       STRING(64) => called_device_id: Str<'a> = CALLED_DEVID [device CalledDeviceType], "The device called first";
        LastRedirectDeviceID STRING(64) => last_redirect_device_id: Str<'a> = LAST_REDIRECT_DEVID [device LastRedirectDeviceType], "The device that rang before";
        TrunkNumber          UINT       => trunk_number: TrunkNumber = TRUNK_NUMBER;
        TrunkGroupNumber     UINT       => trunk_group_number: TrunkGroupNumber = TRUNK_GROUP_NUMBER;
    }

    /// A call was put on hold.
    CALL_HELD_EVENT = 11 => CallHeldEvent, from Server, masked by CALL_HELD_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        HoldingDeviceType      USHORT => holding_device_type: DeviceIdType, "Kind of the HoldingDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        HoldingDeviceID    STRING(64) => holding_device_id: Str<'a> = HOLDING_DEVID [device HoldingDeviceType], "The device that holds";
    }

    /// A held call was taken back.
    CALL_RETRIEVED_EVENT = 12 => CallRetrievedEvent, from Server, masked by CALL_RETRIEVED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        RetrievingDeviceType   USHORT => retrieving_device_type: DeviceIdType, "Kind of the RetrievingDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        RetrievingDeviceID STRING(64) => retrieving_device_id: Str<'a> = RETRIEVING_DEVID [device RetrievingDeviceType], "The device that took the call back";
    }

    /// A call is over, as a rule because its last device hung up.
    CALL_CLEARED_EVENT = 13 => CallClearedEvent, from Server, masked by CALL_CLEARED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID], "The device whose connection ended";
    }

    /// A party left a call that goes on.
    CALL_CONNECTION_CLEARED_EVENT = 14 => CallConnectionClearedEvent, from Server, masked by CALL_CONNECTION_CLEARED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ReleasingDeviceType    USHORT => releasing_device_type: DeviceIdType, "Kind of the ReleasingDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID], "The device whose connection ended";
        ReleasingDeviceID  STRING(64) => releasing_device_id: Str<'a> = RELEASING_DEVID [device ReleasingDeviceType], "On Unified CCE it does not tell reliably who hung up first";
    }

    /// An outbound call is under way.
    CALL_ORIGINATED_EVENT = 15 => CallOriginatedEvent, from Server, masked by CALL_ORIGINATED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        LineHandle             USHORT => line_handle: Option<LineHandle>;
        LineType               USHORT => line_type: LineType;
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>;
        ServiceID              UINT   => service_id: Option<ServiceId>;
        SkillGroupNumber       UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID           UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority     USHORT => skill_group_priority: u16, "0 where there is none";
        CallingDeviceType      USHORT => calling_device_type: DeviceIdType, "Kind of the CallingDeviceID";
        CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        CallingDeviceID    STRING(64) => calling_device_id: Str<'a> = CALLING_DEVID [device CallingDeviceType];
        CalledDeviceID     STRING(64) => called_device_id: Str<'a> = CALLED_DEVID [device CalledDeviceType], "The device called first";
    }

    /// A call cannot be completed.
    CALL_FAILED_EVENT = 16 => CallFailedEvent, from Server, masked by CALL_FAILED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        FailingDeviceType      USHORT => failing_device_type: DeviceIdType, "Kind of the FailingDeviceID";
        CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        FailingDeviceID    STRING(64) => failing_device_id: Str<'a> = FAILING_DEVID [device FailingDeviceType];
        CalledDeviceID     STRING(64) => called_device_id: Str<'a> = CALLED_DEVID [device CalledDeviceType];
    }

    /// Calls became one conference.
    CALL_CONFERENCED_EVENT = 17 => CallConferencedEvent, from Server, masked by CALL_CONFERENCED_MASK;
    fixed {
        MonitorID             UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID          UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType        USHORT => peripheral_type: PeripheralType;
        PrimaryDeviceIDType   USHORT => primary_device_id_type: ConnectionDeviceIdType, "Kind of the PrimaryDeviceID";
        PrimaryCallID         UINT   => primary_call_id: Option<CallId>;
        LineHandle            USHORT => line_handle: Option<LineHandle>;
        LineType              USHORT => line_type: LineType;
        SkillGroupNumber      UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID          UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority    USHORT => skill_group_priority: u16, "0 where there is none";
        NumParties            USHORT counts parties [max 16];
        SecondaryDeviceIDType USHORT => secondary_device_id_type: ConnectionDeviceIdType, "Kind of the SecondaryDeviceID";
        SecondaryCallID       UINT   => secondary_call_id: Option<CallId>;
        ControllerDeviceType  USHORT => controller_device_type: DeviceIdType, "Kind of the ControllerDeviceID";
        AddedPartyDeviceType  USHORT => added_party_device_type: DeviceIdType, "Kind of the AddedPartyDeviceID";
        LocalConnectionState  USHORT => local_connection_state: LocalConnectionState;
        EventCause            USHORT => event_cause: EventCause;
    }
    floating {
        PrimaryDeviceID    STRING(64) => primary_device_id: Str<'a> = PRIMARY_DEVID [call PrimaryCallID];
        SecondaryDeviceID  STRING(64) => secondary_device_id: Str<'a> = SECONDARY_DEVID [call SecondaryCallID];
        ControllerDeviceID STRING(64) => controller_device_id: Str<'a> = CONTROLLER_DEVID [device ControllerDeviceType];
        AddedPartyDeviceID STRING(64) => added_party_device_id: Str<'a> = ADDED_PARTY_DEVID [device AddedPartyDeviceType];
        ConnectedParty     ENTRIES    entries parties: ConnectedParty<'a> [count NumParties];
    }

    /// A call moved to another destination.
    CALL_TRANSFERRED_EVENT = 18 => CallTransferredEvent, from Server, masked by CALL_TRANSFERRED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        PrimaryDeviceIDType    USHORT => primary_device_id_type: ConnectionDeviceIdType, "Kind of the PrimaryDeviceID";
        PrimaryCallID          UINT   => primary_call_id: Option<CallId>;
        LineHandle             USHORT => line_handle: Option<LineHandle>;
        LineType               USHORT => line_type: LineType;
        SkillGroupNumber       UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID           UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority     USHORT => skill_group_priority: u16, "0 where there is none";
        NumParties             USHORT counts parties [max 16];
        SecondaryDeviceIDType  USHORT => secondary_device_id_type: ConnectionDeviceIdType, "Kind of the SecondaryDeviceID";
        SecondaryCallID        UINT   => secondary_call_id: Option<CallId>;
        TransferringDeviceType USHORT => transferring_device_type: DeviceIdType, "Kind of the TransferringDeviceID";
        TransferredDeviceType  USHORT => transferred_device_type: DeviceIdType, "Kind of the TransferredDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        PrimaryDeviceID      STRING(64) => primary_device_id: Str<'a> = PRIMARY_DEVID [call PrimaryCallID];
        SecondaryDeviceID    STRING(64) => secondary_device_id: Str<'a> = SECONDARY_DEVID [call SecondaryCallID];
        TransferringDeviceID STRING(64) => transferring_device_id: Str<'a> = TRANSFERRING_DEVID [device TransferringDeviceType], "The device that transferred";
        TransferredDeviceID  STRING(64) => transferred_device_id: Str<'a> = TRANSFERRED_DEVID [device TransferredDeviceType], "The device that got the call";
        ConnectedParty       ENTRIES    entries parties: ConnectedParty<'a> [count NumParties];
    }

    /// A call was taken from a device before it was answered.
    CALL_DIVERTED_EVENT = 19 => CallDivertedEvent, from Server, masked by CALL_DIVERTED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>;
        ServiceID              UINT   => service_id: Option<ServiceId>;
        DivertingDeviceType    USHORT => diverting_device_type: DeviceIdType, "Kind of the DivertingDeviceID";
        CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        DivertingDeviceID  STRING(64) => diverting_device_id: Str<'a> = DIVERTING_DEVID [device DivertingDeviceType], "The device that lost the call";
        CalledDeviceID     STRING(64) => called_device_id: Str<'a> = CALLED_DEVID [device CalledDeviceType], "The device that the call goes to";
    }

    /// A phone went off hook.
    CALL_SERVICE_INITIATED_EVENT = 20 => CallServiceInitiatedEvent, from Server, masked by CALL_SERVICE_INITIATED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        LineHandle             USHORT => line_handle: Option<LineHandle>;
        LineType               USHORT => line_type: LineType;
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>;
        ServiceID              UINT   => service_id: Option<ServiceId>;
        SkillGroupNumber       UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID           UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority     USHORT => skill_group_priority: u16, "0 where there is none";
        CallingDeviceType      USHORT => calling_device_type: DeviceIdType, "Kind of the CallingDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID            STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        CallingDeviceID               STRING(64) => calling_device_id: Str<'a> = CALLING_DEVID [device CallingDeviceType];
        CallReferenceID               UNSPEC(32) => call_reference_id: Bytes<'a> = CALL_REFERENCE_ID [since 14], "A unique name of the call, where Unified CM gives one";
        COCConnectionCallID           UINT       => coc_connection_call_id: CallId = COC_CONNECTION_CALL_ID [since 14], "If there, the call was made on behalf of this consultation call";
        COCCallConnectionDeviceIDType USHORT     => coc_call_connection_device_id_type: ConnectionDeviceIdType = COC_CONNECTION_DEVICE_ID_TYPE [since 14], "Kind of the original call's device identifier";
        COCCallConnectionDeviceID     STRING(64) => coc_call_connection_device_id: Str<'a> = COC_CONNECTION_DEVICE_ID [since 14], "Only the tag table names it";
    }

    /// A call waits in a queue.
    CALL_QUEUED_EVENT = 21 => CallQueuedEvent, from Server, masked by CALL_QUEUED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>;
        ServiceID              UINT   => service_id: Option<ServiceId>;
        QueueDeviceType        USHORT => queue_device_type: DeviceIdType, "Kind of the QueueDeviceID";
        CallingDeviceType      USHORT => calling_device_type: DeviceIdType, "Kind of the CallingDeviceID";
        CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
        LastRedirectDeviceType USHORT => last_redirect_device_type: DeviceIdType, "Kind of the LastRedirectDeviceID";
        NumQueued              USHORT => num_queued: u16, "Calls that wait for this service";
        NumSkillGroups         USHORT counts skill_groups [max 20];
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID   STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        QueueDeviceID        STRING(64) => queue_device_id: Str<'a> = QUEUE_DEVID [device QueueDeviceType];
        CallingDeviceID      STRING(64) => calling_device_id: Str<'a> = CALLING_DEVID [device CallingDeviceType];
        CalledDeviceID       STRING(64) => called_device_id: Str<'a> = CALLED_DEVID [device CalledDeviceType];
        LastRedirectDeviceID STRING(64) => last_redirect_device_id: Str<'a> = LAST_REDIRECT_DEVID [device LastRedirectDeviceType], "The device that redirected";
        QueueSkillGroup      ENTRIES    entries skill_groups: QueueSkillGroup [count NumSkillGroups];
        PriorityQueueNumber  UNSPEC(4)  => priority_queue_number: Bytes<'a> = PRIORITY_QUEUE_NUMBER [since 10], "Only the tag table names it; its type was never published";
    }

    /// The first event of a call: what is known of it at the start.
    BEGIN_CALL_EVENT = 23 => BeginCallEvent, from Server, masked by BEGIN_CALL_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        NumCTIClients          USHORT counts cti_clients;
        NumNamedVariables      USHORT counts named_variables;
        NumNamedArrays         USHORT counts named_arrays;
        CallType               USHORT => call_type: CallType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        CalledPartyDisposition USHORT => called_party_disposition: DispositionCode;
    }
    floating {
        ConnectionDeviceID          STRING(64)      => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        ANI                         STRING(40)      => ani: Str<'a> = ANI;
        UserToUserInfo              UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
        DNIS                        STRING(32)      => dnis: Str<'a> = DNIS;
        DialedNumber                STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER;
        CallerEnteredDigits         STRING(40)      => caller_entered_digits: Str<'a> = CED;
        RouterCallKeyDay            UINT            => router_call_key_day: u32 = ROUTER_CALL_KEY_DAY, "For calls that were post-routed or translation-routed";
        RouterCallKeyCallID         UINT            => router_call_key_call_id: u32 = ROUTER_CALL_KEY_CALLID, "Counts from midnight";
        RouterCallKeySequenceNumber UINT            => router_call_key_sequence_number: u32 = ROUTER_CALL_KEY_SEQUENCE_NUM, "With day and call ID the TaskID";
    }
    then call_variables
    floating {
        CallWrapupData              STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
        NamedVariable               NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
        NamedArray                  NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
        CtiClient                   ENTRIES         entries cti_clients: CtiClient<'a> [count NumCTIClients];
        CallReferenceID             UNSPEC(32)      => call_reference_id: Bytes<'a> = CALL_REFERENCE_ID [since 14], "A unique name of the call, where Unified CM gives one";
        ANI_II                      STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Only the tag table names it";
    }

    /// The last event of a call for this client; the call itself may go on.
    END_CALL_EVENT = 24 => EndCallEvent, from Server, masked by END_CALL_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
    }

    /// Data of a call changed, perhaps even its identifier.
    CALL_DATA_UPDATE_EVENT = 25 => CallDataUpdateEvent, from Server, masked by CALL_DATA_UPDATE_MASK;
    fixed {
        MonitorID                 UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID              UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType            USHORT => peripheral_type: PeripheralType;
        NumCTIClients             USHORT counts cti_clients;
        NumNamedVariables         USHORT counts named_variables;
        NumNamedArrays            USHORT counts named_arrays;
        CallType                  USHORT => call_type: CallType;
        ConnectionDeviceIDType    USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID          UINT   => connection_call_id: Option<CallId>, "The call as it was known so far";
        NewConnectionDeviceIDType USHORT => new_connection_device_id_type: ConnectionDeviceIdType, "Kind of the NewConnectionDeviceID";
        NewConnectionCallID       UINT   => new_connection_call_id: Option<CallId>, "The call as it is known from now on";
        CalledPartyDisposition    USHORT => called_party_disposition: DispositionCode;
        CampaignID                UINT   => campaign_id: CampaignId, "0 where unused";
        QueryRuleID               UINT   => query_rule_id: QueryRuleId, "0 where unused";
    }
    floating {
        ConnectionDeviceID          STRING(64)      => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID], "The device identifier so far";
        NewConnectionDeviceID       STRING(64)      => new_connection_device_id: Str<'a> = NEW_CONNECTION_DEVID [required, call NewConnectionCallID], "The device identifier from now on";
        ANI                         STRING(40)      => ani: Str<'a> = ANI;
        UserToUserInfo              UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
        DNIS                        STRING(32)      => dnis: Str<'a> = DNIS;
        DialedNumber                STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER;
        CallerEnteredDigits         STRING(40)      => caller_entered_digits: Str<'a> = CED;
        RouterCallKeyDay            UINT            => router_call_key_day: u32 = ROUTER_CALL_KEY_DAY, "For calls that were post-routed or translation-routed";
        RouterCallKeyCallID         UINT            => router_call_key_call_id: u32 = ROUTER_CALL_KEY_CALLID, "Counts from midnight";
        RouterCallKeySequenceNumber UINT            => router_call_key_sequence_number: u32 = ROUTER_CALL_KEY_SEQUENCE_NUM, "With day and call ID the TaskID";
    }
    then call_variables
    floating {
        CallWrapupData              STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
        NamedVariable               NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
        NamedArray                  NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
        CustomerPhoneNumber         STRING(20)      => customer_phone_number: Str<'a> = CUSTOMER_PHONE_NUMBER;
        CustomerAccountNumber       STRING(32)      => customer_account_number: Str<'a> = CUSTOMER_ACCOUNT_NUMBER;
        CtiClient                   ENTRIES         entries cti_clients: CtiClient<'a> [count NumCTIClients];
        CallReferenceID             UNSPEC(32)      => call_reference_id: Bytes<'a> = CALL_REFERENCE_ID [since 14], "A unique name of the call, where Unified CM gives one";
        ANI_II                      STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Only the tag table names it";
    }

    /// The state of an agent changed.
    AGENT_STATE_EVENT = 30 => AgentStateEvent, from Server;
    fixed {
        MonitorID               UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID            UINT   => peripheral_id: Option<PeripheralId>;
        SessionID               UINT   => session_id: SessionId, "The Client Events session of the agent; 0 for none";
        PeripheralType          USHORT => peripheral_type: PeripheralType;
        SkillGroupState         USHORT => skill_group_state: AgentState;
        StateDuration           UINT   => state_duration: u32, "Seconds spent in the state, as a rule 0";
        SkillGroupNumber        UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID            UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority      USHORT => skill_group_priority: u16, "0 where there is none";
        AgentState              USHORT => agent_state: AgentState, "The state over all skill groups";
        EventReasonCode         USHORT => event_reason_code: u16, "The peripheral's own number; for not ready and logged off";
        MRDID                   INT    => mrd_id: MrdId;
        NumTasks                UINT   => num_tasks: u32, "Tasks that are offered, active, paused or in wrap-up";
        AgentMode               USHORT => agent_mode: AgentMode, "Versions 14 to 17 print the two numbers the other way round";
        MaxTaskLimit            UINT   => max_task_limit: u32;
        ICMAgentID              INT    => icm_agent_id: IcmAgentId;
        AgentAvailabilityStatus UINT   => agent_availability_status: AgentAvailabilityStatus;
        NumFltSkillGroups       USHORT counts skill_groups [since 10, max 99], "With 0 the fixed part tells of one skill group, otherwise the list tells of up to 99";
        DepartmentID            INT    => department_id: DepartmentId [since 19];
    }
    floating {
        CTIClientSignature STRING(64)  => cti_client_signature: Str<'a> = CLIENT_SIGNATURE;
        AgentID            STRING(12)  => agent_id: Str<'a> = AGENT_ID;
        AgentExtension     STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION;
        ActiveTerminal     STRING(64)  => active_terminal: Str<'a> = FLT_TERM_DEVICE_NAME [since 24];
        AgentInstrument    STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
        Duration           UINT        => duration: u32 = DURATION [since 10], "Seconds that the state is expected to last";
        NextAgentState     USHORT      => next_agent_state: AgentState = NEXT_AGENT_STATE [since 10], "Where known";
        Direction          UINT        => direction: CallDirection = DIRECTION [since 16];
        StateSkillGroup    ENTRIES     entries skill_groups: StateSkillGroup [count NumFltSkillGroups];
        MaxBeyondTaskLimit UINT        => max_beyond_task_limit: u32 = MAX_BEYOND_TASK_LIMIT [since 22];
    }
    then agent_id_long

    /// An outbound call reached another network.
    CALL_REACHED_NETWORK_EVENT = 34 => CallReachedNetworkEvent, from Server, masked by CALL_REACHED_NETWORK_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        LineHandle             USHORT => line_handle: Option<LineHandle>;
        LineType               USHORT => line_type: LineType;
        TrunkUsedDeviceType    USHORT => trunk_used_device_type: DeviceIdType, "Kind of the TrunkUsedDeviceID";
        CalledDeviceType       USHORT => called_device_type: DeviceIdType, "Kind of the CalledDeviceID";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        TrunkUsedDeviceID  STRING(64) => trunk_used_device_id: Str<'a> = TRUNK_USED_DEVID [device TrunkUsedDeviceType];
        CalledDeviceID     STRING(64) => called_device_id: Str<'a> = CALLED_DEVID [device CalledDeviceType];
        TrunkNumber        UINT       => trunk_number: TrunkNumber = TRUNK_NUMBER;
        TrunkGroupNumber   UINT       => trunk_group_number: TrunkGroupNumber = TRUNK_GROUP_NUMBER;
    }

    /// A call left a queue.
    CALL_DEQUEUED_EVENT = 86 => CallDequeuedEvent, from Server, masked by CALL_DEQUEUED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        QueueDeviceType        USHORT => queue_device_type: DeviceIdType, "Kind of a QueueDeviceID that the floating part does not have";
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>;
        ServiceID              UINT   => service_id: Option<ServiceId>;
        NumQueued              USHORT => num_queued: u16, "Calls that still wait for this service";
        NumSkillGroups         USHORT counts skill_groups [max 20], "0 if the call left all queues";
        LocalConnectionState   USHORT => local_connection_state: LocalConnectionState;
        EventCause             USHORT => event_cause: EventCause;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        DequeueSkillGroup  ENTRIES    entries skill_groups: DequeueSkillGroup [count NumSkillGroups];
        DeQueueType        UNSPEC(4)  => de_queue_type: Bytes<'a> = DEQUEUE_TYPE [since 10], "Only the tag table names it; its type was never published";
    }

    /// A call or task is on its way to an agent; tells what it will bring along.
    AGENT_PRE_CALL_EVENT = 105 => AgentPreCallEvent, from Server, masked by AGENT_PRE_CALL_MASK;
    fixed {
        MonitorID          UINT   => monitor_id: MonitorId, "The device monitor that the event is for; 0 with the All Events service";
        NumNamedVariables  USHORT counts named_variables;
        NumNamedArrays     USHORT counts named_arrays;
        ServiceNumber      UINT   => service_number: Option<ServiceNumber>;
        ServiceID          UINT   => service_id: Option<ServiceId>;
        SkillGroupNumber   UINT   => skill_group_number: Option<SkillGroupNumber>;
        SkillGroupID       UINT   => skill_group_id: Option<SkillGroupId>;
        SkillGroupPriority USHORT => skill_group_priority: u16, "0 where there is none";
        MRDID              INT    => mrd_id: MrdId;
        AgentSkillTargetID UINT   => agent_skill_target_id: SkillTargetId [since 20];
    }
    floating {
        AgentInstrument             STRING(64)      => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
        RouterCallKeyDay            UINT            => router_call_key_day: u32 = ROUTER_CALL_KEY_DAY;
        RouterCallKeyCallID         UINT            => router_call_key_call_id: u32 = ROUTER_CALL_KEY_CALLID, "Counts from midnight";
        RouterCallKeySequenceNumber UINT            => router_call_key_sequence_number: u32 = ROUTER_CALL_KEY_SEQUENCE_NUM, "With day and call ID the TaskID";
        ANI                         STRING(40)      => ani: Str<'a> = ANI;
        UserToUserInfo              UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI;
        DialedNumber                STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER;
        CallerEnteredDigits         STRING(40)      => caller_entered_digits: Str<'a> = CED;
        FltCallTypeID               UINT            => flt_call_type_id: CallTypeId = CALL_TYPE_ID [since 14];
        PreCallInvokeID             UINT            => pre_call_invoke_id: InvokeId = PRE_CALL_INVOKE_ID [since 14];
    }
    then call_variables
    floating {
        NamedVariable               NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
        NamedArray                  NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
        AgentID                     STRING(12)      => agent_id: Str<'a> = AGENT_ID [since 20];
        ProtocolReferenceGUID       STRING(40)      => protocol_reference_guid: Str<'a> = PROTOCOL_REFERENCE_GUID [since 24];
        NumOfEnabledServices        USHORT          counts enabled_services = NUM_OF_ENABLED_SERVICES [since 24];
        FltEnabledServices          USHORT_ARRAY    list enabled_services: EnabledService = FLT_ENABLED_SERVICES [since 24, count NumOfEnabledServices];
        CcaiConfigId                STRING(40)      => ccai_config_id: Str<'a> = CCAI_CONFIG_ID [since 24];
        ANI_II                      STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Only the tag table names it";
    }

    /// What an AGENT_PRE_CALL_EVENT announced will not come.
    AGENT_PRE_CALL_ABORT_EVENT = 106 => AgentPreCallAbortEvent, from Server, masked by AGENT_PRE_CALL_ABORT_MASK;
    fixed {
        MonitorID UINT => monitor_id: MonitorId, "The device monitor that the event is for; 0 with the All Events service";
        MRDID     INT  => mrd_id: MrdId;
    }
    floating {
        AgentInstrument             STRING(64) => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
        RouterCallKeyDay            UINT       => router_call_key_day: u32 = ROUTER_CALL_KEY_DAY;
        RouterCallKeyCallID         UINT       => router_call_key_call_id: u32 = ROUTER_CALL_KEY_CALLID, "Counts from midnight";
        RouterCallKeySequenceNumber UINT       => router_call_key_sequence_number: u32 = ROUTER_CALL_KEY_SEQUENCE_NUM, "With day and call ID the TaskID";
    }

    /// A media stream began.
    RTP_STARTED_EVENT = 116 => RtpStartedEvent, from Server, masked by RTP_STARTED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ClientPort             UINT   => client_port: u32, "TCP port of the client's connection";
        Direction              USHORT => direction: MediaDirection;
        RTPType                USHORT => rtp_type: RtpType;
        BitRate                UINT   => bit_rate: u32, "For G.723 only";
        EchoCancellation       USHORT => echo_cancellation: u16, "On or off; the numbers are not printed";
        PacketSize             UINT   => packet_size: u32, "Milliseconds";
        PayloadType            USHORT => payload_type: u16, "The codec";
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    }
    floating {
        ConnectionDeviceID STRING(64)  => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        ClientAddress      STRING(64)  => client_address: Str<'a> = CLIENT_ADDRESS;
        AgentID            STRING(12)  => agent_id: Str<'a> = AGENT_ID;
        AgentExtension     STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION;
        AgentInstrument    STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
        SendingAddress     STRING(64)  => sending_address: Str<'a> = SENDING_ADDRESS [since 10], "IP address to which the stream goes";
        SendingPort        UINT        => sending_port: u32 = SENDING_PORT [since 10], "UDP port to which the stream goes";
        ClientAddressIPV6  STRING(16)  => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
        SendingAddressIPV6 STRING(16)  => sending_address_ipv6: Str<'a> = SENDING_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
    }
    then agent_id_long

    /// A media stream ended.
    RTP_STOPPED_EVENT = 117 => RtpStoppedEvent, from Server, masked by RTP_STOPPED_MASK;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ClientPort             UINT   => client_port: u32, "TCP port of the client's connection";
        Direction              USHORT => direction: MediaDirection;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    }
    floating {
        ConnectionDeviceID STRING(64)  => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        ClientAddress      STRING(64)  => client_address: Str<'a> = CLIENT_ADDRESS;
        AgentID            STRING(12)  => agent_id: Str<'a> = AGENT_ID;
        AgentExtension     STRING(16)  => agent_extension: Str<'a> = AGENT_EXTENSION;
        AgentInstrument    STRING(64)  => agent_instrument: Str<'a> = AGENT_INSTRUMENT;
        SendingAddress     STRING(64)  => sending_address: Str<'a> = SENDING_ADDRESS [since 10], "IP address to which the stream goes";
        SendingPort        UINT        => sending_port: u32 = SENDING_PORT [since 10], "UDP port to which the stream goes";
        ClientAddressIPV6  STRING(16)  => client_address_ipv6: Str<'a> = CLIENT_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
        SendingAddressIPV6 STRING(16)  => sending_address_ipv6: Str<'a> = SENDING_ADDRESS_IPV6 [since 14, until 18, conditional], "In place of the other address, never beside it; Unified CCE does not send it";
    }
    then agent_id_long

    /// Attributes of a call changed.
    CALL_ATTRIBUTE_CHANGE_EVENT = 240 => CallAttributeChangeEvent, from Server, masked by CALL_ATTRIBUTE_CHANGE_MASK, since 10;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "Always 0";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        PeripheralType         USHORT => peripheral_type: PeripheralType;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Printed with 4 bytes, but a USHORT";
        CallTypeID             UINT   => call_type_id: CallTypeId, "May be 0 if it is the same";
        ServiceNumber          UINT   => service_number: Option<ServiceNumber>, "May be 0 if it is the same";
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID;
    }

    /// An agent greeting began, ended or failed.
    CALL_AGENT_GREETING_EVENT = 248 => CallAgentGreetingEvent, from Server, masked by CALL_AGENT_GREETING_MASK, since 15;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType;
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        EventCode              USHORT => event_code: GreetingEventCode;
        PeripheralErrorCode    UINT   => peripheral_error_code: u32, "0 unless the EventCode is 2";
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
        AgentID            STRING(12) => agent_id: Str<'a> = AGENT_ID [required];
        GreetingType       STRING(32) [required];
    }

    /// A recording began at the recorder.
    NETWORK_RECORDING_STARTED_EVENT = 272 => NetworkRecordingStartedEvent, from Server, masked by NETWORK_RECORDING_STARTED_MASK, since 23;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        RecordingDeviceType    USHORT => recording_device_type: DeviceIdType, "Kind of the RecordingDeviceID";
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        RecordingDeviceID  STRING(64) => recording_device_id: Str<'a> = RECORDING_DEVICE_ID [device RecordingDeviceType];
    }

    /// A recording ended at the recorder.
    NETWORK_RECORDING_ENDED_EVENT = 273 => NetworkRecordingEndedEvent, from Server, masked by NETWORK_RECORDING_ENDED_MASK, since 23;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        RecordingDeviceType    USHORT => recording_device_type: DeviceIdType;
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        RecordingDeviceID  STRING(64) => recording_device_id: Str<'a> = RECORDING_DEVICE_ID [device RecordingDeviceType];
    }

    /// A recording failed at the recorder.
    NETWORK_RECORDING_FAILED_EVENT = 274 => NetworkRecordingFailedEvent, from Server, masked by NETWORK_RECORDING_FAILED_MASK, since 23;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        RecordingDeviceType    USHORT => recording_device_type: DeviceIdType, "Kind of the RecordingDeviceID";
        RecordFailureCause     USHORT => record_failure_cause: u16, "A status code of Unified CM";
    }
    floating {
        ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        RecordingDeviceID  STRING(64) => recording_device_id: Str<'a> = RECORDING_DEVICE_ID [device RecordingDeviceType];
    }

    /// Tells who started a recording where it goes.
    NETWORK_RECORDING_TARGET_INFO_EVENT = 275 => NetworkRecordingTargetInfoEvent, from Server, masked by NETWORK_RECORDING_TARGET_INFO_MASK, since 23;
    fixed {
        MonitorID              UINT   => monitor_id: MonitorId, "The monitor that the event is for; 0 with the All Events service";
        PeripheralID           UINT   => peripheral_id: Option<PeripheralId>;
        ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
        ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
        RecordingDeviceType    USHORT => recording_device_type: DeviceIdType, "Kind of the RecordingDeviceID";
        RecordingType          USHORT => recording_type: RecordingType;
        MediaForkingDeviceType USHORT => media_forking_device_type: MediaForkingDeviceType, "For recording at a gateway";
    }
    floating {
        ConnectionDeviceID     STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [call ConnectionCallID];
        RecordingDeviceID      STRING(64) => recording_device_id: Str<'a> = RECORDING_DEVICE_ID [device RecordingDeviceType];
        RecorderAddress        STRING(64) => recorder_address: Str<'a> = RECORDER_ADDRESS;
        TerminalName           STRING(64) => terminal_name: Str<'a> = TERMINAL_NAME;
        MediaForkingDeviceName STRING(64) => media_forking_device_name: Str<'a> = MEDIA_FORKING_DEVICE_NAME, "For recording at a gateway";
        ProtocolReferenceGUID  STRING(64) => protocol_reference_guid: Str<'a> = PROTOCOL_REFERENCE_GUID, "For recording at a gateway";
        MediaForkingClusterID  STRING(64) => media_forking_cluster_id: Str<'a> = MEDIA_FORKING_CLUSTER_ID, "For recording at a gateway";
        RecorderURI            STRING(64) => recorder_uri: Str<'a> = RECORDER_URI, "Of the first recorder, preferably a mandatory one; needs Unified CM 12.5(1)";
        RecorderErrorMsg       STRING(64) => recorder_error_msg: Str<'a> = RECORDER_ERROR_MSG, "Of the first recorder, preferably a mandatory one; needs Unified CM 12.5(1)";
        RecorderType           USHORT     => recorder_type: RecorderType = RECORDER_TYPE, "Needs Unified CM 12.5(1)";
        RecorderStatus         USHORT     => recorder_status: RecorderStatus = RECORDER_STATUS, "Needs Unified CM 12.5(1)";
    }
}

entries! {
    /// A party of a call.
    ConnectedParty<'a>;
    floating {
        ConnectedPartyCallID       UINT       => connected_party_call_id: CallId = PARTY_CALLID [count NumParties];
        ConnectedPartyDeviceIDType USHORT     => connected_party_device_id_type: ConnectionDeviceIdType = PARTY_DEVID_TYPE [count NumParties];
        ConnectedPartyDeviceID     STRING(64) => connected_party_device_id: Str<'a> = PARTY_DEVID [count NumParties, device ConnectedPartyDeviceIDType];
    }

    /// A skill group that a call waits for.
    QueueSkillGroup;
    floating {
        SkillGroupNumber   INT    => skill_group_number: SkillGroupNumber = SKILL_GROUP_NUMBER [nullable, count NumSkillGroups];
        SkillGroupID       UINT   => skill_group_id: SkillGroupId = SKILL_GROUP_ID [nullable, count NumSkillGroups];
        SkillGroupPriority USHORT => skill_group_priority: u16 = SKILL_GROUP_PRIORITY [count NumSkillGroups], "0 where there is none";
    }

    /// A client that has worked with a call, and when.
    CtiClient<'a>;
    floating {
        CTIClientSignature STRING(64) => cti_client_signature: Str<'a> = CTI_CLIENT_SIGNATURE [count NumCTIClients];
        CTIClientTimestamp TIME       => cti_client_timestamp: Time = CTI_CLIENT_TIMESTAMP [count NumCTIClients];
    }

    /// A skill group of an agent, and the agent's state in it.
    StateSkillGroup;
    floating {
        FltSkillGroupNumber   INT    => flt_skill_group_number: SkillGroupNumber = SKILL_GROUP_NUMBER [nullable, since 10, count NumFltSkillGroups];
        FltSkillGroupID       UINT   => flt_skill_group_id: SkillGroupId = SKILL_GROUP_ID [nullable, since 10, count NumFltSkillGroups];
        FltSkillGroupPriority USHORT => flt_skill_group_priority: u16 = SKILL_GROUP_PRIORITY [since 10, count NumFltSkillGroups], "0 where there is none";
        FltSkillGroupState    USHORT => flt_skill_group_state: AgentState = SKILL_GROUP_STATE [since 10, count NumFltSkillGroups];
    }

    /// A skill group that a call no longer waits for.
    DequeueSkillGroup;
    floating {
        SkillGroupNumber   UINT   => skill_group_number: SkillGroupNumber = SKILL_GROUP_NUMBER [nullable, count NumSkillGroups];
        SkillGroupID       UINT   => skill_group_id: SkillGroupId = SKILL_GROUP_ID [nullable, count NumSkillGroups];
        SkillGroupPriority USHORT => skill_group_priority: u16 = SKILL_GROUP_PRIORITY [count NumSkillGroups], "0 where there is none";
    }
}
