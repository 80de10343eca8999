//! stub
pub mod neighbours;
pub mod wire;
