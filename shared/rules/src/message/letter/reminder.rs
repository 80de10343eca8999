//! The letter that reminds a member of staff of tables that are not reported. Nothing of anybody's dossier is in it.

use super::{Case, LeadsTo, Letter, composed};
use crate::language::Language;
use crate::vietnam;
use jiff::civil::Date;

/// Why the reader gets it.
const CLOSING: &str = "Thư nhắc tự động gửi cho người được chỉ định nộp bảng tổng hợp biên lai của cơ quan, mỗi ngày nhiều nhất một lần cho \
                       đến khi đã ghi nhận là đã nộp. Xin không trả lời thư này. / You get this reminder because the office named you to \
                       report its tables of receipts.";

/// Tables that are not reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreported {
    /// The days.
    pub days: u64,
    /// The oldest of them.
    pub oldest: Date,
    /// The rows that are not reported.
    pub rows: u64,
}

impl Letter {
    /// Writes the reminder, in Vietnamese with the same in English below. `page` is the page of the tables.
    #[must_use]
    pub fn unreported(told: Unreported, agency: &str, page: Option<&str>) -> Self {
        let Unreported { days, oldest, rows } = told;
        let oldest = vietnam::written(oldest);
        let subject = format!("Chưa nộp bảng tổng hợp biên lai của {days} ngày, cũ nhất {oldest}");
        let body = [
            format!(
                "{days} ngày có bảng tổng hợp dữ liệu biên lai điện tử (mẫu 01/TH-BLĐT) chưa ghi nhận là đã nộp cơ quan thuế; ngày cũ nhất {oldest}; {rows} dòng. Dữ liệu phải nộp trong ngày (điều 29 NĐ 254/2026)."
            ),
            format!(
                "{days} days with tables of electronic receipts are not noted as reported to the tax office, the oldest {oldest}, {rows} rows. They are due on the same day (Decree 254/2026, art. 29)."
            ),
        ];
        let to_do = "Mở trang bên dưới, tải bảng của từng ngày, nộp, rồi bấm Ghi nhận đã nộp. / Open the page below, take each table, \
                     report it, and note it as reported.";
        let case = Case { agency, link: page, ..Case::default() };
        Self {
            lead: composed(&subject),
            body: body.iter().map(|paragraph| composed(paragraph)).collect(),
            to_do: Some(composed(to_do)),
            leads_to: LeadsTo::Desk,
            closing: composed(CLOSING),
            ..Self::broadcast(Language::Vi, (&subject, ""), &case, None)
        }
    }
}
