//! The protocol version of a connection whose OPEN_REQ is not in the capture.
//!
//! Each message is read in all versions. What matters most is whether floating fields have headers of two bytes (up to
//! version 19) or four (from version 20), then the lengths of fixed parts, then which fields are known.

use ged188::schema::WireType;
use ged188::view::Fields;
use ged188::{ProtocolVersion, RawMessage};

/// So many versions there are.
const VERSIONS: usize = (ProtocolVersion::MAX.number() - ProtocolVersion::MIN.number() + 1) as usize;

/// After so many messages that tell versions apart the version is taken as known.
const ENOUGH: u32 = 4;

/// The penalties of each version so far, from messages that it does not read well.
#[derive(Clone, Debug, Default)]
pub struct Guess {
    penalties: [u32; VERSIONS],
    distinguishing: u32,
}

impl Guess {
    /// Takes one more message into account.
    pub fn observe(&mut self, message: RawMessage<'_>) {
        let mut all = ProtocolVersion::all().map(|version| penalty(version, message));
        let found: [u32; VERSIONS] = std::array::from_fn(|_| all.next().unwrap_or(0));
        self.distinguishing += u32::from(found.iter().any(|one| *one != found[0]));
        // A message that no version reads adds the same to all of them.
        for (sum, one) in self.penalties.iter_mut().zip(found) {
            *sum = sum.saturating_add(one);
        }
    }

    /// Whether enough messages have been seen that tell versions apart.
    pub fn is_decided(&self) -> bool {
        self.distinguishing >= ENOUGH
    }

    /// The version with the least penalty; of several the newest, which knows most fields.
    pub fn version(&self) -> ProtocolVersion {
        self.fits().1
    }

    /// The oldest and the newest version that have the least penalty.
    pub fn fits(&self) -> (ProtocolVersion, ProtocolVersion) {
        let least = self.penalties.iter().min();
        let mut best = ProtocolVersion::all().zip(&self.penalties).filter(|(_, one)| Some(*one) == least);
        let oldest = best.next().map_or(ProtocolVersion::MIN, |(version, _)| version);
        (oldest, best.next_back().map_or(oldest, |(version, _)| version))
    }
}

/// How badly a message reads in a version; 0 if it reads well.
pub fn penalty(version: ProtocolVersion, message: RawMessage<'_>) -> u32 {
    let Some(fields) = Fields::new(version, message) else {
        return if message.message_type.schema().is_some() { 50 } else { 0 };
    };
    let mut sum = 0;
    for field in fields {
        let Ok(field) = field else { return 100 };
        sum += match field.schema {
            // The end of a failure with a status of two bytes is in no table.
            None => 2 * u32::from(field.tag.is_some()),
            Some(_) if field.has_wrong_length() => 10,
            Some(line) if line.wire == WireType::STRING && !field.data().ends_with(&[0]) => 1,
            Some(_) => 0,
        };
    }
    sum.min(100)
}

/// Whether some version reads a message.
pub fn any_decodes(message: RawMessage<'_>) -> bool {
    ProtocolVersion::all().any(|version| decodes(version, message))
}

/// Whether a version reads a message.
pub fn decodes(version: ProtocolVersion, message: RawMessage<'_>) -> bool {
    Fields::new(version, message).is_some_and(|mut fields| fields.all(|field| field.is_ok()))
}
