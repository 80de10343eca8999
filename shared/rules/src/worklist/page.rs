//! A request for a page of a list.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use jiff::civil::Date;

use super::{List, Row};
use crate::dossier::Filing;
use crate::id::{DossierId, ID_LEN};

/// The longest sort key of a place or an entry, in bytes.
const LONGEST_SORT: usize = 80;

/// The place after which a page begins. It holds a place within a list and not the list, so that it leads nowhere
/// else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After(String);

impl After {
    /// Reads a text that [`After`] wrote into an address; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 2 * LONGEST_SORT {
            return None;
        }
        let sort = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | ':' | '-' | '.');
        let (_, id) = sort.rsplit_once('#')?;
        let good = sort.len() <= LONGEST_SORT && sort.chars().all(plain) && DossierId::parse(id).is_ok();
        good.then_some(Self(sort))
    }

    /// Begins after that place.
    #[must_use]
    pub fn sort(sort: &str) -> Self {
        Self(sort.to_owned())
    }

    /// Returns the sort key.
    #[must_use]
    pub fn as_sort(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(self.0.as_bytes()))
    }
}

/// Returns the dossier at the end of a sort key.
pub fn id_at_end(sort: &str) -> Option<DossierId> {
    DossierId::parse(sort.get(sort.len().checked_sub(ID_LEN)?..)?).ok()
}

/// A selection of the dossiers of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Dossiers of this procedure, whatever its version.
    pub procedure: Option<String>,
    /// Dossiers held by this member of staff.
    pub holder: Option<String>,
    /// Dossiers that came this way.
    pub filing: Option<Filing>,
    /// Only dossiers of which nobody knows whether the result goes home, nor has asked.
    pub unasked: bool,
}

impl Filters {
    /// Whether they leave a row in the list.
    #[must_use]
    pub fn take(&self, row: &Row) -> bool {
        self.procedure.as_ref().is_none_or(|code| row.procedure.code == *code)
            && self.holder.as_ref().is_none_or(|holder| row.holder.as_ref() == Some(holder))
            && self.filing.is_none_or(|filing| row.filing == filing)
            && !(self.unasked && row.asked)
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The list.
    pub list: List,
    /// In a list by days: due, or received, on this day or later.
    pub from: Option<Date>,
    /// In a list by days: due, or received, before this day.
    pub before: Option<Date>,
    /// The selection among them.
    pub filters: Filters,
    /// The place after which the page begins.
    pub after: Option<After>,
}

impl Asked {
    /// Returns the account whose own part of the list is read; `None` for the list of the whole agency. Nobody has a
    /// part of the register.
    #[must_use]
    pub fn part_of(&self) -> Option<&str> {
        self.filters.holder.as_deref().filter(|_| self.list.is_work())
    }

    /// Whether the filters leave everything in what is read.
    #[must_use]
    pub fn takes_all(&self) -> bool {
        let Filters { procedure, holder, filing, unasked } = &self.filters;
        procedure.is_none() && filing.is_none() && !unasked && (holder.is_none() || self.part_of().is_some())
    }

    /// Asks for the first page of a list, all of it.
    #[must_use]
    pub fn all_of(list: List) -> Self {
        Self { list, from: None, before: None, filters: Filters::default(), after: None }
    }

    /// Asks for the first page of the late ones: due before today.
    #[must_use]
    pub fn late(today: Date) -> Self {
        Self { before: Some(today), ..Self::all_of(List::Running) }
    }

    /// Asks for the first page of those due today or on the next working day.
    #[must_use]
    pub fn due_within_a_day(today: Date, next_working_day: Date) -> Self {
        Self { from: Some(today), before: next_working_day.tomorrow().ok(), ..Self::all_of(List::Running) }
    }

    /// Asks for the first page of those received from that day to that one, both included.
    #[must_use]
    pub fn received(from: Date, until: Date) -> Self {
        Self { from: Some(from), before: until.tomorrow().ok(), ..Self::all_of(List::Received) }
    }
}
