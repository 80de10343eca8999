//! The data kept of a dossier for lists and search, and the steps that bring it up to date.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::place::{due_on, places, sortable};
use super::{Counts, Entries, Place, Row, SearchKey};
use crate::dossier::Dossier;
use crate::person::Person;

/// The most entries that one step writes or removes: with the rows, the counts and the projection itself they stay
/// below the hundred items of one transaction.
pub const MOST_ENTRIES: usize = 70;

/// The data that lists and search show of a dossier, and its places in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projection {
    /// The line.
    pub row: Row,
    /// The lists it is in.
    pub places: Vec<Place>,
    /// The day it is counted under as due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// The hashes it is found by, each with the mark of its entry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub found_by: BTreeMap<String, String>,
}

/// The data that should be kept of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The item.
    pub projection: Projection,
    /// The text that the entries of its names hold.
    pub beginnings: String,
}

/// The changes of one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The projection after it.
    pub after: Projection,
    /// Places whose rows are removed.
    pub left: Vec<Place>,
    /// Places whose rows are written.
    pub taken: Vec<Place>,
    /// Hashes whose entries are removed.
    pub forgotten: Vec<String>,
    /// Hashes whose entries are written.
    pub found_by: Vec<String>,
    /// The change of each count of the agency.
    pub moved: Vec<(String, i64)>,
    /// The change of each count of the accounts that held the dossier before or hold it now.
    pub moved_of: Vec<(String, Vec<(String, i64)>)>,
}

impl Wanted {
    /// Derives the data from a dossier, from when its result left the office (see [`super::returned_at`]) and from its
    /// people. Without people it is found by its whole code alone, which needs no entry.
    #[must_use]
    pub fn of(dossier: &Dossier, returned_at: Option<Timestamp>, person: Option<&Person>, key: &SearchKey) -> Self {
        let Entries { mut found_by, beginnings } =
            person.map(|person| key.entries(&dossier.agency, person)).unwrap_or_default();
        if let (Some(code), Some(_)) = (&dossier.code, person) {
            found_by.extend(key.code_entries(&dossier.agency, code));
        }
        let row = Row { returned_at, ..Row::of(dossier) };
        let projection = Projection { row, places: places(dossier), due_on: due_on(dossier), found_by };
        Self { projection, beginnings }
    }

    /// Returns the next step from the data kept; `None` once it is up to date. The first one moves all rows and counts.
    /// Entries beyond `MOST_ENTRIES` follow; each step leaves a projection that knows which entries there are.
    #[must_use]
    pub fn step(&self, kept: Option<&Projection>) -> Option<Step> {
        let wanted = &self.projection;
        if kept == Some(wanted) {
            return None;
        }
        let had = |place: &Place| kept.is_some_and(|kept| kept.row == wanted.row && kept.places.contains(place));
        let left = kept.into_iter().flat_map(|kept| &kept.places).filter(|place| !wanted.places.contains(place));
        let (left, taken) = (left.cloned().collect(), wanted.places.iter().filter(|place| !had(place)).cloned());
        let mut after = Projection { found_by: BTreeMap::new(), ..wanted.clone() };
        after.found_by = kept.map(|kept| kept.found_by.clone()).unwrap_or_default();
        let forgotten = after.found_by.keys().filter(|hash| !wanted.found_by.contains_key(*hash));
        let forgotten: Vec<_> = forgotten.take(MOST_ENTRIES).cloned().collect();
        let new = wanted.found_by.iter().filter(|(hash, mark)| after.found_by.get(*hash) != Some(mark));
        let new: BTreeMap<_, _> =
            new.take(MOST_ENTRIES - forgotten.len()).map(|(hash, mark)| (hash.clone(), mark.clone())).collect();
        let found_by = new.keys().cloned().collect();
        after.found_by.retain(|hash, _| !forgotten.contains(hash));
        after.found_by.extend(new);
        let mut counts = Counts::default();
        counts.add(wanted, 1);
        if let Some(kept) = kept {
            counts.add(kept, -1);
        }
        let (moved, moved_of) = (moves(&counts), moves_of(wanted, kept));
        Some(Step { left, taken: taken.collect(), forgotten, found_by, moved, moved_of, after })
    }
}

fn moves(counts: &Counts) -> Vec<(String, i64)> {
    counts.kept().map(|(name, count)| (name.to_owned(), count)).collect()
}

/// Returns the moves of each account's counts, without those of which nothing moves.
fn moves_of(wanted: &Projection, kept: Option<&Projection>) -> Vec<(String, Vec<(String, i64)>)> {
    let both = || [(Some(wanted), 1), (kept, -1)].into_iter().filter_map(|(it, times)| Some((it?, times)));
    let holders: BTreeSet<_> = both().filter_map(|(projection, _)| projection.holder()).collect();
    let of = |holder: &str| {
        let mut counts = Counts::default();
        both().filter(|(it, _)| it.holder() == Some(holder)).for_each(|(it, times)| counts.add_held(it, times));
        (holder.to_owned(), moves(&counts))
    };
    holders.into_iter().map(of).filter(|(_, moves)| !moves.is_empty()).collect()
}

impl Projection {
    /// Returns the version of the dossier it was made at.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.row.version
    }

    /// Returns the account that has it in its own lists. A projection that was kept before there were such lists names
    /// none, until a rebuild or the next step.
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.places.iter().find_map(|place| place.holder.as_deref())
    }

    /// Returns the sort key of its entries: by when it was submitted, which never changes.
    #[must_use]
    pub fn entry_sort(&self) -> String {
        format!("{}#{}", sortable(self.row.submitted_at), self.row.id)
    }
}
