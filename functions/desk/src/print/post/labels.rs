//! Labels for the parcels of a manifest: eight on a sheet of A4, each with its number as a barcode.

use maud::{Markup, html};

use super::super::frame::{bar, document};
use super::barcode::barcode;
use super::{Bill, Row};

/// The labels as a whole page.
pub(crate) fn labels(bill: &Bill<'_>) -> Markup {
    let title = format!("Nhãn bưu gửi, bảng kê {}", bill.number);
    let content = html! {
        h1.screen-only { (title) }
        div.labels {
            @for row in bill.rows { (label(bill, row)) }
        }
        @if bill.rows.is_empty() { p { "Không có bưu gửi nào." } }
    };
    document(&title, "sheet label-sheet", &bar(bill.back, None), &content)
}

fn label(bill: &Bill<'_>, row: &Row) -> Markup {
    html! {
        section.label {
            p.small { "Từ: " (bill.agency_name) }
            p { "Đến: " strong { bdi { (row.to) } } }
            @for line in &row.lines { p { bdi { (line) } } }
            p { "Điện thoại: " strong { (row.telephone) } }
            @if let Some(other) = &row.may_receive { p.small { "Được nhận thay: " bdi { (other) } } }
            @if !row.collects.is_empty() { p.small { "Thu về: " bdi { (row.collects.join("; ")) } } }
            p.small { "Cước: " (row.postage) }
            (barcode(row.scanned()))
            p.code.number { (row.scanned()) @if row.waybill.is_some() { " · " (row.parcel) } " · " (bill.number) }
        }
    }
}
