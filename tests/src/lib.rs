//! The one crate of tests.
