//! The picture of the table.

use std::collections::BTreeSet;

use super::super::table::{Cell, cell};
use super::*;

/// Reads `Paused --> Closed: Close, Wake` as from, to and each command.
fn arrows(text: &str) -> Vec<(String, String, String)> {
    let ways = text.lines().filter_map(|line| {
        let (from, rest) = line.strip_prefix("    ")?.split_once(" --> ")?;
        let (to, kinds) = rest.split_once(": ")?;
        Some(kinds.split(", ").map(move |kind| (from.to_owned(), to.to_owned(), kind.to_owned())))
    });
    ways.flatten().collect()
}

#[test]
fn the_drawing_holds_every_way_of_the_table_and_no_other() {
    let mut ways = BTreeSet::new();
    for phase in Phase::ALL {
        for kind in Kind::ALL {
            if let Cell::Leads(to) = cell(phase, kind) {
                let from = if phase == Phase::New { "[*]".into() } else { format!("{phase:?}") };
                ways.extend(to.iter().map(|to| (from.clone(), format!("{to:?}"), format!("{kind:?}"))));
            }
        }
    }
    let drawn = arrows(&drawing());
    assert_eq!(drawn.iter().cloned().collect::<BTreeSet<_>>(), ways);
    assert_eq!(drawn.len(), ways.len(), "each is drawn once");
}

#[test]
fn the_drawing_is_a_mermaid_state_diagram_of_one_arrow_a_pair() {
    let drawing = drawing();
    let lines: Vec<_> = drawing.lines().collect();
    assert_eq!((lines[0], lines[1]), ("stateDiagram-v2", "    [*] --> Submitted: Submit"));
    let pairs: BTreeSet<_> = lines[1..].iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(pairs.len(), lines.len() - 1);
    for phase in Phase::ALL.into_iter().skip(1) {
        assert!(drawing.contains(&format!("{phase:?} --> ")), "{phase:?} is in it");
    }
    for over in ["NotAccepted", "Withdrawn", "Closed", "Returned"] {
        assert!(lines.contains(&format!("    {over} --> [*]").as_str()), "{over} is an end");
    }
}
