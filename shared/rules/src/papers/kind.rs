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
    /// Any other file, which a portal took from its applicant. Browsers save it and show nothing of it.
    Other,
}

impl ScanKind {
    /// Those that are known by their first bytes.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// Returns the kind of this content; `None` if it is another.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| content.starts_with(kind.begins_with())).filter(|_| !is_page(content))
    }

    fn begins_with(self) -> &'static [u8] {
        match self {
            Self::Pdf => b"%PDF-",
            Self::Jpeg => b"\xff\xd8\xff",
            Self::Png => b"\x89PNG\r\n\x1a\n",
            Self::Other => b"",
        }
    }

    /// Returns the media type for a browser.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Other => "application/octet-stream",
        }
    }

    /// Returns the name that people use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Other => "*",
        }
    }

    /// Returns the endings of names that fit it, the usual one first.
    pub(super) fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &[".pdf"],
            Self::Jpeg => &[".jpg", ".jpeg"],
            Self::Png => &[".png"],
            Self::Other => &[],
        }
    }
}

/// Beginnings of what a browser, or somebody's viewer, may take for a page of the web.
const OF_PAGES: [&[u8]; 19] = [
    b"<html",
    b"<!doctype",
    b"<head",
    b"<body",
    b"<script",
    b"<iframe",
    b"<svg",
    b"<img",
    b"<style",
    b"<title",
    b"<meta",
    b"<link",
    b"<form",
    b"<div",
    b"<table",
    b"<a href",
    b"<object",
    b"<embed",
    b"<!--",
];
/// The part of a file in which they are looked for, as readers of types do; white space between is passed over.
const LOOKED_AT: usize = 1_024;

/// Whether a page of the web begins here, or is hidden behind the first bytes of another kind.
#[must_use]
pub fn is_page(content: &[u8]) -> bool {
    let blank = |byte: u8| byte.is_ascii_whitespace() || byte == 0;
    let mut first = Vec::with_capacity(LOOKED_AT);
    for byte in content.iter().map(u8::to_ascii_lowercase) {
        match blank(byte) {
            true if first.last() == Some(&b' ') => {}
            true => first.push(b' '),
            false => first.push(byte),
        }
        if first.len() == LOOKED_AT {
            break;
        }
    }
    OF_PAGES.iter().any(|mark| first.windows(mark.len()).any(|window| window == *mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let behind_blanks = [b"%PDF-1.7\n".as_slice(), &b" \n\0".repeat(4_000), b"<html>"].concat();
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
            (b"%PDF-<html><script>alert(1)</script>", None),
            (b"%PDF-1.7\n%\xe2\xe3\n<!DOCTYPE HTML>", None),
            (b"%PDF-1.7\n\n<ScRiPt src=x>", None),
            (b"\x89PNG\r\n\x1a\n<svg onload=x>", None),
            (&behind_blanks, None),
            (b"\xff\xd8\xff<body>", None),
            // Dictionaries, hexadecimal strings and metadata of real documents.
            (b"%PDF-1.5\n1 0 obj<</ID[<BADBEEF0><A0B1>]/Type/Catalog>>\n<x:xmpmeta>", Some(ScanKind::Pdf)),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", None),
        ] {
            assert_eq!(ScanKind::of(content), kind, "{content:?}");
        }
    }
}
