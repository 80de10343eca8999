//! Tasks that no function could finish: messages of portals and gateways that could not be used, orders whose end no
//! gateway tells, messages to applicants whose content could not be read, dossiers whose clock could not be moved. A
//! person looks at one and has it tried again, or notes that it was dealt with. Messages that did not reach somebody
//! stand in the phone list.

mod forms;
mod unfetched;
mod untold;

use maud::{Markup, html};
use motcua::checkout::Checkout;
use motcua::recorder::Arrival;
use motcua::store::{Aside, AsidePage, AuditEntry, Did, Item, Store, TaskKind, text};
use rules::config::Config;
use rules::http::{Response, query, respond};
use rules::language::Both;
use rules::limits::LONGEST_TEXT;
use rules::vietnam;

use crate::pages::dossier::days_since;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::{Permission, Staff};
use crate::words::{self, unsent};
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use forms::{PAYMENT, can_be_done_with, can_be_tried_again, why};
use untold::{Codes, codes};

const ROOT: &str = "/desk/aside";
/// Each kind with its name in an address and its title. Money has a page of its own.
const KINDS: [(TaskKind, &str, Both); 9] = [
    (
        TaskKind::Arrival,
        "arrivals",
        ["Thông báo nhận được mà không dùng được", "Messages received that could not be used"],
    ),
    (TaskKind::Checkout, "orders", ["Lệnh thanh toán không rõ kết quả", "Orders whose end no gateway tells"]),
    (TaskKind::Message, "sms", ["Tin nhắn chưa đọc được nội dung", "Messages whose content could not be read"]),
    (
        TaskKind::Telling,
        "refused",
        ["Hồ sơ mà cổng dịch vụ công không nhận", "Dossiers that a portal refuses to be told of"],
    ),
    (
        TaskKind::Files,
        "files",
        ["Tệp trên cổng dịch vụ công chưa lấy được", "Files of portals that could not be fetched"],
    ),
    (
        TaskKind::Door,
        "doors",
        ["Cổng dịch vụ công, bưu điện không cho đăng nhập", "Portals and operators that do not let the office log in"],
    ),
    (TaskKind::Parcel, "parcels", ["Bưu gửi cần xem lại", "Parcels to look at"]),
    (
        TaskKind::Stray,
        "strays",
        ["Thông báo của bưu điện về bưu gửi không có ở đây", "Events of an operator about parcels that are not here"],
    ),
    (TaskKind::Dossier, "dossiers", ["Hồ sơ không tự tính được thời hạn", "Dossiers whose clock could not be moved"]),
];

/// Answers the lists, each from its beginning; or one of them from a place.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    match (path, visit.sent()?) {
        (["aside"], None) => list(visit, &visit.asked()).await,
        (["aside", name], None) => one(visit, name).await,
        (["aside", name], Some(sent)) => Box::pin(decide(visit, name, &sent)).await,
        (["aside"], Some(_)) => Err(Problem::Method),
        _ => Err(Problem::NotFound),
    }
}

async fn list(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let store = site.recorder.store();
    let chosen = match asked.get("kind") {
        Some(name) => Some(KINDS.iter().find(|kind| kind.1 == name).ok_or(Problem::NotFound)?),
        None => None,
    };
    let mut pages = Vec::new();
    for kind in KINDS.iter().filter(|kind| chosen.is_none_or(|chosen| chosen.1 == kind.1)) {
        let after = asked.get("after").filter(|_| chosen.is_some());
        pages.push((kind, store.set_aside(&staff.agency, kind.0, after).await?.ok_or(Problem::NotFound)?));
    }
    let codes = codes(visit, pages.iter().flat_map(|(_, page)| &page.items)).await?;
    let nothing = pages.iter().all(|(_, page)| page.items.is_empty());
    let done = asked.get("done").map(|done| match done {
        "again" => frame.say("Đã xếp lại: lượt chạy tới sẽ thử.", "It is in line again: the next run tries it."),
        _ => frame.say("Đã ghi là đã xử lý.", "Noted as dealt with."),
    });
    let content = html! {
        @if let Some(done) = done { div.notice.done role="status" { p { strong { (done) } } } }
        @if nothing { p { (frame.say("Không có sự cố nào cần xử lý.", "Nothing waits for a person.")) } }
        @for (kind, page) in &pages { (section(visit, kind, page, &codes)) }
        p { a href="/desk/money" { (frame.say("Khoản thu chưa khớp hồ sơ có trang riêng", "Money that fits nothing has a page of its own")) } }
    };
    Ok(shown(frame, 200, &content))
}

fn shown(frame: &Frame, status: u16, content: &Markup) -> Response {
    framed(status, frame, Place::Aside, frame.say("Sự cố cần xử lý", "To look at"), content)
}

fn section(visit: &Visit<'_>, kind: &(TaskKind, &'static str, Both), page: &AsidePage, codes: &Codes) -> Markup {
    let frame = visit.frame;
    // Dossiers that another office has too want something else than those that a portal merely refuses.
    let (claimed, others): (Vec<_>, Vec<_>) = page.items.iter().partition(|it| untold::is_claimed(it));
    html! {
        (rows(visit, ("claimed", untold::CLAIMED), &claimed, codes))
        (rows(visit, (kind.1, kind.2), &others, codes))
        @if let Some(next) = &page.next {
            p { a.button rel="next" href={ (ROOT) "?kind=" (kind.1) "&after=" (query::encode(next.as_bytes())) } {
                (frame.say("Trang sau", "Next page"))
            } }
        }
    }
}

fn rows(visit: &Visit<'_>, (name, title): (&str, Both), items: &[&Aside], codes: &Codes) -> Markup {
    let Visit { site, staff, frame, .. } = *visit;
    let [since, days, what] =
        [frame.say("Từ lúc", "Since"), frame.say("Đã chờ", "Waiting"), frame.say("Việc gì", "What")];
    // Advice is said once, if it is the same for all of them.
    let mut advice: Vec<_> = items.iter().map(|it| untold::advice(it)).collect();
    advice.dedup();
    let advice = match advice[..] {
        [same] => same,
        _ => None,
    };
    html! { @if !items.is_empty() {
        h2 { (frame.lang.pick(title)) }
        @if let Some(advice) = advice { p { (frame.lang.pick(advice)) } }
        div.list { table.rows id=(name) {
            thead { tr { @for head in [since, days, what, ""] { th scope="col" { (head) } } } }
            tbody { @for it in items { tr {
                td.nowrap data-name=(since) { (vietnam::date_time(it.since)) }
                td data-name=(days) { (days_since(it.since, frame.now)) " " (frame.say("ngày", "days")) }
                td.wide data-name=(what) { (told(frame, (&site.config, codes), it)) }
                td.nowrap { a href={ (ROOT) "/" (it.name(&staff.agency)) } { (frame.say("Xử lý", "Decide")) } }
            } } }
        } }
    } }
}

/// A line about it, without anything of its content.
fn told(frame: &Frame, (config, codes): (&Config, &Codes), it: &Aside) -> Markup {
    let item = &it.read.item;
    let dossier = html! { @if let Some(id) = it.task.dossier() {
        (frame.say("hồ sơ", "dossier")) " " a.code href={ "/desk/dossiers/" (id) } { (id) }
    } };
    match it.task.kind {
        TaskKind::Arrival => match Arrival::read(item) {
            Ok(arrival) => html! {
                (source(frame, config, &arrival)) ", " (frame.say("nhận", "received")) " " (vietnam::date_time(arrival.received_at))
                @if let Some(why) = why(it) { " · " (frame.lang.pick(why.said())) }
            },
            Err(_) => unreadable(frame),
        },
        TaskKind::Checkout => match Checkout::read(item) {
            Ok(order) => html! {
                (words::channel(&order.channel, config, frame.lang)) " · " span.code { (order.number) } " · " strong { (order.amount_vnd) } " · " (dossier)
            },
            Err(_) => unreadable(frame),
        },
        TaskKind::Message => {
            html! { (dossier) @if let Some(reason) = text(item, "reason") { " · " (unsent(reason, frame.lang)) } }
        }
        TaskKind::Telling => untold::line(frame, (config, codes), it).unwrap_or_else(|| unreadable(frame)),
        TaskKind::Files => unfetched::line(frame, codes, it).unwrap_or_else(|| unreadable(frame)),
        TaskKind::Door => untold::door(frame, config, it),
        TaskKind::Parcel => html! { @if let Some(no) = it.task.key.parcel_no() {
            (frame.say("bưu gửi", "parcel")) " " a.code href={ "/desk/post/parcels/" (no) } { (no) }
        } },
        TaskKind::Stray => stray(frame, config, item),
        // Receipts have a page of their own.
        TaskKind::Dossier | TaskKind::Money | TaskKind::Receipt => dossier,
    }
}

/// An event of a parcel that nobody here knows.
fn stray(frame: &Frame, config: &Config, item: &Item) -> Markup {
    match Store::stray_of(item) {
        Ok(stray) => html! {
            (config.post_called(&stray.operator)) ": "
            span.code { (stray.order.as_deref().or(stray.waybill.as_deref()).unwrap_or("–")) } " · "
            (stray.event.state.map_or_else(|| frame.say("mã chưa biết", "an unknown code"), |state| frame.lang.pick(state.said())))
            " (" span.code { (stray.event.code) } ") " (vietnam::date_time(stray.event.at))
        },
        Err(_) => unreadable(frame),
    }
}

fn unreadable(frame: &Frame) -> Markup {
    html! { (frame.say("Do phiên bản mới hơn ghi, chưa đọc được ở đây.", "Written by a newer version, not readable here.")) }
}

fn source(frame: &Frame, config: &Config, arrival: &Arrival) -> String {
    match arrival.portal.strip_prefix(PAYMENT) {
        Some(channel) => {
            format!("{} {}", frame.say("cổng thanh toán", "payment gateway"), config.channel_called(channel))
        }
        None => config.portal_called(&arrival.portal).to_owned(),
    }
}

/// Shows one task.
pub(crate) async fn one(visit: &Visit<'_>, name: &str) -> Result<Response, Problem> {
    let Visit { site, staff, .. } = *visit;
    let it = site.recorder.store().one_aside(&staff.agency, name).await?.ok_or(Problem::NotFound)?;
    shows(visit, name, &it).await?;
    let codes = codes(visit, std::iter::once(&it)).await?;
    Ok(whole(visit, name, (&it, &codes), (200, &Form::default(), &Mistakes::default())))
}

/// Audits that a message is read as it was received.
async fn shows(visit: &Visit<'_>, name: &str, it: &Aside) -> Result<(), Problem> {
    match body(visit.staff, it) {
        Some(_) => visit.audits(Did::ReadAside { item: name.to_owned() }).await,
        None => Ok(()),
    }
}

/// The message as received, for those who decide.
fn body(staff: &Staff, it: &Aside) -> Option<String> {
    Arrival::read(&it.read.item).ok().filter(|_| staff.decides_money()).map(|arrival| arrival.body)
}

fn whole(
    visit: &Visit<'_>,
    name: &str,
    (it, codes): (&Aside, &Codes),
    (status, sent, mistakes): (u16, &Form, &Mistakes),
) -> Response {
    let Visit { site, staff, frame, .. } = *visit;
    let title = match untold::is_claimed(it) {
        true => untold::CLAIMED,
        false => KINDS.iter().find(|kind| kind.0 == it.task.kind).map_or(["", ""], |kind| kind.2),
    };
    let body = body(staff, it);
    let content = html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        p { strong { (frame.lang.pick(title)) } }
        p { (told(frame, (&site.config, codes), it)) }
        p { (frame.say("Chờ từ", "Waiting since")) " " (vietnam::date_time(it.since)) "." }
        @if let Some(advice) = untold::advice(it) { p { (frame.lang.pick(advice)) } }
        @if let Some(body) = body {
            details { summary { (frame.say("Nội dung như đã nhận", "As it was received")) } p.sms.wide { bdi { (body) } } }
        }
        @if staff.role().holds(Permission::Overrule) { (forms::both(frame, &format!("{ROOT}/{name}"), it, (sent, mistakes))) }
        @else { p.hint { (frame.say("Lãnh đạo quyết định.", "A manager decides.")) } }
        p { a href=(ROOT) { (frame.say("Về danh sách", "Back to the list")) } }
    };
    shown(frame, status, &content)
}

/// Has a task tried again, or notes that it was dealt with.
pub(crate) async fn decide(visit: &Visit<'_>, name: &str, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    staff.needs(Permission::Overrule)?;
    let store = site.recorder.store();
    let it = store.one_aside(&staff.agency, name).await?.ok_or(Problem::NotFound)?;
    let again = match sent.get("do") {
        Some("again") if can_be_tried_again(&it) => true,
        Some("done") if can_be_done_with(&it) => false,
        _ => return Err(Problem::Form(::pages::form::NotAForm::Malformed)),
    };
    let note = sent.get("note").unwrap_or_default().trim();
    if !again && (note.is_empty() || note.chars().count() > LONGEST_TEXT) {
        let why =
            frame.say("Hãy ghi đã xử lý thế nào, tối đa 500 ký tự.", "Say how it was dealt with, in 500 characters.");
        let mistakes = Mistakes::at("note", "", why);
        shows(visit, name, &it).await?;
        let codes = codes(visit, std::iter::once(&it)).await?;
        return Ok(whole(visit, name, (&it, &codes), (422, sent, &mistakes)));
    }
    let did = Did::Attended { item: name.to_owned(), again, note: note.to_owned() };
    let entry = AuditEntry { at: frame.now, who: staff.subject.clone(), did };
    // Nothing is done that cannot be audited.
    store.audit(&staff.agency, &entry).await?;
    match again {
        true => store.try_again(&staff.agency, &it, frame.now).await?,
        false => store.finish(&it.task).await?,
    }
    store.forget_set_aside(&staff.agency);
    let done = if again { "again" } else { "done" };
    Ok(respond::see_other(format!("{ROOT}?done={done}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_a_person_has_a_page() {
        // Money and receipts have pages of their own.
        let elsewhere = [TaskKind::Money, TaskKind::Receipt];
        let shown: Vec<_> = KINDS.iter().map(|kind| kind.0).chain(elsewhere).collect();
        assert!(TaskKind::ALL.iter().all(|kind| shown.contains(kind)));
    }
}
