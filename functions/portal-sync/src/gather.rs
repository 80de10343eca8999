//! Everything that the records of one dossier are written from, read in one query.

use std::collections::BTreeMap;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Error, Whole};
use rules::attachment::attachments;
use rules::config::Portal;
use rules::dossier::Actor;
use rules::id::DossierId;
use rules::portal::outbound::{Handler, Records, Subject, records};

/// A dossier's records, or the reason why there are none.
pub(crate) enum Gathered {
    /// The records.
    Records(Box<Records>),
    /// It has no code yet, or its way of filing is not told.
    Nothing,
    /// Its people were erased: the portal would lose them too.
    Erased,
}

pub(crate) async fn gather(site: &Site, portal: &Portal, id: DossierId, now: Timestamp) -> Result<Gathered, Error> {
    let (store, agency) = (site.recorder.store(), &portal.agency);
    let Some(whole) = store.whole(agency, id).await? else { return Ok(Gathered::Nothing) };
    if portal.tell.as_ref().is_none_or(|tell| !tell.channels.contains(&whole.dossier.filing)) {
        return Ok(Gathered::Nothing);
    }
    let Some(person) = &whole.person else { return Ok(Gathered::Erased) };
    let procedure = site.recorder.catalogue().version(agency, &whole.dossier.procedure).await?;
    let files: Vec<_> = whole.forms.iter().flat_map(|(_, form)| attachments(form)).collect();
    let staff = if names_staff(&whole) { staff(site, portal, now).await? } else { BTreeMap::new() };
    let agency_name = site.config.agency(agency.as_str()).map_or("", |agency| agency.name.as_str());
    let subject = Subject {
        agency,
        agency_name,
        id,
        history: &whole.history,
        person,
        procedure: procedure.as_deref(),
        files: &files,
        staff: &staff,
        portal: &portal.id,
    };
    Ok(records(&subject).map_or(Gathered::Nothing, |records| Gathered::Records(Box::new(records))))
}

fn names_staff(whole: &Whole) -> bool {
    whole.history.iter().any(|commit| matches!(commit.actor, Actor::Staff(_) | Actor::Takeover(_)))
}

async fn staff(site: &Site, portal: &Portal, now: Timestamp) -> Result<BTreeMap<String, Handler>, Error> {
    let people = site.recorder.store().people(&portal.agency, now).await?;
    let handler = |member: &motcua::store::Member| {
        let title = match member.seen.role.as_str() {
            "specialist" => "Chuyên viên",
            "manager" => "Lãnh đạo",
            _ => "Cán bộ một cửa",
        };
        let name = member.name.clone().unwrap_or_default();
        (member.seen.who.clone(), Handler { name, title: title.to_owned() })
    };
    Ok(people.members().map(handler).collect())
}
