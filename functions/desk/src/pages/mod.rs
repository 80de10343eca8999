//! The desk's pages, rendered here and needing no script: Vietnamese first, English by a switch.
//!
//! | page | what it is |
//! | --- | --- |
//! | `/desk`, `/desk/lists/{list}` | the work lists |
//! | `/desk/search` | a search by code, phone, identity number or name |
//! | `/desk/new` | intake at the desk or by post |
//! | `/desk/dossiers/{id}` | a dossier; `/{command}` a form for a command; `/pay?attempt=n` the way to pay |
//! | `/desk/dossiers/{id}/files`, `/{sha256}` | a scan to be stored, and one opened |
//! | `/desk/bulk` | one command on many dossiers |
//! | `/desk/reports`, `/desk/reports.xlsx`, `/desk/reports.csv` | reports as of any day |
//! | `/desk/register`, `/print`, `/export` | the register by days of receipt, on paper, as a file (see [`register`]) |
//! | `/desk/aside`, `/{name}` | what no function could finish, and what a person does about it (see [`aside`]) |
//! | `/desk/money`, `/{payment}` | money that waits for a person, and decisions about it |
//! | `/desk/money/book`, `/desk/money/settlement` | what came in by channel and day; a gateway's file against it |
//!
//! A form is sent twice: the first time it is answered with what will happen, the second time, with `confirm`, it is done.
//! Its key makes a second click harmless, its version tells whether somebody was faster.

pub(crate) mod aside;
pub(crate) mod bulk;
pub(crate) mod command;
pub(crate) mod dossier;
pub(crate) mod form;
pub(crate) mod intake;
pub(crate) mod lang;
pub(crate) mod layout;
pub(crate) mod money;
pub(crate) mod multipart;
pub(crate) mod opened;
pub(crate) mod pay;
pub(crate) mod problem;
pub(crate) mod procedures;
mod route;
pub(crate) mod search;
#[cfg(test)]
mod tests;
pub(crate) mod words;
pub(crate) mod work;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{AuditEntry, Did};
use rules::http::{Received, Reply, Request, Response, respond};
use rules::id::DossierId;
use scans::Scans;

use crate::admin;
use crate::commands;
use crate::permission::Staff;
use crate::print;
use crate::register;
use crate::reports;
use form::Form;
use layout::{Frame, Place, STYLE};
use opened::Opened;
use problem::Problem;
use route::Page;

/// How long a browser keeps the style sheet, in seconds.
const STYLE_KEPT: &str = "max-age=3600";

/// What needs no sign-in: the style sheet and the switch of language.
pub(crate) fn open_to_all(request: &Request) -> Option<Response> {
    let sheets = [("/desk/style.css", STYLE), (print::STYLE_PATH, print::STYLE)];
    if let Some((_, sheet)) = sheets.iter().find(|(path, _)| *path == request.path()) {
        return Some(respond::typed(200, "text/css; charset=utf-8", *sheet).with_header("cache-control", STYLE_KEPT));
    }
    let wanted = request.path().strip_prefix("/desk/language/")?;
    Some(lang::switch(wanted, request.raw_query()))
}

/// Somebody signed in.
pub(crate) struct Visitor {
    /// Who, and what they may.
    pub staff: Staff,
    /// What they are called, to be shown only.
    pub name: String,
    /// What their forms must carry.
    pub csrf: String,
}

/// The page that was asked for, or the one that says why there is none.
pub(crate) async fn show(
    (site, scans): (&Site, &Scans),
    visitor: &Visitor,
    request: &Request,
    now: Timestamp,
) -> Response {
    let frame = Frame { papers: scans.bucket(&site.config), ..frame(site, visitor, request, now) };
    let page = Page::of(request.path());
    let place = page.as_ref().map_or(Place::Work, Page::place);
    let shown = match page {
        Some(page) => Box::pin(answered(site, visitor, &frame, page, request, now)).await,
        None => Err(Problem::NotFound),
    };
    shown.unwrap_or_else(|problem| {
        tracing::warn!(%problem, "a page that was not shown");
        problem.page(&frame, place)
    })
}

fn frame(site: &Site, visitor: &Visitor, request: &Request, now: Timestamp) -> Frame {
    let agency = site.config.agency(visitor.staff.agency.as_str());
    let query = if request.raw_query().is_empty() { String::new() } else { format!("?{}", request.raw_query()) };
    Frame {
        lang: lang::of(request),
        office: agency.map_or_else(|| visitor.staff.agency.to_string(), |agency| agency.name.clone()),
        who: visitor.name.clone(),
        role: visitor.staff.role(),
        csrf: visitor.csrf.clone(),
        now,
        papers: None,
        here: format!("{}{query}", request.path()),
    }
}

async fn answered(
    site: &Site,
    visitor: &Visitor,
    frame: &Frame,
    page: Page,
    request: &Request,
    now: Timestamp,
) -> Result<Response, Problem> {
    let staff = &visitor.staff;
    let asked = Form::of_query(request);
    // A catalogue is sent as a file, with the form's secret inside.
    if let Page::Admin(rest) = &page {
        return Box::pin(admin::show(site, staff, frame, rest, request)).await;
    }
    staff.needs(page.needs())?;
    // So is a scan.
    if let Page::Files(id) = page {
        return Box::pin(dossier::files::keep(site, visitor, frame, id, request, now)).await;
    }
    // So is a settlement.
    if let Page::Settlement = page {
        return Box::pin(money::settlement::show(site, staff, frame, request)).await;
    }
    let sent = sent(visitor, request)?;
    match (page, sent) {
        (Page::Dossier(id), None) => {
            let opened = looked_at(site, staff, id, now).await?;
            Ok(dossier::show(site, staff, frame, &opened, &asked))
        }
        (Page::Command(id, name), sent) => {
            let spec = commands::find(&name).ok_or(Problem::NotFound)?;
            staff.may(spec.kind)?;
            let opened = opened(site, staff, id, now).await?;
            let about = command::About { site, staff, frame, opened: &opened, spec };
            match sent {
                None => Ok(command::ask(&about)),
                Some(sent) if command::wants_to_edit(request) => Ok(command::edit(&about, &sent)),
                Some(sent) => Box::pin(command::act(&about, &sent, now)).await,
            }
        }
        (Page::Printed(id, form), None) => {
            let opened = looked_at(site, staff, id, now).await?;
            dossier::printed(site, staff, frame, &opened, &form)
        }
        (Page::File(id, content), None) => {
            Box::pin(dossier::files::open(site, staff, frame, (id, &content), now)).await
        }
        (Page::Work(list), None) => Box::pin(work::list(site, staff, frame, &list, &asked)).await,
        (Page::Search, None) => Ok(search::ask(frame)),
        (Page::Search, Some(sent)) => Box::pin(search::find(site, staff, frame, &sent)).await,
        (Page::Pay(id), None) => Box::pin(pay::show(site, staff, frame, id, request, now)).await,
        (Page::New, None) => intake::ask(site, staff, frame).await,
        (Page::New, Some(sent)) => Box::pin(intake::file(site, staff, frame, &sent, now)).await,
        (Page::Bulk, Some(sent)) => Box::pin(bulk::act(site, staff, frame, &sent, now)).await,
        (Page::Reports(format), None) => Box::pin(reports::show(site, staff, frame, request, format, now)).await,
        (Page::Register(part), sent) => Box::pin(register::show(site, staff, frame, part, &asked, sent.as_ref())).await,
        (Page::Asides, None) => aside::list(site, staff, frame, &asked).await,
        (Page::Aside(name), None) => aside::one(site, staff, frame, &name).await,
        (Page::Aside(name), Some(sent)) => Box::pin(aside::decide(site, staff, frame, &name, &sent)).await,
        (Page::Money, None) => money::list(site, staff, frame, &asked).await,
        (Page::Book, None) => Box::pin(money::book::show(site, staff, frame, &asked)).await,
        (Page::Payment(name), None) => money::one(site, staff, frame, &name, &asked).await,
        (Page::Decision(name, decision), Some(sent)) => {
            Box::pin(money::decide(site, staff, frame, (&name, &decision), &sent, now)).await
        }
        _ => Err(Problem::Method),
    }
}

/// The form of a POST, once it is known to be this session's own.
fn sent(visitor: &Visitor, request: &Request) -> Result<Option<Form>, Problem> {
    if request.method() == http::Method::GET || request.method() == http::Method::HEAD {
        return Ok(None);
    }
    if request.method() != http::Method::POST {
        return Err(Problem::Method);
    }
    let form = Form::of(request)?;
    form::is_own(&visitor.csrf, form.get("csrf"))?;
    Ok(Some(form))
}

/// The dossier, and that this member of staff looked at it: what cannot be audited is not shown.
async fn looked_at(site: &Site, staff: &Staff, id: DossierId, now: Timestamp) -> Result<Opened, Problem> {
    let entry = AuditEntry { at: now, who: staff.subject.clone(), did: Did::Opened { id } };
    let audited = site.recorder.store().audit(&staff.agency, &entry);
    let (opened, audited) = tokio::join!(opened(site, staff, id, now), audited);
    audited?;
    opened
}

async fn opened(site: &Site, staff: &Staff, id: DossierId, now: Timestamp) -> Result<Opened, Problem> {
    Opened::read(site, &staff.agency, id, now).await?.ok_or(Problem::NotFound)
}
