//! The examples as programs.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

#[path = "../common/mod.rs"]
mod common;

mod client;
mod programs;
mod server;
mod tls;
