//! What a monitor watches, and which events it lets through.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use crate::types::id::{CallId, SessionId, TeamId};
use crate::types::named_values::{AgentStateMask, CallEventMask, ConnectionDeviceIdType, DeviceIdType};
use crate::types::text::Str;
use crate::version::ProtocolVersion;

/// What a monitor watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target<'a> {
    /// A device: a trunk, a trunk group, the device of an agent.
    Device {
        /// What kind of device.
        device_type: DeviceIdType,
        /// Which one; for trunks and trunk groups their number in decimal.
        device_id: Str<'a>,
    },
    /// A call, by one of its connections.
    Call {
        /// The ConnectionCallID. Two calls may have the same.
        call_id: CallId,
        /// Whether the device identifier lasts.
        device_id_type: ConnectionDeviceIdType,
        /// The ConnectionDeviceID.
        device_id: Str<'a>,
    },
    /// The session of another client.
    Session(SessionId),
    /// An agent team.
    Team(TeamId),
}

impl<'a> Target<'a> {
    /// The device of an agent, by its extension or instrument.
    pub fn agent_device(device_id: impl Into<Str<'a>>) -> Self {
        Self::Device { device_type: DeviceIdType::DEVID_AGENT_DEVICE, device_id: device_id.into() }
    }

    /// A trunk, by its number in decimal.
    pub fn trunk(number: impl Into<Str<'a>>) -> Self {
        Self::Device { device_type: DeviceIdType::DEVID_TRUNK_IDENTIFIER, device_id: number.into() }
    }

    /// A trunk group, by its number in decimal.
    pub fn trunk_group(number: impl Into<Str<'a>>) -> Self {
        Self::Device { device_type: DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER, device_id: number.into() }
    }

    /// A call, by its identifier and a device that is connected to it; its ConnectionDeviceID is a static one, as of a device
    /// that is known. For a dynamic one there is [`Target::Call`].
    pub fn call(call_id: impl Into<CallId>, device_id: impl Into<Str<'a>>) -> Self {
        let device_id_type = ConnectionDeviceIdType::CONNECTION_ID_STATIC;
        Self::Call { call_id: call_id.into(), device_id_type, device_id: device_id.into() }
    }

    /// The target, with its identifier in `buffer`.
    #[inline]
    pub(crate) fn copy_to(self, buffer: &mut Vec<u8>) -> Target<'_> {
        buffer.clear();
        let mut copy = |id: Str<'_>| buffer.extend_from_slice(id.as_bytes());
        match self {
            Self::Device { device_type, device_id } => {
                copy(device_id);
                Target::Device { device_type, device_id: Str::from_bytes(buffer) }
            }
            Self::Call { call_id, device_id_type, device_id } => {
                copy(device_id);
                Target::Call { call_id, device_id_type, device_id: Str::from_bytes(buffer) }
            }
            Self::Session(session) => Target::Session(session),
            Self::Team(team) => Target::Team(team),
        }
    }
}

impl fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Device { device_type, device_id } => match *device_type {
                DeviceIdType::DEVID_AGENT_DEVICE => write!(f, "agent device {device_id}"),
                DeviceIdType::DEVID_TRUNK_IDENTIFIER => write!(f, "trunk {device_id}"),
                DeviceIdType::DEVID_TRUNK_GROUP_IDENTIFIER => write!(f, "trunk group {device_id}"),
                other => write!(f, "device {device_id} ({other:?})"),
            },
            Self::Call { call_id, device_id, .. } => write!(f, "call {call_id} at {device_id}"),
            Self::Session(session) => write!(f, "session {session}"),
            Self::Team(team) => write!(f, "team {team}"),
        }
    }
}

/// A [`Target`] that owns its identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub(crate) enum OwnedTarget {
    Device(DeviceIdType, #[cfg_attr(feature = "serde", serde(with = "device_id"))] Box<[u8]>),
    Call(CallId, ConnectionDeviceIdType, #[cfg_attr(feature = "serde", serde(with = "device_id"))] Box<[u8]>),
    Session(SessionId),
    Team(TeamId),
}

impl OwnedTarget {
    #[inline]
    pub(crate) fn as_target(&self) -> Target<'_> {
        match self {
            Self::Device(device_type, id) => {
                Target::Device { device_type: *device_type, device_id: Str::from_bytes(id) }
            }
            Self::Call(call_id, device_id_type, id) => Target::Call {
                call_id: *call_id,
                device_id_type: *device_id_type,
                device_id: Str::from_bytes(id),
            },
            Self::Session(session) => Target::Session(*session),
            Self::Team(team) => Target::Team(*team),
        }
    }
}

impl From<Target<'_>> for OwnedTarget {
    fn from(target: Target<'_>) -> Self {
        match target {
            Target::Device { device_type, device_id } => {
                Self::Device(device_type, device_id.as_bytes().into())
            }
            Target::Call { call_id, device_id_type, device_id } => {
                Self::Call(call_id, device_id_type, device_id.as_bytes().into())
            }
            Target::Session(session) => Self::Session(session),
            Target::Team(team) => Self::Team(team),
        }
    }
}

/// A device identifier as text, or as a list of bytes if it is not UTF-8.
#[cfg(feature = "serde")]
mod device_id {
    use alloc::boxed::Box;
    use alloc::string::String;
    use alloc::vec::Vec;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    enum Id {
        #[serde(rename = "text")]
        Text(String),
        #[serde(rename = "bytes")]
        Bytes(Vec<u8>),
    }

    pub(super) fn serialize<S: Serializer>(id: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        match core::str::from_utf8(id) {
            Ok(text) => Id::Text(text.into()),
            Err(_) => Id::Bytes(id.into()),
        }
        .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Box<[u8]>, D::Error> {
        Ok(match Id::deserialize(from)? {
            Id::Text(text) => text.into_bytes().into(),
            Id::Bytes(bytes) => bytes.into(),
        })
    }
}

/// Which events a monitor lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Masks {
    /// Call events.
    pub calls: CallEventMask,
    /// Agent states: AGENT_STATE_EVENT passes by the agent's new state.
    pub agents: AgentStateMask,
}

impl Masks {
    /// All events that the guide names. Of the events of a mask, a monitor asks for those that the session's version has.
    pub const ALL: Self = Self::known(ProtocolVersion::MAX);

    /// All events that the guide names in this version.
    pub const fn known(version: ProtocolVersion) -> Self {
        Self { calls: CallEventMask::known(version), agents: AgentStateMask::known(version) }
    }

    /// The masks to ask for in a session of this version.
    pub(crate) fn in_version(self, version: ProtocolVersion) -> Self {
        // Bits without a name stay.
        let (known, all) = (Self::known(version), Self::ALL);
        Self {
            calls: self.calls & (known.calls | !all.calls),
            agents: self.agents & (known.agents | !all.agents),
        }
    }
}

impl Default for Masks {
    fn default() -> Self {
        Self::ALL
    }
}
