//! The list of the catalogue, and a whole file that goes in or stays out.

use std::sync::Arc;

use motcua::recorder::{ImportError, ImportedAll, ListedPage};
use motcua::store::Key;
use motcua_local::samples;
use rules::catalogue::Procedure;

use super::second;
use crate::town::{PERMIT, Town};

/// Returns so many procedures that nobody has yet.
fn new(count: usize) -> Vec<Arc<Procedure>> {
    let sample = samples::procedures().remove(0);
    (1..=count).map(|no| Arc::new(Procedure { code: format!("7.{no:06}"), ..sample.clone() })).collect()
}

async fn list(town: &Town, prefix: &str, after: Option<(&str, u32)>) -> ListedPage {
    let site = town.office.site();
    site.recorder.catalogue().list(&town.agency(), prefix, after).await.unwrap()
}

fn codes(page: &ListedPage) -> Vec<String> {
    page.items.iter().map(|entry| format!("{}/{}", entry.code, entry.version)).collect()
}

#[tokio::test]
async fn every_version_imported_stands_in_the_list_a_page_at_a_time() {
    let town = Town::new().await;
    let (site, agency) = (town.office.site(), town.agency());
    let before = list(&town, "", None).await;
    assert_eq!((before.items.len(), before.next.clone()), (samples::procedures().len(), None));
    site.recorder.catalogue().import(&agency, &second("2020-07-01")).await.unwrap();
    let done = site.recorder.import_all(&agency, &new(120)).await.unwrap();
    assert_eq!(done, ImportedAll { now: 120, before: 0 });
    assert_eq!(codes(&list(&town, PERMIT, None).await), [format!("{PERMIT}/1"), format!("{PERMIT}/2")]);
    let first = list(&town, "7.", None).await;
    let (code, version) = first.next.clone().unwrap();
    assert_eq!((first.items.len(), code.as_str(), version), (100, "7.000100", 1));
    let second = list(&town, "7.", Some((&code, version))).await;
    assert_eq!((second.items.len(), codes(&second)[0].as_str(), second.next.clone()), (20, "7.000101/1", None));
    let entry = &second.items[0];
    assert_eq!((&entry.name_vi, entry.online), (&samples::procedures()[0].name_vi, samples::procedures()[0].online));
}

#[tokio::test]
async fn of_a_file_with_one_version_that_cannot_be_taken_nothing_is() {
    let town = Town::new().await;
    let (site, agency) = (town.office.site(), town.agency());
    let mut file = new(40);
    let changed = Procedure { legal_basis: "Điều khác".into(), version: 1, ..second("2020-07-01") };
    file.insert(20, Arc::new(changed));
    let refused = site.recorder.import_all(&agency, &file).await.unwrap_err();
    assert!(matches!(refused.as_slice(), [ImportError::Changed { version: 1, .. }]), "{refused:?}");
    assert_eq!(list(&town, "7.", None).await.items, []);
    file.remove(20);
    // Checking writes nothing; the same file a second time counts as there before.
    assert_eq!(site.recorder.check_all(&agency, &file).await.unwrap(), ImportedAll { now: 40, before: 0 });
    assert_eq!(list(&town, "7.", None).await.items, []);
    assert_eq!(site.recorder.import_all(&agency, &file).await.unwrap(), ImportedAll { now: 40, before: 0 });
    assert_eq!(site.recorder.import_all(&agency, &file).await.unwrap(), ImportedAll { now: 0, before: 40 });
}

#[tokio::test]
async fn a_version_from_before_there_was_a_list_is_listed_when_it_is_imported_again() {
    let town = Town::new().await;
    let (site, agency) = (town.office.site(), town.agency());
    let procedure = new(1).remove(0);
    let key = Key::procedure(&agency, &procedure.code, 1);
    let json = serde_json::to_string(&*procedure).unwrap();
    site.recorder.store().put_new(&key, "procedure", &json).await.unwrap();
    assert_eq!(list(&town, "7.", None).await.items, []);
    site.recorder.import_all(&agency, &[procedure]).await.unwrap();
    assert_eq!(codes(&list(&town, "7.", None).await), ["7.000001/1"]);
}
