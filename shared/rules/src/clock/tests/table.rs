//! One table: the input, and when the result is due. `due` shows the date, and the instant if it is not close of office
//! (17:00).

use super::*;

/// The rule a row shows, the limit, when the clock starts, the pauses, the answer.
type Row = (&'static str, Limit, &'static str, Vec<Stop>, &'static str);

fn check(given: &Row, office: &Office) -> Option<String> {
    let (rule, limit, starts_at, stops, expect) = given;
    let told = match count(limit, at(starts_at), stops, office) {
        Ok(count) => tell(&count),
        Err(error) => error.to_string(),
    };
    (told != *expect).then(|| format!("{rule}: {told}, expected {expect}"))
}

fn tell(count: &Count) -> String {
    match &count.due {
        Due::On { date, at } if *at == office_close(*date) => date.to_string(),
        Due::On { at, .. } => local(*at).strftime("%Y-%m-%d %H:%M:%S").to_string().replace(":00:00", ":00"),
        Due::Standing { paused_since, left, unit } => {
            let unit = serde_json::to_string(unit).unwrap();
            format!("since {}, {left} {}", local(*paused_since).strftime("%m-%d %H:%M"), unit.trim_matches('"'))
        }
        Due::Gap { years } => format!("gap {years:?}"),
    }
}

fn office_close(date: jiff::civil::Date) -> Timestamp {
    instant(date, jiff::civil::time(17, 0, 0, 0)).unwrap()
}

fn all_hold(rows: &[Row]) {
    let office = Office::official();
    let broken: Vec<String> = rows.iter().filter_map(|row| check(row, &office)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn working_days_by_the_civil_code() {
    let wd = working_days;
    all_hold(&[
        ("five working days over a weekend", wd(5), "2020-04-10 09:15", vec![], "2020-04-17"),
        ("the holidays of 30 April and 1 May", wd(3), "2020-04-27 16:00", vec![], "2020-05-04"),
        ("a Saturday worked in exchange", wd(2), "2024-05-02 10:00", vec![], "2024-05-04"),
        ("no pause", wd(5), "2020-04-15 08:00", vec![], "2020-04-22"),
        ("the opening minute: the day is not counted", wd(1), "2020-04-13 07:30", vec![], "2020-04-14"),
        ("during the morning", wd(1), "2020-04-13 10:15", vec![], "2020-04-14"),
        ("in the evening, still that day", wd(1), "2020-04-13 19:00", vec![], "2020-04-14"),
        ("the last minute of a day", wd(1), "2020-04-13 23:59:59", vec![], "2020-04-14"),
        ("the first instant of a day", wd(1), "2020-04-14 00:00", vec![], "2020-04-15"),
        ("on a Saturday, still that day", wd(1), "2020-04-18 10:00", vec![], "2020-04-20"),
        ("on a holiday", wd(1), "2020-04-30 10:00", vec![], "2020-05-04"),
        ("Hùng Vương day", wd(2), "2020-04-01 09:00", vec![], "2020-04-06"),
        ("over Tết 2020", wd(3), "2020-01-22 09:00", vec![], "2020-02-03"),
        ("over New Year", wd(5), "2020-12-28 09:00", vec![], "2021-01-05"),
        ("New Year 2026 has two days", wd(1), "2025-12-31 09:00", vec![], "2026-01-05"),
        ("10 January 2026 is worked", wd(1), "2026-01-09 09:00", vec![], "2026-01-10"),
        ("22 August 2026 is worked", wd(1), "2026-08-21 09:00", vec![], "2026-08-22"),
        ("26 April 2025 is worked", wd(1), "2025-04-25 09:00", vec![], "2025-04-26"),
        ("Culture Day, 24 November 2026", wd(1), "2026-11-23 09:00", vec![], "2026-11-25"),
        ("an ordinary Saturday is not worked", wd(1), "2024-05-10 09:00", vec![], "2024-05-13"),
        ("allowance 0 is the same day", wd(0), "2020-04-15 08:00", vec![], "2020-04-15"),
        ("allowance 0 in the evening", wd(0), "2020-04-15 19:00", vec![], "2020-04-15"),
        ("allowance 0 is never due on a day off", wd(0), "2020-04-18 10:00", vec![], "2020-04-20"),
    ]);
}

#[test]
fn the_day_a_starting_event_belongs_to() {
    let next = |n| next_working_day(working_days(n));
    let cutoff = |n| cutoff_at_15(working_days(n));
    all_hold(&[
        ("after hours moves", next(1), "2020-04-13 19:00", vec![], "2020-04-15"),
        ("the closing instant is in time", next(1), "2020-04-13 17:00", vec![], "2020-04-14"),
        ("a second later is not", next(1), "2020-04-13 17:00:01", vec![], "2020-04-15"),
        ("the lunch break is in time", next(1), "2020-04-13 12:15", vec![], "2020-04-14"),
        ("before opening is in time", next(1), "2020-04-13 05:00", vec![], "2020-04-14"),
        ("a day off moves", next(1), "2020-04-18 10:00", vec![], "2020-04-21"),
        ("a worked Saturday is in time", next(1), "2024-05-04 10:00", vec![], "2024-05-06"),
        ("the cutoff itself is in time", cutoff(1), "2020-04-13 15:00", vec![], "2020-04-14"),
        ("after the cutoff moves", cutoff(1), "2020-04-13 15:01", vec![], "2020-04-15"),
        ("after the cutoff on Friday", cutoff(1), "2020-04-17 16:00", vec![], "2020-04-21"),
        ("nobody gains by Saturday", cutoff(1), "2020-04-18 10:00", vec![], "2020-04-21"),
        ("same day, after 15:00 the next", cutoff(0), "2020-04-15 15:30", vec![], "2020-04-16"),
        ("both settings", cutoff_at_15(next(1)), "2020-04-13 16:00", vec![], "2020-04-15"),
        ("a month from the day it belongs to", next_working_day(months(1)), "2020-04-17 18:00", vec![], "2020-05-20"),
        (
            "a receipt after hours restarts on the next working day",
            next(5),
            "2020-04-15 08:00",
            vec![restart("2020-04-16 10:00", "2020-04-17 19:00")],
            "2020-04-27",
        ),
    ]);
}

#[test]
fn pauses_and_what_follows_them() {
    let wd5 = |stops: Vec<Stop>, rule, expect| (rule, working_days(5), "2020-04-15 08:00", stops, expect);
    let r = resume;
    all_hold(&[
        wd5(vec![r("2020-04-16 10:00", "2020-04-20 15:00")], "resume over a weekend", "2020-04-24"),
        wd5(vec![restart("2020-04-16 10:00", "2020-04-20 15:00")], "restart over a weekend", "2020-04-27"),
        wd5(vec![r("2020-04-16 17:30", "2020-04-20 08:00")], "begun after close of office", "2020-04-24"),
        wd5(vec![r("2020-04-17 09:00", "2020-04-17 15:00")], "within one day, resume", "2020-04-22"),
        wd5(vec![restart("2020-04-17 09:00", "2020-04-17 15:00")], "within one day, restart", "2020-04-24"),
        wd5(
            vec![r("2020-04-16 10:00", "2020-04-17 09:00"), r("2020-04-16 14:00", "2020-04-20 15:00")],
            "a fee and originals, one pause",
            "2020-04-24",
        ),
        wd5(vec![], "a void pause is not given", "2020-04-22"),
        wd5(vec![r("2020-04-15 09:00", "2020-04-15 10:00")], "on the starting day", "2020-04-22"),
        wd5(vec![r("2020-04-15 08:00", "2020-04-17 10:00")], "from the first instant", "2020-04-23"),
        wd5(vec![r("2020-04-13 08:00", "2020-04-17 10:00")], "from before the start", "2020-04-23"),
        wd5(vec![restart("2020-04-13 08:00", "2020-04-14 10:00")], "over before the start", "2020-04-22"),
        wd5(vec![r("2020-04-18 08:00", "2020-04-19 20:00")], "on days that do not count", "2020-04-22"),
        wd5(vec![r("2020-04-16 10:00", "2020-04-17 00:00")], "until midnight: that day is lost", "2020-04-23"),
        wd5(vec![r("2020-04-17 00:00", "2020-04-17 23:59")], "from midnight, ended that day", "2020-04-22"),
        wd5(vec![r("2020-04-17 00:00", "2020-04-18 00:00")], "exactly one day", "2020-04-23"),
        wd5(vec![r("2020-04-16 23:59", "2020-04-17 00:01")], "two minutes over midnight", "2020-04-23"),
        wd5(vec![r("2020-04-22 17:30", "2020-04-24 09:00")], "on the due day after close", "2020-04-24"),
        wd5(vec![r("2020-04-22 17:30", "2020-04-22 18:30")], "the evening of the due day", "2020-04-22"),
        wd5(vec![r("2020-04-23 00:00", "2020-04-27 09:00")], "after the due date", "2020-04-22"),
        wd5(vec![standing("2020-04-23 00:00", Policy::Resume)], "standing after the due date", "2020-04-22"),
        wd5(
            vec![r("2020-04-23 10:00", "2020-04-24 10:00"), r("2020-04-20 10:00", "2020-04-21 10:00")],
            "an earlier pause brings a later one into the limit",
            "2020-04-24",
        ),
        wd5(
            vec![r("2020-04-20 10:00", "2020-04-21 10:00"), r("2020-04-16 10:00", "2020-04-17 10:00")],
            "two pauses, the later one first",
            "2020-04-24",
        ),
        wd5(
            vec![r("2020-04-16 10:00", "2020-04-21 10:00"), r("2020-04-17 10:00", "2020-04-20 10:00")],
            "one pause within another",
            "2020-04-27",
        ),
        wd5(
            vec![restart("2020-04-16 10:00", "2020-04-17 10:00"), r("2020-04-17 10:00", "2020-04-20 10:00")],
            "touching pauses are one, and its receipt restarts",
            "2020-04-27",
        ),
        wd5(
            vec![restart("2020-04-16 10:00", "2020-04-17 10:00"), r("2020-04-21 10:00", "2020-04-22 10:00")],
            "a restart, then a resume",
            "2020-04-27",
        ),
        wd5(
            vec![restart("2020-04-16 10:00", "2020-04-17 10:00"), restart("2020-04-22 10:00", "2020-04-23 10:00")],
            "the last restart counts",
            "2020-05-04",
        ),
        wd5(vec![restart("2020-04-16 10:00", "2020-04-18 10:00")], "a receipt on Saturday", "2020-04-24"),
        (
            "0 days, paused overnight",
            working_days(0),
            "2020-04-15 08:00",
            vec![r("2020-04-15 10:00", "2020-04-17 15:00")],
            "2020-04-17",
        ),
    ]);
}

#[test]
fn standing_pauses_have_no_due_date() {
    let from = "2020-04-15 08:00";
    let stands = |since, policy| vec![standing(since, policy)];
    let resume_after = resume("2020-04-20 10:00", "2020-04-21 10:00");
    all_hold(&[
        (
            "nothing counted yet",
            working_days(5),
            from,
            stands("2020-04-16 10:00", Policy::Resume),
            "since 04-16 10:00, 5 working_days",
        ),
        (
            "one day counted",
            working_days(5),
            from,
            stands("2020-04-17 10:00", Policy::Resume),
            "since 04-17 10:00, 4 working_days",
        ),
        (
            "a restart leaves all",
            working_days(5),
            from,
            stands("2020-04-17 10:00", Policy::Restart),
            "since 04-17 10:00, 5 working_days",
        ),
        (
            "whatever joins a standing pause",
            working_days(5),
            from,
            vec![resume_after, standing("2020-04-17 10:00", Policy::Resume)],
            "since 04-17 10:00, 4 working_days",
        ),
        (
            "on the due day",
            working_days(5),
            from,
            stands("2020-04-22 16:00", Policy::Resume),
            "since 04-22 16:00, 1 working_days",
        ),
        (
            "calendar days",
            calendar_days(10),
            from,
            stands("2020-04-20 10:00", Policy::Resume),
            "since 04-20 10:00, 6 calendar_days",
        ),
        (
            "a month, going on",
            months(1),
            "2020-01-31 09:00",
            stands("2020-02-10 09:00", Policy::Resume),
            "since 02-10 09:00, 20 calendar_days",
        ),
        (
            "a month, afresh",
            months(1),
            "2020-01-31 09:00",
            stands("2020-02-10 09:00", Policy::Restart),
            "since 02-10 09:00, 1 months",
        ),
        (
            "whole hours",
            office_hours(4),
            from,
            stands("2020-04-15 10:00", Policy::Resume),
            "since 04-15 10:00, 2 working_hours",
        ),
        (
            "part of an hour",
            office_hours(4),
            from,
            stands("2020-04-15 09:30", Policy::Resume),
            "since 04-15 09:30, 150 working_minutes",
        ),
        (
            "a begun minute is left whole",
            office_hours(4),
            from,
            stands("2020-04-15 09:30:20", Policy::Resume),
            "since 04-15 09:30, 150 working_minutes",
        ),
        (
            "whole days of office hours",
            office_days(2),
            "2020-04-15 07:30",
            stands("2020-04-16 07:00", Policy::Resume),
            "since 04-16 07:00, 1 working_days",
        ),
        (
            "office hours afresh",
            office_days(2),
            from,
            stands("2020-04-15 09:30", Policy::Restart),
            "since 04-15 09:30, 960 working_minutes",
        ),
    ]);
}

#[test]
fn calendar_days_and_months() {
    let from = "2020-04-15 08:00";
    let over = |from, to| vec![resume(from, to)];
    all_hold(&[
        ("days off count", calendar_days(5), from, vec![], "2020-04-20"),
        ("ending on a Saturday", calendar_days(10), from, vec![], "2020-04-27"),
        ("ending on a holiday", calendar_days(15), from, vec![], "2020-05-04"),
        ("ending on a worked Saturday", calendar_days(3), "2024-05-01 09:00", vec![], "2024-05-04"),
        (
            "stopped days, weekends too",
            calendar_days(10),
            from,
            over("2020-04-16 10:00", "2020-04-20 15:00"),
            "2020-04-29",
        ),
        ("within one day", calendar_days(10), from, over("2020-04-25 10:00", "2020-04-25 15:00"), "2020-04-27"),
        (
            "stopped on the day off it ended on",
            calendar_days(10),
            from,
            over("2020-04-26 10:00", "2020-04-29 09:00"),
            "2020-04-29",
        ),
        ("restarted", calendar_days(10), from, vec![restart("2020-04-16 10:00", "2020-04-20 15:00")], "2020-05-04"),
        ("no such day in February, then a Saturday", months(1), "2020-01-31 10:00", vec![], "2020-03-02"),
        (
            "stopped days are added before rolling",
            months(1),
            "2020-01-31 10:00",
            over("2020-02-10 09:00", "2020-02-14 09:00"),
            "2020-03-04",
        ),
        ("the same day number", months(1), from, vec![], "2020-05-15"),
        ("the last day of a common February", months(1), "2021-01-31 10:00", vec![], "2021-03-01"),
        ("a month that ends on a holiday", months(1), "2020-03-30 10:00", vec![], "2020-05-04"),
        ("a year from a leap day", months(12), "2020-02-29 10:00", vec![], "2021-03-01"),
        (
            "a month restarted",
            months(1),
            "2020-01-31 10:00",
            vec![restart("2020-02-10 09:00", "2020-02-14 09:00")],
            "2020-03-16",
        ),
        ("no months are the same day", months(0), from, vec![], "2020-04-15"),
    ]);
}

#[test]
fn office_hours_from_the_instant() {
    let over = |from, to| vec![resume(from, to)];
    let civil_hours = Limit::civil_code(4, Unit::WorkingHours);
    all_hold(&[
        ("four hours over the night", office_hours(4), "2020-04-28 15:30", vec![], "2020-04-29 10:00"),
        (
            "hours run from the instant by the Civil Code too",
            civil_hours,
            "2020-04-28 15:30",
            vec![],
            "2020-04-29 10:00",
        ),
        ("one working day from opening", office_days(1), "2020-04-13 07:30", vec![], "2020-04-13"),
        ("one working day from mid-morning", office_days(1), "2020-04-13 10:15", vec![], "2020-04-14 10:15:00"),
        ("from the evening", office_days(1), "2020-04-13 19:00", vec![], "2020-04-14"),
        ("from a Saturday", office_days(1), "2020-04-18 10:00", vec![], "2020-04-20"),
        (
            "the earliest instant, not the next opening",
            office_hours(4),
            "2020-04-13 07:30",
            vec![],
            "2020-04-13 11:30:00",
        ),
        ("from the lunch break", office_hours(1), "2020-04-13 12:00", vec![], "2020-04-13 14:00"),
        ("over the holidays", office_hours(8), "2020-04-29 15:00", vec![], "2020-05-04 15:00"),
        ("Friday's hours on a worked Saturday", office_hours(2), "2024-05-03 16:00", vec![], "2024-05-04 08:30:00"),
        ("to the second", office_hours(1), "2020-04-13 08:15:30", vec![], "2020-04-13 09:15:30"),
        (
            "a pause over lunch costs nothing",
            office_hours(8),
            "2020-04-13 07:30",
            over("2020-04-13 11:45", "2020-04-13 12:45"),
            "2020-04-13",
        ),
        (
            "half an hour stopped",
            office_hours(8),
            "2020-04-13 07:30",
            over("2020-04-13 10:00", "2020-04-13 10:30"),
            "2020-04-14 08:00",
        ),
        (
            "restarted from the instant",
            office_hours(8),
            "2020-04-13 07:30",
            vec![restart("2020-04-13 10:00", "2020-04-13 10:30")],
            "2020-04-14 10:30:00",
        ),
        (
            "stopped at the instant it ran out",
            office_hours(4),
            "2020-04-13 07:30",
            over("2020-04-13 11:30", "2020-04-14 08:00"),
            "2020-04-13 11:30:00",
        ),
        (
            "stopped a minute before",
            office_hours(4),
            "2020-04-13 07:30",
            over("2020-04-13 11:29", "2020-04-14 08:00"),
            "2020-04-14 08:01:00",
        ),
        (
            "after a cutoff, from the next opening",
            cutoff_at_15(office_hours(1)),
            "2020-04-13 15:30",
            vec![],
            "2020-04-14 08:30:00",
        ),
        ("no hours, but never on a day off", office_hours(0), "2020-04-18 10:00", vec![], "2020-04-20 07:30:00"),
        ("no hours during the day", office_hours(0), "2020-04-13 10:10", vec![], "2020-04-13 10:10:00"),
    ]);
}

#[test]
fn gaps_and_refusals() {
    let huge = Limit::civil_code(4_000_000_000, Unit::WorkingDays);
    let backwards = resume("2020-04-17 10:00", "2020-04-16 10:00");
    all_hold(&[
        ("into 2027", working_days(5), "2026-12-29 09:00", vec![], "gap [2027]"),
        ("just before it", working_days(2), "2026-12-29 09:00", vec![], "2026-12-31"),
        (
            "a stopped day needs no table",
            working_days(1),
            "2019-06-03 09:00",
            vec![resume("2019-06-03 10:00", "2020-01-02 10:00")],
            "2020-01-02",
        ),
        ("the day that is not counted needs none", working_days(1), "2019-12-31 09:00", vec![], "2020-01-02"),
        ("the last day of an unknown year does", working_days(1), "2019-12-30 09:00", vec![], "gap [2019]"),
        ("several years", working_days(600), "2026-12-31 09:00", vec![], "gap [2027, 2028, 2029]"),
        ("years that are known are not named", working_days(300), "2019-01-02 09:00", vec![], "gap [2019]"),
        ("a calendar day to be rolled", calendar_days(31), "2026-12-01 09:00", vec![], "gap [2027]"),
        ("a month", months(1), "2026-12-01 09:00", vec![], "gap [2027]"),
        ("office hours", office_hours(16), "2026-12-31 09:00", vec![], "gap [2027]"),
        ("which day an event belongs to", next_working_day(working_days(1)), "2027-03-01 09:00", vec![], "gap [2027]"),
        (
            "a standing pause before the gap",
            working_days(5),
            "2026-12-29 09:00",
            vec![standing("2026-12-31 09:00", Policy::Resume)],
            "since 12-31 09:00, 4 working_days",
        ),
        (
            "a slip of the hand",
            huge,
            "2020-04-15 08:00",
            vec![],
            "an allowance of 4000000000 working days is above the most that is counted, 36500",
        ),
        (
            "days by office hours",
            Limit { counting: Counting::OfficeHours, ..calendar_days(3) },
            "2020-04-15 08:00",
            vec![],
            "calendar days cannot be counted by office hours",
        ),
        ("a pause backwards", working_days(3), "2020-04-15 08:00", vec![backwards], "pause 0 ends before it begins"),
        (
            "months beyond the calendar",
            months(1200),
            "9990-01-01 09:00",
            vec![],
            "the count leaves the years that can be expressed",
        ),
        ("the last day of all", working_days(1), "9999-12-30 09:00", vec![], "gap [9999]"),
    ]);
}
