//! Access to all of a dossier without an account: what a person may show, how often it may be tried, and the pass that
//! a browser keeps afterwards.

mod digits;
mod pass;
mod secrets;
mod sender;
mod slip;
#[cfg(test)]
mod tests;
mod tries;

pub use digits::Digits;
pub use pass::{PASS_LASTS, pass, passes};
pub use secrets::Secrets;
pub use sender::sender;
pub use slip::slip;
pub use tries::{IN_AN_HOUR, Limit, MOST_WRONG, Tries};
