//! The proof of `tests/long receipts` at a hundredth, and with more seeds than one; and one death of the process in full.

use rules::receipt::Standing;
use serde_json::json;

use super::{PROVIDER, of};
use crate::receipted::Issuing;
use crate::town::FEE_VND;

#[tokio::test]
async fn each_of_many_payments_has_one_receipt_whatever_befalls_the_runs() {
    let mut killed = 0;
    for seed in 0..3 {
        killed += Box::pin(crate::receipted::prove(10, seed)).await;
    }
    assert!(killed > 3, "{killed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_while_the_provider_holds_its_answer_finds_the_receipt_and_asks_for_no_second() {
    let mut issuing = Box::pin(Issuing::start()).await;
    let (id, _) = issuing.town.asked("G22.99-1").await;
    let cash = json!({ "attempt": 1, "amount_vnd": FEE_VND });
    issuing.town.clerk(id, "record-cash-payment", cash).await;
    issuing.town.office.deliver().await.unwrap();
    // The first call is the log-in, the second one issues.
    issuing.dies_while_the_provider_holds_its_answer(2).await;
    let issued = issuing.provider.issued(PROVIDER);
    assert_eq!(issued.len(), 1);
    let before = of(&issuing.town, id).await;
    assert_eq!((before.len(), before[0].standing()), (1, Standing::ToLookUp));
    // The dead run holds the provider, and its answer may only be late.
    let report = issuing.run().await;
    assert_eq!((&report["issued"], &report["found"]), (&json!(0), &json!(0)), "{report}");
    issuing.two_minutes_pass(&[id]).await;
    let report = issuing.run().await;
    assert_eq!((&report["issued"], &report["found"]), (&json!(1), &json!(1)), "{}", issuing.function.log());
    let after = of(&issuing.town, id).await;
    let no = after[0].no().unwrap();
    assert_eq!((after.len(), format!("{}{}", no.symbol, no.number)), (1, issued[0].no.clone()));
    assert_eq!((after[0].last().key.as_str(), after[0].last().files.len()), (issued[0].key.as_str(), 2));
    assert_eq!(issuing.provider.issued(PROVIDER), issued, "nothing was issued again");
    let tally = issuing.provider.tally(PROVIDER);
    assert!(tally.refusals.is_empty() && tally.look_ups == 1, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_dies_at_its_calls_leaves_one_receipt_for_each_payment() {
    assert!(Box::pin(crate::receipted::prove_killed(6, 1)).await >= 6);
}
