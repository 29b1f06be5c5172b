//! How values become the data of floating fields, and back.

use byteorder::{ByteOrder, NativeEndian};

use crate::error::{EncodeError, EncodeProblem};
use crate::schema::{FieldSchema, Need, Role, ValueTable, WireType};
use crate::tag::Tag;
use crate::text::{Bytes, NamedArray, NamedVariable, Secret, Str};
use crate::value::Scalar;
use crate::version::ProtocolVersion;
use crate::wire::{FloatingField, Number, Writer};

/// The most bytes of data that all NAMEDVAR and NAMEDARRAY fields of a message may have together.
const MAX_NAMED_DATA: usize = 2000;

/// A value that a floating field can hold.
pub(crate) trait FieldValue<'a>: Copy {
    /// Whether it counts towards the limit of named variables and arrays.
    const IS_NAMED: bool = false;
    /// The names of its values, where the guide gives any.
    const VALUES: Option<&'static ValueTable> = None;
    /// Whether all ones mean "none".
    const NULLABLE: bool = false;
    /// Whether it is not to be shown.
    const SECRET: bool = false;
    /// What the number identifies.
    const ROLE: Role = Role::Other;

    /// The value of a field with this data; `None` if no value has data of this length.
    fn from_data(data: &'a [u8]) -> Option<Self>;
    /// Whether a field of this type with this data can hold values of a list.
    fn fits(_wire: WireType, data: &'a [u8]) -> bool {
        Self::from_data(data).is_some()
    }
    /// Bytes of data.
    fn field_len(&self) -> usize;
    /// Checks whether the protocol allows the value in a field of at most `max` bytes.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    fn check(&self, max: usize) -> Result<(), EncodeProblem>;
    /// Writes the data.
    fn write(&self, out: &mut Writer<'_>);
}

impl<T: Scalar> FieldValue<'_> for T {
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    const NULLABLE: bool = T::NULLABLE;
    const ROLE: Role = T::ROLE;

    #[inline(always)]
    fn from_data(data: &[u8]) -> Option<Self> {
        T::Number::read(data).map(T::from_number)
    }

    fn fits(wire: WireType, data: &[u8]) -> bool {
        if wire.is_array() { data.len() % T::Number::SIZE == 0 } else { data.len() == T::Number::SIZE }
    }

    #[inline(always)]
    fn field_len(&self) -> usize {
        T::Number::SIZE
    }

    #[inline(always)]
    fn check(&self, _max: usize) -> Result<(), EncodeProblem> {
        Ok(())
    }

    #[inline(always)]
    fn write(&self, out: &mut Writer<'_>) {
        self.to_number().write(out);
    }
}

fn check_len(length: usize, max: usize) -> Result<(), EncodeProblem> {
    if length > max { Err(EncodeProblem::TooLong { length, max }) } else { Ok(()) }
}

impl<'a> FieldValue<'a> for Str<'a> {
    #[inline(always)]
    fn from_data(data: &'a [u8]) -> Option<Self> {
        Some(Str::from_field(data))
    }

    #[inline(always)]
    fn field_len(&self) -> usize {
        let (data, ends) = self.to_write();
        data.len() + usize::from(ends)
    }

    fn check(&self, max: usize) -> Result<(), EncodeProblem> {
        if has_nul(self.as_field()) {
            return Err(EncodeProblem::EmbeddedNul);
        }
        check_len(self.field_len(), max)
    }

    #[inline(always)]
    fn write(&self, out: &mut Writer<'_>) {
        out.ended(self.to_write());
    }
}

/// Whether one of the bytes is 0. Most texts have less than 16 bytes, for which `contains` looks at one after another.
fn has_nul(text: &[u8]) -> bool {
    // What is left is not 0 if and only if one of the bytes is: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord
    let in_word = |word: &[u8]| {
        let word = NativeEndian::read_u64(word);
        word.wrapping_sub(0x0101_0101_0101_0101) & !word & 0x8080_8080_8080_8080 != 0
    };
    match text.last_chunk::<8>() {
        Some(last) => text.chunks_exact(8).any(in_word) || in_word(last),
        None => text.contains(&0),
    }
}

impl<'a> FieldValue<'a> for Bytes<'a> {
    #[inline(always)]
    fn from_data(data: &'a [u8]) -> Option<Self> {
        Some(Bytes(data))
    }

    #[inline(always)]
    fn field_len(&self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    fn check(&self, max: usize) -> Result<(), EncodeProblem> {
        check_len(self.0.len(), max)
    }

    #[inline(always)]
    fn write(&self, out: &mut Writer<'_>) {
        out.bytes(self.0);
    }
}

impl<'a, T: FieldValue<'a>> FieldValue<'a> for Secret<T> {
    const SECRET: bool = true;

    fn from_data(data: &'a [u8]) -> Option<Self> {
        T::from_data(data).map(Secret::new)
    }

    fn field_len(&self) -> usize {
        self.reveal().field_len()
    }

    fn check(&self, max: usize) -> Result<(), EncodeProblem> {
        self.reveal().check(max)
    }

    fn write(&self, out: &mut Writer<'_>) {
        self.reveal().write(out);
    }
}

/// Most bytes of a variable's name, its NUL included.
const MAX_NAME: usize = 33;
/// Most bytes of a variable's value, its NUL included.
const MAX_VALUE: usize = 211;

impl<'a> FieldValue<'a> for NamedVariable<'a> {
    const IS_NAMED: bool = true;

    fn from_data(data: &'a [u8]) -> Option<Self> {
        Some(NamedVariable::from_field(data))
    }

    fn fits(_wire: WireType, _data: &'a [u8]) -> bool {
        true
    }

    fn field_len(&self) -> usize {
        self.name.field_len() + self.value.field_len()
    }

    fn check(&self, max: usize) -> Result<(), EncodeProblem> {
        self.name.check(MAX_NAME)?;
        self.value.check(MAX_VALUE)?;
        check_len(self.field_len(), max)?;
        let (length, min) = (self.field_len(), 3);
        if length < min { Err(EncodeProblem::TooShort { length, min }) } else { Ok(()) }
    }

    fn write(&self, out: &mut Writer<'_>) {
        self.name.write(out);
        self.value.write(out);
    }
}

impl NamedArray<'_> {
    fn variable(&self) -> NamedVariable<'_> {
        NamedVariable { name: self.name, value: self.value }
    }
}

impl<'a> FieldValue<'a> for NamedArray<'a> {
    const IS_NAMED: bool = true;

    fn from_data(data: &'a [u8]) -> Option<Self> {
        let (&index, rest) = data.split_first()?;
        let NamedVariable { name, value } = NamedVariable::from_field(rest);
        Some(Self { index, name, value })
    }

    fn fits(_wire: WireType, data: &'a [u8]) -> bool {
        !data.is_empty()
    }

    fn field_len(&self) -> usize {
        1 + self.variable().field_len()
    }

    fn check(&self, max: usize) -> Result<(), EncodeProblem> {
        self.variable().check(max - 1)
    }

    fn write(&self, out: &mut Writer<'_>) {
        self.index.write(out);
        self.variable().write(out);
    }
}

/// Measures a message and checks that the protocol allows it.
#[derive(Debug)]
pub struct Measure {
    version: ProtocolVersion,
    message: &'static str,
    /// Whether what the version does not have is left out, and no error.
    lenient: bool,
    /// Bytes of the body so far.
    len: usize,
    /// Bytes of named variables and arrays so far.
    named: usize,
}

impl Measure {
    /// What the version does not have has to be empty.
    pub(crate) fn strict(version: ProtocolVersion, message: &'static str) -> Self {
        Self { version, message, lenient: false, len: 0, named: 0 }
    }

    /// What the version does not have is left out.
    #[cfg(feature = "alloc")]
    pub(crate) fn lenient(version: ProtocolVersion, message: &'static str) -> Self {
        Self { version, message, lenient: true, len: 0, named: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn version(&self) -> ProtocolVersion {
        self.version
    }

    pub(crate) fn error(&self, field: &FieldSchema, problem: EncodeProblem) -> EncodeError {
        EncodeError::field(self.message, field, problem)
    }

    /// Adds the fixed part.
    #[inline(always)]
    pub(crate) fn fixed_part(&mut self, len: usize) {
        self.len += len;
    }

    /// Checks a field of the fixed part that not all versions have.
    #[inline(always)]
    pub(crate) fn fixed<T: Scalar>(&self, value: T, field: &FieldSchema) -> Result<(), EncodeError> {
        if field.is_in(self.version) || value == T::default() { Ok(()) } else { self.not_in_version(field) }
    }

    /// Adds a field that appears once.
    #[inline(always)]
    pub(crate) fn floating<'a, V: FieldValue<'a>>(
        &mut self,
        value: Option<&V>,
        field: &'static FieldSchema,
    ) -> Result<(), EncodeError> {
        match value {
            Some(value) => self.present(value, field),
            None if matches!(field.need, Need::Required) && field.is_in(self.version) => {
                Err(self.error(field, EncodeProblem::Missing))
            }
            None => Ok(()),
        }
    }

    /// Adds a field that has to be there.
    pub(crate) fn required<'a, V: FieldValue<'a>>(
        &mut self,
        value: Option<&V>,
        field: &'static FieldSchema,
    ) -> Result<(), EncodeError> {
        match value {
            Some(value) => self.present(value, field),
            None => Err(self.error(field, EncodeProblem::Missing)),
        }
    }

    /// Adds the count of a list that is itself a floating field.
    pub(crate) fn optional_count(
        &mut self,
        count: Option<usize>,
        field: &'static FieldSchema,
    ) -> Result<(), EncodeError> {
        match count {
            Some(count) if field.is_in(self.version) => {
                self.count(count, field)?;
                self.present(&0u16, field)
            }
            _ => Ok(()),
        }
    }

    /// Adds a field that is there.
    #[inline(always)]
    pub(crate) fn present<'a, V: FieldValue<'a>>(
        &mut self,
        value: &V,
        field: &'static FieldSchema,
    ) -> Result<(), EncodeError> {
        if !field.is_in(self.version) {
            return self.not_in_version(field);
        }
        let max = match field.max {
            Some(max) => max.get().into(),
            None => usize::MAX,
        };
        if let Err(problem) = value.check(max) {
            return Err(self.error(field, problem));
        }
        if V::IS_NAMED {
            self.named += value.field_len();
            if self.named > MAX_NAMED_DATA {
                let problem = EncodeProblem::TooMuchNamedData { total: self.named, max: MAX_NAMED_DATA };
                return Err(self.error(field, problem));
            }
        }
        self.len += self.version.field_header_len() + value.field_len();
        Ok(())
    }

    /// Checks what a count would have to say.
    #[inline(always)]
    pub(crate) fn count(&self, count: usize, field: &FieldSchema) -> Result<(), EncodeError> {
        let max = field.limit.map_or(usize::from(u16::MAX), |limit| limit.get().into());
        if count > max { Err(self.error(field, EncodeProblem::TooMany { count, max })) } else { Ok(()) }
    }

    /// Adds a field that the message does not know.
    pub(crate) fn unknown(&mut self, field: FloatingField<'_>) -> Result<(), EncodeError> {
        let error =
            |problem| EncodeError::Field { message: self.message, field: "an unknown field", problem };
        let max = if self.version.has_wide_fields() { u16::MAX } else { u8::MAX.into() };
        if field.tag.0 > max {
            return Err(error(EncodeProblem::TagTooLarge { tag: field.tag, version: self.version.number() }));
        }
        check_len(field.data.len(), max.into()).map_err(error)?;
        self.len += self.version.field_header_len() + field.data.len();
        Ok(())
    }

    #[cold]
    fn not_in_version(&self, field: &FieldSchema) -> Result<(), EncodeError> {
        if self.lenient {
            return Ok(());
        }
        Err(self.error(field, EncodeProblem::NotInVersion { version: self.version.number() }))
    }
}

impl Writer<'_> {
    /// Writes a field that appears once.
    #[inline(always)]
    pub(crate) fn floating<'a, V: FieldValue<'a>>(&mut self, tag: Tag, value: Option<&V>) {
        if let Some(value) = value {
            self.field_header(tag, value.field_len());
            value.write(self);
        }
    }

    /// A count as it is written; the measure makes sure that it fits.
    pub(crate) fn count_of(count: usize) -> u16 {
        u16::try_from(count).unwrap_or(u16::MAX)
    }
}
