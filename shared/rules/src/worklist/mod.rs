//! The view of many dossiers at once for the people of the office: the lists a dossier is in, the register among them,
//! the number in each, and the entries it is found by. All of it follows from a dossier, its history and its people, so
//! it can be made anew at any time.

mod counts;
mod find;
mod page;
mod place;
mod projection;
mod returned;
mod row;
mod sought;
#[cfg(test)]
mod tests;
mod words;

pub use counts::{Counts, of_call};
pub use find::{Entries, SearchKey};
pub use page::{After, Asked, Filters, id_at_end};
pub use place::{List, Place, day_bound};
pub use projection::{Projection, Step, Wanted};
pub use returned::returned_at;
pub use row::Row;
pub use sought::{Kind, Sought};
pub use words::words;
