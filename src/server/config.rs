//! How a server behaves.

use core::ops::RangeInclusive;
use core::time::Duration;

use crate::session::Limits;
use crate::types::named_values::SessionType;
use crate::version::ProtocolVersion;

/// How a server behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConfig {
    /// The versions that it speaks; by default all. A client that asks for another is refused with
    /// E_CTI_INVALID_VERSION.
    pub versions: RangeInclusive<ProtocolVersion>,
    /// Whether it refuses what it does not know; by default it does not.
    pub strictness: Strictness,
    /// The least IdleTimeout; by default 20 s. A client that asks for less is refused.
    pub least_idle_timeout: Duration,
    /// How long a client may take to send OPEN_REQ, and the application to decide about it; by default 60 s.
    /// `None` waits forever.
    pub open_timeout: Option<Duration>,
    /// How long the application may take to answer a request; by default 30 s. Then the session refuses it, and
    /// [`ServerEvent::NotAnswered`](super::ServerEvent::NotAnswered) follows.
    pub answer_timeout: Duration,
    /// How long to wait for responses of the client; by default 5 s, as for ACTIVE_MAINTENANCE_REQ.
    pub request_timeout: Duration,
    /// Whether this is the active server of two, or the other one; by default unknown, as before version 24.
    pub session_type: SessionType,
    /// Whether the server goes into maintenance; by default it does not. Then OPEN_REQ is refused with
    /// E_CTI_SERVER_IN_MAINTENANCE_MODE.
    pub maintenance: bool,
    /// How much the session may hold.
    pub limits: Limits,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            versions: ProtocolVersion::MIN..=ProtocolVersion::MAX,
            strictness: Strictness::Liberal,
            least_idle_timeout: Duration::from_secs(20),
            open_timeout: Some(Duration::from_secs(60)),
            answer_timeout: Duration::from_secs(30),
            request_timeout: Duration::from_secs(5),
            session_type: SessionType::UNKNOWN,
            maintenance: false,
            limits: Limits::default(),
        }
    }
}

/// Whether a server refuses what it does not know.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strictness {
    /// Unknown bits of masks, reserved fields that are not 0 and unknown tags are ignored: clients in the
    /// field ask for all bits and send fields that were never published.
    #[default]
    Liberal,
    /// They are refused, with the status code that the guide has for each.
    Strict,
    /// As `Strict`, but unknown bits of masks are ignored: Cisco's CTI OS asks for some.
    StrictButMasks,
}
