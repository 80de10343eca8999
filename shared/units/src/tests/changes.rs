//! Changes that come after this was built.

use super::*;
use crate::{Change, Units, read_changes};

const LATER: &str = r#"
[[units]]
from = "2027-03-01"
by = "1/NQ-UBTVQH16"
code = "90001"
name = "Phường Mới"
province = "79"
out_of = ["26740"]

[[units]]
from = "2027-03-01"
by = "1/NQ-UBTVQH16"
code = "26743"
into = ["26740"]

[[units]]
from = "2028-01-01"
by = "2/NQ-UBTVQH16"
code = "26737"
into = ["26740", "90001"]
everybody_to = "90001"

[[units]]
from = "2028-01-01"
by = "2/NQ-UBTVQH16"
code = "26740"
name = "Phường Sài Gòn Cũ"
"#;

fn changes(text: &str) -> Vec<Change> {
    read_changes(text).unwrap().into_iter().map(|(_, change)| change).collect()
}

fn later() -> Units {
    Units::official().with(&changes(LATER)).unwrap()
}

fn convert(units: &Units, from: &str, to: &str) -> String {
    said(&units.convert(&from.parse().unwrap(), day(to)))
}

#[test]
fn a_new_unit_a_merger_and_a_new_name_hold_from_their_day() {
    let units = later();
    let name = |code: &str| units.unit(&code.parse().unwrap()).map(|unit| unit.to_string());
    assert_eq!(name("90001@2027-02-28"), None);
    assert_eq!(name("90001@2027-03-01"), Some("Phường Mới".into()));
    assert_eq!(name("26740@2027-12-31"), Some("Phường Sài Gòn".into()));
    assert_eq!(name("26740@2028-01-01"), Some("Phường Sài Gòn Cũ".into()));
    assert_eq!(name("26737@2028-01-01"), None);
    let count = |text| units.catalogue(day(text)).communes(code("79")).count();
    assert_eq!([count("2027-02-28"), count("2027-03-01"), count("2028-01-01")], [168, 168, 167]);
}

#[test]
fn an_address_in_a_unit_that_gave_a_part_is_asked_about() {
    let units = later();
    let asked = "Phường Sài Gòn Some | Phường Mới Some";
    assert_eq!(convert(&units, "26740@2026-01-01", "2027-03-01"), asked);
    assert_eq!(convert(&units, "26740@2025-06-30", "2027-03-01"), asked);
    assert_eq!(convert(&units, "26740@2027-03-01", "2027-03-01"), "Phường Sài Gòn, Thành phố Hồ Chí Minh");
}

#[test]
fn a_merger_leads_on_through_every_later_change() {
    let units = later();
    assert_eq!(convert(&units, "26743@2026-01-01", "2028-01-01"), "Phường Sài Gòn Cũ, Thành phố Hồ Chí Minh");
    assert_eq!(convert(&units, "26737@2026-01-01", "2028-01-01"), "Phường Mới, Thành phố Hồ Chí Minh");
}

#[test]
fn what_the_table_has_already_may_stay_in_a_setting() {
    let known = changes(include_str!("../../data/changes.toml"));
    let again = Units::official().with(&known).unwrap();
    assert_eq!(again.catalogue(day(TODAY)).communes(code("75")).count(), on(TODAY).communes(code("75")).count());
    later().with(&changes(LATER)).unwrap();
}

#[test]
fn changes_may_stand_in_any_order() {
    let mut reversed = changes(LATER);
    reversed.reverse();
    let units = Units::official().with(&reversed).unwrap();
    assert_eq!(convert(&units, "26737@2026-01-01", "2028-01-01"), "Phường Mới, Thành phố Hồ Chí Minh");
}

/// Reads a file of one change, and puts it into the table if it can be read.
fn faults(fields: &str) -> Vec<String> {
    let text = format!("# later\n\n[[units]]\n{fields}");
    match read_changes(&text) {
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
        Ok(changes) => {
            let changes: Vec<_> = changes.into_iter().map(|(_, change)| change).collect();
            let mistakes = Units::official().with(&changes).err().unwrap_or_default();
            mistakes.iter().map(|(index, mistake)| format!("[{index}] {mistake}")).collect()
        }
    }
}

#[test]
fn every_mistake_is_told_with_its_line_and_its_field() {
    let check = |fields: &str, expected: &[&str]| assert_eq!(faults(fields), expected, "{fields}");
    check("", &["3: from: is missing", "3: by: is missing", "3: code: is missing", "3: has neither a name nor into"]);
    let begin = "from = \"2027-01-01\"\nby = \"1/NQ\"\n";
    let with = |rest: &str| format!("{begin}{rest}");
    check(
        "from = \"2025-07-01\"\nby = \" \"\ncode = \"2674\"\nname = \"Sài Gòn\"",
        &[
            "3: from: is not after 2025-07-01, with which the table begins",
            "3: by: is empty",
            "3: code: is not a code of five digits, or of two for a province",
            "3: name: begins with none of Phường, Xã, Đặc khu",
        ],
    );
    check(
        "from = \"1/1/2027\"\nby = \"1\"\ncode = \"79\"\nname = \"Phường Y\"",
        &["3: from: is not a day such as 2026-04-30", "3: name: begins with none of Tỉnh, Thành phố"],
    );
    check(
        &with("code = \"26740\"\nname = \"Xã A\"\ninto = [\"26743\"]"),
        &["3: has both a name and into: it either goes on or ends"],
    );
    check(&with("code = \"26740\"\ninto = [\"26740\"]"), &["3: into: 26740 is the unit itself, or listed twice"]);
    check(
        &with("code = \"26740\"\ninto = [\"26743\"]\neverybody_to = \"26737\""),
        &["3: everybody_to: is not one of into"],
    );
    check(
        &with("code = \"26740\"\ncolour = 3"),
        &[
            "7: unknown field `colour`, expected one of `from`, `by`, `code`, `name`, `province`, `out_of`, `into`, `everybody_to`",
        ],
    );
    check("from = ", &["4: string values must be quoted, expected literal string"]);
}

#[test]
fn an_office_goes_on_with_the_changes_that_fit() {
    let mut all = changes(LATER);
    let Change { code, .. } = &mut all[1];
    *code = crate::Code::parse("99999").unwrap();
    let (units, mistakes) = Units::official().with_fitting(&all);
    assert_eq!(mistakes.len(), 1);
    assert_eq!((mistakes[0].0, mistakes[0].1.to_string()), (1, "code: there is no 99999 on 2027-03-01".to_owned()));
    assert_eq!(units.unit(&"90001@2027-03-01".parse().unwrap()).unwrap().to_string(), "Phường Mới");
}

#[test]
fn a_change_that_does_not_fit_the_table_is_refused() {
    let begin = "from = \"2026-09-21\"\nby = \"1/NQ\"\n";
    let check = |rest: &str, expected: &str| assert_eq!(faults(&format!("{begin}{rest}")), [expected], "{rest}");
    check("code = \"90001\"\nname = \"Xã A\"", "[0] province: is missing: 90001 is new on 2026-09-21");
    check(
        "code = \"90001\"\nname = \"Xã A\"\nprovince = \"99\"",
        "[0] province: there is no province 99 on 2026-09-21",
    );
    check("code = \"90001\"\ninto = [\"26740\"]", "[0] code: there is no 90001 on 2026-09-21");
    check("code = \"26740\"\ninto = [\"90001\"]", "[0] into: there is no 90001 on 2026-09-21");
    check("code = \"75\"\ninto = [\"79\"]", "[0] code: is a province that still holds 25195 on 2026-09-21");
    let early = "from = \"2026-04-30\"\nby = \"1/NQ\"\ncode = \"25270\"\nname = \"Xã Khác\"";
    assert_eq!(faults(early), ["[0] from: there is a change of 25270 on 2026-04-30 already (237/NQ-UBTVQH16)"]);
}
