//! The time that is left for receipts that wait, by the calendar of their agency and the outages of their provider.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rules::clock::Calendar;
use rules::id::AgencyCode;
use rules::receipt::{Lawful, MAKE_UP_DAYS, MakeUp, Outage, make_up};
use rules::vietnam;

use crate::site::Site;
use crate::store::{Error, Key, ReceiptsToDo};

/// The least time after which the last day of a receipt may be over: it has one working day or more.
const LEAST: SignedDuration = SignedDuration::from_hours(24);

/// Calendar and outages, from which the last days of an agency's receipts follow.
#[derive(Debug)]
pub struct MakingUp {
    calendar: Calendar,
    providers: BTreeMap<String, (u32, Option<Outage>)>,
}

impl MakingUp {
    /// Reads the outages of an agency's providers: one item each.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn of(site: &Site, agency: &AgencyCode) -> Result<Self, Error> {
        let mut providers = BTreeMap::new();
        for provider in site.config.receipt_providers().filter(|it| it.agency == *agency) {
            let outage = site.recorder.store().outage(agency, &Key::providers_door(&provider.id)).await?;
            providers.insert(provider.id.clone(), (provider.make_up_days, outage));
        }
        Ok(Self { calendar: site.recorder.office(agency).calendar, providers })
    }

    /// Returns the time that is left for a receipt that was never issued; `None` for any other, and if it reaches into a year whose
    /// days off are not known.
    #[must_use]
    pub fn left(&self, lawful: &Lawful) -> Option<MakeUp> {
        // Art. 27 is about issuing: a replacement, or a cancellation, has a receipt already.
        if lawful.issues.iter().any(|issue| issue.issued().is_some()) {
            return None;
        }
        let known = lawful.provider.as_ref().and_then(|id| self.providers.get(id));
        let (days, outage) = known.copied().unwrap_or((MAKE_UP_DAYS, None));
        make_up(&self.calendar, days, lawful.paid_at, outage).ok()
    }

    /// Returns whether the last day of a receipt is over.
    #[must_use]
    pub fn is_over(&self, lawful: &Lawful, now: Timestamp) -> bool {
        self.left(lawful).is_some_and(|left| left.is_over(vietnam::day(now)))
    }
}

/// Returns the receipts and tables of receipts that somebody must deal with, as this process read them at most a minute ago: the
/// menu of every page at the desk asks for them.
///
/// # Errors
/// [`Error`].
pub async fn to_do_lately(site: &Site, agency: &AgencyCode, now: Timestamp) -> Result<Arc<ReceiptsToDo>, Error> {
    let store = site.recorder.store();
    if let Some(kept) = store.receipts_to_do_lately(agency, now) {
        return Ok(kept);
    }
    let (to_do, old) = store.receipts_to_do(agency, now).await?;
    let overdue = overdue_of(site, agency, &old, now).await?.len() as u64;
    Ok(store.keep_receipts_to_do(agency, ReceiptsToDo { overdue, ..to_do }, now))
}

/// Returns those of the receipts with these keys whose last day is over.
async fn overdue_of(site: &Site, agency: &AgencyCode, keys: &[Key], now: Timestamp) -> Result<Vec<Lawful>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let (all, making_up) = (site.recorder.store().lawful_at(keys).await?, MakingUp::of(site, agency).await?);
    Ok(all.into_iter().filter(|it| making_up.is_over(it, now)).collect())
}

/// Finds the receipts whose last day is over, those that wait for a provider and those that wait for a person, `most` of the first
/// and a page of the others at most.
///
/// # Errors
/// [`Error`].
pub async fn overdue(site: &Site, agency: &AgencyCode, now: Timestamp, most: usize) -> Result<Vec<Lawful>, Error> {
    let (store, since) = (site.recorder.store(), now - LEAST);
    let mut keys: Vec<Key> = store.receipt_tasks(agency, since, most).await?.into_iter().map(|task| task.key).collect();
    keys.extend(store.left_to_a_person(agency, since).await?);
    overdue_of(site, agency, &keys, now).await
}
