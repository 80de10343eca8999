//! One message claimed, sent and marked, even if it is interrupted in between.

use super::sms::NotSent;
use super::{FIRST_LOOK, Outcome, Sender, Unreachable, news, person, receivers};
use crate::store::{Ending, Error, Key, Lease, MessageOf, Opening, Standing, Task, Tries, read};
use rules::dossier::Recorded;
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;
use rules::phone::Phone;

/// One message on its way: its item, its destination, and its text.
pub(super) struct Letter<'a> {
    pub agency: &'a AgencyCode,
    pub key: &'a Key,
    pub outlet: Outlet,
    pub to: &'a Result<Phone, Unreachable>,
    pub text: &'a str,
}

impl Sender<'_> {
    /// Ends a message that is due: one whose claim ran out, that waits for another try, or that was never begun.
    ///
    /// # Errors
    /// [`Error`]; the task stays as it is and must be put off.
    pub async fn finish(&mut self, agency: &AgencyCode, task: &Task) -> Result<Outcome, Error> {
        let named = task.dossier().zip(task.key.message_of());
        let Some((id, (version, of))) = named else { return Err(unreadable(task, "not a message's key")) };
        let (people, event) = (Key::person(agency, id), Key::event(agency, id, version));
        let loaded = self.store().load(agency, id, &[people.clone(), event.clone(), task.key.clone()]).await?;
        let Some(item) = loaded.item(&task.key) else { return Ok(Outcome::Before) };
        let tries = match Standing::read(item, agency, self.now)? {
            Standing::Over => return Ok(Outcome::Before),
            Standing::Held => return Ok(Outcome::Busy),
            Standing::Waiting => return Ok(Outcome::Kept),
            Standing::Due(tries) => tries,
        };
        let event = loaded.item(&event).ok_or_else(|| unreadable(task, "its event is missing"))?;
        let recorded: Recorded = read(event, "recorded")?;
        let dossier = loaded.dossier.as_ref();
        let (news, receiver, outlet) = match of {
            MessageOf::Unread => return self.read_at_last(agency, id, task, &recorded).await,
            MessageOf::Commit { receiver, outlet } => (news::news(&recorded, dossier), receiver, outlet),
            MessageOf::Event { position, receiver } => {
                let event = recorded.events.get(position).ok_or_else(|| unreadable(task, "its event is missing"))?;
                (news::of_event(event, &recorded, dossier), receiver, Outlet::Sms)
            }
        };
        let Some(news) = news else { return self.dropped(agency, &task.key, &tries, "overtaken").await };
        let receivers = receivers(outlet, person(&loaded, &people)?.as_ref());
        let Some((_, to)) = receivers.iter().find(|(place, _)| *place == receiver) else {
            return self.dropped(agency, &task.key, &tries, "no_receiver").await;
        };
        let text = self.text(agency, &recorded, news);
        self.again(&Letter { agency, key: &task.key, outlet, to, text: &text }, &tries).await
    }

    /// Tells events that can be read at last: each message gets its own item, and the task for all of them ends.
    async fn read_at_last(
        &mut self,
        agency: &AgencyCode,
        id: DossierId,
        task: &Task,
        recorded: &Recorded,
    ) -> Result<Outcome, Error> {
        let outcomes = Box::pin(self.tell(agency, id, recorded)).await?;
        if outcomes.contains(&Outcome::Busy) {
            return Ok(Outcome::Busy);
        }
        self.store().finish(task).await?;
        Ok(if outcomes.contains(&Outcome::Sent) { Outcome::Sent } else { Outcome::Before })
    }

    /// Opens a message's item and sends the message, unless that was done before.
    pub(super) async fn begin(&mut self, letter: &Letter<'_>) -> Result<Outcome, Error> {
        let lease = self.fresh_lease();
        let opening = match letter.to {
            Err(why) => Opening::Undeliverable(why.code()),
            Ok(_) if self.is_down() => Opening::Waiting(self.now + FIRST_LOOK, "line_down"),
            Ok(_) => Opening::Claimed(lease.clone()),
        };
        match (self.store().open_message(letter.agency, letter.key, &opening, self.now).await?, letter.to) {
            (Some(Standing::Over), _) => Ok(Outcome::Before),
            (Some(Standing::Held), _) => Ok(Outcome::Busy),
            (Some(Standing::Waiting), _) => Ok(Outcome::Kept),
            (Some(Standing::Due(tries)), _) => self.again(letter, &tries).await,
            (None, Err(_)) => Ok(Outcome::Undeliverable),
            (None, Ok(_)) if opening != Opening::Claimed(lease.clone()) => Ok(Outcome::Kept),
            (None, Ok(phone)) => Ok(self.send(letter, &lease, phone, 1).await),
        }
    }

    async fn again(&mut self, letter: &Letter<'_>, tries: &Tries) -> Result<Outcome, Error> {
        let Letter { agency, key, .. } = letter;
        if self.is_down() {
            return Ok(Outcome::Kept);
        }
        let lease = self.fresh_lease();
        if !self.store().take_message(agency, key, tries, &lease).await? {
            return Ok(Outcome::Busy);
        }
        let why = match letter.to {
            Ok(phone) if !tries.used_up() => return Ok(self.send(letter, &lease, phone, tries.attempts + 1).await),
            Ok(_) => "interrupted",
            Err(why) => why.code(),
        };
        let ending = Ending::Undeliverable(why.to_owned());
        self.store().end_message(agency, key, &lease, &ending, self.now).await?;
        Ok(Outcome::Undeliverable)
    }

    async fn dropped(
        &self,
        agency: &AgencyCode,
        key: &Key,
        tries: &Tries,
        reason: &'static str,
    ) -> Result<Outcome, Error> {
        let lease = self.fresh_lease();
        if !self.store().take_message(agency, key, tries, &lease).await? {
            return Ok(Outcome::Busy);
        }
        self.store().end_message(agency, key, &lease, &Ending::Dropped(reason), self.now).await?;
        Ok(Outcome::Dropped)
    }

    /// Gives the text to the outlet and notes the outcome. Nothing fails here: if the outcome cannot be noted, the
    /// claim runs out.
    async fn send(&mut self, letter: &Letter<'_>, lease: &Lease, phone: &Phone, attempts: u64) -> Outcome {
        let Letter { agency, key, outlet, text, .. } = letter;
        let sent = match outlet {
            Outlet::Sms => self.sms.publish(self.site.config.agency(agency.as_str()), phone, text).await,
        };
        let (ending, outcome) = match sent {
            Ok(id) => (Ending::Sent(id), Outcome::Sent),
            Err(NotSent::Refused(reason)) => (Ending::Undeliverable(reason.to_owned()), Outcome::Undeliverable),
            Err(NotSent::Later { reason, unsure }) => (Ending::Later { reason, unsure, attempts }, Outcome::Kept),
        };
        self.failures_in_a_row = if outcome == Outcome::Kept { self.failures_in_a_row + 1 } else { 0 };
        match self.store().end_message(agency, key, lease, &ending, self.now).await {
            Ok(()) => outcome,
            Err(error) => {
                tracing::warn!(item = %key.sk, %error, "the end of a message could not be noted");
                if outcome == Outcome::Sent { Outcome::Unmarked } else { Outcome::Kept }
            }
        }
    }

    fn fresh_lease(&self) -> Lease {
        Lease { token: format!("{:016x}", fastrand::u64(..)), until: self.now + self.lease }
    }
}

fn unreadable(task: &Task, reason: &str) -> Error {
    Error::Unreadable { sk: task.key.sk.clone(), reason: reason.to_owned() }
}
