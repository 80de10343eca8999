//! Answer that an index would have given a few writes ago.
//!
//! The table's own stream says how every item looked before the newest writes. Those images go into a scratch database
//! with the same keys and indexes, which then answers the very same query. Items of the newest writes are missing
//! there, and entries that have moved on are still in their old places.

use std::collections::BTreeMap;

use dynoxide::Database;
use serde_json::{Value, json};

use super::answer::Answer;
use super::dispatch::dispatch;
use super::{stream, trace};

/// Answers `query` without the newest `unknown` writes; `None` if the table has no stream to tell them from.
pub(super) fn answer_before(database: &Database, query: &Value, unknown: usize) -> Option<Answer> {
    let table = query["TableName"].as_str()?;
    let described = ask(database, "DescribeTable", &json!({ "TableName": table }))?;
    let described = &described["Table"];
    let hash_key = index_hash_key(described, query["IndexName"].as_str()?)?;
    let records = stream::records::all(database, table).ok()?;
    let known = records.len().saturating_sub(unknown);
    let scratch = Database::memory().ok()?;
    ask(&scratch, "CreateTable", &definition(described))?;
    for item in images(&records[..known]).into_values().filter(|item| item.get(hash_key).is_some()) {
        ask(&scratch, "PutItem", &json!({ "TableName": table, "Item": item }))?;
    }
    Some(dispatch(&scratch, "Query", query.to_string().as_bytes()))
}

fn ask(database: &Database, operation: &str, request: &Value) -> Option<Value> {
    let answer = dispatch(database, operation, request.to_string().as_bytes());
    (answer.status == 200).then(|| serde_json::from_slice(&answer.body).ok()).flatten()
}

fn index_hash_key<'a>(table: &'a Value, index: &str) -> Option<&'a str> {
    let indexes = table["GlobalSecondaryIndexes"].as_array()?;
    let keys = &indexes.iter().find(|candidate| candidate["IndexName"] == index)?["KeySchema"];
    keys.as_array()?.iter().find(|key| key["KeyType"] == "HASH")?["AttributeName"].as_str()
}

/// Returns the last image of every item that was not removed.
fn images(records: &[Value]) -> BTreeMap<String, &Value> {
    let mut images = BTreeMap::new();
    for record in records {
        let change = &record["dynamodb"];
        let key = trace::canonical(&change["Keys"]);
        match change.get("NewImage") {
            Some(image) => images.insert(key, image),
            None => images.remove(&key),
        };
    }
    images
}

/// Returns the request that makes a table of the same shape.
fn definition(described: &Value) -> Value {
    let indexes: Vec<Value> = described["GlobalSecondaryIndexes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|index| {
            json!({
                "IndexName": index["IndexName"],
                "KeySchema": index["KeySchema"],
                "Projection": index["Projection"],
            })
        })
        .collect();
    json!({
        "TableName": described["TableName"],
        "KeySchema": described["KeySchema"],
        "AttributeDefinitions": described["AttributeDefinitions"],
        "GlobalSecondaryIndexes": indexes,
        "BillingMode": "PAY_PER_REQUEST",
    })
}
