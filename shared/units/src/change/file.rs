//! Changes as a file: TOML, one `[[units]]` table a change.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use super::{Change, MOST_CHANGES, Mistake, Written};

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line on which the change begins, from 1.
    pub line: usize,
    /// The field, and what is wrong with it.
    pub mistake: Mistake,
}

impl fmt::Display for Fault {
    /// Writes `12: name: begins with none of …`, to follow a file's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.mistake)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    units: Vec<Spanned<Written>>,
}

/// Reads the changes of a file, each with its line.
///
/// # Errors
/// Every mistake in a change; a file that is not of this shape ends at the first.
pub fn read(text: &str) -> Result<Vec<(usize, Change)>, Vec<Fault>> {
    let line = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    let whole = |line: usize, what: String| vec![Fault { line, mistake: Mistake { field: "", what } }];
    let file: File = toml::from_str(text).map_err(|error| {
        let what = error.message().lines().next().unwrap_or("is not TOML").to_owned();
        whole(error.span().map_or(1, |span| line(span.start)), what)
    })?;
    if file.units.len() > MOST_CHANGES {
        return Err(whole(1, format!("holds more than {MOST_CHANGES} changes")));
    }
    let (mut changes, mut faults) = (Vec::with_capacity(file.units.len()), Vec::new());
    for written in file.units {
        let line = line(written.span().start);
        match written.into_inner().read() {
            Ok(change) => changes.push((line, change)),
            Err(mistakes) => faults.extend(mistakes.into_iter().map(|mistake| Fault { line, mistake })),
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}
