//! From what two ends say to packets, and from packets to files.

use std::net::{IpAddr, SocketAddr};

use etherparse::PacketBuilder;

use super::scene::Said;

/// 2025-06-01 08:00:00 UTC.
pub const START: u64 = 1_748_764_800_000_000_000;

/// A TCP segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Tcp {
    pub time: u64,
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub sequence: u32,
    pub acknowledged: Option<u32>,
    pub syn: bool,
    pub fin: bool,
    pub rst: bool,
    pub payload: Vec<u8>,
}

pub fn client(n: u16) -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 1], 50_000 + n))
}

pub fn server() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 2], 42_027))
}

/// A connection from its SYN to its last acknowledgement, in segments of up to `most` bytes. Sequence numbers wrap soon.
pub fn connection(client: SocketAddr, server: SocketAddr, said: &[Said], most: usize) -> Vec<Tcp> {
    let mut next = [u32::MAX - 300, u32::MAX - 500];
    let mut all = Vec::new();
    let mut time = START;
    let mut push = |time: u64, from_client: bool, syn, fin, payload: &[u8], next: &mut [u32; 2]| {
        let (from, to) = if from_client { (client, server) } else { (server, client) };
        let (mine, other) = if from_client { (0, 1) } else { (1, 0) };
        let acknowledged = (!(syn && from_client)).then_some(next[other]);
        let payload = payload.to_vec();
        let length = payload.len() as u32 + u32::from(syn) + u32::from(fin);
        all.push(Tcp { time, from, to, sequence: next[mine], acknowledged, syn, fin, rst: false, payload });
        next[mine] = next[mine].wrapping_add(length);
    };
    push(time, true, true, false, &[], &mut next);
    push(time + 100_000, false, true, false, &[], &mut next);
    push(time + 200_000, true, false, false, &[], &mut next);
    for one in said {
        time = (time + 1_000_000).max(START + u64::try_from(one.time.as_nanos()).unwrap());
        for part in one.bytes.chunks(most) {
            push(time, one.from_client, false, false, part, &mut next);
            time += 10_000;
        }
        push(time, !one.from_client, false, false, &[], &mut next);
    }
    time += 1_000_000;
    push(time, true, false, true, &[], &mut next);
    push(time + 100_000, false, false, true, &[], &mut next);
    push(time + 200_000, true, false, false, &[], &mut next);
    all
}

/// What stands before the IP header.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Link {
    Ethernet,
    Vlan,
    Null,
    Raw,
    Cooked,
    Cooked2,
}

impl Link {
    pub const ALL: [Self; 6] =
        [Self::Ethernet, Self::Vlan, Self::Null, Self::Raw, Self::Cooked, Self::Cooked2];

    fn number(self) -> u16 {
        match self {
            Self::Ethernet | Self::Vlan => 1,
            Self::Null => 0,
            Self::Raw => 101,
            Self::Cooked => 113,
            Self::Cooked2 => 276,
        }
    }
}

/// A packet as it goes over the wire.
pub fn packet(tcp: &Tcp, link: Link) -> Vec<u8> {
    let mut ip = Vec::new();
    let builder = match (tcp.from.ip(), tcp.to.ip()) {
        (IpAddr::V4(from), IpAddr::V4(to)) => PacketBuilder::ipv4(from.octets(), to.octets(), 64),
        (IpAddr::V6(from), IpAddr::V6(to)) => PacketBuilder::ipv6(from.octets(), to.octets(), 64),
        _ => panic!("of one kind"),
    };
    let mut tcp_builder = builder.tcp(tcp.from.port(), tcp.to.port(), tcp.sequence, 65_000);
    if let Some(acknowledged) = tcp.acknowledged {
        tcp_builder = tcp_builder.ack(acknowledged);
    }
    if tcp.syn {
        tcp_builder = tcp_builder.syn();
    }
    if tcp.fin {
        tcp_builder = tcp_builder.fin();
    }
    if tcp.rst {
        tcp_builder = tcp_builder.rst();
    }
    tcp_builder.write(&mut ip, &tcp.payload).unwrap();
    let ether_type: [u8; 2] = if tcp.from.is_ipv4() { [0x08, 0x00] } else { [0x86, 0xDD] };
    let mut bytes = match link {
        Link::Ethernet => [&[2; 12][..], &ether_type].concat(),
        Link::Vlan => [&[2; 12][..], &[0x81, 0x00, 0x00, 0x07], &ether_type].concat(),
        Link::Null => (if tcp.from.is_ipv4() { 2u32 } else { 30 }).to_le_bytes().to_vec(),
        Link::Raw => Vec::new(),
        Link::Cooked => [&[0; 14][..], &ether_type].concat(),
        Link::Cooked2 => [&ether_type[..], &[0; 18]].concat(),
    };
    bytes.extend(ip);
    if link == Link::Ethernet && bytes.len() < 60 {
        // Frames have a least length.
        bytes.resize(60, 0xEE);
    }
    bytes
}

/// How a capture is written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    pub ng: bool,
    pub big_endian: bool,
    pub link: Link,
    pub snap_len: usize,
}

pub const PCAP: Format = Format { ng: false, big_endian: false, link: Link::Ethernet, snap_len: 65_535 };
pub const PCAPNG: Format = Format { ng: true, ..PCAP };

/// A capture file.
pub fn file(segments: &[Tcp], format: Format) -> Vec<u8> {
    let n32 = |n: u32| if format.big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
    let n16 = |n: u16| if format.big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
    let block = |block_type: u32, body: &[u8]| {
        let mut padded = body.to_vec();
        padded.resize(body.len().next_multiple_of(4), 0);
        let length = n32(padded.len() as u32 + 12);
        [&n32(block_type)[..], &length, &padded, &length].concat()
    };
    let mut file = Vec::new();
    if format.ng {
        let comment = [&n16(1)[..], &n16(8), b"5001 Ada", &[0; 4]].concat();
        file.extend(block(
            0x0A0D_0D0A,
            &[&n32(0x1A2B_3C4D)[..], &n16(1), &n16(0), &[0xFF; 8], &comment].concat(),
        ));
        // Times count in nanoseconds.
        let options = [&n16(2)[..], &n16(4), b"eth0", &n16(9), &n16(1), &[9, 0, 0, 0], &[0; 4]].concat();
        let link = n16(format.link.number());
        file.extend(block(1, &[&link[..], &[0; 2], &n32(format.snap_len as u32), &options].concat()));
        // The name of a host.
        let name = [&n16(1)[..], &n16(13), &[10, 0, 0, 1], b"recorder\0\0\0\0", &[0; 4]].concat();
        file.extend(block(4, &name));
    } else {
        file.extend([&n32(0xA1B2_C3D4)[..], &n16(2), &n16(4), &[0; 8]].concat());
        file.extend([n32(format.snap_len as u32), n32(format.link.number().into())].concat());
    }
    for segment in segments {
        let packet = packet(segment, format.link);
        let kept = &packet[..packet.len().min(format.snap_len)];
        let lengths = [n32(kept.len() as u32), n32(packet.len() as u32)].concat();
        if format.ng {
            let time = [n32((segment.time >> 32) as u32), n32(segment.time as u32)].concat();
            file.extend(block(6, &[&n32(0)[..], &time, &lengths, kept].concat()));
        } else {
            let micros = segment.time / 1000;
            let time = [n32((micros / 1_000_000) as u32), n32((micros % 1_000_000) as u32)].concat();
            file.extend([&time[..], &lengths, kept].concat());
        }
    }
    file
}
