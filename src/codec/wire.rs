//! The bytes of a message body: numbers, floating fields, and a place to write both.
//!
//! All numbers are big-endian, nothing is padded or aligned.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use byteorder::{BigEndian, ByteOrder};

use crate::types::tag::Tag;
use crate::version::ProtocolVersion;

/// A number as it stands on the wire.
pub trait Number: Copy + PartialEq + core::fmt::Debug + 'static {
    /// Bytes that it takes.
    const SIZE: usize;
    /// All bits set: what the protocol uses for "none" where a field can be null.
    const ALL_ONES: Self;

    /// Reads the number from exactly [`SIZE`](Self::SIZE) bytes; `None` if there are more or fewer.
    fn read(data: &[u8]) -> Option<Self>;
    /// Writes the number into exactly [`SIZE`](Self::SIZE) bytes.
    fn write(self, to: &mut [u8]);
    /// The same bits, with zeros before them.
    fn to_u32(self) -> u32;
    /// As many of the low bits as there is room for.
    fn from_u32(bits: u32) -> Self;
}

macro_rules! number {
    ($type:ty, $size:literal, $read:expr, $write:expr) => {
        #[allow(
            clippy::cast_lossless,
            clippy::cast_possible_truncation,
            clippy::cast_possible_wrap,
            clippy::cast_sign_loss,
            reason = "to_u32 and from_u32 keep or cut bits, as they say"
        )]
        impl Number for $type {
            const SIZE: usize = $size;
            const ALL_ONES: Self = !0;

            #[inline(always)]
            fn read(data: &[u8]) -> Option<Self> {
                if data.len() == $size { Some($read(data)) } else { None }
            }

            #[inline(always)]
            fn write(self, to: &mut [u8]) {
                if to.len() == $size {
                    $write(to, self);
                }
            }

            #[inline(always)]
            fn to_u32(self) -> u32 {
                self as u32
            }

            #[inline(always)]
            fn from_u32(bits: u32) -> Self {
                bits as Self
            }
        }
    };
}

number!(u8, 1, |data: &[u8]| data.first().copied().unwrap_or(0), |room: &mut [u8], n| room.fill(n));
number!(u16, 2, BigEndian::read_u16, BigEndian::write_u16);
number!(u32, 4, BigEndian::read_u32, BigEndian::write_u32);
number!(u64, 8, BigEndian::read_u64, BigEndian::write_u64);
number!(i32, 4, BigEndian::read_i32, BigEndian::write_i32);

/// A floating field as it stands on the wire: any tag, any data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FloatingField<'a> {
    /// What the field is.
    pub tag: Tag,
    /// Its bytes, without tag and length.
    pub data: &'a [u8],
}

/// Shows the tag and the size, never the data: it may be a password.
impl core::fmt::Debug for FloatingField<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "FloatingField({:?}, {} bytes)", self.tag, self.data.len())
    }
}

/// A floating field that the end of the message cuts off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The bytes left are too few for a tag and a length.
    Header { left: usize },
    /// The bytes left are fewer than the field's length says.
    Data { tag: Tag, length: usize, left: usize },
}

/// Tag and length of the first field, and the bytes behind them.
#[inline(always)]
fn split_header<const WIDE: bool>(floating: &[u8]) -> Option<(Tag, usize, &[u8])> {
    match (WIDE, floating) {
        (false, [tag, length, rest @ ..]) => Some((Tag((*tag).into()), usize::from(*length), rest)),
        (true, [t0, t1, l0, l1, rest @ ..]) => {
            let length = u16::from_be_bytes([*l0, *l1]);
            Some((Tag(u16::from_be_bytes([*t0, *t1])), usize::from(length), rest))
        }
        _ => None,
    }
}

/// Walks over a floating part, field by field.
#[derive(Clone)]
pub(crate) struct FloatingFields<'a> {
    rest: &'a [u8],
    version: ProtocolVersion,
}

impl<'a> FloatingFields<'a> {
    #[inline(always)]
    pub(crate) fn new(version: ProtocolVersion, floating: &'a [u8]) -> Self {
        Self { rest: floating, version }
    }

    /// The bytes not walked yet.
    #[inline(always)]
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    #[inline(always)]
    pub(crate) fn version(&self) -> ProtocolVersion {
        self.version
    }

    /// Why the walk has ended, although there are bytes left.
    pub(crate) fn cut(&self) -> Cut {
        let header = if self.version.has_wide_fields() {
            split_header::<true>(self.rest)
        } else {
            split_header::<false>(self.rest)
        };
        match header {
            Some((tag, length, data)) => Cut::Data { tag, length, left: data.len() },
            None => Cut::Header { left: self.rest.len() },
        }
    }
}

/// Shows how much is left, never what: it may be a password.
impl core::fmt::Debug for FloatingFields<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "FloatingFields({} bytes)", self.rest.len())
    }
}

/// The walk ends with the part, or where a field is cut off.
impl<'a> Iterator for FloatingFields<'a> {
    type Item = FloatingField<'a>;

    #[inline]
    fn next(&mut self) -> Option<FloatingField<'a>> {
        let (tag, length, rest) = if self.version.has_wide_fields() {
            split_header::<true>(self.rest)?
        } else {
            split_header::<false>(self.rest)?
        };
        // Behind both branches: the compiler then makes one addition of it that leads from length to length.
        let (data, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(FloatingField { tag, data })
    }
}

/// Writes tag and length of a floating field into exactly the bytes that they take.
#[allow(clippy::cast_possible_truncation, reason = "the writer makes sure that both fit")]
#[inline(always)]
pub(crate) fn write_header(tag: Tag, length: usize, to: &mut [u8]) {
    // One number of both halves: tag and length of a wide header, or of a narrow one.
    match to.len() {
        2 => BigEndian::write_u16(to, tag.0 << 8 | length as u16),
        4 => BigEndian::write_u32(to, u32::from(tag.0) << 16 | length as u32),
        _ => {}
    }
}

/// Copies between slices of one length.
#[inline(always)]
pub(crate) fn copy(to: &mut [u8], from: &[u8]) {
    if words(from, |place, word| put(to, place, word)).is_none() {
        to.copy_from_slice(from);
    }
}

/// Copies between slices of one length; returns whether there is no 0 among the bytes.
#[inline(always)]
pub(crate) fn copy_text(to: &mut [u8], from: &[u8]) -> bool {
    let mut found = 0;
    let copied = words(from, |place, word| {
        found |= zeros(word, place);
        put(to, place, word);
    });
    if copied.is_none() {
        to.copy_from_slice(from);
        return !from.contains(&0);
    }
    found == 0
}

/// Whether one of the bytes is 0.
#[inline(always)]
pub(crate) fn has_nul(text: &[u8]) -> bool {
    let mut found = 0;
    match words(text, |place, word| found |= zeros(word, place)) {
        Some(()) => found != 0,
        None => text.contains(&0),
    }
}

/// A place in a short text: the first or the last bytes of it.
#[derive(Clone, Copy)]
enum Place {
    First8,
    Last8,
    First4,
    Last4,
}

/// The bytes of a text as words, which may overlap; `None` if it is longer than 16 bytes, or has 1 to 3. Most texts are
/// short, and to call `memcpy` and `memchr` takes longer than that.
#[inline(always)]
fn words(text: &[u8], mut each: impl FnMut(Place, u64)) -> Option<()> {
    let half = |half: &[u8; 4]| u64::from(u32::from_ne_bytes(*half));
    match text.len() {
        8..=16 => {
            each(Place::First8, u64::from_ne_bytes(*text.first_chunk()?));
            each(Place::Last8, u64::from_ne_bytes(*text.last_chunk()?));
        }
        4..=7 => {
            each(Place::First4, half(text.first_chunk()?));
            each(Place::Last4, half(text.last_chunk()?));
        }
        0 => {}
        _ => return None,
    }
    Some(())
}

/// Puts a word at its place.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "a half has four bytes")]
fn put(to: &mut [u8], place: Place, word: u64) {
    let (half, word) = ((word as u32).to_ne_bytes(), word.to_ne_bytes());
    let _ = match place {
        Place::First8 => to.first_chunk_mut().map(|to| *to = word),
        Place::Last8 => to.last_chunk_mut().map(|to| *to = word),
        Place::First4 => to.first_chunk_mut().map(|to| *to = half),
        Place::Last4 => to.last_chunk_mut().map(|to| *to = half),
    };
}

/// Not 0 if and only if one of the bytes of a word is: <https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>
#[inline(always)]
fn zeros(word: u64, place: Place) -> u64 {
    let bytes = match place {
        Place::First8 | Place::Last8 => 0x8080_8080_8080_8080,
        Place::First4 | Place::Last4 => 0x8080_8080,
    };
    word.wrapping_sub(0x0101_0101_0101_0101) & !word & bytes
}
