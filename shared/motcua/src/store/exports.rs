//! Exports of the register that are made in parts: their progress, and the parts, which hold people and go after a day.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::item::{json, n, s, under};
use super::keys::lists::PART;
use super::{Claim, CommitError, Error, Item, Key, Store, text};
use rules::id::AgencyCode;
use rules::worklist::After;

/// Time for which an export is kept. The table deletes it some time after, and until then nobody is given it.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Owner of an export, and its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportOf<'a> {
    /// The agency.
    pub agency: &'a AgencyCode,
    /// The account that makes it.
    pub who: &'a str,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// Progress of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Counted from 1 with each write.
    version: u64,
    /// The time it was begun.
    pub begun_at: Timestamp,
    /// The number of dossiers there were then.
    pub total: u64,
    /// The number of dossiers in its parts.
    pub done: u64,
    /// The number of parts.
    parts: u32,
    /// Bytes of all of them.
    pub bytes: u64,
    /// Place where it goes on; `None` before the first part, and at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// Whether nothing is left to read.
    pub is_done: bool,
}

/// A portion that is added to an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portion {
    /// Its rows as JSON texts, each a part of its own.
    pub parts: Vec<String>,
    /// The number of rows they hold.
    pub rows: u64,
    /// Place where the next portion begins; `None` at the end.
    pub next: Option<After>,
}

impl Export {
    /// Whether it has expired and can be neither continued nor downloaded.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now.duration_since(self.begun_at) >= KEPT_FOR
    }

    /// Returns the place where it goes on; `None` before the first part, and at the end.
    #[must_use]
    pub fn after(&self) -> Option<After> {
        self.after.as_deref().map(After::sort)
    }
}

impl Store {
    /// Reads the progress of an export, also of one that has expired; `None` if nobody began it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn export(&self, of: &ExportOf<'_>) -> Result<Option<Export>, Error> {
        self.value(&of.key(), "export").await
    }

    /// Begins an export of `total` dossiers, in the place of `was` if there is one. Returns its progress, or `None` if
    /// somebody began or continued it at this moment.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn begin_export(
        &self,
        of: &ExportOf<'_>,
        was: Option<&Export>,
        total: u64,
        now: Timestamp,
    ) -> Result<Option<Export>, Error> {
        let version = was.map_or(0, |was| was.version) + 1;
        let begun = Export { version, begun_at: now, total, done: 0, parts: 0, bytes: 0, after: None, is_done: false };
        self.keep(of, was, begun, Vec::new()).await
    }

    /// Adds a portion to an export. Returns its progress, or `None` if somebody else continued it at this moment, so
    /// that no row is in it twice.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn go_on_with_export(
        &self,
        of: &ExportOf<'_>,
        was: &Export,
        portion: &Portion,
    ) -> Result<Option<Export>, Error> {
        let parts = (was.parts + 1..).zip(&portion.parts);
        let part = |(number, rows): (u32, &String)| {
            let mut item = under(&Key::export_part(of.agency, of.who, of.from, of.until, number));
            item.insert("rows".into(), s(rows.as_str()));
            item
        };
        let items: Vec<_> = parts.map(part).collect();
        let after = portion.next.as_ref().map(|next| next.as_sort().to_owned());
        let bytes: usize = portion.parts.iter().map(String::len).sum();
        let export = Export {
            version: was.version + 1,
            done: was.done + portion.rows,
            parts: was.parts + u32::try_from(items.len()).unwrap_or(u32::MAX),
            bytes: was.bytes + bytes as u64,
            is_done: after.is_none(),
            after,
            ..was.clone()
        };
        self.keep(of, Some(was), export, items).await
    }

    /// Reads the parts of an export, in their order: JSON texts.
    ///
    /// # Errors
    /// [`Error`]; a missing part is [`Error::Unreadable`].
    pub async fn export_parts(&self, of: &ExportOf<'_>, export: &Export) -> Result<Vec<String>, Error> {
        let pk = Key::export_pk(of.agency, of.who, of.from, of.until);
        let (most, mut parts, mut from) = (export.parts as usize, Vec::new(), None);
        while parts.len() < most {
            let page = self.under(&pk, PART, from).await?;
            parts.extend(page.items.iter().filter_map(|item| text(item, "rows").map(str::to_owned)));
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        if parts.len() < most {
            return Err(Error::Unreadable { sk: PART.to_owned(), reason: "a part of an export is missing".to_owned() });
        }
        // An earlier export of the same days may have left some behind them.
        parts.truncate(most);
        Ok(parts)
    }

    async fn keep(
        &self,
        of: &ExportOf<'_>,
        was: Option<&Export>,
        export: Export,
        parts: Vec<Item>,
    ) -> Result<Option<Export>, Error> {
        let mut item = under(&of.key());
        item.insert("export".into(), json(&export));
        item.insert("version".into(), n(export.version));
        let expires_at = u64::try_from(export.begun_at.as_second() + KEPT_FOR.as_secs()).unwrap_or(0);
        let expiring = |mut item: Item| {
            item.insert("expires_at".into(), n(expires_at));
            item
        };
        let item = expiring(item);
        let head = was.map_or_else(|| Claim::New(item.clone()), |was| Claim::Over(item.clone(), was.version));
        let parts = parts.into_iter().map(|part| Claim::Put(expiring(part)));
        let claims: Vec<_> = std::iter::once(head).chain(parts).collect();
        match self.write(&claims).await {
            Ok(()) => Ok(Some(export)),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => Ok(None),
        }
    }
}

impl ExportOf<'_> {
    fn key(&self) -> Key {
        Key::export(self.agency, self.who, self.from, self.until)
    }
}
