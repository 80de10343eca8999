//! Tokens of links: what each is for, and until when. Nothing of a person is in them, and the token itself is in none.

use jiff::Timestamp;
use rules::id::{AgencyCode, DossierId};
use rules::token::Purpose;
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, under};
use super::{Error, Key, Store};

/// What a token opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opens {
    /// The action it is for.
    pub purpose: Purpose,
    /// The dossier.
    pub id: DossierId,
    /// The keyed hash of the person whom it is for, if it is about a person and not about the dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The instant from which on it opens nothing.
    pub expires_at: Timestamp,
}

/// What lies behind a token. Nobody outside is told more than whether it opens something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// It opens this.
    Open(Opens),
    /// It did, and its time is over.
    Expired(Opens),
    /// This agency gave out no such token, or so long ago that it was forgotten.
    Unknown,
}

impl Store {
    /// Keeps a token of an agency under the name it is stored under. One that is there already stays as it is.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn keep_token(&self, agency: &AgencyCode, stored_as: &str, opens: &Opens) -> Result<(), Error> {
        let mut item = under(&Key::token(agency, stored_as));
        item.insert("opens".into(), json(opens));
        item.insert("expires_at".into(), n(u64::try_from(opens.expires_at.as_second()).unwrap_or(0)));
        self.put_once(item).await.map(|_| ())
    }

    /// Reads what lies behind a token. The table forgets it only days after it expired, so the time is compared here.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn behind(&self, agency: &AgencyCode, stored_as: &str, now: Timestamp) -> Result<Behind, Error> {
        let Some(item) = self.item(&Key::token(agency, stored_as)).await? else { return Ok(Behind::Unknown) };
        let opens: Opens = read(&item, "opens")?;
        Ok(if opens.expires_at > now { Behind::Open(opens) } else { Behind::Expired(opens) })
    }
}
