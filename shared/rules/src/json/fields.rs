//! The members of a body, each read as the type it should have, or refused with its place.

use std::borrow::Cow;

use serde_json::value::RawValue;
use unicode_normalization::UnicodeNormalization;

use super::object::{NotAnObject, Object, Scalar, scalar};
use super::{Malformed, below, sound};

/// One object of a body, and its place.
#[derive(Clone)]
pub struct Fields<'a> {
    path: String,
    object: Object<'a>,
}

/// One element of a list of a body, and its place.
#[derive(Clone)]
pub struct Element<'a> {
    path: String,
    raw: &'a str,
}

/// The characters that a text may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One line: no control characters.
    Line,
    /// Several lines.
    Prose,
}

impl<'a> Fields<'a> {
    /// Reads a body that holds one object and nothing else. All of it is checked, also the parts that nobody reads:
    /// UTF-8, one reading only, bounded depth.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn of_body(body: &'a [u8]) -> Result<Self, Malformed> {
        sound::check(body)?;
        let object = Object::parse(body).map_err(|NotAnObject| Malformed::new("body", "is not an object"))?;
        Ok(Self { path: String::new(), object })
    }

    /// Makes a complaint about a member.
    #[must_use]
    pub fn malformed(&self, name: &str, why: impl Into<Cow<'static, str>>) -> Malformed {
        Malformed::new(below(&self.path, name), why)
    }

    /// Returns a value that must be there.
    ///
    /// # Errors
    /// [`Malformed`] if it is not.
    pub fn required<T>(&self, name: &str, found: Option<T>) -> Result<T, Malformed> {
        found.ok_or_else(|| self.malformed(name, "is missing"))
    }

    /// Returns the member as it was written; `None` if it is absent or null.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&'a str> {
        self.object.raw(name).filter(|raw| *raw != "null")
    }

    /// Reads one line of text, at most so many characters: composed (NFC), without the spaces around it, without
    /// control characters. Absent, null and empty are `None`.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn line(&self, name: &str, most: usize) -> Result<Option<String>, Malformed> {
        self.text(name, most, Shape::Line)
    }

    /// Reads text of several lines, otherwise as [`Fields::line`].
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn prose(&self, name: &str, most: usize) -> Result<Option<String>, Malformed> {
        self.text(name, most, Shape::Prose)
    }

    /// Reads one line that a sender may also write as a whole number, such as a code: `2` or `"2"`.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn code(&self, name: &str, most: usize) -> Result<Option<String>, Malformed> {
        match self.object.scalar(name) {
            Ok(Some(Scalar::Number(digits))) if digits.len() <= most && is_whole(digits) => Ok(Some(digits.to_owned())),
            _ => self.line(name, most),
        }
    }

    /// Reads yes or no: a boolean, or `"True"` and `"False"` as portals write it.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Malformed> {
        match self.object.scalar(name) {
            Ok(None | Some(Scalar::Null)) => Ok(None),
            Ok(Some(Scalar::Bool(flag))) => Ok(Some(flag)),
            Ok(Some(Scalar::Text(text))) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Ok(Some(Scalar::Text(text))) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Ok(Some(Scalar::Text(_) | Scalar::Number(_))) | Err(NotAnObject) => {
                Err(self.malformed(name, "is neither true nor false"))
            }
        }
    }

    /// Reads a whole number, not negative, written in digits alone.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn whole(&self, name: &str) -> Result<Option<u64>, Malformed> {
        let why = "is not a whole number";
        match self.object.scalar(name) {
            Ok(None | Some(Scalar::Null)) => Ok(None),
            Ok(Some(Scalar::Number(digits))) if is_whole(digits) => {
                digits.parse().map(Some).map_err(|_| self.malformed(name, why))
            }
            Ok(Some(_)) | Err(NotAnObject) => Err(self.malformed(name, why)),
        }
    }

    /// Reads an object.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn object(&self, name: &str) -> Result<Option<Self>, Malformed> {
        let Some(raw) = self.raw(name) else { return Ok(None) };
        object(below(&self.path, name), raw).map(Some)
    }

    /// Reads a list of at most so many elements.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn list(&self, name: &str, most: usize) -> Result<Option<Vec<Element<'a>>>, Malformed> {
        let Some(raw) = self.raw(name) else { return Ok(None) };
        let elements: Vec<&RawValue> = serde_json::from_str(raw).map_err(|_| self.malformed(name, "is not a list"))?;
        if elements.len() > most {
            return Err(self.malformed(name, format!("has more than {most} elements")));
        }
        let path = below(&self.path, name);
        let element =
            |(index, raw): (usize, &'a RawValue)| Element { path: format!("{path}[{index}]"), raw: raw.get() };
        Ok(Some(elements.into_iter().enumerate().map(element).collect()))
    }

    /// Refuses members that are not among these.
    ///
    /// # Errors
    /// [`Malformed`], naming the first one that is not.
    pub fn only(&self, known: &[&str]) -> Result<(), Malformed> {
        match self.object.members().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => Err(self.malformed(name, "is not a field of this command")),
            None => Ok(()),
        }
    }

    fn text(&self, name: &str, most: usize, shape: Shape) -> Result<Option<String>, Malformed> {
        let path = || below(&self.path, name);
        match self.object.scalar(name) {
            Ok(None) => Ok(None),
            Ok(Some(scalar)) => text(path, scalar, most, shape),
            Err(NotAnObject) => Err(Malformed::new(path(), "is not a text")),
        }
    }
}

impl<'a> Element<'a> {
    /// Makes a complaint about the element.
    #[must_use]
    pub fn malformed(&self, why: &'static str) -> Malformed {
        Malformed::new(self.path.clone(), why)
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.raw.starts_with('{')
    }

    /// Reads the element as an object.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn object(&self) -> Result<Fields<'a>, Malformed> {
        object(self.path.clone(), self.raw)
    }

    /// Reads the element as one line of text that must not be empty.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn line(&self, most: usize) -> Result<String, Malformed> {
        let scalar = scalar(self.raw).map_err(|NotAnObject| self.malformed("is not a text"))?;
        text(|| self.path.clone(), scalar, most, Shape::Line)?.ok_or_else(|| self.malformed("is empty"))
    }
}

fn object(path: String, raw: &str) -> Result<Fields<'_>, Malformed> {
    match Object::parse(raw.as_bytes()) {
        Ok(object) => Ok(Fields { path, object }),
        Err(NotAnObject) => Err(Malformed::new(path, "is not an object")),
    }
}

fn text(path: impl Fn() -> String, scalar: Scalar<'_>, most: usize, shape: Shape) -> Result<Option<String>, Malformed> {
    let text = match scalar {
        Scalar::Null => return Ok(None),
        Scalar::Text(text) => text,
        Scalar::Bool(_) | Scalar::Number(_) => return Err(Malformed::new(path(), "is not a text")),
    };
    let text: String = text.trim().nfc().collect();
    let control = |c: char| c.is_control() && !(shape == Shape::Prose && matches!(c, '\n' | '\r' | '\t'));
    if text.chars().any(control) {
        return Err(Malformed::new(path(), "holds a control character"));
    }
    if text.chars().count() > most {
        return Err(Malformed::new(path(), format!("has more than {most} characters")));
    }
    Ok((!text.is_empty()).then_some(text))
}

fn is_whole(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit())
}
