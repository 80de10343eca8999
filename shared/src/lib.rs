//! What every function shares: the pure rules of a dossier and the shell that stores and sends.

pub mod message;
pub mod phone;
pub mod vietnam;
pub mod vnd;
