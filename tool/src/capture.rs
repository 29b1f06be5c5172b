//! Capture files: pcap and pcapng, packet by packet.
//!
//! Both formats are short lists of records, and what this tool needs of them is all here: the packets with their times,
//! and enough of the rest to write the same file again with other packet data.

use std::fmt;
use std::io::{self, Read};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// The longest record or block that is believed. The longest packet that capture programs write has 256 KiB; blocks of
/// other kinds may be longer.
const LONGEST: usize = 16 << 20;

/// Why a capture cannot be read, or not any further.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// Reading failed.
    #[error("cannot read at byte {offset}: {error}")]
    Io {
        /// Where.
        offset: u64,
        /// Why.
        error: io::Error,
    },
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// It is another kind of file.
    #[error("this is neither pcap nor pcapng{0}")]
    OtherKind(Hint),
    /// The file ends inside a record.
    #[error(
        "the file is cut off: the record at byte {offset} takes {needed} bytes, {left} are there \
         (everything before it has been read)"
    )]
    Cut {
        /// Where the record starts.
        offset: u64,
        /// Bytes that it takes, as far as is known.
        needed: usize,
        /// Bytes that are there.
        left: usize,
    },
    /// A record that cannot be right.
    #[error("the file is damaged at byte {offset}: {what} (everything before it has been read)")]
    Damaged {
        /// Where the record starts.
        offset: u64,
        /// What is wrong with it.
        what: String,
    },
}

/// What a file is that is no capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint([u8; 4]);

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [0x1F, 0x8B, ..] => f.write_str(", but gzip: unpack it first"),
            [0x28, 0xB5, 0x2F, 0xFD] => f.write_str(", but zstd: unpack it first"),
            [0x34, 0xCD, 0xB2, 0xA1] | [0xA1, 0xB2, 0xCD, 0x34] => {
                f.write_str(", but pcap of a modified kind: convert it with `editcap -F pcapng`")
            }
            [b's', b'n', b'o', b'o'] => f.write_str(", but snoop: convert it with `editcap -F pcapng`"),
            [b'{', ..] => f.write_str(", but looks like JSON Lines"),
            start => {
                let digits: Vec<String> = start.iter().map(|byte| format!("{byte:02x}")).collect();
                write!(f, ": it starts with {}", digits.join(" "))
            }
        }
    }
}

/// What stands before the IP header, by the numbers of <https://www.tcpdump.org/linktypes.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkType(pub u16);

/// What comes next in a capture.
#[derive(Debug)]
pub enum Item<'a> {
    /// What has to stand in a copy of the file before the packets that follow: without comments, names of hosts and
    /// interfaces, and the like.
    Head(Vec<u8>),
    /// A packet.
    Packet(Packet<'a>),
}

/// A packet as it was captured.
#[derive(Clone, Copy, Debug)]
pub struct Packet<'a> {
    /// Nanoseconds since 1970-01-01 UTC.
    pub time: u64,
    /// What stands before the IP header.
    pub link: LinkType,
    /// The bytes that were kept.
    pub data: &'a [u8],
    /// How it stands in the file.
    pub record: Record,
}

/// How a packet stands in its file, without its data.
#[derive(Clone, Copy, Debug)]
pub enum Record {
    /// A record of a pcap.
    Pcap {
        /// The header.
        header: [u8; 16],
    },
    /// An Enhanced Packet Block.
    Enhanced {
        /// Whether numbers stand big end first.
        big_endian: bool,
        /// Interface, both halves of the time, captured and original length.
        header: [u8; 20],
    },
    /// A Simple Packet Block.
    Simple {
        /// Whether numbers stand big end first.
        big_endian: bool,
        /// The original length.
        header: [u8; 4],
    },
}

impl Record {
    /// Where the data stands in what [`write`](Self::write) writes.
    pub const fn data_offset(&self) -> usize {
        match self {
            Self::Pcap { .. } => 16,
            Self::Enhanced { .. } => 28,
            Self::Simple { .. } => 12,
        }
    }

    /// Appends the packet with other data of the same length.
    pub fn write(&self, data: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Pcap { header } => out.extend(header.iter().chain(data)),
            Self::Enhanced { big_endian, header } => {
                block(*big_endian, ENHANCED_PACKET, &[header, data], out);
            }
            Self::Simple { big_endian, header } => block(*big_endian, SIMPLE_PACKET, &[header, data], out),
        }
    }
}

const SECTION_HEADER: u32 = 0x0A0D_0D0A;
const INTERFACE: u32 = 1;
const OBSOLETE_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;

/// Appends a block of a pcapng.
fn block(big_endian: bool, block_type: u32, parts: &[&[u8]], out: &mut Vec<u8>) {
    let number = |number: u32| if big_endian { number.to_be_bytes() } else { number.to_le_bytes() };
    let body: usize = parts.iter().map(|part| part.len()).sum();
    let length = number(u32::try_from(12 + body.next_multiple_of(4)).unwrap_or(u32::MAX));
    out.extend(number(block_type));
    out.extend(length);
    for part in parts {
        out.extend_from_slice(part);
    }
    out.resize(out.len() + body.next_multiple_of(4) - body, 0);
    out.extend(length);
}

/// A capture that is being read.
#[derive(Debug)]
pub struct Capture<R> {
    input: Chunks<R>,
    format: Format,
}

#[derive(Debug)]
enum Format {
    /// Nothing has been read.
    Unknown,
    Pcap {
        big_endian: bool,
        nanoseconds: bool,
        link: LinkType,
    },
    Ng {
        big_endian: bool,
        interfaces: Vec<Interface>,
    },
    /// There is nothing more to read.
    Ended,
}

#[derive(Clone, Copy, Debug)]
struct Interface {
    link: LinkType,
    snap_len: u32,
    /// Parts of a second in which times count.
    resolution: u64,
    /// Seconds to add.
    offset: i64,
}

impl Interface {
    fn time(&self, units: u64) -> u64 {
        let seconds = (units / self.resolution).saturating_add_signed(self.offset);
        let rest = u128::from(units % self.resolution) * 1_000_000_000 / u128::from(self.resolution);
        seconds.saturating_mul(1_000_000_000).saturating_add(u64::try_from(rest).unwrap_or(0))
    }
}

/// Reads a number of two or four bytes.
#[derive(Clone, Copy)]
struct Numbers {
    big_endian: bool,
}

impl Numbers {
    fn u32_at(self, bytes: &[u8], at: usize) -> u32 {
        let bytes = bytes.get(at..).and_then(|bytes| bytes.first_chunk()).copied().unwrap_or_default();
        if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }

    fn u16_at(self, bytes: &[u8], at: usize) -> u16 {
        let bytes = bytes.get(at..).and_then(|bytes| bytes.first_chunk()).copied().unwrap_or_default();
        if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }
}

impl<R: Read> Capture<R> {
    /// A capture from its first byte.
    pub fn new(input: R) -> Self {
        Self { input: Chunks::new(input), format: Format::Unknown }
    }

    /// Whether these first bytes are those of a capture.
    pub fn is_capture(start: &[u8]) -> bool {
        matches!(
            start,
            [0xD4 | 0x4D, 0xC3 | 0x3C, 0xB2, 0xA1, ..]
                | [0xA1, 0xB2, 0xC3 | 0x3C, 0xD4 | 0x4D, ..]
                | [0x0A, 0x0D, 0x0D, 0x0A, ..]
        )
    }

    /// Whether more of the file has to be read before there is another packet, which may take a while.
    pub fn is_drained(&self) -> bool {
        let bytes = &self.input.buffer[self.input.start..self.input.end];
        let length = match &self.format {
            Format::Pcap { big_endian, .. } if bytes.len() >= 16 => {
                16 + Numbers { big_endian: *big_endian }.u32_at(bytes, 8) as usize
            }
            Format::Ng { big_endian, .. } if bytes.len() >= 8 => {
                Numbers { big_endian: *big_endian }.u32_at(bytes, 4) as usize
            }
            _ => return true,
        };
        bytes.len() < length
    }

    /// Bytes of the file that have been taken.
    pub fn offset(&self) -> u64 {
        self.input.offset
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the file cannot be read any further. It stays so.
    #[allow(clippy::should_implement_trait, reason = "the packets borrow the capture")]
    pub fn next(&mut self) -> Result<Option<Item<'_>>, CaptureError> {
        if let Format::Unknown = self.format {
            // Whatever is wrong, there is nothing behind it.
            self.format = Format::Ended;
            let magic = *self.input.peek(4)?.first_chunk::<4>().ok_or(CaptureError::Empty)?;
            let (big_endian, nanoseconds) = match magic {
                [0xD4, 0xC3, 0xB2, 0xA1] => (false, false),
                [0x4D, 0x3C, 0xB2, 0xA1] => (false, true),
                [0xA1, 0xB2, 0xC3, 0xD4] => (true, false),
                [0xA1, 0xB2, 0x3C, 0x4D] => (true, true),
                [0x0A, 0x0D, 0x0D, 0x0A] => {
                    self.format = Format::Ng { big_endian: false, interfaces: Vec::new() };
                    return self.next_block();
                }
                other => return Err(CaptureError::OtherKind(Hint(other))),
            };
            let header = self.input.take(24)?;
            // The upper half has the length of a frame check sequence.
            let [.., a, b] = Numbers { big_endian }.u32_at(header, 20).to_be_bytes();
            let head = header.to_vec();
            self.format =
                Format::Pcap { big_endian, nanoseconds, link: LinkType(u16::from_be_bytes([a, b])) };
            return Ok(Some(Item::Head(head)));
        }
        match self.format {
            Format::Pcap { big_endian, nanoseconds, link } => {
                self.next_record(Numbers { big_endian }, nanoseconds, link)
            }
            Format::Ng { .. } => self.next_block(),
            Format::Ended | Format::Unknown => Ok(None),
        }
    }

    fn next_record(
        &mut self,
        numbers: Numbers,
        nanoseconds: bool,
        link: LinkType,
    ) -> Result<Option<Item<'_>>, CaptureError> {
        let before = std::mem::replace(&mut self.format, Format::Ended);
        let header = self.input.peek(16)?;
        let Some(&header) = header.first_chunk::<16>() else {
            return if header.is_empty() { Ok(None) } else { Err(self.input.cut(16)) };
        };
        let length = numbers.u32_at(&header, 8) as usize;
        if length > LONGEST {
            return Err(self.input.damaged(format!("a packet says that it has {length} bytes")));
        }
        let fraction = u64::from(numbers.u32_at(&header, 4)) * if nanoseconds { 1 } else { 1000 };
        let time = u64::from(numbers.u32_at(&header, 0)) * 1_000_000_000 + fraction;
        let data = &self.input.take(16 + length)?[16..];
        self.format = before;
        Ok(Some(Item::Packet(Packet { time, link, data, record: Record::Pcap { header } })))
    }

    /// Goes over blocks until there is one that counts.
    fn next_block(&mut self) -> Result<Option<Item<'_>>, CaptureError> {
        let Format::Ng { mut big_endian, mut interfaces } =
            std::mem::replace(&mut self.format, Format::Ended)
        else {
            return Ok(None);
        };
        loop {
            let start = self.input.peek(12)?;
            if start.is_empty() {
                return Ok(None);
            }
            if start.len() < 12 {
                return Err(self.input.cut(12));
            }
            let is_section = start[..4] == SECTION_HEADER.to_be_bytes();
            if is_section {
                big_endian = match start[8..] {
                    [0x1A, 0x2B, 0x3C, 0x4D] => true,
                    [0x4D, 0x3C, 0x2B, 0x1A] => false,
                    _ => return Err(self.input.damaged("a section has no byte order".into())),
                };
                interfaces.clear();
            }
            let numbers = Numbers { big_endian };
            let (block_type, length) = (numbers.u32_at(start, 0), numbers.u32_at(start, 4) as usize);
            if length < 12 || length % 4 != 0 || length > LONGEST {
                return Err(self.input.damaged(format!("a block says that it has {length} bytes")));
            }
            let offset = self.input.offset;
            let damaged = |what: &str| CaptureError::Damaged { offset, what: what.into() };
            // Taken for good below: what is returned borrows it.
            let body = self.input.peek(length)?;
            let Some(body) = body.get(8..length - 4) else { return Err(self.input.cut(length)) };
            match block_type {
                _ if is_section => {
                    let mut head = Vec::new();
                    // Byte order, version, length of the section: unknown.
                    let version = body.get(4..8).ok_or_else(|| damaged("a section header is too short"))?;
                    block(big_endian, SECTION_HEADER, &[&body[..4], version, &[0xFF; 8]], &mut head);
                    self.input.take(length)?;
                    self.format = Format::Ng { big_endian, interfaces };
                    return Ok(Some(Item::Head(head)));
                }
                INTERFACE => {
                    let (interface, options) =
                        interface(numbers, body).ok_or_else(|| damaged("an interface cannot be read"))?;
                    let mut head = Vec::new();
                    block(big_endian, INTERFACE, &[&body[..8], &options], &mut head);
                    interfaces.push(interface);
                    self.input.take(length)?;
                    self.format = Format::Ng { big_endian, interfaces };
                    return Ok(Some(Item::Head(head)));
                }
                ENHANCED_PACKET | OBSOLETE_PACKET => {
                    let header: &[u8; 20] =
                        body.first_chunk().ok_or_else(|| damaged("a packet's block is too short"))?;
                    let mut header = *header;
                    if block_type == OBSOLETE_PACKET {
                        // It has two bytes for the interface, and a count of drops.
                        let number = u32::from(numbers.u16_at(&header, 0));
                        header[..4].copy_from_slice(&if big_endian {
                            number.to_be_bytes()
                        } else {
                            number.to_le_bytes()
                        });
                    }
                    let interface = interfaces
                        .get(numbers.u32_at(&header, 0) as usize)
                        .ok_or_else(|| damaged("a packet is of an interface that is not described"))?;
                    let units =
                        u64::from(numbers.u32_at(&header, 4)) << 32 | u64::from(numbers.u32_at(&header, 8));
                    let (time, link) = (interface.time(units), interface.link);
                    let captured = numbers.u32_at(&header, 12) as usize;
                    if captured > body.len() - 20 {
                        return Err(damaged("a packet is longer than its block"));
                    }
                    self.format = Format::Ng { big_endian, interfaces };
                    let data = &self.input.take(length)?[28..28 + captured];
                    let record = Record::Enhanced { big_endian, header };
                    return Ok(Some(Item::Packet(Packet { time, link, data, record })));
                }
                SIMPLE_PACKET => {
                    let header: &[u8; 4] =
                        body.first_chunk().ok_or_else(|| damaged("a packet's block is too short"))?;
                    let header = *header;
                    let interface = interfaces
                        .first()
                        .ok_or_else(|| damaged("a packet is of an interface that is not described"))?;
                    let snap_len = if interface.snap_len == 0 { u32::MAX } else { interface.snap_len };
                    let captured = (numbers.u32_at(&header, 0).min(snap_len) as usize).min(body.len() - 4);
                    let link = interface.link;
                    self.format = Format::Ng { big_endian, interfaces };
                    let data = &self.input.take(length)?[12..12 + captured];
                    let record = Record::Simple { big_endian, header };
                    return Ok(Some(Item::Packet(Packet { time: 0, link, data, record })));
                }
                // Names, statistics, keys, comments.
                _ => {
                    self.input.take(length)?;
                }
            }
        }
    }
}

/// Reads an Interface Description Block; returns also those of its options that its times need.
fn interface(numbers: Numbers, body: &[u8]) -> Option<(Interface, Vec<u8>)> {
    const RESOLUTION: u16 = 9;
    const OFFSET: u16 = 14;
    let (fixed, mut options) = body.split_at_checked(8)?;
    let mut interface = Interface {
        link: LinkType(numbers.u16_at(fixed, 0)),
        snap_len: numbers.u32_at(fixed, 4),
        resolution: 1_000_000,
        offset: 0,
    };
    let mut kept = Vec::new();
    while options.len() >= 4 {
        let (code, length) = (numbers.u16_at(options, 0), usize::from(numbers.u16_at(options, 2)));
        if code == 0 {
            break;
        }
        let padded = 4 + length.next_multiple_of(4);
        let value = options.get(4..4 + length)?;
        match (code, value) {
            (RESOLUTION, [power]) => {
                let (base, power) = if power & 0x80 == 0 { (10u64, *power) } else { (2, power & 0x7F) };
                interface.resolution = base.checked_pow(power.into())?;
            }
            (OFFSET, value) if value.len() == 8 => {
                let bytes = *value.first_chunk()?;
                interface.offset =
                    if numbers.big_endian { i64::from_be_bytes(bytes) } else { i64::from_le_bytes(bytes) };
            }
            _ => {
                options = options.get(padded..).unwrap_or_default();
                continue;
            }
        }
        kept.extend_from_slice(options.get(..padded)?);
        options = &options[padded..];
    }
    if !kept.is_empty() {
        kept.extend([0; 4]);
    }
    Some((interface, kept))
}

/// A file in large chunks.
#[derive(Debug)]
struct Chunks<R> {
    input: R,
    buffer: Vec<u8>,
    /// The part of the buffer that has been read and not been taken.
    start: usize,
    end: usize,
    /// Of `start`, in the file.
    offset: u64,
}

impl<R: Read> Chunks<R> {
    fn new(input: R) -> Self {
        Self { input, buffer: vec![0; CHUNK], start: 0, end: 0, offset: 0 }
    }

    /// The next bytes: `wanted` or more of them, fewer only at the end of the file.
    fn peek(&mut self, wanted: usize) -> Result<&[u8], CaptureError> {
        if self.end - self.start < wanted {
            self.fill(wanted)?;
        }
        let end = self.end.min(self.start + wanted);
        Ok(&self.buffer[self.start..end])
    }

    #[cold]
    fn fill(&mut self, wanted: usize) -> Result<(), CaptureError> {
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        while self.end < wanted {
            if self.end == self.buffer.len() {
                // Grown as bytes come, so that a length that lies costs nothing.
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(CaptureError::Io { offset: self.offset + self.end as u64, error }),
            }
        }
        Ok(())
    }

    /// Takes exactly so many bytes.
    fn take(&mut self, wanted: usize) -> Result<&[u8], CaptureError> {
        if self.peek(wanted)?.len() < wanted {
            return Err(self.cut(wanted));
        }
        let start = self.start;
        self.start += wanted;
        self.offset += wanted as u64;
        Ok(&self.buffer[start..start + wanted])
    }

    fn cut(&self, needed: usize) -> CaptureError {
        CaptureError::Cut { offset: self.offset, needed, left: self.end - self.start }
    }

    fn damaged(&self, what: String) -> CaptureError {
        CaptureError::Damaged { offset: self.offset, what }
    }
}
