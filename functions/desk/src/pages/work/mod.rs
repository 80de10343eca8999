//! The work lists: dossiers that need something from the office, most urgent first.

mod bulk;
mod rows;

use jiff::civil::Date;
use maud::{Markup, html};
use motcua::store::{Did, Member, People};
use rules::clock::Office;
use rules::dossier::{Filing, Kind};
use rules::http::Response;
use rules::http::query;
use rules::limits::LONGEST_CODE;
use rules::vietnam;
use rules::worklist::{After, Asked, Counts, Filters, List};

use crate::api::commands;
use crate::api::receivers::refuses;
use crate::pages::layout::{Frame, Place, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::{Permission, Staff};
use crate::words::{filing, named, of_command};
use ::pages::form::Form;
use ::pages::part::pager::pager;
use ::pages::part::tabs::{Tab, folded, tabs as parts};
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
            Self::Soon => ["Sắp đến hạn", "Due within a day"],
            Self::All(List::Decide) => ["Chờ quyết định", "Wants a decision"],
            Self::All(List::New) => ["Mới, chờ tiếp nhận", "New"],
            Self::All(List::Running) => ["Đang giải quyết", "In progress"],
            Self::All(List::Paused) => ["Dừng tính", "Paused"],
            Self::All(List::Fee) => ["Chờ phí, lệ phí", "Awaiting a fee"],
            Self::All(List::Originals) => ["Chờ bản chính", "Awaiting originals"],
            Self::All(List::Post) => ["Kết quả chờ gửi bưu điện", "Results to post"],
            Self::All(List::Ready) => ["Chờ trả kết quả", "Results to hand out"],
            Self::All(List::Received) => ["Sổ theo dõi hồ sơ", "Register"],
        }
    }
}

/// The title of a list.
pub(crate) fn title(list: &str) -> Option<[&'static str; 2]> {
    match List::named(list) {
        Some(List::Post) => Some(["Kết quả chờ gửi bưu điện", "Results to post"]),
        _ => View::named(list).map(View::name),
    }
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
        [""] => {
            visit.only_reads()?;
            list(visit, first(visit.staff), &visit.asked()).await
        }
        ["lists", name] => {
            visit.only_reads()?;
            list(visit, View::named(name).ok_or(Problem::NotFound)?, &visit.asked()).await
        }
        ["bulk"] => Box::pin(bulk::act(visit, &visit.must_send()?)).await,
        _ => Err(Problem::NotFound),
    }
}

/// The first page: what wants a decision for those who overrule, what runs for everybody else.
fn first(staff: &Staff) -> View {
    match staff.role().holds(Permission::Overrule) {
        true => View::All(List::Decide),
        false => View::All(List::Running),
    }
}

/// A page of a list.
async fn list(visit: &Visit<'_>, view: View, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let office = site.recorder.office(&staff.agency);
    let days = Days::of(&office, frame);
    let filters = Filters {
        procedure: asked.get("procedure").map(str::to_owned),
        holder: asked.get("mine").map(|_| staff.subject.clone()).or_else(|| asked.get("holder").map(str::to_owned)),
        filing: asked.get("filing").and_then(filing_named),
        unasked: asked.get("unasked").is_some(),
    };
    let after = asked.get("after").map(|after| After::parse(after).ok_or(Problem::NotFound)).transpose()?;
    let wanted = Asked { filters, after, ..days.asked(view) };
    let (found, people) = tokio::join!(site.recorder.store().work_list(&staff.agency, &wanted), visit.people());
    let (found, people) = (found?, people?);
    let mut frame = frame.clone();
    // The counts of one person's part say nothing about the whole agency.
    if wanted.part_of().is_none() {
        site.recorder.store().keep_counts(&staff.agency, &found.counts, frame.now);
        frame.counts = Some(found.counts.clone());
    }
    let frame = &frame;
    if !found.rows.is_empty() {
        visit.audits(Did::SawList { list: view.path().to_owned(), shown: found.rows.len() }).await?;
    }
    let procedures =
        site.recorder.catalogue().of_rows(&staff.agency, found.rows.iter().map(|listed| &listed.row)).await?;
    let here = format!("/desk/lists/{}?{}", view.path(), kept(asked));
    let first = asked.get("after").map(|_| here.trim_end_matches(['?', '&']).to_owned());
    let next = found.next.as_ref().map(|next| format!("{here}after={next}"));
    let content = html! {
        (tabs(frame, view, &days, &found.counts, &kept(asked)))
        @if view == View::All(List::Decide) { (about_decisions(frame)) }
        (folded(&html! { (frame.say("Lọc danh sách", "Filter")) }, &filter(frame, view, asked, &people)))
        @if found.rows.is_empty() {
            p { (frame.say("Không có hồ sơ nào ở đây.", "Nothing here.")) }
        } @else {
            form method="post" action="/desk/bulk" {
                (frame.csrf_field())
                (rows(staff, frame, &office, &found.rows, (&procedures, &people)))
                (bulk(staff, frame))
            }
        }
        (pager(frame.lang, first.as_deref(), next.as_deref()))
    };
    Ok(page(frame, Place::Work, frame.lang.pick(view.name()), &content))
}

/// The filters of this page, for the address of the next and of the other lists.
fn kept(asked: &Form) -> String {
    let known = ["procedure", "holder", "mine", "filing", "unasked"];
    let filters = asked.fields().filter(|(name, value)| known.contains(name) && !value.is_empty());
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

fn tabs(frame: &Frame, here: View, days: &Days, counts: &Counts, kept: &str) -> Markup {
    let query = kept.strip_suffix('&').map(|kept| format!("?{kept}")).unwrap_or_default();
    let tab = |view: View| Tab {
        href: format!("/desk/lists/{}{query}", view.path()),
        name: view.name(),
        count: Some(days.count(counts, view)),
        presses: view.presses(),
        open: view == here,
    };
    // The register is no tab of work: it only grows, so its number would say nothing.
    let register = Tab {
        href: "/desk/register".into(),
        name: View::All(List::Received).name(),
        count: None,
        presses: false,
        open: false,
    };
    let all: Vec<_> = View::ALL.into_iter().map(tab).chain([register]).collect();
    parts(frame.lang, frame.say("Danh sách", "Lists"), &all)
}

fn about_decisions(frame: &Frame) -> Markup {
    html! { p { (frame.say(
        "Thời hạn đã hết mà chưa ai quyết định. Chưa tiếp nhận: tiếp nhận, yêu cầu bổ sung hoặc từ chối. Quá hạn bổ sung, nộp phí: dừng xử lý, ghi kết quả từ chối, hoặc chờ thêm. Ngày hẹn tính theo lịch nghỉ cũ không còn rõ: tính lại hoặc giữ nguyên.",
        "A limit ended and nobody decided. Not accepted in time: accept, ask for a supplement or refuse. A missed wait: close, record a negative result, or wait on. Dates of an unknown table of days off: count them anew, or keep them.",
    )) } }
}

fn filter(frame: &Frame, view: View, asked: &Form, people: &People) -> Markup {
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
            div { label for="holder" { (frame.say("Người đang xử lý", "Held by")) } select id="holder" name="holder" {
                option value="" { (frame.say("tất cả", "all")) }
                @for (who, name) in holders(frame, asked.get("holder"), people) {
                    option value=(who) selected[asked.get("holder") == Some(who)] { (name) }
                }
            } }
            label.check { input type="checkbox" name="mine" value="1" checked[asked.get("mine").is_some()]; (frame.say("việc của tôi", "mine")) }
            label.check { input type="checkbox" name="unasked" value="1" checked[asked.get("unasked").is_some()]; (frame.say("chưa hỏi nhận kết quả tại nhà", "not asked about the post")) }
            button { (frame.say("Lọc", "Filter")) }
        }
    }
}

/// The people whose work can be asked for, by name: those of the directory who handle dossiers, and whoever was asked for.
fn holders<'p>(frame: &Frame, asked: Option<&'p str>, people: &'p People) -> Vec<(&'p str, &'p str)> {
    let handles = |member: &&Member| refuses(Some(member), Kind::Forward).is_none();
    let mut accounts: Vec<_> = people.members().filter(handles).map(|member| member.seen.who.as_str()).collect();
    accounts.extend(asked.filter(|asked| !accounts.contains(asked)));
    let mut holders: Vec<_> = accounts.into_iter().map(|who| (who, named(who, people, frame.lang))).collect();
    holders.sort_by_key(|(_, name)| *name);
    holders
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
