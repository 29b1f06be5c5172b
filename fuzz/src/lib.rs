//! What the fuzz targets share.
//!
//! Inputs are read by hand from the front, so that a seed or a regression test can be written by hand too.

pub mod chance;
pub mod client_end;
pub mod events;
pub mod one_message;
pub mod outgoing;
pub mod peer;
#[path = "../../tests/common/random.rs"]
mod random;
pub mod server_end;
