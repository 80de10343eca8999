//! One command for one thing that is due.

use motcua::portal::{self, Applied};
use motcua::recorder::{Arrival, RecordError};
use motcua::store::{Error, Money, Owner, Store, Task, TaskItem, TaskKind};
use motcua::tell::Outcome;
use rules::dossier::Because;
use rules::id::AgencyCode;

use crate::Sweep;

impl Sweep<'_> {
    /// Looks at one task, and puts it off if it fails.
    pub(crate) async fn look_at(&mut self, agency: &AgencyCode, task: &Task) {
        let looked = match task.kind {
            TaskKind::Dossier => self.dossier(agency, task).await,
            TaskKind::Message => self.message(agency, task).await,
            TaskKind::Money => self.money(agency, task).await,
            TaskKind::Arrival => self.arrival(agency, task).await,
            // These lie in partitions of their own, for the jobs that ask gateways, tell portals and fetch files.
            TaskKind::Checkout
            | TaskKind::Telling
            | TaskKind::Door
            | TaskKind::Files
            | TaskKind::Parcel
            | TaskKind::Stray
            | TaskKind::Receipt => Ok(()),
        };
        let Err(error) = looked else { return };
        self.report.failed += 1;
        tracing::error!(kind = ?task.kind, item = %task.key.sk, %error, "a task failed");
        if let Err(error) = self.put_off(agency, task).await {
            tracing::error!(kind = ?task.kind, item = %task.key.sk, %error, "a task was not put off");
        }
    }

    /// Counts open dossiers anew if the agency's tables of days off or its hours changed.
    pub(crate) async fn recount(&mut self, agency: &AgencyCode, time_left: &(dyn Fn() -> bool + Send + Sync)) {
        match self.site.recorder.recount_if_changed(agency, self.now, time_left).await {
            Ok(walked) => {
                self.report.count(&walked.events);
                self.report.failed += walked.failed;
                self.report.unfinished |= walked.unfinished;
            }
            Err(error) => {
                self.report.failed += 1;
                tracing::error!(%agency, %error, "it was not found whether tables changed");
            }
        }
    }

    /// Lets time pass for a dossier. Nothing is left to do if it was moved meanwhile: the index may be behind.
    async fn dossier(&mut self, agency: &AgencyCode, task: &Task) -> Result<(), RecordError> {
        let id = task.dossier().ok_or(RecordError::Unknown)?;
        let events = self.site.recorder.wake(agency, id, self.now).await?;
        self.report.count(&events);
        Ok(())
    }

    async fn message(&mut self, agency: &AgencyCode, task: &Task) -> Result<(), RecordError> {
        if self.sender.leaves_alone(&task.key) {
            self.report.unfinished = true;
            return Ok(());
        }
        match self.sender.finish(agency, task).await? {
            Outcome::Sent | Outcome::Unmarked | Outcome::Dropped => self.report.retried += 1,
            Outcome::Kept => self.report.put_off += 1,
            Outcome::Undeliverable => self.report.given_up += 1,
            Outcome::Before | Outcome::Busy => {}
        }
        Ok(())
    }

    /// Looks again whether the dossier that money names has come, or numbers money that pays a fee.
    async fn money(&mut self, agency: &AgencyCode, task: &Task) -> Result<(), RecordError> {
        let Some(read) = self.due(agency, task).await? else { return Ok(()) };
        let money = Money::read(&read.item)?;
        if money.needs_voucher() {
            return self.voucher(agency, task, &read).await;
        }
        match self.site.recorder.settle_again(agency, &money, self.now).await?.owner() {
            Owner::Dossier(_) => self.report.retried += 1,
            Owner::Unclaimed(Because::UnknownReference) => {
                self.store().put_off(agency, task, &read, self.now).await?;
                self.report.put_off += 1;
            }
            // The money names the dossier but pays nothing of it: recorded there, and in the list for a person.
            Owner::Unclaimed(_) => self.report.given_up += 1,
        }
        Ok(())
    }

    /// Gives money its voucher. Only a sweep does so, which is why a failure does not go to a person.
    async fn voucher(&mut self, agency: &AgencyCode, task: &Task, read: &TaskItem) -> Result<(), RecordError> {
        match self.site.recorder.give_voucher(agency, &task.key, self.now).await {
            Ok(given) => self.report.vouchers += u64::from(given.is_some()),
            Err(error) => {
                self.report.failed += 1;
                tracing::error!(item = %task.key.sk, %error, "a voucher was not given");
                self.store().postpone(agency, task, read, self.now).await?;
            }
        }
        Ok(())
    }

    /// Applies a portal event that came before its dossier.
    async fn arrival(&mut self, agency: &AgencyCode, task: &Task) -> Result<(), RecordError> {
        let Some(read) = self.due(agency, task).await? else { return Ok(()) };
        let arrival = Arrival::read(&read.item)?;
        match portal::apply(self.site, agency, &arrival, self.now).await? {
            Applied::Recorded | Applied::Before | Applied::Refused => {
                self.store().finish(task).await?;
                self.report.retried += 1;
            }
            Applied::DossierUnknown => {
                self.store().put_off(agency, task, &read, self.now).await?;
                self.report.put_off += 1;
            }
            Applied::Unusable => {
                self.store().give_up(agency, task, &read, self.now).await?;
                self.report.given_up += 1;
            }
        }
        Ok(())
    }

    async fn put_off(&self, agency: &AgencyCode, task: &Task) -> Result<(), Error> {
        match self.due(agency, task).await? {
            Some(read) => self.store().put_off(agency, task, &read, self.now).await,
            None => Ok(()),
        }
    }

    /// Returns the item of a task, unless it was finished or put off after the index showed it.
    async fn due(&self, agency: &AgencyCode, task: &Task) -> Result<Option<TaskItem>, Error> {
        let read = self.store().task(task).await?;
        Ok(read.filter(|read| read.is_due(task, agency, self.now)))
    }

    fn store(&self) -> &Store {
        self.site.recorder.store()
    }
}
