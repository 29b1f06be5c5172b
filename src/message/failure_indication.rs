//! Failure Indication: refusals and failures.

use crate::definition::messages;
use crate::id::InvokeId;
use crate::named_values::StatusCode;
use crate::text::Bytes;

messages! {
    ($) "Failure Indication";

    /// Refuses a request, in place of its confirmation.
    FAILURE_CONF = 1 => FailureConf, from Server;
    fixed {
        InvokeID UINT => invoke_id: InvokeId;
        Status   UINT => status: StatusCode;
    }
    floating {
        CTIOSCILClientID UNSPEC(64) => cti_os_cil_client_id: Bytes<'a> = CTIOS_CIL_CLIENT_ID [since 11], "Only the tag table names it; its type was never published";
    }

    /// Tells of a failure that is no answer to a request.
    FAILURE_EVENT = 2 => FailureEvent, from Server;
    fixed {
        Status UINT => status: StatusCode;
    }
    floating {}
}
