#![doc = include_str!("../README.md")]

mod answer;

use http::Method;
use jiff::Timestamp;
use motcua::post::{About, Tracking, tracked};
use motcua::site::Site;
use rules::config::Post;
use rules::http::{Received, Reply, Request, Response};
use rules::post::contract::{Message, ParseError, parse, parse_unsigned};
use rules::signature::{path, standard_webhooks};

use answer::Answer;

/// Answers one delivery of a postal operator at `/postal/events`, or at `/postal/{operator}/{path}` if it cannot sign.
///
/// Nothing is parsed that was not believed, and a message that nobody is believed to have sent causes no call to the store.
pub async fn handle(site: &Site, request: &Request, now: Timestamp) -> Response {
    let answer = answer(site, request, now).await;
    answer.reply().guarded()
}

async fn answer(site: &Site, request: &Request, now: Timestamp) -> Answer {
    if request.method() != Method::POST {
        return Answer::MethodNotAllowed;
    }
    if request.is_oversize() {
        return Answer::TooLarge;
    }
    // A sender that names no type can only mean the one there is.
    if request.media_type().is_some_and(|it| !it.eq_ignore_ascii_case("application/json")) {
        return Answer::OtherMediaType;
    }
    let found = match place(request.path()) {
        Some(Place::Signed) => signed(site, request, now),
        Some(Place::Unsigned(operator, given)) => unsigned(site, request, (operator, given), now),
        None => Err(Answer::NotFound),
    };
    let (post, read) = match found {
        Ok(found) => found,
        Err(answer @ (Answer::Forged | Answer::NotFound)) if site.config.has_closed("posts") => {
            // It may be the one that a slip in the configuration has closed: nobody knows yet who sent it.
            tracing::error!(problems = %site.config.problems(), %answer, "a postal event while an operator is closed");
            return Answer::Later;
        }
        Err(answer) => return answer,
    };
    let answer = match read {
        Ok(message) => recorded(site, post, message, now).await,
        Err(ParseError::UnknownType) => Answer::Ignored,
        Err(ParseError::Malformed(place)) => Answer::Malformed(place),
    };
    tracing::info!(operator = post.id, %answer, "a postal event");
    answer
}

/// A place where operators are heard.
enum Place<'a> {
    Signed,
    Unsigned(&'a str, &'a str),
}

fn place(path: &str) -> Option<Place<'_>> {
    let rest = path.strip_prefix("/postal/")?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    match rest.split_once('/') {
        None if rest == "events" => Some(Place::Signed),
        Some((operator, given)) if !given.contains('/') => Some(Place::Unsigned(operator, given)),
        None | Some(_) => None,
    }
}

type Found<'a> = Result<(&'a Post, Result<Message, ParseError>), Answer>;

/// Finds the operator whose key signed the request. Every open one is tried: the message does not name one.
fn signed<'a>(site: &'a Site, request: &Request, now: Timestamp) -> Found<'a> {
    let mut reason = None;
    for post in site.config.posts() {
        match standard_webhooks::verify(&post.keys, request.headers(), request.body(), now) {
            Ok(delivery) => return Ok((post, parse(&delivery, &post.codes, now))),
            Err(error) => reason = Some(error),
        }
    }
    let reason = reason.map_or_else(|| "no operator is open".to_owned(), |error| error.to_string());
    tracing::info!(reason, "a postal event that is not authentic");
    Err(Answer::Forged)
}

/// Finds the operator that is named, if the path is one of its own. An operator that is not here and a path that is wrong
/// have one answer. Neither is logged: half of a path is half of a key.
fn unsigned<'a>(site: &'a Site, request: &Request, (operator, given): (&str, &str), now: Timestamp) -> Found<'a> {
    let post = site.config.post(operator).ok();
    let live = post.iter().flat_map(|post| &post.paths).map(rules::config::Password::expose);
    let told = path::verify(live, given, request.body());
    match (post, told) {
        (Some(post), Ok(told)) => Ok((post, parse_unsigned(&told, &post.codes, now))),
        _ => {
            tracing::info!("a postal event at a path that is nobody's");
            Err(Answer::NotFound)
        }
    }
}

async fn recorded(site: &Site, post: &Post, message: Message, now: Timestamp) -> Answer {
    let Message { order, waybill, event } = message;
    let known = event.state.is_some();
    match tracked(site, post, &About { order, waybill }, &event, now).await {
        Ok(Tracking::Recorded(no)) => Answer::Recorded { no, known },
        Ok(Tracking::Before(no)) => Answer::AlreadyRecorded(no),
        Ok(Tracking::Kept | Tracking::KeptBefore) => Answer::Kept,
        Err(error) => {
            tracing::error!(operator = post.id, reason = %error, "a postal event was not recorded");
            Answer::Later
        }
    }
}
