//! Acts of a payer, or of somebody who pretends to be a gateway.

use jiff::{SignedDuration, Timestamp};

use super::calls::CallBack;
use super::{Gateways, State};
use crate::senders::{Ending, Payment, tells_failures};

/// Delay of a late callback after the money.
const LATE_BY: SignedDuration = SignedDuration::from_hours(26);

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The payer pays.
    Pay,
    /// The payer has not enough money.
    Fail,
    /// The payer turns back.
    Cancel,
    /// The payer pays, and pays again.
    PayTwice,
    /// The payer pays, and the gateway first calls more than a day later.
    PayLate,
    /// The payer pays, and the office's first answer is lost.
    LoseAnswer,
    /// Nobody pays, and somebody without the key says that it was paid.
    Forge,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 7] =
        [Self::Pay, Self::Fail, Self::Cancel, Self::PayTwice, Self::PayLate, Self::LoseAnswer, Self::Forge];

    /// Returns its name in a form.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Fail => "fail",
            Self::Cancel => "cancel",
            Self::PayTwice => "pay-twice",
            Self::PayLate => "pay-late",
            Self::LoseAnswer => "lose-answer",
            Self::Forge => "forge",
        }
    }

    /// Returns the act of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// Reason why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// No such order, or no such channel.
    #[error("no such order")]
    Unknown,
    /// The order was paid, refused or ran out.
    #[error("the order is over")]
    Over,
}

impl Gateways {
    /// Does it, now. The callbacks that follow are made by the office's clock.
    ///
    /// # Errors
    /// [`ActError`].
    pub fn act(&self, channel: &str, number: &str, act: Act) -> Result<(), ActError> {
        let now = self.now();
        let mut state = self.lock();
        let gateway = state.channels.get(channel).ok_or(ActError::Unknown)?.gateway;
        let key = (channel.to_owned(), number.to_owned());
        let order = state.orders.get(&key).ok_or(ActError::Unknown)?;
        if act != Act::Forge && !order.is_open(now) {
            return Err(ActError::Over);
        }
        let (ending, times) = match act {
            Act::Fail => (Ending::Failed, 1),
            Act::Cancel => (Ending::Cancelled, 1),
            Act::PayTwice => (Ending::Paid, 2),
            Act::Pay | Act::PayLate | Act::LoseAnswer | Act::Forge => (Ending::Paid, 1),
        };
        for _ in 0..times {
            let payment = state.payment(&key, ending, now).ok_or(ActError::Unknown)?;
            if act != Act::Forge {
                let order = state.orders.get_mut(&key).ok_or(ActError::Unknown)?;
                order.payments.push((payment.clone(), ending));
            }
            if ending == Ending::Paid || tells_failures(gateway) {
                let at = if act == Act::PayLate { now + LATE_BY } else { now };
                let call = CallBack::new(state.transactions, channel, payment, ending, at);
                let (is_forged, loses_answer) = (act == Act::Forge, act == Act::LoseAnswer);
                state.calls.push(CallBack { is_forged, loses_answer, ..call });
            }
        }
        Ok(())
    }
}

impl State {
    fn payment(&mut self, key: &(String, String), ending: Ending, now: Timestamp) -> Option<Payment> {
        self.transactions += 1;
        let order = self.orders.get(key)?;
        Some(Payment {
            reference: order.number.clone(),
            transaction: (14_422_573 + self.transactions).to_string(),
            amount_vnd: order.amount_vnd,
            paid: ending == Ending::Paid,
            at: now,
        })
    }
}
