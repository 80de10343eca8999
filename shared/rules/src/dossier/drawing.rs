//! The table as a picture: a Mermaid state diagram, written by `cargo run -- drawing` and kept in this crate's README.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::table::{Cell, cell};
use super::{Kind, Phase};

/// Draws where every command leads, one arrow per pair of phases. An arrow back to its own phase holds the commands
/// that are taken and leave it as it is. Commands that are declined, or kept for a person, have no arrow.
#[must_use]
pub fn drawing() -> String {
    let mut arrows: BTreeMap<(Phase, Phase), Vec<Kind>> = BTreeMap::new();
    for phase in Phase::ALL {
        for kind in Kind::ALL {
            if let Cell::Leads(to) = cell(phase, kind) {
                for to in to {
                    arrows.entry((phase, *to)).or_default().push(kind);
                }
            }
        }
    }
    let mut text = String::from("stateDiagram-v2\n");
    for ((from, to), kinds) in arrows {
        let kinds: Vec<_> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
        let from = if from == Phase::New { "[*]".to_owned() } else { format!("{from:?}") };
        let _ = writeln!(text, "    {from} --> {to:?}: {}", kinds.join(", "));
    }
    for phase in [Phase::NotAccepted, Phase::Withdrawn, Phase::Closed, Phase::Returned] {
        let _ = writeln!(text, "    {phase:?} --> [*]");
    }
    text
}
