//! One run at one portal.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Door, Error, Shut, Store, TRIES, TaskItem, Untold};
use motcua::web::{Sessions, Silence};
use rules::config::{Portal, Telling};

use crate::LEASE;
use crate::dossier::{Trouble, tell};
use crate::gather::{Gathered, gather};
use crate::line::Line;
use crate::report::Report;

/// Dossiers in a row without a usable answer, after which the portal counts as silent although it lets the office log in.
const SILENT_IN_A_ROW: u32 = 3;

pub(crate) struct Run<'a> {
    pub(crate) site: &'a Site,
    pub(crate) portal: &'a Portal,
    pub(crate) telling: &'a Telling,
    pub(crate) sessions: &'a Sessions,
    pub(crate) now: Timestamp,
    pub(crate) time_left: &'a (dyn Fn() -> bool + Send + Sync),
    pub(crate) report: &'a mut Report,
}

/// Conclusion about the portal from the telling of one dossier.
enum Seen {
    /// It answers.
    Answers,
    /// Nothing: it was not asked.
    NotAsked,
    /// It answers log-ins, but nothing about this dossier.
    SilentHere,
    /// It cannot be told.
    Shut(Shut),
}

impl Run<'_> {
    /// Tells the portal of what waits longest.
    pub(crate) async fn tell(&mut self) -> Result<(), Error> {
        if !(self.time_left)() {
            self.report.unfinished = true;
            return Ok(());
        }
        let most = self.telling.a_minute;
        let untold = self.store().untold(&self.portal.agency, &self.portal.id, self.now, most).await?;
        let Some(oldest) = untold.first() else { return Ok(()) };
        let minutes = self.now.duration_since(oldest.since).as_mins().unsigned_abs();
        self.report.oldest_minutes = self.report.oldest_minutes.max(minutes);
        let door = self.store().open_door(&self.portal.agency, &self.portal.id, LEASE, self.now).await?;
        let Some(mut door) = door else {
            self.report.left_alone += 1;
            return Ok(());
        };
        if door.shut {
            self.report.left_alone += 1;
            return self.store().leave_door(&door, false).await;
        }
        self.report.unfinished |= untold.len() == most;
        self.walk(&mut door, &untold).await
    }

    async fn walk(&mut self, door: &mut Door, untold: &[Untold]) -> Result<(), Error> {
        let (mut answered, mut silent) = (false, 0);
        for one in untold {
            // Another run may have begun in this minute, by the schedule or by hand.
            if door.spent >= self.telling.a_minute || !(self.time_left)() {
                self.report.unfinished = true;
                break;
            }
            let seen = self.one(one).await;
            door.spent += usize::from(!matches!(seen, Ok(Seen::NotAsked)));
            match seen {
                Ok(Seen::Answers) => (answered, silent) = (true, 0),
                Ok(Seen::NotAsked) => {}
                Ok(Seen::SilentHere) => silent += 1,
                Ok(Seen::Shut(why)) => return self.shut(door, why).await,
                Err(error) => {
                    self.report.errors += 1;
                    tracing::error!(portal = self.portal.id, dossier = %one.id, %error, "a dossier was not told");
                    if matches!(error, Error::Unavailable { .. }) {
                        break;
                    }
                }
            }
            if silent == SILENT_IN_A_ROW {
                return self.shut(door, Shut::Silent).await;
            }
        }
        self.store().leave_door(door, answered).await
    }

    async fn shut(&mut self, door: &Door, why: Shut) -> Result<(), Error> {
        self.report.shut += 1;
        self.report.unfinished = true;
        // The alarm in infra/template.yaml waits for these words.
        tracing::error!(portal = self.portal.id, ?why, "a portal cannot be told");
        self.store().shut_door(&self.portal.agency, door, why, self.now).await
    }

    async fn one(&mut self, one: &Untold) -> Result<Seen, Error> {
        let agency = &self.portal.agency;
        let Some(read) = self.store().task(&one.task).await?.filter(|it| it.is_due(&one.task, agency, self.now)) else {
            // The index may still show one that was told or put off.
            return Ok(Seen::NotAsked);
        };
        let records = match gather(self.site, self.portal, one.id, self.now).await {
            Ok(Gathered::Records(records)) => records,
            Ok(Gathered::Nothing) => {
                self.report.nothing += 1;
                self.store().all_told(&one.task, &read, None).await?;
                return Ok(Seen::NotAsked);
            }
            Ok(Gathered::Erased) => return self.refuse(one, "people_erased", "ChuHoSo").await,
            Err(error @ (Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_))) => {
                // It stands in nobody's way, and after some tries a person looks at it.
                self.report.put_off += 1;
                self.store().put_off(agency, &one.task, &read, self.now).await?;
                return Err(error);
            }
            Err(error @ (Error::Unavailable { .. } | Error::Contended(_))) => return Err(error),
        };
        let line = Line { site: self.site, portal: self.portal, to: self.telling, sessions: self.sessions };
        match Box::pin(tell(&line, self.store(), &one.task, &read, &records)).await {
            Ok(()) => {
                self.report.told += 1;
                if !self.store().all_told(&one.task, &read, Some(records.version)).await? {
                    // More happened meanwhile: it stays due, and goes on from here.
                    self.store().note_progressed(&one.task, records.version).await?;
                }
                Ok(Seen::Answers)
            }
            Err(Trouble::Refused { reason, field }) => {
                self.refuse(one, &reason, &field).await?;
                Ok(Seen::Answers)
            }
            Err(Trouble::Early) => self.wait(one, &read).await,
            Err(Trouble::Silent(Silence::LogIn)) => Ok(Seen::Shut(Shut::LogIn)),
            Err(Trouble::Silent(silence)) => {
                tracing::warn!(portal = self.portal.id, reason = %silence, "a portal did not answer");
                // A log-in shows whose trouble it is: one dossier must not hold up all others, and a portal that is down
                // must not put off every dossier.
                match line.log_in().await {
                    Ok(_) => {
                        self.report.put_off += 1;
                        self.store().put_off(agency, &one.task, &read, self.now).await?;
                        Ok(Seen::SilentHere)
                    }
                    Err(Silence::LogIn) => Ok(Seen::Shut(Shut::LogIn)),
                    Err(Silence::Web(_) | Silence::Unreadable) => Ok(Seen::Shut(Shut::Silent)),
                }
            }
            Err(Trouble::Store(error)) => Err(error),
        }
    }

    /// Puts off a dossier of which the portal says that a time in it has not come yet: what a clock that is behind takes for
    /// the future it takes later. After as many tries as any other failure has, it goes to a person.
    async fn wait(&mut self, one: &Untold, read: &TaskItem) -> Result<Seen, Error> {
        tracing::warn!(portal = self.portal.id, dossier = %one.id, "the clock of a portal is behind");
        if read.failures + 1 >= TRIES {
            self.refuse(one, "early", "ThoiDiemXuLy").await?;
        } else {
            self.report.put_off += 1;
            self.store().put_off(&self.portal.agency, &one.task, read, self.now).await?;
        }
        Ok(Seen::Answers)
    }

    async fn refuse(&mut self, one: &Untold, reason: &str, field: &str) -> Result<Seen, Error> {
        self.report.refused += 1;
        // The alarm in infra/template.yaml waits for these words. The reason is the portal's and may be personal.
        tracing::error!(portal = self.portal.id, dossier = %one.id, field, "a portal refuses a dossier");
        self.store().refused(&self.portal.agency, &one.task, reason, field, self.now).await?;
        Ok(Seen::NotAsked)
    }

    fn store(&self) -> &Store {
        self.site.recorder.store()
    }
}
