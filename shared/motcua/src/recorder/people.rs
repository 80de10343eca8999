//! The people of a dossier, written beside its state.

use super::Order;
use super::rounds::{RecordError, Round};
use crate::store::{Claim, Item, Key, number, read, write};
use rules::dossier::table::{Cell, cell};
use rules::dossier::{Action, Actor, Consent, Kind, Refusal};
use rules::person::{Change, Changed, HandOut, Noted, Person, Personal};

/// Version of items that were written before people had versions.
const FIRST: u64 = 1;

/// Returns the key of their item, if the command changes its content.
pub(super) fn key(order: &Order) -> Option<Key> {
    match &order.person {
        None | Some(Personal::Filed(_)) => None,
        Some(
            Personal::Refiled(_)
            | Personal::Contact { .. }
            | Personal::Mailing { .. }
            | Personal::Return { .. }
            | Personal::HandOut { .. },
        ) => Some(Key::person(&order.agency, order.id)),
    }
}

/// Returns their item as this commit makes it.
pub(super) fn claim(order: &Order, round: &Round<'_>) -> Result<Option<Claim>, RecordError> {
    let key = Key::person(&order.agency, order.id);
    let personal = match &order.person {
        None => return Ok(None),
        Some(Personal::Filed(person)) => return Ok(Some(Claim::Put(item(&key, person, FIRST)))),
        Some(personal) => personal,
    };
    let stored = round.beside(&key);
    if matches!(personal, Personal::Refiled(_)) {
        let is_kept = round.dossier.is_some_and(|it| cell(it.phase(), Kind::ChangeFiling) == Cell::Kept);
        // The office goes on with the people whom it accepted, and a portal brings back nobody who was erased.
        if is_kept || stored.is_none() {
            return Ok(None);
        }
    }
    let mut person = match stored {
        Some(item) => read::<Person>(item, "person")?,
        // The applicant may be erased; the person who fetches the result is recorded all the same.
        None if matches!(personal, Personal::HandOut { .. }) => Person::default(),
        None => return Err(Refusal::NoPeople.into()),
    };
    let noted = Noted {
        version: round.next_version(),
        at: order.command.at.min(order.command.now),
        by: match &order.command.actor {
            Actor::Staff(account) => account.clone(),
            Actor::Portal(id) | Actor::Gateway(id) | Actor::Post(id) | Actor::Takeover(id) => id.clone(),
            Actor::Applicant => "applicant".to_owned(),
            Actor::Sweep => "sweep".to_owned(),
        },
    };
    changed(&mut person, personal, &order.command.action, noted)?;
    let was = stored.map(|stored| number(stored, "version").unwrap_or(FIRST));
    // Calls are noted in between, each with a version of its own, and none is ever given twice.
    let item = item(&key, &person, round.next_version().max(was.unwrap_or(0) + 1));
    Ok(Some(match was {
        None => Claim::New(item),
        Some(was) => Claim::Over(item, was),
    }))
}

fn changed(person: &mut Person, personal: &Personal, action: &Action, noted: Noted) -> Result<(), Refusal> {
    match (personal, action) {
        (Personal::Refiled(said), Action::ChangeFiling { .. }) => match person.refile(said) {
            Some(what) => person.note_change(Change { noted, consent: Some(Consent::Writing), given_by: None, what }),
            None => Ok(()),
        },
        (Personal::Contact { is, given_by }, Action::CorrectContact { whose, consent, .. }) => {
            let was = person.correct(*whose, is)?;
            let what = Changed::Contact { whose: *whose, was, is: is.clone() };
            person.note_change(Change { noted, consent: Some(*consent), given_by: given_by.clone(), what })
        }
        (Personal::Mailing { is, given_by }, Action::ConfirmAddress { consent, .. }) => {
            let what = Changed::Mailing { was: person.mailing.replace(is.clone()), is: is.clone() };
            person.proposed = None;
            person.note_change(Change { noted, consent: *consent, given_by: given_by.clone(), what })
        }
        (Personal::Return { given_by }, Action::ChooseReturn { by_post, consent }) => {
            let what = Changed::Return { by_post: *by_post };
            person.note_change(Change { noted, consent: *consent, given_by: given_by.clone(), what })
        }
        (Personal::HandOut { name, paper_no }, Action::HandOut { to, shown, .. }) => {
            let on_record = person.receives(*to)?;
            let name = name.as_deref().or(on_record).unwrap_or_default().to_owned();
            person.note_hand_out(HandOut { noted, to: *to, name, shown: *shown, paper_no: paper_no.clone() })
        }
        // Any other command says nothing about people.
        _ => Ok(()),
    }
}

fn item(key: &Key, person: &Person, version: u64) -> Item {
    let json = serde_json::to_string(person).expect("a person has string keys only");
    let mut item = write::item(key, "person", json);
    write::number(&mut item, "version", version);
    item
}
