//! The pass that a browser keeps for half an hour after the right digits: signed, and good for one dossier alone.

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use crate::id::{AgencyCode, DossierId};
use crate::keyed::keyed;
use crate::signature::Key;

/// Time for which a pass opens its dossier.
pub const PASS_LASTS: SignedDuration = SignedDuration::from_mins(30);

/// Writes the pass to a dossier: the second at which it ends, and a signature that binds it to dossier and agency.
#[must_use]
pub fn pass(key: &Key, agency: &AgencyCode, id: DossierId, now: Timestamp) -> String {
    let ends = (now + PASS_LASTS).as_second();
    format!("{ends}.{}", signature(key, agency, id, ends))
}

/// Whether a text is a pass to this dossier that has not ended.
#[must_use]
pub fn passes(key: &Key, agency: &AgencyCode, id: DossierId, text: &str, now: Timestamp) -> bool {
    let Some((ends, signed)) = text.split_once('.') else { return false };
    let Some(ends) = ends.parse::<i64>().ok().filter(|it| it.to_string() == ends) else { return false };
    let same = signature(key, agency, id, ends).as_bytes().ct_eq(signed.as_bytes());
    bool::from(same) && ends > now.as_second() && ends <= (now + PASS_LASTS).as_second()
}

fn signature(key: &Key, agency: &AgencyCode, id: DossierId, ends: i64) -> String {
    HEXLOWER.encode(&keyed(key, "pass to see", agency, &[id.as_str().as_bytes(), &ends.to_be_bytes()]))
}
