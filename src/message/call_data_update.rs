//! Call Data Update Service: changing the data of calls.

use super::call_variables::call_variables;
use super::tag_table_lines::cti_os_cil_client_id;
use crate::codec::macros::messages;
use crate::types::id::{
    CallId, CampaignId, InvokeId, PeripheralId, QueryRuleId, ServiceId, ServiceNumber, SkillGroupId,
    SkillGroupNumber,
};
use crate::types::named_values::{CallType, ConnectionDeviceIdType, DeviceIdType, DispositionCode};
use crate::types::text::{Bytes, NamedArray, NamedVariable, Str};

messages! {
($) CallDataUpdate, "Call Data Update Service";

/// Changes the variables of a call.
SET_CALL_DATA_REQ = 26 => SetCallDataReq, from Client, confirmed by SetCallDataConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>, "The ACD with the call";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
    NumNamedVariables      USHORT counts named_variables;
    NumNamedArrays         USHORT counts named_arrays;
    CallType               USHORT => call_type: CallType;
    CalledPartyDisposition USHORT => called_party_disposition: DispositionCode;
    CampaignID             UINT   => campaign_id: CampaignId, "0 where unused";
    QueryRuleID            UINT   => query_rule_id: QueryRuleId, "0 where unused";
}
floating {
    ConnectionDeviceID          STRING(64)      => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
    ANI                         STRING(40)      => ani: Str<'a> = ANI;
    UserToUserInfo              UNSPEC(131)     => user_to_user_info: Bytes<'a> = UUI, "The user-to-user element of ISDN";
    CallerEnteredDigits         STRING(40)      => caller_entered_digits: Str<'a> = CED;
}
then call_variables
floating {
    CallWrapupData              STRING(40)      => call_wrapup_data: Str<'a> = CALL_WRAPUP_DATA;
    NamedVariable               NAMEDVAR(251)   list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables], "All named variables and arrays together: at most 2,000 bytes";
    NamedArray                  NAMEDARRAY(252) list named_arrays: NamedArray<'a> = NAMED_ARRAY [count NumNamedArrays], "All named variables and arrays together: at most 2,000 bytes";
    CustomerPhoneNumber         STRING(20)      => customer_phone_number: Str<'a> = CUSTOMER_PHONE_NUMBER;
    CustomerAccountNumber       STRING(32)      => customer_account_number: Str<'a> = CUSTOMER_ACCOUNT_NUMBER;
    RouterCallKeyDay            UINT            => router_call_key_day: u32 = ROUTER_CALL_KEY_DAY [since 14], "If there, it is set";
    RouterCallKeyCallID         UINT            => router_call_key_call_id: u32 = ROUTER_CALL_KEY_CALLID [since 14], "If there, it is set";
    RouterCallKeySequenceNumber UINT            => router_call_key_sequence_number: u32 = ROUTER_CALL_KEY_SEQUENCE_NUM [since 14], "If there, it is set";
    CallOriginatedFrom          UCHAR           => call_originated_from: u8 = CALL_ORIGINATED_FROM [since 14], "For dialers: `D` says that the dialer made the call";
    ANI_II                      STRING(2)       => ani_ii: Str<'a> = ANI_II [since 11], "Only the tag table names it";
}
then cti_os_cil_client_id

/// Confirms that the data of the call are changed, and stay so.
SET_CALL_DATA_CONF = 27 => SetCallDataConf, from Server;

/// Says that the client has finished with a call, which goes on.
RELEASE_CALL_REQ = 28 => ReleaseCallReq, from Client, confirmed by ReleaseCallConf;
fixed {
    InvokeID               UINT   => invoke_id: InvokeId;
    PeripheralID           UINT   => peripheral_id: Option<PeripheralId>, "The ACD with the call";
    ConnectionDeviceIDType USHORT => connection_device_id_type: ConnectionDeviceIdType, "Kind of the ConnectionDeviceID";
    ConnectionCallID       UINT   => connection_call_id: Option<CallId>;
}
floating {
    ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID [required, call ConnectionCallID];
}

/// Confirms a RELEASE_CALL_REQ.
RELEASE_CALL_CONF = 29 => ReleaseCallConf, from Server;

/// Sets what calls from a device of the dialer start with.
SET_DEVICE_ATTRIBUTES_REQ = 141 => SetDeviceAttributesReq, from Client, confirmed by SetDeviceAttributesConf;
fixed {
    InvokeID           UINT   => invoke_id: InvokeId;
    PeripheralID       UINT   => peripheral_id: Option<PeripheralId>, "The ACD with the call";
    ServiceNumber      UINT   => service_number: Option<ServiceNumber>, "The peripheral's number";
    ServiceID          UINT   => service_id: Option<ServiceId>;
    SkillGroupNumber   UINT   => skill_group_number: Option<SkillGroupNumber>, "The peripheral's number; some ACDs ignore it";
    SkillGroupID       UINT   => skill_group_id: Option<SkillGroupId>;
    SkillGroupPriority USHORT => skill_group_priority: u16, "0 where there is none";
    CallType           USHORT => call_type: CallType, "`0xFFFF` for none";
    CallingDeviceType  USHORT => calling_device_type: DeviceIdType, "Kind of the CallingDeviceID";
}
floating {
    CallingDeviceID STRING(64) => calling_device_id: Str<'a> = CALLING_DEVID [required, device CallingDeviceType];
}

/// Confirms a SET_DEVICE_ATTRIBUTES_REQ.
SET_DEVICE_ATTRIBUTES_CONF = 142 => SetDeviceAttributesConf, from Server;
}
