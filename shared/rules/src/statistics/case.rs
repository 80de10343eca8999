//! The facts that the statistics need of one dossier.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::DueBasis;
use crate::catalogue::Reason;
use crate::clock::{Due, Limit, Unit, end_of_day};
use crate::dossier::{Dossier, DueDate, FeeState, Filing, Phase};
use crate::id::AgencyCode;

/// One accepted dossier. Holds nothing about people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The agency that owns it.
    pub agency: AgencyCode,
    /// `MaTTHC`.
    pub procedure: String,
    /// `KenhThucHien`.
    pub channel: Filing,
    /// NgayTiepNhan.
    pub received_at: Timestamp,
    /// The first date ever counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Limits>,
    /// The date counted with every pause that ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Limits>,
    /// The date promised with an apology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Limits>,
    /// Whether a year without an official holiday table prevents a date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_table: bool,
    /// Since when the clock is stopped, or was stopped when the dossier ended; no date holds then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_since: Option<Timestamp>,
    /// Since when a supplement is awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement_asked_at: Option<Timestamp>,
    /// Supplements asked in its life, before acceptance too.
    pub supplement_requests: u8,
    /// Whether a fee was asked that was not waived.
    pub fee_asked: bool,
    /// Whether a fee was paid through a payment channel, and nothing in cash.
    pub paid_online: bool,
    /// The way and the time it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<(Ending, Timestamp)>,
}

/// A due date and the first instant after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// 00:00 of the due day: a case that ended before is early.
    pub day_begins: Timestamp,
    /// 24:00 of the due day or, if office hours are counted, the due instant: a case that ended then or later is late.
    pub late_from: Timestamp,
}

/// The way a dossier ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// With a result, whichever way.
    Finished,
    /// Taken back by the applicant.
    Withdrawn,
    /// Closed by the office.
    Closed,
}

impl Case {
    /// Makes the case of a dossier under the limit of its procedure (`None` if the catalogue lost it). Returns `None`
    /// before acceptance: a dossier that was never accepted is in no figure.
    #[must_use]
    pub fn of(dossier: &Dossier, limit: Option<&Limit>) -> Option<Self> {
        let clock = dossier.clock.as_ref()?;
        let a_day = Limit::civil_code(0, Unit::WorkingDays);
        let limits = |due: Option<DueDate>| due.and_then(|due| Limits::of(due, limit.unwrap_or(&a_day)));
        let pause = dossier.pause();
        let awaited = pause.into_iter().flat_map(|pause| &pause.awaited);
        let supplements = awaited.filter(|it| it.reason == Reason::Supplement);
        let ended = clock.ended_at.and_then(|at| Some((Ending::of(dossier.phase())?, at)));
        let stood = clock.due.is_none() && clock.gap.is_empty() && clock.starts_at.is_some();
        let stood_at_the_end = ended.filter(|_| stood).map(|(_, at)| at);
        Some(Self {
            agency: dossier.agency.clone(),
            procedure: dossier.procedure.code.clone(),
            channel: dossier.filing,
            received_at: clock.accepted_at,
            original: limits(clock.first_due),
            counted: limits(clock.due),
            // A promise is a day, however the procedure counts.
            promised: clock.promised.and_then(|due| Limits::of(due, &a_day)),
            no_table: !clock.gap.is_empty(),
            stands_since: pause.filter(|pause| !pause.overdue).map(|pause| pause.since).or(stood_at_the_end),
            supplement_asked_at: supplements.map(|thing| thing.since).min(),
            supplement_requests: dossier.rounds,
            fee_asked: dossier.fees.iter().any(|fee| fee.state != FeeState::Waived),
            paid_online: !dossier.paid_in_cash && dossier.fees.iter().any(|fee| fee.state == FeeState::Paid),
            ended,
        })
    }

    /// Returns the date the case is judged by.
    #[must_use]
    pub fn due(&self, basis: DueBasis) -> Option<Limits> {
        match basis {
            DueBasis::Promised => self.promised.or(self.counted),
            DueBasis::Counted => self.counted,
            DueBasis::Original => self.original,
        }
    }
}

impl Limits {
    fn of(due: DueDate, limit: &Limit) -> Option<Self> {
        let day_begins = end_of_day(due.on.yesterday().ok()?).ok()?;
        let late_from = limit.late_from(&Due::On { date: due.on, at: due.at }).ok()??;
        Some(Self { day_begins, late_from })
    }
}

impl Ending {
    fn of(phase: Phase) -> Option<Self> {
        match phase {
            Phase::Done | Phase::InPost | Phase::Returned => Some(Self::Finished),
            Phase::Withdrawn => Some(Self::Withdrawn),
            Phase::Closed => Some(Self::Closed),
            Phase::New
            | Phase::Submitted
            | Phase::Incomplete
            | Phase::Accepted
            | Phase::InProgress
            | Phase::Paused
            | Phase::NotAccepted => None,
        }
    }
}
