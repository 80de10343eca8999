//! What a procedure demands: the terms under which its dossiers live.
//!
//! A version is immutable. A dossier points to the version it was received under, so that a later change of the
//! catalogue never moves an old due date.

use serde::{Deserialize, Serialize};

use crate::clock::{Limit, Policy, Wait};
use crate::vnd::Vnd;

/// Names one version of one procedure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProcedureRef {
    /// `MaTTHC` of the national catalogue, such as `1.005129`.
    pub code: String,
    /// 1, 2, …; 0 where the catalogue did not know the procedure when the dossier came.
    pub version: u32,
}

/// One version of a procedure (thủ tục hành chính).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// `MaTTHC`.
    pub code: String,
    /// The version, from 1.
    pub version: u32,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// The instrument the limit comes from.
    pub legal_basis: String,
    /// How long the agency has, and how that is counted.
    pub limit: Limit,
    /// What starts the clock.
    #[serde(default)]
    pub starts_on: ClockStart,
    /// Office hours within which a submission is accepted or not. Default 8: commonly cited, its text was not found.
    #[serde(default = "Procedure::default_acceptance_office_hours")]
    pub acceptance_office_hours: u32,
    /// Steps in their order, after intake.
    pub steps: Vec<Step>,
    /// The pauses this procedure knows.
    #[serde(default)]
    pub pauses: Pauses,
    /// A supplement is regular within so many working days of receipt (NĐ 61/2018 art. 19(4)).
    #[serde(default = "Procedure::default_supplement_within")]
    pub supplement_within_working_days: u32,
    /// Most supplement requests in a dossier's life; none where the procedure sets no limit.
    #[serde(default)]
    pub most_rounds: Option<u8>,
    /// What a missed wait does.
    #[serde(default)]
    pub on_missed_wait: OnMissedWait,
    /// The charges and fees it asks, in their order.
    #[serde(default)]
    pub fees: Vec<FeeTerms>,
}

impl Procedure {
    fn default_acceptance_office_hours() -> u32 {
        8
    }

    fn default_supplement_within() -> u32 {
        3
    }

    /// The name this version is pointed to by.
    #[must_use]
    pub fn reference(&self) -> ProcedureRef {
        ProcedureRef { code: self.code.clone(), version: self.version }
    }

    /// The step of that name and its place.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// The terms of a pause for this reason; none where the procedure does not list the reason.
    #[must_use]
    pub fn pause(&self, reason: &str) -> Option<&PauseTerms> {
        match reason {
            "originals" => Some(&self.pauses.originals),
            "fee" => Some(&self.pauses.fee),
            "supplement" => Some(&self.pauses.supplement),
            other => self.pauses.further.iter().find(|f| f.reason == other).map(|f| &f.terms),
        }
    }
}

/// One charge or fee of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeTerms {
    /// Its code within the procedure.
    pub code: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Charge or fee.
    pub kind: FeeKind,
    /// How much.
    pub amount_vnd: Vnd,
    /// The instrument it comes from.
    pub legal_basis: String,
    /// When it is asked.
    pub due: FeeDue,
}

/// Charge or fee (Luật phí và lệ phí 2015, art. 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí, for a service.
    Charge,
    /// Lệ phí, fixed by the state.
    Fee,
}

/// When a fee is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeDue {
    /// When the dossier is accepted.
    OnAcceptance,
    /// When the result is ready; it is handed out once this is paid.
    OnReturn,
}

/// What starts the clock. Never the submission itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStart {
    /// Acceptance (NgayTiepNhan).
    #[default]
    Acceptance,
    /// Payment of the fee in full.
    FeePaid,
}

/// What a missed wait does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMissedWait {
    /// Marked and proposed to a person, for closing or refusal.
    #[default]
    Propose,
    /// The dossier is closed by itself, where sector law says so.
    Auto,
}

/// A step of the work, in the order of the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Short name: `appraisal`, `signing`, `return`.
    pub name: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Papers whose original this step needs, by their `MaThanhPhanHoSo`.
    #[serde(default)]
    pub originals: Vec<Paper>,
    /// Working days after the step is entered before missing originals pause the clock; 0 is at once.
    #[serde(default = "Step::default_grace")]
    pub grace_working_days: u32,
}

impl Step {
    fn default_grace() -> u32 {
        2
    }
}

/// A paper of the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// `MaThanhPhanHoSo`.
    pub code: String,
    /// Name in Vietnamese.
    pub name_vi: String,
}

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
    fn originals() -> PauseTerms {
        PauseTerms {
            policy: Policy::Resume, wait: None, legal_basis: "Công văn 2964/UBND-KSTT ngày 01/04/2020".into()
        }
    }

    fn fee() -> PauseTerms {
        PauseTerms { policy: Policy::Resume, wait: None, legal_basis: "quy định của thủ tục".into() }
    }

    // The general rule counts again from the start once the dossier is complete.
    fn supplement() -> PauseTerms {
        PauseTerms {
            policy: Policy::Restart, wait: None, legal_basis: "NĐ 61/2018/NĐ-CP Điều 19 khoản 4".into()
        }
    }
}

impl Default for Pauses {
    fn default() -> Self {
        Self { originals: Self::originals(), fee: Self::fee(), supplement: Self::supplement(), further: Vec::new() }
    }
}

/// How a pause for one reason behaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseTerms {
    /// Whether the clock resumes or restarts.
    pub policy: Policy,
    /// How long the applicant has; none: reminded, never closed.
    #[serde(default)]
    pub wait: Option<Wait>,
    /// The article it rests on.
    pub legal_basis: String,
}

/// A pause reason that only some procedures know, such as the opinion of another agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherPause {
    /// Short name, such as `opinion`.
    pub reason: String,
    /// Its terms.
    #[serde(flatten)]
    pub terms: PauseTerms,
}
