//! One field of a message.

use core::num::NonZeroU16;

use super::value::{Role, ValueTable, WIDE_BOOL, WireType};
use crate::types::tag::Tag;
use crate::version::ProtocolVersion;

/// A field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSchema {
    /// The guide's name, as in `ConnectionCallID`.
    pub name: &'static str,
    /// How it stands on the wire.
    pub wire: WireType,
    /// The tag of a floating field; `None` in the fixed part, and where the tag was never published.
    pub tag: Option<Tag>,
    /// The most bytes that a sender may put into a floating field, a STRING's NUL included.
    pub max: Option<NonZeroU16>,
    /// Whether a sender has to give it.
    pub need: Need,
    /// First version that has it.
    pub since: u8,
    /// Last version that has it; 255 if it never went away.
    pub until: u8,
    /// The most entries that the guide allows, for a count.
    pub limit: Option<NonZeroU16>,
    /// Whether all ones stand for "none".
    pub nullable: bool,
    /// The names of its values.
    pub values: Option<&'static ValueTable>,
    /// Whether it is a password.
    pub secret: bool,
    /// What it identifies.
    pub role: Role,
    pub(crate) related: Option<&'static Related>,
    pub(crate) place: Place,
}

/// Where reading puts a field. One byte, so that a line of the schema takes 48.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place(u8);

impl Place {
    const LISTED: u8 = 0x80;
    /// The most slots.
    pub(crate) const MAX: usize = 0x80;
    /// A field that appears once, whose slot is not known yet.
    pub(crate) const ALONE: Self = Self(0);
    /// A field of a list.
    pub(crate) const IN_LIST: Self = Self(Self::LISTED);

    /// The same in this slot.
    #[allow(clippy::cast_possible_truncation, reason = "there are not so many slots")]
    pub(crate) const fn at(self, slot: usize) -> Self {
        assert!(slot < Self::MAX);
        Self(self.0 & Self::LISTED | slot as u8)
    }

    /// Whether it belongs to a list.
    pub(crate) const fn is_listed(self) -> bool {
        self.0 & Self::LISTED != 0
    }

    /// The number of its line, for members of a list that of the first of them.
    pub(crate) const fn slot(self) -> u8 {
        self.0 & !Self::LISTED
    }
}

/// The fields that tell more of a field. Most have none, so this stands apart: there are 1,777 lines of fields.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Related {
    pub(crate) count: Option<&'static str>,
    pub(crate) device: Option<&'static str>,
    /// Which field of the fixed part identifies the call, for a device that is connected to it.
    pub(crate) call: Option<u8>,
    /// Another tag under which senders put the field.
    pub(crate) alias: Option<Tag>,
}

impl Related {
    pub(crate) const fn is_empty(&self) -> bool {
        self.count.is_none() && self.device.is_none() && self.call.is_none() && self.alias.is_none()
    }
}

impl FieldSchema {
    /// The field that tells how many there are, for members of a list.
    pub const fn count(&self) -> Option<&'static str> {
        match self.related {
            Some(related) => related.count,
            None => None,
        }
    }

    /// The field that tells what kind of device this one names, in the fixed part or in the same entry of a list.
    pub const fn device(&self) -> Option<&'static str> {
        match self.related {
            Some(related) => related.device,
            None => None,
        }
    }

    /// Which field of the fixed part identifies the call, for a device that is connected to it.
    #[cfg(feature = "alloc")]
    pub(crate) const fn call(&self) -> Option<usize> {
        match self.related {
            Some(Related { call: Some(call), .. }) => Some(*call as usize),
            _ => None,
        }
    }

    /// Another tag under which it is read: the guide has two for it.
    pub const fn alias(&self) -> Option<Tag> {
        match self.related {
            Some(related) => related.alias,
            None => None,
        }
    }

    /// Whether it belongs to a list, so that it may appear any number of times.
    pub const fn is_listed(&self) -> bool {
        self.place.is_listed()
    }

    /// Whether this version of the protocol has the field.
    #[inline]
    pub const fn is_in(&self, version: ProtocolVersion) -> bool {
        version.within(self.since, self.until)
    }

    /// Whether the field may stand under this tag.
    pub(crate) fn has_tag(&self, tag: Tag) -> bool {
        self.tag == Some(tag) || self.alias() == Some(tag)
    }

    /// Whether its type allows data of this length.
    #[inline]
    pub(crate) fn fits(&self, length: usize) -> bool {
        let size = self.wire.size();
        match self.wire {
            WireType::STRING | WireType::UNSPEC | WireType::NAMEDVAR => true,
            WireType::NAMEDARRAY => length > 0,
            WireType::USHORT_ARRAY | WireType::UINT_ARRAY => length % size == 0,
            WireType::BOOL => length == size || length == WIDE_BOOL,
            _ => length == size,
        }
    }

    /// What stands in a table that is not made yet.
    pub(crate) const NOTHING: Self = Self {
        name: "",
        wire: WireType::UNSPEC,
        tag: None,
        max: None,
        need: Need::Optional,
        since: 0,
        until: 0,
        limit: None,
        nullable: false,
        values: None,
        secret: false,
        role: Role::Other,
        related: None,
        place: Place::ALONE,
    };
}

/// Whether a sender has to give a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// Always.
    Required,
    /// In cases that the docs of the field name.
    Conditional,
    /// Never.
    Optional,
}
