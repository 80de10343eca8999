//! Administration: the catalogue and its import, calendars and hours, channels and keys, staff and audit.
//!
//! | path under `/desk/admin` | shows |
//! | --- | --- |
//! | `/`, `/catalogue`, `?code=`, `?after=` | procedures by code, a page at a time; the form to import a file |
//! | `POST /catalogue` | the import: all of a file or, with every mistake by its line, nothing of it |
//! | `/catalogue/{code}` | every version of a procedure |
//! | `/calendar` | the years with their notices, days off, worked Saturdays, office hours |
//! | `POST /calendar`, `tables` | how many open dossiers other tables would move; nothing is changed |
//! | `/health` | background work that is due and how late it is, the messages of today and their caps |
//! | `/keys` | channels, portals and posts, their keys by number and age |
//! | `/staff` | the directory: who signed in under which account and role, and when last |
//! | `POST /staff`, `account`, `act` | closes an account (`close`) or opens it again (`open`) |
//! | `POST /dismiss`, `account` | ends every session and token of an account |
//! | `/audit`, `?day=`, `?account=`, `?after=` | who did what on a day, newest first |

mod announced;
mod audit;
mod calendar;
mod catalogue;
mod dismiss;
mod faults;
mod foreseen;
mod health;
mod keys;
mod operators;
mod posting;
mod procedure;
mod punctual;
mod reporter;
mod staff;
#[cfg(test)]
mod tests;
mod upload;

use http::Method;
use maud::{Markup, html};
use percent_encoding::percent_decode_str;
use rules::http::Response;

use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;

/// Path of these pages.
const ROOT: &str = "/desk/admin";

/// Answers a request below [`ROOT`]. Staff who may only see the audit begin there.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    let path = match *path {
        ["admin"] | ["admin", ""] if !visit.staff.role().holds(Permission::KeepCatalogue) => &["audit"],
        ["admin"] | ["admin", ""] => &["catalogue"],
        _ => &path[1..],
    };
    visit.needs(needed(path))?;
    if *path == ["catalogue"] && *visit.request.method() == Method::POST {
        return catalogue::import(visit).await;
    }
    if *path == ["dismiss"] {
        return dismiss::act(visit).await;
    }
    if *path == ["staff"] && !visit.reads() {
        return staff::act(visit).await;
    }
    if *path == ["calendar"] && !visit.reads() {
        return foreseen::show(visit).await;
    }
    visit.only_reads()?;
    match *path {
        ["catalogue"] => catalogue::list(visit, &visit.asked()).await,
        ["catalogue", code] => {
            let code = percent_decode_str(code).decode_utf8().map_err(|_| Problem::NotFound)?;
            procedure::show(visit, &code).await
        }
        ["calendar"] => calendar::show(visit),
        ["health"] => Box::pin(health::show(visit)).await,
        ["keys"] => Ok(keys::show(visit)),
        ["staff"] => staff::show(visit, &visit.asked()).await,
        ["audit"] => audit::show(visit, &visit.asked()).await,
        _ => Err(Problem::NotFound),
    }
}

/// Permission that a page needs.
fn needed(path: &[&str]) -> Permission {
    match *path {
        ["audit"] => Permission::SeeAudit,
        ["dismiss"] => Permission::EndSessions,
        ["calendar" | "health" | "keys" | "staff"] => Permission::Administer,
        _ => Permission::KeepCatalogue,
    }
}

/// The parts of the administration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Catalogue,
    Calendar,
    Keys,
    Health,
    Staff,
    Audit,
}

/// A page with the tabs of the other parts above it.
fn page(status: u16, frame: &Frame, tab: Tab, title: &str, content: &Markup) -> Response {
    let tabs = [
        (Tab::Catalogue, "catalogue", ["Danh mục thủ tục", "Catalogue"]),
        (Tab::Calendar, "calendar", ["Lịch và giờ làm việc", "Calendar and hours"]),
        (Tab::Keys, "keys", ["Kênh và khóa", "Channels and keys"]),
        (Tab::Health, "health", ["Sức khỏe", "Health"]),
        (Tab::Staff, "staff", ["Cán bộ", "Staff"]),
        (Tab::Audit, "audit", ["Nhật ký", "Audit"]),
    ];
    let content = html! {
        ul.tabs { @for (it, path, name) in tabs.into_iter().filter(|(_, path, _)| frame.role.holds(needed(&[*path]))) {
            li { a href={ (ROOT) "/" (path) } aria-current=[(it == tab).then_some("page")] { (frame.lang.pick(name)) } }
        } }
        (content)
    };
    framed(status, frame, Place::Admin, title, &content)
}
