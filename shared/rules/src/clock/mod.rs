//! The deadline clock: the due date of a dossier's result, whatever stopped the clock on the way.
//!
//! The clock is the sum of its running intervals. It is given a [`Limit`] (how much time the procedure allows and how
//! that time is counted), the instant it started, the [`Stop`]s (pauses reduced to what counting needs) in any order,
//! and an [`Office`] (the official [`Calendar`] and the [`OfficeHours`]); [`count`] returns a [`Count`]. It reads no
//! clock of its own and keeps nothing.
//!
//! There are two methods. By the **Civil Code** (91/2015/QH13, art. 147–148) the day of the starting event does not
//! count, a day counts if the clock is running at its end, and a limit whose last day is a day off ends on the next
//! working day. By **office hours** the minutes during which the office is open are counted from the instant. It is an
//! inference that the Civil Code governs administrative limits, so the method is a setting of the procedure.
//!
//! Vietnam keeps one offset, +07:00, all year; every date here is a date there.

mod aside;
mod calendar;
mod count;
mod doubt;
mod error;
mod explain;
mod hours;
mod identity;
mod limit;
mod meter;
mod minutes;
mod name;
mod office;
mod segment;
mod stops;
#[cfg(test)]
mod tests;
mod vietnam;

pub use aside::{Asides, DaysOff, PutOff};
pub use calendar::{Calendar, CalendarError};
pub use count::{Count, count};
pub use doubt::Doubt;
pub use error::{ClockError, Gap};
pub use explain::{explain_en, explain_en_with, explain_vi, explain_vi_with};
pub use hours::{HoursError, OfficeHours, Period};
pub use identity::{CountedBy, KeptYear};
pub use limit::{AfterHours, Allowance, Counting, Limit, Policy, Stop, Unit, Wait, WaitUnit};
pub use office::{ACCEPTANCE_WITHIN_OFFICE_HOURS, GRACE_WORKING_DAYS, Office, REMIND_WORKING_DAYS_BEFORE};
pub use segment::{Due, Measure, Segment, SegmentKind};
pub use vietnam::{VIETNAM, end_of_day, instant, last_day, local};
