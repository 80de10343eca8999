//! An export as a file: a workbook, or CSV.

use jiff::Timestamp;
use rules::language::Language;
use rules::phone::Phone;
use rules::vietnam;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::line::Line;
use crate::csv_file;
use crate::words::{filing, phase};

/// The row of the column names; the title and the subject of the file are above it.
const HEAD: u32 = 3;

const HEADS: [([&str; 2], u16); 12] = [
    (["TT", "No."], 6),
    (["Mã hồ sơ", "Code"], 26),
    (["Mã thủ tục", "Procedure code"], 14),
    (["Thủ tục", "Procedure"], 44),
    (["Chủ hồ sơ", "Applicant"], 32),
    (["Địa chỉ", "Address"], 36),
    (["Điện thoại", "Telephone"], 16),
    (["Cách nộp", "Filed"], 14),
    (["Nhận", "Received"], 17),
    (["Hẹn trả", "Due"], 17),
    (["Trả kết quả", "Returned"], 17),
    (["Tình trạng", "State"], 26),
];

/// A cell, before its format in a workbook or its text in CSV.
enum Cell<'a> {
    Number(u32),
    Text(&'a str),
    Phone(&'a str),
    At(Option<Timestamp>),
}

fn cells(no: u32, line: &Line, lang: Language) -> [Cell<'_>; HEADS.len()] {
    [
        Cell::Number(no),
        Cell::Text(&line.code),
        Cell::Text(&line.procedure),
        Cell::Text(&line.name),
        Cell::Text(&line.applicant),
        Cell::Text(&line.address),
        Cell::Phone(&line.phone),
        Cell::Text(lang.pick(filing(line.filing))),
        Cell::At(Some(line.received_at)),
        Cell::At(line.due_at),
        Cell::At(line.returned_at),
        Cell::Text(lang.pick(phase(line.phase))),
    ]
}

/// Returns a telephone number as people here dial it, `0905000001`; one that cannot be read as it was declared.
fn dialled(phone: &str) -> String {
    Phone::parse(phone).map_or_else(|_| phone.to_owned(), |phone| phone.expose().replacen("+84", "0", 1))
}

/// The lines as CSV that spreadsheets open correctly.
pub(super) fn csv(lines: &[Line], lang: Language) -> Vec<u8> {
    let heads = HEADS.map(|(head, _)| lang.pick(head).to_owned()).to_vec();
    let written = |cell: Cell<'_>| match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => csv_file::guarded(text),
        Cell::Phone(phone) => csv_file::guarded(&dialled(phone)),
        Cell::At(at) => at.map(vietnam::date_time).unwrap_or_default(),
    };
    let row = |(no, line)| cells(no, line, lang).into_iter().map(written).collect();
    let rows: Vec<_> = std::iter::once(heads).chain((1..).zip(lines).map(row)).collect();
    csv_file::encoded(&rows)
}

/// The lines as a workbook of one sheet, instants as Vietnam's clocks show them.
pub(super) fn xlsx(lines: &[Line], about: &str, lang: Language, now: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let title = lang.pick(["Sổ theo dõi hồ sơ", "Register of dossiers"]);
    let mut workbook = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(now.as_second())?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made_at));
    let page = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    let head = bold.clone().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    page.set_name(lang.pick(["Sổ theo dõi", "Register"]))?;
    page.write_with_format(0, 0, title, &bold)?;
    page.write(1, 0, about)?;
    for (column, (name, width)) in (0..).zip(HEADS) {
        page.write_with_format(HEAD, column, lang.pick(name), &head)?;
        page.set_column_width(column, width)?;
    }
    let instant = Format::new().set_num_format("dd/mm/yyyy hh:mm").set_align(FormatAlign::Top);
    let top = Format::new().set_align(FormatAlign::Top);
    for (place, line) in (1..).zip(lines) {
        for (column, cell) in (0..).zip(cells(place, line, lang)) {
            write(page, HEAD + place, column, &cell, (&top, &instant))?;
        }
    }
    page.set_freeze_panes(HEAD + 1, 2)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(HEAD, HEAD)?;
    workbook.save_to_buffer()
}

fn write(
    page: &mut Worksheet,
    line: u32,
    column: u16,
    cell: &Cell<'_>,
    (top, instant): (&Format, &Format),
) -> Result<(), XlsxError> {
    match cell {
        Cell::Number(number) => page.write_number_with_format(line, column, *number, top)?,
        // Written as a text, so that nothing in it is ever a formula.
        Cell::Text(text) => page.write_string_with_format(line, column, *text, top)?,
        Cell::Phone(phone) => page.write_string_with_format(line, column, dialled(phone), top)?,
        Cell::At(None) => page,
        Cell::At(Some(at)) => {
            let wall = vietnam::civil(*at);
            let (year, month, day) =
                (wall.year().unsigned_abs(), wall.month().unsigned_abs(), wall.day().unsigned_abs());
            let time = ExcelDateTime::from_ymd(year, month, day)?.and_hms(
                wall.hour().unsigned_abs().into(),
                wall.minute().unsigned_abs(),
                wall.second().unsigned_abs(),
            )?;
            page.write_datetime_with_format(line, column, &time, instant)?
        }
    };
    Ok(())
}
