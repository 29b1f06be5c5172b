//! Messages looked at without knowing them: the fields of any message, in wire order, by name.
//!
//! ```
//! use ged188::view::Fields;
//! use ged188::{MessageType, ProtocolVersion, RawMessage};
//!
//! // END_CALL_EVENT of call 300 at device 5001.
//! let body = b"\0\0\0\x07\0\0\x13\x88\0\x11\0\0\0\0\x01\x2C\x19\x055001\0";
//! let raw = RawMessage { message_type: MessageType::END_CALL_EVENT, body };
//! let mut lines = Vec::new();
//! for field in Fields::new(ProtocolVersion::V14, raw).into_iter().flatten() {
//!     lines.push(field?.to_string());
//! }
//! assert_eq!(lines[..2], ["MonitorID=7", "PeripheralID=5000"]);
//! assert_eq!(lines[2], "PeripheralType=PT_ENTERPRISE_AGENT");
//! assert_eq!(lines.last().unwrap(), "ConnectionDeviceID=\"5001\"");
//! # Ok::<(), ged188::DecodeError>(())
//! ```

use core::fmt;
use core::ops::Range;

use crate::codec::body::version_of;
use crate::codec::field::FieldValue;
use crate::codec::wire::{FloatingFields, Number};
use crate::error::DecodeError;
use crate::frame::RawMessage;
use crate::message::has_short_status;
use crate::schema::table::Seen;
use crate::schema::{FieldSchema, MessageSchema, WireType};
use crate::types::scalar::Bool;
use crate::types::tag::Tag;
use crate::types::text::{Bytes, NamedArray, NamedVariable, Secret, Str};
use crate::version::ProtocolVersion;

/// A field of a message, as the message has it.
#[derive(Clone, Copy, PartialEq)]
pub struct Field<'a> {
    /// The table's line for it; `None` for a field that the table does not have in this version.
    pub schema: Option<&'static FieldSchema>,
    /// The tag of a floating field.
    pub tag: Option<Tag>,
    /// Where it starts in the body, in bytes.
    pub offset: usize,
    /// Which element of an array within one field it is, from 0; 0 for all other fields.
    pub element: usize,
    /// What it holds. Bytes, if they do not have a length that the type allows.
    pub value: Value<'a>,
    data: &'a [u8],
    /// Where the data starts in the body.
    data_offset: usize,
}

impl<'a> Field<'a> {
    /// Whether the data has a length that the field's type does not allow. Decoding keeps such a field as unknown.
    pub fn has_wrong_length(&self) -> bool {
        // The status of two bytes of some failures is read all the same.
        self.tag.is_some() && self.schema.is_some_and(|line| !line.fits(self.data.len()))
    }

    /// The guide's name, if the message has the field in this version.
    pub fn name(&self) -> Option<&'static str> {
        self.schema.map(|schema| schema.name)
    }

    /// The bytes of the value as they stand on the wire, without tag and length. Of an array within one
    /// field, the bytes of this element. They may be a password.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// Where [`data`](Self::data) stands in the body.
    pub fn data_range(&self) -> Range<usize> {
        self.data_offset..self.data_offset + self.data.len()
    }
}

/// Leaves out the bytes: they may be a password.
impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field")
            .field("name", &self.name())
            .field("tag", &self.tag)
            .field("offset", &self.offset)
            .field("element", &self.element)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// The guide's name and the value, by its name if it has one: `ConnectionCallID=300`, `AgentState=AGENT_STATE_READY`.
/// Passwords are left out.
impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name(), self.tag) {
            (Some(name), _) => write!(f, "{name}=")?,
            (None, Some(tag)) => write!(f, "tag {tag}=")?,
            (None, None) => f.write_str("unknown=")?,
        }
        match (self.value, self.schema) {
            (Value::Unsigned(_), Some(line))
                if line.nullable && self.data.iter().all(|byte| *byte == 0xFF) =>
            {
                f.write_str("none")
            }
            (Value::Unsigned(number), Some(FieldSchema { values: Some(table), .. })) => {
                table.display(number).fmt(f)
            }
            (value, _) => value.fmt(f),
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// UCHAR, USHORT, UINT, TIME.
    Unsigned(u32),
    /// CHAR, SHORT, INT.
    Signed(i32),
    /// BOOL.
    Bool(Bool),
    /// STRING.
    Text(Str<'a>),
    /// UNSPEC, empty arrays, and all fields that the table does not have.
    Bytes(Bytes<'a>),
    /// NAMEDVAR.
    Variable(NamedVariable<'a>),
    /// NAMEDARRAY.
    Array(NamedArray<'a>),
    /// A password: the data of the field.
    Secret(Secret<Bytes<'a>>),
}

/// Numbers as numbers, texts in quotes, bytes in hexadecimal. Passwords are left out.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(number) => number.fmt(f),
            Self::Signed(number) => number.fmt(f),
            Self::Bool(value) => write!(f, "{value:?}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => write!(f, "{bytes:?}"),
            Self::Variable(variable) => write!(f, "{variable:?}"),
            Self::Array(array) => write!(f, "{array:?}"),
            Self::Secret(secret) => write!(f, "{secret:?}"),
        }
    }
}

/// The fields of a message, first the fixed part, then the floating part, in wire order.
///
/// An array that stands in one field gives an item for each of its elements. Of a message that does not decode there are
/// the fields before the error, then the error, which is that of decoding, and nothing more.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    schema: &'static MessageSchema,
    version: ProtocolVersion,
    /// The lines of the fixed part that are left.
    lines: &'static [FieldSchema],
    fixed: &'a [u8],
    floating: FloatingFields<'a>,
    /// Bytes of the body.
    len: usize,
    /// The array that is being taken apart: its field, and its elements that are left.
    array: Option<(Field<'a>, &'a [u8])>,
    /// The floating fields seen.
    seen: Seen,
    /// Whether it is a failure with a status of two bytes.
    short_status: bool,
    error: Option<DecodeError>,
}

impl<'a> Fields<'a> {
    /// The fields of a message; `None` if its type has no published table, or not in this version.
    pub fn new(version: ProtocolVersion, message: RawMessage<'a>) -> Option<Self> {
        let schema = message.message_type.schema()?;
        let version = version_of(schema, version, message.body);
        if !schema.is_in(version) {
            return None;
        }
        let short_status = has_short_status(message);
        let len = message.body.len();
        let fixed_len = if short_status { len } else { schema.fixed_len(version) };
        let parts = message.body.split_at_checked(fixed_len);
        let error = parts.is_none().then(|| DecodeError::fixed_part_cut(schema, fixed_len, len));
        let (fixed, floating) = parts.unwrap_or((message.body, &[]));
        Some(Self {
            schema,
            version,
            lines: schema.fixed,
            fixed,
            floating: FloatingFields::new(version, floating),
            len,
            array: None,
            seen: Seen::default(),
            short_status,
            error,
        })
    }

    /// The table of the message.
    pub fn schema(&self) -> &'static MessageSchema {
        self.schema
    }

    /// The version in which the fields are read: for OPEN_REQ, the one it asks for.
    pub fn version(&self) -> ProtocolVersion {
        self.version
    }

    fn next_fixed(&mut self) -> Option<Field<'a>> {
        let line = loop {
            let Some((line, lines)) = self.lines.split_first() else { break None };
            self.lines = lines;
            if line.is_in(self.version) {
                break Some(line);
            }
        };
        let offset = self.len - self.floating.rest().len() - self.fixed.len();
        // A status of two bytes is the last line, and has four bytes behind it that no line is for.
        let size = match line {
            Some(_) if self.short_status && self.lines.is_empty() => 2,
            Some(line) => line.wire.size(),
            None => self.fixed.len(),
        };
        let (data, rest) = self.fixed.split_at_checked(size).filter(|(data, _)| !data.is_empty())?;
        self.fixed = rest;
        let as_ushort = || u16::read(data).map(|status| Value::Unsigned(status.into()));
        let value = line.and_then(|line| value_of(line, data)).or_else(as_ushort);
        let value = value.unwrap_or(Value::Bytes(Bytes(data)));
        Some(Field { schema: line, tag: None, offset, element: 0, value, data, data_offset: offset })
    }

    fn next_element(&mut self) -> Option<Field<'a>> {
        let (field, left) = self.array.as_mut()?;
        let line = field.schema?;
        let (data, rest) = left.split_at_checked(line.wire.size())?;
        *left = rest;
        (field.value, field.data) = (value_of(line, data)?, data);
        let element = *field;
        field.element += 1;
        field.data_offset += data.len();
        Some(element)
    }

    fn next_floating(&mut self) -> Result<Option<Field<'a>>, DecodeError> {
        let here = self.floating.rest();
        let offset = self.len - here.len();
        let Some(raw) = self.floating.next() else {
            let cut = || DecodeError::floating_part_cut(self.schema, self.version, self.len, here);
            return if here.is_empty() { Ok(None) } else { Err(cut()) };
        };
        let tag = Some(raw.tag);
        let bytes = Bytes(raw.data);
        let value_as_bytes =
            if raw.tag.is_secret() { Value::Secret(Secret::new(bytes)) } else { Value::Bytes(bytes) };
        let data_offset = offset + self.version.field_header_len();
        let (value, data) = (value_as_bytes, raw.data);
        let unknown = Field { schema: None, tag, offset, element: 0, value, data, data_offset };
        let Some(line) = self.schema.floating.line(self.version, raw.tag) else { return Ok(Some(unknown)) };
        let known = Field { schema: Some(line), ..unknown };
        if !line.fits(raw.data.len()) {
            return Ok(Some(known));
        }
        // Of a field that appears once, only the first is the message's.
        if self.seen.is_again(line) {
            return Ok(Some(unknown));
        }
        if line.wire.is_array() {
            self.array = Some((known, raw.data));
            // An empty array has no elements, but is a field all the same.
            return Ok(Some(self.next_element().unwrap_or(known)));
        }
        Ok(Some(Field { value: value_of(line, raw.data).unwrap_or(known.value), ..known }))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let field = match self.next_element().or_else(|| self.next_fixed()) {
            Some(field) => Ok(Some(field)),
            None => self.error.map_or_else(|| self.next_floating(), Err),
        };
        if field.is_err() {
            (self.error, self.lines, self.fixed) = (None, &[], &[]);
            self.floating = FloatingFields::new(self.version, &[]);
        }
        field.transpose()
    }
}

/// Reads data as a value of a field; `None` if it has the wrong length.
fn value_of<'a>(line: &FieldSchema, data: &'a [u8]) -> Option<Value<'a>> {
    if line.secret {
        return Some(Value::Secret(Secret::new(Bytes(data))));
    }
    Some(match line.wire {
        WireType::CHAR => Value::Signed(i8::from_be_bytes(data.try_into().ok()?).into()),
        WireType::UCHAR => Value::Unsigned(u8::read(data)?.into()),
        WireType::SHORT => Value::Signed(i16::from_be_bytes(data.try_into().ok()?).into()),
        WireType::USHORT | WireType::USHORT_ARRAY => Value::Unsigned(u16::read(data)?.into()),
        WireType::BOOL => Value::Bool(Bool::from_data(data)?),
        WireType::INT => Value::Signed(i32::read(data)?),
        WireType::UINT | WireType::TIME | WireType::UINT_ARRAY => Value::Unsigned(u32::read(data)?),
        WireType::STRING => Value::Text(Str::from_field(data)),
        WireType::UNSPEC | WireType::UNSPEC_8 => Value::Bytes(Bytes(data)),
        WireType::NAMEDVAR => Value::Variable(NamedVariable::from_data(data)?),
        WireType::NAMEDARRAY => Value::Array(NamedArray::from_data(data)?),
    })
}

/// The value alone, without saying of which kind it is.
#[cfg(feature = "serde")]
impl serde::Serialize for Value<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unsigned(number) => number.serialize(serializer),
            Self::Signed(number) => number.serialize(serializer),
            Self::Bool(value) => value.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
            Self::Bytes(bytes) => bytes.serialize(serializer),
            Self::Variable(variable) => variable.serialize(serializer),
            Self::Array(array) => array.serialize(serializer),
            Self::Secret(secret) => secret.serialize(serializer),
        }
    }
}
