//! The dossier: a small state machine with a deadline clock.
//!
//! [`decide`] says which events follow from a command, [`evolve`] what the events make of the dossier; both are plain
//! functions of their arguments. [`table`] holds every cell of phases × commands.

mod command;
mod count;
mod decide;
mod drawing;
mod event;
mod evolve;
mod refusal;
mod state;
pub mod table;
mod wake;

#[cfg(test)]
mod tests;

pub use command::{Action, Actor, Command, Filing, Kind, Payment, PaymentOutcome, ResultKind, Source, Submission};
pub use count::count;
pub use decide::{Terms, decide};
pub use drawing::drawing;
pub use event::{Because, DueDate, Event, Recorded};
pub use evolve::evolve;
pub use refusal::Refusal;
pub use state::{
    Awaited, Clock, ClosedPause, Deadline, Dossier, Fee, FeeState, PaperState, Pause, Phase, Running, Stage, Visit,
};
pub use wake::wake_at;
