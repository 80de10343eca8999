//! Plays the DynamoDB stream trigger: reads the table's stream and hands batches to a function, as Lambda does.

pub mod position;
pub(super) mod records;
pub mod settings;
#[cfg(test)]
mod tests;
pub mod trigger;

pub use position::GivenUp;
pub use settings::{Disorder, Settings};
pub use trigger::{Step, Trigger, TriggerError};
