//! The one way into the record: load, decide, write together, and again if somebody else came first.

mod arrival;
mod arrived;
mod by_page;
mod calls;
mod cash;
mod catalogue;
mod counting;
mod foreseen;
mod listed;
mod money;
mod order;
mod people;
mod resolve;
mod rounds;
mod tables;
mod takeover;
mod voucher;
mod wake;

pub use arrival::Arrival;
pub use arrived::{Arrived, Settled};
pub use calls::{Answered, CallOutcome};
pub use catalogue::{Catalogue, ImportError, Imported, Named, Procedures};
pub use listed::{ImportedAll, Listed, ListedPage};
pub use order::{Done, Order, Receipt};
pub use resolve::{Decision, Resolution, Resolved};
pub use rounds::RecordError;
pub use tables::Walked;
pub use takeover::{Examined, Standing, Takeover, TakeoverError};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::store::Store;
use rules::clock;
use rules::config::Till;
use rules::id::AgencyCode;

/// Everything that a handler records through: the store, the catalogue, and each agency's office.
#[derive(Clone, Debug)]
pub struct Recorder {
    store: Store,
    catalogue: Arc<Catalogue>,
    offices: Arc<BTreeMap<AgencyCode, clock::Office>>,
    tills: Arc<BTreeMap<AgencyCode, Till>>,
    codes: Arc<BTreeMap<AgencyCode, AgencyCode>>,
}

impl Recorder {
    /// Builds a recorder over a store, for these agencies.
    #[must_use]
    pub fn new(store: Store, offices: BTreeMap<AgencyCode, clock::Office>) -> Self {
        let catalogue = Arc::new(Catalogue::new(store.clone()));
        Self { catalogue, store, offices: Arc::new(offices), tills: Arc::default(), codes: Arc::default() }
    }

    /// Returns the same recorder, for agencies that take money in this way.
    #[must_use]
    pub fn with_tills(self, tills: BTreeMap<AgencyCode, Till>) -> Self {
        Self { tills: Arc::new(tills), ..self }
    }

    /// Returns the same recorder, for agencies of which some have another code now than their keys begin with.
    #[must_use]
    pub fn with_codes(self, codes: BTreeMap<AgencyCode, AgencyCode>) -> Self {
        Self { codes: Arc::new(codes), ..self }
    }

    /// Returns the code that an agency has now, by the one that its keys begin with.
    #[must_use]
    pub fn code<'a>(&'a self, agency: &'a AgencyCode) -> &'a AgencyCode {
        self.codes.get(agency).unwrap_or(agency)
    }

    /// Returns the store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Returns the catalogue of procedures.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Returns the agencies served, by the codes that their keys begin with.
    pub fn agencies(&self) -> impl Iterator<Item = &AgencyCode> {
        self.offices.keys()
    }

    /// Returns the office of an agency: its calendar and hours. An agency that is not configured has the official
    /// calendar and the usual hours, so that money for it is still recorded.
    #[must_use]
    pub fn office(&self, agency: &AgencyCode) -> clock::Office {
        self.offices.get(agency).cloned().unwrap_or_else(clock::Office::official)
    }

    /// Returns the till of an agency. One that is not configured has no channel of its own.
    #[must_use]
    pub fn till(&self, agency: &AgencyCode) -> Till {
        self.tills.get(agency).cloned().unwrap_or_default()
    }
}
