//! The shell that every function shares: what the rules decided is stored in one table, sent to gateways, and told to
//! people. The rules themselves are the crate `rules`.

pub mod aws;
pub mod checkout;
pub mod due;
pub mod lambda;
pub mod recorder;
pub mod site;
pub mod store;
pub mod stream;
pub mod tell;
pub mod web;
