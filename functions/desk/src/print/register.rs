//! Sổ theo dõi hồ sơ: the dossiers that came in over a period, one row each.

use ::pages::part::phone;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use motcua::store::{Listed, People};
use rules::catalogue::Procedure;
use rules::dossier::Phase;
use rules::person::{Party, Person};
use rules::vietnam;
use rules::vnd::grouped;
use rules::worklist::Row;

use super::edition::{self, Kind};
use super::frame::{bar, document, header, printed};
use motcua::recorder::Procedures;

/// One dossier of the register.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// The dossier.
    pub row: &'a Row,
    /// Its people; `None` if they were erased.
    pub person: Option<&'a Person>,
    /// Its procedure; `None` if the catalogue does not know it.
    pub procedure: Option<&'a Procedure>,
}

impl<'a> Entry<'a> {
    /// A row with its people.
    pub(crate) fn of(listed: &'a Listed, procedures: &'a Procedures) -> Self {
        let procedure = procedures.get(&listed.row.procedure).and_then(Option::as_deref);
        Self { row: &listed.row, person: listed.person.as_ref(), procedure }
    }
}

/// The register of a period.
#[derive(Clone, Copy)]
pub(crate) struct Register<'a> {
    /// The agency's full name.
    pub agency_name: &'a str,
    /// The address of its emblem, if the configuration has one.
    pub emblem: Option<&'a str>,
    /// The first day on which its dossiers were received; it decides which form is in force.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// The number of the first row: 1, or more if others were printed before.
    pub first_no: usize,
    /// The dossiers, in the order of receipt.
    pub entries: &'a [Entry<'a>],
    /// The page to come back to.
    pub back: &'a str,
    /// The address that prints the rest; `None` if there is none.
    pub next: Option<&'a str>,
    /// The agency's directory.
    pub people: &'a People,
    /// Account of the person who prints.
    pub clerk: &'a str,
    /// The office's time.
    pub now: Timestamp,
}

impl Register<'_> {
    /// Whether the period has dossiers that were printed before, or are printed next.
    fn is_part(&self) -> bool {
        !self.entries.is_empty() && (self.first_no > 1 || self.next.is_some())
    }
}

/// The register as a whole page, in landscape.
pub(crate) fn register(register: &Register<'_>) -> Markup {
    let edition = edition::in_force(Kind::Register, register.from);
    let title = edition.map_or("Sổ theo dõi hồ sơ", |edition| edition.title);
    let unread = edition.filter(|edition| !edition.confirmed).map(|edition| edition.circular);
    let last_no = register.first_no + register.entries.len() - 1;
    let content = html! {
        (header(register.agency_name, register.emblem, [None; 2], register.now))
        @if let Some(edition) = edition { p.form-number { "Mẫu số " (edition.number) ", " (edition.circular) } }
        h1 { (title) }
        p.period {
            "Hồ sơ nhận từ ngày " (vietnam::written(register.from)) " đến ngày " (vietnam::written(register.until))
            @if register.is_part() { ", từ số " (grouped(register.first_no as u64, '.')) " đến số " (grouped(last_no as u64, '.')) }
        }
        table.register {
            thead { tr {
                th { "TT" } th { "Mã hồ sơ" } th { "Thủ tục" } th { "Chủ hồ sơ" } th { "Địa chỉ, điện thoại" }
                th { "Nhận" } th { "Hẹn trả" } th { "Trả kết quả" } th { "Ký nhận" } th { "Ghi chú" }
            } }
            tbody {
                @for (index, entry) in register.entries.iter().enumerate() { (row(register.first_no + index, entry)) }
                @if register.entries.is_empty() { tr { td colspan="10" { "Không có hồ sơ nào." } } }
            }
        }
        (printed(register.clerk, register.people, register.now))
    };
    let bar = html! {
        (bar(register.back, unread))
        @if let Some(next) = register.next {
            nav.screen aria-label="In tiếp" {
                strong { "Mỗi lần in được nhiều nhất " (grouped(register.entries.len() as u64, '.')) " hồ sơ; kỳ này còn nữa." }
                a rel="next" href=(next) { "In tiếp từ số " (grouped(last_no as u64 + 1, '.')) " →" }
            }
        }
    };
    document(title, "sheet wide", &bar, &content)
}

fn row(no: usize, entry: &Entry<'_>) -> Markup {
    let of = entry.row;
    let applicant = entry.person.map(|person| &person.applicant);
    let procedure = entry.procedure.map_or(of.procedure.code.as_str(), |procedure| &procedure.name_vi);
    html! {
        tr {
            td.n { (no) }
            td.code { (of.called()) }
            td { bdi { (procedure) } }
            td { bdi { (applicant.map(|party| party.name.as_str()).unwrap_or_default()) } }
            td { bdi { (applicant.map(reached).unwrap_or_default()) } }
            td { (vietnam::date_time(of.submitted_at)) }
            td { (of.due.or(of.due_before).map(|due| vietnam::date_time(due.at)).unwrap_or_default()) }
            td { (of.returned_at.map(vietnam::date_time).unwrap_or_default()) }
            td {}
            td { (note(of.phase)) }
        }
    }
}

fn reached(party: &Party) -> String {
    let number = party.phone.as_deref().map(phone::shown);
    party.address.clone().into_iter().chain(number).collect::<Vec<_>>().join("; ")
}

fn note(phase: Phase) -> &'static str {
    match phase {
        Phase::NotAccepted => "không tiếp nhận",
        Phase::Withdrawn => "đã rút",
        Phase::Closed => "dừng xử lý",
        Phase::Incomplete => "chờ bổ sung",
        Phase::Paused => "đang dừng tính",
        Phase::InPost => "trả qua bưu điện",
        Phase::New | Phase::Submitted | Phase::Accepted | Phase::InProgress | Phase::Done | Phase::Returned => "",
    }
}
