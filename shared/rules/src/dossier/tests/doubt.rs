//! Dates counted by tables that nobody knows any more, and dates whose beginning was noted.

use super::*;
use crate::clock::Calendar;
use crate::notice::Standing;

const BECAUSE: &str = "đã báo người nộp ngày mới";

/// Returns the office with one day more off, Monday 20 April 2020.
fn another_day_off() -> Office {
    let table = "[[years]]\nyear = 2020\nnotice = \"mẫu\"\ndays_off = [\"2020-04-20\", \"2020-04-30\", \"2020-05-01\"]";
    Office { calendar: Calendar::official().with(Calendar::from_toml(table).unwrap()), ..Office::official() }
}

/// Notes the tables that the dossier is counted by, as each commit does.
fn stamped(mut life: Life) -> Life {
    let terms =
        Terms { procedure: Some(&life.procedure), office: &life.office, channel: None, notices: Standing::none() };
    let counted_by = stamp(None, life.dossier(), terms);
    life.dossier.as_mut().unwrap().counted_by = counted_by;
    life
}

/// Returns a dossier accepted before tables had names, looked at by the sweep after a day off was added.
fn in_doubt() -> Life {
    let mut life = Life::accepted(procedure());
    life.office = another_day_off();
    let events = life.done("2020-04-16 08:00", Action::Wake);
    let [Event::DatesDiffer { due: Some(due) }] = &events[..] else { panic!("{events:?}") };
    assert_eq!((due.on.to_string().as_str(), life.due().as_str()), ("2020-04-23", "2020-04-22"), "told and not moved");
    life
}

fn settle(anew: bool) -> Action {
    Action::SettleDates { anew, because: BECAUSE.into() }
}

/// Returns the names that a command's commit would note.
fn noted(before: &Life, after: &Life) -> Option<crate::clock::CountedBy> {
    let terms =
        Terms { procedure: Some(&after.procedure), office: &after.office, channel: None, notices: Standing::none() };
    stamp(before.dossier.as_ref(), after.dossier(), terms)
}

#[test]
fn dates_of_an_unknown_table_go_to_a_person_once_and_nothing_moves_by_itself() {
    let mut life = in_doubt();
    assert_eq!(decision(life.dossier()), Some(Decision::Dates));
    assert!(life.done("2020-04-17 08:00", Action::Wake).is_empty(), "noted once");
    let mut other = Life::accepted(procedure());
    assert!(other.done("2020-04-16 08:00", Action::Wake).is_empty(), "equal dates are in no doubt");
    assert_eq!(other.refused("2020-04-16 09:00", settle(true)), Refusal::DatesHold);
    // A dossier that is over asks nothing.
    let mut over = life.clone();
    over.done("2020-04-17 09:00", positive());
    assert_eq!(decision(over.dossier()), None);
}

#[test]
fn a_person_keeps_such_dates_or_has_them_counted_anew() {
    let before = in_doubt();
    let mut kept = before.clone();
    assert_eq!(noted(&before, &kept), None, "nothing is noted until somebody decides");
    let events = kept.done("2020-04-16 09:00", settle(false));
    assert_eq!(events, [Event::DatesSettled { anew: false, because: BECAUSE.into() }]);
    assert_eq!((kept.due().as_str(), decision(kept.dossier())), ("2020-04-22", None));
    assert!(noted(&before, &kept).is_some(), "from now on they move with the tables");

    let mut anew = before.clone();
    let events = anew.done("2020-04-16 09:00", settle(true));
    assert!(matches!(&events[1], Event::Recounted(moved) if moved.was.is_some()), "{events:?}");
    assert_eq!((anew.due().as_str(), decision(anew.dossier())), ("2020-04-23", None));
    assert!(noted(&before, &anew).is_some());
}

#[test]
fn a_command_that_counts_the_date_anyway_leaves_no_doubt() {
    let before = in_doubt();
    let mut life = before.clone();
    life.done("2020-04-16 09:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-17 09:00", supplement(&["DK.01"]));
    assert_eq!(life.due(), "2020-04-27", "counted by the tables of today");
    life.dossier.as_mut().unwrap().counted_by = noted(&before, &life);
    assert_eq!(decision(life.dossier()), None);
}

#[test]
fn a_wait_counted_from_the_asking_moves_with_the_tables() {
    let mut procedure = with_waits();
    procedure.pauses.supplement.wait_from = WaitFrom::Asked;
    let mut life = Life::accepted(procedure);
    life.recorded("2020-04-15 10:00", "2020-04-16 10:00", ask_supplement(&["DK.01"]));
    let last_day = |life: &Life| {
        let Stage::Paused(pause) = &life.dossier().stage else { panic!("paused") };
        pause.awaited[0].wait.unwrap().last_day().to_string()
    };
    assert_eq!(last_day(&life), "2020-04-29", "ten working days from the fifteenth");
    life = stamped(life);
    life.office = another_day_off();
    life.done("2020-04-17 08:00", Action::Wake);
    assert_eq!(last_day(&life), "2020-05-04");
    // An older dossier does not say when its wait began.
    let mut older = Life::accepted(life.procedure.clone());
    older.recorded("2020-04-15 10:00", "2020-04-16 10:00", ask_supplement(&["DK.01"]));
    let Stage::Paused(pause) = &mut older.dossier.as_mut().unwrap().stage else { panic!("paused") };
    pause.awaited[0].wait_since = None;
    older = stamped(older);
    older.office = another_day_off();
    older.done("2020-04-17 08:00", Action::Wake);
    assert_eq!(last_day(&older), "2020-04-29");
}

#[test]
fn the_acceptance_limit_moves_from_its_own_beginning() {
    let until = |life: &Life| life.dossier().accept_until.unwrap();
    let mut life = Life::filed(procedure());
    life.done("2020-04-15 09:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-17 15:00", supplement(&["DK.01"]));
    assert_eq!(until(&life), at("2020-04-20 15:00"), "a working day after the supplement");
    life = stamped(life);
    life.office = another_day_off();
    life.done("2020-04-17 16:00", Action::Wake);
    assert_eq!(until(&life), at("2020-04-21 15:00"));

    let mut reopened = Life::filed(procedure());
    reopened.done("2020-04-15 09:00", close());
    reopened.done("2020-04-17 15:00", reopen());
    assert_eq!(until(&reopened), at("2020-04-20 15:00"));
    reopened = stamped(reopened);
    reopened.office = another_day_off();
    reopened.done("2020-04-17 16:00", Action::Wake);
    assert_eq!(until(&reopened), at("2020-04-21 15:00"));
}

#[test]
fn grace_that_began_with_a_correction_moves_from_it() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-14 16:30", receipt(&["BC.01", "BC.02"]));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-15 09:00", enter("signing"));
    life.done("2020-04-16 09:00", take_back(&["BC.01"], None));
    let grace = |life: &Life| life.dossier().step.as_ref().unwrap().grace_until.unwrap();
    assert_eq!(grace(&life), at("2020-04-20 17:00"), "two working days from the correction");
    life = stamped(life);
    life.office = another_day_off();
    life.done("2020-04-17 08:00", Action::Wake);
    assert_eq!(grace(&life), at("2020-04-21 17:00"));
}
