//! The frame of every page: head, menu, language, sign-out.

use ::pages::part::head::{Head, Mark, Search};
use ::pages::part::menu::{Entry, menu};
use ::pages::{Document, language};
use jiff::Timestamp;
use maud::{Markup, html};
use rules::dossier::Kind;
use rules::http::{Response, respond};
use rules::language::Language;
use rules::vietnam;
use rules::worklist::Counts;

use super::counted;
use super::unread::{self, Unread};
use crate::permission::{Permission, Role};

/// Path at which the pages begin.
pub(crate) const ROOT: &str = "/desk";
/// Path of the list of what wants a decision.
const DECISIONS: &str = "/desk/lists/decide";
/// Path of the phone list.
const CALLS: &str = "/desk/calls";
/// Path of the results that wait for the post.
const POST: &str = "/desk/post";
/// Path of the electronic receipts.
const RECEIPTS: &str = "/desk/receipts";
/// Path of the notices.
const NOTICES: &str = "/desk/notices";
/// Path of the broadcasts.
const BROADCASTS: &str = "/desk/broadcasts";
/// Tasks that no function could finish.
const ASIDE: &str = "/desk/aside";
/// Path of the style sheet.
pub(crate) const STYLE_PATH: &str = "/desk/style.css";
/// Access key of the search field in the head.
pub(crate) const SEARCH_KEY: &str = "s";
/// Text after the title of every page.
const SITE: &str = "Một cửa";

/// Data of a page's frame: its reader, office and time.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The language it is shown in.
    pub lang: Language,
    /// The sign of the office.
    pub mark: Mark,
    /// The office's full name.
    pub office: String,
    /// Name or account of the reader, only to be shown.
    pub who: String,
    /// Role of the reader.
    pub role: Role,
    /// Secret that every form of theirs carries, so that no other site's form is taken for one.
    pub csrf: String,
    /// The office's time.
    pub now: Timestamp,
    /// The path of this page with its query, to come back to.
    pub here: String,
    /// The counts of the work lists; `None` if they are not known.
    pub counts: Option<Counts>,
    /// The notices that the reader has not confirmed.
    pub unread: Vec<Unread>,
    /// The broadcasts that wait for a release which the reader may give.
    pub releases: u64,
    /// The tasks that no function could finish and that the reader may decide about.
    pub aside: u64,
    /// Receipts to look at and tables to report; `None` if the agency has nothing to do with electronic receipts.
    pub receipts: Option<u64>,
}

/// A family of pages: a part of the menu, or what is reached from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The work lists, and one command on many dossiers.
    Work,
    /// A dossier.
    Dossier,
    /// Intake.
    New,
    /// Search.
    Search,
    /// The register.
    Register,
    /// Money: what fits nothing, the book, settlements.
    Money,
    /// The phone list.
    Calls,
    /// One text to many people.
    Broadcasts,
    /// Results and papers on their way by the public post.
    Post,
    /// Electronic receipts.
    Receipts,
    /// Tasks that no function could finish.
    Aside,
    /// Notices.
    Notices,
    /// Figures.
    Reports,
    /// The office's own settings.
    Admin,
    /// The keys of the keyboard.
    Help,
}

impl Place {
    /// The family that a path below [`ROOT`] belongs to, by its first part.
    pub(crate) fn of(path: &[&str]) -> Option<Self> {
        Some(match *path.first()? {
            "" | "lists" | "bulk" => Self::Work,
            "dossiers" => Self::Dossier,
            "new" => Self::New,
            "search" => Self::Search,
            "register" => Self::Register,
            "money" => Self::Money,
            "calls" => Self::Calls,
            "broadcasts" => Self::Broadcasts,
            "post" => Self::Post,
            "receipts" => Self::Receipts,
            "aside" => Self::Aside,
            "notices" => Self::Notices,
            "reports" | "reports.xlsx" | "reports.csv" => Self::Reports,
            "admin" => Self::Admin,
            "help" => Self::Help,
            _ => return None,
        })
    }

    /// Its name in the audit, and in words.
    pub(crate) fn name(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::Work => ("work", ["Việc cần làm", "Work"]),
            Self::Dossier => ("dossier", ["Hồ sơ", "A dossier"]),
            Self::New => ("file", ["Tiếp nhận hồ sơ", "Intake"]),
            Self::Search => ("search", ["Tìm hồ sơ", "Search"]),
            Self::Register => ("register", ["Sổ theo dõi hồ sơ", "Register"]),
            Self::Money => ("money", ["Thu tiền", "Money"]),
            Self::Calls => ("calls", ["Cần gọi điện", "People to be called"]),
            Self::Broadcasts => ("broadcasts", ["Gửi tin hàng loạt", "Broadcasts"]),
            Self::Post => ("post", ["Bưu điện", "Post"]),
            Self::Receipts => ("receipts", ["Biên lai điện tử", "Electronic receipts"]),
            Self::Aside => ("aside", ["Sự cố cần xử lý", "What waits for a person"]),
            Self::Notices => ("notices", ["Thông báo", "Notices"]),
            Self::Reports => ("reports", ["Báo cáo", "Reports"]),
            Self::Admin => ("desk", ["Quản trị", "Administration"]),
            Self::Help => ("help", ["Phím tắt", "Access keys"]),
        }
    }

    /// The place of a name in the audit.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Work, Self::Dossier, Self::New, Self::Search, Self::Register];
        let more = [Self::Money, Self::Calls, Self::Post, Self::Broadcasts, Self::Aside];
        let last = [Self::Receipts, Self::Notices, Self::Reports, Self::Admin, Self::Help];
        all.into_iter().chain(more).chain(last).find(|place| place.name().0 == name)
    }

    /// The part of the menu that is marked for it.
    fn shown_under(self) -> Self {
        if self == Self::Register { Self::Work } else { self }
    }

    /// Permission needed to open any page of it; a page may ask for more.
    pub(crate) fn needs(self) -> Permission {
        match self {
            Self::Reports => Permission::SeeReports,
            Self::Work | Self::Dossier | Self::New | Self::Search | Self::Register => Permission::Read,
            Self::Money | Self::Calls | Self::Post | Self::Broadcasts | Self::Aside | Self::Notices => Permission::Read,
            Self::Admin | Self::Help | Self::Receipts => Permission::Read,
        }
    }
}

impl Frame {
    /// Picks the Vietnamese or the English text, by the page's language.
    pub(crate) fn say<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        self.lang.pick([vi, en])
    }

    /// The hidden field that every form carries.
    pub(crate) fn csrf_field(&self) -> Markup {
        html! { input type="hidden" name="csrf" value=(self.csrf); }
    }
}

/// A page of the desk.
pub(crate) fn page(frame: &Frame, place: Place, title: &str, content: &Markup) -> Response {
    framed(200, frame, place, title, content)
}

/// The same with another status.
pub(crate) fn framed(status: u16, frame: &Frame, place: Place, title: &str, content: &Markup) -> Response {
    let csrf = frame.csrf_field();
    let who = html! {
        (reader(frame))
        (language::other(ROOT, frame.lang, &frame.here))
        form method="post" action="/desk/sign-out" {
            (csrf)
            button.plain { (frame.say("Đăng xuất", "Sign out")) }
        }
    };
    let head = Head {
        home: ROOT,
        mark: &frame.mark,
        name: &frame.office,
        below: &vietnam::date_time(frame.now),
        search: Some(Search { action: "/desk/search", csrf: &csrf, key: SEARCH_KEY }),
        who: &who,
    };
    let body = html! {
        a.skip href="#content" { (frame.say("Đến nội dung", "Skip to the content")) }
        (head.shown(frame.lang))
        (menu(frame.lang, &entries(frame, place)))
        main id="content" tabindex="-1" {
            h1 { (title) }
            (unread::head(frame.lang, &frame.unread))
            (content)
        }
        footer { div { a href="/desk/help" { (frame.say("Phím tắt", "Access keys")) } } }
    };
    respond::html(status, document(frame.lang, title).around(&body).into_string())
}

/// Name and role of the reader, once if they are the same words.
fn reader(frame: &Frame) -> Markup {
    let role = frame.role.told(frame.lang);
    let both = format!("{} · {role}", frame.who);
    let same = frame.who.to_lowercase() == role.to_lowercase();
    html! { span title=(both) { (if same { &frame.who } else { &both }) } }
}

/// A page for somebody who is not signed in.
pub(crate) fn bare(status: u16, lang: Language, title: &str, content: &Markup) -> Response {
    document(lang, title).bare(status, content)
}

fn document<'a>(lang: Language, title: &'a str) -> Document<'a> {
    Document { lang, title, site: SITE, style: STYLE_PATH }
}

/// The entries of the menu that this reader may open, each with its access key.
pub(crate) fn entries(frame: &Frame, here: Place) -> Vec<Entry<'static>> {
    let entries = [
        (Place::Work, ROOT, ["Việc cần làm", "Work"], "w", true),
        (Place::Work, DECISIONS, ["Chờ quyết định", "To decide"], "d", frame.role.may(Kind::Close)),
        (Place::New, "/desk/new", ["Tiếp nhận", "Intake"], "n", frame.role.may(Kind::Submit)),
        (Place::Money, "/desk/money", ["Thu tiền", "Money"], "m", true),
        (Place::Calls, CALLS, ["Cần gọi điện", "To call"], "g", true),
        (Place::Post, POST, ["Bưu điện", "Post"], "v", true),
        (Place::Receipts, RECEIPTS, ["Biên lai", "Receipts"], "r", frame.receipts.is_some()),
        (Place::Broadcasts, BROADCASTS, ["Gửi tin", "Broadcasts"], "l", true),
        (Place::Aside, ASIDE, ["Sự cố cần xử lý", "To look at"], "x", true),
        (Place::Notices, NOTICES, ["Thông báo", "Notices"], "t", true),
        (Place::Reports, "/desk/reports", ["Báo cáo", "Reports"], "b", frame.role.holds(Permission::SeeReports)),
        (Place::Admin, "/desk/admin", ["Quản trị", "Administration"], "q", frame.role.holds(Permission::SeeAudit)),
    ];
    let decides = frame.here.split('?').next() == Some(DECISIONS);
    let shown = |place: Place, href: &str| {
        place == here.shown_under() && (href == DECISIONS) == (decides && place == Place::Work)
    };
    let entries = entries.into_iter().filter(|entry| entry.4);
    let entry = |(place, href, name, key, _): (Place, &'static str, [&'static str; 2], &'static str, bool)| Entry {
        href,
        name,
        key,
        count: match (href, &frame.counts) {
            (NOTICES, _) => counted::to_read(frame.unread.len() as u64),
            (BROADCASTS, _) => counted::releases(frame.releases),
            (ASIDE, _) => counted::set_aside(frame.aside),
            (RECEIPTS, _) => counted::receipts(frame.receipts.unwrap_or(0)),
            (ROOT, Some(counts)) => counted::late(counts, frame.now),
            (DECISIONS, Some(counts)) => Some(counted::to_decide(counts)),
            (CALLS, Some(counts)) => counted::to_call(counts, frame.now),
            (POST, Some(counts)) => counted::to_post(counts),
            _ => None,
        },
        open: shown(place, href),
    };
    entries.map(entry).collect()
}
