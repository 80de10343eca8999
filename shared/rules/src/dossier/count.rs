//! A dossier's clock, counted from its start with everything needed to explain it.

use super::{Dossier, Terms};
use crate::clock::{self, Count};

/// Returns the count behind the due date, including a pause that is still open. `None` before the clock starts, or if
/// the catalogue does not know the procedure.
#[must_use]
pub fn count(dossier: &Dossier, terms: Terms<'_>) -> Option<Count> {
    let starts_at = dossier.clock.as_ref()?.starts_at?;
    clock::count(&terms.procedure?.limit, starts_at, &dossier.stops(), terms.office).ok()
}
