//! What is measured: messages as typed values and as bytes, five seconds of a busy hour, and baselines.

#![forbid(unsafe_code)]

pub mod baseline;
pub mod binrw;
pub mod deku;
mod messages;
mod mix;
pub mod monitors;
pub mod session;
pub mod smpp;
pub mod turns;

use ged188::message::Message;
use ged188::{Encode, ProtocolVersion, RawMessage};

pub use messages::*;
pub use mix::{CALLS, Mix, busy_hour, busy_hour_of_requests, confirmation};

/// The versions that are measured: an old one, and the newest, in which floating fields have wider headers. Version 9 lacks
/// some of the messages and fields.
pub const VERSIONS: [ProtocolVersion; 2] = [version(10), ProtocolVersion::MAX];

const fn version(number: u32) -> ProtocolVersion {
    match ProtocolVersion::new(number) {
        Some(version) => version,
        None => panic!("an unknown version"),
    }
}

/// A message to measure.
pub struct Subject {
    /// The guide's name.
    pub name: &'static str,
    /// The version in which it is written.
    pub version: ProtocolVersion,
    /// The typed value.
    pub message: Message<'static>,
    /// The same on the wire, header included.
    pub bytes: Vec<u8>,
}

impl Subject {
    /// The message with this value.
    pub fn new(version: ProtocolVersion, message: Message<'static>) -> Self {
        let mut bytes = Vec::new();
        message.encode_to(version, &mut bytes).expect("an allowed message");
        Self { name: message.name().expect("a published message"), version, message, bytes }
    }

    /// The message as it is cut from a stream.
    pub fn raw(&self) -> RawMessage<'_> {
        let (raw, _) = RawMessage::split_off(&self.bytes, usize::MAX).expect("short").expect("whole");
        raw
    }
}

/// The messages that are measured one by one.
pub fn subjects(version: ProtocolVersion) -> Vec<Subject> {
    vec![
        Subject::new(version, heartbeat_req().into()),
        Subject::new(version, monitor_start_req().into()),
        Subject::new(version, agent_state_event(version, 1).into()),
        Subject::new(version, call_delivered_event(version).into()),
        Subject::new(version, snapshot_call_conf().into()),
        Subject::new(version, query_skill_group_statistics_conf(version).into()),
        Subject::new(version, config_agent_event(version).into()),
    ]
}
