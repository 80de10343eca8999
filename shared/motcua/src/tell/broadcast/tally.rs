//! A broadcast counted at its end, and looked after while services may still tell what became of its messages.

use jiff::SignedDuration;

use super::Broadcaster;
use super::portion::{PORTION, is_of};
use super::send::Case;
use crate::store::{EndedReceiver, Error, To};
use rules::broadcast::{Broadcast, Report};
use rules::id::AgencyCode;
use rules::message::Outlet;

/// Receivers that are counted at once.
const COUNTED: i32 = 500;
/// Minutes between two counts of what arrived, after a broadcast has ended.
const COUNTED_EVERY: i64 = 30;
/// Time for which services may tell what became of messages.
const TELLS_WITHIN: SignedDuration = SignedDuration::from_hours(72);

impl Broadcaster<'_> {
    /// Ends a broadcast after everybody was tried, with the report as their items tell it.
    pub(super) async fn end(&mut self, agency: &AgencyCode, broadcast: Broadcast) -> Result<(), Error> {
        if self.store().has_receivers_under_way(agency, broadcast.number).await? {
            return Ok(());
        }
        let Some((mut broadcast, open)) = self.tally(agency, broadcast).await? else { return Ok(()) };
        if open {
            // The index did not show yet somebody whose claim was left: they are walked again.
            broadcast.sent.walked = false;
            broadcast.sent.after = None;
            return self.store().move_broadcast(agency, &broadcast, None).await.map(|_| ());
        }
        let hears = self.hears(agency);
        match broadcast.ended(self.now) {
            Ok(mut ended) => {
                ended.wait = None;
                ended.heard_until = hears.then(|| self.now + TELLS_WITHIN);
                self.store().move_broadcast(agency, &ended, None).await.map(|_| ())
            }
            Err(_) => Ok(()),
        }
    }

    /// Looks after a broadcast that has ended, while services may still tell that a message did not arrive.
    pub(super) async fn hear(&mut self, agency: &AgencyCode, broadcast: Broadcast) -> Result<(), Error> {
        let config = self.site.config.agency(agency.as_str());
        let due = self.store().due_receivers(agency, broadcast.number, PORTION as usize, self.now).await?;
        let due: Vec<To> = due.into_iter().filter(|to| is_of(to, &broadcast)).collect();
        if !due.is_empty() {
            let link = self.link(config, &broadcast);
            let case = Case { agency, config, broadcast: &broadcast, link };
            self.portion(&case, &due).await?;
        }
        let over = broadcast.heard_until.is_some_and(|until| until <= self.now);
        let minute = self.now.as_second().div_euclid(60);
        if due.is_empty() && !over && minute % COUNTED_EVERY != 0 {
            return Ok(());
        }
        let Some((mut broadcast, open)) = self.tally(agency, broadcast).await? else { return Ok(()) };
        if over && !open {
            broadcast.heard_until = None;
        }
        self.store().move_broadcast(agency, &broadcast, None).await.map(|_| ())
    }

    /// Whether a service of the agency tells what became of its messages.
    fn hears(&self, agency: &AgencyCode) -> bool {
        let config = &self.site.config;
        self.outlets_of(agency).into_iter().any(|outlet| match outlet {
            Outlet::Sms => false,
            Outlet::Email => config.agency(agency.as_str()).is_some_and(|agency| agency.email_events.is_some()),
            Outlet::Https => config.message_gateway(agency.as_str()).is_some_and(|gateway| gateway.reports),
        })
    }

    /// Counts the report anew from the receivers. Returns whether somebody's turn has not ended; `None` if time ran out and
    /// the count goes on in the next run.
    async fn tally(
        &mut self,
        agency: &AgencyCode,
        mut broadcast: Broadcast,
    ) -> Result<Option<(Broadcast, bool)>, Error> {
        let of = (broadcast.number, broadcast.round);
        let (mut after, mut report) = match broadcast.sent.counting.take() {
            Some((after, report)) => (Some(after), report),
            None => (None, Report::default()),
        };
        let mut open = false;
        loop {
            let page = self.store().receivers(agency, (of, after.as_deref()), COUNTED, self.now).await?;
            for to in &page {
                match &to.ended {
                    Some(EndedReceiver::Told(outlet, arrived)) => {
                        report.add_told(*outlet);
                        if *arrived {
                            report.add_delivered(*outlet);
                        }
                    }
                    Some(EndedReceiver::Together) => report.together += 1,
                    Some(EndedReceiver::Unreached(reason)) => report.add_unreached(reason),
                    Some(EndedReceiver::Unwanted(reason)) => report.add_unwanted(reason),
                    None => open = true,
                }
            }
            if page.len() < COUNTED.unsigned_abs() as usize {
                broadcast.report = report;
                return Ok(Some((broadcast, open)));
            }
            after = page.last().and_then(|to| to.key.receiver_of()).map(|(.., name)| name.to_owned());
            if !(self.time_left)() && !open {
                broadcast.sent.counting = after.map(|after| (after, report));
                self.store().move_broadcast(agency, &broadcast, None).await?;
                self.progress.unfinished = true;
                return Ok(None);
            }
        }
    }
}
