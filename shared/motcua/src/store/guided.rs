//! Visitors and callers who were told how to file online: a small item for each, with nothing of a person in it.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::item::{json, read, under};
use super::{Error, Key, Store};
use rules::id::AgencyCode;
use rules::vietnam;

/// The way in which somebody was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// At the desk.
    Desk,
    /// On the phone.
    Phone,
}

impl How {
    /// Returns its name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Phone => "phone",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Desk, Self::Phone].into_iter().find(|how| how.name() == name)
    }
}

/// Somebody was told how to file a procedure online.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guided {
    /// `MaTTHC`.
    pub procedure: String,
    /// The way.
    pub how: How,
    /// Account of the member of staff who told it.
    pub by: String,
    /// The time.
    pub at: Timestamp,
}

/// Numbers of those who were told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GuidedCount {
    /// At the desk.
    pub desk: u64,
    /// On the phone.
    pub phone: u64,
}

impl Store {
    /// Takes down that somebody was told, once for a key.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_guided(&self, agency: &AgencyCode, key: &str, guided: &Guided) -> Result<(), Error> {
        let mut item = under(&Key::guided(agency, vietnam::day(guided.at), key));
        item.insert("guided".into(), json(guided));
        self.put_once(item).await.map(|_| ())
    }

    /// Counts those who were told from a day to a day, both included: a query for each month.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn guided(&self, agency: &AgencyCode, from: Date, until: Date) -> Result<GuidedCount, Error> {
        let mut count = GuidedCount::default();
        let mut month = from.first_of_month();
        while month <= until {
            let (pk, mut next) = (Key::guided_pk(agency, month), None);
            loop {
                let page = self.under(&pk, "", next).await?;
                for item in &page.items {
                    let guided: Guided = read(item, "guided")?;
                    if !(from..=until).contains(&vietnam::day(guided.at)) {
                        continue;
                    }
                    match guided.how {
                        How::Desk => count.desk += 1,
                        How::Phone => count.phone += 1,
                    }
                }
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
            // Beyond the last month that can be expressed there is none.
            let Ok(following) = month.checked_add(1.month()) else { break };
            month = following;
        }
        Ok(count)
    }
}
