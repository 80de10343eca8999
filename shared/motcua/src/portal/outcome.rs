//! Outcome of a portal's message, in the words of its answer.

use rules::dossier::Phase;
use rules::id::DossierId;
use rules::portal::{News, Why};

/// A dossier that a message was about, and what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The dossier.
    pub id: DossierId,
    /// The code by which people call it, if it has one and is known here.
    pub code: Option<String>,
    /// The act, in one word.
    pub did: &'static str,
}

/// Outcome of an event.
pub enum Outcome {
    /// Recorded now.
    Recorded(About),
    /// Recorded before; with its dossier, if that is known without another look.
    Before(Option<About>),
    /// It is recorded, and goes to a person for this reason.
    Kept(About, Why),
    /// It is not recorded, and goes to a person for this reason.
    Aside(Option<DossierId>, Why),
    /// There is no such dossier yet.
    DossierUnknown,
}

/// The word for a message that goes to a person.
pub(super) const KEPT: &str = "kept_for_a_person";

/// Returns the word for what a message does, for the answer to the portal.
pub(super) fn did(news: &News) -> &'static str {
    match news {
        News::Submitted(_) => "filed",
        News::Changed(_) => "changed",
        News::Supplemented { .. } => "supplemented",
        News::OriginalsReceived { papers, minutes_no: Some(_), .. } if !papers.is_empty() => "originals_recorded",
        News::OriginalsReceived { .. } => "originals_announced",
        News::FilesKept { .. } => "files_noted",
        News::Paid(_) => "payment_recorded",
        News::Withdrawn => "withdrawn",
    }
}

/// Whether a dossier in this phase is over.
pub(super) fn is_gone(phase: Phase) -> bool {
    matches!(phase, Phase::NotAccepted | Phase::Withdrawn | Phase::Closed | Phase::Returned)
}
