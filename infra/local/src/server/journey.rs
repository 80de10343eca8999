//! Passing of time at the office: everything that its schedule would have done on the way is done on the way.

use std::io;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use motcua::store::{SHARDS, ask_pk, wake_pk};

use super::FrontDesk;

/// The schedule's five minutes: a sweep comes at most this much later than the instant it is for.
const AT_MOST_LATE: SignedDuration = SignedDuration::from_mins(5);
/// The most stops on one journey. A journey with more of them arrives all the same; the rest is done there.
const MOST_STOPS: u32 = 300;

/// Reason why a journey ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum JourneyError {
    #[error("the clock's file: {0}")]
    Clock(#[from] io::Error),
    #[error("the store: {0}")]
    Store(String),
    #[error("{0}")]
    Stream(#[from] crate::wire::stream::TriggerError),
}

/// Takes the clock to `to`, stopping wherever a gateway calls back or something is due.
pub(super) async fn travel(desk: &FrontDesk, to: Timestamp) -> Result<(), JourneyError> {
    desk.office.call_back().await;
    desk.office.deliver().await?;
    for _ in 0..MOST_STOPS {
        let Some(stop) = next_stop(desk).await?.filter(|stop| *stop <= to) else { break };
        desk.clock.reach(stop)?;
        work(desk).await?;
        if stop == to {
            break;
        }
    }
    desk.clock.reach(to)?;
    work(desk).await
}

/// Does the work of everybody who works by the clock.
async fn work(desk: &FrontDesk) -> Result<(), JourneyError> {
    desk.office.call_back().await;
    desk.office.sweep().await;
    desk.office.broadcast().await;
    desk.office.reconcile().await;
    desk.office.deliver().await?;
    desk.office.tell_portals().await;
    desk.office.fetch_files().await;
    Ok(())
}

/// Returns when something is to do next: a gateway to the minute, the schedule up to five minutes late.
async fn next_stop(desk: &FrontDesk) -> Result<Option<Timestamp>, JourneyError> {
    let woken = next_wake(desk).await?.map(|wake| wake + AT_MOST_LATE);
    Ok([woken, desk.office.gateways().next_call_at()].into_iter().flatten().min())
}

/// Returns the earliest instant in the wake index.
async fn next_wake(desk: &FrontDesk) -> Result<Option<Timestamp>, JourneyError> {
    let site = desk.office.site();
    let store = site.recorder.store();
    let mut earliest: Option<Timestamp> = None;
    for agency in site.recorder.agencies() {
        for wake_pk in (0..SHARDS).flat_map(|shard| [wake_pk(agency, shard), ask_pk(agency, shard)]) {
            let page = store
                .client()
                .query()
                .table_name(store.table())
                .index_name("wake")
                .key_condition_expression("wake_pk = :pk")
                .expression_attribute_values(":pk", AttributeValue::S(wake_pk))
                .limit(1)
                .send()
                .await
                .map_err(|error| JourneyError::Store(error.to_string()))?;
            let first = page.items().first().and_then(|item| motcua::store::text(item, "wake_at"));
            let first = first.and_then(|text| text.parse().ok());
            earliest = [earliest, first].into_iter().flatten().min();
        }
    }
    Ok(earliest)
}
