//! A person's decision about money: its owner, whether it goes back, and the text of its voucher.

use jiff::Timestamp;

use super::money::Whose;
use super::order::seen_item;
use super::rounds::{About, ROUNDS, RecordError, Round, Step};
use super::{Receipt, Recorder};
use crate::store::{
    AuditEntry, Cancelled, Claim, CommitError, Did, Error, Handled, Handling, Item, Key, Money, NoMoney,
    OfficialReceipt, Owner, Refund, Voucher, number,
};
use rules::dossier::{Action, Actor, Command, PaymentOutcome, Refusal};
use rules::id::{AgencyCode, DossierId};

/// Most official receipts noted on one voucher.
const MOST_OFFICIAL: usize = 10;

/// A person's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It belongs to this dossier: it pays the fee of an attempt, or is recorded beside the fees.
    Attach {
        /// The dossier.
        dossier: DossierId,
        /// The attempt.
        attempt: Option<u8>,
    },
    /// It goes back, or the part of it that was too much does.
    MarkRefund,
    /// It went back, under this reference of the bank or gateway.
    Refunded(String),
    /// It is no money: a trial, a test, or a payment that is recorded already. It leaves the book.
    NoMoney(NoMoney),
    /// Its voucher is wrong. The number is kept as cancelled, and the next one is given if `replace` is `true`.
    CancelVoucher {
        /// Whether the money still needs a number.
        replace: bool,
    },
    /// Its voucher carries this official receipt: form, symbol and number.
    OfficialReceipt {
        /// Mẫu số.
        form: Option<String>,
        /// Ký hiệu.
        symbol: Option<String>,
        /// Số.
        number: String,
    },
}

/// A decision to record under a receipt.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The agency.
    pub agency: AgencyCode,
    /// The payment.
    pub money: Key,
    /// The version it was decided on.
    pub expected_version: u64,
    /// The receipt, by which a repeat is known.
    pub receipt: Receipt,
    /// The person who decides, by the subject of the sign-in.
    pub by: String,
    /// The time.
    pub now: Timestamp,
    /// The reason.
    pub because: String,
    /// The decision.
    pub resolution: Resolution,
}

/// Outcome of a decision, with the money as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// Recorded now.
    Now(Box<Money>),
    /// Recorded before, as this version.
    Before(u64, Box<Money>),
}

impl Recorder {
    /// Records a decision about money.
    ///
    /// # Errors
    /// [`RecordError`]; `Unknown` if there is no such money or dossier, `Stale` with the money's version.
    pub async fn resolve(&self, decision: &Decision) -> Result<Resolved, RecordError> {
        match decision.resolution {
            Resolution::Attach { dossier, attempt } => self.attach(decision, dossier, attempt).await,
            _ => self.resolve_alone(decision).await,
        }
    }

    /// Attaches the money to the dossier. The decision is the dossier's too: one transaction with its state.
    async fn attach(
        &self,
        decision: &Decision,
        dossier: DossierId,
        attempt: Option<u8>,
    ) -> Result<Resolved, RecordError> {
        let (agency, now) = (&decision.agency, decision.now);
        let item = self.store.item(&decision.money).await?.ok_or(RecordError::Unknown)?;
        let Money { payment, at, .. } = Money::read(&item)?;
        let action = Action::AttachMoney { payment, attempt, because: decision.because.clone() };
        // The applicant paid at that time, however long it took to find out for what.
        let command = Command { at, now, actor: Actor::Staff(decision.by.clone()), action };
        let seen = decision.seen();
        let beside = [decision.money.clone(), seen.clone()];
        let about =
            About { agency, id: dossier, command: &command, beside: &beside, procedure: None, filed_under: None };
        let ran = self.rounds(&about, |round| decision.attached(round, &command, &seen, dossier, attempt)).await?;
        Ok(ran.done)
    }

    async fn resolve_alone(&self, decision: &Decision) -> Result<Resolved, RecordError> {
        let agency = &decision.agency;
        let seen = decision.seen();
        let mut failure = Error::Contended(ROUNDS);
        for _ in 0..ROUNDS {
            let there = self.store.all(&[decision.money.clone(), seen.clone()]).await?;
            let money = Money::read(there.get(&decision.money).ok_or(RecordError::Unknown)?)?;
            if let Some(before) = decision.before(&money, there.get(&seen))? {
                return Ok(before);
            }
            let voucher = self.voucher_of(agency, &money).await?;
            let (after, voucher) = decision.applied(money.clone(), voucher)?;
            let mut claims = vec![Claim::Over(after.item(agency, decision.now, None), money.version)];
            claims.push(Claim::New(seen_item(&seen, &decision.receipt, after.version, decision.now)));
            claims.extend(voucher.map(|voucher| Claim::Over(voucher.item(agency), voucher.version - 1)));
            claims.push(decision.audited(after.version));
            match self.store.write(&claims).await {
                Ok(()) => return Ok(Resolved::Now(Box::new(after))),
                Err(CommitError::Store(error)) => failure = error,
                Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => {}
            }
        }
        Err(failure.into())
    }

    /// Reads the voucher of money that has one.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn voucher_of(&self, agency: &AgencyCode, money: &Money) -> Result<Option<Voucher>, Error> {
        let (Owner::Dossier(id), Some(no)) = (money.owner, &money.voucher) else { return Ok(None) };
        let item = self.store.item(&Key::voucher(agency, id, &no.series, no.number)).await?;
        item.as_ref().map(Voucher::read).transpose()
    }
}

impl Decision {
    fn seen(&self) -> Key {
        Key::seen(&self.agency, &self.receipt.source, &self.receipt.delivery)
    }

    /// Returns what was recorded under this receipt before, or the reason why this cannot be recorded.
    fn before(&self, money: &Money, seen: Option<&Item>) -> Result<Option<Resolved>, RecordError> {
        match seen {
            Some(item) if self.receipt.is_of(item) => {
                let version = number(item, "version").unwrap_or(0);
                Ok(Some(Resolved::Before(version, Box::new(money.clone()))))
            }
            Some(_) => Err(RecordError::KeyReused),
            None if money.version != self.expected_version => Err(RecordError::Stale(money.version)),
            None => Ok(None),
        }
    }

    fn attached(
        &self,
        round: &Round<'_>,
        command: &Command,
        seen: &Key,
        dossier: DossierId,
        attempt: Option<u8>,
    ) -> Result<Step<Resolved>, RecordError> {
        let money = Money::read(round.beside(&self.money).ok_or(RecordError::Unknown)?)?;
        if let Some(before) = self.before(&money, round.beside(seen))? {
            return Ok(Step::Done(before));
        }
        if !matches!(money.owner, Owner::Unclaimed(_)) || !money.needs_a_person() {
            return Err(Refusal::MoneySettled.into());
        }
        let events = round.decide(command)?;
        let version = money.version;
        let mut after = Whose::of(round, &events).on(Money { version: version + 1, refund: None, ..money });
        after.history.push(self.entry(Handling::Attached { dossier, attempt }));
        let claims = vec![
            Claim::Over(after.item(&self.agency, self.now, None), version),
            Claim::New(seen_item(seen, &self.receipt, after.version, self.now)),
        ];
        Ok(Step::Write { events, claims, done: Resolved::Now(Box::new(after)) })
    }

    /// Returns the money and its voucher after the decision.
    fn applied(&self, money: Money, voucher: Option<Voucher>) -> Result<(Money, Option<Voucher>), Refusal> {
        let mut after = Money { version: money.version + 1, ..money };
        let voucher = match &self.resolution {
            Resolution::Attach { .. } => None,
            Resolution::MarkRefund => {
                marked(&after)?;
                after.refund = Some(Refund::Marked);
                after.history.push(self.entry(Handling::MarkedForRefund));
                None
            }
            Resolution::Refunded(reference) => {
                // Money that the gateway took back itself needs nobody's mark.
                let reversed = after.payment.outcome == PaymentOutcome::Reversed;
                if !after.needs_a_person() {
                    return Err(Refusal::MoneySettled);
                }
                if after.refund.is_none() && !reversed {
                    return Err(Refusal::NotMarked);
                }
                after.refund = Some(Refund::Done(reference.clone()));
                after.history.push(self.entry(Handling::Refunded(reference.clone())));
                None
            }
            Resolution::NoMoney(why) => {
                if !matches!(after.owner, Owner::Unclaimed(_)) || !after.needs_a_person() {
                    return Err(Refusal::MoneySettled);
                }
                (after.no_money, after.refund) = (Some(*why), None);
                after.history.push(self.entry(Handling::NoMoney(*why)));
                None
            }
            Resolution::CancelVoucher { replace } => {
                let voucher = in_force(voucher)?;
                after.voucher = None;
                after.voucherless = !replace;
                let (by, because) = (self.by.clone(), self.because.clone());
                Some(Voucher { cancelled: Some(Cancelled { by, at: self.now, because }), ..voucher })
            }
            Resolution::OfficialReceipt { form, symbol, number } => {
                let mut voucher = in_force(voucher)?;
                if voucher.official.len() >= MOST_OFFICIAL {
                    return Err(Refusal::TooLarge);
                }
                let (form, symbol, number) = (form.clone(), symbol.clone(), number.clone());
                voucher.official.push(OfficialReceipt { form, symbol, number, by: self.by.clone(), at: self.now });
                Some(voucher)
            }
        };
        Ok((after, voucher.map(|voucher| Voucher { version: voucher.version + 1, ..voucher })))
    }

    fn audited(&self, version: u64) -> Claim {
        let did = Did::DecidedMoney { money: self.money.money_name().unwrap_or_default(), version };
        AuditEntry { at: self.now, who: self.by.clone(), did }.claim(&self.agency)
    }

    fn entry(&self, what: Handling) -> Handled {
        Handled { at: self.now, by: self.by.clone(), what, because: self.because.clone() }
    }
}

/// Checks that money can go back: only money that was taken and waits for a person can.
fn marked(money: &Money) -> Result<(), Refusal> {
    if !money.needs_a_person() || money.refund.is_some() {
        return Err(Refusal::MoneySettled);
    }
    match money.payment.outcome {
        PaymentOutcome::Paid | PaymentOutcome::Suspected => Ok(()),
        PaymentOutcome::Failed(_) | PaymentOutcome::Reversed => Err(Refusal::NoMoney),
    }
}

fn in_force(voucher: Option<Voucher>) -> Result<Voucher, Refusal> {
    voucher.filter(|voucher| voucher.cancelled.is_none()).ok_or(Refusal::NoVoucher)
}
