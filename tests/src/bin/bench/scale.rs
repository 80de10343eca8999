//! What is asked for beside few and many dossiers costs the same: nothing reads more than it was asked for.

use motcua::id::DossierId;
use motcua::store::text;
use motcua_local::wire::tally::Tally;
use motcua_tests::town::Town;
use serde_json::json;

use crate::fill;

/// Dossiers whose grace ends in the sweep that is measured.
const DUE: u32 = 10;

/// One row for each journey and number of dossiers stored, all but [`DUE`] of which wake much later.
pub async fn table(stored: &[u64]) {
    println!("| journey | dossiers stored | round trips | read units | write units |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for &stored in stored {
        for (journey, tally) in Box::pin(beside(stored)).await {
            let (trips, reads, writes) = (tally.round_trips(), tally.read_units(), tally.write_units());
            println!("| {journey} | {stored} | {trips} | {reads} | {writes} |");
        }
    }
}

async fn beside(stored: u64) -> Vec<(&'static str, Tally)> {
    let town = Town::new().await;
    for number in 0..DUE {
        let id = town.submit(&format!("G22-{number}")).await;
        town.clerk(id, "accept", json!({})).await;
        town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    }
    let pattern = town.id_of("G22-0");
    let mut items = fill::partition(&town, pattern).await;
    items.retain(|item| ["state", "person"].map(Some).contains(&text(item, "sk")));
    fill::copies(&town, &items, pattern, stored - u64::from(DUE));
    town.until("2020-04-17T17:05:00+07:00");
    // Their messages go first, so that the sweep has dossiers to move and nothing else.
    town.office.deliver().await.unwrap();
    let mut told = vec![("all of a dossier, for its page", whole(&town, pattern).await)];
    town.office.wire().reset();
    assert_eq!(town.office.sweep().await.paused, u64::from(DUE));
    told.push(("sweep, ten dossiers due", town.office.wire().tally()));
    told
}

async fn whole(town: &Town, id: DossierId) -> Tally {
    let site = town.office.site();
    town.office.wire().reset();
    let whole = site.recorder.store().whole(&town.agency(), id).await.unwrap().unwrap();
    assert_eq!((whole.dossier.id, whole.history.len()), (id, 3));
    town.office.wire().tally()
}
