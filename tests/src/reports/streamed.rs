//! Totals follow from the stream, whatever it repeats, shuffles or splits, and are made anew by the rebuild.

use motcua_local::rights::in_role;
use std::sync::Mutex;

use fastrand::Rng;
use motcua::store::Key;
use motcua_local::wire::stream::{Disorder, Settings, Trigger};
use serde_json::{Value, json};

use super::{Played, day};
use crate::fixture::TABLE;

/// Lets `project` read the stream to its end. It fails at times before it does anything, so that batches come again.
async fn streamed(played: &Played, seed: u64) {
    let disorder = Some(Disorder { seed, repeat_per_mille: 200, shuffle: true, split: true });
    let settings = Settings { disorder, ..Settings::default() };
    let mut stream = Trigger::open(played.office.wire.database(), TABLE, "project", None, settings).unwrap();
    let (site, rng) = (&played.office.site, Mutex::new(Rng::with_seed(seed)));
    let read = async |event: Value| {
        if rng.lock().unwrap().u8(..10) == 0 {
            let first = &event["Records"][0]["dynamodb"]["SequenceNumber"];
            return json!({ "batchItemFailures": [{ "itemIdentifier": first }] });
        }
        in_role("project", project::handle(site, &event)).await
    };
    stream.drain(read).await.unwrap();
}

#[tokio::test]
async fn whatever_the_stream_does_the_report_is_what_is_counted_from_the_dossiers() {
    for seed in 20..22 {
        let mut played = Played::open(seed).await;
        for _ in 0..18 {
            played.a_day().await;
        }
        streamed(&played, seed).await;
        for (from, to) in [("2020-04-15", "2020-04-22"), ("2020-04-20", "2020-05-02"), ("2020-05-01", "2020-05-02")] {
            played.holds(day(from), day(to)).await;
        }
        assert_eq!(played.all_counted().await, 0, "the stream has counted all of it");
        streamed(&played, seed + 100).await;
        played.holds(day("2020-04-15"), day("2020-05-02")).await;
    }
}

#[tokio::test]
async fn the_rebuild_counts_what_was_never_counted_and_puts_right_what_was_lost() {
    let mut played = Played::open(30).await;
    for _ in 0..14 {
        played.a_day().await;
    }
    let (site, agency) = (&played.office.site, &played.office.agency);
    let rebuilt = Box::pin(project::rebuild(site, agency)).await.unwrap();
    assert!(rebuilt.months_wrong > 0 && !rebuilt.moved_meanwhile, "{rebuilt:?}");
    played.holds(day("2020-04-15"), day("2020-04-28")).await;
    let again = Box::pin(project::rebuild(site, agency)).await.unwrap();
    assert!(again.nothing_was_wrong(), "{again:?}");
    let store = played.office.store();
    let kept = store.totals(agency, day("2020-04-15"), day("2020-04-28")).await.unwrap();
    let total = kept.iter().find(|total| !total.counts.is_empty()).unwrap();
    let key = Key::totals(agency, total.span, &total.group);
    store.client().delete_item().table_name(store.table()).set_key(Some(key.attributes())).send().await.unwrap();
    let rebuilt = Box::pin(project::rebuild(site, agency)).await.unwrap();
    assert_eq!((rebuilt.months_wrong, rebuilt.totals_wrong), (0, 1), "{rebuilt:?}");
    played.holds(day("2020-04-15"), day("2020-04-28")).await;
}
