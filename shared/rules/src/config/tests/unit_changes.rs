//! Provinces and communes that change after this was built.

use super::*;

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
"#;

#[test]
fn a_change_in_the_configuration_holds_from_its_day() {
    let config = Config::strict(&keyed(LATER), Host::Public).unwrap();
    let units = units::Units::official().with(config.unit_changes()).unwrap();
    let name = |code: &str| units.unit(&code.parse().unwrap()).map(|unit| unit.full());
    assert_eq!(name("90001@2027-03-01"), Some("Phường Mới, Thành phố Hồ Chí Minh".into()));
    assert_eq!(name("90001@2027-02-28"), None);
    assert_eq!(name("26743@2027-03-01"), None);
}

#[test]
fn every_mistake_in_a_change_is_named_with_its_entry_and_its_field() {
    let text = "[[units]]\ncode = \"9000\"\nname = \"Mới\"\nfrom = \"2025-01-01\"\nby = \"1\"\ncolour = 1\n\
                [[units]]\ncode = \"26743\"\nfrom = \"2027-03-01\"\nby = \"1\"\ninto = [3]\n";
    assert_eq!(
        problems(text, Host::Public),
        [
            "units[0] (9000): from: is not after 2025-07-01, with which the table begins",
            "units[0] (9000): code: is not a code of five digits, or of two for a province",
            "units[0] (9000): name: begins with none of Phường, Xã, Đặc khu",
            "units[0] (9000): colour: is not a field of this entry",
            "units[1] (26743): into[0]: is not a text",
            "units[1] (26743): has neither a name nor into",
        ]
    );
}

#[test]
fn a_change_that_does_not_fit_the_table_is_named_by_the_check() {
    let text = LATER.replace("26743", "26744");
    assert_eq!(problems(&text, Host::Public), ["units[1] (26744): code: there is no 26744 on 2027-03-01"]);
}

#[test]
fn a_wrong_change_leaves_an_office_on_the_network_open() {
    let text = keyed(&LATER.replace("\"26740\"]\n", "\"2674\"]\n"));
    let config = Config::per_channel(&text, Host::Public).unwrap();
    assert_eq!(config.unit_changes().len(), 0);
    assert!(config.has_closed("units"));
    let problems: Vec<_> = config.problems().iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(problems, ["out_of", "into"]);
}
