//! One link: asked for, checked, and stored.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use motcua::store::{Error, Store};
use motcua::web::{FetchError, File, Web};
use rules::attachment::Sent;
use rules::id::{AgencyCode, DossierId};
use rules::papers::{ContentHash, MOST_BYTES, Scan, ScanKind, is_page, of_file};
use rules::portal::{Fetched, Unfetched, permitted};
use scans::{Papers, PapersError};

/// The longest time that a file may take.
const LIMIT: Duration = Duration::from_secs(15);
/// The name of a file that has none.
const NAMELESS: &str = "Tệp không tên";

/// A link of a dossier's form, and the portal that named it.
pub(super) struct Link<'a> {
    pub(super) agency: &'a AgencyCode,
    pub(super) id: DossierId,
    pub(super) portal: &'a str,
    pub(super) hosts: &'a [String],
    pub(super) sent: &'a Sent,
    pub(super) address: &'a str,
}

impl Link<'_> {
    /// Fetches the file and keeps it. First the object, then its record: whatever is recorded is durable.
    pub(super) async fn keep(
        &self,
        web: &Web,
        store: &Store,
        papers: Option<&Papers>,
        now: Timestamp,
    ) -> Result<Fetched, Error> {
        let content = match self.content(web).await {
            Ok(content) => content,
            Err(why) => return Ok(Fetched::Not(why)),
        };
        let Some(papers) = papers else { return Ok(Fetched::Not(Unfetched::NoPlace)) };
        let scan = self.scan(&content, now);
        if let Err(error) = papers.put(self.agency, self.id, &scan, Bytes::from(content)).await {
            tracing::error!(dossier = %self.id, %error, "a fetched file was not stored");
            return match error {
                PapersError::Unavailable(_) | PapersError::Missing | PapersError::Changed => {
                    Ok(Fetched::Not(Unfetched::NoPlace))
                }
            };
        }
        store.record_fetched(self.agency, self.id, &scan).await?;
        Ok(Fetched::Stored(scan.sha256))
    }

    async fn content(&self, web: &Web) -> Result<Vec<u8>, Unfetched> {
        permitted(self.address, self.hosts)?;
        match web.fetch(self.address, LIMIT, MOST_BYTES).await {
            Ok(file) => fit(file),
            Err(FetchError::Address) => Err(Unfetched::NotHttps),
            Err(FetchError::Private) => Err(Unfetched::Private),
            Err(FetchError::TooLong) => Err(Unfetched::TooLarge),
            Err(FetchError::NoAnswer | FetchError::TimedOut) => Err(Unfetched::NoAnswer),
        }
    }

    fn scan(&self, content: &[u8], now: Timestamp) -> Scan {
        let file = &self.sent.file;
        Scan {
            paper: file.paper.clone(),
            name: of_file(&file.name).or_else(|| file.paper.clone()).unwrap_or_else(|| NAMELESS.to_owned()),
            kind: ScanKind::of(content).unwrap_or(ScanKind::Other),
            size_bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
            sha256: ContentHash::of(content),
            by: self.portal.to_owned(),
            at: now,
        }
    }
}

/// Returns the content of an answer that is a file.
fn fit(File { status, content }: File) -> Result<Vec<u8>, Unfetched> {
    match status {
        200 if content.is_empty() => Err(Unfetched::Empty),
        // Many a portal answers with its page for signing in.
        200 if is_page(&content) => Err(Unfetched::Page),
        200 => Ok(content),
        300..=399 => Err(Unfetched::Redirected),
        408 | 425 | 429 | 500..=599 => Err(Unfetched::NoAnswer),
        _ => Err(Unfetched::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_file_or_has_a_reason() {
        for (status, content, expected) in [
            (200, &b"%PDF-1.7"[..], Ok(b"%PDF-1.7".to_vec())),
            (200, b"PK\x03\x04", Ok(b"PK\x03\x04".to_vec())),
            (200, b"", Err(Unfetched::Empty)),
            (200, b"<!DOCTYPE html><title>Dang nhap</title>", Err(Unfetched::Page)),
            (302, b"", Err(Unfetched::Redirected)),
            (304, b"", Err(Unfetched::Redirected)),
            (401, b"", Err(Unfetched::NotFound)),
            (404, b"", Err(Unfetched::NotFound)),
            (206, b"", Err(Unfetched::NotFound)),
            (429, b"", Err(Unfetched::NoAnswer)),
            (503, b"", Err(Unfetched::NoAnswer)),
        ] {
            assert_eq!(fit(File { status, content: content.to_vec() }), expected, "{status}");
        }
    }
}
