//! Laws that hold for every count.

use jiff::{SignedDuration, ToSpan};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn office() -> impl Strategy<Value = Office> {
    let texts = vec!["07:30-11:30, 13:00-17:00", "07:00-11:30, 13:30-17:00", "08:00-12:00"];
    select(texts).prop_map(|text| Office { hours: OfficeHours::parse(text).unwrap(), ..Office::official() })
}

fn minutes_later(from: Timestamp, minutes: i64) -> Timestamp {
    from + SignedDuration::from_mins(minutes)
}

fn starts_at() -> impl Strategy<Value = Timestamp> {
    (0..3 * 365 * 24 * 60_i64).prop_map(|minutes| minutes_later(at("2020-01-01 00:00"), minutes))
}

fn policy() -> impl Strategy<Value = Policy> {
    select(&[Policy::Resume, Policy::Restart][..])
}

/// Draws a stop: the minutes from the start to it, its length, its policy.
fn stop(policy: impl Strategy<Value = Policy>) -> impl Strategy<Value = (i64, i64, Policy)> {
    let day = 24 * 60_i64;
    (-day..40 * day, prop_oneof![0..day, 0..12 * day], policy)
}

fn stops(starts_at: Timestamp, drawn: &[(i64, i64, Policy)]) -> Vec<Stop> {
    let stop = |&(after, lasts, policy): &(i64, i64, Policy)| {
        let from = minutes_later(starts_at, after);
        Stop { from, to: Some(minutes_later(from, lasts)), policy }
    };
    drawn.iter().map(stop).collect()
}

fn days_limit() -> impl Strategy<Value = Limit> {
    prop_oneof![(0..30_u32).prop_map(working_days), (0..40_u32).prop_map(calendar_days)]
}

/// Draws every kind of limit but months, whose length depends on where they begin.
fn fixed_limit() -> impl Strategy<Value = Limit> {
    let kinds = prop_oneof![days_limit(), (0..15_u32).prop_map(office_days), (0..60_u32).prop_map(office_hours),];
    settings(kinds)
}

fn any_limit() -> impl Strategy<Value = Limit> {
    prop_oneof![4 => fixed_limit(), 1 => settings((0..5_u32).prop_map(months))]
}

fn settings(kinds: impl Strategy<Value = Limit>) -> impl Strategy<Value = Limit> {
    let cutoff = proptest::option::of((9..20_i8).prop_map(|hour| jiff::civil::time(hour, 0, 0, 0)));
    (kinds, any::<bool>(), cutoff)
        .prop_map(|(limit, next, cutoff)| Limit { cutoff, ..if next { next_working_day(limit) } else { limit } })
}

/// Returns the due date, which every generated count has: no pause is open, and all end before 2027.
fn due(count: &Count) -> (jiff::civil::Date, Timestamp) {
    let Due::On { date, at } = &count.due else { panic!("{:?}", count.due) };
    (*date, *at)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_due_date_is_never_a_day_off(
        limit in any_limit(), start in starts_at(), drawn in vec(stop(policy()), 0..4), office in office(),
    ) {
        let (date, at) = due(&count(&limit, start, &stops(start, &drawn), &office).unwrap());
        prop_assert!(office.calendar.is_working_day(date).unwrap());
        prop_assert!(office.opening_of(date).unwrap() <= at && at <= office.close_of(date).unwrap());
    }

    #[test]
    fn more_pause_never_means_an_earlier_due_date(
        limit in fixed_limit(), start in starts_at(), drawn in vec(stop(policy()), 1..5), office in office(),
    ) {
        let all = stops(start, &drawn);
        let fewer = due(&count(&limit, start, &all[1..], &office).unwrap());
        prop_assert!(fewer <= due(&count(&limit, start, &all, &office).unwrap()));
    }

    #[test]
    fn a_longer_pause_never_means_an_earlier_due_date(
        limit in fixed_limit(), start in starts_at(), drawn in vec(stop(policy()), 1..4),
        longer in 0..5 * 24 * 60_i64, office in office(),
    ) {
        let mut all = stops(start, &drawn);
        let before = due(&count(&limit, start, &all, &office).unwrap());
        all[0].to = all[0].to.map(|to| minutes_later(to, longer));
        prop_assert!(before <= due(&count(&limit, start, &all, &office).unwrap()));
    }

    #[test]
    fn the_order_of_stops_does_not_matter(
        limit in any_limit(), start in starts_at(),
        (drawn, shuffled) in vec(stop(policy()), 0..6).prop_flat_map(|drawn| (Just(drawn.clone()), Just(drawn).prop_shuffle())),
    ) {
        let office = Office::official();
        let one = count(&limit, start, &stops(start, &drawn), &office).unwrap();
        let other = count(&limit, start, &stops(start, &shuffled), &office).unwrap();
        prop_assert_eq!((one.due, one.segments), (other.due, other.segments));
    }

    #[test]
    fn a_restart_is_never_due_earlier_than_a_resume(
        limit in fixed_limit(), start in starts_at(), drawn in vec(stop(Just(Policy::Resume)), 1..4), office in office(),
    ) {
        let mut all = stops(start, &drawn);
        let resumed = due(&count(&limit, start, &all, &office).unwrap());
        all[0].policy = Policy::Restart;
        prop_assert!(resumed <= due(&count(&limit, start, &all, &office).unwrap()));
    }

    /// A month begun later may be shorter, by three days at the most; nothing else can make a restart earlier.
    #[test]
    fn months_restarted_lose_at_most_the_difference_of_their_lengths(
        n in 0..5_u32, start in starts_at(), drawn in stop(Just(Policy::Resume)), office in office(),
    ) {
        let mut all = stops(start, &[drawn]);
        let (resumed, _) = due(&count(&months(n), start, &all, &office).unwrap());
        all[0].policy = Policy::Restart;
        let (restarted, _) = due(&count(&months(n), start, &all, &office).unwrap());
        // Before 2020 there is no table to look at.
        let earliest = resumed.saturating_sub(3.days()).max(jiff::civil::date(2020, 1, 1));
        let three_days_earlier = office.calendar.working_day_from(earliest).unwrap();
        prop_assert!(three_days_earlier <= restarted);
    }

    #[test]
    fn a_pause_that_begins_and_ends_within_one_day_moves_nothing(
        limit in settings(days_limit()), start in starts_at(), days in 0..20_i32, one in 0..1440_i64, other in 0..1440_i64,
    ) {
        let office = Office::official();
        let day = local(start).date().checked_add(days.days()).unwrap();
        let midnight = instant(day, jiff::civil::Time::midnight()).unwrap();
        let (from, to) = (minutes_later(midnight, one.min(other)), minutes_later(midnight, one.max(other)));
        let pause = Stop { from, to: Some(to), policy: Policy::Resume };
        let paused = count(&limit, start, &[pause], &office).unwrap();
        prop_assert_eq!(paused.due, count(&limit, start, &[], &office).unwrap().due);
    }

    #[test]
    fn running_segments_add_up_to_the_allowance_and_leave_no_hole(
        limit in fixed_limit(), start in starts_at(), drawn in vec(stop(policy()), 0..5), stands in any::<bool>(),
    ) {
        let mut all = stops(start, &drawn);
        if let (true, Some(stop)) = (stands, all.last_mut()) {
            stop.to = None;
        }
        let count = count(&limit, start, &all, &Office::official()).unwrap();
        let running = count.segments.iter().filter(|segment| segment.kind == SegmentKind::Running);
        let left = if let Due::Standing { left, .. } = count.due { left } else { 0 };
        let size = match (count.counted_in, limit.allowance.unit) {
            (Measure::WorkingMinutes, Unit::WorkingDays) => 480,
            (Measure::WorkingMinutes, Unit::WorkingHours) => 60,
            _ => 1,
        };
        prop_assert_eq!(running.map(|segment| segment.counted).sum::<u32>() + left, limit.allowance.n * size);
        prop_assert_eq!(count.segments[0].from, start);
        for pair in count.segments.windows(2) {
            prop_assert_eq!(pair[0].to, Some(pair[1].from));
            prop_assert!(pair[0].from <= pair[1].from);
        }
    }

    /// The rule in its plainest form, checked at the last instant of every day.
    #[test]
    fn a_day_counts_exactly_when_the_clock_is_running_at_its_end(
        limit in days_limit(), start in starts_at(), drawn in vec(stop(Just(Policy::Resume)), 0..5),
    ) {
        let (office, all) = (Office::official(), stops(start, &drawn));
        let runs_at_the_end_of = |day| {
            let last = end_of_day(day).unwrap() - SignedDuration::from_nanos(1);
            !all.iter().any(|stop| stop.from <= last && stop.to.unwrap() > last)
        };
        let worked = |day| office.calendar.is_working_day(day).unwrap();
        let mut left = limit.allowance.n;
        let mut day = local(start).date();
        while left > 0 || !worked(day) || !runs_at_the_end_of(day) {
            day = day.tomorrow().unwrap();
            let counts = limit.allowance.unit == Unit::CalendarDays || worked(day);
            left -= u32::from(left > 0 && counts && runs_at_the_end_of(day));
        }
        prop_assert_eq!(due(&count(&limit, start, &all, &office).unwrap()).0, day);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    /// Office hours, minute by minute.
    #[test]
    fn office_minutes_are_those_during_which_the_office_is_open_and_the_clock_runs(
        hours in 1..20_u32, start in starts_at(), drawn in vec(stop(Just(Policy::Resume)), 0..3),
    ) {
        let (office, all) = (Office::official(), stops(start, &drawn));
        let opens = |hour: i8, minute: i8| jiff::civil::time(hour, minute, 0, 0);
        let (mut left, mut now) = (hours * 60, start);
        while left > 0 {
            let (date, time) = (local(now).date(), local(now).time());
            let open = (opens(7, 30) <= time && time < opens(11, 30)) || (opens(13, 0) <= time && time < opens(17, 0));
            let stopped = all.iter().any(|stop| stop.from <= now && now < stop.to.unwrap());
            left -= u32::from(open && !stopped && office.calendar.is_working_day(date).unwrap());
            now = minutes_later(now, 1);
        }
        prop_assert_eq!(due(&count(&office_hours(hours), start, &all, &office).unwrap()).1, now);
    }
}
