//! Portals that submit dossiers, and postal operators.

use jiff::civil::Date;

use super::password::Password;
use super::posting::PostOrder;
use super::telling::Telling;
use crate::id::AgencyCode;
use crate::post::Codes;
use crate::post::postage::Tariff;
use crate::post::transit::Place;
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
    /// Its name in addresses and logs.
    pub id: String,
    /// Its name for people, in Vietnamese; `None` if it has none but its id.
    pub name: Option<String>,
    /// The key of the agency it submits to, [`super::Agency::key`].
    pub agency: AgencyCode,
    /// Its level.
    pub level: Level,
    /// Whether it may end dossiers of the agency that it did not file, and let their clocks run.
    pub speaks_for_others: bool,
    /// How it is told what became of dossiers; `None` if it is not told.
    pub tell: Option<Telling>,
    /// The hosts from which files are fetched that it names, each with its port if it has one; none are fetched if there
    /// is none.
    pub fetch: Vec<String>,
    /// The channel under which payments are recorded that were made at the portal.
    pub payments: Option<String>,
    /// The keys its webhooks are verified with.
    pub keys: Keys,
    /// The day from which each of them is in use, as far as somebody wrote it.
    pub keys_since: Vec<Date>,
}

impl Portal {
    /// Its name for people; its id if it has no other.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// One postal operator.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its name in addresses and logs.
    pub id: String,
    /// Its name for people, in Vietnamese; `None` if it has none but its id.
    pub name: Option<String>,
    /// The key of the agency it carries for, [`super::Agency::key`].
    pub agency: AgencyCode,
    /// The place of the office, from which its distances count.
    pub place: Option<Place>,
    /// Its table of postage; `None` if receivers pay the postman.
    pub postage: Option<Tariff>,
    /// The keys its webhooks are verified with; none is live if it only has paths.
    pub keys: Keys,
    /// The day from which each of them is in use, as far as somebody wrote it.
    pub keys_since: Vec<Date>,
    /// Paths that nobody guesses, which stand for a signature where the operator cannot sign.
    pub paths: Vec<Password>,
    /// Meanings of its own codes.
    pub codes: Codes,
    /// How it is given orders; `None` if it takes none by a call.
    pub order: Option<PostOrder>,
}

impl Post {
    /// Its name for people; its id if it has no other.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}
