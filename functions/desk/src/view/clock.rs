//! The clock of a dossier, and why it says what it says.

use motcua::catalogue::Procedure;
use motcua::clock::{Office, explain_en, explain_vi};
use motcua::dossier::{Dossier, Terms, count};
use serde_json::{Value, json};

/// Null before the dossier is accepted. The explanation is null before the clock starts and where the procedure is not
/// known.
pub(super) fn view(dossier: &Dossier, procedure: Option<&Procedure>, office: &Office) -> Value {
    let Some(clock) = &dossier.clock else { return Value::Null };
    let counted = count(dossier, Terms { procedure, office, channel: None });
    json!({
        "starts_at": clock.starts_at,
        "due": clock.due,
        "first_due": clock.first_due,
        "promised": clock.promised,
        "years_without_holiday_table": clock.gap,
        "ended_at": clock.ended_at,
        "explanation": counted.as_ref().map(|count| json!({ "vi": explain_vi(count), "en": explain_en(count) })),
        "segments": counted.as_ref().map(|count| &count.segments),
    })
}
