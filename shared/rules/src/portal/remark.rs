//! Fields as a portal writes them, and its instants.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::json::{Fields, Malformed};
use crate::limits::LONGEST_CODE;
use crate::vietnam::parse_portal_instant;

/// A remark about a field that costs nobody a dossier, and without which somebody hears nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The field, of the applicant or within `NguoiNop`.
    pub field: Cow<'static, str>,
    /// The sentence that follows it. Never holds what was sent.
    pub why: Cow<'static, str>,
}

impl Remark {
    /// Makes a remark of a complaint about a field of `data`.
    pub(super) fn of(Malformed { field, why }: Malformed) -> Self {
        let field = field.strip_prefix("data.").map_or_else(|| field.clone(), str::to_owned);
        Self { field: field.into(), why }
    }
}

/// Reads an instant in one of the portal's ways; `None` if it is absent or empty.
pub(super) fn instant(fields: &Fields<'_>, name: &'static str) -> Result<Option<Timestamp>, Malformed> {
    let Some(text) = fields.code(name, LONGEST_CODE)? else { return Ok(None) };
    parse_portal_instant(&text).map(Some).map_err(|error| fields.malformed(name, error.for_caller()))
}
