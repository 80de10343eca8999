//! The gateways by themselves: their orders, their schedules, and the requests of ours that they refuse.

use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use jiff::SignedDuration;
use rules::gateway::{self, Call, Finding, Opened, Opening, Question, Standing};
use rules::http::respond;

use super::*;
use crate::wire::VirtualClock;

const CHANNELS: [&str; 4] = ["vnpay-demo", "momo-demo", "zalopay-demo", "payos-demo"];

fn start() -> Timestamp {
    "2020-04-15T01:00:00Z".parse().unwrap()
}

fn gateways() -> (Gateways, VirtualClock) {
    let clock = VirtualClock::new(start());
    (Gateways::new(&Config::demo(), clock.clone()), clock)
}

fn advance(clock: &VirtualClock, minutes: i64) {
    clock.advance(SignedDuration::from_mins(minutes).try_into().unwrap());
}

async fn sent(gateways: &Gateways, call: &Call) -> Vec<u8> {
    let mut request = http::Request::builder().method(call.method.clone()).uri(&call.url);
    for (name, value) in &call.headers {
        request = request.header(*name, value);
    }
    let request = request.body(SdkBody::from(call.body.clone())).unwrap();
    let answer = gateways.call(HttpRequest::try_from(request).unwrap()).await.unwrap();
    answer.body().bytes().unwrap().to_vec()
}

fn number(channel: &str) -> &'static str {
    match channel {
        "zalopay-demo" => "200415_7K3M9P2QX4AB01",
        "payos-demo" => "4503599627370497",
        _ => "7K3M9P2QX4AB01",
    }
}

fn opening<'a>(channel: &'a Channel, number: &'a str) -> Opening<'a> {
    Opening {
        channel,
        number,
        amount_vnd: Vnd::new(125_000).unwrap(),
        opened_at: start(),
        expires_at: start() + SignedDuration::from_hours(1),
        payer_ip: "127.0.0.1".parse().unwrap(),
        callback_url: "http://127.0.0.1:8080/payments/c/callback".into(),
        return_url: "http://127.0.0.1:8080/d/7K3M9P2QX4AB".into(),
    }
}

/// Opens an order, so that its gateway knows it.
async fn opened(gateways: &Gateways, id: &str) {
    let channel = gateways.channel(id).unwrap();
    let order = opening(&channel, number(id));
    match gateway::open(&order).unwrap() {
        // VNPAY first hears of an order when its page is opened.
        Opened::Page(_) => gateways.know(id, number(id), order.amount_vnd, Some(order.expires_at)),
        Opened::ByCall(call) => {
            let page = gateway::opened(&order, &sent(gateways, &call).await).unwrap();
            assert_eq!(page.url.unwrap(), format!("/local/pay/{id}?order={}", number(id)));
        }
    }
}

async fn found(gateways: &Gateways, id: &str) -> Finding {
    let channel = gateways.channel(id).unwrap();
    let now = gateways.now();
    let payer_ip = "127.0.0.1".parse().unwrap();
    let question = Question { channel: &channel, number: number(id), opened_at: start(), payer_ip, now };
    let answer = sent(gateways, &gateway::ask(&question).unwrap()).await;
    gateway::answered(&question, &answer).unwrap()
}

#[tokio::test]
async fn what_was_paid_is_told_to_who_asks_and_what_was_not_is_open_until_it_runs_out() {
    for id in CHANNELS {
        let (gateways, clock) = gateways();
        opened(&gateways, id).await;
        let empty = found(&gateways, id).await;
        assert_eq!((empty.payments.len(), empty.standing), (0, Standing::Open), "{id}");
        gateways.act(id, number(id), Act::Pay).unwrap();
        let paid = found(&gateways, id).await;
        assert_eq!((paid.payments.len(), paid.standing), (1, Standing::Over), "{id}");
        assert_eq!(paid.payments[0].amount_vnd, Some(Vnd::new(125_000).unwrap()), "{id}");
        assert!(paid.payments[0].identity.ends_with("14422574"), "{id}");
        assert_eq!(gateways.act(id, number(id), Act::Pay), Err(ActError::Over));
        advance(&clock, 61);
        assert_eq!(found(&gateways, id).await, paid);
    }
}

#[tokio::test]
async fn an_order_that_ran_out_or_was_refused_is_over() {
    for id in CHANNELS {
        for act in [None, Some(Act::Fail), Some(Act::Cancel)] {
            let (gateways, clock) = gateways();
            opened(&gateways, id).await;
            match act {
                Some(act) => gateways.act(id, number(id), act).unwrap(),
                None => advance(&clock, 60),
            }
            // VNPAY reports an order that nobody paid as unfinished for ever.
            let expected = if id == "vnpay-demo" && act.is_none() { Standing::Open } else { Standing::Over };
            assert_eq!(found(&gateways, id).await.standing, expected, "{id} {act:?}");
        }
    }
}

#[tokio::test]
async fn what_is_signed_with_another_key_is_refused() {
    let (gateways, _) = gateways();
    let other = rules::config::DEMO.replace("-key", "-kez").replace("-secret-0", "-secret-1");
    let other = Config::strict(&other, rules::config::Host::Loopback).unwrap();
    for id in CHANNELS {
        opened(&gateways, id).await;
        let forger = other.channel(id).unwrap();
        if let Opened::ByCall(call) = gateway::open(&opening(forger, number(id))).unwrap() {
            assert!(gateway::opened(&opening(forger, number(id)), &sent(&gateways, &call).await).is_err(), "{id}");
        }
        let channel = gateways.channel(id).unwrap();
        let payer_ip = "127.0.0.1".parse().unwrap();
        let question = Question { channel: forger, number: number(id), opened_at: start(), payer_ip, now: start() };
        let answer = sent(&gateways, &gateway::ask(&question).unwrap()).await;
        let question = Question { channel: &channel, ..question };
        let told = gateway::answered(&question, &answer);
        assert!(told.as_ref().map_or(true, |finding| finding.payments.is_empty()), "{id} {told:?}");
        assert_eq!(gateways.questions(), 0, "{id}");
    }
}

#[tokio::test]
async fn a_number_that_came_before_is_not_taken_again_where_that_is_the_rule() {
    let (gateways, _) = gateways();
    for id in ["zalopay-demo", "payos-demo"] {
        opened(&gateways, id).await;
        let channel = gateways.channel(id).unwrap();
        let order = opening(&channel, number(id));
        let Opened::ByCall(call) = gateway::open(&order).unwrap() else { panic!() };
        let again = gateway::opened(&order, &sent(&gateways, &call).await);
        assert!(matches!(again, Err(gateway::AnswerError::Refused(_))), "{id} {again:?}");
    }
}

#[test]
fn a_gateway_calls_until_it_is_content_by_the_clock_it_is_given() {
    let (gateways, clock) = gateways();
    gateways.know("vnpay-demo", "R", Vnd::new(1).unwrap(), None);
    gateways.act("vnpay-demo", "R", Act::Pay).unwrap();
    for round in 0..9 {
        assert_eq!(gateways.next_call_at(), Some(start() + SignedDuration::from_mins(5 * round)));
        let due = gateways.due().unwrap();
        assert!(due.letter.is_some() && gateways.due().is_none());
        gateways.was_answered(&due, Some(respond::json(200, r#"{"RspCode":"99"}"#)));
        assert!(gateways.due().is_none());
        advance(&clock, 5);
    }
    let due = gateways.due().unwrap();
    gateways.was_answered(&due, Some(respond::json(200, r#"{"RspCode":"00"}"#)));
    assert_eq!(gateways.next_call_at(), None);
    assert_eq!(gateways.calls("vnpay-demo", "R")[0].told.len(), 10);
}

#[test]
fn a_lost_callback_brings_nothing_and_is_repeated_to_the_end_of_the_schedule() {
    let (gateways, clock) = gateways();
    gateways.know("zalopay-demo", "R", Vnd::new(1).unwrap(), None);
    gateways.lose_callbacks(true);
    gateways.act("zalopay-demo", "R", Act::Pay).unwrap();
    let mut calls = 0;
    while gateways.next_call_at().is_some() {
        let due = gateways.due().unwrap();
        assert_eq!(due.letter, None);
        gateways.was_answered(&due, None);
        calls += 1;
        advance(&clock, 5);
    }
    assert_eq!(calls, 4);
}
