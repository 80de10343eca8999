#![doc = include_str!("../README.md")]

#[cfg(test)]
mod broadcast;
#[cfg(test)]
mod callbacks;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod citizen;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod faults;
pub mod fixture;
#[cfg(test)]
mod flood;
#[cfg(test)]
mod lambda;
#[cfg(test)]
mod laptop;
#[cfg(test)]
mod logged;
#[cfg(test)]
mod money;
#[cfg(test)]
mod notify;
pub mod one_dossier;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod pay;
#[cfg(test)]
mod plain_http;
pub mod plain_wire;
#[cfg(test)]
mod portal;
#[cfg(test)]
mod portal_sync;
#[cfg(test)]
mod post;
mod prompt;
#[cfg(test)]
mod readme;
pub mod receipted;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod rooms;
pub mod runtime_api;
#[cfg(test)]
mod search;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod situations;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod takeover;
#[cfg(test)]
mod told_once;
pub mod told_town;
pub mod town;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod worklist;
