//! Readers of the headers that hold a signature, and of the instant it was made for.

use http::HeaderMap;
use jiff::Timestamp;

use super::{SignatureError, TOLERANCE_SECONDS};

/// Returns the one value of a header that must be there exactly once. Visible ASCII only.
pub(super) fn single<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, SignatureError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().ok_or(SignatureError::Missing(name))?;
    if values.next().is_some() {
        return Err(SignatureError::Duplicated(name));
    }
    match value.to_str() {
        Ok("") => Err(SignatureError::Missing(name)),
        Ok(text) => Ok(text),
        Err(_) => Err(SignatureError::Malformed(name)),
    }
}

/// Compares a signed count of seconds since 1970 with now. Digits only: no sign, no fraction, no spaces.
pub(super) fn check_age(seconds: &str, now: Timestamp) -> Result<(), SignatureError> {
    if seconds.is_empty() {
        return Err(SignatureError::TimestampMissing);
    }
    if !seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SignatureError::TimestampMalformed);
    }
    let signed_at: i64 = seconds.parse().map_err(|_| SignatureError::TimestampMalformed)?;
    let now = now.as_second();
    match (signed_at.abs_diff(now) > TOLERANCE_SECONDS, signed_at < now) {
        (true, true) => Err(SignatureError::TooOld),
        (true, false) => Err(SignatureError::TooNew),
        (false, _) => Ok(()),
    }
}
