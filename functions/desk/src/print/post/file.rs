//! The manifest as a file for the operator: a workbook, or CSV. Both have the columns of the paper.

use rules::vietnam;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::{Bill, Row};
use crate::csv_file;

/// The row of the column names; the title and the subject of the file are above it.
const HEAD: u32 = 3;

const HEADS: [(&str, u16); 11] = [
    ("TT", 6),
    ("Số hiệu bưu gửi", 18),
    ("Số của cơ quan", 14),
    ("Người nhận", 28),
    ("Điện thoại", 14),
    ("Số nhà, đường", 32),
    ("Xã, phường, tỉnh", 36),
    ("Địa chỉ cũ", 40),
    ("Được nhận thay", 22),
    ("Giấy tờ thu về", 28),
    ("Mã hồ sơ", 30),
];

fn cells(no: usize, row: &Row) -> [String; HEADS.len()] {
    let line = |place: usize| row.lines.get(place).cloned().unwrap_or_default();
    [
        no.to_string(),
        row.waybill.clone().unwrap_or_default(),
        row.parcel.clone(),
        row.to.clone(),
        row.telephone.clone(),
        line(0),
        line(1),
        line(2),
        row.may_receive.clone().unwrap_or_default(),
        row.collects.join("; "),
        row.dossiers.join("; "),
    ]
}

/// The parcels as CSV that spreadsheets open correctly.
pub(crate) fn csv(bill: &Bill<'_>) -> Vec<u8> {
    let heads = HEADS.map(|(head, _)| head.to_owned()).to_vec();
    let row = |(no, row)| cells(no, row).iter().map(|cell| csv_file::guarded(cell)).collect();
    let rows: Vec<_> = std::iter::once(heads).chain((1..).zip(bill.rows).map(row)).collect();
    csv_file::encoded(&rows)
}

/// The parcels as a workbook of one sheet.
///
/// # Errors
/// [`XlsxError`]; nothing of a manifest is too large for a workbook.
pub(crate) fn xlsx(bill: &Bill<'_>) -> Result<Vec<u8>, XlsxError> {
    let title = format!("Bảng kê giao nhận bưu gửi {}", bill.number);
    let mut workbook = Workbook::new();
    // Made at the pick-up, so that the file of a closed one is the same whenever it is fetched.
    let made_at = ExcelDateTime::from_timestamp(bill.at().as_second())?;
    workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&made_at));
    let page = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    let head = bold.clone().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    let top = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    page.set_name(bill.number)?;
    page.write_with_format(0, 0, &title, &bold)?;
    page.write(1, 0, format!("{} – {}, {}", bill.agency_name, bill.operator, vietnam::date_time(bill.at())))?;
    for (column, (name, width)) in (0..).zip(HEADS) {
        page.write_with_format(HEAD, column, name, &head)?;
        page.set_column_width(column, width)?;
    }
    for (place, row) in (1..).zip(bill.rows) {
        for (column, cell) in (0..).zip(cells(place, row)) {
            let line = HEAD + u32::try_from(place).unwrap_or(u32::MAX);
            // Written as a text, so that nothing in it is ever a formula.
            page.write_string_with_format(line, column, cell, &top)?;
        }
    }
    page.set_freeze_panes(HEAD + 1, 2)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(HEAD, HEAD)?;
    workbook.save_to_buffer()
}
