//! A stream in pieces gives the same messages and the same error as the whole stream, whatever the pieces; and
//! the input keeps no more than a message that is not whole and what was pushed.

#![no_main]

use ged188::frame::{FrameError, HEADER_LEN};
use ged188::{Input, MessageType, RawMessage};
use libfuzzer_sys::fuzz_target;

/// All messages at the start of a stream, and the error that follows them.
fn whole(mut stream: &[u8], limit: usize) -> (Vec<(MessageType, &[u8])>, Option<FrameError>) {
    let mut messages = Vec::new();
    loop {
        match RawMessage::split_off(stream, limit) {
            Ok(Some((message, rest))) => {
                messages.push((message.message_type, message.body));
                stream = rest;
            }
            Ok(None) => return (messages, None),
            Err(error) => return (messages, Some(error)),
        }
    }
}

// The input: a byte for the limit, one for the number of pieces whose lengths follow, the lengths, the stream.
// Of the limit the uppermost bit says that messages are not taken before all has been pushed.
fuzz_target!(|input: &[u8]| {
    let Some((&[limit, pieces], rest)) = input.split_first_chunk() else { return };
    let (late, limit) = (limit & 0x80 != 0, usize::from(limit & 0x7F));
    let (lengths, stream) = rest.split_at(usize::from(pieces % 64).min(rest.len()));
    let (expected, lost) = whole(stream, limit);
    let mut expected = expected.into_iter();

    let mut frames = Input::new(limit);
    let (mut rest, mut lengths, mut most) = (stream, lengths.iter().cycle(), 0);
    while !rest.is_empty() {
        let length = usize::from(*lengths.next().unwrap_or(&255)).clamp(1, rest.len());
        let (piece, others) = rest.split_at(length);
        rest = others;
        frames.push(piece);
        if late && !rest.is_empty() {
            continue;
        }
        most = most.max(frames.buffered());
        let error = loop {
            match frames.next() {
                Ok(Some(message)) => {
                    assert_eq!(expected.next(), Some((message.message_type, message.body)));
                }
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        assert!(error.is_none() || error == lost);
        assert!(frames.buffered() < HEADER_LEN + limit.max(1), "all whole messages were taken");
        assert_eq!(frames.unfinished().len(), frames.buffered());
        if !late {
            assert!(frames.capacity() <= 4 * (HEADER_LEN + limit + 255), "{}", frames.capacity());
        }
    }
    assert!(most <= stream.len());
    if !stream.is_empty() {
        assert_eq!(expected.next(), None, "no message is missing");
        assert_eq!(frames.next().err(), lost);
    }
});
