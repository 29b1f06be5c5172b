//! The protocol version of a session.

use core::fmt;

/// A version of the protocol that this crate knows: 9 to 25.
///
/// OPEN_REQ fixes the version of every message of its session, itself included. The version decides how
/// wide the tag and the length of a floating field are, and which fields a message has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProtocolVersion(u8);

impl ProtocolVersion {
    /// The oldest version: 9 (Release 7.0(0)).
    pub const MIN: Self = Self(9);
    /// The newest version: 25 (Release 15.0(1)).
    pub const MAX: Self = Self(25);

    /// The version with this number, or `None` outside 9 to 25. [`V9`](Self::V9) to [`V25`](Self::V25) are there by name.
    pub const fn new(number: u32) -> Option<Self> {
        if number < Self::MIN.number() || number > Self::MAX.number() {
            return None;
        }
        // In range, so only the last byte counts.
        let [.., number] = number.to_be_bytes();
        Some(Self(number))
    }

    /// The known version that is nearest to this number: the reading to try for a version unknown here.
    pub const fn nearest(number: u32) -> Self {
        if number <= Self::MIN.number() {
            Self::MIN
        } else {
            match Self::new(number) {
                Some(version) => version,
                None => Self::MAX,
            }
        }
    }

    /// The number of this version, as OPEN_REQ carries it.
    pub const fn number(self) -> u32 {
        self.0 as u32
    }

    /// All versions, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        (Self::MIN.0..=Self::MAX.0).map(Self)
    }

    /// Whether tag and length of a floating field take two bytes each (from version 20) or one (before).
    pub const fn has_wide_fields(self) -> bool {
        self.0 >= 20
    }

    /// Bytes before the data of a floating field: its tag and its length.
    pub(crate) const fn field_header_len(self) -> usize {
        if self.has_wide_fields() { 4 } else { 2 }
    }

    /// Whether this version lies in `since..=until`.
    #[inline(always)]
    pub(crate) const fn within(self, since: u8, until: u8) -> bool {
        // There is no version before the oldest, which the compiler cannot know.
        (since <= Self::MIN.0 || self.0 >= since) && self.0 <= until
    }
}

macro_rules! constants {
    ($($V:ident = $number:literal)*) => {
        /// All versions by name.
        impl ProtocolVersion {
            $(
                #[doc = concat!("Version ", $number, ".")]
                pub const $V: Self = Self($number);
            )*
        }
    };
}

constants! {
    V9 = 9 V10 = 10 V11 = 11 V12 = 12 V13 = 13 V14 = 14 V15 = 15 V16 = 16 V17 = 17 V18 = 18 V19 = 19 V20 = 20
    V21 = 21 V22 = 22 V23 = 23 V24 = 24 V25 = 25
}

impl fmt::Debug for ProtocolVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProtocolVersion({})", self.0)
    }
}

impl fmt::Display for ProtocolVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
