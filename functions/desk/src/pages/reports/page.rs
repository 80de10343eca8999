//! The page of a report.

use maud::{Markup, html};
use rules::language::Language;
use rules::statistics::readings;

use super::asked::{Asked, By};
use super::chart::chart;
use super::data::Report;
use super::sheet::{Cell, Sheet, period, sheets, value};
use crate::pages::period::Wrong;
use ::pages::form::Form;

/// A report with the form that asks for another.
pub(crate) fn page(report: &Report, form: &Form, lang: Language) -> Markup {
    let query = report.asked.query();
    html! {
        (asking(form, Some(&report.asked), None, lang))
        p { strong { (period(&report.asked, lang)) } }
        p.hint { (lang.pick([
            "Mỗi ngày giữ nguyên số liệu của ngày đó: việc ghi nhận muộn được tính từ ngày ghi nhận.",
            "Each day keeps the figures it had: what is recorded later counts from the day it is recorded.",
        ])) }
        ul.actions {
            li { a.button href={ "/desk/reports.xlsx?" (query) } { (lang.pick(["Tải tệp Excel", "Download for Excel"])) } }
            li { a.button href={ "/desk/reports.csv?" (query) } { (lang.pick(["Tải tệp CSV", "Download CSV"])) } }
        }
        (chart(report, lang))
        @for (place, sheet) in sheets(report, lang).iter().enumerate() { (table(place, sheet, lang)) }
    }
}

/// The form again, with the mistake; what was filled in stays.
pub(crate) fn refused(lang: Language, form: &Form, wrong: &Wrong) -> Markup {
    html! {
        div.notice.bad role="alert" { p { a href={ "#" (wrong.field) } { (lang.pick(wrong.why)) } } }
        (asking(form, None, Some(wrong), lang))
    }
}

fn asking(form: &Form, asked: Option<&Asked>, wrong: Option<&Wrong>, lang: Language) -> Markup {
    let days = [
        ("from", ["Từ ngày", "From"], asked.map(|asked| asked.from)),
        ("to", ["Đến ngày", "To"], asked.map(|asked| asked.to)),
        ("as_of", ["Số liệu đến hết ngày", "As of the end of"], asked.map(|asked| asked.as_of)),
    ];
    let is_wrong = |field: &str| wrong.is_some_and(|wrong| wrong.field == field);
    let by = asked.map(|asked| asked.by.name()).or(form.get("by"));
    let reading = asked.map(|asked| asked.reading.name).or(form.get("reading"));
    html! {
        form.filter method="get" action="/desk/reports" {
            @for (name, told, day) in days { div class=[is_wrong(name).then_some("bad-field")] {
                label for=(name) { (lang.pick(told)) }
                input type="date" id=(name) name=(name) aria-invalid=[is_wrong(name).then_some("true")]
                    value=(day.map_or_else(|| form.get(name).unwrap_or_default().to_owned(), |day| day.to_string()));
            } }
            div {
                label for="by" { (lang.pick(["Theo", "By"])) }
                select id="by" name="by" { @for it in By::ALL {
                    option value=(it.name()) selected[by == Some(it.name())] { (lang.pick(it.told())) }
                } }
            }
            div {
                label for="reading" { (lang.pick(["Cách tính", "Reading"])) }
                select id="reading" name="reading" { @for it in readings() {
                    option value=(it.name) selected[reading == Some(it.name)] { (lang.pick([it.vi, it.en])) }
                } }
            }
            button.main { (lang.pick(["Xem", "Show"])) }
        }
    }
}

fn table(place: usize, sheet: &Sheet, lang: Language) -> Markup {
    let is_text = |column: usize| sheet.rows.iter().all(|row| matches!(row.get(column), Some(Cell::Text(_))));
    let last = sheet.rows.len().saturating_sub(1);
    // The first and the last table have no row for the whole.
    let has_whole = (1..4).contains(&place);
    html! {
        h2 id={ "table-" (place) } { (sheet.title) }
        @if sheet.rows.is_empty() { p.soft { (lang.pick(["Không có.", "None."])) } } @else {
            // A wide table can be moved sideways by keyboard too.
            div.list tabindex="0" role="region" aria-labelledby={ "table-" (place) } { table {
                thead { tr { @for (column, name) in sheet.head.iter().enumerate() {
                    th scope="col" class=[(!is_text(column)).then_some("n")] { (name) }
                } } }
                tbody { @for (line, row) in sheet.rows.iter().enumerate() { tr class=[(has_whole && line == last).then_some("state")] {
                    @for (column, cell) in row.iter().enumerate() { (told(cell, column == 0, lang)) }
                } } }
            } }
        }
    }
}

fn told(cell: &Cell, names_the_row: bool, lang: Language) -> Markup {
    match cell {
        Cell::Text(text) if names_the_row => html! { th scope="row" { (text) } },
        Cell::Text(text) => html! { td { (text) } },
        Cell::Number(number) => html! { td.n { (number) } },
        Cell::Figure(figure) => html! { td.n {
            (value(figure, lang)) br; small { (figure.count) "/" (figure.among) }
        } },
    }
}
