//! A report as a workbook, one sheet for each table.

use jiff::Timestamp;
use rules::language::Language;
use rules::vietnam;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::data::Report;
use super::sheet::{Cell, Sheet, period, ratings, sheets};

/// The media type of a workbook.
pub(crate) const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The row of a sheet's column names; its title and the period are above it.
const HEAD: u32 = 3;

/// The workbook of a report.
pub(crate) fn written(report: &Report, lang: Language, now: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(now.as_second())?;
    let title = lang.pick(["Báo cáo giải quyết thủ tục hành chính", "Report of the one-stop office"]);
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made_at));
    let told = format!(
        "{}. {} {}. {}: {}",
        period(&report.asked, lang),
        lang.pick(["Lập lúc", "Made at"]),
        vietnam::date_time(now),
        lang.pick(["Cách tính", "Reading"]),
        lang.pick([report.asked.reading.vi, report.asked.reading.en]),
    );
    for sheet in sheets(report, lang).into_iter().chain(ratings(report, lang)) {
        let page = workbook.add_worksheet();
        fill(page, &sheet, &told, lang)?;
    }
    workbook.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet, told: &str, lang: Language) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let head = bold.clone().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.set_name(sheet.name)?;
    page.write_with_format(0, 0, &sheet.title, &bold)?;
    page.write(1, 0, told)?;
    for (column, name) in (0..).zip(columns(sheet, lang)) {
        page.write_with_format(HEAD, column, name, &head)?;
        page.set_column_width(column, if column < 2 { 32 } else { 16 })?;
    }
    for (line, row) in (HEAD + 1..).zip(&sheet.rows) {
        let mut column = 0;
        for cell in row {
            match cell {
                // Written as a text, so that nothing in it is ever a formula.
                Cell::Text(text) => page.write_string_with_format(line, column, text, &wrapped).map(|_| ())?,
                Cell::Number(number) => whole(page, line, column, *number)?,
                Cell::Figure(figure) => {
                    page.write_string(line, column, super::sheet::value(figure, lang))?;
                    whole(page, line, column + 1, figure.count)?;
                    whole(page, line, column + 2, figure.among)?;
                    column += 2;
                }
            }
            column += 1;
        }
    }
    page.set_freeze_panes(HEAD + 1, 1)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(HEAD, HEAD)?;
    Ok(())
}

/// The names of the columns of a sheet: a figure has three.
fn columns(sheet: &Sheet, lang: Language) -> Vec<String> {
    let is_figure = |column: usize| sheet.rows.iter().any(|row| matches!(row.get(column), Some(Cell::Figure(_))));
    let mut names = Vec::new();
    for (column, name) in sheet.head.iter().enumerate() {
        names.push(name.clone());
        if is_figure(column) {
            let parts = [["tử số", "numerator"], ["mẫu số", "denominator"]];
            names.extend(parts.map(|part| format!("{name} ({})", lang.pick(part))));
        }
    }
    names
}

/// Writes a count. No count of dossiers is larger than a spreadsheet holds exactly.
fn whole(page: &mut Worksheet, line: u32, column: u16, number: u64) -> Result<(), XlsxError> {
    page.write_number(line, column, u32::try_from(number).unwrap_or(u32::MAX)).map(|_| ())
}
