//! Messages as data: what a recorder writes, tools show, and programs read again.
//!
//! With the feature `serde`, an [`EncodedMessage`] and an [`OwnedMessage`] serialize as a record, in any format that
//! describes itself, as JSON does, and an `OwnedMessage` deserializes from one. This is the form that the examples
//! `decode` and `encode` have, and it loses nothing but passwords: not the order of the fields, nor unknown ones, nor bytes
//! that a value alone does not tell. [`Revealed`] has the passwords too.
//!
//! ```
//! use ged188::{MessageType, OwnedMessage, ProtocolVersion, RawMessage};
//!
//! let body = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0";
//! let raw = RawMessage { message_type: MessageType::END_CALL_EVENT, body };
//! let message = OwnedMessage::from(raw.in_version(ProtocolVersion::V14));
//!
//! let json = serde_json::to_string(&message)?;
//! assert_eq!(json, concat!(
//!     r#"{"type":24,"name":"END_CALL_EVENT","version":14,"fields":["#,
//!     r#"{"name":"MonitorID","value":7},{"name":"PeripheralID","value":5000},"#,
//!     r#"{"name":"PeripheralType","value":17,"means":"PT_ENTERPRISE_AGENT"},"#,
//!     r#"{"name":"ConnectionDeviceIDType","value":0,"means":"CONNECTION_ID_STATIC"},"#,
//!     r#"{"name":"ConnectionCallID","value":300},"#,
//!     r#"{"name":"ConnectionDeviceID","tag":25,"value":"5001"}]}"#,
//! ));
//! assert_eq!(serde_json::from_str::<OwnedMessage>(&json)?, message);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # The keys of a message
//!
//! | key | |
//! |---|---|
//! | `type`, `name` | the MessageType and the guide's name; to read a record, one of them is enough |
//! | `version` | the protocol version that the message is written in |
//! | `fields` | the fields in the order of the wire |
//! | `body` | the body in hexadecimal: of messages without a published table, in place of `fields`, and of messages that cannot be decoded, beside the fields before the error; goes before `fields` when read |
//! | `error` | why the message cannot be decoded; not read |
//!
//! # The keys of a field
//!
//! | key | |
//! |---|---|
//! | `name` | the guide's name; none for a tag that the message does not have |
//! | `tag` | the tag of a floating field; when a named field is read, it may be left out |
//! | `element` | the place of further elements of an array within one field, from 1 |
//! | `value` | a number, `true` or `false`, text, bytes in hexadecimal, or `name`, `index` and `value` of a call variable |
//! | `raw` | the data in hexadecimal, where the value does not tell all of it; read in place of the value |
//! | `means` | the guide's name of the value, or those of a mask; not read, but a name may stand as the value |
//! | `note` | what is odd about the field; not read |
//!
//! Passwords are left out, with the bytes of broken messages that may have some; [`Revealed`] shows them. Other keys are
//! ignored when a record is read, so that programs can add theirs.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::frame::RawMessage;
use crate::message::{EncodedMessage, OwnedMessage};
use crate::schema::{FieldSchema, MessageSchema, Role, ValueKind, WireType};
use crate::types::message_type::MessageType;
use crate::types::tag::Tag;
use crate::types::text::Str;
use crate::version::ProtocolVersion;
use crate::view::{Field, Fields, Value};

/// A message that serializes with its passwords.
///
/// A session tells its application neither of heartbeats nor of what it answers by itself. To record all of it, put the bytes
/// of each direction into an [`Input`](crate::Input) besides:
///
/// ```
/// use ged188::record::Revealed;
/// use ged188::{Input, ProtocolVersion};
///
/// // What is sent, or what was received: here a HEARTBEAT_REQ.
/// let bytes = [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7];
/// let mut tap = Input::default();
/// tap.push(&bytes);
/// while let Some(raw) = tap.next()? {
///     println!("{}", serde_json::to_string(&Revealed(raw.in_version(ProtocolVersion::V14)))?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Revealed<'a>(pub EncodedMessage<'a>);

/// As a [record](crate::record), without passwords.
impl Serialize for EncodedMessage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MessageRecord::new(*self, false).serialize(serializer)
    }
}

/// As a [record](crate::record), without passwords.
impl Serialize for OwnedMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.encoded().serialize(serializer)
    }
}

/// As a [record](crate::record).
impl Serialize for Revealed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MessageRecord::new(self.0, true).serialize(serializer)
    }
}

/// From a [record](crate::record).
impl<'de> Deserialize<'de> for OwnedMessage {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        GivenMessage::deserialize(from)?.message().map_err(D::Error::custom)
    }
}

#[derive(Serialize)]
struct MessageRecord<'a> {
    #[serde(rename = "type")]
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<FieldRecords<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Hex<'a>>,
}

impl<'a> MessageRecord<'a> {
    fn new(EncodedMessage { version, raw }: EncodedMessage<'a>, secrets: bool) -> Self {
        let fields = Fields::new(version, raw);
        let error = fields.clone().into_iter().flatten().find_map(Result::err);
        let may_have_secrets =
            fields.as_ref().is_some_and(|fields| fields.schema().floating_fields().any(|line| line.secret));
        let shows_body = (fields.is_none() || error.is_some()) && (secrets || !may_have_secrets);
        // Without the body nobody must take them for the whole message.
        let fields = fields.filter(|_| error.is_none() || shows_body);
        Self {
            number: raw.message_type.0,
            name: raw.message_type.name(),
            version: version.number(),
            fields: fields.map(|fields| FieldRecords { fields, secrets }),
            error: error.map(|error| error.to_string()),
            body: shows_body.then_some(Hex(raw.body)),
        }
    }
}

struct FieldRecords<'a> {
    fields: Fields<'a>,
    secrets: bool,
}

impl Serialize for FieldRecords<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let version = self.fields.version();
        let shown = |field: &Field<'_>| self.secrets || !matches!(field.value, Value::Secret(_));
        let fields = self.fields.clone().filter_map(Result::ok).filter(shown);
        serializer.collect_seq(fields.map(|field| FieldRecord::new(version, field)))
    }
}

#[derive(Serialize)]
struct FieldRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<Hex<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    means: Option<Means>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueRecord<'a> {
    Unsigned(u32),
    Signed(i32),
    Bool(bool),
    Text(Lossy<'a>),
    Bytes(Hex<'a>),
    Empty([u8; 0]),
    Variable {
        name: Lossy<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        index: Option<u8>,
        value: Lossy<'a>,
    },
}

impl<'a> FieldRecord<'a> {
    fn new(version: ProtocolVersion, field: Field<'a>) -> Self {
        let (data, schema) = (field.data(), field.schema);
        let mut record = FieldRecord {
            name: field.name(),
            tag: field.tag.map(|tag| tag.0),
            element: Some(field.element).filter(|&element| element > 0),
            value: None,
            raw: None,
            means: None,
            note: None,
        };
        if let Some(line) = schema.filter(|_| field.has_wrong_length()) {
            record.raw = Some(Hex(data));
            let size = line.wire.size().max(1);
            record.note = Some(format!("{} bytes, {} takes {size}", data.len(), line.wire));
            return record;
        }
        // The text, if the data is nothing but that text and its NUL.
        let is_all =
            |text: Str<'_>, data: &[u8]| text.to_str().is_ok() && data.len() == text.as_bytes().len() + 1;
        let after =
            |name: Str<'_>, before: usize| data.get(before + name.as_field().len() + 1..).unwrap_or_default();
        let (value, is_all) = match field.value {
            // Bytes of a fixed part that no line is for.
            Value::Bytes(_) if record.name.is_none() && record.tag.is_none() => (None, false),
            // A status of two bytes is told from the usual one by its bytes.
            Value::Unsigned(number) => {
                (Some(ValueRecord::Unsigned(number)), schema.is_none_or(|line| line.fits(data.len())))
            }
            Value::Signed(number) => (Some(ValueRecord::Signed(number)), true),
            Value::Bool(value) => (Some(ValueRecord::Bool(value.get())), value.0 <= 1 && data.len() == 2),
            Value::Text(text) => (Some(ValueRecord::Text(Lossy(text))), is_all(text, data)),
            Value::Secret(_) if schema.is_some_and(|schema| schema.wire == WireType::STRING) => {
                let text = Str::from_field(data);
                (Some(ValueRecord::Text(Lossy(text))), is_all(text, data))
            }
            Value::Variable(variable) => {
                let (name, value) = (variable.name, variable.value);
                let is_all = name.to_str().is_ok() && is_all(value, after(name, 0));
                (Some(ValueRecord::Variable { name: Lossy(name), index: None, value: Lossy(value) }), is_all)
            }
            Value::Array(array) => {
                let (name, value) = (array.name, array.value);
                let is_all = name.to_str().is_ok() && is_all(value, after(name, 1));
                let index = Some(array.index);
                (Some(ValueRecord::Variable { name: Lossy(name), index, value: Lossy(value) }), is_all)
            }
            Value::Bytes(_) if schema.is_some_and(|schema| schema.wire.is_array()) => {
                (Some(ValueRecord::Empty([])), true)
            }
            Value::Bytes(_) | Value::Secret(_) => (Some(ValueRecord::Bytes(Hex(data))), true),
        };
        (record.value, record.raw) = (value, (!is_all).then_some(Hex(data)));
        record.means = Means::of(version, &field);
        record
    }
}

/// The names of a number.
#[derive(Serialize)]
#[serde(untagged)]
enum Means {
    Value(&'static str),
    Bits(Vec<&'static str>),
}

impl Means {
    fn of(version: ProtocolVersion, field: &Field<'_>) -> Option<Self> {
        let (table, Value::Unsigned(value)) = (field.schema?.values?, field.value) else { return None };
        match table.kind {
            ValueKind::Enum | ValueKind::InlineEnum => {
                // Before its name came, a number may have meant something else.
                let named = table.named(value).filter(|named| u32::from(named.since) <= version.number());
                named.map(|named| Self::Value(named.name))
            }
            ValueKind::Mask | ValueKind::InlineMask => {
                let names: Vec<_> = table.bits_of(value).map(|named| named.name).collect();
                (!names.is_empty()).then_some(Self::Bits(names))
            }
        }
    }
}

/// Bytes in hexadecimal.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Text in which bytes that are not UTF-8 are `U+FFFD`.
struct Lossy<'a>(Str<'a>);

impl Serialize for Lossy<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_str() {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.collect_str(&self.0),
        }
    }
}

/// A record that is read.
#[derive(Deserialize)]
struct GivenMessage {
    #[serde(rename = "type")]
    number: Option<u32>,
    name: Option<String>,
    version: Option<u32>,
    fields: Option<Vec<GivenField>>,
    body: Option<String>,
}

#[derive(Deserialize)]
struct GivenField {
    name: Option<String>,
    tag: Option<u16>,
    #[serde(default)]
    element: u32,
    value: Option<GivenValue>,
    raw: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a number, true or false, text, a list of names, or a name with a value")]
enum GivenValue {
    Number(i64),
    Bool(bool),
    Text(String),
    List(Vec<GivenBit>),
    Variable { name: String, index: Option<u8>, value: String },
}

/// A bit of a mask.
#[derive(Deserialize)]
#[serde(untagged, expecting = "the number or the name of a bit")]
enum GivenBit {
    Number(u32),
    Name(String),
}

impl fmt::Display for GivenValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(_) => f.write_str("the list"),
            Self::Variable { name, .. } => write!(f, "the variable {name:?}"),
        }
    }
}

impl GivenMessage {
    fn message(&self) -> Result<OwnedMessage, String> {
        let message_type = self.message_type()?;
        let number = self.version.ok_or("\"version\" is missing")?;
        let version = ProtocolVersion::new(number).ok_or_else(|| format!("there is no version {number}"))?;
        let body = match (&self.fields, &self.body) {
            (_, Some(body)) => bytes(body)?,
            (Some(fields), None) => {
                let schema =
                    message_type.schema().ok_or("a message without a published table takes \"body\"")?;
                body_of(schema, version, fields).map_err(|error| format!("{}: {error}", schema.name))?
            }
            (None, None) => return Err("a message takes \"fields\" or \"body\"".into()),
        };
        Ok(RawMessage { message_type, body: &body }.in_version(version).into())
    }

    fn message_type(&self) -> Result<MessageType, String> {
        let named =
            |name: &String| MessageType::named(name).ok_or_else(|| format!("there is no message {name}"));
        match (self.number.map(MessageType), self.name.as_ref().map(named).transpose()?) {
            (Some(number), Some(named)) if number != named => {
                Err(format!("type {} is not {named:?}, which has type {}", number.0, named.0))
            }
            (Some(message_type), _) | (None, Some(message_type)) => Ok(message_type),
            (None, None) => Err("\"type\" is missing".into()),
        }
    }
}

fn body_of(
    schema: &MessageSchema,
    version: ProtocolVersion,
    fields: &[GivenField],
) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    let mut fields = fields.iter().peekable();
    for line in schema.fixed_fields(version) {
        let is_next = |field: &&GivenField| field.tag.is_none() && field.name.as_deref() == Some(line.name);
        let field = fields.next().filter(is_next);
        let field =
            field.ok_or_else(|| format!("{} has to be the next field of the fixed part", line.name))?;
        let data = field.data(Some(line)).map_err(|error| format!("{}: {error}", line.name))?;
        if line.role == Role::VersionNumber {
            let asked = data.as_slice().try_into().map(u32::from_be_bytes).unwrap_or_default();
            if ProtocolVersion::nearest(asked) != version {
                return Err(format!("it asks for version {asked}, but the record is of version {version}"));
            }
        }
        body.extend(data);
    }
    // Bytes that no line of the fixed part is for.
    let is_nameless =
        |field: &&GivenField| field.name.is_none() && field.tag.is_none() && field.raw.is_some();
    if let Some(field) = fields.next_if(is_nameless) {
        body.extend(field.data(None)?);
    }
    let mut floating: Vec<(Tag, Vec<u8>)> = Vec::new();
    for field in fields {
        let (tag, line) = field.line(schema, version)?;
        let name = field.name.as_deref().unwrap_or("unknown field");
        let data = field.data(line).map_err(|error| format!("{name}: {error}"))?;
        match floating.last_mut() {
            Some((last, elements)) if field.element > 0 && *last == tag => elements.extend(data),
            _ if field.element > 0 => {
                return Err(format!("{name}: element {} without those before it", field.element));
            }
            _ => floating.push((tag, data)),
        }
    }
    for (tag, data) in floating {
        let too_large = || format!("tag {tag} with {} bytes does not fit version {version}", data.len());
        let length = u16::try_from(data.len()).map_err(|_| too_large())?;
        if version.has_wide_fields() {
            body.extend(tag.0.to_be_bytes().into_iter().chain(length.to_be_bytes()));
        } else {
            let (Ok(tag), Ok(length)) = (u8::try_from(tag.0), u8::try_from(length)) else {
                return Err(too_large());
            };
            body.extend([tag, length]);
        }
        body.extend(data);
    }
    Ok(body)
}

impl GivenField {
    /// Tag and line of a floating field. Those without a name have bytes and no line.
    fn line(
        &self,
        schema: &MessageSchema,
        version: ProtocolVersion,
    ) -> Result<(Tag, Option<&'static FieldSchema>), String> {
        let Some(name) = self.name.as_deref() else {
            let tag = self.tag.ok_or("a field needs a \"name\" or a \"tag\"")?;
            return Ok((Tag(tag), None));
        };
        let is_it = |line: &&FieldSchema| {
            let has_tag = self.tag.is_none_or(|tag| line.has_tag(Tag(tag)));
            line.name == name && line.is_in(version) && line.tag.is_some() && has_tag
        };
        let line = schema.floating_fields().find(is_it);
        let tag = self.tag.map(Tag).or(line.and_then(|line| line.tag));
        tag.zip(line)
            .map(|(tag, line)| (tag, Some(line)))
            .ok_or_else(|| format!("version {version} has no such field here: {name}"))
    }

    /// The bytes of the field.
    fn data(&self, line: Option<&FieldSchema>) -> Result<Vec<u8>, String> {
        if let Some(raw) = &self.raw {
            return bytes(raw);
        }
        let value = self.value.as_ref().ok_or("a field needs a \"value\" or its \"raw\" bytes")?;
        let wire = line.map_or(WireType::UNSPEC, |line| line.wire);
        let wrong = |what: &str| format!("{value} is not {what}");
        let values = line.and_then(|line| line.values);
        let named = |name: &str| values.and_then(|table| table.value_of(name)).map(i64::from);
        let number = |min: i64, max: i64| {
            let number = match value {
                GivenValue::Number(number) => Some(*number),
                GivenValue::Text(name) => named(name),
                GivenValue::List(bits) => bits.iter().try_fold(0, |bits, bit| match bit {
                    GivenBit::Number(bit) => Some(bits | i64::from(*bit)),
                    GivenBit::Name(name) => Some(bits | named(name)?),
                }),
                _ => None,
            };
            let number = number.filter(|number| (min..=max).contains(number));
            number.ok_or_else(|| wrong(&format!("a number from {min} to {max}")))
        };
        let low_bytes = |number: i64| {
            let bytes = number.to_be_bytes();
            bytes.get(bytes.len() - wire.size()..).unwrap_or_default().to_vec()
        };
        let terminated = |text: &str| [text.as_bytes(), &[0]].concat();
        Ok(match (wire, value) {
            (WireType::UINT_ARRAY | WireType::USHORT_ARRAY, GivenValue::List(list)) if list.is_empty() => {
                Vec::new()
            }
            (WireType::CHAR, _) => low_bytes(number(i8::MIN.into(), i8::MAX.into())?),
            (WireType::UCHAR, _) => low_bytes(number(0, u8::MAX.into())?),
            (WireType::SHORT, _) => low_bytes(number(i16::MIN.into(), i16::MAX.into())?),
            (WireType::USHORT | WireType::USHORT_ARRAY, _) => low_bytes(number(0, u16::MAX.into())?),
            (WireType::INT, _) => low_bytes(number(i32::MIN.into(), i32::MAX.into())?),
            (WireType::UINT | WireType::TIME | WireType::UINT_ARRAY, _) => {
                low_bytes(number(0, u32::MAX.into())?)
            }
            (WireType::BOOL, GivenValue::Bool(value)) => [0, u8::from(*value)].into(),
            (WireType::STRING, GivenValue::Text(text)) => terminated(text),
            (WireType::UNSPEC | WireType::UNSPEC_8, GivenValue::Text(text)) => bytes(text)?,
            (WireType::NAMEDVAR, GivenValue::Variable { name, index: None, value }) => {
                [terminated(name), terminated(value)].concat()
            }
            (WireType::NAMEDARRAY, GivenValue::Variable { name, index: Some(index), value }) => {
                [[*index].into(), terminated(name), terminated(value)].concat()
            }
            (WireType::BOOL, _) => return Err(wrong("true or false")),
            (WireType::NAMEDVAR, _) => return Err(wrong("an object with name and value")),
            (WireType::NAMEDARRAY, _) => return Err(wrong("an object with name, index and value")),
            (WireType::STRING | WireType::UNSPEC | WireType::UNSPEC_8, _) => return Err(wrong("text")),
        })
    }
}

/// Bytes from hexadecimal.
fn bytes(digits: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("{digits:?} is not bytes in hexadecimal");
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    digits.as_bytes().chunks(2).map(byte).collect::<Option<_>>().ok_or_else(wrong)
}
