//! Commands that somebody gives by a link.

use motcua::site::Site;
use pages::Form;
use rules::dossier::Action;
use rules::person::{Mailing, Person, Personal};
use rules::token::Token;
use rules::vietnam;

use super::shown::SEEN;
use super::state::Home;
use crate::frame::Frame;
use crate::problem::Problem;
use crate::recorded::{self, Recorded};

/// The link, its dossier and the form.
type Sent<'a> = (&'a Token, &'a Home, &'a Form);

/// Records the way in which the result comes back.
pub(super) async fn choose(site: &Site, frame: &Frame<'_>, sent: Sent<'_>, by_post: bool) -> Result<Recorded, Problem> {
    let action = Action::ChooseReturn { by_post, consent: None };
    let meaning = if by_post { "post" } else { "desk" };
    record(site, frame, sent, (action, Personal::Return { given_by: None }, meaning)).await
}

/// Records the address that was read back and confirmed.
pub(super) async fn confirm(
    site: &Site,
    frame: &Frame<'_>,
    sent: Sent<'_>,
    mailing: Mailing,
) -> Result<Recorded, Problem> {
    let differs =
        sent.1.declared().is_none_or(|text| mailing.address.differs(site.units(), vietnam::day(frame.now), text));
    let meaning = serde_json::to_string(&mailing).expect("an address has string keys only");
    let personal = Personal::Mailing { is: Box::new(mailing), given_by: None };
    record(site, frame, sent, (Action::ConfirmAddress { differs, consent: None }, personal, &meaning)).await
}

/// Proposes an address that a clerk is to confirm, or takes that back.
pub(super) async fn propose(
    site: &Site,
    frame: &Frame<'_>,
    home: &Home,
    mailing: Option<Mailing>,
) -> Result<Recorded, Problem> {
    let change = |person: &mut Person| person.propose(mailing.clone(), frame.now);
    site.recorder.change_people(frame.agency.key(), home.dossier.id, change).await?;
    Ok(Recorded::Done)
}

async fn record(
    site: &Site,
    frame: &Frame<'_>,
    (token, home, sent): Sent<'_>,
    (action, personal, meaning): (Action, Personal, &str),
) -> Result<Recorded, Problem> {
    let seen = sent.get(SEEN).and_then(|seen| seen.parse::<u64>().ok()).unwrap_or(home.dossier.version);
    recorded::record(site, frame, (token, home.dossier.id, seen), (action, Some(personal), meaning)).await
}
