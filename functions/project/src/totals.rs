//! Totals for the reports.

use motcua::site::Site;
use motcua::store::{Check, Error, Found};
use rules::id::{AgencyCode, DossierId};

/// Counts a dossier as far as its history goes now.
pub(crate) async fn bring(site: &Site, agency: &AgencyCode, id: DossierId) -> Result<(), Error> {
    site.recorder.count(agency, id).await.map(|_| ())
}

/// Counts every dossier from the beginning, compares the totals with what the dossiers add up to, and puts both right.
/// Returns how many months of dossiers were wrong, and the findings about the totals. If a dossier cannot be read, the
/// totals are compared and left as they are, because what it adds is not known.
pub(crate) async fn rebuild(site: &Site, agency: &AgencyCode) -> Result<(u64, Found), Error> {
    let store = site.recorder.store();
    let ids = every_dossier(site, agency).await?;
    let (mut months, mut all_read) = (0, true);
    for id in &ids {
        match site.recorder.recount(agency, *id).await {
            Ok(wrong) => months += u64::from(wrong),
            Err(error) => all_read &= passed(*id, error)?,
        }
    }
    let mut check = Check::begin(store, agency, &ids).await?;
    for id in &ids {
        if let Err(error) = check.dossier(*id).await {
            all_read &= passed(*id, error)?;
        }
    }
    let found = check.end(all_read).await?;
    for wrong in &found.wrong {
        tracing::warn!(of = %wrong.span.named(), repaired = wrong.repaired, "a total was wrong");
    }
    Ok((months, found))
}

async fn every_dossier(site: &Site, agency: &AgencyCode) -> Result<Vec<DossierId>, Error> {
    let (mut ids, mut from) = (Vec::new(), None);
    loop {
        let mut page = site.recorder.store().every_dossier(agency, from).await?;
        ids.append(&mut page.items);
        match page.next {
            Some(next) => from = Some(next),
            None => return Ok(ids),
        }
    }
}

/// Returns `false`, since not all was read, if a dossier cannot be read. An error that may pass ends the rebuild.
fn passed(id: DossierId, error: Error) -> Result<bool, Error> {
    match error {
        Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_) => {
            tracing::error!(dossier = %id, %error, "not counted");
            Ok(false)
        }
        Error::Unavailable { .. } | Error::Contended(_) => Err(error),
    }
}
