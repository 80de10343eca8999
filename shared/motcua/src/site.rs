//! A site: one configuration and the recorder made of it, replaced whole when the configuration is read anew.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::recorder::Recorder;
use crate::store::Store;
use crate::web::Web;
use rules::clock::Office;
use rules::config::{Agency, Config};
use units::Units;

/// Everything that a handler works with.
#[derive(Clone, Debug)]
pub struct Site {
    /// Agencies, channels, portals.
    pub config: Arc<Config>,
    /// The way into the record.
    pub recorder: Recorder,
    /// The way to gateways.
    pub web: Web,
}

impl Site {
    /// Builds a site on a store.
    #[must_use]
    pub fn new(config: Config, store: Store) -> Self {
        let offices: BTreeMap<_, _> = config
            .agencies()
            .iter()
            .map(|agency| {
                let office = Office { calendar: agency.calendar.clone(), hours: agency.office_hours.clone() };
                (agency.key().clone(), office)
            })
            .collect();
        let keys = || config.agencies().iter().map(Agency::key);
        let tills = keys().map(|key| (key.clone(), config.till(key))).collect();
        let codes = config.agencies().iter().map(|agency| (agency.key().clone(), agency.code.clone())).collect();
        let recorder = Recorder::new(store, offices).with_tills(tills).with_codes(codes);
        Self { config: Arc::new(config), recorder, web: Web::over_tls() }
    }

    /// Returns provinces and communes as they are known here.
    #[must_use]
    pub fn units(&self) -> &Units {
        self.config.units()
    }

    /// Returns the same site with another way to gateways, such as one whose connections are open already.
    #[must_use]
    pub fn reaching(self, web: Web) -> Self {
        Self { web, ..self }
    }
}

/// A site that can be replaced while handlers use it. Each handler takes the one in force when it begins.
#[derive(Clone, Debug)]
pub struct LiveSite(Arc<RwLock<Arc<Site>>>);

impl LiveSite {
    /// Begins with this site.
    #[must_use]
    pub fn new(site: Site) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(site))))
    }

    /// Returns the site in force now.
    #[must_use]
    pub fn now(&self) -> Arc<Site> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another in its place.
    pub fn replace(&self, site: Site) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
    }
}
