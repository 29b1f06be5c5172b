//! Other text in place of text: the same for the same, of the same length, digits for digits and letters for letters.
//!
//! A Feistel network over the characters, each counted within its class. So it is a permutation: what is different stays
//! different, which matters where there are only ten thousand extensions. Without the key nobody can turn it back.

use std::collections::HashMap;

/// Rounds of the network.
const ROUNDS: u8 = 8;
/// The most texts that are remembered.
const MOST_REMEMBERED: usize = 100_000;

/// Gives text other names.
#[derive(Debug)]
pub struct Pseudonyms {
    key: [u8; 32],
    known: HashMap<Vec<u8>, Vec<u8>>,
}

/// The class of a byte: its first member, and how many there are. `None` for bytes that stay.
fn class(byte: u8) -> Option<(u8, u8)> {
    Some(match byte {
        b'0'..=b'9' => (b'0', 10),
        b'a'..=b'z' => (b'a', 26),
        b'A'..=b'Z' => (b'A', 26),
        0x01..=0x1F => (0x01, 31),
        // In UTF-8 these follow the byte that says how many there are; which stays, so the text stays UTF-8.
        0x80..=0xBF => (0x80, 64),
        _ => return None,
    })
}

impl Pseudonyms {
    /// With a key; the same key gives the same text the same name in another run.
    pub fn with_key(key: &str) -> Self {
        Self { key: blake3::derive_key("ged188-tool 2026 pseudonyms", key.as_bytes()), known: HashMap::new() }
    }

    /// With a random key, which nobody knows.
    ///
    /// # Errors
    ///
    /// If the system has no random numbers.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(Self { key, known: HashMap::new() })
    }

    /// Replaces a text.
    pub fn replace(&mut self, text: &mut [u8]) {
        if text.is_empty() {
            return;
        }
        if let Some(known) = self.known.get(text) {
            text.copy_from_slice(known);
            return;
        }
        let original = text.to_vec();
        permute(&self.key, text);
        if self.known.len() >= MOST_REMEMBERED {
            self.known.clear();
        }
        self.known.insert(original, text.to_vec());
    }

    /// Replaces a password; nothing of it stays.
    pub fn replace_secret(&mut self, secret: &mut [u8]) {
        self.replace(secret);
        for byte in secret {
            if !byte.is_ascii_alphanumeric() && *byte != 0 {
                *byte = b'*';
            }
        }
    }
}

fn permute(key: &[u8; 32], text: &mut [u8]) {
    // Each byte that changes as its class and its number within.
    let mut digits: Vec<(usize, u8, u8, u8)> = text
        .iter()
        .enumerate()
        .filter_map(|(at, byte)| class(*byte).map(|(first, size)| (at, first, size, byte - first)))
        .collect();
    let middle = digits.len() / 2;
    let mut shifts = vec![0; digits.len() * 4];
    // What stays is hashed too, so that texts with one number each get unrelated ones.
    let shape: Vec<u8> = text.iter().map(|byte| class(*byte).map_or(*byte, |(first, _)| first)).collect();
    for round in 0..ROUNDS {
        let (left, right) = digits.split_at_mut(middle);
        let (change, with) = if round % 2 == 0 { (right, left) } else { (left, right) };
        let mut hasher = blake3::Hasher::new_keyed(key);
        hasher.update(&[round]).update(&shape);
        for (.., number) in with {
            hasher.update(&[*number]);
        }
        let shifts = &mut shifts[..change.len() * 4];
        hasher.finalize_xof().fill(shifts);
        for ((_, _, size, number), shift) in change.iter_mut().zip(shifts.as_chunks::<4>().0) {
            let sum = u64::from(u32::from_le_bytes(*shift)) + u64::from(*number);
            *number = u8::try_from(sum % u64::from(*size)).unwrap_or(0);
        }
    }
    for (at, first, _, number) in digits {
        text[at] = first + number;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn replaced(pseudonyms: &mut Pseudonyms, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        pseudonyms.replace(&mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn different_extensions_stay_different() {
        let mut pseudonyms = Pseudonyms::with_key("k");
        let all: HashSet<String> =
            (0..10_000).map(|n| replaced(&mut pseudonyms, &format!("{n:04}"))).collect();
        assert_eq!(all.len(), 10_000);
        assert!(all.iter().all(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())));
    }

    #[test]
    fn classes_stay_and_keys_matter() {
        let text = "Müller, Ann +49 (30) 1234";
        let one = replaced(&mut Pseudonyms::with_key("one"), text);
        assert_eq!(one, replaced(&mut Pseudonyms::with_key("one"), text));
        assert_ne!(one, replaced(&mut Pseudonyms::with_key("two"), text));
        for (a, b) in text.chars().zip(one.chars()) {
            assert_eq!(
                (a.is_ascii_digit(), a.is_ascii_lowercase()),
                (b.is_ascii_digit(), b.is_ascii_lowercase())
            );
            assert_eq!(a.is_ascii_punctuation(), b.is_ascii_punctuation());
        }
    }
}
