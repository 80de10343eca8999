//! Tables of days off and office hours, as they are written in files.

use super::*;

fn table(year: &str) -> Result<Calendar, String> {
    Calendar::from_toml(&format!("[[years]]\n{year}")).map_err(|error| error.to_string())
}

#[test]
fn the_built_in_tables_hold_the_official_counts_of_days() {
    let calendar = Calendar::official();
    assert_eq!(calendar.years().collect::<Vec<_>>(), (2020..=2026).collect::<Vec<_>>());
    let worked = |year: i16| {
        let days = day(&format!("{year}-01-01")).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        days.filter(|&day| calendar.is_working_day(day).unwrap()).count()
    };
    // Weekdays of the year, less the days off, plus the Saturdays worked.
    let expected = [262 - 10, 261 - 11, 260 - 11, 260 - 11, 262 - 12 + 1, 261 - 12 + 1, 261 - 14 + 2];
    assert_eq!((2020..=2026).map(worked).collect::<Vec<_>>(), expected);
    assert_eq!(calendar.notice(2021), Some("4875/TB-LĐTBXH"));
}

#[test]
fn a_year_without_a_table_is_a_gap_even_on_a_sunday() {
    let calendar = Calendar::official();
    let gap = Gap { years: vec![2027] };
    assert_eq!(calendar.is_working_day(day("2027-01-03")), Err(gap.clone()));
    assert_eq!(calendar.next_working_day(day("2026-12-31")), Err(ClockError::Gap(gap)));
}

#[test]
fn the_days_of_a_table_are_told_in_their_order() {
    let calendar = Calendar::official();
    let days = |dates: &[&str]| dates.iter().map(|date| day(date)).collect::<Vec<_>>();
    let new_year_to_tet = days(&["2024-01-01", "2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13", "2024-02-14"]);
    assert_eq!(calendar.days_off(2024).take(6).collect::<Vec<_>>(), new_year_to_tet);
    assert_eq!(calendar.days_worked(2024).collect::<Vec<_>>(), days(&["2024-05-04"]));
    assert_eq!(calendar.days_worked(2023).count(), 0);
    assert_eq!((calendar.days_off(1999).count(), calendar.days_worked(1999).count()), (0, 0));
}

#[test]
fn an_office_adds_or_replaces_a_year() {
    let next = table("year = 2027\nnotice = \"1/TB\"\ndays_off = [\"2027-01-01\"]").unwrap();
    let calendar = Calendar::official().with(next);
    assert_eq!(calendar.next_working_day(day("2026-12-31")), Ok(day("2027-01-04")));
}

#[test]
fn a_faulty_table_says_what_is_wrong() {
    let check = |year: &str, expect: &str| assert_eq!(table(year).unwrap_err(), expect);
    check("year = 2027\nnotice = \" \"\ndays_off = []", "the table of 2027 names no notice");
    check("year = 2027\nnotice = \"n\"\ndays_off = [\"2026-01-01\"]", "2026-01-01 stands in the table of 2027");
    check("year = 2027\nnotice = \"n\"\ndays_off = [\"2027-01-01\", \"2027-01-01\"]", "2027-01-01 is listed twice");
    check(
        "year = 2027\nnotice = \"n\"\ndays_off = [\"2027-01-02\"]\ndays_worked = [\"2027-01-02\"]",
        "2027-01-02 is listed twice",
    );
    check(
        "year = 2027\nnotice = \"n\"\ndays_off = []\ndays_worked = [\"2027-01-04\"]",
        "2027-01-04 is not a weekend day, so it cannot be worked in exchange",
    );
    let twice = "year = 2027\nnotice = \"n\"\ndays_off = []\n[[years]]\nyear = 2027\nnotice = \"n\"\ndays_off = []";
    check(twice, "2027 has two tables");
    assert!(
        table("year = 2027\nnotice = \"n\"\ndays_off = [\"2027-02-30\"]").unwrap_err().starts_with("not a calendar")
    );
    assert!(table("year = 2027\nnotice = \"n\"\ndays_of = []").unwrap_err().contains("days_of"));
}

#[test]
fn working_days_are_stepped_through_both_ways() {
    let calendar = Calendar::official();
    assert_eq!(calendar.add_working_days(day("2020-04-29"), 1), Ok(day("2020-05-04")));
    assert_eq!(calendar.add_working_days(day("2020-04-30"), 0), Ok(day("2020-05-04")));
    assert_eq!(calendar.subtract_working_days(day("2020-05-04"), 2), Ok(day("2020-04-28")));
    assert_eq!(calendar.working_days_between(day("2020-04-28"), day("2020-05-04")), Ok(2));
    assert_eq!(calendar.working_days_between(day("2020-05-04"), day("2020-04-28")), Ok(-2));
    assert_eq!(calendar.add_working_days(day("2026-12-31"), u32::MAX), Err(ClockError::Gap(Gap { years: vec![2027] })));
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Configuration {
    office_hours: OfficeHours,
}

fn hours(text: &str) -> Result<OfficeHours, String> {
    let read: Result<Configuration, _> = toml::from_str(&format!("office_hours = {text}"));
    read.map(|configuration| configuration.office_hours).map_err(|error| error.message().to_owned())
}

#[test]
fn office_hours_are_one_text_or_a_table_of_weekdays() {
    assert_eq!(hours("\"07:30-11:30, 13:00-17:00\""), Ok(OfficeHours::default()));
    assert_eq!(hours("{}"), Ok(OfficeHours::default()));
    let own = hours("{ fri = [\"07:00-11:30\"], sat = [\"07:30-11:30\"] }").unwrap();
    let friday = own.of_working_day(day("2024-05-03"));
    assert_eq!((friday.len(), friday[0].closes().to_string()), (1, "11:30:00".to_owned()));
    assert_eq!(own.of_working_day(day("2024-05-04")), friday, "a worked Saturday has Friday's hours");
    assert_eq!(own.of_working_day(day("2024-05-06")).len(), 2);
    assert_eq!(own.desk(jiff::civil::Weekday::Saturday).len(), 1);
    let written = toml::to_string(&Configuration { office_hours: own.clone() }).unwrap();
    assert_eq!(toml::from_str::<Configuration>(&written).unwrap().office_hours, own);
}

#[test]
fn faulty_office_hours_say_what_is_wrong() {
    let check = |text: &str, expect: &str| assert_eq!(hours(text).unwrap_err(), expect);
    check("{ mo = [] }", "office_hours: `mo` is none of mon, tue, wed, thu, fri, sat, sun");
    check("{ mon = [\"7h30\"] }", "office_hours.mon: `7h30` is not a period such as 07:30-11:30");
    check("{ tue = [\"07:30-25:00\"] }", "office_hours.tue: `07:30-25:00` is not a period such as 07:30-11:30");
    check("{ wed = [\"11:30-07:30\"] }", "office_hours.wed: the periods are not in order");
    check("{ thu = [\"13:00-17:00\", \"07:30-11:30\"] }", "office_hours.thu: the periods are not in order");
    check("{ fri = [] }", "office_hours.fri: a working day needs hours");
    check("\"\"", "office_hours.mon: `` is not a period such as 07:30-11:30");
    check("3", "office_hours is a text such as \"07:30-11:30, 13:00-17:00\" or a table of weekdays");
}

pub(super) fn own(text: &str) -> Calendar {
    Calendar::official().with(Calendar::from_toml(text).unwrap())
}

#[test]
fn the_built_in_tables_leave_no_doubt() {
    assert_eq!(Calendar::official().doubts(), []);
    // Taken over word for word, each is a table of the office's own.
    let official = Calendar::official();
    for year in official.years() {
        assert_eq!(official.doubts_of(year, &Calendar::official()), [], "{year}");
    }
}

#[test]
fn a_table_that_lacks_days_is_doubted() {
    let calendar = own("[[years]]\nyear = 2026\nnotice = \"QĐ 1\"\ndays_off = [\"2026-11-23\"]");
    let doubts = calendar.doubts();
    let fixed: Vec<_> = doubts.iter().filter(|doubt| matches!(doubt, Doubt::Fixed(..))).collect();
    assert_eq!(fixed.len(), 4, "four weekdays in 2026: {fixed:?}");
    assert!(doubts.iter().any(|doubt| matches!(doubt, Doubt::Dropped(day) if day.month() == 2)), "Tết: {doubts:?}");
    assert_eq!(doubts.last(), Some(&Doubt::Few { year: 2026, days: 1 }));
    let [vi, en] = doubts[0].told();
    assert_eq!(vi, "Tết Dương lịch 01/01/2026 không có trong lịch nghỉ (Bộ luật Lao động 45/2019/QH14 Điều 112).");
    assert_eq!(en, "New Year, 01/01/2026, is not among the days off (Labour Code 45/2019/QH14, art. 112).");
}

#[test]
fn a_day_more_or_an_exchange_of_two_days_is_doubted_only_where_a_day_is_lost() {
    let table = |more: &[&str], worked: &str| {
        let days = Calendar::official().days_off(2026).map(|day| day.to_string()).collect::<Vec<_>>();
        let days: Vec<_> =
            days.iter().map(String::as_str).chain(more.iter().copied()).map(|day| format!("\"{day}\"")).collect();
        let worked: Vec<String> = Calendar::official()
            .days_worked(2026)
            .map(|day| format!("\"{day}\""))
            .chain((!worked.is_empty()).then(|| format!("\"{worked}\"")))
            .collect();
        own(&format!(
            "[[years]]\nyear = 2026\nnotice = \"QĐ 1\"\ndays_off = [{}]\ndays_worked = [{}]",
            days.join(", "),
            worked.join(", ")
        ))
    };
    assert_eq!(table(&["2026-11-25"], "").doubts(), [], "a day more");
    assert_eq!(table(&["2026-11-27"], "2026-11-28").doubts(), [], "a Saturday worked for a Friday");
}
