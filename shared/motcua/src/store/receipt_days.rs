//! The tables of receipts, one for each day on which a receipt was issued, replaced or cancelled. Rows are put with the change
//! that they tell of, in one transaction, and never change.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use rules::id::AgencyCode;
use rules::receipt::{Row, TOLD_FROM};
use rules::vietnam;

use super::item::{json, n, read, s, under, wakes};
use super::keys::unreported_pk;
use super::{Claim, CommitError, Error, Item, Key, Store, number};

/// Days of one page.
const PAGE: i32 = 31;
/// The most rows of a table that are read at once.
pub const MOST_ROWS: usize = 20_000;
/// The most notes of who reported a table: an evening may bring further rows after each.
const MOST_REPORTS: usize = 50;
/// Rounds of reading and writing.
const ROUNDS: u32 = 5;

/// A note that the rows of a table were taken to the tax office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// How many rows it had then, the first ones.
    pub rows: u64,
    /// The person.
    pub by: String,
    /// The time.
    pub at: Timestamp,
}

/// The table of a day, without its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptDay {
    /// The day.
    pub day: Date,
    /// How many rows it has.
    pub rows: u64,
    /// The sum of their effects, in đồng.
    pub total_vnd: i64,
    /// The people who took it to the tax office, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported: Vec<Reported>,
    /// Counted from 1 with each change; it is kept beside.
    #[serde(skip)]
    pub version: u64,
}

impl ReceiptDay {
    fn empty(day: Date) -> Self {
        Self { day, rows: 0, total_vnd: 0, reported: Vec::new(), version: 0 }
    }

    /// Returns how many rows nobody reported yet.
    #[must_use]
    pub fn unreported(&self) -> u64 {
        self.rows.saturating_sub(self.reported.last().map_or(0, |reported| reported.rows))
    }

    /// Returns the time from which it stands among what is not reported: the data go to the tax office on the same day
    /// (NĐ 254/2026 art. 29), so people hear of it an hour before offices close.
    #[must_use]
    pub fn remind_at(&self) -> Timestamp {
        vietnam::instant(self.day.to_datetime(TOLD_FROM)).unwrap_or(Timestamp::MAX)
    }

    /// Returns how many days ago it should have been reported.
    #[must_use]
    pub fn days_late(&self, now: Timestamp) -> i64 {
        let days = vietnam::day(now).duration_since(self.day).as_hours() / 24;
        days.max(0)
    }

    fn item(&self, agency: &AgencyCode) -> Item {
        let mut item = under(&Key::receipt_day(agency, self.day));
        item.insert("day".into(), json(self));
        item.insert("version".into(), n(self.version));
        if self.unreported() > 0 {
            wakes(&mut item, unreported_pk(agency), self.remind_at());
        }
        item
    }

    fn claim(&self, agency: &AgencyCode) -> Claim {
        match self.version {
            1 => Claim::New(self.item(agency)),
            version => Claim::Over(self.item(agency), version - 1),
        }
    }
}

fn day_of(item: &Item) -> Result<ReceiptDay, Error> {
    let day: ReceiptDay = read(item, "day")?;
    Ok(ReceiptDay { version: number(item, "version").unwrap_or(1), ..day })
}

/// A page of days.
#[derive(Debug, Default)]
pub struct DayPage {
    /// The days, the latest first.
    pub days: Vec<ReceiptDay>,
    /// The day behind which the next page begins; `None` at the end.
    pub next: Option<Date>,
}

impl Store {
    /// Returns the claims that put rows into the table of their day.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn row_claims(&self, agency: &AgencyCode, row: &Row) -> Result<[Claim; 2], Error> {
        let before = self.receipt_day(agency, row.on()).await?.unwrap_or_else(|| ReceiptDay::empty(row.on()));
        let (rows, version) = (before.rows + 1, before.version + 1);
        let total_vnd = before.total_vnd.saturating_add(row.effect());
        let after = ReceiptDay { rows, total_vnd, version, ..before };
        let mut item = under(&Key::receipt_row(agency, row.on(), rows));
        item.insert("row".into(), json(row));
        Ok([after.claim(agency), Claim::New(item)])
    }

    /// Reads the table of a day, without its rows.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn receipt_day(&self, agency: &AgencyCode, day: Date) -> Result<Option<ReceiptDay>, Error> {
        self.item(&Key::receipt_day(agency, day)).await?.as_ref().map(day_of).transpose()
    }

    /// Reads the rows of a day's table in their order; `None` if there are more than are read.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn receipt_rows(&self, agency: &AgencyCode, day: Date) -> Result<Option<Vec<Row>>, Error> {
        let (mut rows, mut from) = (Vec::new(), None);
        loop {
            let page = self.under(&Key::receipt_rows_pk(agency, day), "row#", from).await?;
            for item in &page.items {
                rows.push(read(item, "row")?);
            }
            from = page.next;
            if rows.len() > MOST_ROWS {
                return Ok(None);
            }
            if from.is_none() {
                return Ok(Some(rows));
            }
        }
    }

    /// Reads a page of days, the latest first, before this one.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn receipt_days(&self, agency: &AgencyCode, before: Option<Date>) -> Result<DayPage, Error> {
        let query = self.client.query().table_name(&self.table);
        let pk = s(Key::receipt_days_pk(agency));
        let from = before.map(|day| Key::receipt_day(agency, day).attributes());
        let answer = query
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", pk)
            .scan_index_forward(false)
            .limit(PAGE)
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        let days = answer.items().iter().map(day_of).collect::<Result<Vec<_>, _>>()?;
        let next = answer.last_evaluated_key.as_ref().and_then(|_| days.last().map(|day| day.day));
        Ok(DayPage { days, next })
    }

    /// Reads the days whose table is to be reported by now, the oldest first, as far as one look sees.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn unreported_days(&self, agency: &AgencyCode, now: Timestamp) -> Result<Vec<ReceiptDay>, Error> {
        let until = super::item::sortable_floor(now);
        let page = self.indexed(&unreported_pk(agency), Some(&until), None).await?;
        let found = self.all(&page.items).await?;
        let days = page.items.iter().filter_map(|key| found.get(key)).map(day_of);
        days.filter(|day| !matches!(day, Ok(day) if day.unreported() == 0)).collect()
    }

    /// Notes that somebody took the first `rows` rows of a table to the tax office; `false` if it has not so many, or if that
    /// was noted already.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn note_reported(
        &self,
        agency: &AgencyCode,
        day: Date,
        reported: &Reported,
        audited: &Claim,
    ) -> Result<bool, Error> {
        for _ in 0..ROUNDS {
            let Some(before) = self.receipt_day(agency, day).await? else { return Ok(false) };
            let known = before.rows - before.unreported();
            if reported.rows > before.rows || reported.rows <= known || before.reported.len() >= MOST_REPORTS {
                return Ok(false);
            }
            let mut after = ReceiptDay { version: before.version + 1, ..before };
            after.reported.push(reported.clone());
            match self.write(&[after.claim(agency), audited.clone()]).await {
                Ok(()) => return Ok(true),
                Err(CommitError::Store(error)) => return Err(error),
                Err(CommitError::Claimed(..) | CommitError::Raced(_) | CommitError::Conflict) => {}
            }
        }
        Err(Error::Contended(ROUNDS))
    }
}
