//! Instants that follow from the calendar and the hours: waits, reminders, grace, acceptance.

use super::*;

fn wait(n: u32, unit: WaitUnit) -> Wait {
    Wait { n, unit }
}

#[test]
fn a_wait_ends_at_midnight_of_its_last_day() {
    let office = Office::official();
    let check = |from: &str, wait: Wait, until: &str| assert_eq!(office.wait_until(at(from), wait).unwrap(), at(until));
    check("2020-04-16 10:00", wait(10, WaitUnit::WorkingDays), "2020-05-05 00:00");
    check("2020-04-16 22:00", wait(1, WaitUnit::WorkingDays), "2020-04-18 00:00");
    check("2020-04-16 10:00", wait(4, WaitUnit::CalendarDays), "2020-04-21 00:00");
    check("2020-04-16 10:00", wait(14, WaitUnit::CalendarDays), "2020-05-05 00:00");
    let unknown = office.wait_until(at("2026-12-31 10:00"), wait(1, WaitUnit::WorkingDays));
    assert_eq!(unknown, Err(ClockError::Gap(Gap { years: vec![2027] })));
    let huge = office.wait_until(at("2026-12-31 10:00"), wait(u32::MAX, WaitUnit::CalendarDays));
    assert_eq!(huge, Err(ClockError::OutOfRange));
}

#[test]
fn the_reminder_comes_at_opening_two_working_days_before_a_wait_ends() {
    let office = Office::official();
    // In older dossiers a wait ends at close of office of the same day.
    for until in ["2020-05-05 00:00", "2020-05-04 17:00"] {
        let reminder = office.reminder_at(at(until), REMIND_WORKING_DAYS_BEFORE).unwrap();
        assert_eq!((reminder, office.missed_at(at(until))), (at("2020-04-28 07:30"), Ok(at("2020-05-05 07:30"))));
    }
}

#[test]
fn a_missed_wait_is_noticed_when_office_opens_again() {
    let office = Office::official();
    for (until, missed_at) in [
        ("2020-04-18 00:00", "2020-04-20 07:30"),
        ("2020-04-30 00:00", "2020-05-04 07:30"),
        ("2024-04-27 00:00", "2024-05-02 07:30"),
        ("2024-05-04 00:00", "2024-05-04 07:30"),
        // Beyond the tables nobody knows whether the office opens.
        ("2027-01-01 00:00", "2027-01-01 07:30"),
    ] {
        assert_eq!(office.missed_at(at(until)), Ok(at(missed_at)), "{until}");
    }
    assert_eq!(last_day(at("2020-05-05 00:00")), day("2020-05-04"));
    assert_eq!(last_day(at("2020-05-05 00:01")), day("2020-05-05"));
}

#[test]
fn grace_ends_at_close_of_office_two_working_days_after_a_step_is_entered() {
    let office = Office::official();
    assert_eq!(office.grace_until(at("2020-04-14 09:00"), GRACE_WORKING_DAYS).unwrap(), at("2020-04-16 17:00"));
    assert_eq!(office.grace_until(at("2020-04-18 09:00"), 0).unwrap(), at("2020-04-18 09:00"));
}

#[test]
fn a_submission_is_answered_within_eight_office_hours() {
    let office = Office::official();
    let until = |from: &str| office.acceptance_until(at(from), ACCEPTANCE_WITHIN_OFFICE_HOURS).unwrap();
    assert_eq!(until("2020-04-14 09:00"), at("2020-04-15 09:00"));
    assert_eq!(until("2020-04-29 16:00"), at("2020-05-04 16:00"));
    assert_eq!(until("2020-04-18 22:00"), at("2020-04-20 17:00"));
    assert!(matches!(office.office_minutes_after(at("2020-04-14 09:00"), u32::MAX), Err(ClockError::Gap(_))));
}

#[test]
fn office_opens_and_closes_on_working_days_only() {
    let hours = OfficeHours::parse("07:00-11:30, 13:30-17:00").unwrap();
    let office = Office { hours, ..Office::official() };
    assert_eq!(office.opening_of(day("2024-05-04")), Ok(at("2024-05-04 07:00")));
    assert_eq!(office.close_of(day("2020-04-15")), Ok(at("2020-04-15 17:00")));
    assert_eq!(office.close_of(day("2020-04-18")), Err(ClockError::DayOff { date: day("2020-04-18") }));
}

#[test]
fn working_days_left_are_counted_after_today() {
    let office = Office::official();
    let left = |now: &str| office.working_days_left(at(now), day("2020-04-22")).unwrap();
    assert_eq!([left("2020-04-17 16:00"), left("2020-04-22 23:59"), left("2020-04-24 00:00")], [3, 0, -2]);
}

#[test]
fn a_desk_that_opens_on_saturday_morning_does_not_make_it_a_working_day() {
    let written = r#"{"sat":["07:30-11:30"]}"#;
    let office = Office { hours: serde_json::from_str(written).unwrap(), ..Office::official() };
    assert_eq!(office.hours.desk(jiff::civil::Weekday::Saturday).len(), 1);
    let due = |limit: &Limit| match count(limit, at("2020-04-17 09:00"), &[], &office).unwrap().due {
        Due::On { date, .. } => date,
        other => panic!("{other:?}"),
    };
    assert_eq!(due(&working_days(1)), day("2020-04-20"));
    assert_eq!(due(&office_hours(8)), day("2020-04-20"), "nor do its hours count");
}
