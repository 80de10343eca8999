//! The public post (bưu chính công ích): results that come home, and papers that come in.

pub mod postage;
pub mod transit;
mod why;

pub use why::Why;
