//! Packets: what of them is a TCP segment.

use std::net::{IpAddr, SocketAddr};

use etherparse::{EtherType, LaxNetSlice, LaxSlicedPacket, TransportSlice};

use crate::capture::{LinkType, Packet};

/// A TCP segment.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    /// Nanoseconds since 1970-01-01 UTC.
    pub time: u64,
    /// Who sent it.
    pub from: SocketAddr,
    /// To whom.
    pub to: SocketAddr,
    /// The number of the first byte of the payload, or of the SYN.
    pub sequence: u32,
    /// The number that the sender expects next, if it says one.
    pub acknowledged: Option<u32>,
    /// Whether it opens a connection.
    pub syn: bool,
    /// Whether it is the last of its sender.
    pub fin: bool,
    /// Whether it resets the connection.
    pub rst: bool,
    /// What was captured of the payload.
    pub payload: &'a [u8],
    /// Bytes of the payload that were not captured.
    pub missing: u32,
    /// Where the payload stands in the data of the packet.
    pub offset: usize,
    /// Where the checksum stands in the data of the packet.
    pub checksum: usize,
}

/// Why a packet is no TCP segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSegment {
    /// It is something else.
    Other,
    /// It is a fragment of an IP packet.
    Fragment,
    /// Not enough of it was captured.
    Cut,
    /// What stands before the IP header is not known here.
    Link(LinkType),
}

/// Takes a packet apart.
///
/// # Errors
///
/// If it is no TCP segment.
pub fn segment<'a>(packet: &Packet<'a>) -> Result<Segment<'a>, NoSegment> {
    let data = packet.data;
    let ether_type = |at: usize| {
        let number = data.get(at..).and_then(|bytes| bytes.first_chunk()).ok_or(NoSegment::Cut)?;
        Ok(EtherType(u16::from_be_bytes(*number)))
    };
    let rest = |at: usize| data.get(at..).ok_or(NoSegment::Cut);
    let from_ip = |at: usize| LaxSlicedPacket::from_ip(rest(at)?).map_err(|_| NoSegment::Other);
    let sliced = match packet.link.0 {
        1 => LaxSlicedPacket::from_ether_type(ether_type(12)?, rest(14)?),
        // BSD loopback: the address family, in the byte order of whoever captured it.
        0 | 108 => from_ip(4)?,
        // Raw IP.
        12 | 14 | 101 | 228 | 229 => from_ip(0)?,
        // Linux cooked.
        113 => LaxSlicedPacket::from_ether_type(ether_type(14)?, rest(16)?),
        276 => LaxSlicedPacket::from_ether_type(ether_type(0)?, rest(20)?),
        _ => return Err(NoSegment::Link(packet.link)),
    };
    let offset_of = |part: &[u8]| part.as_ptr() as usize - data.as_ptr() as usize;
    // Where the packet ends by what its IP header says.
    let (from, to, end, payload) = match &sliced.net {
        Some(LaxNetSlice::Ipv4(ip)) => {
            let header = ip.header();
            let end = offset_of(header.slice()) + usize::from(header.total_len());
            (IpAddr::V4(header.source_addr()), IpAddr::V4(header.destination_addr()), end, ip.payload())
        }
        Some(LaxNetSlice::Ipv6(ip)) => {
            let header = ip.header();
            let end = offset_of(header.slice()) + 40 + usize::from(header.payload_length());
            (IpAddr::V6(header.source_addr()), IpAddr::V6(header.destination_addr()), end, ip.payload())
        }
        _ => return Err(NoSegment::Other),
    };
    if payload.fragmented {
        return Err(NoSegment::Fragment);
    }
    if payload.ip_number != etherparse::IpNumber::TCP {
        return Err(NoSegment::Other);
    }
    let Some(TransportSlice::Tcp(tcp)) = &sliced.transport else { return Err(NoSegment::Cut) };
    let payload = tcp.payload();
    let offset = offset_of(payload);
    Ok(Segment {
        time: packet.time,
        from: SocketAddr::new(from, tcp.source_port()),
        to: SocketAddr::new(to, tcp.destination_port()),
        sequence: tcp.sequence_number(),
        acknowledged: tcp.ack().then(|| tcp.acknowledgment_number()),
        syn: tcp.syn(),
        fin: tcp.fin(),
        rst: tcp.rst(),
        payload,
        missing: u32::try_from(end.saturating_sub(offset + payload.len())).unwrap_or(0),
        offset,
        checksum: offset_of(tcp.slice()) + 16,
    })
}
