#![doc = include_str!("../README.md")]

pub mod aws;
pub mod checkout;
pub mod due;
mod kept;
pub mod lambda;
pub mod links;
pub mod portal;
pub mod post;
pub mod receipts;
pub mod recorder;
pub mod site;
pub mod store;
pub mod stream;
pub mod tell;
pub mod web;
