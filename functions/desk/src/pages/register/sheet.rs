//! The register on paper: the dossiers of a whole period, two thousand at once.

use motcua::store::Way;
use rules::http::{Response, respond};
use rules::worklist::{After, Asked, Row};

use super::{Desk, ROOT, after};
use crate::pages::problem::Problem;
use crate::print::{Entry, Register, register};
use ::pages::form::Form;

/// The most dossiers printed at once: a busy office's year, in an answer of two megabytes.
const MOST_ROWS: usize = 2_000;
/// The highest number of a row: no period has so many rows.
const HIGHEST: usize = 9_999_999;

/// Shows the dossiers of the period, numbered from `no` on. What one print does not hold is printed next.
pub(super) async fn show(desk: &Desk<'_>, asked: &Form) -> Result<Response, Problem> {
    let period = &desk.period;
    let number = |text: &str| text.parse().ok().filter(|no| (1..=HIGHEST).contains(no)).ok_or(Problem::NotFound);
    let first_no = asked.get("no").map_or(Ok(1), number)?;
    let (rows, next) = rows(desk, after(asked)?).await?;
    let listed = desk.listed(rows, Way::Print).await?;
    let procedures = desk.procedures(listed.iter().map(|listed| &listed.row)).await?;
    let entry = |listed| Entry::of(listed, &procedures);
    let entries: Vec<_> = listed.iter().map(entry).collect();
    let next_no = first_no + entries.len();
    let next = next.map(|next| format!("{ROOT}/print?{}&after={next}&no={next_no}", period.query()));
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

/// Reads as many rows as one print holds, and the place where the next ones begin. An answer of the store ends after a
/// megabyte.
async fn rows(desk: &Desk<'_>, after: Option<After>) -> Result<(Vec<Row>, Option<After>), Problem> {
    let (store, agency) = (desk.visit.site.recorder.store(), &desk.visit.staff.agency);
    let (mut all, mut next) = (Vec::new(), after);
    loop {
        let asked = Asked { after: next, ..desk.period.asked() };
        let (rows, behind) = store.rows_of(agency, &asked, MOST_ROWS - all.len()).await?;
        all.extend(rows);
        next = behind;
        if next.is_none() || all.len() >= MOST_ROWS {
            return Ok((all, next));
        }
    }
}
