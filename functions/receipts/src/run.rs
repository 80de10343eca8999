//! One run at one provider.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Door, Error, Key, Shut, Store, Task, lawful_of, text};
use motcua::web::{Sessions, Silence};
use rules::config::ReceiptProvider;
use rules::receipt::Standing;
use scans::Scans;

use crate::line::Line;
use crate::one::One;
use crate::report::Report;
use crate::trouble::Trouble;
use crate::{LEASE, TOLD_AFTER};

/// Steps of one receipt in one run: issuing after a look-up, and its files.
const MOST_STEPS: u32 = 4;

pub(crate) struct Run<'a> {
    line: Line<'a>,
    scans: &'a Scans,
    now: Timestamp,
    time_left: &'a (dyn Fn() -> bool + Send + Sync),
    pub(crate) report: &'a mut Report,
}

/// Seen of the provider while a receipt was worked off.
enum Seen {
    Answers,
    NotAsked,
    /// It lets the office log in, but says nothing of this receipt.
    SilentHere,
    Shut(Shut),
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        site: &'a Site,
        scans: &'a Scans,
        to: &'a ReceiptProvider,
        now: Timestamp,
        time_left: &'a (dyn Fn() -> bool + Send + Sync),
        report: &'a mut Report,
    ) -> Self {
        Self { line: Line { site, to, sessions: Sessions::default() }, scans, now, time_left, report }
    }

    /// Works off what waits for this provider, the oldest first.
    pub(crate) async fn work(&mut self, tasks: &[Task]) -> Result<(), Error> {
        if tasks.is_empty() {
            return Ok(());
        }
        let (agency, name) = (&self.line.to.agency, Key::providers_door(&self.line.to.id));
        let Some(door) = self.store().open_door(agency, &name, LEASE, self.now).await? else {
            self.report.left_alone += 1;
            return Ok(());
        };
        if door.shut {
            self.report.left_alone += 1;
            self.tell_of_the_late(tasks).await?;
            return self.store().leave_door(&door, false).await;
        }
        // Nothing is begun at a provider that lets nobody in, so that what waits keeps its order.
        if let Err(silence) = self.line.log_in().await {
            tracing::warn!(provider = self.line.to.id, reason = %silence, "a provider of receipts lets nobody in");
            let why = if matches!(silence, Silence::LogIn) { Shut::LogIn } else { Shut::Silent };
            return self.shut(&door, why, tasks).await;
        }
        let mut answered = false;
        for task in tasks {
            if !(self.time_left)() {
                self.report.unfinished = true;
                break;
            }
            match Box::pin(self.one(task)).await {
                Ok(Seen::Answers) => answered = true,
                Ok(Seen::NotAsked) => {}
                Ok(Seen::SilentHere) => self.report.put_off += 1,
                Ok(Seen::Shut(why)) => return self.shut(&door, why, tasks).await,
                Err(error) => {
                    self.failed(&error);
                    if matches!(error, Error::Unavailable { .. }) {
                        break;
                    }
                }
            }
        }
        self.store().leave_door(&door, answered).await
    }

    async fn shut(&mut self, door: &Door, why: Shut, tasks: &[Task]) -> Result<(), Error> {
        self.report.shut += 1;
        self.report.unfinished = true;
        // The alarm in infra/template.yaml waits for these words.
        tracing::error!(provider = self.line.to.id, ?why, "a provider of receipts cannot be asked");
        self.tell_of_the_late(tasks).await?;
        self.store().shut_door(&self.line.to.agency, door, why, self.now).await
    }

    /// Works off one receipt, as far as its steps follow at once.
    async fn one(&mut self, task: &Task) -> Result<Seen, Error> {
        let Some(item) = self.store().item(&task.key).await? else { return Ok(Seen::NotAsked) };
        let due = text(&item, "wake_at").and_then(|at| at.parse::<Timestamp>().ok());
        let mut lawful = lawful_of(&item)?;
        let ours = lawful.provider.as_deref() == Some(self.line.to.id.as_str());
        if !ours || due.is_none_or(|at| at > self.now) {
            return Ok(Seen::NotAsked);
        }
        for step in 0..MOST_STEPS {
            let mut one = One { line: &self.line, scans: self.scans, now: self.now, report: self.report };
            match Box::pin(one.step(&lawful)).await {
                Ok(Some(after)) => lawful = after,
                Ok(None) => return Ok(if step == 0 { Seen::NotAsked } else { Seen::Answers }),
                Err(Trouble::Store(error)) => return Err(error),
                Err(Trouble::Silent(silence)) => return Ok(self.silence(&silence).await),
            }
            // What is asked or could not be fetched has its own time.
            let goes_on = matches!(lawful.standing(), Standing::ToIssue | Standing::ToCancel)
                || (lawful.standing() == Standing::ToFetch && lawful.last().unfetched == 0);
            if !goes_on {
                break;
            }
        }
        Ok(Seen::Answers)
    }

    /// Finds out by a log-in whose trouble a silence is.
    async fn silence(&self, silence: &Silence) -> Seen {
        tracing::warn!(provider = self.line.to.id, reason = %silence, "a provider of receipts did not answer");
        if matches!(silence, Silence::LogIn) {
            return Seen::Shut(Shut::LogIn);
        }
        match self.line.log_in().await {
            Ok(_) => Seen::SilentHere,
            Err(Silence::LogIn) => Seen::Shut(Shut::LogIn),
            Err(Silence::Web(_) | Silence::Unreadable) => Seen::Shut(Shut::Silent),
        }
    }

    /// Tells of receipts that wait longer than a day: an outage is to be made up for within three working days.
    async fn tell_of_the_late(&mut self, tasks: &[Task]) -> Result<(), Error> {
        let Some(oldest) = tasks.first() else { return Ok(()) };
        let Some(lawful) = self.store().lawful(&oldest.key).await? else { return Ok(()) };
        if self.now.duration_since(lawful.paid_at) > TOLD_AFTER {
            self.report.late += 1;
            // The alarm in infra/template.yaml waits for these words.
            tracing::error!(provider = self.line.to.id, since = %lawful.paid_at, "receipts wait longer than a day");
        }
        Ok(())
    }

    fn failed(&mut self, error: &Error) {
        self.report.errors += 1;
        tracing::error!(provider = self.line.to.id, %error, "a run met a failure of the store");
    }

    fn store(&self) -> &'a Store {
        self.line.site.recorder.store()
    }
}
