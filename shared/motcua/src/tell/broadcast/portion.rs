//! A broadcast sent portion by portion, and counted at its end.

use super::Broadcaster;
use super::send::{Case, Went};
use crate::store::{EndedReceiver, Error, Standing, To};
use rules::broadcast::{Broadcast, Report, Stage, Wait};
use rules::id::{AgencyCode, DossierId};
use rules::message::Held;

/// Receivers between two looks at the broadcast, so that it is stopped in the middle.
pub(super) const PORTION: u32 = 25;
/// Rounds of load and write of a broadcast's progress.
const ROUNDS: u32 = 8;

/// Outcome of a portion.
#[derive(Default)]
pub(super) struct Told {
    report: Report,
    /// Messages that were begun.
    begun: u32,
    /// The last receiver before the first one who must be looked at again.
    after: Option<String>,
    /// Whether there is such a one: the run ends.
    stuck: bool,
    /// The cap of the day is reached.
    capped: bool,
}

impl Broadcaster<'_> {
    /// Sends a broadcast as far as its minute, the day's cap and the time go.
    pub(super) async fn send(&mut self, agency: &AgencyCode, number: u32) -> Result<(), Error> {
        let config = self.site.config.agency(agency.as_str());
        let settings = config.map(|agency| agency.broadcasts).unwrap_or_default();
        loop {
            if !(self.time_left)() {
                self.progress.unfinished = true;
                return Ok(());
            }
            let Some(broadcast) = self.store().broadcast(agency, number).await? else { return Ok(()) };
            if broadcast.stage != Stage::Sending || self.waits(agency, &broadcast).await? {
                return Ok(());
            }
            let most = broadcast.left_in_minute(settings.a_minute, self.now).min(PORTION);
            if most == 0 {
                return Ok(());
            }
            let due = self.store().due_receivers(agency, number, most as usize, self.now).await?;
            let due: Vec<To> = due.into_iter().filter(|to| is_of(to, &broadcast) && is_due(to)).collect();
            let link = self.link(config, &broadcast);
            let case = Case { agency, config, broadcast: &broadcast, link };
            if !due.is_empty() {
                let told = self.portion(&case, &due).await?;
                self.keep(agency, &broadcast, &told, None).await?;
                if told.stuck || told.begun == 0 {
                    return Ok(());
                }
                continue;
            }
            if broadcast.sent.walked {
                return self.end(agency, broadcast).await;
            }
            let of = (number, broadcast.round);
            let after = broadcast.sent.after.clone();
            let most = i32::try_from(most).unwrap_or(1);
            let portion = self.store().receivers(agency, (of, after.as_deref()), most, self.now).await?;
            let told = self.portion(&case, &portion).await?;
            let walked = portion.len() < most.unsigned_abs() as usize && !told.stuck;
            self.keep(agency, &broadcast, &told, Some(walked)).await?;
            if told.stuck {
                return Ok(());
            }
        }
    }

    /// Whether nothing leaves now: at night, or until the day whose cap is not reached.
    async fn waits(&self, agency: &AgencyCode, broadcast: &Broadcast) -> Result<bool, Error> {
        if broadcast.wait.as_ref().is_some_and(|wait| wait.until > self.now) {
            return Ok(true);
        }
        let config = self.site.config.agency(agency.as_str());
        let quiet = config.and_then(|agency| agency.timing.quiet_until(&agency.outlets, self.now));
        let wait = quiet.map(|until| Wait { until, why: Held::Quiet.code().to_owned() });
        if wait != broadcast.wait {
            let held = wait.is_some();
            let broadcast = Broadcast { wait, ..broadcast.clone() };
            self.store().move_broadcast(agency, &broadcast, None).await?;
            // Read again, whatever became of it.
            return if held { Ok(true) } else { Ok(false) };
        }
        Ok(false)
    }

    /// Tells the receivers of a portion, one after another.
    pub(super) async fn portion(&mut self, case: &Case<'_>, portion: &[To]) -> Result<Told, Error> {
        let mut ids: Vec<DossierId> = portion.iter().filter(|to| is_due(to)).map(|to| to.toward.id).collect();
        ids.dedup();
        let known = self.known(case.agency, &ids).await?;
        let mut told = Told::default();
        for to in portion {
            let name = to.key.receiver_of().map(|(.., name)| name.to_owned());
            let person = known.iter().find(|known| known.id == to.toward.id);
            let went = match person {
                Some(person) if is_due(to) => Box::pin(self.tell(case, to, person)).await,
                _ => Ok(Went::Before),
            };
            let stuck = match went {
                Ok(Went::LeftAlone) => true,
                Err(error) => {
                    tracing::error!(broadcast = case.broadcast.number, %error, "a receiver was not told");
                    self.progress.failed += 1;
                    true
                }
                Ok(went) => {
                    told.begun += u32::from(went != Went::Before);
                    self.count_went(went, &mut told);
                    false
                }
            };
            told.stuck |= stuck;
            if !told.stuck {
                told.after = name;
            }
            if told.capped {
                told.stuck = true;
                break;
            }
        }
        Ok(told)
    }

    fn count_went(&mut self, went: Went, told: &mut Told) {
        match went {
            Went::Before | Went::LeftAlone => {}
            Went::Kept => self.progress.put_off += 1,
            Went::Capped => {
                self.progress.put_off += 1;
                told.capped = true;
            }
            Went::Ended(EndedReceiver::Told(outlet, _)) => {
                self.progress.told += 1;
                told.report.add_told(outlet);
            }
            Went::Ended(EndedReceiver::Together) => {
                self.progress.together += 1;
                told.report.together += 1;
            }
            Went::Ended(EndedReceiver::Unreached(reason)) => {
                self.progress.unreached += 1;
                told.report.add_unreached(&reason);
            }
            Went::Ended(EndedReceiver::Unwanted(reason)) => {
                self.progress.unwanted += 1;
                told.report.add_unwanted(&reason);
            }
        }
    }

    /// Keeps how far a broadcast was sent, in whatever state it is by now. `walked` is given if receivers were walked.
    async fn keep(
        &self,
        agency: &AgencyCode,
        broadcast: &Broadcast,
        told: &Told,
        walked: Option<bool>,
    ) -> Result<(), Error> {
        let mut now = broadcast.clone();
        for _ in 0..ROUNDS {
            if let Some(walked) = walked {
                now.sent.after = told.after.clone().or(now.sent.after);
                now.sent.walked = walked;
            }
            now.report.add(&told.report);
            now.begin(told.begun, self.now);
            let capped = told.capped.then(|| self.next_day(agency));
            now.wait = capped.map(|until| Wait { until, why: Held::Capped.code().to_owned() });
            if self.store().move_broadcast(agency, &now, None).await?.is_some() {
                return Ok(());
            }
            // Somebody stopped it meanwhile.
            now = match self.store().broadcast(agency, broadcast.number).await? {
                Some(now) if now.round == broadcast.round => now,
                _ => return Ok(()),
            };
        }
        Err(Error::Contended(ROUNDS))
    }

    fn next_day(&self, agency: &AgencyCode) -> jiff::Timestamp {
        let agency = self.site.config.agency(agency.as_str());
        agency.map(|agency| agency.timing.clone()).unwrap_or_default().next_day(self.now)
    }
}

pub(super) fn is_of(to: &To, broadcast: &Broadcast) -> bool {
    to.key.receiver_of().is_some_and(|(number, round, _)| (number, round) == (broadcast.number, broadcast.round))
}

fn is_due(to: &To) -> bool {
    matches!(to.standing, Standing::Due(_) | Standing::Failed(..))
}
