//! The catalogue as stored: immutable versions, remembered once read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::catalogue::{Procedure, ProcedureRef};
use crate::id::AgencyCode;
use crate::store::{Error, Key, Store};

/// How long the version in force is believed before it is read again.
const CURRENT_FOR: SignedDuration = SignedDuration::from_mins(5);

/// Most procedures remembered; the whole catalogue of a province is a few thousand.
const MOST: usize = 5_000;

type Remembered = HashMap<(AgencyCode, String, u32), (Arc<Procedure>, Timestamp)>;

/// Procedures by agency, code and version.
#[derive(Debug)]
pub struct Catalogue {
    store: Store,
    remembered: Mutex<Remembered>,
}

impl Catalogue {
    pub(super) fn new(store: Store) -> Self {
        Self { store, remembered: Mutex::default() }
    }

    /// The version a dossier points to; none where the catalogue did not know the procedure.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn version(&self, agency: &AgencyCode, which: &ProcedureRef) -> Result<Option<Arc<Procedure>>, Error> {
        if which.version == 0 {
            return Ok(None);
        }
        self.find(agency, &which.code, which.version, Timestamp::UNIX_EPOCH).await
    }

    /// The version of a procedure that is in force now.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn current(
        &self,
        agency: &AgencyCode,
        code: &str,
        now: Timestamp,
    ) -> Result<Option<Arc<Procedure>>, Error> {
        self.find(agency, code, 0, now).await
    }

    /// Adds a version and puts it in force. A version that is there already stays as it is.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn import(&self, agency: &AgencyCode, procedure: &Procedure) -> Result<(), Error> {
        let json = serde_json::to_string(procedure).expect("a procedure has string keys only");
        self.store.put_new(&Key::procedure(agency, &procedure.code, procedure.version), "procedure", &json).await?;
        self.store.put_over(&Key::procedure(agency, &procedure.code, 0), "procedure", &json).await
    }

    async fn find(
        &self,
        agency: &AgencyCode,
        code: &str,
        version: u32,
        now: Timestamp,
    ) -> Result<Option<Arc<Procedure>>, Error> {
        let name = (agency.clone(), code.to_owned(), version);
        let known = self.remembered.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        match known {
            Some((procedure, read_at)) if version > 0 || now.duration_since(read_at) < CURRENT_FOR => {
                return Ok(Some(procedure));
            }
            _ => {}
        }
        let Some(procedure) =
            self.store.value::<Procedure>(&Key::procedure(agency, code, version), "procedure").await?
        else {
            return Ok(None);
        };
        let procedure = Arc::new(procedure);
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST {
            remembered.clear();
        }
        // The version in force is an immutable version too: the dossier made of it will ask for that one next.
        remembered.insert((agency.clone(), code.to_owned(), procedure.version), (procedure.clone(), now));
        remembered.insert(name, (procedure.clone(), now));
        Ok(Some(procedure))
    }
}
