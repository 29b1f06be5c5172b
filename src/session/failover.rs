//! Which of a pair of servers to connect to next, and when.

use core::time::Duration;

use super::End;
use crate::types::named_values::StatusCode;

/// One of the two servers of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServerSide {
    /// Side A, usually at port 42027 + 40 × instance.
    A,
    /// Side B, usually at port 43027 + 40 × instance.
    B,
}

impl ServerSide {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// How a client goes on after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailoverConfig {
    /// The side to begin with; by default A.
    pub first: ServerSide,
    /// Whether there is a side B; by default there is. Without it, the first side is tried again.
    pub both: bool,
    /// How long to wait after the first failure, at most; by default 1 s. It doubles each time that both sides
    /// have failed again.
    pub delay: Duration,
    /// The longest wait; by default 60 s. After a refusal that another attempt will not change, as of a wrong
    /// password, the wait is this long at once.
    pub longest_delay: Duration,
    /// How long a session has to last for its end to count as a first failure; by default 60 s.
    pub stable: Duration,
}

impl Default for FailoverConfig {
    fn default() -> Self {
        Self {
            first: ServerSide::A,
            both: true,
            delay: Duration::from_secs(1),
            longest_delay: Duration::from_secs(60),
            stable: Duration::from_secs(60),
        }
    }
}

/// Where to connect, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The server.
    pub side: ServerSide,
    /// Not before this time.
    pub at: Duration,
}

/// Says which side to connect to next, and when. Like a session it has neither clock nor chance in it.
///
/// ```
/// use core::time::Duration;
/// use ged188::session::{Attempt, End, Failover, FailoverConfig, ServerSide};
///
/// let mut failover = Failover::new(FailoverConfig::default(), Duration::ZERO);
/// assert_eq!(failover.next(), Some(Attempt { side: ServerSide::A, at: Duration::ZERO }));
/// // Nobody listens there. The last number is chance; with the greatest the wait is the longest.
/// failover.not_connected(Duration::from_secs(3), u32::MAX);
/// assert_eq!(failover.next(), Some(Attempt { side: ServerSide::B, at: Duration::from_secs(4) }));
/// // There, a session opens, and ends because its heartbeats are lost.
/// failover.opened(Duration::from_secs(4));
/// failover.ended(Duration::from_secs(500), End::HeartbeatsLost, u32::MAX);
/// assert_eq!(failover.next(), Some(Attempt { side: ServerSide::A, at: Duration::from_secs(501) }));
/// ```
#[derive(Clone, Debug)]
pub struct Failover {
    config: FailoverConfig,
    next: Option<Attempt>,
    /// Failures since a session was last stable.
    failures: u32,
    opened_at: Option<Duration>,
}

impl Failover {
    /// Begins: the first attempt can be made now.
    pub fn new(config: FailoverConfig, now: Duration) -> Self {
        let next = Some(Attempt { side: config.first, at: now });
        Self { config, next, failures: 0, opened_at: None }
    }

    /// Where to connect next, and when; `None` once the client has closed its session as it wanted, or another
    /// session has taken its place.
    pub fn next(&self) -> Option<Attempt> {
        self.next
    }

    /// Notes that a session is open, after [`Event::Opened`](super::Event::Opened).
    pub fn opened(&mut self, now: Duration) {
        self.opened_at = Some(now);
    }

    /// Notes that there was no connection to the server. `chance` is any number, best a random one; it keeps
    /// clients from coming back all at once.
    pub fn not_connected(&mut self, now: Duration, chance: u32) {
        self.ended(now, End::Disconnected, chance);
    }

    /// Notes that a session is over, after [`Event::Ended`](super::Event::Ended), and `chance` as for
    /// [`not_connected`](Self::not_connected).
    pub fn ended(&mut self, now: Duration, end: End, chance: u32) {
        let Some(last) = self.next else { return };
        let lasted = self.opened_at.take().map(|opened| now.saturating_sub(opened));
        if lasted.is_some_and(|lasted| lasted >= self.config.stable) {
            self.failures = 0;
        }
        let most = match end {
            End::Closed(StatusCode::E_CTI_NO_ERROR)
            | End::CloseUnconfirmed(StatusCode::E_CTI_NO_ERROR)
            | End::Dismissed(StatusCode::E_CTI_NEW_SESSION_OPENED) => {
                self.next = None;
                return;
            }
            end if end.is_final() => self.config.longest_delay,
            _ => {
                let rounds = if self.config.both { self.failures / 2 } else { self.failures };
                let factor = 1u32.checked_shl(rounds).unwrap_or(u32::MAX);
                self.config.delay.saturating_mul(factor).min(self.config.longest_delay)
            }
        };
        self.failures = self.failures.saturating_add(1);
        // Between a half and all of it.
        let half = most / 2;
        let wait = half.saturating_add(scale(most.saturating_sub(half), chance));
        let side = if self.config.both { last.side.other() } else { last.side };
        self.next = Some(Attempt { side, at: now.saturating_add(wait) });
    }
}

/// A part of a time, from none with chance 0 to all with the greatest.
fn scale(time: Duration, chance: u32) -> Duration {
    let nanos = time.as_nanos().saturating_mul(chance.into()) / u128::from(u32::MAX);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

impl End {
    /// Whether the server refused to open the session for a reason that another attempt will not change, as a
    /// wrong password or an unknown version. To those who want to go on, the [`Failover`] gives the longest wait.
    pub fn is_final(self) -> bool {
        match self {
            Self::OpenRefused(status) => !may_pass(status),
            _ => false,
        }
    }
}

/// Whether a server that refuses with this status may open the session another time, or the other server may.
fn may_pass(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::E_CTI_CTI_SERVER_OFFLINE
            | StatusCode::E_CTI_TIMEOUT
            | StatusCode::E_CTI_UNSPECIFIED_FAILURE
            | StatusCode::E_CTI_DEVICE_IN_USE
            | StatusCode::E_CTI_SERVER_NOT_MASTER
            | StatusCode::E_CTI_INVALID_CLIENT_FOR_STANDBY
            | StatusCode::E_CTI_SERVER_IN_MAINTENANCE_MODE
            | StatusCode::E_CTI_CLIENT_DISCONNECTED
    )
}
