#![doc = include_str!("../README.md")]

pub mod address;
mod document;
pub mod form;
pub mod language;
pub mod multipart;
#[cfg(test)]
mod old;
pub mod part;
mod problem;
pub mod sheet;

pub use document::{Document, PUBLIC_STYLE, STYLE, style_sheet};
pub use form::{Form, NotAForm};
pub use problem::Told;
