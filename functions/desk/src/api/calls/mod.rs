//! The phone list: people whom a message could not reach, and the outcomes of calling them.
//!
//! `GET /api/v1/calls` lists them, most urgent first, a page that begins after `?after=`. `POST
//! /api/v1/calls/{call}/outcome` records one outcome, with `If-Match: "<version of the call>"` and an `Idempotency-Key`:
//! `outcome`, `note`?, and `back_at` (RFC 3339, in the next year) where the outcome is `call-back`. Where
//! somebody spoke with the person, `agreed` names the agreements made, with `consent` that they are kept.

pub(crate) mod shown;

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan};
use motcua::recorder::{Answered, CallOutcome, Receipt};
use motcua::site::Site;
use motcua::store::{Did, KeptCall};
use rules::http::query;
use rules::json::{Fields, Malformed};
use rules::limits::{LONGEST_CODE, LONGEST_TEXT};
use rules::person::{Agreed, Outcome};
use rules::vietnam::parse_portal_instant;
use rules::worklist::SearchKey;
use serde_json::Value;

use crate::api::answer::Answer;
use crate::api::audited;
use crate::permission::Staff;

/// Members of an outcome.
pub(crate) const FIELDS: [&str; 5] = ["outcome", "back_at", "note", "agreed", "consent"];
/// Days within which somebody is called back.
const MOST_DAYS: i64 = 366;

/// An outcome as asked for.
pub(crate) struct Wish {
    /// Name of the call in a path.
    pub name: String,
    /// The version that was looked at.
    pub version: u64,
}

/// Lists the people to be called.
pub(crate) async fn list(site: &Site, staff: &Staff, raw_query: &str, now: Timestamp) -> Result<Answer, Answer> {
    let pairs = query::pairs(raw_query);
    let after = pairs.iter().find(|pair| *pair.name == *b"after").map(|pair| &pair.value);
    let after = after.map(|value| std::str::from_utf8(value).unwrap_or_default());
    let page = site.recorder.store().calls(&staff.agency, after, now).await?;
    let page = page.ok_or_else(|| Malformed::new("after", "is no page of this list"))?;
    let people = shown::of(site, &staff.agency, page.calls).await?;
    audited::first(site, staff, Did::SawCalls { shown: people.len() }, now).await?;
    Ok(Answer::Listed(serde_json::json!({
        "agency": site.recorder.code(&staff.agency),
        "items": people.iter().map(shown::view).collect::<Vec<_>>(),
        "next_after": page.next,
    })))
}

/// Shows one person, and what they are to be told.
pub(crate) async fn one(site: &Site, staff: &Staff, name: &str, now: Timestamp) -> Result<Answer, Answer> {
    let kept = site.recorder.store().one_call(&staff.agency, name).await?.ok_or(Answer::NotFound)?;
    let did = Did::OpenedCall { call: name.to_owned() };
    audited::first_of(site, staff, (did, &kept.call.dossiers()), now).await?;
    let version = kept.version;
    Ok(Answer::Found(version, view(site, staff, name, kept).await?))
}

/// Records an outcome.
pub(crate) async fn record(
    site: &Site,
    staff: &Staff,
    receipt: Receipt,
    fields: Fields<'_>,
    wish: Wish,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let (outcome, back_at, note) = read(&fields, now)?;
    let agreed = agreed(&fields, outcome)?;
    let key = SearchKey::of(site.config.id_key());
    let Wish { name: call, version: expected_version } = wish;
    let (agency, by) = (staff.agency.clone(), staff.subject.clone());
    let recorded =
        CallOutcome { agency, call, expected_version, receipt, by, now, outcome, back_at, note, agreed, key };
    let answered = site.recorder.record_call(&recorded).await?;
    Ok(match answered {
        Answered::Now(kept) => {
            let version = kept.version;
            Answer::Called(version, view(site, staff, &recorded.call, kept).await?)
        }
        Answered::Before(version, kept) => {
            Answer::AlreadyCalled(version, view(site, staff, &recorded.call, kept).await?)
        }
    })
}

async fn view(site: &Site, staff: &Staff, name: &str, kept: KeptCall) -> Result<Value, Answer> {
    let shown = shown::of(site, &staff.agency, vec![(name.to_owned(), kept)]).await?;
    Ok(shown.first().map_or(Value::Null, shown::view))
}

/// Reads an outcome, the time at which the person is called again, and what was said.
fn read(fields: &Fields<'_>, now: Timestamp) -> Result<(Outcome, Option<Timestamp>, String), Malformed> {
    fields.only(&FIELDS)?;
    let outcome = fields.required("outcome", fields.line("outcome", LONGEST_CODE)?)?;
    let outcome = Outcome::named(&outcome).ok_or_else(|| fields.malformed("outcome", "is no outcome of a call"))?;
    let note = fields.prose("note", LONGEST_TEXT)?.unwrap_or_default();
    let back_at = fields.line("back_at", LONGEST_CODE)?;
    if outcome != Outcome::CallBack {
        return match back_at {
            None => Ok((outcome, None, note)),
            Some(_) => Err(fields.malformed("back_at", "belongs to the outcome call-back alone")),
        };
    }
    let back_at = fields.required("back_at", back_at)?;
    let is_rfc3339 = back_at.contains(['T', 't']);
    match parse_portal_instant(&back_at) {
        Ok(at) if is_rfc3339 && lies_ahead(at, now) => Ok((outcome, Some(at), note)),
        Ok(_) if is_rfc3339 => Err(fields.malformed("back_at", "is not within the next year")),
        Ok(_) | Err(_) => Err(fields.malformed("back_at", "is not an instant as RFC 3339 writes it")),
    }
}

/// Reads the agreements, each once.
fn agreed(fields: &Fields<'_>, outcome: Outcome) -> Result<Vec<Agreed>, Malformed> {
    let mut agreed = BTreeSet::new();
    for element in fields.list("agreed", Agreed::ALL.len())?.unwrap_or_default() {
        let name = element.line(LONGEST_CODE)?;
        agreed.insert(Agreed::named(&name).ok_or_else(|| element.malformed("is no agreement"))?);
    }
    let consents = fields.flag("consent")?.unwrap_or(false);
    if agreed.is_empty() {
        return Ok(Vec::new());
    }
    if !outcome.was_spoken_with() {
        return Err(fields.malformed("agreed", "belongs to outcomes in which somebody spoke with the person"));
    }
    if !consents {
        return Err(fields.malformed("consent", "is needed for an agreement to be kept"));
    }
    if agreed.contains(&Agreed::WantsPost) && agreed.contains(&Agreed::WantsNoPost) {
        return Err(fields.malformed("agreed", "has the post and no post at once"));
    }
    Ok(agreed.into_iter().collect())
}

/// Whether somebody can be called back then: within the next year.
pub(crate) fn lies_ahead(at: Timestamp, now: Timestamp) -> bool {
    at > now && at <= now + (MOST_DAYS * 24).hours()
}
