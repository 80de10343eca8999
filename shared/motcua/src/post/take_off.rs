//! Clerks change a parcel: a dossier is taken out, a number is typed, a doubt is decided.

use jiff::Timestamp;
use rules::id::{AgencyCode, DossierId};
use rules::post::{Parcel, ParcelNo, Place, Source, State, Tracked};

use super::apply::apply;
use super::error::{NotDone, ROUNDS};
use crate::site::Site;
use crate::store::{Claim, Error, Store};

/// Takes a dossier out of a parcel that the operator has not got yet. With its last dossier the parcel leaves the manifest
/// and is cancelled at the operator.
///
/// # Errors
/// [`NotDone`].
pub async fn take_off(
    site: &Site,
    agency: &AgencyCode,
    (no, id): (ParcelNo, DossierId),
    (by, because): (&str, &str),
    now: Timestamp,
) -> Result<Parcel, NotDone> {
    change(site, agency, no, now, |parcel| {
        let place = parcel.dossiers.iter().find(|it| it.id == id).ok_or(NotDone::Unknown)?.place;
        if place != Place::In {
            return Ok(false);
        }
        if parcel.closed_at.is_some() || parcel.standing().collected_at.is_some() {
            return Err(NotDone::Underway);
        }
        parcel.leave(id, Place::Leaving, because);
        for contained in parcel.dossiers.iter_mut().filter(|it| it.id == id) {
            contained.by = Some(by.to_owned());
        }
        Ok(true)
    })
    .await
}

/// Notes the operator's number of a parcel, as a clerk typed it or the operator answered it. The same number again changes
/// nothing, and another one takes its place.
///
/// # Errors
/// [`NotDone::NumberUsed`] if another parcel has it.
pub async fn name_waybill(
    site: &Site,
    agency: &AgencyCode,
    no: ParcelNo,
    number: &str,
    now: Timestamp,
) -> Result<Parcel, NotDone> {
    let number: String = number.split_whitespace().collect::<String>().to_uppercase();
    if number.is_empty() || number.chars().count() > Tracked::LONGEST || number.contains('#') {
        return Err(NotDone::NotANumber);
    }
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let mut parcel = store.parcel(agency, no).await?.ok_or(NotDone::Unknown)?;
        if parcel.waybill.as_ref() == Some(&number) {
            return Ok(parcel);
        }
        let used = store.waybill(agency, &parcel.operator, &number).await?;
        if let Some(other) = used.filter(|other| *other != no) {
            return Err(NotDone::NumberUsed(other));
        }
        parcel.waybill = Some(number.clone());
        parcel.version += 1;
        let mut claims = vec![Store::parcel_claim(agency, &parcel, now)];
        if used.is_none() {
            claims.push(Store::waybill_claim(agency, &parcel.operator, &number, no));
        }
        match store.write(&claims).await {
            Ok(()) => return Ok(parcel),
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}

/// Records what a clerk decided about a parcel: its state, as of now. It settles what contradicted, what nobody confirmed and
/// what was declined.
///
/// # Errors
/// [`NotDone`].
pub async fn decide(
    site: &Site,
    agency: &AgencyCode,
    (no, state): (ParcelNo, State),
    now: Timestamp,
) -> Result<Parcel, NotDone> {
    change(site, agency, no, now, |parcel| {
        let event = Tracked {
            code: "clerk".to_owned(),
            state: Some(state),
            at: now,
            heard_at: now,
            place: None,
            attempt: None,
            why: None,
            to: None,
            source: Source::Clerk,
        };
        if parcel.standing().state != state || parcel.trouble(&parcel.standing()).is_some() {
            parcel.hear(&event);
        }
        parcel.looked = None;
        parcel.dossiers.iter_mut().for_each(|contained| (contained.declined, contained.complaint) = (None, None));
        Ok(true)
    })
    .await
}

/// Notes that an operator was told of the better address, as it is now.
///
/// # Errors
/// [`NotDone`].
pub async fn tell_address(
    site: &Site,
    agency: &AgencyCode,
    no: ParcelNo,
    by: &str,
    now: Timestamp,
) -> Result<Parcel, NotDone> {
    change(site, agency, no, now, |parcel| {
        let untold = parcel.untold_address(&parcel.standing()).is_some();
        if untold {
            parcel.told_address = Some((now, by.to_owned()));
        }
        Ok(untold)
    })
    .await
}

/// Notes what an operator answered about a parcel.
///
/// # Errors
/// [`Error`].
pub async fn note(
    site: &Site,
    agency: &AgencyCode,
    no: ParcelNo,
    now: Timestamp,
    noted: impl Fn(&mut Parcel),
) -> Result<(), Error> {
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let Some(before) = store.parcel(agency, no).await? else { return Ok(()) };
        let mut parcel = before.clone();
        noted(&mut parcel);
        if parcel == before {
            return Ok(());
        }
        parcel.version += 1;
        match store.write(&[Store::parcel_claim(agency, &parcel, now)]).await {
            Ok(()) => return Ok(()),
            Err(error) => {
                if let Some(NotDone::Store(error)) = NotDone::of(error) {
                    return Err(error);
                }
            }
        }
    }
    Err(Error::Contended(ROUNDS))
}

/// Changes a parcel if `change` says so, and its manifest if the parcel leaves it; then tells its dossiers.
async fn change(
    site: &Site,
    agency: &AgencyCode,
    no: ParcelNo,
    now: Timestamp,
    change: impl Fn(&mut Parcel) -> Result<bool, NotDone>,
) -> Result<Parcel, NotDone> {
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let mut parcel = store.parcel(agency, no).await?.ok_or(NotDone::Unknown)?;
        if !change(&mut parcel)? {
            return Ok(parcel);
        }
        parcel.version += 1;
        let mut claims = vec![Store::parcel_claim(agency, &parcel, now)];
        claims.extend(off_manifest(store, agency, &parcel).await?);
        match store.write(&claims).await {
            Ok(()) => return Ok(apply(site, agency, no, now).await?.unwrap_or(parcel)),
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}

/// Returns the claim that an empty parcel is on its manifest no more.
async fn off_manifest(store: &Store, agency: &AgencyCode, parcel: &Parcel) -> Result<Option<Claim>, NotDone> {
    let Some(no) = parcel.manifest.filter(|_| parcel.inside().next().is_none()) else { return Ok(None) };
    let manifest = store.manifest(agency, no).await?;
    let Some(mut manifest) = manifest.filter(|it| !it.is_closed() && it.parcels.contains(&parcel.no)) else {
        return Ok(None);
    };
    manifest.parcels.retain(|other| *other != parcel.no);
    manifest.version += 1;
    Ok(Some(Store::manifest_claim(agency, &manifest)))
}
