//! The page kit: frame, style, forms and their errors, problem pages, language, pager, printed sheet.
//!
//! Pages are rendered on the server, work without a script, on a phone and by keyboard, in Vietnamese first. The kit
//! knows no staff, no dossier and no store: what a page is about is the caller's.

mod document;
pub mod form;
pub mod language;
pub mod multipart;
pub mod part;
mod problem;
pub mod sheet;

pub use document::{Document, STYLE, style_sheet};
pub use form::{Form, NotAForm};
pub use problem::Told;
