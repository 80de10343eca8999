//! The table of a day by form 01/TH-BLĐT, on the page and as files.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::config::ReceiptProvider;
use rules::language::{Both, Language};
use rules::receipt::Row;
use rules::vietnam;
use rules::vnd::grouped;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::csv_file::{encoded, guarded};

/// The columns of the form.
const COLUMNS: [Both; 12] = [
    ["STT", "No."],
    ["Mẫu", "Form"],
    ["Ký hiệu", "Symbol"],
    ["Số", "Number"],
    ["Ngày lập", "Date"],
    ["Loại phí, lệ phí", "Kind of charge"],
    ["Số tiền (đồng)", "Amount"],
    ["Mức thu", "Rate"],
    ["Trạng thái", "State"],
    ["Kỳ điều chỉnh", "Period adjusted"],
    ["Biên lai liên quan", "Related receipt"],
    ["Ghi chú", "Note"],
];
/// The column of amounts, and the row of the column names in a workbook.
const AMOUNT: u16 = 6;
const HEAD: u32 = 4;

/// The head above the rows.
pub(super) struct Head<'a> {
    pub(super) day: Date,
    pub(super) provider: Option<&'a ReceiptProvider>,
    pub(super) now: Timestamp,
}

impl Head<'_> {
    fn lines(&self) -> [String; 3] {
        let payee = self.provider.map_or_else(String::new, |it| format!("{}, mã số thuế {}", it.payee, it.tax_code));
        [
            format!("Bảng tổng hợp dữ liệu biên lai điện tử ngày {} (mẫu 01/TH-BLĐT)", vietnam::written(self.day)),
            payee,
            format!("Lập lúc {}", vietnam::date_time(self.now)),
        ]
    }
}

/// The names of the columns.
pub(super) fn heads(lang: Language) -> Vec<&'static str> {
    COLUMNS.iter().map(|name| lang.pick(*name)).collect()
}

/// The cells of a row, as a page shows them. The rate is left empty: a fee of a fixed amount has none.
pub(super) fn cells(place: usize, row: &Row) -> Vec<String> {
    let mut cells = plain(place, row);
    cells[usize::from(AMOUNT)] = grouped(row.amount_vnd.dong(), '.');
    cells
}

fn plain(place: usize, row: &Row) -> Vec<String> {
    vec![
        (place + 1).to_string(),
        row.no.form.to_string(),
        row.no.symbol.to_string(),
        row.no.number.to_string(),
        vietnam::written(row.issued_on),
        row.charged(),
        row.amount_vnd.dong().to_string(),
        String::new(),
        row.change.word().to_owned(),
        row.period().map(vietnam::written).unwrap_or_default(),
        row.related().map(|no| no.to_string()).unwrap_or_default(),
        row.because.clone().unwrap_or_default(),
    ]
}

/// The table as CSV: the column names, then one line a row.
pub(super) fn csv(_head: &Head<'_>, rows: &[Row]) -> Vec<u8> {
    let mut lines = vec![heads(Language::Vi).into_iter().map(str::to_owned).collect::<Vec<_>>()];
    let guarded = |cells: Vec<String>| cells.iter().map(|cell| guarded(cell)).collect();
    lines.extend(rows.iter().enumerate().map(|(place, row)| guarded(plain(place, row))));
    encoded(&lines)
}

/// The table as a workbook.
pub(super) fn xlsx(head: &Head<'_>, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    let names = bold.clone().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    page.set_name("01-TH-BLĐT")?;
    for (line, text) in (0..).zip(head.lines()) {
        page.write_string_with_format(line, 0, text, &bold)?;
    }
    for (column, name) in (0..).zip(heads(Language::Vi)) {
        page.write_string_with_format(HEAD, column, name, &names)?;
        page.set_column_width(column, if column == 5 { 40 } else { 14 })?;
    }
    for (place, row) in rows.iter().enumerate() {
        let line = HEAD + 1 + u32::try_from(place).unwrap_or(u32::MAX - HEAD - 1);
        for (column, cell) in (0..).zip(plain(place, row)) {
            match (column, u32::try_from(row.amount_vnd.dong())) {
                (AMOUNT, Ok(amount)) => page.write_number(line, column, amount)?,
                // Written as a text, so that nothing in it is ever a formula.
                (_, _) => page.write_string(line, column, cell)?,
            };
        }
    }
    page.set_freeze_panes(HEAD + 1, 0)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(HEAD, HEAD)?;
    workbook.save_to_buffer()
}
