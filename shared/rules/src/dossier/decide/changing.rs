//! Changes of what was filed, before it is accepted.

use super::super::Event;
use super::{Case, Refusal, returning};

/// Changes what was filed. The procedure stays the one that the dossier was filed under: another is another dossier.
pub(super) fn filing(
    case: Case<'_>,
    procedure: Option<&str>,
    returns_by_post: Option<bool>,
    files: usize,
) -> Result<Vec<Event>, Refusal> {
    if procedure.is_some_and(|procedure| procedure != case.dossier.procedure.code) {
        return Err(Refusal::OtherProcedure);
    }
    let mut events = vec![Event::FilingChanged { files }];
    if let Some(by_post) = returns_by_post {
        // A choice that the procedure does not offer, or that stands already, costs nobody the change.
        events.extend(returning::choose(case, by_post, None).unwrap_or_default());
    }
    Ok(events)
}
