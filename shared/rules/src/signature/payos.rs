//! payOS's scheme, for its callbacks and its answers: HMAC-SHA256 over the members of `data`, sorted, `name=value`
//! joined by `&`. Values are unescaped, numbers as written, null as empty, lists as compact JSON with each element's
//! names sorted. Members beside `data` are not signed.

use serde_json::value::RawValue;

use super::{Keys, SignatureError, Signed, Verified, verify_hmac_sha256};
use crate::json::{NotAnObject, Object, Scalar, scalar};

const SIGNATURE: &str = "signature";
const DATA: &str = "data";
/// The deepest nesting of a list inside `data`; payOS sends one level.
const MAX_DEPTH: u8 = 8;

/// The signed object and its signed text.
pub struct Data<'a> {
    object: Object<'a>,
    text: String,
}

impl<'a> Data<'a> {
    /// Returns the signed object.
    pub fn object(&self) -> &Object<'a> {
        &self.object
    }
}

impl Signed for Data<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.text.as_bytes());
    }
}

/// Verifies a body: a callback's, or that of an answer to a request of ours.
pub fn verify<'a>(keys: &Keys, body: &'a [u8]) -> Result<Verified<Data<'a>>, SignatureError> {
    let body = Object::unverified(body)?;
    let tag = body.hex_tag(SIGNATURE)?;
    let object = body.object(DATA).ok_or(SignatureError::Malformed(DATA))?;
    let text = signed_text(&object).map_err(|NotAnObject| SignatureError::Malformed(DATA))?;
    verify_hmac_sha256(keys, Data { object, text }, &tag)
}

fn signed_text(object: &Object<'_>) -> Result<String, NotAnObject> {
    let mut text = String::new();
    for (name, raw) in object.members() {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(&signed_value(raw)?);
    }
    Ok(text)
}

/// Returns a value as it enters the signed text.
pub fn signed_value(raw: &str) -> Result<String, NotAnObject> {
    if !raw.starts_with('[') {
        return Ok(scalar(raw)?.signed_text().into_owned());
    }
    let mut text = String::new();
    write_compact(raw, &mut text, MAX_DEPTH)?;
    Ok(text)
}

/// Writes compact JSON: names sorted, strings escaped as little as JSON allows, numbers as written.
fn write_compact(raw: &str, text: &mut String, depth: u8) -> Result<(), NotAnObject> {
    let depth = depth.checked_sub(1).ok_or(NotAnObject)?;
    let object;
    let list: Vec<&RawValue>;
    match raw.as_bytes().first() {
        Some(b'{') => {
            object = Object::parse(raw.as_bytes())?;
            text.push('{');
            for (index, (name, value)) in object.members().enumerate() {
                separate(index, text);
                write_string(name, text)?;
                text.push(':');
                write_compact(value, text, depth)?;
            }
            text.push('}');
        }
        Some(b'[') => {
            list = serde_json::from_str(raw).map_err(|_| NotAnObject)?;
            text.push('[');
            for (index, value) in list.into_iter().enumerate() {
                separate(index, text);
                write_compact(value.get(), text, depth)?;
            }
            text.push(']');
        }
        Some(_) | None => match scalar(raw)? {
            Scalar::Text(string) => write_string(&string, text)?,
            Scalar::Null | Scalar::Bool(_) | Scalar::Number(_) => text.push_str(raw),
        },
    }
    Ok(())
}

fn separate(index: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
}

fn write_string(string: &str, text: &mut String) -> Result<(), NotAnObject> {
    text.push_str(&serde_json::to_string(string).map_err(|_| NotAnObject)?);
    Ok(())
}
