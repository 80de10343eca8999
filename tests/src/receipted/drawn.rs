//! Runs in this process: faults at the provider, and deaths played by a table that hears nothing more.

use fastrand::Rng;
use motcua_local::neighbours::invoices::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};

use super::held::{PROVIDER, Tally, hold, pay};
use crate::town::Town;

/// Calls of the table within which a killed run ends.
const WITHIN: u64 = 60;

/// Proves it with so many payments, a run in three of which is killed at a call of the table, and with a fault at one call of
/// the provider in seven. Returns how many runs were killed.
///
/// # Panics
/// If anything is not as it should be.
pub async fn prove(payments: usize, seed: u64) -> usize {
    let (town, mut rng) = (Town::new().await, Rng::with_seed(seed));
    town.until("2026-12-28T07:30:00+07:00");
    let (mut tally, mut killed, mut ids) = (Tally::default(), 0, Vec::new());
    let chance = Plan::Chance { per_mille: 140, faults: Failure::ALL.to_vec() };
    town.office.invoices().set_failures(PROVIDER, Faults::from_seed(seed, chance));
    for number in 0..payments {
        ids.push(pay(&town, &mut rng, number, &mut tally).await);
        town.office.deliver().await.unwrap();
        if rng.u8(..3) == 0 {
            // From that call on nothing of the run is heard any more, as after a kill.
            let fault = if rng.bool() { Fault::TimeoutApplied } else { Fault::TimeoutNotApplied };
            let plan = Plan::Burst { first_call: rng.u64(1..WITHIN), calls: u64::MAX / 2, fault };
            town.office.wire().set_faults(Faults::from_seed(rng.u64(..), plan));
            killed += 1;
        }
        Box::pin(town.office.issue_receipts()).await;
        town.office.wire().set_faults(Faults::none());
        // So that the payments are spread over days, and the year turns among them.
        let minutes = 6 * 24 * 60 / payments.max(1) as u64;
        town.minutes(rng.u64(1..=(2 * minutes).max(2)));
    }
    town.office.invoices().set_failures(PROVIDER, Faults::none());
    // A provider that failed often is left alone for up to an hour.
    for _ in 0..40 {
        town.minutes(5);
        town.office.deliver().await.unwrap();
        Box::pin(town.office.issue_receipts()).await;
    }
    hold((&town, town.office.invoices()), &ids, &tally).await;
    killed
}
