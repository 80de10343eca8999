#![doc = include_str!("../README.md")]

pub mod api;
mod csv_file;
mod pages;
mod permission;
mod print;
pub mod sign_in;
pub mod words;

use jiff::Timestamp;
use motcua::site::Site;
use rules::http::{Received, Reply, Request, Response};
use scans::Scans;

pub use pages::money::compare as settlement;

/// Answers one request of a member of staff.
pub async fn handle(site: &Site, scans: &Scans, request: &Request, now: Timestamp) -> Response {
    let path = request.path();
    if path == pages::layout::ROOT || path.starts_with("/desk/") {
        return Box::pin(page(site, scans, request, now)).await.guarded();
    }
    Box::pin(api::handle(site, request, now)).await.guarded()
}

/// Answers one request of a browser.
async fn page(site: &Site, scans: &Scans, request: &Request, now: Timestamp) -> Response {
    if let Some(answer) = pages::open_to_all(site, request) {
        return sign_in::dressed(answer, None);
    }
    if let Some(answer) = sign_in::answer(site, request, now).await {
        return answer;
    }
    match sign_in::session(site, request, now).await {
        Ok(session) => {
            let answer = pages::show((site, scans), &session.visitor(), request, now).await;
            tracing::info!(status = answer.status().as_u16(), "a page of the desk");
            session.dress(answer)
        }
        Err(answer) => answer,
    }
}
