//! One command on one dossier: a short form, then a preview, then it is done.

mod address;
mod case;
mod inputs;
mod preview;
mod recorded;
mod remarks;
mod wish;

use maud::{Markup, html};
use motcua::store::{Declined, Did};
use rules::dossier::{Kind, Refusal, table};
use rules::http::{Received, Request, Response, respond};
use rules::id::DossierId;
use rules::language::Both;

use crate::api;
use crate::api::Answer;
use crate::api::commands::{self, Spec};
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::{Place, framed};
use crate::pages::mistakes;
use crate::pages::problem::Problem;
use crate::pages::receivers::{Receiver, receivers};
use crate::pages::visit::Visit;
use crate::words::{self, field, of_command};
use ::pages::form::Form;
use ::pages::part::errors::{Mistake, Mistakes, NOT_RECORDED};
use ::pages::part::notice::Notice;
use inputs::Inputs;
use remarks::{changed, out_of_reach};
use wish::Wished;

pub(crate) use inputs::fresh_key;
pub(crate) use preview::will_happen;
pub(super) use recorded::told as recorded;
pub(crate) use wish::json_of;

/// The page's visit and its subject.
pub(crate) struct About<'a> {
    /// The visit, with the person and the request.
    pub visit: Visit<'a>,
    /// The dossier.
    pub opened: &'a Opened,
    /// The command.
    pub spec: &'static Spec,
    /// The people it may give the dossier to.
    pub receivers: &'a [Receiver],
}

/// Answers the form of one command.
pub(crate) async fn answer(visit: &Visit<'_>, id: DossierId, name: &str) -> Result<Response, Problem> {
    let spec = commands::find(name).ok_or(Problem::NotFound)?;
    visit.staff.may(spec.kind)?;
    let sent = visit.sent()?;
    let opened = super::opened(visit, id).await?;
    let receivers = receivers(visit, spec).await?;
    let about = About { visit: *visit, opened: &opened, spec, receivers: &receivers };
    let page = match sent {
        sent if spec.kind == Kind::ConfirmAddress => Box::pin(addressed(&about, sent)).await?,
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

/// The steps of an address, of which the last is the command: it is read back there, which is its preview.
async fn addressed(about: &About<'_>, sent: Option<Form>) -> Result<Response, Problem> {
    let (phase, kind) = (about.opened.dossier().phase(), about.spec.kind);
    if sent.is_none() && !matches!(table::cell(phase, kind), table::Cell::Leads(_)) {
        return Ok(ask(about));
    }
    let edited = sent.as_ref().filter(|_| wants_to_edit(about.visit.request));
    if let Some(sent) = edited {
        return Ok(edit(about, sent));
    }
    let around = |step: &Markup| html! { (case::asked(about)) (address::framed(about, sent.as_ref(), step)) };
    match address::next(about, sent.as_ref(), around) {
        address::Next::Step(status, content) => Ok(shown(about, status, &content)),
        address::Next::Command(sent) => act(about, &sent).await,
    }
}

/// The empty form; without one if the table says no before anything is typed.
fn ask(about: &About<'_>) -> Response {
    let (phase, kind) = (about.opened.dossier().phase(), about.spec.kind);
    if matches!(table::cell(phase, kind), table::Cell::Leads(_)) {
        return shown(about, 200, &form(about, &known(about), &Mistakes::default()));
    }
    let frame = about.visit.frame;
    let why = told(&about.visit, &Refusal::Phase { kind, phase });
    let content = html! {
        (Mistakes::of_all(why).summary(frame.lang, OTHER_WORK))
        (case::shown(about))
        div.buttons { a.button href={ "/desk/dossiers/" (about.opened.dossier().id) } { (frame.say("Về hồ sơ", "Back to the dossier")) } }
    };
    shown(about, 422, &content)
}

/// The form as far as the page that led here knows it: an amount of a table.
fn known(about: &About<'_>) -> Form {
    let amount = about.visit.asked().get("amount_vnd").map(str::to_owned);
    Form::of_pairs(&amount.map(|amount| ("amount_vnd", amount)).into_iter().collect::<Vec<_>>())
}

/// The words under a refusal that rests on the dossier alone.
const OTHER_WORK: Both = [
    "Chưa có gì được ghi. Sửa lại bên dưới, hoặc quay về hồ sơ để chọn việc khác.",
    "Nothing was recorded. Change it below, or go back to the dossier for another action.",
];

/// Handles a sent form: shows it again with the mistake, shows the preview, or records the command.
async fn act(about: &About<'_>, sent: &Form) -> Result<Response, Problem> {
    let About { visit: Visit { site, staff, frame, now, .. }, opened, spec, .. } = about;
    let (dossier, now) = (opened.dossier(), *now);
    let wished = match Wished::read(about, sent, now) {
        Ok(wished) => wished,
        Err(malformed) => {
            let mut mistakes = as_sent(about, sent).mistakes(&malformed);
            if inputs::needs_paper(about) && sent.get("receipt_no").is_none() && mistakes.why("receipt_no").is_none() {
                let name = frame.lang.pick(field(spec.kind, "receipt_no")).to_owned();
                let why = frame.say("Cần điền mục này.", "This is needed.").to_owned();
                mistakes.push(Mistake { at: Some("receipt_no".to_owned()), name, why });
            }
            let content = html! { (mistakes.summary(frame.lang, NOT_RECORDED)) (form(about, sent, &mistakes)) };
            return Ok(shown(about, 400, &content));
        }
    };
    // A confirmation goes to the record anyway: a second click finds there the outcome of the first.
    if wished.version != dossier.version && sent.get("confirm").is_none() {
        return Ok(shown(
            about,
            409,
            &html! { (changed(about, wished.version)) (form(about, sent, &Mistakes::default())) },
        ));
    }
    if sent.get("confirm").is_none() {
        let unable = api::receivers::refused(site, staff, &wished.action).await?;
        let wish = (wished.action.clone(), wished.personal.as_ref());
        let told = will_happen(site, opened, wish, wished.at, staff, now);
        return Ok(match unable.map_or(told, Err) {
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
        Answer::Stale(_) => {
            Ok(shown(about, 409, &html! { (changed(about, wished.version)) (case::shown(about)) (again(about, sent)) }))
        }
        other => Err(other.into()),
    }
}

/// Shows the form of a command that was to follow a filing and was not recorded, with what was typed: the refusal, or
/// the changes that somebody faster made.
pub(crate) async fn not_given(
    visit: &Visit<'_>,
    (id, spec): (DossierId, &'static Spec),
    sent: &Form,
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let opened = super::opened(visit, id).await?;
    let receivers = receivers(visit, spec).await?;
    let about = About { visit: *visit, opened: &opened, spec, receivers: &receivers };
    visit.audits(Did::Opened { id }).await?;
    if let Some(refusal) = refusal {
        return Ok(declined(&about, sent, refusal, FILED).await);
    }
    let lang = visit.frame.lang;
    let filed = Notice::Warning.of(&html! { p { strong { (lang.pick(FILED)) } } });
    let content = html! { (filed) (changed(&about, 1)) (form(&about, sent, &Mistakes::default())) };
    Ok(shown(&about, 409, &content))
}

/// The words under a refusal of what was to follow a filing.
const FILED: Both = [
    "Hồ sơ đã được ghi vào sổ, việc này thì chưa. Những gì đã điền vẫn còn: sửa lại bên dưới, hoặc quay về hồ sơ để chọn việc khác.",
    "The dossier is in the register, this action is not recorded. What you typed is kept: change it below, or go back to the dossier for another action.",
];

async fn refused(about: &About<'_>, sent: &Form, refusal: &Refusal) -> Response {
    declined(about, sent, refusal, OTHER_WORK).await
}

/// Notes that the dossier declines the command, and shows the form with the reason.
async fn declined(about: &About<'_>, sent: &Form, refusal: &Refusal, after: Both) -> Response {
    let About { visit, opened, spec, .. } = about;
    let did = Did::Refused { what: spec.name.to_owned(), id: Some(opened.dossier().id), because: Declined::ByItsState };
    visit.notes(did).await;
    let why = told(visit, refusal);
    let mistakes = as_sent(about, sent).declined(refusal.field(), &why);
    let summary = mistakes.summary(visit.frame.lang, after);
    shown(about, 422, &html! { (summary) (form(about, sent, &mistakes)) })
}

fn told(visit: &Visit<'_>, refusal: &Refusal) -> String {
    words::declined(refusal, &visit.site.config, visit.frame.lang)
}

/// The form as its mistakes are looked for.
fn as_sent<'a>(about: &About<'a>, form: &'a Form) -> mistakes::Sent<'a, impl Fn(&str) -> Both> {
    let kind = about.spec.kind;
    mistakes::Sent {
        lang: about.visit.frame.lang,
        fields: about.spec.fields,
        form,
        name: move |name: &str| field(kind, name),
        prefix: "",
    }
}

fn form(about: &About<'_>, sent: &Form, mistakes: &Mistakes) -> Markup {
    let About { visit: Visit { frame, .. }, opened, spec, .. } = about;
    let inputs = Inputs { about, sent, mistakes };
    if spec.kind == Kind::ConfirmAddress {
        return html! { (case::asked(about)) (address::framed(about, Some(sent), &address::inputs(about, sent, mistakes))) };
    }
    html! {
        (case::asked(about))
        @for warning in rules::dossier::warnings(opened.dossier(), opened.procedure.as_deref()) {
            @if spec.kind == warning.of() {
                div.notice.warn { p { (frame.lang.pick([&warning.vi(), &warning.en()])) } }
            }
        }
        form method="post" novalidate action={ "/desk/dossiers/" (opened.dossier().id) "/" (spec.name) } {
            (frame.csrf_field())
            input type="hidden" name="version" value=(opened.dossier().version);
            input type="hidden" name="key" value=(sent.get("key").map_or_else(fresh_key, str::to_owned));
            (inputs.all())
            div.buttons {
                button.main autofocus[mistakes.is_empty() && spec.fields.is_empty()] { (frame.say("Xem trước", "Preview")) }
                a.button href={ "/desk/dossiers/" (opened.dossier().id) } { (frame.say("Hủy", "Cancel")) }
            }
        }
    }
}

/// The form that confirms the same wish, with everything typed kept beside it.
fn confirm(about: &About<'_>, sent: &Form, told: &Markup) -> Markup {
    html! {
        (case::shown(about))
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
            div.buttons {
                button.main name="confirm" value="1" autofocus { (frame.lang.pick(of_command(spec.kind))) }
                button name="edit" value="1" formaction={ "/desk/dossiers/" (opened.dossier().id) "/" (spec.name) "?edit" } {
                    (frame.say("Sửa lại", "Change"))
                }
                a.button href={ "/desk/dossiers/" (opened.dossier().id) } { (frame.say("Hủy", "Cancel")) }
            }
        }
    }
}

/// The form once more with what was typed, for somebody who saw the preview and changes it.
fn edit(about: &About<'_>, sent: &Form) -> Response {
    shown(about, 200, &form(about, sent, &Mistakes::default()))
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
