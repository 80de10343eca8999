//! Our contract with operators: one event of one parcel.

use jiff::Timestamp;

use super::{Codes, Source, State, Stray, To, Tracked, Why};
use crate::json::{Fields, Malformed};
use crate::signature::Verified;
use crate::signature::path::Told;
use crate::signature::standard_webhooks::Delivery;
use crate::vietnam;

/// The beginning of the types of events.
const POST: &str = "post.";
/// The type whose meaning is in the operator's own code.
const STATUS: &str = "status";
/// The most attempts that an operator counts.
const MOST_ATTEMPTS: u64 = 99;
/// The longest type, in characters.
const LONGEST_TYPE: usize = 60;

/// An event, and the parcel that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Our order number, as the operator wrote it.
    pub order: Option<String>,
    /// The operator's number.
    pub waybill: Option<String>,
    /// The event.
    pub event: Tracked,
}

/// Reason why an authentic message cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A field is missing or not what it should be.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// An event of another type.
    #[error("not an event of a parcel")]
    UnknownType,
}

/// Reads a signed delivery.
///
/// # Errors
/// [`ParseError`].
pub fn parse(delivery: &Verified<Delivery<'_>>, codes: &Codes, now: Timestamp) -> Result<Message, ParseError> {
    read(delivery.message().body(), codes, Source::Signed, now)
}

/// Reads a message of a sender who cannot sign.
///
/// # Errors
/// [`ParseError`].
pub fn parse_unsigned(told: &Verified<Told<'_>>, codes: &Codes, now: Timestamp) -> Result<Message, ParseError> {
    read(told.message().body(), codes, Source::Unsigned, now)
}

fn read(body: &[u8], codes: &Codes, source: Source, now: Timestamp) -> Result<Message, ParseError> {
    let body = Fields::of_body(body)?;
    let kind = body.required("type", body.line("type", LONGEST_TYPE)?)?;
    let kind = kind.strip_prefix(POST).ok_or(ParseError::UnknownType)?;
    let named = State::named(kind).filter(|state| *state != State::Ordered);
    if named.is_none() && kind != STATUS {
        return Err(ParseError::UnknownType);
    }
    let told_at = instant(&body, "timestamp")?;
    let data = body.required("data", body.object("data")?)?;
    let (order, waybill) = (data.line("order", Stray::LONGEST)?, data.line("waybill", Stray::LONGEST)?);
    if order.is_none() && waybill.is_none() {
        return Err(data.malformed("order", "is missing, and so is waybill").into());
    }
    let code = data.code("code", Tracked::LONGEST)?;
    let code = match named {
        Some(state) => code.unwrap_or_else(|| state.name().to_owned()),
        None => data.required("code", code)?,
    };
    let (state, meant) = match named {
        Some(state) => (Some(state), None),
        None => codes.meaning(&code).map_or((None, None), |(state, why)| (Some(state), why)),
    };
    let at = data.required("at", instant(&data, "at")?.or(told_at))?;
    let why = match data.whole("reason")? {
        None => meant,
        Some(number) => match u8::try_from(number).ok().and_then(Why::numbered) {
            Some(why) => Some(why),
            None => return Err(data.malformed("reason", "is none of 1 to 5").into()),
        },
    };
    let attempt = match data.whole("attempt")? {
        Some(attempt) if (1..=MOST_ATTEMPTS).contains(&attempt) => u8::try_from(attempt).ok(),
        Some(_) => return Err(data.malformed("attempt", "is none of 1 to 99").into()),
        None => None,
    };
    let to = match data.line("to", LONGEST_TYPE)?.as_deref() {
        None => None,
        Some("receiver") => Some(To::Receiver),
        Some("other") => Some(To::Other),
        Some(_) => return Err(data.malformed("to", "is neither receiver nor other").into()),
    };
    let place = data.line("place", Tracked::LONGEST)?;
    let event = Tracked { code, state, at, heard_at: now, place, attempt, why, to, source };
    Ok(Message { order, waybill, event })
}

fn instant(fields: &Fields<'_>, name: &'static str) -> Result<Option<Timestamp>, Malformed> {
    let Some(text) = fields.line(name, LONGEST_TYPE)? else { return Ok(None) };
    let read = vietnam::parse_portal_instant(&text);
    read.map(Some).map_err(|error| fields.malformed(name, error.for_caller()))
}
