//! The days that a dossier was promised for, and a slip that was replaced.

use jiff::civil::Date;

use super::*;

/// Writes each move as one line: from, to, why.
fn lines(life: &Life) -> Vec<String> {
    let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
    let moved = moves(life.dossier(), &life.history);
    moved.iter().map(|one| format!("{} {} {}", day(one.was), one.is, one.why[1])).collect()
}

#[test]
fn each_day_is_told_with_the_one_before_and_the_reason() {
    let mut life = Life::lacking_originals(procedure());
    assert_eq!(lines(&life), ["- 2020-04-22 the count began"]);
    life.done("2020-04-20 08:00", receipt(&["BC.01", "BC.02"]));
    life.done("2020-04-21 08:00", apologise("2020-04-29"));
    assert_eq!(
        lines(&life),
        [
            "- 2020-04-22 the count began",
            "2020-04-22 2020-04-23 everything is in, and the count went on",
            "2020-04-23 2020-04-29 the office apologised and named another day",
        ]
    );
    assert_eq!(moves(life.dossier(), &life.history)[2].at, at("2020-04-21 08:00"));
}

#[test]
fn a_pause_that_is_void_moves_nothing_and_nothing_is_told_before_the_clock_starts() {
    assert_eq!(lines(&Life::filed(procedure())), Vec::<String>::new());
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 08:00", void());
    assert_eq!(lines(&life), ["- 2020-04-22 the count began"]);
}

#[test]
fn each_slip_that_replaces_a_lost_one_is_of_the_next_generation() {
    let mut life = Life::accepted(procedure());
    assert_eq!(life.dossier().slip, 0);
    assert_eq!(life.done("2020-04-15 09:00", Action::ReplaceSlip), [Event::SlipReplaced { generation: 1 }]);
    life.done("2020-04-15 10:00", Action::ReplaceSlip);
    assert_eq!((life.dossier().slip, life.phase()), (2, Phase::Accepted));
}
