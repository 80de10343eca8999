//! Contributions of one dossier to the totals of each day.
//!
//! A dossier is judged as it was at the end of each day, by the records until then: its [`Case`] is judged at the last
//! instant of the day, by the definitions of this module and no others. If the judgement differs from that of the day
//! before, the difference is the contribution of the day. So the contributions of all days up to one add up to the
//! count of the cases of that day, running late included. The day after a due date adds one that runs late and takes
//! away one that runs in time, unless something was recorded before then.
//!
//! An ended dossier counts for the day it ended and a received one for the day it was received, so that a report can
//! leave out those that were over before its first day. Later records never change the figures of a day that is over.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::counts::named;
use super::{Case, Counts, DueBasis, Flow, Group, Month, Period, Reading, Tally, readings};
use crate::catalogue::ProcedureRef;
use crate::clock::{Limit, end_of_day};
use crate::dossier::{Dossier, Recorded, Source, evolve};
use crate::id::{AgencyCode, DossierId};
use crate::vietnam;

/// The name for dossiers received, by whatever channel.
pub(super) const RECEIVED: &str = "received";
/// The name for dossiers received from one portal, before its id.
pub(super) const FROM_PORTAL: &str = "from:";
/// The name for dossiers received with the result wanted by post.
pub(super) const BY_POST: &str = "returns_by_post";

/// The contributions of a dossier to the totals, by day and group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Entry>", into = "Vec<Entry>")]
pub struct Contributions(BTreeMap<(Date, Group), Counts>);

#[derive(Serialize, Deserialize)]
struct Entry {
    day: Date,
    #[serde(flatten)]
    group: Group,
    counts: Counts,
}

impl From<Vec<Entry>> for Contributions {
    fn from(entries: Vec<Entry>) -> Self {
        Self(entries.into_iter().map(|it| ((it.day, it.group), it.counts)).collect())
    }
}

impl From<Contributions> for Vec<Entry> {
    fn from(all: Contributions) -> Self {
        all.0.into_iter().map(|((day, group), counts)| Entry { day, group, counts }).collect()
    }
}

impl Contributions {
    /// Computes those of a dossier with this history, oldest first, under the limits of the procedure versions it lived
    /// under (`None` if the catalogue lost one).
    #[must_use]
    pub fn of<'l>(
        agency: &AgencyCode,
        id: DossierId,
        history: &[Recorded],
        limit: impl Fn(&ProcedureRef) -> Option<&'l Limit>,
    ) -> Self {
        let mut all = Self::default();
        let mut before = View::new();
        let mut history = days(agency, id, history, &mut all).into_iter().peekable();
        while let Some((day, dossier)) = history.next() {
            let (until, limit) = (history.peek().map_or(Date::MAX, |(next, _)| *next), limit(&dossier.procedure));
            for day in changes(&dossier, limit, day..until) {
                let now = view(&dossier, limit, day);
                now.iter().for_each(|(group, counts)| all.cell(day, group).add_all(counts));
                before.iter().for_each(|(group, counts)| all.cell(day, group).take_all(counts));
                before = now;
            }
        }
        all.0.retain(|_, counts| !counts.is_empty());
        all
    }

    /// Iterates by day and group.
    pub fn iter(&self) -> impl Iterator<Item = (Date, &Group, &Counts)> {
        self.0.iter().map(|((day, group), counts)| (*day, group, counts))
    }

    /// Returns the months that hold something.
    #[must_use]
    pub fn months(&self) -> BTreeSet<Month> {
        self.0.keys().map(|(day, _)| Month::of(*day)).collect()
    }

    /// Returns the part that lies in a month.
    #[must_use]
    pub fn in_month(&self, month: Month) -> Self {
        let there = self.0.iter().filter(|((day, _), _)| Month::of(*day) == month);
        Self(there.map(|(cell, counts)| (cell.clone(), counts.clone())).collect())
    }

    /// Returns the change that turns `before` into this.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        let mut change = self.clone();
        before.iter().for_each(|(day, group, counts)| change.cell(day, group).take_all(counts));
        change.0.retain(|_, counts| !counts.is_empty());
        change
    }

    fn cell(&mut self, day: Date, group: &Group) -> &mut Counts {
        self.0.entry((day, group.clone())).or_default()
    }
}

/// Returns a dossier as it was at the end of each day on which something was recorded, and counts its events on the
/// way. A system clock that was set back never takes a commit to a day before an earlier one's.
fn days(agency: &AgencyCode, id: DossierId, history: &[Recorded], flows: &mut Contributions) -> Vec<(Date, Dossier)> {
    let mut days: Vec<(Date, Dossier)> = Vec::new();
    for recorded in history {
        let last = days.pop_if(|(day, _)| *day >= vietnam::day(recorded.recorded_at));
        let day = last.as_ref().map_or(vietnam::day(recorded.recorded_at), |(day, _)| *day);
        let before = last
            .or_else(|| days.last().cloned())
            .map(|(_, dossier)| dossier)
            .unwrap_or_else(|| Dossier::before(agency.clone(), id, recorded.procedure.clone(), recorded.at));
        let after = recorded.events.iter().fold(before, evolve);
        for flow in recorded.events.iter().flat_map(|event| Flow::of(event, &recorded.actor)) {
            flows.cell(day, &group(&after)).add(named(flow.name(), Some(day)), 1);
        }
        days.push((day, after));
    }
    days
}

fn group(dossier: &Dossier) -> Group {
    Group { channel: dossier.filing, procedure: dossier.procedure.code.clone() }
}

/// Returns the days on which a dossier is judged differently from the day before while it is left alone: the first, and
/// each on which a date has passed.
fn changes(dossier: &Dossier, limit: Option<&Limit>, alone: Range<Date>) -> BTreeSet<Date> {
    let case = Case::of(dossier, limit);
    let bases = [DueBasis::Promised, DueBasis::Counted, DueBasis::Original];
    let dates = bases.into_iter().filter_map(|basis| case.as_ref()?.due(basis));
    let passed = dates.map(|limits| vietnam::day(limits.late_from)).filter(|late| alone.contains(late));
    passed.chain([alone.start]).collect()
}

/// The counts of a dossier at the end of a day; at most one group has any.
type View = BTreeMap<Group, Counts>;

fn view(dossier: &Dossier, limit: Option<&Limit>, day: Date) -> View {
    let Some(case) = Case::of(dossier, limit) else { return View::new() };
    let period = Period { from: Timestamp::MIN, as_of: last_instant(day) };
    if !period.holds(&case) {
        return View::new();
    }
    let ended_on = case.ended.map(|(_, at)| vietnam::day(at));
    let received_on = vietnam::day(case.received_at);
    let mut counts = Counts::default();
    for (n, reading) in readings().iter().enumerate() {
        let mut tally = Tally::default();
        tally.add(&case, period, reading.settings);
        for (name, number) in tally.numbers() {
            if n == 0 || !alike(name) {
                counts.add(named(&kept_as(name, reading), ended_on), i64::try_from(number).unwrap_or(i64::MAX));
            }
        }
    }
    let received_for = Some(ended_on.map_or(received_on, |ended| ended.min(received_on)));
    counts.add(named(RECEIVED, received_for), 1);
    if let Source::Portal(portal) = &dossier.source {
        counts.add(named(&format!("{FROM_PORTAL}{portal}"), received_for), 1);
    }
    if dossier.returns_by_post == Some(true) {
        counts.add(named(BY_POST, received_for), 1);
    }
    View::from([(group(dossier), counts)])
}

/// Whether every reading counts this number alike, so that it is kept once.
fn alike(name: &str) -> bool {
    ["fee_asked", "paid_online"].contains(&name)
}

/// Returns the name under which a number of a tally is kept: with the reading if readings differ in it.
pub(super) fn kept_as(name: &str, reading: &Reading) -> String {
    if alike(name) { name.to_owned() } else { format!("{name}:{}", reading.name) }
}

/// Returns the last instant of a day: a case that is late from midnight is not late yet.
pub(super) fn last_instant(day: Date) -> Timestamp {
    end_of_day(day).map_or(Timestamp::MAX, |end| end - SignedDuration::from_nanos(1))
}
