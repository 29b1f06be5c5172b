//! The engine: what turns the tables of messages into code that reads, checks and writes them.
//!
//! | file | |
//! |---|---|
//! | `wire` | numbers and floating fields as bytes |
//! | `field` | values as the data of fields |
//! | `read` | the one walk over a floating part that fills the fields of a message |
//! | `list` | lists, read lazily from the wire or given as slices |
//! | `unknown` | fields that no table has, and the bytes that a message came from |
//! | `visit` | a message or an entry of a list tells its fields, one by one |
//! | `show` | `Debug` and `Display` of what is told |
//! | `entry` | where an entry of a list ends and the next one begins |
//! | `write` | checks and writes what is told |
//! | `serialize` | serializes what is told |
//! | `body` | the traits of messages, and a whole message with its header |
//! | `macros` | the notation of the tables |

pub(crate) mod body;
pub(crate) mod entry;
pub(crate) mod field;
pub(crate) mod list;
pub(crate) mod macros;
pub(crate) mod read;
#[cfg(feature = "serde")]
pub(crate) mod serialize;
pub(crate) mod show;
pub(crate) mod unknown;
pub(crate) mod visit;
pub(crate) mod wire;
pub(crate) mod write;
