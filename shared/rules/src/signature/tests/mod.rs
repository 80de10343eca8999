mod delivery;
mod hashes;
mod wycheproof;

use super::*;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

struct Text<'a>(&'a [u8]);

impl Signed for Text<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.0);
    }
}

fn key(text: &str) -> Key {
    Key::from_text(text, Shortness::Allowed).unwrap()
}

fn keys(text: &str) -> Keys {
    Keys::new(key(text), None)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    }
    headers
}
