//! Times as text.

use std::fmt;

/// A time as seconds since 1970 with six decimals.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(pub u64);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.0 / 1_000_000_000, self.0 % 1_000_000_000 / 1000)
    }
}

/// A time as date and time of day, UTC, with milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Utc(pub u64);

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Days since 0000-03-01, so that a leap day ends a year: https://howardhinnant.github.io/date_algorithms.html
        let days = self.0 / 86_400_000_000_000 + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = 400 * era + year_of_era + next;
        write!(f, "{year:04}-{month:02}-{day:02} {}", TimeOfDay(self.0))
    }
}

/// A time as time of day, UTC, with milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct TimeOfDay(pub u64);

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0 / 1_000_000 % 86_400_000;
        let (seconds, millis) = (millis / 1000, millis % 1000);
        write!(f, "{:02}:{:02}:{:02}.{millis:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// A duration in the unit that suits it.
#[derive(Clone, Copy, Debug)]
pub struct Lasting(pub u64);

impl fmt::Display for Lasting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rounded to what is shown.
        let tenths = (self.0 + 50_000) / 100_000;
        let seconds = (self.0 + 50_000_000) / 100_000_000;
        match self.0 / 1_000_000_000 {
            0 if tenths < 100 => write!(f, "{}.{} ms", tenths / 10, tenths % 10),
            0 => write!(f, "{} ms", self.0 / 1_000_000),
            1..60 => write!(f, "{}.{} s", seconds / 10, seconds % 10),
            seconds @ ..3600 => write!(f, "{} min {} s", seconds / 60, seconds % 60),
            seconds @ ..172_800 => write!(f, "{} h {} min", seconds / 3600, seconds / 60 % 60),
            seconds => write!(f, "{} days", seconds / 86_400),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert_eq!(Utc(0).to_string(), "1970-01-01 00:00:00.000");
        assert_eq!(Utc(951_782_400_000_000_000).to_string(), "2000-02-29 00:00:00.000");
        assert_eq!(Utc(1_767_225_599_999_000_000).to_string(), "2025-12-31 23:59:59.999");
        assert_eq!(Seconds(1_767_225_599_000_042_000).to_string(), "1767225599.000042");
        assert_eq!(Lasting(90_500_000_000).to_string(), "1 min 30 s");
        assert_eq!(Lasting(8_897_926_000).to_string(), "8.9 s");
        assert_eq!(Lasting(149_000).to_string(), "0.1 ms");
        assert_eq!(Lasting(12_345_000).to_string(), "12 ms");
    }
}
