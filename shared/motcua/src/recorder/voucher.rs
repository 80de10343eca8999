//! Vouchers: the sweep numbers collected money, after the fact and in one place.

use jiff::Timestamp;

use super::Recorder;
use super::rounds::{ROUNDS, RecordError};
use crate::store::{Claim, CommitError, Error, Key, Money, Owner, Voucher, VoucherNo, number};
use rules::id::AgencyCode;

impl Recorder {
    /// Gives money that pays a fee the next number of its agency's series; `None` if it has one or needs none.
    ///
    /// The counter, the voucher and the money are written together. Of two sweeps at once, the second finds the counter
    /// moved on and looks again. So no number is given twice, and none is left out.
    ///
    /// # Errors
    /// [`RecordError::Store`]. The next call finds out whether a number was given.
    pub async fn give_voucher(
        &self,
        agency: &AgencyCode,
        money: &Key,
        now: Timestamp,
    ) -> Result<Option<Voucher>, RecordError> {
        let series = self.till(agency).voucher_series;
        let counter = Voucher::counter(agency, &series);
        let mut failure = Error::Contended(ROUNDS);
        for _ in 0..ROUNDS {
            let there = self.store.all(&[money.clone(), counter.clone()]).await?;
            let Some(item) = there.get(money) else { return Err(RecordError::Unknown) };
            let read = Money::read(item)?;
            let counted = there.get(&counter).and_then(|item| number(item, "count"));
            let no = VoucherNo { series: series.clone(), number: counted.unwrap_or(0) + 1 };
            let Some(voucher) = voucher(&read, no, now) else { return Ok(None) };
            let version = read.version;
            let numbered = Money { voucher: Some(voucher.no.clone()), version: version + 1, ..read };
            let mut claims = voucher.claims(agency, counted).to_vec();
            claims.push(Claim::Over(numbered.item(agency, now, None), version));
            match self.store.write(&claims).await {
                Ok(()) => return Ok(Some(voucher)),
                Err(CommitError::Store(error @ (Error::TooNew(_) | Error::Unreadable { .. }))) => {
                    return Err(error.into());
                }
                Err(CommitError::Store(error)) => failure = error,
                Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => {}
            }
        }
        Err(failure.into())
    }
}

fn voucher(money: &Money, no: VoucherNo, now: Timestamp) -> Option<Voucher> {
    let (Owner::Dossier(dossier), Some(attempt), true) = (money.owner, money.attempt, money.needs_voucher()) else {
        return None;
    };
    let (channel, identity) = (money.payment.channel.clone(), money.payment.identity.clone());
    let amount_vnd = money.counted_vnd();
    Some(Voucher {
        no,
        dossier,
        attempt,
        channel,
        identity,
        amount_vnd,
        paid_at: money.at,
        given_at: now,
        version: 1,
        official: Vec::new(),
        cancelled: None,
    })
}
