//! Baselines without any crate.

use ged188::{Input, Message, ProtocolVersion, RawMessage};

/// Walks over a body by tags and lengths and types nothing: how many floating fields there are, and their
/// tags and lengths combined, so that all are read. `None` if a field is cut off.
pub fn walk(wide: bool, body: &[u8], fixed_len: usize) -> Option<(usize, usize)> {
    let mut at = fixed_len;
    let (mut fields, mut sum) = (0, 0);
    while at < body.len() {
        let (tag, length, data);
        if wide {
            let header = body.get(at..at + 4)?;
            tag = usize::from(u16::from_be_bytes([header[0], header[1]]));
            length = usize::from(u16::from_be_bytes([header[2], header[3]]));
            data = at + 4;
        } else {
            let header = body.get(at..at + 2)?;
            tag = usize::from(header[0]);
            length = usize::from(header[1]);
            data = at + 2;
        }
        if length > body.len() - data {
            return None;
        }
        fields += 1;
        sum ^= tag ^ length;
        at = data + length;
    }
    Some((fields, sum))
}

/// A message as plain values: the numbers of its fixed part, each with its size, and tag and data of its floating fields.
pub struct Plain<'a> {
    message_type: u32,
    wide: bool,
    fixed: Vec<(u32, usize)>,
    floating: Vec<(u16, &'a [u8])>,
}

impl<'a> Plain<'a> {
    /// The values of a message, taken from its bytes.
    pub fn new(version: ProtocolVersion, raw: RawMessage<'a>) -> Self {
        let schema = raw.message_type.schema().expect("a published message");
        let wide = version.number() >= 20;
        let mut body = raw.body;
        let mut fixed = Vec::new();
        for field in schema.fixed_fields(version) {
            let (number, rest) = body.split_at(field.wire.size());
            fixed.push((number.iter().fold(0, |all, byte| all << 8 | u32::from(*byte)), number.len()));
            body = rest;
        }
        let mut floating = Vec::new();
        while let Some((tag, data, rest)) = field(wide, body) {
            floating.push((tag, data));
            body = rest;
        }
        Self { message_type: raw.message_type.0, wide, fixed, floating }
    }

    /// Writes the message to the start of `out` and checks nothing but the room. Returns its length.
    pub fn write(&self, out: &mut [u8]) -> Option<usize> {
        let mut at = 8;
        for &(number, size) in &self.fixed {
            let room = out.get_mut(at..at + size)?;
            match size {
                4 => room.copy_from_slice(&number.to_be_bytes()),
                2 => room.copy_from_slice(&(number as u16).to_be_bytes()),
                _ => room.copy_from_slice(&[number as u8]),
            }
            at += size;
        }
        for &(tag, data) in &self.floating {
            if self.wide {
                let header = u32::from(tag) << 16 | data.len() as u32;
                out.get_mut(at..at + 4)?.copy_from_slice(&header.to_be_bytes());
                at += 4;
            } else {
                let header = tag << 8 | data.len() as u16;
                out.get_mut(at..at + 2)?.copy_from_slice(&header.to_be_bytes());
                at += 2;
            }
            out.get_mut(at..at + data.len())?.copy_from_slice(data);
            at += data.len();
        }
        let body_len = at as u32 - 8;
        out.get_mut(..4)?.copy_from_slice(&body_len.to_be_bytes());
        out.get_mut(4..8)?.copy_from_slice(&self.message_type.to_be_bytes());
        Some(at)
    }
}

/// The first floating field, and what is behind it.
fn field(wide: bool, floating: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (tag, length, rest) = match (wide, floating) {
        (false, [tag, length, rest @ ..]) => (u16::from(*tag), usize::from(*length), rest),
        (true, [t0, t1, l0, l1, rest @ ..]) => {
            (u16::from_be_bytes([*t0, *t1]), usize::from(u16::from_be_bytes([*l0, *l1])), rest)
        }
        _ => return None,
    };
    let (data, rest) = rest.split_at_checked(length)?;
    Some((tag, data, rest))
}

/// The size of a piece in which a stream arrives: what a TCP segment carries.
pub const PIECE: usize = 1460;

/// Takes a stream in pieces, cuts it into messages and decodes them: what a session does, without a session.
pub fn frame_and_decode(
    frames: &mut Input,
    version: ProtocolVersion,
    stream: &[u8],
    mut each: impl FnMut(&Message<'_>),
) {
    for piece in stream.chunks(PIECE) {
        frames.push(piece);
        while let Some(raw) = frames.next().expect("short messages") {
            each(&Message::decode(version, raw).expect("sound messages"));
        }
    }
}
