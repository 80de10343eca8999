//! Queries and form bodies, pair by pair, with the spelling as received kept beside the decoded bytes.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// One `name=value` of a query.
#[derive(Clone)]
pub struct Pair<'a> {
    /// The pair as received, such as `a=1%202`.
    pub raw: &'a str,
    /// The name, decoded.
    pub name: Cow<'a, [u8]>,
    /// The value, decoded; empty if there was no `=`. Not always UTF-8.
    pub value: Cow<'a, [u8]>,
}

/// Shows names alone: values may be personal.
impl std::fmt::Debug for Pair<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pair").field("name", &String::from_utf8_lossy(&self.name)).finish_non_exhaustive()
    }
}

/// Returns the pairs of a query, in the order received. Empty segments (`a=1&&b=2`) are passed over.
pub fn pairs(raw: &str) -> Vec<Pair<'_>> {
    raw.split('&')
        .filter(|segment| !segment.is_empty())
        .map(|segment| {
            let (name, value) = segment.split_once('=').unwrap_or((segment, ""));
            Pair { raw: segment, name: decode(name), value: decode(value) }
        })
        .collect()
}

/// Undoes form encoding once: `+` is a space, `%XX` a byte, a broken escape stays as it is.
pub fn decode(text: &str) -> Cow<'_, [u8]> {
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        return Cow::Owned(percent_decode(spaced.as_bytes()).collect());
    }
    percent_decode(text.as_bytes()).into()
}

/// Form-encodes bytes: a space is `+`, escapes are upper case.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    push_encoded(&mut text, bytes);
    text
}

/// Adds the same at the end of a text.
pub fn push_encoded(text: &mut String, bytes: &[u8]) {
    text.extend(form_urlencoded::byte_serialize(bytes));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pairs_keep_the_spelling_and_decode_once() {
        let found: Vec<_> = pairs("a=1+2%2B&&b=%2541&c&d=x=y&e=%zz%ff")
            .into_iter()
            .map(|pair| (pair.raw, pair.name.into_owned(), pair.value.into_owned()))
            .collect();
        let expected: Vec<(&str, Vec<u8>, Vec<u8>)> = vec![
            ("a=1+2%2B", b"a".into(), b"1 2+".into()),
            ("b=%2541", b"b".into(), b"%41".into()),
            ("c", b"c".into(), b"".into()),
            ("d=x=y", b"d".into(), b"x=y".into()),
            ("e=%zz%ff", b"e".into(), b"%zz\xff".into()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn encoding_agrees_with_the_gateway_on_the_characters_it_shows() {
        assert_eq!(encode("2024-05-21T02:17 đ~#".as_bytes()), "2024-05-21T02%3A17+%C4%91%7E%23");
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself(bytes: Vec<u8>) {
            let query = format!("n={}", encode(&bytes));
            let pairs = pairs(&query);
            prop_assert_eq!(&pairs[0].value[..], &bytes[..]);
        }
    }
}
