//! The work lists: dossiers that need something from the office, most urgent first.

mod bulk;
mod rows;

use jiff::civil::Date;
use maud::{Markup, html};
use motcua::store::Did;
use rules::clock::Office;
use rules::dossier::Filing;
use rules::http::Response;
use rules::http::query;
use rules::limits::{LONGEST_ACCOUNT, LONGEST_CODE};
use rules::vietnam;
use rules::worklist::{After, Asked, Counts, Filters, List};

use crate::api::commands;
use crate::pages::layout::{Frame, Place, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Staff;
use crate::words::{filing, of_command};
use ::pages::form::Form;
use bulk::IN_BULK;
pub(crate) use rows::rows;

/// One tab: a list, or a part of one by the due date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Late,
    Soon,
    All(List),
}

impl View {
    const ALL: [Self; 9] = [
        Self::All(List::Decide),
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

    /// Whether any dossier in it is one too many.
    fn presses(self) -> bool {
        matches!(self, Self::Late | Self::All(List::Decide))
    }

    fn name(self) -> [&'static str; 2] {
        match self {
            Self::Late => ["Quá hạn", "Late"],
            Self::Soon => ["Đến hạn trong một ngày", "Due within a day"],
            Self::All(List::Decide) => ["Chờ quyết định", "Wants a decision"],
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
    site.recorder.store().keep_to_decide(&staff.agency, &found.counts, frame.now);
    let frame = &Frame { to_decide: Some(found.counts.of(List::Decide)), ..frame.clone() };
    if !found.rows.is_empty() {
        visit.audits(Did::SawList { list: view.path().to_owned(), shown: found.rows.len() }).await?;
    }
    let procedures =
        site.recorder.catalogue().of_rows(&staff.agency, found.rows.iter().map(|listed| &listed.row)).await?;
    let content = html! {
        (tabs(frame, view, &days, &found.counts))
        @if view == View::All(List::Decide) { (about_decisions(frame)) }
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
            li { a href={ "/desk/lists/" (view.path()) } aria-current=[(view == here).then_some("page")] class=[(view.presses() && count > 0).then_some("late")] {
                (frame.lang.pick(view.name())) " " b { (count) }
            } }
        }
        // Not a tab of work: it only grows, so its number would say nothing.
        li { a href="/desk/register" { (frame.lang.pick(View::All(List::Received).name())) } }
    } } }
}

fn about_decisions(frame: &Frame) -> Markup {
    html! { p { (frame.say(
        "Thời hạn đã hết mà chưa ai quyết định. Chưa tiếp nhận: tiếp nhận, yêu cầu bổ sung hoặc từ chối. Quá hạn bổ sung, nộp phí: dừng xử lý, ghi kết quả từ chối, hoặc chờ thêm. Ngày hẹn tính theo lịch nghỉ cũ không còn rõ: tính lại hoặc giữ nguyên.",
        "A limit ended and nobody decided. Not accepted in time: accept, ask for a supplement or refuse. A missed wait: close, record a negative result, or wait on. Dates of an unknown table of days off: count them anew, or keep them.",
    )) } }
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
