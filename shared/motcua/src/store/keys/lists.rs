//! Keys of the items that `project` writes, and of the audit.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Key;
use rules::id::{AgencyCode, DossierId};
use rules::vietnam;
use rules::worklist::{List, Place};

/// Beginning of the sort keys of an export's parts.
pub(in crate::store) const PART: &str = "part#";

/// Beginning of the sort keys of accounts.
pub(in crate::store) const SEEN: &str = "seen#";

/// Beginning of the sort keys of what ended an account's sessions.
pub(in crate::store) const ENDED: &str = "ended#";

impl Key {
    /// Returns the beginning of the partitions of an agency's dossiers.
    #[must_use]
    pub fn dossiers(agency: &AgencyCode) -> String {
        format!("{agency}#d#")
    }

    /// Returns the key of what lists and search keep of a dossier. It lies beside the dossier and not in it, because a
    /// dossier's page reads all of its own partition.
    #[must_use]
    pub fn projection(agency: &AgencyCode, id: DossierId) -> Self {
        Self { pk: format!("{agency}#projection#{id}"), sk: "lists".into() }
    }

    /// Returns the partition of the rows of a list: of the whole agency, or of what one account holds.
    #[must_use]
    pub fn list_pk(agency: &AgencyCode, list: List, holder: Option<&str>) -> String {
        match holder {
            None => format!("{agency}#list#{}", list.name()),
            Some(who) => format!("{agency}#list#{}#held#{who}", list.name()),
        }
    }

    /// Returns the key of a row of a list.
    #[must_use]
    pub fn place(agency: &AgencyCode, place: &Place) -> Self {
        Self { pk: Self::list_pk(agency, place.list, place.holder.as_deref()), sk: place.sort.clone() }
    }

    /// Returns the partition of the counts of what each account holds.
    #[must_use]
    pub fn held_pk(agency: &AgencyCode) -> String {
        format!("{agency}#held#counts")
    }

    /// Returns the key of the counts of one account's lists.
    #[must_use]
    pub fn held(agency: &AgencyCode, who: &str) -> Self {
        Self { pk: Self::held_pk(agency), sk: who.to_owned() }
    }

    /// Returns the key of the counts of all lists of an agency.
    #[must_use]
    pub fn counts(agency: &AgencyCode) -> Self {
        Self { pk: format!("{agency}#counts"), sk: "lists".into() }
    }

    /// Returns the partition of the dossiers that are found by one thing, given as its keyed hash.
    #[must_use]
    pub fn entries_pk(agency: &AgencyCode, hash: &str) -> String {
        format!("{agency}#find#{hash}")
    }

    /// Returns the key of one of them.
    #[must_use]
    pub fn entry(agency: &AgencyCode, hash: &str, sort: &str) -> Self {
        Self { pk: Self::entries_pk(agency, hash), sk: sort.to_owned() }
    }

    /// Returns the key of what the sweep knows of an agency's tables of days off and office hours.
    #[must_use]
    pub fn tables(agency: &AgencyCode) -> Self {
        Self { pk: format!("{agency}#tables"), sk: "seen".into() }
    }

    /// Returns the key of a table of that year, or of hours if there is no year, as kept under its name.
    #[must_use]
    pub fn kept_table(agency: &AgencyCode, year: Option<i16>, name: &str) -> Self {
        let what = year.map_or_else(|| "hours".to_owned(), |year| year.to_string());
        Self { pk: format!("{agency}#tables"), sk: format!("{what}#{name}") }
    }

    /// Returns the partition of the accounts that signed in.
    #[must_use]
    pub fn staff_pk(agency: &AgencyCode) -> String {
        format!("{agency}#staff")
    }

    /// Returns the key of one of them, by the subject of the sign-in.
    #[must_use]
    pub fn staff(agency: &AgencyCode, who: &str) -> Self {
        Self { pk: Self::staff_pk(agency), sk: format!("{SEEN}{who}") }
    }

    /// Returns the key of the instant until which everything that vouched for an account is ended.
    #[must_use]
    pub fn ended(agency: &AgencyCode, who: &str) -> Self {
        Self { pk: Self::staff_pk(agency), sk: format!("{ENDED}{who}") }
    }

    /// Returns the partition of an account's export of the register from one day to another: its progress, and its
    /// parts. The account is in the key, so that nobody else reaches it.
    #[must_use]
    pub fn export_pk(agency: &AgencyCode, who: &str, from: Date, until: Date) -> String {
        format!("{agency}#export#{who}#{from}#{until}")
    }

    /// Returns the key of its progress.
    #[must_use]
    pub fn export(agency: &AgencyCode, who: &str, from: Date, until: Date) -> Self {
        Self { pk: Self::export_pk(agency, who, from, until), sk: "export".into() }
    }

    /// Returns the key of one of its parts, counted from 1.
    #[must_use]
    pub fn export_part(agency: &AgencyCode, who: &str, from: Date, until: Date, number: u32) -> Self {
        Self { pk: Self::export_pk(agency, who, from, until), sk: format!("{PART}{number:06}") }
    }

    /// Returns the partition of those who were told how to file online in a month.
    #[must_use]
    pub fn guided_pk(agency: &AgencyCode, day: Date) -> String {
        format!("{agency}#guided#{}", day.strftime("%Y-%m"))
    }

    /// Returns the key of one of them; `token` is the key of the form that took it down.
    #[must_use]
    pub fn guided(agency: &AgencyCode, day: Date, token: &str) -> Self {
        Self { pk: Self::guided_pk(agency, day), sk: format!("{day}#{token}") }
    }

    /// Returns the key of when a person was last told how to file online, by their name there.
    #[must_use]
    pub fn guided_person(agency: &AgencyCode, name: &str) -> Self {
        Self { pk: format!("{agency}#guided-person#{name}"), sk: "guided".into() }
    }

    /// Returns the partition of those who filed online in a month after they were told how.
    #[must_use]
    pub fn filed_next_pk(agency: &AgencyCode, day: Date) -> String {
        format!("{agency}#filed-next#{}", day.strftime("%Y-%m"))
    }

    /// Returns the key of one of them and a day.
    #[must_use]
    pub fn filed_next(agency: &AgencyCode, day: Date, name: &str) -> Self {
        Self { pk: Self::filed_next_pk(agency, day), sk: format!("{day}#{name}") }
    }

    /// Returns the day and the name in such a key.
    #[must_use]
    pub fn filed_next_of(&self) -> Option<(Date, &str)> {
        let (day, name) = self.sk.split_once('#')?;
        Some((day.parse().ok()?, name))
    }

    /// Returns the partition of the audit of a day in Vietnam.
    #[must_use]
    pub fn audit_pk(agency: &AgencyCode, day: Date) -> String {
        format!("{agency}#audit#{day}")
    }

    /// Returns the key of one entry of the audit; `token` tells two of one instant apart.
    #[must_use]
    pub fn audit(agency: &AgencyCode, at: Timestamp, token: u64) -> Self {
        Self { pk: Self::audit_pk(agency, vietnam::day(at)), sk: format!("{at:.9}#{token:016x}") }
    }
}
