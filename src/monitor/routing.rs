//! What an event concerns: its calls, its devices, its agent. All of it comes from the messages' tables.

use crate::codec::macros::same;
use crate::codec::wire::{FloatingFields, Number};
use crate::frame::RawMessage;
use crate::message::{MESSAGES, NUMBERS};
use crate::schema::{FieldSchema, MessageSchema, Role};
use crate::types::id::{CallId, PeripheralId};
use crate::types::message_type::MessageType;
use crate::types::named_values::{AgentState, AgentStateMask, DeviceIdType};
use crate::types::scalar::Scalar;
use crate::types::tag::Tag;
use crate::types::text::Str;
use crate::version::ProtocolVersion;

use super::Masks;

/// Something that an event names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name<'a> {
    /// A device of this kind.
    Device(DeviceIdType, &'a [u8]),
    /// A device of whatever kind, but no trunk: of a connection, of a party, of an agent.
    AnyDevice(&'a [u8]),
    Trunk(u32),
    TrunkGroup(u32),
    Call(CallName<'a>),
}

/// A call that an event names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CallName<'a> {
    pub(crate) id: CallId,
    /// The ConnectionDeviceID, if the event gives it.
    pub(crate) device: Option<&'a [u8]>,
    /// Where the call is; other peripherals have calls of their own with the same identifier.
    pub(crate) peripheral: Option<PeripheralId>,
}

/// What a floating field names.
#[derive(Clone, Copy, Debug)]
enum NameKind {
    /// A device, whose kind stands in the fixed part.
    Device {
        type_at: usize,
    },
    AnyDevice,
    Trunk,
    TrunkGroup,
    /// The device of a connection of a call.
    Connection {
        call: usize,
    },
}

/// The most floating fields of an event that name something.
const MAX_NAMES: usize = 12;
/// The most calls that an event names: the primary and the secondary call of a conference.
const MAX_CALLS: usize = 2;

/// Where events of a type name what they concern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventLayout {
    filter: Filter,
    /// Where the PeripheralID is.
    peripheral: Option<usize>,
    /// Where in the fixed part the identifiers of calls are.
    calls: [Option<usize>; MAX_CALLS],
    /// Where the identifier is that the call gets.
    new_call: Option<usize>,
    names: [Option<(Tag, NameKind)>; MAX_NAMES],
}

/// What decides whether an event passes the masks of a monitor.
#[derive(Clone, Copy, Debug)]
enum Filter {
    /// A bit of the CallEventMask.
    Call(u32),
    /// The agent's state, which is at this place of the fixed part.
    Agent { state_at: usize },
    /// Nothing: no mask speaks of such events.
    None,
}

/// The layouts of all events, by number.
static LAYOUTS: [Option<EventLayout>; NUMBERS] = {
    let mut layouts = [None; NUMBERS];
    let mut i = 0;
    while i < MESSAGES.len() {
        layouts[MESSAGES[i].message_type.0 as usize] = EventLayout::new(MESSAGES[i]);
        i += 1;
    }
    layouts
};

impl EventLayout {
    /// The layout of events of this type; `None` for messages that no monitor gets.
    pub(crate) fn of(message_type: MessageType) -> Option<&'static Self> {
        LAYOUTS.get(usize::try_from(message_type.0).ok()?)?.as_ref()
    }

    const fn new(schema: &'static MessageSchema) -> Option<Self> {
        let is_event = schema.offsets.monitor_id.is_some() && schema.offsets.invoke_id.is_none();
        if !is_event {
            return None;
        }
        let floating = schema.floating.lines;
        let (calls, names) = ([None; MAX_CALLS], [None; MAX_NAMES]);
        let peripheral = offset_of(schema, "PeripheralID");
        let mut layout = Self { filter: filter(schema), peripheral, calls, new_call: None, names };
        let (mut calls, mut names) = (0, 0);
        // The calls, each with the floating fields that name its devices.
        let (mut i, mut offset) = (0, 0);
        while i < schema.fixed.len() {
            let field = &schema.fixed[i];
            if matches!(field.role, Role::CallId) {
                let (mut j, mut is_new) = (0, false);
                while j < floating.len() {
                    if matches!(floating[j].call(), Some(call) if call == i) {
                        if matches!(floating[j].tag, Some(Tag::NEW_CONNECTION_DEVID)) {
                            is_new = true;
                        } else {
                            names = layout.add(names, &floating[j], NameKind::Connection { call: calls });
                        }
                    }
                    j += 1;
                }
                // Not what the event concerns, but what the call gets.
                if is_new {
                    layout.new_call = Some(offset);
                } else {
                    layout.calls[calls] = Some(offset);
                    calls += 1;
                }
            }
            offset += field.wire.size();
            i += 1;
        }
        // The devices, with the field of the fixed part that tells their kind; parties; trunks; the agent.
        let mut i = 0;
        while i < floating.len() {
            if let Some(kind) = kind_of(&floating[i], schema) {
                names = layout.add(names, &floating[i], kind);
            }
            i += 1;
        }
        Some(layout)
    }

    const fn add(&mut self, names: usize, field: &FieldSchema, kind: NameKind) -> usize {
        match field.tag {
            Some(tag) => {
                self.names[names] = Some((tag, kind));
                names + 1
            }
            None => names,
        }
    }
}

/// What a floating field names, if anything.
const fn kind_of(field: &FieldSchema, schema: &MessageSchema) -> Option<NameKind> {
    match (field.device(), field.role, field.tag) {
        // A party of the call.
        (Some(_), _, _) if field.is_listed() => Some(NameKind::AnyDevice),
        (Some(device), _, _) => match offset_of(schema, device) {
            Some(type_at) => Some(NameKind::Device { type_at }),
            None => None,
        },
        (_, Role::TrunkNumber, _) => Some(NameKind::Trunk),
        (_, Role::TrunkGroupNumber, _) => Some(NameKind::TrunkGroup),
        (_, _, Some(Tag::AGENT_INSTRUMENT | Tag::AGENT_EXTENSION)) => Some(NameKind::AnyDevice),
        // A connection of a call that the event does not name.
        (_, _, Some(Tag::CONNECTION_DEVID)) if field.call().is_none() => Some(NameKind::AnyDevice),
        _ => None,
    }
}

/// Where the fixed field of this name is.
const fn offset_of(schema: &MessageSchema, name: &str) -> Option<usize> {
    let (mut i, mut offset) = (0, 0);
    while i < schema.fixed.len() {
        if same(schema.fixed[i].name, name) {
            return Some(offset);
        }
        offset += schema.fixed[i].wire.size();
        i += 1;
    }
    None
}

/// What decides whether events of this type pass.
const fn filter(schema: &MessageSchema) -> Filter {
    match (schema.message_type, schema.mask) {
        (MessageType::AGENT_STATE_EVENT, _) => match offset_of(schema, "AgentState") {
            Some(state_at) => Filter::Agent { state_at },
            None => panic!("AGENT_STATE_EVENT tells the state"),
        },
        (_, Some(bit)) => Filter::Call(bit.bits()),
        _ => Filter::None,
    }
}

/// An event, seen for what it concerns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Routing<'a> {
    layout: &'static EventLayout,
    version: ProtocolVersion,
    raw: RawMessage<'a>,
}

impl<'a> Routing<'a> {
    /// What a message concerns; `None` if it is no event for monitors.
    pub(crate) fn of(version: ProtocolVersion, raw: RawMessage<'a>) -> Option<Self> {
        Some(Self { layout: EventLayout::of(raw.message_type)?, version, raw })
    }

    pub(crate) fn message_type(&self) -> MessageType {
        self.raw.message_type
    }

    /// Where it happened, as far as the event tells.
    pub(crate) fn peripheral(&self) -> Option<PeripheralId> {
        Option::from_number(self.number(self.layout.peripheral?)?)
    }

    /// Whether the event passes these masks.
    pub(crate) fn mask_filter(&self) -> MaskFilter {
        match self.layout.filter {
            Filter::Call(bit) => MaskFilter { calls: bit, agents: 0 },
            Filter::Agent { state_at } => {
                let bit = self.number(state_at).and_then(|state| AgentStateMask::of(AgentState(state)));
                // A state without a bit passes any mask but the empty one.
                MaskFilter { calls: 0, agents: bit.map_or(u32::MAX, |bit| bit.bits()) }
            }
            Filter::None => MaskFilter { calls: u32::MAX, agents: u32::MAX },
        }
    }

    /// The name that the call of the event has from now on, if it gets one.
    pub(crate) fn new_name(&self) -> Option<CallName<'a>> {
        let number = self.number(self.layout.new_call?)?;
        let id = Option::<CallId>::from_number(number)?;
        let device = self.floating().find(|field| field.tag == Tag::NEW_CONNECTION_DEVID);
        let device = device.map(|field| Str::from_field(field.data).as_bytes());
        Some(CallName { id, device, peripheral: self.peripheral() })
    }

    fn floating(&self) -> FloatingFields<'a> {
        let schema = self.raw.message_type.schema();
        let fixed_len = schema.map_or(0, |schema| schema.fixed_len(self.version));
        FloatingFields::new(self.version, self.raw.body.get(fixed_len..).unwrap_or_default())
    }

    fn number<N: Number>(&self, at: usize) -> Option<N> {
        self.raw.body.get(at..)?.get(..N::SIZE).and_then(N::read)
    }

    /// Visits all that the event names, the calls last.
    pub(crate) fn visit(&self, mut visit: impl FnMut(Name<'a>)) {
        let mut connections: [Option<&'a [u8]>; MAX_CALLS] = [None; MAX_CALLS];
        for field in self.floating() {
            let named = self.layout.names.iter().flatten().filter(|(tag, _)| *tag == field.tag);
            for (_, kind) in named {
                let text = Str::from_field(field.data).as_bytes();
                match *kind {
                    NameKind::Device { type_at } => {
                        let device_type = self.number(type_at).map_or(DeviceIdType::DEVID_NONE, DeviceIdType);
                        visit(Name::Device(device_type, text));
                    }
                    NameKind::AnyDevice => visit(Name::AnyDevice(text)),
                    NameKind::Trunk => visit(Name::Trunk(u32::read(field.data).unwrap_or(u32::MAX))),
                    NameKind::TrunkGroup => {
                        visit(Name::TrunkGroup(u32::read(field.data).unwrap_or(u32::MAX)));
                    }
                    NameKind::Connection { call } => {
                        visit(Name::AnyDevice(text));
                        if let Some(connection) = connections.get_mut(call) {
                            connection.get_or_insert(text);
                        }
                    }
                }
            }
        }
        let peripheral = self.peripheral();
        for (at, device) in self.layout.calls.iter().zip(connections) {
            let number = at.and_then(|at| self.number(at));
            if let Some(id) = number.and_then(Option::<CallId>::from_number) {
                visit(Name::Call(CallName { id, device, peripheral }));
            }
        }
    }
}

/// Whether two things can be at one peripheral, if it is not known of one of them where it is.
pub(crate) fn is_one_place(a: Option<PeripheralId>, b: Option<PeripheralId>) -> bool {
    a == b || a.is_none() || b.is_none()
}

/// The bits of which a monitor's masks have to have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MaskFilter {
    calls: u32,
    agents: u32,
}

impl MaskFilter {
    #[inline]
    pub(crate) fn admits(self, masks: Masks) -> bool {
        self.calls & masks.calls.bits() != 0 || self.agents & masks.agents.bits() != 0
    }
}
