//! An office that has lived through four months: the same from the same number, and with something in every list.

use std::collections::BTreeMap;
use std::path::Path;

use motcua::store::{Item, text};
use motcua_local::clock::LocalClock;
use motcua_local::office::TABLE;
use motcua_local::seed::{Seed, SeedError, run};
use motcua_local::wire::{VirtualClock, Wire, client, database};

use crate::town::at;

/// Instant at which its days end.
const END: &str = "2020-04-29T16:00:00+07:00";

async fn seeded(folder: &Path) -> Result<String, SeedError> {
    let mut out = Vec::new();
    let seed = Seed { dossiers: 40, data: folder.to_owned(), seed: 7 };
    Box::pin(run(&seed, rules::config::Config::demo(), &mut out)).await?;
    Ok(String::from_utf8(out).unwrap())
}

/// Returns everything in the table but the progress of each message's sending, whose tokens are drawn anew.
async fn everything(folder: &Path) -> BTreeMap<String, String> {
    let wire = Wire::in_process(database::in_folder(folder).unwrap());
    let client = client(&wire, &VirtualClock::new(at(END)));
    let (mut from, mut all) = (None, BTreeMap::new());
    loop {
        let page = client.scan().table_name(TABLE).set_exclusive_start_key(from).send().await.unwrap();
        for item in page.items.unwrap_or_default() {
            let name = |item: &Item| Some(format!("{} {}", text(item, "pk")?, text(item, "sk")?));
            let name = name(&item).unwrap();
            // An entry of the audit is named by chance, so that two of one instant are two.
            if name.contains("#audit#") {
                continue;
            }
            let attributes: BTreeMap<_, _> = item.into_iter().collect();
            if !name.contains(" message#") {
                all.insert(name, format!("{attributes:?}"));
            }
        }
        from = page.last_evaluated_key;
        if from.is_none() {
            return all;
        }
    }
}

#[tokio::test]
async fn the_same_number_makes_the_same_office_and_every_list_has_somebody() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let told = seeded(one.path()).await.unwrap();
    assert_eq!(seeded(other.path()).await.unwrap(), told);
    let (first, second) = (everything(one.path()).await, everything(other.path()).await);
    assert!(first.len() > 500, "{}", first.len());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, item) in &first {
        assert_eq!(second.get(name), Some(item), "{name}");
    }
    let outbox = |folder: &Path| std::fs::read_to_string(folder.join("outbox.jsonl")).unwrap();
    assert_eq!(outbox(one.path()), outbox(other.path()));

    assert!(told.starts_with("40 dossiers, the clock stands at 29/04/2020 16:00\n"), "{told}");
    assert!(!told.contains("declined"), "{told}");
    for title in ["lists", "before a person"] {
        let lists = told.lines().find(|line| line.contains(title)).unwrap();
        for list in lists.split(", ") {
            assert!(!list.ends_with(" 0"), "{told}");
        }
    }
    let clock = LocalClock::open(Some(one.path()), None).unwrap();
    assert!(clock.is_frozen() && clock.now() == at(END), "{clock:?}");

    // A folder that holds anything stays as it is.
    assert!(matches!(seeded(one.path()).await, Err(SeedError::NotEmpty(_))));
    assert_eq!(everything(one.path()).await, first);
}
