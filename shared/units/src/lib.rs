#![doc = include_str!("../README.md")]

mod book;
mod catalogue;
mod change;
mod code;
mod convert;
mod fold;
mod kind;
mod part;
mod row;
mod search;
mod table;
#[cfg(test)]
mod tests;
mod typed;

pub use book::Units;
pub use catalogue::{Catalogue, Unit};
pub use change::{Becomes, Change, Fault, MOST_CHANGES, Mistake, Written, read as read_changes};
pub use code::{Code, CodeError, UnitCode};
pub use convert::{Converted, Share, Successor};
pub use kind::{Kind, Level};
pub use search::{Choice, Found, MOST_CHOICES, Nearness};
pub use typed::{LONGEST_ADDRESS, Typed, TypedError};
