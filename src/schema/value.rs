//! What a field may hold: types on the wire, roles of numbers, names of values.

use core::fmt;

use crate::version::ProtocolVersion;

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

/// Bytes of a BOOL as Unified CCX sends it in a floating field.
pub(crate) const WIDE_BOOL: usize = 4;

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

    /// Whether the values are bits.
    pub const fn is_mask(&self) -> bool {
        matches!(self.kind, ValueKind::Mask | ValueKind::InlineMask)
    }

    /// The bits of a mask that have names, in the guide's order.
    pub fn bits_of(&self, mask: u32) -> impl Iterator<Item = &'static NamedValue> + Clone + use<> {
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

    /// A number by its name, and a mask by those of its bits: `A | B`, `all`, or, of most of the bits, `all except C`. What
    /// has no name is shown as a number.
    ///
    /// ```
    /// use ged188::named_values::{AgentState, CtiServiceMask};
    ///
    /// assert_eq!(AgentState::TABLE.display(3).to_string(), "AGENT_STATE_AVAILABLE");
    /// assert_eq!(AgentState::TABLE.display(99).to_string(), "99");
    /// let services = "CTI_SERVICE_CLIENT_CONTROL | CTI_SERVICE_PERIPHERAL_MONITOR";
    /// assert_eq!(CtiServiceMask::TABLE.display(0x24).to_string(), services);
    /// ```
    pub fn display(&self, value: u32) -> NamedNumber<'_> {
        NamedNumber { table: self, value }
    }

    /// The number with this name.
    pub fn value_of(&self, name: &str) -> Option<u32> {
        let found = self.values.iter().find(|named| named.name == name).map(|named| named.value);
        found.or_else(|| self.continued?.value_of(name))
    }
}

/// A number that is shown by its name. See [`ValueTable::display`].
#[derive(Clone, Copy)]
pub struct NamedNumber<'t> {
    table: &'t ValueTable,
    value: u32,
}

impl fmt::Display for NamedNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, value } = *self;
        match table.kind {
            ValueKind::Enum | ValueKind::InlineEnum => match table.name_of(value) {
                Some(name) => f.write_str(name),
                None => value.fmt(f),
            },
            ValueKind::Mask | ValueKind::InlineMask => {
                let known = table.known_bits(ProtocolVersion::MAX);
                let (set, clear) = (table.bits_of(value), table.bits_of(known & !value));
                let unnamed = value & !known;
                let is_full = [u32::MAX, u16::MAX.into()].contains(&value);
                let is_most = set.clone().count() > clear.clone().count() && (unnamed == 0 || is_full);
                let shown = if is_most && table.values.len() > 4 {
                    f.write_str("all")?;
                    join(f, " except ", clear)?
                } else {
                    join(f, "", set)?
                };
                match (unnamed, shown) {
                    (0, 0) if value == 0 => f.write_str("none"),
                    (0, _) => Ok(()),
                    _ if is_full => Ok(()),
                    (_, 0) => write!(f, "{unnamed:#x}"),
                    _ => write!(f, " | {unnamed:#x}"),
                }
            }
        }
    }
}

/// Writes names, with something before the first; returns how many.
fn join(
    f: &mut fmt::Formatter<'_>,
    before: &str,
    bits: impl Iterator<Item = &'static NamedValue>,
) -> Result<usize, fmt::Error> {
    let mut count = 0;
    for named in bits {
        write!(f, "{}{}", if count == 0 { before } else { " | " }, named.name)?;
        count += 1;
    }
    Ok(count)
}

/// As by [`Display`](fmt::Display).
impl fmt::Debug for NamedNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
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
