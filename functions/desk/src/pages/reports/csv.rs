//! A report as CSV that spreadsheets open correctly: UTF-8 with its mark, one table, one row for each group.

use rules::language::Language;

use super::data::Report;
use super::sheet::{Cell, counts, flows, period, shares, value};
use crate::csv_file::{encoded, guarded};

/// The table of a report. A figure has three columns: its value, its numerator, its denominator.
pub(crate) fn written(report: &Report, lang: Language) -> Vec<u8> {
    let sheets = [counts(report, lang), shares(report, lang), flows(report, lang)];
    let names = sheets[0].head.len() - sheets[0].rows[0].iter().filter(|cell| matches!(cell, Cell::Number(_))).count();
    let mut rows = vec![vec![lang.pick(["Kỳ báo cáo", "Period"]).to_owned()]];
    for (place, sheet) in sheets.iter().enumerate() {
        let skipped = if place == 0 { 0 } else { names };
        for (column, name) in sheet.head.iter().enumerate().skip(skipped) {
            let is_figure = sheet.rows.iter().any(|row| matches!(row[column], Cell::Figure(_)));
            rows[0].push(name.clone());
            if is_figure {
                let parts = [["tử số", "numerator"], ["mẫu số", "denominator"]];
                rows[0].extend(parts.map(|part| format!("{name} ({})", lang.pick(part))));
            }
        }
    }
    for line in 0..sheets[0].rows.len() {
        let mut row = vec![period(&report.asked, lang)];
        for (place, sheet) in sheets.iter().enumerate() {
            let skipped = if place == 0 { 0 } else { names };
            row.extend(sheet.rows[line].iter().skip(skipped).flat_map(|cell| written_cell(cell, lang)));
        }
        rows.push(row);
    }
    encoded(&rows)
}

fn written_cell(cell: &Cell, lang: Language) -> Vec<String> {
    match cell {
        Cell::Text(text) => vec![guarded(text)],
        Cell::Number(number) => vec![number.to_string()],
        Cell::Figure(figure) => vec![value(figure, lang), figure.count.to_string(), figure.among.to_string()],
    }
}
