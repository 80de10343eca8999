//! Money that arrives: recorded once, with one owner, even if messages are repeated, reordered or interrupted.

use jiff::{SignedDuration, Timestamp};

use super::Recorder;
use super::arrived::{Arrived, Beside, Settled};
use super::rounds::{About, RecordError, Round, Step};
use crate::store::{Claim, Error, Key, Money, Owner};
use rules::dossier::{Action, Actor, Because, Command, Event, Payment};
use rules::gateway::Found;
use rules::id::{AgencyCode, Reference};
use rules::vnd::Vnd;

/// Time until unclaimed money with a reference of ours is first looked at again: its dossier may still be on the way.
const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(1);

/// The oldest time that is believed of a payment for which nothing was asked: gateways keep orders open for a month at
/// most, and repeat their messages for days.
const OLDEST_CLAIM: SignedDuration = SignedDuration::from_hours(62 * 24);

impl Recorder {
    /// Records an authentic payment. It pays a fee of a dossier, or is set aside for a person.
    ///
    /// # Errors
    /// [`RecordError::Store`] only: authentic money is never refused.
    pub async fn record_money(
        &self,
        agency: &AgencyCode,
        arrived: &Arrived,
        now: Timestamp,
    ) -> Result<Settled, RecordError> {
        match self.settle(agency, arrived, Beside::Nothing, now).await? {
            Ok(settled) => Ok(settled),
            // Kept beside the other under an identity of its own.
            Err(beside) => self
                .settle(agency, arrived, beside, now)
                .await?
                .map_err(|_| Error::Unreadable { sk: "money".into(), reason: "digest collision".into() }.into()),
        }
    }

    /// Looks again whether the dossier of unclaimed money, or the attempt it names, has come meanwhile. Money that has
    /// an owner, or that a person already looks at, stays as it is.
    ///
    /// # Errors
    /// [`RecordError::Store`] only.
    pub async fn settle_again(
        &self,
        agency: &AgencyCode,
        money: &Money,
        now: Timestamp,
    ) -> Result<Settled, RecordError> {
        let Payment { channel, identity, amount_vnd, outcome, conflict, after_reversal, .. } = money.payment.clone();
        // A conflicting message has its digest added to its identity.
        let own = identity.strip_suffix(&money.digest).and_then(|rest| rest.strip_suffix('~'));
        let identity = own.filter(|_| conflict).map_or(identity.clone(), str::to_owned);
        let arrived = Arrived {
            channel,
            reference: money.reference.clone(),
            found: Found { identity, amount_vnd, outcome, at: Some(money.claimed_at.unwrap_or(money.at)) },
            digest: money.digest.clone(),
            // Another merchant's order goes to a person from the start and is never looked at again.
            own_merchant: true,
            raw: money.raw.clone(),
        };
        let beside = match (conflict, after_reversal) {
            (false, _) => Beside::Nothing,
            (true, false) => Beside::Other,
            (true, true) => Beside::Reversal,
        };
        let settled = self.settle(agency, &arrived, beside, now).await?;
        Ok(settled.unwrap_or(Settled::Before(money.owner)))
    }

    /// Returns the payment under an identity that holds no person. One that is recorded under the identity as written, as
    /// earlier versions did, keeps it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn without_people(
        &self,
        agency: &AgencyCode,
        channel: &str,
        found: Found,
        reference: &str,
    ) -> Result<Found, Error> {
        let Some(hidden) = found.hidden(reference) else { return Ok(found) };
        let as_written = Key::money_as_written(agency, channel, &found.identity);
        let recorded = self.store.item(&as_written).await?.is_some();
        Ok(if recorded { found } else { hidden })
    }

    /// Whether this channel was asked to collect a payment of that reference.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn is_asked(&self, agency: &AgencyCode, channel: &str, reference: &str) -> Result<bool, Error> {
        let Ok(reference) = Reference::parse(reference) else { return Ok(false) };
        let loaded = self.store.load(agency, reference.id, &[]).await?;
        let dossier = loaded.dossier.as_ref();
        let asked = dossier.and_then(|dossier| dossier.attempt(reference.attempt)?.channel.as_deref());
        Ok(asked == Some(channel))
    }

    /// Records a payment, or returns what else is recorded under its identity.
    async fn settle(
        &self,
        agency: &AgencyCode,
        arrived: &Arrived,
        beside: Beside,
        now: Timestamp,
    ) -> Result<Result<Settled, Beside>, RecordError> {
        let conflict = beside != Beside::Nothing;
        let Found { identity, amount_vnd, outcome, at } = arrived.found.clone();
        let identity = if conflict { format!("{identity}~{}", arrived.digest) } else { identity };
        let reference = Reference::parse(&arrived.reference).ok().filter(|_| arrived.own_merchant);
        let payment = Payment {
            channel: arrived.channel.clone(),
            identity,
            attempt: reference.map_or(0, |reference| reference.attempt),
            amount_vnd,
            outcome,
            in_parts: self.till(agency).in_parts.contains(&arrived.channel),
            conflict,
            after_reversal: beside == Beside::Reversal,
        };
        let Some(reference) = reference else {
            let money = money(arrived, payment, Because::UnknownReference, plausible(at, now), now);
            return self.set_aside(agency, arrived, money, None).await;
        };
        let key = Key::money_as_written(agency, &arrived.channel, &payment.identity);
        let actor = Actor::Gateway(arrived.channel.clone());
        let command = Command { at: at.unwrap_or(now), now, actor, action: Action::RecordPayment(payment.clone()) };
        let beside = [key.clone()];
        let about =
            About { agency, id: reference.id, command: &command, beside: &beside, procedure: None, filed_under: None };
        let ran = self
            .rounds(&about, |round| {
                let there = round.beside(&key).map(Money::read).transpose()?;
                plan(agency, arrived, &payment, round, there, &command)
            })
            .await?;
        match ran.done {
            Plan::Settled(settled) => Ok(Ok(settled)),
            Plan::Conflict(beside) => Ok(Err(beside)),
            Plan::NoDossier => {
                let because = Because::UnknownReference;
                let money = money(arrived, payment, because, plausible(at, now), now);
                self.set_aside(agency, arrived, money, Some(now + FIRST_LOOK)).await
            }
        }
    }

    /// Stores money without a dossier: one item, put once.
    async fn set_aside(
        &self,
        agency: &AgencyCode,
        arrived: &Arrived,
        money: Money,
        look_again_at: Option<Timestamp>,
    ) -> Result<Result<Settled, Beside>, RecordError> {
        match self.store.put_once(money.item(agency, money.received_at, look_again_at)).await? {
            None => Ok(Ok(Settled::Now(money.owner))),
            Some(there) => {
                let there = Money::read(&there)?;
                Ok(match arrived.repeats(&there) {
                    true => Ok(Settled::Before(there.owner)),
                    false => Err(Beside::of(&there)),
                })
            }
        }
    }
}

enum Plan {
    Settled(Settled),
    /// The identity is recorded with another meaning.
    Conflict(Beside),
    /// There is nothing to attach it to.
    NoDossier,
}

fn plan(
    agency: &AgencyCode,
    arrived: &Arrived,
    payment: &Payment,
    round: &Round<'_>,
    there: Option<Money>,
    command: &Command,
) -> Result<Step<Plan>, RecordError> {
    match &there {
        Some(there) if !arrived.repeats(there) => return Ok(Step::Done(Plan::Conflict(Beside::of(there)))),
        // Only money whose dossier did not exist yet is looked at again, and only until somebody decided about it.
        Some(there) if there.refund.is_some() || there.no_money.is_some() => {
            return Ok(Step::Done(Plan::Settled(Settled::Before(there.owner))));
        }
        Some(there) if there.owner != Owner::Unclaimed(Because::UnknownReference) => {
            return Ok(Step::Done(Plan::Settled(Settled::Before(there.owner))));
        }
        _ => {}
    }
    if round.dossier.is_none() {
        let before = there.map(|there| Plan::Settled(Settled::Before(there.owner)));
        return Ok(Step::Done(before.unwrap_or(Plan::NoDossier)));
    }
    let events = round.decide(command)?;
    let whose = Whose::of(round, &events);
    if there.is_some() && whose.owner == Owner::Unclaimed(Because::UnknownReference) {
        return Ok(Step::Done(Plan::Settled(Settled::Before(whose.owner))));
    }
    // An attempt that was not asked for yet may be on the way, as a whole dossier may.
    let look_again = (whose.owner == Owner::Unclaimed(Because::UnknownReference)).then(|| command.now + FIRST_LOOK);
    let fresh = money(arrived, payment.clone(), Because::UnknownReference, command.held(round.dossier), command.now);
    let money = match &there {
        // It stays on the day on which it is booked already.
        Some(there) => Money { at: there.at, received_at: there.received_at, version: there.version + 1, ..fresh },
        None => fresh,
    };
    let item = whose.on(money).item(agency, command.now, look_again);
    let claim = match &there {
        Some(there) => Claim::Over(item, there.version),
        None => Claim::New(item),
    };
    Ok(Step::Write { events, claims: vec![claim], done: Plan::Settled(Settled::Now(whose.owner)) })
}

/// Owner of money by the events that it brought, and the part it pays there.
pub(super) struct Whose {
    owner: Owner,
    attempt: Option<u8>,
    surplus_vnd: Option<Vnd>,
}

impl Whose {
    /// Returns the dossier that it pays (or whose failed attempt it reports) as owner, or nobody.
    pub fn of(round: &Round<'_>, events: &[Event]) -> Self {
        let owner = round.dossier.map_or(Owner::Unclaimed(Because::UnknownReference), |it| Owner::Dossier(it.id));
        let mut whose = Self { owner, attempt: None, surplus_vnd: None };
        for event in events {
            match event {
                Event::PaymentSetAside { because, .. } => whose.owner = Owner::Unclaimed(*because),
                Event::FeePartPaid { attempt, .. } => whose.attempt = Some(*attempt),
                Event::FeePaid { attempt, surplus_vnd, .. } => {
                    (whose.attempt, whose.surplus_vnd) = (Some(*attempt), *surplus_vnd);
                }
                _ => {}
            }
        }
        whose
    }

    /// Returns the money with this owner.
    pub fn on(&self, money: Money) -> Money {
        Money { owner: self.owner, attempt: self.attempt, surplus_vnd: self.surplus_vnd, ..money }
    }
}

/// Returns the time of a payment for which nothing was asked: the one claimed, unless no order can be that old.
fn plausible(claimed: Option<Timestamp>, now: Timestamp) -> Timestamp {
    claimed.filter(|claimed| *claimed >= now - OLDEST_CLAIM).unwrap_or(now)
}

fn money(arrived: &Arrived, payment: Payment, because: Because, at: Timestamp, now: Timestamp) -> Money {
    let money = Money::new(payment, arrived.reference.clone(), arrived.digest.clone(), at, now);
    let claimed_at = arrived.found.at.filter(|claimed| *claimed != money.at);
    let (raw, other_merchant) = (arrived.raw.clone(), !arrived.own_merchant);
    Money { owner: Owner::Unclaimed(because), raw, claimed_at, other_merchant, ..money }
}
