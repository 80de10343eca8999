//! The dossier: a small state machine with a deadline clock.
//!
//! [`decide`] returns the events that follow from a command, and [`evolve`] applies events to the dossier; both are
//! plain functions of their arguments. [`table`] holds every cell of phases × commands.

mod because;
mod command;
mod count;
mod decide;
mod decision;
mod drawing;
mod event;
mod evolve;
mod explain;
mod fee;
mod foreseen;
mod kind;
mod overdue;
mod pause;
mod people;
mod recorded;
mod recounted;
mod refusal;
pub mod spoken;
mod stage;
mod state;
pub mod table;
mod wake;
mod warning;

#[cfg(test)]
mod tests;

pub use because::Because;
pub use command::{Action, Actor, Command, Enclosed, Filing, Payment, PaymentOutcome, ResultKind, Source, Submission};
pub use count::count;
pub use decide::{Terms, decide, decide_within, refused_by, stamp};
pub use decision::{Decision, decision};
pub use drawing::drawing;
pub use event::Event;
pub use evolve::evolve;
pub use explain::{
    Cause, Explanation, Move, Stretch, StretchKind, Voided, explanation, explanation_in_brief, moves, told,
};
pub use fee::{CASH, Debt, Fee, FeeState, LAST_PAPER_DAY, is_own_cash, paper_is_over};
pub use foreseen::Foreseen;
pub use kind::Kind;
pub use overdue::{HeldBy, Overdue, Punctuality, overdue};
pub use pause::{Awaited, ClosedPause, Deadline, Pause};
pub use people::{Consent, Identity, Recipient, Whose};
pub use recorded::{DueDate, Recorded};
pub use recounted::{Recounted, RecountedWait};
pub use refusal::Refusal;
pub use stage::{Phase, Running, Stage};
pub use state::{Clock, Dossier, PaperState, Visit};
pub use wake::wake_at;
pub use warning::{Warning, warnings};

/// The shape in which state and events are stored today. Code that meets a higher one writes nothing; every older one
/// stays readable.
pub const SHAPE: u64 = 2;

/// History text for a pause that is void because its last thing had been handed over before it began.
const HANDED_OVER_BEFORE: &str = "đã giao trước khi dừng tính";
