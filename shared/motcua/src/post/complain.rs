//! The receiver of a result says that it did not arrive, or arrived damaged: its last parcel goes to a person.

use jiff::Timestamp;
use rules::id::{AgencyCode, DossierId};
use rules::post::Complaint;

use super::error::{NotDone, ROUNDS};
use crate::store::{Key, OfDossier, Store};

/// Notes the complaint at the last parcel of a dossier, or takes it back. Without a parcel nothing is done.
///
/// # Errors
/// [`NotDone::Store`].
pub async fn complain(
    store: &Store,
    agency: &AgencyCode,
    id: DossierId,
    complaint: Option<Complaint>,
    now: Timestamp,
) -> Result<(), NotDone> {
    let key = Key::parcel_of(agency, id);
    for _ in 0..ROUNDS {
        let found = store.all(std::slice::from_ref(&key)).await?;
        let Some(no) = found.get(&key).map(OfDossier::read).and_then(|of| of.last) else { return Ok(()) };
        let Some(mut parcel) = store.parcels(agency, &[no]).await?.pop() else { return Ok(()) };
        if !parcel.complain(id, complaint) {
            return Ok(());
        }
        parcel.version += 1;
        match store.write(&[Store::parcel_claim(agency, &parcel, now)]).await {
            Ok(()) => return Ok(()),
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}
