//! What a sweep costs beside few and many dossiers: the same, since it asks for what is due and nothing else.

use std::collections::HashMap;
use std::path::Path;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, StreamSpecification, StreamViewType, WriteRequest};
use motcua::config::Config;
use motcua::id::DossierId;
use motcua::store::{Item, Key, SHARDS, Store, wake_pk};
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::wire::stream::Settings;
use motcua_local::wire::tally::Tally;
use motcua_local::wire::{VirtualClock, Wire, database};
use motcua_tests::town::{MORNING, Town, at};
use serde_json::json;

/// Dossiers whose grace ends in the sweep that is measured.
const DUE: u32 = 10;
/// The most items in one BatchWriteItem.
const BATCH: usize = 25;

/// One row for each number of dossiers stored, all but [`DUE`] of which wake much later.
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
    let town = Box::pin(town_in(folder.path())).await;
    for number in 0..DUE {
        let id = town.submit(&format!("G22-{number}")).await;
        town.clerk(id, "accept", json!({})).await;
        town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    }
    let pattern = town.id_of("G22-0");
    fill(&town, pattern, stored - u64::from(DUE)).await;
    town.until("2020-04-17T17:05:00+07:00");
    // Their messages go first, so that the sweep has dossiers to move and nothing else.
    town.office.deliver().await.unwrap();
    town.office.wire().reset();
    assert_eq!(town.office.sweep().await.paused, u64::from(DUE));
    town.office.wire().tally()
}

/// A town on a file, which may grow beyond memory.
pub async fn town_in(folder: &Path) -> Town {
    let clock = VirtualClock::new(at(MORNING));
    let wire = Wire::in_process(database::in_folder(folder).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Town::with(clock, Config::demo(), wire, sns, Settings::default()).await
}

/// Stores copies of a dossier's state under other ids, waking ten years later.
async fn fill(town: &Town, pattern: DossierId, copies: u64) {
    let (site, agency) = (town.office.site(), town.agency());
    let state = site.recorder.store().item(&Key::state(&agency, pattern)).await.unwrap().unwrap();
    let mut batch = Batch::new(town);
    stream(town, false).await;
    for number in 0..copies {
        let id = DossierId::from_random(1_000_000 + number);
        let mut item = state.clone();
        item.extend(Key::state(&agency, id).attributes());
        let json = item["state"].as_s().unwrap().replace(pattern.as_str(), id.as_str());
        let shard = wake_pk(&agency, id.shard(SHARDS));
        let wakes = [("state", json), ("wake_pk", shard), ("wake_at", "2030-04-15T01:00:00Z".to_owned())];
        item.extend(wakes.map(|(name, text)| (name.to_owned(), AttributeValue::S(text))));
        batch.put(item).await;
    }
    batch.write().await;
    stream(town, true).await;
}

/// Turns the table's stream off or on. What is stored for company tells nobody anything, and the embedded store looks
/// through all of its stream, where it has no index, at each write.
pub async fn stream(town: &Town, on: bool) {
    let site = town.office.site();
    let (client, table) = (site.recorder.store().client(), site.recorder.store().table());
    let stream = StreamSpecification::builder().stream_enabled(on);
    let stream = stream.set_stream_view_type(on.then_some(StreamViewType::NewImage)).build().unwrap();
    client.update_table().table_name(table).stream_specification(stream).send().await.unwrap();
}

/// Items on their way into the table.
pub struct Batch {
    store: Store,
    puts: Vec<WriteRequest>,
}

impl Batch {
    /// Nothing yet.
    pub fn new(town: &Town) -> Self {
        Self { store: town.office.site().recorder.store().clone(), puts: Vec::new() }
    }

    /// One item more.
    pub async fn put(&mut self, item: Item) {
        let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
        self.puts.push(WriteRequest::builder().put_request(put).build());
        if self.puts.len() == BATCH {
            self.write().await;
        }
    }

    /// What is still on its way.
    pub async fn write(&mut self) {
        if self.puts.is_empty() {
            return;
        }
        let requests = HashMap::from([(self.store.table().to_owned(), std::mem::take(&mut self.puts))]);
        let written = self.store.client().batch_write_item().set_request_items(Some(requests)).send().await.unwrap();
        assert!(written.unprocessed_items.is_none_or(|left| left.is_empty()));
    }
}
