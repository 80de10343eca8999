//! The page of one dossier: its state and the reasons, what can be done now, and all that happened.

mod actions;
mod bar;
mod beside;
mod check_list;
pub(crate) mod command;
mod deadline;
pub(crate) mod filed;
mod files;
mod looks;
mod mailing;
mod messages;
mod next;
pub(crate) mod opened;
mod pay;
mod print_links;
mod standing;
mod story;

use jiff::Timestamp;
use maud::{Markup, html};
use motcua::links;
use motcua::store::Did;
use rules::dossier::{Actor, Recorded};
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::language::Language;
use rules::papers::ContentHash;

use crate::api::commands::{self, Spec};
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::print;
use ::pages::form::Form;
use ::pages::part::notice as part;
pub(crate) use actions::access_key;
use filed::Filed;

/// Notice above the page.
enum Notice {
    /// A command was recorded.
    Recorded(&'static Spec),
    /// The dossier was filed.
    Filed(Filed),
    /// A file was stored.
    Stored(files::Done),
    /// A file was not stored.
    NotStored(files::Attempt),
    /// Nothing in particular.
    None,
}

/// Answers everything below `/desk/dossiers/{id}`.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    let [_, id, rest @ ..] = path else { return Err(Problem::NotFound) };
    let id = DossierId::parse(id).map_err(|_| Problem::NotFound)?;
    match *rest {
        // A scan is sent as a file, with the form's secret inside.
        ["files"] => return Box::pin(files::keep(visit, id)).await,
        [] | ["looks"] | ["as", "citizen"] | ["print" | "files", _] => visit.only_reads()?,
        _ => {}
    }
    match *rest {
        [] => Ok(show(visit, &looked_at(visit, id).await?, &visit.asked())),
        ["messages"] => Box::pin(messages::answer(visit, id)).await,
        ["looks"] => Box::pin(looks::show(visit, id)).await,
        ["pay"] => Box::pin(pay::show(visit, id)).await,
        ["as", "citizen"] => as_citizen(visit, id).await,
        ["print", form] => printed(visit, &looked_at(visit, id).await?, form),
        ["files", content] => {
            let content = ContentHash::parse(content).map_err(|_| Problem::NotFound)?;
            Box::pin(files::open(visit, (id, &content))).await
        }
        [name] => Box::pin(command::answer(visit, id, name)).await,
        _ => Err(Problem::NotFound),
    }
}

/// Reads the dossier and audits that this member of staff looked at it: what cannot be audited is not shown, and what does
/// not exist was not looked at.
async fn looked_at(visit: &Visit<'_>, id: DossierId) -> Result<Opened, Problem> {
    let opened = opened(visit, id).await?;
    visit.audits(Did::Opened { id }).await?;
    Ok(opened)
}

async fn opened(visit: &Visit<'_>, id: DossierId) -> Result<Opened, Problem> {
    Opened::read(visit.site, &visit.staff.agency, id, visit.now).await?.ok_or(Problem::NotFound)
}

/// Leads to the page that the dossier's people see, for ten minutes and without their buttons.
async fn as_citizen(visit: &Visit<'_>, id: DossierId) -> Result<Response, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    looked_at(visit, id).await?;
    let agency = site.config.agency(staff.agency.as_str()).ok_or(Problem::NotFound)?;
    let way = links::preview(site, agency, id, now).await?.ok_or(Problem::NotFound)?;
    Ok(respond::see_other(way))
}

/// The page.
fn show(visit: &Visit<'_>, opened: &Opened, asked: &Form) -> Response {
    let Visit { site: _, staff: _, frame: _, .. } = *visit;
    answered(visit, 200, opened, &Notice::of(asked))
}

/// The page, with a notice of what was done or not done just now.
fn answered(visit: &Visit<'_>, status: u16, opened: &Opened, notice: &Notice) -> Response {
    let Visit { site: _, staff, frame, .. } = *visit;
    let dossier = opened.dossier();
    let attempt = match notice {
        Notice::NotStored(attempt) => Some(attempt),
        Notice::Recorded(_) | Notice::Filed(_) | Notice::Stored(_) | Notice::None => None,
    };
    let content = html! {
        (notice.told(visit, opened))
        (standing::shown(frame, opened, &print_links::all(frame, opened)))
        div.next { (standing::missed(frame, opened)) (actions::shown(staff, frame, opened)) }
        (bar::clock(frame, opened))
        div.columns {
            div { (story::history(visit, opened)) }
            div {
                (beside::people(visit, opened))
                (beside::papers(frame, opened))
                (files::show(visit, opened, attempt))
                (beside::fees(frame, opened))
            }
        }
        @if has_public_page(visit) {
            p { a href={ "/desk/dossiers/" (dossier.id) "/as/citizen" } rel="noreferrer" { (frame.say("Xem như người dân", "See it as the citizen does")) } }
        }
        @if staff.needs(Permission::SeeAudit).is_ok() {
            p { a href={ "/desk/dossiers/" (dossier.id) "/looks" } { (frame.say("Ai đã xem hồ sơ", "Who looked at the dossier")) } }
        }
        p.small.soft { (frame.say("Mã nội bộ", "Internal id")) ": " span.code { (dossier.id) } }
    };
    framed(status, frame, Place::Dossier, dossier.called(), &content)
}

/// Whether the agency has pages for the public.
fn has_public_page(visit: &Visit<'_>) -> bool {
    let agency = visit.site.config.agency(visit.staff.agency.as_str());
    agency.and_then(|agency| visit.site.config.page(agency, "/")).is_some()
}

/// One of the forms that the law names, ready for the browser's printer.
fn printed(visit: &Visit<'_>, opened: &Opened, form: &str) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let form = print::Form::named(form).ok_or(Problem::NotFound)?;
    let agency = site.config.agency(staff.agency.as_str());
    let tracking = agency.and_then(|agency| site.config.page(agency, &format!("/d/{}", opened.dossier().id)));
    let (key, dossier) = (site.config.id_key(), opened.dossier());
    let six = rules::access::slip(key, &staff.agency, dossier.id, dossier.slip);
    let sheet = print::Sheet {
        dossier: opened.dossier(),
        history: &opened.whole.history,
        declared: &opened.whole.forms,
        person: opened.whole.person.as_ref(),
        procedure: opened.procedure.as_deref(),
        office: &opened.office,
        agency_name: &frame.office,
        emblem: frame.mark.emblem(),
        people: &opened.people,
        contact: agency.map(|agency| &agency.contact),
        config: &site.config,
        notices: &opened.notices,
        tracking: tracking.as_deref(),
        six: Some(&six),
        clerk: &staff.subject,
        now: frame.now,
    };
    let page = print::sheet(form, &sheet).ok_or(Problem::NotFound)?;
    Ok(respond::html(200, page.into_string()))
}

impl Notice {
    /// Reads from the page's address what was done just now.
    fn of(asked: &Form) -> Self {
        let Some(done) = asked.get("done") else { return Self::None };
        match (commands::find(done), files::Done::named(done)) {
            (Some(spec), _) => Self::Recorded(spec),
            (None, Some(done)) => Self::Stored(done),
            (None, None) if done == "new" => Self::Filed(Filed::of(asked)),
            (None, None) => Self::None,
        }
    }

    fn told(&self, visit: &Visit<'_>, opened: &Opened) -> Markup {
        let Visit { staff, frame, .. } = *visit;
        let done = |what: &str, more: &Markup| part::Notice::Done.of(&html! { p { strong { (what) } } (more) });
        match self {
            Self::Recorded(spec) => {
                let more = html! { (outcome(visit, opened)) (mailing::to_confirm(visit, opened)) };
                done(&command::recorded(staff, frame, opened, spec), &more)
            }
            Self::Filed(filed) => html! { (filed.panel(frame, opened)) (mailing::to_confirm(visit, opened)) },
            Self::Stored(stored) => done(frame.lang.pick(files::told_of(*stored)), &html! {}),
            Self::NotStored(attempt) => attempt.complaint(frame),
            Self::None => html! {},
        }
    }
}

/// The form that the reader's newest command gave cause for.
fn outcome(visit: &Visit<'_>, opened: &Opened) -> Markup {
    let Visit { staff, frame, .. } = *visit;
    let own = |commit: &&Recorded| matches!(&commit.actor, Actor::Staff(who) if *who == staff.subject);
    let newest = opened.whole.history.iter().rev().find(own);
    newest.map(|commit| print_links::of_last(frame, opened, commit.version)).unwrap_or_default()
}

/// Whole days that something has lasted.
pub(crate) fn days_since(since: Timestamp, now: Timestamp) -> i64 {
    (now.as_second() - since.as_second()).max(0) / 86_400
}

/// Text for how long something has been waited for.
pub(crate) fn waited(frame: &Frame, since: Timestamp) -> String {
    let days = days_since(since, frame.now);
    match (frame.lang, days) {
        (Language::Vi, 0) => "từ hôm nay".to_owned(),
        (Language::Vi, _) => format!("đã chờ {days} ngày"),
        (Language::En, 0) => "since today".to_owned(),
        (Language::En, _) => format!("for {days} days"),
    }
}
