//! Meanings of the codes of an operator.

use std::collections::BTreeMap;

use super::{State, Why};

/// Meanings of an operator's own codes: a state, and for a failed attempt perhaps a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes(BTreeMap<String, (State, Option<Why>)>);

impl Codes {
    /// Takes a meaning, as the configuration writes it: `attempt_failed`, or `attempt_failed:4` with the reason's number in
    /// the Postal Law; `false` if it is none.
    pub fn take(&mut self, code: &str, text: &str) -> bool {
        let Some(meaning) = meaning(text) else { return false };
        self.0.insert(code.to_owned(), meaning);
        true
    }

    /// Returns the meaning of a code; `None` if nobody knows it.
    #[must_use]
    pub fn meaning(&self, code: &str) -> Option<(State, Option<Why>)> {
        self.0.get(code).copied()
    }
}

fn meaning(text: &str) -> Option<(State, Option<Why>)> {
    let (state, why) = match text.split_once(':') {
        None => (text, None),
        Some((state, number)) => (state, Some(Why::numbered(number.parse().ok()?)?)),
    };
    let state = State::named(state)?;
    (why.is_none() || state == State::AttemptFailed).then_some((state, why))
}
