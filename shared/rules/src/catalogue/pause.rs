//! The pauses a procedure knows.

use serde::{Deserialize, Serialize};

use super::Reason;
use super::citation::{MEASURE, OWN_RULE, SUPPLEMENT};
use crate::clock::{Policy, Wait};

/// The pauses a procedure knows: three that every procedure has, and those its own law adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pauses {
    /// Originals awaited.
    #[serde(default = "Pauses::originals")]
    pub originals: PauseTerms,
    /// Fee awaited.
    #[serde(default = "Pauses::fee")]
    pub fee: PauseTerms,
    /// Supplement awaited.
    #[serde(default = "Pauses::supplement")]
    pub supplement: PauseTerms,
    /// Others, each with its article.
    #[serde(default)]
    pub further: Vec<FurtherPause>,
}

impl Pauses {
    /// Returns the pauses that every procedure has.
    #[must_use]
    pub fn usual(&self) -> [(Reason, &PauseTerms); 3] {
        let Self { originals, fee, supplement, further: _ } = self;
        [(Reason::Supplement, supplement), (Reason::Originals, originals), (Reason::Fee, fee)]
    }

    fn originals() -> PauseTerms {
        PauseTerms { policy: Policy::Resume, wait: None, wait_from: WaitFrom::NoticeSent, legal_basis: MEASURE.into() }
    }

    fn fee() -> PauseTerms {
        PauseTerms { policy: Policy::Resume, wait: None, wait_from: WaitFrom::NoticeSent, legal_basis: OWN_RULE.into() }
    }

    // The general rule counts again from the start once the dossier is complete.
    fn supplement() -> PauseTerms {
        PauseTerms {
            policy: Policy::Restart,
            wait: None,
            wait_from: WaitFrom::NoticeSent,
            legal_basis: SUPPLEMENT.into(),
        }
    }
}

impl Default for Pauses {
    fn default() -> Self {
        Self { originals: Self::originals(), fee: Self::fee(), supplement: Self::supplement(), further: Vec::new() }
    }
}

/// Terms of a pause for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseTerms {
    /// Whether the clock resumes or restarts.
    pub policy: Policy,
    /// The applicant's time; `None`: reminded, never closed.
    #[serde(default)]
    pub wait: Option<Wait>,
    /// Start of that time.
    #[serde(default)]
    pub wait_from: WaitFrom,
    /// The article it rests on, as the procedure says. [`PauseTerms::basis`] is what is cited.
    pub legal_basis: String,
}

/// Start of a wait. The two differ if the office asked first and recorded later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitFrom {
    /// The recording of the request: only then does the notice leave.
    #[default]
    NoticeSent,
    /// The request itself, as the command says: the applicant took it along in writing.
    Asked,
}

/// A pause reason that only some procedures know, such as the opinion of another agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherPause {
    /// Short name, such as `opinion`.
    pub reason: Reason,
    /// Its terms.
    #[serde(flatten)]
    pub terms: PauseTerms,
}
