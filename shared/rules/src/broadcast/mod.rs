//! Broadcasts: one text to the applicants of open dossiers, about a notice or alone, each told once.
//!
//! A broadcast is written, its receivers are gathered, somebody looks at the numbers, and a person releases it; above a
//! number of receivers, a second one. What may follow what is one table, see [`Act`]. Nothing here holds a name, a number
//! or an address: a receiver is a keyed hash, and what they are told by is read at the time of sending.

mod act;
mod audience;
mod draft;
mod figures;
mod name;
mod refusal;
mod settings;
mod stage;
#[cfg(test)]
mod tests;
mod texts;
mod whole;

pub use audience::{Audience, Part, Post};
pub use draft::{Draft, Fault, Mistake, filing_name};
pub use figures::{Figures, Group, Report};
pub use name::address;
pub use refusal::Refusal;
pub use settings::Settings;
pub use stage::{Act, Stage};
pub use texts::{Around, LONGEST_SMS, LONGEST_SUBJECT, LONGEST_TEXT, Letter, MOST_PARTS, Texts};
pub use whole::{Acted, Broadcast, Gathered, MOST_ACTED, Minute, Sent, Wait};
