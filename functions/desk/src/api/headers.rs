//! The headers of a command, and its body.

use rules::http::{Received, Request};
use rules::json::{Fields, Malformed};

use crate::api::answer::Answer;

const IDEMPOTENCY_KEY: &str = "idempotency-key";
const IF_MATCH: &str = "if-match";
/// The media type of every body of the API.
pub(crate) const JSON: &str = "application/json";
/// The longest idempotency key taken.
pub(crate) const LONGEST_KEY: usize = 100;

/// The key that makes a repeat harmless: 1 to 100 visible ASCII characters.
pub(crate) fn idempotency_key(request: &Request) -> Result<String, Answer> {
    let why = "must be 1 to 100 visible ASCII characters";
    let key = single(request, IDEMPOTENCY_KEY, "Idempotency-Key")?.ok_or_else(|| malformed("Idempotency-Key", why))?;
    let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    if visible && (1..=LONGEST_KEY).contains(&key.len()) {
        Ok(key.to_owned())
    } else {
        Err(malformed("Idempotency-Key", why))
    }
}

/// The version that the clerk saw when they decided: `"12"`, or without the quotes.
pub(crate) fn expected_version(request: &Request) -> Result<u64, Answer> {
    let tag = single(request, IF_MATCH, "If-Match")?.ok_or(Answer::VersionNeeded)?;
    let bare = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or(tag);
    match bare.parse() {
        Ok(version) if bare.bytes().all(|byte| byte.is_ascii_digit()) => Ok(version),
        _ => Err(malformed("If-Match", "must be the version of the dossier")),
    }
}

/// The body as an object: 413 over the limit, 415 if it does not say that it is JSON.
pub(crate) fn json_body(request: &Request) -> Result<Fields<'_>, Answer> {
    if request.is_oversize() {
        return Err(Answer::TooLarge);
    }
    // A form of another site's page can send every type but this one without asking first.
    if !request.media_type().is_some_and(|it| it.eq_ignore_ascii_case(JSON)) {
        return Err(Answer::OtherMediaType);
    }
    Ok(Fields::of_body(request.body())?)
}

fn single<'a>(request: &'a Request, name: &str, shown: &'static str) -> Result<Option<&'a str>, Answer> {
    let mut values = request.headers().get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(malformed(shown, "is given twice"));
    }
    value.to_str().map(Some).map_err(|_| malformed(shown, "is not ASCII"))
}

fn malformed(field: &'static str, why: &'static str) -> Answer {
    Answer::Malformed(Malformed::new(field, why))
}
