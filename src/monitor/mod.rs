//! Monitors: which calls and devices a client watches, and which events it gets for that.
//!
//! A [`Client`](crate::Client) adds and removes monitors at any time, and gets each event together with the monitor
//! that it is for. A [`Server`](crate::Server) finds the monitors that an event concerns.
//!
//! A device monitor concerns an event that names the device with its kind, or names it as a connection, a
//! party or the agent's instrument or extension. A call monitor concerns the events of its call, and ends with
//! it. What an event names is taken from the tables of the messages. A monitor that names a peripheral gets only
//! what happens there.
//!
//! A server with many sessions keeps a [`MonitorIndex`](crate::server::MonitorIndex) above them, so that an event
//! finds its sessions.

mod routing;
mod target;

pub(crate) use routing::{CallName, EventLayout, Name, Routing, is_one_place};
pub(crate) use target::OwnedTarget;
pub use target::{Masks, Target};
