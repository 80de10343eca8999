//! Lists, counts and entries as they follow from a dossier and its people.

use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::catalogue::ProcedureRef;
use crate::dossier::{Actor, Dossier, DueDate, Event, Pause, Recorded, Running, Stage};
use crate::id::{AgencyCode, DossierId};
use crate::limits::LONGEST_SOUGHT;
use crate::person::{Party, Person};
use crate::signature::{Key, Shortness};

fn agency() -> AgencyCode {
    AgencyCode::parse("A.1").unwrap()
}

fn key() -> SearchKey {
    SearchKey::of(&Key::from_text("a key of sixteen bytes and more", Shortness::Refused).unwrap())
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn dossier(version: u64, stage: Stage) -> Dossier {
    let procedure = ProcedureRef { code: "1.005129".into(), version: 1 };
    let submitted_at = at("2020-04-15T01:00:00Z");
    let before = Dossier::before(agency(), DossierId::from_random(1), procedure, submitted_at);
    Dossier { version, stage, ..before }
}

fn held(dossier: Dossier, by: &str) -> Dossier {
    Dossier { assignee: Some(by.into()), ..dossier }
}

fn to_accept(version: u64) -> Dossier {
    Dossier { accept_until: Some(at("2020-04-16T01:00:00Z")), ..dossier(version, Stage::Submitted) }
}

fn named(name: &str) -> Person {
    Person { applicant: Party { name: name.into(), ..Party::default() }, ..Person::default() }
}

fn finds(person: &Person, sought: &Sought) -> bool {
    let entries = key().entries(&agency(), person);
    let (hash, beside) = key().asked(&agency(), sought).unwrap();
    let has: Vec<_> = entries.beginnings.split(' ').collect();
    entries.found_by.contains_key(&hash) && beside.iter().all(|short| has.contains(&short.as_str()))
}

#[test]
fn a_name_is_found_by_beginnings_of_its_words_with_marks_or_without() {
    let household = named("Hộ kinh doanh Đỗ Quyên");
    for found in ["đỗ quyên", "DO QUYEN", "quy do", "Hộ", "kinh do", "quye\u{302}n", "do"] {
        assert!(finds(&household, &Sought::of(Kind::Name, found).unwrap()), "{found}");
    }
    for missed in ["uyen", "do quyet", "hoa do", "quyenn"] {
        assert!(!finds(&household, &Sought::of(Kind::Name, missed).unwrap()), "{missed}");
    }
    let long = named("Công ty Internationalisation");
    assert!(finds(&long, &Sought::of(Kind::Name, "internationalisation").unwrap()));
    assert!(Sought::of(Kind::Name, " … ").is_none());
    let name = |letters: usize| Sought::of(Kind::Name, &"ữ".repeat(letters));
    assert!(name(LONGEST_SOUGHT).is_some() && name(LONGEST_SOUGHT + 1).is_none(), "letters are counted, not bytes");
}

#[test]
fn a_number_is_found_however_it_is_written_and_only_as_what_it_is() {
    let mut person = named("Công ty TNHH Thử Nghiệm");
    person.applicant.phone = Some("0168 123 4567".into());
    person.filer = Some(Party { identity_no: Some("056 099 001 234".into()), ..Party::default() });
    for phone in ["01681234567", "0381234567", "+84 38 123 4567"] {
        assert!(finds(&person, &Sought::of(Kind::Phone, phone).unwrap()), "{phone}");
    }
    assert!(finds(&person, &Sought::of(Kind::Identity, "056099001234").unwrap()));
    person.applicant.phone = Some("ĐT 0168 123 4567, 0905\u{2011}000\u{2011}002".into());
    for phone in ["0381234567", "\u{202d}0905 000 002\u{202c}", "(+84) 905 000 002", "0905–000–002"] {
        assert!(finds(&person, &Sought::of(Kind::Phone, phone).unwrap()), "{phone}");
        assert!(Sought::guess(phone).is_some_and(|sought| sought.kind() == Kind::Phone), "{phone}");
    }
    person.applicant.phone = Some("0168 123 4567".into());
    assert!(!finds(&person, &Sought::of(Kind::Phone, "056099001234").unwrap()));
    assert!(!finds(&person, &Sought::of(Kind::Phone, "0381234568").unwrap()));
    assert!(Sought::of(Kind::Phone, "12").is_none());
}

#[test]
fn one_box_tells_codes_numbers_and_names_apart() {
    let kinds = [
        ("000.00.01.H32-200415-0001", Kind::Code),
        ("G22.99-1", Kind::Code),
        ("7K3M9P2QX4AB", Kind::Code),
        ("0905 000 001", Kind::Phone),
        ("+84905000001", Kind::Phone),
        ("056099001234", Kind::Identity),
        ("225 123 456", Kind::Identity),
        ("Công ty 36", Kind::Name),
        ("nguyen", Kind::Name),
    ];
    for (text, kind) in kinds {
        assert_eq!(Sought::guess(text).unwrap().kind(), kind, "{text}");
    }
    assert_eq!(Sought::guess("  "), None);
    assert_eq!(format!("{:?}", Sought::guess("0905 000 001").unwrap()), "Sought(phone)");
}

#[test]
fn another_agency_or_another_key_has_other_hashes() {
    let sought = Sought::of(Kind::Name, "quyen").unwrap();
    let other_agency = AgencyCode::parse("A.2").unwrap();
    let other_key = SearchKey::of(&Key::from_text("another key of sixteen bytes", Shortness::Refused).unwrap());
    let hashes = [
        key().asked(&agency(), &sought).unwrap().0,
        key().asked(&other_agency, &sought).unwrap().0,
        other_key.asked(&agency(), &sought).unwrap().0,
    ];
    assert!(hashes[0] != hashes[1] && hashes[0] != hashes[2] && hashes[1] != hashes[2]);
    assert_eq!(hashes[0].len(), 16);
}

#[test]
fn steps_end_at_what_is_wanted_and_none_is_longer_than_a_transaction() {
    let long = |letter: char| {
        let words: Vec<String> = ('a'..='j').map(|c| format!("{letter}{c}xxxxxx")).collect();
        Person { filer: Some(named(&words.join(" ").replace('x', "y")).applicant), ..named(&words.join(" ")) }
    };
    let mut kept: Option<Projection> = None;
    let mut counts = std::collections::BTreeMap::<String, i64>::new();
    let lives = [
        (held(dossier(1, Stage::Submitted), "lan"), Some(long('p'))),
        (held(dossier(2, Stage::Running(Running::Accepted)), "minh"), Some(long('q'))),
        (held(dossier(3, Stage::Withdrawn), "minh"), None),
    ];
    for (dossier, person) in lives {
        let wanted = Wanted::of(&dossier, None, person.as_ref(), &key());
        let mut steps = 0;
        while let Some(step) = wanted.step(kept.as_ref()) {
            let items = step.left.len() + step.taken.len() + step.forgotten.len() + step.found_by.len();
            let (counts_of_the_agency, projection) = (1, 1);
            assert!(items + step.moved_of.len() + counts_of_the_agency + projection <= 100, "{items}");
            for (name, by) in step.moved {
                *counts.entry(name).or_default() += by;
            }
            kept = Some(step.after);
            steps += 1;
        }
        assert!(steps > 1, "{steps}");
        assert_eq!(kept.as_ref(), Some(&wanted.projection));
        let mut right = Counts::default();
        right.add(&wanted.projection, 1);
        assert_eq!(Counts::read(counts.iter().map(|(name, by)| (name.as_str(), *by))).against(&right), []);
    }
}

#[test]
fn a_step_that_only_renames_leaves_rows_and_counts_alone() {
    let dossier = dossier(1, Stage::Submitted);
    let first = Wanted::of(&dossier, None, Some(&named("Cơ sở Hoa Mai")), &key());
    let step = Wanted::of(&dossier, None, Some(&named("Cơ sở Hoa Mận")), &key()).step(Some(&first.projection)).unwrap();
    assert_eq!((step.left.len(), step.taken.len(), step.moved.len()), (0, 0, 0));
    // "mai" is removed, "man" is added, and the entries of the words that stay hold other beginnings too.
    assert_eq!((step.forgotten.len(), step.found_by.len()), (1, 6));
}

#[test]
fn what_somebody_holds_is_in_their_lists_too_and_counted_for_them_until_the_work_is_over() {
    let of = |dossier: &Dossier| Wanted::of(dossier, None, None, &key());
    let lists = |step: &[Place]| {
        step.iter().map(|place| (place.list.name(), place.holder.clone().unwrap_or_default())).collect::<Vec<_>>()
    };
    let name = |text: &str| text.to_owned();
    let at_the_desk = of(&to_accept(1)).projection;
    assert_eq!((at_the_desk.holder(), at_the_desk.places.len()), (None, 2));
    let lan = of(&held(to_accept(2), "lan"));
    let step = lan.step(Some(&at_the_desk)).unwrap();
    assert_eq!(lists(&step.taken), [("new", name("")), ("received", name("")), ("new", name("lan"))]);
    assert_eq!((step.moved.len(), &step.moved_of), (0, &vec![(name("lan"), vec![(name("list#new"), 1)])]));
    // It goes to somebody else, then its work is over: the register keeps it, and nobody holds it any more.
    let minh = of(&held(to_accept(3), "minh"));
    let step = minh.step(Some(&lan.projection)).unwrap();
    assert_eq!(lists(&step.left), [("new", name("lan"))]);
    let moved = |who: &str, by| (name(who), vec![(name("list#new"), by)]);
    assert_eq!(step.moved_of, [moved("lan", -1), moved("minh", 1)]);
    let over = of(&held(dossier(4, Stage::Withdrawn), "minh"));
    assert_eq!(over.projection.holder(), None);
    let step = over.step(Some(&minh.projection)).unwrap();
    assert_eq!(lists(&step.left), [("new", name("")), ("new", name("minh"))]);
    assert_eq!((step.moved.len(), &step.moved_of), (1, &vec![moved("minh", -1)]));
}

#[test]
fn a_projection_of_before_there_were_lists_of_each_account_is_read_and_brought_to_have_them() {
    let text = r#"{"row":{"id":"000000000001","version":1,"procedure":{"code":"1.005129","version":1},"phase":"submitted",
        "filing":"online","submitted_at":"2020-04-15T01:00:00Z","accept_until":"2020-04-16T01:00:00Z","holder":"lan"},
        "places":[{"list":"new","sort":"12020-04-16T01:00:00Z#000000000001"},
        {"list":"received","sort":"12020-04-15#2020-04-15T01:00:00Z#000000000001"}]}"#;
    let kept: Projection = serde_json::from_str(text).unwrap();
    assert_eq!(kept.holder(), None);
    let wanted = Wanted::of(&held(to_accept(1), "lan"), None, None, &key());
    assert_eq!(kept.row, Row { filing: kept.row.filing, ..wanted.projection.row.clone() });
    let step = wanted.step(Some(&kept)).unwrap();
    let own: Vec<_> = step.taken.iter().filter(|place| place.holder.as_deref() == Some("lan")).collect();
    assert_eq!((own.len(), own[0].sort.as_str()), (1, kept.places[0].sort.as_str()));
    assert_eq!((step.moved.len(), step.moved_of.len(), step.after.holder()), (0, 1, Some("lan")));
    assert_eq!(wanted.step(Some(&step.after)), None);
}

#[test]
fn a_load_is_what_is_in_hand_and_each_dossier_counts_once() {
    let kept = [("list#running", 3), ("list#paused", 2), ("list#originals", 4), ("list#decide", 1), ("list#ready", 1)];
    assert_eq!(Counts::read(kept.into_iter()).load(), 6);
    let asked = |list, holder: &str| Asked {
        filters: Filters { holder: Some(holder.into()), ..Filters::default() },
        ..Asked::all_of(list)
    };
    assert_eq!((asked(List::Paused, "lan").part_of(), asked(List::Paused, "lan").takes_all()), (Some("lan"), true));
    assert_eq!((asked(List::Received, "lan").part_of(), asked(List::Received, "lan").takes_all()), (None, false));
}

#[test]
fn what_has_no_date_for_want_of_a_table_comes_before_dates_and_what_has_not_begun_after() {
    let sort = |dossier: &Dossier| Wanted::of(dossier, None, None, &key()).projection.places[0].sort.clone();
    let mut gap = dossier(1, Stage::Running(Running::Accepted));
    let clock = crate::dossier::Clock {
        accepted_at: gap.submitted_at,
        starts_at: Some(gap.submitted_at),
        pauses: Vec::new(),
        due: None,
        first_due: None,
        gap: vec![2031],
        promised: None,
        ended_at: None,
    };
    let due = DueDate { on: date(2020, 4, 22), at: at("2020-04-22T10:00:00Z") };
    let mut dated = gap.clone();
    let mut waiting = gap.clone();
    gap.clock = Some(clock.clone());
    dated.clock = Some(crate::dossier::Clock { due: Some(due), gap: Vec::new(), ..clock.clone() });
    waiting.clock = Some(crate::dossier::Clock { starts_at: None, gap: Vec::new(), ..clock });
    assert!(sort(&gap) < sort(&dated) && sort(&dated) < sort(&waiting));
    assert_eq!(sort(&dated), "12020-04-22#2020-04-22T10:00:00Z#000000000001");
    assert!(sort(&dated) >= day_bound(date(2020, 4, 22)) && sort(&dated) < day_bound(date(2020, 4, 23)));
}

#[test]
fn whatever_becomes_of_a_dossier_its_line_in_the_register_stays_where_it_was() {
    // Half past eleven at night of the 14th in UTC is the morning of the 15th here.
    let late = Dossier { submitted_at: at("2020-04-14T23:30:00Z"), ..dossier(1, Stage::Submitted) };
    let stages = [Stage::Submitted, Stage::Running(Running::InProgress), Stage::Withdrawn, Stage::NotAccepted];
    for stage in stages.into_iter().chain([Stage::Closed(Box::new(Stage::Submitted))]) {
        let dossier = Dossier { stage, ..late.clone() };
        let places = Wanted::of(&dossier, None, None, &key()).projection.places;
        let places: Vec<_> = places.iter().filter(|place| place.list == List::Received).collect();
        let [place] = places[..] else { panic!("{places:?}") };
        assert_eq!(place.sort, "12020-04-15#2020-04-14T23:30:00Z#000000000001");
    }
    assert_eq!(
        List::ALL.into_iter().filter(|list| list.is_by_day()).collect::<Vec<_>>(),
        [List::Running, List::Received]
    );
}

#[test]
fn a_result_left_when_it_was_handed_out_or_posted_and_is_here_again_when_it_came_back() {
    let left = |events: &[Event]| {
        let commit = |(place, event): (u64, &Event)| Recorded {
            version: place,
            at: at("2020-04-20T01:00:00Z"),
            recorded_at: at("2020-04-21T01:00:00Z"),
            actor: Actor::Sweep,
            called: "x".into(),
            procedure: ProcedureRef { code: "1.005129".into(), version: 1 },
            events: vec![event.clone()],
        };
        let history: Vec<_> = (1..).zip(events).map(commit).collect();
        (0..=history.len() as u64).map(|version| returned_at(&history, version)).collect::<Vec<_>>()
    };
    let (posted, handed) = (at("2020-04-20T01:00:00Z"), at("2020-04-22T01:00:00Z"));
    let post = Event::ResultPosted { item_code: "EE1".into(), free: None };
    let delivered = Event::ResultDelivered { at: at("2020-04-23T01:00:00Z") };
    let by_hand = Event::HandedOut { at: handed, to: None, shown: None };
    assert_eq!(left(&[post.clone(), delivered]), [None, Some(posted), Some(posted)]);
    assert_eq!(left(&[post, Event::ResultUndelivered, by_hand.clone()]), [None, Some(posted), None, Some(handed)]);
    assert_eq!(left(&[by_hand, Event::ResultReissued { reason: "sai".into() }]), [None, Some(handed), None]);
}

#[test]
fn a_row_keeps_the_date_that_was_counted_before_the_clock_stood() {
    let due = DueDate { on: date(2020, 4, 22), at: at("2020-04-22T10:00:00Z") };
    let clock = crate::dossier::Clock {
        accepted_at: at("2020-04-15T01:00:00Z"),
        starts_at: None,
        pauses: Vec::new(),
        due: Some(due),
        first_due: Some(due),
        gap: Vec::new(),
        promised: None,
        ended_at: None,
    };
    let running = Dossier { clock: Some(clock), ..dossier(1, Stage::Running(Running::Accepted)) };
    assert_eq!((Row::of(&running).due, Row::of(&running).due_before), (Some(due), None));
    let pause = Pause {
        since: at("2020-04-16T01:00:00Z"),
        awaited: Vec::new(),
        back: Running::Accepted,
        over: Vec::new(),
        received: 0,
        policy: crate::clock::Policy::Resume,
        overdue: false,
        in_late: false,
    };
    let paused = Dossier { stage: Stage::Paused(pause), ..running };
    assert_eq!((Row::of(&paused).due, Row::of(&paused).due_before), (None, Some(due)));
}

#[test]
fn counts_tell_late_and_soon_by_the_day() {
    let kept = [("due#2020-04-21", 2), ("due#2020-04-22", 3), ("due#2020-04-24", 5), ("due#2020-04-27", -1)];
    let counts = Counts::read(kept.into_iter().chain([("list#running", 9), ("revision", 40)]));
    let day = |day| date(2020, 4, day);
    assert_eq!((counts.late(day(21)), counts.late(day(22)), counts.late(day(25))), (0, 2, 10));
    assert_eq!(counts.due_within_a_day(day(22), day(24)), 8);
    assert_eq!((counts.due(day(27), day(27)), counts.due(day(28), day(1))), (0, 0));
    assert_eq!((counts.of(List::Running), counts.of(List::Fee)), (9, 0));
}

#[test]
fn a_place_is_read_back_and_nothing_else_is_one() {
    let place = After::sort("12020-04-22#2020-04-22T10:00:00Z#000000000001");
    assert_eq!(After::parse(&place.to_string()), Some(place));
    let encoded = |text: &str| After::sort(text).to_string();
    for wrong in ["", "!", "%", &encoded("1#x"), &encoded("A.2#list#new#\u{e1}#000000000001"), &encoded("000000000001")]
    {
        assert_eq!(After::parse(wrong), None, "{wrong}");
    }
    assert_eq!(After::parse(&encoded(&format!("{}#000000000001", "1".repeat(90)))), None);
}
