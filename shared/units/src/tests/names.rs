//! Names: lists of units, and searches.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::fold::Folded;
use crate::{Kind, MOST_CHOICES, Nearness};

fn plain(text: &str) -> String {
    Folded::of(text).plain
}

fn found(catalogue: Catalogue<'static>, typed: &str, within: Option<Code>) -> Vec<String> {
    catalogue.search(typed, within).choices.iter().map(|choice| choice.unit.full()).collect()
}

#[test]
fn each_catalogue_holds_as_many_units_as_were_published() {
    let count = |text, kind| {
        let level = |level| on(text).all(level);
        [Level::Province, Level::District, Level::Commune]
            .into_iter()
            .flat_map(level)
            .filter(|unit| unit.kind() == kind)
            .count()
    };
    let kinds = |text, kinds: &[Kind]| kinds.iter().map(|kind| count(text, *kind)).collect::<Vec<_>>();
    let today = [Kind::CentralCity, Kind::Province, Kind::Ward, Kind::Commune, Kind::SpecialZone];
    assert_eq!(kinds(FIRST, &today), [6, 28, 687, 2621, 13]);
    assert_eq!(kinds(TODAY, &today), [9, 25, 709, 2599, 13]);
    assert_eq!(kinds(BEFORE, &[Kind::CentralCity, Kind::Province]), [6, 57]);
    assert_eq!(kinds(BEFORE, &[Kind::Ward, Kind::Commune, Kind::Township]), [1726, 7690, 617]);
    assert_eq!(on(TODAY).provinces().count(), 34);
    assert_eq!(on(TODAY).districts(code("79")).count(), 0);
    assert_eq!(on(BEFORE).districts(code("79")).count(), 22);
    let all: usize = on(TODAY).provinces().map(|it| on(TODAY).communes(it.code().code).count()).sum();
    assert_eq!(all, 3321);
}

#[test]
fn a_day_before_the_tables_has_the_catalogue_of_their_beginning() {
    assert_eq!(on("2020-04-15").day(), day(BEFORE));
    assert!(on("2020-04-15").has_districts() && !on(FIRST).has_districts());
    assert_eq!(on("2026-08-31").day(), day("2026-04-30"));
    assert_eq!(unit("26740@2020-04-15").full(), "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh");
    assert_eq!(unit("26740@2026-01-01").full(), "Phường Sài Gòn, Thành phố Hồ Chí Minh");
}

#[test]
fn a_code_of_today_is_mostly_that_of_another_commune_before() {
    let other = communes(on(FIRST)).into_iter().filter(|unit| {
        let before = on(BEFORE).unit(unit.code().code);
        before.is_some_and(|before| before.name() != unit.name())
    });
    assert_eq!(other.count(), 1803);
}

#[test]
fn all_communes_of_today_are_found_by_name_with_and_without_marks() {
    let catalogue = on(TODAY);
    for unit in communes(catalogue) {
        let province = unit.province().unwrap();
        let within = Some(province.code().code);
        let full = unit.to_string();
        for typed in [full.clone(), full.to_uppercase(), full.nfd().collect(), unit.name().to_owned()] {
            let nearest = catalogue.search(&typed, within).choices[0];
            assert_eq!((nearest.unit.name(), nearest.nearness), (unit.name(), Nearness::Marked), "{typed}");
        }
        for typed in [plain(&full), plain(unit.name())] {
            let choices = catalogue.search(&typed, within).choices;
            let place = choices.iter().position(|choice| choice.unit == unit);
            assert!(place.is_some_and(|place| place < 2), "{typed}: {:?}", unit.full());
        }
        let with_province = format!("{}, {}", plain(&full), plain(province.name()));
        assert!(catalogue.search(&with_province, None).choices.iter().any(|choice| choice.unit == unit), "{full}");
    }
}

#[test]
fn all_communes_of_before_are_found_by_name_within_their_district() {
    let catalogue = on(BEFORE);
    for unit in communes(catalogue).into_iter().step_by(7) {
        let within = Some(unit.district().unwrap().code().code);
        for typed in [unit.to_string(), plain(&unit.to_string())] {
            let choices = catalogue.search(&typed, within).choices;
            assert!(choices.iter().take(3).any(|choice| choice.unit == unit), "{typed}: {}", unit.full());
        }
    }
}

#[test]
fn eight_pairs_of_a_province_are_equal_without_marks_and_both_are_offered() {
    let mut same: BTreeMap<(Code, String), Vec<Unit<'_>>> = BTreeMap::new();
    for unit in communes(on(TODAY)) {
        let province = unit.province().unwrap().code().code;
        same.entry((province, plain(&unit.to_string()))).or_default().push(unit);
    }
    let pairs: Vec<_> = same.iter().filter(|(_, units)| units.len() > 1).collect();
    assert_eq!(pairs.len(), 8);
    for ((province, typed), units) in pairs {
        let choices = on(TODAY).search(typed, Some(*province)).choices;
        let first: BTreeSet<_> = choices.iter().take(2).map(|choice| choice.unit.code()).collect();
        assert_eq!(first, units.iter().map(|unit| unit.code()).collect(), "{typed}");
        assert!(choices[..2].iter().all(|choice| choice.nearness <= Nearness::Plain));
        for unit in units {
            assert_eq!(on(TODAY).search(unit.name(), Some(*province)).choices[0].unit, *unit);
        }
    }
}

#[test]
fn a_name_of_several_provinces_is_offered_with_each() {
    let mut provinces: BTreeMap<String, BTreeSet<Code>> = BTreeMap::new();
    for unit in communes(on(TODAY)) {
        provinces.entry(unit.name().to_owned()).or_default().insert(unit.province().unwrap().code().code);
    }
    let several: Vec<_> = provinces.iter().filter(|(_, provinces)| provinces.len() > 1).collect();
    assert_eq!(several.len(), 314);
    for (name, provinces) in several {
        let found = on(TODAY).search(name, None);
        let exact = found.choices.iter().filter(|choice| choice.nearness == Nearness::Marked);
        let offered: BTreeSet<_> = exact.map(|choice| choice.unit.province().unwrap().code().code).collect();
        assert_eq!(offered, *provinces, "{name}");
    }
}

#[test]
fn marks_come_first_then_none_then_beginnings_then_what_holds_it() {
    let nearness = |typed: &str, within: &str| {
        let choices = on(TODAY).search(typed, Some(code(within))).choices;
        choices.iter().map(|it| format!("{} {:?}", it.unit, it.nearness)).collect::<Vec<_>>()
    };
    assert_eq!(nearness("Sơn Hạ", "51")[..2], ["Xã Sơn Hạ Marked", "Xã Sơn Hà Plain"]);
    assert_eq!(
        nearness("tân sơn", "79")[..3],
        ["Phường Tân Sơn Marked", "Phường Tân Sơn Hòa Prefix", "Phường Tân Sơn Nhì Prefix"]
    );
    assert_eq!(nearness("saigon", "79"), Vec::<String>::new());
    assert!(nearness("gon", "79").contains(&"Phường Sài Gòn Contained".to_owned()));
}

#[test]
fn a_kind_in_front_is_understood_however_it_is_written() {
    for typed in ["phường sài gòn", "P. Sài Gòn", "p sai gon", "PHUONG SAI GON", "Sài Gòn", "F.Sài Gòn, tphcm"]
    {
        assert_eq!(found(on(TODAY), typed, None)[0], "Phường Sài Gòn, Thành phố Hồ Chí Minh", "{typed}");
    }
    for typed in ["P1, Q3, tp hcm", "phường 01, quận 3", "Phường 1, quan 03, hồ chí minh"] {
        let choices = found(on(BEFORE), typed, None);
        assert_eq!(choices[0], "Phường 1, Quận 3, Thành phố Hồ Chí Minh", "{typed}");
    }
    // The first word is a kind without marks, and the beginning of a name.
    assert_eq!(found(on(TODAY), "Quan Sơn, thanh", None)[0], "Xã Quan Sơn, Tỉnh Thanh Hóa");
    assert_eq!(found(on(TODAY), "xa dung", None)[0], "Xã Xa Dung, Tỉnh Điện Biên");
}

#[test]
fn a_province_is_found_by_what_people_call_it() {
    let province = |text: &str, typed: &str| {
        let choices = on(text).search_provinces(typed).choices;
        choices.first().map(|choice| choice.unit.to_string()).unwrap_or_default()
    };
    for typed in ["TP.HCM", "tphcm", "Sài Gòn", "hồ chí", "tp hồ chí minh"] {
        assert_eq!(province(TODAY, typed), "Thành phố Hồ Chí Minh", "{typed}");
    }
    assert_eq!(province(TODAY, "Thừa Thiên - Huế"), "Thành phố Huế");
    assert_eq!(province(TODAY, "dong nai"), "Thành phố Đồng Nai");
    assert_eq!(province(FIRST, "dong nai"), "Tỉnh Đồng Nai");
    assert_eq!(province(BEFORE, "Bà Rịa Vũng Tàu"), "Tỉnh Bà Rịa - Vũng Tàu");
}

#[test]
fn an_answer_is_bounded_and_says_how_many_were_left_out() {
    let found = on(BEFORE).search("tân", None);
    assert_eq!(found.choices.len(), MOST_CHOICES);
    assert!(found.more > 500, "{}", found.more);
    for nothing in ["", "  ", ",", ".,-", "\u{202e}"] {
        assert_eq!(on(BEFORE).search(nothing, None).choices.len(), 0);
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_is_answered(typed in "\\PC{0,60}") {
        let found = on(TODAY).search(&typed, None);
        prop_assert!(found.choices.len() <= MOST_CHOICES);
        prop_assert!(found.choices.windows(2).all(|two| two[0].nearness <= two[1].nearness));
    }
}
