//! Neighbours played in process, each behind the real SDK client.

pub mod outbox;
pub mod sns;
