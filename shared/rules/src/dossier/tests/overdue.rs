//! The flag before the due date, lateness, and the holder of the dossier.

use super::*;
use crate::notice::Standing;

fn stands(life: &Life, now: &str) -> Overdue {
    overdue(
        life.dossier(),
        Terms { procedure: Some(&life.procedure), office: &life.office, channel: None, notices: Standing::none() },
        at(now),
    )
    .unwrap()
}

fn is(life: &Life, now: &str) -> Punctuality {
    stands(life, now).punctuality
}

fn late(working_days: u32) -> Punctuality {
    Punctuality::Late { working_days: Some(working_days) }
}

fn day(on: &str) -> Option<DueDate> {
    Some(DueDate { on: on.parse().unwrap(), at: at(&format!("{on} 17:00")) })
}

#[test]
fn a_dossier_is_flagged_at_opening_of_the_working_day_that_still_leaves_one_to_apologise() {
    let life = Life::accepted(procedure());
    assert_eq!(life.due(), "2020-04-22");
    assert_eq!(is(&life, "2020-04-21 07:29"), Punctuality::InTime);
    assert_eq!(is(&life, "2020-04-21 07:30"), Punctuality::DueSoon);
    assert_eq!(is(&life, "2020-04-22 23:59"), Punctuality::DueSoon, "the whole due day is left");
}

#[test]
fn a_flag_before_days_off_goes_up_before_them() {
    let mut procedure = procedure();
    procedure.limit = Limit::civil_code(9, Unit::WorkingDays);
    let mut life = Life::filed(procedure);
    life.done("2020-04-20 08:00", Action::Accept { code: None });
    // 30 April and 1 May are days off, then comes a weekend.
    assert_eq!((life.due().as_str(), is(&life, "2020-05-04 07:29")), ("2020-05-05", Punctuality::InTime));
    life.procedure.limit = Limit::civil_code(8, Unit::WorkingDays);
    let mut life = Life::filed(life.procedure);
    life.done("2020-04-20 08:00", Action::Accept { code: None });
    assert_eq!(life.due(), "2020-05-04");
    assert_eq!(is(&life, "2020-04-29 07:29"), Punctuality::InTime);
    assert_eq!(is(&life, "2020-04-29 07:30"), Punctuality::DueSoon);
    assert_eq!(is(&life, "2020-05-02 12:00"), Punctuality::DueSoon);
}

#[test]
fn a_dossier_is_late_only_from_midnight_after_the_due_day_and_working_days_are_counted() {
    let life = Life::accepted(procedure());
    for (now, working_days) in [
        ("2020-04-23 00:00", 1),
        ("2020-04-24 23:59", 2),
        ("2020-04-26 10:00", 2),
        ("2020-04-29 08:00", 5),
        ("2020-05-01 08:00", 5),
        ("2020-05-04 08:00", 6),
    ] {
        assert_eq!(is(&life, now), late(working_days), "{now}");
    }
}

#[test]
fn a_date_before_a_weekend_is_late_on_saturday_by_no_working_day_yet() {
    let mut procedure = procedure();
    procedure.limit = Limit::civil_code(2, Unit::WorkingDays);
    let life = Life::accepted(procedure);
    assert_eq!(life.due(), "2020-04-17");
    assert_eq!(is(&life, "2020-04-18 00:00"), late(0));
    assert_eq!(is(&life, "2020-04-20 00:00"), late(1));
}

#[test]
fn office_hours_are_late_from_the_instant() {
    let mut procedure = procedure();
    procedure.limit = Limit::civil_code(4, Unit::WorkingHours);
    let life = Life::accepted(procedure);
    // 08:00 to 11:30, then half an hour of the afternoon.
    assert_eq!(life.dossier().due().unwrap().at, at("2020-04-15 13:30"));
    assert_eq!(is(&life, "2020-04-15 13:29"), Punctuality::DueSoon);
    assert_eq!(is(&life, "2020-04-15 13:30"), late(0));
}

#[test]
fn the_original_the_counted_and_the_promised_date_stand_side_by_side() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 10:00", ask_fee(9));
    life.done("2020-04-20 15:00", paid(1, 9));
    life.done("2020-04-22 08:00", apologise("2020-04-28"));
    let seen = stands(&life, "2020-04-25 08:00");
    assert_eq!((seen.original, seen.counted, seen.promised), (day("2020-04-22"), day("2020-04-24"), day("2020-04-28")));
    assert_eq!(seen.punctuality, Punctuality::InTime, "the promised date holds");
    assert_eq!((seen.due_soon_from, seen.late_from), (Some(at("2020-04-27 07:30")), Some(at("2020-04-29 00:00"))));
    assert_eq!(is(&life, "2020-04-29 00:00"), late(1));
}

#[test]
fn while_the_clock_stands_nothing_is_late_unless_it_was_before() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", ask_fee(9));
    let seen = stands(&life, "2020-06-20 08:00");
    assert_eq!((seen.punctuality, seen.counted, seen.late_from), (Punctuality::Paused, None, None));
    assert_eq!(seen.original, day("2020-04-22"));
    let mut was_late = Life::accepted(procedure());
    was_late.done("2020-04-23 08:00", ask_fee(9));
    assert_eq!(is(&was_late, "2020-04-27 08:00"), late(3), "a pause after the due date leaves it late");
}

#[test]
fn what_is_over_is_judged_by_when_its_clock_ended() {
    for (ended, expected) in [("2020-04-22 16:00", Punctuality::InTime), ("2020-04-24 08:00", late(2))] {
        let mut life = Life::accepted(procedure());
        life.done(ended, positive());
        assert_eq!(is(&life, "2020-12-30 08:00"), expected, "{ended}");
    }
    let mut withdrawn = Life::accepted(procedure());
    withdrawn.done("2020-04-16 08:00", ask_fee(9));
    withdrawn.done("2020-06-16 08:00", withdraw());
    assert_eq!(is(&withdrawn, "2020-12-30 08:00"), Punctuality::Paused);
}

#[test]
fn before_acceptance_and_before_the_fee_no_clock_has_started() {
    assert_eq!(is(&Life::filed(procedure()), "2020-06-16 08:00"), Punctuality::NotStarted);
    let fee_first = Life::accepted(Procedure { starts_on: ClockStart::FeePaid, ..procedure() });
    assert_eq!(is(&fee_first, "2020-06-16 08:00"), Punctuality::NotStarted);
}

#[test]
fn a_year_without_a_table_is_named_and_no_date_is_guessed() {
    let mut life = Life::filed(procedure());
    life.done("2026-12-28 08:00", Action::Accept { code: None });
    assert_eq!(is(&life, "2026-12-30 08:00"), Punctuality::NotCounted { years: vec![2027] });
    let mut in_time = Life::filed(procedure());
    in_time.done("2026-12-24 08:00", Action::Accept { code: None });
    assert_eq!(in_time.due(), "2026-12-31");
    assert_eq!(is(&in_time, "2027-01-04 08:00"), Punctuality::Late { working_days: None });
}

#[test]
fn a_dossier_is_held_by_its_assignee_or_by_the_desk_of_its_agency() {
    let mut life = Life::accepted(procedure());
    let agency = life.dossier().agency.clone();
    assert_eq!(stands(&life, "2020-04-16 08:00").held_by, HeldBy::Desk(agency));
    life.done("2020-04-16 08:00", Action::Forward { to: "u-18".into() });
    assert_eq!(stands(&life, "2020-04-16 08:00").held_by, HeldBy::Staff("u-18".into()));
}

#[test]
fn work_goes_to_a_leader_and_back_to_the_desk_which_takes_it_once() {
    let mut life = Life::accepted(procedure());
    let agency = life.dossier().agency.clone();
    assert_eq!(life.refused("2020-04-16 08:00", Action::ReturnToDesk), Refusal::AtTheDesk);
    let put = life.done("2020-04-16 08:00", Action::PutToLeader { to: "u-1".into() });
    assert_eq!(put, [Event::PutToLeader { to: "u-1".into() }]);
    assert_eq!(stands(&life, "2020-04-16 08:00").held_by, HeldBy::Staff("u-1".into()));
    assert_eq!(life.phase(), Phase::InProgress);
    assert_eq!(life.done("2020-04-16 09:00", Action::ReturnToDesk), [Event::ReturnedToDesk]);
    assert_eq!(stands(&life, "2020-04-16 09:00").held_by, HeldBy::Desk(agency));
    assert_eq!(life.phase(), Phase::InProgress);
    assert_eq!(life.refused("2020-04-16 09:00", Action::ReturnToDesk), Refusal::AtTheDesk);
}

#[test]
fn a_procedure_that_the_catalogue_lost_leaves_the_date_that_was_counted() {
    let life = Life::accepted(procedure());
    let seen = |now| {
        overdue(
            life.dossier(),
            Terms { procedure: None, office: &life.office, channel: None, notices: Standing::none() },
            at(now),
        )
        .unwrap()
    };
    assert_eq!(seen("2020-04-22 23:59").punctuality, Punctuality::DueSoon);
    assert_eq!(seen("2020-04-23 00:00").punctuality, late(1));
}
