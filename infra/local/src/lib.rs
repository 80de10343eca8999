#![doc = include_str!("../README.md")]

pub mod calculator;
pub mod catalogue;
pub mod clock;
pub mod demo;
pub mod directive;
pub mod folder;
pub mod foresee;
mod frame;
pub mod gateway;
pub mod neighbours;
pub mod office;
pub mod people;
pub mod portal_fake;
mod progress;
pub mod rebuild;
pub mod rights;
pub mod samples;
pub mod seed;
pub mod send;
pub mod senders;
pub mod server;
pub mod settlement;
pub mod staff;
pub mod takeover;
pub mod tell_older;
pub mod units;
pub mod wire;
