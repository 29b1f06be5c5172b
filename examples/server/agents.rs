//! The agents of the scene, as their last AGENT_STATE_EVENT tells.

use ged188::id::{IcmAgentId, MrdId, PeripheralId, SkillGroupId, SkillGroupNumber};
use ged188::message::{AgentSkillGroup, AgentStateEvent, QueryAgentStateConf, StateSkillGroup};
use ged188::named_values::{AgentState, PeripheralType};
use ged188::{List, Str};

/// What is known of an agent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agent {
    pub(crate) peripheral_id: Option<PeripheralId>,
    pub(crate) id: Box<[u8]>,
    pub(crate) extension: Box<[u8]>,
    pub(crate) instrument: Box<[u8]>,
    pub(crate) state: AgentState,
    pub(crate) reason: u16,
    icm_agent_id: IcmAgentId,
    skill_groups: Vec<SkillGroup>,
}

#[derive(Clone, Copy, Debug)]
struct SkillGroup {
    number: Option<SkillGroupNumber>,
    id: Option<SkillGroupId>,
    priority: u16,
    state: AgentState,
}

/// A name, if there is one.
pub(crate) fn named(name: &[u8]) -> Option<Str<'_>> {
    (!name.is_empty()).then(|| Str::from_bytes(name))
}

pub(crate) fn owned(name: Option<Str<'_>>) -> Box<[u8]> {
    name.unwrap_or_default().as_bytes().into()
}

impl From<&AgentStateEvent<'_>> for Agent {
    fn from(event: &AgentStateEvent<'_>) -> Self {
        // Without a list, the fixed part tells of one skill group.
        let one = SkillGroup {
            number: event.skill_group_number,
            id: event.skill_group_id,
            priority: event.skill_group_priority,
            state: event.skill_group_state,
        };
        let of_list = |group: StateSkillGroup| SkillGroup {
            number: group.flt_skill_group_number.filter(|number| !number.is_null()),
            id: group.flt_skill_group_id.filter(|id| !id.is_null()),
            priority: group.flt_skill_group_priority.unwrap_or(0),
            state: group.flt_skill_group_state.unwrap_or(event.agent_state),
        };
        let mut skill_groups: Vec<_> = event.skill_groups.iter().map(of_list).collect();
        if skill_groups.is_empty() && (one.number.is_some() || one.id.is_some()) {
            skill_groups.push(one);
        }
        Self {
            peripheral_id: event.peripheral_id,
            id: owned(event.agent_id),
            extension: owned(event.agent_extension),
            instrument: owned(event.agent_instrument),
            state: event.agent_state,
            reason: event.event_reason_code,
            icm_agent_id: event.icm_agent_id,
            skill_groups,
        }
    }
}

impl Agent {
    /// An agent at this phone, of whom nothing else is known.
    pub(crate) fn at(instrument: Str<'_>) -> Self {
        let name: Box<[u8]> = instrument.as_bytes().into();
        Self { extension: name.clone(), instrument: name, ..Self::default() }
    }

    /// Changes the state, in all skill groups.
    pub(crate) fn enter(&mut self, state: AgentState) {
        self.state = state;
        self.skill_groups.iter_mut().for_each(|group| group.state = state);
    }

    /// Whether it is the agent with one of these names: instrument, extension, identifier.
    pub(crate) fn is(&self, names: [Option<Str<'_>>; 3]) -> bool {
        let own = [&self.instrument, &self.extension, &self.id];
        own.iter().zip(names).any(|(own, name)| !own.is_empty() && name == Some(Str::from_bytes(own)))
    }

    /// The event of its state: the first skill group stands in the fixed part, more in the list.
    pub(crate) fn event<T>(&self, then: impl FnOnce(&AgentStateEvent<'_>) -> T) -> T {
        let group = |group: &SkillGroup| StateSkillGroup {
            flt_skill_group_number: Some(group.number.unwrap_or(SkillGroupNumber::NULL)),
            flt_skill_group_id: Some(group.id.unwrap_or(SkillGroupId::NULL)),
            flt_skill_group_priority: Some(group.priority),
            flt_skill_group_state: Some(group.state),
        };
        let groups: Vec<_> = self.skill_groups.iter().map(group).collect();
        let first = self.skill_groups.first();
        then(&AgentStateEvent {
            peripheral_id: self.peripheral_id,
            peripheral_type: PeripheralType::PT_ENTERPRISE_AGENT,
            skill_group_state: self.state,
            skill_group_number: first.and_then(|group| group.number),
            skill_group_id: first.and_then(|group| group.id),
            skill_group_priority: first.map_or(0, |group| group.priority),
            agent_state: self.state,
            event_reason_code: self.reason,
            icm_agent_id: self.icm_agent_id,
            skill_groups: if groups.len() > 1 { List::from(&groups) } else { List::default() },
            agent_id: named(&self.id),
            agent_extension: named(&self.extension),
            agent_instrument: named(&self.instrument),
            ..Default::default()
        })
    }

    /// The answer to who asks for the state.
    pub(crate) fn conf<T>(&self, mrd_id: MrdId, then: impl FnOnce(&QueryAgentStateConf<'_>) -> T) -> T {
        let group = |group: &SkillGroup| AgentSkillGroup {
            skill_group_number: Some(group.number.unwrap_or(SkillGroupNumber::NULL)),
            skill_group_id: Some(group.id.unwrap_or(SkillGroupId::NULL)),
            skill_group_priority: Some(group.priority),
            skill_group_state: Some(group.state),
        };
        let groups: Vec<_> = self.skill_groups.iter().take(20).map(group).collect();
        then(&QueryAgentStateConf {
            agent_state: self.state,
            skill_groups: List::from(&groups),
            mrd_id,
            icm_agent_id: self.icm_agent_id,
            agent_id: named(&self.id),
            agent_extension: named(&self.extension),
            agent_instrument: named(&self.instrument),
            ..Default::default()
        })
    }
}
