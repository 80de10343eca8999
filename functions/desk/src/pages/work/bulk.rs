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
use crate::pages::mistakes;
use crate::pages::problem::Problem;
use crate::pages::receivers::{Receiver, field as field_of, receivers};
use crate::pages::visit::Visit;
use crate::words::{self, choice, field, of_command};
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::field::{Field as Framed, Line};

/// The most dossiers at once.
const MOST: usize = 50;
/// The commands that ask nothing about a single dossier.
pub(crate) const IN_BULK: [&str; 7] =
    ["accept", "forward", "put-to-leader", "return-to-desk", "record-result", "record-delivery", "ask-address"];

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
        let wrong = Mistakes::of_all(frame.say("Chọn từ 1 đến 50 hồ sơ.", "Choose between 1 and 50 dossiers."));
        let told = html! {
            (wrong.summary(frame.lang, NOT_RECORDED))
            a.button href="/desk" { (frame.say("Quay về", "Back")) }
        };
        return Ok(framed(400, frame, Place::Work, title, &told));
    }
    let receivers = receivers(visit, spec).await?;
    if spec.fields.iter().any(|field| field.needed) && sent.get("asked").is_none() {
        return Ok(framed(
            200,
            frame,
            Place::Work,
            title,
            &form(frame, (spec, &receivers), sent, &ids, &Mistakes::default()),
        ));
    }
    let body = json_of(spec, sent).to_string().into_bytes();
    if let Err(wrong) =
        Fields::of_body(&body).and_then(|fields| commands::parse(spec, fields, &site.config, &staff.agency, now))
    {
        let name = |name: &str| field(spec.kind, name);
        let typed = mistakes::Sent { lang: frame.lang, fields: spec.fields, form: sent, name, prefix: "" };
        let mistakes = typed.mistakes(&wrong);
        return Ok(framed(400, frame, Place::Work, title, &form(frame, (spec, &receivers), sent, &ids, &mistakes)));
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
    let refused = |refusal: &Refusal| Err(words::declined(refusal, &site.config, frame.lang));
    let read = Fields::of_body(body).and_then(|it| commands::parse(spec, it, &site.config, &staff.agency, now));
    let commands::Read { action, at, personal } =
        read.map_err(|_| Problem::Form(::pages::form::NotAForm::Malformed))?;
    if !confirmed {
        let unable = api::receivers::refused(site, staff, &action).await?;
        let told = will_happen(site, &opened, (action, personal.as_ref()), at, staff, now);
        let told = unable.map_or(told, Err);
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

fn form(
    frame: &Frame,
    (spec, receivers): (&Spec, &[Receiver]),
    sent: &Form,
    ids: &[DossierId],
    mistakes: &Mistakes,
) -> Markup {
    html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        form method="post" action="/desk/bulk" novalidate {
            (frame.csrf_field())
            input type="hidden" name="command" value=(spec.name);
            input type="hidden" name="asked" value="1";
            @for id in ids { input type="hidden" name="id" value=(id); }
            @for (place, field) in spec.fields.iter().enumerate() {
                (input(frame, (spec, receivers), sent, field, mistakes, place == 0 && mistakes.is_empty()))
            }
            div.buttons { button.main { (frame.say("Xem trước", "Preview")) } a.button href="/desk" { (frame.say("Hủy", "Cancel")) } }
        }
    }
}

fn input(
    frame: &Frame,
    (spec, receivers): (&Spec, &[Receiver]),
    sent: &Form,
    it: &Field,
    mistakes: &Mistakes,
    focus: bool,
) -> Markup {
    let framed = Framed::new(frame.lang, it.name, frame.lang.pick(field(spec.kind, it.name)));
    let framed = framed.wrong(mistakes.why(it.name));
    let framed = if it.needed { framed } else { framed.optional() };
    let line = Line { name: it.name, value: sent.get(it.name), longest: it.is.longest(), focus, ..Line::default() };
    match it.is {
        Is::OneOf(words) => {
            let none = (!it.needed).then(|| (String::new(), frame.say("Không", "Not now").to_owned()));
            let named = words.iter().map(|word| ((*word).to_owned(), choice(word, frame.lang).to_owned()));
            let options: Vec<_> = none.into_iter().chain(named).collect();
            let first = options.first().map(|(value, _)| value.as_str());
            framed.choice(it.name, &options, line.value.or(first), focus)
        }
        Is::Account => field_of(&framed, receivers, (it.name, line.value), focus),
        Is::Prose => framed.lines(&line),
        _ => framed.line(&line),
    }
}

fn preview(frame: &Frame, spec: &Spec, sent: &Form, fates: &[Fate]) -> Markup {
    let able: Vec<_> = fates.iter().filter(|fate| fate.told.is_ok()).collect();
    let kept = sent
        .fields()
        .filter(|(name, _)| !["csrf", "id", "confirm", "key"].contains(name) && !name.starts_with("version."));
    html! {
        h2 { (frame.say("Kiểm tra trước khi ghi", "Check before it is recorded")) }
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
                div.buttons {
                    button.main name="confirm" value="1" autofocus { (frame.lang.pick(of_command(spec.kind))) " (" (able.len()) ")" }
                    a.button href="/desk" { (frame.say("Hủy", "Cancel")) }
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
