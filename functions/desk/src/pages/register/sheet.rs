//! The register on paper, a hundred dossiers a sheet.

use motcua::store::Way;
use rules::http::{Response, respond};
use rules::worklist::Asked;

use super::{Desk, ROOT, after};
use crate::pages::problem::Problem;
use crate::print::{Entry, Register, register};
use ::pages::form::Form;

/// Dossiers of a sheet: as many people as one batch returns.
const ROWS: usize = 100;
/// The highest number of a row: no period has so many rows.
const HIGHEST: usize = 9_999_999;

/// Shows a sheet of it, with rows numbered from `no` on: two rounds to the store, the audit beside the second.
pub(super) async fn show(desk: &Desk<'_>, asked: &Form) -> Result<Response, Problem> {
    let period = &desk.period;
    let number = |text: &str| text.parse().ok().filter(|no| (1..=HIGHEST).contains(no)).ok_or(Problem::NotFound);
    let first_no = asked.get("no").map_or(Ok(1), number)?;
    let wanted = Asked { after: after(asked)?, ..period.asked() };
    let (rows, next) = desk.visit.site.recorder.store().rows_of(&desk.visit.staff.agency, &wanted, ROWS).await?;
    let listed = desk.listed(rows, Way::Print).await?;
    let procedures = desk.procedures(listed.iter().map(|listed| &listed.row)).await?;
    let entry = |listed| Entry::of(listed, &procedures);
    let entries: Vec<_> = listed.iter().map(entry).collect();
    let next = next.map(|next| format!("{ROOT}/print?{}&after={next}&no={}", period.query(), first_no + entries.len()));
    let people = desk.visit.people().await?;
    let page = register(&Register {
        agency_name: &desk.visit.frame.office,
        emblem: desk.visit.frame.mark.emblem(),
        from: period.from,
        until: period.until,
        first_no,
        entries: &entries,
        back: &format!("{ROOT}?{}", period.query()),
        next: next.as_deref(),
        people: &people,
        clerk: &desk.visit.staff.subject,
        now: desk.visit.frame.now,
    });
    Ok(respond::html(200, page.into_string()))
}
