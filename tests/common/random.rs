//! Messages made at random that the protocol allows, as bytes, from the schema: for property tests and fuzz targets.

use std::collections::BTreeMap;

use ged188::schema::{FieldSchema, Need, Role, WireType};
use ged188::{MessageType, ProtocolVersion};

/// Where chance comes from.
pub(crate) trait Chance {
    /// A byte, at random; 0 when there is no more chance.
    fn byte(&mut self) -> u8;

    /// Some bytes without NUL, at most `max`: mostly short, sometimes as long as can be.
    fn text(&mut self, max: usize) -> Vec<u8> {
        let len = match self.byte() {
            255 => max,
            len => usize::from(len % 16).min(max),
        };
        (0..len).map(|_| self.byte().max(1)).collect()
    }

    /// A number of this many bytes: small ones, and the null value, are those that mean something.
    fn number(&mut self, size: usize) -> Vec<u8> {
        match self.byte() % 4 {
            0 => vec![0xFF; size],
            1 => (0..size).map(|_| self.byte()).collect(),
            _ => (1..size).map(|_| 0).chain([self.byte() % 128]).collect(),
        }
    }
}

impl Chance for std::vec::IntoIter<u8> {
    fn byte(&mut self) -> u8 {
        self.next().unwrap_or(0)
    }
}

/// The body of a message of this type; `None` if the version does not have it.
pub(crate) fn body(
    chance: &mut dyn Chance,
    version: ProtocolVersion,
    message_type: MessageType,
) -> Option<Vec<u8>> {
    let schema = message_type.schema().filter(|schema| schema.is_in(version))?;
    let floating = schema.floating_fields().filter(|field| field.is_in(version) && field.tag.is_some());
    let mut maker = Maker { version, floating: Vec::new(), counts: BTreeMap::new() };
    maker.part(chance, &floating.collect::<Vec<_>>(), None);
    let counts: Vec<_> = schema.floating_fields().filter_map(FieldSchema::count).collect();
    let mut body = Vec::new();
    for field in schema.fixed_fields(version) {
        match field.role {
            // OPEN_REQ asks for the version that it is made for.
            Role::VersionNumber => body.extend(version.number().to_be_bytes()),
            _ if counts.contains(&field.name) => {
                body.extend(maker.counts.get(field.name).copied().unwrap_or(0).to_be_bytes());
            }
            _ => body.extend(chance.number(field.wire.size())),
        }
    }
    body.append(&mut maker.floating);
    Some(body)
}

struct Maker {
    version: ProtocolVersion,
    floating: Vec<u8>,
    /// How many entries the lists have, by the names of their counts.
    counts: BTreeMap<&'static str, u16>,
}

impl Maker {
    /// Makes a floating part, or an entry of the list that `outer` counts, with the lists within.
    fn part(
        &mut self,
        chance: &mut dyn Chance,
        fields: &[&'static FieldSchema],
        outer: Option<&'static str>,
    ) {
        let mut places = BTreeMap::new();
        let mut at = 0;
        while let Some(&field) = fields.get(at) {
            at += 1;
            if fields.iter().any(|other| other.count() == Some(field.name)) {
                self.push(field, &[0, 0]);
                places.insert(field.name, self.floating.len() - 2);
            } else if field.count() == outer {
                // Entries are whole, so that a reader can tell where each begins.
                if outer.is_some() || field.need == Need::Required || chance.byte() & 1 == 1 {
                    self.field(chance, field);
                }
            } else if let Some(count) = field.count() {
                // What the fields of the list count in turn is part of it.
                let mut names = vec![count];
                let start = at - 1;
                while let Some(member) =
                    fields.get(at).filter(|member| member.count().is_some_and(|c| names.contains(&c)))
                {
                    names.push(member.name);
                    at += 1;
                }
                let entries = u16::from(chance.byte() % 4);
                (0..entries).for_each(|_| self.part(chance, &fields[start..at], Some(count)));
                self.counts.insert(count, entries);
                if let Some(place) = places.get(count) {
                    self.floating[*place..place + 2].copy_from_slice(&entries.to_be_bytes());
                }
            }
        }
    }

    fn push(&mut self, field: &FieldSchema, data: &[u8]) {
        let tag = field.tag.expect("a published tag").0;
        if self.version.number() < 20 {
            self.floating.extend([tag as u8, data.len() as u8]);
        } else {
            self.floating.extend(tag.to_be_bytes());
            self.floating.extend((data.len() as u16).to_be_bytes());
        }
        self.floating.extend(data);
    }

    fn field(&mut self, chance: &mut dyn Chance, field: &FieldSchema) {
        let max = field.max.map_or(0, |max| usize::from(max.get()));
        let variable = |chance: &mut dyn Chance| {
            [b"user.", &*chance.text(27), b"\0", &*chance.text(210), b"\0"].concat()
        };
        let data = match field.wire {
            WireType::STRING => [chance.text(max - 1), vec![0]].concat(),
            WireType::UNSPEC => chance.text(max),
            WireType::NAMEDVAR => variable(chance),
            WireType::NAMEDARRAY => [vec![chance.byte()], variable(chance)].concat(),
            wire => chance.number(wire.size()),
        };
        self.push(field, &data);
    }
}
