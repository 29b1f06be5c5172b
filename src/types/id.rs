//! Identifiers, one type each, so that none can be taken for another.

use crate::types::scalar::numbers;
use crate::version::ProtocolVersion;

numbers! {
    /// Chosen by who makes a request, returned in the answer.
    InvokeId(u32) as InvokeId;
    /// The protocol version that a client asks for: any number, known or not.
    VersionNumber(u32) as VersionNumber;
    /// A monitor of a session; never 0 for a monitor that exists.
    MonitorId(u32) as MonitorId;
    /// A session of the CTI server.
    SessionId(u32);
    /// An ACD; none is `NULL_PERIPHERAL_ID`, `0xFFFFFFFF`.
    PeripheralId(u32): Nullable;
    /// The peripheral's number for a call; none is `NULL_CALL_ID`, `0xFFFFFFFF`.
    CallId(u32): Nullable as CallId;
    /// A line of a teleset; none is `0xFFFF`.
    LineHandle(u16): Nullable;
    /// The peripheral's number for a service; none is `NULL_SERVICE`, `0xFFFFFFFF`.
    ServiceNumber(u32): Nullable;
    /// The system's number for a service; none is `NULL_SERVICE`, `0xFFFFFFFF`.
    ServiceId(u32): Nullable;
    /// The peripheral's number for a skill group; none is `NULL_SKILL_GROUP`, `0xFFFFFFFF`.
    ///
    /// The guide types it UINT in some messages and INT in others: the same bytes.
    SkillGroupNumber(u32): Nullable;
    /// The system's number for a skill group; none is `NULL_SKILL_GROUP`, `0xFFFFFFFF`.
    SkillGroupId(u32): Nullable;
    /// An agent team.
    TeamId(u32);
    /// A call type.
    CallTypeId(u32);
    /// A media routing domain.
    ///
    /// The guide types it INT in most messages and UINT in some: the same bytes.
    MrdId(i32);
    /// The skill target ID of an agent, where the guide calls it ICMAgentID.
    IcmAgentId(i32);
    /// The skill target ID of an agent, a service or a skill group.
    SkillTargetId(u32);
    /// A department.
    DepartmentId(i32);
    /// A campaign of the outbound option.
    CampaignId(u32);
    /// A query rule of a campaign.
    QueryRuleId(u32);
    /// A service that a server application registered.
    RegisteredServiceId(u32);
    /// An application path.
    ApplicationPathId(i32);
    /// A customer.
    CustomerId(u32);
    /// The desk settings of an agent.
    AgentDeskSettingsId(u32);
    /// A trunk.
    TrunkNumber(u32) as TrunkNumber;
    /// A trunk group.
    TrunkGroupNumber(u32) as TrunkGroupNumber;
    /// Seconds since 1970-01-01 UTC: the guide's TIME.
    Time(u32);
}

impl From<ProtocolVersion> for VersionNumber {
    fn from(version: ProtocolVersion) -> Self {
        Self(version.number())
    }
}
