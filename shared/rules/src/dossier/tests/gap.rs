//! A year whose days off are not announced yet, and the day on which they are.

use super::*;
use crate::clock::Calendar;
use crate::notice::Standing;

/// Returns the tables, with one of 2027 as a notice might announce it.
fn announced() -> Office {
    let year = "[[years]]\nyear = 2027\nnotice = \"mẫu\"\ndays_off = [\"2027-01-01\", \"2027-02-08\"]";
    let calendar = Calendar::official().with(Calendar::from_toml(year).unwrap());
    Office { calendar, ..Office::official() }
}

/// Returns a dossier accepted on Tuesday 29 December 2026 at 08:00, with five working days.
fn at_year_s_end(procedure: Procedure) -> Life {
    let mut life = Life::under(procedure);
    let (source, filing) = (Source::Office, Filing::Online);
    let procedure = life.procedure.reference();
    let code = Some("H32-1".into());
    life.done(
        "2026-12-28 08:00",
        Action::Submit(Submission { source, filing, procedure, code, enclosed: Enclosed::default() }),
    );
    life.done("2026-12-29 08:00", Action::Accept { code: None });
    life
}

#[test]
fn an_open_due_date_is_looked_at_every_day_and_counted_the_day_the_table_is_there() {
    let mut life = at_year_s_end(procedure());
    assert_eq!((life.due(), life.wakes_at()), ("none".into(), Some(at("2026-12-30 07:30"))));
    let events = life.done("2026-12-30 07:32", Action::Wake);
    assert_eq!(events, [Event::GapMet { years: vec![2027], look_at: at("2026-12-31 07:30") }]);
    life.done("2026-12-31 07:30", Action::Wake);
    // Beyond the tables nobody knows whether the office opens; the dossier is looked at all the same.
    assert_eq!(life.wakes_at(), Some(at("2027-01-01 07:30")));
    life.office = announced();
    let due = DueDate { on: "2027-01-06".parse().unwrap(), at: at("2027-01-06 17:00") };
    let events = life.done("2027-01-01 07:30", Action::Wake);
    assert_eq!(events, [Event::DueCounted { due, promised: None }]);
    assert_eq!((life.due(), life.wakes_at()), ("2027-01-06".into(), None));
    let clock = life.dossier().clock.as_ref().unwrap();
    assert_eq!((clock.first_due, clock.gap.len()), (Some(due), 0));
}

#[test]
fn whatever_happens_to_a_dossier_with_an_open_date_counts_it_too() {
    let mut life = at_year_s_end(procedure());
    life.office = announced();
    let events = life.done("2026-12-29 09:00", Action::Forward { to: "u-18".into() });
    assert!(matches!(events[..], [Event::Forwarded { .. }, Event::DueCounted { .. }]), "{events:?}");
    assert_eq!((life.due(), life.wakes_at()), ("2027-01-06".into(), None));
}

#[test]
fn a_look_does_not_put_off_what_grace_is_to_do() {
    let mut life = at_year_s_end(procedure());
    life.done("2026-12-29 08:30", enter("signing"));
    assert_eq!(life.wakes_at(), Some(at("2026-12-30 07:30")));
    life.done("2026-12-30 07:30", Action::Wake);
    life.done("2026-12-31 07:30", Action::Wake);
    assert_eq!(life.wakes_at(), Some(at("2026-12-31 17:00")), "grace ends");
    let events = life.done("2026-12-31 17:00", Action::Wake);
    assert!(matches!(&events[0], Event::ClockPaused { .. }), "{events:?}");
    // The reminder of a thing without a wait lies in the year that has no table.
    assert_eq!((events.len(), life.wakes_at()), (1, Some(at("2027-01-01 07:30"))));
    life.office = announced();
    let events = life.done("2027-01-01 07:30", Action::Wake);
    let remind_at = Some(at("2027-01-15 07:30"));
    let since = at("2026-12-31 17:00");
    assert_eq!(events, [Event::WaitCounted { reason: Reason::Originals, since, wait: None, remind_at }]);
    assert_eq!(life.wakes_at(), remind_at);
}

#[test]
fn the_end_of_a_wait_that_was_open_is_counted_from_when_it_was_asked() {
    let mut life = at_year_s_end(with_waits());
    life.done("2026-12-29 10:00", ask_supplement(&["DK.01"]));
    let Stage::Paused(pause) = &life.dossier().stage else { panic!("the clock runs") };
    assert_eq!((pause.awaited[0].wait, &pause.awaited[0].gap[..]), (None, &[2027][..]));
    life.office = announced();
    let next = life.wakes_at().unwrap();
    let events = life.done("2026-12-30 07:30", Action::Wake);
    assert_eq!(next, at("2026-12-30 07:30"));
    let missed_at = Some(at("2027-01-14 07:30"));
    let wait = Deadline { until: at("2027-01-14 00:00"), next: Some(at("2027-01-11 07:30")), missed_at };
    let since = at("2026-12-29 10:00");
    let counted = Event::WaitCounted { reason: Reason::Supplement, since, wait: Some(wait), remind_at: None };
    assert_eq!(events, [counted]);
    // From here on it is like any other wait.
    let told = life.sleeps_until("2027-02-01 00:00");
    assert!(matches!(told[..], [Event::WaitReminded { .. }, Event::WaitMissed { .. }]), "{told:?}");
    life.done("2027-02-01 08:00", supplement(&["DK.01"]));
    assert_eq!(life.due(), "2027-02-09", "8 February is off by the new table");
}

#[test]
fn a_supplement_asked_before_acceptance_has_its_wait_counted_too() {
    let mut life = Life::under(with_waits());
    let procedure = life.procedure.reference();
    let (source, code) = (Source::Office, Some("H32-1".into()));
    let submission = Submission { source, filing: Filing::Online, procedure, code, enclosed: Enclosed::default() };
    life.done("2026-12-28 08:00", Action::Submit(submission));
    life.done("2026-12-29 10:00", ask_supplement(&["DK.01"]));
    assert_eq!((life.phase(), life.wakes_at()), (Phase::Incomplete, Some(at("2026-12-30 07:30"))));
    life.office = announced();
    life.done("2026-12-30 07:30", Action::Wake);
    assert_eq!(life.wakes_at(), Some(at("2027-01-11 07:30")));
}

#[test]
fn one_table_of_two_that_are_missing_closes_no_gap() {
    let mut life = at_year_s_end(Procedure { limit: Limit::civil_code(400, Unit::WorkingDays), ..procedure() });
    assert_eq!(life.dossier().clock.as_ref().unwrap().gap, [2027, 2028]);
    life.office = announced();
    let events = life.done("2026-12-30 07:30", Action::Wake);
    assert_eq!(events, [Event::GapMet { years: vec![2028], look_at: at("2026-12-31 07:30") }]);
    assert_eq!(life.dossier().clock.as_ref().unwrap().gap, [2028]);
}

#[test]
fn a_dossier_that_ended_is_looked_at_no_more() {
    let mut life = at_year_s_end(procedure());
    life.done("2026-12-29 11:00", positive());
    assert_eq!(life.wakes_at(), None);
    let mut closed = at_year_s_end(procedure());
    closed.done("2026-12-29 11:00", close());
    assert_eq!(closed.wakes_at(), None);
    let events = closed.done("2027-01-05 11:00", reopen());
    assert_eq!(events[1], Event::GapMet { years: vec![2027], look_at: at("2027-01-06 07:30") });
}

#[test]
fn a_dossier_whose_procedure_the_catalogue_lost_keeps_its_gap() {
    let life = at_year_s_end(procedure());
    let command = Command::now(at("2026-12-30 07:30"), Actor::Sweep, Action::Wake);
    let office = announced();
    let events = decide(
        Some(life.dossier()),
        &command,
        Terms { procedure: None, office: &office, channel: None, notices: Standing::none() },
    )
    .unwrap();
    assert_eq!(events, [Event::GapMet { years: vec![2027], look_at: at("2026-12-31 07:30") }]);
}
