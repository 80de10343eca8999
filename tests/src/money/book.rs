//! The book follows from the payments, whatever the stream does.

use jiff::civil::{Date, date};
use motcua::store::Booked;
use motcua_local::wire::Wire;
use motcua_local::wire::stream::{Disorder, Settings};
use rules::dossier::CASH;
use rules::gateway::settlement::Line;
use rules::vnd::Vnd;

use super::*;
use crate::town::{FEE_VND, at};

const DAY: Date = date(2020, 4, 15);

async fn booked(town: &Town, channel: &str, days: (Date, Date)) -> Vec<Booked> {
    let store = town.office.site().recorder.store().clone();
    store.booked(&town.agency(), channel, days, 100).await.unwrap().unwrap()
}

/// Returns the numbers of a channel's booked payments of the first day.
async fn numbers(town: &Town, channel: &str) -> Vec<(String, u64)> {
    let lines = booked(town, channel, (DAY, DAY)).await;
    let number = |line: Booked| (Line::from(line.clone()).transaction, line.amount_vnd.dong());
    lines.into_iter().map(number).collect()
}

fn paid(town: &Town, reference: &str, transaction: &str, amount: u64) -> Letter {
    let amount_vnd = Vnd::new(amount).unwrap();
    town.callback(&Payment { transaction: transaction.into(), amount_vnd, ..town.paid(reference) })
}

/// Sends money of every kind: for a fee, for nobody, twice the same, another under the same number, none, cash.
async fn came(town: &Town) {
    let (_, reference) = town.asked("G22-1").await;
    let failed = Payment { transaction: "9".into(), paid: false, ..town.paid(&reference) };
    let letters = [
        town.callback(&failed),
        paid(town, &reference, "1", FEE_VND),
        paid(town, "not-ours", "2", 7_000),
        paid(town, &reference, "1", FEE_VND),
        paid(town, &reference, "1", 1),
    ];
    for letter in letters {
        town.clock.advance(std::time::Duration::from_secs(7));
        town.send(&letter).await;
    }
    let cash = town.submit("G22-2").await;
    town.clerk(cash, "accept", json!({})).await;
    town.clerk(cash, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    let over = json!({ "attempt": 1, "amount_vnd": FEE_VND, "receipt_no": "BL-7" });
    town.clerk(cash, "record-cash-payment", over).await;
}

#[tokio::test]
async fn every_payment_that_brought_money_is_booked_once_whatever_the_stream_does() {
    for seed in 0..3 {
        let disorder = Disorder { seed, repeat_per_mille: 500, shuffle: true, split: true };
        let settings = Settings { disorder: Some(disorder), batch_records: 3, ..Settings::default() };
        let town = Town::on(settings, |database, _| Wire::in_process(database)).await;
        came(&town).await;
        town.office.deliver().await.unwrap();
        let expected = [("1", FEE_VND), ("1", 1), ("2", 7_000)].map(|(number, amount)| (number.to_owned(), amount));
        assert_eq!(numbers(&town, "vnpay-demo").await, expected);
        assert_eq!(numbers(&town, CASH).await, [("BL-7".to_owned(), FEE_VND)]);
        assert!(numbers(&town, "momo-demo").await.is_empty());
    }
}

#[tokio::test]
async fn a_payment_stands_on_the_day_on_which_it_was_paid_in_vietnam() {
    let town = Town::new().await;
    for (transaction, paid_at) in [("1", "2020-04-15T16:59:59Z"), ("2", "2020-04-15T17:00:00Z")] {
        town.until(paid_at);
        town.send(&paid(&town, "not-ours", transaction, 7_000)).await;
    }
    town.office.deliver().await.unwrap();
    assert_eq!(numbers(&town, "vnpay-demo").await, [("1".to_owned(), 7_000)]);
    let next = booked(&town, "vnpay-demo", (date(2020, 4, 16), date(2020, 4, 16))).await;
    assert_eq!(next.iter().map(|line| line.at).collect::<Vec<_>>(), [at("2020-04-15T17:00:00Z")]);
    assert_eq!(booked(&town, "vnpay-demo", (DAY, date(2020, 4, 16))).await.len(), 2);
    let store = town.office.site().recorder.store().clone();
    let days = (DAY, date(2020, 4, 16));
    assert_eq!(store.booked(&town.agency(), "vnpay-demo", days, 1).await.unwrap(), None, "more than one");
}

#[tokio::test]
async fn a_rebuild_enters_what_came_before_there_was_a_book() {
    let town = Town::new().await;
    came(&town).await;
    let rebuilt = async || Box::pin(project::rebuild(&town.office.site(), &town.agency())).await.unwrap();
    assert_eq!(rebuilt().await.not_booked, 4);
    assert_eq!(numbers(&town, "vnpay-demo").await.len(), 3);
    assert!(rebuilt().await.nothing_was_wrong());
}
