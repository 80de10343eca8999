//! The frame of every public page: whose office it is, the other language, and how to reach somebody.

use jiff::Timestamp;
use maud::{Markup, html};
use pages::Document;
use pages::part::facts;
use pages::part::head::{Head, Mark};
use rules::config::Agency;
use rules::http::{Reply, Response, respond};
use rules::language::{Both, Language};

/// Path of the style sheet, which is every agency's.
pub(crate) const STYLE_PATH: &str = "/citizen.css";
/// Name in the query that asks for a language.
pub(crate) const LANGUAGE: &str = "lang";
/// Policy of the pages: nothing runs on them, and nothing comes from anybody else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// Data of a page's frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// The language it is shown in.
    pub lang: Language,
    /// The agency whose page it is.
    pub agency: &'a Agency,
    /// The first segment of its pages, with its slash; empty where it has none.
    pub root: &'a str,
    /// The office's time.
    pub now: Timestamp,
}

impl Frame<'_> {
    /// Picks the text in the page's language.
    pub(crate) fn say<'t>(&self, both: [&'t str; 2]) -> &'t str {
        self.lang.pick(both)
    }

    /// Writes the address of a page of this agency in the page's language.
    pub(crate) fn way(&self, path: &str) -> String {
        let asked = if self.lang == Language::En { "?lang=en" } else { "" };
        format!("{}{path}{asked}", self.root)
    }

    /// Writes the page.
    pub(crate) fn page(&self, status: u16, title: &str, content: &Markup) -> Response {
        let agency = self.agency;
        let head = Head {
            home: &self.way("/"),
            mark: &Mark::of(agency.emblem.as_deref(), agency.mark.as_deref(), &agency.name),
            name: &agency.name,
            below: self.say(["Bộ phận Một cửa", "One-stop desk"]),
            search: None,
            who: &self.other_language(),
        };
        let body = html! {
            a.skip href="#content" { (self.say(["Đến nội dung", "Skip to the content"])) }
            (head.shown(self.lang))
            main id="content" tabindex="-1" { (content) (self.contact()) }
        };
        respond::html(status, document(self.lang, title, &agency.name).around(&body).into_string())
    }

    /// The same page in the other language. The link repeats neither the path, so that pages of no dossier are equal, nor the
    /// query, into which gateways put what they like.
    fn other_language(&self) -> Markup {
        let (lang, name) = match self.lang {
            Language::Vi => ("en", "English"),
            Language::En => ("vi", "Tiếng Việt"),
        };
        html! { a href={ "?" (LANGUAGE) "=" (lang) } lang=(lang) hreflang=(lang) { (name) } }
    }

    /// The telephone, the visiting hours and the address.
    fn contact(&self) -> Markup {
        let contact = &self.agency.contact;
        let mut known = Vec::new();
        if let Some((telephone, dialled)) = contact.telephone.as_ref().zip(contact.dialled()) {
            known.push((["Điện thoại", "Telephone"], html! { a href={ "tel:" (dialled) } { (telephone) } }));
        }
        if let Some(hours) = contact.hours(self.lang) {
            known.push((["Giờ tiếp", "Visiting hours"], html! { (hours) }));
        }
        if let Some(address) = &contact.address {
            known.push((["Địa chỉ", "Address"], html! { span lang="vi" { (address) } }));
        }
        if known.is_empty() {
            return html! {};
        }
        let known: Vec<_> = known.into_iter().map(|(name, fact): (Both, _)| (self.say(name), fact)).collect();
        html! {
            h2 { (self.say(["Liên hệ", "Contact"])) }
            (facts::summary(&known))
        }
    }
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
