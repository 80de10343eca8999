#![doc = include_str!("../README.md")]

pub mod aws;
pub mod checkout;
pub mod lambda;
pub mod recorder;
pub mod site;
pub mod sms;
pub mod store;
pub mod web;
