//! The numbers and names of all messages.

use core::fmt;

use super::{MESSAGES, services};
use crate::schema::MessageSchema;
use crate::types::message_type::MessageType;

/// What is known of a message by its number alone.
impl MessageType {
    /// The message with this name of the guide, as in `MONITOR_START_REQ`.
    ///
    /// ```
    /// use ged188::MessageType;
    ///
    /// assert_eq!(MessageType::named("MONITOR_START_REQ"), Some(MessageType::MONITOR_START_REQ));
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let published =
            || MESSAGES.iter().find(|schema| schema.name == name).map(|schema| schema.message_type);
        let unpublished = || UNPUBLISHED.iter().find(|(_, other)| *other == name).map(|(number, _)| *number);
        published().or_else(unpublished)
    }

    /// The guide's name, if it has one.
    pub fn name(self) -> Option<&'static str> {
        let unpublished = || UNPUBLISHED.iter().find(|(number, _)| *number == self).map(|(_, name)| *name);
        self.schema().map(|schema| schema.name).or_else(unpublished)
    }

    /// The table of the message, if it was published.
    #[inline]
    pub fn schema(self) -> Option<&'static MessageSchema> {
        BY_NUMBER.get(usize::try_from(self.0).ok()?).copied()?
    }
}

/// The guide's name, or the number.
impl fmt::Debug for MessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "MessageType({})", self.0),
        }
    }
}

/// The numbers of messages with a published table are below this.
pub(crate) const NUMBERS: usize = 285;

/// The published tables, by number.
static BY_NUMBER: [Option<&MessageSchema>; NUMBERS] = {
    let mut by_number = [None; NUMBERS];
    let mut i = 0;
    while i < MESSAGES.len() {
        by_number[MESSAGES[i].message_type.0 as usize] = Some(MESSAGES[i]);
        i += 1;
    }
    by_number
};

/// Adds the constants of the messages that have a table.
macro_rules! published {
    ($(($Message:ident $NAME:ident $number:literal))*) => {
        /// The messages whose layout is published.
        impl MessageType {
            $(
                #[doc = concat!("[`", stringify!($Message), "`](crate::message::", stringify!($Message), "), ", $number, ".")]
                pub const $NAME: Self = Self($number);
            )*
        }
    };
}

services! { published }

macro_rules! unpublished {
    ($($NAME:ident = $number:literal;)*) => {
        /// The messages whose layout was never published.
        impl MessageType {
            $(
                #[doc = concat!(stringify!($number), ". The body comes as it is, in [`Message::Unknown`](crate::Message::Unknown).")]
                pub const $NAME: Self = Self($number);
            )*
        }

        /// The messages whose layout was never published, by number: known by name, carried as raw bodies.
        pub static UNPUBLISHED: &[(MessageType, &str)] = &[$((MessageType($number), stringify!($NAME))),*];
    };
}

unpublished! {
    SUPERVISOR_ASSIST_EVENT = 120;
    AGENT_TEAM_CONFIG_REQ = 126;
    AGENT_TEAM_CONFIG_CONF = 127;
    MEDIA_LOGIN_REQ = 151;
    MEDIA_LOGIN_RESP = 152;
    MEDIA_LOGOUT_IND = 153;
    MAKE_AGENT_ROUTABLE_IND = 154;
    MAKE_AGENT_NOT_ROUTABLE_REQ = 155;
    MAKE_AGENT_NOT_ROUTABLE_RESP = 156;
    MAKE_AGENT_READY_IND = 157;
    MAKE_AGENT_NOT_READY_REQ = 158;
    MAKE_AGENT_NOT_READY_RESP = 159;
    OFFER_TASK_IND = 160;
    OFFER_APPLICATION_TASK_REQ = 161;
    OFFER_APPLICATION_TASK_RESP = 162;
    START_TASK_IND = 163;
    START_APPLICATION_TASK_REQ = 164;
    START_APPLICATION_TASK_RESP = 165;
    PAUSE_TASK_IND = 166;
    RESUME_TASK_IND = 167;
    WRAPUP_TASK_IND = 168;
    END_TASK_IND = 169;
    AGENT_MADE_NOT_ROUTABLE_EVENT = 170;
    AGENT_INTERRUPT_ADVISORY_EVENT = 171;
    AGENT_INTERRUPT_ACCEPTED_IND = 172;
    AGENT_INTERRUPT_UNACCEPTED_IND = 173;
    AGENT_INTERRUPT_DONE_ADVISORY_EVENT = 174;
    AGENT_INTERRUPT_DONE_ACCEPTED_IND = 175;
    CHANGE_MAX_TASK_LIMIT_REQ = 176;
    CHANGE_MAX_TASK_LIMIT_RESP = 177;
    OVERRIDE_LIMIT_REQ = 178;
    OVERRIDE_LIMIT_RESP = 179;
    UPDATE_TASK_CONTEXT_IND = 180;
    BEGIN_AGENT_INIT_IND = 181;
    AGENT_INIT_REQ = 182;
    AGENT_INIT_RESP = 183;
    END_AGENT_INIT_IND = 184;
    TASK_INIT_IND = 185;
    AGENT_INIT_READY_EVENT = 186;
    GET_PRECALL_MESSAGES_REQ = 187;
    GET_PRECALL_MESSAGES_RESP = 188;
    AGENT_LEGACY_PRE_CALL_EVENT = 189;
    FAILURE_RESP = 190;
    BEGIN_TASK_EVENT = 191;
    QUEUED_TASK_EVENT = 192;
    DEQUEUED_TASK_EVENT = 193;
    OFFER_TASK_EVENT = 194;
    START_TASK_EVENT = 195;
    PAUSE_TASK_EVENT = 196;
    RESUME_TASK_EVENT = 197;
    WRAPUP_TASK_EVENT = 198;
    END_TASK_EVENT = 199;
    TASK_DATA_UPDATE_EVENT = 200;
    TASK_MONITOR_START_REQ = 201;
    TASK_MONITOR_START_CONF = 202;
    TASK_MONITOR_STOP_REQ = 203;
    TASK_MONITOR_STOP_CONF = 204;
    CHANGE_TASK_MONITOR_MASK_REQ = 205;
    CHANGE_TASK_MONITOR_MASK_CONF = 206;
    MAX_TASK_LIFETIME_EXCEEDED_EVENT = 207;
    SET_APP_PATH_DATA_IND = 208;
    TASK_INIT_REQ = 209;
    TASK_INIT_RESP = 210;
    ROUTE_REGISTER_EVENT = 211;
    ROUTE_REGISTER_REPLY_EVENT = 212;
    ROUTE_REQUEST_EVENT = 213;
    ROUTE_SELECT_EVENT = 214;
    ROUTE_END_EVENT = 215;
    CALL_TERMINATION_EVENT = 247;
    GET_AGENT_TASKS_REQ = 255;
    AGENT_TASKS_RESP = 256;
    SNAPSHOT_TASK_REQ = 257;
    SNAPSHOT_TASK_RESP = 258;
    AGENT_TASKS_EVENT = 262;
    SNAPSHOT_TASK_EVENT = 263;
    AGENT_TASKS_REQUEST_EVENT = 264;
    AGENT_TASKS_END_EVENT = 265;
    DESKTOP_CONNECTED_IND = 266;
}
