//! Commands that somebody gives by a link. The form needs the token in its path, so that no other site can send it.

use motcua::recorder::{Order, Receipt, RecordError};
use motcua::site::Site;
use rules::dossier::{Action, Actor, Command, Refusal};
use rules::id::DossierId;
use rules::person::Personal;
use rules::repeat;
use rules::token::{Token, stored_as};

use crate::frame::Frame;
use crate::problem::Problem;

/// The source of these commands, among those of all receipts.
const SOURCE: &str = "applicant";

/// Outcome of a form that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recorded {
    /// It is recorded, now or before.
    Done,
    /// The dossier has gone on meanwhile.
    TooLate,
}

/// Records what the holder of a link says about a dossier, of which their page showed the version `seen`. `meaning` is what
/// they said, apart from how it was written.
pub(crate) async fn record(
    site: &Site,
    frame: &Frame<'_>,
    (token, id, seen): (&Token, DossierId, u64),
    (action, person, meaning): (Action, Option<Personal>, &str),
) -> Result<Recorded, Problem> {
    let agency = frame.agency.key();
    let link = stored_as(site.config.id_key(), agency, token.as_str());
    // The same form sent twice is one command; the same page with something else in it is another.
    let [digest, as_written] = repeat::of_command(&link, &seen.to_string(), meaning.as_bytes());
    let receipt = Receipt { source: SOURCE.to_owned(), delivery: digest.clone(), digest, as_written };
    let order = Order {
        agency: agency.clone(),
        id,
        command: Command::now(frame.now, Actor::Applicant, action),
        receipt,
        called: None,
        expected_version: None,
        form: None,
        person,
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
