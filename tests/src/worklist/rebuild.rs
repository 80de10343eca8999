//! A rebuild finds nothing wrong if nothing is, and puts right what is.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::store::Key;
use project::{Rebuilt, rebuild};
use rules::worklist::{Kind, List, Place};
use serde_json::json;

use super::{found, recounted, store, stored_rows};
use crate::town::Town;

async fn rebuilt(town: &Town) -> Rebuilt {
    Box::pin(rebuild(&town.office.site(), &town.agency())).await.unwrap()
}

#[tokio::test]
async fn a_rebuild_makes_everything_from_nothing_and_then_finds_nothing_wrong() {
    let town = Town::new().await;
    for number in 0..4 {
        let id = town.submit(&format!("G22-{number}")).await;
        if number > 1 {
            town.clerk(id, "accept", json!({})).await;
        }
    }
    let first = rebuilt(&town).await;
    assert_eq!((first.dossiers, first.behind, first.counts_wrong.len()), (4, 4, 0));
    assert!(!first.moved_meanwhile);
    let (rows, counts) = (stored_rows(&town).await, recounted(&town).await);
    assert_eq!((rows.len(), counts.of(List::New)), (8, 2));
    assert!(rebuilt(&town).await.nothing_was_wrong());
    // The stream reports nothing new afterwards.
    town.office.deliver().await.unwrap();
    assert_eq!(stored_rows(&town).await, rows);
    assert_eq!(found(&town, Kind::Name, "nghiem").await.len(), 4);
}

#[tokio::test]
async fn rows_and_counts_that_somebody_spoiled_are_put_right_and_told() {
    let town = Town::new().await;
    let [lost, stale] = [town.submit("G22-1").await, town.submit("G22-2").await];
    town.office.deliver().await.unwrap();
    let (store, agency) = (store(&town), town.agency());
    let right = stored_rows(&town).await;
    let places = store.places(&agency, List::New, None).await.unwrap().items;
    let of = |id| places.iter().find(|(place, _)| place.dossier() == Some(id)).unwrap().0.clone();
    let delete = store.client().delete_item().table_name(store.table());
    delete.set_key(Some(Key::place(&agency, &of(lost)).attributes())).send().await.unwrap();
    let mut stray = store.item(&Key::place(&agency, &of(stale))).await.unwrap().unwrap();
    let elsewhere = Place::of_all(List::Ready, of(stale).sort);
    stray.extend(Key::place(&agency, &elsewhere).attributes());
    store.client().put_item().table_name(store.table()).set_item(Some(stray)).send().await.unwrap();
    let counts = Key::counts(&agency);
    let update = store.client().update_item().table_name(store.table()).set_key(Some(counts.attributes()));
    let update = update.update_expression("SET #new = :n, #gone = :zero");
    let update =
        update.expression_attribute_names("#new", "list#new").expression_attribute_names("#gone", "due#2019-01-01");
    let [n, zero] = ["7", "0"].map(|number| AttributeValue::N(number.into()));
    update.expression_attribute_values(":n", n).expression_attribute_values(":zero", zero).send().await.unwrap();
    let found = rebuilt(&town).await;
    assert_eq!((found.behind, found.rows_missing, found.rows_stray), (0, 1, 1));
    assert_eq!(found.counts_wrong, [("list#new".to_owned(), 7, 2)]);
    assert_eq!(stored_rows(&town).await, right);
    recounted(&town).await;
    let item = store.item(&counts).await.unwrap().unwrap();
    assert!(!item.contains_key("due#2019-01-01"), "days that are over go");
    assert!(rebuilt(&town).await.nothing_was_wrong());
}

#[tokio::test]
async fn the_command_rebuilds_a_data_folder_that_nobody_works_on() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = |data: &std::path::Path| {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            rebuild: motcua_local::rebuild::Rebuild,
        }
        <Line as clap::Parser>::parse_from(["rebuild", "--data", data.to_str().unwrap()]).rebuild
    };
    let mut out = Vec::new();
    let config = rules::config::Config::demo;
    motcua_local::rebuild::run(&arguments(folder.path()), config(), &mut out).await.unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "000.00.01.H32: 0 dossiers, nothing was wrong\n");
    let _held = motcua_local::catalogue::lock(folder.path()).unwrap().unwrap();
    let refused = motcua_local::rebuild::run(&arguments(folder.path()), config(), &mut Vec::new()).await;
    assert!(refused.unwrap_err().to_string().starts_with("an office is at work on "));
}
