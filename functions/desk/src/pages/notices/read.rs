//! A member of staff confirms that they read a notice.

use motcua::store::ReadBy;
use rules::http::{Response, respond};

use super::ROOT;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::form::Form;

/// Keeps that somebody read a notice.
pub(super) async fn confirm(visit: &Visit<'_>, number: u32, sent: &Form) -> Result<Response, Problem> {
    let store = visit.site.recorder.store();
    let newest = store.notice(&visit.staff.agency, number).await?.ok_or(Problem::NotFound)?;
    let version = sent.get("version").and_then(|version| version.parse::<u32>().ok()).unwrap_or(newest.version);
    // Somebody who confirms an older version is shown the newer one next.
    let read_by = ReadBy { account: visit.staff.subject.clone(), version: version.min(newest.version), at: visit.now };
    store.confirm_notice(&visit.staff.agency, number, &read_by).await?;
    Ok(respond::see_other(format!("{ROOT}/{number}?read=1")))
}
