//! Conversions of units to later days.

use std::collections::BTreeSet;

use super::*;
use crate::{Share, Units};

fn converted(from: &str, to: &str) -> Converted<'static> {
    Units::official().convert(&from.parse().unwrap(), day(to))
}

#[test]
fn every_old_commune_has_its_true_successors() {
    let (mut one, mut several, mut of_split) = (0, 0, 0);
    for unit in communes(on(BEFORE)) {
        let row = unit.row();
        let written: BTreeSet<_> = row.went().map(|(code, _)| code).collect();
        let successors = Units::official().successors(&unit.code(), day(FIRST));
        assert_eq!(successors.iter().map(|it| it.unit.code().code).collect::<BTreeSet<_>>(), written, "{unit:?}");
        match Units::official().convert(&unit.code(), day(FIRST)) {
            Converted::One(_) => {
                one += 1;
                of_split += usize::from(written.len() > 1);
            }
            Converted::Several(all) => {
                several += 1;
                assert!(all.iter().all(|successor| successor.share == Share::Some), "{unit:?}");
            }
            Converted::Unknown(_) => panic!("{unit:?} went nowhere"),
        }
    }
    assert_eq!((one, several, of_split), (9650, 383, 58));
}

#[test]
fn every_commune_of_today_has_somebody_who_came_from_somewhere() {
    let mut came = BTreeSet::new();
    for unit in communes(on(BEFORE)).into_iter().chain(on(BEFORE).all(Level::District)) {
        let peopled = Units::official().successors(&unit.code(), day(FIRST)).into_iter();
        came.extend(peopled.filter(|it| it.share != Share::Land).map(|it| it.unit.code().code));
    }
    let today: BTreeSet<_> = communes(on(FIRST)).iter().map(|unit| unit.code().code).collect();
    assert_eq!(today.difference(&came).count(), 0);
}

#[test]
fn a_split_commune_is_converted_silently_only_where_everybody_went_to_one() {
    assert_eq!(said(&converted("00118@2025-06-30", FIRST)), "Phường Bồ Đề, Thành phố Hà Nội");
    let shares = |code: &str| {
        let all = Units::official().successors(&code.parse().unwrap(), day(FIRST));
        all.iter().map(|it| format!("{} {:?}", it.unit, it.share)).collect::<Vec<_>>()
    };
    assert_eq!(shares("00118@2025-06-30"), ["Phường Hồng Hà Land", "Phường Bồ Đề Everybody"]);
    assert_eq!(said(&converted("00007@2025-06-30", FIRST)), "Phường Ngọc Hà Some | Phường Giảng Võ Some");
}

#[test]
fn provinces_and_islands_are_converted_too() {
    assert_eq!(said(&converted("02@2025-06-30", TODAY)), "Tỉnh Tuyên Quang");
    assert_eq!(said(&converted("755@2025-06-30", TODAY)), "Đặc khu Côn Đảo, Thành phố Hồ Chí Minh");
    assert_eq!(said(&converted("760@2025-06-30", TODAY)), "? ");
    let provinces = on(BEFORE).provinces().map(|unit| Units::official().convert(&unit.code(), day(TODAY)));
    assert_eq!(provinces.filter(|it| matches!(it, Converted::One(_))).count(), 63);
}

#[test]
fn a_commune_of_2025_keeps_its_code_when_it_becomes_a_ward() {
    assert_eq!(said(&converted("25270@2025-07-01", "2026-04-29")), "Xã Lộc Ninh, Tỉnh Đồng Nai");
    assert_eq!(said(&converted("25270@2025-07-01", "2026-04-30")), "Phường Lộc Ninh, Thành phố Đồng Nai");
    let Converted::One(ward) = converted("25270@2025-07-01", TODAY) else { panic!() };
    assert_eq!(ward.code().to_string(), "25270@2026-09-20");
    assert_eq!((ward.from(), ward.by()), (Some(day("2026-04-30")), "237/NQ-UBTVQH16"));
}

#[test]
fn each_change_of_2026_rests_on_a_resolution() {
    let changed: Vec<_> = communes(on(TODAY))
        .into_iter()
        .chain(on(TODAY).provinces())
        .filter(|unit| unit.from() != Some(day(FIRST)))
        .map(|unit| (unit.from().unwrap().to_string(), unit.by()))
        .collect();
    let count = |from: &str, by: &str| changed.iter().filter(|change| change.0 == from && change.1 == by).count();
    assert_eq!(changed.len(), 25);
    assert_eq!([count("2026-04-30", "30/2026/QH16"), count("2026-04-30", "237/NQ-UBTVQH16")], [1, 10]);
    assert_eq!([count("2026-09-01", "36/2026/QH16")], [1]);
    assert_eq!([count("2026-09-20", "39/2026/QH16"), count("2026-09-20", "388/NQ-UBTVQH16")], [1, 12]);
}

#[test]
fn nothing_leads_back_to_an_earlier_day() {
    assert_eq!(said(&converted("26740@2026-01-01", BEFORE)), "Phường Sài Gòn, Thành phố Hồ Chí Minh");
    assert_eq!(said(&converted("99999@2026-01-01", TODAY)), "? ");
}

#[test]
fn a_code_is_read_with_its_day_only() {
    let read = |text: &str| text.parse::<UnitCode>().map(|code| code.to_string());
    assert_eq!(read("26740@2025-06-30"), Ok("26740@2025-06-30".to_owned()));
    for wrong in [
        "26740",
        "26740@",
        "@2025-06-30",
        "26740@2025-06-31",
        "26740@2025-06-30T00:00",
        "2674@2025-06-30",
        "٢٦٧٤٠@2025-06-30",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    let stored = serde_json::to_string(&unit("26740@2025-06-30").code()).unwrap();
    assert_eq!(stored, "\"26740@2025-06-30\"");
    assert_eq!(serde_json::from_str::<UnitCode>(&stored).unwrap(), unit("26740@2025-06-30").code());
}
