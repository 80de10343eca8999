//! Keys of ratings.

use jiff::civil::Date;
use rules::id::AgencyCode;

use super::Key;

impl Key {
    /// Returns the key of a rating: the month in which its dossier ended, and a name that tells nothing.
    #[must_use]
    pub fn rating(agency: &AgencyCode, ended_on: Date, name: &str) -> Self {
        Self { pk: Self::ratings_pk(agency, ended_on), sk: name.to_owned() }
    }

    /// Returns the partition of the ratings of dossiers that ended in the month of a day.
    #[must_use]
    pub fn ratings_pk(agency: &AgencyCode, day: Date) -> String {
        format!("{agency}#ratings#{}", day.strftime("%Y-%m"))
    }
}
