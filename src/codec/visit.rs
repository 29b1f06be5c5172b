//! A message tells its fields, one by one; what is made of them is ordinary code.

use core::convert::Infallible;
use core::fmt;

use super::field::FieldValue;
use super::list::{Entry, List, ListItem};
use super::table::Seen;
use super::unknown::UnknownFields;
use super::wire::Number;
use crate::schema::FieldSchema;
use crate::types::scalar::Scalar;

/// Something with fields: a message, or an entry of a list.
pub(crate) trait VisitFields {
    /// The guide's name of a message, ours of an entry.
    const NAME: &'static str;

    /// Hands over all fields in the guide's order: those of the fixed part, the floating ones, the unknown ones.
    fn visit<V: Visit>(&self, visitor: &mut V) -> Result<(), V::Error>;
}

/// Takes the fields of a message or of an entry, each with our name for it and its line in the table.
pub(crate) trait Visit {
    type Error;

    /// A number of the fixed part.
    fn fixed<T: Scalar>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        value: T,
    ) -> Result<(), Self::Error>;

    /// The count of a list, in the fixed part.
    fn fixed_count(
        &mut self,
        line: &'static FieldSchema,
        count: impl FnOnce() -> usize,
    ) -> Result<(), Self::Error>;

    /// A floating field that appears once.
    fn field<'a, V: FieldValue<'a>>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        value: Option<V>,
    ) -> Result<(), Self::Error>;

    /// The count of a list as a floating field, which is left out where there is none.
    fn count(
        &mut self,
        line: &'static FieldSchema,
        count: impl FnOnce() -> Option<usize>,
    ) -> Result<(), Self::Error>;

    /// A list of single values.
    fn values<'a, V: FieldValue<'a> + ListItem<'a>>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, V>,
    ) -> Result<(), Self::Error>;

    /// A list of entries; the line is that of their first field.
    fn entries<'a, E: Entry<'a>>(
        &mut self,
        name: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, E>,
    ) -> Result<(), Self::Error>;

    /// The fields that the table does not have.
    fn unknown(&mut self, fields: &UnknownFields<'_>) -> Result<(), Self::Error>;
}

/// Finds out which floating fields are there.
#[derive(Default)]
struct Presence(Seen);

impl Presence {
    fn add(&mut self, line: &FieldSchema, is_there: bool) {
        if is_there {
            self.0.add(line);
        }
    }
}

impl Visit for Presence {
    type Error = Infallible;

    fn fixed<T: Scalar>(&mut self, _: &'static str, _: &'static FieldSchema, _: T) -> Result<(), Infallible> {
        Ok(())
    }

    fn fixed_count(&mut self, _: &'static FieldSchema, _: impl FnOnce() -> usize) -> Result<(), Infallible> {
        Ok(())
    }

    fn field<'a, V: FieldValue<'a>>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        value: Option<V>,
    ) -> Result<(), Infallible> {
        self.add(line, value.is_some());
        Ok(())
    }

    fn count(
        &mut self,
        line: &'static FieldSchema,
        count: impl FnOnce() -> Option<usize>,
    ) -> Result<(), Infallible> {
        self.add(line, count().is_some());
        Ok(())
    }

    fn values<'a, V: FieldValue<'a> + ListItem<'a>>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, V>,
    ) -> Result<(), Infallible> {
        self.add(line, !list.is_empty());
        Ok(())
    }

    fn entries<'a, E: Entry<'a>>(
        &mut self,
        _: &'static str,
        line: &'static FieldSchema,
        list: &List<'a, E>,
    ) -> Result<(), Infallible> {
        self.add(line, !list.is_empty());
        Ok(())
    }

    fn unknown(&mut self, _: &UnknownFields<'_>) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Which floating fields of an entry are there.
pub(crate) fn present(fields: &impl VisitFields) -> Seen {
    let mut presence = Presence::default();
    let Ok(()) = fields.visit(&mut presence);
    presence.0
}

/// Shows the fields that are there and not null.
struct Show<'f> {
    /// Takes the name of a field and its value.
    add: &'f mut dyn FnMut(&str, &dyn fmt::Debug) -> fmt::Result,
    /// Whether a number is shown without its type, which says no more than the name of the field.
    bare: bool,
}

impl Visit for Show<'_> {
    type Error = fmt::Error;

    fn fixed<T: Scalar>(&mut self, name: &'static str, _: &'static FieldSchema, value: T) -> fmt::Result {
        match T::VALUES {
            _ if is_null(value) => Ok(()),
            None if self.bare => (self.add)(name, &value.to_number()),
            _ => (self.add)(name, &value),
        }
    }

    fn fixed_count(&mut self, _: &'static FieldSchema, _: impl FnOnce() -> usize) -> fmt::Result {
        Ok(())
    }

    fn field<'a, V: FieldValue<'a>>(
        &mut self,
        name: &'static str,
        _: &'static FieldSchema,
        value: Option<V>,
    ) -> fmt::Result {
        value.map_or(Ok(()), |value| (self.add)(name, &value))
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

/// Shows a message or an entry: those fields that are there and not null.
pub(crate) fn debug<T: VisitFields>(fields: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    let mut add = |name: &str, value: &dyn fmt::Debug| {
        shown.field(name, value);
        Ok(())
    };
    fields.visit(&mut Show { add: &mut add, bare: false })?;
    shown.finish()
}

/// Writes a message in one line: its name, and those fields that are there and not null.
pub(crate) fn display<T: VisitFields>(fields: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(T::NAME)?;
    let mut add = |name: &str, value: &dyn fmt::Debug| write!(f, " {name}={value:?}");
    fields.visit(&mut Show { add: &mut add, bare: true })
}
