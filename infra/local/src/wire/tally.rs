//! Costs of the calls: round trips, bytes and capacity units, per operation.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Add, AddAssign};

use serde_json::{Number, Value};

/// Capacity units, counted in halves: an eventually consistent read of up to 4 KB costs half a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Units {
    halves: u64,
}

impl Units {
    /// Returns so many whole units.
    pub const fn whole(units: u64) -> Self {
        Self { halves: units * 2 }
    }

    /// Returns so many half units.
    pub const fn halves(halves: u64) -> Self {
        Self { halves }
    }

    /// Reads a figure such as `0.5` or `13.0` from its decimal text, since there are no others than halves.
    fn parse(number: &Number) -> Self {
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.parse::<u64>().unwrap_or(0);
        Self { halves: whole * 2 + u64::from(fraction.starts_with('5')) }
    }
}

impl Add for Units {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { halves: self.halves + other.halves }
    }
}

impl AddAssign for Units {
    fn add_assign(&mut self, other: Self) {
        self.halves += other.halves;
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.halves / 2, if self.halves % 2 == 1 { ".5" } else { "" })
    }
}

/// Capacity spent on the table itself and on its indexes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// Units of the table.
    pub table: Units,
    /// Units of all indexes together.
    pub indexes: Units,
}

impl Capacity {
    /// Returns table and indexes together.
    pub fn total(&self) -> Units {
        self.table + self.indexes
    }

    fn add(&mut self, other: Self) {
        self.table += other.table;
        self.indexes += other.indexes;
    }
}

/// The cost of all calls of one operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Calls made, the SDK's own retries included.
    pub round_trips: u64,
    /// Bytes of the request bodies.
    pub request_bytes: u64,
    /// Bytes of the response bodies that reached the caller.
    pub response_bytes: u64,
    /// Read capacity. A failed condition reports no figure and is not in it.
    pub read: Capacity,
    /// Write capacity. A failed condition reports no figure and is not in it.
    pub write: Capacity,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.round_trips += other.round_trips;
        self.request_bytes += other.request_bytes;
        self.response_bytes += other.response_bytes;
        self.read.add(other.read);
        self.write.add(other.write);
    }
}

/// Costs since the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Costs by operation name, such as `TransactWriteItems`.
    pub operations: BTreeMap<String, Count>,
}

impl Tally {
    /// Returns one operation's cost, zero if it was never called.
    pub fn of(&self, operation: &str) -> Count {
        self.operations.get(operation).copied().unwrap_or_default()
    }

    /// Returns the cost of all operations together.
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        self.operations.values().for_each(|count| total.add(count));
        total
    }

    /// Returns all round trips.
    pub fn round_trips(&self) -> u64 {
        self.total().round_trips
    }

    /// Returns all read units, of table and indexes.
    pub fn read_units(&self) -> Units {
        self.total().read.total()
    }

    /// Returns all write units, of table and indexes.
    pub fn write_units(&self) -> Units {
        self.total().write.total()
    }

    pub(super) fn sent(&mut self, operation: &str, bytes: usize) {
        let count = self.entry(operation);
        count.round_trips += 1;
        count.request_bytes += bytes as u64;
    }

    pub(super) fn received(&mut self, operation: &str, bytes: usize) {
        self.entry(operation).response_bytes += bytes as u64;
    }

    /// Adds the `ConsumedCapacity` of an answer: one object, or a list of them for batches and transactions.
    pub(super) fn consumed(&mut self, operation: &str, consumed: &Value) {
        let one = std::slice::from_ref(consumed);
        let entries = consumed.as_array().map_or(one, Vec::as_slice);
        for entry in entries.iter().filter(|entry| entry.is_object()) {
            let capacity = capacity_of(entry);
            let count = self.entry(operation);
            if is_read(operation, entry) { count.read.add(capacity) } else { count.write.add(capacity) }
        }
    }

    fn entry(&mut self, operation: &str) -> &mut Count {
        self.operations.entry(operation.to_owned()).or_default()
    }
}

/// Whether an entry is a read. A transaction replayed under its token is charged as one: the answer's word counts.
fn is_read(operation: &str, entry: &Value) -> bool {
    match (entry.get("ReadCapacityUnits").is_some(), entry.get("WriteCapacityUnits").is_some()) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => {
            matches!(operation, "GetItem" | "BatchGetItem" | "TransactGetItems" | "Query" | "Scan")
        }
    }
}

fn capacity_of(entry: &Value) -> Capacity {
    let indexes = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"]
        .iter()
        .filter_map(|kind| entry[kind].as_object())
        .flat_map(|by_name| by_name.values().map(units_of))
        .fold(Units::default(), Add::add);
    let table = if entry["Table"].is_object() { units_of(&entry["Table"]) } else { units_of(entry) };
    Capacity { table, indexes }
}

fn units_of(detail: &Value) -> Units {
    match &detail["CapacityUnits"] {
        Value::Number(number) => Units::parse(number),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => Units::default(),
    }
}
