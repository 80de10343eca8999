//! Reports as of any day, from totals: on a page with pictures, as a workbook, as CSV.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /desk/reports?from=&to=&as_of=&by=&reading=` | the page |
//! | `GET /desk/reports.xlsx`, `GET /desk/reports.csv`, the same query | the same as a file |
//!
//! `from` and `to` are the days of the period, by default this month until today; everything is judged at the end of
//! `as_of`, by default the last day. `by` is `procedure`, `channel` or `month`; `reading` is one of
//! [`rules::statistics::readings`].

mod asked;
mod chart;
pub(crate) mod csv;
mod data;
mod page;
mod sheet;
#[cfg(test)]
mod tests;
pub(crate) mod xlsx;

use jiff::Timestamp;
use motcua::site::Site;
use rules::http::{Request, Response, respond};

use asked::Asked;
pub(crate) use asked::{Wrong, day};

use crate::pages::form::Form;
use crate::pages::layout::{Frame, Place, answer, page as whole_page};
use crate::pages::problem::Problem;
use crate::permission::Staff;

/// How a report is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    /// A page.
    Page,
    /// A workbook.
    Xlsx,
    /// CSV.
    Csv,
}

/// Answers `/desk/reports` and its two files. What is wrong with the query is told on the page.
pub(crate) async fn show(
    site: &Site,
    staff: &Staff,
    frame: &Frame,
    request: &Request,
    format: As,
    now: Timestamp,
) -> Result<Response, Problem> {
    let form = Form::of_query(request);
    let title = frame.say("Báo cáo", "Reports");
    let asked = match Asked::of(&form, now) {
        Ok(asked) => asked,
        Err(wrong) => return Ok(answer(400, frame, Place::Reports, title, &page::refused(frame.lang, &form, &wrong))),
    };
    let report = data::read(site, &staff.agency, &asked, frame.lang, now).await?;
    let name = format!("bao-cao-{}-{}", asked.from, asked.as_of);
    Ok(match format {
        As::Page => whole_page(frame, Place::Reports, title, &page::page(&report, &form, frame.lang)),
        As::Csv => respond::file("text/csv; charset=utf-8", &format!("{name}.csv"), csv::written(&report, frame.lang)),
        As::Xlsx => {
            let file = xlsx::written(&report, frame.lang, now).map_err(|error| Problem::Later(error.to_string()))?;
            respond::file(xlsx::CONTENT_TYPE, &format!("{name}.xlsx"), file)
        }
    })
}
