//! Items: attributes in, attributes out.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use serde::de::DeserializeOwned;

use rules::dossier::SHAPE;

use super::{Error, Key};

/// An item's attributes.
pub type Item = HashMap<String, AttributeValue>;

/// Starts an item under a key.
pub(crate) fn under(key: &Key) -> Item {
    let mut item = key.attributes();
    item.insert("shape".into(), n(SHAPE));
    item
}

/// Builds a string attribute.
pub(crate) fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// Builds a number attribute.
pub(crate) fn n(number: u64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// Writes a value as its JSON text.
pub(crate) fn json<T: Serialize>(value: &T) -> AttributeValue {
    s(serde_json::to_string(value).expect("our own types have string keys and no failing Serialize"))
}

/// Returns a string attribute's text.
#[must_use]
pub fn text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

/// Returns a number attribute's number.
#[must_use]
pub fn number(item: &Item, name: &str) -> Option<u64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

/// Reads the JSON in an attribute, after a check of the item's shape.
///
/// # Errors
/// [`Error::TooNew`], [`Error::Unreadable`].
pub fn read<T: DeserializeOwned>(item: &Item, name: &str) -> Result<T, Error> {
    match number(item, "shape") {
        Some(shape) if shape > SHAPE => return Err(Error::TooNew(shape)),
        _ => {}
    }
    let sk = || text(item, "sk").unwrap_or("?").to_owned();
    let json = text(item, name).ok_or_else(|| Error::Unreadable { sk: sk(), reason: format!("no {name}") })?;
    serde_json::from_str(json).map_err(|error| Error::Unreadable {
        sk: sk(),
        // The category and place only: the text around it may be personal.
        reason: format!("{:?} in {name} at column {}", error.classify(), error.column()),
    })
}

/// Writes an instant as sortable text, in whole seconds, rounded up so that nothing wakes early.
pub(crate) fn sortable(at: Timestamp) -> String {
    let whole = if at.subsec_nanosecond() > 0 { at.checked_add(1.second()).unwrap_or(at) } else { at };
    whole.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Writes `now` as sortable text, rounded down: a task that wakes at a later second is not due.
pub(crate) fn sortable_floor(now: Timestamp) -> String {
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    sortable(whole)
}

/// Adds the index keys of a task.
pub(crate) fn wakes(item: &mut Item, wake_pk: String, at: Timestamp) {
    item.insert("wake_pk".into(), s(wake_pk));
    item.insert("wake_at".into(), s(sortable(at)));
}

/// Items written by the shell's journeys.
pub mod write {
    use jiff::Timestamp;

    use super::{Item, Key, n, s, under};

    /// Builds an item with one text.
    #[must_use]
    pub fn item(key: &Key, name: &str, text: impl Into<String>) -> Item {
        let mut item = under(key);
        item.insert(name.to_owned(), s(text));
        item
    }

    /// Adds the index keys of a task.
    pub fn wakes(item: &mut Item, wake_pk: String, at: Timestamp) {
        super::wakes(item, wake_pk, at);
    }

    /// Adds a text.
    pub fn text(item: &mut Item, name: &str, text: impl Into<String>) {
        item.insert(name.to_owned(), s(text));
    }

    /// Adds a number.
    pub fn number(item: &mut Item, name: &str, number: u64) {
        item.insert(name.to_owned(), n(number));
    }
}
