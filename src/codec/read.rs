//! Reads a floating part field by field, and a fixed part number by number.

use super::field::FieldValue;
use super::list::{List, ListItem, Run};
use super::unknown::UnknownFields;
use super::visit::Entry;
use super::wire::{FloatingField, FloatingFields, Number};
use crate::schema::FieldSchema;
use crate::schema::table::Table;
use crate::version::ProtocolVersion;

/// The walk over a floating part that fills the fields of a message or of an entry.
///
/// A field that is there already, or whose length does not fit, is unknown.
pub(crate) struct Walk<'a> {
    /// All of the floating part.
    whole: &'a [u8],
    fields: FloatingFields<'a>,
    /// The lines of the table that have taken a field, a bit for each. To look there and not into the value keeps the
    /// value out of the loop's registers.
    taken: u64,
}

/// The bit of fields that nothing has taken. Tables have fewer lines.
const UNKNOWN: u64 = 1 << 63;

impl<'a> Walk<'a> {
    #[inline(always)]
    pub(crate) fn new(version: ProtocolVersion, floating: &'a [u8]) -> Self {
        Self { whole: floating, fields: FloatingFields::new(version, floating), taken: 0 }
    }

    /// The next field.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<FloatingField<'a>> {
        self.fields.next()
    }

    /// Notes that nothing has taken a field.
    #[inline(always)]
    pub(crate) fn not_taken(&mut self) {
        self.taken |= UNKNOWN;
    }

    /// What could not be read at the end, because a field is cut off.
    #[inline(always)]
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.fields.rest()
    }

    /// The field that the walk has just passed, and all behind it.
    #[inline(always)]
    fn from(&self, field: FloatingField<'a>) -> &'a [u8] {
        let version = self.fields.version();
        let behind = version.field_header_len() + field.data.len() + self.fields.rest().len();
        self.whole.get(self.whole.len().wrapping_sub(behind)..).unwrap_or_default()
    }

    /// Takes a field that appears once.
    #[inline(always)]
    pub(crate) fn value<V: FieldValue<'a>>(
        &mut self,
        field: FloatingField<'a>,
        bit: u64,
        value: &mut Option<V>,
    ) {
        match V::from_data(field.data) {
            Some(read) if self.taken & bit == 0 => {
                self.taken |= bit;
                *value = Some(read);
            }
            _ => self.not_taken(),
        }
    }

    /// Takes the count of a list.
    #[inline(always)]
    pub(crate) fn count<T>(&mut self, field: FloatingField<'a>, bit: u64, list: &mut List<'a, T>) {
        let mut count = None;
        self.value(field, bit, &mut count);
        if let Some(count) = count {
            list.declare(count);
        }
    }

    /// Takes a field of a list of single values.
    #[inline(always)]
    pub(crate) fn item<T: ListItem<'a>>(
        &mut self,
        field: FloatingField<'a>,
        bit: u64,
        line: &'static FieldSchema,
        table: &'static Table,
        list: &mut List<'a, T>,
    ) {
        if !line.fits(field.data.len()) {
            self.not_taken();
        } else if self.taken & bit == 0 {
            self.taken |= bit;
            list.begin(Run::new(self.fields.version(), self.from(field), table, line.place.slot()));
        }
    }

    /// Takes a field of an entry of a list; false if it is none.
    #[inline(always)]
    pub(crate) fn entry<E: Entry<'a>>(
        &mut self,
        field: FloatingField<'a>,
        bit: u64,
        list: &mut List<'a, E>,
    ) -> bool {
        let version = self.fields.version();
        let is_member = E::TABLE.line_of(version, field.tag, field.data.len()).is_some();
        if is_member && self.taken & bit == 0 {
            self.taken |= bit;
            // Unknown fields before the first entry belong to it, as those behind it do.
            let fields = if E::KEEPS_UNKNOWN { self.whole } else { self.from(field) };
            list.begin(Run::new(version, fields, E::TABLE, 0));
        }
        is_member
    }

    /// The fields that nothing has taken, of a message with this body or an entry with these fields, unless the lines of
    /// the bits `keeping` have kept them.
    #[inline(always)]
    pub(crate) fn unknown(&self, whole: &'a [u8], table: &'static Table, keeping: u64) -> UnknownFields<'a> {
        let fields = if self.taken & UNKNOWN != 0 && self.taken & keeping == 0 { self.whole } else { &[] };
        UnknownFields::read(self.fields.version(), whole, fields, table)
    }
}

/// Takes one number after another off a fixed part.
pub(crate) struct FixedPart<'f> {
    /// What all versions have: its length is known where the code is compiled, so nothing has to be checked.
    prefix: &'f [u8],
    rest: &'f [u8],
}

impl<'f> FixedPart<'f> {
    /// The fixed part of a message, which begins with `PREFIX` bytes that all versions have; `None` if it is shorter.
    #[inline(always)]
    pub(crate) fn new<const PREFIX: usize>(fixed: &'f [u8]) -> Option<Self> {
        let (prefix, rest) = fixed.split_first_chunk::<PREFIX>()?;
        Some(Self { prefix, rest })
    }

    /// The next number. One beyond the end, which callers rule out, reads as all ones.
    #[inline(always)]
    pub(crate) fn take<N: Number>(&mut self) -> N {
        if self.prefix.is_empty() {
            self.prefix = core::mem::take(&mut self.rest);
        }
        match self.prefix.split_at_checked(N::SIZE) {
            Some((number, rest)) => {
                self.prefix = rest;
                N::read(number).unwrap_or(N::ALL_ONES)
            }
            None => N::ALL_ONES,
        }
    }
}

/// Bytes of the fixed part before the first field that not all versions of the message have.
pub(crate) const fn prefix_len(since: u8, fixed: &[FieldSchema]) -> usize {
    let (mut len, mut i) = (0, 0);
    while i < fixed.len() && fixed[i].since <= since && fixed[i].until == u8::MAX {
        len += fixed[i].wire.size();
        i += 1;
    }
    len
}
