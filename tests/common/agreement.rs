//! Whether a typed message and the view of its bytes hold the same.

use std::collections::BTreeMap;

use ciborium::Value;
use ged188::view::Fields;
use ged188::{Message, ProtocolVersion, RawMessage};

/// Values by the name of their field, in the order of the wire.
type Values = BTreeMap<String, Vec<Value>>;

/// The values of the typed message and of the view; nothing if the message cannot be decoded.
///
/// Panics if one can be decoded and the other cannot. Counts are left out, since the typed message derives
/// them, and so are passwords, which neither gives.
pub(crate) fn of(version: ProtocolVersion, raw: RawMessage<'_>) -> Option<(Values, Values)> {
    let fields = Fields::new(version, raw)?;
    // OPEN_REQ has the layout of the version that it asks for.
    let (schema, layout) = (fields.schema(), fields.version());
    let counts: Vec<_> = schema.floating_fields().filter_map(|field| field.count()).collect();
    let viewed: Result<Vec<_>, _> = fields.collect();
    let typed = Message::decode(version, raw);
    assert_eq!(typed.as_ref().err(), viewed.as_ref().err(), "{}", schema.name);
    let (Ok(typed), Ok(viewed)) = (typed, viewed) else { return None };

    let mut by_type = Values::new();
    let Value::Map(variant) = Value::serialized(&typed).expect("a value") else { panic!("a variant") };
    flatten("", &variant[0].1, &mut by_type);
    // What the version does not have is there by default.
    for field in schema.fixed.iter().filter(|field| !field.is_in(layout)) {
        by_type.remove(field.name);
    }
    // Eight bytes are a number to one and bytes to the other.
    by_type.remove("Reserved");
    let mut by_view = Values::new();
    for field in viewed.into_iter().filter(|field| field.name() != Some("Reserved")) {
        assert_eq!(&raw.body[field.data_range()], field.data());
        let is_odd = field.has_wrong_length();
        let name = match (field.schema, field.tag) {
            (Some(schema), _) if counts.contains(&schema.name) && !is_odd => continue,
            (Some(schema), _) if !is_odd => schema.name.to_string(),
            (_, Some(tag)) => format!("tag {}", tag.0),
            (_, None) => continue,
        };
        let mut value = Value::serialized(&field.value).expect("a value");
        let known = field.schema.filter(|_| !is_odd);
        let none =
            known.is_some_and(|schema| schema.nullable) && field.data().iter().all(|&byte| byte == 0xFF);
        let empty = known.is_some_and(|schema| schema.wire.is_array()) && field.data().is_empty();
        if none || empty || name == "tag 2" || name == "tag 49" {
            value = Value::Null;
        }
        if value != Value::Null {
            by_view.entry(name).or_default().push(bits(value));
        }
    }
    Some((by_type, by_view))
}

/// Notes the values within a value, but for those that are none.
fn flatten(name: &str, value: &Value, into: &mut Values) {
    match value {
        Value::Map(fields) if name == "unknown" => {
            let tag = fields[0].1.as_integer().expect("a tag");
            flatten(&format!("tag {}", i128::from(tag)), &fields[1].1, into);
        }
        // The values of named variables are maps too.
        Value::Map(fields) if fields.iter().any(|(key, _)| key.as_text() == Some("value")) => {
            into.entry(name.to_string()).or_default().push(value.clone());
        }
        Value::Map(fields) => {
            fields.iter().for_each(|(key, value)| flatten(key.as_text().expect("a name"), value, into));
        }
        Value::Array(values) => values.iter().for_each(|value| flatten(name, value, into)),
        Value::Null => {}
        value => into.entry(name.to_string()).or_default().push(bits(value.clone())),
    }
}

/// Identifiers that the guide types INT here and UINT there have one type of ours: the same bits.
fn bits(value: Value) -> Value {
    match value.as_integer().map(i128::from) {
        Some(number @ ..0) => Value::from(number as i32 as u32),
        _ => value,
    }
}
