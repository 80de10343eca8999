//! The outcome of a call: recorded once, with the people it was about, and in one transaction with the messages it ends.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::order::seen_item;
use super::rounds::{ROUNDS, RecordError};
use super::{Receipt, Recorder};
use crate::store::{
    AuditEntry, Claim, CommitError, Did, EndedMessages, Error, Guided, How, Item, KeptCall, Key, number, read, write,
};
use rules::calls::{AGAIN_AFTER_OFFICE_MINUTES, Call, MOST_NOTED, Noted, Untold, guided};
use rules::id::{AgencyCode, DossierId};
use rules::person::{Agreed, Called, Effect, Outcome, Person};
use rules::phone::Phone;
use rules::worklist::SearchKey;

/// Version of people whose item was written before people had versions.
const FIRST: u64 = 1;

/// The outcome of a call, to be recorded under a receipt.
#[derive(Clone, Debug)]
pub struct CallOutcome {
    /// The agency.
    pub agency: AgencyCode,
    /// Name of the call in a path.
    pub call: String,
    /// The version that was looked at.
    pub expected_version: u64,
    /// The receipt, by which a repeat is known.
    pub receipt: Receipt,
    /// The account of the member of staff.
    pub by: String,
    /// The time.
    pub now: Timestamp,
    /// The outcome.
    pub outcome: Outcome,
    /// The time at which the person is to be called again, if the outcome needs one.
    pub back_at: Option<Timestamp>,
    /// Words of the call; they are kept with the people, and nowhere else.
    pub note: String,
    /// The agreements made, with the person's consent that they are kept.
    pub agreed: Vec<Agreed>,
    /// The key of the names of people.
    pub key: SearchKey,
}

/// What became of it, with the call as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Recorded now.
    Now(KeptCall),
    /// Recorded before, as this version.
    Before(u64, KeptCall),
}

impl Recorder {
    /// Records the outcome of a call.
    ///
    /// # Errors
    /// [`RecordError`]; `Unknown` if there is no such call, `Stale` with its version if somebody else recorded something
    /// meanwhile, or if nothing is left to tell.
    pub async fn record_call(&self, outcome: &CallOutcome) -> Result<Answered, RecordError> {
        let CallOutcome { agency, call: name, receipt, .. } = outcome;
        let (key, seen) = (Key::call(agency, name), Key::seen(agency, &receipt.source, &receipt.delivery));
        let mut failure = Error::Contended(ROUNDS);
        for _ in 0..ROUNDS {
            let there = self.store.all(&[key.clone(), seen.clone()]).await?;
            let was = KeptCall::read(Some(there.get(&key).ok_or(RecordError::Unknown)?))?;
            match there.get(&seen) {
                Some(item) if receipt.is_of(item) => {
                    return Ok(Answered::Before(number(item, "version").unwrap_or(0), was));
                }
                Some(_) => return Err(RecordError::KeyReused),
                None if was.version != outcome.expected_version || was.call.is_over() => {
                    return Err(RecordError::Stale(was.version));
                }
                None => {}
            }
            let mut after = was.call.clone();
            let noted = Noted { outcome: outcome.outcome, at: outcome.now, by: outcome.by.clone() };
            let ended = after.record(noted, self.call_again_at(outcome));
            let version = was.version + 1;
            let mut claims = vec![Claim::New(seen_item(&seen, receipt, version, outcome.now)), outcome.audited()];
            claims.extend(self.people_called(outcome, &was.call, &ended).await?);
            let how = match outcome.outcome.effect() {
                Effect::SendsAgain => EndedMessages::SentAgain(outcome.now),
                Effect::Ends | Effect::Sleeps | Effect::Marks(_) | Effect::Notes => EndedMessages::Told,
            };
            match self.store.record_call(agency, (name, &was, &after), (&ended, how), &claims).await {
                Ok(()) => return Ok(Answered::Now(KeptCall { version, call: after })),
                Err(CommitError::Store(error)) => failure = error,
                Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => {}
            }
        }
        Err(failure.into())
    }

    /// Returns when the person is called again: as they asked, or after some hours of office.
    fn call_again_at(&self, outcome: &CallOutcome) -> Option<Timestamp> {
        if outcome.outcome.effect() != Effect::Sleeps {
            return None;
        }
        let hours = || {
            let office = self.office(&outcome.agency);
            let later = office.office_minutes_after(outcome.now, AGAIN_AFTER_OFFICE_MINUTES);
            // Beyond the tables of days off, the next day is taken for a working day.
            later.or_else(|_| office.next_opening(outcome.now)).unwrap_or(outcome.now)
        };
        Some(outcome.back_at.unwrap_or_else(hours))
    }

    /// Returns the people who were called about, each with the call noted.
    async fn people_called(
        &self,
        outcome: &CallOutcome,
        call: &Call,
        ended: &[Untold],
    ) -> Result<Vec<Claim>, RecordError> {
        let about = if ended.is_empty() { &call.untold } else { ended };
        let about = about.iter().map(|it| (it.id, it.place));
        let mut places: BTreeMap<DossierId, usize> = BTreeMap::new();
        let asked = call.asked.iter().map(|it| (it.id, it.place));
        for (id, place) in about.chain(call.wanted.iter().map(|it| (it.id, it.place))).chain(asked) {
            if places.len() < MOST_NOTED || places.contains_key(&id) {
                places.insert(id, place);
            }
        }
        let keys: Vec<Key> = places.keys().map(|id| Key::person(&outcome.agency, *id)).collect();
        let found = self.store.all(&keys).await?;
        let (mut claims, mut phone) = (Vec::new(), None);
        for (key, place) in keys.iter().zip(places.values()) {
            // The people of a dossier are erased after their time.
            let Some(item) = found.get(key) else { continue };
            let mut person: Person = read(item, "person")?;
            phone = phone.or_else(|| person.phone(*place));
            claims.push(outcome.noted_with(&mut person, (key, item), *place));
        }
        if outcome.agreed.contains(&Agreed::WillFileOnline) {
            claims.extend(outcome.guided(phone.as_ref()));
        }
        Ok(claims)
    }
}

impl CallOutcome {
    fn noted_with(&self, person: &mut Person, (key, stored): (&Key, &Item), place: usize) -> Claim {
        if let Effect::Marks(why) = self.outcome.effect() {
            person.mark(place, why);
        }
        let (by, note, agreed) = (self.by.clone(), self.note.clone(), self.agreed.clone());
        person.note_call(Called { at: self.now, by, place, outcome: self.outcome, note, agreed });
        let was = number(stored, "version").unwrap_or(FIRST);
        let json = serde_json::to_string(person).expect("a person has string keys only");
        let mut item = write::item(key, "person", json);
        write::number(&mut item, "version", was + 1);
        Claim::Over(item, was)
    }

    /// Takes down that a person was told how to file online.
    fn guided(&self, phone: Option<&Phone>) -> Vec<Claim> {
        let who = phone.map(|phone| guided(&self.key, &self.agency, phone));
        let guided = Guided { procedure: None, how: How::Phone, by: self.by.clone(), at: self.now, who };
        guided.claims(&self.agency, &format!("{}{}", self.call, self.now.as_second()))
    }

    fn audited(&self) -> Claim {
        let did = Did::Called { call: self.call.clone(), outcome: self.outcome };
        AuditEntry { at: self.now, who: self.by.clone(), did }.claim(&self.agency)
    }
}
