//! The case that a dossier makes in the statistics.

use super::*;
use crate::statistics::{Case, Class, DueBasis, Ending, Settings};

fn case(life: &Life) -> Case {
    Case::of(life.dossier(), Some(&life.procedure.limit)).expect("it was accepted")
}

fn class(life: &Life, as_of: &str) -> Class {
    Class::of(&case(life), at(as_of), Settings::default())
}

#[test]
fn a_dossier_that_was_never_accepted_is_in_no_figure() {
    let mut life = Life::filed(procedure());
    assert_eq!(Case::of(life.dossier(), None), None);
    life.done("2020-04-15 08:00", Action::RefuseIntake { reason: "không thuộc thẩm quyền".into() });
    assert_eq!(Case::of(life.dossier(), None), None);
}

#[test]
fn a_dossier_is_early_on_time_or_late_by_when_its_result_was_ready() {
    for (ready, expected) in
        [("2020-04-21 16:00", Class::Early), ("2020-04-22 23:00", Class::OnTime), ("2020-04-23 00:00", Class::Late)]
    {
        let mut life = Life::accepted(procedure());
        assert_eq!(
            class(&life, ready),
            if expected == Class::Late { Class::RunningLate } else { Class::RunningInTime }
        );
        life.done(ready, positive());
        life.done("2020-05-20 08:00", hand_out(false));
        assert_eq!(class(&life, "2020-06-01 08:00"), expected, "{ready}: when it is handed out is not the office's");
        assert_eq!(case(&life).ended, Some((Ending::Finished, at(ready))));
    }
}

#[test]
fn a_clock_that_stands_is_in_no_column_of_those_in_time_or_late() {
    let mut life = Life::lacking_originals(with_waits());
    assert_eq!(class(&life, "2020-06-01 08:00"), Class::Paused);
    life.sleeps_until("2020-06-01 08:00");
    life.done("2020-06-01 08:00", negative());
    assert_eq!(class(&life, "2020-06-02 08:00"), Class::Paused, "refused while its clock stood");
    let mut late = Life::accepted(procedure());
    late.done("2020-04-23 08:00", ask_fee(9));
    assert_eq!(class(&late, "2020-04-24 08:00"), Class::RunningLate, "a pause after the due date leaves it late");
}

#[test]
fn the_three_dates_of_an_apology_after_a_pause_are_told_apart() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 10:00", ask_fee(9));
    life.done("2020-04-20 15:00", paid(1, 9));
    life.done("2020-04-22 08:00", apologise("2020-04-28"));
    let case = case(&life);
    let late_from = |basis| case.due(basis).unwrap().late_from;
    assert_eq!(late_from(DueBasis::Original), at("2020-04-23 00:00"));
    assert_eq!(late_from(DueBasis::Counted), at("2020-04-25 00:00"));
    assert_eq!(late_from(DueBasis::Promised), at("2020-04-29 00:00"));
    assert_eq!((case.fee_asked, case.paid_online), (true, true));
}

#[test]
fn supplements_are_counted_at_intake_too_and_one_that_is_awaited_is_known() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-14 16:30", ask_supplement(&["DK.01"]));
    life.done("2020-04-14 16:40", supplement(&[]));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    assert_eq!((case(&life).supplement_requests, case(&life).supplement_asked_at), (1, None));
    life.done("2020-04-16 08:00", ask_supplement(&["DK.02"]));
    assert_eq!((case(&life).supplement_requests, case(&life).supplement_asked_at), (2, Some(at("2020-04-16 08:00"))));
}

#[test]
fn a_waived_fee_is_not_asked_and_an_unstarted_clock_has_a_column() {
    let mut life = Life::accepted(Procedure { starts_on: ClockStart::FeePaid, ..procedure() });
    life.done("2020-04-15 09:00", ask_fee(9));
    assert_eq!((class(&life, "2020-05-15 09:00"), case(&life).fee_asked), (Class::NotStarted, true));
    life.done("2020-04-16 09:00", waive(Reason::Fee, &[]));
    assert_eq!((class(&life, "2020-04-16 09:00"), case(&life).fee_asked), (Class::RunningInTime, false));
}

#[test]
fn withdrawn_closed_and_gap_years_have_columns_of_their_own() {
    let mut withdrawn = Life::accepted(procedure());
    withdrawn.done("2020-04-16 09:00", withdraw());
    assert_eq!(class(&withdrawn, "2020-06-01 08:00"), Class::Withdrawn);
    let mut closed = Life::lacking_originals(procedure());
    closed.done("2020-04-20 09:00", close());
    assert_eq!(class(&closed, "2020-06-01 08:00"), Class::Closed);
    let mut gap = Life::filed(procedure());
    gap.done("2026-12-30 08:00", Action::Accept { code: None });
    assert_eq!(class(&gap, "2026-12-31 08:00"), Class::NoTable);
}

#[test]
fn what_is_paid_in_cash_is_not_paid_online() {
    for (pays, online) in [(cash(1, 9, "0001234"), false), (paid(1, 9), true)] {
        let mut life = Life::accepted(procedure());
        life.done("2020-04-16 10:00", ask_fee(9));
        assert!(case(&life).fee_asked && !case(&life).paid_online, "asked and not paid yet");
        life.done("2020-04-16 11:00", pays);
        assert_eq!((case(&life).fee_asked, case(&life).paid_online), (true, online));
    }
}
