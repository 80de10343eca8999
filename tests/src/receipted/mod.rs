//! Many payments, each with one receipt, whatever befalls provider and table, and however often a run is killed.
#![expect(clippy::unwrap_used, reason = "a proof that fails is a panic")]

mod drawn;
mod held;
mod killed;

pub use drawn::prove;
pub use killed::{Issuing, prove_killed};
