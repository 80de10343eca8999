//! Meanings of the codes of an operator.

use std::collections::BTreeMap;

use super::entry::Entry;
use crate::post::{State, Why};

/// The longest code, in characters.
const LONGEST: usize = 60;
/// The most codes of one operator.
const MOST: usize = 500;

/// What each of an operator's own codes means: a state, and for a failed attempt perhaps a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes(BTreeMap<String, (State, Option<Why>)>);

impl Codes {
    /// Returns the meaning of a code; `None` if nobody knows it.
    #[must_use]
    pub fn meaning(&self, code: &str) -> Option<(State, Option<Why>)> {
        self.0.get(code).copied()
    }
}

/// Reads `[posts.codes]`: `"H12" = "attempt_failed"`, or `"attempt_failed:4"` with the reason's number in the Postal Law.
pub(super) fn codes(entry: &mut Entry<'_>) -> Option<Codes> {
    const FIELD: &str = "codes";
    let Some(value) = entry.value(FIELD) else { return Some(Codes::default()) };
    let Some(table) = value.as_object() else {
        entry.problem(FIELD, "is not a table");
        return None;
    };
    if table.len() > MOST {
        entry.problem(FIELD, "takes at most 500 codes");
    }
    let mut codes = BTreeMap::new();
    for (code, value) in table {
        let meaning = value.as_str().and_then(meaning).filter(|_| (1..=LONGEST).contains(&code.chars().count()));
        match meaning {
            Some(meaning) => {
                codes.insert(code.clone(), meaning);
            }
            None => {
                let states = State::ALL.map(State::name).join(", ");
                entry
                    .problem(format!("{FIELD}.{code}"), format!("is none of {states}, a failed attempt with :1 to :5"));
            }
        }
    }
    Some(Codes(codes))
}

fn meaning(text: &str) -> Option<(State, Option<Why>)> {
    let (state, why) = match text.split_once(':') {
        None => (text, None),
        Some((state, number)) => (state, Some(Why::numbered(number.parse().ok()?)?)),
    };
    let state = State::named(state)?;
    (why.is_none() || state == State::AttemptFailed).then_some((state, why))
}
