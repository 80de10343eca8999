//! No key tells a name or a number, and corrections and erasure take the entries along.

use super::*;
use motcua::store::Key;

/// Every key of the table, and the whole of every item that search or the audit wrote.
async fn written(desk: &Desk) -> Vec<(String, String)> {
    let store = desk.office.store();
    let answer = store.client().scan().table_name(TABLE).send().await.unwrap();
    assert!(answer.last_evaluated_key.is_none(), "one page holds it all");
    let text = |item: &motcua::store::Item, name: &str| motcua::store::text(item, name).unwrap().to_owned();
    let items = answer.items.unwrap_or_default();
    items.iter().map(|item| (format!("{} {}", text(item, "pk"), text(item, "sk")), format!("{item:?}"))).collect()
}

async fn entries(desk: &Desk) -> usize {
    written(desk).await.iter().filter(|(key, _)| key.contains("#find#")).count()
}

#[tokio::test]
async fn no_entry_no_projection_and_no_audit_holds_anything_personal() {
    let desk = Desk::open().await;
    desk.filed(1, named("Cơ sở Hải Yến")).await;
    for (kind, text) in [(Kind::Name, "Hải Yến"), (Kind::Phone, PHONE), (Kind::Identity, IDENTITY)] {
        assert_eq!(desk.found(kind, text).await.len(), 1);
    }
    let mut ours = 0;
    for (key, item) in written(&desk).await {
        let mine = ["#find#", "#projection#", "#audit#"].iter().any(|part| key.contains(part));
        ours += usize::from(mine);
        // Short beginnings occur in hashes by chance: whole words and numbers do not.
        for personal in ["Hải", "Yến", "hai yen", "912345678", "345 678", "056099001234", "099 001"] {
            assert!(!key.contains(personal), "{personal} in {key}");
            assert!(!mine || !item.contains(personal), "{personal} in the item of {key}");
        }
    }
    assert!(ours > 8, "{ours}");
}

#[tokio::test]
async fn a_corrected_name_is_found_by_the_new_words_only() {
    let desk = Desk::open().await;
    let agency = desk.office.agency.clone();
    let id = desk.filed(1, named("Cơ sở Hải Yến")).await;
    let corrected =
        Person { applicant: Party { name: "Cơ sở Hồng Hạc".into(), ..Party::default() }, filer: None };
    let forward = Action::Forward { to: "u-2".into() };
    desk.order(&agency, id, forward, Some(corrected)).await;
    desk.project(Settings::default()).await;
    for text in ["hong hac", "co so"] {
        assert_eq!(desk.found(Kind::Name, text).await, [id], "{text}");
    }
    assert_eq!(desk.found(Kind::Name, "yen").await, []);
    assert_eq!(desk.found(Kind::Phone, PHONE).await, []);
    assert_eq!(desk.found(Kind::Identity, IDENTITY).await, []);
}

#[tokio::test]
async fn erased_people_leave_no_entry_and_their_dossier_is_found_by_its_id_still() {
    let desk = Desk::open().await;
    let id = desk.filed(1, named("Cơ sở Hải Yến")).await;
    assert!(entries(&desk).await > 5);
    let (store, person) = (desk.office.store(), Key::person(&desk.office.agency, id));
    let erase = store.client().delete_item().table_name(TABLE).set_key(Some(person.attributes()));
    erase.send().await.unwrap();
    desk.project(Settings::default()).await;
    assert_eq!(entries(&desk).await, 0);
    assert_eq!(desk.found(Kind::Code, id.as_str()).await, [id]);
}
