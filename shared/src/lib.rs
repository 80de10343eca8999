//! stub
pub mod aws;
