//! The lists that a dossier is in, and its place in each.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::id_at_end;
use crate::catalogue::Reason;
use crate::dossier::{Decision, Dossier, Phase, Stage, decision};
use crate::id::DossierId;
use crate::vietnam;

/// Before everything that has a date: only a person can move it.
const FIRST: char = '0';
/// By its date.
const DATED: char = '1';
/// After everything that has a date.
const LAST: char = '2';

/// A list of dossiers: those that need something from the office, or the register of everything that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// A limit ended and nobody decided: not accepted in time, or a wait that was missed; longest first.
    Decide,
    /// Submitted and not accepted yet; the acceptance limit first.
    New,
    /// The clock runs; by due date, after those that have none for lack of a holiday table.
    Running,
    /// The clock is stopped; longest first.
    Paused,
    /// A fee is owed or asked and not paid.
    Fee,
    /// Originals are awaited, or grace for them runs.
    Originals,
    /// The result is there, to be handed out or with the post.
    Ready,
    /// The result is there, is to go by post and is in no parcel yet; longest first.
    Post,
    /// All, whatever their outcome: the register, by the day of receipt.
    Received,
}

impl List {
    /// All of them: what wants a decision, those of work in the order of a dossier's life, then the register.
    pub const ALL: [Self; 9] = [
        Self::Decide,
        Self::New,
        Self::Running,
        Self::Paused,
        Self::Fee,
        Self::Originals,
        Self::Ready,
        Self::Post,
        Self::Received,
    ];

    /// Returns its name in keys and addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::New => "new",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Fee => "fee",
            Self::Originals => "originals",
            Self::Ready => "ready",
            Self::Post => "post",
            Self::Received => "received",
        }
    }

    /// Returns the list of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }

    /// Whether it is work, of which everybody who holds some has a list of their own. The register only grows.
    #[must_use]
    pub fn is_work(self) -> bool {
        match self {
            Self::Received => false,
            Self::Decide | Self::New | Self::Running | Self::Paused => true,
            Self::Fee | Self::Originals | Self::Ready | Self::Post => true,
        }
    }

    /// Whether its places begin with a day, so that a range of days can be asked for.
    #[must_use]
    pub fn is_by_day(self) -> bool {
        match self {
            Self::Running | Self::Received => true,
            Self::Decide | Self::New | Self::Paused | Self::Fee | Self::Originals | Self::Ready | Self::Post => false,
        }
    }
}

/// A dossier's place in one list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The list.
    pub list: List,
    /// The sort key: by urgency, with the dossier's id at its end.
    pub sort: String,
    /// The account in whose own part of the list it is; `None` for the list of the whole agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

impl Place {
    /// Returns a place in the list of the whole agency.
    #[must_use]
    pub fn of_all(list: List, sort: String) -> Self {
        Self { list, sort, holder: None }
    }

    /// Returns the dossier in this place.
    #[must_use]
    pub fn dossier(&self) -> Option<DossierId> {
        id_at_end(&self.sort)
    }
}

/// Returns the sort key at which the dossiers of that day begin, in a list by days.
#[must_use]
pub fn day_bound(day: Date) -> String {
    format!("{DATED}{day}")
}

/// Returns the places of a dossier: each list at most once, and each list of work once more for the account that holds
/// the dossier.
pub(super) fn places(dossier: &Dossier) -> Vec<Place> {
    let sorts = [
        (List::Decide, decide(dossier)),
        (List::New, new(dossier)),
        (List::Running, running(dossier)),
        (List::Paused, paused(dossier)),
        (List::Fee, fee(dossier)),
        (List::Originals, originals(dossier)),
        (List::Ready, ready(dossier)),
        (List::Post, to_post(dossier)),
        (List::Received, Some(received(dossier))),
    ];
    let placed = sorts.into_iter().filter_map(|(list, sort)| Some((list, sort?)));
    let mut places: Vec<_> = placed.map(|(list, sort)| Place::of_all(list, format!("{sort}#{}", dossier.id))).collect();
    if let Some(holder) = &dossier.assignee {
        let work = places.iter().filter(|place| place.list.is_work());
        let held: Vec<_> = work.map(|place| Place { holder: Some(holder.clone()), ..place.clone() }).collect();
        places.extend(held);
    }
    places
}

fn decide(dossier: &Dossier) -> Option<String> {
    match decision(dossier)? {
        Decision::Acceptance | Decision::Dates => Some(ranked(DATED, dossier.submitted_at)),
        Decision::MissedWait { .. } => {
            let missed = dossier.awaited().iter().filter_map(|thing| thing.wait).filter(|wait| wait.missed());
            missed.map(|wait| wait.until).min().map(|until| ranked(DATED, until))
        }
    }
}

fn new(dossier: &Dossier) -> Option<String> {
    match &dossier.stage {
        Stage::Submitted => match dossier.accept_until {
            Some(until) => Some(ranked(DATED, until)),
            // The limit is over and a person was told.
            None => Some(ranked(FIRST, dossier.submitted_at)),
        },
        Stage::Incomplete(awaited) => Some(ranked(LAST, awaited.wait.map_or(awaited.since, |wait| wait.until))),
        _ => None,
    }
}

fn running(dossier: &Dossier) -> Option<String> {
    if !matches!(dossier.stage, Stage::Running(_)) {
        return None;
    }
    match dossier.due() {
        // By the day first: the office counts by days, and asks for a range of them.
        Some(due) => Some(format!("{}#{}", day_bound(due.on), sortable(due.at))),
        None if dossier.has_gap() => Some(ranked(FIRST, dossier.submitted_at)),
        None => Some(ranked(LAST, dossier.submitted_at)),
    }
}

/// Returns the day on which a dossier whose clock runs is due.
pub(super) fn due_on(dossier: &Dossier) -> Option<Date> {
    matches!(dossier.stage, Stage::Running(_)).then(|| dossier.due()).flatten().map(|due| due.on)
}

fn paused(dossier: &Dossier) -> Option<String> {
    match &dossier.stage {
        Stage::Paused(pause) => Some(ranked(DATED, pause.since)),
        _ => None,
    }
}

fn fee(dossier: &Dossier) -> Option<String> {
    let open = match dossier.phase() {
        Phase::Submitted | Phase::Incomplete | Phase::Accepted | Phase::InProgress | Phase::Paused => true,
        Phase::Done | Phase::InPost => true,
        Phase::New | Phase::Returned | Phase::NotAccepted | Phase::Withdrawn | Phase::Closed => false,
    };
    (open && dossier.owes())
        .then(|| wait_for(dossier, Reason::Fee).unwrap_or_else(|| ranked(LAST, dossier.submitted_at)))
}

fn originals(dossier: &Dossier) -> Option<String> {
    let grace = || {
        let visit = dossier.step.as_ref().filter(|visit| !visit.needs.is_empty())?;
        matches!(dossier.stage, Stage::Running(_)).then_some(visit.grace_until?)
    };
    wait_for(dossier, Reason::Originals).or_else(|| Some(ranked(DATED, grace()?)))
}

fn ready(dossier: &Dossier) -> Option<String> {
    let rank = match &dossier.stage {
        Stage::Done { .. } => DATED,
        Stage::InPost { .. } => LAST,
        _ => return None,
    };
    let ended_at = dossier.clock.as_ref().and_then(|clock| clock.ended_at);
    Some(ranked(rank, ended_at.unwrap_or(dossier.submitted_at)))
}

/// Results that nobody packed yet. One that is to be fetched at the desk is in the list of results alone.
fn to_post(dossier: &Dossier) -> Option<String> {
    let waits = dossier.returns_by_post == Some(true) && dossier.parcel.is_none();
    ready(dossier).filter(|_| waits && matches!(dossier.stage, Stage::Done { .. }))
}

/// Sorts by the day and the instant of receipt, which never change: a dossier keeps its line in the register.
fn received(dossier: &Dossier) -> String {
    let at = dossier.submitted_at;
    format!("{}#{}", day_bound(vietnam::day(at)), sortable(at))
}

/// Sorts by the end of the wait for this reason; a wait without an end comes after, longest awaited first.
fn wait_for(dossier: &Dossier, reason: Reason) -> Option<String> {
    let things = || dossier.awaited().iter().filter(|thing| thing.reason == reason);
    let until = things().filter_map(|thing| thing.wait).map(|wait| wait.until).min();
    let since = things().map(|thing| thing.since).min()?;
    Some(until.map_or_else(|| ranked(LAST, since), |until| ranked(DATED, until)))
}

fn ranked(rank: char, at: Timestamp) -> String {
    format!("{rank}{}", sortable(at))
}

/// Writes an instant in whole seconds, as text that sorts.
pub(super) fn sortable(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
