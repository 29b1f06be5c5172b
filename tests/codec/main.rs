//! The codec: bytes, frames, messages, the view of them, JSON.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

#[path = "../common/mod.rs"]
mod common;

mod facts;
mod frames;
mod json_lines;
mod messages;
mod owned;
mod reading;
mod round_trip;
mod schema;
#[cfg(feature = "serde")]
mod serialize;
mod values;
mod vectors;
mod writing;
