//! The public post (bưu chính công ích): results that come home, and papers that come in.

mod why;

pub use why::Why;
