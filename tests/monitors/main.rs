//! Monitors, at both ends.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

#[path = "../common/mod.rs"]
mod common;

mod adding;
mod calls;
mod client;
mod ending;
mod index;
mod memory;
mod model;
mod other_targets;
mod routing;
mod server_end;
