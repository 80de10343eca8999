//! One request to the provider, and what became of it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Charge, ReceiptNo};
use crate::papers::ContentHash;
use crate::vnd::Vnd;

/// A receipt as the provider issued it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Form, symbol and number.
    pub no: ReceiptNo,
    /// The date on it.
    pub on: Date,
    /// When it was recorded here.
    pub at: Timestamp,
    /// The code by which anybody finds it at the provider, if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The person who noted it from the provider's own pages, if no call brought it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Its end, if it is not in force any more or is to be so no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
}

/// The end of a receipt that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// A person decided that it is to be cancelled. The provider does not know yet, or it is not known whether it does.
    Wanted {
        /// The person.
        by: String,
        /// The reason.
        because: String,
        /// The time.
        at: Timestamp,
        /// Calls that were begun.
        #[serde(default, skip_serializing_if = "is_zero")]
        tries: u32,
    },
    /// The provider does not cancel it, for this reason: a person must look at it.
    Refused {
        /// The person who wanted it.
        by: String,
        /// The reason why it was to be cancelled.
        because: String,
        /// The provider's code.
        code: String,
        /// The time.
        at: Timestamp,
    },
    /// It is cancelled.
    Cancelled {
        /// The person.
        by: String,
        /// The reason.
        because: String,
        /// The time.
        at: Timestamp,
    },
    /// Another stands in its place.
    Replaced {
        /// That one.
        by: ReceiptNo,
        /// The time.
        at: Timestamp,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(tries: &u32) -> bool {
    *tries == 0
}

/// State of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing was asked of the provider.
    Wanted,
    /// A call was begun, and it is not known what came of it: it is looked up before anything is asked again.
    Asked {
        /// When the last call was begun.
        at: Timestamp,
        /// Calls that were begun.
        tries: u32,
    },
    /// Issued.
    Issued(Issued),
    /// The provider does not take it, or it cannot be written: a person must look at it.
    Refused {
        /// The reason: the provider's code, or the name of what is missing.
        code: String,
        /// The time.
        at: Timestamp,
    },
}

/// A file of a receipt, kept by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// `pdf` or `zip` (which holds the signed XML).
    pub what: String,
    /// The hash of its content.
    pub sha256: ContentHash,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether it lies apart from papers, where the public's function may read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub apart: bool,
}

/// One request: what is asked, under which key, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Our key, which goes along with every call and never changes (`transactionUuid`, `fkey`).
    pub key: String,
    /// The amount.
    pub amount_vnd: Vnd,
    /// The kinds of charge, once they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<Charge>,
    /// The person and the reason, if it replaces the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<(String, String)>,
    /// Its state.
    pub state: State,
    /// Its files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Kept>,
    /// Tries to fetch its files that failed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unfetched: u32,
}

/// The next work on a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The provider is to issue it.
    ToIssue,
    /// It is to be looked up by its key, because a call was begun.
    ToLookUp,
    /// The provider is to cancel it.
    ToCancel,
    /// Its files are to be fetched.
    ToFetch,
    /// A person must look at it.
    ForAPerson,
    /// Nothing.
    Settled,
}

impl Issue {
    /// Makes a request that was not asked yet.
    #[must_use]
    pub fn wanted(key: String, amount_vnd: Vnd) -> Self {
        let (charges, files) = (Vec::new(), Vec::new());
        Self { key, amount_vnd, charges, replaces: None, state: State::Wanted, files, unfetched: 0 }
    }

    /// Returns it as issued, if it is.
    #[must_use]
    pub fn issued(&self) -> Option<&Issued> {
        match &self.state {
            State::Issued(issued) => Some(issued),
            State::Wanted | State::Asked { .. } | State::Refused { .. } => None,
        }
    }

    /// Whether it is issued and neither cancelled nor replaced; one whose cancellation is only wanted is in force.
    #[must_use]
    pub fn in_force(&self) -> Option<&Issued> {
        self.issued().filter(|it| !matches!(it.ending, Some(Ending::Cancelled { .. } | Ending::Replaced { .. })))
    }
}
