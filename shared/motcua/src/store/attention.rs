//! The number of tasks that wait for a person, for the menu: as far as one look at each list sees.

use std::sync::{Arc, PoisonError};

use futures_util::future::try_join_all;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::id::AgencyCode;

use super::aside::is_no_call;
use super::item::sortable_floor;
use super::keys::unreported_pk;
use super::{Error, Key, Posted, Store, TaskKind};

/// Seconds for which the number is taken as it was.
const LATELY_S: u64 = 60;
/// Kinds of tasks that are listed there. Money has a page of its own.
const KINDS: [TaskKind; 9] = [
    TaskKind::Arrival,
    TaskKind::Checkout,
    TaskKind::Message,
    TaskKind::Telling,
    TaskKind::Files,
    TaskKind::Door,
    TaskKind::Parcel,
    TaskKind::Stray,
    TaskKind::Dossier,
];
/// Tasks of one kind that a look sees.
const LOOK: usize = 100;

/// Age of a task from which its time to make up for an outage may be over: that is a working day at the least.
const OLD: SignedDuration = SignedDuration::from_hours(24);

/// Receipts and tables of receipts that somebody must deal with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiptsToDo {
    /// Receipts that wait for a person.
    pub for_a_person: u64,
    /// Days whose table is to be reported by now, the oldest first.
    pub unreported: Vec<Date>,
    /// Receipts that wait for their provider and are past their last day.
    pub overdue: u64,
}

impl Store {
    /// Returns how many tasks wait for a person at the desk, as this process read them at most a minute ago. Money and
    /// messages of the phone list have numbers of their own. At most a hundred of each kind are counted.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn set_aside_lately(&self, agency: &AgencyCode, now: Timestamp) -> Result<u64, Error> {
        let lately = |at: Timestamp| now.as_second().abs_diff(at.as_second()) < LATELY_S;
        let kept = self.aside.lock().unwrap_or_else(PoisonError::into_inner).get(agency).cloned();
        if let Some((number, _)) = kept.filter(|(_, at)| lately(*at)) {
            return Ok(*number);
        }
        // At the same moment: a page waits for the slowest of them alone.
        let counts = KINDS.map(|kind| Box::pin(self.set_aside_of(agency, kind)));
        let number = try_join_all(counts).await?.into_iter().sum();
        let mut kept = self.aside.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(agency.clone(), (Arc::new(number), now));
        Ok(number)
    }

    /// Has the number read anew: somebody dealt with one of them here.
    pub fn forget_set_aside(&self, agency: &AgencyCode) {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner).remove(agency);
    }

    /// Returns how many parcels are in a list, up to a hundred.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn number_posted(&self, agency: &AgencyCode, list: Posted) -> Result<u64, Error> {
        Ok(self.indexed_up_to(&list.pk(agency), None, None, LOOK).await?.items.len() as u64)
    }

    /// Returns the receipts and tables of receipts that somebody must deal with, if this process read them at most a minute ago.
    pub(crate) fn receipts_to_do_lately(&self, agency: &AgencyCode, now: Timestamp) -> Option<Arc<ReceiptsToDo>> {
        let lately = |at: Timestamp| now.as_second().abs_diff(at.as_second()) < LATELY_S;
        let kept = self.receipts_to_do.lock().unwrap_or_else(PoisonError::into_inner).get(agency).cloned();
        kept.filter(|(_, at)| lately(*at)).map(|(to_do, _)| to_do)
    }

    /// Takes them as they are for a minute.
    pub(crate) fn keep_receipts_to_do(
        &self,
        agency: &AgencyCode,
        to_do: ReceiptsToDo,
        now: Timestamp,
    ) -> Arc<ReceiptsToDo> {
        let to_do = Arc::new(to_do);
        let mut kept = self.receipts_to_do.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(agency.clone(), (to_do.clone(), now));
        to_do
    }

    /// Reads them, and the keys of the receipts that have waited for their provider for a day or longer.
    pub(crate) async fn receipts_to_do(
        &self,
        agency: &AgencyCode,
        now: Timestamp,
    ) -> Result<(ReceiptsToDo, Vec<Key>), Error> {
        let (receipts, until) = (TaskKind::Receipt.person_pk(agency), sortable_floor(now));
        let days = unreported_pk(agency);
        let (receipts, days, old) = futures_util::future::try_join3(
            self.indexed_up_to(&receipts, None, None, LOOK),
            self.indexed_up_to(&days, Some(&until), None, LOOK),
            Box::pin(self.receipt_tasks(agency, now - OLD, LOOK)),
        )
        .await?;
        let to_do = ReceiptsToDo {
            for_a_person: receipts.items.len() as u64,
            unreported: days.items.iter().filter_map(Key::day_of_receipts).collect(),
            overdue: 0,
        };
        Ok((to_do, old.into_iter().map(|task| task.key).collect()))
    }

    /// Has them read anew: somebody dealt with one of them here.
    pub fn forget_receipts_to_do(&self, agency: &AgencyCode) {
        self.receipts_to_do.lock().unwrap_or_else(PoisonError::into_inner).remove(agency);
    }

    async fn set_aside_of(&self, agency: &AgencyCode, kind: TaskKind) -> Result<u64, Error> {
        let page = self.indexed_up_to(&kind.person_pk(agency), None, None, LOOK).await?;
        Ok(page.items.iter().filter(|key| is_no_call(key)).count() as u64)
    }
}
