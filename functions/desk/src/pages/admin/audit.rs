//! The audit of a day, for everybody or for one account. The text of a search is never shown, only its kind and that
//! the same was searched again.

use jiff::civil::Date;
use maud::{Markup, html};
use motcua::store::{AuditEntry, AuditPage, Declined, Did, NO_ACCOUNT, NotLetIn, People, Way};
use rules::http::Response;
use rules::http::query;
use rules::id::DossierId;
use rules::limits::LONGEST_ACCOUNT;
use rules::papers::ContentHash;
use rules::vietnam;
use rules::worklist;

use super::posting;
use super::{ROOT, Tab, dismiss, page};
use crate::api::{commands, money};
use crate::pages::layout::{Frame, Place};
use crate::pages::period::{Wrong, day_fields, days};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::pages::work;
use crate::words::{of_command, outcome};
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_SHOWN};
use ::pages::part::field::{Field, Line};

/// Stored pages that are read to fill one shown page: a day may hold few entries of one account.
const MOST_PAGES: u32 = 10;
/// Entries from which on no further stored page is read.
const ENOUGH: usize = 50;

/// The day and the account asked for.
pub(super) struct Asked {
    /// The day in Vietnam.
    pub day: Date,
    /// The account; `None` for all.
    pub account: Option<String>,
}

impl Asked {
    fn of(frame: &Frame, asked: &Form) -> Result<Self, Wrong> {
        let [day] = days(asked, ["day"])?;
        Ok(Self {
            day: day.unwrap_or_else(|| vietnam::day(frame.now)),
            account: asked.get("account").map(str::to_owned),
        })
    }
}

pub(super) async fn show(visit: &Visit<'_>, form: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let title = frame.say("Nhật ký: ai đã làm gì", "Audit: who did what");
    let asked = match Asked::of(frame, form) {
        Ok(asked) => asked,
        Err(wrong) => {
            let mistakes = wrong.mistakes(frame.lang);
            let content = html! { (mistakes.summary(frame.lang, NOT_SHOWN)) (asking(frame, form, None, &mistakes)) };
            return Ok(page(400, frame, Tab::Audit, title, &content));
        }
    };
    let store = site.recorder.store();
    let mut found = AuditPage { entries: Vec::new(), next: form.get("after").map(str::to_owned) };
    for _ in 0..MOST_PAGES {
        let page = store.audited(&staff.agency, asked.day, asked.account.as_deref(), found.next.as_deref()).await?;
        let page = page.ok_or(Problem::NotFound)?;
        found.entries.extend(page.entries);
        found.next = page.next;
        if found.next.is_none() || found.entries.len() >= ENOUGH {
            break;
        }
    }
    // A look without an account lies at the beginning of its hour.
    found.entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    let ended = form.get("done") == Some("ended");
    let people = visit.people().await?;
    let content = html! {
        (content(frame, &asked, &found, &people))
        @if let Some(account) = &asked.account { (dismiss::form(frame, account, ended)) }
    };
    Ok(page(200, frame, Tab::Audit, title, &content))
}

/// The page's own part.
pub(super) fn content(frame: &Frame, asked: &Asked, found: &AuditPage, people: &People) -> Markup {
    let account = asked.account.as_deref().unwrap_or_default();
    html! {
        (asking(frame, &Form::default().with("account", account), Some(asked.day), &Mistakes::default()))
        @if found.entries.is_empty() {
            p role="status" { (frame.say("Không có gì được ghi.", "Nothing was recorded.")) }
        } @else {
            div.list { table.rows id="audit" {
                thead { tr {
                    th scope="col" { (frame.say("Lúc", "When")) }
                    th scope="col" { (frame.say("Tài khoản", "Account")) }
                    th scope="col" { (frame.say("Việc", "What")) }
                } }
                tbody { @for entry in &found.entries { tr {
                    td data-name=(frame.say("Lúc", "When")) { (time(entry)) }
                    td data-name=(frame.say("Tài khoản", "Account")) { (whose(frame, people, &entry.who)) }
                    td data-name=(frame.say("Việc", "What")) { (told(frame, &entry.did, people)) }
                } } }
            } }
        }
        @if let Some(next) = &found.next {
            p { a.button href={
                (ROOT) "/audit?day=" (asked.day) "&account=" (query::encode(account.as_bytes()))
                "&after=" (query::encode(next.as_bytes()))
            } { (frame.say("Cũ hơn", "Older")) } }
        }
    }
}

/// The form that asks for a day and an account.
fn asking(frame: &Frame, form: &Form, day: Option<Date>, mistakes: &Mistakes) -> Markup {
    let account =
        Field::new(frame.lang, "account", frame.say("Tài khoản (để trống: mọi người)", "Account (empty: everybody)"));
    let line = Line { name: "account", value: form.get("account"), longest: Some(LONGEST_ACCOUNT), ..Line::default() };
    html! {
        form.filter method="get" action={ (ROOT) "/audit" } novalidate {
            (day_fields(frame.lang, form, &[("day", ["Ngày", "Day"], day)], mistakes))
            (account.line(&line))
            button { (frame.say("Xem", "Show")) }
        }
    }
}

fn time(entry: &AuditEntry) -> String {
    let wall = vietnam::civil(entry.at);
    format!("{:02}:{:02}:{:02}", wall.hour(), wall.minute(), wall.second())
}

/// Somebody's name before their account, which tells two of one name apart.
fn whose(frame: &Frame, people: &People, who: &str) -> Markup {
    html! { @if who == NO_ACCOUNT { (frame.say("Người dân", "The public")) } @else if let Some(name) = people.name_of(who) { bdi { (name) } " " small { bdi { (who) } } } @else { bdi { (who) } } }
}

fn told(frame: &Frame, did: &Did, people: &People) -> Markup {
    match did {
        Did::Opened { id } => html! { (frame.say("Mở hồ sơ", "Opened dossier")) " " (dossier(id.as_str())) },
        Did::Shown { id, by } => html! {
            (frame.say("Hồ sơ được mở", "A dossier was opened")) " " (dossier(id.as_str())) ": " (frame.lang.pick(by.said()))
        },
        Did::Commanded { id, version, command } => html! {
            strong { (frame.lang.pick(of_command(*command))) } " "
            (dossier(id.as_str())) " (" (frame.say("phiên bản", "version")) " " (version) ")"
        },
        Did::OpenedOrder { id, attempt } => html! {
            (frame.say("Mở cách nộp tiền", "Opened the way to pay")) " " (dossier(id.as_str()))
            " (" (frame.say("lần", "attempt")) " " (attempt) ")"
        },
        Did::StoredFile { id, sha256 } => html! {
            strong { (frame.say("Lưu bản quét", "Stored a scan")) } " " (dossier(id.as_str())) " · " (file(*id, sha256))
        },
        Did::OpenedFile { id, sha256 } => html! {
            (frame.say("Mở bản quét", "Opened a scan")) " " (dossier(id.as_str())) " · " (file(*id, sha256))
        },
        Did::DecidedMoney { money, version } => html! {
            strong { (frame.say("Xử lý khoản thu", "Decided about money")) } " "
            a href={ "/desk/money/" (money) } { (frame.say("xem", "look")) }
            " (" (frame.say("phiên bản", "version")) " " (version) ")"
        },
        Did::Searched { kind, found, asked } => html! {
            (frame.lang.pick(sought(*kind))) ": " (found) " " (frame.say("kết quả", "found"))
            // The beginning of the mark is enough to see that the same was searched again.
            " · " small.code { (asked.chars().take(8).collect::<String>()) }
        },
        Did::Listed { from, until, shown, by } => html! {
            (frame.lang.pick(way(*by))) " " (vietnam::written(*from)) "–" (vietnam::written(*until)) ": "
            (shown) " " (frame.say("hồ sơ", "dossiers"))
        },
        Did::Attended { item, again, note } => html! {
            strong { (match again {
                true => frame.say("Cho thử lại", "Had tried again"),
                false => frame.say("Ghi là đã xử lý", "Noted as dealt with"),
            }) } " " a href={ "/desk/aside/" (item) } { (frame.say("xem", "look")) } " " bdi { (note) }
        },
        Did::DecidedReceipt { id, act } => html! {
            (frame.say("Xử lý biên lai điện tử", "Decided about a receipt")) " " (act) " " (dossier(id.as_str()))
        },
        Did::ReportedReceipts { day, rows } => html! {
            (frame.say("Ghi nhận đã nộp bảng tổng hợp biên lai", "Noted a table of receipts as reported")) " "
            (vietnam::written(*day)) " · " (rows)
        },
        Did::TookReceipts { day, rows } => html! {
            (frame.say("Tải bảng tổng hợp biên lai", "Took a table of receipts")) " " (vietnam::written(*day)) " · " (rows)
        },
        Did::Compared { channel, from, until, differences } => html! {
            strong { (frame.say("Đối soát kênh", "Settled channel")) } " " (channel) " " (vietnam::written(*from)) "–"
            (vietnam::written(*until)) ": " (differences) " " (frame.say("khác biệt", "differences"))
        },
        Did::Imported { now, before } => html! {
            strong { (frame.say("Nhập danh mục", "Imported a catalogue")) } ": " (now) " " (frame.say("mới", "new")) ", "
            (before) " " (frame.say("đã có", "there before"))
        },
        Did::SawList { list, shown } => html! {
            (frame.say("Xem danh sách", "Looked at the list")) " "
            a href={ "/desk/lists/" (list) } { (work::title(list).map_or(list.as_str(), |title| frame.lang.pick(title))) } ": "
            (shown) " " (frame.say("hồ sơ", "dossiers"))
        },
        Did::SawRatings { shown } => html! {
            (frame.say("Đọc ý kiến kèm đánh giá", "Read what was written with ratings")) ": " (shown)
        },
        Did::SawCalls { shown } => html! {
            (frame.say("Xem danh sách", "Looked at the list")) " "
            a href="/desk/calls" { (frame.lang.pick(Place::Calls.name().1)) } ": " (shown) " " (frame.say("người", "people"))
        },
        Did::Post { what, no } => html! {
            (frame.lang.pick(posting::act(what))) " "
            @if let Some(kind) = posting::part(no) { a.code href={ "/desk/post/" (kind) "/" (no) } { (no) } } @else { (no) }
        },
        Did::OpenedCall { call } => html! {
            (frame.say("Xem một người cần gọi", "Looked at a person to be called")) " "
            a href={ "/desk/calls/" (call) } { (frame.say("xem", "look")) }
        },
        Did::Called { call, outcome: it } => html! {
            strong { (frame.say("Ghi kết quả cuộc gọi", "Recorded a call")) } ": " (frame.lang.pick(outcome(*it))) " "
            a href={ "/desk/calls/" (call) } { (frame.say("xem", "look")) }
        },
        Did::ReadMoney { money } => html! {
            (frame.say("Đọc thông báo gốc của một khoản thu", "Read a payment's message as received")) " "
            a href={ "/desk/money/" (money) } { (frame.say("xem", "look")) }
        },
        Did::ReadAside { item } => html! {
            (frame.say("Đọc nguyên văn một thông báo nhận được", "Read a message as it was received")) " "
            a href={ "/desk/aside/" (item) } { (frame.say("xem", "look")) }
        },
        Did::Refused { what, id, because } => html! {
            strong { (frame.say("Bị từ chối", "Was refused")) } ": " (asked_for(frame, what))
            @if let Some(id) = id { " " (dossier(id.as_str())) }
            " (" (frame.lang.pick(declined(*because))) ")"
        },
        Did::WroteWishes { id, .. } => html! {
            strong { (frame.say("Ghi cách báo tin", "Noted how to tell somebody")) } " " (dossier(id.as_str()))
        },
        Did::PublishedNotice { number, version } => html! {
            strong { (frame.say("Công bố thông báo", "Published the notice")) } " "
            a href={ "/desk/notices/" (number) } { (number) } " (" (frame.say("bản", "version")) " " (version) ")"
        },
        Did::Broadcast { number, act } => html! {
            strong { (frame.say("Gửi tin", "Broadcast")) } " " a href={ "/desk/broadcasts/" (number) } { (number) } ": "
            (frame.lang.pick(act.said()))
        },
        Did::NotSignedIn { because } => html! {
            strong { (frame.say("Không đăng nhập được", "Could not sign in")) } ": " (frame.lang.pick(not_let_in(*because)))
        },
        Did::Dismissed { account } => html! {
            strong { (frame.say("Kết thúc mọi phiên của tài khoản", "Ended all sessions of the account")) } " "
            a href={ (ROOT) "/audit?account=" (query::encode(account.as_bytes())) } { (whose(frame, people, account)) }
        },
        Did::ClosedAccount { account, closed } => html! {
            strong { (match closed {
                true => frame.say("Khóa tài khoản", "Closed the account"),
                false => frame.say("Mở lại tài khoản", "Opened the account again"),
            }) } " " a href={ (ROOT) "/audit?account=" (query::encode(account.as_bytes())) } { (whose(frame, people, account)) }
        },
        Did::SignedIn => html! { (frame.say("Đăng nhập", "Signed in")) },
        Did::SignedOut => html! { (frame.say("Đăng xuất", "Signed out")) },
    }
}

fn way(way: Way) -> [&'static str; 2] {
    match way {
        Way::Page => ["Xem sổ theo dõi", "Looked at the register"],
        Way::Print => ["In sổ theo dõi", "Printed the register"],
        Way::File => ["Xuất sổ theo dõi", "Exported the register"],
    }
}

/// The name of what was asked for.
fn asked_for<'w>(frame: &Frame, what: &'w str) -> &'w str {
    let command = commands::find(what).map(|spec| spec.kind).or_else(|| money::find(what).map(|spec| spec.kind));
    let place = || Place::named(what).map(|place| place.name().1);
    let other = || match what {
        "pay-link" => Some(["Mở cách nộp tiền", "Opening the way to pay"]),
        "takeover" => Some(["Nhận hồ sơ từ phần mềm cũ", "Take-over of dossiers"]),
        "catalogue" => Some(["Danh mục thủ tục", "Catalogue"]),
        _ => None,
    };
    command.map(of_command).or_else(place).or_else(other).map_or(what, |words| frame.lang.pick(words))
}

fn declined(because: Declined) -> [&'static str; 2] {
    match because {
        Declined::NotAllowed => ["vai trò không có quyền", "the role may not"],
        Declined::ByItsState => ["trạng thái không cho phép", "its state does not allow it"],
    }
}

fn not_let_in(because: NotLetIn) -> [&'static str; 2] {
    match because {
        NotLetIn::ByTheProvider => ["nơi đăng nhập không cho vào", "the provider let nobody in"],
        NotLetIn::NotProved => ["không xác minh được", "it could not be proved"],
        NotLetIn::NoStaff => ["tài khoản không có cơ quan hoặc vai trò", "the account has no agency or no role"],
        NotLetIn::Closed => ["tài khoản đã bị khóa", "the account is closed"],
        NotLetIn::Ended => ["phiên hoặc mã truy cập đã bị kết thúc", "the session or token was ended before"],
    }
}

fn dossier(id: &str) -> Markup {
    html! { a.code href={ "/desk/dossiers/" (id) } { (id) } }
}

/// The beginning of its hash is enough to tell the files of one dossier apart.
fn file(id: DossierId, sha256: &ContentHash) -> Markup {
    html! { a.code href={ "/desk/dossiers/" (id) "/files/" (sha256) } { (sha256.as_str().chars().take(8).collect::<String>()) } }
}

fn sought(kind: worklist::Kind) -> [&'static str; 2] {
    match kind {
        worklist::Kind::Code => ["Tìm theo mã hồ sơ", "Searched by code"],
        worklist::Kind::Phone => ["Tìm theo số điện thoại", "Searched by phone"],
        worklist::Kind::Identity => ["Tìm theo số giấy tờ", "Searched by identity number"],
        worklist::Kind::Name => ["Tìm theo tên", "Searched by name"],
    }
}
