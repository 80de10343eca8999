//! Searches that easily miss: names whose own words come last, codes that look like ids, tax numbers, and questions
//! that find nothing.

use jiff::civil::date;
use motcua::recorder::Order;
use motcua::store::{Did, Search};
use motcua_local::rights::in_role;
use motcua_local::wire::stream::{Settings, Trigger};
use motcua_local::wire::tally::Units;
use rules::catalogue::ProcedureRef;
use rules::dossier::{Action, Enclosed, Filing, Source, Submission};
use rules::id::DossierId;
use rules::person::{Party, Person};
use rules::worklist::{Kind, SearchKey, Sought};
use serde_json::Value;

use crate::fixture::{Office, PROCEDURE, TABLE};

const LONG: &str = "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Xây dựng Sao Biển";

/// Lets `project` read the stream to its end.
async fn project(office: &Office) {
    let mut stream = Trigger::open(office.wire.database(), TABLE, "project", None, Settings::default()).unwrap();
    stream.drain(async |event: Value| in_role("project", project::handle(&office.site, &event)).await).await.unwrap();
    assert_eq!(stream.given_up().len(), 0);
}

async fn filed(office: &Office, number: u64, code: Option<&str>, person: Person) -> DossierId {
    let submission = Submission {
        source: Source::Office,
        filing: Filing::Online,
        procedure: ProcedureRef { code: PROCEDURE.into(), version: 0 },
        code: code.map(str::to_owned),
        enclosed: Enclosed::default(),
    };
    let id = DossierId::from_random(number);
    let order: Order = office.written(id, Action::Submit(submission), Some(person));
    office.site.recorder.record(&order).await.unwrap();
    id
}

async fn found(office: &Office, kind: Kind, text: &str) -> Vec<DossierId> {
    let (key, sought) = (SearchKey::of(office.site.config.id_key()), Sought::of(kind, text).unwrap());
    let search = Search { key: &key, sought: &sought, after: None, who: "u-17", at: office.now() };
    let page = office.store().find(&office.agency, &search).await.unwrap();
    page.rows.iter().map(|listed| listed.row.id).collect()
}

fn named(name: &str) -> Party {
    Party { name: name.into(), ..Party::default() }
}

#[tokio::test]
async fn the_last_words_of_a_long_company_name_find_it_at_the_price_of_any_page() {
    let office = Office::open().await;
    for number in 1..=12 {
        let filer = Some(named("Hợp tác xã Nông nghiệp Sản xuất Kinh doanh Tổng hợp và Dịch vụ Nguyên Khang"));
        filed(&office, number, None, Person { applicant: named(LONG), filer, ..Person::default() }).await;
    }
    project(&office).await;
    for text in ["sao bien", "bien", "nguyen khang", LONG] {
        office.wire.reset();
        assert_eq!(found(&office, Kind::Name, text).await.len(), 10, "{text}");
        let tally = office.wire.tally();
        assert_eq!(tally.of("Query").round_trips + tally.of("BatchGetItem").round_trips, 2, "{text}");
        assert!(tally.read_units() <= Units::whole(12), "{text}: {}", tally.read_units());
    }
    assert_eq!(found(&office, Kind::Name, "sao minh").await, []);
}

#[tokio::test]
async fn a_code_finds_its_dossier_even_where_it_looks_like_an_id() {
    let office = Office::open().await;
    // The last one is the id of the first.
    for (number, code) in [(1, "000.00.01.H32-200415-0001"), (2, "ABCDEFGHIJ12"), (3, "000000000001")] {
        let id = filed(&office, number, Some(code), Person::default()).await;
        office.wire.reset();
        assert_eq!(found(&office, Kind::Code, code).await, [id], "{code}");
        let tally = office.wire.tally();
        assert_eq!(tally.of("GetItem").round_trips + tally.of("BatchGetItem").round_trips, 2, "{code}");
    }
    let second = DossierId::from_random(2);
    assert_eq!(found(&office, Kind::Code, second.as_str()).await, [second], "by its id still");
}

#[tokio::test]
async fn the_audit_of_a_search_that_found_nothing_says_so() {
    let office = Office::open().await;
    assert_eq!(found(&office, Kind::Code, "ZZZZZZZZZZ99").await, []);
    let page = office.store().audited(&office.agency, date(2020, 4, 15), None, None).await.unwrap().unwrap();
    let [entry] = page.entries.as_slice() else { panic!("{page:?}") };
    let Did::Searched { kind, found, .. } = &entry.did else { panic!("{entry:?}") };
    assert_eq!((*kind, *found, entry.who.as_str()), (Kind::Code, 0, "u-17"));
}

#[test]
fn a_company_s_tax_number_in_the_one_box_is_taken_for_an_identity_number() {
    for (text, kind) in [
        ("0912 345 678", Kind::Phone),
        ("+44 20 7946 0018", Kind::Phone),
        ("056 099 001 234", Kind::Identity),
        ("225123456", Kind::Identity),
        ("0100109106", Kind::Identity),
        ("0100109106-001", Kind::Identity),
        ("000.00.01.H32-200415-0001", Kind::Code),
        ("Bình Minh 2", Kind::Name),
    ] {
        assert_eq!(Sought::guess(text).map(|sought| sought.kind()), Some(kind), "{text}");
    }
}
