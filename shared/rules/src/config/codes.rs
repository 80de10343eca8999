//! Meanings of the codes of an operator.

use super::entry::Entry;
use crate::post::{Codes, State, Tracked};

/// The most codes of one operator.
const MOST: usize = 500;

/// Reads `[posts.codes]`: `"H12" = "attempt_failed"`, or `"attempt_failed:4"` with the reason's number in the Postal Law.
pub(super) fn codes(entry: &mut Entry<'_>) -> Option<Codes> {
    const FIELD: &str = "codes";
    entry.within(FIELD, read).map(Option::unwrap_or_default)
}

fn read(own: &mut Entry<'_>) -> Option<Codes> {
    let table = own.all();
    if table.len() > MOST {
        own.problem("", "takes at most 500 codes");
    }
    let mut codes = Codes::default();
    for (code, value) in table {
        let is_code = (1..=Tracked::LONGEST).contains(&code.chars().count());
        if !is_code || !value.as_str().is_some_and(|text| codes.take(code, text)) {
            let states = State::ALL.map(State::name).join(", ");
            own.problem(code.clone(), format!("is none of {states}, a failed attempt with :1 to :5"));
        }
    }
    Some(codes)
}
