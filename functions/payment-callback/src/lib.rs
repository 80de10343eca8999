#![doc = include_str!("../README.md")]

pub mod callback;
pub mod dvcqg;
pub mod gateway;
pub mod github;
pub mod momo;
pub mod onepay;
pub mod payos;
mod record;
pub mod standard_webhooks;
pub mod stripe;
pub mod vnpay;
pub mod zalopay;

#[cfg(test)]
mod tests;

use callback::{Answer, Rejection};
use jiff::Timestamp;
use motcua::site::Site;
use rules::config::{Channel, Unavailable};
use rules::http::{Received, Reply, Request, Response, respond};
use rules::signature::SignatureError;

/// Answers a callback at `/payments/{channel}/callback`.
///
/// Nothing is parsed that was not verified, nothing looked up that was not parsed, and nothing answered as recorded
/// that is not. If a gateway has no words of its own: 401 forged, 400 malformed, 503 later.
pub async fn handle(site: &Site, request: &Request, now: Timestamp) -> Response {
    answer(site, request, now).await.guarded()
}

async fn answer(site: &Site, request: &Request, now: Timestamp) -> Response {
    let channel = match channel(site, request.path()) {
        Ok(channel) => channel,
        Err(response) => return response,
    };
    let adapter = gateway::adapter(channel.gateway);
    if !adapter.methods.contains(request.method()) {
        return respond::text(405, "method not allowed");
    }
    // No gateway's message comes near the limit; a longer one is from somebody else.
    let received = match request.is_oversize() {
        true => Err(SignatureError::Malformed("a message over the limit").into()),
        false => (adapter.receive)(channel, request, now),
    };
    let answer = match received {
        Ok(callback) => record::callback(site, channel, request, callback, now).await,
        Err(Rejection::Forged(reason)) => {
            tracing::info!(channel = channel.id, %reason, "a callback that is not authentic");
            Answer::Forged
        }
        Err(Rejection::Unusable(error)) => record::unusable(site, channel, request, error, now).await,
    };
    (adapter.reply)(&answer, request)
}

fn channel<'a>(site: &'a Site, path: &str) -> Result<&'a Channel, Response> {
    // Somebody types the address at the gateway, and often with a slash at its end.
    let path = path.strip_suffix('/').unwrap_or(path);
    let id = path.strip_prefix("/payments/").and_then(|rest| rest.strip_suffix("/callback"));
    match site.config.channel(id.unwrap_or_default()) {
        Ok(channel) => Ok(channel),
        // An entry whose own id is mistyped is known under no name at all.
        Err(Unavailable::Unknown) if site.config.has_closed("channels") => {
            tracing::error!(problems = %site.config.problems(), "a callback for no open channel while one is closed");
            Err(respond::text(503, "try again later"))
        }
        Err(Unavailable::Unknown) => Err(respond::text(404, "no such channel")),
        Err(error @ Unavailable::Closed(_)) => {
            tracing::error!(channel = id, %error, "a callback for a closed channel");
            Err(respond::text(503, "try again later"))
        }
    }
}
