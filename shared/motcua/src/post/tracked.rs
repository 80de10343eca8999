//! Events of an operator, recorded with their parcel.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::config::Post;
use rules::post::{Heard, Parcel, ParcelNo, Stray, Tracked};

use super::error::{NotDone, ROUNDS};
use crate::site::Site;
use crate::store::{Error, Store};

/// Parcels that are read at once.
const BATCH: usize = 100;

/// The parcel that an event is about, as the operator names it: by our number, by its own, or by both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Our order number.
    pub order: Option<String>,
    /// The operator's number.
    pub waybill: Option<String>,
}

/// Outcome of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracking {
    /// Recorded now.
    Recorded(ParcelNo),
    /// Recorded before.
    Before(ParcelNo),
    /// The parcel is not here: it is kept until it is.
    Kept,
    /// It was kept so before.
    KeptBefore,
}

/// Records an event with its parcel, or keeps it until the parcel is there. Nothing else is done here: a run tells the
/// dossiers.
///
/// # Errors
/// [`Error`].
pub async fn tracked(
    site: &Site,
    post: &Post,
    about: &About,
    event: &Tracked,
    now: Timestamp,
) -> Result<Tracking, Error> {
    let recorded = recorded(site.recorder.store(), post, about, event, now).await?;
    if let Some(tracking) = recorded {
        return Ok(tracking);
    }
    let stray = Stray {
        operator: post.id.clone(),
        order: about.order.clone(),
        waybill: about.waybill.clone(),
        event: event.clone(),
    };
    Ok(match site.recorder.store().keep_stray(&post.agency, &stray).await? {
        true => Tracking::Kept,
        false => Tracking::KeptBefore,
    })
}

/// Records many events, those of one parcel together, and returns how many of them were new.
///
/// # Errors
/// [`Error`].
pub async fn tracked_all(site: &Site, post: &Post, told: Vec<(About, Tracked)>, now: Timestamp) -> Result<u64, Error> {
    let store = site.recorder.store();
    let (mut of_parcels, mut others) = (BTreeMap::<ParcelNo, Vec<(About, Tracked)>>::new(), Vec::new());
    for (about, event) in told {
        match about.order.as_deref().map(ParcelNo::parse) {
            Some(Ok(no)) => of_parcels.entry(no).or_default().push((about, event)),
            Some(Err(_)) | None => others.push((about, event)),
        }
    }
    let mut new = 0;
    let nos: Vec<ParcelNo> = of_parcels.keys().copied().collect();
    for nos in nos.chunks(BATCH) {
        for mut parcel in store.parcels(&post.agency, nos).await? {
            if parcel.operator != post.id {
                continue;
            }
            let Some(told) = of_parcels.remove(&parcel.no) else { continue };
            let before = parcel.clone();
            let heard: Vec<Heard> = told.iter().map(|(_, event)| parcel.hear(event)).collect();
            let count = heard.iter().filter(|heard| **heard == Heard::New).count() as u64;
            let fits = !heard.contains(&Heard::Full);
            if fits && parcel == before {
                continue;
            }
            parcel.version += 1;
            let claim = Store::parcel_claim(&post.agency, &parcel, now);
            if fits && store.write(&[claim]).await.is_ok() {
                new += count;
            } else {
                // Somebody else came first, or there is no room: one by one.
                others.extend(told);
            }
        }
    }
    others.extend(of_parcels.into_values().flatten());
    for (about, event) in others {
        let told = tracked(site, post, &about, &event, now).await?;
        new += u64::from(matches!(told, Tracking::Recorded(_) | Tracking::Kept));
    }
    Ok(new)
}

/// Tries an event that was kept once more; `false` if its parcel is not here yet.
///
/// # Errors
/// [`Error`].
pub async fn retrack(site: &Site, post: &Post, stray: &Stray, now: Timestamp) -> Result<bool, Error> {
    let about = About { order: stray.order.clone(), waybill: stray.waybill.clone() };
    Ok(recorded(site.recorder.store(), post, &about, &stray.event, now).await?.is_some())
}

async fn recorded(
    store: &Store,
    post: &Post,
    about: &About,
    event: &Tracked,
    now: Timestamp,
) -> Result<Option<Tracking>, Error> {
    for _ in 0..ROUNDS {
        let Some(before) = found(store, post, about).await? else { return Ok(None) };
        let mut parcel = before.clone();
        match parcel.hear(event) {
            Heard::Full => {
                // It is kept beside the parcel, and in the end a person sees it.
                tracing::error!(parcel = %parcel.no, "a parcel has more events than are kept with it");
                return Ok(None);
            }
            Heard::Before if parcel == before => return Ok(Some(Tracking::Before(parcel.no))),
            Heard::Before | Heard::New => {}
        }
        let is_new = parcel.events.len() > before.events.len();
        let no = parcel.no;
        parcel.version += 1;
        match store.write(&[Store::parcel_claim(&post.agency, &parcel, now)]).await {
            Ok(()) if is_new => return Ok(Some(Tracking::Recorded(no))),
            Ok(()) => return Ok(Some(Tracking::Before(no))),
            Err(error) => {
                if let Some(NotDone::Store(error)) = NotDone::of(error) {
                    return Err(error);
                }
            }
        }
    }
    Err(Error::Contended(ROUNDS))
}

/// Finds the parcel by our number, else by the operator's. Another operator's parcel is none of its business.
async fn found(store: &Store, post: &Post, about: &About) -> Result<Option<Parcel>, Error> {
    let ours = about.order.as_deref().and_then(|order| ParcelNo::parse(order).ok());
    let no = match (ours, &about.waybill) {
        (Some(no), _) => Some(no),
        (None, Some(waybill)) => store.waybill(&post.agency, &post.id, waybill).await?,
        (None, None) => None,
    };
    let Some(no) = no else { return Ok(None) };
    Ok(store.parcel(&post.agency, no).await?.filter(|parcel| parcel.operator == post.id))
}
