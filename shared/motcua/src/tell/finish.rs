//! One message claimed, sent and marked, even if it is interrupted in between.

use super::daily::{ByList, LOOKS_AGAIN};
use super::https;
use super::letter::{Case, Content, Letter};
use super::named::{Named, NamedOf};
use super::receivers::{Address, DECLINED, OPTED_OUT, Unreachable};
use super::service::NotSent;
use super::{FIRST_LOOK, Outcome, Sender, TELLS_WITHIN, news, person, receipted, receivers, wait_of, wishes};
use crate::store::{Ending, Error, Key, Lease, MessageOf, Opening, Standing, Task, Tries, read};
use rules::dossier::Recorded;
use rules::id::{AgencyCode, DossierId};
use rules::message::{Held, Outlet};

/// The code of a message that reaches nobody, and says what its receiver agreed to on the phone.
const AGREED: &str = "agreed";

impl Sender<'_> {
    /// Ends a message that is due: one whose claim ran out, that waits for another try, that was never begun, or that
    /// did not arrive.
    ///
    /// # Errors
    /// [`Error`]; the task stays as it is and must be put off.
    pub async fn finish(&mut self, agency: &AgencyCode, task: &Task) -> Result<Outcome, Error> {
        let named = task.dossier().zip(task.key.message_of());
        let Some((id, (version, of))) = named else { return Err(unreadable(task, "not a message's key")) };
        let (people, event) = (Key::person(agency, id), Key::event(agency, id, version));
        let loaded = self.store().load(agency, id, &[people.clone(), event.clone(), task.key.clone()]).await?;
        let Some(item) = loaded.item(&task.key) else { return Ok(Outcome::Before) };
        let (tries, failed) = match Standing::read(item, agency, self.now)? {
            Standing::Over => return Ok(Outcome::Before),
            Standing::Held => return Ok(Outcome::Busy),
            Standing::Waiting => return Ok(Outcome::Kept),
            Standing::Due(tries) => (tries, None),
            Standing::Failed(tries, reason) => (tries, Some(reason)),
        };
        let event = loaded.item(&event).ok_or_else(|| unreadable(task, "its event is missing"))?;
        let recorded: Recorded = read(event, "recorded")?;
        let dossier = loaded.dossier.as_ref();
        let (news, receiver, outlet) = match of {
            MessageOf::Unread => return self.read_at_last(agency, id, task, &recorded).await,
            MessageOf::Commit { receiver, outlet } => {
                let wait = wait_of(&self.site.config, agency);
                (news::after_waiting(&recorded, dossier, wait), receiver, outlet)
            }
            MessageOf::Event { position, receiver } => {
                let event = recorded.events.get(position).ok_or_else(|| unreadable(task, "its event is missing"))?;
                (news::of_event(event, &recorded, dossier), receiver, Outlet::Sms)
            }
        };
        let receipt = receipted::number(self.site, (agency, id), &recorded, news.as_ref()).await?;
        let news = news.map(|news| receipted::named(news, receipt.as_deref()));
        let Some(news) = news else { return self.dropped(agency, &task.key, &tries, "overtaken").await };
        let person = person(&loaded, &people)?;
        let wishes = self.wishes_keys(agency, id, person.as_ref());
        let wishes = wishes::read(&self.store().all(&wishes).await?, &wishes)?;
        let receivers =
            receivers(&self.outlets_with(agency, outlet), person.as_ref(), &wishes, news.is_told_everywhere());
        let found = receivers.iter().find(|it| it.place == receiver).and_then(|it| Some((it, it.by(outlet)?)));
        let Some((receiver, way)) = found else {
            return self.dropped(agency, &task.key, &tries, "no_receiver").await;
        };
        let case = Case { recorded: &recorded, dossier, person: person.as_ref() };
        let letter = Letter { agency, id, key: task.key.clone(), receiver, way, news, case: &case };
        if failed.is_none() && tries.attempts == 0 && self.is_overtaken(&letter) {
            return self.dropped(agency, &task.key, &tries, "overtaken").await;
        }
        match failed {
            None => self.again(&letter, &tries).await,
            Some(reason) => self.failed(&letter, &tries, &reason).await,
        }
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
        let is_overtaken = self.is_overtaken(letter);
        let listed = if is_overtaken { None } else { self.listed(letter).await? };
        let opening = match (letter.to(), self.held(letter)) {
            _ if is_overtaken => Opening::Dropped("overtaken"),
            (Err(Unreachable::Declined), _) if letter.news.act_by().is_none() => Opening::Dropped(DECLINED),
            (Err(_), _) if is_known(letter) => Opening::Dropped(AGREED),
            (Err(why), _) => Opening::Undeliverable(why.code()),
            (Ok(_), held) if let Some(leaves) = listed => {
                Opening::Waiting(held.map_or(leaves, |(until, _)| until.max(leaves)), Held::Listed.code())
            }
            (Ok(_), Some((until, held))) => Opening::Waiting(until, held.code()),
            (Ok(_), None) if self.is_down(letter.outlet()) => Opening::Waiting(self.now + FIRST_LOOK, "line_down"),
            (Ok(_), None) => Opening::Claimed(lease.clone()),
        };
        match (self.store().open_message(letter.agency, &letter.key, &opening, self.now).await?, letter.to()) {
            (Some(Standing::Over), _) => Ok(Outcome::Before),
            (Some(Standing::Held), _) => Ok(Outcome::Busy),
            (Some(Standing::Waiting), _) => Ok(Outcome::Kept),
            (Some(Standing::Due(tries)), _) => self.again(letter, &tries).await,
            (Some(Standing::Failed(tries, reason)), _) => self.failed(letter, &tries, &reason).await,
            (None, _) if matches!(opening, Opening::Dropped(_)) => Ok(Outcome::Dropped),
            (None, Err(_)) => Ok(Outcome::Undeliverable),
            (None, Ok(_)) if opening != Opening::Claimed(lease.clone()) => Ok(Outcome::Kept),
            (None, Ok(address)) => Ok(self.send(letter, &lease, address, 1).await),
        }
    }

    async fn again(&mut self, letter: &Letter<'_>, tries: &Tries) -> Result<Outcome, Error> {
        if let (Ok(_), Some((until, held))) = (letter.to(), self.held(letter)) {
            self.store().put_off_message(&letter.key, tries, until, held.code()).await?;
            return Ok(Outcome::Kept);
        }
        if self.is_down(letter.outlet()) {
            return Ok(Outcome::Kept);
        }
        let lease = self.fresh_lease();
        if !self.store().take_message(letter.agency, &letter.key, tries, &lease).await? {
            return Ok(Outcome::Busy);
        }
        let why = match letter.to() {
            Ok(address) if !tries.used_up() => {
                return Ok(self.send(letter, &lease, address, tries.attempts + 1).await);
            }
            Ok(_) => "interrupted",
            Err(why) => why.code(),
        };
        self.pass_on(letter, &lease, why).await
    }

    /// Ends a message that was sent and did not arrive.
    async fn failed(&mut self, letter: &Letter<'_>, tries: &Tries, reason: &str) -> Result<Outcome, Error> {
        let lease = self.fresh_lease();
        if !self.store().take_message(letter.agency, &letter.key, tries, &lease).await? {
            return Ok(Outcome::Busy);
        }
        self.pass_on(letter, &lease, reason).await
    }

    /// Gives a message that this outlet cannot bring to the next one, or to a person after the last. The next message is
    /// opened first: if this run ends in between, the claim runs out, and the next one is found begun.
    pub(super) async fn pass_on(&mut self, letter: &Letter<'_>, lease: &Lease, reason: &str) -> Result<Outcome, Error> {
        if reason == OPTED_OUT {
            self.note_opt_out(letter).await;
        }
        let (ending, outcome) = match letter.next() {
            Some(next) => {
                let outcome = Box::pin(self.begin(&next)).await?;
                (Ending::PassedOn(reason.to_owned(), next.outlet()), outcome)
            }
            None if reason == DECLINED && letter.news.act_by().is_none() => {
                (Ending::Dropped(DECLINED), Outcome::Dropped)
            }
            None if is_known(letter) => (Ending::Dropped(AGREED), Outcome::Dropped),
            None => (Ending::Undeliverable(reason.to_owned()), Outcome::Undeliverable),
        };
        self.store().end_message(letter.agency, &letter.key, lease, &ending, self.now).await?;
        Ok(outcome)
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

    /// Gives the message to its outlet and notes the outcome. Nothing fails here: if the outcome cannot be noted, the
    /// claim runs out.
    async fn send(&mut self, letter: &Letter<'_>, lease: &Lease, address: &Address, attempts: u64) -> Outcome {
        let outlet = letter.outlet();
        let sent = match Box::pin(self.by_list(letter, address, lease)).await {
            ByList::HandedOver(sent) => sent,
            ByList::Capped => return self.put_off(letter, lease).await,
            ByList::Busy => return self.look_again(letter, lease).await,
            ByList::Alone => match self.content(letter, address).await {
                Ok(content) => match self.may_leave(letter).await {
                    Ok(true) => self.handed_over(letter, &content).await,
                    Ok(false) => return self.put_off(letter, lease).await,
                    Err(error) => Err(kept(letter, &error)),
                },
                Err(error) => Err(kept(letter, &error)),
            },
        };
        let (ending, outcome) = match sent {
            Ok(id) => (Ending::Sent { id, tells_until: self.tells_until(letter.agency, outlet) }, Outcome::Sent),
            Err(NotSent::Refused(reason)) => {
                self.went(outlet, Outcome::Undeliverable);
                return self.pass_on(letter, lease, reason).await.unwrap_or_else(|error| {
                    tracing::warn!(item = %letter.key.sk, %error, "a message could not be passed on");
                    Outcome::Kept
                });
            }
            Err(NotSent::Later { reason, unsure }) => {
                if attempts >= crate::store::TRIES && letter.next().is_some() {
                    self.went(outlet, Outcome::Kept);
                    return self.pass_on(letter, lease, &reason).await.unwrap_or(Outcome::Kept);
                }
                (Ending::Later { reason, unsure, attempts }, Outcome::Kept)
            }
        };
        self.went(outlet, outcome);
        match self.store().end_message(letter.agency, &letter.key, lease, &ending, self.now).await {
            Ok(()) => outcome,
            Err(error) => {
                tracing::warn!(item = %letter.key.sk, %error, "the end of a message could not be noted");
                if outcome == Outcome::Sent { Outcome::Unmarked } else { Outcome::Kept }
            }
        }
    }

    /// Puts a message off whose list another is sending.
    async fn look_again(&self, letter: &Letter<'_>, lease: &Lease) -> Outcome {
        let ending = Ending::Held(self.now + LOOKS_AGAIN, Held::Listed.code());
        if let Err(error) = self.store().end_message(letter.agency, &letter.key, lease, &ending, self.now).await {
            tracing::warn!(item = %letter.key.sk, %error, "a message could not be put off");
        }
        Outcome::Kept
    }

    async fn handed_over(&self, letter: &Letter<'_>, content: &Content<'_>) -> Result<Option<String>, NotSent> {
        let agency = self.site.config.agency(letter.agency.as_str());
        match content {
            Content::Sms(phone, text) => self.outlets.sms.publish(agency, phone, text).await,
            Content::Email(mailbox, written) => {
                self.outlets.email.send(agency, mailbox, written, &named(letter), self.now).await
            }
            Content::Https(phone, text) => {
                https::send(self.site, phone, (text, letter.receiver.language), &named(letter), self.now).await
            }
        }
    }

    /// Returns the instant by which the outlet's service tells what became of a message; `None` if it never does.
    fn tells_until(&self, agency: &AgencyCode, outlet: Outlet) -> Option<jiff::Timestamp> {
        let config = &self.site.config;
        let tells = match outlet {
            Outlet::Sms => false,
            Outlet::Email => config.agency(agency.as_str()).is_some_and(|agency| agency.email_events.is_some()),
            Outlet::Https => config.message_gateway(agency.as_str()).is_some_and(|gateway| gateway.reports),
        };
        tells.then(|| self.now + TELLS_WITHIN)
    }

    fn fresh_lease(&self) -> Lease {
        Lease { token: format!("{:016x}", fastrand::u64(..)), until: self.now + self.lease }
    }
}

fn is_known(letter: &Letter<'_>) -> bool {
    news::is_known_from_the_phone(letter.case.recorded, letter.receiver.place)
}

/// Logs why a message could not be written, and keeps it.
fn kept(letter: &Letter<'_>, error: &Error) -> NotSent {
    tracing::warn!(item = %letter.key.sk, %error, "a message could not be written");
    NotSent::Later { reason: "store".to_owned(), unsure: false }
}

fn named(letter: &Letter<'_>) -> Named {
    let version = letter.case.recorded.version;
    let of = NamedOf::Commit { id: letter.id, version, receiver: letter.receiver.place };
    Named { agency: letter.agency.clone(), of }
}

fn unreadable(task: &Task, reason: &str) -> Error {
    Error::Unreadable { sk: task.key.sk.clone(), reason: reason.to_owned() }
}
