//! Every answer in every gateway's own words: status and body.

use super::*;
use crate::callback::Answer;
use rules::http::Reply;

const ANSWERS: [Answer; 8] = [
    Answer::Recorded,
    Answer::AlreadyRecorded,
    Answer::UnknownReference,
    Answer::AmountDiffers,
    Answer::Ignored,
    Answer::Forged,
    Answer::Malformed(std::borrow::Cow::Borrowed("amount")),
    Answer::Later,
];

/// Checks the answers, in the order of [`ANSWERS`].
fn check(gateway: Gateway, expected: [(u16, &str); 8]) {
    for (answer, (status, body)) in ANSWERS.iter().zip(expected) {
        let response = (adapter(gateway).reply)(answer, &get(""));
        assert_eq!((response.status().as_u16(), response.text()), (status, body), "{answer:?}");
    }
}

#[test]
fn vnpay_is_answered_by_code_and_never_97_but_for_a_forged_message() {
    check(
        Gateway::Vnpay,
        [
            (200, r#"{"RspCode":"00","Message":"Confirm Success"}"#),
            (200, r#"{"RspCode":"02","Message":"Order already confirmed"}"#),
            (200, r#"{"RspCode":"01","Message":"Order not found"}"#),
            (200, r#"{"RspCode":"04","Message":"Invalid amount"}"#),
            (200, r#"{"RspCode":"99","Message":"Payment not finished"}"#),
            (200, r#"{"RspCode":"97","Message":"Invalid signature"}"#),
            (200, r#"{"RspCode":"99","Message":"Invalid input"}"#),
            (200, r#"{"RspCode":"99","Message":"Try again later"}"#),
        ],
    );
}

#[test]
fn momo_is_answered_by_status_alone() {
    let statuses = [204, 204, 204, 204, 204, 401, 400, 503];
    check(Gateway::Momo, statuses.map(|status| (status, "")));
}

#[test]
fn zalopay_is_answered_by_return_code() {
    check(
        Gateway::Zalopay,
        [
            (200, r#"{"return_code":1,"return_message":"success"}"#),
            (200, r#"{"return_code":1,"return_message":"success"}"#),
            (200, r#"{"return_code":-2,"return_message":"order not found"}"#),
            (200, r#"{"return_code":-2,"return_message":"amount differs"}"#),
            (200, r#"{"return_code":1,"return_message":"success"}"#),
            (200, r#"{"return_code":-1,"return_message":"mac not equal"}"#),
            (200, r#"{"return_code":-3,"return_message":"data malformed"}"#),
            (200, r#"{"return_code":0,"return_message":"try again later"}"#),
        ],
    );
}

#[test]
fn payos_gets_a_success_even_for_an_order_it_only_tries_out() {
    let (done, refused) = (r#"{"success":true}"#, r#"{"success":false}"#);
    check(
        Gateway::Payos,
        [
            (200, done),
            (200, done),
            (200, done),
            (200, done),
            (200, done),
            (401, refused),
            (400, refused),
            (503, refused),
        ],
    );
}

#[test]
fn onepay_knows_two_answers() {
    let yes = (200, "responsecode=1&desc=confirm-success");
    let no = (200, "responsecode=0&desc=confirm-fail");
    check(Gateway::Onepay, [yes, yes, no, no, yes, no, no, no]);
}

#[test]
fn the_generic_gateways_answer_by_status_and_name_a_malformed_field() {
    for gateway in [Gateway::StandardWebhooks, Gateway::Stripe, Gateway::Github] {
        check(
            gateway,
            [
                (200, r#"{"status":"recorded"}"#),
                (200, r#"{"status":"already recorded"}"#),
                (200, r#"{"status":"reference unknown"}"#),
                (200, r#"{"status":"amount differs"}"#),
                (200, r#"{"status":"ignored"}"#),
                (401, r#"{"error":"signature not accepted"}"#),
                (400, r#"{"error":"malformed","field":"amount"}"#),
                (503, r#"{"error":"try again later"}"#),
            ],
        );
    }
}

#[test]
fn every_gateway_is_called_by_the_methods_it_uses() {
    for gateway in Gateway::ALL {
        let expected: &[Method] = match gateway {
            Gateway::Vnpay => &[Method::GET],
            Gateway::Onepay => &[Method::GET, Method::POST],
            Gateway::Momo
            | Gateway::Zalopay
            | Gateway::Payos
            | Gateway::Dvcqg
            | Gateway::StandardWebhooks
            | Gateway::Stripe
            | Gateway::Github => &[Method::POST],
        };
        assert_eq!(adapter(gateway).methods, expected);
    }
}
