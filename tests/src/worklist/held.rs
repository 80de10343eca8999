//! The lists of what one account holds: their own partitions, beside however many dossiers of others.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::store::{Item, Key};
use motcua_local::wire::tally::Units;
use project::rebuild;
use rules::id::DossierId;
use rules::worklist::{Asked, Filters, List, Place};
use serde_json::{Value, json};

use super::{page, recounted, store};
use crate::town::Town;

fn of(list: List, holder: &str) -> Asked {
    Asked { filters: Filters { holder: Some(holder.into()), ..Filters::default() }, ..Asked::all_of(list) }
}

async fn ids(town: &Town, asked: &Asked) -> Vec<DossierId> {
    page(town, asked).await.rows.into_iter().map(|listed| listed.row.id).collect()
}

async fn load(town: &Town, who: &str) -> u64 {
    store(town).held(&town.agency()).await.unwrap().get(who).map_or(0, |held| held.counts.load())
}

/// Stores rows of that many other dossiers in the agency's list, before those that are there.
async fn others(town: &Town, pattern: DossierId, count: u64) {
    let (store, agency) = (store(town), town.agency());
    let places = store.places(&agency, List::Running, None).await.unwrap().items;
    let place = &places.iter().find(|(place, _)| place.dossier() == Some(pattern)).unwrap().0;
    let row = store.item(&Key::place(&agency, place)).await.unwrap().unwrap();
    for number in 0..count {
        let id = DossierId::from_random(1_000_000 + number);
        let sort = format!("12020-04-01#2020-04-01T01:00:00Z#{id}");
        let mut item: Item = row.clone();
        item.extend(Key::place(&agency, &Place::of_all(List::Running, sort)).attributes());
        let text = item["row"].as_s().unwrap().replace(pattern.as_str(), id.as_str());
        item.insert("row".into(), AttributeValue::S(text));
        store.client().put_item().table_name(store.table()).set_item(Some(item)).send().await.unwrap();
    }
}

#[tokio::test]
async fn what_somebody_holds_is_found_at_once_beside_three_hundred_dossiers_of_others() {
    let town = Town::new().await;
    let mut mine = Vec::new();
    for number in 0..4 {
        let id = town.submit(&format!("G22-{number}")).await;
        town.clerk(id, "accept", json!({})).await;
        town.clerk(id, "forward", json!({ "to": if number == 0 { "lan" } else { "minh" } })).await;
        mine.extend((number > 0).then_some(id));
    }
    town.office.deliver().await.unwrap();
    others(&town, mine[0], 300).await;
    let first = ids(&town, &Asked::all_of(List::Running)).await;
    assert!(first.len() == 20 && mine.iter().all(|id| !first.contains(id)), "the others come first");
    town.office.wire().reset();
    let found = page(&town, &of(List::Running, "minh")).await;
    let tally = town.office.wire().tally();
    assert!(tally.read_units() <= Units::whole(3), "{}", tally.read_units());
    assert_eq!(tally.round_trips(), 2);
    let mut listed: Vec<_> = found.rows.iter().map(|listed| listed.row.id).collect();
    listed.sort();
    mine.sort();
    assert_eq!(listed, mine);
    assert_eq!((found.counts.of(List::Running), found.counts.load(), found.next.is_none()), (3, 3, true));
    assert_eq!(ids(&town, &of(List::New, "minh")).await, []);
    assert_eq!(ids(&town, &of(List::Running, "nobody")).await, []);
    // Days bound it as they bound the whole list.
    let due = found.rows[0].row.due.unwrap().on;
    let late = |today| Asked { filters: of(List::Running, "minh").filters, ..Asked::late(today) };
    assert_eq!(ids(&town, &late(due)).await, []);
    assert_eq!(ids(&town, &late(due.tomorrow().unwrap())).await.len(), 3);
    assert_eq!(found.counts.late(due.tomorrow().unwrap()), 3);
}

#[tokio::test]
async fn a_dossier_moves_with_its_holder_and_leaves_when_the_desk_has_it_or_its_work_is_over() {
    let town = Town::new().await;
    town.knows("lanhdao", "manager").await;
    let id = town.submit("G22-1").await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "forward", json!({ "to": "minh" })).await;
    let stands = async |who: &str| {
        town.office.deliver().await.unwrap();
        (ids(&town, &of(List::Running, who)).await, load(&town, who).await)
    };
    assert_eq!(stands("minh").await, (vec![id], 1));
    let leader = town.clerk(id, "put-to-leader", json!({ "to": "lanhdao" })).await;
    assert_eq!(
        (&leader["dossier"]["assignee"], &leader["dossier"]["phase"]),
        (&json!("lanhdao"), &json!("in_progress"))
    );
    assert_eq!((stands("minh").await, stands("lanhdao").await), ((vec![], 0), (vec![id], 1)));
    let desk = town.clerk(id, "return-to-desk", json!({})).await;
    assert_eq!(desk["dossier"]["assignee"], Value::Null);
    assert_eq!(stands("lanhdao").await, (vec![], 0));
    let again = town.staff("clerk", id, "return-to-desk", &json!({})).await;
    assert_eq!(again.status().as_u16(), 422, "the desk has it already");
    town.clerk(id, "forward", json!({ "to": "minh" })).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    assert_eq!(stands("minh").await, (vec![], 1));
    assert_eq!(ids(&town, &of(List::Ready, "minh")).await, [id]);
    town.clerk(id, "hand-out", json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" })).await;
    assert_eq!(stands("minh").await, (vec![], 0));
    recounted(&town).await;
    assert!(rebuilt(&town).await.nothing_was_wrong());
}

async fn rebuilt(town: &Town) -> project::Rebuilt {
    Box::pin(rebuild(&town.office.site(), &town.agency())).await.unwrap()
}

/// Puts the projection back to what it was before accounts had lists, and removes what came with them.
async fn as_before(town: &Town, id: DossierId) {
    let (store, agency) = (store(town), town.agency());
    let mut item = store.item(&Key::projection(&agency, id)).await.unwrap().unwrap();
    let mut projection: Value = serde_json::from_str(item["projection"].as_s().unwrap()).unwrap();
    let places = projection["places"].as_array_mut().unwrap();
    let held: Vec<_> = places.extract_if(.., |place| place.get("holder").is_some()).collect();
    assert!(!held.is_empty());
    item.insert("projection".into(), AttributeValue::S(projection.to_string()));
    store.client().put_item().table_name(store.table()).set_item(Some(item)).send().await.unwrap();
    let keys = held.into_iter().map(|place| Key::place(&agency, &serde_json::from_value(place).unwrap()));
    for key in keys.chain([Key::held(&agency, "minh")]) {
        let delete = store.client().delete_item().table_name(store.table());
        delete.set_key(Some(key.attributes())).send().await.unwrap();
    }
}

#[tokio::test]
async fn a_rebuild_gives_old_dossiers_their_place_in_the_lists_of_whoever_holds_them() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.clerk(id, "forward", json!({ "to": "minh" })).await;
    town.office.deliver().await.unwrap();
    as_before(&town, id).await;
    assert_eq!((ids(&town, &of(List::New, "minh")).await, load(&town, "minh").await), (vec![], 0));
    assert_eq!(ids(&town, &Asked::all_of(List::New)).await, [id]);
    let found = rebuilt(&town).await;
    assert_eq!((found.behind, found.counts_wrong, found.moved_meanwhile), (1, vec![], false));
    assert_eq!((ids(&town, &of(List::New, "minh")).await, load(&town, "minh").await), (vec![id], 1));
    assert!(rebuilt(&town).await.nothing_was_wrong());
    // So does whatever happens to such a dossier next, without a rebuild.
    as_before(&town, id).await;
    town.clerk(id, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    assert_eq!((ids(&town, &of(List::Running, "minh")).await, load(&town, "minh").await), (vec![id], 1));
    assert!(rebuilt(&town).await.nothing_was_wrong());
}

#[tokio::test]
async fn lost_rows_stray_rows_and_wrong_counts_of_an_account_are_put_right() {
    let town = Town::new().await;
    let [lost, kept] = [town.submit("G22-1").await, town.submit("G22-2").await];
    for id in [lost, kept] {
        town.clerk(id, "forward", json!({ "to": "minh" })).await;
    }
    town.office.deliver().await.unwrap();
    let (store, agency) = (store(&town), town.agency());
    let places = store.places_of(&agency, (List::New, Some("minh")), None).await.unwrap().items;
    let place = |id| places.iter().find(|(place, _)| place.dossier() == Some(id)).unwrap().0.clone();
    let delete = store.client().delete_item().table_name(store.table());
    delete.set_key(Some(Key::place(&agency, &place(lost)).attributes())).send().await.unwrap();
    let mut stray = store.item(&Key::place(&agency, &place(kept))).await.unwrap().unwrap();
    stray.extend(Key::place(&agency, &Place { list: List::Ready, ..place(kept) }).attributes());
    store.client().put_item().table_name(store.table()).set_item(Some(stray)).send().await.unwrap();
    let update = store.client().update_item().table_name(store.table());
    let update = update.set_key(Some(Key::held(&agency, "minh").attributes())).update_expression("SET #new = :n");
    let update = update.expression_attribute_names("#new", "list#new");
    update.expression_attribute_values(":n", AttributeValue::N("9".into())).send().await.unwrap();
    let found = rebuilt(&town).await;
    assert_eq!((found.behind, found.rows_missing, found.rows_stray), (0, 1, 1));
    assert_eq!(found.counts_wrong, [("minh: list#new".to_owned(), 9, 2)]);
    assert!(rebuilt(&town).await.nothing_was_wrong());
    assert_eq!((ids(&town, &of(List::New, "minh")).await.len(), load(&town, "minh").await), (2, 2));
}
