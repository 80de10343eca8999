//! Corrections and choices made since a form was given out.

use rules::address::Address;
use rules::dossier::{Action, Consent, Enclosed, Filing, Whose};
use rules::person::{Change, Changed, Contact, Mailing, Noted};
use units::Units;

use super::*;

/// A dossier filed at the desk with one original and one copy, and accepted.
fn at_the_desk() -> Life {
    let enclosed = Enclosed {
        originals: vec!["GPXD-DON".into()],
        copies: vec!["GPXD-BV".into()],
        minutes_no: "7/BBGN".into(),
        returns_by_post: None,
    };
    let mut life = Life::filed_with("2020-04-14 16:00", Filing::Desk, None, enclosed);
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life
}

#[test]
fn what_was_handed_over_at_the_desk_is_told_as_original_or_copy() {
    let says = at_the_desk().says("receipt-2");
    let original =
        "1 | Đơn đề nghị cấp giấy phép xây dựng (GPXD-DON) | 1 | bản chính, nhận trực tiếp, biên bản 7/BBGN |";
    assert!(says.contains(original), "{says}");
    let copy = "2 | Bản vẽ thiết kế xây dựng (GPXD-BV) | 1 | bản sao, nhận trực tiếp, biên bản 7/BBGN |";
    assert!(says.contains(copy), "{says}");
    assert!(says.contains("☐ tại Bộ phận Một cửa ☐ qua dịch vụ bưu chính công ích"), "{says}");
}

#[test]
fn a_paper_recorded_in_error_is_not_on_the_next_slip_and_not_given_back() {
    let mut life = at_the_desk();
    let papers = vec!["GPXD-DON".to_owned()];
    life.done("2020-04-15 08:10", Action::CorrectReceipt { papers, awaited_as: None, because: "ghi nhầm".into() });
    life.done("2020-04-15 08:30", paid(1, 1_500_000));
    life.done("2020-04-20 09:00", negative());
    assert!(!life.says("receipt-4").contains("GPXD-DON"), "{}", life.says("receipt-4"));
    assert!(life.says("receipt-2").contains("GPXD-DON"));
    let refusal = life.says("refusal-5");
    assert!(refusal.contains("1 | Bản vẽ thiết kế xây dựng (GPXD-BV)") && !refusal.contains("GPXD-DON"), "{refusal}");
}

#[test]
fn the_way_back_that_was_chosen_since_is_on_the_next_slip() {
    let mut life = Life::filed("2020-04-14 16:00", Filing::Online, Some(DECLARED));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-15 08:10", Action::ChooseReturn { by_post: false, consent: Some(Consent::Phone) });
    life.done("2020-04-15 08:30", paid(1, 1_500_000));
    let at_desk = "Nơi nhận kết quả: tại Bộ phận Một cửa\n";
    assert!(!life.says("receipt-2").contains(at_desk) && life.says("receipt-4").contains(at_desk));
}

#[test]
fn a_confirmed_address_is_on_the_next_slip_with_the_commune_of_before_and_on_no_earlier_one() {
    let mut life = Life::filed("2020-04-14 16:00", Filing::Online, Some(DECLARED));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-15 08:10", Action::ChooseReturn { by_post: true, consent: Some(Consent::Phone) });
    life.done("2020-04-15 08:20", Action::ConfirmAddress { differs: true, consent: Some(Consent::Phone) });
    let [commune, old] = ["26740@2026-09-20", "26740@2025-06-30"].map(|code| code.parse().unwrap());
    let address = Address::of(Units::official(), "12 Lê Lợi", commune, Some(old)).unwrap();
    let is = Box::new(Mailing { address, receiver: None, phone: None });
    let person = life.person.as_mut().unwrap();
    person.mailing = Some(is.clone());
    person.changes.push(Change {
        noted: Noted { version: 4, at: at("2020-04-15 08:20"), by: "can-bo-17".into() },
        consent: Some(Consent::Phone),
        given_by: None,
        what: Changed::Mailing { was: None, is },
    });
    life.done("2020-04-15 08:30", paid(1, 1_500_000));
    let to = "đến địa chỉ: 12 Lê Lợi, Phường Sài Gòn, Thành phố Hồ Chí Minh (trước đây: Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh)";
    let next = life.says("receipt-5");
    assert!(next.contains(to), "{next}");
    assert!(!life.says("receipt-2").contains("đến địa chỉ"));
}

#[test]
fn an_address_corrected_since_leaves_the_earlier_slip_as_it_was() {
    let mut life = Life::accepted();
    let was = life.person.as_ref().unwrap().applicant.address.clone();
    let new = "Lô 9, Khu kinh tế Vân Phong";
    let person = life.person.as_mut().unwrap();
    let is = Contact { address: Some(new.into()), ..Contact::default() };
    let was_there = Contact { address: was.clone(), ..Contact::default() };
    person.applicant.address = Some(new.into());
    person.changes.push(Change {
        noted: Noted { version: 4, at: at("2020-04-16 09:00"), by: "can-bo-17".into() },
        consent: Some(Consent::Phone),
        given_by: None,
        what: Changed::Contact { whose: Whose::Applicant, was: was_there, is },
    });
    let earlier = life.says("receipt-3");
    assert!(earlier.contains(&was.unwrap()) && !earlier.contains(new), "{earlier}");
    life.done("2020-04-16 09:00", supplement(&["GPXD-BV"], "thiếu chữ ký"));
    assert!(life.says("supplement-4").contains(new));
}
