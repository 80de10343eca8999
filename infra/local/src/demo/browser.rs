//! Somebody's browser: pages that are opened, and forms that are sent from them.

use super::teller::Teller;
use super::{DemoError, expect};

/// A page that was opened.
pub(crate) struct Page {
    /// All of it.
    pub html: String,
    /// Its heading.
    pub heading: String,
}

impl Teller<'_> {
    /// Opens a page as anybody does, which must say these words.
    pub(crate) async fn page(&self, way: &str, words: &str) -> Result<Page, DemoError> {
        let html = self.get(way).await?;
        expect(way, &true, &html.contains(words))?;
        let heading = html.split("<h1").nth(1).and_then(|rest| rest.split_once('>')?.1.split("</h1>").next());
        let heading = heading.map_or_else(|| words.to_owned(), plain);
        Ok(Page { html, heading })
    }

    /// Sends the form of a link's page, as a browser without script does.
    pub(crate) async fn answers(&self, (way, id): (&str, &str), fields: &[(&str, &str)]) -> Result<(), DemoError> {
        let seen = self.dossier(id).await?["version"].to_string();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("seen", &seen).extend_pairs(fields);
        self.post_form(way, body.finish()).await
    }
}

/// The path of the link in a message.
pub(crate) fn link(sms: &str) -> String {
    let from = sms.find("/t/").unwrap_or(sms.len());
    sms[from..].split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// An address as its form sends it once it was read back.
pub(crate) fn lives(street: &'static str) -> [(&'static str, &'static str); 3] {
    [("address_street", street), ("address_place", "26740@2025-06-30"), ("address_step", "confirm")]
}

/// A page's address without the secret part of a link.
pub(crate) fn short(way: &str) -> String {
    let Some(link) = way.strip_prefix("/t/") else { return way.to_owned() };
    format!("/t/…{}", link.find('/').map_or("", |at| &link[at..]))
}

/// The text of a heading.
fn plain(html: &str) -> String {
    let mut inside = false;
    let text = html.chars().filter(|letter| {
        let tag = *letter == '<' || inside;
        inside = tag && *letter != '>';
        !tag
    });
    text.collect()
}
