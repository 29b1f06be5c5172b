//! What the program `ged188` is made of: captures of the CTI Server protocol, read and understood.
//!
//! ```text
//! capture    packet      stream          framing      connection             decode, summary,
//! file  ───▶ packets ──▶ TCP segments ─▶ bytes ─────▶ messages of both ────▶ story, anonymise
//!                        in order                     directions, version
//! ```
//!
//! Each module knows only those to its left; the last four are [`Sink`](connection::Sink)s of connections.

pub mod anonymise;
pub mod capture;
pub mod connection;
pub mod decode;
pub mod follow;
pub mod framing;
pub mod lines;
pub mod packet;
pub mod pseudonym;
pub mod raw;
pub mod report;
pub mod spool;
pub mod story;
pub mod stream;
pub mod summary;
pub mod time;
pub mod version;

/// How a run went, from good to bad; the exit status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything was decoded.
    #[default]
    Sound,
    /// Something could not be decoded, or was lost.
    SomeBad,
    /// The input cannot be read, or not to its end.
    Broken,
}
