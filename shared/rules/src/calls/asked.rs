//! Reasons to call somebody although no message failed: a question that nobody answered, and a wish to be called.

use jiff::{SignedDuration, Timestamp};

use super::{Asked, AskedFor};
use crate::dossier::{Dossier, Phase};
use crate::person::Person;
use crate::phone::Phone;
use crate::post::Wrong;

/// Hours for which an answer by the link is awaited before somebody calls.
const ANSWERS_WITHIN: SignedDuration = SignedDuration::from_hours(48);
/// The same where the result is ready and lies at the desk.
const ANSWERS_WITHIN_IF_READY: SignedDuration = SignedDuration::from_hours(24);

/// Returns what somebody is to be called about: they wished to be called, or else were asked and have not answered, and were
/// not spoken with since. It follows from the dossier and its people alone, so that the list can be made anew at any time.
#[must_use]
pub fn to_be_called(dossier: &Dossier, person: Option<&Person>) -> Option<Asked> {
    // One call answers all of it.
    let person = person?;
    let by_page = complained(dossier, person).or_else(|| moved(dossier, person)).or_else(|| wished(person));
    let asked = |(since, what)| Asked { id: dossier.id, place: place(person), since, until: since, what };
    by_page.map(asked).or_else(|| unanswered(dossier, person))
}

/// Returns the complaint about a delivered result, if nobody called since and it was not issued anew.
fn complained(dossier: &Dossier, person: &Person) -> Option<(Timestamp, AskedFor)> {
    let it = person.open_complaint().filter(|_| dossier.phase() == Phase::Returned)?;
    let what = match it.what {
        Wrong::Missing => AskedFor::Missing,
        Wrong::Damaged => AskedFor::Damaged,
    };
    Some((it.at, what))
}

/// Returns the address in another commune that a clerk is to confirm, while the result can still go there.
fn moved(dossier: &Dossier, person: &Person) -> Option<(Timestamp, AskedFor)> {
    let open = matches!(dossier.phase(), Phase::Done | Phase::InPost);
    let proposal = person.proposed.as_deref().filter(|it| open && !is_settled(person, it.at))?;
    Some((proposal.at, AskedFor::Address))
}

/// Returns the wish to be called, if nobody called since.
fn wished(person: &Person) -> Option<(Timestamp, AskedFor)> {
    let since = person.call_wished_at.filter(|since| !is_settled(person, *since))?;
    Some((since, AskedFor::Call))
}

/// Returns the question whether the result is to come by post, if it is open.
fn unanswered(dossier: &Dossier, person: &Person) -> Option<Asked> {
    let since = dossier.address_asked_at?;
    let open = matches!(
        dossier.phase(),
        Phase::Submitted | Phase::Incomplete | Phase::Accepted | Phase::InProgress | Phase::Paused | Phase::Done
    );
    let declines = dossier.returns_by_post == Some(false) && !dossier.desk_in_question;
    if !open || dossier.knows_its_way_home() || declines {
        return None;
    }
    if is_settled(person, since) {
        return None;
    }
    let within = if dossier.phase() == Phase::Done { ANSWERS_WITHIN_IF_READY } else { ANSWERS_WITHIN };
    Some(Asked { id: dossier.id, place: place(person), since, until: since + within, what: AskedFor::Return })
}

/// Whether somebody was spoken with since, or is not to be.
fn is_settled(person: &Person, since: Timestamp) -> bool {
    person.calls.iter().any(|call| call.at >= since && call.outcome.ends_a_wish())
}

/// Returns the place of the person to be called: the applicant, unless only the filer can be.
fn place(person: &Person) -> usize {
    let calls = |phone: Option<Phone>| phone.is_some();
    usize::from(!calls(person.phone(0)) && calls(person.phone(1)))
}
