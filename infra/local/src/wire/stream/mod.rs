//! Plays the DynamoDB stream trigger: reads the table's stream and hands batches to a function, as Lambda does.

pub mod position;
pub(super) mod records;
pub mod trigger;

pub use position::GivenUp;
pub use trigger::{Disorder, Settings, Step, Trigger, TriggerError};
