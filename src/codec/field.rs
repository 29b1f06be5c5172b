//! How values become the data of floating fields, and back.

use core::fmt::Debug;

use super::wire::{Number, copy, copy_text, has_nul};
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
    /// The length of its data, in a field of at most `max` bytes.
    ///
    /// # Errors
    ///
    /// If the protocol does not allow so many bytes.
    fn length(&self, max: usize) -> Result<usize, EncodeProblem>;
    /// Writes the data into exactly as many bytes as it takes; returns whether it is sound.
    fn write(&self, to: &mut [u8]) -> bool;
    /// Whether a reader would find the value in its data: no text has a NUL in it.
    fn is_sound(&self) -> bool {
        true
    }
    /// Whether it is the greatest number of its type, which stands for "none" in some fields.
    fn is_all_ones(&self) -> bool {
        false
    }
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
    fn length(&self, _max: usize) -> Result<usize, EncodeProblem> {
        Ok(T::Number::SIZE)
    }

    #[inline(always)]
    fn write(&self, to: &mut [u8]) -> bool {
        self.to_number().write(to);
        true
    }

    fn is_all_ones(&self) -> bool {
        self.to_number() == T::Number::ALL_ONES
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
    fn length(&self, max: usize) -> Result<usize, EncodeProblem> {
        check_len(self.as_field().len() + 1, max)
    }

    #[inline(always)]
    fn write(&self, to: &mut [u8]) -> bool {
        let Some((nul, text)) = to.split_last_mut() else { return false };
        *nul = 0;
        copy_text(text, self.as_field())
    }

    #[inline(always)]
    fn is_sound(&self) -> bool {
        !has_nul(self.as_field())
    }
}

impl<'a> FieldValue<'a> for Bytes<'a> {
    #[inline(always)]
    fn from_data(data: &'a [u8]) -> Option<Self> {
        Some(Bytes(data))
    }

    #[inline(always)]
    fn length(&self, max: usize) -> Result<usize, EncodeProblem> {
        check_len(self.0.len(), max)
    }

    #[inline(always)]
    fn write(&self, to: &mut [u8]) -> bool {
        copy(to, self.0);
        true
    }
}

impl<'a, T: FieldValue<'a>> FieldValue<'a> for Secret<T> {
    const SECRET: bool = true;

    fn from_data(data: &'a [u8]) -> Option<Self> {
        T::from_data(data).map(Secret::new)
    }

    fn length(&self, max: usize) -> Result<usize, EncodeProblem> {
        self.reveal().length(max)
    }

    fn write(&self, to: &mut [u8]) -> bool {
        self.reveal().write(to)
    }

    fn is_sound(&self) -> bool {
        self.reveal().is_sound()
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
    fn length(&self, max: usize) -> Result<usize, EncodeProblem> {
        let length = check_len(self.name.length(MAX_NAME)? + self.value.length(MAX_VALUE)?, max)?;
        if length < MIN_VARIABLE {
            return Err(EncodeProblem::TooShort { length, min: MIN_VARIABLE });
        }
        Ok(length)
    }

    #[inline]
    fn write(&self, to: &mut [u8]) -> bool {
        let parts = to.split_at_mut_checked(self.name.as_field().len() + 1);
        parts.is_some_and(|(name, value)| self.name.write(name) & self.value.write(value))
    }

    fn is_sound(&self) -> bool {
        self.name.is_sound() && self.value.is_sound()
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
    fn length(&self, max: usize) -> Result<usize, EncodeProblem> {
        Ok(1 + self.variable().length(max - 1)?)
    }

    #[inline]
    fn write(&self, to: &mut [u8]) -> bool {
        let Some((index, variable)) = to.split_first_mut() else { return false };
        *index = self.index;
        self.variable().write(variable)
    }

    fn is_sound(&self) -> bool {
        self.variable().is_sound()
    }
}
