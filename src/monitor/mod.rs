//! Monitors: which calls and devices a client watches, and which events it gets for that.
//!
//! A [`MonitorClient`] is a [`ClientSession`](crate::session::ClientSession) that keeps its monitors: it adds
//! and removes them at any time, and gives each event together with the monitor that it is for. A
//! [`MonitorServer`] is a [`ServerSession`](crate::session::ServerSession) that finds the monitors that an event
//! concerns. Both have the verbs of the session.
//!
//! A device monitor concerns an event that names the device with its kind, or names it as a connection, a
//! party or the agent's instrument or extension. A call monitor concerns the events of its call, and ends with
//! it. What an event names is taken from the tables of the messages. A monitor that names a peripheral gets only
//! what happens there.
//!
//! A server with many sessions keeps a [`MonitorIndex`] above them, so that an event finds its sessions.

mod calls;
mod changes;
mod client;
mod concerns;
mod early;
mod index;
mod server;
mod table;
mod target;
mod watches;

pub use client::{ClientEvent, Ended, MonitorClient, MonitorKey, MonitorState, NotDone, Plan};
pub use index::MonitorIndex;
pub use server::{Delivery, MonitorLimits, MonitorServer, ServerEvent};
pub use table::Kind;
pub use target::{Masks, Target};
