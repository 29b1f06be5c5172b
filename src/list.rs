//! Lists in floating parts: read lazily from the wire, or given as slices.

use core::fmt;

use crate::error::{EncodeError, EncodeProblem};
use crate::field::{FieldValue, Measure};
use crate::schema::{FieldSchema, FloatingSchema, WireType};
use crate::tag::Tag;
use crate::text::{NamedArray, NamedVariable, Str};
use crate::value::Scalar;
use crate::version::ProtocolVersion;
use crate::wire::{FloatingField, FloatingFields, Number, Writer};

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

/// Where the entries of a decoded list are.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// From the first field of the list on; other fields may stand in between and behind.
    fields: &'a [u8],
    /// The tag of the values, for lists of single values.
    tag: Tag,
    version: ProtocolVersion,
    declared: Option<u16>,
}

impl<T> Default for List<'_, T> {
    fn default() -> Self {
        Self(Source::Wire(Run { fields: &[], tag: Tag(0), version: ProtocolVersion::MIN, declared: None }))
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

impl<'a, T: ListItem<'a>> List<'a, T> {
    /// The entries, in order.
    pub fn iter(&self) -> Iter<'a, T> {
        Iter(match self.0 {
            Source::Slice(entries) => Entries::Slice(entries.iter()),
            Source::Wire(run) => Entries::Wire(T::cursor(run)),
        })
    }

    /// How many entries there are. Walks over a decoded list.
    pub fn len(&self) -> usize {
        match self.0 {
            Source::Slice(entries) => entries.len(),
            Source::Wire(_) => self.iter().count(),
        }
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The fields of a decoded list, among others, and the version to read them in.
    pub(crate) fn fields(&self) -> Option<(ProtocolVersion, FloatingFields<'a>)> {
        match self.0 {
            Source::Slice(_) => None,
            Source::Wire(run) => Some((run.version, FloatingFields::new(run.version, run.fields))),
        }
    }

    /// What the peer's count says, for a decoded list that came with one. It may lie.
    pub fn declared_count(&self) -> Option<u16> {
        match self.0 {
            Source::Slice(_) => None,
            Source::Wire(run) => run.declared,
        }
    }

    /// What an encoder writes into a count that is itself a floating field; `None` leaves it out.
    pub(crate) fn optional_count(&self) -> Option<usize> {
        match self.0 {
            Source::Wire(Run { declared: None, .. }) if self.is_empty() => None,
            _ => Some(self.len()),
        }
    }

    /// Notes what a count says, in a list that is being decoded.
    pub(crate) fn declare(&mut self, count: u16) {
        if let Source::Wire(run) = &mut self.0 {
            run.declared = Some(count);
        }
    }

    /// Notes that the list begins with `fields`, in a list that is being decoded.
    pub(crate) fn begin(&mut self, version: ProtocolVersion, tag: Tag, fields: &'a [u8]) {
        self.0 = Source::Wire(Run { fields, tag, version, declared: self.declared_count() });
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
pub struct Iter<'a, T: ListItem<'a>>(Entries<'a, T>);

enum Entries<'a, T: ListItem<'a>> {
    Slice(core::slice::Iter<'a, T>),
    Wire(T::Cursor),
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

impl<'a, T: ListItem<'a>> fmt::Debug for Iter<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter")
    }
}

/// What a [`List`] can hold.
pub trait ListItem<'a>: Copy + PartialEq + fmt::Debug + 'a {
    /// A place in a decoded list.
    #[doc(hidden)]
    type Cursor;

    /// The start of a decoded list.
    #[doc(hidden)]
    fn cursor(run: Run<'a>) -> Self::Cursor;

    /// Reads the next item.
    #[doc(hidden)]
    fn next(cursor: &mut Self::Cursor) -> Option<Self>;
}

/// A place in the values that have one tag: a field each, or many in one field.
#[derive(Clone)]
pub struct Column<'a> {
    fields: FloatingFields<'a>,
    tag: Tag,
    /// What is left of a field with many values.
    rest: &'a [u8],
}

impl<'a> Column<'a> {
    pub(crate) fn new(run: Run<'a>, tag: Tag) -> Self {
        Self { fields: FloatingFields::new(run.version, run.fields), tag, rest: &[] }
    }

    fn next_field(&mut self) -> Option<&'a [u8]> {
        let tag = self.tag;
        self.fields.find(|field| field.tag == tag).map(|field| field.data)
    }

    /// The next number.
    pub(crate) fn next_scalar<T: Scalar>(&mut self) -> Option<T> {
        while self.rest.is_empty() {
            self.rest = self.next_field()?;
        }
        let (number, rest) = self.rest.split_at_checked(T::Number::SIZE)?;
        self.rest = rest;
        T::Number::read(number).map(T::from_number)
    }
}

impl<'a, T: Scalar + 'a> ListItem<'a> for T {
    type Cursor = Column<'a>;

    fn cursor(run: Run<'a>) -> Column<'a> {
        Column::new(run, run.tag)
    }

    fn next(column: &mut Column<'a>) -> Option<T> {
        column.next_scalar()
    }
}

macro_rules! field_by_field {
    ($($Type:ident)*) => {$(
        impl<'a> ListItem<'a> for $Type<'a> {
            type Cursor = Column<'a>;

            fn cursor(run: Run<'a>) -> Column<'a> {
                Column::new(run, run.tag)
            }

            fn next(column: &mut Column<'a>) -> Option<Self> {
                column.next_field().and_then(FieldValue::from_data)
            }
        }
    )*};
}

field_by_field!(Str NamedVariable NamedArray);

/// Adds a list of single values to a message.
pub(crate) fn measure_values<'a, V: FieldValue<'a> + ListItem<'a>>(
    list: &List<'a, V>,
    field: &'static FieldSchema,
    measure: &mut Measure,
) -> Result<(), EncodeError> {
    list.iter().try_for_each(|value| measure.present(&value, field))
}

/// Writes a list of single values, a field each.
pub(crate) fn write_values<'a, V: FieldValue<'a> + ListItem<'a>>(
    list: &List<'a, V>,
    tag: Tag,
    out: &mut Writer<'_>,
) {
    for value in list {
        out.floating(tag, Some(&value));
    }
}

/// The values in a field that may hold many.
pub(crate) fn elements<T: Scalar>(data: &[u8]) -> impl Iterator<Item = T> {
    data.chunks_exact(T::Number::SIZE).filter_map(T::Number::read).map(T::from_number)
}

/// Shows no bytes: there may be a password among them.
macro_rules! opaque {
    ($($Type:ident)*) => {$(
        impl fmt::Debug for $Type<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Type)).finish_non_exhaustive()
            }
        }
    )*};
}

opaque!(Run Column RunCursor);

/// What a floating field is to a message, or to an entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing: this version does not know it.
    Unknown,
    /// The field with this position in the table.
    Position(u32),
    /// A field with a length that its type does not allow.
    WrongLength,
}

/// What became of a floating field.
pub(crate) enum Read {
    /// The message has it.
    Taken,
    /// The message does not know it, or has one already.
    Unknown,
    /// Its length does not fit its type.
    WrongLength,
}

/// The bit in `seen` that says that there are unknown fields; the others are positions of fields.
pub(crate) const UNKNOWN: u64 = 1 << 63;

/// What these read, they put into a slot and note in `seen`. To look there and not into the slot whether the message
/// has the field already keeps the slots out of the loop's registers.
impl Read {
    /// Takes the value of a field that appears once.
    #[inline(always)]
    pub(crate) fn value<'a, V: FieldValue<'a>>(
        slot: &mut Option<V>,
        data: &'a [u8],
        seen: &mut u64,
        bit: u64,
    ) -> Self {
        if *seen & bit != 0 {
            return Self::Unknown;
        }
        let Some(value) = V::from_data(data) else { return Self::WrongLength };
        *seen |= bit;
        *slot = Some(value);
        Self::Taken
    }

    /// Takes the count of a list.
    #[inline(always)]
    pub(crate) fn count<'a, T: ListItem<'a>>(
        list: &mut List<'a, T>,
        data: &[u8],
        seen: &mut u64,
        bit: u64,
    ) -> Self {
        if *seen & bit != 0 {
            return Self::Unknown;
        }
        let Some(count) = u16::from_data(data) else { return Self::WrongLength };
        *seen |= bit;
        list.declare(count);
        Self::Taken
    }

    /// Takes a value of a list; `whole` is what `walk` walks over.
    #[inline(always)]
    pub(crate) fn list<'a, T: ListItem<'a> + FieldValue<'a>>(
        list: &mut List<'a, T>,
        wire: WireType,
        field: FloatingField<'a>,
        walk: &FloatingFields<'a>,
        whole: &'a [u8],
        seen: &mut u64,
        bit: u64,
    ) -> Self {
        if !T::fits(wire, field.data) {
            return Self::WrongLength;
        }
        if *seen & bit == 0 {
            *seen |= bit;
            list.begin(walk.version(), field.tag, walk.back_to(field, whole));
        }
        Self::Taken
    }

    /// Takes a field of an entry; `whole` is what `walk` walks over.
    #[inline(always)]
    pub(crate) fn entry<'a, E: Entry<'a>>(
        list: &mut List<'a, E>,
        field: FloatingField<'a>,
        walk: &FloatingFields<'a>,
        whole: &'a [u8],
        seen: &mut u64,
        bit: u64,
    ) -> Self {
        match E::claim(walk.version(), field) {
            Claim::Position(_) => {
                if *seen & bit == 0 {
                    *seen |= bit;
                    let begin = if E::KEEPS_UNKNOWN { whole } else { walk.back_to(field, whole) };
                    list.begin(walk.version(), field.tag, begin);
                }
                Self::Taken
            }
            Claim::Unknown => Self::Unknown,
            Claim::WrongLength => Self::WrongLength,
        }
    }
}

impl Claim {
    /// A field with this position, whose length fits its type or not.
    #[inline(always)]
    pub(crate) fn of(position: u32, fits: bool) -> Self {
        if fits { Self::Position(position) } else { Self::WrongLength }
    }

    /// The same in a table that has the entry at this position.
    #[inline(always)]
    pub(crate) fn at(self, position: u32) -> Self {
        match self {
            Self::Position(_) => Self::Position(position),
            other => other,
        }
    }
}

/// An entry of a list that takes several fields.
pub trait Entry<'a>: ListItem<'a> {
    /// The fields of an entry.
    const SCHEMA: &'static [FloatingSchema];

    /// Whether unknown fields among the entry's belong to the entry, not to the message.
    #[doc(hidden)]
    const KEEPS_UNKNOWN: bool = false;

    /// What a field is to the entry.
    #[doc(hidden)]
    fn claim(version: ProtocolVersion, field: FloatingField<'a>) -> Claim;

    /// Adds all entries to a message.
    #[doc(hidden)]
    fn measure_list(list: &List<'a, Self>, measure: &mut Measure) -> Result<(), EncodeError>;

    /// Writes all entries.
    #[doc(hidden)]
    fn write_list(list: &List<'a, Self>, out: &mut Writer<'_>);
}

/// An entry whose fields follow one another.
pub trait RunEntry<'a>: Entry<'a> {
    /// The position of the field that ends an entry; without one, the first field begins an entry.
    #[doc(hidden)]
    const LAST: Option<u32>;
    /// The fields that may appear any number of times, a bit for each position.
    #[doc(hidden)]
    const REPEATED: u64;

    /// Reads the entry from its fields.
    #[doc(hidden)]
    fn read(version: ProtocolVersion, fields: &'a [u8]) -> Self;
    /// Which fields are there, a bit for each position.
    #[doc(hidden)]
    fn present(&self) -> u64;
    /// Adds the entry to a message.
    #[doc(hidden)]
    fn measure(&self, measure: &mut Measure) -> Result<(), EncodeError>;
    /// Writes the entry.
    #[doc(hidden)]
    fn write(&self, out: &mut Writer<'_>);
}

/// Whether a field begins a new entry, after an entry's fields in `seen`.
fn begins_entry<'a, E: RunEntry<'a>>(position: u32, seen: u64) -> bool {
    let seen_before = |position: u32| seen & (1 << position) != 0;
    let again = seen_before(position) && E::REPEATED & (1 << position) == 0;
    let marked = match E::LAST {
        Some(last) => seen_before(last),
        None => position == 0,
    };
    seen != 0 && (again || marked)
}

/// A place in a list of entries.
#[derive(Clone, Copy)]
pub struct RunCursor<'a> {
    rest: &'a [u8],
    version: ProtocolVersion,
}

impl<'a> RunCursor<'a> {
    pub(crate) fn new(run: Run<'a>) -> Self {
        Self { rest: run.fields, version: run.version }
    }

    /// Reads the next entry: the fields up to the one that begins another.
    pub(crate) fn next<E: RunEntry<'a>>(&mut self) -> Option<E> {
        let mut fields = FloatingFields::new(self.version, self.rest);
        let mut seen = 0u64;
        let mut behind = fields.rest();
        while let Some(field) = fields.next() {
            if let Claim::Position(position) = E::claim(self.version, field) {
                if begins_entry::<E>(position, seen) {
                    break;
                }
                seen |= 1 << position;
            }
            behind = fields.rest();
        }
        let (entry, rest) = self.rest.split_at_checked(self.rest.len().checked_sub(behind.len())?)?;
        self.rest = rest;
        (seen != 0).then(|| E::read(self.version, entry))
    }
}

/// The first field of a table.
const fn first_field(table: &'static [FloatingSchema]) -> &'static FieldSchema {
    match table {
        [FloatingSchema::Field(field), ..] => field,
        _ => panic!("entries begin with a field"),
    }
}

/// Adds entries to a message, and makes sure that a reader will tell them apart.
pub(crate) fn measure_runs<'a, E: RunEntry<'a>>(
    list: &List<'a, E>,
    measure: &mut Measure,
) -> Result<(), EncodeError> {
    let mut before = 0;
    for entry in list {
        let present = entry.present();
        let clear = present != 0 && (before == 0 || begins_entry::<E>(present.trailing_zeros(), before));
        if !clear {
            return Err(measure.error(const { first_field(E::SCHEMA) }, EncodeProblem::UnclearEntry));
        }
        entry.measure(measure)?;
        before = present;
    }
    Ok(())
}

/// Writes entries one after another.
pub(crate) fn write_runs<'a, E: RunEntry<'a>>(list: &List<'a, E>, out: &mut Writer<'_>) {
    for entry in list {
        entry.write(out);
    }
}
