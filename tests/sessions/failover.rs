//! Where and when a client connects after a failure.

use std::time::Duration;

use ged188::CloseReason;
use ged188::client::{Attempt, Failover, FailoverConfig, ServerSide};
use ged188::named_values::StatusCode;
use proptest::prelude::*;

const MOST: u32 = u32::MAX;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What is next after an end at this time, with the longest wait.
fn after(failover: &mut Failover, now: u64, end: CloseReason) -> Option<(ServerSide, u64)> {
    failover.ended(seconds(now), end, MOST);
    failover.attempt().map(|attempt| (attempt.side, attempt.at.as_secs() - now))
}

#[test]
fn both_sides_are_tried_in_rounds_by_the_guides_schedule() {
    use ServerSide::{A, B};
    let mut failover = Failover::new(seconds(100), FailoverConfig { clients: 250, ..Default::default() });
    assert_eq!(failover.attempt(), Some(Attempt { side: A, at: seconds(100) }));
    let mut attempts = Vec::new();
    for _ in 0..14 {
        failover.not_connected(seconds(1000), MOST);
        let attempt = failover.attempt().unwrap();
        attempts.push((attempt.side, attempt.at.as_secs() - 1000));
    }
    // The second side at once; then up to a tenth of the clients in seconds, then 15, 30, 60 and 120 s.
    let waits = [0, 25, 0, 15, 0, 30, 0, 60, 0, 120, 0, 120, 0, 120];
    let sides = [B, A].into_iter().cycle();
    assert_eq!(attempts, sides.zip(waits).collect::<Vec<_>>());
}

#[test]
fn one_side_alone_is_tried_again() {
    let config = FailoverConfig { first: ServerSide::B, both: false, ..Default::default() };
    let mut failover = Failover::new(Duration::ZERO, config);
    for wait in [10, 15, 30, 60, 120, 120] {
        assert_eq!(after(&mut failover, 0, CloseReason::OpenTimedOut), Some((ServerSide::B, wait)));
    }
}

#[test]
fn a_session_ends_the_schedule_and_its_side_comes_first() {
    let mut failover = Failover::new(Duration::ZERO, FailoverConfig::default());
    for _ in 0..7 {
        failover.not_connected(Duration::ZERO, MOST);
    }
    assert_eq!(failover.attempt().unwrap().side, ServerSide::B);
    // One that ends at once does not.
    failover.opened(seconds(100));
    assert_eq!(after(&mut failover, 159, CloseReason::HeartbeatsLost), Some((ServerSide::A, 60)));
    failover.opened(seconds(200));
    assert_eq!(after(&mut failover, 260, CloseReason::HeartbeatsLost), Some((ServerSide::A, 0)));
    assert_eq!(after(&mut failover, 270, CloseReason::Disconnected), Some((ServerSide::B, 0)));
}

#[test]
fn a_session_that_was_closed_as_wanted_is_not_opened_again() {
    for end in [
        CloseReason::Closed(StatusCode::E_CTI_NO_ERROR),
        CloseReason::CloseUnconfirmed(StatusCode::E_CTI_NO_ERROR),
        // It would take the place of the session that took its place.
        CloseReason::Dismissed(StatusCode::E_CTI_NEW_SESSION_OPENED),
    ] {
        let mut failover = Failover::new(Duration::ZERO, FailoverConfig::default());
        assert_eq!(after(&mut failover, 0, end), None);
        failover.not_connected(Duration::ZERO, 0);
        assert_eq!(failover.attempt(), None);
    }
    for end in [
        CloseReason::Closed(StatusCode::E_CTI_CTI_SERVER_OFFLINE),
        CloseReason::Closed(StatusCode::E_CTI_TIMEOUT),
        CloseReason::CloseUnconfirmed(StatusCode::E_CTI_TIMEOUT),
        CloseReason::Disconnected,
        CloseReason::HeartbeatRefused(StatusCode::E_CTI_CTI_SERVER_OFFLINE),
        CloseReason::NotReading,
    ] {
        let mut failover = Failover::new(Duration::ZERO, FailoverConfig::default());
        assert_eq!(after(&mut failover, 0, end), Some((ServerSide::B, 0)), "{end:?}");
    }
}

#[test]
fn only_a_refusal_that_another_attempt_cannot_change_is_final() {
    for status in [
        StatusCode::E_CTI_INVALID_PASSWORD,
        StatusCode::E_CTI_INVALID_VERSION,
        StatusCode::E_CTI_INVALID_SERVICE_MASK,
        StatusCode::E_CTI_REQUIRED_DATA_MISSING,
    ] {
        assert!(CloseReason::OpenRefused(status).is_final(), "{status:?}");
        // The other side may say something else; a single one is not hammered at.
        let mut failover = Failover::new(Duration::ZERO, FailoverConfig::default());
        assert_eq!(after(&mut failover, 0, CloseReason::OpenRefused(status)), Some((ServerSide::B, 0)));
        let mut alone = Failover::new(Duration::ZERO, FailoverConfig { both: false, ..Default::default() });
        assert_eq!(after(&mut alone, 0, CloseReason::OpenRefused(status)), Some((ServerSide::A, 120)));
    }
    for status in [
        StatusCode::E_CTI_CTI_SERVER_OFFLINE,
        StatusCode::E_CTI_SERVER_NOT_MASTER,
        StatusCode::E_CTI_INVALID_CLIENT_FOR_STANDBY,
        StatusCode::E_CTI_SERVER_IN_MAINTENANCE_MODE,
        StatusCode::E_CTI_DEVICE_IN_USE,
        StatusCode::E_CTI_AUTO_CONFIG_RESET,
        StatusCode(9999),
    ] {
        assert!(!CloseReason::OpenRefused(status).is_final(), "{status:?}");
    }
}

proptest! {
    /// Chance takes away from the first wait alone, and no time is too large.
    #[test]
    fn chance_spreads_the_attempts(
        now in any::<u32>(),
        chances in prop::collection::vec(any::<u32>(), 1..200),
        clients in any::<u32>(),
    ) {
        let config = FailoverConfig { clients, ..Default::default() };
        let mut failover = Failover::new(seconds(now.into()), config);
        for (attempt, chance) in chances.into_iter().enumerate() {
            failover.not_connected(seconds(now.into()), chance);
            let wait = failover.attempt().unwrap().at - seconds(now.into());
            match attempt {
                1 => prop_assert!(wait <= Duration::from_millis(u64::from(clients) * 100)),
                _ if attempt % 2 == 0 => prop_assert_eq!(wait, Duration::ZERO),
                _ => prop_assert!(wait >= seconds(15) && wait <= seconds(120)),
            }
        }
    }
}
