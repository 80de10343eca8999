//! The list of an agency's catalogue, and the import of a whole file into it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::task::{JoinError, JoinSet};

use super::{Catalogue, ImportError, Imported, Recorder};
use crate::store::{Error, Item, Key, read, write};
use rules::catalogue::Procedure;
use rules::id::AgencyCode;

/// Versions that are looked up or written at a time.
const AT_A_TIME: usize = 16;

/// Time for which the versions of a procedure, and the list of all, are believed to be complete. Then they are read again.
pub(super) const ALL_FOR: SignedDuration = SignedDuration::from_mins(5);

/// The most entries that are read for the list of everything; the whole catalogue of a province is a few thousand.
const MOST_LISTED: usize = 10_000;

/// The whole lists of agencies, each with the time at which it was read.
pub(super) type Lists = Mutex<HashMap<AgencyCode, (Arc<[Listed]>, Timestamp)>>;

/// A version of a procedure, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// `MaTTHC`.
    pub code: String,
    /// The version.
    pub version: u32,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// The first day on which dossiers are received under it; `None` if there is no first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last such day; `None` if it lasts until the next version begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Whether it can be filed online.
    pub online: bool,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPage {
    /// In the order of codes and versions.
    pub items: Vec<Listed>,
    /// Code and version after which the next page begins; `None` at the end.
    pub next: Option<(String, u32)>,
}

/// Outcome of the import of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportedAll {
    /// Versions that are there now.
    pub now: usize,
    /// Versions that were there before, with the same content.
    pub before: usize,
}

/// Returns the entry of a version in the list.
pub(super) fn listed(agency: &AgencyCode, procedure: &Procedure) -> Item {
    let Procedure { code, version, name_vi, name_en, valid_from, valid_until, online, .. } = procedure.clone();
    let key = Key::listed_procedure(agency, &code, version);
    let entry = Listed { code, version, name_vi, name_en, valid_from, valid_until, online };
    write::item(&key, "listed", serde_json::to_string(&entry).expect("an entry has string keys only"))
}

impl Catalogue {
    /// Reads a page of the agency's procedures whose code begins with `code_prefix`, after that code and version.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list(
        &self,
        agency: &AgencyCode,
        code_prefix: &str,
        after: Option<(&str, u32)>,
    ) -> Result<ListedPage, Error> {
        let from = after.map(|(code, version)| Key::listed_procedure(agency, code, version).attributes());
        let prefix = Key::listed_procedures(code_prefix);
        let page = self.store.under(&Key::procedures_pk(agency), &prefix, from).await?;
        let items = page.items.iter().map(|item| read::<Listed>(item, "listed")).collect::<Result<Vec<_>, _>>()?;
        let next = page.next.and(items.last()).map(|last| (last.code.clone(), last.version));
        Ok(ListedPage { items, next })
    }

    /// Returns every version that the agency lists, in the order of codes and versions, as they were at most five minutes
    /// ago. A process reads them once in that time, a hundred at a time.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn all_lately(&self, agency: &AgencyCode, now: Timestamp) -> Result<Arc<[Listed]>, Error> {
        let kept = self.lists.lock().unwrap_or_else(PoisonError::into_inner).get(agency).cloned();
        // A clock may have been set back meanwhile.
        if let Some((all, _)) = kept.filter(|(_, at)| now.duration_since(*at).abs() < ALL_FOR) {
            return Ok(all);
        }
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let from = after.as_ref().map(|(code, version): &(String, u32)| (code.as_str(), *version));
            let page = self.list(agency, "", from).await?;
            all.extend(page.items);
            match page.next {
                Some(next) if all.len() < MOST_LISTED => after = Some(next),
                Some(_) => {
                    tracing::error!(most = MOST_LISTED, "the catalogue is longer than its public list");
                    break;
                }
                None => break,
            }
        }
        let all: Arc<[Listed]> = all.into();
        self.lists.lock().unwrap_or_else(PoisonError::into_inner).insert(agency.clone(), (Arc::clone(&all), now));
        Ok(all)
    }
}

impl Recorder {
    /// Adds all of these versions to an agency's catalogue, or none if one cannot be taken. If the store fails in
    /// between, what was written stays, and a repeated call goes on from there.
    ///
    /// # Errors
    /// One reason for each version that cannot be taken; a single [`ImportError::Store`] if the store failed.
    pub async fn import_all(
        &self,
        agency: &AgencyCode,
        procedures: &[Arc<Procedure>],
    ) -> Result<ImportedAll, Vec<ImportError>> {
        self.check_all(agency, procedures).await?;
        let mut done = ImportedAll::default();
        let mut refused = Vec::new();
        for result in self.each(agency, procedures, Doing::Import).await {
            match result {
                Ok(Imported::Now) => done.now += 1,
                Ok(Imported::Before) => done.before += 1,
                Err(error) => refused.push(error),
            }
        }
        if refused.is_empty() { Ok(done) } else { Err(first_failure(refused)) }
    }

    /// Whether all of these versions could be added, without adding any.
    ///
    /// # Errors
    /// As [`Recorder::import_all`].
    pub async fn check_all(
        &self,
        agency: &AgencyCode,
        procedures: &[Arc<Procedure>],
    ) -> Result<ImportedAll, Vec<ImportError>> {
        let results = self.each(agency, procedures, Doing::Check).await;
        let (found, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        let refused: Vec<_> = refused.into_iter().filter_map(Result::err).collect();
        if !refused.is_empty() {
            return Err(first_failure(refused));
        }
        let before = found.iter().filter(|it| matches!(it, Ok(Imported::Before))).count();
        Ok(ImportedAll { now: found.len() - before, before })
    }

    /// Returns the answers in the order of the procedures, several asked at a time. After a failure of the store, only
    /// those under way are still awaited.
    async fn each(
        &self,
        agency: &AgencyCode,
        procedures: &[Arc<Procedure>],
        doing: Doing,
    ) -> Vec<Result<Imported, ImportError>> {
        let mut answers: Vec<(usize, Result<Imported, ImportError>)> = Vec::with_capacity(procedures.len());
        let (mut asked, mut waiting) = (JoinSet::new(), procedures.iter().cloned().enumerate());
        let mut has_failed = false;
        loop {
            while !has_failed
                && asked.len() < AT_A_TIME
                && let Some((place, procedure)) = waiting.next()
            {
                let (catalogue, agency) = (self.catalogue.clone(), agency.clone());
                asked.spawn(async move {
                    let answer = match doing {
                        Doing::Check => catalogue.would_import(&agency, &procedure).await,
                        Doing::Import => catalogue.import(&agency, &procedure).await,
                    };
                    (place, answer)
                });
            }
            let Some(answer) = asked.join_next().await else { break };
            let answer = answer.unwrap_or_else(|error| (usize::MAX, Err(interrupted(&error))));
            has_failed |= matches!(answer.1, Err(ImportError::Store(_)));
            answers.push(answer);
        }
        answers.sort_by_key(|(place, _)| *place);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }
}

#[derive(Clone, Copy)]
enum Doing {
    Check,
    Import,
}

fn interrupted(error: &JoinError) -> ImportError {
    Error::Unavailable { operation: "import", reason: error.to_string() }.into()
}

/// Returns only the store's failure, if it failed: nothing is known of the rest.
fn first_failure(mut refused: Vec<ImportError>) -> Vec<ImportError> {
    match refused.iter().position(|error| matches!(error, ImportError::Store(_))) {
        Some(place) => vec![refused.swap_remove(place)],
        None => refused,
    }
}
