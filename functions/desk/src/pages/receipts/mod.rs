//! Lawful electronic receipts: those that a person must look at, one with its history, and the tables of the days.

mod days;
mod file;
mod list;
mod one;
mod said;

use maud::{Markup, html};
use motcua::receipts::to_do_lately;
use motcua::site::Site;
use motcua::store::Error;
use rules::http::Response;
use rules::id::{AgencyCode, DossierId};
use rules::receipt::paper_is_over;
use rules::vietnam;

use super::layout::{Place, framed};
use super::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Staff;
use ::pages::part::tabs::{Tab, tabs};

pub(crate) use said::numbered;

/// Path of the list.
const ROOT: &str = "/desk/receipts";
/// Path of the days.
const DAYS: &str = "/desk/receipts/days";

/// Whether an agency has to do with electronic receipts: a provider issues them, or paper is over.
pub(crate) fn concern(site: &Site, agency: &AgencyCode, now: jiff::Timestamp) -> bool {
    let today = vietnam::day(now);
    paper_is_over(today) || site.config.receipts_of(agency, today).is_some()
}

/// Returns the number of receipts and tables that a member of staff must deal with: those that wait for a person, those whose last
/// day is over, and the tables to report. A table of today is the reporter's own, if one is named; from the next day on it is
/// everybody's.
pub(crate) async fn to_do(site: &Site, staff: &Staff, now: jiff::Timestamp) -> Result<u64, Error> {
    let (agency, today) = (&staff.agency, vietnam::day(now));
    let to_do = to_do_lately(site, agency, now).await?;
    let reporter = site.config.receipts_of(agency, today).and_then(|it| it.reporter.as_deref());
    let reports = reporter.is_none_or(|reporter| reporter == staff.subject);
    let tables = to_do.unreported.iter().filter(|day| reports || **day < today).count();
    Ok(to_do.for_a_person + to_do.overdue + tables as u64)
}

/// Answers everything below `/desk/receipts`.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    let sent = visit.sent()?;
    match (path.get(1..).unwrap_or_default(), &sent) {
        ([], None) => Box::pin(list::show(visit)).await,
        (["days"], None) => Box::pin(days::show(visit)).await,
        (["days", day], None) => Box::pin(days::one(visit, day)).await,
        (["days", day], Some(sent)) => Box::pin(days::reported(visit, day, sent)).await,
        (["days", day, format @ ("xlsx" | "csv")], None) => Box::pin(days::file(visit, day, format)).await,
        ([id, name], None) => Box::pin(one::show(visit, dossier(id)?, name)).await,
        ([id, name, act], Some(sent)) => Box::pin(one::act(visit, dossier(id)?, (name, act), sent)).await,
        ([] | ["days"], Some(_)) => Err(Problem::Method),
        _ => Err(Problem::NotFound),
    }
}

fn dossier(text: &str) -> Result<DossierId, Problem> {
    DossierId::parse(text).map_err(|_| Problem::NotFound)
}

/// A page with the parts above it.
fn page(visit: &Visit<'_>, status: u16, (open, title): (&str, &str), content: &Markup) -> Response {
    let frame = visit.frame;
    let tab = |href: &str, name| Tab { href: href.to_owned(), name, count: None, presses: false, open: open == href };
    let parts = [tab(ROOT, ["Cần xử lý", "To look at"]), tab(DAYS, ["Bảng tổng hợp theo ngày", "Tables of the days"])];
    let parts = tabs(frame.lang, frame.say("Phần", "Part"), &parts);
    framed(status, frame, Place::Receipts, title, &html! { (parts) (content) })
}
