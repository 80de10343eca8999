//! The kind of a file, by its own first bytes and never by its name.

use serde::{Deserialize, Serialize};

/// The kinds of files that are kept: those that a browser shows by itself and that cannot run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanKind {
    /// A document of pages.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture without loss.
    Png,
}

impl ScanKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// Returns the kind of this content; `None` if it is another.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| content.starts_with(kind.begins_with()))
    }

    fn begins_with(self) -> &'static [u8] {
        match self {
            Self::Pdf => b"%PDF-",
            Self::Jpeg => b"\xff\xd8\xff",
            Self::Png => b"\x89PNG\r\n\x1a\n",
        }
    }

    /// Returns the media type for a browser.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Returns the name that people use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }

    /// Returns the endings of names that fit it, the usual one first.
    pub(super) fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &[".pdf"],
            Self::Jpeg => &[".jpg", ".jpeg"],
            Self::Png => &[".png"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (content, kind) in [
            (&b"%PDF-1.7\n"[..], Some(ScanKind::Pdf)),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", Some(ScanKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Some(ScanKind::Png)),
            (b"", None),
            (b"%PDF", None),
            (b"\xff\xd8", None),
            (b"\x89PNG\n\x1a\n", None),
            (b" %PDF-1.7", None),
            (b"MZ\x90\x00", None),
            (b"PK\x03\x04", None),
            (b"GIF89a", None),
            (b"<html>%PDF-1.7", None),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", None),
        ] {
            assert_eq!(ScanKind::of(content), kind, "{content:?}");
        }
    }
}
