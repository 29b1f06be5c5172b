//! Messages in a `Framed` of tokio-util.

use std::io;
use std::vec::Vec;

use tokio_util::bytes::{Buf, BytesMut};
use tokio_util::codec::{Decoder, Encoder};

use crate::frame::{DEFAULT_BODY_LIMIT, RawMessage};
use crate::message::{Encode, OwnedMessage};
use crate::version::ProtocolVersion;

/// A [`Decoder`](https://docs.rs/tokio-util/0.7/tokio_util/codec/trait.Decoder.html) and
/// [`Encoder`](https://docs.rs/tokio-util/0.7/tokio_util/codec/trait.Encoder.html) of messages, for programs that want a stream of messages and no session: recorders,
/// proxies, tests.
///
/// Messages are read and written in one version. An OPEN_REQ that passes, in either direction, sets it.
///
/// ```
/// use ged188::message::HeartbeatReq;
/// use ged188::{MessageCodec, MessageType, ProtocolVersion};
/// use tokio_util::bytes::BytesMut;
/// use tokio_util::codec::{Decoder, Encoder};
///
/// let mut codec = MessageCodec::new(ProtocolVersion::V14);
/// let mut bytes = BytesMut::new();
/// codec.encode(&HeartbeatReq { invoke_id: 7.into(), ..Default::default() }, &mut bytes)?;
/// assert_eq!(bytes[..], [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7]);
/// let message = codec.decode(&mut bytes)?.unwrap();
/// assert_eq!(message.message_type(), MessageType::HEARTBEAT_REQ);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MessageCodec {
    version: ProtocolVersion,
    limit: usize,
}

impl MessageCodec {
    /// A codec of this version, for bodies of up to 64 KiB.
    pub fn new(version: ProtocolVersion) -> Self {
        Self::with_limit(version, DEFAULT_BODY_LIMIT)
    }

    /// A codec for bodies of up to `limit` bytes.
    pub fn with_limit(version: ProtocolVersion, limit: usize) -> Self {
        Self { version, limit }
    }

    /// The version in which messages are read and written.
    pub fn version(&self) -> ProtocolVersion {
        self.version
    }
}

/// The error is [`InvalidData`](io::ErrorKind::InvalidData) with a [`FrameError`](crate::FrameError) in it if a header
/// announces too long a body.
impl Decoder for MessageCodec {
    type Item = OwnedMessage;
    type Error = io::Error;

    fn decode(&mut self, bytes: &mut BytesMut) -> io::Result<Option<OwnedMessage>> {
        let split = RawMessage::split_off(bytes, self.limit);
        let split = split.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let Some((raw, rest)) = split else { return Ok(None) };
        let (message, size) = (OwnedMessage::from(raw.in_version(self.version)), bytes.len() - rest.len());
        bytes.advance(size);
        self.version = message.version();
        Ok(Some(message))
    }
}

/// The error is [`InvalidInput`](io::ErrorKind::InvalidInput) with an [`EncodeError`](crate::EncodeError) in it if the
/// protocol does not allow the message.
impl<M: Encode + ?Sized> Encoder<&M> for MessageCodec {
    type Error = io::Error;

    fn encode(&mut self, message: &M, bytes: &mut BytesMut) -> io::Result<()> {
        let mut out = Vec::new();
        let version = message.number(crate::schema::Role::VersionNumber);
        let version = version.map_or(self.version, ProtocolVersion::nearest);
        message
            .encode_to(version, &mut out)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        bytes.extend_from_slice(&out);
        self.version = version;
        Ok(())
    }
}
