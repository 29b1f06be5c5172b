//! Lists in floating parts: read lazily from the wire, or given as slices.

use core::fmt;

use super::field::FieldValue;
use super::wire::{FloatingField, FloatingFields, Number};
use crate::schema::FieldSchema;
use crate::schema::table::{Seen, Table};
use crate::types::scalar::Scalar;
use crate::types::text::{NamedArray, NamedVariable, Str};
use crate::version::ProtocolVersion;

/// A list of values or entries.
///
/// A decoded list borrows the bytes of the message and reads an entry when asked for it; a list to encode
/// is a slice. Iterate over either with [`iter`](Self::iter). The count that goes with a list on the wire
/// is derived when encoding; what a peer claimed is in [`declared_count`](Self::declared_count).
#[derive(Clone, Copy)]
pub struct List<'a, T>(Source<'a, T>);

#[derive(Clone, Copy)]
enum Source<'a, T> {
    Slice(&'a [T]),
    Wire(Run<'a>),
}

/// Where the items of a decoded list are.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    /// From the first field of the list on; other fields may stand in between and behind.
    fields: &'a [u8],
    /// The table that the fields are of.
    table: &'static Table,
    /// The line in the table, for lists of single values.
    line: u8,
    version: ProtocolVersion,
    declared: Option<u16>,
}

impl<'a> Run<'a> {
    /// The fields of a line that are among these, of entries, or those that the table does not have.
    #[inline(always)]
    pub(crate) fn new(version: ProtocolVersion, fields: &'a [u8], table: &'static Table, line: u8) -> Self {
        Self { fields, table, line, version, declared: None }
    }

    const NOTHING: Self =
        Self { fields: &[], table: &Table::EMPTY, line: 0, version: ProtocolVersion::MIN, declared: None };
}

impl<T> Default for List<'_, T> {
    fn default() -> Self {
        Self::read(Run::NOTHING)
    }
}

impl<'a, T> From<&'a [T]> for List<'a, T> {
    fn from(entries: &'a [T]) -> Self {
        Self(Source::Slice(entries))
    }
}

impl<'a, T, const N: usize> From<&'a [T; N]> for List<'a, T> {
    fn from(entries: &'a [T; N]) -> Self {
        Self(Source::Slice(entries))
    }
}

#[cfg(feature = "alloc")]
impl<'a, T> From<&'a alloc::vec::Vec<T>> for List<'a, T> {
    fn from(entries: &'a alloc::vec::Vec<T>) -> Self {
        Self(Source::Slice(entries))
    }
}

impl<'a, T> List<'a, T> {
    #[inline(always)]
    pub(crate) fn read(run: Run<'a>) -> Self {
        Self(Source::Wire(run))
    }

    /// Begins a list that is being decoded. Its count may have come before.
    #[inline(always)]
    pub(crate) fn begin(&mut self, run: Run<'a>) {
        self.0 = Source::Wire(Run { declared: self.declared_count(), ..run });
    }

    /// Notes what the count of a list says that is being decoded.
    #[inline(always)]
    pub(crate) fn declare(&mut self, count: u16) {
        if let Source::Wire(run) = &mut self.0 {
            run.declared = Some(count);
        }
    }

    /// The version in which a list was decoded.
    pub(crate) fn version(&self) -> Option<ProtocolVersion> {
        match self.0 {
            Source::Slice(_) => None,
            Source::Wire(run) => Some(run.version),
        }
    }

    /// What the peer's count says, for a decoded list that came with one. It may lie.
    pub fn declared_count(&self) -> Option<u16> {
        match self.0 {
            Source::Slice(_) => None,
            Source::Wire(run) => run.declared,
        }
    }

    /// The fields of a decoded list, among others.
    pub(super) fn fields(&self) -> Option<FloatingFields<'a>> {
        match self.0 {
            Source::Slice(_) => None,
            Source::Wire(run) => Some(FloatingFields::new(run.version, run.fields)),
        }
    }
}

impl<'a, T: ListItem<'a>> List<'a, T> {
    /// The entries, in order.
    pub fn iter(&self) -> Iter<'a, T> {
        Iter(match self.0 {
            Source::Slice(entries) => Entries::Slice(entries.iter()),
            Source::Wire(run) => Entries::Wire(Cursor::new(run)),
        })
    }

    /// How many entries there are. Walks over a decoded list.
    pub fn len(&self) -> usize {
        match self.0 {
            Source::Slice(entries) => entries.len(),
            Source::Wire(run) if run.fields.is_empty() => 0,
            Source::Wire(_) => self.iter().count(),
        }
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        match self.0 {
            Source::Slice(entries) => entries.is_empty(),
            Source::Wire(run) => run.fields.is_empty() || self.iter().next().is_none(),
        }
    }

    /// What an encoder writes into a count that is itself a floating field; `None` leaves it out.
    pub(crate) fn optional_count(&self) -> Option<usize> {
        match self.0 {
            Source::Wire(Run { declared: None, .. }) if self.is_empty() => None,
            _ => Some(self.len()),
        }
    }
}

impl<'a, T: ListItem<'a>> IntoIterator for List<'a, T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T: ListItem<'a>> IntoIterator for &List<'a, T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// Equal if the entries are.
impl<'a, T: ListItem<'a>> PartialEq for List<'a, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'a, T: ListItem<'a>> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The entries of a [`List`], in order.
#[derive(Clone)]
pub struct Iter<'a, T>(Entries<'a, T>);

#[derive(Clone)]
enum Entries<'a, T> {
    Slice(core::slice::Iter<'a, T>),
    Wire(Cursor<'a>),
}

impl<'a, T: ListItem<'a>> Iterator for Iter<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match &mut self.0 {
            Entries::Slice(entries) => entries.next().copied(),
            Entries::Wire(cursor) => T::next(cursor),
        }
    }
}

/// Shows no bytes: there may be a password among them.
impl<T> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}

/// What a [`List`] can hold.
pub trait ListItem<'a>: Copy + PartialEq + fmt::Debug + 'a {
    /// Reads the next item of a decoded list.
    #[doc(hidden)]
    fn next(cursor: &mut Cursor<'a>) -> Option<Self>;
}

/// A place in a decoded list.
#[derive(Clone)]
pub struct Cursor<'a> {
    /// The fields that are left.
    pub(super) fields: FloatingFields<'a>,
    table: &'static Table,
    line: u8,
    /// What is left of a field with many values.
    values: &'a [u8],
    /// The fields passed so far that appear once.
    seen: Seen,
    /// The places in the second array of two that make up entries together; the first array has the place above.
    second: Option<(FloatingFields<'a>, &'a [u8])>,
}

/// Shows no bytes: there may be a password among them.
impl fmt::Debug for Cursor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor").finish_non_exhaustive()
    }
}

impl<'a> Cursor<'a> {
    fn new(run: Run<'a>) -> Self {
        let fields = FloatingFields::new(run.version, run.fields);
        let Run { table, line, .. } = run;
        Self { fields, table, line, values: &[], seen: Seen::default(), second: None }
    }

    /// The next field of a list of single values.
    fn next_value<T: FieldValue<'a>>(&mut self) -> Option<T> {
        let line = self.table.lines.get(usize::from(self.line))?;
        next_data(&mut self.fields, line).and_then(T::from_data)
    }

    /// The next element of each of two arrays.
    pub(crate) fn next_of_columns<A: Scalar, B: Scalar>(
        &mut self,
        lines: &'static [FieldSchema],
    ) -> Option<(Option<A>, Option<B>)> {
        let [first, second] = lines else { return None };
        let (fields, values) = self.second.get_or_insert_with(|| (self.fields.clone(), &[]));
        let b = next_element(fields, values, second);
        let a = next_element(&mut self.fields, &mut self.values, first);
        (a.is_some() || b.is_some()).then_some((a, b))
    }
}

/// The data of the next field of this line, if its length is one that the line allows.
fn next_data<'a>(fields: &mut FloatingFields<'a>, line: &FieldSchema) -> Option<&'a [u8]> {
    let version = fields.version();
    let is_it = |field: &FloatingField<'_>| {
        line.has_tag(field.tag) && line.is_in(version) && line.fits(field.data.len())
    };
    fields.find(is_it).map(|field| field.data)
}

/// The next element of an array: a field each, or many in one field; `values` is what is left of that.
fn next_element<'a, T: Scalar>(
    fields: &mut FloatingFields<'a>,
    values: &mut &'a [u8],
    line: &FieldSchema,
) -> Option<T> {
    while values.is_empty() {
        *values = next_data(fields, line)?;
    }
    let (number, rest) = values.split_at_checked(T::Number::SIZE)?;
    *values = rest;
    T::Number::read(number).map(T::from_number)
}

impl<'a, T: Scalar + 'a> ListItem<'a> for T {
    fn next(cursor: &mut Cursor<'a>) -> Option<T> {
        let line = cursor.table.lines.get(usize::from(cursor.line))?;
        next_element(&mut cursor.fields, &mut cursor.values, line)
    }
}

macro_rules! field_by_field {
    ($($Type:ident)*) => {$(
        impl<'a> ListItem<'a> for $Type<'a> {
            fn next(cursor: &mut Cursor<'a>) -> Option<Self> {
                cursor.next_value()
            }
        }
    )*};
}

field_by_field!(Str NamedVariable NamedArray);

/// The fields that a table does not have.
impl<'a> ListItem<'a> for FloatingField<'a> {
    fn next(cursor: &mut Cursor<'a>) -> Option<Self> {
        let (version, seen) = (cursor.fields.version(), &mut cursor.seen);
        cursor.fields.find(|&field| match cursor.table.line_of(version, field.tag, field.data.len()) {
            Some(line) => seen.is_again(line),
            None => true,
        })
    }
}
