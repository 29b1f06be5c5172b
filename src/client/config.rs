//! How a client behaves.

use core::time::Duration;

use crate::session::Limits;
use crate::types::id::InvokeId;

/// How a client behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientConfig {
    /// How long to wait for the response to OPEN_REQ; by default 30 s, the least that the guide asks for. It
    /// asks for 60 s where there are over 500 clients.
    pub open_timeout: Duration,
    /// After how long without sending anything to send a heartbeat; by default 5 s, as for a bridge. Desktops
    /// should take 90 s or more. `None` sends none. IdleTimeout in OPEN_REQ should be four times as much, since the server
    /// gives up a client that is silent for longer than that.
    pub heartbeat_interval: Option<Duration>,
    /// How long to wait for the response to a request; by default 15 s.
    pub request_timeout: Duration,
    /// How long to wait for the response to CLOSE_REQ; by default 5 s.
    pub close_timeout: Duration,
    /// How long the application may take to answer ACTIVE_MAINTENANCE_REQ; by default 4 s, since the server
    /// waits 5 s. After that the session refuses for it.
    pub maintenance_timeout: Duration,
    /// The first InvokeID; the session counts on from it.
    pub first_invoke_id: InvokeId,
    /// How much the client may hold.
    pub limits: Limits,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            open_timeout: Duration::from_secs(30),
            heartbeat_interval: Some(Duration::from_secs(5)),
            request_timeout: Duration::from_secs(15),
            close_timeout: Duration::from_secs(5),
            maintenance_timeout: Duration::from_secs(4),
            first_invoke_id: InvokeId(1),
            limits: Limits::default(),
        }
    }
}
