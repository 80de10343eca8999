//! The parts of a count.

use super::*;

/// Writes the segments in short: from, to, kind, counted.
fn told(count: &Count) -> Vec<String> {
    let show = |at: Timestamp| local(at).strftime("%d %H:%M").to_string();
    let tell = |segment: &Segment| {
        let to = segment.to.map_or("…".to_owned(), show);
        format!("{}–{to} {:?} {}", show(segment.from), segment.kind, segment.counted)
    };
    count.segments.iter().map(tell).collect()
}

#[test]
fn a_resumed_count_adds_up_and_ends_when_it_is_due() {
    let count = counted(&working_days(5), "2020-04-15 08:00", &[resume("2020-04-17 10:00", "2020-04-20 15:00")]);
    assert_eq!(
        told(&count),
        ["15 08:00–17 10:00 Running 1", "17 10:00–20 15:00 Paused 0", "20 15:00–23 17:00 Running 4"]
    );
    assert_eq!(count.counted_in, Measure::WorkingDays);
}

#[test]
fn what_a_restart_annulled_stays_visible() {
    let stops = [resume("2020-04-16 10:00", "2020-04-17 09:00"), restart("2020-04-21 10:00", "2020-04-22 15:00")];
    let count = counted(&working_days(3), "2020-04-15 08:00", &stops);
    assert_eq!(
        told(&count),
        [
            "15 08:00–16 10:00 Annulled 0",
            "16 10:00–17 09:00 Paused 0",
            "17 09:00–21 10:00 Annulled 2",
            "21 10:00–22 15:00 Paused 0",
            "22 15:00–27 17:00 Running 3",
        ]
    );
}

#[test]
fn a_clock_that_resumed_after_close_of_office_ends_at_midnight() {
    let count = counted(&working_days(1), "2020-04-15 08:00", &[resume("2020-04-16 17:30", "2020-04-16 18:30")]);
    assert_eq!(told(&count)[2], "16 18:30–17 00:00 Running 1");
    assert_eq!(count.due, Due::On { date: day("2020-04-16"), at: at("2020-04-16 17:00") });
}

#[test]
fn office_minutes_that_are_not_whole_hours_are_told_in_minutes() {
    let half_past = resume("2020-04-15 09:30:30", "2020-04-15 10:00");
    let count = counted(&office_hours(2), "2020-04-15 09:00", &[half_past]);
    assert_eq!(
        told(&count),
        ["15 09:00–15 09:30 Running 30", "15 09:30–15 10:00 Paused 0", "15 10:00–15 11:29 Running 90"]
    );
    assert_eq!(count.counted_in, Measure::WorkingMinutes);
    let whole = counted(&office_hours(2), "2020-04-15 09:00", &[]);
    assert_eq!((whole.counted_in, whole.segments[0].counted), (Measure::WorkingHours, 2));
}

#[test]
fn a_standing_pause_and_a_gap_leave_the_last_segment_open() {
    let stands = counted(&working_days(5), "2020-04-15 08:00", &[standing("2020-04-16 10:00", Policy::Resume)]);
    assert_eq!(told(&stands), ["15 08:00–16 10:00 Running 0", "16 10:00–… Paused 0"]);
    let gap = counted(&working_days(5), "2026-12-29 08:00", &[]);
    assert_eq!(told(&gap), ["29 08:00–… Running 2"]);
}

#[test]
fn stops_after_the_limit_ran_out_are_named_by_their_place() {
    let late = resume("2020-04-23 00:00", "2020-04-24 09:00");
    let count = counted(&working_days(5), "2020-04-15 08:00", &[late, resume("2020-04-16 09:00", "2020-04-16 10:00")]);
    assert_eq!(count.stops_after_end, [0]);
    let at_the_end = resume("2020-04-15 10:00", "2020-04-15 11:00");
    assert_eq!(counted(&office_hours(2), "2020-04-15 08:00", &[at_the_end]).stops_after_end, [0]);
}

#[test]
fn a_dossier_is_late_from_midnight_after_the_due_date_and_at_once_under_office_hours() {
    let late_from = |limit: Limit| {
        let count = counted(&limit, "2020-04-15 08:00", &[]);
        limit.late_from(&count.due).unwrap()
    };
    assert_eq!(late_from(working_days(5)), Some(at("2020-04-23 00:00")));
    assert_eq!(late_from(office_hours(2)), Some(at("2020-04-15 10:00")));
    let nothing_due = Due::Gap { years: vec![2027] };
    assert_eq!(working_days(5).late_from(&nothing_due).unwrap(), None);
}

#[test]
fn a_limit_is_written_with_its_defaults_left_out() {
    let limit: Limit = toml::from_str("allowance = { n = 5, unit = \"working_days\" }").unwrap();
    assert_eq!(limit, working_days(5));
    let spelled: Limit = toml::from_str(
        "allowance = { n = 8, unit = \"working_hours\" }\ncounting = \"office_hours\"\n\
         after_hours = \"next_working_day\"\ncutoff = \"15:00\"",
    )
    .unwrap();
    assert_eq!(spelled, cutoff_at_15(next_working_day(office_hours(8))));
    assert!(toml::from_str::<Limit>("allowance = { n = 5, unit = \"working_days\" }\ncutof = \"15:00\"").is_err());
}

#[test]
fn a_count_survives_being_stored() {
    let count = counted(&working_days(5), "2020-04-15 08:00", &[standing("2020-04-16 10:00", Policy::Restart)]);
    let stored = serde_json::to_string(&count).unwrap();
    assert_eq!(serde_json::from_str::<Count>(&stored).unwrap(), count);
}
