//! A gateway's settlement against the book of money received through its channel.

mod file;

use std::collections::BTreeMap;

use jiff::civil::Date;
use motcua::site::Site;
use motcua::store::Error;
use rules::gateway::settlement::{Differences, Line, compare};
use rules::id::AgencyCode;

pub use file::{Columns, FileError, read};

/// The most payments of a channel that are compared or added up at once: a channel that takes a thousand a day fills it
/// in three weeks.
pub const MOST_BOOKED: usize = 20_000;

/// Outcome of a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Differences between the two.
    pub differences: Differences,
    /// The name in a path of each payment of ours, by the gateway's number.
    pub names: BTreeMap<String, String>,
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
    let (mut ours, mut names) = (Vec::with_capacity(booked.len()), BTreeMap::new());
    for booked in booked {
        let name = booked.money(agency).money_name().unwrap_or_default();
        let line = Line::from(booked);
        names.insert(line.transaction.clone(), name);
        ours.push(line);
    }
    Ok(Some(Compared { differences: compare(lines, ours), names }))
}
