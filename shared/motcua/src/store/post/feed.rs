//! How far the feed of an operator is read: one cursor for each agency and operator.

use jiff::Timestamp;
use rules::dossier::SHAPE;
use rules::id::AgencyCode;

use crate::store::item::{n, s, sortable};
use crate::store::{Error, Key, Store, text};

/// A place in a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// The last row that was read; `None` before the first.
    pub last: Option<String>,
    /// The time from which it is read again.
    pub due_at: Option<Timestamp>,
}

impl Store {
    /// Reads how far a feed is read.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn feed(&self, agency: &AgencyCode, operator: &str) -> Result<Feed, Error> {
        let item = self.item(&Key::feed(agency, operator)).await?;
        let read = |item: &crate::store::Item| Feed {
            last: text(item, "last").map(str::to_owned),
            due_at: text(item, "due_at").and_then(|at| at.parse().ok()),
        };
        Ok(item.as_ref().map(read).unwrap_or_default())
    }

    /// Notes how far it is read. The run holds the operator, so nobody else moves it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_feed(&self, agency: &AgencyCode, operator: &str, feed: &Feed) -> Result<(), Error> {
        let mut item = Key::feed(agency, operator).attributes();
        item.insert("shape".into(), n(SHAPE));
        if let Some(last) = &feed.last {
            item.insert("last".into(), s(last));
        }
        if let Some(at) = feed.due_at {
            item.insert("due_at".into(), s(sortable(at)));
        }
        self.put_over(item).await
    }
}
