//! `Serialize` for messages and their parts.
//!
//! Formats for people get the guide's names for numbers where there are any, and only the floating fields
//! that are there; the others get numbers, and all fields.

use core::fmt;

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::field::FieldValue;
use super::list::{List, ListItem};
use super::unknown::UnknownFields;
use super::visit::{Entry, Visit, VisitFields};
use super::wire::FloatingField;
use crate::frame::RawMessage;
use crate::schema::FieldSchema;
use crate::types::scalar::Scalar;
use crate::types::text::Bytes;

/// Gives the fields to a serializer.
struct Fields<S> {
    out: S,
    /// Whether fields that hold nothing are left out.
    brief: bool,
}

impl<S: SerializeStruct> Fields<S> {
    fn add<T: Serialize>(&mut self, name: &'static str, value: &T, is_there: bool) -> Result<(), S::Error> {
        if is_there || !self.brief {
            self.out.serialize_field(name, value)
        } else {
            self.out.skip_field(name)
        }
    }
}

impl<S: SerializeStruct> Visit for Fields<S> {
    type Error = S::Error;

    fn fixed<T: Scalar>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        value: T,
    ) -> Result<(), S::Error> {
        self.out.serialize_field(line.name, &value)
    }

    fn fixed_count(&mut self, _: &'static FieldSchema, _: impl FnOnce() -> usize) -> Result<(), S::Error> {
        Ok(())
    }

    fn field<'a, V: FieldValue<'a>>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        value: Option<V>,
    ) -> Result<(), S::Error> {
        let known = value.filter(|value| !(line.nullable && value.is_all_ones()));
        self.add(line.name, &known, value.is_some())
    }

    fn count(&mut self, _: &'static FieldSchema, _: impl FnOnce() -> Option<usize>) -> Result<(), S::Error> {
        Ok(())
    }

    fn values<'a, V: FieldValue<'a> + ListItem<'a>>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, V>,
    ) -> Result<(), S::Error> {
        self.add(line.name, list, !list.is_empty())
    }

    fn entries<'a, E: Entry<'a>>(
        &mut self,
        name: &'static str,
        _: &'static FieldSchema,
        list: &List<'a, E>,
    ) -> Result<(), S::Error> {
        self.add(name, list, !list.is_empty())
    }

    fn unknown(&mut self, fields: &UnknownFields<'_>) -> Result<(), S::Error> {
        self.add("unknown", fields, !fields.is_empty())
    }
}

/// Serializes a message or an entry.
pub(crate) fn fields<T: VisitFields, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let brief = serializer.is_human_readable();
    let mut count = Fields { out: Count(0), brief };
    // Counting cannot fail.
    let _ = value.visit(&mut count);
    let mut fields = Fields { out: serializer.serialize_struct(T::NAME, count.out.0)?, brief };
    value.visit(&mut fields)?;
    fields.out.end()
}

/// Counts fields.
struct Count(usize);

impl SerializeStruct for Count {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, _: &T) -> Result<(), fmt::Error> {
        self.0 += 1;
        Ok(())
    }

    fn end(self) -> Result<(), fmt::Error> {
        Ok(())
    }
}

impl<'a, T: ListItem<'a> + Serialize> Serialize for List<'a, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = serializer.serialize_seq(Some(self.len()))?;
        self.iter().try_for_each(|entry| entries.serialize_element(&entry))?;
        entries.end()
    }
}

impl Serialize for FloatingField<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut field = serializer.serialize_struct("FloatingField", 2)?;
        field.serialize_field("tag", &self.tag)?;
        // What a table does not know may still be a password.
        field.serialize_field("data", &(!self.tag.is_secret()).then_some(Bytes(self.data)))?;
        field.end()
    }
}

impl Serialize for UnknownFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_seq(Some(self.iter().count()))?;
        self.iter().try_for_each(|field| fields.serialize_element(&field))?;
        fields.end()
    }
}

/// Type and body; no body if messages of this type can have a password.
impl Serialize for RawMessage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = self.message_type.schema();
        let secret = schema.is_some_and(|schema| schema.floating_fields().any(|field| field.secret));
        let mut message = serializer.serialize_struct("RawMessage", 2)?;
        message.serialize_field("type", &self.message_type)?;
        message.serialize_field("body", &(!secret).then_some(Bytes(self.body)))?;
        message.end()
    }
}
