//! Field values that are bytes: strings, unspecified bytes, named variables, secrets.

use core::fmt;
use core::hash::{Hash, Hasher};

/// A STRING: text that ends with a NUL on the wire.
///
/// Holds the bytes of the field; a NUL that ends them is not looked for before somebody reads. The protocol does
/// not say which character set they are in; in practice it is ASCII, ISO 8859-1 or UTF-8. Two strings are equal
/// if their text is, that is, everything before the first NUL.
#[derive(Clone, Copy, Default)]
pub struct Str<'a>(&'a [u8]);

impl<'a> Str<'a> {
    /// A string with this text. Text with a NUL in it cannot be encoded, but for one at its end, which ends it.
    pub const fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    /// A string with these bytes as its text. Bytes with a NUL among them cannot be encoded, but for one at the
    /// end, which ends the text.
    pub const fn from_bytes(text: &'a [u8]) -> Self {
        Self(text)
    }

    /// A string from the data of a field, with or without the NUL that should end it.
    pub const fn from_field(data: &'a [u8]) -> Self {
        Self(data)
    }

    /// The text: everything before the first NUL.
    pub fn as_bytes(&self) -> &'a [u8] {
        match self.0.iter().position(|&byte| byte == 0) {
            Some(end) => &self.0[..end],
            None => self.0,
        }
    }

    /// All bytes of the field but its last NUL: more than [`as_bytes`](Self::as_bytes) where a peer padded
    /// its string with NULs.
    pub const fn as_field(&self) -> &'a [u8] {
        match self.0.split_last() {
            Some((0, text)) => text,
            _ => self.0,
        }
    }

    /// The text, if it is UTF-8.
    ///
    /// # Errors
    ///
    /// If it is not.
    pub fn to_str(&self) -> Result<&'a str, core::str::Utf8Error> {
        core::str::from_utf8(self.as_bytes())
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

impl<'a> From<&'a str> for Str<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

impl<'a> From<&'a [u8]> for Str<'a> {
    fn from(text: &'a [u8]) -> Self {
        Self::from_bytes(text)
    }
}

#[cfg(feature = "alloc")]
impl<'a> From<&'a alloc::string::String> for Str<'a> {
    fn from(text: &'a alloc::string::String) -> Self {
        Self::new(text)
    }
}

#[cfg(feature = "alloc")]
impl<'a> From<&'a alloc::borrow::Cow<'_, str>> for Str<'a> {
    fn from(text: &'a alloc::borrow::Cow<'_, str>) -> Self {
        Self::new(text)
    }
}

#[cfg(feature = "alloc")]
impl<'a> From<&'a alloc::vec::Vec<u8>> for Str<'a> {
    fn from(text: &'a alloc::vec::Vec<u8>) -> Self {
        Self::from_bytes(text)
    }
}

impl PartialEq for Str<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Str<'_> {}

impl PartialEq<str> for Str<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Str<'_> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialOrd for Str<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str<'_> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for Str<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Debug for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.as_bytes().escape_ascii())
    }
}

/// Writes the text; bytes that are not UTF-8 become `U+FFFD`.
impl fmt::Display for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.as_bytes().utf8_chunks() {
            f.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                f.write_str("\u{FFFD}")?;
            }
        }
        Ok(())
    }
}

/// An UNSPEC: bytes whose meaning the protocol leaves to others.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> From<&'a [u8]> for Bytes<'a> {
    fn from(data: &'a [u8]) -> Self {
        Self(data)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Bytes<'a> {
    fn from(data: &'a [u8; N]) -> Self {
        Self(data)
    }
}

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// A password. It shows itself as dots in `Debug`, and has no `Display`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Do not log it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"…\"")
    }
}

/// A NAMEDVAR: the value of an expanded call variable.
///
/// Name at most 33 and value at most 211 bytes, each with its NUL; 3 to 251 bytes together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NamedVariable<'a> {
    /// Name of the variable.
    pub name: Str<'a>,
    /// Its value.
    pub value: Str<'a>,
}

impl<'a> NamedVariable<'a> {
    /// Reads name NUL value NUL; data without a NUL is all name.
    pub(crate) fn from_field(data: &'a [u8]) -> Self {
        match data.iter().position(|&byte| byte == 0) {
            Some(end) => {
                Self { name: Str::from_bytes(&data[..end]), value: Str::from_field(&data[end + 1..]) }
            }
            None => Self { name: Str::from_bytes(data), value: Str::default() },
        }
    }
}

/// A NAMEDARRAY: one element of an expanded call variable that is an array.
///
/// Name and value as in [`NamedVariable`]; 4 to 252 bytes together with the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NamedArray<'a> {
    /// Which element of the array, from 0.
    pub index: u8,
    /// Name of the array.
    pub name: Str<'a>,
    /// Value of the element.
    pub value: Str<'a>,
}
