//! Reads of the seed for itself, past the clients: the office does not make them, and they cost a tenth.

use dynoxide::Database;
use jiff::Timestamp;
use motcua::store::{Item, Key, SHARDS, ask_pk, text, wake_pk, write};
use rules::dossier::Dossier;
use rules::id::{AgencyCode, DossierId};
use serde_json::{Value, json};

use super::SeedError;
use crate::office::TABLE;

fn failed(error: &dyn std::fmt::Display) -> SeedError {
    SeedError::Look(error.to_string())
}

/// Reads a dossier.
pub(super) fn dossier(database: &Database, agency: &AgencyCode, id: DossierId) -> Result<Option<Dossier>, SeedError> {
    let Key { pk, sk } = Key::state(agency, id);
    let request = json!({ "TableName": TABLE, "Key": { "pk": { "S": pk }, "sk": { "S": sk } } });
    let request = serde_json::from_value(request).map_err(|error| failed(&error))?;
    let answer = database.get_item(request).map_err(|error| failed(&error))?;
    let answer = serde_json::to_value(answer).map_err(|error| failed(&error))?;
    state(&answer["Item"])
}

fn state(item: &Value) -> Result<Option<Dossier>, SeedError> {
    let Some(text) = item["state"]["S"].as_str() else { return Ok(None) };
    serde_json::from_str(text).map(Some).map_err(|error| failed(&error))
}

/// Reads every dossier.
pub(super) fn dossiers(database: &Database) -> Result<Vec<Dossier>, SeedError> {
    let (mut from, mut dossiers) = (Value::Null, Vec::new());
    loop {
        let mut request = json!({
            "TableName": TABLE, "FilterExpression": "sk = :state",
            "ExpressionAttributeValues": { ":state": { "S": "state" } },
        });
        if !from.is_null() {
            request["ExclusiveStartKey"] = from;
        }
        let request = serde_json::from_value(request).map_err(|error| failed(&error))?;
        let answer = database.scan(request).map_err(|error| failed(&error))?;
        let mut answer = serde_json::to_value(answer).map_err(|error| failed(&error))?;
        for item in answer["Items"].as_array().into_iter().flatten() {
            dossiers.extend(state(item)?);
        }
        from = answer["LastEvaluatedKey"].take();
        if from.is_null() {
            return Ok(dossiers);
        }
    }
}

/// The schedule's two jobs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Job {
    Sweep,
    Reconciliation,
}

/// Whether a job finds anything that is due at `now`.
pub(super) fn is_due(database: &Database, agency: &AgencyCode, job: Job, now: Timestamp) -> Result<bool, SeedError> {
    // The instant as the index has it.
    let mut due = Item::new();
    write::wakes(&mut due, String::new(), now);
    let now = text(&due, "wake_at").unwrap_or_default();
    let partition = |shard| match job {
        Job::Sweep => wake_pk(agency, shard),
        Job::Reconciliation => ask_pk(agency, shard),
    };
    for pk in (0..SHARDS).map(partition) {
        let request = json!({
            "TableName": TABLE, "IndexName": "wake", "Limit": 1,
            "KeyConditionExpression": "wake_pk = :pk AND wake_at <= :now",
            "ExpressionAttributeValues": { ":pk": { "S": pk }, ":now": { "S": now } },
        });
        let request = serde_json::from_value(request).map_err(|error| failed(&error))?;
        let answer = database.query(request).map_err(|error| failed(&error))?;
        if answer.count > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
