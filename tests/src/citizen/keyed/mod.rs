//! A dossier with its key: digits that are counted, links, what both open, and paying by them.

mod back;
mod digits;
mod limits;
mod looks;
mod papers;
mod paying;
mod receipts;
mod told;

use std::net::IpAddr;

use motcua::links::link;
use rules::access::slip;
use rules::config::{Config, DEMO, Host};
use rules::http::Sender;
use rules::token::Purpose;

use super::*;

/// The last four digits of the applicant's telephone in these stories.
const FOUR: &str = "0001";
/// The address that a sender usually has.
const SENDER: &str = "203.0.113.7";

/// A form that was sent, and its sender.
struct Sent<'a> {
    target: &'a str,
    fields: &'a [(&'a str, &'a str)],
    headers: &'a [(&'static str, &'a str)],
    sender: &'a str,
}

/// Sends a form to a public page of the demo agency.
async fn sends(town: &Town, sent: Sent<'_>) -> Response {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(sent.fields).finish();
    let content = [("content-type", "application/x-www-form-urlencoded")];
    let headers = content.iter().chain(sent.headers).map(|(name, value)| (*name, (*value).to_owned())).collect();
    let letter = Letter { method: Method::POST, target: sent.target.to_owned(), headers, body };
    let mut request = request(&letter);
    request.extensions_mut().insert(Domain(HERE.to_owned()));
    request.extensions_mut().insert(Sender(sent.sender.parse::<IpAddr>().unwrap()));
    Box::pin(town.office.answer(&request)).await.unwrap_or_else(|| panic!("no route: {}", sent.target))
}

/// Shows digits at a dossier's address.
async fn shows_from(town: &Town, sender: &str, text: &str, digits: &str) -> Response {
    let target = format!("/d/{text}");
    sends(town, Sent { target: &target, fields: &[("digits", digits)], headers: &[], sender }).await
}

async fn shows(town: &Town, id: DossierId, digits: &str) -> Response {
    shows_from(town, SENDER, id.as_str(), digits).await
}

/// Returns the pair of a cookie that an answer sets, as a browser sends it back.
fn cookie(answer: &Response) -> String {
    let line = answer.header("set-cookie").unwrap_or_else(|| panic!("no cookie: {}", answer.text()));
    line.split(';').next().unwrap().to_owned()
}

/// Opens a dossier by its applicant's telephone and returns the cookie.
async fn opened(town: &Town, id: DossierId) -> String {
    let answer = shows(town, id, FOUR).await;
    assert_eq!(answer.status().as_u16(), 303, "{}", answer.text());
    cookie(&answer)
}

/// Asks for a page with a cookie.
async fn with(town: &Town, target: &str, cookie: &str) -> Response {
    asked(town, Some(HERE), target, &[("cookie", cookie)]).await
}

/// Returns all of a dossier, opened by digits, as words.
async fn all(town: &Town, id: DossierId) -> String {
    let cookie = opened(town, id).await;
    let page = with(town, &format!("/d/{id}"), &cookie).await;
    assert_eq!(page.status().as_u16(), 200, "{}", page.text());
    words(page.text())
}

/// Returns the digits on the slip that is valid now.
async fn six(town: &Town, id: DossierId) -> String {
    let generation = town.dossier(id).await.unwrap().slip;
    slip(town.office.site().config.id_key(), &town.agency(), id, generation)
}

const SENDING: &str = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế Vân Phong\"\n\
    hosts = [\"kktvanphong.example\"]\ntelephone = \"0258 000 0000\"\n\
    messages = { wait_minutes = 0 }\n";

/// Lets the agency write links, and returns the path of one.
async fn linked(town: &Town, id: DossierId, purpose: Purpose) -> String {
    town.office.configure(Config::strict(&format!("{DEMO}\n{SENDING}"), Host::Loopback).unwrap());
    let site = town.office.site();
    let link = link(&site, &site.config.agencies()[0], (id, purpose), 1, town.clock.now()).await.unwrap().unwrap();
    link[link.find("/t/").unwrap()..].to_owned()
}

/// Returns the operations of the calls since the wire was reset.
fn calls(town: &Town) -> Vec<String> {
    town.office.wire().trace().into_iter().map(|call| call.operation).collect()
}
