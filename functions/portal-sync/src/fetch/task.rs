//! The files of one dossier.

use std::collections::BTreeSet;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Error, Store, Task, TaskItem, Whole};
use rules::attachment::sent;
use rules::dossier::Actor;
use rules::id::{AgencyCode, DossierId};
use rules::papers::MOST_FILES;
use rules::portal::{Fetched, LinkMark, LinkName, Unfetched};
use scans::Papers;

use super::link::Link;
use super::report::Files;

pub(super) struct Run<'a> {
    pub(super) site: &'a Site,
    pub(super) papers: Option<Papers>,
    pub(super) agency: &'a AgencyCode,
    pub(super) now: Timestamp,
    pub(super) time_left: &'a (dyn Fn() -> bool + Send + Sync),
    pub(super) report: &'a mut Files,
}

/// Files of a dossier that could not be fetched so far.
#[derive(Default)]
struct Lost {
    /// For good, or until a person has it tried again.
    refused: Vec<Unfetched>,
    /// For now.
    waiting: Vec<Unfetched>,
}

impl Run<'_> {
    /// Fetches what is not fetched yet, and ends the task, puts it off or gives it to a person.
    pub(super) async fn dossier(&mut self, task: &Task, id: DossierId) -> Result<(), Error> {
        let Some(read) = self.store().task(task).await?.filter(|it| it.is_due(task, self.agency, self.now)) else {
            // The index may still show one that was finished or put off.
            return Ok(());
        };
        let whole = match self.store().whole(self.agency, id).await {
            Ok(Some(whole)) => whole,
            Ok(None) => return self.store().all_fetched(task, &read).await.map(drop),
            Err(error @ (Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_))) => {
                // It stands in nobody's way, and after some tries a person looks at it.
                self.store().put_off(self.agency, task, &read, self.now).await?;
                return Err(error);
            }
            Err(error) => return Err(error),
        };
        match self.links(&whole, &read, id).await? {
            // Time is up: what is marked is not fetched again.
            None => Ok(()),
            Some(lost) => self.end(task, &read, &lost).await,
        }
    }

    /// Tries each link that is to be tried; `None` if there was no time for all.
    async fn links(&mut self, whole: &Whole, read: &TaskItem, id: DossierId) -> Result<Option<Lost>, Error> {
        let (mut lost, mut seen) = (Lost::default(), BTreeSet::new());
        let mut kept = whole.scans.len();
        for (version, form) in &whole.forms {
            let Some(portal) = portal_of(whole, *version) else { continue };
            let hosts = self.site.config.portal(portal).map(|it| it.fetch.as_slice()).unwrap_or_default();
            // A portal whose files are not fetched has them opened where they lie.
            for file in sent(form).iter().filter(|_| !hosts.is_empty()) {
                let Some(address) = file.address.as_deref() else { continue };
                let name = LinkName::of(address);
                if !seen.insert(name.clone()) {
                    continue;
                }
                match whole.links.get(&name) {
                    Some(LinkMark { is: Fetched::Stored(_), .. }) => continue,
                    Some(LinkMark { is: Fetched::Not(why), at }) if !why.passes() && !is_asked_again(read, *at) => {
                        lost.refused.push(*why);
                        continue;
                    }
                    Some(_) | None => {}
                }
                if !(self.time_left)() {
                    self.report.unfinished = true;
                    return Ok(None);
                }
                let link = Link { agency: self.agency, id, portal, hosts, sent: file, address };
                let is = self.keep(&link, &mut kept).await?;
                self.count(&is, &mut lost);
                self.store().mark_link(self.agency, id, &name, &LinkMark { is, at: self.now }).await?;
            }
        }
        Ok(Some(lost))
    }

    async fn keep(&self, link: &Link<'_>, kept: &mut usize) -> Result<Fetched, Error> {
        if *kept >= MOST_FILES {
            return Ok(Fetched::Not(Unfetched::TooMany));
        }
        let is = Box::pin(link.keep(&self.site.web, self.store(), self.papers.as_ref(), self.now)).await?;
        if matches!(is, Fetched::Stored(_)) {
            *kept += 1;
        }
        Ok(is)
    }

    fn count(&mut self, is: &Fetched, lost: &mut Lost) {
        match is {
            Fetched::Stored(_) => self.report.stored += 1,
            Fetched::Not(why) if why.passes() => {
                self.report.waiting += 1;
                lost.waiting.push(*why);
            }
            Fetched::Not(why) => {
                self.report.refused += 1;
                lost.refused.push(*why);
            }
        }
    }

    async fn end(&self, task: &Task, read: &TaskItem, lost: &Lost) -> Result<(), Error> {
        let Some(first) = lost.refused.first().or(lost.waiting.first()) else {
            return self.store().all_fetched(task, read).await.map(drop);
        };
        let count = u64::try_from(lost.refused.len() + lost.waiting.len()).unwrap_or(u64::MAX);
        self.store().note_lost(task, read, count, *first).await?;
        match lost.waiting.is_empty() {
            true => {
                tracing::warn!(reason = first.name(), count, "files of a portal are not fetched");
                self.store().give_up(self.agency, task, read, self.now).await
            }
            // After ten tries it goes to a person too.
            false => self.store().put_off(self.agency, task, read, self.now).await,
        }
    }

    fn store(&self) -> &Store {
        self.site.recorder.store()
    }
}

/// Whether a person has it tried again since a link was marked.
fn is_asked_again(read: &TaskItem, marked_at: Timestamp) -> bool {
    read.failures == 0 && read.due_since().is_some_and(|since| marked_at <= since)
}

/// Returns the portal that sent the form of a version.
fn portal_of(whole: &Whole, version: u64) -> Option<&str> {
    let commit = whole.history.iter().find(|commit| commit.version == version)?;
    match &commit.actor {
        Actor::Portal(portal) => Some(portal),
        Actor::Gateway(_) | Actor::Post(_) | Actor::Applicant | Actor::Staff(_) | Actor::Sweep | Actor::Takeover(_) => {
            None
        }
    }
}
