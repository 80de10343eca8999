//! What a dossier of a Vietnamese one-stop office may do, how its clock runs, and what others send: pure functions.
//!
//! Nothing here knows a clock, a network or an environment: `now` comes as an argument, and what is to be done goes
//! back as a value. `Cargo.toml` keeps it so, as it names no crate that could reach further.

pub mod attachment;
pub mod catalogue;
pub mod clock;
pub mod config;
pub mod dossier;
pub mod gateway;
pub mod http;
pub mod id;
pub mod json;
pub mod limits;
pub mod message;
pub mod papers;
pub mod person;
pub mod phone;
pub mod signature;
pub mod statistics;
pub mod takeover;
pub mod vietnam;
pub mod vnd;
pub mod worklist;
