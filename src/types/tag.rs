//! The tags of floating fields.

use core::fmt;

/// The tag of a floating field: one byte on the wire up to version 19, two from version 20.
///
/// Tags without a name here survive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u16);

/// A tag with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedTag {
    /// The guide's name, as in `MONITORED_DEVID`.
    pub name: &'static str,
    /// The number.
    pub tag: Tag,
    /// First version that has it; 9 also stands for all versions before.
    pub since: u8,
    /// Last version that has it; 255 if it never went away.
    pub until: u8,
}

impl Tag {
    /// Whether such a field is a password, even where a message has no such field.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::CLIENT_PASSWORD | Self::AGENT_PASSWORD)
    }

    /// The guide's entry for this tag, if it has one.
    pub fn schema(self) -> Option<&'static NamedTag> {
        TAGS.binary_search_by_key(&self, |named| named.tag).ok().and_then(|at| TAGS.get(at))
    }

    /// The guide's name for this tag, if it has one.
    pub fn name(self) -> Option<&'static str> {
        self.schema().map(|named| named.name)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "Tag({})", self.0),
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! tags {
    ($($NAME:ident = $number:literal $(since $since:literal)? $(until $until:literal)?;)*) => {
        impl Tag {
            $(
                #[doc = concat!("`", stringify!($NAME), "`, ", stringify!($number)
                    $(, ", since version ", stringify!($since))? $(, ", until version ", stringify!($until))?, ".")]
                pub const $NAME: Self = Self($number);
            )*
        }

        /// All tags, by number.
        pub static TAGS: &[NamedTag] = &[$( NamedTag {
            name: stringify!($NAME),
            tag: Tag($number),
            since: tags!(@or 9 $($since)?),
            until: tags!(@or 255 $($until)?),
        } ),*];
    };
    (@or $default:literal) => { $default };
    (@or $default:literal $given:literal) => { $given };
}

tags! {
    CLIENT_ID = 1;
    CLIENT_PASSWORD = 2;
    CLIENT_SIGNATURE = 3;
    AGENT_EXTENSION = 4;
    AGENT_ID = 5;
    AGENT_INSTRUMENT = 6;
    TEXT = 7;
    ANI = 8;
    UUI = 9;
    DNIS = 10;
    DIALED_NUMBER = 11;
    CED = 12;
    CALL_VAR_1 = 13;
    CALL_VAR_2 = 14;
    CALL_VAR_3 = 15;
    CALL_VAR_4 = 16;
    CALL_VAR_5 = 17;
    CALL_VAR_6 = 18;
    CALL_VAR_7 = 19;
    CALL_VAR_8 = 20;
    CALL_VAR_9 = 21;
    CALL_VAR_10 = 22;
    CTI_CLIENT_SIGNATURE = 23;
    CTI_CLIENT_TIMESTAMP = 24;
    CONNECTION_DEVID = 25;
    ALERTING_DEVID = 26;
    CALLING_DEVID = 27;
    CALLED_DEVID = 28;
    LAST_REDIRECT_DEVID = 29;
    ANSWERING_DEVID = 30;
    HOLDING_DEVID = 31;
    RETRIEVING_DEVID = 32;
    RELEASING_DEVID = 33;
    FAILING_DEVID = 34;
    PRIMARY_DEVID = 35;
    SECONDARY_DEVID = 36;
    CONTROLLER_DEVID = 37;
    ADDED_PARTY_DEVID = 38;
    PARTY_CALLID = 39;
    PARTY_DEVID_TYPE = 40;
    PARTY_DEVID = 41;
    TRANSFERRING_DEVID = 42;
    TRANSFERRED_DEVID = 43;
    DIVERTING_DEVID = 44;
    QUEUE_DEVID = 45;
    CALL_WRAPUP_DATA = 46;
    NEW_CONNECTION_DEVID = 47;
    TRUNK_USED_DEVID = 48;
    AGENT_PASSWORD = 49;
    ACTIVE_CONN_DEVID = 50;
    FACILITY_CODE = 51;
    OTHER_CONN_DEVID = 52;
    HELD_CONN_DEVID = 53;
    CALL_CONN_CALLID = 56;
    CALL_CONN_DEVID_TYPE = 57;
    CALL_CONN_DEVID = 58;
    CALL_DEVID_TYPE = 59;
    CALL_DEVID = 60;
    CALL_DEV_CONN_STATE = 61;
    SKILL_GROUP_NUMBER = 62;
    SKILL_GROUP_ID = 63;
    SKILL_GROUP_PRIORITY = 64;
    SKILL_GROUP_STATE = 65;
    OBJECT_NAME = 66;
    DTMF_STRING = 67;
    POSITION_ID = 68;
    SUPERVISOR_ID = 69;
    LINE_HANDLE = 70;
    LINE_TYPE = 71;
    ROUTER_CALL_KEY_DAY = 72;
    ROUTER_CALL_KEY_CALLID = 73;
    CALL_STATE = 75;
    MONITORED_DEVID = 76;
    AUTHORIZATION_CODE = 77;
    ACCOUNT_CODE = 78;
    ORIGINATING_DEVID = 79;
    ORIGINATING_LINE_ID = 80;
    CLIENT_ADDRESS = 81;
    NAMED_VARIABLE = 82;
    NAMED_ARRAY = 83;
    CALL_CONTROL_TABLE = 84;
    SUPERVISOR_INSTRUMENT = 85;
    ATC_AGENT_ID = 86;
    AGENT_FLAGS = 87;
    ATC_AGENT_STATE = 88;
    ATC_STATE_DURATION = 89;
    AGENT_CONNECTION_DEVID = 90;
    SUPERVISOR_CONNECTION_DEVID = 91;
    LIST_TEAM_ID = 92;
    DEFAULT_DEVICE_PORT_ADDRESS = 93;
    SERVICE_NAME = 94;
    CUSTOMER_PHONE_NUMBER = 95;
    CUSTOMER_ACCOUNT_NUMBER = 96;
    APP_PATH_ID = 97;
    SCRIPT_SELECTOR = 99 since 20;
    APPLICATION_STRING1 = 100 since 20;
    APPLICATION_STRING2 = 101 since 20;
    ROUTER_CALL_KEY_SEQUENCE_NUM = 110;
    TRUNK_NUMBER = 121;
    TRUNK_GROUP_NUMBER = 122;
    NEXT_AGENT_STATE = 123 since 10;
    DEQUEUE_TYPE = 124 since 10;
    SENDING_ADDRESS = 125 since 10;
    SENDING_PORT = 126 since 10;
    MAX_QUEUED = 129 since 10;
    QUEUE_ID = 130 since 10;
    CUSTOMER_ID = 131 since 10;
    SERVICE_SKILL_TARGET_ID = 132 since 10;
    PERIPHERAL_NAME = 133 since 10;
    DESCRIPTION = 134 since 10;
    SERVICE_MEMBER_ID = 135 since 10;
    SERVICE_MEMBER_PRIORITY = 136 since 10;
    FIRST_NAME = 137 since 10;
    LAST_NAME = 138 since 10;
    SKILL_GROUP = 139 since 10;
    AGENT_SKILL_TARGET_ID = 141 since 10;
    SERVICE = 142 since 10;
    DURATION = 150 since 10;
    EXTENSION = 173 since 10;
    SERVICE_LEVEL_THRESHOLD = 174 since 10;
    SERVICE_LEVEL_TYPE = 175 since 10;
    CONFIG_PARAM = 176 since 10;
    SERVICE_CONFIG_KEY = 177 since 10;
    SKILL_GROUP_CONFIG_KEY = 178 since 10;
    AGENT_CONFIG_KEY = 179 since 10;
    DEVICE_CONFIG_KEY = 180 since 10;
    RECORD_TYPE = 183 since 10;
    PERIPHERAL_NUMBER = 184 since 10;
    AUTO_WORK = 185 since 10;
    NUM_SERVICE_MEMBERS = 186 since 10;
    SERVICE_MEMBER = 187 since 10;
    SERVICE_PRIORITY = 188 since 10;
    AGENT_TYPE = 189 since 10;
    LOGIN_ID = 190 since 10;
    NUM_SKILLS = 191 since 10;
    SKILL_GROUP_SKILL_TARGET_ID = 192 since 10;
    SERVICE_ID = 193 since 10;
    AGENT_ID_LONG = 194 since 10;
    DEVICE_TYPE = 195 since 10;
    ENABLE = 198 since 10;
    DEVICEID = 199 since 10;
    TIMEOUT = 200 since 10;
    CURRENT_ROUTE = 201 since 10;
    SECONDARY_CONNECTION_CALL_ID = 202 since 10;
    PRIORITY_QUEUE_NUMBER = 203 since 10;
    TEAM_NAME = 204 since 10;
    MEMBER_TYPE = 205 since 10;
    EVENT_DEVICE_ID = 206 since 10;
    LOGIN_NAME = 207 since 11;
    PERIPHERAL_ID = 208 since 11;
    CALL_TYPE_KEY_CONFIG = 209 since 11;
    CALL_TYPE_ID = 210 since 11;
    CUSTOMER_DEFINITION_ID = 211 since 11;
    ENTERPRISE_NAME = 212 since 11;
    OLD_PERIPHERAL_NUMBER = 213 since 11;
    CUR_LOGIN_ID = 214 since 11;
    ANI_II = 215 since 11;
    MR_DOMAIN_ID = 216 since 11;
    CTIOS_CIL_CLIENT_ID = 217 since 11;
    SILENT_MONITOR_STATUS = 218 since 11;
    REQUESTING_DEVICE_ID = 219 since 14;
    REQUESTING_DEVICE_ID_TYPE = 220 since 14;
    PRE_CALL_INVOKE_ID = 221 since 14;
    ENTERPRISE_QUEUE_TIME = 222 since 14;
    CALL_REFERENCE_ID = 223 since 14;
    MULTI_LINE_AGENT_CONTROL = 224 since 14;
    NETWORK_CONTROLLED = 225 since 14;
    CLIENT_ADDRESS_IPV6 = 226 since 14 until 18;
    SENDING_ADDRESS_IPV6 = 227 since 14 until 18;
    NUM_PERIPHERALS = 228 since 14;
    COC_CONNECTION_CALL_ID = 229 since 14;
    COC_CONNECTION_DEVICE_ID_TYPE = 230 since 14;
    COC_CONNECTION_DEVICE_ID = 231 since 14;
    CALL_ORIGINATED_FROM = 232 since 14;
    SET_APPDATA_CALLID = 233 since 14;
    CLIENT_SHARE_KEY = 234 since 14;
    AGENT_TEAM_NAME = 243 since 16;
    DIRECTION = 244 since 16;
    OPTIONS = 245 since 17;
    FLT_MRD_ID = 246 since 17;
    MEDIA_CLASS_ID = 247 since 18;
    TASK_LIFE = 248 since 18;
    TASK_START_TIMEOUT = 249 since 18;
    MAX_TASK_DURATION = 250 since 18;
    INTERRUPTIBLE = 251 since 18;
    MAX_CALLS_IN_QUEUE = 252 since 18;
    MAX_CALLS_IN_QUEUE_PER_CALL_TYPE = 253 since 18;
    MAX_TIME_IN_QUEUE = 254 since 18;
    INTERNAL_AGENT_STATE = 255 since 19;
    SSO_ENABLED = 257 since 20;
    FLT_TASK_ID = 258 since 20;
    FLT_ICM_DISP = 259 since 20;
    FLT_APP_DISP = 260 since 20;
    NUM_MRDS = 261 since 21;
    FLT_AGENT_MRD_ID = 262 since 21;
    FLT_AGENT_MRD_STATE = 263 since 21;
    FLT_PRECISION_QUEUE_ID = 264 since 22;
    FLT_PRECISION_QUEUE_NAME = 265 since 22;
    MAX_BEYOND_TASK_LIMIT = 266 since 22;
    AGENT_DESK_SETTINGS_ID = 267 since 22;
    XFER_IN_WHILE_LOGGED_OUT = 268 since 22;
    PERIPHERAL_CONFIG_KEY = 269 since 22;
    AGENT_DESK_SETTINGS_CONFIG_KEY = 270 since 22;
    CONFIG_PERIPHERAL_ID = 271 since 22;
    DEFAULT_AGENT_DESK_SETTINGS_ID = 272 since 22;
    FLT_DESK_SETTINGS_MASK = 273 since 22;
    FLT_WRAP_UP_DATA_INCOMING_MODE = 274 since 22;
    FLT_WRAP_UP_DATA_OUTGOING_MODE = 275 since 22;
    FLT_LOGOUT_NON_ACTIVITY_TIME = 276 since 22;
    FLT_QUALITY_RECORDING_RATE = 277 since 22;
    FLT_RING_NO_ANSWER_TIME = 278 since 22;
    FLT_SILENT_MONITOR_WARNING_MESSAGE = 279 since 22;
    FLT_SILENT_MONITOR_AUDIBLE_INDICATION = 280 since 22;
    FLT_SUPERVISOR_ASSIST_CALL_METHOD = 281 since 22;
    FLT_EMERGENCY_CALL_METHOD = 282 since 22;
    FLT_AUTO_RECORD_ON_EMERGENCY = 283 since 22;
    FLT_RECORDING_MODE = 284 since 22;
    FLT_WORK_MODE_TIMER = 285 since 22;
    FLT_RING_NO_ANSWER_DN_ID = 286 since 22;
    FLT_DEFAULT_DEVICE_PORT_ADDRESS = 287 since 22;
    DESKTOP_CONNECTED_FLAG = 288 since 23;
    PLAY_TONE_DIRECTION = 289 since 23;
    INVOCATION_TYPE = 290 since 23;
    RECORDER_ADDRESS = 291 since 23;
    TERMINAL_NAME = 292 since 23;
    MEDIA_FORKING_DEVICE_NAME = 293 since 23;
    PROTOCOL_REFERENCE_GUID = 294 since 23;
    MEDIA_FORKING_CLUSTER_ID = 295 since 23;
    RECORDER_URI = 296 since 23;
    RECORDER_ERROR_MSG = 297 since 23;
    RECORDER_TYPE = 298 since 23;
    RECORDER_STATUS = 299 since 23;
    RECORDING_DEVICE_ID = 300 since 23;
    FLT_TERM_TYPE = 302 since 24;
    FLT_TERM_DEVICE_NAME = 303 since 24;
    FLT_TERM_TYPE_NAME = 304 since 24;
    FLT_NUM_INSTRUMENTS = 305 since 24;
    ACD_SHARED_LINE_USAGE = 306 since 24;
    PLAY_ZIP_TONE = 307 since 24;
    FLT_ENABLED_SERVICES = 309 since 24;
    NUM_OF_ENABLED_SERVICES = 310 since 24;
    CCAI_CONFIG_ID = 311 since 24;
    MEDIA_TYPE = 312 since 24;
    MEDIA_PROVIDER = 313 since 24;
}
