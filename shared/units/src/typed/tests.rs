//! Addresses as people write them.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::{MOST_CHOICES, Units};

fn read(day: &str, text: &str) -> Typed<'static> {
    Units::official().catalogue(day.parse().unwrap()).read(text).unwrap()
}

/// Returns street, old unit and place in short.
fn said(text: &str) -> String {
    let typed = read("2026-11-28", text);
    let place = match &typed.place {
        Converted::One(unit) => unit.full(),
        Converted::Several(all) => all.iter().map(|it| it.unit.to_string()).collect::<Vec<_>>().join(" | "),
        Converted::Unknown(near) => {
            let near: Vec<_> = near.iter().take(3).map(|choice| choice.unit.to_string()).collect();
            format!("? {}", near.join(" | "))
        }
    };
    format!("{} / {} / {place}", typed.street, typed.old.map(|unit| unit.code().to_string()).unwrap_or_default())
}

#[test]
fn an_old_address_is_read_however_it_is_written() {
    let expected = "12 Lê Lợi / 26740@2025-06-30 / Phường Sài Gòn, Thành phố Hồ Chí Minh";
    for text in [
        "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh",
        "12 Lê Lợi, phường bến nghé, quận 1, thành phố hồ chí minh, Việt Nam",
        "12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM, 700000",
        "12 Lê Lợi P.Bến Nghé Q1 TPHCM",
        "12 Lê Lợi phường Bến Nghé, quận 1, Sài Gòn",
        "12 Lê Lợi - Phường Bến Nghé - Quận 1 - TP.HCM",
        "12 Lê Lợi, Phường Bến Nghé, TP Hồ Chí Minh",
        "12 Lê Lợi; F.Bến Nghé; Quận 01; Hồ Chí Minh",
        "12 Lê Lợi, Phường Bến Nghé, Quận 1",
    ] {
        assert_eq!(said(text), expected, "{text}");
        let loose: String = text.nfd().collect();
        assert_eq!(said(&loose).nfc().collect::<String>(), expected, "{text}");
    }
    assert_eq!(said("Xã Tứ Quận Huyện Yên Sơn Tỉnh Tuyên Quang"), " / 02464@2025-06-30 / Xã Yên Sơn, Tỉnh Tuyên Quang");
    assert_eq!(said("12 le loi phuong ben nghe quan 1 tp hcm"), expected.replace("Lê Lợi", "le loi"));
}

#[test]
fn a_new_address_is_read_also_with_a_former_district_or_province() {
    let expected = "5 Hàm Nghi /  / Phường Sài Gòn, Thành phố Hồ Chí Minh";
    for text in [
        "5 Hàm Nghi, Phường Sài Gòn, TP.HCM",
        "5 Hàm Nghi, phường sài gòn, Quận 1, TP.HCM",
        "5 Hàm Nghi phuong Sai Gon, Thành phố Hồ Chí Minh",
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
    assert_eq!(said("Xã Lộc Ninh, Đồng Nai"), " /  / Phường Lộc Ninh, Thành phố Đồng Nai");
    assert_eq!(said("Phường Bà Rịa, Bà Rịa - Vũng Tàu"), " /  / Phường Bà Rịa, Thành phố Hồ Chí Minh");
}

#[test]
fn a_split_commune_is_asked_about_and_one_whose_people_stayed_together_is_not() {
    assert_eq!(said("Phường Cống Vị, Ba Đình, Hà Nội"), " / 00007@2025-06-30 / Phường Ngọc Hà | Phường Giảng Võ");
    assert_eq!(said("Phường Ngọc Thụy, Long Biên, Hà Nội"), " / 00118@2025-06-30 / Phường Bồ Đề, Thành phố Hà Nội");
    assert_eq!(said("Phường Ngọc Thuỵ, Long Biên, hà nội"), " / 00118@2025-06-30 / Phường Bồ Đề, Thành phố Hà Nội");
}

#[test]
fn former_districts_and_islands_are_known() {
    assert_eq!(said("P. Thảo Điền, Quận 2, HCM"), " / 27088@2025-06-30 / Phường An Khánh, Thành phố Hồ Chí Minh");
    let con_dao = " / 755@2025-06-30 / Đặc khu Côn Đảo, Thành phố Hồ Chí Minh";
    assert_eq!(said("Huyện Côn Đảo, Bà Rịa - Vũng Tàu"), con_dao);
    assert_eq!(said("Đặc khu Côn Đảo, TP.HCM"), con_dao.replace("755@2025-06-30", ""));
}

#[test]
fn what_is_not_certain_is_offered_and_never_taken() {
    // Without its kind it may be a street.
    let kindless = "Ngõ 5 / 26740@2025-06-30 / ? Phường Sài Gòn";
    assert_eq!(said("Ngõ 5, Bến Nghé, Quận 1, TP.HCM"), kindless);
    assert_eq!(said("Ngõ 5, Trần Phú, Hà Nội"), "Ngõ 5 /  / ? Xã Trần Phú");
    assert_eq!(said("12 Quang Trung, Long Thành, Đồng Nai").split(" / ").last(), Some("? Phường Long Thành"));
    // Other marks, another kind, no province.
    assert_eq!(said("Phường Bên Nghé, Quận 1, TP.HCM").split(" / ").last(), Some("? Phường Sài Gòn"));
    assert_eq!(said("Xã Bến Nghé, Quận 1, TP.HCM").split(" / ").last(), Some("? Phường Sài Gòn"));
    assert_eq!(said("Phường Bến Nghé").split(" / ").last(), Some("? Phường Sài Gòn"));
    let pair = said("Son Ha, Quảng Ngãi");
    assert!(pair.contains("?") && pair.contains("Sơn Hà") && pair.contains("Sơn Hạ"), "{pair}");
    assert!(said("Phường 1, TP.HCM").contains(" / ? "), "{}", said("Phường 1, TP.HCM"));
    assert_eq!(said("").split(" / ").last(), Some("? "));
    assert_eq!(said("Việt Nam").split(" / ").last(), Some("? "));
}

#[test]
fn two_ways_of_reading_an_address_are_both_offered() {
    // A hamlet of the commune, or the old commune of the district.
    assert_eq!(said("Phúc Xá, Ba Đình, Hà Nội").split(" / ").last(), Some("? Phường Hồng Hà | Phường Ba Đình"));
    assert!(said("Phường Phúc Xá, Ba Đình, Hà Nội").ends_with(" / Phường Hồng Hà, Thành phố Hà Nội"));
    // A commune of today in a former province, or one of before whose district was left out.
    let both = "? Xã Đà Bắc | Xã Hiền Lương";
    assert_eq!(said("Xã Hiền Lương, Tỉnh Hòa Bình").split(" / ").last(), Some(both));
}

#[test]
fn before_july_2025_an_address_is_one_of_its_own_catalogue() {
    let typed = read("2020-04-15", "Phường Bến Nghé, Quận 1, TP.HCM");
    let Converted::One(unit) = typed.place else { panic!() };
    assert_eq!(unit.full(), "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh");
    assert!(matches!(read("2020-04-15", "Phường Sài Gòn, TP.HCM").place, Converted::Unknown(_)));
}

#[test]
fn a_longer_address_is_an_error_that_names_the_limit() {
    let catalogue = Units::official().catalogue("2026-11-28".parse().unwrap());
    let end = ", Phường Bến Nghé, Quận 1, TP.HCM";
    let long = |length: usize| format!("{}{end}", "ô".repeat(length - end.chars().count()));
    assert!(matches!(catalogue.read(&long(500)).unwrap().place, Converted::One(_)));
    let error = catalogue.read(&long(501)).unwrap_err();
    assert_eq!(error.to_string(), "has 501 characters, and an address at most 500");
}

#[test]
fn markup_and_marks_of_direction_do_no_harm() {
    assert!(
        said("<script>alert(1)</script>, Phường Bến Nghé, Quận 1, TP.HCM")
            .starts_with("<script>alert(1)</script> / 26740")
    );
    assert!(said("\u{202e}12\u{202c}, \u{200f}Phường Bến\u{a0}Nghé, Quận 1, TP.HCM").contains("/ 26740@2025-06-30 /"));
    assert!(said("<b>Phường Bến Nghé</b>, Quận 1, TP.HCM").contains(" / ? "));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_and_its_street_is_of_the_text(
        text in "\\PC{0,80}|([ ,.;-]|phường|xã|quận 1|hcm|tp|Bến Nghé|\u{202e}|12){0,20}"
    ) {
        let typed = read("2026-11-28", &text);
        prop_assert!(text.contains(&typed.street));
        if let Converted::Unknown(near) = typed.place {
            prop_assert!(near.len() <= MOST_CHOICES);
        }
    }
}
