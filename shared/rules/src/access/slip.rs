//! The six digits on a slip, for people without a telephone.

use crate::id::{AgencyCode, DossierId};
use crate::keyed::keyed;
use crate::signature::Key;

/// Numbers of six digits.
const NUMBERS: u64 = 1_000_000;

/// Returns the digits of a dossier's slip of this generation. They are drawn with the office's own key and stored
/// nowhere; the next generation, which a lost slip is replaced by, has others.
#[must_use]
pub fn slip(key: &Key, agency: &AgencyCode, id: DossierId, generation: u32) -> String {
    let tag = keyed(key, "slip", agency, &[id.as_str().as_bytes(), &generation.to_be_bytes()]);
    let mut eight = [0; 8];
    eight.copy_from_slice(&tag[..8]);
    format!("{:06}", u64::from_be_bytes(eight) % NUMBERS)
}
