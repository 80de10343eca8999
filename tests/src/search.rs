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

/// Searches for a text of the one box, as everything that it may be.
async fn guessed(office: &Office, text: &str) -> Vec<DossierId> {
    let (key, sought) = (SearchKey::of(office.site.config.id_key()), Sought::guess(text).unwrap());
    let search = Search { key: &key, sought: &sought, after: None, who: "u-17", at: office.now() };
    let page = office.store().find(&office.agency, &search).await.unwrap();
    assert_eq!(page.by.values().sum::<usize>(), page.rows.len(), "{text}");
    page.rows.iter().map(|listed| listed.row.id).collect()
}

#[tokio::test]
async fn the_one_box_looks_a_text_up_as_everything_that_it_may_be() {
    let office = Office::open().await;
    let identified = |number: &str| Party { identity_no: Some(number.into()), ..named("Cơ sở Hoa Sen") };
    let numbers = ["0301234567", "0700123456", "C1234567", "AA0123456", "225123456", "056099001234", "0905000001"];
    let mut ids = Vec::new();
    for (number, identity) in (1..).zip(numbers) {
        let person = Person { applicant: identified(identity), ..Person::default() };
        ids.push(filed(&office, number, None, person).await);
    }
    let phoned = Party { phone: Some("0905 000 001".into()), ..named("Hộ Lúa Vàng") };
    let phoned = filed(&office, 20, None, Person { applicant: phoned, ..Person::default() }).await;
    project(&office).await;
    for (text, id) in numbers.iter().zip(&ids).take(6) {
        assert_eq!(guessed(&office, text).await, [*id], "{text}");
    }
    for (text, id) in
        [("c1234567", ids[2]), ("AA 0123456", ids[3]), ("0301.234.567", ids[0]), ("056 099 001 234", ids[5])]
    {
        assert_eq!(guessed(&office, text).await, [id], "{text}");
    }
    // A telephone number of one and an identity number of another: both are found, the newest first.
    office.wire.reset();
    assert_eq!(guessed(&office, "0905000001").await, [phoned, ids[6]]);
    let tally = office.wire.tally();
    assert_eq!(tally.of("Query").round_trips, 3, "code, telephone and identity number");
    assert_eq!(tally.of("BatchGetItem").round_trips, 2);
    assert!(tally.read_units() <= Units::whole(8), "{}", tally.read_units());
}

#[tokio::test]
async fn a_code_is_found_in_small_letters_with_long_dashes_and_by_its_end() {
    let office = Office::open().await;
    let code = "000.00.01.H32-200415-0017";
    let id = filed(&office, 1, Some(code), Person::default()).await;
    let foreign = filed(&office, 2, Some("G22.99.Ab-0123456"), Person::default()).await;
    // Before the stream is read, what is written another way is found as well, if only its case or its dashes differ.
    for text in ["000.00.01.h32-200415-0017", "000.00.01.H32–200415–0017", "000.00.01.H32\u{2212}200415\u{2011}0017"]
    {
        assert_eq!(guessed(&office, text).await, [id], "{text}");
    }
    project(&office).await;
    for text in ["0017", "-0017", "200415-0017", "200415–0017", "0000001H32 200415 0017", "000.00.01.h32—200415—0017"]
    {
        assert_eq!(guessed(&office, text).await, [id], "{text}");
        assert_eq!(found(&office, Kind::Code, text).await, [id], "{text}");
    }
    for text in ["g22.99.aB-0123456", "G22.99.AB 0123456", "0123456", "3456"] {
        assert_eq!(guessed(&office, text).await, [foreign], "{text}");
    }
    assert_eq!(guessed(&office, "0018").await, []);
}

#[tokio::test]
async fn the_ends_of_codes_come_by_the_page_each_once() {
    let office = Office::open().await;
    for number in 1..=23 {
        // Half of them are found by their code, half by an identity number that looks like it.
        let (code, identity) = (format!("H32-{number:06}-7777777"), Some("7777777".to_owned()));
        let applicant = Party { identity_no: identity, ..named("Hộ Lúa Vàng") };
        let code = (number % 2 == 0).then_some(code);
        filed(&office, number, code.as_deref(), Person { applicant, ..Person::default() }).await;
    }
    project(&office).await;
    let (key, sought) = (SearchKey::of(office.site.config.id_key()), Sought::guess("7777777").unwrap());
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let search = Search { key: &key, sought: &sought, after: after.as_ref(), who: "u-17", at: office.now() };
        let page = office.store().find(&office.agency, &search).await.unwrap();
        assert!(page.rows.len() <= 10);
        seen.extend(page.rows.iter().map(|listed| listed.row.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let each: std::collections::BTreeSet<_> = seen.iter().copied().collect();
    assert_eq!((seen.len(), each.len()), (23, 23));
}

#[tokio::test]
async fn a_name_is_found_by_its_last_words_however_long_it_is() {
    let office = Office::open().await;
    let kinds = "Chi nhánh số 2 Công ty Trách nhiệm hữu hạn Một thành viên Sản xuất Thương mại Dịch vụ Vận tải";
    let long = format!("{kinds} Ngọc Lam Giang");
    let longest: String = format!("{kinds} {}", "Phường Bình An ".repeat(20)).chars().take(239).collect();
    let longest = format!("{longest} Tú Uyên");
    assert!(long.split(' ').count() > 20 && longest.chars().count() > 240);
    let first = filed(&office, 1, None, Person { applicant: named(&long), ..Person::default() }).await;
    let second = filed(&office, 2, None, Person { applicant: named(&longest), ..Person::default() }).await;
    project(&office).await;
    for (text, id) in [("ngoc lam giang", first), ("tu uyen", second), (&long, first), (&longest, second)] {
        assert_eq!(guessed(&office, text).await, [id], "{text}");
    }
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
