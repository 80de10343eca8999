//! The clock of a dossier, and its explanation.

use jiff::Timestamp;
use rules::dossier::{self, Dossier, Recorded, Terms, explanation};
use serde_json::{Value, json};

/// Null before the dossier is accepted. The explanation is null before the clock starts, and if the procedure is not
/// known. Without the history it knows only the reasons of the current pause.
pub(super) fn view(dossier: &Dossier, history: &[Recorded], terms: Terms<'_>) -> Value {
    let Some(clock) = &dossier.clock else { return Value::Null };
    let explained = explanation(dossier, history, terms);
    json!({
        "starts_at": clock.starts_at,
        "due": clock.due,
        "first_due": clock.first_due,
        "promised": clock.promised,
        "years_without_holiday_table": clock.gap,
        "ended_at": clock.ended_at,
        "explanation": explained.as_ref().map(|told| json!({ "vi": told.vi, "en": told.en })),
        "segments": explained.as_ref().map(|told| &told.segments),
    })
}

/// Whether it is late or soon will be, by how many working days, and who holds it.
pub(super) fn overdue(dossier: &Dossier, terms: Terms<'_>, now: Timestamp) -> Value {
    // Beyond the years that can be expressed, nothing is late.
    dossier::overdue(dossier, terms, now).map_or(Value::Null, |overdue| json!(overdue))
}
