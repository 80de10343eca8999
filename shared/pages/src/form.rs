//! The fields that a browser's form sends.

use rules::http::{MAX_BODY, Received, Request, query};
use subtle::ConstantTimeEq;

/// The most fields of one form.
const MOST_FIELDS: usize = 2_000;

/// The fields of a form, in the order sent. A group of boxes has one field for each ticked box.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

/// Values may be personal.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// The reason why a form was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAForm {
    /// Over the limit.
    #[error("a form over the limit")]
    TooLarge,
    /// Not a form as browsers send it.
    #[error("not a form")]
    Malformed,
    /// From another session or another site.
    #[error("a form of another session")]
    Forged,
}

/// Checks that a form carries this session's own secret, compared in constant time.
///
/// # Errors
/// [`NotAForm::Forged`].
pub fn is_own(csrf: &str, sent: Option<&str>) -> Result<(), NotAForm> {
    let same = sent.unwrap_or_default().as_bytes().ct_eq(csrf.as_bytes());
    if bool::from(same) { Ok(()) } else { Err(NotAForm::Forged) }
}

impl Form {
    /// Reads the body of a form.
    pub fn of(request: &Request) -> Result<Self, NotAForm> {
        if request.body().len() > MAX_BODY {
            return Err(NotAForm::TooLarge);
        }
        let is_form =
            request.media_type().is_some_and(|it| it.eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        let text = std::str::from_utf8(request.body()).ok().filter(|_| is_form || request.body().is_empty());
        Self::read(text.ok_or(NotAForm::Malformed)?)
    }

    /// Reads the query of an address.
    pub fn of_query(request: &Request) -> Self {
        Self::read(request.raw_query()).unwrap_or_default()
    }

    fn read(text: &str) -> Result<Self, NotAForm> {
        let pairs = query::pairs(text);
        if pairs.len() > MOST_FIELDS {
            return Err(NotAForm::TooLarge);
        }
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| NotAForm::Malformed);
        pairs.iter().map(|pair| Ok((text(&pair.name)?, text(&pair.value)?))).collect::<Result<_, _>>().map(Self)
    }

    /// Makes a form of these fields.
    pub fn of_pairs(pairs: &[(&str, String)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    /// Returns the first value of a field that is not empty, without the spaces around it; `None` if there is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().filter(|(it, _)| it == name).map(|(_, value)| value.trim()).find(|value| !value.is_empty())
    }

    /// Returns every value of a field that is not empty.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let name = name.to_owned();
        let named = self.0.iter().filter(move |(it, _)| *it == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Returns every field.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the same form with one more field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }
}
