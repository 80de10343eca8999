//! JSON objects as partners sign them. Numbers keep their text, and a name given twice is refused, since two readers
//! would disagree on which one counts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The most members an object may have. The longest message known has about forty.
pub(super) const MAX_MEMBERS: usize = 256;

/// The error for bytes that are not a usable object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a usable JSON value")]
pub struct NotAnObject;

/// A member that is present but malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is malformed")]
pub struct BadMember(pub &'static str);

/// One object, sorted by name.
#[derive(Clone)]
pub struct Object<'a>(BTreeMap<String, &'a RawValue>);

/// One value that is not an object.
#[derive(Clone, PartialEq, Eq)]
pub enum Scalar<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(&'a str),
    /// A string, its escapes undone.
    Text(String),
}

impl Scalar<'_> {
    /// Returns the text of a number or a string as it enters a signed text; empty for null.
    pub fn signed_text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Number(text) => Cow::Borrowed(text),
            Self::Text(text) => Cow::Borrowed(text),
        }
    }
}

impl<'a> Object<'a> {
    /// Reads one object out of bytes that hold nothing else. Neither a byte-order mark nor invalid UTF-8 passes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, NotAnObject> {
        serde_json::from_slice(bytes).map_err(|_| NotAnObject)
    }

    /// Returns the member as it was written.
    pub fn raw(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).map(|value| value.get())
    }

    /// Returns the members, sorted by name.
    pub fn members(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.get()))
    }

    /// Returns the member as an object, if it is one.
    pub fn object(&self, name: &str) -> Option<Object<'a>> {
        Self::parse(self.raw(name)?.as_bytes()).ok()
    }

    /// Returns the member as a value; `None` if it is absent, an error if it is a list, an object or no Unicode text.
    pub fn scalar(&self, name: &str) -> Result<Option<Scalar<'a>>, NotAnObject> {
        self.raw(name).map(scalar).transpose()
    }

    /// Returns the text of a string member; absent and null are `None`.
    pub fn text(&self, name: &'static str) -> Result<Option<String>, BadMember> {
        match self.scalar(name).map_err(|_| BadMember(name))? {
            None | Some(Scalar::Null) => Ok(None),
            Some(Scalar::Text(text)) => Ok(Some(text)),
            Some(Scalar::Bool(_) | Scalar::Number(_)) => Err(BadMember(name)),
        }
    }

    /// Returns the text of a member that is a number; absent and null are `None`. The reader of the text decides
    /// whether it is an integer.
    pub fn number(&self, name: &'static str) -> Result<Option<&'a str>, BadMember> {
        match self.scalar(name).map_err(|_| BadMember(name))? {
            None | Some(Scalar::Null) => Ok(None),
            Some(Scalar::Number(text)) => Ok(Some(text)),
            Some(Scalar::Bool(_) | Scalar::Text(_)) => Err(BadMember(name)),
        }
    }
}

/// Reads a raw value that is neither list nor object.
pub fn scalar(raw: &str) -> Result<Scalar<'_>, NotAnObject> {
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).map(Scalar::Text).map_err(|_| NotAnObject),
        Some(b'-' | b'0'..=b'9') => Ok(Scalar::Number(raw)),
        Some(b't') => Ok(Scalar::Bool(true)),
        Some(b'f') => Ok(Scalar::Bool(false)),
        Some(b'n') => Ok(Scalar::Null),
        Some(_) | None => Err(NotAnObject),
    }
}

impl<'a> Deserialize<'a> for Object<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'a> Visitor<'a> for Members {
    type Value = Object<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object in which no name is given twice")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Object<'a>, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            if members.len() == MAX_MEMBERS || members.insert(name, value).is_some() {
                return Err(A::Error::custom("a name is given twice, or there are too many"));
            }
        }
        Ok(Object(members))
    }
}
