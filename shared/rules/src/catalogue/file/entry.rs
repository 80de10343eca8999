//! One `[[procedures]]` entry. Every mistake is noted and replaced by a default, so that reading goes on.

use super::super::{
    ClockStart, FeeDue, FeeKind, FeeTerms, FurtherPause, OnMissedWait, Paper, PaperKind, PauseTerms, Pauses, Procedure,
    REMIND_AFTER_WORKING_DAYS, Reason, SUPPLEMENT_WITHIN_WORKING_DAYS, Step, WaitFrom,
};
use super::fields::{Fields, Listed};
use crate::clock::{
    ACCEPTANCE_WITHIN_OFFICE_HOURS, AfterHours, Allowance, Counting, GRACE_WORKING_DAYS, Limit, Policy,
    REMIND_WORKING_DAYS_BEFORE, Unit, Wait, WaitUnit,
};
use crate::vnd::Vnd;

const UNITS: [(&str, Unit); 4] = [
    ("working_days", Unit::WorkingDays),
    ("calendar_days", Unit::CalendarDays),
    ("months", Unit::Months),
    ("working_hours", Unit::WorkingHours),
];
const COUNTINGS: [(&str, Counting); 2] = [("civil_code", Counting::CivilCode), ("office_hours", Counting::OfficeHours)];
const AFTER_HOURS: [(&str, AfterHours); 2] =
    [("same_day", AfterHours::SameDay), ("next_working_day", AfterHours::NextWorkingDay)];
const POLICIES: [(&str, Policy); 2] = [("resume", Policy::Resume), ("restart", Policy::Restart)];
const WAIT_UNITS: [(&str, WaitUnit); 2] =
    [("working_days", WaitUnit::WorkingDays), ("calendar_days", WaitUnit::CalendarDays)];
const WAITS_FROM: [(&str, WaitFrom); 2] = [("notice_sent", WaitFrom::NoticeSent), ("asked", WaitFrom::Asked)];
const STARTS: [(&str, ClockStart); 2] = [("acceptance", ClockStart::Acceptance), ("fee_paid", ClockStart::FeePaid)];
const MISSED: [(&str, OnMissedWait); 2] = [("propose", OnMissedWait::Propose), ("auto", OnMissedWait::Auto)];
const KINDS: [(&str, FeeKind); 2] = [("charge", FeeKind::Charge), ("fee", FeeKind::Fee)];
const PAPERS: [(&str, PaperKind); 2] = [("original", PaperKind::Original), ("copy", PaperKind::Copy)];
const DUES: [(&str, FeeDue); 2] = [("on_acceptance", FeeDue::OnAcceptance), ("on_return", FeeDue::OnReturn)];

pub(super) fn procedure(fields: Fields<'_>) -> Procedure {
    if !fields.has("version") {
        fields.missing("version");
    }
    let mut papers = fields.tables("papers").unwrap_or_default().into_iter().map(paper).collect();
    let steps = fields
        .tables("steps")
        .map_or_else(Procedure::usual_steps, |all| all.into_iter().map(|fields| step(fields, &mut papers)).collect());
    let procedure = Procedure {
        code: fields.text("code"),
        // A version that cannot be read was already reported; 1 takes its place.
        version: fields.number("version").unwrap_or(1),
        name_vi: fields.text("name_vi"),
        name_en: fields.text("name_en"),
        legal_basis: fields.text("legal_basis"),
        valid_from: fields.date("valid_from"),
        valid_until: fields.date("valid_until"),
        online: fields.flag("online").unwrap_or(true),
        limit: limit(&fields),
        starts_on: fields.one_of("starts_on", &STARTS).unwrap_or_default(),
        acceptance_office_hours: fields.number("acceptance_office_hours").unwrap_or(ACCEPTANCE_WITHIN_OFFICE_HOURS),
        papers,
        steps,
        fees: fields.tables("fees").unwrap_or_default().into_iter().map(fee).collect(),
        returns_by_post: fields.flag("returns_by_post").unwrap_or(true),
        bereavement: fields.flag("bereavement").unwrap_or(false),
        pauses: pauses(&fields),
        supplement_within_working_days: fields
            .number("supplement_within_working_days")
            .unwrap_or(SUPPLEMENT_WITHIN_WORKING_DAYS),
        most_rounds: fields.small("most_rounds"),
        on_missed_wait: fields.one_of("on_missed_wait", &MISSED).unwrap_or_default(),
        remind_working_days_before: fields.number("remind_working_days_before").unwrap_or(REMIND_WORKING_DAYS_BEFORE),
        remind_after_working_days: fields.number("remind_after_working_days").unwrap_or(REMIND_AFTER_WORKING_DAYS),
    };
    fields.finish();
    procedure
}

fn limit(fields: &Fields<'_>) -> Limit {
    let mut limit = Limit::civil_code(1, Unit::WorkingDays);
    if !fields.has("limit") {
        fields.missing("limit");
    }
    let Some(table) = fields.table("limit") else { return limit };
    if !table.has("allowance") {
        table.missing("allowance");
    }
    if let Some(allowance) = table.table("allowance") {
        for field in ["n", "unit"] {
            if !allowance.has(field) {
                allowance.missing(field);
            }
        }
        let n = allowance.number("n").unwrap_or(1);
        limit.allowance = Allowance { n, unit: allowance.one_of("unit", &UNITS).unwrap_or(Unit::WorkingDays) };
        allowance.finish();
    }
    limit.counting = table.one_of("counting", &COUNTINGS).unwrap_or_default();
    limit.after_hours = table.one_of("after_hours", &AFTER_HOURS).unwrap_or_default();
    limit.cutoff = table.time("cutoff");
    table.finish();
    limit
}

fn step(fields: Fields<'_>, papers: &mut Vec<Paper>) -> Step {
    let originals = fields.texts_or_tables("originals").unwrap_or_default();
    let step = Step {
        name: fields.text("name"),
        name_vi: fields.text("name_vi"),
        originals: originals.into_iter().map(|listed| original(listed, papers)).collect(),
        grace_working_days: fields.number("grace_working_days").unwrap_or(GRACE_WORKING_DAYS),
    };
    fields.finish();
    step
}

/// Reads a step's original: the code of a paper or, in a file from before there was a check-list, the paper itself, which
/// is put into the list. A mistake in it is told at the place where it is written.
fn original(listed: Listed<'_>, papers: &mut Vec<Paper>) -> String {
    let fields = match listed {
        Listed::Text(code) => return code,
        Listed::Table(fields) => fields,
    };
    let paper = Paper::named(&fields.text("code"), &fields.text("name_vi"));
    let code = paper.code.clone();
    if !papers.iter().any(|it| it.code == paper.code && it.name_vi == paper.name_vi) {
        fields.stands_for(format!("papers[{}]", papers.len()));
        papers.push(paper);
    }
    fields.finish();
    code
}

fn paper(fields: Fields<'_>) -> Paper {
    let paper = Paper {
        name_en: fields.optional_text("name_en").unwrap_or_default(),
        copies: fields.number("copies").unwrap_or_else(Paper::default_copies),
        kind: fields.one_of("kind", &PAPERS).unwrap_or_default(),
        form: fields.optional_text("form"),
        when_vi: fields.optional_text("when_vi"),
        when_en: fields.optional_text("when_en"),
        ..Paper::named(&fields.text("code"), &fields.text("name_vi"))
    };
    fields.finish();
    paper
}

fn fee(fields: Fields<'_>) -> FeeTerms {
    for field in ["kind", "amount_vnd", "due"] {
        if !fields.has(field) {
            fields.missing(field);
        }
    }
    let fee = FeeTerms {
        code: fields.text("code"),
        name_vi: fields.text("name_vi"),
        kind: fields.one_of("kind", &KINDS).unwrap_or(FeeKind::Fee),
        amount_vnd: fields.amount("amount_vnd").unwrap_or(Vnd::MAX),
        legal_basis: fields.text("legal_basis"),
        due: fields.one_of("due", &DUES).unwrap_or(FeeDue::OnAcceptance),
    };
    fields.finish();
    fee
}

fn pauses(fields: &Fields<'_>) -> Pauses {
    let mut pauses = Pauses::default();
    let Some(table) = fields.table("pauses") else { return pauses };
    let Pauses { originals, fee, supplement, further } = &mut pauses;
    for (field, terms) in [("originals", originals), ("fee", fee), ("supplement", supplement)] {
        if let Some(own) = table.table(field) {
            *terms = pause(&own, Some(terms));
            own.finish();
        }
    }
    for own in table.tables("further").unwrap_or_default() {
        further.push(FurtherPause { reason: Reason::from(&*own.text("reason")), terms: pause(&own, None) });
        own.finish();
    }
    table.finish();
    pauses
}

/// Reads a pause. The three usual ones have a policy and a legal basis of their own if the file gives none.
fn pause(fields: &Fields<'_>, usual: Option<&PauseTerms>) -> PauseTerms {
    if usual.is_none() && !fields.has("policy") {
        fields.missing("policy");
    }
    let legal_basis = match usual {
        Some(usual) if !fields.has("legal_basis") => usual.legal_basis.clone(),
        _ => fields.text("legal_basis"),
    };
    let policy = fields.one_of("policy", &POLICIES);
    PauseTerms {
        policy: policy.or(usual.map(|usual| usual.policy)).unwrap_or(Policy::Resume),
        wait: fields.table("wait").map(wait),
        wait_from: fields.one_of("wait_from", &WAITS_FROM).unwrap_or_default(),
        legal_basis,
    }
}

fn wait(fields: Fields<'_>) -> Wait {
    for field in ["n", "unit"] {
        if !fields.has(field) {
            fields.missing(field);
        }
    }
    let n = fields.number("n").unwrap_or(1);
    let wait = Wait { n, unit: fields.one_of("unit", &WAIT_UNITS).unwrap_or(WaitUnit::WorkingDays) };
    fields.finish();
    wait
}
