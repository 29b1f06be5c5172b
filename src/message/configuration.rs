//! Configuration Acquisition Messages: what is configured.

use crate::codec::macros::{columns, entries, messages};
use crate::types::id::{
    AgentDeskSettingsId, CallTypeId, CustomerId, InvokeId, MrdId, PeripheralId, ServiceId, SkillGroupNumber,
    SkillTargetId, TeamId,
};
use crate::types::named_values::{
    AcdSharedLineUsage, AgentFlags, AgentState, AgentType, ConfigDeviceType, ConfigEndStatus,
    ConfigKeyStatus, ConfigMask, ConfigType, DeskSettingsMask, EnabledService, PlayZipTone, RecordType,
    SsoEnabled, TeamConfigParam, TeamConfigStatus, TeamMemberType, TeamOperation, WrapupDataMode,
};
use crate::types::scalar::Bool;
use crate::types::text::{Bytes, Str};

messages! {
    ($) Configuration, "Configuration Acquisition Messages";

    /// Asks for the keys of the configuration.
    CONFIG_REQUEST_KEY_EVENT = 230 => ConfigRequestKeyEvent, from Client, confirmed by ConfigKeyEvent, since 10;
    fixed {
        PeripheralID UINT => peripheral_id: Option<PeripheralId> [since 11];
    }
    floating {
        CustomerID UINT => customer_id: CustomerId = CUSTOMER_ID [since 10], "Unified CCE does not use it";
    }

    /// The keys of the configuration.
    CONFIG_KEY_EVENT = 231 => ConfigKeyEvent, from Server, since 10;
    fixed {
        ConfigKeyStatus UINT => config_key_status: ConfigKeyStatus;
    }
    floating {
        ServiceConfigKey           UNSPEC(8) => service_config_key: Bytes<'a> = SERVICE_CONFIG_KEY [since 10];
        SkillGroupConfigKey        UNSPEC(8) => skill_group_config_key: Bytes<'a> = SKILL_GROUP_CONFIG_KEY [since 10];
        AgentConfigKey             UNSPEC(8) => agent_config_key: Bytes<'a> = AGENT_CONFIG_KEY [since 10];
        DeviceConfigKey            UNSPEC(8) => device_config_key: Bytes<'a> = DEVICE_CONFIG_KEY [since 10];
        CallTypeConfigKey          UNSPEC(8) => call_type_config_key: Bytes<'a> = CALL_TYPE_KEY_CONFIG [since 11];
        PeripheralConfigKey        UNSPEC(8) => peripheral_config_key: Bytes<'a> = PERIPHERAL_CONFIG_KEY [since 22];
        AgentDeskSettingsConfigKey UNSPEC(8) => agent_desk_settings_config_key: Bytes<'a> = AGENT_DESK_SETTINGS_CONFIG_KEY [since 22];
    }

    /// Asks for configuration records, and for updates.
    CONFIG_REQUEST_EVENT = 232 => ConfigRequestEvent, from Client, since 10;
    fixed {
        ConfigInformation UINT => config_information: ConfigMask, "What to upload; with nothing, only updates come";
        ConfigMsgMask     UINT => config_msg_mask: ConfigMask [since 24], "What to send updates of";
        PeripheralID      UINT => peripheral_id: Option<PeripheralId> [since 11];
    }
    floating {
        CustomerID UINT => customer_id: CustomerId = CUSTOMER_ID [since 10], "Unified CCE does not use it";
    }

    /// Begins a block of configuration records.
    CONFIG_BEGIN_EVENT = 233 => ConfigBeginEvent, from Server, since 10;
    fixed {
        ConfigType        USHORT => config_type: ConfigType;
        ConfigInformation UINT   => config_information: ConfigMask;
    }
    floating {
        ServiceConfigKey           UNSPEC(8) => service_config_key: Bytes<'a> = SERVICE_CONFIG_KEY [since 10];
        SkillGroupConfigKey        UNSPEC(8) => skill_group_config_key: Bytes<'a> = SKILL_GROUP_CONFIG_KEY [since 10];
        AgentConfigKey             UNSPEC(8) => agent_config_key: Bytes<'a> = AGENT_CONFIG_KEY [since 10];
        DeviceConfigKey            UNSPEC(8) => device_config_key: Bytes<'a> = DEVICE_CONFIG_KEY [since 10];
        CallTypeConfigKey          UNSPEC(8) => call_type_config_key: Bytes<'a> = CALL_TYPE_KEY_CONFIG [since 11];
        PeripheralConfigKey        UNSPEC(8) => peripheral_config_key: Bytes<'a> = PERIPHERAL_CONFIG_KEY [since 22];
        AgentDeskSettingsConfigKey UNSPEC(8) => agent_desk_settings_config_key: Bytes<'a> = AGENT_DESK_SETTINGS_CONFIG_KEY [since 22];
    }

    /// Ends a block of configuration records, or tells why there is none.
    CONFIG_END_EVENT = 234 => ConfigEndEvent, from Server, since 10;
    fixed {
        ConfigEndStatus UINT => config_end_status: ConfigEndStatus;
    }
    floating {
        Text STRING(255) => text: Str<'a> = TEXT, "Tells of errors";
    }

    /// Configuration of services.
    CONFIG_SERVICE_EVENT = 235 => ConfigServiceEvent, from Server, since 10;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigServiceRecord ENTRIES entries records: ConfigServiceRecord<'a> [count NumRecords];
    }

    /// Configuration of skill groups.
    CONFIG_SKILL_GROUP_EVENT = 236 => ConfigSkillGroupEvent, from Server, since 10;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigSkillGroupRecord ENTRIES entries records: ConfigSkillGroupRecord<'a> [count NumRecords];
    }

    /// Configuration of agents.
    CONFIG_AGENT_EVENT = 237 => ConfigAgentEvent, from Server, since 10;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigAgentRecord ENTRIES entries records: ConfigAgentRecord<'a> [count NumRecords];
    }

    /// Configuration of devices.
    CONFIG_DEVICE_EVENT = 238 => ConfigDeviceEvent, from Server, since 10;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigDeviceRecord ENTRIES entries records: ConfigDeviceRecord<'a> [count NumRecords];
    }

    /// Asks for the agent teams: all of them, or only what changes later (Unified CCX).
    TEAM_CONFIG_REQ = 242 => TeamConfigReq, from Client, confirmed by TeamConfigConf, since 10;
    fixed {
        InvokeID    UINT   => invoke_id: InvokeId;
        ConfigParam USHORT => config_param: TeamConfigParam;
        Reserved    UNSPEC_8 => reserved: u64, "Zero";
    }
    floating {}

    /// Describes an agent team, or a change of one (Unified CCX).
    TEAM_CONFIG_EVENT = 243 => TeamConfigEvent, from Server, since 10;
    fixed {
        TeamID     UINT   => team_id: TeamId;
        NumRecords USHORT counts records [max 64];
        Operation  USHORT => operation: TeamOperation, "A team that is removed names no members";
        Reserved   UNSPEC_8 => reserved: u64, "Zero";
    }
    floating {
        TeamName         STRING(50) => team_name: Str<'a> = TEAM_NAME [required];
        TeamConfigRecord ENTRIES    entries records: TeamConfigRecord<'a> [count NumRecords];
    }

    /// Confirms TEAM_CONFIG_REQ, and ends the upload (Unified CCX).
    TEAM_CONFIG_CONF = 244 => TeamConfigConf, from Server, since 10;
    fixed {
        InvokeID UINT => invoke_id: InvokeId;
        Status   UINT => status: TeamConfigStatus;
    }
    floating {
        Text STRING(128) => text: Str<'a> = TEXT, "Explains the status";
    }

    /// Configuration of call types.
    CONFIG_CALL_TYPE_EVENT = 245 => ConfigCallTypeEvent, from Server, since 11;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigCallTypeRecord ENTRIES entries records: ConfigCallTypeRecord<'a> [count NumRecords];
    }

    /// Configuration of media routing domains.
    CONFIG_MRD_EVENT = 254 => ConfigMrdEvent, from Server, since 20;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigMrdRecord ENTRIES entries records: ConfigMrdRecord<'a> [count NumRecords];
    }

    /// Configuration of peripherals.
    CONFIG_PERIPHERAL_EVENT = 260 => ConfigPeripheralEvent, from Server, since 22;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigPeripheralRecord ENTRIES entries records: ConfigPeripheralRecord<'a> [count NumRecords];
    }

    /// Configuration of agent desk settings.
    CONFIG_AGENT_DESK_SETTINGS_EVENT = 261 => ConfigAgentDeskSettingsEvent, from Server, since 22;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigAgentDeskSettingsRecord ENTRIES entries records: ConfigAgentDeskSettingsRecord<'a> [count NumRecords];
    }

    /// Configuration of terminals and their extensions.
    CONFIG_TERMINAL_EVENT = 276 => ConfigTerminalEvent, from Server, since 24;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigTerminalRecord ENTRIES entries records: ConfigTerminalRecord<'a> [count NumRecords];
    }

    /// Which services are enabled for agents.
    CONFIG_AGENT_SERVICE_EVENT = 282 => ConfigAgentServiceEvent, from Server, since 24;
    fixed {
        NumRecords USHORT counts records [max 10];
    }
    floating {
        ConfigAgentServiceRecord ENTRIES entries records: ConfigAgentServiceRecord<'a> [count NumRecords];
    }
}

entries! {
    /// A member of a team (Unified CCX).
    TeamConfigRecord<'a>, since 10;
    floating {
        AgentIDLong STRING(129) => agent_id_long: Str<'a> = AGENT_ID_LONG [count NumRecords], "The login of an agent or supervisor, or the identifier of a queue";
        AgentFlags  USHORT      => agent_flags: AgentFlags = AGENT_FLAGS [count NumRecords];
        RecordType  USHORT      => record_type: RecordType = RECORD_TYPE [count NumRecords], "A member is added or deleted";
        MemberType  USHORT      => member_type: TeamMemberType = MEMBER_TYPE [count NumRecords];
    }

    /// A record of a service.
    ConfigServiceRecord<'a>, since 10, keeps unknown;
    floating {
        RecordType            USHORT      => record_type: RecordType = RECORD_TYPE [since 10, count NumRecords];
        FltPeripheralID       UINT        => flt_peripheral_id: PeripheralId = PERIPHERAL_ID [since 11, count NumRecords];
        PeripheralNumber      UINT        => peripheral_number: u32 = PERIPHERAL_NUMBER [since 10, count NumRecords], "The key of the record";
        OldPeripheralNumber   UINT        => old_peripheral_number: u32 = OLD_PERIPHERAL_NUMBER [since 11, conditional, count NumRecords], "In a change, the number so far";
        MaxQueued             UINT        => max_queued: u32 = MAX_QUEUED [since 10, count NumRecords];
        Extension             STRING(16)  => extension: Str<'a> = EXTENSION [since 10, count NumRecords];
        ServiceSkillTargetID  UINT        => service_skill_target_id: SkillTargetId = SERVICE_SKILL_TARGET_ID [since 10, count NumRecords];
        PeripheralName        STRING(64)  => peripheral_name: Str<'a> = PERIPHERAL_NAME [since 10, count NumRecords];
        Description           STRING(128) => description: Str<'a> = DESCRIPTION [since 10, count NumRecords];
        ServiceLevelThreshold UINT        => service_level_threshold: u32 = SERVICE_LEVEL_THRESHOLD [since 10, count NumRecords], "Seconds";
        ServiceLevelType      UINT        => service_level_type: u32 = SERVICE_LEVEL_TYPE [since 10, count NumRecords];
        ConfigParam           STRING(255) => config_param: Str<'a> = CONFIG_PARAM [since 10, count NumRecords];
        FltMRDomainID         UINT        => flt_mr_domain_id: MrdId = MR_DOMAIN_ID [since 11, count NumRecords];
        NumServiceMembers     USHORT      counts service_members = NUM_SERVICE_MEMBERS [since 10, count NumRecords, max 10];
        ServiceMember         ENTRIES     entries service_members: ServiceMember [count NumServiceMembers];
    }

    /// A record of a skill group.
    ConfigSkillGroupRecord<'a>, since 10, keeps unknown;
    floating {
        RecordType              USHORT      => record_type: RecordType = RECORD_TYPE [since 10, count NumRecords];
        FltPeripheralID         UINT        => flt_peripheral_id: PeripheralId = PERIPHERAL_ID [since 11, count NumRecords];
        PeripheralNumber        UINT        => peripheral_number: u32 = PERIPHERAL_NUMBER [since 10, count NumRecords], "The key of the record";
        OldPeripheralNumber     UINT        => old_peripheral_number: u32 = OLD_PERIPHERAL_NUMBER [since 11, conditional, count NumRecords], "In a change, the number so far";
        FltSkillGroupPriority   USHORT      => flt_skill_group_priority: u16 = SKILL_GROUP_PRIORITY [count NumRecords], "0 for Unified CCE";
        SkillGroupSkillTargetID UINT        => skill_group_skill_target_id: SkillTargetId = SKILL_GROUP_SKILL_TARGET_ID [since 10, count NumRecords];
        AutoWork                BOOL        => auto_work: Bool = AUTO_WORK [since 10, count NumRecords], "Whether agents begin to work after a call by themselves; false if it is left out. Read with two or four bytes";
        Extension               STRING(16)  => extension: Str<'a> = EXTENSION [since 10, count NumRecords];
        PeripheralName          STRING(64)  => peripheral_name: Str<'a> = PERIPHERAL_NAME [since 10, count NumRecords];
        Description             STRING(128) => description: Str<'a> = DESCRIPTION [since 10, count NumRecords];
        FltMRDomainID           UINT        => flt_mr_domain_id: MrdId = MR_DOMAIN_ID [since 11, count NumRecords];
        FltPrecisionQueueID     UINT        => flt_precision_queue_id: u32 = FLT_PRECISION_QUEUE_ID [since 22, count NumRecords], "Not 0 for skill groups of a precision queue";
        FltPrecisionQueueName   STRING(32)  => flt_precision_queue_name: Str<'a> = FLT_PRECISION_QUEUE_NAME [since 22, count NumRecords], "For skill groups of a precision queue";
        ConfigParam             STRING(255) => config_param: Str<'a> = CONFIG_PARAM [since 10, count NumRecords];
    }

    /// A record of an agent.
    ConfigAgentRecord<'a>, since 10, keeps unknown;
    floating {
        RecordType          USHORT      => record_type: RecordType = RECORD_TYPE [since 10, count NumRecords];
        FltPeripheralID     UINT        => flt_peripheral_id: PeripheralId = PERIPHERAL_ID [since 11, count NumRecords];
        ActiveTerminal      STRING(64)  => active_terminal: Str<'a> = FLT_TERM_DEVICE_NAME [since 24, count NumRecords], "The device that the agent chose, if any";
        AgentType           USHORT      => agent_type: AgentType = AGENT_TYPE [since 10, count NumRecords];
        AgentDeskSettingsID UINT        => agent_desk_settings_id: AgentDeskSettingsId = AGENT_DESK_SETTINGS_ID [since 22, count NumRecords], "Minus 1 by default";
        LoginID             STRING(64)  => login_id: Str<'a> = LOGIN_ID [since 10, count NumRecords], "The key of the record: the peripheral's number of the agent";
        OldLoginID          STRING(64)  => old_login_id: Str<'a> = CUR_LOGIN_ID [since 11, conditional, count NumRecords], "In a change, the login ID so far";
        LoginName           STRING(255) => login_name: Str<'a> = LOGIN_NAME [since 11, count NumRecords], "Before version 20 cut to 32 bytes";
        LastName            STRING(32)  => last_name: Str<'a> = LAST_NAME [since 10, count NumRecords];
        FirstName           STRING(32)  => first_name: Str<'a> = FIRST_NAME [since 10, count NumRecords];
        Extension           STRING(16)  => extension: Str<'a> = EXTENSION [since 10, count NumRecords];
        Description         STRING(128) => description: Str<'a> = DESCRIPTION [since 10, count NumRecords];
        AgentSkillTargetID  UINT        => agent_skill_target_id: SkillTargetId = AGENT_SKILL_TARGET_ID [since 10, count NumRecords];
        NumSkills           USHORT      counts skills = NUM_SKILLS [since 10, count NumRecords, max 100];
        SSOEnabled          USHORT      => sso_enabled: SsoEnabled = SSO_ENABLED [since 20, count NumRecords];
        NumMRDs             USHORT      counts mrds = NUM_MRDS [since 21, count NumRecords, max 40];
        AgentSkill          ENTRIES     entries skills: AgentSkill [count NumSkills];
        AgentMrd            ENTRIES     entries mrds: AgentMrd [count NumMRDs];
    }

    /// A record of a device.
    ConfigDeviceRecord<'a>, since 10, keeps unknown;
    floating {
        RecordType       USHORT      => record_type: RecordType = RECORD_TYPE [since 10, count NumRecords];
        FltPeripheralID  UINT        => flt_peripheral_id: PeripheralId = PERIPHERAL_ID [since 11, count NumRecords];
        PeripheralNumber UINT        => peripheral_number: u32 = PERIPHERAL_NUMBER [since 10, count NumRecords];
        DeviceType       USHORT      => device_type: ConfigDeviceType = DEVICE_TYPE [since 10, count NumRecords];
        MaxQueued        UINT        => max_queued: u32 = MAX_QUEUED [since 10, count NumRecords];
        FltServiceID     UINT        => flt_service_id: ServiceId = SERVICE_ID [since 10, count NumRecords], "If there is one";
        DialedNumber     STRING(40)  => dialed_number: Str<'a> = DIALED_NUMBER [count NumRecords];
        DNIS             STRING(32)  => dnis: Str<'a> = DNIS [count NumRecords];
        Extension        STRING(16)  => extension: Str<'a> = EXTENSION [since 10, count NumRecords], "If there is one";
        Description      STRING(128) => description: Str<'a> = DESCRIPTION [since 10, count NumRecords];
    }

    /// A record of a call type.
    ConfigCallTypeRecord<'a>, since 11, keeps unknown;
    floating {
        RecordType            USHORT      => record_type: RecordType = RECORD_TYPE [count NumRecords];
        FltCallTypeID         UINT        => flt_call_type_id: CallTypeId = CALL_TYPE_ID [count NumRecords], "The key of the record";
        CustomerDefinitionID  UINT        => customer_definition_id: u32 = CUSTOMER_DEFINITION_ID [count NumRecords], "0; Unified CCE does not use it";
        EnterpriseName        STRING(32)  => enterprise_name: Str<'a> = ENTERPRISE_NAME [count NumRecords];
        Description           STRING(128) => description: Str<'a> = DESCRIPTION [count NumRecords];
        ServiceLevelThreshold UINT        => service_level_threshold: u32 = SERVICE_LEVEL_THRESHOLD [count NumRecords], "Seconds";
        ServiceLevelType      UINT        => service_level_type: u32 = SERVICE_LEVEL_TYPE [count NumRecords];
    }

    /// A record of a media routing domain.
    ConfigMrdRecord<'a>, since 20, keeps unknown;
    floating {
        RecordType         USHORT      => record_type: RecordType = RECORD_TYPE [count NumRecords];
        FltMRDomainID      UINT        => flt_mr_domain_id: MrdId = MR_DOMAIN_ID [count NumRecords], "The key of the record";
        FltEnterpriseName  STRING(32)  => flt_enterprise_name: Str<'a> = ENTERPRISE_NAME [count NumRecords];
        FltDescription     STRING(128) => flt_description: Str<'a> = DESCRIPTION [count NumRecords];
        FltMaxTaskDuration UINT        => flt_max_task_duration: u32 = MAX_TASK_DURATION [count NumRecords], "Seconds";
        FltInterruptible   BOOL        => flt_interruptible: Bool = INTERRUPTIBLE [count NumRecords], "Whether tasks of another domain may interrupt";
    }

    /// A record of a peripheral.
    ConfigPeripheralRecord<'a>, since 22, keeps unknown;
    floating {
        RecordType                 USHORT => record_type: RecordType = RECORD_TYPE [count NumRecords];
        ConfigPeripheralID         UINT   => config_peripheral_id: PeripheralId = CONFIG_PERIPHERAL_ID [count NumRecords];
        DefaultAgentDeskSettingsID UINT   => default_agent_desk_settings_id: AgentDeskSettingsId = DEFAULT_AGENT_DESK_SETTINGS_ID [count NumRecords];
    }

    /// A record of a set of agent desk settings.
    ConfigAgentDeskSettingsRecord<'a>, since 22, keeps unknown;
    floating {
        RecordType                        USHORT    => record_type: RecordType = RECORD_TYPE [count NumRecords];
        AgentDeskSettingsID               UINT      => agent_desk_settings_id: AgentDeskSettingsId = AGENT_DESK_SETTINGS_ID [count NumRecords], "Minus 1 by default";
        FltDeskSettingsMask               UINT      => flt_desk_settings_mask: DeskSettingsMask = FLT_DESK_SETTINGS_MASK [count NumRecords];
        FltWrapUpDataIncomingMode         UINT      => flt_wrap_up_data_incoming_mode: WrapupDataMode = FLT_WRAP_UP_DATA_INCOMING_MODE [count NumRecords];
        FltWrapUpDataOutgoingMode         UINT      => flt_wrap_up_data_outgoing_mode: WrapupDataMode = FLT_WRAP_UP_DATA_OUTGOING_MODE [count NumRecords];
        FltLogoutNonActivityTime          UINT      => flt_logout_non_activity_time: u32 = FLT_LOGOUT_NON_ACTIVITY_TIME [count NumRecords], "Seconds";
        FltQualityRecordingRate           UINT      => flt_quality_recording_rate: u32 = FLT_QUALITY_RECORDING_RATE [count NumRecords];
        FltRingNoAnswerTime               UINT      => flt_ring_no_answer_time: u32 = FLT_RING_NO_ANSWER_TIME [count NumRecords], "Seconds";
        FltSilentMonitorWarningMessage    UINT      => flt_silent_monitor_warning_message: u32 = FLT_SILENT_MONITOR_WARNING_MESSAGE [count NumRecords], "A flag";
        FltSilentMonitorAudibleIndication UINT      => flt_silent_monitor_audible_indication: u32 = FLT_SILENT_MONITOR_AUDIBLE_INDICATION [count NumRecords], "A flag";
        FltSupervisorAssistCallMethod     UINT      => flt_supervisor_assist_call_method: u32 = FLT_SUPERVISOR_ASSIST_CALL_METHOD [count NumRecords], "Blind conferences if set, consultations if not";
        FltEmergencyCallMethod            UINT      => flt_emergency_call_method: u32 = FLT_EMERGENCY_CALL_METHOD [count NumRecords], "Blind conferences if set, consultations if not";
        FltAutoRecordOnEmergency          UINT      => flt_auto_record_on_emergency: u32 = FLT_AUTO_RECORD_ON_EMERGENCY [count NumRecords], "A flag";
        FltRecordingMode                  UINT      => flt_recording_mode: u32 = FLT_RECORDING_MODE [count NumRecords], "Whether recording requests go by Unified CM";
        FltWorkModeTimer                  UINT      => flt_work_mode_timer: u32 = FLT_WORK_MODE_TIMER [count NumRecords], "When wrap-up ends by itself";
        FltRingNoAnswerDnId               UINT      => flt_ring_no_answer_dn_id: u32 = FLT_RING_NO_ANSWER_DN_ID [count NumRecords];
        FltDefaultDevicePortAddress       STRING(4) => flt_default_device_port_address: Str<'a> = FLT_DEFAULT_DEVICE_PORT_ADDRESS [count NumRecords];
        PlayZipTone                       UINT      => play_zip_tone: PlayZipTone = PLAY_ZIP_TONE [since 24, count NumRecords];
        ACDSharedLineUsage                UINT      => acd_shared_line_usage: AcdSharedLineUsage = ACD_SHARED_LINE_USAGE [since 24, count NumRecords];
    }

    /// A record of a terminal.
    ConfigTerminalRecord<'a>, since 24, keeps unknown;
    floating {
        RecordType         USHORT      => record_type: RecordType = RECORD_TYPE [count NumRecords], "Changes do not occur at present";
        TerminalType       USHORT      => terminal_type: u16 = FLT_TERM_TYPE [count NumRecords];
        TerminalDeviceName STRING(64)  => terminal_device_name: Str<'a> = FLT_TERM_DEVICE_NAME [count NumRecords];
        TerminalTypeName   STRING(100) => terminal_type_name: Str<'a> = FLT_TERM_TYPE_NAME [count NumRecords];
        NumInstruments     USHORT      counts instruments = FLT_NUM_INSTRUMENTS [count NumRecords, max 10];
        Instrument         STRING(64)  list instruments: Str<'a> = AGENT_INSTRUMENT [count NumInstruments];
    }

    /// A record of an agent's services.
    ConfigAgentServiceRecord<'a>, since 24, ends with RecordType, keeps unknown;
    floating {
        AgentSkillTargetID   UINT         => agent_skill_target_id: SkillTargetId = AGENT_SKILL_TARGET_ID [alias AUTO_WORK, count NumRecords];
        NumOfEnabledServices USHORT       counts enabled_services = NUM_OF_ENABLED_SERVICES [count NumRecords], "0 if all services were disabled";
        FltEnabledServices   USHORT_ARRAY list enabled_services: EnabledService = FLT_ENABLED_SERVICES [count NumOfEnabledServices], "The numbers are not printed with this message";
        RecordType           USHORT       => record_type: RecordType = RECORD_TYPE [count NumRecords], "Ends the record";
    }
}

columns! {
    /// A skill group that serves a service.
    ServiceMember, since 10;
    floating {
        ServiceMember   UINT_ARRAY   => service_member: u32 = SERVICE_MEMBER [since 10, count NumServiceMembers], "The peripheral's numbers of skill groups";
        ServicePriority USHORT_ARRAY => service_priority: u16 = SERVICE_PRIORITY [since 10, count NumServiceMembers];
    }

    /// A skill group of an agent.
    AgentSkill, since 10;
    floating {
        FltSkillGroupNumber   UINT_ARRAY   => flt_skill_group_number: SkillGroupNumber = SKILL_GROUP_NUMBER [nullable, since 10, count NumSkills];
        FltSkillGroupPriority USHORT_ARRAY => flt_skill_group_priority: u16 = SKILL_GROUP_PRIORITY [since 10, count NumSkills], "0 for Unified CCE";
    }

    /// A media routing domain of an agent.
    AgentMrd, since 10;
    floating {
        FltAgentMRDID    UINT_ARRAY   => flt_agent_mrd_id: MrdId = FLT_AGENT_MRD_ID [since 21, count NumMRDs], "A domain that the agent is logged in to; in uploads";
        FltAgentMRDState USHORT_ARRAY => flt_agent_mrd_state: AgentState = FLT_AGENT_MRD_STATE [since 21, count NumMRDs], "The agent's state in the domain; in uploads";
    }
}
