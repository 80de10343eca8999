//! Whatever a call meets, a payment has one receipt and a table one row of it.

use motcua::receipts::Act;
use motcua_local::neighbours::invoices::{Failure, Mood};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::receipt::total_vnd;

use super::{PROVIDER, at_provider, cash, decided, minutes, one, rows, town};
use crate::town::FEE_VND;

#[tokio::test]
async fn whatever_a_call_of_the_provider_meets_one_receipt_is_issued() {
    for failure in Failure::ALL {
        for call in 1..=5 {
            let town = town().await;
            let id = cash(&town, "G22.99-1", FEE_VND).await;
            town.office.invoices().set_failures(PROVIDER, Faults::from_seed(1, Plan::at_call(call, failure)));
            minutes(&town, 30).await;
            let what = format!("{failure:?} at call {call}");
            let issued = at_provider(&town);
            assert_eq!(issued.len(), 1, "{what}");
            assert_eq!(one(&town, id).await.no().unwrap().to_string(), "EBL01 26TAB 1", "{what}");
            assert_eq!(rows(&town, "2026-11-30").await.len(), 1, "{what}");
            let refusals = town.office.invoices().tally(PROVIDER).refusals;
            assert!(refusals.keys().all(|code| code == "TRANSACTION_UUID_INVALID"), "{what}: {refusals:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_or_late_is_looked_up_before_anything_is_asked_again() {
    for mood in [Mood::Losing, Mood::Late] {
        let town = town().await;
        let id = cash(&town, "G22.99-1", FEE_VND).await;
        town.office.invoices().set_mood(PROVIDER, mood);
        minutes(&town, 10).await;
        assert_eq!(at_provider(&town).len(), 1, "{mood:?}");
        assert_eq!(one(&town, id).await.no().unwrap().to_string(), "EBL01 26TAB 1", "{mood:?}");
        let tally = town.office.invoices().tally(PROVIDER);
        assert!(tally.refusals.is_empty() && tally.look_ups == 1, "{mood:?}: {tally:?}");
    }
}

#[tokio::test]
async fn a_run_whose_table_fails_at_any_call_issues_and_cancels_once() {
    for fault in [Fault::TimeoutApplied, Fault::TimeoutNotApplied] {
        for first_call in 1..=24 {
            let town = town().await;
            let id = cash(&town, "G22.99-1", FEE_VND).await;
            town.office.deliver().await.unwrap();
            // As many as the SDK tries, so that the function sees it.
            town.office.wire().set_faults(Faults::from_seed(1, Plan::Burst { first_call, calls: 3, fault }));
            Box::pin(town.office.issue_receipts()).await;
            town.office.wire().set_faults(Faults::none());
            // A lease that nobody gave back runs out.
            minutes(&town, 8).await;
            let what = format!("{fault:?} at call {first_call}");
            assert_eq!((at_provider(&town).len(), rows(&town, "2026-11-30").await.len()), (1, 1), "{what}");
            decided(&town, id, &Act::Cancel("sai".into())).await;
            town.office.wire().set_faults(Faults::from_seed(1, Plan::Burst { first_call, calls: 3, fault }));
            Box::pin(town.office.issue_receipts()).await;
            town.office.wire().set_faults(Faults::none());
            minutes(&town, 8).await;
            let rows = rows(&town, "2026-11-30").await;
            assert_eq!((rows.len(), total_vnd(&rows)), (2, 0), "{what}");
            assert!(at_provider(&town)[0].cancelled.is_some(), "{what}");
        }
    }
}
