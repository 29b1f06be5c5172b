//! `Debug` and `Display` of messages and entries: what is there, and nothing else.

use core::fmt;

use super::field::FieldValue;
use super::list::{List, ListItem};
use super::unknown::UnknownFields;
use super::visit::{Entry, Visit, VisitFields};
use super::wire::Number;
use crate::schema::{FieldSchema, ValueTable, WireType};
use crate::types::scalar::Scalar;

/// Shows the fields that are there and not null.
struct Show<'f> {
    /// Takes the name of a field and its value.
    add: &'f mut dyn FnMut(&str, &dyn fmt::Debug) -> fmt::Result,
    /// Whether numbers are shown without their types, and not at all if they say nothing.
    brief: bool,
}

impl Visit for Show<'_> {
    type Error = fmt::Error;

    fn fixed<T: Scalar>(&mut self, name: &'static str, line: &'static FieldSchema, value: T) -> fmt::Result {
        match T::VALUES {
            _ if is_null(value) => Ok(()),
            _ if self.brief && is_blank(value) => Ok(()),
            None if self.brief && line.wire == WireType::BOOL && value.to_number().to_u32() == 1 => {
                (self.add)(name, &true)
            }
            None if self.brief => (self.add)(name, &value.to_number()),
            Some(table) if self.brief => (self.add)(name, &table.display(value.to_number().to_u32())),
            _ => (self.add)(name, &value),
        }
    }

    fn fixed_count(&mut self, _: &'static FieldSchema, _: impl FnOnce() -> usize) -> fmt::Result {
        Ok(())
    }

    fn field<'a, V: FieldValue<'a>>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        value: Option<V>,
    ) -> fmt::Result {
        match value {
            Some(value) if !(line.nullable && value.is_all_ones()) => (self.add)(name, &value),
            _ => Ok(()),
        }
    }

    fn count(&mut self, _: &'static FieldSchema, _: impl FnOnce() -> Option<usize>) -> fmt::Result {
        Ok(())
    }

    fn values<'a, V: FieldValue<'a> + ListItem<'a>>(
        &mut self,
        name: &'static str,
        _: &'static FieldSchema,
        list: &List<'a, V>,
    ) -> fmt::Result {
        if list.is_empty() { Ok(()) } else { (self.add)(name, list) }
    }

    fn entries<'a, E: Entry<'a>>(
        &mut self,
        name: &'static str,
        _: &'static FieldSchema,
        list: &List<'a, E>,
    ) -> fmt::Result {
        if list.is_empty() { Ok(()) } else { (self.add)(name, list) }
    }

    fn unknown(&mut self, fields: &UnknownFields<'_>) -> fmt::Result {
        if fields.is_empty() { Ok(()) } else { (self.add)("unknown", fields) }
    }
}

/// Whether a number stands for "none".
fn is_null<T: Scalar>(value: T) -> bool {
    T::NULLABLE && value.to_number() == T::Number::ALL_ONES
}

/// How names end that say nothing.
const NOTHING: [&str; 3] = ["_NONE", "_UNKNOWN", "_UNSPECIFIED"];

/// Whether a number has a name for "none" or "unknown", or no name and is 0 or all ones.
fn is_blank<T: Scalar>(value: T) -> bool {
    let number = value.to_number();
    if T::VALUES.is_some_and(ValueTable::is_mask) {
        // All bits are not none.
        return number.to_u32() == 0;
    }
    match T::VALUES.and_then(|table| table.name_of(number.to_u32())) {
        Some(name) => name == "Unknown" || NOTHING.iter().any(|end| name.ends_with(end)),
        None => number.to_u32() == 0 || number == T::Number::ALL_ONES,
    }
}

/// Shows a message or an entry: those fields that are there and not null.
pub(crate) fn debug<T: VisitFields>(fields: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    let mut add = |name: &str, value: &dyn fmt::Debug| {
        shown.field(name, value);
        Ok(())
    };
    fields.visit(&mut Show { add: &mut add, brief: false })?;
    shown.finish()
}

/// Writes a message in one line: its name, and those fields that say something.
pub(crate) fn display<T: VisitFields>(fields: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(T::NAME)?;
    let mut add = |name: &str, value: &dyn fmt::Debug| write!(f, " {name}={value:?}");
    fields.visit(&mut Show { add: &mut add, brief: true })
}
