//! `/local/outbox`: what left for people, as they see it: SMS as on a telephone, e-mails as in a mail program. A program
//! that asks the same address for JSON gets the SMS, the letters at `/local/letters`, and the texts by gateways at
//! `/local/relayed`.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Json, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode, header};
use mail_parser::MessageParser;
use maud::{Markup, html};
use rules::language::{Both, Language};
use rules::vietnam;
use serde_json::{Value, json};

use super::page::Switch;
use super::{FrontDesk, receipts};
use crate::frame::whole;
use crate::neighbours::carrier::{self, Relayed};
use crate::neighbours::outbox::CapturedMessage;
use crate::neighbours::ses::{CapturedMail, OUTCOMES, SIMULATOR};
use crate::neighbours::sns;
use crate::office::Office;

/// The most rows shown of each list; the newest are shown.
const ROWS: usize = 100;

/// What a letter may load: its own style and nothing else.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// Returns the routes of this room.
pub(super) fn routes() -> Router<Arc<FrontDesk>> {
    Router::new()
        .route("/local/outbox", get(show))
        .route("/local/letters", get(letters))
        .route("/local/relayed", get(relayed))
        .route("/local/letters/{place}", get(letter))
}

async fn show(
    State(desk): State<Arc<FrontDesk>>,
    Query(switch): Query<Switch>,
    Query(noted): Query<receipts::Noticed>,
    headers: HeaderMap,
) -> Response {
    let mut messages = desk.office.sns().outbox().messages();
    let accepts = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if !accepts.contains("text/html") {
        return Json(messages).into_response();
    }
    messages.reverse();
    messages.truncate(ROWS);
    let mut mails: Vec<_> = desk.office.ses().mails().into_iter().enumerate().collect();
    mails.reverse();
    mails.truncate(ROWS);
    let mut relayed = desk.office.carrier().relayed();
    relayed.reverse();
    relayed.truncate(ROWS);
    let shown = Shown { messages: &messages, mails: &mails, relayed: &relayed };
    Html(page(switch.language(), &desk.office, &shown, noted.told()).into_string()).into_response()
}

/// What left, the newest first.
struct Shown<'a> {
    messages: &'a [CapturedMessage],
    mails: &'a [(usize, CapturedMail)],
    relayed: &'a [Relayed],
}

fn page(lang: Language, office: &Office, shown: &Shown<'_>, noted: Option<bool>) -> Markup {
    let Shown { messages, mails, relayed } = shown;
    let say = |vi: &'static str, en: &'static str| lang.pick([vi, en]);
    let (other, name, href) = match lang {
        Language::Vi => ("en", "English", "/local/outbox?lang=en"),
        Language::En => ("vi", "Tiếng Việt", "/local/outbox"),
    };
    let beside = html! {
        p { a href="/local" { (say("Máy cá nhân", "This laptop")) } " " a href=(href) lang=(other) { (name) } }
    };
    let content = html! {
        (receipts::notice(lang, noted))
        (receipts::switch(lang, office))
        h2 { (say("Thư điện tử", "E-mails")) " (" (mails.len()) ")" }
        @if mails.is_empty() { p.empty { (say("Chưa gửi thư nào.", "No letter was sent yet.")) } }
        ol.letters id="letters" { @for (place, mail) in mails.iter() { li {
            (mail_shown(lang, *place, mail))
            @if mail.set.is_some() { (receipts::of_letter(lang, *place)) }
        } } }
        h2 { (say("Tin qua cổng tin nhắn", "Texts by a gateway")) " (" (relayed.len()) ")" }
        @if relayed.is_empty() { p.empty { (say("Chưa gửi tin nào qua cổng.", "Nothing was sent by a gateway yet.")) } }
        ol.bubbles id="relayed" { @for message in relayed.iter() {
            li {
                p.bubble { (message.text) }
                small { (message.phone_number) ", " (vietnam::date_time(message.sent_at)) ", " (called(office, message)) }
                (receipts::of_message(lang, message))
            }
        } }
        h2 { (say("Tin nhắn SMS", "SMS")) " (" (messages.len()) ")" }
        @if messages.is_empty() { p.empty { (say("Chưa gửi tin nhắn nào.", "No SMS was sent yet.")) } }
        ol.bubbles id="messages" { @for message in messages.iter() {
            li {
                p.bubble { (message.text) }
                small { (message.phone_number) ", " (vietnam::date_time(message.sent_at)) }
            }
        } }
        h2 { (say("Số và địa chỉ có kết quả định sẵn", "Numbers and addresses with a fixed outcome")) }
        (outcomes(lang))
        p {
            a href="/local/letters" { (say("Thư, dạng JSON", "Letters, as JSON")) } " "
            a href="/local/relayed" { (say("Tin qua cổng, dạng JSON", "Texts by a gateway, as JSON")) }
        }
    };
    whole(lang, say("Tin đã gửi", "What left the office"), &beside, &content)
}

fn mail_shown(lang: Language, place: usize, mail: &CapturedMail) -> Markup {
    let href = format!("/local/letters/{place}");
    html! {
        p {
            a href=(href) { (subject(mail)) } br;
            small { (mail.to) ", " (vietnam::date_time(mail.sent_at)) }
        }
        iframe src=(href) title=(subject(mail)) sandbox="" loading="lazy" {}
        details { summary { (lang.pick(["Dạng chữ", "As plain text"])) } pre { (plain(mail)) } }
    }
}

/// The name of the gateway that took a message.
fn called(office: &Office, message: &Relayed) -> String {
    let site = office.site();
    site.config.message_gateway(&message.agency).map_or_else(String::new, |gateway| gateway.called().to_owned())
}

fn outcomes(lang: Language) -> Markup {
    let addresses = OUTCOMES.map(|(name, _, outcome)| (format!("{name}@{SIMULATOR}"), outcome));
    let numbers = sns::OUTCOMES.map(|(number, _, outcome): (_, _, Both)| (number.to_owned(), outcome));
    let relayed = carrier::OUTCOMES.map(|(number, _, outcome): (_, _, Both)| (number.to_owned(), outcome));
    let numbers = numbers.into_iter().chain(relayed);
    html! {
        div.list tabindex="0" role="region" aria-label=(lang.pick(["Kết quả định sẵn", "Fixed outcomes"])) { table {
            thead { tr {
                th { (lang.pick(["Số hoặc địa chỉ", "Number or address"])) } th { (lang.pick(["Kết quả", "Outcome"])) }
            } }
            tbody { @for (address, outcome) in numbers.chain(addresses) {
                tr { td.code { (address) } td { (lang.pick(outcome)) } }
            } }
        } }
    }
}

fn subject(mail: &CapturedMail) -> String {
    let message = MessageParser::default().parse(mail.raw.as_bytes());
    message.and_then(|message| message.subject().map(str::to_owned)).unwrap_or_default()
}

fn plain(mail: &CapturedMail) -> String {
    let message = MessageParser::default().parse(mail.raw.as_bytes());
    message.and_then(|message| message.body_text(0).map(|text| text.into_owned())).unwrap_or_default()
}

/// Shows one letter as a mail program does.
async fn letter(State(desk): State<Arc<FrontDesk>>, Path(place): Path<usize>) -> Response {
    let mails = desk.office.ses().mails();
    let html = mails.get(place).and_then(|mail| {
        let message = MessageParser::default().parse(mail.raw.as_bytes())?;
        message.body_html(0).map(|html| html.into_owned())
    });
    match html {
        Some(html) => ([(header::CONTENT_SECURITY_POLICY, LETTER_POLICY)], Html(html)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Returns the texts that went by gateways, oldest first.
async fn relayed(State(desk): State<Arc<FrontDesk>>) -> Response {
    Json(desk.office.carrier().relayed()).into_response()
}

/// Returns the letters, oldest first.
async fn letters(State(desk): State<Arc<FrontDesk>>) -> Response {
    let told = |mail: &CapturedMail| -> Value {
        json!({
            "message_id": mail.message_id, "from": mail.from, "to": mail.to, "sent_at": mail.sent_at,
            "subject": subject(mail), "text": plain(mail),
        })
    };
    Json(desk.office.ses().mails().iter().map(told).collect::<Vec<_>>()).into_response()
}
