#![doc = include_str!("../README.md")]

mod advice;
mod all;
mod beside;
mod coming;
mod dossier;
mod file;
mod first;
mod frame;
mod home;
mod key;
mod keyed;
mod link;
mod looks;
mod noted;
mod notices;
mod onward;
mod opened;
mod papers;
mod path;
mod pay;
mod postage;
mod privacy;
mod problem;
mod procedures;
mod receipt;
mod recorded;
mod standing;
mod unsubscribe;

use http::Method;
use jiff::Timestamp;
use motcua::site::Site;
use rules::http::query;
use rules::http::{Received, Reply, Request, Response, respond};
use rules::language::Language;
use scans::Scans;

use frame::{Frame, STYLE_PATH};
use path::Asked;
use problem::Problem;

/// Answers one request of the public.
pub async fn handle(site: &Site, scans: &Scans, request: &Request, now: Timestamp) -> Response {
    let answer = Box::pin(answer((site, scans), request, now)).await;
    // Neither the path, which may be a link of somebody's, nor the host, which anybody writes.
    tracing::info!(status = answer.status().as_u16(), "a public page");
    frame::dressed(answer)
}

async fn answer((site, scans): (&Site, &Scans), request: &Request, now: Timestamp) -> Response {
    if request.path() == STYLE_PATH {
        return ::pages::style_sheet(::pages::PUBLIC_STYLE);
    }
    let sends = *request.method() == Method::POST;
    if !sends && ![Method::GET, Method::HEAD].contains(request.method()) {
        return respond::text(405, "method not allowed").with_header("allow", "GET");
    }
    if request.is_oversize() {
        return respond::text(if sends { 413 } else { 414 }, "too long");
    }
    let lang = language(request);
    let Some(door) = site.config.door(request.domain(), request.path()) else { return problem::nowhere(lang) };
    let frame = Frame::new(lang, door.agency, door.root, now);
    if sends && !matches!(path::asked(door.rest), Asked::Link(_) | Asked::Dossier(_) | Asked::CallBack(_)) {
        return respond::text(405, "method not allowed").with_header("allow", "GET");
    }
    match shown((site, scans), &frame, door.rest, request).await {
        Ok(answer) => answer,
        Err(problem) => {
            // An office that has moved has another telephone.
            if matches!(problem, Problem::NotFound | Problem::TooOld) {
                frame.learn(site).await;
            }
            problem.page(&frame)
        }
    }
}

/// The page or the way to it.
async fn shown(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    path: &str,
    request: &Request,
) -> Result<Response, Problem> {
    match path::asked(path) {
        Asked::First => Ok(first::show(site, frame).await),
        Asked::LookUp => Ok(first::looked_up(site, frame, asked(request, "code").as_deref().unwrap_or_default()).await),
        Asked::Dossier(text) => Box::pin(dossier::answer((site, scans), frame, text, request)).await,
        Asked::Link(text) => Box::pin(link::answer((site, scans), frame, text, request)).await,
        Asked::Payment(text) => {
            let again = asked(request, pay::ASKED);
            Box::pin(pay::came_back(site, frame, text, again.as_deref())).await
        }
        Asked::CallBack(text) => match *request.method() == Method::POST {
            true => beside::without_key_done(site, frame, text).await,
            false => beside::without_key(site, frame, text).await,
        },
        Asked::Notices(what) => notices::show((site, scans), frame, what, |name| asked(request, name)).await,
        Asked::Procedures => procedures::list(site, frame, |name| asked(request, name)).await,
        Asked::Procedure(code) => procedures::one(site, frame, code).await,
        Asked::Privacy => Ok(privacy::show(site, frame).await),
        Asked::Nothing => Err(Problem::NotFound),
    }
}

/// The language asked for: it stands in the address, so that nothing is kept of a reader.
fn language(request: &Request) -> Language {
    if asked(request, frame::LANGUAGE).as_deref() == Some("en") { Language::En } else { Language::Vi }
}

/// The value of that name in the query.
fn asked(request: &Request, name: &str) -> Option<String> {
    let pairs = query::pairs(request.raw_query());
    let pair = pairs.into_iter().find(|pair| *pair.name == *name.as_bytes())?;
    String::from_utf8(pair.value.into_owned()).ok()
}
