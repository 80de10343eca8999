//! One reader of the stream: fetch, deliver, retry, bisect, give up, remember.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::convert::Infallible;
use std::future::Future;
use std::path::Path;
use std::time::Duration;

use dynoxide::Database;
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::position::{GivenUp, Position, Store};
use super::records::{Stream, created_at_s, sequence_number};
use super::settings::{Settings, shuffle_items};
use crate::folder::FolderError;

/// Time that the service keeps a stream record.
const RETENTION: SignedDuration = SignedDuration::from_hours(24);
/// Deliveries after which a drain is taken to feed itself without end.
const DRAIN_STEPS: u32 = 100_000;
/// The most times in a row that the acknowledgement of one batch may be lost.
const LOST_ACKNOWLEDGEMENTS: u32 = 2;

/// Result of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is left to deliver.
    Idle,
    /// A batch was delivered and all of it is done.
    Delivered,
    /// A batch was delivered and some of it comes again or was given up.
    Failed,
}

/// Reason why the reader cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum TriggerError {
    /// The stream cannot be read.
    #[error("stream: {0}")]
    Stream(#[from] dynoxide::DynoxideError),
    /// The position cannot be read or stored.
    #[error("{0}")]
    Position(#[from] FolderError),
    /// The reader's name is not made of a–z, 0–9 and hyphens.
    #[error("a stream reader's name is made of a-z, 0-9 and hyphens")]
    Name,
    /// The function keeps writing records that it is then given to read.
    #[error("the stream was not drained after {DRAIN_STEPS} deliveries")]
    Endless,
}

/// A named reader of a table's stream with a position of its own.
pub struct Trigger {
    stream: Stream,
    settings: Settings,
    store: Store,
    position: Position,
    rng: Rng,
    /// Sequence numbers fetched, which the stored position has not yet passed.
    fetched: BTreeSet<String>,
    queue: VecDeque<Batch>,
}

struct Batch {
    records: Vec<Value>,
    failures: u32,
    lost_acknowledgements: u32,
}

impl Batch {
    fn new(records: Vec<Value>, failures: u32) -> Self {
        Self { records, failures, lost_acknowledgements: 0 }
    }
}

impl Trigger {
    /// Opens a reader of a table that exists, at the place where it stopped or at the oldest record. Without a folder
    /// the position is not kept.
    pub fn open(
        database: &Database,
        table: &str,
        reader: &str,
        folder: Option<&Path>,
        settings: Settings,
    ) -> Result<Self, TriggerError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if reader.is_empty() || !reader.chars().all(plain) {
            return Err(TriggerError::Name);
        }
        let store = Store::new(folder, reader);
        Ok(Self {
            stream: Stream::of(database, table)?,
            position: store.load()?,
            store,
            rng: Rng::with_seed(settings.disorder.as_ref().map_or(0, |disorder| disorder.seed)),
            settings,
            fetched: BTreeSet::new(),
            queue: VecDeque::new(),
        })
    }

    /// Returns the sequence number up to which everything is done or given up.
    pub fn position(&self) -> Option<&str> {
        self.position.after.as_deref()
    }

    /// Returns everything that was given up, oldest first.
    pub fn given_up(&self) -> &[GivenUp] {
        &self.position.given_up
    }

    /// Delivers until nothing is left, and returns how many batches that took. Failed records are retried at once.
    pub async fn drain<F, Answer>(&mut self, function: F) -> Result<u32, TriggerError>
    where
        F: Fn(Value) -> Answer,
        Answer: Future<Output = Value>,
    {
        for delivered in 0..DRAIN_STEPS {
            if self.step(&function).await? == Step::Idle {
                return Ok(delivered);
            }
        }
        Err(TriggerError::Endless)
    }

    /// Delivers for ever, waiting `poll_interval` when nothing is left and before a failed record comes again.
    pub async fn run<F, Answer>(&mut self, poll_interval: Duration, function: F) -> Result<Infallible, TriggerError>
    where
        F: Fn(Value) -> Answer,
        Answer: Future<Output = Value>,
    {
        loop {
            if self.step(&function).await? != Step::Delivered {
                tokio::time::sleep(poll_interval).await;
            }
        }
    }

    /// Delivers one batch `{"Records":[…]}` and acts on the answer.
    ///
    /// As with Lambda, an empty or null answer means that all is done, and `{"batchItemFailures":[…]}` that the first
    /// failed record and all after it come again. Any other answer, and one that names no record of the batch, fails
    /// the whole batch; `{"errorMessage":…}` means that the function failed.
    pub async fn step<F, Answer>(&mut self, function: &F) -> Result<Step, TriggerError>
    where
        F: Fn(Value) -> Answer,
        Answer: Future<Output = Value>,
    {
        if self.queue.is_empty() {
            self.fetch()?;
        }
        let Some(records) = self.queue.front().map(|batch| &batch.records) else { return Ok(Step::Idle) };
        let answer = function(json!({ "Records": records })).await;
        // It is taken out only now: a step dropped half-way leaves its batch to be delivered again.
        let Some(batch) = self.queue.pop_front() else { return Ok(Step::Idle) };
        let step = match first_failure(&answer, &batch.records) {
            None => self.acknowledge(batch),
            Some(failed) => self.retry(batch, failed),
        };
        self.pass()?;
        Ok(step)
    }

    /// Drops the records that the service would have dropped at `now`, and returns how many went unread.
    pub fn forget_older_than_a_day(&mut self, now: Timestamp) -> Result<u64, TriggerError> {
        self.queue.clear();
        self.fetched.clear();
        let oldest_s = (now - RETENTION).as_second();
        let mut forgotten = 0;
        loop {
            let page = self.stream.after(self.position.after.as_deref(), usize::MAX)?;
            let old = page.iter().take_while(|record| created_at_s(record) < oldest_s).count();
            let Some(last) = page[..old].last() else { break };
            self.position.after = Some(sequence_number(last).to_owned());
            forgotten += old as u64;
        }
        self.store.save(&self.position)?;
        Ok(forgotten)
    }

    fn fetch(&mut self) -> Result<(), TriggerError> {
        let limit = self.settings.batch_records.max(1);
        let mut records = self.stream.after(self.position.after.as_deref(), limit)?;
        self.fetched.extend(records.iter().map(|record| sequence_number(record).to_owned()));
        let (shuffle, split) = self.settings.disorder.as_ref().map_or((false, false), |d| (d.shuffle, d.split));
        while !records.is_empty() {
            let size = if split { self.rng.usize(1..=records.len()) } else { records.len() };
            let rest = records.split_off(size);
            if shuffle {
                shuffle_items(&mut records, &mut self.rng);
            }
            self.queue.push_back(Batch::new(std::mem::replace(&mut records, rest), 0));
        }
        Ok(())
    }

    fn acknowledge(&mut self, mut batch: Batch) -> Step {
        let per_mille = self.settings.disorder.as_ref().map_or(0, |disorder| disorder.repeat_per_mille);
        if self.rng.u32(..1000) < per_mille && batch.lost_acknowledgements < LOST_ACKNOWLEDGEMENTS {
            batch.lost_acknowledgements += 1;
            self.queue.push_front(batch);
        }
        Step::Delivered
    }

    /// Retries from the `failed`-th record on; everything before it is done.
    fn retry(&mut self, mut batch: Batch, failed: usize) -> Step {
        let mut rest = batch.records.split_off(failed);
        if failed > 0 {
            self.queue.push_front(Batch::new(rest, 1));
        } else if self.settings.bisect && rest.len() > 1 {
            // Halving does not count as a retry; each half then has its own.
            let second = rest.split_off(rest.len() / 2);
            self.queue.push_front(Batch::new(second, 0));
            self.queue.push_front(Batch::new(rest, batch.failures));
        } else if batch.failures >= self.settings.retries {
            let sequence_numbers = rest.iter().map(|record| sequence_number(record).to_owned()).collect();
            self.position.given_up.push(GivenUp { sequence_numbers, deliveries: batch.failures + 1 });
        } else {
            self.queue.push_front(Batch::new(rest, batch.failures + 1));
        }
        Step::Failed
    }

    /// Moves the position past everything that is no longer outstanding, and stores it.
    fn pass(&mut self) -> Result<(), TriggerError> {
        let outstanding: HashSet<&str> =
            self.queue.iter().flat_map(|batch| batch.records.iter().map(sequence_number)).collect();
        while let Some(first) = self.fetched.first() {
            if outstanding.contains(first.as_str()) {
                break;
            }
            self.position.after = self.fetched.pop_first();
        }
        Ok(self.store.save(&self.position)?)
    }
}

/// Returns the place of the first failed record in the batch; `None` if all are done.
fn first_failure(answer: &Value, records: &[Value]) -> Option<usize> {
    let failures = match answer {
        Value::Null => return None,
        Value::Object(map) if map.is_empty() => return None,
        Value::Object(map) => match map.get("batchItemFailures") {
            Some(Value::Null) => return None,
            Some(Value::Array(failures)) => failures,
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) | None => return Some(0),
        },
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => return Some(0),
    };
    let place = |failure: &Value| {
        let named = failure["itemIdentifier"].as_str()?;
        records.iter().position(|record| sequence_number(record) == named)
    };
    // A failure that names no record of the batch fails all of it.
    failures.iter().map(|failure| place(failure).unwrap_or(0)).min()
}
