//! The edges that only a small change of the code would show.

use super::*;

#[test]
fn a_pause_on_the_due_date_itself_does_not_begin_after_the_end() {
    let on_it = resume("2020-04-22 09:00", "2020-04-22 15:00");
    let after_it = resume("2020-04-23 00:00", "2020-04-24 15:00");
    let count = counted(&working_days(5), "2020-04-15 08:00", &[on_it, after_it]);
    assert_eq!(count.due, Due::On { date: day("2020-04-22"), at: at("2020-04-22 17:00") });
    assert_eq!(count.stops_after_end, [1]);
    assert_eq!(counted(&working_days(5), "2020-04-15 08:00", &[on_it]).stops_after_end, [0; 0]);
}

#[test]
fn a_gap_names_the_years_that_five_days_a_week_reach_at_the_least_and_no_more() {
    let years = |n| match counted(&working_days(n), "2026-12-31 08:00", &[]).due {
        Due::Gap { years } => years,
        other => panic!("{other:?}"),
    };
    assert_eq!(years(1), [2027]);
    assert_eq!(years(261), [2027], "the 261st at the earliest on 31 December");
    assert_eq!(years(262), [2027, 2028]);
    let gap = Gap { years: vec![2027, 2028] };
    assert_eq!(gap.to_string(), "no official table of days off for 2027, 2028");
}

#[test]
fn reasons_are_told_beside_their_pauses_and_an_empty_one_is_not() {
    let stops = [resume("2020-04-16 10:00", "2020-04-17 09:00"), standing("2020-04-20 10:00", Policy::Resume)];
    let count = counted(&working_days(5), "2020-04-15 08:00", &stops);
    let reasons = ["", "chờ nộp phí", "", ""].map(str::to_owned);
    let told = |reasons: [String; 4]| Asides { reasons: reasons.into(), ..Asides::default() };
    assert_eq!(
        explain_vi_with(&count, &told(reasons)),
        "5 ngày làm việc tính từ 08:00 ngày 15/04/2020, không tính ngày 15/04/2020; dừng tính từ 10:00 ngày 16/04/2020 \
         đến 09:00 ngày 17/04/2020 (chờ nộp phí) rồi tính tiếp; đang dừng tính từ 10:00 ngày 20/04/2020, còn 4 ngày \
         làm việc, tính tiếp khi nhận đủ."
    );
    let reasons = ["", "fee awaited", "", ""].map(str::to_owned);
    assert_eq!(
        explain_en_with(&count, &told(reasons)),
        "5 working days from 08:00 on 15/04/2020, not counting 15/04/2020; paused from 10:00 on 16/04/2020 to 09:00 on \
         17/04/2020 (fee awaited), then continued; paused since 10:00 on 20/04/2020 with 4 working days left, to \
         continue when everything is in."
    );
}

#[test]
fn a_restart_that_annuls_nothing_says_nothing_of_it() {
    let at_once = restart("2020-04-15 09:00", "2020-04-16 09:00");
    let told = explain_vi(&counted(&working_days(5), "2020-04-15 08:00", &[at_once]));
    assert!(told.contains("rồi tính lại từ đầu; hẹn trả"), "{told}");
}

#[test]
fn a_period_may_begin_where_the_one_before_it_ends() {
    assert!(OfficeHours::parse("07:30-11:30, 11:30-17:00").is_ok());
    assert!(OfficeHours::parse("07:30-11:30, 11:29-17:00").is_err());
}

#[test]
fn a_hundred_years_are_the_most_in_every_unit() {
    let most = [Unit::WorkingDays, Unit::CalendarDays, Unit::Months, Unit::WorkingHours].map(Unit::most);
    assert_eq!(most, [36_500, 36_500, 1_200, 292_000]);
}

#[test]
fn office_time_until_midnight_asks_for_no_day_that_begins_then() {
    let at_new_year = standing("2027-01-01 00:00", Policy::Resume);
    let count = counted(&office_hours(20), "2026-12-31 08:00", &[at_new_year]);
    assert!(matches!(count.due, Due::Standing { .. }), "no table of 2027 is needed: {:?}", count.due);
}

#[test]
fn the_instant_of_closing_is_still_office_time() {
    let due = counted(&office_hours(0), "2020-04-15 17:00", &[]).due;
    assert_eq!(due, Due::On { date: day("2020-04-15"), at: at("2020-04-15 17:00") });
}

#[test]
fn office_opens_next_on_the_next_working_day_or_where_the_tables_end_on_the_next_day() {
    let next = |now: &str| Office::official().next_opening(at(now)).unwrap();
    assert_eq!(next("2020-04-17 06:00"), at("2020-04-20 07:30"));
    assert_eq!(next("2026-12-31 09:00"), at("2027-01-01 07:30"));
}

#[test]
fn a_pause_that_ended_as_the_clock_started_is_no_part_of_the_count() {
    let count = counted(&working_days(5), "2020-04-15 08:00", &[resume("2020-04-14 08:00", "2020-04-15 08:00")]);
    assert!(count.segments.iter().all(|segment| segment.kind == SegmentKind::Running), "{:?}", count.segments);
}
