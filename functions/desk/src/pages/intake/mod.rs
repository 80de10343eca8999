//! Intake at the desk or by post: the people and the procedure, the papers handed over, and one of three results
//! (NĐ 61/2018/NĐ-CP art. 17).
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /desk/new?after={id}&with={id},{id}` | the empty form, or one with the people of an earlier dossier |
//! | `POST /desk/new` | the next page, or the dossier with its confirmation |
//! | `GET /desk/new/guide?procedure=`, `POST` with `how` | how to file online, and the record that it was told |
//! | `GET /desk/new/guide/print?procedure=` | the same on a sheet of A5 |

mod carried;
mod case;
mod ending;
mod guide;
mod handed;
mod people;
mod wrong;

use motcua::store::{Did, How};
use rules::catalogue::Procedure;
use rules::dossier::Kind;
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::limits::LONGEST_CODE;
use serde_json::Value;

use crate::api::Answer;
use crate::api::{self, intake};
use crate::pages::dossier::command::not_given;
use crate::pages::dossier::filed::Filed;
use crate::pages::layout::{Frame, Place, framed, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::form::{Form, NotAForm};
use ending::{End, Given};
use wrong::Wrong;

/// Path of the form.
const ROOT: &str = "/desk/new";

/// Answers requests under `/desk/new`.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    visit.staff.may(Kind::Submit)?;
    match *path {
        ["new"] => match visit.sent()? {
            None => ask(visit).await,
            Some(sent) => Box::pin(file(visit, &sent)).await,
        },
        ["new", "guide"] => guide::answer(visit).await,
        ["new", "guide", "print"] => guide::print(visit).await,
        _ => Err(Problem::NotFound),
    }
}

/// Shows the empty form; after another dossier of the same visitor, with their people.
async fn ask(visit: &Visit<'_>) -> Result<Response, Problem> {
    let asked = visit.asked();
    let known = match Filed::before(&asked) {
        None => Form::default(),
        Some((id, with)) => {
            let whole = visit.site.recorder.store().whole(&visit.staff.agency, id).await?.ok_or(Problem::NotFound)?;
            visit.audits(Did::Opened { id }).await?;
            carried::people_of(&whole, &with)
        }
    };
    let form = people::form(visit, &known, None).await?;
    Ok(page(visit.frame, Place::New, title(visit.frame), &form))
}

/// Files the dossier, or shows the form again with everything that was typed. If the first page is right, the second
/// asks what was handed over. Both are checked again before anything is filed.
async fn file(visit: &Visit<'_>, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let key = sent.get("key").ok_or(Problem::Form(NotAForm::Malformed))?;
    let who = people::json_of(sent);
    let code = sent.get("procedure").filter(|code| code.chars().count() <= LONGEST_CODE);
    let found = match code {
        Some(code) => site.recorder.catalogue().in_force(&staff.agency, code, now, now).await?,
        None => None,
    };
    let read_first = wrong::read(frame, who.clone(), now, code.is_some() && found.is_none());
    let procedure = match (read_first, found) {
        (Err(wrong), _) => return first_again(visit, sent, Some(wrong)).await,
        (Ok(_), None) => return Err(Problem::Form(NotAForm::Malformed)),
        (Ok(_), Some(procedure)) => procedure,
    };
    if sent.get("back").is_some() {
        return first_again(visit, sent, None).await;
    }
    let second = |status, wrong: Option<&Wrong>| {
        framed(status, frame, Place::New, title(frame), &handed::form(frame, &procedure, sent, wrong))
    };
    if let Some(how) = sent.get("guided").and_then(How::named) {
        let filed = wrong::read(frame, who, now, false).ok();
        let phone = filed.and_then(|filed| filed.person.phone(1).or_else(|| filed.person.phone(0)));
        guide::record(visit, key, &procedure, (how, phone.as_ref())).await?;
        return Ok(second(200, None));
    }
    let Some(listed) = sent.get("listed") else { return Ok(second(200, None)) };
    if listed != procedure.version.to_string() {
        // Somebody imported a later version while the page stood open: the clerk saw another check-list.
        return Ok(second(409, Some(&Wrong::other_list(frame, &handed::gone(&procedure, sent)))));
    }
    let whole = handed::added(who, &procedure, sent);
    let filed = match wrong::read(frame, whole.clone(), now, false) {
        Ok(filed) => filed,
        Err(wrong) => return Ok(second(wrong.status, Some(&wrong))),
    };
    match Box::pin(ended(visit, sent, &procedure, (key, whole, filed))).await? {
        Ok(done) => Ok(done),
        Err(wrong) => Ok(second(wrong.status, Some(&wrong))),
    }
}

/// Files the dossier and records the result of its intake; or asks for the reason of a result that needs one.
async fn ended(
    visit: &Visit<'_>,
    sent: &Form,
    procedure: &Procedure,
    (key, whole, filed): (&str, Value, intake::Filed),
) -> Result<Result<Response, Wrong>, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let end = End::of(sent);
    if let Some(kind) = end.kind() {
        staff.may(kind)?;
    }
    let asks = |status, wrong: Option<&Wrong>| {
        framed(status, frame, Place::New, title(frame), &ending::form(frame, procedure, sent, (end, wrong)))
    };
    let order = match end.read(visit, sent) {
        Ok(order) => order,
        Err(None) => return Ok(Ok(asks(200, None))),
        Err(Some(wrong)) => return Ok(Ok(asks(wrong.status, Some(&wrong)))),
    };
    let receipt = api::receipt(staff, key, "/api/v1/dossiers", whole.to_string().as_bytes());
    let done = Box::pin(api::file(site, staff, receipt, filed, now)).await;
    let id = match done.unwrap_or_else(|refused| refused) {
        Answer::Recorded(_, dossier) | Answer::AlreadyRecorded(_, Some(dossier)) => {
            dossier["id"].as_str().unwrap_or_default().to_owned()
        }
        Answer::Refused(refusal) => return Ok(Err(Wrong::declined(frame, &refusal))),
        other => return Err(other.into()),
    };
    if let Some((order, spec)) = order.zip(end.command())
        && let Given::Not(refusal) = order.give(visit, key, &id).await?
    {
        // The dossier stands in the register, so that its own form takes what was typed.
        let id = DossierId::parse(&id).map_err(|_| Problem::NotFound)?;
        return Ok(Ok(Box::pin(not_given(visit, (id, spec), &ending::typed(sent), refusal.as_ref())).await?));
    }
    let with = carried::with(sent);
    Ok(Ok(respond::see_other(format!("/desk/dossiers/{id}?done=new{with}"))))
}

async fn first_again(visit: &Visit<'_>, sent: &Form, wrong: Option<Wrong>) -> Result<Response, Problem> {
    let status = wrong.as_ref().map_or(200, |wrong| wrong.status);
    let form = people::form(visit, sent, wrong.as_ref()).await?;
    Ok(framed(status, visit.frame, Place::New, title(visit.frame), &form))
}

fn title(frame: &Frame) -> &'static str {
    frame.say("Tiếp nhận hồ sơ", "Intake")
}
