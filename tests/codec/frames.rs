//! Messages out of a stream, whatever the pieces it comes in.

use ged188::frame::{DEFAULT_BODY_LIMIT, FrameError, HEADER_LEN};
use ged188::{Input, MessageType, RawMessage};
use proptest::prelude::*;

fn frame(message_type: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short");
    [&length.to_be_bytes(), &message_type.to_be_bytes(), body].concat()
}

/// All messages of a stream that comes in these pieces, and what ended it.
fn decode(limit: usize, pieces: &[&[u8]]) -> (Vec<(u32, Vec<u8>)>, Option<FrameError>) {
    let mut input = Input::new(limit);
    let mut messages = Vec::new();
    for piece in pieces {
        input.push(piece);
        loop {
            match input.next() {
                Ok(Some(message)) => messages.push((message.message_type.0, message.body.to_vec())),
                Ok(None) => break,
                Err(error) => return (messages, Some(error)),
            }
        }
    }
    (messages, None)
}

#[test]
fn messages_come_out_whole() {
    let stream = [frame(5, &[0, 0, 0, 1]), frame(277, &[]), frame(9999, b"whatever")].concat();
    let expected = [(5, vec![0, 0, 0, 1]), (277, vec![]), (9999, b"whatever".to_vec())];
    assert_eq!(decode(100, &[&stream]), (expected.to_vec(), None));
    let bytes: Vec<_> = stream.chunks(1).collect();
    assert_eq!(decode(100, &bytes), (expected.to_vec(), None));
}

#[test]
fn a_message_waits_for_its_last_byte() {
    let stream = frame(5, &[0, 0, 0, 1]);
    let mut input = Input::default();
    input.push(&stream[..stream.len() - 1]);
    assert_eq!(input.next(), Ok(None));
    assert_eq!(input.buffered(), 11);
    input.push(&stream[stream.len() - 1..]);
    let body = [0, 0, 0, 1];
    assert_eq!(input.next(), Ok(Some(RawMessage { message_type: MessageType::HEARTBEAT_REQ, body: &body })));
    assert_eq!(input.next(), Ok(None));
    assert_eq!(input.buffered(), 0);
}

#[test]
fn the_limit_is_on_the_body() {
    let longest = frame(7, &[1; 100]);
    assert_eq!(decode(100, &[&longest]).0.len(), 1);
    let error = FrameError { length: 101, limit: 100 };
    assert_eq!(decode(100, &[&frame(7, &[1; 101])]), (vec![], Some(error)));
    assert_eq!(error.to_string(), "a message announces a body of 101 bytes, at most 100 are taken");
    assert_eq!(DEFAULT_BODY_LIMIT, 65_536);
    let header = |length: u32| [length.to_be_bytes(), 7u32.to_be_bytes()].concat();
    for (length, error) in [(65_536, None), (65_537, Some(FrameError { length: 65_537, limit: 65_536 }))] {
        let mut input = Input::default();
        input.push(&header(length));
        assert_eq!(input.next().err(), error);
    }
}

#[test]
fn an_overlong_message_is_the_end_and_is_not_buffered() {
    let mut input = Input::default();
    let stream = [frame(5, &[0, 0, 0, 1]), vec![0xFF; 1000]].concat();
    let error = FrameError { length: 0xFFFF_FFFF, limit: 65_536 };
    input.push(&stream);
    assert_eq!(input.next().map(|message| message.map(|message| message.body.len())), Ok(Some(4)));
    assert_eq!(input.next(), Err(error));
    assert_eq!((input.buffered(), input.capacity()), (0, 0), "nothing of it is kept");
    input.push(&[0; 1000]);
    assert_eq!((input.buffered(), input.capacity()), (0, 0), "and nothing after it");
    assert_eq!(input.next(), Err(error), "the error is final");
}

#[test]
fn bytes_are_read_from_where_they_come() {
    let stream = [frame(5, &[0, 0, 0, 1]), frame(6, &[7; 30_000])].concat();
    let mut reader = &stream[..];
    let mut input = Input::default();
    let mut read = 0;
    loop {
        match input.read_from(&mut reader).unwrap() {
            0 => break,
            count => read += count,
        }
    }
    assert_eq!((read, input.buffered()), (stream.len(), stream.len()));
    assert_eq!(input.next().unwrap().unwrap().body.len(), 4);
    assert_eq!(input.next().unwrap().unwrap().body, [7; 30_000]);
    assert_eq!(input.next(), Ok(None));
    // An error of the reader takes nothing away.
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::WouldBlock.into())
        }
    }
    input.push(&stream[..5]);
    assert!(input.read_from(&mut Broken).is_err());
    assert_eq!(input.unfinished(), &stream[..5]);
}

#[test]
fn a_slice_is_split_without_a_decoder() {
    let stream = [frame(5, &[0, 0, 0, 1]), frame(6, &[0, 0, 0, 1])].concat();
    let (first, rest) = RawMessage::split_off(&stream, 10).unwrap().unwrap();
    assert_eq!(first.message_type, MessageType::HEARTBEAT_REQ);
    let (second, rest) = RawMessage::split_off(rest, 10).unwrap().unwrap();
    assert_eq!(second.message_type, MessageType::HEARTBEAT_CONF);
    assert_eq!(RawMessage::split_off(rest, 10), Ok(None));
    assert_eq!(RawMessage::split_off(&stream[..11], 10), Ok(None));
    assert_eq!(RawMessage::split_off(&stream, 3), Err(FrameError { length: 4, limit: 3 }));
}

#[test]
fn memory_stays_in_proportion_to_what_is_not_taken() {
    // Messages are taken as they come, but a piece of one is always there: the buffer does not grow.
    let mut input = Input::default();
    let stream = frame(5, &[7; 1000]).repeat(1000);
    for piece in stream.chunks(777) {
        input.push(piece);
        while input.next().unwrap().is_some() {}
    }
    assert!(input.capacity() < 8192, "{}", input.capacity());
    let mut input = Input::default();
    assert_eq!(input.capacity(), 0);
    input.push(&stream[..500]);
    assert!(input.capacity() >= 500);
}

#[test]
fn a_message_shows_its_type_and_length_and_not_its_bytes() {
    let stream = frame(5, b"\0\0\0\x07");
    let (raw, _) = RawMessage::split_off(&stream, 100).unwrap().unwrap();
    assert_eq!(format!("{raw:?}"), "RawMessage(HEARTBEAT_REQ, 4 bytes)");
}

proptest! {
    #[test]
    fn any_split_gives_the_same_messages(
        messages in prop::collection::vec((0..300u32, prop::collection::vec(any::<u8>(), 0..40)), 0..20),
        tail in prop::collection::vec(any::<u8>(), 0..30),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
        limit in 20..60usize,
    ) {
        let mut stream: Vec<u8> = messages.iter().flat_map(|(number, body)| frame(*number, body)).collect();
        stream.extend(tail);
        let whole = decode(limit, &[&stream]);
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).chain([0, stream.len()]).collect();
        cuts.sort_unstable();
        let pieces: Vec<_> = cuts.windows(2).map(|ends| &stream[ends[0]..ends[1]]).collect();
        prop_assert_eq!(&decode(limit, &pieces), &whole);
        let bytes: Vec<_> = stream.chunks(1).collect();
        prop_assert_eq!(&decode(limit, &bytes), &whole);
        // Up to a message that is too long, all of them are there.
        let sound = messages.iter().take_while(|(_, body)| body.len() <= limit).count();
        prop_assert!(whole.0.iter().zip(&messages).take(sound).all(|(found, message)| found == message));
        prop_assert!(whole.0.len() >= sound);
        prop_assert_eq!(HEADER_LEN, 8);
    }
}

#[cfg(feature = "tokio-util")]
#[test]
fn a_codec_of_tokio_util_cuts_and_writes_messages() {
    use ged188::message::{HeartbeatReq, OpenReq};
    use ged188::{MessageCodec, ProtocolVersion};
    use tokio_util::bytes::BytesMut;
    use tokio_util::codec::{Decoder, Encoder};

    let (mut codec, mut bytes) = (MessageCodec::with_limit(ProtocolVersion::V9, 64), BytesMut::new());
    // Byte by byte, two messages.
    let stream = [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 6, 0, 0, 0, 7];
    let mut types = Vec::new();
    for byte in stream {
        bytes.extend([byte]);
        types.extend(codec.decode(&mut bytes).unwrap().map(|message| message.message_type().0));
    }
    assert_eq!(types, [5, 6]);
    assert!(bytes.is_empty());
    // An OPEN_REQ sets the version of what follows.
    let open = OpenReq {
        version_number: 24.into(),
        idle_timeout: 20,
        client_id: Some("a".into()),
        client_password: Some(ged188::Secret::new(ged188::Bytes(b""))),
        ..Default::default()
    };
    codec.encode(&open, &mut bytes).unwrap();
    assert_eq!(codec.version(), ProtocolVersion::V24);
    let mut server = MessageCodec::new(ProtocolVersion::V9);
    assert_eq!(server.decode(&mut bytes).unwrap().unwrap().version(), ProtocolVersion::V24);
    assert_eq!(server.version(), ProtocolVersion::V24);
    // What is too long, and what the guide forbids.
    bytes.extend([0, 0, 0, 65, 0, 0, 0, 5]);
    assert_eq!(codec.decode(&mut bytes).unwrap_err().kind(), std::io::ErrorKind::InvalidData);
    let error = codec.encode(&OpenReq { client_id: None, ..open }, &mut bytes).unwrap_err();
    assert_eq!(error.to_string(), "OPEN_REQ: ClientID is required");
    codec.encode(&HeartbeatReq::default(), &mut BytesMut::new()).unwrap();
}
