//! Messages made at random that the protocol allows: for property tests and fuzzers.

use crate::field::FieldValue;
use crate::list::{Claim, List};
use crate::schema::{FieldSchema, Need, Role};
use crate::tag::Tag;
use crate::text::{Bytes, NamedArray, NamedVariable, Secret, Str};
use crate::unknown::UnknownFields;
use crate::value::Scalar;
use crate::version::ProtocolVersion;
use crate::wire::{FloatingField, Number};

/// Where the chance comes from, and where what is made of it is kept.
pub trait Source<'a> {
    /// A number, at random.
    fn number(&mut self) -> u32;
    /// Some of up to `max` bytes, at random; without NULs if `text`.
    fn bytes(&mut self, max: usize, text: bool) -> &'a [u8];
    /// A few items.
    fn slice<T: Copy>(&mut self, item: impl FnMut(&mut Self) -> Option<T>) -> &'a [T];

    /// Yes or no.
    fn chance(&mut self) -> bool {
        self.number() & 1 == 1
    }
}

/// A value that can be made at random.
pub(crate) trait GenerateValue<'a>: FieldValue<'a> {
    /// A value of at most `max` bytes, for those of any length.
    fn generate<S: Source<'a>>(source: &mut S, max: usize) -> Self;
}

impl<'a, T: Scalar> GenerateValue<'a> for T {
    fn generate<S: Source<'a>>(source: &mut S, _max: usize) -> Self {
        // Small numbers, and the null value, are the ones that mean something.
        let number = match source.number() % 4 {
            0 => u32::MAX,
            1 => source.number(),
            _ => source.number() % 128,
        };
        T::from_number(T::Number::from_u32(number))
    }
}

impl<'a> GenerateValue<'a> for Str<'a> {
    fn generate<S: Source<'a>>(source: &mut S, max: usize) -> Self {
        Str::from_bytes(source.bytes(max - 1, true))
    }
}

impl<'a> GenerateValue<'a> for Bytes<'a> {
    fn generate<S: Source<'a>>(source: &mut S, max: usize) -> Self {
        Bytes(source.bytes(max, false))
    }
}

impl<'a, T: GenerateValue<'a>> GenerateValue<'a> for Secret<T> {
    fn generate<S: Source<'a>>(source: &mut S, max: usize) -> Self {
        Secret::new(T::generate(source, max))
    }
}

impl<'a> GenerateValue<'a> for NamedVariable<'a> {
    fn generate<S: Source<'a>>(source: &mut S, _max: usize) -> Self {
        let name = Str::from_bytes(source.bytes(32, true));
        let name = if name.is_empty() { Str::new("user.name") } else { name };
        Self { name, value: Str::generate(source, 211) }
    }
}

impl<'a> GenerateValue<'a> for NamedArray<'a> {
    fn generate<S: Source<'a>>(source: &mut S, max: usize) -> Self {
        let NamedVariable { name, value } = NamedVariable::generate(source, max);
        Self { index: u8::generate(source, max), name, value }
    }
}

/// The value of a field of the fixed part. OPEN_REQ asks for the version that it is made for.
pub(crate) fn fixed<'a, S: Source<'a>, T: Scalar>(source: &mut S, version: ProtocolVersion) -> T {
    match T::ROLE {
        Role::VersionNumber => T::from_number(T::Number::from_u32(version.number())),
        _ => T::generate(source, 0),
    }
}

/// The value of a field, or none where the version does not have it or chance says so.
pub(crate) fn field<'a, S: Source<'a>, V: GenerateValue<'a>>(
    source: &mut S,
    version: ProtocolVersion,
    field: &FieldSchema,
) -> Option<V> {
    let wanted = field.need == Need::Required || source.chance();
    (field.is_in(version) && wanted).then(|| V::generate(source, field.max.map_or(0, |max| max.get().into())))
}

/// The values of a list.
pub(crate) fn values<'a, S: Source<'a>, V: GenerateValue<'a> + 'a>(
    source: &mut S,
    version: ProtocolVersion,
    field: &FieldSchema,
) -> List<'a, V> {
    if !field.is_in(version) || source.chance() {
        return List::default();
    }
    let max = field.max.map_or(0, |max| max.get().into());
    List::from(source.slice(|source| Some(V::generate(source, max))))
}

/// An entry or a message that can be made at random.
pub trait Generate<'a>: Sized {
    /// Something that the protocol allows in this version; `None` if there is no such thing.
    fn generate<S: Source<'a>>(source: &mut S, version: ProtocolVersion) -> Option<Self>;
}

/// The entries of a list.
pub(crate) fn entries<'a, S: Source<'a>, E: Generate<'a> + Copy + 'a>(
    source: &mut S,
    version: ProtocolVersion,
) -> List<'a, E> {
    if source.chance() {
        return List::default();
    }
    List::from(source.slice(|source| E::generate(source, version)))
}

/// Fields that the table does not know.
pub(crate) fn unknown<'a, S: Source<'a>>(
    source: &mut S,
    version: ProtocolVersion,
    claim: fn(ProtocolVersion, FloatingField<'a>) -> Claim,
) -> UnknownFields<'a> {
    let (tags, max) = if version.has_wide_fields() { (0x1_0000, 300) } else { (0x100, 255) };
    UnknownFields::from(source.slice(|source| {
        let tag = Tag(u16::from_u32(source.number() % tags));
        let field = FloatingField { tag, data: source.bytes(max, false) };
        (claim(version, field) == Claim::Unknown).then_some(field)
    }))
}
