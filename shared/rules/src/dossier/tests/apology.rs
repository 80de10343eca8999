//! Apologies, and the date promised with them.

use super::*;

#[test]
fn an_apology_sent_a_day_before_the_due_date_is_on_time_and_marked_late_afterwards() {
    for (now, expected) in [("2020-04-21 23:59", false), ("2020-04-22 00:00", true), ("2020-04-23 08:00", true)] {
        let mut life = Life::accepted(procedure());
        let events = life.done(now, apologise("2020-04-24"));
        let due = |on: &str| DueDate { on: on.parse().unwrap(), at: at(&format!("{on} 17:00")) };
        let apologised = Event::Apologised {
            reason: "chờ ý kiến".into(),
            was: Some(due("2020-04-22")),
            promised: due("2020-04-24"),
            late: expected,
        };
        assert_eq!(events, [apologised]);
        assert_eq!(life.due(), "2020-04-24");
        let clock = life.dossier().clock.as_ref().unwrap();
        assert_eq!((clock.due, clock.first_due), (Some(due("2020-04-22")), Some(due("2020-04-22"))), "kept beside it");
    }
}

#[test]
fn a_new_date_is_promised_once() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", apologise("2020-04-24"));
    assert_eq!(life.refused("2020-04-21 08:00", apologise("2020-04-27")), Refusal::AlreadyApologised);
}

#[test]
fn a_new_date_is_a_working_day_later_than_the_due_date_and_today() {
    let life = Life::accepted(procedure());
    for (now, on) in [
        ("2020-04-20 08:00", "2020-04-22"),
        ("2020-04-20 08:00", "2020-04-21"),
        ("2020-04-20 08:00", "2020-04-25"),
        ("2020-04-20 08:00", "2020-04-30"),
        ("2020-04-24 08:00", "2020-04-24"),
    ] {
        assert_eq!(life.refused(now, apologise(on)), Refusal::NotLater, "{on}");
    }
    assert_eq!(life.refused("2020-04-20 08:00", apologise("2031-04-24")), Refusal::Gap);
}

#[test]
fn while_the_clock_stands_only_a_dossier_that_was_late_before_has_a_date_to_move() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", ask_fee(9));
    for now in ["2020-04-20 09:00", "2020-05-20 08:00"] {
        assert_eq!(life.refused(now, apologise("2020-06-24")), Refusal::NothingDue, "{now}");
    }
    let mut late = Life::accepted(procedure());
    late.done("2020-04-23 08:00", ask_fee(9));
    late.done("2020-05-20 08:00", apologise("2020-06-24"));
    assert_eq!(late.due(), "2020-06-24");
    let mut waiting = Life::accepted(Procedure { starts_on: ClockStart::FeePaid, ..procedure() });
    waiting.done("2020-04-15 09:00", ask_fee(9));
    assert_eq!(waiting.refused("2020-04-20 08:00", apologise("2020-06-24")), Refusal::NothingDue);
}

#[test]
fn a_later_pause_moves_the_promised_date_too() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", apologise("2020-04-24"));
    life.done("2020-04-21 08:00", ask_fee(9));
    assert_eq!(life.due(), "none");
    // The ends of Tuesday, Wednesday and Thursday fall into the pause.
    let events = life.done("2020-04-24 08:00", paid(1, 9));
    let promised = DueDate { on: "2020-04-29".parse().unwrap(), at: at("2020-04-29 17:00") };
    assert!(matches!(events[1], Event::ClockResumed { promised: Some(told), .. } if told == promised));
    assert_eq!(life.due(), "2020-04-29");
    assert_eq!(life.dossier().clock.as_ref().unwrap().due.unwrap().on.to_string(), "2020-04-27");
}

#[test]
fn a_pause_after_the_counted_date_but_before_the_promised_one_moves_the_promise_only() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-21 08:00", apologise("2020-04-28"));
    let events = life.done("2020-04-23 08:00", ask_fee(9));
    assert!(matches!(events[1], Event::ClockPaused { overdue: false, .. }));
    life.done("2020-04-24 08:00", paid(1, 9));
    assert_eq!(life.due(), "2020-04-29");
    assert_eq!(life.dossier().clock.as_ref().unwrap().due.unwrap().on.to_string(), "2020-04-22");
}

#[test]
fn a_pause_after_the_promised_date_moves_nothing() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-21 08:00", apologise("2020-04-24"));
    let events = life.done("2020-04-25 08:00", ask_fee(9));
    assert!(matches!(events[1], Event::ClockPaused { overdue: true, .. }));
    assert_eq!(life.due(), "2020-04-24");
    life.done("2020-04-29 08:00", paid(1, 9));
    assert_eq!(life.due(), "2020-04-24");
}

#[test]
fn a_promise_is_never_earlier_than_a_count_that_began_afresh() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", apologise("2020-04-23"));
    life.done("2020-04-21 08:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-21 15:00", supplement(&[]));
    assert_eq!(life.due(), "2020-04-28", "five working days from Tuesday");
}

#[test]
fn a_promise_survives_a_pause_that_never_was() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", apologise("2020-04-24"));
    life.done("2020-04-21 08:00", pause_for_originals(&["BC.01"]));
    let events = life.done("2020-04-23 08:00", void());
    assert!(matches!(events[0], Event::PauseVoided { due: Some(due), .. } if due.on.to_string() == "2020-04-24"));
    assert_eq!(life.due(), "2020-04-24");
}
