//! Which of a pair of servers to connect to next, and when.

use core::time::Duration;

use crate::session::CloseReason;
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
    /// The side to begin with; by default A. Later it is the side of the last session.
    pub first: ServerSide,
    /// Whether there is a side B; by default there is. Without it, the first side is tried again.
    pub both: bool,
    /// How many clients the servers have; by default 100. Before the second round of both sides a client waits for a random
    /// time of up to a tenth of that many seconds, so that not all come back at once.
    pub clients: u32,
    /// How long a session must last for its end to restart the schedule; by default 60 s.
    pub stable: Duration,
}

impl Default for FailoverConfig {
    fn default() -> Self {
        Self { first: ServerSide::A, both: true, clients: 100, stable: Duration::from_secs(60) }
    }
}

/// Seconds to wait before the third round of both sides, the fourth and the fifth.
const WAITS: [u64; 3] = [15, 30, 60];

/// The longest wait, before all further rounds.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// Where to connect, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The server.
    pub side: ServerSide,
    /// Not before this time.
    pub at: Duration,
}

/// Says which side to connect to next, and when, by the guide's schedule: the side of the last session, then the other; a
/// random wait; both again; then waits of 15, 30, 60 and 120 s between rounds, and 120 s from then on. Like a session it has
/// neither clock nor chance in it.
///
/// It never gives up, since a server may be mended. [`CloseReason::is_final`] tells whether a human should look at a refusal,
/// such as a wrong password; a single server that refuses so is asked again every 120 s.
///
/// ```
/// use core::time::Duration;
/// use ged188::client::{Attempt, Failover, FailoverConfig, ServerSide};
/// use ged188::session::CloseReason;
///
/// let mut failover = Failover::new(Duration::ZERO, FailoverConfig::default());
/// assert_eq!(failover.attempt(), Some(Attempt { side: ServerSide::A, at: Duration::ZERO }));
/// // Nobody listens there. The last number is chance; with the greatest the wait is the longest.
/// failover.not_connected(Duration::from_secs(3), u32::MAX);
/// assert_eq!(failover.attempt(), Some(Attempt { side: ServerSide::B, at: Duration::from_secs(3) }));
/// // Nor there: wait for up to a tenth of the number of clients in seconds.
/// failover.not_connected(Duration::from_secs(4), u32::MAX);
/// assert_eq!(failover.attempt(), Some(Attempt { side: ServerSide::A, at: Duration::from_secs(14) }));
/// // A session opens, and ends because its heartbeats are lost: the same side comes first.
/// failover.opened(Duration::from_secs(14));
/// failover.ended(Duration::from_secs(500), CloseReason::HeartbeatsLost, u32::MAX);
/// assert_eq!(failover.attempt(), Some(Attempt { side: ServerSide::A, at: Duration::from_secs(500) }));
/// ```
#[derive(Clone, Debug)]
pub struct Failover {
    config: FailoverConfig,
    next: Option<Attempt>,
    /// Attempts since the schedule began.
    attempts: u32,
    opened_at: Option<Duration>,
}

impl Failover {
    /// Begins: the first attempt can be made now.
    pub fn new(now: Duration, config: FailoverConfig) -> Self {
        let next = Some(Attempt { side: config.first, at: now });
        Self { config, next, attempts: 0, opened_at: None }
    }

    /// Where to connect next, and when; `None` once the client has closed its session as it wanted, or another
    /// session has taken its place.
    pub fn attempt(&self) -> Option<Attempt> {
        self.next
    }

    /// Notes that a session is open, after [`ClientEvent::Opened`](super::ClientEvent::Opened).
    pub fn opened(&mut self, now: Duration) {
        self.opened_at = Some(now);
    }

    /// Notes that there was no connection to the server. `chance` is a random number over all of `u32`, so that
    /// clients do not come back all at once: with 0 there is no random wait, with `u32::MAX` the longest.
    pub fn not_connected(&mut self, now: Duration, chance: u32) {
        self.ended(now, CloseReason::Disconnected, chance);
    }

    /// Notes that a session is over, after [`ClientEvent::Closed`](super::ClientEvent::Closed), and `chance` as for
    /// [`not_connected`](Self::not_connected).
    pub fn ended(&mut self, now: Duration, end: CloseReason, chance: u32) {
        let Some(last) = self.next else { return };
        if let CloseReason::Closed(StatusCode::E_CTI_NO_ERROR)
        | CloseReason::CloseUnconfirmed(StatusCode::E_CTI_NO_ERROR)
        | CloseReason::Dismissed(StatusCode::E_CTI_NEW_SESSION_OPENED) = end
        {
            self.next = None;
            return;
        }
        let other = if self.config.both { last.side.other() } else { last.side };
        let lasted = self.opened_at.take().map(|opened| now.saturating_sub(opened));
        if lasted.is_some_and(|lasted| lasted >= self.config.stable) {
            // The side of the last session comes first.
            self.attempts = 0;
            self.next = Some(Attempt { side: last.side, at: now });
            return;
        }
        self.attempts = self.attempts.saturating_add(1);
        let sides = if self.config.both { 2 } else { 1 };
        let wait = if self.attempts % sides == 0 {
            self.wait(self.attempts / sides, chance)
        } else {
            Duration::ZERO
        };
        // What another attempt at this side will not change is not asked for often.
        let wait = if end.is_final() && !self.config.both { LONGEST_WAIT } else { wait };
        self.next = Some(Attempt { side: other, at: now.saturating_add(wait) });
    }

    /// The wait after so many rounds.
    fn wait(&self, rounds: u32, chance: u32) -> Duration {
        let Some(further) = rounds.checked_sub(2) else {
            return scale(Duration::from_millis(u64::from(self.config.clients) * 100), chance);
        };
        let wait = usize::try_from(further).ok().and_then(|further| WAITS.get(further));
        wait.map_or(LONGEST_WAIT, |seconds| Duration::from_secs(*seconds))
    }
}

/// A part of a time, from none with chance 0 to all with the greatest.
fn scale(time: Duration, chance: u32) -> Duration {
    let nanos = time.as_nanos().saturating_mul(chance.into()) / u128::from(u32::MAX);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

impl CloseReason {
    /// Whether the server refused to open the session for a reason that another attempt will not change, as a
    /// wrong password or an unknown version. Statuses that nobody knows may pass.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::OpenRefused(
                StatusCode::E_CTI_INVALID_VERSION
                    | StatusCode::E_CTI_INVALID_PASSWORD
                    | StatusCode::E_CTI_REQUIRED_DATA_MISSING
                    | StatusCode::E_CTI_INVALID_PERIPHERAL_ID
                    | StatusCode::E_CTI_INVALID_AGENT_DATA
                    | StatusCode::E_CTI_INCONSISTENT_AGENT_DATA
                    | StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE
                    | StatusCode::E_CTI_INVALID_TIMEOUT
                    | StatusCode::E_CTI_INVALID_SERVICE_MASK
                    | StatusCode::E_CTI_INVALID_CALL_MSG_MASK
                    | StatusCode::E_CTI_INVALID_AGENT_STATE_MASK
                    | StatusCode::E_INVALID_CONFIG_MSG_MASK
                    | StatusCode::E_CTI_INVALID_RESERVED_FIELD
                    | StatusCode::E_CTI_INVALID_UNIQUE_INSTANCE_ID
            )
        )
    }
}
