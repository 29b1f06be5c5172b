//! The tables of `tests/spec`, read into structs.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Message {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) number: u32,
    pub(crate) sender: String,
    pub(crate) service: String,
    pub(crate) reply: Option<String>,
    pub(crate) since: Option<u8>,
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) note: String,
    pub(crate) fixed: Vec<Field>,
    pub(crate) floating: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) wire: String,
    pub(crate) tag: Option<u16>,
    pub(crate) max: Option<u16>,
    /// Bytes of an UNSPEC in the fixed part.
    pub(crate) size: Option<usize>,
    pub(crate) need: Option<String>,
    pub(crate) since: Option<u8>,
    pub(crate) until: Option<u8>,
    pub(crate) count: Option<String>,
    pub(crate) values: Option<String>,
    pub(crate) null: Option<String>,
    pub(crate) inline: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub(crate) note: String,
}

impl Field {
    /// The first version that has the field.
    pub(crate) fn since(&self, message: &Message) -> u8 {
        self.since.or(message.since).unwrap_or(9)
    }

    pub(crate) fn until(&self) -> u8 {
        self.until.unwrap_or(u8::MAX)
    }

    pub(crate) fn is_in(&self, message: &Message, version: u32) -> bool {
        u32::from(self.since(message)) <= version && version <= u32::from(self.until())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Number {
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) published: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tag {
    pub(crate) number: u16,
    pub(crate) name: String,
    pub(crate) since: Option<u8>,
    pub(crate) until: Option<u8>,
    #[serde(default)]
    pub(crate) note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) values: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Value {
    pub(crate) name: String,
    pub(crate) value: u32,
    pub(crate) since: Option<u8>,
    #[serde(default)]
    pub(crate) note: String,
}

fn read<T: for<'d> Deserialize<'d>>(key: &str, text: &str) -> Vec<T> {
    let mut file: BTreeMap<String, Vec<T>> = toml::from_str(text).expect("the tables are valid TOML");
    file.remove(key).expect("the key is there")
}

pub(crate) fn messages() -> Vec<Message> {
    read("message", include_str!("../spec/messages.toml"))
}

pub(crate) fn message_types() -> Vec<Number> {
    read("type", include_str!("../spec/message-types.toml"))
}

pub(crate) fn tags() -> Vec<Tag> {
    read("tag", include_str!("../spec/tags.toml"))
}

pub(crate) fn value_tables() -> Vec<Table> {
    read("table", include_str!("../spec/constants.toml"))
}
