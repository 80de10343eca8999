//! Every search leaves its trace, and the trace tells nothing of what was asked.

use jiff::civil::date;
use motcua::store::{AuditEntry, Did};

use super::*;

#[tokio::test]
async fn every_search_stands_in_the_audit_with_who_when_kind_and_count_and_never_the_text() {
    let desk = Desk::open().await;
    desk.filed(1, named("Cơ sở Hải Yến")).await;
    desk.found(Kind::Name, "hải yến").await;
    desk.found(Kind::Name, "yen hai").await;
    desk.found(Kind::Phone, PHONE).await;
    desk.found(Kind::Code, "ZZZZZZZZZZ99").await;
    let (store, agency) = (desk.office.store(), &desk.office.agency);
    let page = store.audited(agency, date(2020, 4, 15), None, None).await.unwrap().unwrap();
    let mut seen = Vec::new();
    for AuditEntry { at, who, did } in &page.entries {
        assert_eq!((*at, who.as_str()), (desk.office.now(), WHO));
        let Did::Searched { kind, found, asked } = did else { panic!("{did:?}") };
        assert!(!asked.to_lowercase().contains("hai") && !asked.contains("912345678"), "{asked}");
        seen.push((*kind, *found));
    }
    seen.sort();
    assert_eq!(seen, [(Kind::Code, 0), (Kind::Phone, 1), (Kind::Name, 1), (Kind::Name, 1)], "what was found");
}

#[tokio::test]
async fn the_audit_of_a_day_is_read_by_person_and_page_and_by_no_other_agency() {
    let desk = Desk::open().await;
    let (store, agency) = (desk.office.store(), desk.office.agency.clone());
    for number in 0..130 {
        desk.office.wait(jiff::SignedDuration::from_secs(1));
        let who = if number % 2 == 0 { WHO } else { "u-18" };
        let did = Did::Opened { id: DossierId::from_random(number) };
        store.audit(&agency, &AuditEntry { at: desk.office.now(), who: who.into(), did }).await.unwrap();
    }
    let day = date(2020, 4, 15);
    let mut of_one = Vec::new();
    let mut after = None;
    loop {
        let page = store.audited(&agency, day, Some(WHO), after.as_deref()).await.unwrap().unwrap();
        of_one.extend(page.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(of_one.len(), 65);
    assert!(of_one.iter().all(|entry| entry.who == WHO) && of_one.is_sorted_by(|a, b| a.at > b.at));
    let other = desk.neighbour().await;
    assert!(store.audited(&other, day, None, None).await.unwrap().unwrap().entries.is_empty());
    assert!(store.audited(&agency, date(2020, 4, 16), None, None).await.unwrap().unwrap().entries.is_empty());
    for odd in ["", "x", "2020-04-15#1", "000.00.02.H32#audit"] {
        assert!(store.audited(&agency, day, None, Some(odd)).await.unwrap().is_none(), "{odd}");
    }
}
