//! Cost of a sweep beside few and many dossiers: the same, since it asks only for what is due.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::store::{Key, SHARDS, wake_pk};
use motcua_local::wire::tally::Tally;
use motcua_tests::town::Town;
use rules::id::DossierId;
use serde_json::json;

use super::fill::{Batch, copy, renamed};

/// Dossiers whose grace ends in the sweep that is measured.
const DUE: u32 = 10;

/// Prints one row for each number of dossiers stored, all but [`DUE`] of which wake much later.
pub async fn table(stored: &[u64]) {
    println!(
        "| dossiers stored | due | round trips | read units | write units |\n| ---: | ---: | ---: | ---: | ---: |"
    );
    for &stored in stored {
        let tally = Box::pin(sweep_beside(stored)).await;
        let (trips, reads, writes) = (tally.round_trips(), tally.read_units(), tally.write_units());
        println!("| {stored} | {DUE} | {trips} | {reads} | {writes} |");
    }
}

async fn sweep_beside(stored: u64) -> Tally {
    let folder = tempfile::tempdir().unwrap();
    let town = Box::pin(Town::in_folder(folder.path())).await;
    for number in 0..DUE {
        let id = town.submit(&format!("G22-{number}")).await;
        town.clerk(id, "accept", json!({})).await;
        town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    }
    let pattern = town.id_of("G22-0");
    fill(&town, pattern, stored - u64::from(DUE)).await;
    town.until("2020-04-17T17:05:00+07:00");
    // Their messages go first, so that the sweep only has dossiers to move.
    town.office.deliver().await.unwrap();
    town.office.wire().reset();
    assert_eq!(town.office.sweep().await.paused, u64::from(DUE));
    town.office.wire().tally()
}

/// Stores copies of a dossier's state under other ids, waking ten years later.
async fn fill(town: &Town, pattern: DossierId, copies: u64) {
    let (site, agency) = (town.office.site(), town.agency());
    let state = site.recorder.store().item(&Key::state(&agency, pattern)).await.unwrap().unwrap();
    let mut batch = Batch::new(town);
    for number in 0..copies {
        let id = copy(number);
        let mut item = renamed(&state, pattern, id);
        let shard = wake_pk(&agency, id.shard(SHARDS));
        let wakes = [("wake_pk", shard), ("wake_at", "2030-04-15T01:00:00Z".to_owned())];
        item.extend(wakes.map(|(name, text)| (name.to_owned(), AttributeValue::S(text))));
        batch.put(&item);
    }
    batch.write();
}
