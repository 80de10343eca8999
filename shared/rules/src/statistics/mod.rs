//! Counts of dossiers in time and late, as pure functions over the few facts they need of each dossier.
//!
//! A [`Case`] is made from a dossier's state. A [`Report`] counts cases over a [`Period`] under [`Settings`], as a
//! whole and by agency, procedure and channel. [`FIGURES`] are the shares that can be read off, each with its numerator
//! and its denominator in words, because the sources divide by different things. If the sources leave a point open, it
//! is a setting with a default, and [`readings`] names every other reading, so that a page can show both.
//!
//! Nothing is guessed: if a due date cannot be counted because a year has no official holiday table, the dossier has a
//! class of its own and is in no share of those in time. There are no fractions: a share is a whole number of basis
//! points.
//!
//! No report looks at every dossier: each adds its [`Contributions`] to the totals of every day, and [`Totals`] of a
//! period make the same [`Report`] from the sums. Every figure here can be made so. Two reports cannot. One begins or
//! is judged within a day, since totals are kept by the day. The other shows a day with the knowledge of later records,
//! since each day keeps the figures it had.

mod case;
mod contribution;
mod counts;
mod figures;
mod flow;
mod month;
mod period;
mod report;
mod settings;
mod tally;
#[cfg(test)]
mod tests;
mod totals;

pub use case::{Case, Ending, Limits};
pub use contribution::Contributions;
pub use counts::{Counts, Group};
pub use figures::{Definition, FIGURES, Figure, Grade, Scale};
pub use flow::Flow;
pub use month::Month;
pub use period::Period;
pub use report::Report;
pub use settings::{DueBasis, Reading, SecondRequest, Settings, UnansweredSupplement, readings};
pub use tally::{Class, Tally};
pub use totals::{Sum, Totals};
