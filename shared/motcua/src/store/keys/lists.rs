//! Keys of what `project` writes, and of the audit.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Key;
use rules::id::{AgencyCode, DossierId};
use rules::vietnam;
use rules::worklist::{List, Place};

/// What the sort keys of an export's parts begin with.
pub(in crate::store) const PART: &str = "part#";

/// What the sort keys of accounts begin with.
pub(in crate::store) const STAFF: &str = "seen#";

impl Key {
    /// What the partitions of an agency's dossiers begin with.
    #[must_use]
    pub fn dossiers(agency: &AgencyCode) -> String {
        format!("{agency}#d#")
    }

    /// What lists and search keep of a dossier. It lies beside the dossier and not in it: a dossier's page reads all
    /// of its own partition.
    #[must_use]
    pub fn projection(agency: &AgencyCode, id: DossierId) -> Self {
        Self { pk: format!("{agency}#projection#{id}"), sk: "lists".into() }
    }

    /// The rows of a list.
    #[must_use]
    pub fn list_pk(agency: &AgencyCode, list: List) -> String {
        format!("{agency}#list#{}", list.name())
    }

    /// A row of a list.
    #[must_use]
    pub fn place(agency: &AgencyCode, place: &Place) -> Self {
        Self { pk: Self::list_pk(agency, place.list), sk: place.sort.clone() }
    }

    /// How many stand in each list.
    #[must_use]
    pub fn counts(agency: &AgencyCode) -> Self {
        Self { pk: format!("{agency}#counts"), sk: "lists".into() }
    }

    /// The dossiers that are found by one thing, told by its keyed hash.
    #[must_use]
    pub fn entries_pk(agency: &AgencyCode, hash: &str) -> String {
        format!("{agency}#find#{hash}")
    }

    /// One of them.
    #[must_use]
    pub fn entry(agency: &AgencyCode, hash: &str, sort: &str) -> Self {
        Self { pk: Self::entries_pk(agency, hash), sk: sort.to_owned() }
    }

    /// The accounts that signed in.
    #[must_use]
    pub fn staff_pk(agency: &AgencyCode) -> String {
        format!("{agency}#staff")
    }

    /// One of them, by the subject of the sign-in.
    #[must_use]
    pub fn staff(agency: &AgencyCode, who: &str) -> Self {
        Self { pk: Self::staff_pk(agency), sk: format!("{STAFF}{who}") }
    }

    /// An account's export of the register from that day to that one: how far it came, and its parts. The account
    /// stands in the key, so that nobody else comes to it.
    #[must_use]
    pub fn export_pk(agency: &AgencyCode, who: &str, from: Date, until: Date) -> String {
        format!("{agency}#export#{who}#{from}#{until}")
    }

    /// How far it came.
    #[must_use]
    pub fn export(agency: &AgencyCode, who: &str, from: Date, until: Date) -> Self {
        Self { pk: Self::export_pk(agency, who, from, until), sk: "export".into() }
    }

    /// One of its parts, counted from 1.
    #[must_use]
    pub fn export_part(agency: &AgencyCode, who: &str, from: Date, until: Date, number: u32) -> Self {
        Self { pk: Self::export_pk(agency, who, from, until), sk: format!("{PART}{number:06}") }
    }

    /// Who did what on a day in Vietnam.
    #[must_use]
    pub fn audit_pk(agency: &AgencyCode, day: Date) -> String {
        format!("{agency}#audit#{day}")
    }

    /// One entry of the audit; `token` tells two of one instant apart.
    #[must_use]
    pub fn audit(agency: &AgencyCode, at: Timestamp, token: u64) -> Self {
        Self { pk: Self::audit_pk(agency, vietnam::day(at)), sk: format!("{at:.9}#{token:016x}") }
    }
}
