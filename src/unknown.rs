//! Floating fields that the tables do not know: kept, shown, and written back.

use core::fmt;

use crate::error::EncodeError;
use crate::field::Measure;
use crate::list::Claim;
use crate::version::ProtocolVersion;
use crate::wire::{FloatingField, FloatingFields, Writer};

/// The floating fields of a message that its table does not have in this version, in wire order.
///
/// A field that may appear once and appears again is also here, but for the first.
#[derive(Clone, Copy, Default)]
pub struct UnknownFields<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Slice(&'a [FloatingField<'a>]),
    Wire { fields: &'a [u8], version: ProtocolVersion, table: Table },
}

impl Default for Source<'_> {
    fn default() -> Self {
        Self::Slice(&[])
    }
}

/// What a table says of a field.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    pub(crate) claim: fn(ProtocolVersion, FloatingField<'_>) -> Claim,
    /// The fields that may appear any number of times, a bit for each position.
    pub(crate) repeated: u64,
}

impl<'a> UnknownFields<'a> {
    /// The fields among these that the table does not know.
    pub(crate) fn among(version: ProtocolVersion, fields: &'a [u8], table: Table) -> Self {
        Self(Source::Wire { fields, version, table })
    }

    /// The fields, in order.
    pub fn iter(&self) -> UnknownIter<'a> {
        UnknownIter { source: self.0, seen: 0 }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    pub(crate) fn measure(&self, measure: &mut Measure) -> Result<(), EncodeError> {
        self.iter().try_for_each(|field| measure.unknown(field))
    }

    pub(crate) fn write(&self, out: &mut Writer<'_>) {
        for field in self {
            out.field_header(field.tag, field.data.len());
            out.bytes(field.data);
        }
    }
}

impl<'a> From<&'a [FloatingField<'a>]> for UnknownFields<'a> {
    fn from(fields: &'a [FloatingField<'a>]) -> Self {
        Self(Source::Slice(fields))
    }
}

impl<'a, const N: usize> From<&'a [FloatingField<'a>; N]> for UnknownFields<'a> {
    fn from(fields: &'a [FloatingField<'a>; N]) -> Self {
        Self(Source::Slice(fields))
    }
}

impl<'a> IntoIterator for UnknownFields<'a> {
    type Item = FloatingField<'a>;
    type IntoIter = UnknownIter<'a>;

    fn into_iter(self) -> UnknownIter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &UnknownFields<'a> {
    type Item = FloatingField<'a>;
    type IntoIter = UnknownIter<'a>;

    fn into_iter(self) -> UnknownIter<'a> {
        self.iter()
    }
}

/// Equal if the fields are.
impl PartialEq for UnknownFields<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for UnknownFields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The fields of [`UnknownFields`], in order.
#[derive(Clone)]
pub struct UnknownIter<'a> {
    source: Source<'a>,
    /// The fields seen so far that may appear once, a bit for each position in the table.
    seen: u64,
}

impl<'a> Iterator for UnknownIter<'a> {
    type Item = FloatingField<'a>;

    fn next(&mut self) -> Option<FloatingField<'a>> {
        match &mut self.source {
            Source::Slice(fields) => {
                let (field, rest) = fields.split_first()?;
                *fields = rest;
                Some(*field)
            }
            Source::Wire { fields, version, table } => {
                let mut walk = FloatingFields::new(*version, fields);
                let found = walk.by_ref().find(|&field| match (table.claim)(*version, field) {
                    Claim::Position(position) => {
                        let bit = 1 << position;
                        let again = self.seen & bit != 0 && table.repeated & bit == 0;
                        self.seen |= bit;
                        again
                    }
                    Claim::Unknown | Claim::WrongLength => true,
                });
                *fields = walk.rest();
                found
            }
        }
    }
}

impl fmt::Debug for UnknownIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnknownIter")
    }
}
