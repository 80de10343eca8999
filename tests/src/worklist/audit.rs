//! Audit of searches: who looked, but not for whom.

use motcua::store::{AuditEntry, Did};
use rules::worklist::Kind;

use super::{day, found, store};
use crate::town::Town;

#[tokio::test]
async fn every_search_and_every_opened_dossier_is_in_the_audit_of_its_day() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.office.deliver().await.unwrap();
    found(&town, Kind::Name, "nghiem").await;
    town.minutes(1);
    found(&town, Kind::Name, "Nghiệm").await;
    town.minutes(1);
    found(&town, Kind::Phone, "0999999999").await;
    town.minutes(1);
    let (store, agency) = (store(&town), town.agency());
    let opened = AuditEntry { at: town.clock.now(), who: "minh".into(), did: Did::Opened { id } };
    store.audit(&agency, &opened).await.unwrap();
    let page = store.audited(&agency, day(15), None, None).await.unwrap().unwrap();
    let [last, phone, again, name] = &page.entries[..] else { panic!("{page:?}") };
    assert_eq!(last, &opened);
    let Did::Searched { kind: Kind::Phone, found: 0, .. } = &phone.did else { panic!("{phone:?}") };
    let Did::Searched { kind: Kind::Name, found: 1, asked } = &again.did else { panic!("{again:?}") };
    // The same question has the same mark.
    assert_eq!(name.did, again.did);
    assert!(!asked.contains("nghiem"));
    let of_minh = store.audited(&agency, day(15), Some("minh"), None).await.unwrap().unwrap();
    assert_eq!(of_minh.entries, [opened]);
    let next_day = store.audited(&agency, day(16), None, None).await.unwrap().unwrap();
    assert_eq!((next_day.entries.len(), next_day.next), (0, None));
}

#[tokio::test]
async fn the_audit_comes_by_the_page_and_its_ends_are_places() {
    let town = Town::new().await;
    let (store, agency) = (store(&town), town.agency());
    let entry = AuditEntry { at: town.clock.now(), who: "lan".into(), did: Did::SignedIn };
    for _ in 0..103 {
        store.audit(&agency, &entry).await.unwrap();
    }
    let first = store.audited(&agency, day(15), None, None).await.unwrap().unwrap();
    let next = first.next.unwrap();
    let second = store.audited(&agency, day(15), None, Some(&next)).await.unwrap().unwrap();
    assert_eq!((first.entries.len(), second.entries.len(), second.next), (100, 3, None));
    for wrong in ["", "x", "A.2#audit#2020-04-15", "2020-04-15T01:00:00Z#", "2020-04-15T01:00:00Z#xyz"] {
        assert!(store.audited(&agency, day(15), None, Some(wrong)).await.unwrap().is_none(), "{wrong}");
    }
}
