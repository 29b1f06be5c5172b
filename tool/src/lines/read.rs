//! JSON Lines become messages again.

use std::borrow::Cow;

use ged188::schema::{FieldSchema, MessageSchema, Role, WireType};
use ged188::{MessageType, ProtocolVersion, Tag};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A line, as `decode` writes it. Where a message came from, its offset, its length and what values mean is for people
/// and is not read; `after` is for the example `server`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(rename = "offset")]
    _offset: Option<u64>,
    #[serde(rename = "length")]
    _length: Option<u64>,
    #[serde(rename = "after")]
    _after: Option<f64>,
    #[serde(rename = "time")]
    _time: Option<f64>,
    #[serde(rename = "connection")]
    _connection: Option<u64>,
    #[serde(borrow, rename = "from")]
    _from: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "to")]
    _to: Option<Cow<'a, str>>,
    #[serde(rename = "version_guessed")]
    _version_guessed: Option<bool>,
    gap: Option<u64>,
    skipped: Option<u64>,
    #[serde(rename = "type")]
    number: Option<u32>,
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    version: Option<u32>,
    #[serde(borrow)]
    fields: Option<Vec<Field<'a>>>,
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
    #[serde(borrow)]
    bytes: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "error")]
    error: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field<'a> {
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    tag: Option<u16>,
    #[serde(default)]
    element: u32,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    #[serde(borrow)]
    raw: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "means")]
    _means: Option<&'a RawValue>,
    #[serde(borrow, rename = "note")]
    _note: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named<'a> {
    #[serde(borrow)]
    name: &'a RawValue,
    index: Option<u8>,
    #[serde(borrow)]
    value: &'a RawValue,
}

/// Appends the message that a line describes.
///
/// # Errors
///
/// If it describes none. Then nothing is appended.
pub fn encode(line: &str, out: &mut Vec<u8>) -> Result<(), String> {
    let line: Line<'_> = serde_json::from_str(line).map_err(|error| {
        // The line is one of many, so only the column is of use.
        let text = error.to_string();
        let reason = text.split(" at line ").next().unwrap_or(&text);
        format!("column {}: {reason}", error.column())
    })?;
    if let Some(bytes) = line.gap.or(line.skipped) {
        return Err(format!("{bytes} bytes are missing here; leave the line out to go on without them"));
    }
    if let Some(bytes) = &line.bytes {
        out.extend(hex(bytes)?);
        return Ok(());
    }
    if line.error.is_some() && line.fields.is_none() && line.body.is_none() {
        return Err("the stream was lost here, its bytes are gone".into());
    }
    let message_type = message_type(&line)?;
    let body = match (&line.fields, &line.body) {
        (None, Some(body)) => hex(body)?,
        (Some(fields), None) => {
            let schema = message_type.schema().ok_or("a message without a published table takes \"body\"")?;
            let number = line.version.ok_or("\"version\" is missing")?;
            let version =
                ProtocolVersion::new(number).ok_or_else(|| format!("there is no version {number}"))?;
            fields_to_body(schema, version, fields).map_err(|error| format!("{}: {error}", schema.name))?
        }
        _ => return Err("a message takes either \"fields\" or \"body\"".into()),
    };
    let length = u32::try_from(body.len()).map_err(|_| "the body is too long")?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&message_type.0.to_be_bytes());
    out.extend_from_slice(&body);
    Ok(())
}

fn message_type(line: &Line<'_>) -> Result<MessageType, String> {
    let named = match &line.name {
        Some(name) => Some(MessageType::named(name).ok_or_else(|| format!("there is no message {name}"))?),
        None => None,
    };
    match (line.number.map(MessageType), named) {
        (Some(number), Some(named)) if number != named => {
            Err(format!("type {} is not {named:?}, which has type {}", number.0, named.0))
        }
        (Some(message_type), _) | (None, Some(message_type)) => Ok(message_type),
        (None, None) => Err("\"type\" is missing".into()),
    }
}

fn fields_to_body(
    schema: &MessageSchema,
    version: ProtocolVersion,
    fields: &[Field<'_>],
) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    let mut fields = fields.iter().peekable();
    for line in schema.fixed_fields(version) {
        let field =
            fields.next().filter(|field| field.tag.is_none() && field.name.as_deref() == Some(line.name));
        let field =
            field.ok_or_else(|| format!("{} has to be the next field of the fixed part", line.name))?;
        let data = data(line.wire, field).map_err(|error| format!("{}: {error}", line.name))?;
        if line.role == Role::VersionNumber {
            let asked = data.as_slice().try_into().map(u32::from_be_bytes).unwrap_or_default();
            if ProtocolVersion::nearest(asked) != version {
                return Err(format!("it asks for version {asked}, but the line is of version {version}"));
            }
        }
        body.extend(data);
    }
    // Bytes that no line of the fixed part is for.
    if let Some(field) =
        fields.next_if(|field| field.name.is_none() && field.tag.is_none() && field.raw.is_some())
    {
        body.extend(data(WireType::UNSPEC, field)?);
    }
    let mut floating: Vec<(Tag, Vec<u8>)> = Vec::new();
    for field in fields {
        let (tag, wire) = floating_field(schema, version, field)?;
        let name = field.name.as_deref().unwrap_or("unknown field");
        let data = data(wire, field).map_err(|error| format!("{name}: {error}"))?;
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
        if version.number() < 20 {
            let narrow = (u8::try_from(tag.0), u8::try_from(data.len()));
            let (Ok(tag), Ok(length)) = narrow else { return Err(too_large()) };
            body.extend([tag, length]);
        } else {
            let length = u16::try_from(data.len()).map_err(|_| too_large())?;
            body.extend(tag.0.to_be_bytes().into_iter().chain(length.to_be_bytes()));
        }
        body.extend(data);
    }
    Ok(body)
}

/// Tag and type of a floating field. The tables know named fields; the others are bytes.
fn floating_field(
    schema: &MessageSchema,
    version: ProtocolVersion,
    field: &Field<'_>,
) -> Result<(Tag, WireType), String> {
    let Some(name) = field.name.as_deref() else {
        let tag = field.tag.ok_or("a field needs a \"name\" or a \"tag\"")?;
        return Ok((Tag(tag), WireType::UNSPEC));
    };
    let fits = |line: &&FieldSchema| {
        let is_tag = |tag| line.tag == Some(Tag(tag)) || line.alias() == Some(Tag(tag));
        line.name == name && line.is_in(version) && line.tag.is_some() && field.tag.is_none_or(is_tag)
    };
    let line = schema.floating_fields().find(fits);
    let tag = field.tag.map(Tag).or(line.and_then(|line| line.tag)).zip(line.map(|line| line.wire));
    tag.ok_or_else(|| format!("version {version} has no such field here: {name}"))
}

/// The bytes of a value.
fn data(wire: WireType, field: &Field<'_>) -> Result<Vec<u8>, String> {
    if let Some(raw) = &field.raw {
        return hex(raw);
    }
    let value = field.value.ok_or("a field needs a \"value\" or its \"raw\" bytes")?.get();
    let wrong = |what: &str| format!("{value} is not {what}");
    let number = |min: i64, max: i64| {
        let number = value.parse::<i64>().ok().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| wrong(&format!("a number from {min} to {max}")))
    };
    let named = || {
        let named: Named<'_> =
            serde_json::from_str(value).map_err(|_| wrong("an object with name and value"))?;
        Ok::<_, String>((terminated(named.name.get())?, named.index, terminated(named.value.get())?))
    };
    let low_bytes = |number: i64, size: usize| number.to_be_bytes()[8 - size..].to_vec();
    Ok(match wire {
        WireType::UINT_ARRAY | WireType::USHORT_ARRAY if value == "[]" => Vec::new(),
        WireType::CHAR => low_bytes(number(i8::MIN.into(), i8::MAX.into())?, 1),
        WireType::UCHAR => low_bytes(number(0, u8::MAX.into())?, 1),
        WireType::SHORT => low_bytes(number(i16::MIN.into(), i16::MAX.into())?, 2),
        WireType::USHORT | WireType::USHORT_ARRAY => low_bytes(number(0, u16::MAX.into())?, 2),
        WireType::INT => low_bytes(number(i32::MIN.into(), i32::MAX.into())?, 4),
        WireType::UINT | WireType::TIME | WireType::UINT_ARRAY => low_bytes(number(0, u32::MAX.into())?, 4),
        WireType::BOOL => match value {
            "false" => vec![0, 0],
            "true" => vec![0, 1],
            _ => return Err(wrong("true or false")),
        },
        WireType::STRING => terminated(value)?,
        WireType::UNSPEC | WireType::UNSPEC_8 => {
            hex(&serde_json::from_str::<Cow<'_, str>>(value).map_err(|_| wrong("a string"))?)?
        }
        WireType::NAMEDVAR => match named()? {
            (name, None, value) => [name, value].concat(),
            (_, Some(_), _) => return Err("a NAMEDVAR has no index".into()),
        },
        WireType::NAMEDARRAY => match named()? {
            (name, Some(index), value) => [vec![index], name, value].concat(),
            (_, None, _) => return Err("a NAMEDARRAY needs an index".into()),
        },
    })
}

fn hex(digits: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("{digits:?} is not bytes in hexadecimal");
    let byte = |pair: &[u8]| match pair {
        [high, low] if pair.iter().all(u8::is_ascii_hexdigit) => {
            let digit = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0);
            u8::try_from(16 * digit(*high) + digit(*low)).map_err(|_| wrong())
        }
        _ => Err(wrong()),
    };
    digits.as_bytes().chunks(2).map(byte).collect()
}

/// The bytes of a JSON string and a NUL. Characters are UTF-8, but `\u0080` to `\u00ff` are single bytes, as
/// `decode` writes them.
fn terminated(literal: &str) -> Result<Vec<u8>, String> {
    let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let mut rest = inner.ok_or_else(|| format!("{literal} is not a string"))?;
    let mut text = Vec::with_capacity(rest.len() + 1);
    while let Some(at) = rest.find('\\') {
        text.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = escape_at(&rest[at..]);
        let byte = escape.strip_prefix("\\u00").and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte @ 0x80..) = byte {
            text.push(byte);
        } else {
            let character: String = serde_json::from_str(&format!("\"{escape}\""))
                .map_err(|_| format!("{escape} is not a character"))?;
            text.extend_from_slice(character.as_bytes());
        }
        rest = &rest[at + escape.len()..];
    }
    text.extend_from_slice(rest.as_bytes());
    text.push(0);
    Ok(text)
}

/// The escape at the start of a JSON text; of two that make one character, both.
fn escape_at(text: &str) -> &str {
    let len = match text.as_bytes() {
        [b'\\', b'u', b'd' | b'D', b'8' | b'9' | b'a' | b'A' | b'b' | b'B', ..] => 12,
        [b'\\', b'u', ..] => 6,
        _ => 2,
    };
    text.get(..len).unwrap_or(text)
}
