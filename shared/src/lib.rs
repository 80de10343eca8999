//! Dossiers of a Vietnamese one-stop office: the pure rules and the store every function shares.

pub mod config;
pub mod http;
pub mod signature;
