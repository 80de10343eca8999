//! The page of one dossier: its state and the reasons, what can be done now, and all that happened.

mod bar;
mod beside;
pub(crate) mod command;
mod files;
pub(crate) mod opened;
mod pay;
mod standing;
mod story;

use jiff::Timestamp;
use maud::{Markup, html};
use motcua::store::Did;
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::papers::ContentHash;

use crate::api::commands::{self, Spec};
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Staff;
use crate::print;
use crate::words::of_command;
use ::pages::form::Form;
pub(crate) use standing::{ended, late};

/// Notice above the page.
enum Notice {
    /// A command was recorded.
    Recorded(&'static Spec),
    /// The dossier was filed.
    Filed,
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
        [] | ["print" | "files", _] => visit.only_reads()?,
        _ => {}
    }
    match *rest {
        [] => Ok(show(visit, &looked_at(visit, id).await?, &visit.asked())),
        ["pay"] => Box::pin(pay::show(visit, id)).await,
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
        Notice::Recorded(_) | Notice::Filed | Notice::Stored(_) | Notice::None => None,
    };
    let content = html! {
        (notice.told(frame))
        (standing::shown(frame, opened))
        (actions(staff, frame, opened))
        (bar::clock(frame, opened))
        div.columns {
            div { (story::history(visit, opened)) }
            div {
                (beside::people(frame, opened))
                (beside::papers(frame, opened))
                (files::show(visit, opened, attempt))
                (beside::fees(frame, opened))
                (beside::printing(frame, opened))
            }
        }
    };
    framed(status, frame, Place::Dossier, dossier.called(), &content)
}

/// One of the forms that the law names, ready for the browser's printer.
fn printed(visit: &Visit<'_>, opened: &Opened, form: &str) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let form = print::Form::named(form).ok_or(Problem::NotFound)?;
    let tracking = site.config.public_url().map(|url| format!("{url}/d/{}", opened.dossier().id));
    let sheet = print::Sheet {
        dossier: opened.dossier(),
        history: &opened.whole.history,
        declared: &opened.whole.forms,
        person: opened.whole.person.as_ref(),
        procedure: opened.procedure.as_deref(),
        office: &opened.office,
        agency_name: &frame.office,
        tracking: tracking.as_deref(),
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
            (None, None) if done == "new" => Self::Filed,
            (None, None) => Self::None,
        }
    }

    fn told(&self, frame: &Frame) -> Markup {
        let done = |what: &str| html! { div.notice.done role="status" { p { strong { (what) } } } };
        match self {
            Self::Recorded(spec) => {
                let (recorded, what) = (frame.say("Đã ghi:", "Recorded:"), frame.lang.pick(of_command(spec.kind)));
                done(&format!("{recorded} {what}"))
            }
            Self::Filed => done(frame.say("Đã nhận hồ sơ vào sổ.", "The dossier is filed.")),
            Self::Stored(stored) => done(frame.lang.pick(files::told_of(*stored))),
            Self::NotStored(attempt) => attempt.complaint(frame),
            Self::None => html! {},
        }
    }
}

/// Access key of a command used daily; none of them is a key of the menu.
fn access_key(command: &str) -> Option<&'static str> {
    Some(match command {
        "accept" => "a",
        "pause-clock" => "p",
        "record-receipt" => "r",
        "request-supplement" => "u",
        "enter-step" => "j",
        "ask-fee" => "y",
        "record-result" => "k",
        "hand-out" => "o",
        "record-cash-payment" => "c",
        _ => return None,
    })
}

fn actions(staff: &Staff, frame: &Frame, opened: &Opened) -> Markup {
    let id = opened.dossier().id;
    let takes = opened.takes(staff);
    html! {
        h2 { (frame.say("Làm gì tiếp", "What next")) }
        @if takes.is_empty() { p.soft { (frame.say("Không có việc nào cho tài khoản này.", "Nothing for this account.")) } }
        ul.actions { @for spec in takes {
            @let key = access_key(spec.name);
            li { a.button href={ "/desk/dossiers/" (id) "/" (spec.name) } accesskey=[key] title=[key.map(|key| format!("Alt+{}", key.to_uppercase()))] {
                (frame.lang.pick(of_command(spec.kind)))
            } }
        } }
    }
}

/// Whole days that something has lasted.
pub(crate) fn days_since(since: Timestamp, now: Timestamp) -> i64 {
    (now.as_second() - since.as_second()).max(0) / 86_400
}
