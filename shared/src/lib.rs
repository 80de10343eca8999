//! Dossiers of a Vietnamese one-stop office: the pure rules and the store every function shares.
//!
//! The core ([`dossier`], [`clock`], [`catalogue`], [`statistics`], [`vnd`], [`message`], [`signature`], [`gateway`],
//! [`takeover`], [`worklist`], [`attachment`]) is pure: it knows no clock, network or environment. The shell ([`store`],
//! [`recorder`], [`checkout`], [`papers`], [`sms`], [`aws`], [`web`], [`config`], [`lambda`]) does what the core decided.

pub mod attachment;
pub mod aws;
pub mod catalogue;
pub mod checkout;
pub mod clock;
pub mod config;
pub mod dossier;
pub mod gateway;
pub mod http;
pub mod id;
pub mod json;
pub mod lambda;
pub mod message;
pub mod papers;
pub mod person;
pub mod phone;
pub mod recorder;
pub mod signature;
pub mod site;
pub mod sms;
pub mod statistics;
pub mod store;
pub mod takeover;
pub mod vietnam;
pub mod vnd;
pub mod web;
pub mod worklist;
