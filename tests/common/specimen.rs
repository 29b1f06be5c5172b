//! One message of each type, made from the protocol's tables alone, and what it has to be shown as.

use std::collections::BTreeMap;

use super::tables::{Field, Message, Table};

/// A whole message, header included, and its fields as JSON.
pub(crate) struct Specimen {
    pub(crate) bytes: Vec<u8>,
    pub(crate) fields: String,
}

/// Entries that every list gets.
const ENTRIES: u16 = 2;

/// The versions in which the layout of a message is another than in the version before, the first among them.
pub(crate) fn versions(message: &Message) -> Vec<u32> {
    let layout = |version: u32| {
        let has = |field: &&Field| field.is_in(message, version);
        let floating = message.floating.iter().filter(has).filter(|field| field.tag.is_some());
        let floating: Vec<_> = floating.map(|field| &field.name).collect();
        let fixed: Vec<_> = message.fixed.iter().filter(has).map(|field| &field.name).collect();
        let wide = version >= 20 && !floating.is_empty();
        (fixed, floating, wide)
    };
    let first = u32::from(message.since.unwrap_or(9));
    (first..=25).filter(|&version| version == first || layout(version) != layout(version - 1)).collect()
}

/// A message with all fields that the version has, in the order of the tables; lists have two entries.
pub(crate) fn of(message: &Message, version: u32, tables: &BTreeMap<String, Table>) -> Specimen {
    let has = |field: &&Field| field.is_in(message, version);
    let mut maker = Maker { message, version, tables, body: Vec::new(), fields: Vec::new(), made: 0 };
    for field in message.fixed.iter().filter(has) {
        let (data, shown) = maker.value(field);
        maker.body.extend(&data);
        maker.fields.push(format!("{{\"name\":\"{}\",{shown}}}", field.name));
    }
    let floating: Vec<_> = message.floating.iter().filter(has).filter(|field| field.tag.is_some()).collect();
    maker.entry(&floating, None);
    let mut bytes = (maker.body.len() as u32).to_be_bytes().to_vec();
    bytes.extend(message.number.to_be_bytes());
    bytes.extend(&maker.body);
    Specimen { bytes, fields: maker.fields.join(",") }
}

struct Maker<'t> {
    message: &'t Message,
    version: u32,
    tables: &'t BTreeMap<String, Table>,
    body: Vec<u8>,
    fields: Vec<String>,
    /// Values made so far, for values that differ.
    made: u32,
}

impl Maker<'_> {
    /// Makes the fields of an entry, or of the whole floating part, and the lists within.
    fn entry(&mut self, fields: &[&Field], count: Option<&str>) {
        let mut at = 0;
        while let Some(&field) = fields.get(at) {
            if field.count.as_deref() == count {
                self.floating(field);
                at += 1;
                continue;
            }
            let inner = field.count.as_deref();
            // What the fields of the list count in turn is part of it.
            let mut names: Vec<&str> = Vec::new();
            let mut end = at;
            while let Some(member) = fields.get(end) {
                let ours = member.count.as_deref() == inner;
                if !ours && !member.count.as_deref().is_some_and(|count| names.contains(&count)) {
                    break;
                }
                names.push(&member.name);
                end += 1;
            }
            for _ in 0..ENTRIES {
                self.entry(&fields[at..end], inner);
            }
            at = end;
        }
    }

    fn floating(&mut self, field: &Field) {
        let tag = field.tag.expect("a tag");
        let (data, shown) = self.value(field);
        if self.version < 20 {
            self.body
                .extend([u8::try_from(tag).expect("a narrow tag"), u8::try_from(data.len()).expect("short")]);
        } else {
            self.body.extend(tag.to_be_bytes());
            self.body.extend((data.len() as u16).to_be_bytes());
        }
        self.body.extend(&data);
        self.fields.push(format!("{{\"name\":\"{}\",\"tag\":{tag},{shown}}}", field.name));
    }

    /// The data of a field, and its value in JSON.
    fn value(&mut self, field: &Field) -> (Vec<u8>, String) {
        self.made += 1;
        let made = self.made;
        let number = self.number(field);
        let max = usize::from(field.max.unwrap_or(200));
        let (data, shown) = match field.wire.trim_end_matches("[]") {
            "UCHAR" => (vec![number as u8], (number as u8).to_string()),
            "CHAR" => (vec![number as u8], (number as u8 as i8).to_string()),
            "USHORT" => ((number as u16).to_be_bytes().to_vec(), (number as u16).to_string()),
            "SHORT" => ((number as u16).to_be_bytes().to_vec(), (number as u16 as i16).to_string()),
            "INT" => (number.to_be_bytes().to_vec(), (number as i32).to_string()),
            "UINT" | "TIME" => (number.to_be_bytes().to_vec(), number.to_string()),
            "BOOL" => (vec![0, (made % 2) as u8], (made % 2 == 1).to_string()),
            "STRING" => {
                let (text, shown) = text(made, max - 1);
                let data = [&text[..], &[0]].concat();
                let raw = raw(&[&text], &data);
                (data, shown + &raw)
            }
            "UNSPEC" => {
                let data: Vec<u8> = (0..field.size.unwrap_or(max.min(5)))
                    .map(|at| (made as usize * 31 + at * 77) as u8)
                    .collect();
                (data.clone(), hex(&data))
            }
            "NAMEDVAR" => {
                let (name, value) = (text(made, 32), text(made + 1, 210));
                let data = [&name.0[..], &[0], &value.0, &[0]].concat();
                let raw = raw(&[&name.0, &value.0], &data);
                (data, format!("{{\"name\":{},\"value\":{}}}{raw}", name.1, value.1))
            }
            "NAMEDARRAY" => {
                let (name, value) = (text(made, 32), text(made + 1, 210));
                let data = [&[made as u8][..], &name.0, &[0], &value.0, &[0]].concat();
                let raw = raw(&[&name.0, &value.0], &data);
                (data, format!("{{\"name\":{},\"index\":{},\"value\":{}}}{raw}", name.1, made as u8, value.1))
            }
            other => panic!("{other} is no type"),
        };
        (data, format!("\"value\":{shown}{}", self.means(field, number)))
    }

    /// A number for a field: a count if it counts a list, else one with a name if there is one.
    fn number(&self, field: &Field) -> u32 {
        let counted = |member: &&Field| member.count.as_ref() == Some(&field.name);
        let mut members = self.message.floating.iter().filter(counted).peekable();
        if members.peek().is_some() {
            let there =
                members.any(|member| member.tag.is_some() && member.is_in(self.message, self.version));
            return if there { ENTRIES.into() } else { 0 };
        }
        if field.name == "VersionNumber" {
            return self.version;
        }
        let (made, at) = (self.made, self.made as usize);
        match (&field.inline, self.table(field)) {
            (_, Some(table)) if table.kind == "mask" => {
                table.values[at % table.values.len()].value | table.values[at * 7 % table.values.len()].value
            }
            // The guide words the values that it prints with a field anew each time.
            (Some(_), _) => 120,
            (None, Some(table)) => table.values[at % table.values.len()].value,
            // Small, large, and none.
            (None, None) => [made, 0x8101_0000 + made, u32::MAX][at % 3],
        }
    }

    fn table(&self, field: &Field) -> Option<&Table> {
        self.tables.get(field.values.as_ref()?)
    }

    fn means(&self, field: &Field, number: u32) -> String {
        let Some(table) = self.table(field) else { return String::new() };
        if table.kind == "mask" {
            let set =
                table.values.iter().filter(|value| value.value != 0 && number & value.value == value.value);
            let names: Vec<_> = set.map(|value| format!("\"{}\"", value.name)).collect();
            return if names.is_empty() {
                String::new()
            } else {
                format!(",\"means\":[{}]", names.join(","))
            };
        }
        let since = |since: Option<u8>| u32::from(since.unwrap_or(9)) <= self.version;
        let named = table.values.iter().find(|value| value.value == number && since(value.since));
        named.map_or(String::new(), |named| format!(",\"means\":\"{}\"", named.name))
    }
}

/// The data in hexadecimal, for text that is not UTF-8.
fn raw(texts: &[&[u8]], data: &[u8]) -> String {
    let is_told = texts.iter().all(|text| std::str::from_utf8(text).is_ok());
    if is_told { String::new() } else { format!(",\"raw\":{}", hex(data)) }
}

/// Text of at most `max` bytes and the JSON string for it.
fn text(made: u32, max: usize) -> (Vec<u8>, String) {
    let (text, shown): (&[u8], &str) = match made % 4 {
        0 => (b"", ""),
        1 => (b"a \"b\" \\ c/d", r#"a \"b\" \\ c/d"#),
        // Latin 1 is not UTF-8; UTF-8 stands for itself.
        2 => (b"Zo\xEB \xC3\xAB \xE2\x82\xAC\x7F", "Zo\u{FFFD} \u{EB} \u{20AC}\u{7F}"),
        _ => (b"5\t001", "5\\t001"),
    };
    if text.len() > max {
        (b"7"[..max.min(1)].to_vec(), format!("\"{}\"", &"7"[..max.min(1)]))
    } else {
        (text.to_vec(), format!("\"{shown}\""))
    }
}

pub(crate) fn hex(data: &[u8]) -> String {
    let digits: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}
