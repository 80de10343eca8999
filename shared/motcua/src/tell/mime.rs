//! A letter as a mail program reads it: plain text and HTML beside each other.

use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;
use maud::{DOCTYPE, Markup, html};

use super::mailbox::Mailbox;
use super::named::{Named, NamedOf};
use rules::message::Letter;

/// Style of the HTML. Mail programs take no style sheet, only what is at the element.
const PAGE: &str = "margin:0;padding:24px 12px;background:#f4f5f7;font-family:Arial,Helvetica,sans-serif;font-size:17px;\
                    line-height:1.5;color:#1b1f24";
const SHEET: &str = "max-width:600px;margin:0 auto;background:#ffffff;border:1px solid #d5d9de;border-radius:6px;\
                     overflow:hidden";
const HEAD: &str = "background:#12406b;color:#ffffff;padding:16px 24px;font-weight:bold";
const BODY: &str = "padding:8px 24px 20px";
const LEAD: &str = "font-size:20px;line-height:1.4;font-weight:bold;margin:16px 0";
const TO_DO: &str = "border-left:4px solid #12406b;padding:4px 0 4px 14px;margin:16px 0";
/// A line break of a paragraph stays one.
const PARAGRAPH: &str = "white-space:pre-line;margin:12px 0";
const WORD: &str = "padding:4px 16px 4px 0;color:#4a525c;text-align:left;vertical-align:top;font-weight:normal";
const VALUE: &str = "padding:4px 0;vertical-align:top";
const UNIT: &str = "font-weight:bold;margin:20px 0 4px";
const CLOSING: &str = "padding:14px 24px;border-top:1px solid #d5d9de;color:#4a525c;font-size:14px;margin:0";

/// Writes the whole message under an id: headers in ASCII, both bodies in UTF-8.
pub(super) fn written(agency: &str, from: &str, to: &Mailbox, letter: &Letter, id: &str, now: Timestamp) -> Vec<u8> {
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let mut out = Vec::new();
    let mut message = MessageBuilder::new();
    if let Some(unsubscribe) = &letter.unsubscribe {
        // One click, without a page (RFC 8058): the sender of many letters must offer it.
        message = message
            .header("List-Unsubscribe", Raw::new(format!("<{unsubscribe}>")))
            .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
    }
    message
        .message_id(format!("{id}@{domain}"))
        .date(now.as_second())
        .from((agency, from))
        .to(to.expose())
        .subject(letter.subject.as_str())
        // Out-of-office answers and lists leave such a message alone (RFC 3834).
        .header("Auto-Submitted", Raw::new("auto-generated"))
        .text_body(letter.text())
        .html_body(page(letter))
        .serialize(&mut out);
    out
}

/// Returns the part before the domain of the id of a message with a name.
pub(super) fn message_id(named: &Named) -> String {
    match &named.of {
        NamedOf::Commit { id, version, receiver } => format!("{id}.{version}.{receiver}"),
        NamedOf::Broadcast { number, round, name } => format!("{name}.{number}.{round}"),
        NamedOf::List { day, name } => format!("{name}.{day}"),
    }
}

fn page(letter: &Letter) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang=(letter.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (letter.subject) }
            }
            body style=(PAGE) {
                div style=(SHEET) {
                    div style=(HEAD) { (letter.agency) }
                    div style=(BODY) {
                        h1 style=(LEAD) { (letter.lead) }
                        @for paragraph in &letter.body { p style=(PARAGRAPH) { (paragraph) } }
                        @if let Some(to_do) = &letter.to_do { p style=(TO_DO) { (to_do) } }
                        @if !letter.papers.is_empty() {
                            p { (letter.papers_heading()) }
                            ul { @for paper in &letter.papers { li { (paper) } } }
                        }
                        @if let Some(why) = &letter.why { p { (why) } }
                        @if let Some(link) = &letter.link { p { (letter.link_words()) " " a href=(link) { (link) } } }
                        @if !letter.facts.is_empty() { (table(&letter.facts)) }
                        @if !letter.reached.is_empty() {
                            p style=(UNIT) { (letter.agency) }
                            (table(&letter.reached))
                        }
                    }
                    p style=(CLOSING) {
                        (letter.closing)
                        @if let Some(link) = &letter.unsubscribe {
                            " " a href=(link) { (letter.unsubscribe_words()) }
                        }
                    }
                }
            }
        }
    };
    markup.into_string()
}

fn table(pairs: &[(String, String)]) -> Markup {
    html! {
        table style="border-collapse:collapse" { @for (word, value) in pairs {
            tr { th scope="row" style=(WORD) { (word) } td style=(VALUE) { (value) } }
        } }
    }
}
