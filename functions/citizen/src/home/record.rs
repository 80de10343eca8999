//! Commands that somebody gives by a link.

use motcua::recorder::{Order, Receipt, RecordError};
use motcua::site::Site;
use pages::Form;
use rules::dossier::{Action, Actor, Command, Refusal};
use rules::person::{Mailing, Person, Personal};
use rules::repeat;
use rules::token::{Token, stored_as};
use rules::vietnam;

use super::shown::SEEN;
use super::state::Home;
use crate::frame::Frame;
use crate::problem::Problem;

/// The source of these commands, among those of all receipts.
const SOURCE: &str = "applicant";

/// Outcome of a form that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recorded {
    /// It is recorded, now or before.
    Done,
    /// The dossier has gone on meanwhile.
    TooLate,
}

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
    let agency = frame.agency.key();
    let link = stored_as(site.config.id_key(), agency, token.as_str());
    let seen = sent.get(SEEN).and_then(|seen| seen.parse::<u64>().ok()).unwrap_or(home.dossier.version);
    // The same form sent twice is one command; the same page with something else in it is another.
    let [digest, as_written] = repeat::of_command(&link, &seen.to_string(), meaning.as_bytes());
    let receipt = Receipt { source: SOURCE.to_owned(), delivery: digest.clone(), digest, as_written };
    let order = Order {
        agency: agency.clone(),
        id: home.dossier.id,
        command: Command::now(frame.now, Actor::Applicant, action),
        receipt,
        called: None,
        expected_version: None,
        form: None,
        person: Some(personal),
        accept: false,
    };
    match site.recorder.record(&order).await {
        Ok(_) | Err(RecordError::Refused(Refusal::SameReturn)) => Ok(Recorded::Done),
        Err(RecordError::Refused(refusal)) => {
            tracing::info!(reason = %refusal, "a link was used too late");
            Ok(Recorded::TooLate)
        }
        Err(RecordError::Stale(_) | RecordError::KeyReused) => Ok(Recorded::TooLate),
        Err(RecordError::Unknown) => Err(Problem::NotFound),
        Err(RecordError::Store(error)) => Err(error.into()),
    }
}
