//! A dossier as its public page knows it: its state alone.

use std::sync::Arc;

use motcua::site::Site;
use motcua::store::Error;
use rules::catalogue::Procedure;
use rules::clock::Office;
use rules::dossier::{Dossier, Overdue, Terms, overdue};
use rules::id::DossierId;
use rules::notice::Standing;

use crate::frame::Frame;
use crate::path;

/// A dossier, with what its dates are counted by.
pub(crate) struct Opened {
    /// Its state; neither its people nor its history.
    pub dossier: Dossier,
    /// Its procedure; `None` if the catalogue does not know it.
    pub procedure: Option<Arc<Procedure>>,
    /// Calendar and hours that it is counted by.
    pub office: Office,
    /// Whether its reader has the key, so that what staff typed is shown too.
    pub is_shown_whole: bool,
    /// The name of the member of staff who handles it, for whoever has the key; `None` if nobody does.
    pub handled_by: Option<String>,
}

impl Opened {
    /// Reads the dossier of an id as it was typed; `None` if this agency has none. A text that is no id is looked for like
    /// any other.
    pub(crate) async fn read(site: &Site, frame: &Frame<'_>, text: &str) -> Result<Option<Self>, Error> {
        let (id, sought) = sought(site, frame, text);
        let found = site.recorder.store().load_lately(frame.agency.key(), sought).await?.dossier;
        let Some(dossier) = found.filter(|_| id.is_some()) else { return Ok(None) };
        Self::of(site, frame, dossier).await.map(Some)
    }

    /// Reads what belongs to the state of a dossier.
    pub(crate) async fn of(site: &Site, frame: &Frame<'_>, dossier: Dossier) -> Result<Self, Error> {
        // The process remembers both after it has read them once.
        let procedure = site.recorder.catalogue().version(frame.agency.key(), &dossier.procedure).await?;
        let office = site.recorder.office_of(&dossier).await?;
        Ok(Self { dossier, procedure, office, is_shown_whole: false, handled_by: None })
    }

    /// Terms that its dates rest on.
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms { procedure: self.procedure.as_deref(), office: &self.office, channel: None, notices: Standing::none() }
    }

    /// The name of a paper: that of the check-list, or the code by which a member of staff named it.
    pub(crate) fn paper<'a>(&'a self, frame: &Frame<'_>, code: &'a str) -> &'a str {
        let known = self.procedure.as_deref().and_then(|procedure| procedure.paper(code));
        known.map_or(code, |paper| frame.lang.pick(paper.names()))
    }

    /// Whether it is late, or soon will be.
    pub(crate) fn overdue(&self, frame: &Frame<'_>) -> Option<Overdue> {
        overdue(&self.dossier, self.terms(), frame.now).ok()
    }
}

/// The id that a text asks for, if it is one, and the id to look under.
pub(crate) fn sought(site: &Site, frame: &Frame<'_>, text: &str) -> (Option<DossierId>, DossierId) {
    let id = path::id(text);
    (id, id.unwrap_or_else(|| nobody_s(site, frame, text)))
}

/// The id that stands for a text that is none: nothing ever lies under it, and looking costs as much as for any other.
fn nobody_s(site: &Site, frame: &Frame<'_>, text: &str) -> DossierId {
    DossierId::of_foreign(site.config.id_key().expose(), frame.agency.key(), "no id", text)
}
