//! Work lists: one query for the rows, then one batch for the names and the counts.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use super::item::{read, s};
use super::projected::Counted;
use super::{Error, Item, Key, Page, Store, text};
use crate::id::AgencyCode;
use crate::person::Person;
use crate::worklist::{After, Asked, Counts, List, Place, Row, day_bound};

/// Rows of a page, all of which are read: their people are what costs.
const PAGE: usize = 20;
/// Rows of a page where filters leave some out …
const FILTERED: usize = 10;
/// … and the most that are read for it.
const READ_FOR_FILTERED: usize = 80;

/// Below and above every sort key of a list.
const ALL: (&str, &str) = ("0", "3");
/// Below and above every one that has a day.
const DATED: (&str, &str) = ("1", "2");

/// A row and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The row.
    pub row: Row,
    /// The people; none where they were erased.
    pub person: Option<Person>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct WorkPage {
    /// The rows, most urgent first.
    pub rows: Vec<Listed>,
    /// How many stand in each list, filters or not.
    pub counts: Counts,
    /// Where the next page begins; none at the end. With filters a page may be empty and not the last.
    pub next: Option<After>,
}

impl Store {
    /// A page of a work list: two round trips, at most twelve read units.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn work_list(&self, agency: &AgencyCode, asked: &Asked) -> Result<WorkPage, Error> {
        let (most, limit) = if asked.filters.are_none() { (PAGE, PAGE) } else { (FILTERED, READ_FOR_FILTERED) };
        let bounds = bounds(asked);
        let after = asked.after.as_ref().map(After::as_sort);
        let page = match after {
            // A place before the range is no place in it, and behind its end there is nothing.
            Some(after) if after > bounds.1.as_str() => Page { items: Vec::new(), next: None },
            Some(after) if after < bounds.0.as_str() => self.rows(agency, asked.list, &bounds, None, limit).await?,
            after => self.rows(agency, asked.list, &bounds, after, limit).await?,
        };
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
        let counts = Key::counts(agency);
        let mut keys: Vec<_> = rows.iter().map(|row| Key::person(agency, row.id)).collect();
        keys.push(counts.clone());
        let found = self.all_lately(&keys).await?;
        let counts = Counted::read(found.get(&counts)).counts;
        Ok(WorkPage { rows: rows.into_iter().map(|row| listed(agency, row, &found)).collect(), counts, next })
    }

    /// A page of the places of a list as its rows have them, a hundred at a time, read consistently.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn places(
        &self,
        agency: &AgencyCode,
        list: List,
        from: Option<Item>,
    ) -> Result<Page<(Place, Option<Row>)>, Error> {
        let page = self.under(&Key::list_pk(agency, list), "", from).await?;
        let place = |item: &Item| {
            let place = Place { list, sort: text(item, "sk")?.to_owned() };
            Some((place, read(item, "row").ok()))
        };
        Ok(Page { items: page.items.iter().filter_map(place).collect(), next: page.next })
    }

    async fn rows(
        &self,
        agency: &AgencyCode,
        list: List,
        bounds: &(String, String),
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Item>, Error> {
        let from = |sort: &str| Key::place(agency, &Place { list, sort: sort.to_owned() }).attributes();
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", s(Key::list_pk(agency, list)))
            .expression_attribute_values(":from", s(bounds.0.as_str()))
            .expression_attribute_values(":to", s(bounds.1.as_str()))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(after.map(from))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        Ok(Page { items: answer.items.unwrap_or_default(), next: answer.last_evaluated_key })
    }
}

/// Days bound only what has one: the running clocks.
fn bounds(asked: &Asked) -> (String, String) {
    let dated = asked.list == List::Running && (asked.due_from.is_some() || asked.due_before.is_some());
    let (from, to) = if dated { DATED } else { ALL };
    let from = asked.due_from.filter(|_| dated).map_or_else(|| from.to_owned(), day_bound);
    let to = asked.due_before.filter(|_| dated).map_or_else(|| to.to_owned(), day_bound);
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
