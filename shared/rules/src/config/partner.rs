//! Portals that submit dossiers, and postal operators.

use jiff::civil::Date;

use crate::id::AgencyCode;
use crate::signature::Keys;

/// Level of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The National Public Service Portal.
    National,
    /// A provincial public service centre.
    Provincial,
}

/// One portal that submits dossiers.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Its name.
    pub id: String,
    /// The key of the agency it submits to, [`super::Agency::key`].
    pub agency: AgencyCode,
    /// Its level.
    pub level: Level,
    /// Whether it may end dossiers of the agency that it did not file, and let their clocks run.
    pub speaks_for_others: bool,
    /// The keys its webhooks are verified with.
    pub keys: Keys,
    /// The day from which each of them is in use, as far as somebody wrote it.
    pub keys_since: Vec<Date>,
}

/// One postal operator.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its name.
    pub id: String,
    /// The key of the agency it carries for, [`super::Agency::key`].
    pub agency: AgencyCode,
    /// The keys its webhooks are verified with.
    pub keys: Keys,
    /// The day from which each of them is in use, as far as somebody wrote it.
    pub keys_since: Vec<Date>,
}
