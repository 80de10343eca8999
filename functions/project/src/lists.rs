//! Work lists, their counts and the search entries.

use jiff::Timestamp;
use motcua::store::{Brought, Error, Key, Projected, Store};
use rules::dossier::{Dossier, Stage};
use rules::worklist::{self, SearchKey, Wanted};

use crate::touched::Touched;

/// Updates them for one dossier.
pub(crate) async fn bring(store: &Store, key: &SearchKey, touched: &Touched) -> Result<Brought, Error> {
    let (dossier, person) = (&touched.dossier, touched.person.as_ref());
    let (agency, id) = (&dossier.agency, dossier.id);
    let item = touched.loaded.item(&Key::projection(agency, id));
    let kept = item.map(Projected::read).transpose()?;
    if kept.as_ref().is_some_and(|kept| kept.projection.version() > dossier.version) {
        return Ok(Brought::Already);
    }
    let mut wanted = Wanted::of(dossier, returned_at(store, dossier).await?, person, key);
    match &kept {
        Some(kept) if kept.projection == wanted.projection => return Ok(Brought::Already),
        Some(kept) if kept.projection.version() == dossier.version => {
            // Only its people can differ. One batch reads its items one by one, so the people may have been read before
            // a change and the projection after it. What is read now is never older than the projection.
            let (dossier, person) = touched.again(store).await?;
            wanted = Wanted::of(&dossier, returned_at(store, &dossier).await?, person.as_ref(), key);
        }
        Some(_) | None => {}
    }
    store.bring(agency, kept, &wanted).await
}

/// Returns when the result left the office. The history is read for this only if it did.
async fn returned_at(store: &Store, dossier: &Dossier) -> Result<Option<Timestamp>, Error> {
    if !matches!(dossier.stage, Stage::InPost { .. } | Stage::Returned { .. }) {
        return Ok(None);
    }
    let history = store.whole_history(&dossier.agency, dossier.id).await?;
    Ok(worklist::returned_at(&history, dossier.version))
}
