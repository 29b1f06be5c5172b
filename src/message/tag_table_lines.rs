//! Fields that the guide's tag table gives to several messages, but not their own tables.

use crate::codec::macros::lines;

lines! {
    ($) agent_id_long {
        AgentIDLong STRING(129) => agent_id_long: Str<'a> = AGENT_ID_LONG [since 10], "Only the tag table names it";
    }
}

lines! {
    ($) cti_os_cil_client_id {
        CTIOSCILClientID STRING(64) => cti_os_cil_client_id: Str<'a> = CTIOS_CIL_CLIENT_ID [since 11], "Of the CTI OS client behind the session; only the tag table names it here";
    }
}
