//! The page of a report.

use maud::{Markup, html};
use rules::language::{Both, Language};
use rules::statistics::readings;

use super::asked::{Asked, By};
use super::chart::chart;
use super::data::Report;
use super::sheet::{Cell, Sheet, period, sheets, value};
use super::wall::wall;
use crate::pages::period::{Wrong, day_fields};
use ::pages::form::Form;
use ::pages::part::button::{Weight, link};
use ::pages::part::errors::{Mistakes, NOT_SHOWN};
use ::pages::part::field::Field;
use ::pages::part::table::wide;

/// A report with the form that asks for another.
pub(crate) fn page(report: &Report, form: &Form, lang: Language) -> Markup {
    let query = report.asked.query();
    html! {
        p { strong { (period(&report.asked, lang)) } }
        (wall(report, lang))
        (asking(form, Some(&report.asked), &Mistakes::default(), lang))
        div.actions {
            (link(Weight::Second, &format!("/desk/reports.xlsx?{query}"), lang.pick(["Tải tệp Excel", "Download for Excel"]), None))
            (link(Weight::Second, &format!("/desk/reports.csv?{query}"), lang.pick(["Tải tệp CSV", "Download CSV"]), None))
        }
        (chart(report, lang))
        @for (place, sheet) in sheets(report, lang).iter().enumerate() { (table(place, sheet, lang)) }
        p.hint { (lang.pick([
            "Mỗi ngày giữ nguyên số liệu của ngày đó: việc ghi nhận muộn được tính từ ngày ghi nhận.",
            "Each day keeps the figures it had: what is recorded later counts from the day it is recorded.",
        ])) }
    }
}

/// The form again, with the mistake; what was filled in stays.
pub(crate) fn refused(lang: Language, form: &Form, wrong: &Wrong) -> Markup {
    let mistakes = wrong.mistakes(lang);
    html! {
        (mistakes.summary(lang, NOT_SHOWN))
        (asking(form, None, &mistakes, lang))
    }
}

fn asking(form: &Form, asked: Option<&Asked>, mistakes: &Mistakes, lang: Language) -> Markup {
    let days = [
        ("from", ["Từ ngày", "From"], asked.map(|asked| asked.from)),
        ("to", ["Đến ngày", "To"], asked.map(|asked| asked.to)),
        ("as_of", ["Số liệu đến hết ngày", "As of the end of"], asked.map(|asked| asked.as_of)),
    ];
    let by = asked.map(|asked| asked.by.name()).or(form.get("by"));
    let reading = asked.map(|asked| asked.reading.name).or(form.get("reading"));
    let groupings = By::ALL.map(|it| (it.name().to_owned(), lang.pick(it.told()).to_owned()));
    let readings: Vec<_> =
        readings().iter().map(|it| (it.name.to_owned(), lang.pick([it.vi, it.en]).to_owned())).collect();
    let list = |name: &'static str, label: Both, options: &[(String, String)], chosen| {
        Field::new(lang, name, lang.pick(label)).wrong(mistakes.why(name)).list(name, options, chosen, false)
    };
    html! {
        form.filter method="get" action="/desk/reports" novalidate {
            (day_fields(lang, form, &days, mistakes))
            (list("by", ["Theo", "By"], &groupings, by))
            (list("reading", ["Cách tính", "Reading"], &readings, reading))
            button.main { (lang.pick(["Xem", "Show"])) }
        }
    }
}

/// The tables that are open at once: the others are details.
const OPEN: [usize; 2] = [1, 2];

fn table(place: usize, sheet: &Sheet, lang: Language) -> Markup {
    let name = html! { h2 { (sheet.title) } };
    let content = html! {
        @if sheet.rows.is_empty() { p.soft { (lang.pick(["Không có.", "None."])) } } @else { (wide(&sheet.title, &rows(place, sheet, lang))) }
    };
    html! {
        @if OPEN.contains(&place) { (name) (content) }
        @else { details { summary { (name) } (content) } }
    }
}

fn rows(place: usize, sheet: &Sheet, lang: Language) -> Markup {
    let is_text = |column: usize| sheet.rows.iter().all(|row| matches!(row.get(column), Some(Cell::Text(_))));
    let last = sheet.rows.len().saturating_sub(1);
    // The first and the last table have no row for the whole.
    let has_whole = (1..4).contains(&place);
    // A code and a name are one column here: it stays in sight while the others move.
    let coded = has_whole && is_text(1);
    let head = sheet.head.iter().enumerate().skip(usize::from(coded));
    html! { table {
        thead { tr { @for (column, name) in head {
            th scope="col" class=[(!is_text(column)).then_some("n")] { (name) }
        } } }
        tbody { @for (line, row) in sheet.rows.iter().enumerate() { tr class=[(has_whole && line == last).then_some("state")] {
            @match (coded, row.as_slice()) {
                (true, [Cell::Text(code), Cell::Text(name), rest @ ..]) => {
                    th scope="row" { (name) @if code != name && !code.is_empty() { br; small { (code) } } }
                    @for cell in rest { (told(cell, false, lang)) }
                }
                (_, row) => { @for (column, cell) in row.iter().enumerate() { (told(cell, column == 0, lang)) } }
            }
        } } }
    } }
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
