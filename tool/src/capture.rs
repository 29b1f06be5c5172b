//! Capture files: pcap and pcapng, packet by packet, and how to copy them.
//!
//! The records are parsed and written by `pcap-parser`. Here are the reading of a file in pieces, what packets need of
//! the records before them (link type, unit of time), and errors that say where.

use std::fmt;
use std::io::{self, Read};

use pcap_parser::nom::{Err as Stop, IResult, Needed};
use pcap_parser::pcap::{
    parse_pcap_frame, parse_pcap_frame_be, parse_pcap_frame_modified, parse_pcap_header,
};
use pcap_parser::pcapng::{
    parse_enhancedpacketblock_be, parse_enhancedpacketblock_le, parse_interfacedescriptionblock_be,
    parse_interfacedescriptionblock_le, parse_sectionheaderblock, parse_simplepacketblock_be,
    parse_simplepacketblock_le, parse_unknownblock_be, parse_unknownblock_le,
};
use pcap_parser::{
    EPB_MAGIC, EnhancedPacketBlock, IDB_MAGIC, InterfaceDescriptionBlock, LegacyPcapBlock, Linktype,
    PcapError, PcapHeader, SHB_MAGIC, SPB_MAGIC, SectionHeaderBlock, SimplePacketBlock, ToVec,
};

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
        "the file is cut off: the record at byte {offset} takes at least {needed} bytes, {left} are there \
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
            [0xA1, 0xB2, 0xCD, 0x34] => {
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

impl From<Linktype> for LinkType {
    fn from(Linktype(number): Linktype) -> Self {
        // In the header of a pcap the upper half has the length of a frame check sequence.
        let [_, _, a, b] = number.to_be_bytes();
        Self(u16::from_be_bytes([a, b]))
    }
}

/// What comes next in a capture.
#[derive(Debug)]
pub enum Item<'a> {
    /// What has to stand in a copy of the file before the packets that follow: without comments, names of hosts and
    /// interfaces, and the like.
    Head(Vec<u8>),
    /// A packet.
    Packet(Packet<'a>),
    /// Something else, such as statistics.
    Other,
    /// More of the file has to be read before there is anything else, which may take a while.
    Drained,
}

/// A packet as it was captured.
#[derive(Debug)]
pub struct Packet<'a> {
    /// Nanoseconds since 1970-01-01 UTC; 0 if the file does not tell.
    pub time: u64,
    /// What stands before the IP header.
    pub link: LinkType,
    /// The bytes that were kept.
    pub data: &'a [u8],
    record: Record<'a>,
}

#[derive(Debug)]
enum Record<'a> {
    Pcap(LegacyPcapBlock<'a>),
    Enhanced(EnhancedPacketBlock<'a>),
    Simple(SimplePacketBlock<'a>),
}

/// A record in a copy of a file.
#[derive(Debug)]
pub struct Copied {
    /// The record, without comments.
    pub bytes: Vec<u8>,
    /// Where the data of the packet begins in it.
    pub data: usize,
}

impl Packet<'_> {
    /// The packet's record in a copy of the file, behind the [heads](Item::Head) that came before. `None` if it is
    /// longer than its format allows.
    pub fn copy(self) -> Option<Copied> {
        let (bytes, data) = match self.record {
            Record::Pcap(mut record) => (record.to_vec(), 16),
            Record::Enhanced(mut block) => {
                block.options.clear();
                (block.to_vec(), 28)
            }
            Record::Simple(mut block) => (block.to_vec(), 12),
        };
        Some(Copied { bytes: bytes.ok()?, data })
    }
}

type Parsed<'a, T> = IResult<&'a [u8], T, PcapError<&'a [u8]>>;

/// A capture that is being read.
#[derive(Debug)]
pub struct Capture<R> {
    input: R,
    format: Format,
    buffer: Vec<u8>,
    /// The part of the buffer that has been read and not been taken.
    start: usize,
    end: usize,
    /// Of `start`, in the file.
    offset: u64,
    /// Bytes that the next record takes, as far as is known.
    needed: usize,
    /// Whether there is nothing more to read.
    ended: bool,
}

#[derive(Debug)]
enum Format {
    /// Nothing has been read.
    Unknown,
    Pcap {
        parse: for<'a> fn(&'a [u8]) -> Parsed<'a, LegacyPcapBlock<'a>>,
        nanoseconds: bool,
        link: LinkType,
    },
    Ng {
        big_endian: bool,
        interfaces: Vec<Interface>,
    },
}

impl<R: Read> Capture<R> {
    /// A capture from its first byte.
    pub fn new(input: R) -> Self {
        let buffer = vec![0; CHUNK];
        Self { input, format: Format::Unknown, buffer, start: 0, end: 0, offset: 0, needed: 0, ended: false }
    }

    /// Whether these first bytes are those of a capture.
    pub fn is_capture(start: &[u8]) -> bool {
        matches!(
            start,
            [0xD4 | 0x4D, 0xC3 | 0x3C, 0xB2, 0xA1, ..]
                | [0x34, 0xCD, 0xB2, 0xA1, ..]
                | [0xA1, 0xB2, 0xC3 | 0x3C, 0xD4 | 0x4D, ..]
                | [0x0A, 0x0D, 0x0D, 0x0A, ..]
        )
    }

    /// Bytes of the file that have been taken.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the file cannot be read any further. It stays so.
    #[allow(clippy::should_implement_trait, reason = "the packets borrow the capture")]
    pub fn next(&mut self) -> Result<Option<Item<'_>>, CaptureError> {
        if self.ended {
            return Ok(None);
        }
        self.fill()?;
        let available = self.end - self.start;
        if available < self.needed {
            self.ended = true;
            return match self.format {
                _ if available > 0 => {
                    Err(CaptureError::Cut { offset: self.offset, needed: self.needed, left: available })
                }
                Format::Unknown => Err(CaptureError::Empty),
                _ => Ok(None),
            };
        }
        let data = &self.buffer[self.start..self.end];
        let problem = match self.format.parse(data) {
            Ok((rest, item)) => {
                let length = data.len() - rest.len();
                self.start += length;
                self.offset += length as u64;
                self.needed = 0;
                return Ok(Some(item));
            }
            Err(problem) => problem,
        };
        let offset = self.offset;
        let error = match problem {
            Problem::Incomplete(more) if more <= LONGEST - available.min(LONGEST) => {
                self.needed = available + more;
                return Ok(Some(Item::Drained));
            }
            Problem::Incomplete(more) => {
                let what =
                    format!("a record says that it has at least {} bytes", available.saturating_add(more));
                CaptureError::Damaged { offset, what }
            }
            Problem::Damaged(what) => CaptureError::Damaged { offset, what: what.into() },
            Problem::OtherKind(hint) => CaptureError::OtherKind(hint),
        };
        self.ended = true;
        Err(error)
    }

    /// Reads until there is as much as is needed, or until the end.
    fn fill(&mut self) -> Result<(), CaptureError> {
        if self.end - self.start >= self.needed {
            return Ok(());
        }
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        while self.end < self.needed {
            if self.end == self.buffer.len() {
                // Grown as bytes come, so that a length that lies costs nothing.
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    return Err(CaptureError::Io { offset: self.offset + self.end as u64, error });
                }
            }
        }
        Ok(())
    }
}

/// Why there is no next item.
enum Problem {
    /// It takes so many bytes more, or even more than that.
    Incomplete(usize),
    Damaged(&'static str),
    OtherKind(Hint),
}

/// The outcome of a parser that may want more bytes.
fn partly<'a, T>(parsed: Parsed<'a, T>, damaged: &'static str) -> Result<(&'a [u8], T), Problem> {
    parsed.map_err(|stop| match stop {
        Stop::Incomplete(Needed::Size(more)) => Problem::Incomplete(more.get()),
        Stop::Incomplete(Needed::Unknown) => Problem::Incomplete(1),
        Stop::Error(_) | Stop::Failure(_) => Problem::Damaged(damaged),
    })
}

/// The outcome of a parser that has the whole block.
fn whole<T>(parsed: Parsed<'_, T>, damaged: &'static str) -> Result<T, Problem> {
    parsed.map(|(_, value)| value).map_err(|_| Problem::Damaged(damaged))
}

impl Format {
    /// Takes one record off `data`.
    fn parse<'a>(&mut self, data: &'a [u8]) -> Result<(&'a [u8], Item<'a>), Problem> {
        match self {
            Self::Unknown => {
                let magic = *data.first_chunk::<4>().ok_or(Problem::Incomplete(4 - data.len().min(4)))?;
                if magic == SHB_MAGIC.to_be_bytes() {
                    *self = Self::Ng { big_endian: false, interfaces: Vec::new() };
                    return self.parse(data);
                }
                if !Capture::<io::Empty>::is_capture(&magic) {
                    return Err(Problem::OtherKind(Hint(magic)));
                }
                let (rest, header) = partly(parse_pcap_header(data), "the header cannot be read")?;
                let (format, head) = begin(header)?;
                *self = format;
                Ok((rest, Item::Head(head)))
            }
            Self::Pcap { parse, nanoseconds, link } => {
                let (rest, record) = partly(parse(data), "a record cannot be read")?;
                let fraction = u64::from(record.ts_usec) * if *nanoseconds { 1 } else { 1000 };
                let time = u64::from(record.ts_sec) * 1_000_000_000 + fraction;
                let (link, data) = (*link, record.data);
                Ok((rest, Item::Packet(Packet { time, link, data, record: Record::Pcap(record) })))
            }
            Self::Ng { big_endian, interfaces } => block(big_endian, interfaces, data),
        }
    }
}

/// The format that the header of a pcap tells, and the header of a copy.
fn begin(mut header: PcapHeader) -> Result<(Format, Vec<u8>), Problem> {
    let parse = match (header.is_modified_format(), header.is_bigendian()) {
        (true, _) => parse_pcap_frame_modified,
        (false, true) => parse_pcap_frame_be,
        (false, false) => parse_pcap_frame,
    };
    let nanoseconds = header.is_nanosecond_precision();
    let link = header.network.into();
    // Copies have the byte order of most.
    header.magic_number = if nanoseconds { 0xA1B2_3C4D } else { 0xA1B2_C3D4 };
    let head = header.to_vec().map_err(|_| Problem::Damaged("the header cannot be copied"))?;
    Ok((Format::Pcap { parse, nanoseconds, link }, head))
}

/// Takes a block of a pcapng off `data`.
fn block<'a>(
    big_endian: &mut bool,
    interfaces: &mut Vec<Interface>,
    data: &'a [u8],
) -> Result<(&'a [u8], Item<'a>), Problem> {
    const NO_INTERFACE: Problem = Problem::Damaged("a packet is of an interface that is not described");
    const OBSOLETE_PACKET: u32 = 2;
    const NO_COPY: &str = "a block cannot be copied";

    if data.starts_with(&SHB_MAGIC.to_be_bytes()) {
        let (rest, mut section) = partly(parse_sectionheaderblock(data), "a section cannot be read")?;
        *big_endian = section.big_endian();
        interfaces.clear();
        section = SectionHeaderBlock { options: Vec::new(), section_len: -1, ..section };
        let head = section.to_vec().map_err(|_| Problem::Damaged(NO_COPY))?;
        return Ok((rest, Item::Head(head)));
    }
    let is_big = *big_endian;
    let parsed = if is_big { parse_unknownblock_be(data) } else { parse_unknownblock_le(data) };
    let (rest, any) = partly(parsed, "a block is shorter than a block can be")?;
    // Nothing below can want more than that.
    let data = &data[..data.len() - rest.len()];
    let block_type = if is_big { any.block_type.swap_bytes() } else { any.block_type };
    let item = match block_type {
        IDB_MAGIC => {
            let parse =
                if is_big { parse_interfacedescriptionblock_be } else { parse_interfacedescriptionblock_le };
            let mut block = whole(parse(data), "an interface cannot be read")?;
            let interface = Interface::new(&mut block, is_big)
                .ok_or(Problem::Damaged("the times of an interface have a unit that is too small"))?;
            interfaces.push(interface);
            Item::Head(block.to_vec().map_err(|_| Problem::Damaged(NO_COPY))?)
        }
        EPB_MAGIC => {
            let parse = if is_big { parse_enhancedpacketblock_be } else { parse_enhancedpacketblock_le };
            let mut block = whole(parse(data), "a packet cannot be read")?;
            let interface = usize::try_from(block.if_id).ok().and_then(|number| interfaces.get(number));
            let interface = interface.ok_or(NO_INTERFACE)?;
            let time = interface.time(u64::from(block.ts_high) << 32 | u64::from(block.ts_low));
            // Without the padding.
            block.data = prefix(block.data, block.caplen);
            let (link, data) = (interface.link, block.data);
            Item::Packet(Packet { time, link, data, record: Record::Enhanced(block) })
        }
        SPB_MAGIC => {
            let parse = if is_big { parse_simplepacketblock_be } else { parse_simplepacketblock_le };
            let mut block = whole(parse(data), "a packet cannot be read")?;
            let interface = interfaces.first().ok_or(NO_INTERFACE)?;
            let snap_len = if interface.snap_len == 0 { u32::MAX } else { interface.snap_len };
            block.data = prefix(block.data, block.origlen.min(snap_len));
            let (link, data) = (interface.link, block.data);
            Item::Packet(Packet { time: 0, link, data, record: Record::Simple(block) })
        }
        OBSOLETE_PACKET => {
            return Err(Problem::Damaged("its packets are of an obsolete kind, convert it with `editcap`"));
        }
        _ => Item::Other,
    };
    Ok((rest, item))
}

fn prefix(data: &[u8], length: u32) -> &[u8] {
    usize::try_from(length).ok().and_then(|length| data.get(..length)).unwrap_or(data)
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
    /// Reads the block, and leaves what a copy of it needs. `None` if the unit of its times is too small.
    fn new(block: &mut InterfaceDescriptionBlock<'_>, big_endian: bool) -> Option<Self> {
        let power = u32::from(block.if_tsresol & 0x7F);
        let resolution = if block.if_tsresol & 0x80 == 0 { 10u64 } else { 2 }.checked_pow(power)?;
        if big_endian {
            // `pcap-parser` takes it for little end first.
            block.if_tsoffset = block.if_tsoffset.swap_bytes();
        }
        // What is needed of them is written from the fields.
        block.options.clear();
        let (link, offset) = (block.linktype.into(), block.if_tsoffset);
        Some(Self { link, snap_len: block.snaplen, resolution, offset })
    }

    fn time(&self, units: u64) -> u64 {
        let seconds = (units / self.resolution).saturating_add_signed(self.offset);
        let rest = u128::from(units % self.resolution) * 1_000_000_000 / u128::from(self.resolution);
        seconds.saturating_mul(1_000_000_000).saturating_add(u64::try_from(rest).unwrap_or(0))
    }
}
