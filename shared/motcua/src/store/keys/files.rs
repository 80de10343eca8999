//! Keys of the files that the office keeps: the item beside the dossier, and the object in the bucket.

use super::Key;
use rules::id::{AgencyCode, DossierId};
use rules::papers::ContentHash;

impl Key {
    /// Returns the key of a file of a dossier.
    #[must_use]
    pub fn scan(agency: &AgencyCode, id: DossierId, content: &ContentHash) -> Self {
        Self::in_dossier(agency, id, format!("file#{content}"))
    }

    /// Returns the name of that file's object in the bucket. It begins with the agency too.
    #[must_use]
    pub fn scan_object(agency: &AgencyCode, id: DossierId, content: &ContentHash) -> String {
        format!("{agency}/{id}/{content}")
    }

    /// Returns the name of the object of a receipt's file. Receipts lie apart from papers, so that the public's function may
    /// read them and nothing else of a dossier.
    #[must_use]
    pub fn receipt_object(agency: &AgencyCode, id: DossierId, content: &ContentHash) -> String {
        format!("receipts/{agency}/{id}/{content}")
    }

    /// Returns the name of the object of a notice's file. Notices lie under a beginning of their own, which the
    /// public's function may read.
    #[must_use]
    pub fn notice_object(agency: &AgencyCode, content: &ContentHash) -> String {
        format!("notices/{agency}/{content}")
    }
}
