//! Tables looked at before they are in force.

use super::*;
use crate::clock::Calendar;
use crate::notice::Standing;

fn without(day: &str) -> Office {
    let table = format!("[[years]]\nyear = 2020\nnotice = \"mẫu\"\ndays_off = [{day}]");
    Office { calendar: Calendar::official().with(Calendar::from_toml(&table).unwrap()), ..Office::official() }
}

fn foreseen(lives: &[&Life], office: &Office) -> Foreseen {
    let mut foreseen = Foreseen::default();
    for life in lives {
        foreseen.add(
            life.dossier(),
            Terms { procedure: Some(&life.procedure), office, channel: None, notices: Standing::none() },
        );
    }
    foreseen
}

#[test]
fn open_dossiers_are_counted_by_the_days_that_they_would_move() {
    let short = Life::accepted(procedure());
    let mut done = Life::accepted(procedure());
    done.done("2020-04-16 10:00", positive());
    let standing = Life::lacking_originals(with_waits());
    let lives = [&short, &done, &standing];
    let same = foreseen(&lives, &Office::official());
    assert_eq!(same, Foreseen { open: 2, ..Foreseen::default() }, "what is done keeps its date");
    let later = foreseen(&lives, &without("\"2020-04-17\", \"2020-04-20\""));
    assert_eq!((later.open, later.later(), later.sooner(), later.other), (2, 1, 0, 1), "{later:?}");
    assert_eq!(later.by_days.into_iter().collect::<Vec<_>>(), [(2, 1)], "from Wednesday to Friday");
}
