//! Promises of the clock, in the office's own words.

mod aside;
mod calendar;
mod edges;
mod explain;
mod laws;
mod office;
mod segments;
mod table;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::*;

/// Returns the instant at which the wall clock in Vietnam shows `text`, such as `2020-04-15 08:00`.
fn at(text: &str) -> Timestamp {
    let shown: DateTime = text.parse().unwrap();
    VIETNAM.to_timestamp(shown).unwrap()
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

fn resume(from: &str, to: &str) -> Stop {
    Stop { from: at(from), to: Some(at(to)), policy: Policy::Resume }
}

fn restart(from: &str, to: &str) -> Stop {
    Stop { policy: Policy::Restart, ..resume(from, to) }
}

fn standing(from: &str, policy: Policy) -> Stop {
    Stop { from: at(from), to: None, policy }
}

fn working_days(n: u32) -> Limit {
    Limit::civil_code(n, Unit::WorkingDays)
}

fn calendar_days(n: u32) -> Limit {
    Limit::civil_code(n, Unit::CalendarDays)
}

fn months(n: u32) -> Limit {
    Limit::civil_code(n, Unit::Months)
}

fn office_days(n: u32) -> Limit {
    Limit { counting: Counting::OfficeHours, ..working_days(n) }
}

fn office_hours(n: u32) -> Limit {
    Limit { counting: Counting::OfficeHours, ..Limit::civil_code(n, Unit::WorkingHours) }
}

fn next_working_day(limit: Limit) -> Limit {
    Limit { after_hours: AfterHours::NextWorkingDay, ..limit }
}

fn cutoff_at_15(limit: Limit) -> Limit {
    Limit { cutoff: Some(jiff::civil::time(15, 0, 0, 0)), ..limit }
}

fn counted(limit: &Limit, starts_at: &str, stops: &[Stop]) -> Count {
    count(limit, at(starts_at), stops, &Office::official()).unwrap()
}
