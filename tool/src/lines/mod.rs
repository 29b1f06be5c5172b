//! JSON Lines: one object for each message, with every field in wire order.

pub mod read;
pub mod write;
