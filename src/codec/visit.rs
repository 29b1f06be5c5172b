//! A message tells its fields, one by one; what is made of them is ordinary code.

use super::field::FieldValue;
use super::list::{List, ListItem};
use super::unknown::UnknownFields;
use crate::schema::FieldSchema;
use crate::schema::table::Table;
use crate::types::scalar::{MaybeSerialize, Scalar};
use crate::version::ProtocolVersion;

/// Something with fields: a message, or an entry of a list.
pub(crate) trait VisitFields {
    /// The guide's name of a message, ours of an entry.
    const NAME: &'static str;

    /// Hands over all fields in the guide's order: those of the fixed part, the floating ones, the unknown ones.
    fn visit<V: Visit>(&self, visitor: &mut V) -> Result<(), V::Error>;
}

/// Takes the fields of a message or of an entry, each with our name for it and its line in the table.
pub(crate) trait Visit {
    type Error;

    /// A number of the fixed part.
    fn fixed<T: Scalar>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        value: T,
    ) -> Result<(), Self::Error>;

    /// The count of a list, in the fixed part.
    fn fixed_count(
        &mut self,
        line: &'static FieldSchema,
        count: impl FnOnce() -> usize,
    ) -> Result<(), Self::Error>;

    /// A floating field that appears once.
    fn field<'a, V: FieldValue<'a>>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        value: Option<V>,
    ) -> Result<(), Self::Error>;

    /// The count of a list as a floating field, which is left out where there is none.
    fn count(
        &mut self,
        line: &'static FieldSchema,
        count: impl FnOnce() -> Option<usize>,
    ) -> Result<(), Self::Error>;

    /// A list of single values.
    fn values<'a, V: FieldValue<'a> + ListItem<'a>>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, V>,
    ) -> Result<(), Self::Error>;

    /// A list of entries; the line is that of their first field.
    fn entries<'a, E: Entry<'a>>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, E>,
    ) -> Result<(), Self::Error>;

    /// The fields that the table does not have.
    fn unknown(&mut self, fields: &UnknownFields<'_>) -> Result<(), Self::Error>;
}

/// An entry of a list that takes several fields.
pub(crate) trait Entry<'a>: ListItem<'a> + VisitFields + MaybeSerialize {
    /// The fields of an entry.
    const TABLE: &'static Table;
    /// Whether unknown fields among the entry's belong to the entry, not to the message.
    const KEEPS_UNKNOWN: bool = false;
    /// The slot of the field that ends an entry; without one, the first field begins an entry.
    const LAST: Option<usize> = None;

    /// Reads the entry from its fields.
    fn read(version: ProtocolVersion, fields: &'a [u8]) -> Self;

    /// Writes all entries of a list.
    fn write_list<W: WriteList>(list: &List<'a, Self>, out: W) -> Result<W, W::Error> {
        out.one_by_one(list)
    }
}

/// Writes the entries of a list in one of the protocol's two ways.
pub(crate) trait WriteList: Sized {
    type Error;

    /// One entry after another.
    fn one_by_one<'a, E: Entry<'a>>(self, list: &List<'a, E>) -> Result<Self, Self::Error>;

    /// Members as elements of two arrays; `members` gives those of an entry.
    fn columns<'a, E: Entry<'a>, A: Scalar, B: Scalar>(
        self,
        list: &List<'a, E>,
        members: impl Fn(E) -> (Option<A>, Option<B>),
    ) -> Result<Self, Self::Error>;
}
