//! Results are put into a parcel of a manifest: its number and the operator's number are claimed before anybody is told.

use std::collections::HashMap;

use jiff::Timestamp;
use rules::config::Post;
use rules::dossier::{Dossier, Phase, Refusal};
use rules::id::{AgencyCode, DossierId};
use rules::post::{
    Contained, Direction, MOST_DOSSIERS, Manifest, ManifestNo, Numbers, Ordering, Parcel, ParcelNo, Place,
};
use rules::vietnam;

use super::apply::apply;
use super::error::{NotDone, ROUNDS};
use crate::site::Site;
use crate::store::{Claim, CommitError, Item, Key, OfDossier, Store, number, read};

/// A parcel that was made, and the dossiers that would not go into it.
#[derive(Debug)]
pub struct Put {
    /// The parcel.
    pub parcel: Parcel,
    /// The dossiers that declined, each with its sentence.
    pub declined: Vec<(DossierId, String)>,
}

/// Everything that a round reads.
pub(super) struct Found {
    items: HashMap<Key, Item>,
}

impl Found {
    pub(super) fn count(&self, key: &Key) -> Option<u64> {
        self.items.get(key).and_then(|item| number(item, "count"))
    }

    /// Whether the dossier is there.
    pub(super) fn has(&self, agency: &AgencyCode, id: DossierId) -> bool {
        self.items.contains_key(&Key::state(agency, id))
    }

    fn dossier(&self, agency: &AgencyCode, id: DossierId) -> Result<Option<Dossier>, NotDone> {
        Ok(self.items.get(&Key::state(agency, id)).map(|item| read(item, "state")).transpose()?)
    }

    fn of_dossier(&self, agency: &AgencyCode, id: DossierId) -> Option<OfDossier> {
        self.items.get(&Key::parcel_of(agency, id)).map(OfDossier::read)
    }
}

/// The next number of the ranges, and the counter that gives it.
struct Given {
    number: String,
    counter: Key,
    counted: Option<u64>,
}

/// Puts results of one receiver into a new parcel of an open manifest. Dossiers that are in a parcel of this manifest by
/// themselves already, all of them in the same one, get that one again: a click may come twice.
///
/// # Errors
/// [`NotDone`].
pub async fn put(
    site: &Site,
    agency: &AgencyCode,
    (manifest, ids): (ManifestNo, &[DossierId]),
    by: &str,
    now: Timestamp,
) -> Result<Put, NotDone> {
    if ids.is_empty() || ids.len() > MOST_DOSSIERS {
        return Err(NotDone::Full);
    }
    let (store, year) = (site.recorder.store(), vietnam::day(now).year());
    for _ in 0..ROUNDS {
        let manifest = store.manifest(agency, manifest).await?.ok_or(NotDone::Unknown)?;
        let post = site.config.post(&manifest.operator).map_err(|_| NotDone::NoOperator)?;
        let found = found(store, agency, post, ids, year).await?;
        if let Some(parcel) = put_before(store, agency, &found, &manifest, ids).await? {
            return told(site, agency, parcel, now).await;
        }
        if let Some((at, by)) = manifest.closed {
            return Err(NotDone::Closed(at, by));
        }
        if manifest.parcels.len() >= Manifest::MOST_PARCELS {
            return Err(NotDone::Full);
        }
        for id in ids {
            fits(agency, &found, *id)?;
        }
        let given = given(agency, post, &found)?;
        let (series, counted) = parcel_series(agency, &found, year);
        let no = ParcelNo::of(year, u32::try_from(counted.unwrap_or(0) + 1).map_err(|_| NotDone::Full)?);
        let parcel = made(post, (no, Some(manifest.no)), ids, (by, now), given.as_ref().map(|it| it.number.clone()));
        let mut manifest = manifest;
        manifest.parcels.push(no);
        manifest.version += 1;
        let mut claims = vec![
            Claim::Count(series, counted),
            Store::parcel_claim(agency, &parcel, now),
            Store::manifest_claim(agency, &manifest),
        ];
        claims.extend(ids.iter().map(|id| OfDossier::claim(found.of_dossier(agency, *id), agency, *id, Some(no))));
        let alias = claims.len();
        if let Some(given) = &given {
            claims.push(Store::waybill_claim(agency, &post.id, &given.number, no));
            claims.push(Claim::Count(given.counter.clone(), given.counted));
        }
        match store.write(&claims).await {
            Ok(()) => return told(site, agency, parcel, now).await,
            Err(CommitError::Claimed(place, _)) if place == alias => skip(store, given.as_ref()).await?,
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}

/// Returns how many numbers are left in the ranges of an operator; `None` if it has no ranges.
///
/// # Errors
/// [`NotDone`].
pub async fn numbers_left(site: &Site, agency: &AgencyCode, operator: &str) -> Result<Option<u64>, NotDone> {
    let post = site.config.post(operator).map_err(|_| NotDone::NoOperator)?;
    let ranges = ranges(post);
    if ranges.is_empty() {
        return Ok(None);
    }
    let keys: Vec<Key> = ranges.iter().map(|range| counter(agency, post, range)).collect();
    let found = Found { items: site.recorder.store().all(&keys).await? };
    let left = |range: &Numbers| range.count().saturating_sub(found.count(&counter(agency, post, range)).unwrap_or(0));
    Ok(Some(ranges.iter().map(left).sum()))
}

fn ranges(post: &Post) -> &[Numbers] {
    post.order.as_ref().map(|order| order.numbers.as_slice()).unwrap_or_default()
}

fn counter(agency: &AgencyCode, post: &Post, range: &Numbers) -> Key {
    Key::counter(agency, &range.series(&post.id))
}

pub(super) fn parcel_series(agency: &AgencyCode, found: &Found, year: i16) -> (Key, Option<u64>) {
    let series = Key::counter(agency, &ParcelNo::series(year));
    let counted = found.count(&series);
    (series, counted)
}

pub(super) async fn found(
    store: &Store,
    agency: &AgencyCode,
    post: &Post,
    ids: &[DossierId],
    year: i16,
) -> Result<Found, NotDone> {
    let mut keys = vec![Key::counter(agency, &ParcelNo::series(year))];
    let mut items = HashMap::new();
    for id in ids {
        keys.extend([Key::state(agency, *id), Key::parcel_of(agency, *id)]);
    }
    keys.extend(ranges(post).iter().map(|range| counter(agency, post, range)));
    for keys in keys.chunks(100) {
        items.extend(store.all(keys).await?);
    }
    Ok(Found { items })
}

/// Returns the parcel that the same click made before.
async fn put_before(
    store: &Store,
    agency: &AgencyCode,
    found: &Found,
    manifest: &Manifest,
    ids: &[DossierId],
) -> Result<Option<Parcel>, NotDone> {
    let no = |id: &DossierId| found.of_dossier(agency, *id).and_then(|of| of.parcel);
    let Some(first) = no(&ids[0]).filter(|first| ids.iter().all(|id| no(id) == Some(*first))) else { return Ok(None) };
    let parcel = store.parcel(agency, first).await?.filter(|parcel| parcel.manifest == Some(manifest.no));
    Ok(parcel.filter(|parcel| parcel.dossiers.len() == ids.len()))
}

fn fits(agency: &AgencyCode, found: &Found, id: DossierId) -> Result<(), NotDone> {
    if let Some(no) = found.of_dossier(agency, id).and_then(|of| of.parcel) {
        return Err(NotDone::InAParcel(id, no));
    }
    let dossier = found.dossier(agency, id)?.ok_or(NotDone::Unknown)?;
    match dossier.phase() {
        Phase::Done if dossier.returns_by_post == Some(true) => Ok(()),
        Phase::Done => Err(NotDone::Refused(id, Refusal::PostNotChosen)),
        _ => Err(NotDone::Refused(id, Refusal::NotByPost)),
    }
}

/// Returns the next number of the first range that has one left.
fn given(agency: &AgencyCode, post: &Post, found: &Found) -> Result<Option<Given>, NotDone> {
    let ranges = ranges(post);
    let next = ranges.iter().find_map(|range| {
        let counter = counter(agency, post, range);
        let counted = found.count(&counter);
        let number = range.nth(counted.unwrap_or(0))?;
        Some(Given { number, counter, counted })
    });
    match next {
        None if !ranges.is_empty() => Err(NotDone::NoNumbers),
        next => Ok(next),
    }
}

/// Passes over a number that a clerk typed for another parcel.
async fn skip(store: &Store, given: Option<&Given>) -> Result<(), NotDone> {
    let Some(given) = given else { return Ok(()) };
    match store.write(&[Claim::Count(given.counter.clone(), given.counted)]).await {
        Ok(()) => Ok(()),
        Err(error) => NotDone::of(error).map_or(Ok(()), Err),
    }
}

pub(super) fn made(
    post: &Post,
    (no, manifest): (ParcelNo, Option<ManifestNo>),
    ids: &[DossierId],
    (by, now): (&str, Timestamp),
    waybill: Option<String>,
) -> Parcel {
    Parcel {
        no,
        direction: if manifest.is_some() { Direction::Result } else { Direction::Collection },
        operator: post.id.clone(),
        dossiers: ids.iter().map(|id| Contained::of(*id)).collect(),
        manifest,
        waybill,
        order: if post.order.is_some() { Ordering::Wanted } else { Ordering::OnPaper },
        made_at: now,
        made_by: by.to_owned(),
        closed_at: None,
        events: Vec::new(),
        looked: None,
        told_address: None,
        better_address: None,
        look: false,
        version: 1,
    }
}

async fn told(site: &Site, agency: &AgencyCode, parcel: Parcel, now: Timestamp) -> Result<Put, NotDone> {
    let parcel = apply(site, agency, parcel.no, now).await?.unwrap_or(parcel);
    let left = parcel.dossiers.iter().filter(|contained| contained.place == Place::Left);
    let declined = left.map(|it| (it.id, it.because.clone().unwrap_or_default())).collect();
    Ok(Put { parcel, declined })
}
