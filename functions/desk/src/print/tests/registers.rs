//! The register of a period.

use insta::assert_snapshot;
use jiff::civil::Date;
use rules::dossier::Action;
use rules::worklist::Row;

use super::super::{Entry, Register, register};
use super::*;

fn of(entries: &[Entry<'_>], from: &str, until: &str) -> String {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let register = register(&Register {
        agency_name: "Ban Quản lý Khu kinh tế Vân Phong",
        emblem: None,
        from: day(from),
        until: day(until),
        first_no: 1,
        entries,
        back: "/desk/register",
        next: None,
        people: &NOBODY,
        clerk: "can-bo-17",
        now: at("2020-05-04 08:00"),
    });
    register.into_string()
}

fn entry<'a>(life: &'a Life, row: &'a Row) -> Entry<'a> {
    Entry { row, person: life.person.as_ref(), procedure: Some(&life.procedure) }
}

#[test]
fn a_register_has_one_row_a_dossier() {
    let (mut paused, mut refused) = (Life::accepted(), Life::filed("2020-04-16 09:00", Filing::Desk, None));
    paused.done("2020-04-16 09:00", supplement(&["GPXD-BV"], "thiếu chữ ký"));
    refused.done("2020-04-16 10:00", Action::RefuseIntake { reason: "không thuộc thẩm quyền".into() });
    refused.person = None;
    let rows = [Row::of(&paused.dossier), Row::of(&refused.dossier)];
    let returned = Row { returned_at: Some(at("2020-04-28 10:30")), ..rows[0].clone() };
    let entries = [entry(&paused, &rows[0]), entry(&refused, &rows[1]), entry(&paused, &returned)];
    assert_snapshot!(text(&of(&entries, "2020-04-01", "2020-04-30")));
}

#[test]
fn a_register_of_nothing_says_so() {
    assert!(text(&of(&[], "2020-04-01", "2020-04-30")).contains("Không có hồ sơ nào."));
}

#[test]
fn a_register_is_in_landscape_and_of_the_circular_of_its_first_day() {
    let page = of(&[], "2026-04-01", "2026-04-30");
    assert!(page.contains("<main class=\"sheet wide\">"), "{page}");
    assert!(::pages::sheet::STYLE.contains("@page wide { size: A4 landscape;"));
    assert!(text(&page).contains("Mẫu số 07, Thông tư 03/2025/TT-VPCP"), "{page}");
}
