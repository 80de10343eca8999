//! The catalogue as stored: immutable versions, remembered once read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;

use super::listed::{ALL_FOR, Lists, listed};
use crate::kept::Kept;
use crate::store::{Claim, CommitError, Error, Item, Key, Store, read, text, write};
use rules::catalogue::{Procedure, ProcedureRef, in_force, overlap};
use rules::id::AgencyCode;
use rules::vietnam;
use rules::worklist::Row;

/// The procedures of rows; `None` for one that the catalogue does not know.
pub type Procedures = HashMap<ProcedureRef, Option<Arc<Procedure>>>;

/// Most procedures remembered; the whole catalogue of a province is a few thousand.
const MOST: usize = 5_000;

/// Most names that are kept for a minute.
const MOST_NAMES: usize = 500;

/// Versions of one procedure, and the time at which they were known to be all there are.
#[derive(Clone, Debug, Default)]
struct Known {
    versions: Vec<Arc<Procedure>>,
    all_at: Option<Timestamp>,
}

type Remembered = HashMap<(AgencyCode, String), Known>;

/// Procedures by agency, code and version.
#[derive(Debug)]
pub struct Catalogue {
    pub(super) store: Store,
    remembered: Mutex<Remembered>,
    names: Kept<(AgencyCode, String), Option<Named>>,
    pub(super) lists: Lists,
}

/// The name of a procedure, in Vietnamese and in English.
pub type Named = [String; 2];

/// Outcome of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// The version is there now.
    Now,
    /// It was there before, with the same content.
    Before,
}

/// Reasons why a version was not taken into the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Dossiers live under this version, so a change needs a new one.
    #[error("{code} version {version} is there with other content, and a version never changes: give it a new number")]
    Changed {
        /// `MaTTHC`.
        code: String,
        /// The version.
        version: u32,
    },
    /// Two versions would be in force on the same day.
    #[error("{code} version {version} would be in force on the same days as version {other}")]
    Overlaps {
        /// `MaTTHC`.
        code: String,
        /// The version.
        version: u32,
        /// The one that is there.
        other: u32,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

impl Catalogue {
    pub(super) fn new(store: Store) -> Self {
        Self { store, remembered: Mutex::default(), names: Kept::new(MOST_NAMES), lists: Lists::default() }
    }

    /// Returns the versions that the rows of a list point to. The process remembers them once it has read them.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn of_rows<'a>(
        &self,
        agency: &AgencyCode,
        rows: impl Iterator<Item = &'a Row>,
    ) -> Result<Procedures, Error> {
        let mut found = Procedures::new();
        for row in rows {
            if !found.contains_key(&row.procedure) {
                let procedure = self.version(agency, &row.procedure).await?;
                found.insert(row.procedure.clone(), procedure);
            }
        }
        Ok(found)
    }

    /// Returns the version a dossier points to; `None` if the catalogue did not know the procedure.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn version(&self, agency: &AgencyCode, which: &ProcedureRef) -> Result<Option<Arc<Procedure>>, Error> {
        if which.version == 0 {
            return Ok(None);
        }
        let known = self.known(agency, &which.code);
        if let Some(procedure) = known.versions.into_iter().find(|procedure| procedure.version == which.version) {
            return Ok(Some(procedure));
        }
        let key = Key::procedure(agency, &which.code, which.version);
        let Some(procedure) = self.store.value::<Procedure>(&key, "procedure").await? else { return Ok(None) };
        let procedure = Arc::new(procedure);
        self.remember(agency, &which.code, |known| known.versions.push(procedure.clone()));
        Ok(Some(procedure))
    }

    /// Returns the version of a procedure under which a dossier received at `received_at` lives; `None` if the
    /// catalogue has none for that day.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn in_force(
        &self,
        agency: &AgencyCode,
        code: &str,
        received_at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Arc<Procedure>>, Error> {
        let on: Date = vietnam::day(received_at);
        Ok(in_force(&self.versions_lately(agency, code, now).await?, on).cloned())
    }

    /// Returns every version of a procedure, as they were at most five minutes ago.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn versions_lately(
        &self,
        agency: &AgencyCode,
        code: &str,
        now: Timestamp,
    ) -> Result<Vec<Arc<Procedure>>, Error> {
        let known = self.known(agency, code);
        if known.all_at.is_some_and(|at| now.duration_since(at) < ALL_FOR) {
            return Ok(known.versions);
        }
        let versions = self.versions(agency, code).await?;
        // A procedure that is not there may be imported the next moment, so it is looked for again.
        if !versions.is_empty() {
            let versions = versions.clone();
            self.remember(agency, code, |known| *known = Known { versions, all_at: Some(now) });
        }
        Ok(versions)
    }

    /// Returns the name that a procedure has today, as it was at most a minute ago; `None` if the catalogue has none.
    /// A code that is not there is kept too: anybody may open a page that names it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn name_lately(&self, agency: &AgencyCode, code: &str, now: Timestamp) -> Result<Option<Named>, Error> {
        let name = (agency.clone(), code.to_owned());
        if let Some(kept) = self.names.get(&name, now) {
            return Ok(kept);
        }
        let procedure = self.in_force(agency, code, now, now).await?;
        let named = procedure.map(|it| [it.name_vi.clone(), it.name_en.clone()]);
        self.names.keep(name, named.clone(), now);
        Ok(named)
    }

    /// Reads every version of a procedure, as stored now.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn versions(&self, agency: &AgencyCode, code: &str) -> Result<Vec<Arc<Procedure>>, Error> {
        let Key { pk, sk: copy } = Key::procedure(agency, code, 0);
        let (mut versions, mut from) = (Vec::new(), None);
        loop {
            let page = self.store.under(&pk, "version#", from).await?;
            // Version 0 is a copy that earlier imports left.
            for item in page.items.iter().filter(|item| text(item, "sk") != Some(&copy)) {
                versions.push(Arc::new(read::<Procedure>(item, "procedure")?));
            }
            match page.next {
                Some(next) => from = Some(next),
                None => return Ok(versions),
            }
        }
    }

    /// Whether a version could be added, without adding it.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn would_import(&self, agency: &AgencyCode, procedure: &Procedure) -> Result<Imported, ImportError> {
        let (code, version) = (procedure.code.clone(), procedure.version);
        let versions = self.versions(agency, &code).await?;
        if let Some(there) = versions.iter().find(|there| there.version == version) {
            let same = **there == *procedure;
            return if same { Ok(Imported::Before) } else { Err(ImportError::Changed { code, version }) };
        }
        match versions.iter().find(|there| overlap(there, procedure)) {
            Some(other) => Err(ImportError::Overlaps { code, version, other: other.version }),
            None => Ok(Imported::Now),
        }
    }

    /// Returns the items of a version: itself, and its entry in the list.
    ///
    /// # Panics
    /// Never: a procedure has string keys only.
    #[must_use]
    pub fn items(agency: &AgencyCode, procedure: &Procedure) -> [Item; 2] {
        let json = serde_json::to_string(procedure).expect("a procedure has string keys only");
        let key = Key::procedure(agency, &procedure.code, procedure.version);
        [write::item(&key, "procedure", json), listed(agency, procedure)]
    }

    /// Adds a version and lists it. Adding the same again changes nothing; other content under its number is refused.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn import(&self, agency: &AgencyCode, procedure: &Procedure) -> Result<Imported, ImportError> {
        if self.would_import(agency, procedure).await? == Imported::Before {
            // A version that was imported before there was a list is listed now.
            self.store.put_once(listed(agency, procedure)).await?;
            return Ok(Imported::Before);
        }
        let [version, entry] = Self::items(agency, procedure);
        let there = match self.store.write(&[Claim::New(version), Claim::Put(entry)]).await {
            Ok(()) => None,
            Err(CommitError::Claimed(_, there)) => Some(there.unwrap_or_default()),
            Err(CommitError::Store(error)) => return Err(error.into()),
            Err(CommitError::Conflict | CommitError::Raced(_)) => {
                let (operation, reason) = ("TransactWriteItems", "conflict".to_owned());
                return Err(Error::Unavailable { operation, reason }.into());
            }
        };
        self.remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&(agency.clone(), procedure.code.clone()));
        match there {
            None => Ok(Imported::Now),
            // Somebody else imported the same number at the same time.
            Some(item) if read::<Procedure>(&item, "procedure")? == *procedure => Ok(Imported::Before),
            Some(_) => Err(ImportError::Changed { code: procedure.code.clone(), version: procedure.version }),
        }
    }

    fn known(&self, agency: &AgencyCode, code: &str) -> Known {
        let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.get(&(agency.clone(), code.to_owned())).cloned().unwrap_or_default()
    }

    fn remember(&self, agency: &AgencyCode, code: &str, change: impl FnOnce(&mut Known)) {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST {
            remembered.clear();
        }
        change(remembered.entry((agency.clone(), code.to_owned())).or_default());
    }
}
