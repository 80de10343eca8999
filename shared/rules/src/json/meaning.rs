//! The meaning of a body: what stays the same however it is written.

use std::collections::BTreeMap;

use serde_json::Value;

/// Returns a text that is equal for two bodies of the same meaning: members in the order of their names, no spaces, no
/// members that are `null`, since such a member is read as an absent one. `None` if the body is no JSON.
#[must_use]
pub fn meaning(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    Some(canonical(&value))
}

fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().filter(|(_, value)| !value.is_null()).collect();
            let member =
                |(name, value): (&String, &Value)| format!("{}:{}", Value::from(name.as_str()), canonical(value));
            format!("{{{}}}", members.into_iter().map(member).collect::<Vec<_>>().join(","))
        }
        Value::Array(elements) => format!("[{}]", elements.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
