//! Neighbours played in process, each behind the real SDK client.

mod answered;
pub mod carrier;
pub mod gateways;
pub mod identity;
pub mod invoices;
pub mod outbox;
pub mod portal;
pub mod post;
pub mod s3;
pub mod ses;
pub mod sns;
