//! What can be wrong with a message: found when decoding it, or when encoding it.

use core::fmt;

use crate::codec::wire::{Cut, FloatingFields};
use crate::schema::MessageSchema;
use crate::types::named_values::StatusCode;
use crate::types::tag::Tag;
use crate::version::ProtocolVersion;

/// A message whose body cannot be read.
///
/// Names the message, the field and the place, and never shows what a field held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub struct DecodeError {
    /// The message, by the guide's name.
    pub message: &'static str,
    /// Where in the body the trouble starts, in bytes.
    pub offset: usize,
    /// What is wrong there.
    pub problem: DecodeProblem,
}

/// What is wrong with a message that cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// The body is shorter than the fixed part of this version.
    FixedPartCut {
        /// Bytes of the fixed part.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// After the last field there are bytes, but too few for a tag and a length.
    FieldHeaderCut {
        /// How many there are.
        left: usize,
    },
    /// A field is longer than what is left of the message.
    FieldCut {
        /// The field.
        field: FieldName,
        /// Bytes of data that it claims.
        length: usize,
        /// Bytes that are left.
        left: usize,
    },
}

impl DecodeError {
    /// The status code with which a server answers such a message.
    pub fn status(&self) -> StatusCode {
        match self.problem {
            DecodeProblem::FixedPartCut { .. } => StatusCode::E_CTI_BAD_MESSAGE_FORMAT,
            DecodeProblem::FieldHeaderCut { .. } => StatusCode::E_CTI_INVALID_MESSAGE_LENGTH,
            DecodeProblem::FieldCut { .. } => StatusCode::E_CTI_INVALID_FIELD_LENGTH,
        }
    }

    #[cold]
    pub(crate) fn fixed_part_cut(message: &MessageSchema, expected: usize, found: usize) -> Self {
        let problem = DecodeProblem::FixedPartCut { expected, found };
        Self { message: message.name, offset: found, problem }
    }

    /// What is wrong with the first field in `rest`, the end of a body, where it is cut off.
    #[cold]
    pub(crate) fn floating_part_cut(
        message: &MessageSchema,
        version: ProtocolVersion,
        body: usize,
        rest: &[u8],
    ) -> Self {
        let problem = match FloatingFields::new(version, rest).cut() {
            Cut::Header { left } => DecodeProblem::FieldHeaderCut { left },
            Cut::Data { tag, length, left } => {
                let name = message.floating.line(version, tag).map(|field| field.name);
                DecodeProblem::FieldCut { field: FieldName { name, tag }, length, left }
            }
        };
        Self { message: message.name, offset: body - rest.len(), problem }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, offset, problem } = self;
        write!(f, "{message}: ")?;
        match problem {
            DecodeProblem::FixedPartCut { expected, found } => {
                write!(f, "the fixed part takes {expected} bytes, {found} are there")
            }
            DecodeProblem::FieldHeaderCut { left } => {
                write!(f, "{left} bytes are left at byte {offset}, too few for a floating field")
            }
            DecodeProblem::FieldCut { field, length, left } => {
                write!(f, "{field} at byte {offset} says {length} bytes, {left} are left")
            }
        }
    }
}

/// A floating field, named as well as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldName {
    /// The guide's name of the field, if the message has it.
    pub name: Option<&'static str>,
    /// Its tag.
    pub tag: Tag,
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => write!(f, "{name} (tag {})", self.tag),
            None => write!(f, "an unknown field (tag {})", self.tag),
        }
    }
}

/// A message that cannot be encoded, because the protocol does not allow it or the buffer is too small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// This version of the protocol does not have the message.
    #[error("{message}: the protocol has it from version {since}, not in version {version}")]
    MessageNotInVersion {
        /// The message.
        message: &'static str,
        /// First version that has it.
        since: u8,
        /// Version asked for.
        version: u32,
    },
    /// A field cannot be encoded.
    #[error("{message}: {field} {problem}")]
    Field {
        /// The message.
        message: &'static str,
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        problem: EncodeProblem,
    },
    /// The buffer is too small for the message.
    #[error("the message takes {needed} bytes, the buffer has {room}")]
    NoRoom {
        /// Bytes that it takes.
        needed: usize,
        /// Bytes of the buffer.
        room: usize,
    },
}

/// What is wrong with a field that cannot be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeProblem {
    /// The guide requires the field.
    #[error("is required")]
    Missing,
    /// This version of the message does not have the field, which holds something.
    #[error("is not in version {version}")]
    NotInVersion {
        /// Version asked for.
        version: u32,
    },
    /// The data is longer than the guide allows.
    #[error("takes {length} bytes, at most {max} are allowed")]
    TooLong {
        /// Bytes of data, a STRING's NUL included.
        length: usize,
        /// The most allowed.
        max: usize,
    },
    /// The data is shorter than the guide allows.
    #[error("takes {length} bytes, at least {min} are needed")]
    TooShort {
        /// Bytes of data.
        length: usize,
        /// The fewest allowed.
        min: usize,
    },
    /// The text has a NUL in it.
    #[error("has a NUL in its text")]
    EmbeddedNul,
    /// The list is longer than the guide allows, or than its count can tell.
    #[error("would be {count}, at most {max} are allowed")]
    TooMany {
        /// Entries of the list.
        count: usize,
        /// The most allowed.
        max: usize,
    },
    /// An entry of a list holds nothing, or lacks the field at which a reader would see it begin.
    #[error("has an entry that a reader could not tell from the one before")]
    UnclearEntry,
    /// Named variables and arrays take more than the guide allows one message.
    #[error(
        "takes the named variables and arrays of the message to {total} bytes, at most {max} are allowed"
    )]
    TooMuchNamedData {
        /// Bytes of all of them.
        total: usize,
        /// The most allowed.
        max: usize,
    },
    /// The tag of an unknown field does not fit the version's tags.
    #[error("has a tag, {tag}, too large for version {version}")]
    TagTooLarge {
        /// The tag.
        tag: Tag,
        /// Version asked for.
        version: u32,
    },
    /// The message was written in another version, and cannot be read to be written in this one.
    #[error("is written in version {written}, and cannot be written in version {version}")]
    WrittenInVersion {
        /// The version in which it was written.
        written: u32,
        /// Version asked for.
        version: u32,
    },
}
