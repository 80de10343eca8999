//! Cost of a page that people open beside many dossiers: the same as beside few.

use motcua::store::{AuditEntry, Did, Key, Search, Store, WorkPage};
use motcua_local::wire::tally::Units;
use motcua_tests::town::{Town, form};
use rules::id::DossierId;
use rules::vietnam;
use rules::worklist::{Asked, Filters, Kind, List, SearchKey, Sought};
use serde_json::json;

use super::fill::{Batch, copy, renamed};

/// Word of the pattern's name by which its copies are found.
const WORD: &str = "nghiem";

/// Most read units of a list, a search or a dossier's page.
const MOST_UNITS: u64 = 12;
/// Dossiers that one account holds.
const HELD: u32 = 25;
/// People in the phone list.
const CALLED: u32 = 20;
/// Accounts in the directory, beside the few that the table needs anyway.
const ACCOUNTS: u32 = 40;

/// Prints one row for each page, beside so many dossiers that are all in one list and have one name.
pub async fn table(stored: u64) {
    let folder = tempfile::tempdir().unwrap();
    let town = Box::pin(Town::in_folder(folder.path())).await;
    let pattern = town.submit("G22-1").await;
    town.clerk(pattern, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    let key = project::search_key(&town.office.site().config);
    fill(&town, pattern, &key, stored - 1).await;
    println!("| page beside {stored} dossiers | rows | round trips | read units | write units |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    let today = vietnam::day(town.clock.now());
    let next_year = today.checked_add(jiff::Span::new().years(1)).unwrap();
    for number in 0..HELD {
        let id = town.submit(&format!("G22-1{number:02}")).await;
        town.clerk(id, "accept", json!({})).await;
        town.clerk(id, "forward", json!({ "to": "minh" })).await;
    }
    town.office.deliver().await.unwrap();
    let filtered = Filters { procedure: Some("9.999999".into()), ..Filters::default() };
    let held = Filters { holder: Some("minh".into()), ..Filters::default() };
    let pages = [
        ("work list", Asked::all_of(List::Running)),
        ("work list, what is late", Asked::late(next_year)),
        ("work list, filters that nothing fits", Asked { filters: filtered, ..Asked::all_of(List::Running) }),
        ("work list, what one account holds", Asked { filters: held, ..Asked::all_of(List::Running) }),
    ];
    let store = town.office.site().recorder.store().clone();
    for (page, asked) in pages {
        town.office.wire().reset();
        let WorkPage { rows, .. } = store.work_list(&town.agency(), &asked).await.unwrap();
        print(&town, page, rows.len());
    }
    let searches = [
        ("search, one word", Kind::Name, WORD),
        ("search, three words", Kind::Name, "cong ty nghiem"),
        ("search, a telephone number", Kind::Phone, "0905000001"),
        ("search, a code", Kind::Code, "G22-1"),
    ];
    for (page, kind, text) in searches {
        let sought = Sought::of(kind, text).unwrap();
        let search = Search { key: &key, sought: &sought, after: None, who: "lan", at: town.clock.now() };
        town.office.wire().reset();
        let found = store.find(&town.agency(), &search).await.unwrap();
        print(&town, page, found.rows.len());
    }
    opened(&town, &store, pattern).await;
    directory(&town, &store).await;
    phone_list(&town).await;
}

/// Reads a page of people to be called, each with one dossier.
async fn phone_list(town: &Town) {
    for number in 0..CALLED {
        let code = format!("G22-2{number:02}");
        let mut landline = form(&code);
        landline["SoDienThoai"] = json!("02583822222");
        landline["SoGiayToChuHoSo"] = json!(format!("05609900{number:04}"));
        let answer = town.portal("dossier.submitted", &format!("submit-{code}"), landline).await;
        assert_eq!(answer.status().as_u16(), 200);
    }
    town.office.deliver().await.unwrap();
    town.office.wire().reset();
    let page = town.reading("clerk", "/api/v1/calls").await;
    print(town, "phone list, with the account and the audit", page["items"].as_array().map_or(0, Vec::len));
}

/// Reads the agency's directory, as a process does once in five minutes.
async fn directory(town: &Town, store: &Store) {
    for number in 0..ACCOUNTS {
        town.knows_as(&format!("chuyenvien{number:02}@kkt.example"), "specialist", Some("Chuyên viên của cơ quan"))
            .await;
    }
    town.office.wire().reset();
    let people = store.people(&town.agency(), town.clock.now()).await.unwrap();
    print(town, "directory of the agency, once in five minutes", people.members().count());
}

async fn opened(town: &Town, store: &Store, id: DossierId) {
    let agency = town.agency();
    let entry = AuditEntry { at: town.clock.now(), who: "lan".into(), did: Did::Opened { id } };
    town.office.wire().reset();
    let (whole, audited) = tokio::join!(store.whole(&agency, id), store.audit(&agency, &entry));
    audited.unwrap();
    assert!(whole.unwrap().is_some());
    print(town, "dossier page", 1);
}

fn print(town: &Town, page: &str, rows: usize) {
    let tally = town.office.wire().tally();
    // What people open all day costs the same beside however many dossiers.
    let is_bound = ["work list", "search", "dossier page"].iter().any(|name| page.starts_with(name));
    assert!(!is_bound || tally.read_units() <= Units::whole(MOST_UNITS), "{page}: {}", tally.read_units());
    println!("| {page} | {rows} | {} | {} | {} |", tally.round_trips(), tally.read_units(), tally.write_units());
}

/// Stores copies of a dossier's people, projection, row and two of its entries.
async fn fill(town: &Town, pattern: DossierId, key: &SearchKey, copies: u64) {
    let (store, agency) = (town.office.site().recorder.store().clone(), town.agency());
    let places = store.places(&agency, List::Running, None).await.unwrap().items;
    let place = places[0].0.clone();
    let mut keys = vec![Key::person(&agency, pattern), Key::projection(&agency, pattern), Key::place(&agency, &place)];
    for (kind, text) in [(Kind::Name, WORD), (Kind::Phone, "0905000001")] {
        let (hash, _) = key.asked(&agency, &Sought::of(kind, text).unwrap()).unwrap();
        let page = store.under(&Key::entries_pk(&agency, &hash), "", None).await.unwrap();
        keys.push(Key {
            pk: page.items[0]["pk"].as_s().unwrap().clone(),
            sk: page.items[0]["sk"].as_s().unwrap().clone(),
        });
    }
    let found = store.all(&keys).await.unwrap();
    assert_eq!(found.len(), 5);
    let mut batch = Batch::new(town);
    for number in 0..copies {
        for item in found.values() {
            batch.put(&renamed(item, pattern, copy(number)));
        }
    }
    batch.write();
}
