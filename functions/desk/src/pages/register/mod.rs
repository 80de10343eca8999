//! The register of dossiers received (sổ theo dõi hồ sơ), whatever their outcome, by the day of receipt.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /desk/register?from=&until=&after=` | a page of it |
//! | `GET /desk/register/print?from=&until=&after=&no=` | the period to print, two thousand dossiers at once, the first numbered `no` |
//! | `POST /desk/register/export`, `from`, `until` | begins an export, or continues one; `anew` begins again |
//! | `GET /desk/register/export?from=&until=` | makes the next portion of it and shows how far it is |
//! | `GET /desk/register/export.xlsx`, `GET /desk/register/export.csv`, the same query | the file, once it is done |
//!
//! `from` and `until` are days of receipt, by default this month. The audit has everybody who is shown people here.

mod export;
mod file;
mod line;
mod page;
mod sheet;
#[cfg(test)]
mod tests;

use motcua::recorder::Procedures;
use motcua::store::{AuditEntry, Did, Listed, Way};
use rules::http::Response;
use rules::worklist::{After, Row};

use crate::pages::layout::{Frame, Place, framed};
use crate::pages::period::Period;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::form::Form;

/// Path at which the pages begin.
const ROOT: &str = "/desk/register";

/// A page of the register, or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// On the screen.
    Page,
    /// On paper.
    Print,
    /// An export on its way.
    Export,
    /// The export as a workbook.
    Xlsx,
    /// The export as CSV.
    Csv,
}

impl Part {
    fn of(path: &[&str]) -> Option<Self> {
        Some(match *path {
            ["register"] => Self::Page,
            ["register", "print"] => Self::Print,
            ["register", "export"] => Self::Export,
            ["register", "export.xlsx"] => Self::Xlsx,
            ["register", "export.csv"] => Self::Csv,
            _ => return None,
        })
    }
}

/// Answers requests under `/desk/register`. A mistake in the days is shown on the page.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    let part = Part::of(path).ok_or(Problem::NotFound)?;
    let (asked, sent) = (visit.asked(), visit.sent()?);
    let form = sent.as_ref().unwrap_or(&asked);
    let period = match Period::of(form, visit.now) {
        Ok(period) => period,
        Err(wrong) => return Ok(page::refused(visit.frame, form, &wrong)),
    };
    let desk = Desk { visit: *visit, period };
    match (part, &sent) {
        (Part::Page, None) => page::show(&desk, &asked).await,
        (Part::Print, None) => sheet::show(&desk, &asked).await,
        (Part::Export, Some(sent)) => export::begin(&desk, sent).await,
        (Part::Export, None) => Box::pin(export::go_on(&desk)).await,
        (Part::Xlsx | Part::Csv, None) => export::file(&desk, part).await,
        (Part::Page | Part::Print | Part::Xlsx | Part::Csv, Some(_)) => Err(Problem::Method),
    }
}

/// The visit, and the days asked for.
struct Desk<'a> {
    visit: Visit<'a>,
    period: Period,
}

impl Desk<'_> {
    /// Reads the people of these rows and audits that they were shown: what cannot be audited is not shown.
    async fn listed(&self, rows: Vec<Row>, by: Way) -> Result<Vec<Listed>, Problem> {
        let (store, agency) = (self.visit.site.recorder.store(), &self.visit.staff.agency);
        let entry = self.shown(rows.len() as u64, by);
        let (listed, audited) = tokio::join!(store.with_people(agency, rows), store.audit(agency, &entry));
        audited?;
        Ok(listed?)
    }

    /// The procedures of these rows.
    async fn procedures(&self, rows: impl Iterator<Item = &Row>) -> Result<Procedures, Problem> {
        let Visit { site, staff, .. } = self.visit;
        Ok(site.recorder.catalogue().of_rows(&staff.agency, rows).await?)
    }

    fn shown(&self, shown: u64, by: Way) -> AuditEntry {
        let Period { from, until } = self.period;
        self.visit.entry(Did::Listed { from, until, shown, by })
    }

    /// A page of the office's own frame.
    fn page(&self, status: u16, content: &maud::Markup) -> Response {
        framed(status, self.visit.frame, Place::Work, title(self.visit.frame), content)
    }
}

fn title(frame: &Frame) -> &'static str {
    frame.say("Sổ theo dõi hồ sơ", "Register of dossiers")
}

/// Place at which a page begins.
fn after(asked: &Form) -> Result<Option<After>, Problem> {
    asked.get("after").map(|after| After::parse(after).ok_or(Problem::NotFound)).transpose()
}
