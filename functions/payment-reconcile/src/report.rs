//! Report of a run, in numbers.

use motcua::recorder::Settled;
use rules::dossier::PaymentOutcome;
use serde::Serialize;

/// Counts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Questions sent to gateways.
    pub asked: u64,
    /// Orders whose fee was paid meanwhile, so that nothing had to be asked.
    pub settled: u64,
    /// Payments found and recorded now: callbacks that were lost.
    pub paid: u64,
    /// Payments that had been recorded before.
    pub known: u64,
    /// Failed payments found, and recorded now.
    pub failed: u64,
    /// Money found under suspicion or on its way back, given to a person.
    pub doubtful: u64,
    /// Orders that ran out or were left unpaid.
    pub unpaid: u64,
    /// Orders that are still open, asked about again later.
    pub open: u64,
    /// Answers whose signature did not match, asked for again later.
    pub unverified: u64,
    /// Orders given to a person, because no further question would settle them.
    pub given_up: u64,
    /// Questions without a usable answer, and failures of the store.
    pub errors: u64,
    /// Whether something due was left to the next run.
    pub unfinished: bool,
}

impl Report {
    /// Counts one payment that a gateway reported.
    pub(crate) fn count(&mut self, outcome: &PaymentOutcome, settled: &Settled) {
        let counter = match (settled, outcome) {
            (Settled::Before(_), _) => &mut self.known,
            (Settled::Now(_), PaymentOutcome::Paid) => &mut self.paid,
            (Settled::Now(_), PaymentOutcome::Failed(_)) => &mut self.failed,
            (Settled::Now(_), PaymentOutcome::Suspected | PaymentOutcome::Reversed) => &mut self.doubtful,
        };
        *counter += 1;
    }
}
