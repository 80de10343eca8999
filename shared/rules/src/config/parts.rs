//! Secrets by use: the office's own secret says who its neighbours are, and the keys to each kind of them lie in a secret
//! that only those read who need it.

use serde_json::{Map, Value};

use super::entry::Problem;

/// A use of keys, which has a secret of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Sign-in of staff.
    Desk,
    /// Payment channels.
    Money,
    /// Portals and postal operators.
    Portals,
    /// Gateways for messages to people.
    Messages,
    /// Telling portals what became of dossiers.
    Telling,
    /// Giving orders to postal operators.
    Ordering,
    /// Asking providers of electronic receipts.
    Receipts,
}

impl Use {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Desk, Self::Money, Self::Portals, Self::Messages, Self::Telling, Self::Ordering, Self::Receipts];

    /// Returns its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Money => "money",
            Self::Portals => "portals",
            Self::Messages => "messages",
            Self::Telling => "telling",
            Self::Ordering => "ordering",
            Self::Receipts => "receipts",
        }
    }

    /// Returns the tables that its secret may hold.
    fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Desk => &["sign_in"],
            Self::Money => &["channels"],
            Self::Portals => &["portals", "posts"],
            Self::Messages => &["message_gateways"],
            Self::Telling => &["portals"],
            Self::Ordering => &["posts"],
            Self::Receipts => &["receipts"],
        }
    }
}

/// Adds what the secret of a use holds: its entries are completed by their `id`, and new ones are added. What stands in
/// both is taken from here, so that an office can move its keys before it drops them from the one secret.
pub(super) fn add(root: &mut Map<String, Value>, of: Use, part: Map<String, Value>, problems: &mut Vec<Problem>) {
    for (name, value) in part {
        if !of.tables().contains(&name.as_str()) {
            let what = format!("does not belong into the secret of {}", of.name());
            problems.push(Problem { entry: String::new(), field: name, what });
            continue;
        }
        match (root.get_mut(&name), value) {
            (Some(Value::Array(entries)), Value::Array(more)) => more.into_iter().for_each(|it| complete(entries, it)),
            (Some(Value::Object(table)), Value::Object(more)) => table.extend(more),
            (_, value) => {
                root.insert(name, value);
            }
        }
    }
}

fn complete(entries: &mut Vec<Value>, more: Value) {
    let same = |entry: &&mut Value| more.get("id").is_some() && entry.get("id") == more.get("id");
    match (entries.iter_mut().find(same).and_then(Value::as_object_mut), more) {
        (Some(entry), Value::Object(more)) => more.into_iter().for_each(|(name, value)| fill(entry, name, value)),
        (_, more) => entries.push(more),
    }
}

/// Puts a value in its place; a table in the place of a table adds to it.
fn fill(entry: &mut Map<String, Value>, name: String, value: Value) {
    match (entry.get_mut(&name), value) {
        (Some(Value::Object(table)), Value::Object(more)) => table.extend(more),
        (_, value) => {
            entry.insert(name, value);
        }
    }
}
