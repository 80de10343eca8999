//! Worked examples of counting, through commands: 5 working days from Wednesday 15 April 2020 08:00 unless noted.

use super::*;

fn resuming(mut procedure: Procedure) -> Procedure {
    procedure.pauses.supplement.policy = Policy::Resume;
    procedure
}

/// Pauses for a supplement during that time; returns the date that holds afterwards.
fn due_after(procedure: Procedure, from: &str, to: &str) -> String {
    let mut life = Life::accepted(procedure);
    life.done(from, ask_supplement(&["DK.01"]));
    assert_eq!(life.due(), "none", "a clock that stands has no due date");
    life.done(to, supplement(&["DK.01"]));
    life.due()
}

#[test]
fn five_working_days_end_on_wednesday() {
    assert_eq!(Life::accepted(procedure()).due(), "2020-04-22");
}

#[test]
fn a_pause_from_thursday_evening_to_monday_moves_the_date_by_two_working_days() {
    assert_eq!(due_after(resuming(procedure()), "2020-04-16 17:30", "2020-04-20 08:00"), "2020-04-24");
}

#[test]
fn a_pause_within_a_day_moves_nothing_when_it_resumes_and_starts_afresh_when_it_restarts() {
    assert_eq!(due_after(resuming(procedure()), "2020-04-17 09:00", "2020-04-17 15:00"), "2020-04-22");
    assert_eq!(due_after(procedure(), "2020-04-17 09:00", "2020-04-17 15:00"), "2020-04-24");
}

#[test]
fn a_fee_and_originals_awaited_together_are_one_pause() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 10:00", ask_fee(200_000));
    life.done("2020-04-16 14:00", pause_for_originals(&["BC.01"]));
    let events = life.done("2020-04-17 11:00", paid(1, 200_000));
    assert_eq!(events.len(), 1, "the clock goes on standing for the originals");
    let events = life.done("2020-04-20 15:00", receipt(&["BC.01"]));
    assert!(matches!(events[1], Event::ClockResumed { policy: Policy::Resume, late: false, .. }));
    assert_eq!(life.due(), "2020-04-24");
    let (since, until) = (at("2020-04-16 10:00"), at("2020-04-20 15:00"));
    let pauses = &life.dossier().clock.as_ref().unwrap().pauses;
    assert_eq!(pauses[..], [ClosedPause { since, until, policy: Policy::Resume }]);
}

#[test]
fn a_hand_over_before_the_sweep_s_pause_voids_it_though_recorded_later() {
    let mut procedure = procedure();
    procedure.steps[1].grace_working_days = 1;
    procedure.steps[1].originals.pop();
    let mut life = Life::signing(procedure);
    life.done("2020-04-16 17:00", Action::Wake);
    assert_eq!((life.phase(), life.due()), (Phase::Paused, "none".into()));
    let events = life.recorded("2020-04-16 15:00", "2020-04-17 08:00", receipt(&["BC.01"]));
    assert!(matches!(events[1], Event::PauseVoided { since, due: Some(due), .. }
        if since == at("2020-04-16 17:00") && due.on.to_string() == "2020-04-22"));
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-22".into()));
    assert_eq!(life.wakes_at(), None);
}

#[test]
fn a_hand_over_at_the_very_start_of_a_pause_voids_it_too() {
    let mut life = Life::lacking_originals(procedure());
    let events = life.recorded("2020-04-17 17:00", "2020-04-20 08:00", receipt(&["BC.01", "BC.02"]));
    assert!(matches!(events[1], Event::PauseVoided { .. }));
    let mut life = Life::lacking_originals(procedure());
    let events = life.recorded("2020-04-17 17:01", "2020-04-20 08:00", receipt(&["BC.01", "BC.02"]));
    assert!(matches!(events[1], Event::ClockResumed { at: then, .. } if then == at("2020-04-17 17:01")));
}

#[test]
fn one_working_day_accepted_on_a_saturday_ends_on_monday() {
    let mut life = Life::filed(Procedure { limit: Limit::civil_code(1, Unit::WorkingDays), ..procedure() });
    life.done("2020-04-18 10:00", Action::Accept { code: None });
    assert_eq!(life.due(), "2020-04-20");
}

#[test]
fn a_month_from_the_last_of_january_with_a_pause_ends_in_march() {
    let mut life = Life::under(resuming(Procedure { limit: Limit::civil_code(1, Unit::Months), ..procedure() }));
    let code = Some("G22.99.8-200131-00001".into());
    let procedure = life.procedure.reference();
    let source = Source::Portal("dvcqg".into());
    life.done(
        "2020-01-31 08:00",
        Action::Submit(Submission { source, filing: Filing::Post, procedure, code, enclosed: Enclosed::default() }),
    );
    life.done("2020-01-31 08:00", Action::Accept { code: None });
    assert_eq!(life.due(), "2020-03-02", "29 February is a Saturday");
    life.done("2020-02-10 08:00", ask_supplement(&["DK.01"]));
    life.done("2020-02-14 08:00", supplement(&["DK.01"]));
    assert_eq!(life.due(), "2020-03-04");
}

#[test]
fn a_pause_after_the_due_date_is_recorded_and_the_dossier_stays_late() {
    for asked in [ask_supplement(&["DK.01"]), ask_fee(9)] {
        let mut life = Life::accepted(procedure());
        let events = life.done("2020-04-23 08:00", asked);
        assert!(matches!(events[1], Event::ClockPaused { overdue: true, .. }));
        assert_eq!((life.phase(), life.due()), (Phase::Paused, "2020-04-22".into()));
        life.done("2020-04-27 08:00", supplement(&["DK.01"]));
        if life.dossier().owes() {
            life.done("2020-04-27 08:00", paid(1, 9));
        }
        assert_eq!((life.phase(), life.due()), (Phase::Accepted, "2020-04-22".into()));
    }
}

#[test]
fn a_pause_on_the_evening_of_the_due_date_still_stops_the_clock() {
    let mut life = Life::accepted(resuming(procedure()));
    let events = life.done("2020-04-22 20:00", ask_supplement(&["DK.01"]));
    assert!(matches!(events[1], Event::ClockPaused { overdue: false, .. }));
    life.done("2020-04-24 08:00", supplement(&["DK.01"]));
    assert_eq!(life.due(), "2020-04-24");
}

#[test]
fn office_hours_are_late_from_the_very_minute() {
    let limit = Limit { counting: crate::clock::Counting::OfficeHours, ..Limit::civil_code(1, Unit::WorkingDays) };
    let mut life = Life::accepted(Procedure { limit, ..procedure() });
    assert_eq!(life.dossier().due().unwrap().at, at("2020-04-16 08:00"));
    assert_eq!(life.dossier().late_from(&limit).unwrap(), Some(at("2020-04-16 08:00")));
    let mut late = life.clone();
    let events = late.done("2020-04-16 08:00", ask_fee(9));
    assert!(matches!(events[1], Event::ClockPaused { overdue: true, .. }));
    assert_eq!(late.due(), "2020-04-16");
    let events = life.done("2020-04-16 07:59", ask_fee(9));
    assert!(matches!(events[1], Event::ClockPaused { overdue: false, .. }));
    assert_eq!(life.due(), "none");
}

#[test]
fn a_thing_that_was_in_before_another_was_asked_leaves_a_gap_in_which_the_clock_ran() {
    let mut life = Life::lacking_originals(procedure());
    // The fee is asked for on Monday while the office does not know yet that the originals came on Friday evening.
    life.done("2020-04-20 09:00", ask_fee(200_000));
    life.recorded("2020-04-17 19:00", "2020-04-20 10:00", receipt(&["BC.01", "BC.02"]));
    let events = life.done("2020-04-21 09:00", paid(1, 200_000));
    assert!(matches!(events[1], Event::ClockResumed { at: then, .. } if then == at("2020-04-21 09:00")));
    // The count is as if each had been known when it happened: only Monday's end fell into a pause.
    assert_eq!(life.due(), "2020-04-23");
    assert_eq!(life.dossier().clock.as_ref().unwrap().pauses.len(), 2);
}

#[test]
fn money_that_is_known_late_shows_that_the_time_had_run_out_before_something_else_was_asked() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-15 09:00", ask_fee(200_000));
    life.done("2020-04-28 09:00", ask_supplement(&["DK.01"]));
    assert_eq!(life.due(), "none", "as far as is known, the clock has stood since the fee was asked");
    let events = life.recorded("2020-04-15 11:00", "2020-04-28 10:00", paid(1, 200_000));
    assert!(matches!(events[..], [Event::FeePaid { .. }, Event::DueCounted { promised: None, .. }]), "{events:?}");
    let Stage::Paused(pause) = &life.dossier().stage else { panic!("paused") };
    assert!(pause.overdue, "it ran from the payment on, and was late when the supplement was asked");
    let late = life.due();
    life.done("2020-04-29 09:00", supplement(&["DK.01"]));
    assert_eq!(life.due(), late, "a late dossier stays late");
}

#[test]
fn a_thing_handed_over_before_it_was_awaited_leaves_only_what_else_stopped_the_clock() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 09:00", ask_fee(200_000));
    life.recorded("2020-04-17 15:00", "2020-04-20 10:00", receipt(&["BC.01", "BC.02"]));
    let Stage::Paused(pause) = &life.dossier().stage else { panic!("paused") };
    assert_eq!(pause.since, at("2020-04-20 09:00"), "the clock stands since the fee was asked");
    life.done("2020-04-20 15:00", paid(1, 200_000));
    assert_eq!(life.due(), "2020-04-22");
}

#[test]
fn one_thing_that_restarts_makes_the_whole_pause_restart() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 10:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-16 11:00", ask_fee(9));
    life.done("2020-04-17 10:00", supplement(&["DK.01"]));
    let events = life.done("2020-04-20 10:00", paid(1, 9));
    assert!(matches!(events[1], Event::ClockResumed { policy: Policy::Restart, .. }));
    assert_eq!(life.due(), "2020-04-27");

    let mut life = Life::signing(procedure());
    life.done("2020-04-16 10:00", ask_fee(9));
    life.done("2020-04-16 11:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-17 10:00", supplement(&["DK.01"]));
    life.done("2020-04-20 10:00", paid(1, 9));
    assert_eq!(life.due(), "2020-04-27", "whichever came first");
}

#[test]
fn a_thing_that_was_in_at_the_instant_another_was_asked_leaves_no_gap() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 09:00", ask_fee(200_000));
    life.recorded("2020-04-20 09:00", "2020-04-20 10:00", receipt(&["BC.01", "BC.02"]));
    life.done("2020-04-21 09:00", paid(1, 200_000));
    let (since, until) = (at("2020-04-17 17:00"), at("2020-04-21 09:00"));
    let pauses = &life.dossier().clock.as_ref().unwrap().pauses;
    assert_eq!(pauses[..], [ClosedPause { since, until, policy: Policy::Resume }]);
    assert_eq!(life.due(), "2020-04-24");
}

#[test]
fn a_supplement_handed_over_before_it_was_asked_restarts_nothing() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 10:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-16 11:00", ask_fee(9));
    life.recorded("2020-04-16 09:00", "2020-04-17 09:00", receipt(&["DK.01"]));
    let events = life.done("2020-04-17 10:00", paid(1, 9));
    assert!(matches!(events[1], Event::ClockResumed { policy: Policy::Resume, .. }));
    assert_eq!(life.due(), "2020-04-23");
}

#[test]
fn a_year_without_a_holiday_table_is_shown_as_a_gap_and_stops_no_work() {
    let mut life = Life::filed(procedure());
    life.dossier.as_mut().unwrap().submitted_at = at("2026-12-29 08:00");
    let events = life.done("2026-12-30 08:00", Action::Accept { code: None });
    assert!(matches!(&events[1], Event::ClockStarted { due: None, gap, .. } if gap[..] == [2027]));
    assert_eq!((life.due(), &life.dossier().clock.as_ref().unwrap().gap[..]), ("none".into(), &[2027][..]));
    life.done("2026-12-31 08:00", enter("signing"));
    assert_eq!(life.phase(), Phase::InProgress, "no pause is guessed");
    assert_eq!(life.refused("2026-12-31 09:00", apologise("2027-01-04")), Refusal::Gap);
}
