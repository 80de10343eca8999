//! Facts beside a count, and the identity of what it was counted by.

use super::calendar::own;
use super::*;

/// An office with a worked Saturday near a count, and one far from it.
fn with_worked_days() -> Office {
    let table = "[[years]]\nyear = 2020\nnotice = \"mẫu\"\ndays_off = [\"2020-09-02\"]\n\
                 days_worked = [\"2020-04-18\", \"2020-12-05\"]";
    Office { calendar: own(table), ..Office::official() }
}

fn days(texts: &[&str]) -> Vec<jiff::civil::Date> {
    texts.iter().map(|text| day(text)).collect()
}

fn off(office: &Office, count: &Count) -> Vec<jiff::civil::Date> {
    office.days_off_within(count).into_iter().flat_map(|year| year.off).collect()
}

#[test]
fn a_worked_saturday_is_told_where_it_was_counted_and_nowhere_else() {
    let office = with_worked_days();
    let told = |limit: &Limit| {
        let count = count(limit, at("2020-04-15 08:00"), &[], &office).unwrap();
        office.days_off_within(&count)
    };
    let worked = DaysOff { notice: "mẫu".into(), off: vec![], worked: days(&["2020-04-18"]) };
    assert_eq!(told(&working_days(5)), [worked], "one that is far away is not told");
    assert_eq!(told(&calendar_days(5)), [], "calendar days count every Saturday");
    assert_eq!(told(&working_days(2)), [], "due before it");
}

#[test]
fn a_day_off_on_which_a_pause_ended_moved_nothing() {
    let office = Office::official();
    let count = counted(&working_days(5), "2020-04-22 08:00", &[resume("2020-04-24 10:00", "2020-04-30 10:00")]);
    assert_eq!(off(&office, &count), days(&["2020-05-01"]));
}

#[test]
fn days_off_before_a_count_that_was_put_off_are_not_of_it() {
    let office = Office::official();
    let limit = next_working_day(calendar_days(1));
    let count = counted(&limit, "2020-04-29 18:00", &[]);
    assert_eq!((count.starts_on, office.put_off(&limit, &count)), (day("2020-05-04"), Some(PutOff::AfterClose)));
    assert_eq!(off(&office, &count), []);
    let moved = counted(&calendar_days(3), "2020-04-27 08:00", &[]);
    assert_eq!(off(&office, &moved), days(&["2020-04-30", "2020-05-01"]), "the last day fell on one");
}

#[test]
fn hours_are_named_by_monday_to_friday() {
    let name = |text: &str| OfficeHours::parse(text).unwrap().name().to_owned();
    let usual = OfficeHours::default().name().to_owned();
    assert_eq!(name("07:30-11:30, 13:00-17:00"), usual);
    assert_ne!(name("08:00-12:00, 13:00-17:00"), usual);
    assert_ne!(name("08:00-12:00, 13:00-17:00"), name("08:00-12:00, 13:00-16:30"));
    let saturday = r#"{ "sat": ["07:30-11:30"] }"#;
    assert_eq!(serde_json::from_str::<OfficeHours>(saturday).unwrap().name(), usual, "a Saturday moves no date");
    let friday = r#"{ "fri": ["07:30-11:30"] }"#;
    assert_ne!(serde_json::from_str::<OfficeHours>(friday).unwrap().name(), usual);
    assert!(usual.len() >= 8 && usual.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
}

#[test]
fn an_office_knows_the_tables_and_hours_that_dates_were_counted_by() {
    let (official, changed) = (Office::official(), with_worked_days());
    let by = official.identity(2019..=2021);
    assert!(official.counts_as(&by) && official.changed_years(&by).is_empty());
    assert!(!changed.counts_as(&by));
    assert!(changed.changed_years(&by).contains(&2020));
    let hours = OfficeHours::parse("08:00-12:00, 13:00-17:00").unwrap();
    let later = Office { hours, ..Office::official() };
    assert!(!later.counts_as(&by) && later.changed_years(&by).is_empty(), "the tables are the same");
}

#[test]
fn a_table_that_was_kept_counts_as_it_did() {
    let (official, changed) = (Office::official(), with_worked_days());
    let kept = official.calendar.kept(2020).unwrap();
    assert_eq!(kept.notice, official.calendar.notice(2020).unwrap());
    assert!(kept.days_off.contains(&day("2020-04-30")));
    assert_eq!(official.calendar.kept(1999), None);
    let again = changed.calendar.with_kept(2020, &kept);
    assert_eq!(again.name(2020), official.calendar.name(2020));
    assert_eq!(again.days_off(2020).collect::<Vec<_>>(), official.calendar.days_off(2020).collect::<Vec<_>>());
}
