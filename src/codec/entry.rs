//! Where an entry of a list ends and the next one begins.

use core::convert::Infallible;

use super::field::FieldValue;
use super::list::{Cursor, List, ListItem};
use super::unknown::UnknownFields;
use super::visit::{Entry, Visit, VisitFields};
use crate::schema::FieldSchema;
use crate::schema::table::Seen;
use crate::types::scalar::Scalar;

/// The next entry of a list: the fields up to the one that begins another.
pub(crate) fn next_entry<'a, E: Entry<'a>>(cursor: &mut Cursor<'a>) -> Option<E> {
    let (version, start) = (cursor.fields.version(), cursor.fields.rest());
    let mut seen = Seen::default();
    loop {
        let before = cursor.fields.clone();
        let Some(field) = cursor.fields.next() else { break };
        if let Some(line) = E::TABLE.line_of(version, field.tag, field.data.len()) {
            if begins_entry::<E>(line.place.slot(), line.is_listed(), seen) {
                cursor.fields = before;
                break;
            }
            seen.add(line);
        }
    }
    let (entry, _) = start.split_at_checked(start.len().checked_sub(cursor.fields.rest().len())?)?;
    (!seen.is_empty()).then(|| E::read(version, entry))
}

/// Whether the field of this slot begins a new entry, after the fields of an entry in `seen`.
pub(crate) fn begins_entry<'a, E: Entry<'a>>(slot: u8, is_listed: bool, seen: Seen) -> bool {
    let again = seen.has_slot(slot) && !is_listed;
    let marked = match E::LAST {
        Some(last) => E::TABLE.lines.get(last).is_some_and(|line| seen.has(line)),
        None => slot == 0,
    };
    !seen.is_empty() && (again || marked)
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
