//! All Events Service: what only clients that see all phones get.

use super::call_variables::call_variables;
use crate::codec::macros::messages;
use crate::types::text::{Bytes, NamedArray, NamedVariable, Str};

messages! {
    ($) AllEvents, "All Events Service";

    /// A call is on its way by translation route; tells what it will bring along.
    CALL_TRANSLATION_ROUTE_EVENT = 22 => CallTranslationRouteEvent, from Server, masked by CALL_TRANSLATION_ROUTE_MASK;
    fixed {
        NumNamedVariables USHORT counts named_variables;
        NumNamedArrays    USHORT counts named_arrays;
    }
    floating {
        ANI                         STRING(40)      => ani: Str<'a> = ANI;
        UserToUserInfo              UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI, "The user-to-user element of ISDN";
        DNIS                        STRING(32)      => dnis: Str<'a> = DNIS, "The DNIS under which the call will arrive";
        DialedNumber                STRING(40)      => dialed_number: Str<'a> = DIALED_NUMBER;
        CallerEnteredDigits         STRING(40)      => caller_entered_digits: Str<'a> = CED;
        RouterCallKeyDay            UINT            => router_call_key_day: u32 = ROUTER_CALL_KEY_DAY, "With RouterCallKeyCallID the 64-bit key of the call";
        RouterCallKeyCallID         UINT            => router_call_key_call_id: u32 = ROUTER_CALL_KEY_CALLID, "Counts from midnight";
        RouterCallKeySequenceNumber UINT            => router_call_key_sequence_number: u32 = ROUTER_CALL_KEY_SEQUENCE_NUM, "With day and call ID the TaskID";
    }
    then call_variables
    floating {
        NamedVariable               NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
        NamedArray                  NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
        ANI_II                      STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Only the tag table names it";
    }
}
