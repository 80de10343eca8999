//! The question whether a result is to come by post, where nobody answered it.

use jiff::SignedDuration;

use super::Asked;
use crate::dossier::{Dossier, Phase};
use crate::person::{Outcome, Person};
use crate::phone::Phone;

/// Hours for which an answer by the link is awaited before somebody calls.
const ANSWERS_WITHIN: SignedDuration = SignedDuration::from_hours(48);
/// The same where the result is ready and lies at the desk.
const ANSWERS_WITHIN_IF_READY: SignedDuration = SignedDuration::from_hours(24);

/// Returns what somebody is to be called about: they were asked, have not answered, and were not spoken with since. It
/// follows from the dossier and its people alone, so that the list can be made anew at any time.
#[must_use]
pub fn unanswered(dossier: &Dossier, person: Option<&Person>) -> Option<Asked> {
    let since = dossier.address_asked_at?;
    let open = matches!(
        dossier.phase(),
        Phase::Submitted | Phase::Incomplete | Phase::Accepted | Phase::InProgress | Phase::Paused | Phase::Done
    );
    let declines = dossier.returns_by_post == Some(false) && !dossier.desk_in_question;
    if !open || dossier.knows_its_way_home() || declines {
        return None;
    }
    let person = person?;
    let settled = |outcome: Outcome| matches!(outcome, Outcome::Reached | Outcome::LetterSent | Outcome::NotNeeded);
    if person.calls.iter().any(|call| call.at >= since && settled(call.outcome)) {
        return None;
    }
    let calls = |phone: Option<Phone>| phone.is_some();
    let place = usize::from(!calls(person.phone(0)) && calls(person.phone(1)));
    let within = if dossier.phase() == Phase::Done { ANSWERS_WITHIN_IF_READY } else { ANSWERS_WITHIN };
    Some(Asked { id: dossier.id, place, since, until: since + within })
}
