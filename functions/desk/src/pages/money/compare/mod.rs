//! A gateway's settlement against the book of money received through its channel.

mod file;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use motcua::site::Site;
use motcua::store::{Booked, Error};
use rules::gateway::hidden::number;
use rules::gateway::settlement::{Differences, Line, compare};
use rules::id::AgencyCode;
use rules::vietnam;

pub use file::{Columns, FileError, read};

/// The most payments of a channel that are compared or added up at once: a channel that takes a thousand a day fills it
/// in three weeks.
pub const MOST_BOOKED: usize = 20_000;

/// Outcome of a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Differences between the two.
    pub differences: Differences,
    /// Lines whose payment is booked, but on a day that was not asked for.
    pub other_days: Vec<(Line, Date)>,
    /// The name in a path of each payment of ours, by the gateway's number and the reference.
    names: BTreeMap<(String, String), String>,
}

/// Days before and after those asked for, in which a payment may be booked: a gateway settles by its own days.
const DAYS_AROUND: i32 = 62;

impl Compared {
    /// Returns the name in a path of the payment of ours with this number; of several, the one with this reference.
    #[must_use]
    pub fn name_of(&self, line: &Line) -> Option<&str> {
        let exact = self.names.get(&(line.transaction.clone(), line.reference.clone()));
        let from = (line.transaction.clone(), String::new());
        let any = || self.names.range(from..).next().filter(|((number, _), _)| *number == line.transaction);
        exact.or_else(|| any().map(|(_, name)| name)).map(String::as_str)
    }
}

/// Compares a settlement with what the payers paid from one day to another, both included. `None` if that is more than
/// [`MOST_BOOKED`].
///
/// # Errors
/// [`Error`].
pub async fn compared(
    site: &Site,
    agency: &AgencyCode,
    channel: &str,
    days: (Date, Date),
    lines: Vec<Line>,
) -> Result<Option<Compared>, Error> {
    let Some(booked) = site.recorder.store().booked(agency, channel, days, MOST_BOOKED).await? else {
        return Ok(None);
    };
    let mut names = BTreeMap::new();
    let mut named = |booked: Booked| {
        let name = booked.money(agency).money_name().unwrap_or_default();
        let line = Line::from(booked);
        names.insert((line.transaction.clone(), line.reference.clone()), name);
        line
    };
    let ours: Vec<Line> = booked.into_iter().map(&mut named).collect();
    // A number that may hold a person is kept as its hash, and found by it.
    let kept = |line: Line| Line { transaction: number(&line.transaction).into_owned(), ..line };
    let mut differences = compare(lines.into_iter().map(kept).collect(), ours);
    let mut other_days = Vec::new();
    if !differences.not_ours.is_empty() {
        let mut around = around(site, agency, channel, days).await?;
        differences.not_ours.retain(|line| {
            let alike =
                |(own, _): &(Line, Booked)| own.transaction == line.transaction && own.amount_vnd == line.amount_vnd;
            let Some(place) = around.iter().position(alike) else { return true };
            let (_, booked) = around.remove(place);
            other_days.push((line.clone(), vietnam::day(booked.at)));
            named(booked);
            false
        });
    }
    Ok(Some(Compared { differences, other_days, names }))
}

/// Reads what is booked shortly before and after these days, each with its line; nothing where that is too much.
async fn around(
    site: &Site,
    agency: &AgencyCode,
    channel: &str,
    (from, until): (Date, Date),
) -> Result<Vec<(Line, Booked)>, Error> {
    let (before, after) = (from.saturating_sub(1.day()), until.saturating_add(1.day()));
    let both = [(from.saturating_sub(DAYS_AROUND.days()), before), (after, until.saturating_add(DAYS_AROUND.days()))];
    let mut found = Vec::new();
    for days in both {
        let booked = site.recorder.store().booked(agency, channel, days, MOST_BOOKED).await?;
        found.extend(booked.unwrap_or_default().into_iter().map(|booked| (Line::from(booked.clone()), booked)));
    }
    Ok(found)
}
