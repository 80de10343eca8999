//! Payment callbacks: each gateway's message is verified, read and answered in the gateway's own words.

pub mod callback;
pub mod dvcqg;
pub mod gateway;
pub mod github;
mod json;
pub mod momo;
pub mod onepay;
pub mod payos;
pub mod standard_webhooks;
pub mod stripe;
pub mod vnpay;
pub mod zalopay;

#[cfg(test)]
mod tests;
