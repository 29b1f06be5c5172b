//! Bytes as a peer would send them: sound messages, with identifiers that mean something to the other end.

use ged188::schema::Role;
use ged188::{Encode, Message, MessageType, ProtocolVersion};

/// The message, encoded, with these numbers in place of its own; nothing if the protocol forbids it.
pub fn bytes_of(
    message: &Message<'_>,
    version: ProtocolVersion,
    invoke_id: Option<u32>,
    monitor_id: Option<u32>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    if message.encode_to(version, &mut bytes).is_err() {
        return Vec::new();
    }
    let mut at = 8;
    for field in message.schema().into_iter().flat_map(|schema| schema.fixed_fields(version)) {
        let number = match field.role {
            Role::InvokeId => invoke_id,
            Role::MonitorId => monitor_id,
            _ => None,
        };
        if let (Some(number), Some(place)) = (number, bytes.get_mut(at..at + 4)) {
            place.copy_from_slice(&number.to_be_bytes());
        }
        at += field.wire.size();
    }
    bytes
}

/// The type of the message that confirms a request of this type.
pub fn reply_to(request: MessageType) -> Option<MessageType> {
    request.schema()?.reply
}
