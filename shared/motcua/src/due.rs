//! One walk over the due tasks: each agency and shard once a run, page by page, as far as the run's time allows.

use std::vec::IntoIter;

use jiff::{SignedDuration, Timestamp};

use crate::recorder::Recorder;
use crate::store::{Error, Item, Page, SHARDS, Store, Task};
use rules::id::AgencyCode;

/// Time between two runs. It also makes each run begin at another shard.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Partitions of the wake index that a run walks over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Everything that changes by time alone.
    Wake,
    /// Orders that wait to be asked about at their gateways.
    Ask,
}

/// The due tasks of one run, one after another.
pub struct Due<'a> {
    store: &'a Store,
    queue: Queue,
    now: Timestamp,
    time_left: &'a (dyn Fn() -> bool + Send + Sync),
    shards: IntoIter<(&'a AgencyCode, u32)>,
    /// The shard at work, the rest of its page, and the start of its next page.
    shard: Option<(&'a AgencyCode, u32)>,
    tasks: IntoIter<Task>,
    from: Option<Item>,
    /// Shards that could not be read to their end.
    pub failed: u64,
    /// Whether something due may have been left to the next run.
    pub unfinished: bool,
}

impl<'a> Due<'a> {
    /// Begins a walk over what is due at `now`. It asks `time_left` before each page and task, and stops at `false`.
    pub fn new(
        recorder: &'a Recorder,
        queue: Queue,
        now: Timestamp,
        time_left: &'a (dyn Fn() -> bool + Send + Sync),
    ) -> Self {
        let shards = recorder.agencies().flat_map(|agency| (0..SHARDS).map(move |shard| (agency, shard)));
        let mut shards: Vec<_> = shards.collect();
        // If time ends before the work does, each run leaves out other shards.
        let run = now.as_second().unsigned_abs() / EVERY.as_secs().unsigned_abs();
        let first = usize::try_from(run % (shards.len().max(1) as u64)).unwrap_or(0);
        shards.rotate_left(first);
        Self {
            store: recorder.store(),
            queue,
            now,
            time_left,
            shards: shards.into_iter(),
            shard: None,
            tasks: Vec::new().into_iter(),
            from: None,
            failed: 0,
            unfinished: false,
        }
    }

    /// Returns the next due task with its agency; `None` once all are done or time is up. A shard that cannot be read
    /// is counted and skipped.
    pub async fn next(&mut self) -> Option<(&'a AgencyCode, Task)> {
        loop {
            if let Some(((agency, _), task)) = self.shard.zip(self.tasks.next()) {
                return self.has_time().then_some((agency, task));
            }
            let goes_on = self.shard.filter(|_| self.from.is_some());
            let (agency, shard) = goes_on.or_else(|| self.shards.next())?;
            if !self.has_time() {
                return None;
            }
            self.shard = Some((agency, shard));
            let from = self.from.take();
            match self.page(agency, shard, from).await {
                Ok(page) => (self.tasks, self.from) = (page.items.into_iter(), page.next),
                Err(error) => {
                    tracing::error!(queue = ?self.queue, shard, %error, "what is due was not found");
                    self.failed += 1;
                    self.unfinished = true;
                }
            }
        }
    }

    async fn page(&self, agency: &AgencyCode, shard: u32, from: Option<Item>) -> Result<Page<Task>, Error> {
        match self.queue {
            Queue::Wake => self.store.due(agency, shard, self.now, from).await,
            Queue::Ask => self.store.due_to_ask(agency, shard, self.now, from).await,
        }
    }

    fn has_time(&mut self) -> bool {
        let has_time = (self.time_left)();
        self.unfinished |= !has_time;
        has_time
    }
}
