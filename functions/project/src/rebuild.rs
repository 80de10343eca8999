//! Rebuild of everything, with a list of what was wrong: for dossiers that could not be read when something happened to
//! them, after a restore, and to check that nothing is wrong.

use std::collections::{BTreeMap, BTreeSet};

use motcua::site::Site;
use motcua::store::{Brought, Counted, Error, Key, Projected};
use rules::id::{AgencyCode, DossierId};
use rules::worklist::{Counts, List, Place, Projection, Row};

use crate::{book, brought, calls, guided, search_key, totals};

/// Findings of a rebuild, which it put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Dossiers looked at.
    pub dossiers: u64,
    /// Of them, those whose projection was wrong.
    pub behind: u64,
    /// Of them, those that cannot be read: they stay as they are.
    pub unreadable: u64,
    /// Rows that were missing or showed something else.
    pub rows_missing: u64,
    /// Rows that should not have been there.
    pub rows_stray: u64,
    /// Counts that were wrong, by name: the stored figure and the right one.
    pub counts_wrong: Vec<(String, i64, i64)>,
    /// Months of dossiers that were counted into the totals wrongly or not at all.
    pub months_wrong: u64,
    /// Totals that were not what the dossiers add up to.
    pub totals_wrong: u64,
    /// Dossiers of which a message was missing in the phone list, or should not have been there.
    pub calls_wrong: u64,
    /// Payments that were not in the book.
    pub not_booked: u64,
    /// Payments whose lawful receipt nobody had asked for.
    pub no_receipt: u64,
    /// Notices whose card was missing or wrong, in the list or among those that stand.
    pub notices_wrong: u64,
    /// Whether the office worked meanwhile, so that the counts could not be compared: run again.
    pub moved_meanwhile: bool,
}

impl Rebuilt {
    /// Whether everything was as it should be.
    #[must_use]
    pub fn nothing_was_wrong(&self) -> bool {
        *self == Self { dossiers: self.dossiers, ..Self::default() }
    }
}

/// Updates every projection of an agency, compares rows and counts with them, and puts both right. It may be
/// interrupted and run again at any time.
///
/// # Errors
/// [`Error`].
pub async fn rebuild(site: &Site, agency: &AgencyCode) -> Result<Rebuilt, Error> {
    let store = site.recorder.store();
    let (months_wrong, totals) = totals::rebuild(site, agency).await?;
    let before = store.counted(agency).await?;
    let held_before = store.held(agency).await?;
    let (not_booked, no_receipt) = book::rebuild(site, agency).await?;
    let notices_wrong = store.mend_notices(agency).await?;
    let rebuilt = Rebuilt {
        not_booked,
        no_receipt,
        notices_wrong,
        months_wrong,
        totals_wrong: totals.wrong.len() as u64,
        ..Rebuilt::default()
    };
    let held = held_before.keys().map(|who| (who.clone(), Held::default())).collect();
    let mut found = Found { rebuilt, right: BTreeMap::new(), counts: Counts::default(), moves: 0, held };
    let mut from = None;
    loop {
        let page = store.every_dossier(agency, from).await?;
        for id in page.items {
            found.dossier(site, agency, id).await?;
        }
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    for list in List::ALL {
        found.rows(site, agency, (list, None)).await?;
        let holders: Vec<_> = found.held.keys().filter(|_| list.is_work()).cloned().collect();
        for who in holders {
            found.rows(site, agency, (list, Some(&who))).await?;
        }
    }
    found.missing(site, agency).await?;
    for (_, kept) in store.every_call(agency).await? {
        if let Some(from) = kept.call.counted_from() {
            found.counts.add_call(from, 1);
        }
    }
    found.compare(site, agency, &before).await?;
    found.compare_held(site, agency, &held_before).await?;
    found.rebuilt.moved_meanwhile |= totals.moving > 0;
    Ok(found.rebuilt)
}

struct Found {
    rebuilt: Rebuilt,
    /// Rows that should be there and were not seen yet, with the version that each shows.
    right: BTreeMap<Place, (DossierId, u64)>,
    counts: Counts,
    /// Writes to the counts by this rebuild.
    moves: u64,
    /// The same for each account that holds something or held it.
    held: BTreeMap<String, Held>,
}

/// The counts of one account as they should be, and the writes to them by this rebuild.
#[derive(Default)]
struct Held {
    counts: Counts,
    moves: u64,
}

/// Updates the projections of one dossier, and what follows from its filing.
async fn projected(site: &Site, agency: &AgencyCode, id: DossierId) -> Result<Brought, Error> {
    let key = search_key(&site.config);
    let (brought, touched) = brought(site, &key, agency, id).await?;
    if let Some(touched) = touched {
        guided::bring(site, &key, &touched).await?;
    }
    Ok(brought)
}

impl Found {
    async fn dossier(&mut self, site: &Site, agency: &AgencyCode, id: DossierId) -> Result<(), Error> {
        self.rebuilt.dossiers += 1;
        match projected(site, agency, id).await {
            Ok(Brought::Now { counted, counted_of }) => {
                self.rebuilt.behind += 1;
                self.moves += counted;
                counted_of.into_iter().for_each(|who| self.held.entry(who).or_default().moves += 1);
            }
            Ok(Brought::Already | Brought::Moved) => {}
            Err(error @ (Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_))) => {
                tracing::error!(dossier = %id, %error, "not rebuilt");
                self.rebuilt.unreadable += 1;
            }
            Err(error @ (Error::Unavailable { .. } | Error::Contended(_))) => return Err(error),
        }
        self.calls(site, agency, id).await?;
        if let Some(projection) = kept(site, agency, id).await?.map(|kept| kept.projection) {
            self.counts.add(&projection, 1);
            if let Some(who) = projection.holder() {
                self.held.entry(who.to_owned()).or_default().counts.add_held(&projection, 1);
            }
            let version = projection.version();
            self.right.extend(projection.places.into_iter().map(|place| (place, (id, version))));
        }
        Ok(())
    }

    /// Puts the phone list right as far as one dossier is in it, or should be.
    async fn calls(&mut self, site: &Site, agency: &AgencyCode, id: DossierId) -> Result<(), Error> {
        match calls::bring(site, &search_key(&site.config), agency, id).await {
            Ok(brought) => {
                self.rebuilt.calls_wrong += u64::from(brought.moved);
                self.moves += brought.counted;
            }
            Err(error @ (Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_))) => {
                tracing::error!(dossier = %id, %error, "not rebuilt in the phone list");
            }
            Err(error @ (Error::Unavailable { .. } | Error::Contended(_))) => return Err(error),
        }
        Ok(())
    }

    /// Ticks off the rows of a list, and removes those that should not be there.
    async fn rows(&mut self, site: &Site, agency: &AgencyCode, list: (List, Option<&str>)) -> Result<(), Error> {
        let store = site.recorder.store();
        let mut from = None;
        loop {
            let page = store.places_of(agency, list, from).await?;
            for (place, row) in page.items {
                let shows = row.as_ref().map(|row: &Row| (row.id, row.version));
                match self.right.get(&place) {
                    Some(right) if Some(*right) == shows => {
                        self.right.remove(&place);
                    }
                    // It shows something else, so the right row is missing.
                    Some(_) => {}
                    None => self.stray(site, agency, place, row).await?,
                }
            }
            from = page.next;
            if from.is_none() {
                return Ok(());
            }
        }
    }

    /// Removes a row that no projection seen so far has, unless it has come meanwhile.
    async fn stray(&mut self, site: &Site, agency: &AgencyCode, place: Place, row: Option<Row>) -> Result<(), Error> {
        let Some(id) = row.map(|row| row.id).or_else(|| place.dossier()) else { return Ok(()) };
        let kept = kept(site, agency, id).await?;
        if kept.as_ref().is_some_and(|kept| kept.projection.places.contains(&place)) {
            return Ok(());
        }
        if site.recorder.store().put_rows_right(agency, id, kept.as_ref(), &[place]).await? {
            self.rebuilt.rows_stray += 1;
        }
        Ok(())
    }

    async fn missing(&mut self, site: &Site, agency: &AgencyCode) -> Result<(), Error> {
        let missing = std::mem::take(&mut self.right);
        let ids: BTreeSet<_> = missing.values().map(|(id, _)| *id).collect();
        for id in ids {
            let kept = kept(site, agency, id).await?;
            let of_it = missing.iter().filter(|(_, right)| right.0 == id);
            let still = |projection: &Projection, place: &Place, version: u64| {
                projection.version() == version && projection.places.contains(place)
            };
            let count = match &kept {
                Some(kept) => of_it.filter(|(place, (_, version))| still(&kept.projection, place, *version)).count(),
                None => 0,
            };
            if count > 0 && site.recorder.store().put_rows_right(agency, id, kept.as_ref(), &[]).await? {
                self.rebuilt.rows_missing += count as u64;
            }
        }
        Ok(())
    }

    async fn compare(&mut self, site: &Site, agency: &AgencyCode, before: &Counted) -> Result<(), Error> {
        let store = site.recorder.store();
        let now = store.counted(agency).await?;
        if now.revision != before.revision + self.moves {
            self.rebuilt.moved_meanwhile = true;
            return Ok(());
        }
        self.rebuilt.counts_wrong = now.counts.against(&self.counts);
        // Written even if all are right: the zeros of days that are over are dropped.
        self.rebuilt.moved_meanwhile = !store.recount(agency, now.revision, &self.counts).await?;
        Ok(())
    }

    /// Compares the counts of every account.
    async fn compare_held(
        &mut self,
        site: &Site,
        agency: &AgencyCode,
        before: &BTreeMap<String, Counted>,
    ) -> Result<(), Error> {
        let store = site.recorder.store();
        let now = store.held(agency).await?;
        for (who, right) in std::mem::take(&mut self.held) {
            let (was, is) = (before.get(&who), now.get(&who).cloned().unwrap_or_default());
            if is.revision != was.map_or(0, |was| was.revision) + right.moves {
                self.rebuilt.moved_meanwhile = true;
                continue;
            }
            let wrong = is.counts.against(&right.counts).into_iter();
            self.rebuilt.counts_wrong.extend(wrong.map(|(name, had, has)| (format!("{who}: {name}"), had, has)));
            self.rebuilt.moved_meanwhile |= !store.recount_held((agency, &who), is.revision, &right.counts).await?;
        }
        Ok(())
    }
}

async fn kept(site: &Site, agency: &AgencyCode, id: DossierId) -> Result<Option<Projected>, Error> {
    let item = site.recorder.store().item(&Key::projection(agency, id)).await?;
    item.as_ref().map(Projected::read).transpose()
}
