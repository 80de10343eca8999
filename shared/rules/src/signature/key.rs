//! Keys: never shown, never short, never empty.

use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};

/// The fewest bytes of a key, Standard Webhooks apart (RFC 2104 advises as much as the hash's output; gateways
/// issue 32 characters, OnePay 16 bytes).
pub const MIN_BYTES: usize = 16;
/// The fewest bytes of a Standard Webhooks key after decoding, as the standard demands.
pub const MIN_WEBHOOK_BYTES: usize = 24;

/// Whether a key under the minimum is accepted, which only a loopback start may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortness {
    /// Refuse keys under the minimum.
    Refused,
    /// Accept them; an empty key is refused all the same.
    Allowed,
}

/// The reason why a text is not a key. Nothing of the text is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No bytes at all.
    #[error("the key is empty")]
    Empty,
    /// Fewer bytes than the minimum.
    #[error("the key has {bytes} bytes, the minimum is {minimum}")]
    TooShort {
        /// The number of bytes it has.
        bytes: usize,
        /// The number of bytes it must have.
        minimum: usize,
    },
    /// Space or a line end around the key: almost certainly a slip of copying.
    #[error("the key begins or ends with white space")]
    Padded,
    /// Standard Webhooks keys are `whsec_` and base64.
    #[error("the key is not whsec_ and base64")]
    NotBase64,
    /// OnePay keys are hexadecimal.
    #[error("the key is not hexadecimal")]
    NotHex,
}

/// A function that turns the text of a key into its bytes.
pub type ReadKey = fn(&str, Shortness) -> Result<Key, KeyError>;

/// One secret key.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Vec<u8>);

impl Key {
    /// Makes a key whose bytes are its text, as for most gateways.
    pub fn from_text(text: &str, shortness: Shortness) -> Result<Self, KeyError> {
        Self::checked(untouched(text)?.as_bytes().to_vec(), MIN_BYTES, shortness)
    }

    /// Reads a key written in hexadecimal and used as the bytes it encodes (OnePay).
    pub fn from_hex(text: &str, shortness: Shortness) -> Result<Self, KeyError> {
        let bytes = HEXLOWER_PERMISSIVE.decode(untouched(text)?.as_bytes());
        Self::checked(bytes.map_err(|_| KeyError::NotHex)?, MIN_BYTES, shortness)
    }

    /// Reads a Standard Webhooks key: base64, with or without `whsec_` before it.
    pub fn from_webhook_secret(text: &str, shortness: Shortness) -> Result<Self, KeyError> {
        let text = untouched(text)?;
        let text = text.strip_prefix("whsec_").unwrap_or(text);
        let bytes = BASE64.decode(text.as_bytes());
        let bytes = bytes.map_err(|_| KeyError::NotBase64)?;
        Self::checked(bytes, MIN_WEBHOOK_BYTES, shortness)
    }

    fn checked(bytes: Vec<u8>, minimum: usize, shortness: Shortness) -> Result<Self, KeyError> {
        match bytes.len() {
            0 => Err(KeyError::Empty),
            few if few < minimum && shortness == Shortness::Refused => Err(KeyError::TooShort { bytes: few, minimum }),
            _ => Ok(Self(bytes)),
        }
    }

    /// Returns the bytes themselves, for the schemes that put a key inside the text they sign (ZaloPay queries, MoMo).
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

fn untouched(text: &str) -> Result<&str, KeyError> {
    if text.trim().len() == text.len() { Ok(text) } else { Err(KeyError::Padded) }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The keys of one channel: the current one and, while it is being replaced, the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    current: Key,
    previous: Option<Key>,
}

impl Keys {
    /// Takes one key, or two while one replaces the other.
    pub fn new(current: Key, previous: Option<Key>) -> Self {
        Self { current, previous }
    }

    /// Returns the keys of an entry whose keys only other functions read: none is live, so nothing is ever verified by
    /// them.
    #[must_use]
    pub fn elsewhere() -> Self {
        Self { current: Key(Vec::new()), previous: None }
    }

    /// Whether only other functions read them. No key that is read is empty.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        self.current.0.is_empty()
    }

    /// Returns the key to sign with.
    pub fn current(&self) -> &Key {
        &self.current
    }

    /// Returns every live key, the current one first.
    pub fn live(&self) -> impl Iterator<Item = &Key> {
        let here = (!self.is_elsewhere()).then_some(&self.current);
        here.into_iter().chain(&self.previous)
    }
}
