//! Totals of days, kept so that a report reads them and no dossier.
//!
//! Each dossier keeps beside its events what it adds to each month ([`CountedMonth`]), with the version it was counted
//! at. It is replaced together with the totals it changes in one transaction, on condition that it is what was read. So
//! a delivery that comes twice, late or to two at once is counted once. Counts that belong in every report, whatever
//! day it begins on, are summed by month and year too. So a report reads its own months and two queries more.

mod compare;

pub use compare::{Check, Difference, Found};

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{
    AttributeValue, Put, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use jiff::civil::Date;

use super::commit::put_item;
use super::item::{json, n, number, read, s, text, under};
use super::{CommitError, Error, Item, Key, Span, Spans, Store};
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};
use rules::statistics::{Contributions, Counts, Group, Month, Totals};

/// Beginning of the names of counted attributes, so that no count is taken for anything else.
const COUNT: &str = "+";

/// Pages of one partition, a megabyte each, that a report reads at most.
const MOST_PAGES: usize = 50;

/// Counts that a dossier adds to a month, as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountedMonth {
    /// The dossier's version it was counted at.
    pub version: u64,
    /// The counts that it adds.
    pub contributions: Contributions,
}

/// One total as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The time it covers.
    pub span: Span,
    /// The dossiers it covers.
    pub group: Group,
    /// The numbers.
    pub counts: Counts,
    /// The number of times it was written.
    pub writes: u64,
}

impl Total {
    /// Adds up the totals of a period from those that are kept.
    #[must_use]
    pub fn together(from: Date, to: Date, kept: &[Self]) -> Totals {
        let mut totals = Totals::new(from, to);
        kept.iter().for_each(|total| totals.add(total.span.first_day(), &total.group, &total.counts));
        totals
    }
}

impl Store {
    /// Reads what a dossier adds to each month, as stored.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn counted_months(
        &self,
        agency: &AgencyCode,
        id: DossierId,
    ) -> Result<BTreeMap<Month, CountedMonth>, Error> {
        let (mut counted, mut from) = (BTreeMap::new(), None);
        loop {
            let page = self.under(&Key::counted_pk(agency, id), "", from).await?;
            for item in &page.items {
                let month = text(item, "sk").and_then(Month::parse);
                let month = month.ok_or_else(|| unreadable(item, "no month"))?;
                let version = number(item, "version").ok_or_else(|| unreadable(item, "no version"))?;
                counted.insert(month, CountedMonth { version, contributions: read(item, "counted")? });
            }
            match page.next {
                Some(next) => from = Some(next),
                None => return Ok(counted),
            }
        }
    }

    /// Replaces what a dossier adds to a month, and moves the totals by the difference, together or not at all.
    ///
    /// # Errors
    /// [`CommitError::Claimed`] if it is no longer `before`; [`CommitError`].
    pub async fn count_month(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        month: Month,
        before: Option<&CountedMonth>,
        after: &CountedMonth,
    ) -> Result<(), CommitError> {
        let change = match before {
            Some(before) => after.contributions.since(&before.contributions),
            None => after.contributions.clone(),
        };
        let moved = spread(&change).into_iter().filter(|(_, counts)| !counts.is_empty());
        let moved = moved.map(|((span, group), counts)| self.moved(agency, span, &group, &counts, None));
        let items = std::iter::once(self.counted_put(agency, id, month, before, after)).chain(moved).collect();
        self.transact(items, 0).await
    }

    fn counted_put(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        month: Month,
        before: Option<&CountedMonth>,
        after: &CountedMonth,
    ) -> TransactWriteItem {
        let mut item = under(&Key::counted(agency, id, month));
        item.insert("version".into(), n(after.version));
        item.insert("counted".into(), json(&after.contributions));
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = match before {
            None => put.condition_expression("attribute_not_exists(pk)"),
            // The content is compared too, because a repair keeps the version.
            Some(before) => put
                .condition_expression("#version = :version AND #counted = :counted")
                .expression_attribute_names("#version", "version")
                .expression_attribute_names("#counted", "counted")
                .expression_attribute_values(":version", n(before.version))
                .expression_attribute_values(":counted", json(&before.contributions)),
        };
        put_item(put.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld))
    }

    /// Adds to one total. If `writes` is given, this holds only if the total was written that often.
    fn moved(
        &self,
        agency: &AgencyCode,
        span: Span,
        group: &Group,
        counts: &Counts,
        writes: Option<u64>,
    ) -> TransactWriteItem {
        let mut update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(Key::totals(agency, span, group).attributes()))
            .expression_attribute_names("#shape", "shape")
            .expression_attribute_names("#group", "group")
            .expression_attribute_names("#writes", "writes")
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":group", json(group))
            .expression_attribute_values(":one", n(1));
        let mut added = String::from("ADD #writes :one");
        for (place, (name, number)) in counts.iter().enumerate() {
            added.push_str(&format!(", #{place} :{place}"));
            update = update
                .expression_attribute_names(format!("#{place}"), format!("{COUNT}{name}"))
                .expression_attribute_values(format!(":{place}"), AttributeValue::N(number.to_string()));
        }
        let update = update.update_expression(format!("SET #shape = :shape, #group = :group {added}"));
        let update = match writes {
            None => update,
            Some(0) => update.condition_expression("attribute_not_exists(pk)"),
            Some(writes) => {
                update.condition_expression("#writes = :writes").expression_attribute_values(":writes", n(writes))
            }
        };
        let update = update.build().expect("table, key and expression are given");
        TransactWriteItem::builder().update(update).build()
    }

    /// Reads the totals of a period: the years before it, the months of its first year before it, and the days of its
    /// months. That is two queries more than it has months, while no partition outgrows a page of a megabyte.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn totals(&self, agency: &AgencyCode, from: Date, to: Date) -> Result<Vec<Total>, Error> {
        let first = Month::of(from);
        let mut all = self.totals_in(agency, Spans::Years, &format!("{:04}", from.year())).await?;
        all.extend(self.totals_in(agency, Spans::Months(from.year()), &first.to_string()).await?);
        for month in Month::between(first, Month::of(to)) {
            // `~` sorts after the `#` that follows a day.
            all.extend(self.totals_in(agency, Spans::Days(month), &format!("{to}~")).await?);
        }
        Ok(all)
    }

    /// Reads the totals that lie together, up to a sort key.
    async fn totals_in(&self, agency: &AgencyCode, spans: Spans, until: &str) -> Result<Vec<Total>, Error> {
        let (mut totals, mut from) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let answer = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk AND sk <= :until")
                .expression_attribute_values(":pk", s(spans.totals_pk(agency)))
                .expression_attribute_values(":until", s(until))
                .set_exclusive_start_key(from)
                .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                .send()
                .await
                .map_err(|error| Error::from_sdk("Query", &error))?;
            for item in answer.items.iter().flatten() {
                totals.push(total(spans, item)?);
            }
            match answer.last_evaluated_key {
                Some(next) => from = Some(next),
                None => return Ok(totals),
            }
        }
        Err(Error::TooLarge(totals.len()))
    }
}

/// Spreads contributions by time and group: to their days, and their standing counts to the month and year too.
fn spread(contributions: &Contributions) -> BTreeMap<(Span, Group), Counts> {
    let mut spread: BTreeMap<(Span, Group), Counts> = BTreeMap::new();
    for (day, group, counts) in contributions.iter() {
        spread.entry((Span::Day(day), group.clone())).or_default().add_all(counts);
        let standing = counts.standing();
        for span in [Span::Month(Month::of(day)), Span::Year(day.year())] {
            spread.entry((span, group.clone())).or_default().add_all(&standing);
        }
    }
    spread
}

fn total(spans: Spans, item: &Item) -> Result<Total, Error> {
    let span = text(item, "sk").and_then(|sk| spans.span(sk)).ok_or_else(|| unreadable(item, "no time"))?;
    let count = |(name, value): (&String, &AttributeValue)| {
        let name = name.strip_prefix(COUNT)?;
        Some((name.to_owned(), value.as_n().ok()?.parse::<i64>().ok()?))
    };
    let counts = item.iter().filter_map(count).collect();
    Ok(Total { span, group: read(item, "group")?, counts, writes: number(item, "writes").unwrap_or_default() })
}

fn unreadable(item: &Item, reason: &str) -> Error {
    Error::Unreadable { sk: text(item, "sk").unwrap_or("?").to_owned(), reason: reason.to_owned() }
}
