//! Payments, their channels, and what goes wrong with them.

use rules::dossier::{Dossier, FeeState};
use rules::id::Reference;
use rules::vnd::Vnd;
use serde_json::json;

use super::super::SeedError;
use super::super::fate::{Fate, Place};
use super::super::town::Town;
use super::Case;
use crate::neighbours::gateways::Act;
use crate::senders::tells_failures;

/// Amount by which somebody pays too much.
const TOO_MUCH_VND: u64 = 10_000;

impl Case {
    /// Asks for what the catalogue says is owed, and takes it if the clock does not wait for it. Returns the minutes
    /// until the next look; `None` if nothing is to be collected.
    pub(super) async fn collect(&mut self, town: &mut Town, dossier: &Dossier) -> Result<Option<u32>, SeedError> {
        let Some(fee) = dossier.fees.iter().find(|fee| fee.state == FeeState::Open) else { return Ok(None) };
        let stays = matches!(self.drawn.fate, Fate::Stays(Place::AwaitsFee));
        if fee.channel.is_some() {
            return self.pay(town, dossier, fee.fee()).await;
        }
        match self.channel.clone() {
            Some(channel) if !self.pays_cash || stays => {
                let body = json!({ "attempt": fee.attempt, "channel": channel });
                town.command(("clerk", "canbo03"), dossier, "ask-again", &body).await?;
                Ok(Some(self.rng.u32(30..600)))
            }
            _ => self.pay_cash(town, dossier, fee.attempt).await,
        }
    }

    async fn pay_cash(&mut self, town: &mut Town, dossier: &Dossier, attempt: u8) -> Result<Option<u32>, SeedError> {
        let Some(debt) = dossier.debt(attempt) else { return Ok(None) };
        let receipt_no = format!("{:07}", 1000 + self.number * 10 + usize::from(attempt));
        let body = json!({ "attempt": attempt, "amount_vnd": debt.missing_vnd().dong(), "receipt_no": receipt_no });
        town.command(("clerk", "canbo03"), dossier, "record-cash-payment", &body).await?;
        Ok(Some(self.rng.u32(10..60)))
    }

    /// Pays a fee as the payer, or tries to.
    pub(super) async fn pay(&mut self, town: &mut Town, dossier: &Dossier, fee: u8) -> Result<Option<u32>, SeedError> {
        let Some(debt) = dossier.debt(fee).filter(|debt| debt.state == FeeState::Open) else { return Ok(Some(60)) };
        if self.paying == Some(fee) {
            // The gateway has not reported it yet.
            return Ok(Some(240));
        }
        let asked = dossier.fees.iter().rfind(|it| it.fee() == fee && it.channel.is_some());
        let channel = asked.and_then(|it| it.channel.clone());
        let site = town.office.site();
        let found = channel.as_deref().and_then(|channel| site.config.channel(channel).ok()).cloned();
        let (Some(asked), Some(channel)) = (asked, found) else { return self.pay_cash(town, dossier, fee).await };
        // Gateways that know only money that came include payOS, which knows no reference of ours.
        let tells_failures = tells_failures(channel.gateway);
        if self.drawn.fate == Fate::PaysAnotherAmount && !self.done.wrong_amount && tells_failures {
            self.done.wrong_amount = true;
            let reference = Reference { id: dossier.id, attempt: asked.attempt }.to_string();
            let more = Vnd::new(TOO_MUCH_VND).ok().and_then(|more| asked.amount_vnd.checked_add(more));
            town.tell(&channel, reference, more.unwrap_or(asked.amount_vnd), true).await?;
            return Ok(Some(self.rng.u32(60..300)));
        }
        let act = match self.rng.u32(..100) {
            _ if self.drawn.fate == Fate::PaysTwice => Act::PayTwice,
            ..10 if !self.done.failed && tells_failures => Act::Fail,
            10..16 => Act::PayLate,
            _ => Act::Pay,
        };
        town.pay(dossier, debt, act).await?;
        town.settle().await?;
        if act == Act::Fail {
            self.done.failed = true;
            // Wait until the order's hour is over.
            return Ok(Some(self.rng.u32(90..300)));
        }
        self.paying = Some(fee);
        Ok(Some(self.rng.u32(10..90)))
    }
}
