//! The floating part of a message or of an entry as a table: which line a field on the wire belongs to.

#[cfg(feature = "alloc")]
use super::field::Need;
use super::field::{FieldSchema, Place};
use crate::types::tag::Tag;
use crate::version::ProtocolVersion;

/// Tags with a line in some table are below this.
const TAGS: usize = 320;

/// The most lines that are looked through one by one.
const FEW_LINES: usize = 8;

/// The lines of a floating part, those of entries of lists included.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) lines: &'static [FieldSchema],
    /// For each tag from the first on the number of its line, or a number beyond all lines; empty if there are few lines.
    by_tag: &'static [u8],
    first_tag: u16,
}

impl Table {
    /// A table without lines.
    pub(crate) const EMPTY: Self = Self { lines: &[], by_tag: &[], first_tag: 0 };

    pub(crate) const fn new(lines: &'static [FieldSchema], by_tag: &'static [u8]) -> Self {
        Self { lines, by_tag, first_tag: tags(lines).0 }
    }

    /// Whether a sender has to give some of the fields.
    #[cfg(feature = "alloc")]
    pub(crate) fn has_required(&self) -> bool {
        self.lines.iter().any(|line| line.need == Need::Required)
    }

    /// The line for a tag, if the version has it.
    #[inline]
    pub(crate) fn line(&self, version: ProtocolVersion, tag: Tag) -> Option<&'static FieldSchema> {
        let line = if self.by_tag.is_empty() {
            self.lines.iter().find(|line| line.has_tag(tag))
        } else {
            let at = *self.by_tag.get(usize::from(tag.0.wrapping_sub(self.first_tag)))?;
            self.lines.get(usize::from(at))
        };
        line.filter(|line| line.is_in(version))
    }

    /// The line for a field, if the version has it and its type allows data of this length.
    #[inline]
    pub(crate) fn line_of(
        &self,
        version: ProtocolVersion,
        tag: Tag,
        length: usize,
    ) -> Option<&'static FieldSchema> {
        self.line(version, tag).filter(|line| line.fits(length))
    }
}

/// Fields that were seen, a bit for each line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen(u128);

impl Seen {
    /// Notes a field; true if it appears once, and was seen before.
    #[inline]
    pub(crate) fn is_again(&mut self, line: &FieldSchema) -> bool {
        let before = self.has(line);
        self.add(line);
        before && !line.is_listed()
    }

    pub(crate) fn add(&mut self, line: &FieldSchema) {
        self.0 |= 1 << line.place.slot();
    }

    pub(crate) fn has(self, line: &FieldSchema) -> bool {
        self.has_slot(line.place.slot())
    }

    pub(crate) fn has_slot(self, slot: u8) -> bool {
        self.0 >> slot & 1 == 1
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The first slot that was seen.
    pub(crate) fn first(self) -> u8 {
        // 128 where nothing was seen.
        u8::try_from(self.0.trailing_zeros()).unwrap_or(u8::MAX)
    }
}

/// A line of a table as it is declared: one field, or the fields of an entry.
#[derive(Clone, Copy)]
pub(crate) enum Declared {
    Field(FieldSchema),
    Entries(&'static [FieldSchema]),
}

impl Declared {
    const fn len(&self) -> usize {
        match self {
            Self::Field(_) => 1,
            Self::Entries(members) => members.len(),
        }
    }
}

/// How many fields there are on the first `count` lines.
pub(crate) const fn fields_on(lines: &[Declared], count: usize) -> usize {
    let (mut fields, mut i) = (0, 0);
    while i < count {
        fields += lines[i].len();
        i += 1;
    }
    fields
}

/// The fields on all lines. Members of a list share the slot of the first of them.
#[allow(clippy::cast_possible_truncation, reason = "a table has fewer lines")]
pub(crate) const fn fields<const N: usize>(lines: &[Declared]) -> [FieldSchema; N] {
    assert!(N < Place::MAX);
    let mut fields = [FieldSchema::NOTHING; N];
    let (mut at, mut i) = (0, 0);
    while i < lines.len() {
        let first = at;
        let mut j = 0;
        while j < lines[i].len() {
            fields[at] = match lines[i] {
                Declared::Field(field) => field,
                Declared::Entries(members) => FieldSchema { place: Place::IN_LIST, ..members[j] },
            };
            fields[at].place = fields[at].place.at(first);
            at += 1;
            j += 1;
        }
        i += 1;
    }
    fields
}

/// The first of the tags of these fields, and the one after the last.
const fn tags(fields: &[FieldSchema]) -> (u16, u16) {
    let (mut first, mut end) = (u16::MAX, 0);
    let mut i = 0;
    while i < fields.len() {
        let tags = [fields[i].tag, fields[i].alias()];
        let mut j = 0;
        while j < tags.len() {
            if let Some(tag) = tags[j] {
                first = if tag.0 < first { tag.0 } else { first };
                end = if tag.0 < end { end } else { tag.0 + 1 };
            }
            j += 1;
        }
        i += 1;
    }
    (first, end)
}

/// How long [`Table::by_tag`] is.
pub(crate) const fn by_tag_len(fields: &[FieldSchema]) -> usize {
    let (first, end) = tags(fields);
    if fields.len() <= FEW_LINES { 0 } else { (end - first) as usize }
}

/// The lines by tag, as [`Table::by_tag`] has them.
#[allow(clippy::cast_possible_truncation, reason = "a table has fewer lines")]
pub(crate) const fn by_tag<const LEN: usize>(fields: &[FieldSchema]) -> [u8; LEN] {
    let mut by_tag = [u8::MAX; LEN];
    let (first, end) = tags(fields);
    let mut taken = [false; TAGS];
    assert!(end as usize <= TAGS);
    let mut i = 0;
    while i < fields.len() {
        let tags = [fields[i].tag, fields[i].alias()];
        let mut j = 0;
        while j < tags.len() {
            if let Some(tag) = tags[j] {
                assert!(!taken[tag.0 as usize], "a tag has one line in a table");
                taken[tag.0 as usize] = true;
                if LEN > 0 {
                    by_tag[(tag.0 - first) as usize] = i as u8;
                }
            }
            j += 1;
        }
        i += 1;
    }
    by_tag
}
