//! The neighbour: an SMPP `submit_sm` of about the size of a full CALL_DELIVERED_EVENT, for `rusmpp-core`.

use rusmpp_core::command::borrowed::Command;
use rusmpp_core::decode::borrowed::DecodeWithLength;

/// A `submit_sm` with 22 optional fields; it begins with command_id, as `rusmpp_core::command` wants it.
pub fn submit_sm() -> Vec<u8> {
    let mut pdu = Vec::new();
    // command_id, command_status, sequence_number.
    pdu.extend([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 7]);
    // Service type, source, destination.
    pdu.extend(b"CMT\0\x01\x010301234567\0\x01\x015551234567\0");
    // esm_class, protocol_id, priority_flag, two times, registered_delivery, replace, data_coding, message ID.
    pdu.extend([0, 0, 0, 0, 0, 1, 0, 0, 0]);
    let text = b"Your order 998122 is on its way. It will be with you tomorrow between nine and twelve. \
        Call 0301234567 if that does not suit you, and have your customer number at hand: 20134. Thank you.";
    pdu.push(text.len() as u8);
    pdu.extend(text);
    let fields: [(u16, &[u8]); 22] = [
        (0x0005, &[1]),
        (0x000D, &[1]),
        (0x0019, &[0]),
        (0x0201, &[0]),
        (0x0202, b"\xA01234"),
        (0x0203, b"\xA05678"),
        (0x0204, &[0, 9]),
        (0x0205, &[1]),
        (0x020A, &[0x1F, 0x90]),
        (0x020B, &[0x1F, 0x91]),
        (0x020C, &[0, 1]),
        (0x020D, &[1]),
        (0x020E, &[2]),
        (0x020F, &[1]),
        (0x0302, &[0]),
        (0x0303, b"\x01desk"),
        (0x0304, &[1]),
        (0x0381, b"\x01\x01\x010301234567"),
        (0x1201, &[1]),
        (0x1203, &[0, 1]),
        (0x1380, &[1]),
        (0x1383, &[1, 2]),
    ];
    for (tag, data) in fields {
        pdu.extend(tag.to_be_bytes());
        pdu.extend((data.len() as u16).to_be_bytes());
        pdu.extend(data);
    }
    pdu
}

/// Decodes it, and shows it to `each`.
pub fn decode<'a>(pdu: &'a [u8], each: impl FnOnce(&Command<'a, 32>)) {
    let (command, _) = Command::decode(pdu, pdu.len()).expect("a sound PDU");
    each(&command);
}
