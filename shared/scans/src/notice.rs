//! The files of notices, such as the scan of a directive: checked, stored, and read back for everybody.

use bytes::Bytes;
use motcua::store::Key;
use rules::id::AgencyCode;
use rules::language::Both;
use rules::notice::Enclosure;
use rules::papers::{ContentHash, MOST_BYTES, ScanKind, of_file};

use crate::{Papers, PapersError};

/// The reason why a file was not stored with a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No file was chosen.
    #[error("no file was chosen")]
    NoFile,
    /// It is empty.
    #[error("an empty file")]
    Empty,
    /// It is over [`MOST_BYTES`].
    #[error("a file over the limit")]
    TooLarge,
    /// Its first bytes are of another kind.
    #[error("neither PDF nor JPEG nor PNG")]
    OtherKind,
    /// It has no name that can be shown.
    #[error("a file without a name")]
    NoName,
    /// The configuration names no bucket.
    #[error("no bucket is configured")]
    NoPlace,
    /// The bucket does not answer.
    #[error("the bucket does not answer")]
    Away,
}

impl Fault {
    /// Returns what is wrong and what to do, for the member of staff who sent it.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::NoFile => ["Chọn một tệp.", "Choose a file."],
            Self::Empty => ["Tệp rỗng; hãy chọn tệp khác.", "The file is empty; choose another one."],
            Self::TooLarge => [
                "Tệp lớn quá 4 MB; hãy quét lại ở độ phân giải thấp hơn.",
                "The file is over 4 MB; scan it at a lower resolution.",
            ],
            Self::OtherKind => [
                "Tệp không phải PDF, JPEG hoặc PNG; hãy lưu thành một trong các loại này.",
                "The file is no PDF, JPEG or PNG; save it as one of these.",
            ],
            Self::NoName => ["Tệp không có tên; hãy đặt tên cho tệp.", "The file has no name; give it one."],
            Self::NoPlace => [
                "Chưa lưu được tệp: cấu hình chưa có nơi lưu (papers_bucket). Hãy báo quản trị viên.",
                "No files can be stored: the configuration names no place for them (papers_bucket). Tell the administrator.",
            ],
            Self::Away => [
                "Nơi lưu tệp chưa phản hồi. Hãy thử lại sau vài phút.",
                "The place for files does not answer. Try again in a few minutes.",
            ],
        }
    }
}

/// Checks a file as a browser sent it, without storing it: its kind is that of its first bytes, whatever its name says.
///
/// # Errors
/// [`Fault`].
pub fn check(file_name: Option<&str>, content: &[u8]) -> Result<Enclosure, Fault> {
    if content.is_empty() {
        return Err(if file_name.is_none_or(str::is_empty) { Fault::NoFile } else { Fault::Empty });
    }
    if content.len() > MOST_BYTES {
        return Err(Fault::TooLarge);
    }
    let kind = ScanKind::of(content).ok_or(Fault::OtherKind)?;
    // Browsers write a quotation mark this way, because it would end the name.
    let name = file_name.and_then(|name| of_file(&name.replace("%22", "\""))).ok_or(Fault::NoName)?;
    Ok(Enclosure {
        name,
        sha256: ContentHash::of(content).into(),
        media_type: kind.media_type().into(),
        bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
    })
}

/// Checks a file and stores it, if there is a place for it. It is durable once this is done, and nobody sees it until a
/// notice that lists it is published. The same file again is the same object.
///
/// # Errors
/// [`Fault`].
pub async fn store(
    papers: Option<&Papers>,
    agency: &AgencyCode,
    file_name: Option<&str>,
    content: Bytes,
) -> Result<Enclosure, Fault> {
    let enclosure = check(file_name, &content)?;
    let papers = papers.ok_or(Fault::NoPlace)?;
    let (hash, kind) = (ContentHash::of(&content), kind_of(&enclosure).ok_or(Fault::OtherKind)?);
    let object = Key::notice_object(agency, &hash);
    papers.put_object(object, (&hash, kind), content).await.map_err(|error| {
        tracing::error!(%error, "a file of a notice was not stored");
        Fault::Away
    })?;
    Ok(enclosure)
}

/// Reads a file that a notice lists, which is the one that was stored.
///
/// # Errors
/// [`PapersError`].
pub async fn read(papers: &Papers, agency: &AgencyCode, content: &ContentHash) -> Result<Bytes, PapersError> {
    papers.read_object(Key::notice_object(agency, content), content).await
}

/// Returns the kind of a notice's file; `None` if a notice names one that is never stored.
#[must_use]
pub fn kind_of(enclosure: &Enclosure) -> Option<ScanKind> {
    ScanKind::ALL.into_iter().find(|kind| kind.media_type() == enclosure.media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_refused_with_the_reason_and_taken_with_its_own_kind() {
        let pdf = b"%PDF-1.7\nscan";
        for (name, content, fault) in [
            (None, &b""[..], Fault::NoFile),
            (Some(""), b"", Fault::NoFile),
            (Some("cong-van.pdf"), b"", Fault::Empty),
            (Some("cong-van.pdf"), &[&pdf[..], &vec![b' '; 10 * 1024 * 1024]].concat(), Fault::TooLarge),
            (Some("cong-van.pdf"), b"MZ\x90\x00", Fault::OtherKind),
            (Some("cong-van.pdf"), b"%PDF-<html><script>alert(1)</script>", Fault::OtherKind),
            (Some("../"), pdf, Fault::NoName),
        ] {
            assert_eq!(check(name, content), Err(fault), "{name:?}");
        }
        let taken = check(Some("C:\\fakepath\\công văn%22.png"), pdf).unwrap();
        assert_eq!((taken.name.as_str(), taken.media_type.as_str()), ("công văn\".png", "application/pdf"));
        assert_eq!((taken.sha256, taken.bytes), (ContentHash::of(pdf).to_string(), 13));
    }

    #[test]
    fn four_megabytes_are_taken_and_one_byte_more_is_not() {
        let of = |length: usize| [b"%PDF-".as_slice(), &vec![b' '; length - 5]].concat();
        assert!(check(Some("a.pdf"), &of(MOST_BYTES)).is_ok());
        assert_eq!(check(Some("a.pdf"), &of(MOST_BYTES + 1)), Err(Fault::TooLarge));
    }
}
