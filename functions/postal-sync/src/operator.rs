//! One run at one operator.

use jiff::{SignedDuration, Timestamp};
use motcua::post::{apply, retrack};
use motcua::site::Site;
use motcua::store::{Door, Error, Key, Shut, Store, Task, TaskKind};
use motcua::web::{Sessions, Silence};
use rules::config::Post;
use rules::post::{Ordering, Parcel};

use crate::LEASE;
use crate::feed;
use crate::line::Line;
use crate::report::Report;
use crate::say::{Trouble, say};

/// Time for which a parcel rests whose operator is away.
const REST: SignedDuration = SignedDuration::from_mins(10);

pub(crate) struct Run<'a> {
    pub(crate) site: &'a Site,
    pub(crate) post: &'a Post,
    pub(crate) sessions: &'a Sessions,
    pub(crate) now: Timestamp,
    pub(crate) time_left: &'a (dyn Fn() -> bool + Send + Sync),
    pub(crate) report: &'a mut Report,
}

/// Whether an operator may be called in this run.
enum Reach {
    /// It is this run's.
    Ours(Box<Door>),
    /// Another run is at it.
    Busy,
    /// It takes no calls, or does not answer.
    Away,
}

/// Seen of the operator while a parcel was worked off.
#[derive(PartialEq, Eq)]
enum Seen {
    Answers,
    NotAsked,
    /// It lets the office log in, but says nothing of this parcel.
    SilentHere,
    Shut(Shut),
}

impl<'a> Run<'a> {
    /// Reads the feed, then works off the tasks of this operator.
    pub(crate) async fn work(&mut self, tasks: &[Task]) -> Result<(), Error> {
        let mut reach = self.reach().await?;
        let mut answered = false;
        if let (Reach::Ours(_), Some(line)) = (&reach, self.line()) {
            let read = Box::pin(feed::read(&line, self.now, self.time_left, self.report)).await;
            match read {
                Ok(()) => answered = true,
                Err(feed::Trouble::Store(error)) => self.failed(&error),
                Err(feed::Trouble::Silent(silence)) => {
                    let why = self.silence(&silence).await;
                    reach = self.shut(reach, why).await?;
                }
            }
        }
        for task in tasks {
            if !(self.time_left)() {
                self.report.unfinished = true;
                break;
            }
            match Box::pin(self.one(task, &reach)).await {
                Ok(Seen::Answers) => answered = true,
                Ok(Seen::NotAsked | Seen::SilentHere) => {}
                Ok(Seen::Shut(why)) => reach = self.shut(reach, Some(why)).await?,
                Err(error) => {
                    self.failed(&error);
                    if matches!(error, Error::Unavailable { .. }) {
                        break;
                    }
                }
            }
        }
        match reach {
            Reach::Ours(door) => self.store().leave_door(&door, answered).await,
            Reach::Busy | Reach::Away => Ok(()),
        }
    }

    async fn reach(&mut self) -> Result<Reach, Error> {
        if self.post.order.is_none() {
            return Ok(Reach::Away);
        }
        let name = Key::operators_door(&self.post.id);
        let door = self.store().open_door(&self.post.agency, &name, LEASE, self.now).await?;
        match door {
            Some(door) if !door.shut => Ok(Reach::Ours(Box::new(door))),
            Some(door) => {
                self.report.left_alone += 1;
                self.store().leave_door(&door, false).await?;
                Ok(Reach::Away)
            }
            None => {
                self.report.left_alone += 1;
                Ok(Reach::Busy)
            }
        }
    }

    async fn shut(&mut self, reach: Reach, why: Option<Shut>) -> Result<Reach, Error> {
        let (Reach::Ours(door), Some(why)) = (&reach, why) else { return Ok(reach) };
        self.report.shut += 1;
        self.report.unfinished = true;
        // The alarm in infra/template.yaml waits for these words.
        tracing::error!(operator = self.post.id, ?why, "a postal operator cannot be told");
        self.store().shut_door(&self.post.agency, door, why, self.now).await?;
        Ok(Reach::Away)
    }

    /// Works off one task.
    async fn one(&mut self, task: &Task, reach: &Reach) -> Result<Seen, Error> {
        let agency = &self.post.agency;
        let Some(read) = self.store().task(task).await?.filter(|it| it.is_due(task, agency, self.now)) else {
            return Ok(Seen::NotAsked);
        };
        if task.kind == TaskKind::Stray {
            let stray = Store::stray_of(&read.item)?;
            if stray.operator != self.post.id {
                return Ok(Seen::NotAsked);
            }
            match retrack(self.site, self.post, &stray, self.now).await? {
                true => {
                    self.report.found += 1;
                    self.store().finish(task).await?;
                }
                false => {
                    self.report.put_off += 1;
                    self.store().put_off(agency, task, &read, self.now).await?;
                }
            }
            return Ok(Seen::NotAsked);
        }
        let Some(no) = task.key.parcel_no() else { return Ok(Seen::NotAsked) };
        let of = self.store().parcel(agency, no).await?.filter(|parcel| parcel.operator == self.post.id);
        let Some(before) = of else { return Ok(Seen::NotAsked) };
        let parcel = match apply(self.site, agency, no, self.now).await {
            Ok(Some(parcel)) => parcel,
            Ok(None) => return Ok(Seen::NotAsked),
            Err(motcua::post::NotDone::Store(error @ Error::Unavailable { .. })) => return Err(error),
            Err(error) => {
                tracing::error!(parcel = %no, %error, "the dossiers of a parcel were not told");
                self.report.put_off += 1;
                self.store().put_off(agency, task, &read, self.now).await?;
                return Ok(Seen::NotAsked);
            }
        };
        self.report.told += u64::from(parcel.version != before.version);
        if !wants(&parcel, self.now) {
            return Ok(Seen::NotAsked);
        }
        let line = match (reach, self.line()) {
            (Reach::Ours(_), Some(line)) => line,
            (Reach::Busy, _) => return Ok(Seen::NotAsked),
            (Reach::Ours(_) | Reach::Away, _) => {
                // It makes room for what needs no operator.
                if let Some(read) = self.store().task(task).await? {
                    self.store().rest_parcel(agency, task, &read, self.now + REST).await?;
                }
                return Ok(Seen::NotAsked);
            }
        };
        match Box::pin(say(&line, &parcel, self.now, self.report)).await {
            Ok(()) => Ok(Seen::Answers),
            Err(Trouble::Store(error)) => Err(error),
            Err(Trouble::Silent(silence)) => match self.silence(&silence).await {
                Some(why) => Ok(Seen::Shut(why)),
                None => {
                    // One parcel must not hold up all others.
                    self.report.put_off += 1;
                    if let Some(read) = self.store().task(task).await? {
                        self.store().put_off(agency, task, &read, self.now).await?;
                    }
                    Ok(Seen::SilentHere)
                }
            },
        }
    }

    /// Finds out by a log-in whose trouble a silence is: `None` if the operator answers otherwise.
    async fn silence(&self, silence: &Silence) -> Option<Shut> {
        tracing::warn!(operator = self.post.id, reason = %silence, "a postal operator did not answer");
        if matches!(silence, Silence::LogIn) {
            return Some(Shut::LogIn);
        }
        match self.line()?.log_in().await {
            Ok(_) => None,
            Err(Silence::LogIn) => Some(Shut::LogIn),
            Err(Silence::Web(_) | Silence::Unreadable) => Some(Shut::Silent),
        }
    }

    fn failed(&mut self, error: &Error) {
        self.report.errors += 1;
        tracing::error!(operator = self.post.id, %error, "an operator's run met a failure of the store");
    }

    fn line(&self) -> Option<Line<'a>> {
        let to = self.post.order.as_ref()?;
        Some(Line { site: self.site, post: self.post, to, sessions: self.sessions })
    }

    fn store(&self) -> &Store {
        self.site.recorder.store()
    }
}

/// Whether the operator is to be told or asked something of a parcel now.
fn wants(parcel: &Parcel, now: Timestamp) -> bool {
    matches!(parcel.order, Ordering::Wanted | Ordering::CancelWanted)
        || parcel.look_up_at(&parcel.standing(), now).is_some_and(|at| at <= now)
}
