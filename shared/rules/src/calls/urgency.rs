//! Order of the list: a day by which the person must act, then the due date of the dossier, so that late ones come
//! first, then age.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Untold, Wanted};

/// Urgency of a message; the smallest is the most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    act_by: Date,
    due_on: Date,
    since: Timestamp,
}

impl Urgency {
    /// Returns the urgency of a message. No day at all is later than every day.
    #[must_use]
    pub fn of(untold: &Untold) -> Self {
        Self {
            act_by: untold.act_by.unwrap_or(Date::MAX),
            due_on: untold.due_on.unwrap_or(Date::MAX),
            since: untold.since,
        }
    }

    /// Returns the urgency of a broadcast: behind everything that has a day.
    #[must_use]
    pub fn of_wanted(wanted: &Wanted) -> Self {
        Self { act_by: Date::MAX, due_on: Date::MAX, since: wanted.since }
    }

    /// Returns a text that sorts as the urgency does.
    #[must_use]
    pub fn sort(&self) -> String {
        let Self { act_by, due_on, since } = self;
        format!("{act_by}#{due_on}#{}", since.strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}
