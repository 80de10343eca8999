//! The public pages as whoever has an address meets them: a citizen with a slip, a payer who comes back, somebody who tries
//! addresses.

mod after;
mod beside;
mod home;
mod hosts;
mod keyed;
mod links;
pub(crate) mod notices;
mod odd;
mod privacy;
mod procedures;
mod seeded;
mod states;

use http::Method;
use motcua_local::senders::Letter;
use rules::http::{Domain, Reply, Response};
use rules::id::DossierId;
use serde_json::json;

use crate::town::{Town, request};

/// The name of this machine, by which the demo agency is reached.
const HERE: &str = "127.0.0.1";

/// Asks for a page at a host, with these headers.
async fn asked(town: &Town, host: Option<&str>, target: &str, headers: &[(&'static str, &str)]) -> Response {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let letter = Letter { method: Method::GET, target: target.to_owned(), headers, body: String::new() };
    let mut request = request(&letter);
    if let Some(host) = host {
        request.extensions_mut().insert(Domain(host.to_owned()));
    }
    Box::pin(town.office.answer(&request)).await.unwrap_or_else(|| panic!("no route: {target}"))
}

/// Asks for a page of the demo agency.
async fn get(town: &Town, target: &str) -> Response {
    asked(town, Some(HERE), target, &[]).await
}

/// Returns a page of the demo agency that is there.
pub(crate) async fn page(town: &Town, target: &str) -> String {
    let page = get(town, target).await;
    assert_eq!(page.status().as_u16(), 200, "{target}: {}", page.text());
    page.text().to_owned()
}

fn title(page: &str) -> &str {
    page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0
}

/// Returns the words of a page, one space between any two.
fn words(page: &str) -> String {
    let (mut words, mut rest) = (String::new(), page);
    while let Some((text, after)) = rest.split_once('<') {
        words.push_str(text);
        words.push(' ');
        rest = after.split_once('>').unwrap().1;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn accepted(town: &Town, code: &str) -> DossierId {
    let id = town.submit(code).await;
    town.clerk(id, "accept", json!({})).await;
    id
}
