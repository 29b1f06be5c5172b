//! Baselines without any crate.

use ged188::{FrameDecoder, Message, ProtocolVersion};

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

/// The size of a piece in which a stream arrives: what a TCP segment carries.
pub const PIECE: usize = 1460;

/// Takes a stream in pieces, cuts it into messages and decodes them: what a session does, without a session.
pub fn frame_and_decode(
    frames: &mut FrameDecoder,
    version: ProtocolVersion,
    stream: &[u8],
    mut each: impl FnMut(&Message<'_>),
) {
    for piece in stream.chunks(PIECE) {
        frames.push(piece).expect("short messages");
        while let Some(raw) = frames.next().expect("short messages") {
            each(&Message::decode(version, raw).expect("sound messages"));
        }
    }
}
