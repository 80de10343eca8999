//! A manifest is closed at the pick-up: the operator has its parcels.

use jiff::Timestamp;
use rules::id::AgencyCode;
use rules::person::{Label, Person};
use rules::post::{Manifest, ManifestNo, Parcel};
use rules::vietnam;

use super::apply::apply;
use super::error::{NotDone, ROUNDS};
use crate::site::Site;
use crate::store::{Error, Key, Store, read};

/// Parcels whose dossiers are told at once. The others are told by the next run.
const TOLD_AT_ONCE: usize = 5;

/// Closes a manifest with all of its parcels in one transaction, and keeps what is written on their labels.
///
/// # Errors
/// [`NotDone::Closed`] if somebody did before.
pub async fn close(
    site: &Site,
    agency: &AgencyCode,
    no: ManifestNo,
    by: &str,
    now: Timestamp,
) -> Result<Manifest, NotDone> {
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let mut manifest = store.manifest(agency, no).await?.ok_or(NotDone::Unknown)?;
        if let Some((at, by)) = manifest.closed {
            return Err(NotDone::Closed(at, by));
        }
        let mut parcels = store.parcels(agency, &manifest.parcels).await?;
        parcels.retain(|parcel| parcel.inside().next().is_some());
        if parcels.is_empty() {
            return Err(NotDone::Empty);
        }
        for parcel in &parcels {
            keep_labels(site, agency, parcel, now).await?;
        }
        manifest.parcels = parcels.iter().map(|parcel| parcel.no).collect();
        manifest.closed = Some((now, by.to_owned()));
        manifest.version += 1;
        let mut claims = vec![Store::manifest_claim(agency, &manifest)];
        for parcel in &mut parcels {
            parcel.closed_at = Some(now);
            parcel.version += 1;
            claims.push(Store::parcel_claim(agency, parcel, now));
        }
        match store.write(&claims).await {
            Ok(()) => {
                for parcel in manifest.parcels.iter().take(TOLD_AT_ONCE) {
                    // The parcels are due in any case, so a failure here loses nothing.
                    if let Err(error) = apply(site, agency, *parcel, now).await {
                        tracing::warn!(%parcel, %error, "dossiers are told by the next run");
                    }
                }
                return Ok(manifest);
            }
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}

/// Keeps what is written on a parcel's label with its first dossier, so that a reprint is the same.
async fn keep_labels(site: &Site, agency: &AgencyCode, parcel: &Parcel, now: Timestamp) -> Result<(), Error> {
    let store = site.recorder.store();
    let Some(first) = parcel.inside().next() else { return Ok(()) };
    let Some(item) = store.item(&Key::person(agency, first.id)).await? else { return Ok(()) };
    let person: Person = read(&item, "person")?;
    let label = Label::of(&person, site.units(), vietnam::day(now));
    store.keep_label(agency, first.id, parcel.no, &label).await
}
