//! Lawful receipts: which payments get one, under which key, and how its item changes with the table of the day.
//!
//! `project` wants a receipt once a payment is recorded, and not the transaction that records it: a commit has ten items at
//! most, an office without a provider pays nothing, and a rebuild finds what is missing. The item lies under the payment's own
//! identity and is put once, so one payment has one receipt whatever is repeated.

mod change;
mod decided;
mod waiting;
mod want;

pub use change::{Changed, NotDone, change};
pub use decided::{Act, by_hand, decide};
pub use waiting::{MakingUp, overdue, to_do_lately};
pub use want::{charges_of, key_of, want};
