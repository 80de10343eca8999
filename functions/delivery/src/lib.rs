#![doc = include_str!("../README.md")]

pub mod gateway;
mod ses;
mod topic;

pub use topic::{Report, handle};
