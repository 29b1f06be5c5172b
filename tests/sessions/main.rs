//! Both ends of a session.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

#[path = "../common/mod.rs"]
mod common;

mod client;
mod errors;
mod failover;
mod interleavings;
mod life;
mod random_steps;
mod regressions;
mod resources;
mod secrets;
mod server;
mod transcripts;
