//! People's view of many dossiers: lists, counts and search, through the real store.

mod audit;
mod disorder;
mod held;
mod lists;
mod rebuild;
mod register;
mod search;

use jiff::civil::{Date, date};
use motcua::store::{FoundPage, Search, Store, WorkPage};
use rules::id::{AgencyCode, DossierId};
use rules::worklist::{Asked, Counts, Kind, List, Sought};

use crate::town::{Town, at};

/// Returns a day of April 2020.
fn day(day: i8) -> Date {
    date(2020, 4, day)
}

fn store(town: &Town) -> Store {
    town.office.site().recorder.store().clone()
}

async fn page(town: &Town, asked: &Asked) -> WorkPage {
    store(town).work_list(&town.agency(), asked).await.unwrap()
}

/// Returns the lists of work that hold a dossier; the register has it in any case.
async fn lists_of(town: &Town, id: DossierId) -> Vec<List> {
    town.office.deliver().await.unwrap();
    let mut lists = Vec::new();
    for list in List::ALL {
        let rows = page(town, &Asked::all_of(list)).await.rows;
        lists.extend(rows.iter().filter(|listed| listed.row.id == id).map(|_| list));
    }
    assert_eq!(lists.pop(), Some(List::Received));
    lists
}

async fn found_in(town: &Town, agency: &AgencyCode, sought: &Sought) -> FoundPage {
    let site = town.office.site();
    let key = project::search_key(&site.config);
    let search = Search { key: &key, sought, after: None, who: "lan", at: town.clock.now() };
    site.recorder.store().find(agency, &search).await.unwrap()
}

async fn found(town: &Town, kind: Kind, text: &str) -> Vec<DossierId> {
    let page = found_in(town, &town.agency(), &Sought::of(kind, text).unwrap()).await;
    page.rows.into_iter().map(|listed| listed.row.id).collect()
}

/// Checks that the stored counts are those that a look at every row gives.
async fn recounted(town: &Town) -> Counts {
    let counted = store(town).counted(&town.agency()).await.unwrap().counts;
    for list in List::ALL {
        let mut asked = Asked::all_of(list);
        let mut rows = Vec::new();
        loop {
            let page = page(town, &asked).await;
            rows.extend(page.rows);
            asked.after = page.next;
            if asked.after.is_none() {
                break;
            }
        }
        assert_eq!(counted.of(list), rows.len() as u64, "{list:?}");
        if list == List::Running {
            for listed in &rows {
                let Some(due) = listed.row.due else { continue };
                let same_day = rows.iter().filter(|it| it.row.due.is_some_and(|it| it.on == due.on)).count();
                assert_eq!(counted.due(due.on, due.on), same_day as u64, "{}", due.on);
            }
            let dated = rows.iter().filter(|listed| listed.row.due.is_some()).count();
            assert_eq!(counted.late(day(30).checked_add(jiff::Span::new().years(9)).unwrap()), dated as u64);
        }
    }
    counted
}

/// Returns the rows of every list, each with its list and place.
async fn stored_rows(town: &Town) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for list in List::ALL {
        let places = store(town).places(&town.agency(), list, None).await.unwrap();
        assert!(places.next.is_none());
        all.extend(places.items.into_iter().map(|(place, row)| {
            (format!("{}#{}", list.name(), place.sort), serde_json::to_string(&row.unwrap()).unwrap())
        }));
    }
    all
}

fn morning_of(day: i8) -> String {
    let at = format!("2020-04-{day:02}T08:00:00+07:00");
    assert!(crate::town::at(&at) > at_start());
    at
}

fn at_start() -> jiff::Timestamp {
    at("2020-04-01T00:00:00Z")
}
