//! The parts that pages are made of: each has its looks and its own words, and knows nothing of dossiers.

pub mod amount;
pub mod button;
pub mod date;
pub mod dated_bar;
pub mod errors;
pub mod facts;
pub mod field;
pub mod figure;
pub mod head;
pub mod menu;
pub mod notice;
pub mod pager;
pub mod panel;
pub mod phone;
pub mod step;
pub mod table;
pub mod tabs;
pub mod tag;
pub mod task;
