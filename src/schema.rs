//! The protocol as data: which messages, fields, tags and values there are, in which versions.
//!
//! All of it is static and comes from the same tables as the message types.

use core::fmt;
use core::num::NonZeroU16;

use crate::codec::table::Table;
use crate::types::message_type::MessageType;
use crate::types::named_values::CallEventMask;
use crate::types::tag::Tag;
use crate::version::ProtocolVersion;

/// A message: its number, who sends it, its fields.
#[derive(Debug)]
pub struct MessageSchema {
    /// The guide's name, as in `MONITOR_START_REQ`.
    pub name: &'static str,
    /// Its number.
    pub message_type: MessageType,
    /// Who may send it.
    pub sender: Sender,
    /// The service, that is, the section of the guide that describes it.
    pub service: Service,
    /// The message that confirms it, for requests.
    pub reply: Option<MessageType>,
    /// First version that has it; 9 also stands for all versions before.
    pub since: u8,
    /// The bit of a monitor's mask that lets it through, for events of calls.
    pub mask: Option<CallEventMask>,
    /// The fields of the fixed part, in wire order.
    pub fixed: &'static [FieldSchema],
    pub(crate) floating: &'static Table,
    pub(crate) offsets: Offsets,
}

impl MessageSchema {
    /// Whether this version of the protocol has the message.
    pub fn is_in(&self, version: ProtocolVersion) -> bool {
        version.within(self.since, u8::MAX)
    }

    /// All floating fields in the guide's order, members of lists included.
    pub fn floating_fields(&self) -> core::slice::Iter<'static, FieldSchema> {
        self.floating.lines.iter()
    }

    /// The floating field with this tag, if this version of the message has it.
    pub fn floating_field(&self, version: ProtocolVersion, tag: Tag) -> Option<&'static FieldSchema> {
        self.floating.line(version, tag)
    }

    /// Bytes of the fixed part in this version.
    pub fn fixed_len(&self, version: ProtocolVersion) -> usize {
        self.fixed_fields(version).map(|field| field.wire.size()).sum()
    }

    /// The fields of the fixed part in this version.
    pub fn fixed_fields(
        &self,
        version: ProtocolVersion,
    ) -> impl Iterator<Item = &'static FieldSchema> + use<> {
        self.fixed.iter().filter(move |field| field.is_in(version))
    }
}

/// Where the fixed part of a message has what sessions look for, from its start; the same in all versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offsets {
    pub(crate) invoke_id: Option<u16>,
    pub(crate) monitor_id: Option<u16>,
    pub(crate) call_id: Option<u16>,
    pub(crate) version_number: Option<u16>,
}

impl Offsets {
    pub(crate) const fn new(since: u8, fixed: &[FieldSchema]) -> Self {
        Self {
            invoke_id: first(since, fixed, Role::InvokeId),
            monitor_id: first(since, fixed, Role::MonitorId),
            call_id: first(since, fixed, Role::CallId),
            version_number: first(since, fixed, Role::VersionNumber),
        }
    }
}

/// Where the first field with this role starts, if all versions have all fields before it.
#[allow(clippy::cast_possible_truncation, reason = "sizes of numbers")]
const fn first(since: u8, fixed: &[FieldSchema], role: Role) -> Option<u16> {
    let mut offset = 0;
    let mut i = 0;
    while i < fixed.len() && fixed[i].since <= since && fixed[i].until == u8::MAX {
        if fixed[i].role as u8 == role as u8 {
            return Some(offset);
        }
        offset += fixed[i].wire.size() as u16;
        i += 1;
    }
    None
}

/// A service, that is, a section of the guide that describes messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Service {
    /// Sessions: open, heartbeats, close.
    SessionManagement,
    /// Refusals and failures.
    FailureIndication,
    /// Events of the calls and the agent of one phone.
    ClientEvents,
    /// Events of all calls and agents.
    AllEvents,
    /// Control of calls and agents.
    ClientControl,
    /// Changes of call data.
    CallDataUpdate,
    /// What every session may use.
    Miscellaneous,
    /// Monitors of devices and calls.
    PeripheralMonitor,
    /// Other sessions of the server, and monitors of them.
    ClientMonitor,
    /// Supervisors and their teams.
    Supervisor,
    /// Clients that serve others.
    Server,
    /// What is configured.
    Configuration,
    /// Maintenance and standby.
    GracefulShutdown,
}

impl Service {
    /// The title of the guide's section.
    pub const fn title(self) -> &'static str {
        match self {
            Self::SessionManagement => "Session Management",
            Self::FailureIndication => "Failure Indication",
            Self::ClientEvents => "Client Events Service",
            Self::AllEvents => "All Events Service",
            Self::ClientControl => "Client Control Service",
            Self::CallDataUpdate => "Call Data Update Service",
            Self::Miscellaneous => "Miscellaneous Service",
            Self::PeripheralMonitor => "Peripheral Monitor Service",
            Self::ClientMonitor => "Client Monitor Service",
            Self::Supervisor => "Supervisor Service",
            Self::Server => "Server Service",
            Self::Configuration => "Configuration Acquisition Messages",
            Self::GracefulShutdown => "Graceful Shutdown",
        }
    }
}

/// The title of the guide's section.
impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// A field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSchema {
    /// The guide's name, as in `ConnectionCallID`.
    pub name: &'static str,
    /// How it stands on the wire.
    pub wire: WireType,
    /// The tag of a floating field; `None` in the fixed part, and where the tag was never published.
    pub tag: Option<Tag>,
    /// The most bytes that a sender may put into a floating field, a STRING's NUL included.
    pub max: Option<NonZeroU16>,
    /// Whether a sender has to give it.
    pub need: Need,
    /// First version that has it.
    pub since: u8,
    /// Last version that has it; 255 if it never went away.
    pub until: u8,
    /// The most entries that the guide allows, for a count.
    pub limit: Option<NonZeroU16>,
    /// Whether all ones stand for "none".
    pub nullable: bool,
    /// The names of its values.
    pub values: Option<&'static ValueTable>,
    /// Whether it is a password.
    pub secret: bool,
    /// What it identifies.
    pub role: Role,
    pub(crate) related: Option<&'static Related>,
    pub(crate) place: Place,
}

/// Where reading puts a field. One byte, so that a line of the schema takes 48.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place(u8);

impl Place {
    const LISTED: u8 = 0x80;
    /// The most slots.
    pub(crate) const MAX: usize = 0x80;
    /// A field that appears once, whose slot is not known yet.
    pub(crate) const ALONE: Self = Self(0);
    /// A field of a list.
    pub(crate) const IN_LIST: Self = Self(Self::LISTED);

    /// The same in this slot.
    #[allow(clippy::cast_possible_truncation, reason = "there are not so many slots")]
    pub(crate) const fn at(self, slot: usize) -> Self {
        assert!(slot < Self::MAX);
        Self(self.0 & Self::LISTED | slot as u8)
    }

    /// Whether it belongs to a list.
    pub(crate) const fn is_listed(self) -> bool {
        self.0 & Self::LISTED != 0
    }

    /// The number of its line, for members of a list that of the first of them.
    pub(crate) const fn slot(self) -> u8 {
        self.0 & !Self::LISTED
    }
}

/// The fields that tell more of a field. Most have none, so this stands apart: there are 1,777 lines of fields.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Related {
    pub(crate) count: Option<&'static str>,
    pub(crate) device: Option<&'static str>,
    /// Which field of the fixed part identifies the call, for a device that is connected to it.
    pub(crate) call: Option<u8>,
    /// Another tag under which senders put the field.
    pub(crate) alias: Option<Tag>,
}

impl Related {
    pub(crate) const fn is_empty(&self) -> bool {
        self.count.is_none() && self.device.is_none() && self.call.is_none() && self.alias.is_none()
    }
}

impl FieldSchema {
    /// The field that tells how many there are, for members of a list.
    pub const fn count(&self) -> Option<&'static str> {
        match self.related {
            Some(related) => related.count,
            None => None,
        }
    }

    /// The field that tells what kind of device this one names, in the fixed part or in the same entry of a list.
    pub const fn device(&self) -> Option<&'static str> {
        match self.related {
            Some(related) => related.device,
            None => None,
        }
    }

    /// Which field of the fixed part identifies the call, for a device that is connected to it.
    #[cfg(feature = "alloc")]
    pub(crate) const fn call(&self) -> Option<usize> {
        match self.related {
            Some(Related { call: Some(call), .. }) => Some(*call as usize),
            _ => None,
        }
    }

    /// Another tag under which it is read: the guide has two for it.
    pub const fn alias(&self) -> Option<Tag> {
        match self.related {
            Some(related) => related.alias,
            None => None,
        }
    }

    /// Whether it belongs to a list, so that it may appear any number of times.
    pub const fn is_listed(&self) -> bool {
        self.place.is_listed()
    }

    /// Whether this version of the protocol has the field.
    #[inline]
    pub const fn is_in(&self, version: ProtocolVersion) -> bool {
        version.within(self.since, self.until)
    }

    /// Whether the field may stand under this tag.
    pub(crate) fn has_tag(&self, tag: Tag) -> bool {
        self.tag == Some(tag) || self.alias() == Some(tag)
    }

    /// Whether its type allows data of this length.
    #[inline]
    pub(crate) fn fits(&self, length: usize) -> bool {
        let size = self.wire.size();
        match self.wire {
            WireType::STRING | WireType::UNSPEC | WireType::NAMEDVAR => true,
            WireType::NAMEDARRAY => length > 0,
            WireType::USHORT_ARRAY | WireType::UINT_ARRAY => length % size == 0,
            WireType::BOOL => length == size || length == WIDE_BOOL,
            _ => length == size,
        }
    }

    /// What stands in a table that is not made yet.
    pub(crate) const NOTHING: Self = Self {
        name: "",
        wire: WireType::UNSPEC,
        tag: None,
        max: None,
        need: Need::Optional,
        since: 0,
        until: 0,
        limit: None,
        nullable: false,
        values: None,
        secret: false,
        role: Role::Other,
        related: None,
        place: Place::ALONE,
    };
}

/// Bytes of a BOOL as Unified CCX sends it in a floating field.
pub(crate) const WIDE_BOOL: usize = 4;

/// How a field stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(non_camel_case_types, reason = "these are the guide's names")]
pub enum WireType {
    /// One signed byte.
    CHAR,
    /// One byte.
    UCHAR,
    /// Two bytes, signed.
    SHORT,
    /// Two bytes.
    USHORT,
    /// Two bytes, 0 or 1.
    BOOL,
    /// Four bytes, signed.
    INT,
    /// Four bytes.
    UINT,
    /// Four bytes: seconds since 1970-01-01 UTC.
    TIME,
    /// Text that ends with a NUL.
    STRING,
    /// Any bytes.
    UNSPEC,
    /// Eight bytes of a fixed part.
    UNSPEC_8,
    /// Name and value of an expanded call variable.
    NAMEDVAR,
    /// Index, name and value of an element of an expanded call variable.
    NAMEDARRAY,
    /// USHORT elements, one field each or many in one field.
    USHORT_ARRAY,
    /// UINT elements, one field each or many in one field.
    UINT_ARRAY,
}

impl WireType {
    /// Bytes of one number; 0 for types of any length.
    pub const fn size(self) -> usize {
        match self {
            Self::CHAR | Self::UCHAR => 1,
            Self::SHORT | Self::USHORT | Self::BOOL | Self::USHORT_ARRAY => 2,
            Self::INT | Self::UINT | Self::TIME | Self::UINT_ARRAY => 4,
            Self::UNSPEC_8 => 8,
            Self::STRING | Self::UNSPEC | Self::NAMEDVAR | Self::NAMEDARRAY => 0,
        }
    }

    /// Whether a field may hold many elements.
    pub const fn is_array(self) -> bool {
        matches!(self, Self::USHORT_ARRAY | Self::UINT_ARRAY)
    }
}

/// The guide's spelling.
impl fmt::Display for WireType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::USHORT_ARRAY => f.write_str("USHORT[]"),
            Self::UINT_ARRAY => f.write_str("UINT[]"),
            Self::UNSPEC_8 => f.write_str("UNSPEC"),
            other => fmt::Debug::fmt(other, f),
        }
    }
}

/// What a number identifies, as far as sessions and monitors have to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A request and its answer.
    InvokeId,
    /// A monitor.
    MonitorId,
    /// A call.
    CallId,
    /// A trunk.
    TrunkNumber,
    /// A trunk group.
    TrunkGroupNumber,
    /// A version of the protocol.
    VersionNumber,
    /// Something else, or nothing.
    Other,
}

/// Whether a sender has to give a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// Always.
    Required,
    /// In cases that the docs of the field name.
    Conditional,
    /// Never.
    Optional,
}

/// Who may send a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sender {
    /// The CTI client.
    Client,
    /// The CTI server.
    Server,
    /// Either.
    Both,
}

/// The names of a field's values.
#[derive(Debug, PartialEq, Eq)]
pub struct ValueTable {
    /// The guide's name, as in `AgentState`.
    pub name: &'static str,
    /// Whether the values are numbers or bits.
    pub kind: ValueKind,
    /// The values, in the guide's order.
    pub values: &'static [NamedValue],
    /// Another table for the same fields, with other numbers.
    pub continued: Option<&'static ValueTable>,
}

impl ValueTable {
    /// The entry for a number. Of a mask, the entry for one bit.
    pub fn named(&self, value: u32) -> Option<&'static NamedValue> {
        let found = self.values.iter().find(|named| named.value == value);
        found.or_else(|| self.continued?.named(value))
    }

    /// The name of a number. Of a mask, the name of one bit.
    pub fn name_of(&self, value: u32) -> Option<&'static str> {
        self.named(value).map(|named| named.name)
    }

    /// The bits of a mask that have names, in the guide's order.
    pub fn bits_of(&self, mask: u32) -> impl Iterator<Item = &'static NamedValue> + use<> {
        let set = move |named: &&NamedValue| named.value != 0 && mask & named.value == named.value;
        self.values.iter().filter(set)
    }

    /// All bits of a mask that have names in this version.
    pub const fn known_bits(&self, version: ProtocolVersion) -> u32 {
        let (mut bits, mut i) = (0, 0);
        while i < self.values.len() {
            if version.within(self.values[i].since, u8::MAX) {
                bits |= self.values[i].value;
            }
            i += 1;
        }
        bits
    }

    /// The number with this name.
    pub fn value_of(&self, name: &str) -> Option<u32> {
        let found = self.values.iter().find(|named| named.name == name).map(|named| named.value);
        found.or_else(|| self.continued?.value_of(name))
    }
}

/// What kind of values a [`ValueTable`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// Numbers.
    Enum,
    /// Bits.
    Mask,
    /// Numbers that the guide prints with the field, not in a table of their own.
    InlineEnum,
    /// Bits that the guide prints with the field, not in a table of their own.
    InlineMask,
}

/// One value with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedValue {
    /// The guide's name.
    pub name: &'static str,
    /// The number, or the bit.
    pub value: u32,
    /// First version that has it.
    pub since: u8,
}
