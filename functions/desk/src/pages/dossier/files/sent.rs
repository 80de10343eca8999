//! The form that a browser sends to have a file stored, and the checks on it.

use bytes::Bytes;
use jiff::Timestamp;
use rules::http::Request;
use rules::limits::LONGEST_FILE_NAME;
use rules::papers::{ContentHash, MOST_BYTES, Scan, ScanKind, of_file, tidy};

use ::pages::form::NotAForm;
use ::pages::multipart;

/// Most bytes that can arrive: a file over [`MOST_BYTES`] can still be refused with a reason, with the form as it was.
const ARRIVES: usize = 6 * 1024 * 1024;

/// The form.
#[derive(Default)]
pub(super) struct Sent {
    /// The form's own secret.
    pub csrf: String,
    /// The code of the paper; `None` for another one.
    pub paper: Option<String>,
    /// The name that was typed, tidied.
    pub name: Option<String>,
    /// Whether something was typed of which nothing can be seen.
    pub typed_unseen: bool,
    /// Name of the file.
    pub file_name: Option<String>,
    /// Content of the file.
    pub content: Bytes,
}

/// Reason why a file is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    #[error("no file was chosen")]
    NoFile,
    #[error("an empty file")]
    Empty,
    #[error("a file over the limit")]
    TooLarge,
    #[error("neither PDF nor JPEG nor PNG")]
    OtherKind,
    #[error("a paper that the dossier does not know")]
    UnknownPaper,
    #[error("another paper, and neither a name nor a file name to show")]
    NoName,
    #[error("a name over the limit")]
    LongName,
    #[error("the dossier has as many files as it may have")]
    TooMany,
    #[error("no bucket is configured")]
    NoPlace,
    #[error("the bucket or the table does not answer")]
    Away,
}

impl Unfit {
    /// The status of the page that shows it.
    pub(super) fn status(self) -> u16 {
        match self {
            Self::TooLarge => 413,
            Self::OtherKind => 415,
            Self::Away => 503,
            Self::NoFile
            | Self::Empty
            | Self::UnknownPaper
            | Self::NoName
            | Self::LongName
            | Self::TooMany
            | Self::NoPlace => 422,
        }
    }
}

impl Sent {
    /// Reads the body of the form; it must be `multipart/form-data`.
    pub(super) async fn of(request: &Request) -> Result<Self, NotAForm> {
        let mut sent = Self::default();
        for part in multipart::parts(request, &["csrf", "paper", "name", "file"], ARRIVES).await? {
            let text = || String::from_utf8(part.content.to_vec()).map_err(|_| NotAForm::Malformed);
            match part.name.as_str() {
                "csrf" => sent.csrf = text()?,
                "paper" => sent.paper = Some(text()?).filter(|code| !code.is_empty()),
                "name" => {
                    let typed = text()?;
                    sent.name = tidy(&typed);
                    sent.typed_unseen = sent.name.is_none() && !typed.trim().is_empty();
                }
                "file" => {
                    // Browsers write a quotation mark this way, because it would end the name.
                    sent.file_name = part.file_name.and_then(|name| of_file(&name.replace("%22", "\"")));
                    sent.content = part.content;
                }
                _ => {}
            }
        }
        Ok(sent)
    }

    /// The scan to be recorded, if everything is as it should be.
    pub(super) fn scan(&self, papers: &[String], by: &str, at: Timestamp) -> Result<Scan, Unfit> {
        let paper = self.paper.clone();
        if paper.as_ref().is_some_and(|code| !papers.contains(code)) {
            return Err(Unfit::UnknownPaper);
        }
        // A name was meant and cannot be seen: the file's own would be another one. Nothing typed leaves the choice to us.
        if paper.is_none() && self.typed_unseen {
            return Err(Unfit::NoName);
        }
        if self.name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_FILE_NAME) {
            return Err(Unfit::LongName);
        }
        if self.content.is_empty() {
            return Err(if self.file_name.is_none() { Unfit::NoFile } else { Unfit::Empty });
        }
        if self.content.len() > MOST_BYTES {
            return Err(Unfit::TooLarge);
        }
        let kind = ScanKind::of(&self.content).ok_or(Unfit::OtherKind)?;
        // A browser may send no name that can be shown; a paper that the procedure names needs none.
        let name = self.name.clone().or_else(|| self.file_name.clone()).or_else(|| paper.clone());
        Ok(Scan {
            name: name.ok_or(Unfit::NoName)?,
            paper,
            kind,
            size_bytes: u64::try_from(self.content.len()).unwrap_or(u64::MAX),
            sha256: ContentHash::of(&self.content),
            by: by.to_owned(),
            at,
        })
    }
}
