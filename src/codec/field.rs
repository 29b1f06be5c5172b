//! How values become the data of floating fields, and back.

use core::fmt::Debug;

use byteorder::{ByteOrder, NativeEndian};

use super::wire::{Number, copy};
use crate::error::EncodeProblem;
use crate::schema::{Role, ValueTable};
use crate::types::scalar::{MaybeSerialize, Scalar};
use crate::types::text::{Bytes, NamedArray, NamedVariable, Secret, Str};

/// A value that a floating field can hold.
pub(crate) trait FieldValue<'a>: Copy + Debug + MaybeSerialize {
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
    /// Checks whether the protocol allows the value in a field of at most `max` bytes, and returns the length of its
    /// data.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    fn check(&self, max: usize) -> Result<usize, EncodeProblem>;
    /// Writes the data into exactly as many bytes as it takes.
    fn write(&self, to: &mut [u8]);
}

impl<T: Scalar> FieldValue<'_> for T {
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    const NULLABLE: bool = T::NULLABLE;
    const ROLE: Role = T::ROLE;

    #[inline(always)]
    fn from_data(data: &[u8]) -> Option<Self> {
        T::from_field(data)
    }

    #[inline(always)]
    fn check(&self, _max: usize) -> Result<usize, EncodeProblem> {
        Ok(T::Number::SIZE)
    }

    #[inline(always)]
    fn write(&self, to: &mut [u8]) {
        self.to_number().write(to);
    }
}

#[inline(always)]
fn check_len(length: usize, max: usize) -> Result<usize, EncodeProblem> {
    if length > max { Err(EncodeProblem::TooLong { length, max }) } else { Ok(length) }
}

impl<'a> FieldValue<'a> for Str<'a> {
    #[inline(always)]
    fn from_data(data: &'a [u8]) -> Option<Self> {
        Some(Str::from_field(data))
    }

    #[inline(always)]
    fn check(&self, max: usize) -> Result<usize, EncodeProblem> {
        let text = self.as_field();
        if has_nul(text) { Err(EncodeProblem::EmbeddedNul) } else { check_len(text.len() + 1, max) }
    }

    #[inline(always)]
    fn write(&self, to: &mut [u8]) {
        if let Some((nul, text)) = to.split_last_mut() {
            copy(text, self.as_field());
            *nul = 0;
        }
    }
}

/// Whether one of the bytes is 0. Most texts have less than 16 bytes, for which `contains` looks at one after another.
#[inline(always)]
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
    fn check(&self, max: usize) -> Result<usize, EncodeProblem> {
        check_len(self.0.len(), max)
    }

    #[inline(always)]
    fn write(&self, to: &mut [u8]) {
        copy(to, self.0);
    }
}

impl<'a, T: FieldValue<'a>> FieldValue<'a> for Secret<T> {
    const SECRET: bool = true;

    fn from_data(data: &'a [u8]) -> Option<Self> {
        T::from_data(data).map(Secret::new)
    }

    fn check(&self, max: usize) -> Result<usize, EncodeProblem> {
        self.reveal().check(max)
    }

    fn write(&self, to: &mut [u8]) {
        self.reveal().write(to);
    }
}

/// Most bytes of a variable's name, its NUL included.
const MAX_NAME: usize = 33;
/// Most bytes of a variable's value, its NUL included.
const MAX_VALUE: usize = 211;
/// Fewest bytes of name and value.
const MIN_VARIABLE: usize = 3;

impl<'a> FieldValue<'a> for NamedVariable<'a> {
    const IS_NAMED: bool = true;

    fn from_data(data: &'a [u8]) -> Option<Self> {
        Some(NamedVariable::from_field(data))
    }

    #[inline]
    fn check(&self, max: usize) -> Result<usize, EncodeProblem> {
        let length = check_len(self.name.check(MAX_NAME)? + self.value.check(MAX_VALUE)?, max)?;
        if length < MIN_VARIABLE {
            return Err(EncodeProblem::TooShort { length, min: MIN_VARIABLE });
        }
        Ok(length)
    }

    #[inline]
    fn write(&self, to: &mut [u8]) {
        if let Some((name, value)) = to.split_at_mut_checked(self.name.as_field().len() + 1) {
            self.name.write(name);
            self.value.write(value);
        }
    }
}

impl<'a> NamedArray<'a> {
    fn variable(&self) -> NamedVariable<'a> {
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

    #[inline]
    fn check(&self, max: usize) -> Result<usize, EncodeProblem> {
        Ok(1 + self.variable().check(max - 1)?)
    }

    #[inline]
    fn write(&self, to: &mut [u8]) {
        if let Some((index, variable)) = to.split_first_mut() {
            *index = self.index;
            self.variable().write(variable);
        }
    }
}
