//! Days off and office hours of an office's own.

use super::*;

/// Returns a table of 2027, as a notice might announce it, with these further lines.
fn year_2027(lines: &str) -> String {
    format!("[[years]]\nyear = 2027\nnotice = \"mẫu\"\ndays_off = [\"2027-01-01\"]\n{lines}\n")
}

#[test]
fn a_year_that_was_announced_later_is_added_to_the_official_ones() {
    let config = Config::strict(&keyed(&year_2027("days_worked = [\"2027-02-20\"]")), Host::Public).unwrap();
    let calendar = &config.agencies()[0].calendar;
    let worked = |date: &str| calendar.is_working_day(date.parse().unwrap());
    assert_eq!([worked("2027-01-01"), worked("2027-01-04"), worked("2027-02-20")], [Ok(false), Ok(true), Ok(true)]);
    assert_eq!(worked("2026-09-02"), Ok(false), "the official tables hold further");
    assert!(worked("2028-01-03").is_err());
}

#[test]
fn an_agency_has_hours_by_weekday_and_days_off_of_its_own() {
    let text = format!(
        "{}\n[[agencies]]\ncode = \"A\"\nname = \"a\"\noffice_hours = {{ fri = [\"07:30-11:30\"] }}\n\
         [[agencies.years]]\nyear = 2027\nnotice = \"riêng\"\ndays_off = [\"2027-01-04\"]\n\
         [[agencies]]\ncode = \"B\"\nname = \"b\"\n",
        year_2027("")
    );
    let config = Config::strict(&keyed(&text), Host::Public).unwrap();
    let [a, b] = config.agencies() else { panic!("two agencies") };
    let closes = |agency: &Agency, date: &str| {
        let office = crate::clock::Office { calendar: agency.calendar.clone(), hours: agency.office_hours.clone() };
        let close = office.close_of(date.parse().unwrap());
        close.map(crate::vietnam::date_time).map_err(|error| error.to_string())
    };
    assert_eq!(closes(a, "2026-12-04"), Ok("04/12/2026 11:30".into()));
    assert_eq!(closes(b, "2026-12-04"), Ok("04/12/2026 17:00".into()));
    assert_eq!(closes(a, "2027-01-04"), Err("2027-01-04 is a day off".into()));
    assert_eq!(closes(b, "2027-01-04"), Ok("04/01/2027 17:00".into()));
    assert_eq!((a.calendar.notice(2027), b.calendar.notice(2027)), (Some("riêng"), Some("mẫu")));
}

#[test]
fn every_mistake_in_a_table_of_days_off_is_named() {
    let text = "[[years]]\nyear = 2027\nnotice = \"\"\n\
                days_off = [\"2027-13-01\", \"2026-01-01\", \"2027-01-01\", \"2027-01-01\"]\n\
                days_worked = [\"2027-01-04\"]\nday = 3\n[[years]]\nyear = \"2027\"\n";
    assert_eq!(
        problems(text, Host::Public),
        [
            "years[0]: notice: is empty",
            "years[0]: days_off[0]: is not a day such as 2027-01-01",
            "years[0]: days_off: 2026-01-01 stands in the table of 2027",
            "years[0]: days_off: 2027-01-01 is listed twice",
            "years[0]: days_worked: 2027-01-04 is not a weekend day, so it cannot be worked in exchange",
            "years[0]: day: is not a field of this entry",
            "years[1]: year: is not a year such as 2027",
            "years[1]: notice: is missing",
            "years[1]: days_off: is missing",
        ]
    );
    let twice = format!("{}{}", year_2027(""), year_2027(""));
    assert_eq!(problems(&twice, Host::Public), ["years[1]: year: 2027 has two tables"]);
    let hours = "[[agencies]]\ncode = \"A\"\nname = \"a\"\noffice_hours = { fri = [\"7h\"] }";
    let said = "agencies[0] (A): office_hours: office_hours.fri: `7h` is not a period such as 07:30-11:30";
    assert_eq!(problems(hours, Host::Public), [said]);
}

#[test]
fn only_the_printed_key_makes_a_demonstration() {
    assert!(Config::demo().is_demo() && Config::strict("", Host::Loopback).unwrap().is_demo());
    assert!(!Config::strict(ID_KEY, Host::Loopback).unwrap().is_demo());
}
