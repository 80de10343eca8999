//! Open dossiers of the office's earlier software, one a request.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /api/v1/takeover`, by an administrator | 200 `new`, `recorded` or `already_recorded`; 422 `refused` |
//!
//! ```json
//! {"row": {"MaHoSo": "…", "NgayNopHoSo": "01/04/2020 08:15"}, "record": false}
//! ```
//!
//! `row` holds the filled cells of a takeover file (README of `rules`, Takeover). Without `record` nothing is recorded,
//! and a row not taken over yet is `new`; with it, `recorded`. A 200 has `warnings`, a 422 `faults`, each a `column`
//! and `what`. The same row again changes nothing.

use jiff::Timestamp;
use motcua::recorder::{RecordError, Standing, Takeover, TakeoverError};
use motcua::site::Site;
use rules::http::Request;
use rules::json::Malformed;
use rules::takeover::{Fault, Row};
use serde_json::json;

use crate::api::answer::Answer;
use crate::api::headers;
use crate::permission::Staff;

/// Takes a dossier over, or checks whether it could be taken over.
pub(crate) async fn take(site: &Site, staff: &Staff, request: &Request, now: Timestamp) -> Result<Answer, Answer> {
    let body = headers::json_body(request)?;
    body.only(&["row", "record"])?;
    let record = body.flag("record")?.unwrap_or(false);
    let raw = body.required("row", body.raw("row"))?;
    let row: Row = serde_json::from_str(raw).map_err(|_| Malformed::new("row", "is not an object of texts"))?;
    let takeover = Takeover { agency: &staff.agency, by: &staff.subject, row: &row };
    let examined = site.recorder.examine(&site.config, takeover, now).await.map_err(|error| match error {
        TakeoverError::Faults(faults) => Answer::NotTakenOver(faults),
        TakeoverError::Store(error) => error.into(),
    })?;
    if record {
        site.recorder.take_over(takeover, &examined).await.map_err(declined)?;
    }
    let status = match (examined.standing, record) {
        (Standing::There, _) => "already_recorded",
        (Standing::New | Standing::Begun(_), true) => "recorded",
        (Standing::New | Standing::Begun(_), false) => "new",
    };
    Ok(Answer::Shown(json!({ "status": status, "dossier": examined.id, "warnings": examined.plan.warnings })))
}

/// Answer if something happened between the check and the record.
fn declined(error: RecordError) -> Answer {
    match error {
        RecordError::Store(error) => error.into(),
        other => Answer::NotTakenOver(vec![Fault::new("MaHoSo", format!("is declined: {other}"))]),
    }
}
