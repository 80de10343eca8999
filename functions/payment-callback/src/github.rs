//! The generic payload under a signature in GitHub's way, for senders whose library knows only that one.
//!
//! Neither an instant nor the delivery's id is signed, so a repeat is known by reference and transaction alone.

use jiff::Timestamp;
use rules::config::Channel;
use rules::http::{Request, Response};
use rules::signature::github::{self, Delivery};
use rules::signature::{SignatureError, Verified};

use crate::callback::{Answer, Callback, ParseError};
use crate::standard_webhooks;

/// Verifies header and body.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    _now: Timestamp,
) -> Result<Verified<Delivery<'a>>, SignatureError> {
    github::verify(&channel.keys, request.headers(), request.body())
}

/// Reads a verified delivery.
pub fn parse(verified: Verified<Delivery<'_>>) -> Result<Callback, ParseError> {
    standard_webhooks::payment(verified.message().body())
}

/// Answers as the generic gateway does.
pub fn reply(answer: &Answer) -> Response {
    standard_webhooks::reply(answer)
}
