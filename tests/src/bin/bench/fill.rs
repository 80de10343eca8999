//! Dossiers stored beside those that are measured.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::store::Item;
use motcua_local::wire::{Database, database};
use motcua_tests::town::Town;
use rules::id::DossierId;
use serde_json::{Value, json};

/// Items of one transaction.
const BATCH: usize = 10_000;

/// Returns the dossier of a copy, the same in every run.
pub fn copy(number: u64) -> DossierId {
    DossierId::from_random(1_000_000 + number)
}

/// Returns an item of a dossier with another's id in every place that held this one's.
pub fn renamed(item: &Item, pattern: DossierId, id: DossierId) -> Item {
    let rename = |value: &AttributeValue| match value {
        AttributeValue::S(text) => AttributeValue::S(text.replace(pattern.as_str(), id.as_str())),
        other => other.clone(),
    };
    item.iter().map(|(name, value)| (name.clone(), rename(value))).collect()
}

/// Items on their way into the table, past the wire and past the stream: items stored only to fill it cause no
/// messages.
pub struct Batch {
    database: Database,
    table: String,
    items: Vec<Value>,
}

impl Batch {
    /// Makes an empty batch.
    pub fn new(town: &Town) -> Self {
        let table = town.office.site().recorder.store().table().to_owned();
        Self { database: town.office.wire().database().clone(), table, items: Vec::new() }
    }

    /// Adds one item.
    pub fn put(&mut self, item: &Item) {
        self.items.push(written(item));
        if self.items.len() == BATCH {
            self.write();
        }
    }

    /// Writes the items that are still on their way.
    pub fn write(&mut self) {
        let count = self.items.len();
        let filled = database::fill(&self.database, &self.table, std::mem::take(&mut self.items)).unwrap();
        assert_eq!(filled, count);
    }
}

/// Writes an item as the protocol does.
fn written(item: &Item) -> Value {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::Bool(is) => json!({ "BOOL": is }),
        kind => panic!("an attribute of a kind that nothing here has: {kind:?}"),
    };
    item.iter().map(|(name, attribute)| (name.clone(), value(attribute))).collect()
}
