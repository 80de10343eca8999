//! A check of a whole body before anything is read from it: one reading only, limited depth.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::object::MAX_MEMBERS;
use super::{Malformed, below};

/// The deepest nesting of a body. The deepest known, a supplement's papers in a dossier, has six levels.
const MAX_DEPTH: usize = 32;

/// Checks a body: UTF-8, JSON, no name twice in one object, no text that is not Unicode, no depth beyond 32.
///
/// # Errors
/// [`Malformed`], with the place at which reading ended.
pub(super) fn check(body: &[u8]) -> Result<&str, Malformed> {
    let text = std::str::from_utf8(body).map_err(|_| Malformed::new("body", "is not UTF-8"))?;
    let mut walk = Walk { place: Vec::new(), why: None };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Value(&mut walk).deserialize(&mut reader).and_then(|()| {
        walk.place.clear();
        reader.end()
    });
    match read {
        Ok(()) => Ok(text),
        Err(_) => Err(Malformed::new(walk.path(), walk.why.unwrap_or("is not JSON"))),
    }
}

enum Segment<'de> {
    Name(Cow<'de, str>),
    Index(usize),
}

/// The place of the walk. After an error it stays at that place.
struct Walk<'de> {
    place: Vec<Segment<'de>>,
    why: Option<&'static str>,
}

impl Walk<'_> {
    fn path(&self) -> String {
        let path = self.place.iter().fold(String::new(), |path, segment| match segment {
            Segment::Name(name) => below(&path, name),
            Segment::Index(index) => format!("{path}[{index}]"),
        });
        if path.is_empty() { "body".into() } else { path }
    }

    fn ends<E: Error>(&mut self, why: &'static str) -> E {
        self.why = Some(why);
        E::custom(why)
    }
}

struct Value<'w, 'de>(&'w mut Walk<'de>);

impl<'de> DeserializeSeed<'de> for Value<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.0.place.len() > MAX_DEPTH {
            return Err(self.0.ends("nests too deep"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            self.0.place.push(Segment::Index(index));
            if seq.next_element_seed(Value(self.0))?.is_none() {
                self.0.place.pop();
                return Ok(());
            }
            self.0.place.pop();
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key_seed(Name)? {
            self.0.place.push(Segment::Name(name.clone()));
            if !names.insert(name) {
                return Err(self.0.ends("is given twice"));
            }
            if names.len() > MAX_MEMBERS {
                self.0.place.pop();
                return Err(self.0.ends("has too many members"));
            }
            map.next_value_seed(Value(self.0))?;
            self.0.place.pop();
        }
        Ok(())
    }
}

/// A member's name, borrowed if it holds no escape.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
