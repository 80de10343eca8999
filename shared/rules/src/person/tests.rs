use super::*;
use crate::language::Language;
use crate::message::Outlet;

fn people() -> Person {
    let party = |name: &str, phone: Option<&str>, address: &str| Party {
        name: name.into(),
        phone: phone.map(str::to_owned),
        address: Some(address.into()),
        ..Party::default()
    };
    Person {
        applicant: party("Công ty TNHH Vân Phong Xanh", Some("+84388123456"), "Vạn Ninh"),
        filer: Some(party("Công ty Luật Bình Minh", None, "Nha Trang")),
        ..Person::default()
    }
}

fn contact(address: Option<&str>, phone: Option<&str>) -> Contact {
    Contact { address: address.map(str::to_owned), phone: phone.map(str::to_owned), shared: false }
}

#[test]
fn a_correction_changes_what_it_brings_and_gives_back_what_stood_there() {
    let mut person = people();
    let was = person.correct(Whose::Applicant, &contact(Some("Ninh Hòa"), None)).unwrap();
    assert_eq!(was, contact(Some("Vạn Ninh"), None));
    assert_eq!(person.applicant.address.as_deref(), Some("Ninh Hòa"));
    assert_eq!(person.applicant.phone.as_deref(), Some("+84388123456"), "the number was not what was wrong");
    let was = person.correct(Whose::Filer, &contact(None, Some("+84905123456"))).unwrap();
    assert_eq!(was, contact(None, None), "nothing stood there");
    assert_eq!(person.mobiles().len(), 2, "both are told from now on");
}

#[test]
fn a_correction_to_what_is_on_record_is_none() {
    let mut person = people();
    let same = contact(Some("Vạn Ninh"), Some("+84388123456"));
    assert_eq!(person.correct(Whose::Applicant, &same), Err(Refusal::SameContact));
    assert_eq!(person.correct(Whose::Applicant, &contact(None, None)), Err(Refusal::SameContact));
    assert_eq!(person, people());
}

#[test]
fn where_the_applicant_filed_nobody_else_can_be_corrected_or_receive() {
    let mut person = Person { filer: None, ..people() };
    assert_eq!(person.correct(Whose::Filer, &contact(Some("Ninh Hòa"), None)), Err(Refusal::NoFiler));
    assert_eq!(person.recipient(Recipient::Filer), Err(Refusal::NoFiler));
    assert_eq!(person.recipient(Recipient::Applicant), Ok(Some("Công ty TNHH Vân Phong Xanh")));
    assert_eq!(people().recipient(Recipient::Filer), Ok(Some("Công ty Luật Bình Minh")));
    assert_eq!(people().recipient(Recipient::Proxy), Ok(None));
}

#[test]
fn a_person_item_keeps_so_many_entries_and_no_more() {
    let noted = Noted { version: 2, at: Timestamp::UNIX_EPOCH, by: "u-17".into() };
    let change = || Change {
        noted: noted.clone(),
        consent: Some(Consent::Phone),
        given_by: None,
        what: Changed::Return { by_post: true },
    };
    let mut person = people();
    let own = || Change { consent: None, ..change() };
    for _ in 0..MOST_OWN_CHANGES {
        person.note_change(own()).unwrap();
    }
    assert_eq!(person.note_change(own()), Err(Refusal::TooLarge), "the rest is the office's");
    for _ in MOST_OWN_CHANGES..MOST_ENTRIES {
        person.note_change(change()).unwrap();
    }
    assert_eq!(person.note_change(change()), Err(Refusal::TooLarge));
    let read: Person = serde_json::from_str(&serde_json::to_string(&person).unwrap()).unwrap();
    assert_eq!(read, person);
}

#[test]
fn people_stored_before_there_were_corrections_are_read() {
    let stored = r#"{"applicant":{"name":"Hợp tác xã Ánh Dương","address":"Nha Trang"}}"#;
    let person: Person = serde_json::from_str(stored).unwrap();
    assert_eq!(serde_json::to_string(&person).unwrap(), stored);
}

#[test]
fn nothing_of_a_person_is_seen_in_debug() {
    let mut person = people();
    let noted = Noted { version: 2, at: Timestamp::UNIX_EPOCH, by: "u-17".into() };
    let is = contact(Some("Ninh Hòa"), Some("+84905123456"));
    let was = person.correct(Whose::Applicant, &is).unwrap();
    let what = Changed::Contact { whose: Whose::Applicant, was, is: is.clone() };
    let change =
        Change { noted: noted.clone(), consent: Some(Consent::Phone), given_by: Some("Vạn Ninh".into()), what };
    person.note_change(change).unwrap();
    let (to, shown) = (Recipient::Proxy, Identity::Passport);
    person.note_hand_out(HandOut { noted, to, name: "Bình Minh".into(), shown, paper_no: "B1234567".into() }).unwrap();
    let personal = Personal::HandOut { name: Some("Bình Minh".into()), paper_no: "B1234567".into() };
    let seen = format!("{person:?} {personal:?} {is:?} {:?}", person.changes[0].what);
    for hidden in ["Ninh", "+84", "Minh", "B123", "Nha Trang"] {
        assert!(!seen.contains(hidden), "{hidden} in {seen}");
    }
}

#[test]
fn an_item_from_before_calls_were_noted_reads_as_it_was() {
    let old = r#"{"applicant":{"name":"Cơ sở Hoa Sen","phone":"0912345678"}}"#;
    let person: Person = serde_json::from_str(old).unwrap();
    assert!(person.calls.is_empty() && person.applicant.unusable.is_none());
    assert_eq!(serde_json::to_string(&person).unwrap(), old);
}

#[test]
fn a_number_that_was_marked_is_usable_once_it_is_corrected() {
    let party = |phone: &str| Party { phone: Some(phone.into()), ..Party::default() };
    let marked = |filer: &str, why| {
        let mut person = Person { applicant: party("0912 345 678"), filer: Some(party(filer)), ..Person::default() };
        person.mark(0, why);
        person
    };
    let both = |person: &Person| (person.applicant.unusable, person.filer.as_ref().unwrap().unusable);
    let wrong = Some(Unusable::WrongNumber);
    assert_eq!(both(&marked("0987654321", Unusable::WrongNumber)), (wrong, None));
    assert_eq!(both(&marked("0912345678", Unusable::WrongNumber)), (wrong, wrong));
    assert_eq!(both(&marked("0912345678", Unusable::Died)), (Some(Unusable::Died), None));
    let mut person = marked("0987654321", Unusable::NotThisPerson);
    let moved = Contact { address: Some("2 Lê Lợi".into()), ..Contact::default() };
    person.correct(Whose::Applicant, &moved).unwrap();
    assert_eq!(person.applicant.unusable, Some(Unusable::NotThisPerson), "another address is no other number");
    let right = Contact { phone: Some("0905 000 001".into()), ..Contact::default() };
    person.correct(Whose::Applicant, &right).unwrap();
    assert_eq!(person.applicant.unusable, None);
}

#[test]
fn wishes_keep_the_day_on_which_an_outlet_was_declined() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let said = |when: &str| Said { at: at(when), by: "lan".into(), how: Consent::Phone };
    let none = Wishes::default();
    assert_eq!((none.language, none.opt_out(Outlet::Sms)), (Language::Vi, None));
    let first = none.said(Language::En, &[Outlet::Sms, Outlet::Email], &[Outlet::Email], said("2026-11-01T01:00:00Z"));
    let since = |wishes: &Wishes| wishes.opt_out(Outlet::Sms).map(|it| (it.since, it.to_service));
    assert_eq!(
        (first.version, first.language, since(&first)),
        (1, Language::En, Some((at("2026-11-01T01:00:00Z"), false)))
    );
    let again = first.said(Language::Vi, &[Outlet::Email], &[], said("2026-11-20T01:00:00Z"));
    assert_eq!((again.version, since(&again)), (2, since(&first)), "declined on the first day");
    assert_eq!(again.opt_out(Outlet::Email).unwrap().since, at("2026-11-20T01:00:00Z"));
    assert_eq!(again.opt_out(Outlet::Https), None, "nobody asked them about a gateway");
    assert_eq!(again.said(Language::Vi, &Outlet::ALL, &Outlet::ALL, said("2026-11-21T01:00:00Z")).opt_outs, []);
    let heard = none.opted_out(Outlet::Sms, at("2026-11-02T01:00:00Z")).unwrap();
    assert_eq!(since(&heard), Some((at("2026-11-02T01:00:00Z"), true)));
    assert_eq!(heard.opted_out(Outlet::Sms, at("2026-11-03T01:00:00Z")), None, "known before");
    let stored = serde_json::to_string(&again).unwrap();
    assert_eq!(serde_json::from_str::<Wishes>(&stored).unwrap(), again);
    assert_eq!(serde_json::from_str::<Wishes>("{}").unwrap(), none);
}
