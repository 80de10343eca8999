//! Whether a procedure makes sense, in whatever form it came.

use std::collections::BTreeSet;

use super::{ClockStart, FeeDue, FeeTerms, OnMissedWait, Paper, PauseTerms, Procedure, Reason, Step};
use crate::clock::{Counting, Unit};
use crate::limits::{LONGEST_CODE, LONGEST_TEXT, MOST_PAPERS, MOST_PARTS};

/// The largest version: the store's key has six digits for it.
const LAST_VERSION: u32 = 999_999;
/// The longest span of days other than the limit itself: ten years.
const MOST_DAYS: u32 = 3_650;
/// The most copies of one paper.
const MOST_COPIES: u32 = 20;
/// The most office hours within which a dossier is accepted: a year of them.
const MOST_HOURS: u32 = 2_000;

/// Mistake in one field of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Its path, such as `papers[1].code`.
    pub field: String,
    /// Description of the mistake.
    pub what: String,
}

impl Procedure {
    /// Returns everything that is wrong with it; empty if it can be imported.
    #[must_use]
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut check = Check(Vec::new());
        check.name("code", &self.code);
        if self.version == 0 || self.version > LAST_VERSION {
            check.say("version", format!("is not between 1 and {LAST_VERSION}"));
        }
        check.text("name_vi", &self.name_vi);
        check.text("name_en", &self.name_en);
        check.text("legal_basis", &self.legal_basis);
        if let (Some(first), Some(last)) = (self.valid_from, self.valid_until)
            && last < first
        {
            check.say("valid_until", "lies before valid_from");
        }
        check.limit(self);
        check.papers(&self.papers);
        check.steps(&self.steps, &self.papers);
        check.fees(&self.fees);
        check.pauses(self);
        check.0
    }
}

struct Check(Vec<Flaw>);

impl Check {
    fn say(&mut self, field: impl Into<String>, what: impl Into<String>) {
        self.0.push(Flaw { field: field.into(), what: what.into() });
    }

    fn written(&mut self, field: &str, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.say(field, "is empty");
        }
        if text.chars().count() > most {
            self.say(field, format!("is longer than {most} characters"));
        }
        if text.chars().any(unseen) {
            self.say(field, "holds a control character");
        }
    }

    fn text(&mut self, field: &str, text: &str) {
        self.written(field, text, LONGEST_TEXT);
    }

    /// Checks a code or short name, which commands use and keys are made of.
    fn name(&mut self, field: &str, name: &str) {
        self.written(field, name, LONGEST_CODE);
        if name.chars().any(char::is_whitespace) {
            self.say(field, "holds a space");
        }
    }

    fn span(&mut self, field: &str, n: u32, least: u32, most: u32) {
        if !(least..=most).contains(&n) {
            self.say(field, format!("is not between {least} and {most}"));
        }
    }

    fn most(&mut self, field: &str, n: usize, most: usize) {
        if n > most {
            self.say(field, format!("has more than {most} entries"));
        }
    }

    fn limit(&mut self, procedure: &Procedure) {
        let (limit, allowance) = (&procedure.limit, procedure.limit.allowance);
        if allowance.n > allowance.unit.most() {
            self.say("limit.allowance.n", format!("is above {} {}", allowance.unit.most(), allowance.unit));
        }
        if limit.counting == Counting::OfficeHours && matches!(allowance.unit, Unit::CalendarDays | Unit::Months) {
            self.say("limit.counting", format!("{} cannot be counted by office hours", allowance.unit));
        }
        self.span("acceptance_office_hours", procedure.acceptance_office_hours, 1, MOST_HOURS);
        self.span("supplement_within_working_days", procedure.supplement_within_working_days, 0, MOST_DAYS);
        self.span("remind_working_days_before", procedure.remind_working_days_before, 0, MOST_DAYS);
        self.span("remind_after_working_days", procedure.remind_after_working_days, 1, MOST_DAYS);
        let on_acceptance = |fee: &FeeTerms| fee.due == FeeDue::OnAcceptance;
        if procedure.starts_on == ClockStart::FeePaid && !procedure.fees.iter().any(on_acceptance) {
            self.say("starts_on", "is fee_paid, and no fee is due on_acceptance: the clock would never start");
        }
    }

    fn steps(&mut self, steps: &[Step], papers: &[Paper]) {
        if steps.is_empty() {
            self.say("steps", "is empty");
        }
        self.most("steps", steps.len(), MOST_PARTS);
        let mut names = BTreeSet::new();
        for (index, step) in steps.iter().enumerate() {
            let at = |field: &str| format!("steps[{index}].{field}");
            self.name(&at("name"), &step.name);
            self.text(&at("name_vi"), &step.name_vi);
            self.span(&at("grace_working_days"), step.grace_working_days, 0, MOST_DAYS);
            self.most(&at("originals"), step.originals.len(), MOST_PAPERS);
            if !names.insert(&step.name) {
                self.say(at("name"), "is another step's name");
            }
            let mut codes = BTreeSet::new();
            for (place, code) in step.originals.iter().enumerate() {
                let at = format!("steps[{index}].originals[{place}]");
                if !codes.insert(code) {
                    self.say(at, "is listed twice in this step");
                } else if !papers.iter().any(|paper| paper.code == *code) {
                    self.say(at, "is the code of no paper in papers");
                }
            }
        }
    }

    fn papers(&mut self, papers: &[Paper]) {
        self.most("papers", papers.len(), MOST_PAPERS);
        let mut codes = BTreeSet::new();
        for (index, paper) in papers.iter().enumerate() {
            let at = |field: &str| format!("papers[{index}].{field}");
            self.written(&at("code"), &paper.code, LONGEST_CODE);
            self.text(&at("name_vi"), &paper.name_vi);
            if !paper.name_en.is_empty() {
                self.text(&at("name_en"), &paper.name_en);
            }
            self.span(&at("copies"), paper.copies, 1, MOST_COPIES);
            for (field, text) in [("form", &paper.form), ("when_vi", &paper.when_vi), ("when_en", &paper.when_en)] {
                if let Some(text) = text {
                    self.text(&at(field), text);
                }
            }
            if paper.form.as_ref().is_some_and(|form| form.contains("://")) && paper.form_address().is_none() {
                self.say(at("form"), "is no https address of the public network");
            }
            if paper.when_en.is_some() && paper.when_vi.is_none() {
                self.say(at("when_en"), "stands without when_vi");
            }
            if !codes.insert(&paper.code) {
                self.say(at("code"), "is another paper's code");
            }
        }
    }

    fn fees(&mut self, fees: &[FeeTerms]) {
        self.most("fees", fees.len(), MOST_PARTS);
        let mut codes = BTreeSet::new();
        for (index, fee) in fees.iter().enumerate() {
            let at = |field: &str| format!("fees[{index}].{field}");
            self.name(&at("code"), &fee.code);
            self.text(&at("name_vi"), &fee.name_vi);
            self.text(&at("legal_basis"), &fee.legal_basis);
            if fee.amount_vnd.is_zero() {
                self.say(at("amount_vnd"), "is nothing: leave out a fee that costs nothing");
            }
            if !codes.insert(&fee.code) {
                self.say(at("code"), "is another fee's code");
            }
        }
    }

    fn pauses(&mut self, procedure: &Procedure) {
        let pauses = &procedure.pauses;
        let usual = pauses.usual();
        for (reason, terms) in &usual {
            self.pause(&format!("pauses.{reason}"), terms);
        }
        self.most("pauses.further", pauses.further.len(), MOST_PARTS);
        let mut reasons = BTreeSet::new();
        for (index, further) in pauses.further.iter().enumerate() {
            let at = format!("pauses.further[{index}]");
            self.name(&format!("{at}.reason"), further.reason.as_str());
            if !matches!(further.reason, Reason::Further(_)) {
                self.say(format!("{at}.reason"), "is one of the three that every procedure has");
            }
            if !reasons.insert(&further.reason) {
                self.say(format!("{at}.reason"), "is another pause's reason");
            }
            self.pause(&at, &further.terms);
        }
        let mut all = usual.iter().map(|(_, terms)| *terms).chain(pauses.further.iter().map(|further| &further.terms));
        if procedure.on_missed_wait == OnMissedWait::Auto && all.all(|terms| terms.wait.is_none()) {
            self.say("on_missed_wait", "is auto, and no pause has a wait that could be missed");
        }
    }

    fn pause(&mut self, at: &str, terms: &PauseTerms) {
        self.text(&format!("{at}.legal_basis"), &terms.legal_basis);
        if let Some(wait) = terms.wait {
            self.span(&format!("{at}.wait.n"), wait.n, 1, MOST_DAYS);
        }
    }
}

/// Whether it is a control character, or turns the direction of what follows: a name must read as it is written.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
