//! When a message leaves: not at night if it can wait, and not before it is known whether the next one says more.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::{News, Outlet};
use crate::vietnam;

/// Minutes that the messages of an arrival and of an acceptance wait for what may follow, if the agency sets none.
pub const WAIT_MINUTES: u32 = 5;

/// Hours in which nothing that can wait is sent, if the agency sets none. No decree asks for them of an office, which
/// does not advertise (NĐ 91/2020 binds advertisements); they are a courtesy.
const QUIET: Quiet = Quiet { from: Time::constant(21, 0, 0, 0), until: Time::constant(7, 0, 0, 0) };

/// The part of its cap, in percent, from which an agency is warned.
pub const WARNED_AT_PERCENT: u64 = 80;

/// Reasons for which a message waits although everything about it is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It tells of an arrival or an acceptance, and what says more may follow at once.
    NotYet,
    /// It is night.
    Quiet,
    /// The agency has sent as many messages by this outlet today as it wants to pay for.
    Capped,
    /// It stands in the list of the next day.
    Listed,
    /// It tells of a payment whose receipt is being issued, and is to name it.
    Receipt,
}

impl Held {
    /// Returns the code that is kept with the message.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotYet => "not_yet",
            Self::Quiet => "quiet_hours",
            Self::Capped => "daily_cap",
            Self::Listed => "daily_list",
            Self::Receipt => "receipt",
        }
    }
}

/// Hours of every day in Vietnam, which may reach over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The first moment.
    pub from: Time,
    /// The moment when they end.
    pub until: Time,
}

/// When an agency's messages leave, and how many of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Time that the messages of an arrival and of an acceptance wait. That of an arrival is not sent if the dossier went
    /// on meanwhile; that of an acceptance, if something was asked for, as the message about that tells both. At zero each
    /// is sent at once.
    pub wait: SignedDuration,
    /// Quiet hours; `None` if there are none.
    pub quiet: Option<Quiet>,
    /// The most messages of one day in Vietnam, for each outlet in the order of [`Outlet::ALL`]; `None` is no cap.
    pub a_day: [Option<u64>; Outlet::ALL.len()],
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            wait: SignedDuration::from_mins(i64::from(WAIT_MINUTES)),
            quiet: Some(QUIET),
            a_day: [None; Outlet::ALL.len()],
        }
    }
}

impl Timing {
    /// Returns the instant before which a message does not leave, and why; `None` if it may leave now.
    #[must_use]
    pub fn held(
        &self,
        news: &News<'_>,
        outlet: Outlet,
        recorded_at: Timestamp,
        now: Timestamp,
    ) -> Option<(Timestamp, Held)> {
        let waits = matches!(news, News::Received { .. } | News::Accepted { .. });
        let not_yet = waits.then(|| recorded_at + self.wait);
        let not_yet = not_yet.filter(|until| *until > now).map(|until| (until, Held::NotYet));
        let quiet = match &self.quiet {
            Some(quiet) if outlet.rings() && !is_urgent(news, now) => quiet.end(now).map(|until| (until, Held::Quiet)),
            Some(_) | None => None,
        };
        // The later of the two: at its end the other is over too.
        [not_yet, quiet].into_iter().flatten().max_by_key(|(until, _)| *until)
    }

    /// Returns the day of the list in which the news stands for somebody who gets one, and when that leaves; `None` if it
    /// asks for something until that day or is told everywhere, and leaves at once.
    #[must_use]
    pub fn listed(&self, news: &News<'_>, recorded_at: Timestamp) -> Option<(Date, Timestamp)> {
        let leaves = self.next_day(recorded_at);
        let day = vietnam::day(leaves);
        let waits = !news.is_told_everywhere() && news.act_by().is_none_or(|by| by > day);
        waits.then_some((day, leaves))
    }

    /// Returns the instant before which nothing that can wait leaves by one of these outlets; `None` if it may leave now.
    #[must_use]
    pub fn quiet_until(&self, outlets: &[Outlet], now: Timestamp) -> Option<Timestamp> {
        let rings = outlets.iter().any(|outlet| outlet.rings());
        self.quiet.filter(|_| rings).and_then(|quiet| quiet.end(now))
    }

    /// Returns the agency's cap of this outlet.
    #[must_use]
    pub fn cap(&self, outlet: Outlet) -> Option<u64> {
        self.a_day[outlet as usize]
    }

    /// Returns the instant from which messages beyond the cap are tried again: the next day, when nobody is disturbed.
    #[must_use]
    pub fn next_day(&self, now: Timestamp) -> Timestamp {
        let tomorrow = vietnam::day(now).tomorrow().unwrap_or_else(|_| vietnam::day(now));
        let begins = self.quiet.filter(|quiet| quiet.from > quiet.until).map_or(Time::midnight(), |quiet| quiet.until);
        vietnam::instant(tomorrow.to_datetime(begins)).unwrap_or(now)
    }
}

impl Quiet {
    /// Reads hours such as `21:00-07:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once('-')?;
        let time = |text: &str| {
            let shape = text.len() == 5 && text.as_bytes()[2] == b':';
            shape.then(|| Time::strptime("%H:%M", text).ok()).flatten()
        };
        let quiet = Self { from: time(from)?, until: time(until)? };
        (quiet.from != quiet.until).then_some(quiet)
    }

    /// Returns the end of the quiet hours that this instant lies in.
    fn end(&self, now: Timestamp) -> Option<Timestamp> {
        let wall = vietnam::civil(now);
        let (day, time) = (wall.date(), wall.time());
        let ends = match (self.from <= self.until, time >= self.from, time < self.until) {
            (true, true, true) | (false, false, true) => day,
            (false, true, false) => day.tomorrow().ok()?,
            _ => return None,
        };
        vietnam::instant(ends.to_datetime(self.until)).ok()
    }
}

/// Whether the news may ring at night: it answers what somebody did a moment ago, or it asks for something that can be
/// done until the end of this day only.
fn is_urgent(news: &News<'_>, now: Timestamp) -> bool {
    matches!(news, News::Paid { .. }) || news.act_by().is_some_and(|day| day <= vietnam::day(now))
}
