//! What `cargo run` starts: the deadline calculator, and the whole office on a laptop.

pub mod calculator;
pub mod neighbours;
pub mod wire;
