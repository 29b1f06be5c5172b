//! The protocol as data: which messages, fields, tags and values there are, in which versions.
//!
//! All of it is static and comes from the same tables as the message types.

mod field;
pub(crate) mod table;
pub(crate) mod value;

use core::fmt;

use self::table::Table;
use crate::types::message_type::MessageType;
use crate::types::named_values::CallEventMask;
use crate::types::tag::Tag;
use crate::version::ProtocolVersion;

pub use self::field::{FieldSchema, Need};
pub(crate) use self::field::{Place, Related};
pub use self::value::{NamedNumber, NamedValue, Role, ValueKind, ValueTable, WireType};

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
