//! Floating fields that the tables do not know: kept, shown, and written back. And where a message came from.

use core::fmt;

use super::list::{Iter, List, Run};
use super::wire::FloatingField;
use crate::schema::table::Table;
use crate::version::ProtocolVersion;

/// The floating fields of a message that its table does not have in this version, in wire order.
///
/// So are those that have a length that their type does not allow, and of a field that may appear once and appears
/// again, all but the first.
///
/// In a decoded message it also knows the [original](Self::original) bytes.
#[derive(Clone, Copy, Default)]
pub struct UnknownFields<'a> {
    fields: List<'a, FloatingField<'a>>,
    original: Option<&'a [u8]>,
}

impl<'a> UnknownFields<'a> {
    /// Those of these fields that the table does not know, in a message with this body.
    #[inline(always)]
    pub(crate) fn read(
        version: ProtocolVersion,
        body: &'a [u8],
        fields: &'a [u8],
        table: &'static Table,
    ) -> Self {
        Self { fields: List::read(Run::new(version, fields, table, 0)), original: Some(body) }
    }

    /// No fields, in a message with this body.
    pub(crate) fn none(version: ProtocolVersion, body: &'a [u8]) -> Self {
        Self::read(version, body, &[], &Table::EMPTY)
    }

    /// The fields, in order.
    pub fn iter(&self) -> Iter<'a, FloatingField<'a>> {
        self.fields.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// What a message or an entry was decoded from, and in which version: of a message the whole body, of an entry its
    /// fields. Nothing is missing there, not even what encoding would refuse. `None` for one that was not decoded.
    ///
    /// The fields of the message may have been changed since.
    pub fn original(&self) -> Option<(ProtocolVersion, &'a [u8])> {
        self.fields.version().zip(self.original)
    }
}

impl<'a> From<&'a [FloatingField<'a>]> for UnknownFields<'a> {
    fn from(fields: &'a [FloatingField<'a>]) -> Self {
        Self { fields: fields.into(), original: None }
    }
}

impl<'a, const N: usize> From<&'a [FloatingField<'a>; N]> for UnknownFields<'a> {
    fn from(fields: &'a [FloatingField<'a>; N]) -> Self {
        fields.as_slice().into()
    }
}

impl<'a> IntoIterator for UnknownFields<'a> {
    type Item = FloatingField<'a>;
    type IntoIter = Iter<'a, FloatingField<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &UnknownFields<'a> {
    type Item = FloatingField<'a>;
    type IntoIter = Iter<'a, FloatingField<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Equal if the fields are.
impl PartialEq for UnknownFields<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
    }
}

impl fmt::Debug for UnknownFields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fields.fmt(f)
    }
}
