//! The frame of every page: head, menu, language, sign-out.

use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};
use rules::dossier::Kind;
use rules::http::{Response, respond};
use rules::message::Language;
use rules::vietnam;

use crate::permission::{Permission, Role};

/// The one style sheet.
pub(crate) const STYLE: &str = include_str!("style.css");

/// What a page knows of who looks at it.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The language it is told in.
    pub lang: Language,
    /// The office's full name.
    pub office: String,
    /// Who looks: a name or an account, only to be shown.
    pub who: String,
    /// What they are.
    pub role: Role,
    /// What every form of theirs carries, so that no other site's form is taken for one.
    pub csrf: String,
    /// The bucket of scans, if the office keeps any.
    pub papers: Option<scans::Papers>,
    /// The office's time.
    pub now: Timestamp,
    /// The path of this page with its query, to come back to.
    pub here: String,
}

/// The part of the menu a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The work lists.
    Work,
    /// A dossier.
    Dossier,
    /// Intake.
    New,
    /// Search.
    Search,
    /// Money: what fits nothing, the book, settlements.
    Money,
    /// What no function could finish.
    Aside,
    /// Figures.
    Reports,
    /// The office's own settings.
    Admin,
}

/// The one in this language of a text in Vietnamese and in English.
pub(crate) fn pick(lang: Language, [vi, en]: [&str; 2]) -> &str {
    match lang {
        Language::Vi => vi,
        Language::En => en,
    }
}

/// The language's code.
pub(crate) fn code(lang: Language) -> &'static str {
    pick(lang, ["vi", "en"])
}

impl Frame {
    /// The one in the page's language of a text in Vietnamese and in English.
    pub(crate) fn say<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        pick(self.lang, [vi, en])
    }

    /// The hidden field that every form carries.
    pub(crate) fn csrf_field(&self) -> Markup {
        html! { input type="hidden" name="csrf" value=(self.csrf); }
    }
}

/// A page of the desk.
pub(crate) fn page(frame: &Frame, place: Place, title: &str, content: &Markup) -> Response {
    answer(200, frame, place, title, content)
}

/// The same with another status.
pub(crate) fn answer(status: u16, frame: &Frame, place: Place, title: &str, content: &Markup) -> Response {
    let body = html! {
        a.skip href="#content" { (frame.say("Đến nội dung", "Skip to the content")) }
        header.top {
            div.brand {
                strong { (frame.office) }
                span.clock { (vietnam::date_time(frame.now)) }
            }
            (menu(frame, place))
            div.who {
                span { (frame.who) " · " (frame.role.told(frame.lang)) }
                (other_language(frame))
                form method="post" action="/desk/sign-out" {
                    (frame.csrf_field())
                    button.plain { (frame.say("Đăng xuất", "Sign out")) }
                }
            }
        }
        main id="content" tabindex="-1" {
            h1 { (title) }
            (content)
        }
    };
    whole(status, frame.lang, title, &body)
}

/// A page for somebody who is not signed in.
pub(crate) fn bare(status: u16, lang: Language, title: &str, content: &Markup) -> Response {
    let body = html! { main id="content" { h1 { (title) } (content) } };
    whole(status, lang, title, &body)
}

fn whole(status: u16, lang: Language, title: &str, body: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(code(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – Một cửa" }
                link rel="stylesheet" href="/desk/style.css";
                link rel="icon" href="data:,";
            }
            body { (body) }
        }
    };
    respond::html(status, page.into_string())
}

fn menu(frame: &Frame, here: Place) -> Markup {
    let entries = [
        (Place::Work, "/desk", ["Việc cần làm", "Work"], "w", true),
        (Place::New, "/desk/new", ["Tiếp nhận", "Intake"], "n", frame.role.may(Kind::Submit)),
        (Place::Search, "/desk/search", ["Tìm", "Search"], "s", true),
        (Place::Money, "/desk/money", ["Thu tiền", "Money"], "m", true),
        (Place::Aside, "/desk/aside", ["Chờ xem", "To look at"], "x", true),
        (Place::Reports, "/desk/reports", ["Báo cáo", "Reports"], "b", frame.role.holds(Permission::SeeReports)),
        (Place::Admin, "/desk/admin", ["Quản trị", "Administration"], "q", frame.role.holds(Permission::SeeAudit)),
    ];
    html! {
        nav aria-label=(frame.say("Các trang", "Pages")) {
            ul {
                @for (place, href, name, key, _) in entries.into_iter().filter(|entry| entry.4) {
                    li { a href=(href) accesskey=(key) aria-current=[(place == here).then_some("page")] {
                        (pick(frame.lang, name))
                    } }
                }
            }
        }
    }
}

fn other_language(frame: &Frame) -> Markup {
    let (lang, name) = match frame.lang {
        Language::Vi => ("en", "English"),
        Language::En => ("vi", "Tiếng Việt"),
    };
    let back = rules::http::query::encode(frame.here.as_bytes());
    html! { a href={ "/desk/language/" (lang) "?back=" (back) } lang=(lang) hreflang=(lang) { (name) } }
}
