//! The number of a message.

/// The number of a message.
///
/// Each message of the guide has a constant here under the guide's name, and [`named`](Self::named) finds one by that
/// name. Other numbers survive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageType(pub u32);
