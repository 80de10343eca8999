//! Paying: orders opened, gateways that call back or do not, and questions to them.

mod early;
mod links;
mod pages;
mod reconcile;
mod schedules;

use jiff::Timestamp;
use motcua::checkout::{self, Checkout, OpenError, Wish};
use motcua_local::neighbours::gateways::Act;
use rules::config::{Channel, Gateway};
use rules::dossier::FeeState;
use rules::id::{DossierId, Reference};
use serde_json::json;

use crate::town::{FEE_VND, Town};

/// The channels whose orders are opened by the office and can be asked about.
const ASKABLE: [&str; 4] = ["vnpay-demo", "momo-demo", "zalopay-demo", "payos-demo"];

/// Files a dossier whose fee is asked through a channel.
async fn asked(town: &Town, code: &str, channel: &str) -> DossierId {
    let id = town.submit(code).await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "ask-fee", json!({ "channel": channel, "amount_vnd": FEE_VND })).await;
    id
}

async fn open(town: &Town, id: DossierId, wish: Wish) -> Result<Checkout, OpenError> {
    let site = town.office.site();
    let reference = Reference { id, attempt: 1 };
    let (agency, ip) = (town.agency(), "203.113.131.1".parse().unwrap());
    let order = checkout::open(&site, &agency, reference, ip, wish, town.clock.now());
    let order = Box::pin(order).await?;
    if order.channel == "vnpay-demo" {
        // The payer's browser goes to the page.
        let url = order.page.as_ref().unwrap().url.clone().unwrap();
        let query = url.split_once('?').unwrap().1.to_owned();
        let channel = town.channel("vnpay-demo");
        assert_eq!(town.office.gateways().open_vnpay_page(&channel, &query).as_ref(), Ok(&order.number));
    }
    Ok(order)
}

fn act(town: &Town, order: &Checkout, act: Act) {
    town.office.gateways().act(&order.channel, &order.number, act).unwrap();
}

async fn fee(town: &Town, id: DossierId) -> FeeState {
    town.dossier(id).await.unwrap().fees[0].state
}

/// Lets `minutes` pass five by five, with gateways and reconciliation at work.
async fn minutes(town: &Town, minutes: u64) -> payment_reconcile::Report {
    let mut sum = payment_reconcile::Report::default();
    for _ in 0..minutes / 5 {
        town.minutes(5);
        town.office.call_back().await;
        let report = town.office.reconcile().await;
        sum.asked += report.asked;
        sum.settled += report.settled;
        sum.paid += report.paid;
        sum.known += report.known;
        sum.failed += report.failed;
        sum.doubtful += report.doubtful;
        sum.unpaid += report.unpaid;
        sum.open += report.open;
        sum.unverified += report.unverified;
        sum.given_up += report.given_up;
        sum.errors += report.errors;
    }
    sum
}

fn every_channel(town: &Town) -> Vec<Channel> {
    let channels: Vec<_> = town.office.site().config.channels().cloned().collect();
    assert_eq!(channels.len(), Gateway::ALL.len());
    channels
}

fn now(town: &Town) -> Timestamp {
    town.clock.now()
}
