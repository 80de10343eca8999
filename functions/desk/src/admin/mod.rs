//! Administration: the catalogue and its import, calendars and hours, channels and keys, staff and audit.
//!
//! | path under `/desk/admin` | shows |
//! | --- | --- |
//! | `/`, `/catalogue`, `?code=`, `?after=` | the agency's procedures by code, a page at a time; the form to import a file |
//! | `POST /catalogue` | the import: all of a file or, with every mistake by its line, nothing of it |
//! | `/catalogue/{code}` | every version of a procedure |
//! | `/calendar` | the years with their notices, days off, worked Saturdays, office hours |
//! | `/keys` | channels, portals and posts, their keys by number and age |
//! | `/staff`, `?after=` | the accounts that signed in, and when last |
//! | `/audit`, `?day=`, `?account=`, `?after=` | who did what on a day, newest first |

mod audit;
mod calendar;
mod catalogue;
mod faults;
mod keys;
mod procedure;
mod staff;
#[cfg(test)]
mod tests;
mod upload;

use http::Method;
use maud::{Markup, html};
use motcua::site::Site;
use percent_encoding::percent_decode_str;
use rules::http::{Request, Response};

use crate::pages::form::Form;
use crate::pages::layout::{Frame, Place, answer, pick};
use crate::pages::problem::Problem;
use crate::permission::{Permission, Staff};

/// Where these pages lie.
const ROOT: &str = "/desk/admin";

/// Answers a request whose path is [`ROOT`] and `rest`. Who may only see the audit begins there.
pub(crate) async fn show(
    site: &Site,
    staff: &Staff,
    frame: &Frame,
    rest: &str,
    request: &Request,
) -> Result<Response, Problem> {
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    let rest = match rest.trim_start_matches('/') {
        "" if !staff.role().holds(Permission::KeepCatalogue) => "audit",
        "" => "catalogue",
        rest => rest,
    };
    staff.needs(needed(rest))?;
    match rest {
        "catalogue" if request.method() == Method::POST => catalogue::import(site, staff, frame, request).await,
        _ if !reads => Err(Problem::Method),
        "catalogue" => catalogue::list(site, staff, frame, &Form::of_query(request)).await,
        "calendar" => calendar::show(site, staff, frame),
        "keys" => Ok(keys::show(site, staff, frame)),
        "staff" => staff::show(site, staff, frame, &Form::of_query(request)).await,
        "audit" => audit::show(site, staff, frame, &Form::of_query(request)).await,
        other => {
            let code = other.strip_prefix("catalogue/").filter(|code| !code.contains('/')).ok_or(Problem::NotFound)?;
            let code = percent_decode_str(code).decode_utf8().map_err(|_| Problem::NotFound)?;
            procedure::show(site, staff, frame, &code).await
        }
    }
}

/// What a page needs.
fn needed(path: &str) -> Permission {
    match path {
        "audit" => Permission::SeeAudit,
        "calendar" | "keys" | "staff" => Permission::Administer,
        _ => Permission::KeepCatalogue,
    }
}

/// The parts of the administration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Catalogue,
    Calendar,
    Keys,
    Staff,
    Audit,
}

/// A page with the other parts above it.
fn page(status: u16, frame: &Frame, tab: Tab, title: &str, content: &Markup) -> Response {
    let tabs = [
        (Tab::Catalogue, "catalogue", ["Danh mục thủ tục", "Catalogue"]),
        (Tab::Calendar, "calendar", ["Lịch và giờ làm việc", "Calendar and hours"]),
        (Tab::Keys, "keys", ["Kênh và khóa", "Channels and keys"]),
        (Tab::Staff, "staff", ["Tài khoản", "Accounts"]),
        (Tab::Audit, "audit", ["Nhật ký", "Audit"]),
    ];
    let content = html! {
        ul.tabs { @for (it, path, name) in tabs.into_iter().filter(|(_, path, _)| frame.role.holds(needed(path))) {
            li { a href={ (ROOT) "/" (path) } aria-current=[(it == tab).then_some("page")] { (pick(frame.lang, name)) } }
        } }
        (content)
    };
    answer(status, frame, Place::Admin, title, &content)
}
