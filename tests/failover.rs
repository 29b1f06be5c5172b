//! Where and when a client connects after a failure.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

use std::time::Duration;

use ged188::named_values::StatusCode;
use ged188::session::{Attempt, End, Failover, FailoverConfig, ServerSide};
use proptest::prelude::*;

const MOST: u32 = u32::MAX;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What is next after an end at this time, with the longest wait.
fn after(failover: &mut Failover, now: u64, end: End) -> Option<(ServerSide, u64)> {
    failover.ended(seconds(now), end, MOST);
    failover.next().map(|attempt| (attempt.side, attempt.at.as_secs() - now))
}

#[test]
fn both_sides_are_tried_in_turn_at_growing_intervals() {
    use ServerSide::{A, B};
    let mut failover = Failover::new(FailoverConfig::default(), seconds(100));
    assert_eq!(failover.next(), Some(Attempt { side: A, at: seconds(100) }));
    let mut attempts = Vec::new();
    for _ in 0..16 {
        failover.not_connected(seconds(1000), MOST);
        let attempt = failover.next().unwrap();
        attempts.push((attempt.side, attempt.at.as_secs() - 1000));
    }
    let waits = [1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 32, 32, 60, 60, 60, 60];
    let sides = [B, A].into_iter().cycle();
    assert_eq!(attempts, sides.zip(waits).collect::<Vec<_>>());
}

#[test]
fn one_side_alone_is_tried_again() {
    let config = FailoverConfig { first: ServerSide::B, both: false, ..Default::default() };
    let mut failover = Failover::new(config, Duration::ZERO);
    for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
        assert_eq!(after(&mut failover, 0, End::OpenTimedOut), Some((ServerSide::B, wait)));
    }
}

#[test]
fn a_stable_session_makes_up_for_failures_before() {
    let mut failover = Failover::new(FailoverConfig::default(), Duration::ZERO);
    for _ in 0..8 {
        failover.not_connected(Duration::ZERO, MOST);
    }
    // One that ends at once does not.
    failover.opened(seconds(100));
    assert_eq!(after(&mut failover, 159, End::HeartbeatsLost), Some((ServerSide::B, 16)));
    failover.opened(seconds(200));
    assert_eq!(after(&mut failover, 260, End::HeartbeatsLost), Some((ServerSide::A, 1)));
}

#[test]
fn a_session_that_was_closed_as_wanted_is_not_opened_again() {
    for end in [
        End::Closed(StatusCode::E_CTI_NO_ERROR),
        End::CloseUnconfirmed(StatusCode::E_CTI_NO_ERROR),
        // It would take the place of the session that took its place.
        End::Dismissed(StatusCode::E_CTI_NEW_SESSION_OPENED),
    ] {
        let mut failover = Failover::new(FailoverConfig::default(), Duration::ZERO);
        assert_eq!(after(&mut failover, 0, end), None);
        failover.not_connected(Duration::ZERO, 0);
        assert_eq!(failover.next(), None);
    }
    for end in [
        End::Closed(StatusCode::E_CTI_CTI_SERVER_OFFLINE),
        End::Closed(StatusCode::E_CTI_TIMEOUT),
        End::CloseUnconfirmed(StatusCode::E_CTI_TIMEOUT),
        End::Disconnected,
        End::HeartbeatRefused(StatusCode::E_CTI_CTI_SERVER_OFFLINE),
        End::NotReading,
    ] {
        let mut failover = Failover::new(FailoverConfig::default(), Duration::ZERO);
        assert_eq!(after(&mut failover, 0, end), Some((ServerSide::B, 1)), "{end:?}");
    }
}

#[test]
fn a_refusal_that_will_not_pass_is_not_hammered_at() {
    let wait = |status| {
        let mut failover = Failover::new(FailoverConfig::default(), Duration::ZERO);
        after(&mut failover, 0, End::OpenRefused(status)).unwrap().1
    };
    for status in [
        StatusCode::E_CTI_INVALID_PASSWORD,
        StatusCode::E_CTI_INVALID_VERSION,
        StatusCode::E_CTI_INVALID_SERVICE_MASK,
        StatusCode::E_CTI_REQUIRED_DATA_MISSING,
    ] {
        assert_eq!(wait(status), 60, "{status:?}");
    }
    for status in [
        StatusCode::E_CTI_CTI_SERVER_OFFLINE,
        StatusCode::E_CTI_SERVER_NOT_MASTER,
        StatusCode::E_CTI_INVALID_CLIENT_FOR_STANDBY,
        StatusCode::E_CTI_SERVER_IN_MAINTENANCE_MODE,
        StatusCode::E_CTI_DEVICE_IN_USE,
    ] {
        assert_eq!(wait(status), 1, "{status:?}");
    }
}

proptest! {
    /// Chance takes away at most half of the wait, and no time is too large.
    #[test]
    fn chance_spreads_the_attempts(
        now in any::<u32>(),
        chances in prop::collection::vec(any::<u32>(), 1..200),
        delay in prop_oneof![0u64..100, Just(u64::MAX)],
    ) {
        let config = FailoverConfig { delay: seconds(delay), ..Default::default() };
        let mut failover = Failover::new(config, seconds(now.into()));
        for (rounds, chance) in chances.into_iter().enumerate() {
            failover.not_connected(seconds(now.into()), chance);
            let wait = failover.next().unwrap().at - seconds(now.into());
            let most = seconds(delay).saturating_mul(1 << (rounds / 2).min(31)).min(seconds(60));
            prop_assert!(wait <= most && wait >= most / 2, "{wait:?} of {most:?}");
        }
    }
}
