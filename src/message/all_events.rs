//! All Events Service: what only clients that see all phones get.

use crate::definition::messages;
use crate::text::{Bytes, NamedArray, NamedVariable, Str};

messages! {
    ($) "All Events Service";

    /// A call is on its way by translation route; tells what it will bring along.
    CALL_TRANSLATION_ROUTE_EVENT = 22 => CallTranslationRouteEvent, from Server;
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
        CallVariable1               STRING(41)      => call_variable1: Str<'a> = CALL_VAR_1;
        CallVariable2               STRING(41)      => call_variable2: Str<'a> = CALL_VAR_2;
        CallVariable3               STRING(41)      => call_variable3: Str<'a> = CALL_VAR_3;
        CallVariable4               STRING(41)      => call_variable4: Str<'a> = CALL_VAR_4;
        CallVariable5               STRING(41)      => call_variable5: Str<'a> = CALL_VAR_5;
        CallVariable6               STRING(41)      => call_variable6: Str<'a> = CALL_VAR_6;
        CallVariable7               STRING(41)      => call_variable7: Str<'a> = CALL_VAR_7;
        CallVariable8               STRING(41)      => call_variable8: Str<'a> = CALL_VAR_8;
        CallVariable9               STRING(41)      => call_variable9: Str<'a> = CALL_VAR_9;
        CallVariable10              STRING(41)      => call_variable10: Str<'a> = CALL_VAR_10;
        NamedVariable               NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
        NamedArray                  NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
        ANI_II                      STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Only the tag table names it";
    }
}
