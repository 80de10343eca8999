//! Records of the table's stream as Lambda delivers them, and the answer that asks for some of them again.

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::store::Key;

/// Kind of change to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was put where none was.
    Insert,
    /// It was changed.
    Modify,
    /// It was deleted.
    Remove,
}

/// One record: an item's key, the kind of change, and its attributes afterwards.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// The item's key.
    pub key: Key,
    /// The kind of change.
    pub kind: Kind,
    /// The record's place in its shard, by which it is asked for again.
    pub sequence_number: &'a str,
    image: &'a Value,
}

impl<'a> Record<'a> {
    /// Reads one record; `None` if it names no key of the table or an unknown kind of change.
    fn parse(record: &'a Value) -> Option<Self> {
        let change = &record["dynamodb"];
        let key = |name: &str| change["Keys"][name]["S"].as_str().map(str::to_owned);
        let kind = match record["eventName"].as_str()? {
            "INSERT" => Kind::Insert,
            "MODIFY" => Kind::Modify,
            "REMOVE" => Kind::Remove,
            _ => return None,
        };
        Some(Self {
            key: Key { pk: key("pk")?, sk: key("sk")? },
            kind,
            sequence_number: change["SequenceNumber"].as_str().unwrap_or_default(),
            image: &change["NewImage"],
        })
    }

    /// Returns the text of a string or number attribute as it is after the change.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let attribute = &self.image[name];
        attribute["S"].as_str().or_else(|| attribute["N"].as_str())
    }
}

/// Returns the records of a batch in their order. Anything that is no record of the table is left out.
pub fn records(event: &Value) -> impl Iterator<Item = Record<'_>> {
    event["Records"].as_array().into_iter().flatten().filter_map(Record::parse)
}

/// Returns the answer to a batch, which names the records that must come again by their sequence numbers:
/// `{"batchItemFailures":[{"itemIdentifier":"<sequence number>"}]}`.
#[must_use]
pub fn failures(sequence_numbers: &[&str]) -> Value {
    let failures: Vec<_> = sequence_numbers.iter().map(|number| json!({ "itemIdentifier": number })).collect();
    json!({ "batchItemFailures": failures })
}
