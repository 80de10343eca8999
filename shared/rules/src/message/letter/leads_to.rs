//! The page behind the link of a letter.

use crate::language::Both;

/// The page behind the link of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    /// That of its dossier.
    Dossier,
    /// That of a notice.
    Notice,
    /// A page of the desk.
    Desk,
}

impl LeadsTo {
    /// Returns the words before the address.
    pub(super) fn words(self) -> Both {
        match self {
            Self::Dossier => ["Xem hồ sơ:", "See the dossier:"],
            Self::Notice => ["Xem thông báo:", "See the notice:"],
            Self::Desk => ["Mở trang:", "Open the page:"],
        }
    }
}
