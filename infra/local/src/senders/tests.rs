//! The office reads everything written here. The office's readers are held to the published messages.

use jiff::{SignedDuration, Timestamp};
use payment_callback::callback::{Callback, Rejection};
use payment_callback::gateway::adapter;
use rules::config::{Channel, Config, Gateway};
use rules::dossier::PaymentOutcome;
use rules::vnd::Vnd;

use super::{Payment, Unspoken, payment};

fn now() -> Timestamp {
    "2020-04-15T01:00:00Z".parse().unwrap()
}

fn channels() -> Vec<Channel> {
    let channels: Vec<_> = Config::demo().channels().cloned().collect();
    assert!(Gateway::ALL.iter().all(|gateway| channels.iter().any(|channel| channel.gateway == *gateway)));
    channels
}

fn written(channel: &Channel, paid: bool) -> Payment {
    let reference = if channel.gateway == Gateway::Payos { "4503599627370497" } else { "7K3M9P2QX4AB01" };
    let at = now() - SignedDuration::from_mins(3);
    let amount_vnd = Vnd::new(125_000).unwrap();
    Payment { reference: reference.into(), transaction: "14422574".into(), amount_vnd, paid, at }
}

#[test]
fn every_gateway_s_payment_is_read_as_it_was_written() {
    for channel in channels() {
        let written = written(&channel, true);
        let letter = payment(&channel, &written, now()).unwrap();
        let adapter = adapter(channel.gateway);
        let request = letter.request();
        assert!(adapter.methods.contains(request.method()));
        let read = (adapter.receive)(&channel, &request, now()).unwrap();
        assert!(read.reference.ends_with(&written.reference), "{}", channel.id);
        assert!(read.transaction.ends_with("14422574"), "{}", channel.id);
        assert!(read.is_for(&channel), "{}", channel.id);
        let found = read.found.unwrap();
        assert_eq!(
            (found.amount_vnd, found.outcome),
            (Some(written.amount_vnd), PaymentOutcome::Paid),
            "{}",
            channel.id
        );
        assert!(found.at.is_none_or(|at| at == written.at), "{}", channel.id);
    }
}

#[test]
fn a_repeat_that_is_signed_later_is_the_same_message() {
    for channel in channels() {
        let receive = |now| {
            let letter = payment(&channel, &written(&channel, true), now).unwrap();
            (adapter(channel.gateway).receive)(&channel, &letter.request(), now).unwrap()
        };
        let (first, again) = (receive(now()), receive(now() + SignedDuration::from_hours(30)));
        let identity = |read: &Callback| read.found.clone().unwrap().identity;
        assert_eq!((identity(&first), first.found), (identity(&again), again.found), "{}", channel.id);
    }
}

#[test]
fn a_forged_one_is_refused_everywhere() {
    for channel in channels() {
        let letter = payment(&channel, &written(&channel, true), now()).unwrap().forged();
        let received = (adapter(channel.gateway).receive)(&channel, &letter.request(), now());
        assert!(matches!(received, Err(Rejection::Forged(_))), "{}: {received:?}", channel.id);
    }
}

#[test]
fn a_failure_is_told_by_every_gateway_that_tells_of_failures() {
    for channel in channels() {
        let told = payment(&channel, &written(&channel, false), now());
        if matches!(channel.gateway, Gateway::Zalopay | Gateway::Payos) {
            assert_eq!(told, Err(Unspoken(channel.gateway)));
            continue;
        }
        let read = (adapter(channel.gateway).receive)(&channel, &told.unwrap().request(), now()).unwrap();
        let outcome = read.found.unwrap().outcome;
        assert!(matches!(outcome, PaymentOutcome::Failed(_)), "{}: {outcome:?}", channel.id);
    }
}
