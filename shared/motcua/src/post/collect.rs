//! Papers are to be collected from an applicant: a parcel whose sender and receiver are swapped.

use jiff::Timestamp;
use rules::id::{AgencyCode, DossierId};
use rules::post::{Parcel, ParcelNo};
use rules::vietnam;

use super::error::{NotDone, ROUNDS};
use super::put::{found, made, parcel_series};
use crate::site::Site;
use crate::store::{Claim, Store};

/// Orders the collection of papers of a dossier. Its hand-over minutes are recorded by a clerk, as of the hand-over at the
/// post office (QĐ 45/2016/QĐ-TTg art. 7(4)): no event of an operator resumes a clock by itself.
///
/// # Errors
/// [`NotDone`].
pub async fn collect(
    site: &Site,
    agency: &AgencyCode,
    (operator, id): (&str, DossierId),
    by: &str,
    now: Timestamp,
) -> Result<Parcel, NotDone> {
    let post = site.config.post(operator).ok().filter(|post| post.agency == *agency).ok_or(NotDone::NoOperator)?;
    let (store, year) = (site.recorder.store(), vietnam::day(now).year());
    for _ in 0..ROUNDS {
        let found = found(store, agency, post, &[id], year).await?;
        if !found.has(agency, id) {
            return Err(NotDone::Unknown);
        }
        let (series, counted) = parcel_series(agency, &found, year);
        let no = ParcelNo::of(year, u32::try_from(counted.unwrap_or(0) + 1).map_err(|_| NotDone::Full)?);
        let parcel = made(post, (no, None), &[id], (by, now), None);
        let claims = [Claim::Count(series, counted), Store::parcel_claim(agency, &parcel, now)];
        match store.write(&claims).await {
            Ok(()) => return Ok(parcel),
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}
