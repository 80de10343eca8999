//! Hướng dẫn nộp hồ sơ trực tuyến: a sheet of A5 for a visitor to take along.

use ::pages::sheet;
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use motcua::store::People;
use rules::catalogue::Procedure;
use rules::catalogue::guide::{PORTAL, PORTAL_SHOWN, steps};
use rules::config::Contact;
use rules::gateway::vietqr::picture;
use rules::language::Language;

use super::STYLE_PATH;
use super::frame::{bar, picture_of, printed, reached_at};
use crate::words;

/// Data that the sheet is filled from.
#[derive(Clone, Copy)]
pub(crate) struct Guide<'a> {
    /// The agency's full name.
    pub agency_name: &'a str,
    /// The address of its emblem, if the configuration has one.
    pub emblem: Option<&'a str>,
    /// How the public reaches the agency.
    pub contact: Option<&'a Contact>,
    /// The procedure, in the version of today.
    pub procedure: &'a Procedure,
    /// The page to come back to.
    pub back: &'a str,
    /// Account of the person who prints.
    pub clerk: &'a str,
    /// Names of accounts.
    pub people: &'a People,
    /// The office's time.
    pub now: Timestamp,
}

/// The sheet as a whole page.
pub(crate) fn guide(guide: &Guide<'_>) -> Markup {
    let procedure = guide.procedure;
    let content = html! {
        header.top { div.agency { (picture_of(guide.emblem)) p.upper { (guide.agency_name) } p.upper.strong { "Bộ phận Một cửa" } hr; } }
        h1 { "Hướng dẫn nộp hồ sơ trực tuyến" }
        p.to { bdi { (procedure.name_vi) } " (mã " (procedure.code) ")" }
        ol { @for [step, _] in steps(procedure) { li { (step) } } }
        @if !procedure.papers.is_empty() {
            h2 { "Thành phần hồ sơ" }
            ul { @for paper in &procedure.papers { li {
                bdi { (paper.name_vi) } ": " (words::copies(paper, Language::Vi))
                @if let Some([when, _]) = paper.when() { ", " bdi { (when) } }
                @if let Some(form) = &paper.form { "; mẫu: " bdi { (form) } }
            } } }
        }
        h2 { "Thời hạn; phí, lệ phí" }
        p { (words::limit(procedure.limit.allowance, Language::Vi)) " (" (procedure.legal_basis) ")." }
        @if procedure.fees.is_empty() { p { "Không thu phí, lệ phí." } }
        @for fee in &procedure.fees { p { bdi { (fee.name_vi) } ": " (fee.amount_vnd) ", " (words::fee_due(fee.due)[0]) "." } }
        @if let Some(picture) = picture(PORTAL) {
            figure.qr {
                div role="img" aria-label="Mã QR của Cổng Dịch vụ công quốc gia" { (PreEscaped(picture)) }
                figcaption { "Cổng Dịch vụ công quốc gia: " span.address { (PORTAL_SHOWN) } }
            }
        }
        (reached_at(guide.contact))
        (printed(guide.clerk, guide.people, guide.now))
    };
    sheet::document("Hướng dẫn nộp hồ sơ trực tuyến", STYLE_PATH, "sheet small-sheet", &bar(guide.back, None), &content)
}
