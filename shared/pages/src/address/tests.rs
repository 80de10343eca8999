//! Addresses as people type them, from page to page.

use proptest::prelude::*;
use rules::language::Language;
use unicode_normalization::UnicodeNormalization;
use units::Units;

use super::form::{COMMUNE, PLACE, STEP, STREET};
use super::*;
use crate::form::Form;

const TODAY: &str = "2026-11-28";

fn known() -> Known<'static> {
    Known { units: Units::official(), today: TODAY.parse().unwrap(), lang: Language::Vi }
}

fn sent(pairs: &[(&str, &str)]) -> At<'static> {
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    AddressForm::of(&Form::of_pairs(&pairs)).step(&known())
}

fn sought(street: &str, commune: &str) -> At<'static> {
    sent(&[(STREET, street), (COMMUNE, commune), (STEP, "seek")])
}

/// Returns the step in short.
fn said(at: &At<'_>) -> String {
    let wrong = [STREET, COMMUNE, PLACE].iter().filter_map(|id| Some(format!("{id}: {}", at.mistakes.why(id)?)));
    let step = match &at.step {
        Step::Ask => format!("ask {} | {}", at.form.street, at.form.commune),
        Step::Choose(offers) => {
            let old = |offer: &Offer<'_>| offer.old.map(|old| format!(" < {}", old.full())).unwrap_or_default();
            let all: Vec<_> = offers.choices.iter().map(|it| format!("{}{}", it.unit.full(), old(it))).collect();
            format!("choose {} +{}", all.join(" | "), offers.more)
        }
        Step::ReadBack(address) => format!("read back {}", address.lines(known().units, known().today).join(" | ")),
        Step::Taken(address) => format!("taken {}", address.lines(known().units, known().today).join(" | ")),
    };
    std::iter::once(step).chain(wrong).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_old_commune_whose_people_stayed_together_is_read_back_with_the_new_one() {
    let expected = "read back 12 Lê Lợi | Phường Sài Gòn, Thành phố Hồ Chí Minh | (trước đây: Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh)";
    assert_eq!(said(&sought("12 Lê Lợi", "Phường Bến Nghé, Quận 1, TP.HCM")), expected);
    assert_eq!(said(&sought("12 Lê Lợi, P. Bến Nghé, Q1, TP.HCM", "")), expected);
}

#[test]
fn a_name_without_marks_or_kind_is_answered_with_the_communes_of_that_name_of_today_and_before() {
    let saigon = "choose Phường Sài Gòn, Thành phố Hồ Chí Minh < Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh +0";
    for typed in ["ben nghe, quan 1", "Bến Nghé, quận 1", "BEN NGHE, Q1, hcm"] {
        assert_eq!(said(&sought("12 Lê Lợi", typed)), saigon, "{typed}");
        let loose: String = typed.nfd().collect();
        assert_eq!(said(&sought("12 Lê Lợi", &loose)), saigon, "{typed}");
    }
    let both = said(&sought("Thôn 2", "ngoc ha, ha noi"));
    assert!(both.starts_with("choose Phường Ngọc Hà, Thành phố Hà Nội | "), "{both}");
}

#[test]
fn two_communes_that_are_equal_without_marks_are_both_offered() {
    let pair = said(&sought("Thôn 2", "son ha, quang ngai"));
    assert!(pair.contains("Xã Sơn Hà, Tỉnh Quảng Ngãi") && pair.contains("Xã Sơn Hạ, Tỉnh Quảng Ngãi"), "{pair}");
}

#[test]
fn a_split_commune_is_answered_with_its_true_successors() {
    let at = sought("5 Đội Cấn", "Phường Cống Vị, Ba Đình, Hà Nội");
    let Step::Choose(offers) = &at.step else { panic!("{}", said(&at)) };
    let names: Vec<_> = offers.choices.iter().map(|offer| offer.unit.to_string()).collect();
    assert_eq!(names, ["Phường Ngọc Hà", "Phường Giảng Võ"]);
    let chosen = offers.choices[1].place().to_string();
    assert_eq!(chosen, "00007@2026-09-20/00007@2025-06-30".replacen("00007", &chosen[..5], 1));
    let kept = [(STREET, "5 Đội Cấn"), (COMMUNE, "Phường Cống Vị, Ba Đình, Hà Nội"), (PLACE, &chosen)];
    let [street, commune, place] = kept;
    let lines =
        "5 Đội Cấn | Phường Giảng Võ, Thành phố Hà Nội | (trước đây: Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội)";
    assert_eq!(said(&sent(&[street, commune, place, (STEP, "choose")])), format!("read back {lines}"));
    assert_eq!(said(&sent(&[street, commune, place, (STEP, "confirm")])), format!("taken {lines}"));
}

#[test]
fn an_address_counts_only_after_it_was_read_back() {
    for step in ["", "seek", "choose", "change", "other"] {
        let at = sent(&[
            (STREET, "12 Lê Lợi"),
            (COMMUNE, "Phường Sài Gòn, TP.HCM"),
            (PLACE, "26740@2026-09-20"),
            (STEP, step),
        ]);
        assert!(!matches!(at.step, Step::Taken(_)), "{step}");
    }
}

#[test]
fn a_choice_that_nobody_was_offered_is_asked_for_again() {
    for place in
        ["", "x", "99999@2026-09-20", "79@2026-09-20", "26740@2026-09-20/00007@2025-06-30", "26740@2026-09-20/x"]
    {
        let sent = sent(&[(STREET, "1"), (COMMUNE, "ben nghe, quan 1"), (PLACE, place), (STEP, "confirm")]);
        assert!(matches!(sent.step, Step::Choose(_)), "{place}");
        assert_eq!(sent.mistakes.why(PLACE), Some("Chọn một phường, xã."), "{place}");
    }
}

#[test]
fn a_choice_from_a_page_that_was_opened_before_a_change_is_the_commune_of_today() {
    let sent = sent(&[(STREET, "Thôn 3"), (PLACE, "25270@2025-07-01"), (STEP, "confirm")]);
    assert_eq!(said(&sent), "taken Thôn 3 | Phường Lộc Ninh, Thành phố Đồng Nai");
}

#[test]
fn a_choice_by_an_old_code_is_the_commune_that_it_became_or_asked_about() {
    let one = sent(&[(STREET, "1"), (PLACE, "26740@2025-06-30"), (STEP, "confirm")]);
    assert!(said(&one).starts_with("taken 1 | Phường Sài Gòn") && said(&one).contains("Bến Nghé"), "{}", said(&one));
    let several = sent(&[(STREET, "1"), (PLACE, "00007@2025-06-30"), (STEP, "confirm")]);
    assert!(said(&several).starts_with("choose Phường Ngọc Hà"), "{}", said(&several));
}

#[test]
fn before_july_2025_an_address_has_its_commune_and_district_of_then_once() {
    let known = Known { today: "2020-04-15".parse().unwrap(), ..known() };
    let typed = [(STREET, "12 Lê Lợi".to_owned()), (COMMUNE, "ben nghe, quan 1".to_owned()), (STEP, "seek".to_owned())];
    let at = AddressForm::of(&Form::of_pairs(&typed)).step(&known);
    let Step::Choose(offers) = &at.step else { panic!("{}", said(&at)) };
    assert_eq!(offers.choices.len(), 1);
    let place = offers.choices[0].place();
    assert_eq!(place.to_string(), "26740@2025-06-30");
    assert_eq!(place.here(known.units, known.today), Some(place));
    let chosen = [typed[0].clone(), (PLACE, place.to_string()), (STEP, "confirm".to_owned())];
    let Step::Taken(address) = AddressForm::of(&Form::of_pairs(&chosen)).step(&known).step else { panic!() };
    let lines = ["12 Lê Lợi", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"];
    assert_eq!(address.lines(known.units, known.today), lines);
}

#[test]
fn each_mistake_is_told_at_its_field() {
    let none = said(&sought("", ""));
    assert_eq!(
        none,
        "ask  | \naddress_street: Ghi số nhà và đường, hoặc thôn, xóm, tổ dân phố.\naddress_commune: Ghi tên phường, xã."
    );
    assert!(said(&sought("12 Trần Phú", "")).ends_with("\naddress_commune: Ghi tên phường, xã."));
    assert!(said(&sought("12", "Không Có Xã Này")).contains("address_commune: Không có phường, xã nào"));
    assert!(said(&sought("", "Phường Sài Gòn, TP.HCM")).contains("address_street: Ghi số nhà"));
    assert!(said(&sought(&"ô".repeat(501), "Phường Sài Gòn, TP.HCM")).contains("address_street: Viết ngắn hơn"));
    assert!(said(&sought("1", &"ô".repeat(201))).contains("address_commune: Viết ngắn hơn"));
    let long = "ô".repeat(500);
    assert!(said(&sought(&long, "Phường Sài Gòn, TP.HCM")).starts_with("read back"));
}

#[test]
fn an_address_of_500_characters_in_one_field_is_taken_apart() {
    let end = ", Phường Bến Nghé, Quận 1, TP.HCM";
    let text = format!("{}{end}", "ô".repeat(500 - end.chars().count()));
    let at = AddressForm::of_declared(&text).step(&known());
    assert!(matches!(at.step, Step::ReadBack(_)), "{}", said(&at));
    let at = AddressForm::of_declared(&format!("ô{text}")).step(&known());
    assert_eq!(said(&at), "ask  | ");
}

#[test]
fn a_declared_address_is_proposed_and_never_taken_by_itself() {
    let propose = |text: &str| said(&AddressForm::of_declared(text).step(&known()));
    assert!(propose("12 Lê Lợi, Phường Bến Nghé, Quận 1, TP.HCM").starts_with("read back 12 Lê Lợi | Phường Sài Gòn"));
    assert!(propose("5 Đội Cấn, Phường Cống Vị, Ba Đình, Hà Nội").starts_with("choose Phường Ngọc Hà"));
    assert_eq!(propose("Phường Cống Vị, Ba Đình, Hà Nội"), "ask  | Phường Cống Vị, Ba Đình, Hà Nội");
    assert_eq!(propose("nhà ông Tư gần chợ"), "ask nhà ông Tư gần chợ | ");
    assert_eq!(propose(""), "ask  | ");
}

#[test]
fn whoever_changes_the_address_finds_what_was_typed() {
    let at = sent(&[(STREET, "12 Lê Lợi"), (COMMUNE, "ben nghe"), (STEP, "change")]);
    assert_eq!(said(&at), "ask 12 Lê Lợi | ben nghe");
    let at = sent(&[(STREET, "12 Lê Lợi"), (PLACE, "26740@2026-09-20"), (STEP, "change")]);
    assert_eq!(said(&at), "ask 12 Lê Lợi | Phường Sài Gòn, Thành phố Hồ Chí Minh");
}

#[test]
fn what_turns_the_direction_of_a_line_is_left_out_and_markup_stays_text() {
    let at = sought("\u{202e}12 <b>Lê Lợi</b>", "Phường Sài Gòn, \u{200f}TP.HCM");
    let written =
        at.shown(&known(), &Around { more: &maud::html! {}, send: ["Đúng", "Right"], focus: false }).into_string();
    let (_, panel) = written.split_once("<div class=\"notice\">").unwrap();
    assert!(panel.contains("<bdi>12 &lt;b&gt;Lê Lợi&lt;/b&gt;</bdi>"), "{panel}");
    assert!(!panel.contains('\u{202e}'), "{panel}");
}

#[test]
fn no_more_than_twenty_communes_are_offered_and_the_page_says_that_there_are_more() {
    let at = sought("1", "tan");
    let Step::Choose(offers) = &at.step else { panic!("{}", said(&at)) };
    assert_eq!(offers.choices.len(), 20);
    assert!(offers.more > 0);
    let written =
        at.shown(&known(), &Around { more: &maud::html! {}, send: ["Đúng", "Right"], focus: true }).into_string();
    assert!(written.contains("Còn nơi khác") && written.matches("type=\"radio\"").count() == 20, "{written}");
    assert_eq!(written.matches("autofocus").count(), 1);
}

#[test]
fn communes_of_every_province_are_offered_by_name_and_province() {
    let known = known();
    let catalogue = known.units.catalogue(known.today);
    for province in catalogue.provinces() {
        for unit in catalogue.communes(province.code().code).step_by(7) {
            let at = sought("1", &format!("{}, {}", unit.name(), province.name()));
            let Step::Choose(offers) = at.step else { panic!("{unit}") };
            assert!(offers.choices.iter().any(|offer| offer.unit == unit), "{unit}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_sent_leads_to_a_step_and_what_is_offered_can_be_chosen(
        street in "\\PC{0,30}", commune in "\\PC{0,20}|[ ,.]|(xã|phường|tân|hà nội|q1|[ ,]){1,6}",
        step in "seek|choose|confirm|change|"
    ) {
        let at = sent(&[(STREET, &street), (COMMUNE, &commune), (STEP, &step)]);
        prop_assert!(!matches!(at.step, Step::Taken(_)));
        if let Step::Choose(offers) = &at.step {
            for offer in &offers.choices {
                let place = offer.place().to_string();
                let next = sent(&[(STREET, "1"), (PLACE, &place), (STEP, "choose")]);
                prop_assert!(matches!(next.step, Step::ReadBack(_)), "{}", place);
            }
        }
    }
}
