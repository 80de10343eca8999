//! The text of a configuration.

use serde_json::{Map, Value};

use super::entry::{Problem, Problems};

/// Reads TOML, or JSON if it begins with a brace. The parsers' own messages quote the text, which holds keys, so only
/// the place is reported.
pub(super) fn tables(text: &str) -> Result<Map<String, Value>, Problems> {
    let one = |what: String| {
        let (entry, field) = Default::default();
        Problems(vec![Problem { entry, field, what }])
    };
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text)
            .map_err(|error| one(format!("not JSON at line {}, column {}", error.line(), error.column())));
    }
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
        one(format!("not TOML at line {line}"))
    })
}
