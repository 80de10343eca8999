//! One command on one dossier: a short form, then a preview, then it is done.

mod inputs;
mod preview;
mod wish;
mod wrong;

use maud::{Markup, html};
use motcua::store::{Declined, Did};
use rules::dossier::{Refusal, table};
use rules::http::{Received, Request, Response, respond};
use rules::id::DossierId;
use rules::person::Personal;
use rules::phone;

use crate::api;
use crate::api::Answer;
use crate::api::commands::{self, Spec};
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::{narrated, of_command};
use ::pages::form::Form;
use inputs::Inputs;
use wish::Wished;
use wrong::Wrong;

pub(crate) use inputs::fresh_key;
pub(crate) use preview::will_happen;
pub(crate) use wish::json_of;

/// The page's visit and its subject.
pub(crate) struct About<'a> {
    /// The visit, with the person and the request.
    pub visit: Visit<'a>,
    /// The dossier.
    pub opened: &'a Opened,
    /// The command.
    pub spec: &'static Spec,
}

/// Answers the form of one command.
pub(crate) async fn answer(visit: &Visit<'_>, id: DossierId, name: &str) -> Result<Response, Problem> {
    let spec = commands::find(name).ok_or(Problem::NotFound)?;
    visit.staff.may(spec.kind)?;
    let sent = visit.sent()?;
    let opened = super::opened(visit, id).await?;
    let about = About { visit: *visit, opened: &opened, spec };
    let page = match sent {
        None => ask(&about),
        Some(sent) if wants_to_edit(visit.request) => edit(&about, &sent),
        Some(sent) => Box::pin(act(&about, &sent)).await?,
    };
    // Form and preview show the dossier with its people. What was recorded has an entry of its own.
    if !page.status().is_redirection() {
        visit.audits(Did::Opened { id }).await?;
    }
    Ok(page)
}

/// The empty form.
fn ask(about: &About<'_>) -> Response {
    match refused_already(about) {
        Some(notice) => shown(about, 422, &notice),
        None => shown(about, 200, &form(about, &Form::default(), Wrong::Nothing)),
    }
}

/// Handles a sent form: shows it again with the mistake, shows the preview, or records the command.
async fn act(about: &About<'_>, sent: &Form) -> Result<Response, Problem> {
    let About { visit: Visit { site, staff, frame, now, .. }, opened, spec } = about;
    let (dossier, now) = (opened.dossier(), *now);
    let wished = match Wished::read(about, sent, now) {
        Ok(wished) => wished,
        Err(malformed) => return Ok(shown(about, 400, &form(about, sent, Wrong::Typed(&malformed)))),
    };
    // A confirmation goes to the record anyway: a second click finds there the outcome of the first.
    if wished.version != dossier.version && sent.get("confirm").is_none() {
        return Ok(shown(about, 409, &html! { (changed(about, wished.version)) (form(about, sent, Wrong::Nothing)) }));
    }
    if sent.get("confirm").is_none() {
        let known = api::goes_to_somebody_known(site, staff, &wished.action).await?;
        let wish = (wished.action.clone(), wished.personal.as_ref());
        return Ok(match will_happen(site, opened, wish, wished.at, staff, now) {
            Ok(_) if !known => refused(about, sent, &Refusal::UnknownAccount).await,
            Ok(told) => {
                let told = html! { (told.shown(frame, opened)) (out_of_reach(frame, wished.personal.as_ref())) };
                shown(about, 200, &confirm(about, sent, &told))
            }
            Err(refusal) => refused(about, sent, &refusal).await,
        });
    }
    let receipt = wished.receipt(about);
    let wish = api::Wish {
        name: dossier.id.as_str().to_owned(),
        version: wished.version,
        action: wished.action.clone(),
        at: wished.at,
        personal: wished.personal.clone(),
    };
    let done = Box::pin(api::command(site, staff, receipt, wish, now)).await;
    match done.unwrap_or_else(|refused| refused) {
        Answer::Recorded(..) | Answer::AlreadyRecorded(..) => {
            Ok(respond::see_other(format!("/desk/dossiers/{}?done={}", dossier.id, spec.name)))
        }
        Answer::Refused(refusal) => Ok(refused(about, sent, &refusal).await),
        // Somebody was faster than the confirmation; the next look shows what they did.
        Answer::Stale(_) => Ok(shown(about, 409, &html! { (changed(about, wished.version)) (again(about, sent)) })),
        other => Err(other.into()),
    }
}

/// The remark about a telephone number that messages cannot reach as it was typed.
fn out_of_reach(frame: &Frame, personal: Option<&Personal>) -> Markup {
    let number = match personal {
        Some(Personal::Contact { is, .. }) => is.phone.as_deref(),
        Some(Personal::Filed(_) | Personal::Return { .. } | Personal::HandOut { .. }) | None => None,
    };
    html! { @if let Some(remark) = number.and_then(phone::remark) {
        div.notice.warn { p { (frame.say("Số điện thoại", "The phone number")) " " (frame.lang.pick(remark)) "." } }
    } }
}

/// Notes that the dossier declines the command, and shows the form with the reason.
async fn refused(about: &About<'_>, sent: &Form, refusal: &Refusal) -> Response {
    let About { visit, opened, spec } = about;
    let did = Did::Refused { what: spec.name.to_owned(), id: Some(opened.dossier().id), because: Declined::ByItsState };
    visit.notes(did).await;
    let why = visit.frame.lang.pick([&refusal.vi(), &refusal.to_string()]).to_owned();
    let wrong = refusal.field().map_or(Wrong::Nothing, |field| Wrong::Declined(field, &why));
    shown(about, 422, &html! { (declined(visit.frame, &why)) (form(about, sent, wrong)) })
}

/// Refusal, if the table says no before anything is typed.
fn refused_already(about: &About<'_>) -> Option<Markup> {
    let About { visit: Visit { frame, .. }, opened, spec, .. } = about;
    let phase = opened.dossier().phase();
    if matches!(table::cell(phase, spec.kind), table::Cell::Leads(_)) {
        return None;
    }
    let refusal = Refusal::Phase { kind: spec.kind, phase };
    Some(declined(frame, frame.lang.pick([&refusal.vi(), &refusal.to_string()])))
}

fn declined(frame: &Frame, why: &str) -> Markup {
    html! {
        div.notice.bad role="alert" {
            p { strong { (why) } }
            p { (frame.say(
                "Chưa có gì được ghi. Sửa lại bên dưới, hoặc quay về hồ sơ để chọn việc khác.",
                "Nothing was recorded. Change it below, or go back to the dossier for another action.",
            )) }
        }
    }
}

/// Changes made while the form was open.
fn changed(about: &About<'_>, seen: u64) -> Markup {
    let About { visit: Visit { frame, .. }, opened, .. } = about;
    let since = opened.whole.history.iter().filter(|commit| commit.version > seen);
    html! {
        div.notice.warn role="alert" {
            p { strong { (frame.say("Trong lúc đó hồ sơ đã thay đổi:", "Meanwhile the dossier changed:")) } }
            ul { @for commit in since { @for event in &commit.events {
                li { (rules::vietnam::date_time(commit.recorded_at)) " – " (narrated(event, opened.names(frame.lang))) }
            } } }
            p { (frame.say("Những gì đã điền vẫn còn. Xem lại rồi tiếp tục.", "What you typed is kept. Look again, then go on.")) }
        }
    }
}

fn form(about: &About<'_>, sent: &Form, wrong: Wrong<'_>) -> Markup {
    let About { visit: Visit { frame, .. }, opened, spec, .. } = about;
    let inputs = Inputs { about, sent, wrong };
    html! {
        @if let Wrong::Typed(wrong) = wrong { (inputs.complaint(wrong)) }
        @for warning in rules::dossier::warnings(opened.dossier(), opened.procedure.as_deref()) {
            @if spec.kind == warning.of() {
                div.notice.warn { p { (frame.lang.pick([&warning.vi(), &warning.en()])) } }
            }
        }
        form method="post" action={ "/desk/dossiers/" (opened.dossier().id) "/" (spec.name) } {
            (frame.csrf_field())
            input type="hidden" name="version" value=(opened.dossier().version);
            input type="hidden" name="key" value=(sent.get("key").map_or_else(fresh_key, str::to_owned));
            (inputs.all())
            div.actions {
                button.main autofocus[inputs.nothing_to_type()] { (frame.say("Xem trước", "Preview")) }
                a.button href={ "/desk/dossiers/" (opened.dossier().id) } { (frame.say("Quay về", "Back")) }
            }
        }
    }
}

/// The form that confirms the same wish, with everything typed kept beside it.
fn confirm(about: &About<'_>, sent: &Form, told: &Markup) -> Markup {
    html! {
        (told)
        (again(about, sent))
    }
}

fn again(about: &About<'_>, sent: &Form) -> Markup {
    let About { visit: Visit { frame, .. }, opened, spec, .. } = about;
    let kept = sent.fields().filter(|(name, _)| !["csrf", "version", "confirm"].contains(name));
    html! {
        form method="post" action={ "/desk/dossiers/" (opened.dossier().id) "/" (spec.name) } {
            (frame.csrf_field())
            input type="hidden" name="version" value=(opened.dossier().version);
            @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
            div.actions {
                button.main name="confirm" value="1" autofocus { (frame.lang.pick(of_command(spec.kind))) }
                button name="edit" value="1" formaction={ "/desk/dossiers/" (opened.dossier().id) "/" (spec.name) "?edit" } {
                    (frame.say("Sửa lại", "Change"))
                }
                a.button href={ "/desk/dossiers/" (opened.dossier().id) } { (frame.say("Bỏ", "Cancel")) }
            }
        }
    }
}

/// The form once more with what was typed, for somebody who saw the preview and changes it.
fn edit(about: &About<'_>, sent: &Form) -> Response {
    shown(about, 200, &form(about, sent, Wrong::Nothing))
}

fn shown(about: &About<'_>, status: u16, content: &Markup) -> Response {
    let About { visit: Visit { frame, .. }, opened, spec, .. } = about;
    let dossier = opened.dossier();
    let title = format!("{} – {}", frame.lang.pick(of_command(spec.kind)), dossier.called());
    framed(status, frame, Place::Dossier, &title, content)
}

/// Whether the request asks for the form again.
fn wants_to_edit(request: &Request) -> bool {
    request.raw_query() == "edit"
}
