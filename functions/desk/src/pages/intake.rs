//! Intake at the desk or by post.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maud::{Markup, html};
use motcua::http::Response;
use motcua::json::{Fields, Malformed};
use motcua::site::Site;
use motcua::vietnam;
use serde_json::{Map, Value, json};

use super::command::{api_request, fresh_key};
use super::form::Form;
use super::layout::{Frame, Place, answer, page, pick};
use super::problem::Problem;
use super::words::{complaint, field};
use crate::answer::Answer;
use crate::permission::Staff;
use crate::{intake, record};
use motcua::dossier::Kind;

/// Pages of the catalogue that are offered, a hundred versions each.
const MOST_PAGES: u32 = 4;

/// The applicant's or the filer's fields, each with what a browser fills it in with.
const PARTY: [(&str, &str); 5] = [
    ("name", "organization"),
    ("phone", "tel"),
    ("address", "street-address"),
    ("identity_no", "off"),
    ("email", "email"),
];

/// The empty form.
pub(crate) async fn ask(site: &Site, staff: &Staff, frame: &Frame) -> Result<Response, Problem> {
    staff.may(Kind::Submit)?;
    let form = form(site, staff, frame, &Form::default(), None).await?;
    Ok(page(frame, Place::New, title(frame), &form))
}

/// Files the dossier, or shows the form again with everything that was typed.
pub(crate) async fn file(
    site: &Site,
    staff: &Staff,
    frame: &Frame,
    sent: &Form,
    now: Timestamp,
) -> Result<Response, Problem> {
    staff.may(Kind::Submit)?;
    let body = json_of(sent).to_string().into_bytes();
    let filed = Fields::of_body(&body).and_then(|fields| intake::parse(fields, now));
    let key = sent.get("key").ok_or(Problem::Form(super::form::NotAForm::Malformed))?;
    let (status, told) = match filed {
        Ok(filed) => {
            let request = api_request("/api/v1/dossiers".into(), body.clone());
            let done = Box::pin(record::file(site, staff, key, &request, filed, now)).await;
            match done.unwrap_or_else(|refused| refused) {
                Answer::Recorded(_, dossier) | Answer::AlreadyRecorded(_, Some(dossier)) => {
                    let id = dossier["id"].as_str().unwrap_or_default();
                    return Ok(Response::empty(303).with_header("location", format!("/desk/dossiers/{id}?done=new")));
                }
                Answer::Refused(refusal) => {
                    let why = pick(frame.lang, [&refusal.vi(), &refusal.to_string()]).to_owned();
                    (422, form(site, staff, frame, sent, Some(Wrong::Refused(why))).await?)
                }
                other => return Err(other.into()),
            }
        }
        Err(malformed) => (400, form(site, staff, frame, sent, Some(Wrong::Field(malformed))).await?),
    };
    Ok(answer(status, frame, Place::New, title(frame), &told))
}

fn title(frame: &Frame) -> &'static str {
    frame.say("Tiếp nhận hồ sơ", "Intake")
}

/// Why nothing was filed.
enum Wrong {
    Field(Malformed),
    Refused(String),
}

impl Wrong {
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
                let name = pick(frame.lang, field(Kind::Submit, self.field().unwrap_or_default()));
                format!("{name}: {}", complaint(&malformed.why, frame.lang))
            }
        };
        html! { div.notice.bad role="alert" {
            p { strong { (why) } }
            p { (frame.say("Chưa có gì được ghi. Những gì đã điền vẫn còn.", "Nothing was recorded. What you typed is kept.")) }
        } }
    }
}

async fn form(site: &Site, staff: &Staff, frame: &Frame, sent: &Form, wrong: Option<Wrong>) -> Result<Markup, Problem> {
    let procedures = procedures(site, staff, frame).await?;
    let is_wrong = |name: &str| wrong.as_ref().and_then(Wrong::field) == Some(name);
    let filing = sent.get("filing").unwrap_or("desk");
    Ok(html! {
        @if let Some(wrong) = &wrong { (wrong.notice(frame)) }
        form method="post" action="/desk/new" {
            (frame.csrf_field())
            input type="hidden" name="key" value=(sent.get("key").map_or_else(fresh_key, str::to_owned));
            div.field.bad-field[is_wrong("procedure")] {
                label for="procedure" { (pick(frame.lang, field(Kind::Submit, "procedure"))) }
                input id="procedure" name="procedure" list="procedures" required autofocus autocomplete="off" maxlength="100" value=[sent.get("procedure")];
                datalist id="procedures" { @for (code, name) in &procedures { option value=(code) { (name) } } }
                p.hint { (frame.say("Gõ mã hoặc tên thủ tục rồi chọn.", "Type a code or a name, then choose.")) }
            }
            fieldset.check {
                legend { (pick(frame.lang, field(Kind::Submit, "filing"))) }
                @for way in ["desk", "post"] {
                    label { input type="radio" name="filing" value=(way) checked[way == filing]; (super::words::choice(way, frame.lang)) }
                }
            }
            fieldset {
                legend { (frame.say("Chủ hồ sơ", "Applicant")) }
                (party(frame, sent, "applicant", &is_wrong))
            }
            details open[sent.get("filer.name").is_some()] {
                summary { (frame.say("Người nộp khác chủ hồ sơ (được ủy quyền)", "Somebody else files for the applicant")) }
                fieldset { legend { (frame.say("Người nộp", "Filer")) } (party(frame, sent, "filer", &is_wrong)) }
            }
            div.actions { button.main { (frame.say("Nhận hồ sơ", "File")) } a.button href="/desk" { (frame.say("Bỏ", "Cancel")) } }
        }
    })
}

fn party(frame: &Frame, sent: &Form, whose: &str, is_wrong: &dyn Fn(&str) -> bool) -> Markup {
    html! { @for (name, fills) in PARTY {
        @let id = format!("{whose}.{name}");
        div.field.bad-field[is_wrong(&id)] {
            label for=(id) { (pick(frame.lang, field(Kind::Submit, &id))) }
            input id=(id) name=(id) autocomplete=(fills) maxlength=(if name == "address" { 500 } else { 250 })
                required[id == "applicant.name"] value=[sent.get(&id)];
        }
    } }
}

/// Code and name of the procedures under which dossiers are received today. An agency with more than
/// [`MOST_PAGES`] pages of versions is offered the first of them; the code of any other can be typed.
async fn procedures(site: &Site, staff: &Staff, frame: &Frame) -> Result<BTreeMap<String, String>, Problem> {
    let today = vietnam::day(frame.now);
    let (mut found, mut after) = (BTreeMap::new(), None);
    for _ in 0..MOST_PAGES {
        let from = after.as_ref().map(|(code, version): &(String, u32)| (code.as_str(), *version));
        let page = site.recorder.catalogue().list(&staff.agency, "", from).await?;
        for it in page.items {
            let holds =
                it.valid_from.is_none_or(|from| from <= today) && it.valid_until.is_none_or(|until| today <= until);
            if holds {
                // Of two that hold, the later version is the one in force.
                found.insert(it.code, pick(frame.lang, [&it.name_vi, &it.name_en]).to_owned());
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}

/// The body that the API would have got.
fn json_of(sent: &Form) -> Value {
    let party = |whose: &str| {
        let typed = PARTY
            .iter()
            .filter_map(|(name, _)| Some(((*name).to_owned(), json!(sent.get(&format!("{whose}.{name}"))?))));
        let typed: Map<String, Value> = typed.collect();
        (!typed.is_empty()).then_some(Value::Object(typed))
    };
    let mut body = Map::new();
    for name in ["procedure", "filing"] {
        if let Some(typed) = sent.get(name) {
            body.insert(name.to_owned(), json!(typed));
        }
    }
    body.insert("applicant".to_owned(), party("applicant").unwrap_or_else(|| json!({})));
    if let Some(filer) = party("filer") {
        body.insert("filer".to_owned(), filer);
    }
    Value::Object(body)
}
