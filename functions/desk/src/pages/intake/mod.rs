//! Intake at the desk or by post: first the people and the procedure, then the papers handed over.

mod carried;
mod handed;
mod people;

use jiff::Timestamp;
use maud::{Markup, html};
use rules::dossier::{Kind, Refusal};
use rules::http::{Response, respond};
use rules::json::{Fields, Malformed};
use serde_json::Value;

use crate::api::Answer;
use crate::api::{self, intake};
use crate::pages::layout::{Frame, Place, framed, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::{complaint, field};
use ::pages::form::{Form, NotAForm};

/// The empty form.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    if path.len() > 1 {
        return Err(Problem::NotFound);
    }
    match visit.sent()? {
        None => ask(visit).await,
        Some(sent) => Box::pin(file(visit, &sent)).await,
    }
}

async fn ask(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site: _, staff, frame, .. } = *visit;
    staff.may(Kind::Submit)?;
    let form = people::form(visit, &Form::default(), None).await?;
    Ok(page(frame, Place::New, title(frame), &form))
}

/// Files the dossier, or shows the form again with everything that was typed. If the first page is right, the second
/// asks what was handed over. Both are checked again before anything is filed.
async fn file(visit: &Visit<'_>, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.may(Kind::Submit)?;
    let key = sent.get("key").ok_or(Problem::Form(NotAForm::Malformed))?;
    let who = people::json_of(sent);
    let typed = read(&who, now);
    let (filed, going_back) = match typed {
        Ok(filed) => (filed, sent.get("back").is_some()),
        Err(wrong) => return first_again(visit, sent, Some(wrong)).await,
    };
    if going_back {
        return first_again(visit, sent, None).await;
    }
    let found = site.recorder.catalogue().in_force(&staff.agency, &filed.procedure, filed.at, now).await?;
    let Some(procedure) = found else {
        return first_again(visit, sent, Some(Wrong::refused(frame, &Refusal::UnknownProcedure))).await;
    };
    let second = |status: u16, wrong: Option<&Wrong>| {
        framed(status, frame, Place::New, title(frame), &handed::form(frame, &procedure, sent, wrong))
    };
    if sent.get("listed").is_none() {
        return Ok(second(200, None));
    }
    let whole = handed::added(who, &procedure, sent);
    let filed = match read(&whole, now) {
        Ok(filed) => filed,
        Err(wrong) => return Ok(second(wrong.status(), Some(&wrong))),
    };
    let receipt = api::receipt(staff, key, "/api/v1/dossiers", whole.to_string().as_bytes());
    let done = Box::pin(api::file(site, staff, receipt, filed, now)).await;
    match done.unwrap_or_else(|refused| refused) {
        Answer::Recorded(_, dossier) | Answer::AlreadyRecorded(_, Some(dossier)) => {
            let id = dossier["id"].as_str().unwrap_or_default();
            Ok(respond::see_other(format!("/desk/dossiers/{id}?done=new")))
        }
        Answer::Refused(refusal) => Ok(second(422, Some(&Wrong::refused(frame, &refusal)))),
        other => Err(other.into()),
    }
}

async fn first_again(visit: &Visit<'_>, sent: &Form, wrong: Option<Wrong>) -> Result<Response, Problem> {
    let Visit { site: _, staff: _, frame, .. } = *visit;
    let status = wrong.as_ref().map_or(200, Wrong::status);
    let form = people::form(visit, sent, wrong.as_ref()).await?;
    Ok(framed(status, frame, Place::New, title(frame), &form))
}

fn read(body: &Value, now: Timestamp) -> Result<intake::Filed, Wrong> {
    let body = body.to_string().into_bytes();
    let filed = Fields::of_body(&body).and_then(|fields| intake::parse(fields, now));
    filed.map_err(Wrong::Field)
}

fn title(frame: &Frame) -> &'static str {
    frame.say("Tiếp nhận hồ sơ", "Intake")
}

/// Reason why nothing was filed.
enum Wrong {
    Field(Malformed),
    Refused(String),
}

impl Wrong {
    fn refused(frame: &Frame, refusal: &Refusal) -> Self {
        Self::Refused(frame.lang.pick([&refusal.vi(), &refusal.to_string()]).to_owned())
    }

    fn status(&self) -> u16 {
        match self {
            Self::Field(_) => 400,
            Self::Refused(_) => 422,
        }
    }

    fn field(&self) -> Option<&str> {
        match self {
            Self::Field(malformed) => Some(malformed.field.split('[').next().unwrap_or_default()),
            Self::Refused(_) => None,
        }
    }

    fn notice(&self, frame: &Frame) -> Markup {
        let why = match self {
            Self::Refused(why) => why.clone(),
            Self::Field(malformed) => {
                let name = frame.lang.pick(field(Kind::Submit, self.field().unwrap_or_default()));
                format!("{name}: {}", complaint(&malformed.why, frame.lang))
            }
        };
        html! { div.notice.bad role="alert" {
            p { strong { (why) } }
            p { (frame.say("Chưa có gì được ghi. Những gì đã điền vẫn còn.", "Nothing was recorded. What you typed is kept.")) }
        } }
    }
}
