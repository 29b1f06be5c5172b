//! Failure Indication: refusals and failures.

use super::tag_table_lines::cti_os_cil_client_id;
use crate::codec::macros::messages;
use crate::codec::unknown::UnknownFields;
use crate::codec::wire::Number;
use crate::frame::RawMessage;
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;
use crate::types::named_values::StatusCode;
use crate::types::tag::Tag;
use crate::types::text::Str;
use crate::version::ProtocolVersion;

messages! {
    ($) FailureIndication, "Failure Indication";

    /// Refuses a request, in place of its confirmation.
    FAILURE_CONF = 1 => FailureConf, from Server, read by conf_with_short_status;
    fixed {
        InvokeID UINT => invoke_id: InvokeId;
        Status   UINT => status: StatusCode;
    }
    floating {}
    then cti_os_cil_client_id

    /// Tells of a failure that is no answer to a request.
    FAILURE_EVENT = 2 => FailureEvent, from Server, read by event_with_short_status;
    fixed {
        Status UINT => status: StatusCode;
    }
    floating {}
}

/// Bytes of the layout that the guides of versions 24 and 25 print, behind the InvokeID if there is one: FailureCode USHORT
/// and PeripheralErrorCode UINT in place of Status UINT.
const SHORT_STATUS: usize = 6;

/// The status in that layout, which shows by its length, and what comes before it.
fn short_status(body: &[u8], before: usize) -> Option<(&[u8], StatusCode)> {
    let (before, rest) = body.split_at_checked(before)?;
    let [high, low, .., tag, length] = *rest else { return None };
    // In the usual layout, the last two bytes would be a whole field without data.
    let is_field = (u16::from(tag), length) == (Tag::CTIOS_CIL_CLIENT_ID.0, 0);
    (rest.len() == SHORT_STATUS && !is_field)
        .then_some((before, StatusCode(u16::from_be_bytes([high, low]).into())))
}

fn conf_with_short_status(version: ProtocolVersion, body: &[u8]) -> Option<FailureConf<'_>> {
    let (invoke_id, status) = short_status(body, u32::SIZE)?;
    let invoke_id = InvokeId(u32::read(invoke_id)?);
    Some(FailureConf { invoke_id, status, unknown: UnknownFields::none(version, body), ..Default::default() })
}

fn event_with_short_status(version: ProtocolVersion, body: &[u8]) -> Option<FailureEvent<'_>> {
    let (_, status) = short_status(body, 0)?;
    Some(FailureEvent { status, unknown: UnknownFields::none(version, body) })
}

/// Whether a message has that layout.
pub(crate) fn has_short_status(message: RawMessage<'_>) -> bool {
    match message.message_type {
        MessageType::FAILURE_CONF => short_status(message.body, u32::SIZE).is_some(),
        MessageType::FAILURE_EVENT => short_status(message.body, 0).is_some(),
        _ => false,
    }
}
