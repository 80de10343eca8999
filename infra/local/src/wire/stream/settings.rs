//! Settings by which a reader takes its batches, and the disorder a stream is allowed.

use std::collections::VecDeque;

use fastrand::Rng;
use serde_json::Value;

use crate::wire::trace::canonical;

/// Settings by which a reader takes its batches; the default is that of the template for the functions.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The most records of one batch.
    pub batch_records: usize,
    /// Number of times that a failed record is delivered again before it is given up.
    pub retries: u32,
    /// Whether a failing batch is halved until the failing record is alone; if not, the batch is given up whole.
    pub bisect: bool,
    /// Trouble from a seed.
    pub disorder: Option<Disorder>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { batch_records: 100, retries: 5, bisect: true, disorder: None }
    }
}

/// Disorder that a stream may cause without breaking its promise: at least once, and in order per item only.
#[derive(Clone, Debug)]
pub struct Disorder {
    /// The seed.
    pub seed: u64,
    /// Acknowledgements lost in a thousand, after which the batch comes again.
    pub repeat_per_mille: u32,
    /// Whether records of different items change places within a batch.
    pub shuffle: bool,
    /// Whether batches get any size up to the limit.
    pub split: bool,
}

/// Lets records of different items change places; those of one item keep their order.
pub(super) fn shuffle_items(records: &mut Vec<Value>, rng: &mut Rng) {
    let mut order: Vec<String> = records.iter().map(|record| canonical(&record["dynamodb"]["Keys"])).collect();
    let mut waiting: Vec<(String, VecDeque<Value>)> = Vec::new();
    for (key, record) in order.iter().zip(records.drain(..)) {
        match waiting.iter_mut().find(|(candidate, _)| candidate == key) {
            Some((_, queue)) => queue.push_back(record),
            None => waiting.push((key.clone(), VecDeque::from([record]))),
        }
    }
    rng.shuffle(&mut order);
    for key in order {
        if let Some((_, queue)) = waiting.iter_mut().find(|(candidate, _)| *candidate == key) {
            records.extend(queue.pop_front());
        }
    }
}
