//! A dossier as staff see it.

mod clock;
mod fees;

pub(crate) use fees::voucher;
use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Did, Error, Store, Whole};
use rules::catalogue::Procedure;
use rules::dossier::{Dossier, Phase, Recorded, Stage, Terms, Warning, warnings};
use rules::http::query;
use rules::id::{AgencyCode, DossierId};
use rules::json::Malformed;
use rules::notice::Standing;
use rules::person::{Party, Person};
use rules::phone::{self, Phone};
use serde_json::{Value, json};

use crate::api::answer::Answer;
use crate::api::audited;
use crate::api::commands;
use crate::permission::Staff;

/// Commits on a page of a dossier's history.
const HISTORY_PAGE: usize = 100;

/// The dossier with its people and a page of its history, which begins after the version that `?after=` names.
pub(crate) async fn whole(
    site: &Site,
    staff: &Staff,
    name: &str,
    raw_query: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let after = after(raw_query)?;
    let found = Box::pin(read(site, staff, name, after, now)).await?;
    let (id, version, view) = found.ok_or(Answer::NotFound)?;
    audited::first(site, staff, Did::Opened { id }, now).await?;
    Ok(Answer::Found(version, view))
}

async fn read(
    site: &Site,
    staff: &Staff,
    name: &str,
    after: u64,
    now: Timestamp,
) -> Result<Option<(DossierId, u64, Value)>, Error> {
    let (store, agency) = (site.recorder.store(), &staff.agency);
    let Some(whole) = find(store, agency, name).await? else { return Ok(None) };
    let Whole { dossier, person, history, vouchers, .. } = whole;
    // The reasons for the clock's pauses lie in the whole history, whichever page of it is asked for.
    let mut view = summary(site, &dossier, &history, now).await;
    let later: Vec<_> = history.iter().filter(|commit| commit.version > after).collect();
    let page = &later[..later.len().min(HISTORY_PAGE)];
    let next = page.last().filter(|_| page.len() < later.len()).map(|last| last.version);
    view["person"] = person.map_or(Value::Null, |person| people(&person));
    view["vouchers"] = vouchers.iter().map(|it| voucher(agency, it)).collect();
    view["history"] = json!({ "items": page, "next_after": next });
    Ok(Some((dossier.id, dossier.version, view)))
}

/// Finds a dossier by its id; a name that is no dossier's id may still be a code.
pub(crate) async fn find(store: &Store, agency: &AgencyCode, name: &str) -> Result<Option<Whole>, Error> {
    if let Ok(id) = DossierId::parse(name)
        && let Some(found) = store.whole(agency, id).await?
    {
        return Ok(Some(found));
    }
    match store.id_of(agency, name).await? {
        Some(id) => store.whole(agency, id).await,
        None => Ok(None),
    }
}

fn after(raw_query: &str) -> Result<u64, Malformed> {
    match query::pairs(raw_query).iter().find(|pair| *pair.name == *b"after") {
        None => Ok(0),
        Some(pair) => {
            let text = std::str::from_utf8(&pair.value).unwrap_or_default();
            text.parse().map_err(|_| Malformed::new("after", "is not a version"))
        }
    }
}

/// The dossier as it is at `now`, without its people. Anything that `history` lacks is missing in the explanation of
/// its clock.
pub(crate) async fn summary(site: &Site, dossier: &Dossier, history: &[Recorded], now: Timestamp) -> Value {
    // The record is made already: a catalogue that does not answer costs the explanation and nothing else.
    let version = site.recorder.catalogue().version(&dossier.agency, &dossier.procedure).await;
    let procedure = version.inspect_err(|error| tracing::warn!(%error, "no explanation")).ok().flatten();
    let procedure = procedure.as_deref();
    let office = site.recorder.office_of(dossier).await;
    let office =
        office.inspect_err(|error| tracing::warn!(%error, "tables of today instead of those it was counted by"));
    let office = office.unwrap_or_else(|_| site.recorder.office(&dossier.agency));
    let terms = Terms { procedure, office: &office, channel: None, notices: Standing::none() };
    json!({
        "id": dossier.id.as_str(),
        "code": dossier.code,
        "agency": site.recorder.code(&dossier.agency),
        "version": dossier.version,
        "phase": phase(dossier.phase()),
        "portal_status": dossier.stage.portal_status(),
        "procedure": {
            "code": dossier.procedure.code,
            "version": dossier.procedure.version,
            "name_vi": procedure.map(|procedure| &procedure.name_vi),
            "name_en": procedure.map(|procedure| &procedure.name_en),
            "terms": procedure.map(set_by),
        },
        "source": dossier.source,
        "filing": dossier.filing,
        "submitted_at": dossier.submitted_at,
        "accept_until": dossier.accept_until,
        "step": dossier.step,
        "assignee": dossier.assignee,
        "papers": dossier.papers,
        "returns_by_post": dossier.returns_by_post,
        "papers_needed": papers_needed(dossier, procedure),
        "supplement_rounds": dossier.rounds,
        "warnings": warned(dossier, procedure),
        "awaited": dossier.awaited(),
        "result": result(&dossier.stage),
        "fees": fees::view(dossier, procedure),
        "due": dossier.due(),
        "overdue": clock::overdue(dossier, terms, now),
        "decision": rules::dossier::decision(dossier),
        "clock": clock::view(dossier, history, terms),
    })
}

/// Warnings that a clerk should know before they give a command.
fn warned(dossier: &Dossier, procedure: Option<&Procedure>) -> Value {
    let told = |warning: Warning| {
        let command = commands::of_kind(warning.of()).map(|spec| spec.name);
        json!({ "vi": warning.vi(), "en": warning.en(), "command": command })
    };
    warnings(dossier, procedure).into_iter().map(told).collect()
}

/// Terms set by the procedure version, for a person who explains it; steps and papers are in `papers_needed`.
fn set_by(procedure: &Procedure) -> Value {
    json!({
        "legal_basis": procedure.legal_basis,
        "valid_from": procedure.valid_from,
        "valid_until": procedure.valid_until,
        "online": procedure.online,
        "returns_by_post": procedure.returns_by_post,
        "limit": procedure.limit,
        "starts_on": procedure.starts_on,
        "papers": procedure.papers,
        "fees": procedure.fees,
        "pauses": procedure.pauses,
        "most_rounds": procedure.most_rounds,
        "on_missed_wait": procedure.on_missed_wait,
    })
}

/// Originals that some step of the procedure needs, by name, if neither received nor waived.
fn papers_needed(dossier: &Dossier, procedure: Option<&Procedure>) -> Value {
    let Some(procedure) = procedure else { return json!([]) };
    let needed = procedure.steps.iter().flat_map(|step| {
        let lacking = step.originals.iter().filter(|code| dossier.lacks(code));
        let name = |code| procedure.paper(code).map_or(code, |paper| &paper.name_vi);
        lacking.map(move |code| json!({ "code": code, "name_vi": name(code), "step": step.name }))
    });
    needed.collect()
}

fn result(stage: &Stage) -> Value {
    match stage {
        Stage::Done { result } | Stage::InPost { result } | Stage::Returned { result } => json!(result),
        _ => Value::Null,
    }
}

/// The phase's name in the API.
pub(crate) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::New => "new",
        Phase::Submitted => "submitted",
        Phase::Incomplete => "incomplete",
        Phase::Accepted => "accepted",
        Phase::InProgress => "in_progress",
        Phase::Paused => "paused",
        Phase::Done => "done",
        Phase::InPost => "in_post",
        Phase::Returned => "returned",
        Phase::NotAccepted => "not_accepted",
        Phase::Withdrawn => "withdrawn",
        Phase::Closed => "closed",
    }
}

fn people(person: &Person) -> Value {
    json!({
        "applicant": party(&person.applicant),
        "filer": person.filer.as_ref().map(party),
        "changes": person.changes,
        "handed_out": person.handed_out,
    })
}

fn party(party: &Party) -> Value {
    let takes_sms = party.phone.as_deref().is_some_and(|text| Phone::first(text).is_ok_and(|it| it.takes_sms()));
    json!({
        "name": party.name,
        "phone": party.phone,
        "phone_remark": party.phone.as_deref().and_then(phone::remark).map(|[_, en]| en),
        "takes_sms": takes_sms,
        "address": party.address,
        "identity_no": party.identity_no,
        "email": party.email,
        "shared": party.shared,
    })
}
