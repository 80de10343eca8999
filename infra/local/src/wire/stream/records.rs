//! Reader of the embedded stream, and its records in the shape that a Lambda function gets.

use data_encoding::HEXLOWER;
use dynoxide::actions::describe_table::DescribeTableRequest;
use dynoxide::actions::get_records::GetRecordsRequest;
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::{Database, DynoxideError, streams};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::wire::client::REGION;

/// The most records that the service hands out at once.
const PAGE_RECORDS: usize = 1000;

/// Returns the record's place in the stream: digits of fixed width, so they compare as text.
pub(super) fn sequence_number(record: &Value) -> &str {
    record["dynamodb"]["SequenceNumber"].as_str().unwrap_or_default()
}

/// Returns when the write happened, in whole seconds since 1970.
pub(super) fn created_at_s(record: &Value) -> i64 {
    let seconds = &record["dynamodb"]["ApproximateCreationDateTime"];
    seconds.as_i64().or_else(|| seconds.as_f64().map(|seconds| seconds as i64)).unwrap_or(i64::MAX)
}

/// Stream of a table. Its name is asked for once: the table's description counts all of its items.
pub(super) struct Stream {
    database: Database,
    table: String,
    arn: String,
}

impl Stream {
    pub(super) fn of(database: &Database, table: &str) -> Result<Self, DynoxideError> {
        let described = database.describe_table(DescribeTableRequest { table_name: table.to_owned() })?;
        let described = serde_json::to_value(described).map_err(unreadable)?;
        let arn = described["Table"]["LatestStreamArn"].as_str();
        let arn =
            arn.ok_or_else(|| DynoxideError::ResourceNotFoundException(format!("Table {table} has no stream")))?;
        Ok(Self { database: database.clone(), table: table.to_owned(), arn: arn.to_owned() })
    }

    /// Returns at most `limit` records after a sequence number, or from the beginning.
    pub(super) fn after(&self, after: Option<&str>, limit: usize) -> Result<Vec<Value>, DynoxideError> {
        let iterator = self.database.get_shard_iterator(GetShardIteratorRequest {
            stream_arn: self.arn.clone(),
            shard_id: streams::shard_id(&self.table),
            shard_iterator_type: if after.is_some() { "AFTER_SEQUENCE_NUMBER" } else { "TRIM_HORIZON" }.to_owned(),
            sequence_number: after.map(str::to_owned),
        })?;
        let request = GetRecordsRequest {
            shard_iterator: iterator.shard_iterator.unwrap_or_default(),
            limit: Some(limit.min(PAGE_RECORDS)),
        };
        let answer = self.database.get_records(request)?;
        let records = answer.records.iter().map(|record| Ok(as_event(serde_json::to_value(record)?, &self.arn)));
        records.collect::<Result<_, serde_json::Error>>().map_err(unreadable)
    }
}

/// Returns every record.
pub(in crate::wire) fn all(database: &Database, table: &str) -> Result<Vec<Value>, DynoxideError> {
    let stream = Stream::of(database, table)?;
    let mut records: Vec<Value> = Vec::new();
    loop {
        let last = records.last().map(sequence_number).map(str::to_owned);
        let page = stream.after(last.as_deref(), PAGE_RECORDS)?;
        if page.is_empty() {
            return Ok(records);
        }
        records.extend(page);
    }
}

/// Gives a record the same event id in every run of the same seed; the emulator draws ids at random.
fn as_event(mut record: Value, arn: &str) -> Value {
    let id = HEXLOWER.encode(&Sha256::digest(sequence_number(&record))[..16]);
    record["eventID"] = json!(id);
    record["awsRegion"] = json!(REGION);
    record["eventSourceARN"] = json!(arn);
    record
}

fn unreadable(error: serde_json::Error) -> DynoxideError {
    DynoxideError::InternalServerError(error.to_string())
}
