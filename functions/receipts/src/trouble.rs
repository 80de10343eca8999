//! Troubles that stop the work on a receipt.

use motcua::store::Error;
use motcua::web::Silence;

/// Trouble with a receipt.
pub(crate) enum Trouble {
    /// The provider does not answer.
    Silent(Silence),
    /// The store does not answer.
    Store(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}
