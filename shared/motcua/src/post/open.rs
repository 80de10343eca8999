//! A manifest is opened.

use jiff::Timestamp;
use rules::id::AgencyCode;
use rules::post::{Manifest, ManifestNo};
use rules::vietnam;

use super::error::{NotDone, ROUNDS};
use crate::site::Site;
use crate::store::{Claim, Key, Store, number};

/// Opens a manifest for an operator of the agency.
///
/// # Errors
/// [`NotDone`].
pub async fn open(
    site: &Site,
    agency: &AgencyCode,
    operator: &str,
    by: &str,
    now: Timestamp,
) -> Result<Manifest, NotDone> {
    if !site.config.post(operator).is_ok_and(|post| post.agency == *agency) {
        return Err(NotDone::NoOperator);
    }
    let (store, year) = (site.recorder.store(), vietnam::day(now).year());
    let counter = Key::counter(agency, &ManifestNo::series(year));
    for _ in 0..ROUNDS {
        let counted = store.item(&counter).await?.and_then(|item| number(&item, "count"));
        let next = u32::try_from(counted.unwrap_or(0) + 1).map_err(|_| NotDone::Full)?;
        let manifest = Manifest::opened(ManifestNo::of(year, next), operator, by, now);
        let claims = [Claim::Count(counter.clone(), counted), Store::manifest_claim(agency, &manifest)];
        match store.write(&claims).await {
            Ok(()) => return Ok(manifest),
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}
