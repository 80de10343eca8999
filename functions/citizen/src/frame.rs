//! The frame of every public page: whose office it is, the other language, and how to reach somebody.

use std::fmt::Display;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use motcua::site::Site;
use pages::Document;
use pages::part::facts;
use pages::part::head::{Head, Mark};
use rules::config::Agency;
use rules::http::{Reply, Response, query, respond};
use rules::language::{Both, Language};
use rules::notice::Standing;
use rules::vietnam;

/// Path of the style sheet, which is every agency's.
pub(crate) const STYLE_PATH: &str = "/citizen.css";
/// Name in the query that asks for a language.
pub(crate) const LANGUAGE: &str = "lang";
/// Policy of the pages: nothing runs on them, and nothing comes from anybody else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// The notices of an office that has none, or of which nothing is known right now.
static NONE: Standing = Standing { cards: Vec::new() };

/// Data of a page's frame.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    /// The language it is shown in.
    pub lang: Language,
    /// The agency whose page it is.
    pub agency: &'a Agency,
    /// The first segment of its pages, with its slash; empty where it has none.
    pub root: &'a str,
    /// The office's time.
    pub now: Timestamp,
    /// The notices that stand, once they are read.
    standing: OnceLock<Arc<Standing>>,
}

/// A way to reach the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The telephone.
    Telephone,
    /// The hours in which it is open to visitors.
    Hours,
    /// The address.
    Address,
    /// The address that it has moved to.
    NewPlace,
}

impl<'a> Frame<'a> {
    /// Makes the frame of an agency's pages.
    pub(crate) fn new(lang: Language, agency: &'a Agency, root: &'a str, now: Timestamp) -> Self {
        Self { lang, agency, root, now, standing: OnceLock::new() }
    }

    /// Reads the notices that stand, once for each minute of the process. Without an answer the page goes on without them.
    pub(crate) async fn learn(&self, site: &Site) {
        if self.standing.get().is_some() {
            return;
        }
        match site.recorder.store().notices_lately(self.agency.key(), self.now).await {
            Ok(standing) => drop(self.standing.set(standing)),
            Err(error) => tracing::error!(reason = %error, "a public page is shown without notices"),
        }
    }

    /// Makes the frame of the same page in another language.
    pub(crate) fn in_language(&self, lang: Language) -> Self {
        Self { lang, agency: self.agency, root: self.root, now: self.now, standing: self.standing.clone() }
    }

    /// Whether the notices that stand are known.
    pub(crate) fn has_learned(&self) -> bool {
        self.standing.get().is_some()
    }

    /// The notices that stand, as far as they are known.
    pub(crate) fn standing(&self) -> &Standing {
        self.standing.get().map_or(&NONE, |standing| standing)
    }

    /// Today in Vietnam.
    pub(crate) fn today(&self) -> Date {
        vietnam::day(self.now)
    }

    /// Picks the text in the page's language.
    pub(crate) fn say<'t>(&self, both: [&'t str; 2]) -> &'t str {
        self.lang.pick(both)
    }

    /// Writes the address of a page of this agency in the page's language.
    pub(crate) fn way(&self, path: &str) -> String {
        self.way_to::<u32>(path, &[])
    }

    /// Writes the same with more in its query.
    pub(crate) fn way_to<V: Display>(&self, path: &str, query: &[(&str, V)]) -> String {
        format!("{}{path}{}", self.root, asking(self.lang, query))
    }

    /// Writes the page.
    pub(crate) fn page(&self, status: u16, title: &str, content: &Markup) -> Response {
        self.page_of::<u32>(status, title, content, &[])
    }

    /// Writes a page that is another one with another query.
    pub(crate) fn page_of<V: Display>(
        &self,
        status: u16,
        title: &str,
        content: &Markup,
        query: &[(&str, V)],
    ) -> Response {
        let agency = self.agency;
        let head = Head {
            home: &self.way("/"),
            mark: &Mark::of(agency.emblem.as_deref(), agency.mark.as_deref(), &agency.name),
            name: &agency.name,
            below: self.say(["Bộ phận Một cửa", "One-stop desk"]),
            search: None,
            who: &self.other_language(query),
        };
        let body = html! {
            a.skip href="#content" { (self.say(["Đến nội dung", "Skip to the content"])) }
            (head.shown(self.lang))
            main id="content" tabindex="-1" { (content) (self.contact()) }
        };
        respond::html(status, document(self.lang, title, &agency.name).around(&body).into_string())
    }

    /// The same page in the other language. The link repeats neither the path, so that pages of no dossier are equal, nor the
    /// query as it came, into which gateways put what they like.
    fn other_language<V: Display>(&self, query: &[(&str, V)]) -> Markup {
        let (lang, name) = match self.lang {
            Language::Vi => (Language::En, "English"),
            Language::En => (Language::Vi, "Tiếng Việt"),
        };
        let way = match asking(lang, query) {
            // An empty address would keep the query that there is.
            none if none.is_empty() => format!("?{LANGUAGE}=vi"),
            way => way,
        };
        html! { a href=(way) lang=(lang.code()) hreflang=(lang.code()) { (name) } }
    }

    /// The telephone that is called today: of the place that the office has moved to, or the usual one.
    pub(crate) fn telephone(&self) -> Option<&str> {
        let moved = self.standing().moved_to(self.today()).and_then(|(_, telephone)| telephone);
        moved.or(self.agency.contact.telephone.as_deref())
    }

    /// The telephone, the visiting hours and the place of today, as far as they are known.
    pub(crate) fn reached_by(&self) -> Vec<(Reach, &str)> {
        let contact = &self.agency.contact;
        let place = match self.standing().moved_to(self.today()) {
            Some((place, _)) => Some((Reach::NewPlace, place)),
            None => contact.address.as_deref().map(|address| (Reach::Address, address)),
        };
        let telephone = self.telephone().map(|telephone| (Reach::Telephone, telephone));
        let hours = contact.hours(self.lang).map(|hours| (Reach::Hours, hours));
        telephone.into_iter().chain(hours).chain(place).collect()
    }

    /// The same, written, each with its name.
    pub(crate) fn reached(&self) -> Vec<(&str, Markup)> {
        let written = |(reach, text)| {
            let (name, fact): (Both, _) = match reach {
                Reach::Telephone => (["Điện thoại", "Telephone"], call(text)),
                Reach::Hours => (["Giờ tiếp", "Visiting hours"], html! { (text) }),
                Reach::Address => (["Địa chỉ", "Address"], html! { span lang="vi" { (text) } }),
                Reach::NewPlace => (["Địa điểm mới", "New place"], html! { bdi lang="vi" { (text) } }),
            };
            (self.say(name), fact)
        };
        self.reached_by().into_iter().map(written).collect()
    }

    fn contact(&self) -> Markup {
        let known = self.reached();
        html! { @if !known.is_empty() {
            h2 { (self.say(["Liên hệ", "Contact"])) }
            (facts::summary(&known))
        } }
    }
}

/// Writes a telephone that can be pressed, if it has a number in it.
fn call(telephone: &str) -> Markup {
    let dialled: String = telephone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    html! { @match dialled.is_empty() {
        true => bdi { (telephone) },
        false => a href={ "tel:" (dialled) } { (telephone) },
    } }
}

/// Writes the query of a page: its own, and the language.
fn asking<V: Display>(lang: Language, query: &[(&str, V)]) -> String {
    let own = query.iter().map(|(name, value)| format!("{name}={}", query::encode(value.to_string().as_bytes())));
    let language = (lang == Language::En).then(|| format!("{LANGUAGE}={}", lang.code()));
    let all: Vec<_> = language.into_iter().chain(own).collect();
    if all.is_empty() { String::new() } else { format!("?{}", all.join("&")) }
}

/// The HTML around a page.
pub(crate) fn document<'a>(lang: Language, title: &'a str, site: &'a str) -> Document<'a> {
    Document { lang, title, site, style: STYLE_PATH }
}

/// Adds the headers of a public page: it is stored nowhere, found by no search, and tells no other site where somebody came
/// from.
pub(crate) fn dressed(response: Response) -> Response {
    response
        .or_header("content-security-policy", POLICY)
        .or_header("referrer-policy", "no-referrer")
        .or_header("x-robots-tag", "noindex")
        .guarded()
}
