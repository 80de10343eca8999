//! People who were told how to file online, and filed online next.

use motcua::site::Site;
use motcua::store::Error;
use motcua::stream::{Kind, Record};
use rules::calls;
use rules::dossier::Filing;
use rules::worklist::SearchKey;

use crate::touched::{Of, Touched};

/// Returns the dossier that a record files.
pub(crate) fn filed(record: &Record<'_>) -> Option<Of> {
    record.key.event_version().filter(|version| *version == 1 && record.kind == Kind::Insert)?;
    record.key.dossier().map(|(agency, id)| Of::Dossier(agency, id))
}

/// Takes down that somebody of a dossier that was filed online had been told how. It is the same however often.
pub(crate) async fn bring(site: &Site, key: &SearchKey, touched: &Touched) -> Result<(), Error> {
    let (dossier, Some(person)) = (&touched.dossier, &touched.person) else { return Ok(()) };
    if dossier.filing != Filing::Online {
        return Ok(());
    }
    let phones = (0..=1).filter_map(|place| person.phone(place));
    let mut names: Vec<String> = phones.map(|phone| calls::guided(key, &dossier.agency, &phone)).collect();
    names.dedup();
    match names.is_empty() {
        true => Ok(()),
        false => site.recorder.store().note_filed_next(&dossier.agency, &names, dossier.submitted_at).await,
    }
}
