//! `Serialize` and `Deserialize` for values.
//!
//! Formats for people get the guide's names for numbers where there are any, and may have names or numbers when they are
//! read; the others have numbers.

use core::fmt;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::message_type::MessageType;
use super::tag::Tag;
use super::text::{Bytes, NamedArray, NamedVariable, Secret, Str};
use crate::schema::value::ValueTable;
use crate::version::ProtocolVersion;

/// Serializes a mask: the names of its bits, and in the end a number with the bits that have none.
pub(crate) fn mask<S: Serializer>(table: &ValueTable, bits: u32, serializer: S) -> Result<S::Ok, S::Error> {
    if !serializer.is_human_readable() {
        return serializer.serialize_u32(bits);
    }
    let mut names = serializer.serialize_seq(None)?;
    let mut nameless = bits;
    for named in table.bits_of(bits) {
        nameless &= !named.value;
        names.serialize_element(named.name)?;
    }
    if nameless != 0 {
        names.serialize_element(&nameless)?;
    }
    names.end()
}

/// Deserializes a number or its name, in a format for people.
pub(crate) fn name<'de, D: Deserializer<'de>>(table: &'static ValueTable, from: D) -> Result<u32, D::Error> {
    from.deserialize_any(NumberOrName(table))
}

/// Deserializes a mask: a number, or a list of names and numbers.
pub(crate) fn bits<'de, D: Deserializer<'de>>(table: &'static ValueTable, from: D) -> Result<u32, D::Error> {
    if from.is_human_readable() { from.deserialize_any(Bits(table)) } else { u32::deserialize(from) }
}

/// Takes a number, or the name of one in a table.
#[derive(Clone, Copy)]
struct NumberOrName(&'static ValueTable);

impl Visitor<'_> for NumberOrName {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a number, or the name of one of {}", self.0.name)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u32, E> {
        number.try_into().map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<u32, E> {
        number.try_into().map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<u32, E> {
        self.0.value_of(name).ok_or_else(|| E::invalid_value(de::Unexpected::Str(name), &self))
    }
}

impl<'de> de::DeserializeSeed<'de> for NumberOrName {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<u32, D::Error> {
        from.deserialize_any(self)
    }
}

/// Takes a mask.
struct Bits(&'static ValueTable);

impl<'de> Visitor<'de> for Bits {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a number, or a list of names of {}", self.0.name)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u32, E> {
        NumberOrName(self.0).visit_u64(number)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<u32, A::Error> {
        let mut bits = 0;
        while let Some(more) = seq.next_element_seed(NumberOrName(self.0))? {
            bits |= more;
        }
        Ok(bits)
    }
}

/// Text; bytes that are not UTF-8 become `U+FFFD`. As bytes in formats that are not for people.
impl Serialize for Str<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_bytes(self.as_bytes())
        }
    }
}

/// Hexadecimal digits; bytes in formats that are not for people.
impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&format_args!("{self:?}"))
        } else {
            serializer.serialize_bytes(self.0)
        }
    }
}

/// Never the password: nothing.
impl<T> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl Serialize for NamedVariable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut variable = serializer.serialize_struct("NAMEDVAR", 2)?;
        variable.serialize_field("name", &self.name)?;
        variable.serialize_field("value", &self.value)?;
        variable.end()
    }
}

impl Serialize for NamedArray<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_struct("NAMEDARRAY", 3)?;
        array.serialize_field("index", &self.index)?;
        array.serialize_field("name", &self.name)?;
        array.serialize_field("value", &self.value)?;
        array.end()
    }
}

/// The guide's name, if it has one.
impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name() {
            Some(name) if serializer.is_human_readable() => serializer.serialize_str(name),
            _ => serializer.serialize_u16(self.0),
        }
    }
}

/// The guide's name, if it has one.
impl Serialize for MessageType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name() {
            Some(name) if serializer.is_human_readable() => serializer.serialize_str(name),
            _ => serializer.serialize_u32(self.0),
        }
    }
}

impl Serialize for ProtocolVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.number())
    }
}

impl<'de> Deserialize<'de> for ProtocolVersion {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = u32::deserialize(from)?;
        let expected = &"a version from 9 to 25";
        Self::new(number)
            .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Unsigned(number.into()), expected))
    }
}
