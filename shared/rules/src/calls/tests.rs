use jiff::civil::{Date, date};

use super::*;
use crate::id::AgencyCode;
use crate::person::{Party, Person};
use crate::signature::{Key, Shortness};
use crate::worklist::SearchKey;

fn at(text: &str) -> Timestamp {
    format!("{text}+07:00").parse().unwrap()
}

fn untold(number: u64, act_by: Option<Date>, due_on: Option<Date>, since: &str) -> Untold {
    Untold {
        id: DossierId::from_random(number),
        message: format!("message#{number:010}#0#sms"),
        version: number,
        place: 0,
        since: at(since),
        reason: "no_number".into(),
        act_by,
        due_on,
    }
}

fn noted(outcome: Outcome, when: &str) -> Noted {
    Noted { outcome, at: at(when), by: "lan".into() }
}

#[test]
fn a_day_to_act_by_comes_before_late_dossiers_and_these_before_old_messages() {
    let mut call = Call::default();
    let of_old = untold(1, None, None, "2020-04-01T08:00:00");
    let of_late = untold(2, None, Some(date(2020, 4, 2)), "2020-04-09T08:00:00");
    let of_due = untold(3, None, Some(date(2020, 5, 2)), "2020-04-08T08:00:00");
    let by_tomorrow = untold(4, Some(date(2020, 4, 16)), None, "2020-04-10T08:00:00");
    let by_friday = untold(5, Some(date(2020, 4, 17)), Some(date(2020, 4, 1)), "2020-04-01T07:00:00");
    for untold in [&of_old, &of_due, &by_friday, &of_late, &by_tomorrow] {
        call.put(untold.clone());
    }
    let order = [by_tomorrow, by_friday, of_late, of_due, of_old];
    assert_eq!(call.untold, order);
    let sorts: Vec<_> = order.iter().map(|it| Urgency::of(it).sort()).collect();
    assert!(sorts.is_sorted(), "{sorts:?}");
    assert_eq!(call.place(), Place::Waits(sorts[0].clone()));
    // The same message again is one.
    call.put(order[0].clone());
    assert_eq!(call.untold, order);
}

#[test]
fn an_outcome_ends_ten_messages_and_leaves_the_others() {
    let mut call = Call::default();
    for number in 1..=12 {
        call.put(untold(number, None, None, &format!("2020-04-01T08:{number:02}:00")));
    }
    let ended = call.record(noted(Outcome::Reached, "2020-04-15T09:00:00"), None);
    assert_eq!((ended.len(), call.untold.len()), (10, 2));
    assert_eq!(ended[0].version, 1);
    assert!(matches!(call.place(), Place::Waits(_)));
    assert_eq!(call.record(noted(Outcome::LetterSent, "2020-04-15T09:01:00"), None).len(), 2);
    assert_eq!((call.place(), call.counted_from()), (Place::Over, None));
}

#[test]
fn who_does_not_answer_on_three_days_is_offered_a_letter() {
    let mut call = Call::default();
    call.put(untold(1, None, None, "2020-04-01T08:00:00"));
    let again = at("2020-04-15T13:00:00");
    for (when, wants) in [
        ("2020-04-15T09:00:00", false),
        ("2020-04-15T15:00:00", false),
        ("2020-04-16T09:00:00", false),
        ("2020-04-17T09:00:00", true),
    ] {
        assert_eq!(call.record(noted(Outcome::NoAnswer, when), Some(again)), []);
        assert_eq!(call.wants_a_letter(), wants, "{when}");
        assert_eq!((call.place(), call.counted_from()), (Place::Sleeps(again), Some(Some(date(2020, 4, 15)))));
    }
    // Anything else wakes it, and being reached begins anew.
    call.record(noted(Outcome::NeedsInterpreter, "2020-04-17T10:00:00"), None);
    assert!(call.interpreter && matches!(call.place(), Place::Waits(_)) && call.wants_a_letter());
    call.record(noted(Outcome::Reached, "2020-04-17T10:05:00"), None);
    assert!(!call.wants_a_letter());
    assert_eq!(call.last.unwrap().outcome, Outcome::Reached);
}

#[test]
fn a_call_keeps_its_shape() {
    let mut call = Call::default();
    call.put(untold(1, Some(date(2020, 4, 16)), None, "2020-04-01T08:00:00"));
    call.record(noted(Outcome::WrongNumber, "2020-04-15T09:00:00"), None);
    let frozen = concat!(
        r#"{"untold":[{"id":"000000000001","message":"message#0000000001#0#sms","version":1,"place":0,"#,
        r#""since":"2020-04-01T01:00:00Z","reason":"no_number","act_by":"2020-04-16"}],"unusable":"wrong_number","#,
        r#""last":{"outcome":"wrong_number","at":"2020-04-15T02:00:00Z","by":"lan"}}"#
    );
    assert_eq!(serde_json::to_string(&call).unwrap(), frozen);
    assert_eq!(serde_json::from_str::<Call>(frozen).unwrap(), call);
    assert!(Outcome::ALL.iter().all(|outcome| Outcome::named(outcome.name()) == Some(*outcome)));
}

#[test]
fn one_person_has_one_name_in_all_their_dossiers_and_a_dossier_without_a_number_one_of_its_own() {
    let key = SearchKey::of(&Key::from_text("0123456789abcdef0123456789abcdef", Shortness::Refused).unwrap());
    let agency = AgencyCode::parse("000.00.01.H32").unwrap();
    let party = |name: &str, phone: &str, identity: Option<&str>| Party {
        name: name.into(),
        phone: Some(phone.into()),
        identity_no: identity.map(Into::into),
        ..Party::default()
    };
    let person = |applicant: Party| Person { applicant, ..Person::default() };
    let of = |person: &Person, number| name(&key, &agency, Some(person), (DossierId::from_random(number), 0));
    let first = person(party("Nguyễn Thị Lan", "0912 345 678", Some("056 099 001 234")));
    let same = person(party("NGUYỄN THỊ LAN", "+84912345678", Some("056099001234")));
    assert_eq!(of(&first, 1), of(&same, 2));
    assert_ne!(of(&first, 1), of(&person(party("Nguyễn Thị Lan", "0912345678", Some("056099001235"))), 1));
    // A family's telephone without identity numbers is several people.
    let unnumbered = person(party("Nguyễn Thị Lan", "0912345678", None));
    assert_eq!(of(&unnumbered, 1), of(&person(party("nguyễn  thị lan", "0912.345.678", None)), 2));
    assert_ne!(of(&unnumbered, 1), of(&person(party("Trần Văn Nam", "0912345678", None)), 1));
    let without = person(Party { name: "Nguyễn Thị Lan".into(), ..Party::default() });
    assert_ne!(of(&without, 1), of(&without, 2));
    assert_ne!(of(&without, 1), name(&key, &agency, Some(&without), (DossierId::from_random(1), 1)));
    assert!(!of(&first, 1).contains("912") && of(&first, 1).len() == 16);
}
