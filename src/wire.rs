//! The bytes of a message body: numbers, floating fields, and a place to write both.
//!
//! All numbers are big-endian, nothing is padded or aligned.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use byteorder::{BigEndian, ByteOrder};

use crate::tag::Tag;
use crate::version::ProtocolVersion;

/// A number as it stands on the wire.
pub trait Number: Copy + PartialEq + 'static {
    /// Bytes that it takes.
    const SIZE: usize;
    /// All bits set: what the protocol uses for "none" where a field can be null.
    const ALL_ONES: Self;

    /// Reads the number from exactly [`SIZE`](Self::SIZE) bytes; `None` if there are more or fewer.
    fn read(data: &[u8]) -> Option<Self>;
    /// Writes the number.
    fn write(self, out: &mut Writer<'_>);
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
            fn write(self, out: &mut Writer<'_>) {
                if let Some(room) = out.room($size) {
                    $write(room, self);
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
number!(i32, 4, BigEndian::read_i32, BigEndian::write_i32);

/// Takes the next number off the fixed part.
///
/// Callers check once that the whole fixed part is there; a number beyond it reads as all ones.
#[inline(always)]
pub(crate) fn take<N: Number>(fixed: &mut &[u8]) -> N {
    match fixed.split_at_checked(N::SIZE) {
        Some((number, rest)) => {
            *fixed = rest;
            N::read(number).unwrap_or(N::ALL_ONES)
        }
        None => N::ALL_ONES,
    }
}

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

    /// The field that the walk has just passed and all behind it, out of the `whole` that it walks over.
    #[inline(always)]
    pub(crate) fn back_to(&self, field: FloatingField<'a>, whole: &'a [u8]) -> &'a [u8] {
        let behind = field.data.len().wrapping_add(self.rest.len());
        let start = whole.len().wrapping_sub(behind).wrapping_sub(self.version.field_header_len());
        whole.get(start..).unwrap_or_default()
    }

    /// Tag and length of the next field, and the bytes behind them.
    #[inline(always)]
    fn header(&self) -> Option<(Tag, usize, &'a [u8])> {
        match (self.version.has_wide_fields(), self.rest) {
            (false, [tag, length, data @ ..]) => Some((Tag((*tag).into()), usize::from(*length), data)),
            (true, [t0, t1, l0, l1, data @ ..]) => {
                let length = u16::from_be_bytes([*l0, *l1]);
                Some((Tag(u16::from_be_bytes([*t0, *t1])), usize::from(length), data))
            }
            _ => None,
        }
    }

    /// Why the walk has ended, although there are bytes left.
    pub(crate) fn cut(&self) -> Cut {
        match self.header() {
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

    #[inline(always)]
    fn next(&mut self) -> Option<FloatingField<'a>> {
        let (tag, length, data) = self.header()?;
        let (data, rest) = data.split_at_checked(length)?;
        self.rest = rest;
        Some(FloatingField { tag, data })
    }
}

/// Copies between slices of one length. Most are short, and to call `memcpy` takes longer than to copy them.
#[inline(always)]
fn copy(to: &mut [u8], from: &[u8]) {
    /// As two halves that overlap, if there are `N` to `2 * N` bytes.
    #[inline(always)]
    fn halves<const N: usize>(to: &mut [u8], from: &[u8]) -> Option<()> {
        *to.first_chunk_mut::<N>()? = *from.first_chunk()?;
        *to.last_chunk_mut::<N>()? = *from.last_chunk()?;
        Some(())
    }
    let copied = match from.len() {
        8..=16 => halves::<8>(to, from),
        4..=7 => halves::<4>(to, from),
        _ => None,
    };
    if copied.is_none() {
        to.copy_from_slice(from);
    }
}

/// Writes numbers and fields into a buffer whose size was computed before.
///
/// A write beyond the end does nothing, so a wrong size can never panic; [`Writer::is_full`] tells.
#[derive(Debug)]
pub struct Writer<'b> {
    out: &'b mut [u8],
    version: ProtocolVersion,
}

impl<'b> Writer<'b> {
    pub(crate) fn new(version: ProtocolVersion, out: &'b mut [u8]) -> Self {
        Self { out, version }
    }

    #[inline(always)]
    pub(crate) fn version(&self) -> ProtocolVersion {
        self.version
    }

    /// Whether every byte of the buffer has been written.
    pub(crate) fn is_full(&self) -> bool {
        self.out.is_empty()
    }

    #[inline(always)]
    fn room(&mut self, size: usize) -> Option<&'b mut [u8]> {
        let (room, rest) = core::mem::take(&mut self.out).split_at_mut_checked(size)?;
        self.out = rest;
        Some(room)
    }

    #[inline(always)]
    pub(crate) fn bytes(&mut self, data: &[u8]) {
        if let Some(room) = self.room(data.len()) {
            copy(room, data);
        }
    }

    /// Writes the bytes, and a NUL behind them if there is none.
    pub(crate) fn ended(&mut self, (text, ends): (&[u8], bool)) {
        let Some(room) = self.room(text.len().wrapping_add(ends.into())) else { return };
        if let Some((room, nul)) = room.split_at_mut_checked(text.len()) {
            copy(room, text);
            if let [nul] = nul {
                *nul = 0;
            }
        }
    }

    /// Writes tag and length of a floating field; its data comes next.
    #[allow(clippy::cast_possible_truncation, reason = "the measure makes sure that both fit")]
    #[inline(always)]
    pub(crate) fn field_header(&mut self, tag: Tag, length: usize) {
        // One number of both halves: tag and length of a wide header, or of a narrow one.
        if self.version.has_wide_fields() {
            (u32::from(tag.0) << 16 | length as u32).write(self);
        } else {
            (tag.0 << 8 | length as u16).write(self);
        }
    }
}
