//! Checks whether the protocol allows a message, and writes it at the same time.

use core::num::NonZeroU16;

use super::entry::{begins_entry, present};
use super::field::FieldValue;
use super::list::{List, ListItem};
use super::unknown::UnknownFields;
use super::visit::{Entry, Visit, VisitFields, WriteList};
use super::wire::{FloatingField, Number, copy, write_header};
use crate::error::{EncodeError, EncodeProblem};
use crate::schema::table::Seen;
use crate::schema::{FieldSchema, Need};
use crate::types::scalar::Scalar;
use crate::types::tag::Tag;
use crate::version::ProtocolVersion;

/// The most bytes of data that all NAMEDVAR and NAMEDARRAY fields of a message may have together.
pub(crate) const MAX_NAMED_DATA: usize = 2000;

/// A field that cannot be written.
#[derive(Debug)]
pub struct Failure {
    field: &'static str,
    problem: EncodeProblem,
}

impl Failure {
    #[cold]
    pub(crate) fn new(field: &FieldSchema, problem: EncodeProblem) -> Self {
        Self { field: field.name, problem }
    }

    #[cold]
    fn of_unknown(problem: EncodeProblem) -> Self {
        Self { field: "an unknown field", problem }
    }

    #[cold]
    pub(crate) fn of_body(problem: EncodeProblem) -> Self {
        Self { field: "the body", problem }
    }

    #[cold]
    pub(crate) fn of_message(self, message: &'static str) -> EncodeError {
        EncodeError::Field { message, field: self.field, problem: self.problem }
    }
}

/// Writes a body, and counts. Where there is no more room it only counts, so a writer without room measures.
///
/// It is handed on by value, so that the compiler keeps it in registers.
#[derive(Debug)]
pub struct Writer<'b> {
    /// All of the room. What is left begins at `len`: one number that changes from field to field, and no slice.
    room: &'b mut [u8],
    /// Bytes so far, written or not.
    len: usize,
    version: ProtocolVersion,
    /// Whether what the version does not have is left out, and no error.
    lenient: bool,
    /// Bytes of named variables and arrays so far.
    named: usize,
}

impl<'b> Writer<'b> {
    /// What the version does not have must be empty or, if `lenient`, is left out.
    pub(crate) fn new(version: ProtocolVersion, lenient: bool, room: &'b mut [u8]) -> Self {
        Self { room, len: 0, version, lenient, named: 0 }
    }

    pub(crate) fn version(&self) -> ProtocolVersion {
        self.version
    }

    /// Bytes so far, written or not.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Room for this many bytes, if there is so much.
    #[inline(always)]
    fn room(&mut self, size: usize) -> Option<&mut [u8]> {
        let start = self.len;
        self.len += size;
        self.room.get_mut(start..self.len)
    }

    /// Writes bytes as they are.
    #[inline(always)]
    pub(crate) fn bytes(&mut self, data: &[u8]) {
        if let Some(room) = self.room(data.len()) {
            copy(room, data);
        }
    }

    #[inline(always)]
    fn number<N: Number>(&mut self, number: N) {
        if let Some(room) = self.room(N::SIZE) {
            number.write(room);
        }
    }

    /// Writes a floating field with room for this much data, which `write` writes; its answer, or nothing without room.
    #[inline(always)]
    fn floating<T>(&mut self, tag: Tag, len: usize, write: impl FnOnce(&mut [u8]) -> T) -> Option<T> {
        let header_len = self.version.field_header_len();
        let (header, data) = self.room(header_len + len)?.split_at_mut_checked(header_len)?;
        write_header(tag, len, header);
        Some(write(data))
    }

    /// Writes a field that is there.
    #[inline(always)]
    pub(crate) fn present<'a, V: FieldValue<'a>>(
        &mut self,
        line: &'static FieldSchema,
        value: &V,
    ) -> Result<(), Failure> {
        if !line.is_in(self.version) {
            return self.not_in_version(line);
        }
        let max = match line.max {
            Some(max) => max.get().into(),
            None => usize::MAX,
        };
        let len = match value.length(max) {
            Ok(len) => len,
            Err(problem) => return Err(Failure::new(line, problem)),
        };
        if V::IS_NAMED {
            self.named += len;
            if self.named > MAX_NAMED_DATA {
                let problem = EncodeProblem::TooMuchNamedData { total: self.named, max: MAX_NAMED_DATA };
                return Err(Failure::new(line, problem));
            }
        }
        let written = line.tag.and_then(|tag| self.floating(tag, len, |data| value.write(data)));
        // What is not written is looked at all the same.
        if written.unwrap_or_else(|| value.is_sound()) {
            Ok(())
        } else {
            Err(Failure::new(line, EncodeProblem::EmbeddedNul))
        }
    }

    /// Writes a value that must be there.
    pub(crate) fn required<'a, V: FieldValue<'a>>(
        &mut self,
        line: &'static FieldSchema,
        value: Option<V>,
    ) -> Result<(), Failure> {
        match value {
            Some(value) => self.present(line, &value),
            None => Err(Failure::new(line, EncodeProblem::Missing)),
        }
    }

    /// A count, if the guide allows it.
    #[inline(always)]
    fn checked_count(line: &'static FieldSchema, count: usize) -> Result<u16, Failure> {
        let max = line.limit.map_or(u16::MAX, NonZeroU16::get);
        match u16::try_from(count) {
            Ok(count) if count <= max => Ok(count),
            _ => Err(Failure::new(line, EncodeProblem::TooMany { count, max: max.into() })),
        }
    }

    fn unknown_field(&mut self, field: FloatingField<'_>) -> Result<(), Failure> {
        let max = if self.version.has_wide_fields() { u16::MAX } else { u8::MAX.into() };
        if field.tag.0 > max {
            let problem = EncodeProblem::TagTooLarge { tag: field.tag, version: self.version.number() };
            return Err(Failure::of_unknown(problem));
        }
        let (length, max) = (field.data.len(), usize::from(max));
        if length > max {
            return Err(Failure::of_unknown(EncodeProblem::TooLong { length, max }));
        }
        self.floating(field.tag, length, |data| copy(data, field.data));
        Ok(())
    }

    #[cold]
    fn not_in_version(&self, line: &'static FieldSchema) -> Result<(), Failure> {
        if self.lenient {
            return Ok(());
        }
        Err(Failure::new(line, EncodeProblem::NotInVersion { version: self.version.number() }))
    }

    /// Writes the fields of a message or an entry.
    #[inline(always)]
    pub(crate) fn fields(mut self, fields: &impl VisitFields) -> Result<Self, Failure> {
        fields.visit(&mut self)?;
        Ok(self)
    }
}

impl Visit for Writer<'_> {
    type Error = Failure;

    #[inline(always)]
    fn fixed<T: Scalar>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        value: T,
    ) -> Result<(), Failure> {
        if line.is_in(self.version) {
            self.number(value.to_number());
            Ok(())
        } else if value == T::default() {
            Ok(())
        } else {
            self.not_in_version(line)
        }
    }

    #[inline(always)]
    fn fixed_count(
        &mut self,
        line: &'static FieldSchema,
        count: impl FnOnce() -> usize,
    ) -> Result<(), Failure> {
        let count = Self::checked_count(line, count())?;
        if line.is_in(self.version) {
            self.number(count);
        }
        Ok(())
    }

    #[inline(always)]
    fn field<'a, V: FieldValue<'a>>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        value: Option<V>,
    ) -> Result<(), Failure> {
        match value {
            Some(value) => self.present(line, &value),
            None if matches!(line.need, Need::Required) && line.is_in(self.version) => {
                Err(Failure::new(line, EncodeProblem::Missing))
            }
            None => Ok(()),
        }
    }

    #[inline(always)]
    fn count(
        &mut self,
        line: &'static FieldSchema,
        count: impl FnOnce() -> Option<usize>,
    ) -> Result<(), Failure> {
        match count() {
            Some(count) if line.is_in(self.version) => {
                let count = Self::checked_count(line, count)?;
                self.present(line, &count)
            }
            _ => Ok(()),
        }
    }

    #[inline(always)]
    fn values<'a, V: FieldValue<'a> + ListItem<'a>>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, V>,
    ) -> Result<(), Failure> {
        list.iter().try_for_each(|value| self.present(line, &value))
    }

    #[inline(always)]
    fn entries<'a, E: Entry<'a>>(
        &mut self,
        _: &'static str,
        _: &'static FieldSchema,
        list: &List<'a, E>,
    ) -> Result<(), Failure> {
        let Self { len, version, lenient, named, .. } = *self;
        let here = Self { room: core::mem::take(&mut self.room), len, version, lenient, named };
        *self = E::write_list(list, here)?;
        Ok(())
    }

    #[inline(always)]
    fn unknown(&mut self, fields: &UnknownFields<'_>) -> Result<(), Failure> {
        fields.iter().try_for_each(|field| self.unknown_field(field))
    }
}

impl WriteList for Writer<'_> {
    type Error = Failure;

    /// Makes sure that a reader will tell the entries apart.
    fn one_by_one<'a, E: Entry<'a>>(mut self, list: &List<'a, E>) -> Result<Self, Failure> {
        let mut before = Seen::default();
        for entry in list {
            let present = present(&entry);
            let clear = !present.is_empty()
                && (before.is_empty() || begins_entry::<E>(present.first(), false, before));
            if !clear {
                return Err(Failure::new(&E::TABLE.lines[0], EncodeProblem::UnclearEntry));
            }
            self = self.fields(&entry)?;
            before = present;
        }
        Ok(self)
    }

    /// A decoded list in the order in which it came, a slice entry by entry.
    fn columns<'a, E: Entry<'a>, A: Scalar, B: Scalar>(
        mut self,
        list: &List<'a, E>,
        members: impl Fn(E) -> (Option<A>, Option<B>),
    ) -> Result<Self, Failure> {
        let [first, second] = E::TABLE.lines else { return Ok(self) };
        match list.fields() {
            Some(fields) => {
                let version = fields.version();
                for field in fields {
                    let Some(line) = E::TABLE.line_of(version, field.tag, field.data.len()) else { continue };
                    if line.tag == first.tag {
                        elements::<A>(field.data).try_for_each(|value| self.present(first, &value))?;
                    } else {
                        elements::<B>(field.data).try_for_each(|value| self.present(second, &value))?;
                    }
                }
            }
            None => {
                for (a, b) in list.iter().map(members) {
                    self.required(first, a)?;
                    self.required(second, b)?;
                }
            }
        }
        Ok(self)
    }
}

/// The values in a field that may hold many.
fn elements<T: Scalar>(data: &[u8]) -> impl Iterator<Item = T> {
    data.chunks_exact(T::Number::SIZE).filter_map(T::Number::read).map(T::from_number)
}
