//! The proof of `tests/long receipts` at a hundredth, and with more seeds than one.

#[tokio::test]
async fn each_of_many_payments_has_one_receipt_whatever_befalls_the_runs() {
    let mut killed = 0;
    for seed in 0..3 {
        killed += Box::pin(crate::receipted::prove(10, seed)).await;
    }
    assert!(killed > 3, "{killed}");
}
