//! Dossiers stored beside the ones that are measured.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::id::DossierId;
use motcua::store::{Item, Key, SHARDS, wake_pk};
use motcua_local::wire::database;
use motcua_tests::town::Town;
use serde_json::{Map, Value, json};

/// Items filled in at once.
const BATCH: u64 = 10_000;

/// Stores copies of a dossier's items under other ids, waking ten years later.
pub fn copies(town: &Town, pattern: &[Item], id: DossierId, count: u64) {
    let agency = town.agency();
    let per_dossier = pattern.len() as u64;
    let mut items = Vec::new();
    for number in 0..count {
        let copy = DossierId::from_random(1_000_000 + number);
        for item in pattern {
            let mut written = written(item, id, copy);
            if written.contains_key("wake_pk") {
                written.insert("wake_pk".into(), json!({ "S": wake_pk(&agency, copy.shard(SHARDS)) }));
                written.insert("wake_at".into(), json!({ "S": "2030-04-15T01:00:00Z" }));
            }
            items.push(Value::Object(written));
        }
        if (number + 1) * per_dossier % BATCH < per_dossier || number + 1 == count {
            put(town, std::mem::take(&mut items));
        }
    }
}

/// Everything that lies in a dossier's partition.
pub async fn partition(town: &Town, id: DossierId) -> Vec<Item> {
    let site = town.office.site();
    let store = site.recorder.store();
    let query = store.client().query().table_name(store.table()).key_condition_expression("pk = :pk");
    let pk = AttributeValue::S(Key::dossier_pk(&town.agency(), id));
    query.expression_attribute_values(":pk", pk).send().await.unwrap().items.unwrap()
}

/// Puts items past the wire and past the stream.
pub fn put(town: &Town, items: Vec<Value>) {
    let site = town.office.site();
    let count = items.len();
    let filled = database::fill(town.office.wire().database(), site.recorder.store().table(), items).unwrap();
    assert_eq!(filled, count);
}

/// An item as the protocol writes it, with another dossier's id wherever it held this one's.
fn written(item: &Item, id: DossierId, other: DossierId) -> Map<String, Value> {
    let other = |text: &str| text.replace(id.as_str(), other.as_str());
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => json!({ "S": other(text) }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::Bool(is) => json!({ "BOOL": is }),
        kind => panic!("an attribute of a kind that nothing here has: {kind:?}"),
    };
    item.iter().map(|(name, attribute)| (name.clone(), value(attribute))).collect()
}
