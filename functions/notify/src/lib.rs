#![doc = include_str!("../README.md")]

mod record;

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use motcua::store::Error;
use motcua::stream::{failures, records};
use motcua::tell::{Broadcaster, Outlets, Progress, Sender};
use record::{Content, EventRecord};
use serde_json::Value;

/// Time that a claim on a message holds: longer than this function's limit of 55 seconds, so that nobody takes over
/// what is still being sent.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// Sends the messages that the event items of one batch of the stream cause. Returns the records that must come again.
///
/// A record fails only if its messages have no item of their own yet, because the store does not answer. Everything else
/// is acknowledged. A message that another run holds at this moment wakes the sweep if that run never ends it; a message that could not be sent waits as an item for
/// the sweep, and a record that could not be read waits as a task. So neither a neighbour that is down nor a poisoned
/// record ever holds up the shard.
pub async fn handle(site: &Site, outlets: &Outlets, event: &Value, now: Timestamp) -> Value {
    let mut sender = Sender::new(site, outlets, LEASE, now);
    let mut failed = Vec::new();
    for record in records(event).filter_map(|record| EventRecord::of(&record)) {
        match tell(&mut sender, &record).await {
            // A message that another run holds has an item that wakes when the claim runs out.
            Ok(()) => {}
            Err(error) => {
                tracing::error!(dossier = %record.id, version = record.version, %error, "event not told");
                // The stream starts again at the first record that failed, and the store would fail the next ones too.
                failed.push(record.sequence_number);
                break;
            }
        }
    }
    failures(&failed)
}

/// Whether an event is the schedule's, and not a batch of the stream.
#[must_use]
pub fn is_scheduled(event: &Value) -> bool {
    event.get("Records").is_none()
}

/// Moves broadcasts that somebody released, and gathers the receivers of others, as far as `time_left` goes. The next run is
/// a minute away and goes on where this one ended.
pub async fn broadcast(
    site: &Site,
    outlets: &Outlets,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Progress {
    let progress = Box::pin(Broadcaster::new(site, outlets, LEASE, now, time_left).run()).await;
    if progress != Progress::default() {
        tracing::info!(?progress, "broadcasts");
    }
    progress
}

async fn tell(sender: &mut Sender<'_>, record: &EventRecord<'_>) -> Result<(), Error> {
    let told = match &record.content {
        Content::Recorded(recorded) => sender.tell(&record.agency, record.id, recorded).await,
        Content::Unreadable(reason) => {
            Err(Error::Unreadable { sk: format!("event of version {}", record.version), reason: reason.clone() })
        }
    };
    match told {
        Err(error @ (Error::Unreadable { .. } | Error::TooNew(_))) => {
            tracing::error!(dossier = %record.id, version = record.version, %error, "kept unread");
            sender.keep_unread(&record.agency, record.id, record.version).await
        }
        told => told.map(|_| ()),
    }
}
