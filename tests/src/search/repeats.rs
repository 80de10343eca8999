//! Repeats, disorder and faults end in the same entries.

use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use motcua_local::wire::stream::Disorder;

use super::*;

/// The entries as they stand.
async fn entries(desk: &Desk) -> Vec<String> {
    let scan = desk.office.store().client().scan().table_name(TABLE).send().await.unwrap();
    let items = scan.items.unwrap_or_default();
    let text = |item: &motcua::store::Item, name: &str| motcua::store::text(item, name).unwrap_or("").to_owned();
    let all =
        items.iter().map(|item| format!("{} {} {}", text(item, "pk"), text(item, "sk"), text(item, "beginnings")));
    let mut all: Vec<_> = all.filter(|entry| entry.contains("#find#")).collect();
    all.sort();
    all
}

/// A few dossiers, of which one was corrected and one forwarded.
async fn worked(desk: &Desk) {
    let agency = desk.office.agency.clone();
    for number in 1..=4 {
        desk.office.submit(number, named("Cơ sở Hải Yến")).await;
    }
    let id = DossierId::from_random(2);
    desk.order(&agency, id, Action::Forward { to: "u-2".into() }, Some(named("Hộ kinh doanh Bình Minh"))).await;
    desk.order(&agency, DossierId::from_random(3), Action::Forward { to: "u-3".into() }, None).await;
}

#[tokio::test]
async fn repeated_shuffled_and_split_batches_end_in_the_same_entries() {
    let calm = Desk::open().await;
    worked(&calm).await;
    calm.project(Settings::default()).await;
    let wanted = entries(&calm).await;
    assert!(wanted.len() > 20, "{}", wanted.len());
    for seed in 0..6 {
        let desk = Desk::open().await;
        worked(&desk).await;
        let disorder = Disorder { seed, repeat_per_mille: 300, shuffle: true, split: true };
        desk.project(Settings { disorder: Some(disorder), ..Settings::default() }).await;
        assert_eq!(entries(&desk).await, wanted, "seed {seed}");
    }
}

#[tokio::test]
async fn a_store_that_fails_by_chance_ends_in_the_same_entries() {
    let calm = Desk::open().await;
    worked(&calm).await;
    calm.project(Settings::default()).await;
    let wanted = entries(&calm).await;
    for seed in 0..6 {
        let desk = Desk::open().await;
        worked(&desk).await;
        let plan = Plan::Chance { per_mille: 200, faults: Fault::ALL.to_vec() };
        desk.office.wire.set_faults(Faults::from_seed(seed, plan));
        desk.project(Settings { retries: 60, ..Settings::default() }).await;
        desk.office.wire.set_faults(Faults::none());
        assert_eq!(entries(&desk).await, wanted, "seed {seed}");
    }
}
