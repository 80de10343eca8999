//! Records of a dossier for a portal: `HoSo` as it is now, and a row of `TienTrinh` for each step that led there.
//!
//! All scalars are texts. Instants are written `yyyyMMddHHmmss` in Vietnamese time, flags `True` or `False`. A field whose
//! value the office does not know is left out. No specification of these records is public. The fields are those of two
//! running systems, and so are the lengths at which texts are cut.

mod progress;
mod standing;
mod subject;
mod supplements;
mod text;
mod walk;
mod words;
mod writing;

pub use progress::{MOST_ROWS, Row, chunk};
pub use subject::{Handler, Subject};
pub use text::Lengths;

use serde_json::{Map, Value};

/// A dossier in a portal's records, as of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// The version that they tell of.
    pub version: u64,
    /// `MaHoSo`.
    pub code: String,
    /// `HoSo`.
    pub dossier: Map<String, Value>,
    /// `TienTrinh`, oldest first, from the first version on.
    pub progress: Vec<Row>,
}

/// Writes the records of a dossier, as far as its history goes. Returns `None` without a history, and as long as the dossier
/// has no code: until then no portal can name it.
#[must_use]
pub fn records(subject: &Subject<'_>) -> Option<Records> {
    let standing = standing::of(subject)?;
    let code = standing.dossier.code.clone()?;
    let progress = progress::rows(subject, &code);
    let dossier = writing::dossier(subject, &standing, &code);
    Some(Records { version: standing.dossier.version, code, dossier, progress })
}
