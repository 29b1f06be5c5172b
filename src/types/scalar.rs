//! Numbers with a meaning: what turns a number on the wire into a typed value, and the macros that
//! declare such types.

use core::fmt::Debug;

use crate::codec::wire::Number;
use crate::schema::value::{Role, ValueTable, WIDE_BOOL};

/// `Serialize`, where the feature is on.
#[cfg(feature = "serde")]
pub trait MaybeSerialize: serde::Serialize {}
#[cfg(feature = "serde")]
impl<T: serde::Serialize> MaybeSerialize for T {}
/// `Serialize`, where the feature is on.
#[cfg(not(feature = "serde"))]
pub trait MaybeSerialize {}
#[cfg(not(feature = "serde"))]
impl<T> MaybeSerialize for T {}

/// A typed number: an identifier, a named value, a mask, or a plain number.
pub trait Scalar: Copy + Debug + Default + PartialEq + MaybeSerialize {
    /// The number on the wire.
    type Number: Number;
    /// The names of its values, where the guide gives any.
    const VALUES: Option<&'static ValueTable> = None;
    /// Whether all ones mean "none".
    const NULLABLE: bool = false;
    /// What the number identifies.
    const ROLE: Role = Role::Other;

    /// Any number becomes a value, known or not.
    fn from_number(number: Self::Number) -> Self;
    /// The number again.
    fn to_number(self) -> Self::Number;

    /// The value of a floating field with this data; `None` if no number of the type has this length.
    #[inline(always)]
    fn from_field(data: &[u8]) -> Option<Self> {
        Self::Number::read(data).map(Self::from_number)
    }
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl Scalar for $type {
            type Number = $type;
            #[inline(always)]
            fn from_number(number: $type) -> Self {
                number
            }
            #[inline(always)]
            fn to_number(self) -> $type {
                self
            }
        }
    )*};
}

plain!(u8 u16 u32 u64 i32);

/// An identifier whose null value is all ones; its `Option` is what stands in messages.
pub trait Nullable: Scalar {}

impl<T: Nullable> Scalar for Option<T> {
    type Number = T::Number;
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    const NULLABLE: bool = true;
    const ROLE: Role = T::ROLE;

    #[inline(always)]
    fn from_number(number: T::Number) -> Self {
        if number == T::Number::ALL_ONES { None } else { Some(T::from_number(number)) }
    }

    #[inline(always)]
    fn to_number(self) -> T::Number {
        self.map_or(T::Number::ALL_ONES, T::to_number)
    }
}

/// A BOOL: 0 or 1 on the wire. Other numbers survive, and count as true.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bool(pub u16);

impl Bool {
    /// 0.
    pub const FALSE: Self = Self(0);
    /// 1.
    pub const TRUE: Self = Self(1);

    /// Whether it is true, that is, not 0.
    pub const fn get(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Bool {
    fn from(value: bool) -> Self {
        Self(value.into())
    }
}

impl Debug for Bool {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.0 {
            0 => f.write_str("false"),
            1 => f.write_str("true"),
            other => write!(f, "Bool({other})"),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Bool {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(self.get())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Bool {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        bool::deserialize(from).map(Self::from)
    }
}

impl Scalar for Bool {
    type Number = u16;

    #[inline(always)]
    fn from_number(number: u16) -> Self {
        Self(number)
    }

    #[inline(always)]
    fn to_number(self) -> u16 {
        self.0
    }

    fn from_field(data: &[u8]) -> Option<Self> {
        let wide = || u32::read(data).filter(|_| data.len() == WIDE_BOOL);
        u16::read(data).or_else(|| wide().map(|number| number.try_into().unwrap_or(1))).map(Self)
    }
}

/// Declares newtypes around numbers.
macro_rules! numbers {
    ($( $(#[doc = $doc:literal])+ $Name:ident($number:ty) $(: $Nullable:ident)? $(as $Role:ident)?; )*) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(pub $number);

        impl $crate::types::scalar::Scalar for $Name {
            type Number = $number;
            $(const ROLE: $crate::schema::value::Role = $crate::schema::value::Role::$Role;)?
            #[inline(always)]
            fn from_number(number: $number) -> Self {
                Self(number)
            }
            #[inline(always)]
            fn to_number(self) -> $number {
                self.0
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                <$number>::deserialize(from).map(Self)
            }
        }

        impl From<$number> for $Name {
            fn from(number: $number) -> Self {
                Self(number)
            }
        }

        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }

        $(
            impl $crate::types::scalar::$Nullable for $Name {}

            impl $Name {
                /// What stands for "none" on the wire: all ones. Most fields have `None` in its place; fields of lists, which
                /// can also be left out, have this.
                pub const NULL: Self = Self(<$number>::MAX);

                /// Whether it stands for "none".
                pub const fn is_null(self) -> bool {
                    self.0 == Self::NULL.0
                }
            }
        )?
    )*};
}
pub(crate) use numbers;

/// Declares all value tables: a type each, with a constant for each name of the guide.
///
/// `enum` and `mask` tables stand on their own in the guide; `inline_enum` and `inline_mask` tables are
/// printed with a field. `none` is the number that stands for a missing value; it is then the default.
/// `and` adds a table that gives more names to the same type.
macro_rules! value_tables {
    ($(
        $(#[doc = $doc:literal])+
        $kind:ident $Name:ident $head:tt { $($body:tt)* } $(and $more:literal { $($more_body:tt)* })?
    )*) => {
        $( $crate::types::scalar::value_table! {
            $kind $(#[doc = $doc])+ $Name $head { $($body)* } $(and $more { $($more_body)* })?
        } )*

        /// All value tables.
        pub static VALUE_TABLES: &[&$crate::schema::value::ValueTable] = &[
            $( $Name::TABLE, $($crate::types::scalar::value_table!(@more $more $Name),)? )*
        ];
    };
}
pub(crate) use value_tables;

/// Declares one value table.
macro_rules! value_table {
    (enum $(#[doc = $doc:literal])+ $Name:ident($number:ident, $guide:literal $(, none $none:literal)?) $($values:tt)+) => {
        $crate::types::scalar::value_table! { @enum Enum $(#[doc = $doc])+ $Name $number $guide [$($none)?] $($values)+ }
    };
    (inline_enum $(#[doc = $doc:literal])+ $Name:ident($number:ident, $guide:literal) $($values:tt)+) => {
        $crate::types::scalar::value_table! { @enum InlineEnum $(#[doc = $doc])+ $Name $number $guide [] $($values)+ }
    };
    (mask $(#[doc = $doc:literal])+ $Name:ident($number:ident, $guide:literal) $values:tt) => {
        $crate::types::scalar::value_table! { @mask Mask $(#[doc = $doc])+ $Name $number $guide $values }
    };
    (inline_mask $(#[doc = $doc:literal])+ $Name:ident($number:ident, $guide:literal) $values:tt) => {
        $crate::types::scalar::value_table! { @mask InlineMask $(#[doc = $doc])+ $Name $number $guide $values }
    };

    (@enum $kind:ident $(#[doc = $doc:literal])+ $Name:ident $number:ident $guide:literal [$($none:literal)?]
        { $($VALUE:ident $(as $text:literal)? = $value:literal $(since $since:literal)? $($note:literal)?;)* }
        $(and $more:literal { $($MORE:ident = $more_value:literal $($more_note:literal)?;)* })?
    ) => {
        $(#[doc = $doc])+
        ///
        /// Numbers without a name here survive.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(pub $number);

        #[allow(non_upper_case_globals, reason = "the guide's names")]
        impl $Name {
            $(
                #[doc = concat!("`", $crate::types::scalar::value_table!(@name $VALUE $($text)?), "`" $(, ": ", $note)?)]
                pub const $VALUE: Self = Self($value);
            )*
            $($(
                #[doc = concat!("`", stringify!($MORE), "`" $(, ": ", $more_note)?)]
                pub const $MORE: Self = Self($more_value);
            )*)?

            /// The guide's name for this number, if it has one.
            pub fn name(self) -> Option<&'static str> {
                Self::TABLE.name_of(self.0.into())
            }

            /// What it means, where the name alone does not tell.
            #[allow(unreachable_patterns, reason = "some numbers have two names")]
            pub fn meaning(self) -> Option<&'static str> {
                match self {
                    $($(Self::$VALUE => Some($note),)?)*
                    $($($(Self::$MORE => Some($more_note),)?)*)?
                    _ => None,
                }
            }
        }

        /// The guide's name, and what it means where the name alone does not tell.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.meaning() {
                    Some(meaning) => write!(f, "{self:?} ({meaning})"),
                    None => write!(f, "{self:?}"),
                }
            }
        }

        $crate::types::scalar::value_table! { @tables $kind $Name $guide
            { $($VALUE $(as $text)? = $value $(since $since)? $($note)?;)* }
            $(and $more { $($MORE = $more_value $($more_note)?;)* })?
        }

        impl Default for $Name {
            fn default() -> Self {
                $crate::types::scalar::value_table!(@default $($none)?)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.name() {
                    Some(name) if serializer.is_human_readable() => serializer.serialize_str(name),
                    _ => self.0.serialize(serializer),
                }
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if !from.is_human_readable() {
                    return <$number>::deserialize(from).map(Self);
                }
                let number = $crate::types::serialize::name(Self::TABLE, from)?;
                number.try_into().map(Self).map_err(serde::de::Error::custom)
            }
        }

        impl core::fmt::Debug for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, "{}({})", stringify!($Name), self.0),
                }
            }
        }

        impl $crate::types::scalar::Scalar for $Name {
            type Number = $number;
            const VALUES: Option<&'static $crate::schema::value::ValueTable> = Some(Self::TABLE);
            #[inline(always)]
            fn from_number(number: $number) -> Self {
                Self(number)
            }
            #[inline(always)]
            fn to_number(self) -> $number {
                self.0
            }
        }
    };

    (@mask $kind:ident $(#[doc = $doc:literal])+ $Name:ident $number:ident $guide:literal
        { $($VALUE:ident $(as $text:literal)? = $value:literal $(since $since:literal)? $($note:literal)?;)* }
    ) => {
        bitflags::bitflags! {
            $(#[doc = $doc])+
            ///
            /// Bits without a name here survive.
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $Name: $number {
                $(
                    #[doc = concat!("`", $crate::types::scalar::value_table!(@name $VALUE $($text)?), "`" $(, ": ", $note)?)]
                    const $VALUE = $value;
                )*
                // All other bits are kept, but have no name.
                const _ = !0;
            }
        }

        $crate::types::scalar::value_table! { @tables $kind $Name $guide
            { $($VALUE $(as $text)? = $value $(since $since)? $($note)?;)* }
        }

        /// The names of the bits, as [`ValueTable::display`](crate::schema::ValueTable::display) shows them.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                Self::TABLE.display(self.bits().into()).fmt(f)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::types::serialize::mask(Self::TABLE, self.bits().into(), serializer)
            }
        }

        impl $Name {
            /// The bits that the guide names in this version. All others, which [`all`](Self::all) has too, mean
            /// nothing to a server, and a strict one refuses them.
            #[allow(clippy::cast_possible_truncation, reason = "the table has no larger bits")]
            pub const fn known(version: $crate::version::ProtocolVersion) -> Self {
                Self::from_bits_retain(Self::TABLE.known_bits(version) as $number)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let bits = $crate::types::serialize::bits(Self::TABLE, from)?;
                bits.try_into().map(Self::from_bits_retain).map_err(serde::de::Error::custom)
            }
        }

        impl $crate::types::scalar::Scalar for $Name {
            type Number = $number;
            const VALUES: Option<&'static $crate::schema::value::ValueTable> = Some(Self::TABLE);
            #[inline(always)]
            fn from_number(number: $number) -> Self {
                Self::from_bits_retain(number)
            }
            #[inline(always)]
            fn to_number(self) -> $number {
                self.bits()
            }
        }
    };

    (@tables $kind:ident $Name:ident $guide:literal { $($values:tt)* } $(and $more:literal { $($more_values:tt)* })?) => {
        impl $Name {
            /// The names of its values.
            pub const TABLE: &'static $crate::schema::value::ValueTable = {
                // A static: of a constant, each part of a program gets a copy of its own.
                static TABLE: $crate::schema::value::ValueTable = $crate::schema::value::ValueTable {
                    name: $guide,
                    kind: $crate::schema::value::ValueKind::$kind,
                    values: $crate::types::scalar::value_table!(@values $($values)*),
                    continued: $crate::types::scalar::value_table!(@continued $Name $($more)?),
                };
                &TABLE
            };
            $(
                /// More names, of other numbers.
                pub const MORE: &'static $crate::schema::value::ValueTable = &$crate::schema::value::ValueTable {
                    name: $more,
                    kind: $crate::schema::value::ValueKind::$kind,
                    values: $crate::types::scalar::value_table!(@values $($more_values)*),
                    continued: None,
                };
            )?
        }
    };
    (@values $($VALUE:ident $(as $text:literal)? = $value:literal $(since $since:literal)? $($note:literal)?;)*) => {
        &[$( $crate::schema::value::NamedValue {
            name: $crate::types::scalar::value_table!(@name $VALUE $($text)?),
            value: $value,
            since: $crate::types::scalar::value_table!(@since $($since)?),
        }, )*]
    };
    (@continued $Name:ident) => { None };
    (@continued $Name:ident $more:literal) => { Some($Name::MORE) };
    (@more $more:literal $Name:ident) => { $Name::MORE };
    (@default) => { Self(0) };
    (@default $none:literal) => { Self($none) };
    (@since) => { 9 };
    (@since $since:literal) => { $since };
    (@name $VALUE:ident) => { stringify!($VALUE) };
    (@name $VALUE:ident $text:literal) => { $text };
}
pub(crate) use value_table;
