//! The list is made from what dossiers have, whatever became of it.

use motcua::store::Key;
use project::rebuild;

use super::*;

#[tokio::test]
async fn a_rebuild_makes_the_list_of_an_office_that_had_none_and_then_finds_nothing_wrong() {
    let town = Town::new().await;
    let (first, second) = (filed(&town, "G22-1", json!({})).await, filed(&town, "G22-2", json!({})).await);
    let call = only(&town).await;
    let (store, agency) = (town.office.site().recorder.store().clone(), town.agency());
    let name = call["id"].as_str().unwrap();
    for key in [Key::call(&agency, name), Key::calls_of(&agency, first), Key::calls_of(&agency, second)] {
        let delete = store.client().delete_item().table_name(store.table());
        delete.set_key(Some(key.attributes())).send().await.unwrap();
    }
    assert_eq!((list(&town).await.len(), counted(&town).await), (0, 1));
    let found = Box::pin(rebuild(&town.office.site(), &agency)).await.unwrap();
    assert_eq!((found.calls_wrong, found.moved_meanwhile), (2, false), "{found:?}");
    assert_eq!(found.counts_wrong, [("call#0".to_owned(), 2, 1)], "the lost entry had been counted");
    let made = only(&town).await;
    assert_eq!((&made["id"], &made["dossiers"]), (&call["id"], &call["dossiers"]));
    assert_eq!(counted(&town).await, 1);
    let found = Box::pin(rebuild(&town.office.site(), &agency)).await.unwrap();
    assert!(found.nothing_was_wrong(), "{found:?}");
}

#[tokio::test]
async fn a_record_that_comes_again_changes_nothing() {
    let town = Town::new().await;
    let id = filed(&town, "G22-1", json!({})).await;
    let seen = only(&town).await;
    let key = Key::message(&town.agency(), id, 1, 0, rules::message::Outlet::Sms);
    let image = json!({ "wake_pk": { "S": format!("{}#person#message", town.agency()) } });
    let keys = json!({ "pk": { "S": key.pk }, "sk": { "S": key.sk } });
    let record =
        json!({ "eventName": "MODIFY", "dynamodb": { "Keys": keys, "NewImage": image, "SequenceNumber": "1" } });
    let answer = project::handle(&town.office.site(), &json!({ "Records": [record.clone(), record] })).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    assert_eq!(only(&town).await, seen);
    assert_eq!(counted(&town).await, 1);
}
