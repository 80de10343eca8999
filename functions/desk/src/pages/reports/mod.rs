//! Reports as of any day, from totals: on a page with pictures, as a workbook, as CSV.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /desk/reports?from=&to=&as_of=&by=&reading=` | the page |
//! | `GET /desk/reports/ratings?from=&to=` | what people wrote with their ratings, for a manager |
//! | `GET /desk/reports.xlsx`, `GET /desk/reports.csv`, the same query | the same as a file |
//!
//! `from` and `to` are the days of the period, by default this month until today; everything is judged at the end of
//! `as_of`, by default the last day. `by` is `procedure`, `channel` or `month`; `reading` is one of
//! [`rules::statistics::readings`].

mod asked;
mod chart;
mod csv;
mod data;
mod page;
mod ratings;
mod sheet;
#[cfg(test)]
mod tests;
mod wall;
pub(crate) mod xlsx;

use rules::http::{Response, respond};

use asked::Asked;

use crate::pages::layout::{Place, framed, page as whole_page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;

/// Format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum As {
    /// A page.
    Page,
    /// A workbook.
    Xlsx,
    /// CSV.
    Csv,
}

/// Answers `/desk/reports` and its two files. A mistake in the query is shown on the page.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    if let ["reports", "ratings"] = *path {
        visit.only_reads()?;
        return ratings::answer(visit).await;
    }
    let format = match *path {
        ["reports"] => As::Page,
        ["reports.xlsx"] => As::Xlsx,
        ["reports.csv"] => As::Csv,
        _ => return Err(Problem::NotFound),
    };
    visit.only_reads()?;
    let form = visit.asked();
    let title = frame.say("Báo cáo", "Reports");
    let asked = match Asked::of(&form, now) {
        Ok(asked) => asked,
        Err(wrong) => return Ok(framed(400, frame, Place::Reports, title, &page::refused(frame.lang, &form, &wrong))),
    };
    let mut report = data::read(site, &staff.agency, &asked, frame.lang, now).await?;
    if format != As::Csv {
        report.ratings = site.recorder.store().ratings(&staff.agency, asked.from, asked.to).await?.0;
    }
    let name = format!("bao-cao-{}-{}", asked.from, asked.as_of);
    Ok(match format {
        As::Page => {
            let ratings = ratings::part(visit, &report);
            let content = maud::html! { (page::page(&report, &form, frame.lang)) (ratings) };
            whole_page(frame, Place::Reports, title, &content)
        }
        As::Csv => respond::file("text/csv; charset=utf-8", &format!("{name}.csv"), csv::written(&report, frame.lang)),
        As::Xlsx => {
            let file = xlsx::written(&report, frame.lang, now).map_err(|error| Problem::Later(error.to_string()))?;
            respond::file(xlsx::CONTENT_TYPE, &format!("{name}.xlsx"), file)
        }
    })
}
