//! Whether a dossier is late, or soon will be: read from its state, its office and the time, never recorded.

use jiff::Timestamp;
use serde::Serialize;

use super::{Dossier, DueDate, Terms};
use crate::clock::{ClockError, Limit, Office, Unit};
use crate::id::AgencyCode;

/// An apology is on time while a day is left before the due date (Decree 61/2018/NĐ-CP art. 19(9)), so the flag goes up
/// when office opens on the last working day before it.
const WORKING_DAYS_TO_APOLOGISE: u32 = 1;

/// Punctuality of a dossier, its holder, and the three dates that may differ, side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overdue {
    /// Its punctuality; for a dossier that is over, the one when its clock ended.
    pub punctuality: Punctuality,
    /// The first date ever counted.
    pub original: Option<DueDate>,
    /// The date counted with every pause so far; `None` while the clock is stopped.
    pub counted: Option<DueDate>,
    /// The date promised with an apology.
    pub promised: Option<DueDate>,
    /// Time from which it is flagged; `None` while no date holds, and once it is over.
    pub due_soon_from: Option<Timestamp>,
    /// Time from which it is late; `None` while no date holds, and once it is over.
    pub late_from: Option<Timestamp>,
    /// Time at which its clock ended; `None` while it is open.
    pub ended_at: Option<Timestamp>,
    /// Person or desk that holds it.
    pub held_by: HeldBy,
}

/// Punctuality of a dossier against the date that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Punctuality {
    /// Its clock has not started.
    NotStarted,
    /// Its clock is stopped, or was when the dossier ended: no date holds.
    Paused,
    /// No date could be counted.
    NotCounted {
        /// The years without an official holiday table; empty if the catalogue does not know the procedure.
        years: Vec<i16>,
    },
    /// The flag is not up yet, or the dossier ended before the date was over.
    InTime,
    /// The last working day on which an apology would be on time has begun, and the date is not over.
    DueSoon,
    /// The date is over.
    Late {
        /// Working days begun since: 0 on the days off that follow the date, and on the day itself if office hours are
        /// counted. `None` if a year has no holiday table.
        working_days: Option<u32>,
    },
}

/// Person or desk that holds a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldBy {
    /// A member of staff, by the subject of the sign-in.
    Staff(String),
    /// Nobody was named yet: the desk of this agency.
    Desk(AgencyCode),
}

/// Returns the dossier's punctuality, dates and holder at `now`.
///
/// # Errors
/// [`ClockError::OutOfRange`] beyond the years that can be expressed.
pub fn overdue(dossier: &Dossier, terms: Terms<'_>, now: Timestamp) -> Result<Overdue, ClockError> {
    let clock = dossier.clock.as_ref();
    let due = dossier.due();
    // If the catalogue has lost the procedure, a date that was counted holds until the end of its day.
    let a_day = Limit::civil_code(0, Unit::WorkingDays);
    let late_from = dossier.late_from(terms.procedure.map_or(&a_day, |procedure| &procedure.limit))?;
    let due_soon_from = due.and_then(|due| flagged_from(due, terms.office));
    let ended_at = clock.and_then(|clock| clock.ended_at);
    let at = ended_at.unwrap_or(now);
    let stands = dossier.pause().is_some_and(|pause| !pause.overdue);
    let punctuality = match (due, late_from) {
        (Some(due), Some(late_from)) if late_from <= at => {
            Punctuality::Late { working_days: due.working_days_over(at, terms.office) }
        }
        (Some(_), _) if ended_at.is_none() && due_soon_from.is_some_and(|from| from <= at) => Punctuality::DueSoon,
        (Some(_), _) => Punctuality::InTime,
        (None, _) => without_a_date(dossier, stands),
    };
    Ok(Overdue {
        punctuality,
        original: clock.and_then(|clock| clock.first_due),
        counted: clock.and_then(|clock| clock.due).filter(|_| !stands),
        promised: clock.and_then(|clock| clock.promised),
        due_soon_from: due_soon_from.filter(|_| ended_at.is_none()),
        late_from: late_from.filter(|_| ended_at.is_none()),
        ended_at,
        held_by: dossier.assignee.clone().map_or_else(|| HeldBy::Desk(dossier.agency.clone()), HeldBy::Staff),
    })
}

impl Punctuality {
    /// Whether the date is over.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self, Self::Late { .. })
    }
}

/// Returns when the flag goes up; `None` if the days before lie in a year without a holiday table: no flag is guessed.
fn flagged_from(due: DueDate, office: &Office) -> Option<Timestamp> {
    office.opening_n_working_days_before(due.on, WORKING_DAYS_TO_APOLOGISE).ok()
}

fn without_a_date(dossier: &Dossier, stands: bool) -> Punctuality {
    let Some(clock) = dossier.clock.as_ref().filter(|clock| clock.starts_at.is_some()) else {
        return Punctuality::NotStarted;
    };
    let ended_standing = clock.ended_at.is_some() && clock.gap.is_empty();
    if stands || ended_standing { Punctuality::Paused } else { Punctuality::NotCounted { years: clock.gap.clone() } }
}
