//! What several tests use.

#![allow(dead_code, reason = "each test uses some of it")]

#[cfg(feature = "serde")]
pub(crate) mod agreement;
pub(crate) mod ends;
pub(crate) mod event;
pub(crate) mod example;
pub(crate) mod random;
pub(crate) mod specimen;
pub(crate) mod tables;
pub(crate) mod wire;
