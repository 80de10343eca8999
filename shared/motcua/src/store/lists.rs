//! Work lists: one query for the rows, one batch for the names and the counts. The register is a list too, by days.

use std::collections::HashMap;
use std::sync::PoisonError;

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, Select};
use jiff::Timestamp;

use super::item::{read, s};
use super::projected::Counted;
use super::{Error, Item, Key, Page, Store, text};
use rules::id::AgencyCode;
use rules::person::Person;
use rules::worklist::{After, Asked, Counts, List, Place, Row, day_bound};

/// Rows of a page, all of which are read. The cost is in reading their people.
const PAGE: usize = 20;
/// Rows of a page if filters leave some out …
const FILTERED: usize = 10;
/// … and the most that are read for it.
const READ_FOR_FILTERED: usize = 80;
/// The most keys of one batch.
const BATCH: usize = 100;

/// Seconds for which the number of dossiers that want a decision is taken as it was.
const LATELY_S: u64 = 60;

/// Bounds below and above every sort key of a list.
const ALL: (&str, &str) = ("0", "3");
/// Bounds below and above every sort key that has a day.
const DATED: (&str, &str) = ("1", "2");

/// A row and its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The row.
    pub row: Row,
    /// The people; `None` if they were erased.
    pub person: Option<Person>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct WorkPage {
    /// The rows, most urgent first.
    pub rows: Vec<Listed>,
    /// The number of dossiers in each list, filters or not; if one account's part was asked for, in that part.
    pub counts: Counts,
    /// Place where the next page begins; `None` at the end. With filters a page may be empty and not the last.
    pub next: Option<After>,
}

impl Store {
    /// Reads a page of a work list: two round trips, at most twelve read units.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn work_list(&self, agency: &AgencyCode, asked: &Asked) -> Result<WorkPage, Error> {
        let (most, limit) = if asked.takes_all() { (PAGE, PAGE) } else { (FILTERED, READ_FOR_FILTERED) };
        let page = self.rows(agency, asked, limit).await?;
        let (mut rows, mut next) = (Vec::new(), page.next.as_ref().and_then(place_after));
        let count = page.items.len();
        for (index, item) in page.items.iter().enumerate() {
            let row: Row = read(item, "row")?;
            if asked.filters.take(&row) {
                rows.push(row);
            }
            if rows.len() == most {
                if index + 1 < count {
                    next = place_after(item);
                }
                break;
            }
        }
        let counts = asked.part_of().map_or_else(|| Key::counts(agency), |who| Key::held(agency, who));
        let mut keys: Vec<_> = rows.iter().map(|row| Key::person(agency, row.id)).collect();
        keys.push(counts.clone());
        let found = self.all_lately(&keys).await?;
        let counts = Counted::read(found.get(&counts)).counts;
        Ok(WorkPage { rows: rows.into_iter().map(|row| listed(agency, row, &found)).collect(), counts, next })
    }

    /// Returns the counts of the lists: as the last work list of this process showed them, or read anew if that is more than
    /// a minute ago. Half a read unit then.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn counts_lately(&self, agency: &AgencyCode, now: Timestamp) -> Result<Counts, Error> {
        let lately = |(_, at): &(Counts, Timestamp)| now.as_second().abs_diff(at.as_second()) <= LATELY_S;
        let kept = self.counts.lock().unwrap_or_else(PoisonError::into_inner).get(agency).cloned();
        if let Some((counts, _)) = kept.filter(lately) {
            return Ok(counts);
        }
        let key = Key::counts(agency);
        let found = self.all_lately(std::slice::from_ref(&key)).await?;
        let counts = Counted::read(found.get(&key)).counts;
        self.keep_counts(agency, &counts, now);
        Ok(counts)
    }

    /// Keeps the counts that a work list has read anyway.
    pub fn keep_counts(&self, agency: &AgencyCode, counts: &Counts, now: Timestamp) {
        let mut kept = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(agency.clone(), (counts.clone(), now));
    }

    /// Reads `most` rows of a list, filters left aside, and the place where the next ones begin: one query. A place is
    /// given only if there is something behind it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn rows_of(
        &self,
        agency: &AgencyCode,
        asked: &Asked,
        most: usize,
    ) -> Result<(Vec<Row>, Option<After>), Error> {
        let page = self.rows(agency, asked, most + 1).await?;
        let rows = page.items.iter().take(most).map(|item| read(item, "row")).collect::<Result<_, _>>()?;
        let last = match page.items.get(most) {
            Some(_) => page.items.get(..most).and_then(<[Item]>::last),
            None => page.next.as_ref(),
        };
        Ok((rows, last.and_then(place_after)))
    }

    /// Reads the people of these rows, as they were a moment ago: a batch for each hundred.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn with_people(&self, agency: &AgencyCode, rows: Vec<Row>) -> Result<Vec<Listed>, Error> {
        let keys: Vec<_> = rows.iter().map(|row| Key::person(agency, row.id)).collect();
        let mut found = HashMap::new();
        for keys in keys.chunks(BATCH) {
            found.extend(self.all_lately(keys).await?);
        }
        Ok(rows.into_iter().map(|row| listed(agency, row, &found)).collect())
    }

    /// Counts the rows in a range of days of a list, filters left aside. It reads every one of them. It therefore stops
    /// as soon as there are more than `most` and returns a number above it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn count_rows(&self, agency: &AgencyCode, asked: &Asked, most: u64) -> Result<u64, Error> {
        let (bounds, mut from, mut count) = (bounds(asked), None, 0);
        loop {
            let query = self.between(agency, asked, &bounds).select(Select::Count).set_exclusive_start_key(from);
            let answer = query.send().await.map_err(|error| Error::from_sdk("Query", &error))?;
            count += u64::try_from(answer.count).unwrap_or(0);
            from = answer.last_evaluated_key;
            if from.is_none() || count > most {
                return Ok(count);
            }
        }
    }

    /// Reads a page of the places of an agency's list as its rows have them, a hundred at a time, consistently.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn places(
        &self,
        agency: &AgencyCode,
        list: List,
        from: Option<Item>,
    ) -> Result<Page<(Place, Option<Row>)>, Error> {
        self.places_of(agency, (list, None), from).await
    }

    /// Does the same with a list of the agency or of one account.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn places_of(
        &self,
        agency: &AgencyCode,
        (list, holder): (List, Option<&str>),
        from: Option<Item>,
    ) -> Result<Page<(Place, Option<Row>)>, Error> {
        let page = self.under(&Key::list_pk(agency, list, holder), "", from).await?;
        let place = |item: &Item| {
            let place = Place { list, sort: text(item, "sk")?.to_owned(), holder: holder.map(str::to_owned) };
            Some((place, read(item, "row").ok()))
        };
        Ok(Page { items: page.items.iter().filter_map(place).collect(), next: page.next })
    }

    /// Reads items of a list between its bounds, behind the place that was asked for.
    async fn rows(&self, agency: &AgencyCode, asked: &Asked, limit: usize) -> Result<Page<Item>, Error> {
        let bounds = bounds(asked);
        let after = match asked.after.as_ref().map(After::as_sort) {
            // A place before the range is no place in it, and behind its end there is nothing.
            Some(after) if after > bounds.1.as_str() => return Ok(Page { items: Vec::new(), next: None }),
            Some(after) if after < bounds.0.as_str() => None,
            after => after,
        };
        let holder = asked.part_of().map(str::to_owned);
        let from = |sort: &str| {
            Key::place(agency, &Place { list: asked.list, sort: sort.to_owned(), holder: holder.clone() }).attributes()
        };
        let answer = self
            .between(agency, asked, &bounds)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(after.map(from))
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        Ok(Page { items: answer.items.unwrap_or_default(), next: answer.last_evaluated_key })
    }

    fn between(&self, agency: &AgencyCode, asked: &Asked, bounds: &(String, String)) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", s(Key::list_pk(agency, asked.list, asked.part_of())))
            .expression_attribute_values(":from", s(bounds.0.as_str()))
            .expression_attribute_values(":to", s(bounds.1.as_str()))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
    }
}

/// Returns the bounds. Days bound only the lists that are by days, and in them only the rows that have one.
fn bounds(asked: &Asked) -> (String, String) {
    let dated = asked.list.is_by_day() && (asked.from.is_some() || asked.before.is_some());
    let (from, to) = if dated { DATED } else { ALL };
    let from = asked.from.filter(|_| dated).map_or_else(|| from.to_owned(), day_bound);
    let to = asked.before.filter(|_| dated).map_or_else(|| to.to_owned(), day_bound);
    (from.min(to.clone()), to)
}

pub(super) fn place_after(last: &Item) -> Option<After> {
    Some(After::sort(text(last, "sk")?))
}

pub(super) fn listed(agency: &AgencyCode, row: Row, found: &HashMap<Key, Item>) -> Listed {
    let person = found.get(&Key::person(agency, row.id)).and_then(|item| match read(item, "person") {
        Ok(person) => Some(person),
        Err(error) => {
            tracing::warn!(dossier = %row.id, %error, "people not read");
            None
        }
    });
    Listed { row, person }
}
