//! A complaint that a delivered result did not arrive, or arrived damaged.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::language::Both;

/// The fault of a result that was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// It did not arrive.
    Missing,
    /// It arrived damaged.
    Damaged,
}

/// A complaint by a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The fault.
    pub what: Wrong,
    /// When it was said.
    pub at: Timestamp,
}

impl Wrong {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Missing, Self::Damaged];

    /// Returns its name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Damaged => "damaged",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wrong| wrong.name() == name)
    }

    /// Returns it in people's words.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Missing => ["chưa nhận được kết quả", "the result did not arrive"],
            Self::Damaged => ["kết quả bị hỏng, thiếu hoặc ướt", "the result is damaged, incomplete or wet"],
        }
    }
}
