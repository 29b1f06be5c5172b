//! The call variables, which the messages that carry call data have in common.

use crate::codec::macros::lines;

lines! {
    ($) call_variables {
        CallVariable1  STRING(41) => call_variable1: Str<'a> = CALL_VAR_1;
        CallVariable2  STRING(41) => call_variable2: Str<'a> = CALL_VAR_2;
        CallVariable3  STRING(41) => call_variable3: Str<'a> = CALL_VAR_3;
        CallVariable4  STRING(41) => call_variable4: Str<'a> = CALL_VAR_4;
        CallVariable5  STRING(41) => call_variable5: Str<'a> = CALL_VAR_5;
        CallVariable6  STRING(41) => call_variable6: Str<'a> = CALL_VAR_6;
        CallVariable7  STRING(41) => call_variable7: Str<'a> = CALL_VAR_7;
        CallVariable8  STRING(41) => call_variable8: Str<'a> = CALL_VAR_8;
        CallVariable9  STRING(41) => call_variable9: Str<'a> = CALL_VAR_9;
        CallVariable10 STRING(41) => call_variable10: Str<'a> = CALL_VAR_10;
    }
}
