//! The desk's pages, rendered here and needing no script: Vietnamese first, English by a switch.
//!
//! | page | what it is |
//! | --- | --- |
//! | `/desk`, `/desk/lists/{list}` | the work lists |
//! | `/desk/search` | a search by code, phone, identity number or name |
//! | `/desk/new` | intake at the desk or by post |
//! | `/desk/dossiers/{id}` | a dossier; `/{command}` a form for a command; `POST /pay`, `attempt`, the way to pay |
//! | `/desk/dossiers/{id}/looks` | who looked at it |
//! | `/desk/dossiers/{id}/files`, `/{sha256}` | a scan to be stored, and one opened |
//! | `/desk/bulk` | one command on many dossiers |
//! | `/desk/reports`, `/desk/reports.xlsx`, `/desk/reports.csv` | reports as of any day |
//! | `/desk/register`, `/print`, `/export` | the register by days of receipt, on paper, as a file (see `register`) |
//! | `/desk/calls`, `/{person}` | people whom a message could not reach, and the outcomes of calling them |
//! | `/desk/broadcasts`, `/{number}` | one text to the applicants of open dossiers |
//! | `/desk/aside`, `/{name}` | tasks that no function could finish, and decisions about them |
//! | `/desk/money`, `/{payment}` | money that waits for a person, and decisions about it |
//! | `/desk/notices`, `/{number}` | notices: their list, writing one, confirming to have read it (see `notices`) |
//! | `/desk/help` | the keys of the keyboard |
//! | `/desk/money/book`, `/desk/money/settlement` | what came in by channel and day; a gateway's file against it |
//!
//! A form is sent twice: the first answer shows what will happen, the second time, with `confirm`, it is done. Its key
//! makes a second click harmless, and its version shows whether somebody was faster.

//! Each family of pages answers for the rest of its own path; [`Place`] names the families.

mod admin;
mod aside;
mod broadcasts;
mod calls;
mod counted;
pub(crate) mod dossier;
mod help;
mod intake;
pub(crate) mod layout;
mod mistakes;
pub mod money;
mod notices;
mod period;
mod post;
pub(crate) mod problem;
pub(crate) mod receipts;
pub(crate) mod receivers;
mod register;
pub(crate) mod reports;
mod search;
#[cfg(test)]
mod tests;
mod unread;
pub(crate) mod visit;
mod work;

use ::pages::part::head::Mark;
use ::pages::{language, sheet, style_sheet};
use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Declined, Did};
use rules::dossier::Kind;
use rules::http::{Received, Request, Response};
use rules::id::DossierId;
use rules::worklist::Counts;
use scans::Scans;

use crate::api::{commands, money as decisions};
use crate::permission::{Permission, Staff};
use crate::print;
use layout::{Frame, Place, ROOT, STYLE_PATH};
use problem::Problem;
use visit::Visit;

/// Answers what needs no sign-in: the style sheets and the switch of language.
pub(crate) fn open_to_all(site: &Site, request: &Request) -> Option<Response> {
    match request.path() {
        STYLE_PATH => Some(style_sheet(::pages::STYLE)),
        print::STYLE_PATH => Some(style_sheet(sheet::STYLE)),
        path => {
            let wanted = path.strip_prefix("/desk/language/")?;
            Some(language::switch(ROOT, wanted, request.raw_query(), site.config.desk_is_secure()))
        }
    }
}

/// Somebody signed in.
pub(crate) struct Visitor {
    /// The member of staff, and what they may do.
    pub staff: Staff,
    /// Their name.
    pub name: String,
    /// Secret that their forms must carry.
    pub csrf: String,
}

/// The page that was asked for, or the one that says why there is none.
pub(crate) async fn show(
    (site, scans): (&Site, &Scans),
    visitor: &Visitor,
    request: &Request,
    now: Timestamp,
) -> Response {
    let frame = Box::pin(frame(site, visitor, request, now)).await;
    let visit = Visit { site, scans, staff: &visitor.staff, frame: &frame, request, now };
    let path: Vec<_> = request.path().trim_start_matches(ROOT).trim_start_matches('/').split('/').collect();
    let place = Place::of(&path);
    let shown = match place {
        Some(place) => Box::pin(answered(&visit, place, &path)).await,
        None => Err(Problem::NotFound),
    };
    let problem = match shown {
        Ok(page) => return page,
        Err(problem) => problem,
    };
    tracing::warn!(%problem, "a page that was not shown");
    if matches!(problem, Problem::NotAllowed) {
        visit.notes(refused(&path)).await;
    }
    problem.page(&frame, place.unwrap_or(Place::Work))
}

/// The entry about a page or a command that the role may not have, by our own name for it.
fn refused(path: &[&str]) -> Did {
    let last = path.last().copied().unwrap_or_default();
    let decision = || decisions::find(last).map(|spec| spec.name);
    let order = || (last == "pay").then_some("pay-link");
    let command = commands::find(last).map(|spec| spec.name).or_else(decision).or_else(order);
    let what = command.unwrap_or_else(|| Place::of(path).unwrap_or(Place::Admin).name().0);
    let id = path.get(1).filter(|_| path.first() == Some(&"dossiers")).and_then(|id| DossierId::parse(id).ok());
    Did::Refused { what: what.to_owned(), id, because: Declined::NotAllowed }
}

async fn frame(site: &Site, visitor: &Visitor, request: &Request, now: Timestamp) -> Frame {
    let agency = site.config.agency(visitor.staff.agency.as_str());
    let office = agency.map_or_else(|| visitor.staff.agency.to_string(), |agency| agency.name.clone());
    let staff = &visitor.staff;
    let (counts, unread, releases, aside, receipts) = tokio::join!(
        counts(site, staff, now),
        unread(site, staff, now),
        releases(site, staff, now),
        set_aside(site, staff, now),
        receipts_to_do(site, staff, now)
    );
    let query = if request.raw_query().is_empty() { String::new() } else { format!("?{}", request.raw_query()) };
    Frame {
        lang: language::of(request),
        mark: Mark::of(
            agency.and_then(|agency| agency.emblem.as_deref()),
            agency.and_then(|agency| agency.mark.as_deref()),
            &office,
        ),
        office,
        who: visitor.name.clone(),
        role: visitor.staff.role(),
        csrf: visitor.csrf.clone(),
        now,
        here: format!("{}{query}", request.path()),
        counts,
        unread,
        releases,
        aside,
        receipts,
    }
}

/// The numbers of the menu, for whoever works by them. A page is shown without them if the table does not answer.
async fn counts(site: &Site, staff: &Staff, now: Timestamp) -> Option<Counts> {
    staff.may(Kind::Close).ok()?;
    let counts = site.recorder.store().counts_lately(&staff.agency, now).await;
    counts.inspect_err(|error| tracing::warn!(%error, "a menu without its numbers")).ok()
}

/// The notices that the reader has not confirmed. A page is shown without them if the table does not answer.
async fn unread(site: &Site, staff: &Staff, now: Timestamp) -> Vec<unread::Unread> {
    let unread = unread::unread(site, staff, now).await;
    unread.inspect_err(|error| tracing::warn!(%error, "a page without its notices")).unwrap_or_default()
}

/// The number of broadcasts that somebody may release who may write them; a page is shown without it if the table does not
/// answer.
async fn releases(site: &Site, staff: &Staff, now: Timestamp) -> u64 {
    if staff.needs(Permission::Broadcast).is_err() {
        return 0;
    }
    let settings = site.config.agency(staff.agency.as_str()).map(|agency| agency.broadcasts).unwrap_or_default();
    match site.recorder.store().ready_broadcasts_lately(&staff.agency, now).await {
        Ok(ready) => ready.iter().filter(|it| it.may_be_released_by(&staff.subject, &settings).is_ok()).count() as u64,
        Err(error) => {
            tracing::warn!(%error, "a menu without the broadcasts that wait");
            0
        }
    }
}

/// The number of tasks that no function could finish, for those who decide about them; a page is shown without it if the
/// table does not answer.
async fn set_aside(site: &Site, staff: &Staff, now: Timestamp) -> u64 {
    if staff.needs(Permission::Overrule).is_err() {
        return 0;
    }
    let waiting = Box::pin(site.recorder.store().set_aside_lately(&staff.agency, now)).await;
    waiting.inspect_err(|error| tracing::warn!(%error, "a menu without what waits for a person")).unwrap_or(0)
}

/// The number of receipts and tables that somebody must deal with, where there are electronic receipts at all; a page is shown
/// without it if the table does not answer.
async fn receipts_to_do(site: &Site, staff: &Staff, now: Timestamp) -> Option<u64> {
    if !receipts::concern(site, &staff.agency, now) {
        return None;
    }
    let waiting = Box::pin(receipts::to_do(site, staff, now)).await;
    Some(waiting.inspect_err(|error| tracing::warn!(%error, "a menu without its receipts")).unwrap_or(0))
}

/// The family that a path belongs to answers for all of it.
async fn answered(visit: &Visit<'_>, place: Place, path: &[&str]) -> Result<Response, Problem> {
    visit.needs(place.needs())?;
    match place {
        Place::Work => Box::pin(work::answer(visit, path)).await,
        Place::Dossier => Box::pin(dossier::answer(visit, path)).await,
        Place::New => Box::pin(intake::answer(visit, path)).await,
        Place::Search => Box::pin(search::answer(visit, path)).await,
        Place::Register => Box::pin(register::answer(visit, path)).await,
        Place::Money => Box::pin(money::answer(visit, path)).await,
        Place::Calls => Box::pin(calls::answer(visit, path)).await,
        Place::Broadcasts => Box::pin(broadcasts::answer(visit, path)).await,
        Place::Post => Box::pin(post::answer(visit, path)).await,
        Place::Receipts => Box::pin(receipts::answer(visit, path)).await,
        Place::Aside => Box::pin(aside::answer(visit, path)).await,
        Place::Notices => Box::pin(notices::answer(visit, path)).await,
        Place::Reports => Box::pin(reports::answer(visit, path)).await,
        Place::Admin => Box::pin(admin::answer(visit, path)).await,
        Place::Help => help::answer(visit, path),
    }
}
