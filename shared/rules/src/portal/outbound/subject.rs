//! Everything that the records are written from.

use std::collections::BTreeMap;

use crate::attachment::Attachment;
use crate::catalogue::Procedure;
use crate::dossier::Recorded;
use crate::id::{AgencyCode, DossierId};
use crate::person::Person;

/// A member of staff, as a portal names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handler {
    /// The name.
    pub name: String,
    /// The position (chức danh).
    pub title: String,
}

/// Everything that is known of a dossier.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The agency that owns it.
    pub agency: &'a AgencyCode,
    /// The agency's name for people.
    pub agency_name: &'a str,
    /// Its internal id.
    pub id: DossierId,
    /// Its history from the beginning, oldest first.
    pub history: &'a [Recorded],
    /// Its people.
    pub person: &'a Person,
    /// The version of the procedure that it lives under, if the catalogue knows it.
    pub procedure: Option<&'a Procedure>,
    /// The files of its forms as received.
    pub files: &'a [Attachment],
    /// Members of staff by their accounts, as far as they are known.
    pub staff: &'a BTreeMap<String, Handler>,
    /// The portal that is told.
    pub portal: &'a str,
}
