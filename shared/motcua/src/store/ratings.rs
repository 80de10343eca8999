//! Ratings: one small item each, in a partition of the month in which the dossier ended. Its name is a keyed hash of the
//! dossier, so that a dossier is rated once and nobody without the office's key knows which rating is whose.

use jiff::ToSpan;
use jiff::civil::Date;
use rules::id::{AgencyCode, DossierId};
use rules::rating::{Figures, Rating};
use rules::worklist::SearchKey;

use super::item::{json, read, under};
use super::{Error, Key, Store};

/// The most months of one question.
const MOST_MONTHS: usize = 24;
/// The most ratings of one month that are read.
const MOST: usize = 5_000;

/// Returns the key of a dossier's rating.
#[must_use]
pub fn rating_key(key: &SearchKey, agency: &AgencyCode, id: DossierId, ended_on: Date) -> Key {
    Key::rating(agency, ended_on, &key.caller(agency, &["rating", id.as_str()]))
}

impl Store {
    /// Whether a rating lies under a key.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn is_rated(&self, key: &Key) -> Result<bool, Error> {
        Ok(self.all(std::slice::from_ref(key)).await?.contains_key(key))
    }

    /// Keeps a rating, once; `false` if there is one.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn rate(&self, key: &Key, rating: &Rating) -> Result<bool, Error> {
        let mut item = under(key);
        item.insert("rating".into(), json(rating));
        Ok(self.put_once(item).await?.is_none())
    }

    /// Reads the ratings of the months from one day to another, whole months each, in an order that tells nothing: by level,
    /// then by their names. At most two years, the last ones.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn ratings(&self, agency: &AgencyCode, from: Date, until: Date) -> Result<(Figures, Vec<Rating>), Error> {
        let (mut month, mut left, mut all) = (until.first_of_month(), MOST_MONTHS, Vec::new());
        while month >= from.first_of_month() && left > 0 {
            let pk = Key::ratings_pk(agency, month);
            let (mut after, mut of_month) = (None, 0);
            loop {
                let page = self.under(&pk, "", after).await?;
                of_month += page.items.len();
                for item in &page.items {
                    all.push(read::<Rating>(item, "rating")?);
                }
                match page.next {
                    Some(next) if of_month < MOST => after = Some(next),
                    Some(_) | None => break,
                }
            }
            left -= 1;
            let Ok(before) = month.checked_sub(1.month()) else { break };
            month = before;
        }
        let mut figures = Figures::default();
        all.iter().for_each(|rating| figures.count(rating.level));
        all.sort_by_key(|rating| rating.level);
        Ok((figures, all))
    }
}
