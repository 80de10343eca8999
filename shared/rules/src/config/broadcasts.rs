//! The `broadcasts` of an agency's entry: who releases them, how fast they leave, and what they cost.

use serde::Deserialize;
use serde_json::Value;

use super::entry::Entry;
use crate::broadcast::Settings;

/// The word for an agency with one manager, where nobody needs a second person.
const NEVER: &str = "never";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    second_person_above: Option<Value>,
    a_minute: Option<u32>,
    sms_vnd: Option<u64>,
}

/// Reads the settings; those that the entry does not give are the usual ones.
pub(super) fn broadcasts(entry: &mut Entry<'_>) -> Settings {
    const FIELD: &str = "broadcasts";
    let usual = Settings::default();
    let Some(value) = entry.value(FIELD) else { return usual };
    let written = Written::deserialize(value).unwrap_or_else(|error| {
        entry.problem(FIELD, error.to_string());
        Written::default()
    });
    let second_person_above = match &written.second_person_above {
        None => usual.second_person_above,
        Some(Value::String(word)) if word == NEVER => None,
        Some(value) => {
            if value.as_u64().is_none() {
                entry.problem(FIELD, "`second_person_above` takes a number of people, or \"never\"");
            }
            value.as_u64().or(usual.second_person_above)
        }
    };
    let a_minute = written.a_minute.unwrap_or(usual.a_minute);
    if !(1..=Settings::MOST_A_MINUTE).contains(&a_minute) {
        entry.problem(FIELD, format!("`a_minute` takes 1 to {}", Settings::MOST_A_MINUTE));
    }
    let sms_vnd = written.sms_vnd.unwrap_or(usual.sms_vnd);
    if sms_vnd > Settings::HIGHEST_VND {
        entry.problem(FIELD, format!("`sms_vnd` takes at most {}", Settings::HIGHEST_VND));
    }
    Settings { second_person_above, a_minute: a_minute.clamp(1, Settings::MOST_A_MINUTE), sms_vnd }
}
