//! An event whose parcel nobody knows.

use serde::{Deserialize, Serialize};

use super::Tracked;
use crate::signature::sha256_hex;

/// An event of an operator about a parcel that is not here, or not here yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stray {
    /// The operator, by its id.
    pub operator: String,
    /// The order number as the operator wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The waybill number as the operator wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// The event.
    pub event: Tracked,
}

impl Stray {
    /// The longest number that is read, in characters.
    pub const LONGEST: usize = 60;

    /// Returns its name: the same event of the same parcel has the same, however often and from whom it comes.
    #[must_use]
    pub fn name(&self) -> String {
        let Tracked { code, at, place, attempt, why, .. } = &self.event;
        let (order, waybill) = (&self.order, &self.waybill);
        sha256_hex(format!("{order:?} {waybill:?} {code:?} {at} {place:?} {attempt:?} {why:?}").as_bytes())
    }
}
