//! Reasons in the audit why something was not done.

use serde::{Deserialize, Serialize};

/// Reason why a command or a page was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Declined {
    /// The role lacks the permission.
    NotAllowed,
    /// The dossier or the payment is not in a state for it.
    ByItsState,
}

/// Reason why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotLetIn {
    /// The provider let nobody in.
    ByTheProvider,
    /// Its answer proves nothing.
    NotProved,
    /// The account has no agency or no role of this office.
    NoStaff,
    /// The session or the token was ended before.
    Ended,
    /// The account was closed by an administrator.
    Closed,
}
