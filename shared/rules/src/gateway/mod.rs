//! Messages to payment gateways: orders opened, questions asked, and their answers proved and read. Each gateway has
//! one file. Nothing here connects anywhere.
//!
//! A signed answer (VNPAY, payOS) is read only after it was verified. MoMo's and ZaloPay's answers are not signed: they
//! are believed because TLS proves their sender.

pub(crate) mod channel;
mod finding;
pub mod hidden;
pub(crate) mod kind;
mod momo;
mod order;
mod payos;
mod recipe;
mod row;
pub mod settlement;
#[cfg(test)]
mod tests;
pub mod vietqr;
mod vnpay;
mod zalopay;

pub use finding::{Finding, Found, Question, Standing};
pub use order::{Call, Opened, Opening, Page};
pub use recipe::Recipe;
pub use row::{Address, Numbering, Row};

use std::time::Duration;

use jiff::SignedDuration;

use channel::Channel;
use kind::Gateway;

use crate::json::BadMember;
use crate::signature::{Key, SignatureError};
use crate::vnd::Vnd;

/// The time an order stays open, sent to each gateway. Gateways allow about 5 minutes to a month.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// The longest a gateway may take to answer; MoMo asks its callers to wait this long.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// The reason why nothing can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsendable {
    /// The channel's entry lacks what this needs.
    #[error("{0} is not configured")]
    NotConfigured(&'static str),
    /// A value that encoders write in different ways, so that a signature over it may not hold.
    #[error("{0} holds characters that are not sent")]
    Characters(&'static str),
    /// An amount that is too large for the gateway.
    #[error("the amount is too large")]
    TooMuch,
    /// Orders are not opened at this gateway, or it answers no questions.
    #[error("{} is not spoken to", .0.name())]
    NotSpoken(Gateway),
}

/// The reason why an answer is not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Its signature does not hold.
    #[error("not authentic: {0}")]
    Unverified(#[from] SignatureError),
    /// A field is missing or wrong.
    #[error("{0} is malformed")]
    Malformed(&'static str),
    /// The gateway did not do as it was asked.
    #[error("refused with {}", shown(.0))]
    Refused(String),
    /// It is about something other than the question.
    #[error("about another order")]
    Another,
}

impl From<BadMember> for AnswerError {
    fn from(BadMember(field): BadMember) -> Self {
        Self::Malformed(field)
    }
}

/// Opens an order: returns the page itself, or the call that asks for one.
///
/// # Errors
/// [`Unsendable`].
pub fn open(order: &Opening<'_>) -> Result<Opened, Unsendable> {
    let gateway = order.channel.gateway;
    gateway.row().recipe.open.ok_or(Unsendable::NotSpoken(gateway))?(order)
}

/// Reads the answer to the call that opened an order.
///
/// # Errors
/// [`AnswerError`].
pub fn opened(order: &Opening<'_>, body: &[u8]) -> Result<Page, AnswerError> {
    order.channel.gateway.row().recipe.opened.ok_or(AnswerError::Another)?(order, body)
}

/// Asks for the outcome of an order.
///
/// # Errors
/// [`Unsendable`].
pub fn ask(question: &Question<'_>) -> Result<Call, Unsendable> {
    let gateway = question.channel.gateway;
    gateway.row().recipe.ask.ok_or(Unsendable::NotSpoken(gateway))?(question)
}

/// Reads the answer to a question, verified first if the gateway signs.
///
/// # Errors
/// [`AnswerError`].
pub fn answered(question: &Question<'_>, body: &[u8]) -> Result<Finding, AnswerError> {
    question.channel.gateway.row().recipe.answered.ok_or(AnswerError::Another)?(question, body)
}

/// Joins the parts of a payment's identity. Escaping the joint keeps `a/b` + `c` apart from `a` + `b/c`.
pub fn identity(parts: &[&str]) -> String {
    let escaped = parts.iter().map(|part| part.replace('%', "%25").replace('/', "%2F").replace('#', "%23"));
    escaped.collect::<Vec<_>>().join("/")
}

fn api(channel: &Channel) -> Result<&str, Unsendable> {
    channel.api_url.as_deref().ok_or(Unsendable::NotConfigured("api_url"))
}

fn merchant(channel: &Channel) -> Result<&str, Unsendable> {
    channel.merchant.as_deref().ok_or(Unsendable::NotConfigured("merchant"))
}

fn request_key(channel: &Channel) -> Result<&Key, Unsendable> {
    channel.request_key.as_ref().ok_or(Unsendable::NotConfigured("request_key"))
}

/// Checks an address that a browser may be sent to: a page, and nothing that runs.
fn page_url(text: Option<String>, field: &'static str) -> Result<String, AnswerError> {
    let pages = ["https://", "http://127.0.0.1", "http://localhost", "/local/"];
    let url = text.filter(|url| pages.iter().any(|start| url.starts_with(start)) && url.len() <= 2048);
    url.filter(|url| url.bytes().all(|byte| byte.is_ascii_graphic())).ok_or(AnswerError::Malformed(field))
}

/// Reads a count of đồng in plain decimal digits.
fn dong(text: &str) -> Option<Vnd> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).and_then(|dong| Vnd::new(dong).ok())
}

/// Returns a number that names a payment; gateways write 0 or nothing if there is none.
fn named(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty() && text.bytes().any(|byte| byte != b'0') && text.len() <= 100)
}

/// Returns a code as it may be logged.
fn shown(code: &str) -> String {
    code.chars().filter(char::is_ascii_graphic).take(20).collect()
}
