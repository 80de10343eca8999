//! Scans of papers that the office keeps itself: the files allowed, their kinds and the names shown.

mod kind;
mod name;

use std::fmt;

use data_encoding::{BASE64, HEXLOWER};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use kind::{ScanKind, is_page};
pub use name::{disposition, of_file, tidy};

/// The most bytes of one file: Lambda answers with 6 MB at most, in which a file is written a third longer.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The most files of one dossier, so that its page needs few round trips.
pub const MOST_FILES: usize = 200;

/// A file as recorded for a dossier. Its name may be personal, like that of a form's file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The code of the paper it shows; `None` for a paper that the procedure does not name.
    pub paper: Option<String>,
    /// The name it is shown under.
    pub name: String,
    /// Its kind.
    pub kind: ScanKind,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// The SHA-256 of its content.
    pub sha256: ContentHash,
    /// The account that stored it: the subject of the sign-in.
    pub by: String,
    /// When it was stored.
    pub at: Timestamp,
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan").field("kind", &self.kind).field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

/// The SHA-256 of a content, as 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash(String);

/// A text that is not a SHA-256 as it is written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 small hexadecimal digits")]
pub struct NotAHash;

impl ContentHash {
    /// Returns the hash of a content.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        Self(HEXLOWER.encode(&Sha256::digest(content)))
    }

    /// Reads a hash back. It has one way to be written, so that no object has two names.
    ///
    /// # Errors
    /// [`NotAHash`].
    pub fn parse(text: &str) -> Result<Self, NotAHash> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotAHash)?;
        if bytes.len() == 32 { Ok(Self(text.to_owned())) } else { Err(NotAHash) }
    }

    /// Returns it as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns it as S3 writes a checksum.
    #[must_use]
    pub fn base64(&self) -> String {
        BASE64.encode(&HEXLOWER.decode(self.0.as_bytes()).expect("it was read or made as hexadecimal digits"))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ContentHash {
    type Error = NotAHash;
    fn try_from(text: String) -> Result<Self, NotAHash> {
        Self::parse(&text)
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> Self {
        hash.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_back_and_has_one_way_to_be_written() {
        let hash = ContentHash::of(b"abc");
        assert_eq!(hash.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(hash.base64(), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(ContentHash::parse(hash.as_str()), Ok(hash.clone()));
        for odd in ["", "ba78", &hash.as_str().to_uppercase(), &format!("{hash}00"), "../../../etc/passwd"] {
            assert_eq!(ContentHash::parse(odd), Err(NotAHash), "{odd}");
        }
        assert!(serde_json::from_str::<ContentHash>("\"x\"").is_err());
    }

    #[test]
    fn debug_shows_neither_name_nor_person() {
        let scan = Scan {
            paper: None,
            name: "Giấy của hộ kinh doanh Mẫu".into(),
            kind: ScanKind::Pdf,
            size_bytes: 3,
            sha256: ContentHash::of(b"abc"),
            by: "can-bo-1".into(),
            at: "2020-04-15T01:00:00Z".parse().unwrap(),
        };
        let shown = format!("{scan:?}");
        assert!(shown.contains("Pdf") && !shown.contains("Mẫu") && !shown.contains("can-bo-1"), "{shown}");
    }
}
