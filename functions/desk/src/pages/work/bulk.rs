//! One command on many dossiers, for a clerk who has fifty of them.

use jiff::Timestamp;
use maud::{Markup, html};
use rules::dossier::Refusal;
use rules::http::Response;
use rules::id::DossierId;
use rules::json::Fields;

use crate::api;
use crate::api::Answer;
use crate::api::commands::{self, Field, Is, Spec};
use crate::pages::dossier::command::{fresh_key, json_of, will_happen};
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::{choice, complaint, field, of_command};
use ::pages::form::Form;

/// The most dossiers at once.
const MOST: usize = 50;
/// The commands that ask nothing about a single dossier.
pub(crate) const IN_BULK: [&str; 4] = ["accept", "forward", "record-result", "record-delivery"];

/// Outcome for one dossier.
struct Fate {
    called: String,
    id: DossierId,
    version: u64,
    /// `Ok` with what will happen or has happened; `Err` with the reason why not.
    told: Result<String, String>,
}

/// Asks for what the command needs, then shows what will happen to each, then does it.
pub(crate) async fn act(visit: &Visit<'_>, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let spec = sent.get("command").filter(|name| IN_BULK.contains(name)).and_then(commands::find);
    let spec = spec.ok_or(Problem::NotFound)?;
    staff.may(spec.kind)?;
    let title = frame.lang.pick(of_command(spec.kind));
    let mut ids: Vec<DossierId> = Vec::new();
    for id in sent.all("id").filter_map(|id| DossierId::parse(id).ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() || ids.len() > MOST {
        let told = html! { div.notice.bad role="alert" { p { (frame.say("Chọn từ 1 đến 50 hồ sơ.", "Choose between 1 and 50 dossiers.")) } } a.button href="/desk" { (frame.say("Quay về", "Back")) } };
        return Ok(framed(400, frame, Place::Work, title, &told));
    }
    if spec.fields.iter().any(|field| field.needed) && sent.get("asked").is_none() {
        return Ok(framed(200, frame, Place::Work, title, &form(frame, spec, sent, &ids, None)));
    }
    let body = json_of(spec, sent).to_string().into_bytes();
    if let Err(wrong) =
        Fields::of_body(&body).and_then(|fields| commands::parse(spec, fields, &site.config, &staff.agency, now))
    {
        let why = format!("{}: {}", frame.lang.pick(field(spec.kind, &wrong.field)), complaint(&wrong.why, frame.lang));
        return Ok(framed(400, frame, Place::Work, title, &form(frame, spec, sent, &ids, Some(&why))));
    }
    let confirmed = sent.get("confirm").is_some();
    let mut fates = Vec::new();
    for id in ids {
        fates.push(Box::pin(one(visit, spec, sent, (id, &body), confirmed, now)).await?);
    }
    let told = if confirmed { done(frame, &fates) } else { preview(frame, spec, sent, &fates) };
    Ok(framed(200, frame, Place::Work, title, &told))
}

async fn one(
    visit: &Visit<'_>,
    spec: &'static Spec,
    sent: &Form,
    (id, body): (DossierId, &[u8]),
    confirmed: bool,
    now: Timestamp,
) -> Result<Fate, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let Some(opened) = Opened::read(site, &staff.agency, id, now).await? else {
        let told = Err(frame.say("không có hồ sơ này", "there is no such dossier").to_owned());
        return Ok(Fate { called: id.to_string(), id, version: 0, told });
    };
    let dossier = opened.dossier();
    let fate = |told| Fate { called: dossier.called().to_owned(), id, version: dossier.version, told };
    let refused = |refusal: &Refusal| Err(frame.lang.pick([&refusal.vi(), &refusal.to_string()]).to_owned());
    let read = Fields::of_body(body).and_then(|it| commands::parse(spec, it, &site.config, &staff.agency, now));
    let commands::Read { action, at, personal } =
        read.map_err(|_| Problem::Form(::pages::form::NotAForm::Malformed))?;
    if !confirmed {
        let known = api::goes_to_somebody_known(site, staff, &action).await?;
        let told = will_happen(site, &opened, (action, personal.as_ref()), at, staff, now);
        let told = told.and_then(|told| if known { Ok(told) } else { Err(Refusal::UnknownAccount) });
        return Ok(fate(told.map(|told| told.in_short(frame, &opened)).or_else(|refusal| refused(&refusal))));
    }
    // The version that the preview showed; a form that another page made counts as stale.
    let version = sent.get(&format!("version.{id}")).and_then(|version| version.parse().ok()).unwrap_or(0);
    let key = format!("{}{id}", sent.get("key").unwrap_or_default());
    let receipt = api::receipt(staff, &key, &format!("/api/v1/dossiers/{id}/{}", spec.name), body);
    let wish = api::Wish { name: id.as_str().to_owned(), version, action, at, personal };
    let done = Box::pin(api::command(site, staff, receipt, wish, now)).await;
    Ok(fate(match done.unwrap_or_else(|refused| refused) {
        Answer::Recorded(..) | Answer::AlreadyRecorded(..) => Ok(frame.say("đã ghi", "recorded").to_owned()),
        Answer::Refused(refusal) => refused(&refusal),
        Answer::Stale(_) => {
            Err(frame.say("hồ sơ vừa thay đổi, hãy xem lại", "changed just now, look again").to_owned())
        }
        Answer::NotFound => Err(frame.say("không có hồ sơ này", "there is no such dossier").to_owned()),
        _ => Err(frame.say("chưa ghi được, hãy thử lại", "not recorded, try again").to_owned()),
    }))
}

fn form(frame: &Frame, spec: &Spec, sent: &Form, ids: &[DossierId], wrong: Option<&str>) -> Markup {
    html! {
        @if let Some(wrong) = wrong { div.notice.bad role="alert" { p { strong { (wrong) } } } }
        form method="post" action="/desk/bulk" {
            (frame.csrf_field())
            input type="hidden" name="command" value=(spec.name);
            input type="hidden" name="asked" value="1";
            @for id in ids { input type="hidden" name="id" value=(id); }
            @for field in spec.fields { (input(frame, spec, sent, field)) }
            div.actions { button.main { (frame.say("Xem trước", "Preview")) } a.button href="/desk" { (frame.say("Bỏ", "Cancel")) } }
        }
    }
}

fn input(frame: &Frame, spec: &Spec, sent: &Form, it: &Field) -> Markup {
    let name = frame.lang.pick(field(spec.kind, it.name));
    html! { div.field { @match it.is {
        Is::OneOf(words) => { label for=(it.name) { (name) } select id=(it.name) name=(it.name) {
            @if !it.needed { option value="" { "–" } }
            @for word in words { option value=(word) selected[sent.get(it.name) == Some(word)] { (choice(word, frame.lang)) } }
        } }
        Is::Flag => label.check { input type="checkbox" name=(it.name) value="1"; (name) },
        _ => { label for=(it.name) { (name) } input id=(it.name) name=(it.name) maxlength=[it.is.longest()] required[it.needed] value=[sent.get(it.name)]; }
    } } }
}

fn preview(frame: &Frame, spec: &Spec, sent: &Form, fates: &[Fate]) -> Markup {
    let able: Vec<_> = fates.iter().filter(|fate| fate.told.is_ok()).collect();
    let kept = sent
        .fields()
        .filter(|(name, _)| !["csrf", "id", "confirm", "key"].contains(name) && !name.starts_with("version."));
    html! {
        p { (frame.say("Điều sẽ xảy ra:", "What will happen:")) }
        (table(frame, fates))
        @if !able.is_empty() {
            form method="post" action="/desk/bulk" {
                (frame.csrf_field())
                input type="hidden" name="key" value=(fresh_key());
                @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
                @for fate in &able {
                    input type="hidden" name="id" value=(fate.id);
                    input type="hidden" name={ "version." (fate.id) } value=(fate.version);
                }
                div.actions {
                    button.main name="confirm" value="1" autofocus { (frame.lang.pick(of_command(spec.kind))) " (" (able.len()) ")" }
                    a.button href="/desk" { (frame.say("Bỏ", "Cancel")) }
                }
            }
        } @else { a.button href="/desk" { (frame.say("Quay về", "Back")) } }
    }
}

fn done(frame: &Frame, fates: &[Fate]) -> Markup {
    html! {
        (table(frame, fates))
        a.button.main href="/desk" autofocus { (frame.say("Việc cần làm", "Work")) }
    }
}

fn table(frame: &Frame, fates: &[Fate]) -> Markup {
    html! { div.list { table.rows {
        thead { tr { th scope="col" { (frame.say("Hồ sơ", "Dossier")) } th scope="col" { (frame.say("Kết quả", "What becomes of it")) } } }
        tbody { @for fate in fates { tr {
            td.code { a href={ "/desk/dossiers/" (fate.id) } { (fate.called) } }
            td { @match &fate.told { Ok(told) => (told), Err(why) => span.late { (why) } } }
        } } }
    } } }
}
