//! A slip for an operator that nobody can tell by a call: a better address, or an invitation that is missing.

use maud::{Markup, html};

use super::super::frame::{bar, document, fact, header, printed, reached_at, signatures, typed};
use super::barcode::barcode;
use super::{Bill, Row};
use rules::config::Contact;

/// Content of a slip.
#[derive(Clone, Copy)]
pub(crate) struct Slip<'a> {
    /// The parcel, with the address as it is confirmed now.
    pub row: &'a Row,
    /// Sentence on what the operator is asked to do.
    pub asks: &'a str,
    /// How the agency is reached.
    pub contact: Option<&'a Contact>,
}

/// The slip as a whole page.
pub(crate) fn slip(bill: &Bill<'_>, slip: &Slip<'_>) -> Markup {
    let row = slip.row;
    let title = format!("Phiếu đề nghị bưu điện, bưu gửi {}", row.scanned());
    let content = html! {
        (header(bill.agency_name, bill.emblem, [None; 2], bill.now))
        h1 { "Phiếu đề nghị bưu điện" }
        p.to { "Kính gửi: " bdi { (bill.operator) } }
        dl {
            (fact("Số hiệu bưu gửi", &html! { strong.code { (row.scanned()) } }))
            (fact("Số của cơ quan", &html! { span.code { (row.parcel) } }))
            (typed("Người nhận", &row.to))
            (fact("Điện thoại", &html! { (row.telephone) }))
            (fact("Địa chỉ phát", &html! { @for line in &row.lines { bdi { (line) } br; } }))
            @if let Some(other) = &row.may_receive { (typed("Được nhận thay", other)) }
        }
        p { strong { (slip.asks) } }
        (barcode(row.scanned()))
        (signatures(&["Người đề nghị", "Nhân viên bưu điện"]))
        (reached_at(slip.contact))
        (printed(bill.clerk, bill.people, bill.now))
    };
    document(&title, "sheet", &bar(bill.back, None), &content)
}
