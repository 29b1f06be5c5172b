//! The values of fields: identifiers, text, numbers with names, tags, message numbers.

pub mod id;
pub(crate) mod message_type;
pub mod named_values;
pub(crate) mod scalar;
#[cfg(feature = "serde")]
pub(crate) mod serialize;
pub mod tag;
pub mod text;
