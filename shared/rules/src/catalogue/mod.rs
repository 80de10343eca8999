//! Demands of a procedure: the terms under which its dossiers live.
//!
//! A version is immutable. A dossier points to the version it was received under, so that a later change of the
//! catalogue never moves an old due date.

mod check;
mod citation;
mod fee;
pub mod file;
mod former;
pub mod guide;
mod paper;
mod pause;
mod reason;
mod sought;
pub mod spoken;
mod validity;

pub use check::Flaw;
pub use citation::OWN_RULE;
pub use fee::{FeeDue, FeeKind, FeeTerms};
pub use paper::{Paper, PaperKind};
pub use pause::{FurtherPause, PauseTerms, Pauses, WaitFrom};
pub use reason::Reason;
pub use sought::{Nearness, Sought};
pub use validity::{in_force, in_force_of, overlap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::{ACCEPTANCE_WITHIN_OFFICE_HOURS, GRACE_WORKING_DAYS, Limit, REMIND_WORKING_DAYS_BEFORE};

/// Working days after receipt within which a supplement is regular, if a procedure sets none (NĐ 61/2018 art. 19(4)).
pub const SUPPLEMENT_WITHIN_WORKING_DAYS: u32 = 3;

/// Working days after which the applicant is reminded of a thing without a wait, if a procedure sets none.
pub const REMIND_AFTER_WORKING_DAYS: u32 = 10;

/// Names one version of one procedure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProcedureRef {
    /// `MaTTHC` of the national catalogue, such as `1.005129`.
    pub code: String,
    /// 1, 2, …; 0 if the catalogue did not know the procedure when the dossier came.
    pub version: u32,
}

/// One version of a procedure (thủ tục hành chính). It is read through `former`, which knows the earlier shape too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
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
    /// The first day on which dossiers are received under this version; `None`: since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last such day; `None`: until the next version begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Whether it can be filed online. A portal's dossier is taken whatever this says, so this is only information.
    #[serde(default = "yes")]
    pub online: bool,
    /// The agency's time, and how it is counted.
    pub limit: Limit,
    /// Event that starts the clock.
    #[serde(default)]
    pub starts_on: ClockStart,
    /// Office hours within which a submission is accepted or not. Default 8: commonly cited, its text was not found.
    #[serde(default = "Procedure::default_acceptance_office_hours")]
    pub acceptance_office_hours: u32,
    /// The check-list of papers (thành phần hồ sơ), in the order in which it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
    /// Steps in their order, after intake. Default: appraisal, signing, return, none of which needs an original.
    #[serde(default = "Procedure::usual_steps")]
    pub steps: Vec<Step>,
    /// Fees that the applicant pays, and when they fall due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<FeeTerms>,
    /// Whether the result may be sent by the public post (QĐ 45/2016/QĐ-TTg); if not, it is only handed out.
    #[serde(default = "yes")]
    pub returns_by_post: bool,
    /// Whether it follows a death, so that nobody is asked to rate it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bereavement: bool,
    /// The pauses this procedure knows.
    #[serde(default)]
    pub pauses: Pauses,
    /// Working days after receipt within which a supplement is regular (NĐ 61/2018 art. 19(4)).
    #[serde(default = "Procedure::default_supplement_within")]
    pub supplement_within_working_days: u32,
    /// Most supplement requests in a dossier's life; `None` if the procedure sets no limit.
    #[serde(default)]
    pub most_rounds: Option<u8>,
    /// Effect of a missed wait.
    #[serde(default)]
    pub on_missed_wait: OnMissedWait,
    /// Working days before the last day of a wait on which the applicant is reminded; 0 is the last day itself.
    /// Default 2: no source gives a number.
    #[serde(default = "Procedure::default_remind_before")]
    pub remind_working_days_before: u32,
    /// Working days after which the applicant is reminded, once, of a thing that has no wait. Default 10: no source
    /// gives a number.
    #[serde(default = "Procedure::default_remind_after")]
    pub remind_after_working_days: u32,
}

fn yes() -> bool {
    true
}

impl Procedure {
    /// Returns the steps of a procedure that lists none.
    #[must_use]
    pub fn usual_steps() -> Vec<Step> {
        let step = |(name, name_vi): (&str, &str)| Step {
            name: name.into(),
            name_vi: name_vi.into(),
            originals: Vec::new(),
            grace_working_days: GRACE_WORKING_DAYS,
        };
        [("appraisal", "Thẩm định"), ("signing", "Ký duyệt"), ("return", "Trả kết quả")].map(step).into()
    }

    fn default_acceptance_office_hours() -> u32 {
        ACCEPTANCE_WITHIN_OFFICE_HOURS
    }

    fn default_supplement_within() -> u32 {
        SUPPLEMENT_WITHIN_WORKING_DAYS
    }

    fn default_remind_before() -> u32 {
        REMIND_WORKING_DAYS_BEFORE
    }

    fn default_remind_after() -> u32 {
        REMIND_AFTER_WORKING_DAYS
    }

    /// Returns the name that points to this version.
    #[must_use]
    pub fn reference(&self) -> ProcedureRef {
        ProcedureRef { code: self.code.clone(), version: self.version }
    }

    /// Returns the step of that name.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// Returns the paper of that code in the check-list.
    #[must_use]
    pub fn paper(&self, code: &str) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.code == code)
    }

    /// Returns the paper that a file shows: the one of its code, or else the one whose name is the file's own, whatever
    /// its marks, its capitals and its ending. A file that fits several papers fits none.
    #[must_use]
    pub fn paper_of(&self, code: Option<&str>, name: &str) -> Option<&Paper> {
        code.and_then(|code| self.paper(code)).or_else(|| paper::named(&self.papers, name))
    }

    /// Returns papers that are named by code or by name, by their codes in the check-list. One that fits no paper of the
    /// list stays as it was written.
    #[must_use]
    pub fn listed(&self, papers: &[String]) -> Vec<String> {
        let code = |paper: &String| self.paper_of(Some(paper), paper).map_or(paper, |listed| &listed.code).clone();
        papers.iter().map(code).collect()
    }

    /// Returns the codes of the papers whose original some step needs, each once.
    #[must_use]
    pub fn originals(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for code in self.steps.iter().flat_map(|step| &step.originals) {
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
        codes
    }

    /// Returns the terms of a pause for this reason; `None` if the procedure does not list the reason.
    #[must_use]
    pub fn pause(&self, reason: &Reason) -> Option<&PauseTerms> {
        match reason {
            Reason::Originals => Some(&self.pauses.originals),
            Reason::Supplement => Some(&self.pauses.supplement),
            Reason::Fee => Some(&self.pauses.fee),
            Reason::Further(_) => self.pauses.further.iter().find(|it| it.reason == *reason).map(|it| &it.terms),
        }
    }
}

/// Event that starts the clock. Never the submission itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStart {
    /// Acceptance (NgayTiepNhan).
    #[default]
    Acceptance,
    /// Payment of the fee in full.
    FeePaid,
}

/// Effect of a missed wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMissedWait {
    /// It is marked and goes to a person, for closing or refusal.
    #[default]
    Propose,
    /// The dossier is closed by itself, if sector law says so.
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
    /// Papers whose original this step needs, by their codes in the check-list.
    #[serde(default)]
    pub originals: Vec<String>,
    /// Working days after the step is entered before missing originals pause the clock; 0 is at once.
    #[serde(default = "Step::default_grace")]
    pub grace_working_days: u32,
}

impl Step {
    fn default_grace() -> u32 {
        GRACE_WORKING_DAYS
    }
}
