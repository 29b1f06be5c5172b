//! `Serialize` for values.
//!
//! Formats for people get the guide's names for numbers where there are any; the others get numbers.

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
