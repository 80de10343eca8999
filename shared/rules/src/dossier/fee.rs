//! Fees: what is owed, the attempts to collect it, and what came in.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::{Dossier, Stage};
use crate::post::postage::POSTAGE;
use crate::vnd::Vnd;

/// The channel of payments at the desk; no configured channel has this name.
pub const CASH: &str = "cash";

/// The last day on which a paper receipt may be written (NĐ 254/2026 art. 44).
pub const LAST_PAPER_DAY: Date = date(2026, 12, 31);

/// Whether cash taken on this day can have no paper receipt any more.
#[must_use]
pub fn paper_is_over(on: Date) -> bool {
    on > LAST_PAPER_DAY
}

/// The beginning of the identity of cash without a paper receipt: its dossier and the version that recorded it follow.
pub(super) const OWN_CASH: &str = "TM-";

/// Whether this identity of cash is ours, and not the number of a paper receipt.
#[must_use]
pub fn is_own_cash(identity: &str) -> bool {
    identity.starts_with(OWN_CASH)
}

/// One attempt to collect one fee. A fee asked for again has further attempts; the first of them names the fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Fee {
    /// 1, 2, …; with the id it makes the payment reference.
    pub attempt: u8,
    /// The channel it was asked through; no other channel's message pays it. `None` if owed and not asked for yet.
    pub channel: Option<String>,
    /// The amount asked for: all of the fee in its first attempt, the part missing then in a later one.
    pub amount_vnd: Vnd,
    /// State of the attempt.
    pub state: FeeState,
    /// Its code in the procedure's catalogue; `None` if a clerk named the amount.
    pub code: Option<String>,
    /// The first attempt of the fee that this one asks for again.
    pub again: Option<u8>,
    /// Money that came in on this attempt towards the fee, a surplus left out.
    pub paid_vnd: Vnd,
    /// When it was asked for; `None` if it was not, or by an earlier version that did not note it.
    pub asked_at: Option<Timestamp>,
}

/// State of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeState {
    /// Not paid yet, or only in part; a failure leaves it open, since the payer may try again.
    Open,
    /// The fee is paid.
    Paid,
    /// Not owed any more.
    Waived,
    /// The fee was asked for again; money on this attempt still counts for it.
    Superseded,
}

impl Fee {
    /// Returns the fee it collects, named by its first attempt.
    #[must_use]
    pub fn fee(&self) -> u8 {
        self.again.unwrap_or(self.attempt)
    }
}

/// A fee, over all its attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Debt {
    /// Its first attempt.
    pub fee: u8,
    /// The whole amount.
    pub amount_vnd: Vnd,
    /// Money that came in towards it.
    pub paid_vnd: Vnd,
    /// Open, paid or waived.
    pub state: FeeState,
}

impl Debt {
    /// Returns the amount still to come; zero once it is paid or waived.
    #[must_use]
    pub fn missing_vnd(&self) -> Vnd {
        match self.state {
            FeeState::Open => self.amount_vnd.checked_sub(self.paid_vnd).unwrap_or_default(),
            FeeState::Paid | FeeState::Waived | FeeState::Superseded => Vnd::ZERO,
        }
    }
}

impl Dossier {
    /// Returns the instant before which nobody can have paid an attempt: it was asked for then, or else its pause began
    /// then, or else the dossier was filed then.
    #[must_use]
    pub fn payable_since(&self, attempt: u8) -> Option<Timestamp> {
        let fee = self.attempt(attempt)?;
        let awaited = match &self.stage {
            Stage::Paused(pause) => pause.awaited.iter().find(|thing| thing.attempt == Some(fee.fee())),
            _ => None,
        };
        fee.asked_at.or(awaited.map(|thing| thing.since)).or(Some(self.submitted_at))
    }

    /// Returns the attempt of that number.
    #[must_use]
    pub fn attempt(&self, attempt: u8) -> Option<&Fee> {
        self.fees.iter().find(|fee| fee.attempt == attempt)
    }

    /// Returns the fee that an attempt collects.
    #[must_use]
    pub fn debt(&self, attempt: u8) -> Option<Debt> {
        let fee = self.attempt(attempt)?.fee();
        let attempts = || self.fees.iter().filter(|it| it.fee() == fee);
        Some(Debt {
            fee,
            amount_vnd: self.attempt(fee)?.amount_vnd,
            paid_vnd: Vnd::sum(attempts().map(|it| it.paid_vnd)).unwrap_or(Vnd::MAX),
            state: attempts().next_back()?.state,
        })
    }

    /// Returns every fee once, in the order in which they were asked for.
    pub fn debts(&self) -> impl Iterator<Item = Debt> + '_ {
        self.fees.iter().filter(|fee| fee.again.is_none()).filter_map(|fee| self.debt(fee.attempt))
    }

    /// Returns the postage that was asked for or is owed, unless it was waived.
    #[must_use]
    pub fn postage(&self) -> Option<Debt> {
        let asked = self.fees.iter().filter(|fee| fee.code.as_deref() == Some(POSTAGE) && fee.again.is_none());
        asked.filter_map(|fee| self.debt(fee.attempt)).find(|debt| debt.state != FeeState::Waived)
    }

    /// Whether a postage is still to be paid, and nothing else.
    #[must_use]
    pub fn owes_postage_alone(&self) -> bool {
        let open = || self.fees.iter().filter(|fee| fee.state == FeeState::Open);
        open().next().is_some() && open().all(|fee| fee.code.as_deref() == Some(POSTAGE))
    }

    /// Whether a fee is still to be paid.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.fees.iter().any(|fee| fee.state == FeeState::Open)
    }
}

/// An attempt as stored: the money that came in is written only if the state does not show it.
#[derive(Clone, Serialize, Deserialize)]
struct Stored {
    attempt: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    amount_vnd: Vnd,
    state: FeeState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    again: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paid_vnd: Option<Vnd>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked_at: Option<Timestamp>,
}

fn told_by_state(state: FeeState, amount_vnd: Vnd) -> Vnd {
    if state == FeeState::Paid { amount_vnd } else { Vnd::ZERO }
}

impl From<Stored> for Fee {
    fn from(stored: Stored) -> Self {
        let Stored { attempt, channel, amount_vnd, state, code, again, paid_vnd, asked_at } = stored;
        let paid_vnd = paid_vnd.unwrap_or_else(|| told_by_state(state, amount_vnd));
        Self { attempt, channel, amount_vnd, state, code, again, paid_vnd, asked_at }
    }
}

impl From<Fee> for Stored {
    fn from(fee: Fee) -> Self {
        let Fee { attempt, channel, amount_vnd, state, code, again, paid_vnd, asked_at } = fee;
        let paid_vnd = (paid_vnd != told_by_state(state, amount_vnd)).then_some(paid_vnd);
        Self { attempt, channel, amount_vnd, state, code, again, paid_vnd, asked_at }
    }
}
