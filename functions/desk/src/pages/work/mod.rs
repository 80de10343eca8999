//! The work lists: dossiers that need something from the office, most urgent first.

mod bulk;

use jiff::civil::Date;
use maud::{Markup, html};
use motcua::store::{Did, Listed};
use rules::clock::{Office, last_day};
use rules::dossier::{Filing, Kind};
use rules::http::Response;
use rules::http::query;
use rules::limits::{LONGEST_ACCOUNT, LONGEST_CODE};
use rules::vietnam;
use rules::worklist::{After, Asked, Counts, Filters, List, Row};

use super::dossier::{days_since, late};
use crate::api::commands;
use crate::pages::layout::{Frame, Place, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Staff;
use crate::words::{filing, of_command, phase, reason};
use ::pages::form::Form;
use bulk::IN_BULK;
use motcua::recorder::Procedures;

/// One tab: a list, or a part of one by the due date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Late,
    Soon,
    All(List),
}

impl View {
    const ALL: [Self; 8] = [
        Self::Late,
        Self::Soon,
        Self::All(List::New),
        Self::All(List::Running),
        Self::All(List::Paused),
        Self::All(List::Fee),
        Self::All(List::Originals),
        Self::All(List::Ready),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.path() == name)
    }

    fn path(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::All(list) => list.name(),
        }
    }

    fn name(self) -> [&'static str; 2] {
        match self {
            Self::Late => ["Quá hạn", "Late"],
            Self::Soon => ["Đến hạn trong một ngày", "Due within a day"],
            Self::All(List::New) => ["Mới, chờ tiếp nhận", "New"],
            Self::All(List::Running) => ["Đang giải quyết", "In progress"],
            Self::All(List::Paused) => ["Dừng tính", "Paused"],
            Self::All(List::Fee) => ["Chờ phí, lệ phí", "Awaiting a fee"],
            Self::All(List::Originals) => ["Chờ bản chính", "Awaiting originals"],
            Self::All(List::Ready) => ["Chờ trả kết quả", "Results to hand out"],
            Self::All(List::Received) => ["Sổ theo dõi hồ sơ", "Register"],
        }
    }
}

/// The title of a list.
pub(crate) fn title(list: &str) -> Option<[&'static str; 2]> {
    View::named(list).map(View::name)
}

/// The days that the lists are about.
struct Days {
    today: Date,
    next: Date,
}

impl Days {
    fn of(office: &Office, frame: &Frame) -> Self {
        let today = vietnam::day(frame.now);
        // Beyond the tables of days off, the next day is taken for the next working day.
        let next = office.calendar.add_working_days(today, 1).ok().or_else(|| today.tomorrow().ok());
        Self { today, next: next.unwrap_or(today) }
    }

    fn asked(&self, view: View) -> Asked {
        match view {
            View::Late => Asked::late(self.today),
            View::Soon => Asked::due_within_a_day(self.today, self.next),
            View::All(list) => Asked::all_of(list),
        }
    }

    fn count(&self, counts: &Counts, view: View) -> u64 {
        match view {
            View::Late => counts.late(self.today),
            View::Soon => counts.due_within_a_day(self.today, self.next),
            View::All(list) => counts.of(list),
        }
    }
}

/// Answers the work lists, and one command on many dossiers.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    match *path {
        [""] | ["lists", _] => {
            visit.only_reads()?;
            list(visit, path.last().copied().filter(|name| !name.is_empty()).unwrap_or("running"), &visit.asked()).await
        }
        ["bulk"] => Box::pin(bulk::act(visit, &visit.must_send()?)).await,
        _ => Err(Problem::NotFound),
    }
}

/// A page of a list.
async fn list(visit: &Visit<'_>, name: &str, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let view = View::named(name).ok_or(Problem::NotFound)?;
    let office = site.recorder.office(&staff.agency);
    let days = Days::of(&office, frame);
    let filters = Filters {
        procedure: asked.get("procedure").map(str::to_owned),
        holder: asked.get("mine").map(|_| staff.subject.clone()).or_else(|| asked.get("holder").map(str::to_owned)),
        filing: asked.get("filing").and_then(filing_named),
    };
    let after = asked.get("after").map(|after| After::parse(after).ok_or(Problem::NotFound)).transpose()?;
    let wanted = Asked { filters, after, ..days.asked(view) };
    let found = site.recorder.store().work_list(&staff.agency, &wanted).await?;
    if !found.rows.is_empty() {
        visit.audits(Did::SawList { list: view.path().to_owned(), shown: found.rows.len() }).await?;
    }
    let procedures =
        site.recorder.catalogue().of_rows(&staff.agency, found.rows.iter().map(|listed| &listed.row)).await?;
    let content = html! {
        (tabs(frame, view, &days, &found.counts))
        (filter(frame, view, asked))
        @if found.rows.is_empty() {
            p { (frame.say("Không có hồ sơ nào ở đây.", "Nothing here.")) }
        } @else {
            form method="post" action="/desk/bulk" {
                (frame.csrf_field())
                (rows(staff, frame, &office, &found.rows, &procedures))
                (bulk(staff, frame))
            }
        }
        @if let Some(next) = &found.next {
            p { a.button rel="next" href={ "/desk/lists/" (view.path()) "?" (kept(asked)) "after=" (next) } { (frame.say("Trang sau", "Next page")) } }
        }
    };
    Ok(page(frame, Place::Work, frame.lang.pick(view.name()), &content))
}

/// The filters of this page, for the address of the next.
fn kept(asked: &Form) -> String {
    let filters = asked.fields().filter(|(name, _)| ["procedure", "holder", "mine", "filing"].contains(name));
    filters.map(|(name, value)| format!("{name}={}&", query::encode(value.as_bytes()))).collect()
}

fn filing_named(name: &str) -> Option<Filing> {
    match name {
        "desk" => Some(Filing::Desk),
        "online" => Some(Filing::Online),
        "post" => Some(Filing::Post),
        _ => None,
    }
}

fn tabs(frame: &Frame, here: View, days: &Days, counts: &Counts) -> Markup {
    html! { nav aria-label=(frame.say("Danh sách", "Lists")) { ul.tabs {
        @for view in View::ALL {
            @let count = days.count(counts, view);
            li { a href={ "/desk/lists/" (view.path()) } aria-current=[(view == here).then_some("page")] class=[(view == View::Late && count > 0).then_some("late")] {
                (frame.lang.pick(view.name())) " " b { (count) }
            } }
        }
        // Not a tab of work: it only grows, so its number would say nothing.
        li { a href="/desk/register" { (frame.lang.pick(View::All(List::Received).name())) } }
    } } }
}

fn filter(frame: &Frame, view: View, asked: &Form) -> Markup {
    let chosen = asked.get("filing");
    html! {
        form.filter method="get" action={ "/desk/lists/" (view.path()) } {
            div { label for="procedure" { (frame.say("Mã thủ tục", "Procedure")) } input id="procedure" name="procedure" maxlength=(LONGEST_CODE) value=[asked.get("procedure")]; }
            div { label for="filing" { (frame.say("Cách nộp", "Filed")) } select id="filing" name="filing" {
                option value="" { (frame.say("tất cả", "all")) }
                @for (value, way) in [("desk", Filing::Desk), ("online", Filing::Online), ("post", Filing::Post)] {
                    option value=(value) selected[chosen == Some(value)] { (frame.lang.pick(filing(way))) }
                }
            } }
            div { label for="holder" { (frame.say("Tài khoản đang giữ", "Held by")) } input id="holder" name="holder" maxlength=(LONGEST_ACCOUNT) value=[asked.get("holder")]; }
            label.check { input type="checkbox" name="mine" value="1" checked[asked.get("mine").is_some()]; (frame.say("việc của tôi", "mine")) }
            button { (frame.say("Lọc", "Filter")) }
        }
    }
}

/// The lines of a list, or of a search.
pub(crate) fn rows(
    staff: &Staff,
    frame: &Frame,
    office: &Office,
    listed: &[Listed],
    procedures: &Procedures,
) -> Markup {
    let chooses = staff.may(Kind::Accept).is_ok();
    html! { div.list { table.rows {
        thead { tr {
            @if chooses { th scope="col" { (frame.say("Chọn", "Choose")) } }
            @for head in [["Mã hồ sơ", "Code"], ["Thủ tục", "Procedure"], ["Chủ hồ sơ", "Applicant"], ["Hẹn trả", "Due"],
                ["Còn lại", "Left"], ["Tình trạng", "State"], ["Người giữ", "Held by"]] { th scope="col" { (frame.lang.pick(head)) } }
        } }
        tbody { @for it in listed { (line(chooses, frame, office, it, procedures)) } }
    } } }
}

fn line(chooses: bool, frame: &Frame, office: &Office, listed: &Listed, procedures: &Procedures) -> Markup {
    let row = &listed.row;
    let procedure = procedures.get(&row.procedure).and_then(Option::as_deref);
    let name = procedure.map_or(row.procedure.code.as_str(), |it| frame.lang.pick([&it.name_vi, &it.name_en]));
    let applicant = listed.person.as_ref().map_or("–", |person| person.applicant.name.as_str());
    html! { tr {
        @if chooses { td { input type="checkbox" name="id" value=(row.id) aria-label={ (frame.say("Chọn", "Choose")) " " (row.called()) }; } }
        td.code data-name=(frame.say("Mã hồ sơ", "Code")) { a href={ "/desk/dossiers/" (row.id) } { (row.called()) } }
        td.wide data-name=(frame.say("Thủ tục", "Procedure")) { (name) }
        td.wide data-name=(frame.say("Chủ hồ sơ", "Applicant")) { (applicant) }
        td data-name=(frame.say("Hẹn trả", "Due")) { (due(frame, row)) }
        td data-name=(frame.say("Còn lại", "Left")) { (left(frame, office, row)) }
        td data-name=(frame.say("Tình trạng", "State")) { (state(frame, row)) }
        td data-name=(frame.say("Người giữ", "Held by")) { (row.holder.as_deref().unwrap_or_else(|| frame.say("một cửa", "the desk"))) }
    } }
}

fn due(frame: &Frame, row: &Row) -> Markup {
    html! {
        @match (row.due, row.accept_until) {
            (Some(due), _) => { (vietnam::written(due.on)) @if row.promised.is_some() { " " small { (frame.say("hẹn lại", "promised")) } } }
            (None, Some(until)) => { small { (frame.say("tiếp nhận trước", "accept before")) } " " (vietnam::date_time(until)) }
            (None, None) if row.gap => span.late { (frame.say("chưa có lịch nghỉ", "no holiday table")) },
            (None, None) => "–",
        }
    }
}

/// Working days to the due date, or since it; or how long the clock has been stopped.
fn left(frame: &Frame, office: &Office, row: &Row) -> Markup {
    let english = frame.lang == rules::language::Language::En;
    let today = vietnam::day(frame.now);
    let ended = matches!(row.phase, rules::dossier::Phase::Done | rules::dossier::Phase::InPost);
    match (row.due.filter(|_| !ended), row.since) {
        (Some(due), _) if due.on < today => {
            let days =
                office.calendar.working_days_between(due.on, today).ok().and_then(|days| u32::try_from(days).ok());
            html! { span.late { (late(frame, days)) } }
        }
        (Some(due), _) => match office.calendar.working_days_between(today, due.on) {
            Ok(0 | 1) if english => {
                html! { span.soon { (if due.on == today { "today" } else { "next working day" }) } }
            }
            Ok(0 | 1) => html! { span.soon { (if due.on == today { "hôm nay" } else { "ngày làm việc tới" }) } },
            Ok(days) if english => html! { (days) " working days" },
            Ok(days) => html! { (days) " ngày làm việc" },
            Err(_) => html! { "?" },
        },
        (None, Some(since)) => {
            let days = days_since(since, frame.now);
            if english {
                html! { "for " (days) " days" }
            } else {
                html! { "đã " (days) " ngày" }
            }
        }
        (None, None) => html! { "–" },
    }
}

fn state(frame: &Frame, row: &Row) -> Markup {
    html! {
        (frame.lang.pick(phase(row.phase)))
        @if !row.awaited.is_empty() {
            ": " (row.awaited.iter().map(|name| reason(name, frame.lang)).collect::<Vec<_>>().join(", "))
        }
        @if let Some(until) = row.wait_until {
            " " small { (frame.say("đến hết", "by the end of")) " " (vietnam::written(last_day(until))) }
        }
    }
}

fn bulk(staff: &Staff, frame: &Frame) -> Markup {
    let specs: Vec<_> =
        IN_BULK.iter().filter_map(|name| commands::find(name)).filter(|spec| staff.may(spec.kind).is_ok()).collect();
    html! { @if !specs.is_empty() {
        div.actions {
            label for="command" { (frame.say("Với các hồ sơ đã chọn:", "With those chosen:")) }
            select id="command" name="command" { @for spec in specs { option value=(spec.name) { (frame.lang.pick(of_command(spec.kind))) } } }
            button { (frame.say("Xem trước", "Preview")) }
        }
    } }
}
