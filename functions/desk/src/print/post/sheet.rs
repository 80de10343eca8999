//! The manifest on paper: A4 in landscape, signed by who gives and who takes.

use maud::{Markup, html};
use rules::vnd::grouped;

use super::super::frame::{BLANK, bar, document, header, moment, printed, signatures};
use super::{Bill, Row};

/// The manifest as a whole page.
pub(crate) fn sheet(bill: &Bill<'_>) -> Markup {
    let title = format!("Bảng kê {}", bill.number);
    let content = html! {
        (header(bill.agency_name, bill.emblem, [Some(bill.number), None], bill.at()))
        h1 { "Bảng kê giao nhận bưu gửi" }
        p.period { "Giao cho " bdi { (bill.operator) } (taken(bill)) }
        table.manifest {
            thead { tr {
                th { "TT" } th { "Số hiệu bưu gửi" } th { "Người nhận, điện thoại" } th { "Địa chỉ" }
                th { "Được nhận thay" } th { "Giấy tờ thu về" } th { "Mã hồ sơ" } th { "Cước" } th { "Ghi chú" }
            } }
            tbody {
                @for (index, row) in bill.rows.iter().enumerate() { (line(index + 1, row)) }
                @if bill.rows.is_empty() { tr { td colspan="9" { "Không có bưu gửi nào." } } }
            }
        }
        p { "Tổng cộng: " (count(bill.rows.len())) " bưu gửi, " (count(bill.dossiers())) " kết quả." }
        @if bill.closed_at.is_none() { p { "Thời điểm giao nhận: " (BLANK) } }
        (signatures(&["Người giao", "Nhân viên bưu điện"]))
        (printed(bill.clerk, bill.people, bill.now))
    };
    let open = bill.closed_at.is_none();
    let bar = html! {
        (bar(bill.back, None))
        @if open { nav.screen aria-label="Lưu ý" { strong { "Bảng kê chưa khóa: nội dung còn có thể thay đổi." } } }
    };
    document(&title, "sheet wide", &bar, &content)
}

/// Time at which the operator took the parcels, if it did.
fn taken(bill: &Bill<'_>) -> String {
    bill.closed_at.map(|at| format!(" lúc {}", moment(at))).unwrap_or_default()
}

fn line(no: usize, row: &Row) -> Markup {
    html! {
        tr {
            td.n { (no) }
            td.code { (row.scanned()) @if row.waybill.is_some() { br; (row.parcel) } }
            td { bdi { (row.to) } br; (row.telephone) }
            td { @for line in &row.lines { bdi { (line) } br; } }
            td { bdi { (row.may_receive.as_deref().unwrap_or_default()) } }
            td { @for paper in &row.collects { bdi { (paper) } br; } }
            td.code { @for code in &row.dossiers { (code) br; } }
            td { (row.postage) }
            td {}
        }
    }
}

pub(super) fn count(number: usize) -> String {
    grouped(number as u64, '.')
}
