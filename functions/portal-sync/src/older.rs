//! Older dossiers, filed before their portal was told of any: a person begins them once, and each gets a turn.

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use motcua::store::{Error, Older};
use rules::config::{Portal, Telling};
use rules::worklist::{Asked, List};
use serde::Serialize;

/// Dossiers that are read at once.
const PAGE: usize = 50;
/// The share of a minute that older dossiers take: the other half is free for what happens now.
const SHARE: usize = 2;

/// Reasons why older dossiers are not begun.
#[derive(Debug, thiserror::Error)]
pub enum NotBegun {
    /// No such portal, or one that is told nothing.
    #[error("no portal of that name is told anything")]
    NoPortal,
    /// Another run is at it.
    #[error("another run is beginning them just now")]
    Together,
    /// The store failed. What was begun stays begun, and the next run goes on from there.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Outcome of one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Begun {
    /// Dossiers that were given a turn in this run.
    pub begun: u64,
    /// Dossiers that were given one in all runs.
    pub in_all: u64,
    /// The turn of the last one.
    pub last: Option<Timestamp>,
    /// Whether all of the register was looked through. Otherwise another run goes on.
    pub ended: bool,
}

/// Gives the older dossiers of a portal their turns, in the order of the register, as long as there is `time_left`.
///
/// Turns lie so far apart that older dossiers take half of what the portal's entry lets a minute have; a new dossier and
/// news of an older one therefore never wait behind them. Where a run ended the next one goes on, and one that is killed
/// gives nobody two turns.
///
/// # Errors
/// [`NotBegun`].
pub async fn begin(
    site: &Site,
    portal: &str,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Result<Begun, NotBegun> {
    let portal = site.config.portals().find(|it| it.id == portal).ok_or(NotBegun::NoPortal)?;
    let telling = portal.tell.as_ref().ok_or(NotBegun::NoPortal)?;
    let mut older = site.recorder.store().older(&portal.agency, &portal.id).await?;
    let before = older.begun;
    older.ended = false;
    while !older.ended && time_left() {
        older = page(site, (portal, telling), older, now).await?;
    }
    Ok(Begun { begun: older.begun - before, in_all: older.begun, last: older.turn, ended: older.ended })
}

async fn page(
    site: &Site,
    (portal, telling): (&Portal, &Telling),
    before: Older,
    now: Timestamp,
) -> Result<Older, NotBegun> {
    let (store, agency) = (site.recorder.store(), &portal.agency);
    let asked = Asked { after: before.after.clone(), ..Asked::all_of(List::Received) };
    let (rows, next) = store.rows_of(agency, &asked, PAGE).await?;
    let mut older = Older { ended: next.is_none(), ..before.clone() };
    for row in rows.iter().filter(|row| telling.channels.contains(&row.filing)) {
        // A dossier that has one already uses its turn up all the same: the turns of a run that is repeated are the same.
        let turn = turn(older.turn, telling.a_minute, now);
        older.begun += u64::from(store.want_told_older(agency, &portal.id, (row.id, row.version), turn).await?);
        older.turn = Some(turn);
    }
    // At the end the place stays where it was: rows that come later are new, and told by themselves.
    older.after = next.or(older.after);
    match store.note_older(agency, &portal.id, (&before, &older)).await? {
        true => Ok(older),
        false => Err(NotBegun::Together),
    }
}

/// Returns the turn after the last one: never before now.
fn turn(last: Option<Timestamp>, a_minute: usize, now: Timestamp) -> Timestamp {
    let rate = i64::try_from((a_minute / SHARE).max(1)).unwrap_or(1);
    let apart = SignedDuration::from_millis(60_000 / rate);
    last.map_or(now, |last| now.max(last + apart))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn turns_take_half_of_a_minute_and_are_never_past() {
        assert_eq!(turn(None, 60, at(1_000)), at(1_000));
        assert_eq!(turn(Some(at(1_000)), 60, at(1_000)), at(1_002));
        assert_eq!(turn(Some(at(1_000)), 60, at(5_000)), at(5_000), "a run that goes on much later");
        for a_minute in [1, 2, 3] {
            assert_eq!(turn(Some(at(1_000)), a_minute, at(1_000)), at(1_060), "{a_minute}");
        }
    }
}
