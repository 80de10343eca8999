use std::collections::BTreeSet;
use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::id::{AgencyCode, DossierId};
use crate::person::{Party, Person, Unusable};
use crate::signature::{Key, Shortness};

fn key() -> Key {
    Key::from_text("0123456789abcdef", Shortness::Refused).unwrap()
}

fn agency(code: &str) -> AgencyCode {
    AgencyCode::parse(code).unwrap()
}

fn noon() -> Timestamp {
    "2020-04-15T05:00:00Z".parse().unwrap()
}

fn party(phone: &str) -> Party {
    Party { phone: Some(phone.into()), identity_no: Some("056 201 001234".into()), ..Party::default() }
}

fn secrets(applicant: Party, filer: Option<Party>) -> Secrets {
    Secrets::of(Some(&Person { applicant, filer, ..Person::default() }), "123456".into())
}

fn digits(typed: &str) -> Digits {
    Digits::read(typed).unwrap()
}

#[test]
fn digits_are_read_as_people_write_them() {
    for (typed, read) in [
        ("1234", Digits::Four("1234".into())),
        (" 12 34 ", Digits::Four("1234".into())),
        ("12-34", Digits::Four("1234".into())),
        ("0905 001 234", Digits::Four("1234".into())),
        ("+84 905 001 234", Digits::Four("1234".into())),
        ("056201001234", Digits::Four("1234".into())),
        ("123 456", Digits::Six("123456".into())),
        ("\u{202e}1234\u{202c}", Digits::Four("1234".into())),
    ] {
        assert_eq!(Digits::read(typed), Some(read), "{typed}");
    }
    for typed in ["", "123", "12345", "1234567", "12345678", "12a4", "<b>1", "１２３４", "1234'--", &"1".repeat(61)]
    {
        assert_eq!(Digits::read(typed), None, "{typed}");
    }
    assert_eq!(format!("{:?}", digits("1234")), "Digits(hidden)");
}

#[test]
fn the_last_four_of_either_telephone_and_the_slip_s_six_open() {
    let both = secrets(party("0905 001 111"), Some(party("+84 905 002 222")));
    for typed in ["1111", "2222", "0905001111", "123456"] {
        assert!(both.open(&digits(typed), 0), "{typed}");
    }
    for typed in ["1234", "0000", "123457", "001111"] {
        assert!(!both.open(&digits(typed), 0), "{typed}");
    }
    // The number of before 2018 has the same end as the one of today.
    assert!(secrets(party("0168 300 3333"), None).open(&digits("3333"), 0));
}

#[test]
fn of_a_shared_number_the_identity_paper_counts_instead() {
    let shared = secrets(Party { shared: true, ..party("0905001111") }, None);
    assert!(!shared.open(&digits("1111"), 0));
    assert!(shared.open(&digits("1234"), 0));
    let unknown = secrets(Party { shared: true, identity_no: None, ..party("0905001111") }, None);
    assert!(!unknown.open(&digits("1111"), 0) && unknown.open(&digits("123456"), 0));
}

#[test]
fn a_number_that_is_another_s_opens_nothing_and_neither_do_people_who_were_erased() {
    for why in Unusable::ALL {
        assert!(!secrets(Party { unusable: Some(why), ..party("0905001111") }, None).open(&digits("1111"), 0));
    }
    let erased = Secrets::of(None, "123456".into());
    assert!(erased.open(&digits("123456"), 0) && !erased.open(&digits("1111"), 0));
    assert!(!secrets(party("không có"), None).open(&digits("1111"), 0));
}

/// The chance of whoever shows what is likeliest at each of the tries that a dossier ever takes, in millionths.
fn chance(secrets: &Secrets, numbers: u32) -> u32 {
    (0..MOST_WRONG).map(|wrong| if secrets.compared(wrong) { numbers * 100 } else { 1 }).sum()
}

#[test]
fn nobody_guesses_with_more_than_a_fifth_of_a_percent() {
    let one = secrets(party("0905001111"), None);
    let two = secrets(party("0905001111"), Some(party("0905002222")));
    let alike = secrets(party("0905001111"), Some(party("0258 382 1111")));
    let none = Secrets::of(None, "123456".into());
    let figures = [(&one, 1), (&two, 2), (&alike, 1), (&none, 0)].map(|(secrets, numbers)| chance(secrets, numbers));
    assert_eq!(figures, [1_901, 1_811, 1_901, 0]);
    assert!(figures.iter().all(|chance| *chance <= 2_000));
    // The right ones count no less than the first time as long as they are compared.
    assert!(two.open(&digits("1111"), 8) && !two.open(&digits("1111"), 9) && two.open(&digits("123456"), 19));
}

#[test]
fn tries_are_five_in_any_hour_and_twenty_wrong_ones_ever() {
    let mut tries = Tries::default();
    for minute in 0..5 {
        let now = noon() + SignedDuration::from_mins(minute * 10);
        assert_eq!(tries.another(now), Ok(()));
        tries = tries.with(now, minute == 0);
    }
    assert_eq!((tries.wrong, tries.version), (4, 5));
    assert_eq!(tries.another(noon() + SignedDuration::from_mins(59)), Err(Limit::Hour));
    assert_eq!(tries.another(noon() + SignedDuration::from_mins(60)), Ok(()));
    let later = tries.with(noon() + SignedDuration::from_mins(60), false);
    assert_eq!((later.at.len(), later.wrong), (5, 5));
    let mut now = noon();
    let mut wrong = 0;
    let mut guesser = Tries::default();
    while guesser.another(now) != Err(Limit::Ever) {
        if guesser.another(now) == Ok(()) {
            guesser = guesser.with(now, false);
            wrong += 1;
        }
        now += SignedDuration::from_mins(1);
    }
    assert_eq!(wrong, MOST_WRONG);
    // Years do not help.
    assert_eq!(guesser.another(now + SignedDuration::from_hours(24 * 365 * 5)), Err(Limit::Ever));
    let sender = tries.with_sender_s(noon() + SignedDuration::from_mins(60));
    assert_eq!((sender.wrong, sender.version), (0, 6));
}

#[test]
fn a_slip_has_six_digits_of_its_own_and_a_new_one_others() {
    let id = DossierId::from_random(1);
    let all: BTreeSet<_> = (0..50).map(|generation| slip(&key(), &agency("H32"), id, generation)).collect();
    assert!(all.len() >= 49, "six digits of fifty slips are hardly ever alike");
    assert!(all.iter().all(|six| matches!(Digits::read(six), Some(Digits::Six(_)))));
    assert_eq!(slip(&key(), &agency("H32"), id, 0), slip(&key(), &agency("H32"), id, 0));
    assert_ne!(slip(&key(), &agency("H32"), id, 0), slip(&key(), &agency("H33"), id, 0));
    assert_ne!(slip(&key(), &agency("H32"), id, 0), slip(&key(), &agency("H32"), DossierId::from_random(2), 0));
}

#[test]
fn a_pass_opens_one_dossier_of_one_agency_for_half_an_hour() {
    let (id, other) = (DossierId::from_random(1), DossierId::from_random(2));
    let text = pass(&key(), &agency("H32"), id, noon());
    let opens = |agency_code: &str, id, text: &str, minutes: i64| {
        passes(&key(), &agency(agency_code), id, text, noon() + SignedDuration::from_mins(minutes))
    };
    assert!(opens("H32", id, &text, 0) && opens("H32", id, &text, 29));
    assert!(!opens("H32", id, &text, 30) && !opens("H32", other, &text, 0) && !opens("H33", id, &text, 0));
    // One that would last longer was made by nobody here.
    assert!(!opens("H32", id, &text, -1));
    let (ends, signed) = text.split_once('.').unwrap();
    let longer = format!("{}.{signed}", ends.parse::<i64>().unwrap() + 60);
    for forged in ["", ".", "x", ends, &longer, &format!("+{text}"), &format!("0{text}"), &format!("{text}0")] {
        assert!(!opens("H32", id, forged, 0), "{forged}");
    }
}

#[test]
fn a_sender_is_a_hash_of_the_address_and_a_household_is_one() {
    let name = |address: &str| sender(&key(), &agency("H32"), Some(address.parse::<IpAddr>().unwrap()));
    assert_eq!(name("203.0.113.7").len(), 64);
    assert_ne!(name("203.0.113.7"), name("203.0.113.8"));
    assert_eq!(name("203.0.113.7"), name("::ffff:203.0.113.7"));
    assert_eq!(name("2001:db8:1:2::1"), name("2001:db8:1:2:ffff::9"));
    assert_ne!(name("2001:db8:1:2::1"), name("2001:db8:1:3::1"));
    assert_ne!(sender(&key(), &agency("H33"), None), sender(&key(), &agency("H32"), None));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_or_not(typed in ".*") {
        let _ = Digits::read(&typed);
    }

    #[test]
    fn no_text_is_a_pass_by_chance(text in ".*") {
        prop_assert!(!passes(&key(), &agency("H32"), DossierId::from_random(1), &text, noon()));
    }
}
